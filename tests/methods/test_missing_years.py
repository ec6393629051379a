"""Missing numbers in yearly series: left out where a method can do without them, else refused by name."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendlib.methods import backtest, scenarios, trend
from sendlib.methods.scenarios import MissingNumber
from sendlib.methods.trend import TooFewYears

YEARS = np.arange(2001, 2013)
PEOPLE = np.full(12, 1e6)
COUNTS = PEOPLE * 0.005 * np.exp(0.02 * np.arange(12))
"""5,000 children in the first year, 2% more every year: by this much the growth of any of its years is known."""
some_years = st.sets(st.integers(0, 10), max_size=8)


def lacking(numbers, places):
    found = np.array(numbers, dtype=float)
    found[list(places)] = np.nan
    return found


@given(some_years, some_years)
def test_a_trend_is_that_of_the_years_that_are_known(counts, people):
    known = 12 - len(counts | people)
    if known < trend.FEWEST_FITTED:
        with pytest.raises(TooFewYears, match=f"{known} are known"):
            trend.quasi_poisson(lacking(COUNTS, counts), lacking(PEOPLE, people), YEARS)
        return
    found = trend.quasi_poisson(lacking(COUNTS, counts), lacking(PEOPLE, people), YEARS)
    assert found.growth == pytest.approx(0.02, abs=1e-8)
    assert np.exp(found.level) == pytest.approx(0.005 * np.exp(0.02 * 11), rel=1e-8)


def test_the_level_is_that_of_the_last_year_also_where_its_number_is_missing():
    found = trend.quasi_poisson(lacking(COUNTS, [10, 11]), PEOPLE, YEARS)
    assert np.exp(found.level) == pytest.approx(0.005 * np.exp(0.02 * 11), rel=1e-8)


def test_the_other_model_leaves_them_out_as_well():
    assert trend.negative_binomial(lacking(COUNTS, [0, 5]), PEOPLE, YEARS).growth == pytest.approx(0.02, abs=1e-4)


def test_a_trend_does_not_begin_at_a_rate_that_is_missing():
    with pytest.raises(MissingNumber, match="last year is missing"):
        trend.recent(lacking(COUNTS, [11]), PEOPLE, YEARS)


@pytest.mark.parametrize("counts", [lacking(COUNTS, range(12)), lacking(COUNTS, range(11))])
def test_no_year_or_one_is_no_trend(counts):
    with pytest.raises(TooFewYears):
        trend.recent(counts, PEOPLE, YEARS)


@given(some_years)
def test_past_misses_are_those_of_the_ends_that_could_be_tried(places):
    missed = trend.past_misses(lacking(COUNTS, places), PEOPLE, YEARS)
    assert not any(np.isnan(misses).any() for misses in missed)
    assert sum(map(len, missed)) <= sum(map(len, trend.past_misses(COUNTS, PEOPLE, YEARS)))
    # Of a series without noise an end misses by what the damping takes off, whichever years before it are known.
    for ahead, misses in enumerate(missed, start=1):
        away = 0.02 * (ahead - scenarios.damped_years(ahead, sum(trend.DAMPING_DRAWN) / 2))
        assert misses == pytest.approx(away, abs=1e-6)


def test_a_trend_that_could_not_be_tried_has_no_range_of_past_misses():
    with pytest.raises(TooFewYears, match="could not be tried"):
        trend.miss_quantiles(trend.past_misses(lacking(COUNTS, range(12)), PEOPLE, YEARS), 5)


def test_nothing_is_drawn_for_residents_that_are_missing():
    with pytest.raises(MissingNumber, match="residents"):
        trend.bootstrap(trend.recent(COUNTS, PEOPLE, YEARS), [[1e6, np.nan]], 10, seed=1)


series = st.lists(st.floats(10, 1000), min_size=9, max_size=9)


@given(st.lists(series, min_size=2, max_size=5), st.sets(st.integers(0, 8), min_size=1))
def test_a_series_with_gaps_changes_no_other_series(values, places):
    whole = np.array(values)
    with_gaps = np.vstack([whole, lacking(whole[0], places)])
    for method in backtest.METHODS.values():
        assert method(with_gaps, 5)[:-1] == pytest.approx(method(whole, 5), rel=1e-9)
    known = {(test.method, test.horizon): test for test in backtest.rolling_origin(whole)}
    for test in backtest.rolling_origin(with_gaps):
        assert known[test.method, test.horizon].projections <= test.projections
        assert not np.isnan([test.error, test.bias, test.low, test.high, test.least, test.most]).any()
    missing = np.full((1, 9), np.nan)
    assert backtest.rolling_origin(np.vstack([whole, missing])) == backtest.rolling_origin(whole)
    assert backtest.outside(np.vstack([whole, missing])) == backtest.outside(whole)


@given(series, st.integers(0, 8))
def test_a_series_is_tried_to_the_years_before_its_gap_and_no_further(values, gap):
    tested = backtest.rolling_origin(lacking([values], []))
    with_gap = np.array([values])
    with_gap[0, gap] = np.nan
    found = {(test.method, test.horizon): test.projections for test in backtest.rolling_origin(with_gap)}
    for test in tested:
        starts = [end for end in range(backtest.FEWEST_YEARS, 10 - test.horizon) if end <= gap]
        fits = [end for end in starts if end + test.horizon - 1 != gap]
        assert found.get((test.method, test.horizon), 0) <= len(fits)


def test_nothing_known_or_a_single_year_is_no_test():
    assert backtest.rolling_origin(np.full((3, 12), np.nan)) == backtest.rolling_origin(np.ones((3, 1))) == []
    assert backtest.outside(np.full((3, 12), np.nan)) == []


@pytest.mark.parametrize("name", backtest.METHODS)
def test_a_single_year_stays_or_has_no_way_on(name):
    found = backtest.METHODS[name](np.array([[7.0]]), 3)[0]
    assert (found == 7.0).all() if name == "flat" else np.isnan(found).all()


@given(st.floats(1, 200), st.floats(-0.1, 0.1), st.floats(0, 1), st.integers(1, 20))
def test_a_path_is_missing_where_its_base_is_and_nowhere_else(base, growth, damping, years):
    found = scenarios.path([base, np.nan], growth, damping, years)
    assert found[0] == pytest.approx(float(scenarios.path(base, growth, damping, years))) and np.isnan(found[1])
    low, high = scenarios.with_spread([base, np.nan], [base - 1, np.nan], [base + 1, np.nan], 0.1)
    assert low[0] <= base <= high[0] and np.isnan([low[1], high[1]]).all()


@pytest.mark.parametrize("numbers", [(np.nan, 66.4, 0.02), (84.2, np.nan, 0.02), (84.2, 66.4, np.nan)])
def test_no_damping_is_looked_for_without_a_number(numbers):
    with pytest.raises(MissingNumber):
        scenarios.damping_that_reaches(*numbers, years=12)


@pytest.mark.parametrize(("rates", "residents"), [([1, np.nan], [[1, 2]]), ([1, 2], [[1, 2], [np.nan, 3]])])
def test_children_are_not_shared_out_on_residents_that_are_missing(rates, residents):
    with pytest.raises(MissingNumber, match="shared out"):
        scenarios.expected_children(rates, residents, 100)
    with pytest.raises(MissingNumber):
        scenarios.simulated_children([1, np.nan], 0.1, 2, seed=1)
