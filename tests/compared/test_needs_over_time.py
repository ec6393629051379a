"""Needs over time: shares, means and changes of every cohort, and what is called faster."""

from dataclasses import replace

import numpy as np
import pytest

from sendlib.compared import cohorts, mixes, needs_over_time
from sendlib.compared.comparators import DEFAULT, choose, known_areas, store_for
from sendlib.compared.widened import directory
from sendlib.methods import intervals
from sendlib.tables.needs import DOWN_SYNDROME, NEEDS
from tests.over_years import BARNSLEY, CUMBERLAND, CUMBRIA, ISLE_OF_WIGHT, MORE_PLANS, PLYMOUTH

SEMH = list(NEEDS).index("semh")


def course(store, who, code=PLYMOUTH, versus=DEFAULT):
    others = choose(store, known_areas(store).get(code), versus)
    return needs_over_time.course(store, who, code, others.codes, needs_over_time.of_area(store, who, code))


def test_the_interval_of_a_change_is_that_of_the_published_example():
    # Newcombe (1998), table II, method 10: 56/70 less 48/80.
    low, high = intervals.difference(48, 80, 56, 70)
    assert (round(float(low), 4), round(float(high), 4)) == (0.0524, 0.3339)
    assert np.isnan(intervals.difference(1, 0, 1, 10)).all()


def test_the_shipped_census_is_plymouths_known_deep_dive(store):
    """The question that began it: SEMH 27.5 % against 19.8, MLD 10.2 against 16.3."""
    found = course(store, cohorts.ALL_SEN)
    place = dict(zip(found.needs, range(len(found.needs)), strict=True))
    assert [round(float(found.shares[place[need], 0]), 1) for need in ("semh", "mld")] == [27.5, 10.2]
    assert [round(float(found.mean[place[need], 0]), 1) for need in ("semh", "mld")] == [19.8, 16.3]


def test_the_newest_mean_of_plans_is_that_of_the_mix(store, areas):
    others = choose(store, areas.get(PLYMOUTH), DEFAULT)
    mix = mixes.of(store, areas.get(PLYMOUTH), others)
    assert course(store, cohorts.PLANS).mean[:, -1] == pytest.approx(100 * mix.mean[mix.row(PLYMOUTH)])


@pytest.mark.parametrize("who", list(cohorts.COHORTS))
def test_shares_are_counts_over_the_cohorts_own_denominator_in_every_period(over_years, who):
    found = course(over_years, who)
    assert found.periods == cohorts.periods(over_years, who) and len(found.periods) > 1
    for place, period in enumerate(found.periods):
        whole = cohorts.denominator(over_years, who, period)[PLYMOUTH]
        counts = cohorts.counts(over_years, who, period).loc[PLYMOUTH]
        for need, share in zip(found.needs, found.shares[:, place], strict=True):
            if need in counts:
                assert share == pytest.approx(100 * counts[need] / whole), (need, period)
            else:
                assert need == DOWN_SYNDROME and np.isnan(share)


def test_a_rise_of_plans_that_nobody_else_has_is_beyond_chance_and_faster(over_years):
    found = course(over_years, cohorts.PLANS)
    assert found.counts[SEMH, 1] - found.counts[SEMH, 0] == MORE_PLANS
    assert found.low[SEMH, 1] > 0 and found.faster[SEMH, 1] and found.as_much[SEMH, 1] == 0
    assert found.mean_change[SEMH, 1] == pytest.approx(0) and found.in_both[SEMH, 1] == 10
    assert np.isnan(found.low[:, 0]).all(), "of the first year there is no change"


def test_down_syndrome_begins_in_its_census_and_stays_within_other_needs_in_plans(over_years):
    assert needs_over_time.told_apart_from(over_years, cohorts.ALL_SEN) == "2025/26"
    assert needs_over_time.told_apart_from(over_years, cohorts.PLANS) == ""
    assert list(needs_over_time.needs(over_years, cohorts.PLANS)) == list(NEEDS)
    found = course(over_years, cohorts.SEN_SUPPORT)
    row = found.needs.index(DOWN_SYNDROME)
    assert np.isnan(found.shares[row]).tolist() == [True, True, False] and found.first[row] == 2


def test_an_authority_has_only_the_years_since_it_began(over_years):
    assert needs_over_time.of_area(over_years, cohorts.ALL_SEN, CUMBERLAND) == ("2025/26",)
    assert needs_over_time.of_area(over_years, cohorts.ALL_SEN, CUMBRIA)[0] == "2021/22"


def test_an_authority_without_figures_counts_for_no_mean_of_that_year_and_for_no_change(over_years):
    found = needs_over_time.course(
        over_years,
        cohorts.PLANS,
        PLYMOUTH,
        (ISLE_OF_WIGHT, BARNSLEY, "880", "878"),
        cohorts.periods(over_years, cohorts.PLANS),
    )
    hearing = found.needs.index("hi")
    assert found.known[SEMH].tolist() == [4, 3] and found.in_both[SEMH, 1] == 3
    assert found.known[hearing].tolist() == [4, 2] and np.isnan(found.mean[hearing, 1])


def test_faster_needs_more_than_chance_and_a_point_more_than_the_mean(over_years):
    held = course(over_years, cohorts.PLANS)
    rise = float(held.change[SEMH, 1])

    def beside(mean_change):
        return replace(held, mean_after=held.mean_before + mean_change)

    assert beside(rise - 2 * float(rise - held.low[SEMH, 1])).faster[SEMH, 1]
    assert not beside(rise - 0.9).faster[SEMH, 1], "less than a point apart"
    within = float(held.low[SEMH, 1]) + 0.1
    assert rise - within > needs_over_time.FASTER and not beside(within).faster[SEMH, 1], "within chance"
    assert beside(float(held.high[SEMH, 1]) + 1).slower[SEMH, 1] and not held.slower[SEMH, 1]


def test_a_group_has_its_own_years_and_a_small_authority_counts_for_no_mean(over_years):
    area = directory(over_years).find("878,879,880").area
    wide = store_for(over_years, area)
    found = needs_over_time.course(wide, cohorts.ALL_SEN, area.code, ("201", "420"), ("2021/22", "2025/26"))
    parts = [needs_over_time.totals(over_years, cohorts.ALL_SEN).loc[code] for code in area.members]
    assert found.totals[0] == sum(part["2021/22"] for part in parts)
    assert not found.known.any() and np.isnan(found.mean).all()
