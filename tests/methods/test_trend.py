"""The fitted trend: it recovers what made a series, and its ranges hold what they claim."""

import numpy as np
import pytest

from sendlib.methods import trend

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
    with pytest.raises(ValueError, match="at least 4 years; 2 are known"):
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


def test_a_trend_begins_at_the_last_rate_and_not_on_its_line():
    counts, population = made_up_counts(3)
    counts = counts.astype(float)
    counts[-1] *= 1.1  # a last year well above the line
    fit = trend.recent(counts, population, YEARS)
    assert np.exp(fit.level) == pytest.approx(counts[-1] / population[-1])
    rate, _ = trend.bootstrap(fit, [population[-1:].repeat(3)], 4000, seed=1)
    assert np.median(rate[:, 0]) == pytest.approx(counts[-1] / population[-1] * np.exp(fit.growth), rel=0.005)
    assert np.linalg.eigvalsh(fit.covariance).min() > 0


def test_the_growth_is_that_of_the_recent_years():
    rates = 0.003 * np.exp(0.08 * np.minimum(np.arange(17), 9) + 0.01 * np.maximum(np.arange(17) - 9, 0))
    population = np.full(17, 13e6)
    assert trend.recent(rates * population, population, YEARS).growth == pytest.approx(0.01, abs=1e-6)


def damped_process(seed: int, years: int = 22) -> tuple[np.ndarray, np.ndarray]:
    """A made-up history and what follows.

    Growth dies away at a rate nobody is told, and counts vary by more than chance.
    """
    generator = np.random.default_rng(seed)
    growth, damping = generator.uniform(0.02, 0.08), generator.uniform(0.85, 1.0)
    steps = growth * damping ** np.arange(years - 1) + generator.normal(0, 0.006, years - 1)
    rate = 0.003 * np.exp(np.concatenate([[0.0], steps.cumsum()]))
    population = np.full(years, 13e6)
    mean = rate * population
    return generator.poisson(generator.gamma(mean / 5, 5)).astype(float), population


def test_bands_hold_about_as_much_of_a_known_process_as_they_say():
    inside = {1: [], 5: []}
    for seed in range(120):
        counts, population = damped_process(seed)
        history, people, years = counts[:17], population[:17], np.arange(17.0)
        rate, _ = trend.bootstrap(trend.recent(history, people, years), [people[:5]], 400, seed=seed)
        drawn = np.quantile(rate, trend.QUANTILES, axis=0)
        bands = trend.allowing_for(drawn, trend.miss_quantiles(trend.past_misses(history, people, years), 5))
        for ahead in inside:
            low, high = bands[0, ahead - 1], bands[-1, ahead - 1]
            inside[ahead].append(low <= counts[16 + ahead] / population[16 + ahead] <= high)
    assert all(0.7 <= np.mean(held) <= 0.97 for held in inside.values()), {
        ahead: np.mean(held) for ahead, held in inside.items()
    }


def test_a_trend_that_was_always_too_low_is_widened_above_and_its_middle_stays():
    drawn = np.array([[60.0, 58], [63, 62], [66, 66], [69, 70], [72, 75]])
    missed = trend.miss_quantiles([np.linspace(0.02, 0.12, 6), np.linspace(0.05, 0.25, 5)], 2)
    bands = trend.allowing_for(drawn, missed)
    assert bands[2] == pytest.approx(drawn[2]) and bands[:2] == pytest.approx(drawn[:2])
    # The 90th percentile of the misses is 0.11 and 0.23.
    assert bands[4] == pytest.approx(drawn[2] * np.exp([0.11, 0.23]))
    assert (np.diff(bands, axis=0) > 0).all()


def test_misses_that_are_smaller_than_the_draws_change_nothing():
    drawn = np.array([[60.0], [63], [66], [69], [72]])
    assert trend.allowing_for(drawn, trend.miss_quantiles([np.linspace(-0.01, 0.01, 9)], 1)) == pytest.approx(drawn)


def test_too_few_earlier_years_widen_a_range_by_the_largest_miss_both_ways():
    missed = trend.miss_quantiles([np.array([0.05, -0.02]), np.array([0.08])], 4)
    assert (missed[2] == 0).all() and missed[4, 0] == pytest.approx(0.05) and missed[0, 1] == pytest.approx(-0.08)
    assert missed[4, 3] == pytest.approx(0.08 * 2**0.5)  # four years ahead, tested to two
