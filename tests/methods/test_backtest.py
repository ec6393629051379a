"""Projections as they would have done in the past."""

import numpy as np
import pytest

from sendlib.methods import backtest, scenarios


def test_every_method_projects_a_straight_line_in_its_own_way():
    history = np.array([[10.0, 12, 14, 16, 18, 20, 22]])
    ends = {name: float(method(history, 3)[0, -1]) for name, method in backtest.METHODS.items()}
    assert ends["flat"] == 22 and ends["linear"] == pytest.approx(28) and ends["half_drift"] == pytest.approx(25)
    assert ends["log_linear"] > 28


def test_the_methods_that_the_page_offers_are_its_scenario_engine():
    history = np.array([[10.0, 12, 14, 16, 18, 20, 22]])
    growth = (22 / 12) ** (1 / 5) - 1
    for name, rise, damping in (
        ("flat", 0, 1),
        ("half", growth / 2, 1),
        ("damped", growth, 0.9),
        ("continued", growth, 1),
    ):
        assert backtest.METHODS[name](history, 4)[0] == pytest.approx(
            scenarios.path(22, rise, damping, np.arange(1, 5))
        )


def test_a_constant_percentage_is_projected_exactly_by_the_log_linear_line():
    history = 100 * 1.05 ** np.arange(8)[None, :]
    assert backtest.log_linear(history, 2)[0] == pytest.approx([100 * 1.05**8, 100 * 1.05**9])


def test_the_back_test_compares_each_projection_with_what_came():
    values = np.array([[100.0, 110, 120, 130, 140, 150, 160, 170]])
    found = {(test.method, test.horizon): test for test in backtest.rolling_origin(values, farthest=2)}
    flat = found["flat", 1]  # 150 said where 160 came, 160 where 170 came
    assert flat.projections == 2 and flat.starts == 2 and (flat.first, flat.last) == (5, 6)
    assert flat.error == pytest.approx(np.median([10 / 160, 10 / 170])) and flat.bias == pytest.approx(-flat.error)
    assert found["flat", 2].projections == 1 and found["flat", 2].error == pytest.approx(20 / 170)
    assert found["linear", 2].error == pytest.approx(0, abs=1e-12)
    assert (flat.least, flat.most) == pytest.approx((-10 / 160, -10 / 170))
    assert flat.least <= flat.low <= flat.bias <= flat.high <= flat.most < 0  # below nought: too low


def test_a_projection_that_needs_a_missing_value_is_left_out():
    values = np.array([[100.0, 110, np.nan, 130, 140, 150, 160, 170], [1.0, 2, 3, 4, 5, 6, 7, np.nan]])
    found = {(test.method, test.horizon): test for test in backtest.rolling_origin(values, farthest=2)}
    assert found["flat", 1].projections == 1
    assert ("flat", 2) not in found


def test_many_series_from_few_years_are_many_tries_and_few_starts():
    values = np.random.default_rng(2).normal(0, 1, (50, 8)).cumsum(axis=1) + 100
    found = {(test.method, test.horizon): test for test in backtest.rolling_origin(values, farthest=2)}
    assert (found["flat", 1].projections, found["flat", 1].starts) == (100, 2)
    assert (found["flat", 2].projections, found["flat", 2].starts) == (50, 1)


def test_a_series_that_rises_faster_and_faster_comes_out_above_every_method():
    values = np.array([[100.0, 101, 103, 107, 115, 131, 163, 227, 355]])
    found = {test.horizon: test for test in backtest.outside(values, farthest=2)}
    assert (found[1].projections, found[1].above, found[1].below) == (3, 1, 0)
    assert (found[2].projections, found[2].above) == (2, 1)


def test_as_often_as_not_a_steady_random_walk_leaves_the_methods_on_either_side():
    values = np.random.default_rng(1).normal(0, 4, (400, 14)).cumsum(axis=1) + 400
    for found in backtest.outside(values):
        assert abs(found.above - found.below) < 0.1 and 0 < found.above < 0.5


def test_what_lay_outside_is_counted_over_the_tries_of_the_back_test():
    values = np.random.default_rng(2).normal(0, 1, (50, 9)).cumsum(axis=1) + 100
    values[3, 4] = np.nan
    tried = {test.horizon: test.projections for test in backtest.rolling_origin(values, farthest=3)}
    assert {found.horizon: found.projections for found in backtest.outside(values, farthest=3)} == tried
