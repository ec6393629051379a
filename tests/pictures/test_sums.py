"""Pictures of the sum: a narrow range is seen, and what is not known has no mark."""

import pandas as pd
import pytest

from sendlib.compared import comparators
from sendlib.pictures import sums
from sendlib.questions.doing_well import QUESTION, show_the_sum, sum_definitions
from sendlib.tables.symbols import NOT_APPLICABLE

ENGLAND = "E92000001"


def steps_of(store, january, definition=sum_definitions.NOT_IN_SETTING):
    return sums.steps_data(show_the_sum.steps(show_the_sum.found(store, ENGLAND, january, definition)))


def test_a_narrow_range_has_a_dot_at_each_end(store, areas):
    table = show_the_sum.by_january(store, areas.get("370"), sum_definitions.NOT_IN_SETTING)
    data = sums.januaries_data(table)
    assert data["kind"].iloc[-1] == "range" and data["high"].iloc[-1] - data["low"].iloc[-1] < 0.1
    points = [layer for layer in sums.januaries("explore", data)["layer"] if layer["mark"]["type"] == "point"]
    of_range = [layer for layer in points if "range" in layer["transform"][0]["filter"]]
    assert {layer["encoding"]["y"]["field"] for layer in of_range} == {"low", "high"}


def test_januaries_that_are_not_known_have_no_mark(store, areas):
    for code in ("873", "420", "942", ENGLAND):
        for definition in sum_definitions.DEFINITIONS:
            data = sums.januaries_data(show_the_sum.by_january(store, areas.get(code), definition))
            blank = data["kind"].isin(["unknown", sums.NO_MARK])
            assert data.loc[blank, ["low", "high"]].isna().all(axis=None)
            assert data.loc[~blank, ["low", "high"]].notna().all(axis=None)
            assert set(data.columns) == {"year", "low", "high", "kind", "changed"}


@pytest.mark.parametrize(
    ("january", "definition"),
    [
        ("2025-01", sum_definitions.NOT_IN_SETTING),
        ("2018-01", sum_definitions.NOT_IN_SETTING),
        ("2020-01", sum_definitions.WAITING),
    ],
)
def test_every_number_of_the_step_by_step_bar_has_room_on_a_phone(store, january, definition):
    letter, plot = 7.5, 262  # pixels: of a digit in the size of labels, and of the plot on a screen of 360
    data = steps_of(store, january, definition)
    spec = sums.steps("explore", data)
    numbers = spec["layer"][-1]
    top = numbers["encoding"]["x"]["scale"]["domain"][1]
    known = data[data["kind"].ne(show_the_sum.NOT_KNOWN)]
    ends = plot * known["words_at"] / top + numbers["mark"]["dx"] + letter * known["words"].str.len()
    assert (ends <= plot + spec["padding"]["right"]).all()


def test_a_part_that_is_not_known_says_so_after_its_name_and_has_no_bar(store):
    spec = sums.steps("explore", steps_of(store, "2018-01"))
    names = [row["words"] for row in spec["layer"][1]["data"]["values"]]
    assert "Awaiting, but in education (not known)" in names
    assert "Elective home education (within arrangements by parents)" in names
    assert all("not known" in layer["transform"][0]["filter"] for layer in spec["layer"][2:])


def test_at_least_nought_is_not_drawn_as_known():
    made_up = {
        "period": ["2012-01", "2013-01"],
        "certainty": ["at least", "unknown"],
        "sum_low": [0.0, None],
        "share_low": [0.0, None],
        "share_high": [None, None],
        "status": ["value", NOT_APPLICABLE],
    }
    assert sums.januaries_data(pd.DataFrame(made_up))["kind"].tolist() == ["unknown", sums.NO_MARK]


@pytest.fixture(scope="module")
def bulletin(store, areas):
    """Plymouth in the January of the bulletin, with England beside it."""
    return QUESTION.ask(store, areas.get("879"), comparators.DEFAULT, {"january": "2020"})


def test_england_stands_below_the_area_under_its_result(bulletin):
    own, england = sums.draw_steps(bulletin, "explore")
    assert own.heading.startswith("Plymouth. The result: 462")
    assert england.heading == "England. The result: 21,372 (5.48%)"
    assert "Permanently excluded: +121" in england.alt.explore and "Result: = 21,372" in england.alt.explore


def test_the_key_has_only_what_is_drawn(bulletin):
    own, england = sums.draw_steps(bulletin, "explore")
    assert [entry.words for entry in england.legend] == ["added", "taken off", "added up so far", "the result"]
    (years,) = sums.draw_januaries(bulletin, "explore")
    assert [entry.words for entry in years.legend] == ["known", "somewhere in this range", "this or more"]


def test_every_january_is_in_the_words_of_its_picture(bulletin):
    (picture,) = sums.draw_januaries(bulletin, "explore")
    assert "2010: at least" in picture.alt.explore and "2020: 20.9%" in picture.alt.explore
    assert picture.alt.explore.count(";") == len(bulletin.tables["sum_by_january"].data) - 1


def test_the_januaries_of_a_handful_of_children_are_drawn_as_published(store, areas):
    answer = QUESTION.ask(store, areas.get("420"), comparators.DEFAULT, {})
    (picture,) = sums.draw_januaries(answer, "explore")
    assert picture.spec and not any("Hidden" in line for line in picture.below)
