"""Residents that are not held: the area that lacks them has no number and says why; every other area keeps its own."""

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from sendlib import pictures
from sendlib.areas import ENGLAND
from sendlib.questions.looking_ahead import send_ahead
from sendlib.questions.looking_ahead.stand_ins import filled
from tests.questions.looking_ahead.asking import ask
from tests.spoiled import without

DARLINGTON, PLYMOUTH, NORTH_EAST = "841", "879", "E12000001"
NEWEST = "2024-06"


@pytest.fixture(scope="module")
def without_an_age(store):
    """Darlington lacks its residents aged 3."""
    return without(store, "population", area_code=DARLINGTON, age="3", period=NEWEST)


@pytest.fixture(scope="module")
def without_2030(store):
    """England's residents of 2030 are missing in the newest projection."""
    return without(store, "population_england", basis="ons-2022", period="2030-06")


def test_an_area_that_lacks_an_age_has_no_number_and_says_why(without_an_age, areas):
    answer = ask(without_an_age, areas.get(DARLINGTON))
    assert answer.state == "not_available" and answer.title.explore == "Not available for Darlington"
    assert "the residents of Darlington in mid-2024 are not available at every age" in answer.headline.explore
    assert "England could have about 87,200" in answer.headline.explore
    assert [figure.text for figure in answer.figures] == ["Not available"] * 3
    assert [figure.comparison.explore for figure in answer.figures] == ["England 88,400", "England 87,200"] + [
        "England 109,700"
    ]
    assert set(answer.tables["scenarios"].readable()["Children here"]) == {"Not available"}
    assert "Fewer than 10" not in str(answer.tables["scenarios"].readable().to_dict())


def test_its_picture_has_englands_lines_and_no_numbers_of_children(without_an_age, areas):
    fan = pictures.of(ask(without_an_age, areas.get(DARLINGTON)), "fan", "explore")[0]
    words = fan.data.loc[fan.data["line"].eq("label"), "words"]
    assert "Low rate" in set(words) and not words.str.contains(r"\d|Children|fewer|about").any()


@pytest.mark.parametrize("code", [PLYMOUTH, NORTH_EAST, ENGLAND])
def test_no_other_area_changes_for_want_of_it(store, without_an_age, areas, code):
    before, after = ask(store, areas.get(code)), ask(without_an_age, areas.get(code))
    assert (after.state, after.headline, after.figures) == (before.state, before.headline, before.figures)
    for name, table in before.tables.items():
        was, now = table.data, after.tables[name].data
        if name == "areas":  # England is set beside its authorities, of which it is one
            was, now = (frame[frame["area_code"].ne(DARLINGTON)] for frame in (was, now))
        assert_frame_equal(now, was, check_dtype=False)


def test_beside_others_it_is_named_with_the_reason(without_an_age, areas):
    answer = ask(without_an_age, areas.get("880"), "841,879,823")
    table = answer.tables["areas"].readable()
    assert set(table.loc[table["Area"].eq("Darlington"), "Children in 2030"]) == {"Not available"}
    assert "Not available" not in set(table.loc[table["Area"].ne("Darlington"), "Children in 2030"])
    noted = [note.text.explore for note in answer.notes_about("areas", "missing")]
    assert noted == [
        "Not available for 1 area: the residents of Darlington in mid-2024 are not available at every age."
    ]


def test_who_turns_18_is_not_given_where_an_age_of_theirs_is_missing(store, areas):
    spoiled = without(store, "population", area_code=DARLINGTON, age="13", period=NEWEST)
    answer = ask(spoiled, areas.get(DARLINGTON))
    assert set(answer.tables["handover"].data["status"]) == {"not_available"}
    assert "Not available for Darlington" in answer.tables["handover"].how_to_read.explore
    assert pictures.of(answer, "handover", "explore")[0].nothing
    theirs = ask(spoiled, areas.get(NORTH_EAST)).tables["handover"].data
    assert_frame_equal(theirs, ask(store, areas.get(NORTH_EAST)).tables["handover"].data)


