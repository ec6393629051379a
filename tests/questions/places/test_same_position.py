"""Neighbours in the same position: those with most travel between, and those alike, and who is both."""

from functools import cache

import numpy as np
import pytest

from sendlib import service
from sendlib.compared import comparators, widened
from sendlib.questions.places import QUESTION, same_position
from sendlib.questions.places.same_position import MOST_TRAVEL, NAME, OWN, TRAVEL


@pytest.fixture(scope="module")
def asked(store):
    def ask(text, versus=""):
        return service.answer_of(store, QUESTION, widened.directory(store).find(text).area, versus, {})

    return cache(ask)


def test_those_who_exchange_most_pupils_come_first_and_one_that_is_alike_too_stands_once(asked):
    table = asked("Plymouth").tables[NAME].data
    assert table["area"].tolist()[:4] == ["Plymouth", "England", "Devon", "Cornwall"]
    assert table["list"].tolist()[:4] == [OWN, "England", TRAVEL, f"{TRAVEL}; statistical neighbour"]
    assert table["area_code"].is_unique


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Lambeth", ["Southwark", "Wandsworth", "Croydon", "Lewisham", "Merton"]),
        ("Bolton", ["Wigan", "Bury", "Lancashire", "Salford", "Oldham"]),
        ("Warrington", ["Halton", "St. Helens", "Trafford", "Knowsley", "Liverpool"]),
    ],
)
def test_most_travel_is_that_of_all_who_travel_both_ways_also_where_one_way_is_too_small_to_be_shown(
    store, areas, text, names
):
    between = same_position.between_of(store, areas.find(text).areas[0])
    assert between["area"].tolist()[:MOST_TRAVEL] == names
    assert not between[["out", "into"]].lt(5).any(axis=None)


def test_nobody_is_named_for_a_handful_of_pupils(asked):
    assert not asked("City of London").tables[NAME].data["list"].str.contains(TRAVEL).any()


def test_who_has_no_number_of_plans_is_named_and_only_where_dfe_gave_none(asked):
    lambeth, plymouth = (asked(text).tables[NAME].how_to_read.explore for text in ("Lambeth", "Plymouth"))
    assert lambeth.endswith(" DfE gave no number of plans of Lewisham for January 2026.")
    assert "DfE gave no" not in plymouth


def test_columns_say_of_which_years_and_which_january_they_are(asked):
    columns = asked("North Northamptonshire").tables[NAME].columns
    assert columns["elsewhere"].meaning.endswith(
        "2019/20 to 2021/22; North Northamptonshire and West Northamptonshire: 2021/22"
    )
    assert columns["independent"].meaning.endswith("out of all plans, January 2025")
    assert asked("Plymouth").tables[NAME].columns["elsewhere"].meaning.endswith("lived there, 2019/20 to 2021/22")


def test_both_lists_are_whole(store, everywhere):
    for code, answer in everywhere("places").items():
        table = answer.tables[NAME].data
        travel = table["list"].str.startswith(TRAVEL)
        alike = table.loc[table["list"].str.contains("tatistical neighbour"), "area_code"]
        assert travel.sum() <= MOST_TRAVEL and table["list"].iloc[0] == OWN
        area = answer.area
        assert set(alike) == set(comparators.choose(store, area, comparators.DEFAULT).codes), code


def test_pupils_each_way_are_those_of_the_lists_of_flows(asked):
    answer = asked("Cheshire East")
    table = answer.tables[NAME].data.set_index("area_code")
    out = answer.tables["flows_out"].data.set_index("area_code")["pupils"]
    assert table["out"]["896"] == out["896"] == 111


def test_the_figures_are_those_that_the_area_itself_has(asked):
    own = asked("Devon").tables[NAME].data.iloc[0]
    beside = asked("Plymouth").tables[NAME].data.set_index("area").loc["Devon"]
    for name in ("per_1000", "elsewhere", "independent"):
        assert own[name] == beside[name]


def test_where_nobody_knows_who_travelled_the_page_says_so(asked):
    answer = asked("Cumberland")
    assert not answer.tables[NAME].data["list"].str.contains(TRAVEL).any()
    (note,) = answer.notes_about(NAME, "missing")
    assert note.text.explore == "Who travelled to or from Cumberland is not known, so those alike stand alone."


def test_a_flow_that_is_shown_with_others_is_fewer_than_five(asked):
    shown = asked("Plymouth").tables[NAME].readable().set_index("Area")
    assert shown["From here to there"]["Tameside"] == "Fewer than 5"


def test_so_many_compared_are_no_list_and_england_has_neither(asked):
    assert len(asked("Plymouth", "england").tables[NAME].data) == len(asked("Plymouth").tables[NAME].data)
    together = asked("Devon, Plymouth, Torbay").tables[NAME].data
    assert set(together["list"]) == {OWN, "England", TRAVEL} and not set(together["area"]) & {
        "Devon",
        "Plymouth",
        "Torbay",
    }
    assert NAME not in asked("England").tables


def test_pupils_are_counted_between_authorities_and_of_a_region_that_is_no_few(asked):
    shown = asked("South West").tables[NAME].readable().set_index("Area")["From here to there"]
    assert shown[["England", "South East"]].eq("Not available").all() and shown["Worcestershire"] == "Fewer than 5"


def test_few_plans_and_doubtful_numbers_have_no_share(asked):
    table = asked("City of London").tables[NAME].data.set_index("area_code")
    assert np.isnan(table["independent"]["201"]) and np.isnan(table["elsewhere"]["201"])
