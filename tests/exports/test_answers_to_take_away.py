"""An answer as JSON, text and CSV: the same words and numbers as on the page."""

import csv
import io
import json

import pytest

from sendlib import questions
from sendlib.exports.csv import as_csv
from sendlib.exports.record import as_record
from sendlib.exports.text import as_text


@pytest.fixture(scope="module")
def answers(store, areas):
    area = areas.get("370")
    return {question.name: question.ask(store, area, "neighbours-2025", {}) for question in questions.QUESTIONS}


def test_a_csv_has_the_headings_of_the_page_and_says_what_it_is_and_where_from(answers):
    answer = answers["needs"]
    table = answer.tables["mix"]
    rows = list(csv.reader(io.StringIO(as_csv(table, answer).decode("utf-8-sig"))))
    assert rows[0] == [*(column.titled for column in table.columns.values()), "Table", "Source"]
    assert len(rows) == len(table.data) + 1
    assert rows[1][-2] == table.caption.explore and "Open Government Licence" in rows[1][-1]


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
