"""The board of areas of every kind: what its cards say is what the figures are, and nothing more."""

import re

import pandas as pd
import pytest

from sendlib import board, pictures
from sendlib.answer import MODES
from sendlib.board import picking
from sendlib.compared import widened
from sendlib.errors import UnknownChoice
from sendlib.exports.formats import FORMATS
from sendlib.exports.numbers import numbers_of
from sendlib.measures import asking, over_time
from tests import reading

PLYMOUTH, CUMBERLAND, CITY, SCILLY = "879", "942", "201", "420"
AREAS = [PLYMOUTH, CUMBERLAND, CITY, SCILLY, "E12000009", "E92000001", "QJK", "878,879,880"]
ON_TIME, PLANS = "getting_help.on_time.share", "my_area.stock.plans"
JUDGING = re.compile(r"\b(better|worse|improv\w+|deteriorat\w+|amber|red|green|good|poor|target)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def ask(store):
    held = {}

    def of(code=PLYMOUTH, *codes):
        asked = codes or picking.suggested(store)
        if (code, asked) not in held:
            held[code, asked] = board.ask(store, widened.directory(store).get(code), "", asked)
        return held[code, asked]

    return of


@pytest.fixture(scope="module")
def of_each_column(store):
    """A measure of every column of every table that has any over time, six a board."""
    every = [one for page in over_time.PAGES for one in asking.over_time(store, page).values()]
    codes = list({(one.question, one.table, one.column): one.code for one in every}.values())
    return [codes[first : first + board.MOST] for first in range(0, len(codes), board.MOST)]


def rows_of(answer):
    return answer.tables["board"].data.set_index("code")


def own_figures(answer, row, code):
    """The area's own figures of a measure that may be compared with one another, in order of time."""
    lines = answer.tables["board_lines"].data
    held = lines[lines["code"].eq(code) & lines["whose"].eq(row["whose"]) & lines["number"].notna()]
    return held[held["left_out"].eq("") & held["doubtful"].eq("") & ~held["few"].astype(bool)]


def test_the_suggestion_is_six_measures_that_the_store_holds(store):
    assert len(picking.suggested(store)) == board.MOST
    assert {code.split(".")[0] for code in picking.suggested(store)} == set(over_time.PAGES)


@pytest.mark.parametrize("code", AREAS)
def test_every_card_has_a_figure_or_says_why_not(ask, code):
    for _, row in ask(code).tables["board"].data.iterrows():
        if pd.isna(row["number"]):
            assert row["status"] != "value" and row["mind"], row["measure"]
            assert row["figure"] in ("Not available", "Not shown", "Several areas")
        else:
            assert row["status"] == "value" and row["period"] and row["change"] and row["source"], row["measure"]
        for mode in ("", "_room", "_plainly"):
            assert not re.search(r"\b(nan|None)\b", " ".join(str(row[f"{name}{mode}"]) for name in ("figure", "mind")))


@pytest.mark.parametrize("code", AREAS)
def test_the_direction_that_is_said_is_that_of_the_figures(ask, code):
    answer = ask(code)
    for measure, row in rows_of(answer).iterrows():
        assert_true_of_the_figures(answer, row, measure)


@pytest.mark.parametrize("code", [PLYMOUTH, SCILLY])
def test_so_it_is_for_every_kind_of_measure(ask, of_each_column, code):
    for codes in of_each_column:
        answer = ask(code, *codes)
        for measure, row in rows_of(answer).iterrows():
            assert_true_of_the_figures(answer, row, measure)


def assert_true_of_the_figures(answer, row, measure):
    """Both ends of a change stand in the data, no break lies between them, and the word is that of their difference."""
    said = str(row["change"])
    if not said or "No change is said" in said:
        return
    held = own_figures(answer, row, measure)
    breaks = answer.tables["board_breaks"].data
    after = max(
        (one for one in breaks.loc[breaks["code"].eq(measure), "period"] if one <= held["period"].iloc[-1]), default=""
    )
    held = held[held["period"].ge(after)]
    first, last = held["number"].iloc[0], held["number"].iloc[-1]
    word = "rose" if last > first else "fell" if last < first else "the same"
    assert word in said.casefold(), (measure, said)
    assert ("break" in said) == bool(after), (measure, said)
    if word != "the same":
        plain = str(row["change_plainly"])
        assert f"went {'up' if word == 'rose' else 'down'}" in plain or "about the same" in plain, (measure, plain)


def test_the_numbers_are_those_of_the_page_that_holds_the_measure(ask, store):
    answer = ask(PLYMOUTH, ON_TIME, PLANS)
    page = asking.answer_of(store, "getting_help", answer.area, "").tables["on_time"].data.iloc[-1]
    row = rows_of(answer).loc[ON_TIME]
    assert row["number"] == round(page["share"], 1) and row["england"] == round(page["england"], 1)
    assert row["in_the_mean"] == page["in_the_mean"] and row["standard"].startswith("By law: a plan within 20 weeks")
    assert rows_of(answer).loc[PLANS, "figure"] == "3,646 plans" and not rows_of(answer).loc[PLANS, "standard"]


def test_a_figure_of_an_nhs_area_says_whose_it_is(ask):
    row = rows_of(ask()).iloc[4]
    assert row["whose"] == "NHS Devon" and "The figure of NHS Devon, not of Plymouth." in row["mind"]
    assert rows_of(ask("E12000009")).iloc[4]["figure"] == "Several areas"


def test_a_figure_of_so_few_is_not_shown_on_a_wall_or_to_families(ask):
    held = [rows_of(ask(SCILLY, "my_area.age.plans.under_5", "my_area.age.share.under_5")).iloc[at] for at in (0, 1)]
    for row in held:
        if row["figure"] != row["figure_room"]:
            assert row["figure_room"] == row["figure_plainly"] and "ewer than 5" in row["figure_room"]
    lines = ask(SCILLY, "my_area.age.plans.under_5").tables["board_lines"].data
    small = lines["whose"].eq("Isles of Scilly") & lines["number"].between(1, 4)
    assert small.any() and lines.loc[small, "few"].all()


def test_a_figure_that_can_not_be_right_is_marked_and_no_change_is_told_of_it(ask):
    (row,) = ask("316", "places.placement.share.mainstream_class").tables["board"].data.to_dict("records")
    assert row["doubtful"] and row["mind"].startswith("This figure can not be right: ")
    assert row["figure"] == "77.1%" and row["figure_room"] == row["figure_plainly"] == "Doubtful"
    assert "No change is said" in row["change"]


@pytest.mark.parametrize("code", [CITY, SCILLY])
def test_no_change_is_told_of_an_area_with_so_few_plans(ask, code):
    row = rows_of(ask(code)).iloc[0]
    assert row["change"] == "No change is said: with so few children, one more or less moves it."


@pytest.mark.parametrize("code", AREAS)
def test_no_direction_is_judged(ask, code):
    answer = ask(code)
    texts = [answer.title, answer.headline]
    said = [text.in_mode(mode) for text in texts for mode in MODES]
    said += [
        str(cell) for name in ("beside", "change", "standard", "mind") for cell in answer.tables["board"].data[name]
    ]
    assert not [one for one in said if JUDGING.search(one)]


@pytest.mark.parametrize("code", AREAS)
def test_families_read_plain_words_on_the_cards(ask, code):
    answer = ask(code)
    data = answer.tables["board"].data
    said = [answer.headline.in_mode("families"), *(one.in_mode("families") for one in answer.cannot_tell)]
    for name in ("measure", "figure", "beside", "change", "standard", "mind"):
        said += [str(cell) for cell in data[f"{name}_plainly"] if cell]
    assert not [one for text in said for one in reading.too_long(text)]
    assert reading.grade(said) <= reading.HIGHEST_GRADE


def test_measures_stand_in_the_order_in_which_they_were_asked_for(ask):
    assert list(rows_of(ask(PLYMOUTH, PLANS, ON_TIME)).index) == [PLANS, ON_TIME]
    assert list(rows_of(ask(PLYMOUTH, ON_TIME, PLANS)).index) == [ON_TIME, PLANS]
    assert [one.heading[:2] for one in pictures.of(ask(PLYMOUTH, ON_TIME, PLANS), "board", "show")] == ["1.", "2."]


def test_what_an_address_names_is_read_leniently_and_what_is_wrong_is_told(store):
    assert picking.read(store, "") == picking.Picked(picking.suggested(store))
    read = picking.read(store, f" {ON_TIME.upper()}, nonsense ,{PLANS},{ON_TIME}")
    assert read.codes == (ON_TIME, PLANS) and read.told == ("The board has no measure 'nonsense'. It is left out.",)
    seven = [*list(picking.offered(store, "my_area"))[:7]]
    read = picking.read(store, ",".join(seven))
    assert read.codes == tuple(seven[:6]) and "first six of 7" in read.told[0]
    assert picking.read(store, "nonsense").codes == picking.suggested(store)


def test_an_unknown_measure_none_and_seven_are_refused(store, ask):
    area = widened.directory(store).get(PLYMOUTH)
    for codes in (["nonsense"], ["needs.mix.share"], [], list(picking.offered(store, "my_area"))[:7]):
        with pytest.raises(UnknownChoice):
            board.ask(store, area, "", codes)


def test_the_same_board_gives_the_same_bytes(store, ask):
    area = widened.directory(store).get(PLYMOUTH)
    first, second = (board.ask(store, area, "", (ON_TIME, PLANS)) for _ in range(2))
    for name in first.tables:
        for made in FORMATS.values():
            assert made.make(numbers_of(first, name)) == made.make(numbers_of(second, name))