@pytest.mark.parametrize("code", [PLYMOUTH, ENGLAND])
def test_without_englands_residents_of_2030_the_rates_are_told_and_the_rest_stays(store, without_2030, areas, code):
    before, after = ask(store, areas.get(code)), ask(without_2030, areas.get(code))
    assert after.state == "not_available"
    assert "residents of England in mid-2030 are not available in the ONS 2022-based" in after.headline.explore
    assert "67 or 84.22 in every 10,000" in after.headline.explore
    assert after.figures[0] == before.figures[0]
    for name in ("fan", "known", "backtest", "send"):
        was = before.tables[name].data
        if name == "send":  # what the residents alone would make of plans is gone, and with it the end of the range
            was = was[~(was["line"].eq(send_ahead.IF_SHARES_HELD) & was["series"].eq("EHC plans in January"))]
            was = was.drop(columns="lowest").reset_index(drop=True)
        assert_frame_equal(after.tables[name].data[list(was.columns)], was)
    assert ask(without_2030, areas.get(code), population="ons-2018").state == "full"


def test_the_projections_that_are_held_are_still_set_beside_each_other(without_2030, areas):
    answer = ask(without_2030, areas.get(ENGLAND))
    assert "not available in: ONS 2022-based projection" in answer.tables["populations"].how_to_read.explore
    marks = pictures.of(answer, "populations", "explore")[0]
    assert "ONS 2018-based projection" in marks.alt.explore and "ONS 2022-based" not in marks.alt.explore


def test_without_englands_residents_of_today_only_todays_number_is_missing(store, areas):
    spoiled = without(store, "population_england", basis="ons-2022", period=NEWEST)
    before, after = ask(store, areas.get(PLYMOUTH)), ask(spoiled, areas.get(PLYMOUTH))
    assert after.figures[0].text == "Not available" and after.figures[1:] == before.figures[1:]
    assert "about 385" in after.headline.explore and "mid-2024" not in after.headline.explore


def test_without_any_of_englands_residents_the_page_still_answers(store, areas):
    spoiled = without(store, "population_england", area_code=ENGLAND)
    answer = ask(spoiled, areas.get(PLYMOUTH), scenario="wales-like")
    assert answer.state == "not_available"
    assert pictures.of(answer, "populations", "explore")[0].nothing
    assert "nan" not in str([note.text.explore for note in answer.notes]).split()


REGIONS = {"north": ["a", "b"], "south": ["c", "d"]}


def people(**bands):
    return pd.DataFrame(bands, index=["a", "b", "c", "d"], dtype=float)


def wider(**bands):
    return pd.DataFrame(bands, index=["north", "south", "all"], dtype=float)


def test_a_stand_in_is_what_the_region_has_beyond_the_others():
    found = filled(people(old=[1, None, 3, 4], young=[5, 6, 7, 8]), wider(old=[10, 7, 17], young=[11, 15, 26]), REGIONS)
    assert found["old"].tolist() == [1, 9, 3, 4] and found["young"].tolist() == [5, 6, 7, 8]


def test_without_the_regions_number_it_is_what_england_has_beyond_all_others():
    assert filled(people(old=[1, None, 3, 4]), wider(old=[None, None, 17]), REGIONS)["old"].tolist() == [1, 9, 3, 4]


@pytest.mark.parametrize("of_all", [None, 30])
def test_nothing_stands_in_where_two_regions_lack_one_and_neither_has_a_number(of_all):
    found = filled(people(old=[1, None, 3, None]), wider(old=[None, None, of_all]), REGIONS)["old"]
    assert found.isna().tolist() == [False, True, False, True]


def test_two_of_a_region_share_what_is_left_so_that_the_regions_sum_is_right():
    assert filled(people(old=[None, None, 3, 4]), wider(old=[12, 7, 19]), REGIONS)["old"].tolist() == [6, 6, 3, 4]
