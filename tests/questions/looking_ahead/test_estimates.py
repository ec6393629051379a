"""The known numbers, what must hold for all areas, and what the ranges allow for."""

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sendlib.areas import ENGLAND
from sendlib.methods import intervals
from sendlib.questions.looking_ahead import expected_children as children
from sendlib.questions.looking_ahead import places, residents
from sendlib.questions.looking_ahead import scenarios as ahead_scenarios
from sendlib.tables import life_limiting
from tests.questions.looking_ahead.asking import (
    KNOWN,
    REGIONS,
    ask,
)


def test_england_has_the_counts_that_follow_from_each_population(england):
    rows = england.tables["populations"].data.set_index(["population", "scenario"])["children"]
    assert rows.to_dict() == {
        ("ONS 2022-based projection", "Published low rate"): 87_243,
        ("ONS 2022-based projection", "Published high rate"): 109_665,
        ("ONS 2018-based projection", "Published low rate"): 89_959,
        ("ONS 2018-based projection", "Published high rate"): 113_080,
        ("ONS 2018-based, high population", "Published low rate"): 93_573,
        ("ONS 2018-based, high population", "Published high rate"): 117_622,
        ("ONS 2018-based, low population", "Published low rate"): 84_739,
        ("ONS 2018-based, low population", "Published high rate"): 106_518,
    }


def test_the_scenarios_end_where_they_should(england):
    ends = england.tables["scenarios"].data.set_index("scenario")["per_10000"].round(1).to_dict()
    assert ends == {
        "Rate stays as it was": 66.4,
        "Published low rate": 67.0,
        "Published high rate": 84.2,
        "Growth as in Wales": 87.2,
        "Trend continues, straight line": 96.2,
        "Trend continues, same percentage": 131.5,
    }


def test_straight_continuations_are_marked_as_not_recommended(england):
    advice = england.tables["scenarios"].data.set_index("scenario")["advice"]
    marked = advice[advice.str.startswith("Not recommended")]
    assert set(marked.index) == {"Trend continues, straight line", "Trend continues, same percentage"}


def test_the_rate_from_one_to_nineteen_is_derived_from_the_count(store):
    assert children.rate_1_to_19(store, life_limiting.shipped()) == pytest.approx(57.4, abs=0.05)


@pytest.mark.parametrize("basis", ["ons-2022", "ons-2018", "ons-2018-high", "ons-2018-low"])
@pytest.mark.parametrize("period", ["2024-06", "2030-06"])
def test_regions_and_authorities_add_up_to_england(store, areas, basis, period):
    evidence = life_limiting.shipped()
    shared = children.shared_out(store, evidence, basis, period)
    authorities = residents.by_authority(store, basis, period)
    assert shared.residents == pytest.approx(authorities.to_numpy().sum())
    assert shared.residents == pytest.approx(residents.england(store)[basis, period, "0-19"])
    assert sum(shared.part[code] for code in REGIONS) == pytest.approx(1)
    alone = [code for code in areas.authorities if code not in places.GROUPED]
    tiny = sum(shared.part[code] - shared.part[neighbour] for code, (neighbour, _) in places.GROUPED.items())
    assert sum(shared.part[code] for code in alone) + tiny == pytest.approx(1)


def test_age_moves_an_area_by_no_more_than_a_few_per_cent(store, areas):
    shared = children.shared_out(store, life_limiting.shipped(), "ons-2022", "2024-06")
    people = residents.by_authority(store, "ons-2022", "2024-06").sum(axis=1)
    ratio = {
        code: shared.part[code] / (people[code] / people.sum())
        for code in areas.authorities
        if code not in places.GROUPED
    }
    assert 0.94 < min(ratio.values()) < 0.98 and 1.02 < max(ratio.values()) < 1.06


def test_every_area_has_whole_rounded_children_and_one_range_around_them(store, areas):
    for area in areas.authorities.values():
        answer = ask(store, area)
        rows = answer.tables["scenarios"].data
        assert (rows["children"] % 5 == 0).all() and (rows["children"] >= 10).all()
        assert (rows["range_from"] <= rows["children"]).all() and (rows["children"] <= rows["range_to"]).all()
        assert rows.sort_values("per_10000")["children"].is_monotonic_increasing
        # Chance alone, narrower, would be a second range of the same number.
        assert [name for name in rows if name.endswith(("_from", "_to"))] == [
            "rate_from",
            "rate_to",
            "range_from",
            "range_to",
        ]


@pytest.mark.parametrize("code", KNOWN)
def test_authorities_and_regions_have_the_numbers_that_other_code_gave(store, areas, code):
    figures = ask(store, areas.get(code)).figures
    assert tuple(figure.value for figure in figures) == KNOWN[code]


def test_englands_range_is_the_published_interval_and_not_chance(england):
    rows = england.tables["scenarios"].data.set_index("scenario")
    high = rows.loc["Published high rate"]
    assert (high["rate_from"], high["rate_to"]) == (78.66, 90.17)
    assert (high["published_from"], high["published_to"]) == (102_400, 117_400)
    assert england.figures[2].comparison.explore == "102,400 to 117,400 with the study's published interval"
    # Chance alone would promise far too much for a scenario that the study does not have.
    others = rows.drop(index=["Published low rate", "Published high rate"])
    assert others["published_from"].isna().all() and others["range_holds"].eq("").all() and "range_from" not in rows


