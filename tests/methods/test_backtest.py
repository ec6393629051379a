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
    assert flat.projections == 2 and flat.starts == 2
    assert flat.error == pytest.approx(np.median([10 / 160, 10 / 170])) and flat.bias == pytest.approx(-flat.error)
    assert found["flat", 2].projections == 1 and found["flat", 2].error == pytest.approx(20 / 170)
    assert found["linear", 2].error == pytest.approx(0, abs=1e-12) and found["linear", 1].coverage == 1.0


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


def test_ranges_beyond_what_was_tested_are_stretched():
    values = np.random.default_rng(0).normal(0, 4, (60, 14)).cumsum(axis=1) + 200
    tests = backtest.rolling_origin(values, farthest=5)
    low, high = backtest.widened(tests, "damped", 5)
    farther = backtest.widened(tests, "damped", 20)
    assert farther == pytest.approx((2 * low, 2 * high)) and low < 0 < high


def test_ranges_from_a_steady_random_walk_hold_what_they_claim():
    values = np.random.default_rng(1).normal(0, 4, (400, 14)).cumsum(axis=1) + 400
    flat = [test for test in backtest.rolling_origin(values) if test.method == "flat"]
    assert all(0.7 < test.coverage < 0.85 for test in flat)
