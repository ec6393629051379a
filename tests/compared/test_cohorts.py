"""Who is counted on Needs: each cohort has its own children, denominator and year."""

import time

import numpy as np
import pandas as pd
import pytest

from sendlib.areas import ENGLAND
from sendlib.compared import cohorts, mixes
from sendlib.compared.cohorts import ALL_SEN, APART, COHORTS, PLAN_IN_SCHOOLS, PLANS, SEN_SUPPORT, WHOLE
from sendlib.compared.comparators import choose
from sendlib.store import Store
from sendlib.tables.needs import NEEDS


def beside_its_neighbours(store, areas, code, need):
    """Share, mean, lowest and highest in per cent, to one decimal."""
    area = areas.get(code)
    found = mixes.of(store, area, choose(store, area, "neighbours-2025"), ALL_SEN)
    row, column = found.row(code), found.needs.index(need)
    return [round(100 * float(values[row, column]), 1) for values in (found.shares, found.mean, found.low, found.high)]


def test_the_question_that_began_it_why_semh_is_so_high_and_mld_so_low_in_plymouth(store, areas):
    assert beside_its_neighbours(store, areas, "879", "semh") == [27.5, 19.8, 17.2, 22.4]
    assert beside_its_neighbours(store, areas, "879", "mld") == [10.2, 16.3, 9.0, 25.2]


def test_englands_shares_of_the_census_are_those_of_the_sum_of_its_file(store):
    table = store.table("school_needs")
    by_need = table.astype({"need": str}).groupby("need")["value"].sum()
    shares = mixes.all_shares(store, ALL_SEN).loc[ENGLAND]
    for need in NEEDS:
        assert shares[need] == pytest.approx(by_need[need] / by_need.sum())
    assert 100 * shares["semh"] == pytest.approx(19.6, abs=0.05) and 100 * shares["slcn"] == pytest.approx(
        23.7, abs=0.05
    )


def test_shares_of_plans_are_of_those_with_a_recorded_need_and_of_pupils_of_all(store):
    plans, pupils = cohorts.counts(store, PLANS), cohorts.counts(store, ALL_SEN)
    assert cohorts.denominator(store, PLANS)["879"] == plans.loc["879", WHOLE] - plans.loc["879", APART]
    assert cohorts.denominator(store, ALL_SEN)["879"] == pupils.loc["879", WHOLE]
    assert pupils.loc["879", APART] > 0


@pytest.mark.parametrize("who", [PLANS, ALL_SEN])
def test_needs_and_those_who_stand_apart_are_the_whole_and_the_mix_adds_up_to_one(store, areas, who):
    table = cohorts.counts(store, who).dropna()
    assert len(table) > 150 and (table[[*cohorts.needs(store, who), APART]].sum(axis=1) == table[WHOLE]).all()
    found = mixes.of_choice(store, "neighbours-2025", who)
    known = ~np.isnan(found.whole).any(axis=1)
    assert known.sum() > 145 and np.allclose(found.whole[known].sum(axis=1), 1)
    # Those who stand apart from the mix of pupils are in the denominator of their shares.
    summed = found.shares[known].sum(axis=1)
    assert (np.allclose(summed, 1) if who == PLANS else (summed < 1).mean() > 0.9) and (summed < 1 + 1e-9).all()


@pytest.mark.parametrize("who", list(COHORTS))
def test_every_need_of_every_authority_lies_within_its_limits(store, who):
    found = mixes.of_choice(store, "neighbours-2025", who)
    assert within_its_limits(found) == bool(cohorts.periods(store, who))


@pytest.mark.parametrize("who", [SEN_SUPPORT, PLAN_IN_SCHOOLS])
def test_the_cohorts_that_a_census_tells_apart_keep_the_same_rules(over_years, who):
    """Of the shipped census neither is told apart, so that the same tests say nothing of them there."""
    table = cohorts.counts(over_years, who).dropna()
    assert len(table) > 145 and (table[[*cohorts.needs(over_years, who), APART]].sum(axis=1) == table[WHOLE]).all()
    found = mixes.of_choice(over_years, "neighbours-2025", who)
    assert within_its_limits(found)
    known = ~np.isnan(found.whole).any(axis=1)
    assert known.sum() > 145 and np.allclose(found.whole[known].sum(axis=1), 1)
    summed = found.shares[known].sum(axis=1)
    stand_apart = bool(table[APART].sum())
    assert (summed < 1 + 1e-9).all() and bool((summed < 1 - 1e-9).any()) == stand_apart


