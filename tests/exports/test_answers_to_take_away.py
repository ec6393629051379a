"""An answer as JSON and text: the same words and numbers as on the page."""

import json

import pytest

from sendlib import questions
from sendlib.exports.record import as_record
from sendlib.exports.text import MOST_COPIED, as_text, to_copy


@pytest.fixture(scope="module")
def answers(store, areas):
    area = areas.get("370")
    return {question.name: question.ask(store, area, "neighbours-2025", {}) for question in questions.QUESTIONS}


@pytest.mark.parametrize("name", questions.names())
def test_json_holds_every_column_with_its_heading_and_meaning_and_every_choice_with_what_is_offered(answers, name):
    record = json.loads(json.dumps(as_record(answers[name]), allow_nan=False))
    for table, rows in record["tables"].items():
        described = record["columns"][table]
        assert not rows or set(rows[0]) == set(described)
        assert all(column["titled"] and column["meaning"] for column in described.values())
    assert [one["words"]["explore"] for one in record["verdicts"]] == [
        one.words.explore for one in answers[name].verdicts
    ]
    for offered in record["choices"].values():
        assert offered["label"] and "value" in offered and offered["value"] is not None


@pytest.mark.parametrize("name", questions.names())
def test_text_has_the_sentence_the_numbers_and_the_sources(answers, name):
    answer = answers[name]
    told = as_text(answer)
    assert answer.headline.explore in told and answer.title.explore in told
    assert all(figure.text in told for figure in answer.figures)
    assert all(verdict.words.explore in told for verdict in answer.verdicts)
    assert "Sources" in told and "nan" not in told.casefold().split()


def test_text_to_copy_has_a_line_for_each_row_and_the_source(answers):
    answer = answers["needs"]
    told = to_copy(answer, "mix", "explore").splitlines()
    assert told[0] == f"{answer.tables['mix'].caption.explore}:"
    mix = answer.tables["mix"].data.set_index("need").loc["asd"]
    assert any(line.startswith(f"- Autism: Plans {mix['count']:,.0f}; Share {mix['share']:.1f}%") for line in told)
    assert told[-1].startswith("Source: Education, health and care plans")
    assert f"(the first {MOST_COPIED} of" in to_copy(answer, "funnel", "explore")
