"""Designated officers: an answer, no answer, and a question that was not asked."""

import pytest

from sendlib.tables import designated_officers as officers
from sendlib.tables.symbols import NOT_APPLICABLE, NOT_AVAILABLE, VALUE
from tests.made_up import as_csv, release

FILE = "made-up.csv"
ANSWERS = {"des_med_off": "Yes", "des_clin_off": "Recruiting", "des_so_care_off": "n/a"}


def made_up(**cells):
    rows = release([("All", "All")], {}, "2024", "Calendar year")
    return as_csv([{**row, **ANSWERS, **cells} for row in rows if row["geographic_level"] == "Local authority"])


def test_each_answer_is_read_and_a_question_that_was_not_asked_does_not_apply():
    frame = officers.read(made_up(), FILE)
    rows = frame[frame["area_code"].eq("201")].set_index("role")
    assert list(rows["answer"]) == ["yes", "recruiting", ""]
    assert list(rows["status"]) == [VALUE, VALUE, NOT_APPLICABLE]
    assert set(frame["period"]) == {"2024-01"}


def test_no_answer_is_not_a_no():
    frame = officers.read(made_up(des_med_off="Not returned"), FILE)
    rows = frame[frame["role"].eq("medical")]
    assert set(rows["status"]) == {NOT_AVAILABLE} and set(rows["answer"]) == {""}


@pytest.mark.parametrize("word", ["maybe", ""])
def test_an_unknown_word_breaks_the_contract(word):
    with pytest.raises(officers.ContractBroken):
        officers.read(made_up(des_clin_off=word), FILE)


def test_a_file_that_is_cut_short_is_refused():
    content = made_up()
    with pytest.raises(officers.ContractBroken):
        officers.read(b"\n".join(content.splitlines()[:60]) + b"\n", FILE)


def test_the_shipped_answers_are_those_of_the_file(store):
    table = store.table("designated_officers").astype(str)
    counts = table[table["period"].eq("2025-01") & table["role"].eq("medical")]["answer"].value_counts()
    assert (counts["yes"], counts["no"]) == (91, 62)
    assert set(table.loc[table["period"].lt("2025") & table["role"].eq("social_care"), "status"]) == {NOT_APPLICABLE}