def within_its_limits(found):
    """Whether there is any share; those that there are lie within their limits, and every mean within its range."""
    low, high = mixes.wilson_percent(found.counts, found.recorded[:, None])
    share = 100 * found.shares
    held = ~np.isnan(share)
    assert (low[held] - 1e-9 <= share[held]).all() and (share[held] <= high[held] + 1e-9).all()
    given = ~np.isnan(found.mean)
    assert (found.low[given] <= found.mean[given] + 1e-12).all()
    assert (found.mean[given] <= found.high[given] + 1e-12).all()
    q = found.q[~np.isnan(found.q)]
    assert ((q >= 0) & (q <= 1)).all()
    return bool(held.any())


def test_all_authorities_of_all_cohorts_are_worked_out_together_in_less_than_two_seconds(over_years):
    """Of the processor's own time, which a busy machine hardly changes; it takes about half a second."""
    fresh = Store(live=over_years.live)
    for name in ("needs", "school_needs", "plans", "neighbours"):
        fresh.table(name)
    begun = time.process_time()
    found = [mixes.of_choice(fresh, "neighbours-2025", who) for who in COHORTS]
    assert time.process_time() - begun < 2
    assert len(found) == 4 and all(len(one.codes) > 150 and np.isfinite(one.shares).any() for one in found)


def test_a_cohort_that_the_census_does_not_tell_apart_has_no_number_of_anybody(store):
    assert cohorts.periods(store, SEN_SUPPORT) == () and cohorts.counts(store, SEN_SUPPORT).empty


def test_rates_of_pupils_are_over_the_pupils_of_the_same_census(store):
    table = store.table("school_pupils")
    pupils = table[table["measure"].eq("pupils")].astype({"area_code": str}).set_index("area_code")["value"]
    count = cohorts.counts(store, ALL_SEN).loc["879", "semh"]
    assert mixes.rates(store, ALL_SEN).loc["879", "semh"] == pytest.approx(1000 * count / pupils["879"])
    assert mixes.base_of_rates(store, ALL_SEN)[ENGLAND] == pytest.approx(pupils.sum())


@pytest.mark.parametrize("who", [SEN_SUPPORT, PLAN_IN_SCHOOLS, ALL_SEN])
def test_a_census_that_tells_provisions_apart_has_each_cohort_and_down_syndrome_as_a_need(over_years, who):
    assert cohorts.newest(over_years, who) == "2025/26" and "ds" in cohorts.needs(over_years, who)
    assert "ds" not in cohorts.needs(over_years, who, "2022/23") and "ds" not in cohorts.needs(over_years, PLANS)
    found = mixes.of_choice(over_years, "neighbours-2025", who)
    row = found.row("879")
    assert found.shares.shape[1] == 13 and found.whole[row].sum() == pytest.approx(1)
    assert np.isfinite(found.divergence[row]) and np.isfinite(found.q[row]).all()


def test_support_and_plans_are_together_all_pupils_with_sen(over_years):
    each = [cohorts.counts(over_years, who) for who in (SEN_SUPPORT, PLAN_IN_SCHOOLS, ALL_SEN)]
    together = each[0].add(each[1]).loc["879"]
    assert (together == each[2].loc["879"]).all() and together[APART] == each[0].loc["879", APART]


def test_a_need_that_lacks_one_kind_of_school_is_not_available_and_its_whole_neither():
    rows = pd.DataFrame({"area_code": ["879"] * 3, "need": ["semh", "semh", "mld"], "value": [10.0, float("nan"), 5.0]})
    wide = cohorts._of_all_schools(rows, ["semh", "mld"])
    assert np.isnan(wide.loc["879", "semh"]) and wide.loc["879", "mld"] == 5 and np.isnan(wide.loc["879", WHOLE])
