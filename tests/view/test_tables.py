"""Tables as a page draws them: in order by the numbers, the own area and England told apart, numbers to the right."""

from types import SimpleNamespace

import pandas as pd
import pytest

from sendlib import questions, service
from sendlib.areas import ENGLAND
from sendlib.view import address, ordering
from sendlib.view.ordering import Order, in_order
from sendlib.view.tables import whose_rows
from tests.view.shown_tables import tables_of
from tests.view.test_pages import opened

ROWS = pd.DataFrame(
    {
        "name": ["b", "Á", "c", ""],
        "age": ["10 to 14", "5 to 9", "", "15 to 19"],
        "places": [10.0, float("nan"), 90.0, 9.0],
    }
)


@pytest.mark.parametrize(
    ("order", "rows"),
    [
        (Order(), [0, 1, 2, 3]),
        (Order("places"), [2, 0, 3, 1]),
        (Order("places", turned=True), [3, 0, 2, 1]),
        (Order("name"), [1, 0, 2, 3]),
        (Order("name", turned=True), [2, 0, 1, 3]),
        (Order("age"), [1, 0, 3, 2]),
    ],
)
def test_numbers_begin_with_the_largest_and_words_with_a_and_what_is_missing_comes_last_either_way(order, rows):
    assert in_order(ROWS, order).tolist() == rows


@pytest.fixture
def query(monkeypatch):
    """The address of a page, as the pages write it."""
    held = {}
    params = SimpleNamespace(
        get=held.get, to_dict=lambda: dict(held), from_dict=lambda new: (held.clear(), held.update(new))
    )
    monkeypatch.setattr(address, "st", SimpleNamespace(query_params=params, session_state={}))
    return held


def test_a_second_click_turns_the_order_round_and_a_third_turns_it_back(query):
    for in_address in ("map:per_1000", "map:-per_1000", "map:per_1000"):
        ordering.choose("map", "per_1000", ordering.order_of("map", ["area", "per_1000"], "area"), "area")
        assert query["sort"] == in_address


def test_the_order_in_which_a_table_begins_does_not_stand_in_the_address_and_other_tables_keep_theirs(query):
    query["sort"] = "map:per_1000,travel:who"
    ordering.choose("map", "area", Order("per_1000"), "area")
    assert query["sort"] == "travel:who"


def test_an_order_by_a_column_that_there_is_not_is_the_one_in_which_the_table_begins(query):
    query["sort"] = "map:-nonsense"
    assert ordering.order_of("map", ["area"], "area") == Order("area")


@pytest.mark.parametrize("sort", ["", "map:per_1000", "map:-free_school_meals"])
def test_the_own_area_is_marked_whatever_the_order_and_numbers_stand_to_the_right(sort):
    (table,) = tables_of(opened("places", area="879", open="numbers-map", sort=sort))
    own = table.value[[mark == "own" for mark in table.marks]]
    assert own["Area"].tolist() == ["Plymouth"]
    assert list(table.value.columns)[0] not in table.numbers and len(table.numbers) >= 2


def test_england_is_marked_beside_the_own_area():
    table = tables_of(opened("my_area", area="879", open="comparators"))[0]
    named = dict(zip(table.marks, table.value["Area"], strict=True))
    assert (named["own"], named["england"]) == ("Plymouth", "England")


LISTS = {
    "needs": ("comparators", "funnel", "recording_unlike", "needs_over_time_each"),
    "places": ("map", "beside", "same_position"),
    "getting_help": ("on_time_each", "tribunal_each"),
    "doing_well": ("comparators", "over_time_each", "care_over_time_each", "home_education_each"),
}
"""Question -> its tables that list several areas."""


@pytest.mark.parametrize("area", ["879", "E12000009", "QJK", "878,879,880", "942", "E92000001"])
@pytest.mark.parametrize("name", LISTS)
def test_the_own_area_and_england_stand_marked_in_every_table_of_several_areas(name, area):
    """Once for each thing that the table tells of; a table is not there where nobody is compared one by one."""
    answer = service.ask(questions.named(name), area, "", {})
    own_ones = {answer.area.code} if len(answer.area.parts) > 1 else set(answer.area.parts)
    for table in (answer.tables[one] for one in LISTS[name] if one in answer.tables):
        marks, codes = whose_rows(table, answer.area), table.data["area_code"].astype(str)
        assert set(codes[marks.eq("own")]) >= own_ones, table.caption.explore
        if area != ENGLAND:
            assert set(codes[marks.eq("england")]) == {ENGLAND}, table.caption.explore


def test_pupils_to_and_from_england_are_not_available_and_not_few():
    """Who travels is counted between authorities: there is no such figure of England, and none is made up."""
    shown = service.ask(questions.named("places"), "879", "", {}).tables["same_position"].readable().set_index("Area")
    columns = ["From here to there", "From there to here", "Went to school elsewhere, %"]
    assert shown.loc["England", columns].eq("Not available").all()
