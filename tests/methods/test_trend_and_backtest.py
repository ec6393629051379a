"""Fitted trends recover what made them (made-up series), and the back-test counts what it should."""

import numpy as np
import pytest

from sendlib.methods import backtest, trend

YEARS = np.arange(2001, 2018)


def made_up_counts(seed: int, dispersion: float = 6.0, growth: float = 0.04) -> tuple[np.ndarray, np.ndarray]:
    """A made-up series: 26.7 per 10,000 growing by a known rate, with counts that vary more than chance alone."""
    generator = np.random.default_rng(seed)
    population = np.linspace(12.3e6, 13.2e6, len(YEARS))
    mean = population * 0.00267 * np.exp(growth * (YEARS - 2001))
    return generator.poisson(generator.gamma(mean / (dispersion - 1), dispersion - 1)), population


def test_both_models_recover_the_growth_that_made_the_series():
    for seed in range(5):
        counts, population = made_up_counts(seed)
        for fit in (trend.quasi_poisson, trend.negative_binomial):
            found = fit(counts, population, YEARS)
            error = found.covariance[1, 1] ** 0.5
            assert abs(found.growth - 0.04) < 4 * error
            assert np.exp(found.level) == pytest.approx(0.00267 * np.exp(0.04 * 16), rel=0.03)


def test_the_dispersion_is_found_on_average():
    found = [trend.quasi_poisson(*made_up_counts(seed), YEARS).dispersion for seed in range(40)]
    assert np.mean(found) == pytest.approx(6.0, rel=0.2)


def test_a_series_without_noise_is_fitted_exactly():
    population = np.full(10, 1e6)
    counts = population * 0.005 * np.exp(0.02 * np.arange(10))
    found = trend.quasi_poisson(counts, population, np.arange(10))
    assert found.growth == pytest.approx(0.02, abs=1e-9) and found.dispersion == 1.0


def test_two_points_are_not_a_trend():
    with pytest.raises(ValueError, match="four years"):
        trend.quasi_poisson([32975, 86625], [12.3e6, 13.2e6], [2001, 2017])


def test_the_intervals_of_the_growth_hold_the_truth_about_as_often_as_they_say():
    held = []
    for seed in range(200):
        found = trend.quasi_poisson(*made_up_counts(seed), YEARS)
        held.append(abs(found.growth - 0.04) < 1.96 * found.covariance[1, 1] ** 0.5)
    assert 0.88 <= np.mean(held) <= 0.99


def test_a_bootstrap_widens_with_the_years_and_repeats_itself():
    fit = trend.quasi_poisson(*made_up_counts(1), YEARS)
    populations = [[13.0e6] * 12, [12.6e6] * 12, [14.0e6] * 12]
    rate, counts = trend.bootstrap(fit, populations, 2000, seed=7)
    again, _ = trend.bootstrap(fit, populations, 2000, seed=7)
    assert (rate == again).all() and rate.shape == counts.shape == (2000, 12)
    width = np.quantile(rate, 0.9, axis=0) - np.quantile(rate, 0.1, axis=0)
    assert (np.diff(width) > 0).all()
    undamped = np.exp(fit.level + fit.growth * 12)
    assert np.quantile(rate[:, -1], 0.99) < undamped  # every draw is damped


def test_every_method_projects_a_straight_line_in_its_own_way():
    history = np.array([[10.0, 12, 14, 16, 18, 20, 22]])
    ends = {name: float(method(history, 3)[0, -1]) for name, method in backtest.METHODS.items()}
    assert ends["flat"] == 22 and ends["linear"] == pytest.approx(28) and ends["half_drift"] == pytest.approx(25)
    assert ends["damped"] == pytest.approx(22 + 2 * (1 + 0.9 + 0.81))
    assert ends["log_linear"] > 28


def test_a_constant_percentage_is_projected_exactly_by_the_log_linear_line():
    history = 100 * 1.05 ** np.arange(8)[None, :]
    assert backtest.log_linear(history, 2)[0] == pytest.approx([100 * 1.05**8, 100 * 1.05**9])


def test_the_back_test_compares_each_projection_with_what_came():
    values = np.array([[100.0, 110, 120, 130, 140, 150, 160, 170]])
    found = {(test.method, test.horizon): test for test in backtest.rolling_origin(values, farthest=2)}
    flat = found["flat", 1]  # 150 said where 160 came, 160 where 170 came
    assert flat.projections == 2
    assert flat.error == pytest.approx(np.median([10 / 160, 10 / 170])) and flat.bias == pytest.approx(-flat.error)
    assert found["flat", 2].projections == 1 and found["flat", 2].error == pytest.approx(20 / 170)
    assert found["linear", 2].error == pytest.approx(0, abs=1e-12) and found["linear", 1].coverage == 1.0


def test_a_projection_that_needs_a_missing_value_is_left_out():
    values = np.array([[100.0, 110, np.nan, 130, 140, 150, 160, 170], [1.0, 2, 3, 4, 5, 6, 7, np.nan]])
    found = {(test.method, test.horizon): test for test in backtest.rolling_origin(values, farthest=2)}
    assert found["flat", 1].projections == 1
    assert ("flat", 2) not in found


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