def test_every_range_names_all_that_it_allows_for(store, areas):
    rows = ask(store, areas.get("879")).tables["scenarios"].data.set_index("scenario")["range_holds"]
    assert rows["Published low rate"] == "chance, differences between areas and the study's published interval"
    assert rows["Growth as in Wales"] == "chance and differences between areas"
    figure = ask(store, areas.get("879"), spread="0").figures[1]
    assert "with chance and the study's published interval" in figure.comparison.explore
    assert "with chance and the study's interval" in figure.comparison.show


def test_differences_of_authorities_even_out_in_a_region(store, areas):
    shared = children.shared_out(store, life_limiting.shipped(), "ons-2022", "2030-06")
    assert children.spread_of(store, shared, "879", 0.1) == 0.1 and children.spread_of(store, shared, ENGLAND, 0.1) == 0
    assert 0.1 / 12**0.5 < children.spread_of(store, shared, "E12000001", 0.1) < 0.05


def test_fewer_than_ten_is_said_so_and_never_a_number():
    assert places.said(9.99, places.FINE) == "fewer than 10" and places.said(12.4, places.FINE) == "10"
    assert math.isnan(places.rounded(3, places.FINE)) and places.said(109_665, places.COARSE) == "109,700"


def test_a_wider_spread_only_widens(store, areas):
    narrow, wide = (ask(store, areas.get("879"), spread=spread).tables["scenarios"].data for spread in ("0", "30"))
    assert (wide["range_from"] < narrow["range_from"]).all() and (wide["range_to"] > narrow["range_to"]).all()
    # Without differences between areas chance is left, and the study's interval comes on top of it.
    for _, row in narrow.iterrows():
        low, high = intervals.poisson_limits(row["children"])
        assert row["range_from"] <= low + 5 and row["range_to"] >= high - 5


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.floats(-5, 10), st.floats(-5, 10), st.floats(0, 1))
def test_more_growth_never_gives_any_area_fewer_children(store, areas, one, other, damping):
    evidence = life_limiting.shipped()
    shared = children.shared_out(store, evidence, "ons-2022", "2030-06")
    less, more = (ahead_scenarios.named(evidence, growth / 100, damping)["own"].end for growth in sorted((one, other)))
    for code in (*areas.authorities, *REGIONS, ENGLAND):
        step = places.step_of(areas.get(code))
        assert places.rounded(shared.children(less, code), step) <= places.rounded(shared.children(more, code), step)


def test_the_table_of_areas_has_all_that_its_estimates_rest_on(store, areas):
    answer = ask(store, areas.get("370"), population="ons-2018")
    table = answer.tables["areas"]
    rows = table.data.set_index(["area_code", "scenario"])
    assert table.caption.explore.startswith("Estimate, from England's rate and local residents") and set(
        rows["population"]
    ) == {"ONS 2018-based projection"}
    assert set(table.data) == set(table.columns) and (rows["caveat"].str.contains("not counted")).all()
    own = rows.loc["370", "Published high rate"]
    ends = answer.tables["scenarios"].data.set_index("scenario").loc["Published high rate"]
    assert (own["children"], own["range_from"], own["range_to"]) == (
        ends["children"],
        ends["range_from"],
        ends["range_to"],
    ) and own["per_10000"] == 84.22
    assert rows.loc[ENGLAND, "Published low rate"]["residents"] == pytest.approx(13_426.774)
    assert (
        rows["range_from"].notna().all()
        and (rows["range_from"] <= rows["children"]).all()
        and (rows["children"] <= rows["range_to"]).all()
    )
    cited = " ".join(source.citation() for name in table.sources for source in answer.sources[name])
    assert "2018-based" in cited and "2022-based" not in cited


def test_rates_of_conditions_and_of_the_restricted_definition_are_of_everybody(england):
    rows = england.tables["known"].data
    assert set(rows.loc[rows["out_of"].eq("all aged 0 to 19"), "per_10000"]) == {27.2, 10.8, 61.1}
    assert set(rows.loc[rows["out_of"].eq("the group"), "by"]) == {"Everybody", "Age", "Sex", "Ethnic group"}


def test_no_range_of_england_is_chance_alone(england):
    rows = england.tables["scenarios"].data
    assert not [name for name in rows if "chance" in name]
    (said,) = [note.text.explore for note in england.notes if "For England the range is" in note.text.explore]
    assert "chance alone would promise far too much" in said


def test_now_is_the_newest_mid_year_with_what_the_later_estimate_gives(store, areas):
    figure = ask(store, areas.get("370")).figures[0]
    assert (
        residents.estimated(store) == "2024-06"
        and figure.label.explore == "Children in mid-2024, if the rate of 2017/18 still held"
    )
    ages = residents.by_authority(store, residents.LATER, residents.estimated(store))
    later = children.shared_out(store, life_limiting.shipped(), residents.LATER, "2024-06")
    assert later.residents == ages.to_numpy().sum()
    assert (
        f"with its later estimate of them it would be {places.said(later.children(66.4, '370'), places.FINE)}"
        in figure.detail.explore
    )
    assert "later estimate" in figure.comparison.show
