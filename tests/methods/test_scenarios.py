"""The scenario engine against the arithmetic of the published anchors, and what must hold for any scenario."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendlib.methods import intervals, scenarios

FIRST, LAST, PAST, AHEAD = 26.7, 66.4, 16, 12
SLOPE = scenarios.yearly_slope(FIRST, LAST, PAST)
GROWTH = scenarios.yearly_growth(FIRST, LAST, PAST)
rates = st.floats(1, 500)
growths = st.floats(-0.05, 0.15)
dampings = st.floats(0, 1)
years = st.integers(0, 40)


def test_two_anchors_in_a_straight_line_or_by_percentage_lead_to_96_and_131():
    assert float(scenarios.linear_path(LAST, SLOPE, 1, AHEAD)) == pytest.approx(96.2, abs=0.05)
    assert float(scenarios.path(LAST, GROWTH, 1, AHEAD)) == pytest.approx(131.5, abs=0.05)
    assert float(scenarios.linear_path(LAST, SLOPE, 1, AHEAD + 1)) == pytest.approx(98.7, abs=0.05)
    assert float(scenarios.path(LAST, GROWTH, 1, AHEAD + 1)) == pytest.approx(139.2, abs=0.05)


def test_the_published_high_is_two_per_cent_a_year_and_the_low_next_to_nothing():
    assert 100 * scenarios.yearly_growth(LAST, 84.22, AHEAD) == pytest.approx(2.00, abs=0.005)
    assert 100 * scenarios.yearly_growth(LAST, 67.0, AHEAD) == pytest.approx(0.07, abs=0.006)
    assert float(scenarios.path(LAST, 0.023, 1, AHEAD)) == pytest.approx(87.2, abs=0.05)


def test_the_damping_that_reproduces_the_published_high_as_textbooks_damp():
    linear = scenarios.damping_that_reaches(84.22, LAST, SLOPE, AHEAD, linear=True, from_the_first=True)
    by_percentage = scenarios.damping_that_reaches(84.22, LAST, GROWTH, AHEAD, from_the_first=True)
    assert (round(linear, 3), round(by_percentage, 3)) == (0.918, 0.822)


@pytest.mark.parametrize(("damping", "end"), [(0.8, 75.6), (0.85, 78.5), (0.9, 82.4), (0.95, 88.1)])
def test_damped_straight_lines_end_where_the_literature_review_found_them(damping, end):
    full_years = scenarios.damped_years(AHEAD, damping, from_the_first=True)
    assert LAST + SLOPE * float(full_years) == pytest.approx(end, abs=0.05)


@pytest.mark.parametrize(("damping", "end"), [(0.8, 82.1), (0.85, 87.6), (0.9, 95.9)])
def test_damped_percentages_end_where_the_literature_review_found_them(damping, end):
    full_years = scenarios.damped_years(AHEAD, damping, from_the_first=True)
    assert LAST * (1 + GROWTH) ** float(full_years) == pytest.approx(end, abs=0.05)


def test_a_target_that_no_damping_reaches_is_refused_with_what_can_be_reached():
    with pytest.raises(scenarios.NoSuchPath, match="between 70.3 and 131.5"):
        scenarios.damping_that_reaches(67.0, LAST, GROWTH, AHEAD)


@given(rates, growths, dampings, years)
def test_the_solver_finds_the_damping_that_made_a_path(base, growth, damping, ahead):
    end = float(scenarios.path(base, growth, damping, ahead))
    found = scenarios.damping_that_reaches(end, base, growth, ahead)
    assert float(scenarios.path(base, growth, found, ahead)) == pytest.approx(end)


@given(rates, growths, growths, dampings, years)
def test_more_growth_never_gives_fewer_children(base, one, other, damping, ahead):
    less, more = sorted((one, other))
    assert float(scenarios.path(base, less, damping, ahead)) <= float(scenarios.path(base, more, damping, ahead)) * (
        1 + 1e-12
    )


@given(rates, growths, years)
def test_without_damping_growth_is_compound(base, growth, ahead):
    assert float(scenarios.path(base, growth, 1, ahead)) == pytest.approx(base * (1 + growth) ** ahead)


@given(rates, growths, st.integers(1, 40))
def test_with_damping_of_nought_there_is_one_step_and_no_more(base, growth, ahead):
    assert float(scenarios.path(base, growth, 0, ahead)) == pytest.approx(base * (1 + growth))


@given(rates, growths, dampings)
def test_a_path_begins_at_its_base(base, growth, damping):
    assert float(scenarios.path(base, growth, damping, 0)) == pytest.approx(base)


def test_damping_outside_nought_to_one_and_years_before_the_base_are_refused():
    for years_ahead, damping in ((3, 1.2), (3, -0.1), (-1, 0.5)):
        with pytest.raises(ValueError, match="damping"):
            scenarios.damped_years(years_ahead, damping)


@given(st.lists(st.lists(st.floats(1, 1e6), min_size=2, max_size=2), min_size=1, max_size=30), st.floats(1, 1e6))
def test_areas_add_up_to_england(residents, england):
    shared = scenarios.expected_children([226.5, 57.4], residents, england)
    assert shared.sum() == pytest.approx(england)
    assert (shared > 0).all()


@given(st.floats(1, 1e5), st.floats(0, 0.5))
def test_a_spread_between_areas_only_widens_a_chance_interval(expected, spread):
    low, high = intervals.poisson_limits(expected)
    wide_low, wide_high = scenarios.with_spread(expected, low, high, spread)
    assert 0 <= wide_low <= float(low) + 1e-9 and float(high) - 1e-9 <= wide_high


def test_the_combined_interval_holds_what_simulation_says_it_should():
    expected = np.array([40.0, 390.0, 2400.0])
    low, high = scenarios.with_spread(expected, *intervals.poisson_limits(expected), spread=0.1)
    draws = scenarios.simulated_children(expected, 0.1, 40_000, seed=1)
    inside = ((draws >= low) & (draws <= high)).mean(axis=0)
    assert inside == pytest.approx(0.95, abs=0.02)


def test_the_same_seed_gives_the_same_children():
    one, two = (scenarios.simulated_children([10.0, 20.0], 0.2, 50, seed=3) for _ in range(2))
    assert (one == two).all() and one.shape == (50, 2)
