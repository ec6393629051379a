"""Intervals of shares and counts: values known from elsewhere, and what must hold for any input."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sendlib.methods import intervals

counts = arrays(np.int64, (12,), elements=st.integers(0, 5000)).filter(lambda row: row.sum() > 0)


def test_wilson_gives_the_interval_of_the_worked_example_in_ohids_guidance():
    # Altman et al., Statistics with Confidence: 81 of 263 is 30.8 % (25.5 % to 36.6 %).
    low, high = intervals.wilson(81, 263)
    assert (round(float(low), 4), round(float(high), 4)) == (0.2553, 0.3662)


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_wilson_stays_between_nought_and_one_and_holds_the_share(part, rest):
    low, high = intervals.wilson(part, part + rest)
    assert 0 <= low <= part / (part + rest) <= high <= 1


def test_wilson_of_nobody_is_not_a_number():
    low, high = intervals.wilson(0, 0)
    assert np.isnan(low) and np.isnan(high)


tables = arrays(np.int64, st.tuples(st.integers(2, 6), st.integers(2, 8)), elements=st.integers(0, 30)).map(
    lambda t: t.astype(float)
)


# Garwood's limits, as printed in tables of exact Poisson confidence limits.
@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0.0, 3.689), (1, 0.0253, 5.572), (5, 1.623, 11.668), (10, 4.795, 18.390), (100, 81.364, 121.627)],
)
def test_poisson_limits_are_those_of_the_tables(count, low, high):
    found = intervals.poisson_limits(count)
    assert float(found[0]) == pytest.approx(low, abs=0.001) and float(found[1]) == pytest.approx(high, abs=0.001)


def test_poisson_limits_are_halved_chi_square_quantiles():
    from scipy.stats import chi2

    counts = np.array([2.5, 7, 55, 391, 2454])
    low, high = intervals.poisson_limits(counts, 0.8)
    assert low == pytest.approx(chi2.ppf(0.1, 2 * counts) / 2)
    assert high == pytest.approx(chi2.ppf(0.9, 2 * counts + 2) / 2)
