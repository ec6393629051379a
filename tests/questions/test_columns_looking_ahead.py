"""The columns of Looking ahead: whose children a heading names, and what Families read."""

import pytest

from sendlib.answer import MODES
from sendlib.areas import ENGLAND
from sendlib.questions import looking_ahead
from sendlib.tables import life_limiting
from tests.made_up import MADE_UP_RATES

CODES = ["370", "201", "E12000001", ENGLAND]


def headings_of(table, mode="explore"):
    return {name: column.heading_in(mode) for name, column in table.columns_in(mode).items()}


@pytest.fixture(scope="module")
def answers(store, areas):
    return {code: looking_ahead.ask(store, areas.get(code), asked={"growth": "2", "scenario": "own"}) for code in CODES}


@pytest.fixture(scope="module")
def fitted(store, areas):
    return looking_ahead.ask(store, areas.get("370"), evidence=life_limiting.read(MADE_UP_RATES)).tables["fitted"]


@pytest.mark.parametrize("mode", list(MODES))
@pytest.mark.parametrize("code", CODES)
def test_the_children_of_each_projection_are_englands_and_said_to_be(answers, code, mode):
    shown = answers[code].tables["populations"].readable(mode)
    assert shown["Children in England"].iloc[0] == "87,243" and "Children here" not in shown


def test_the_children_here_are_those_of_the_area_that_was_asked_about(answers):
    barnsley = answers["370"].tables["scenarios"].readable().set_index("Scenario").loc["Published low rate"]
    assert (barnsley["Children here"], barnsley["Children in England"]) == ("365", "87,200")


def test_a_table_of_several_areas_says_neither_here_nor_now(answers):
    headings = list(headings_of(answers["370"].tables["areas"]).values())
    assert "Children in 2030" in headings and "Children in mid-2024" in headings
    assert not any(heading.endswith((" here", " now")) for heading in headings)


@pytest.mark.parametrize("name", ["scenarios", "areas"])
def test_the_rate_beside_an_areas_children_is_said_to_be_englands(answers, name):
    assert headings_of(answers["370"].tables[name])["per_10000"] == "In every 10,000 in England"


def test_england_has_the_interval_of_the_study_and_an_area_a_range_of_its_own(answers):
    england, area = (set(headings_of(answers[code].tables["scenarios"]).values()) for code in (ENGLAND, "370"))
    assert england - area == {
        "Published interval, children, from",
        "Published interval, children, to",
    }
    assert area - england == {"Range, from", "Range, to"}


@pytest.mark.parametrize("code", CODES)
def test_the_range_of_a_projection_is_headed_as_what_it_is_drawn_from(answers, code):
    headings = headings_of(answers[code].tables["send"])
    assert (headings["lowest"], headings["highest"]) == ("Lowest of the ways on", "Highest of the ways on")


def test_the_children_of_two_areas_together_are_headed_with_both(answers):
    headings = headings_of(answers["201"].tables["scenarios"])
    assert headings["children"] == "Children in Hackney and the City of London"
    assert "Hackney and the City of London" in answers["201"].tables["handover"].columns["all_who_turn_18"].meaning


def test_an_estimate_that_is_too_small_is_written_as_fewer_than_ten(answers):
    table = answers["370"].tables["scenarios"]
    few = ["children", "range_from", "range_to"]
    assert {table.columns[name].otherwise for name in few} == {"Fewer than 10"}
    assert {table.columns[name].otherwise for name in ("rate_from", "england_children")} == {""}


@pytest.mark.parametrize("code", CODES)
def test_families_read_of_the_two_published_rates_as_lower_and_higher_only(answers, code):
    headings = list(headings_of(answers[code].tables["fan"], "families").values())
    assert headings == ["Year", "Measured", "Lower", "Higher"]
    assert "Your own" in headings_of(answers[code].tables["fan"]).values()


def test_a_year_that_ends_in_march_is_not_called_a_school_year(answers, fitted):
    for table in (answers["370"].tables["fan"], fitted):
        assert not table.readable()["Year"].str.contains("chool").any()


def test_the_percentiles_of_a_fitted_trend_are_told_with_whose_they_are(fitted):
    headings = list(headings_of(fitted).values())
    assert {"Rate in England, 10th percentile", "Children here, 90th percentile"} <= set(headings)
    assert len(headings) == 11


def test_every_column_says_what_it_is_in_one_phrase(answers, fitted):
    tables = [table for answer in answers.values() for table in answer.tables.values()]
    for table in (*tables, fitted):
        for name, column in table.columns.items():
            assert len(column.meaning.split()) >= 3 and not column.meaning.endswith("."), (table.caption, name)
            first = column.meaning.split()[0]
            assert not first[0].isupper() or first in ("England,", "January", "ONS"), (table.caption, name)


def test_englands_hand_over_has_no_range(answers):
    england, area = (list(headings_of(answers[code].tables["handover"]).values()) for code in (ENGLAND, "370"))
    assert england == ["Turns 18 in", "With the low rate", "With the high rate", "All who turn 18"]
    assert "With the low rate, range from" in area and len(area) == 8
    columns = answers["370"].tables["handover"].columns
    assert columns["high_rate_to"].otherwise == "Fewer than 10" and columns["all_who_turn_18"].otherwise == ""
