"""Pure statistics against values known from elsewhere, and what must hold for any input."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sendlib.methods import compare, intervals, mix
from sendlib.methods.disclosure import bounds, hidden_cells

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


@given(counts)
def test_shares_add_up_to_one(row):
    assert mix.shares(row).sum() == pytest.approx(1)


def test_shares_of_nobody_are_missing_and_not_zero():
    assert np.isnan(mix.shares([0, 0])).all()


@given(counts, counts)
def test_divergence_is_symmetric_and_between_nought_and_one(first, second):
    p, q = mix.shares(first), mix.shares(second)
    assert mix.divergence(p, q) == pytest.approx(mix.divergence(q, p))
    assert -1e-12 <= mix.divergence(p, q) <= 1 + 1e-12


@given(counts)
def test_divergence_from_itself_is_nothing(row):
    assert mix.divergence(mix.shares(row), mix.shares(row)) == pytest.approx(0)


@given(counts, counts, st.integers(0, 11), st.integers(0, 11))
def test_merging_two_needs_never_raises_the_divergence(first, second, one, other):
    p, q = mix.shares(first), mix.shares(second)
    if one == other:
        return
    keep = [i for i in range(12) if i not in (one, other)]
    merged_p, merged_q = (np.append(x[keep], x[one] + x[other]) for x in (p, q))
    assert mix.divergence(merged_p, merged_q) <= mix.divergence(p, q) + 1e-12


def test_divergence_of_mixes_without_anything_in_common_is_one():
    assert mix.divergence([1, 0], [0, 1]) == pytest.approx(1)


def test_divergence_agrees_with_scipys_worked_example():
    # scipy.spatial.distance.jensenshannon([1.0, 0.0], [0.5, 0.5]) = 0.46450140402245893, natural log.
    assert mix.divergence([1, 0], [0.5, 0.5]) == pytest.approx(0.46450140402245893**2 / np.log(2))


@given(st.floats(0, 40), st.floats(0, 60))
def test_figures_out_of_a_hundred_add_up_and_each_is_rounded_by_itself(plans, support):
    figures = compare.out_of_hundred(plans, support)
    assert figures.sum() == 100 and (figures >= 0).all()
    assert abs(figures[0] - plans) <= 0.5 and abs(figures[1] - support) <= 0.5


@pytest.mark.parametrize(
    ("own", "other", "expected"),
    [(5.0, 5.6, "lower"), (5.6, 5.0, "higher"), (5.0, 5.04, "about the same"), (20.0, 20.5, "about the same"), (0.0, 0.0, "about the same")],
)
def test_direction_makes_nothing_of_a_tiny_difference(own, other, expected):
    assert compare.direction(own, other) == expected


tables = arrays(np.int64, st.tuples(st.integers(2, 6), st.integers(2, 8)), elements=st.integers(0, 30)).map(lambda t: t.astype(float))


@given(tables)
def test_no_count_of_one_to_four_stays_visible(table):
    hidden = hidden_cells(table)
    assert not ((table >= 1) & (table <= 4) & ~hidden).any()


@given(tables)
def test_no_hidden_count_of_one_to_four_can_be_worked_out_while_anything_is_left_to_hide(table):
    hidden = hidden_cells(table)
    low, high = bounds(table, hidden)
    given_away = (table >= 1) & (table <= 4) & (low == high)
    assert hidden.all() or not given_away.any()


def test_two_ones_that_add_up_to_two_are_not_given_away_by_their_total():
    # Female 1, Male 1 of a need with 2 in all: with zeros shown, both would follow.
    table = np.array([[1.0, 0, 40], [1, 0, 60]])
    hidden = hidden_cells(table)
    low, high = bounds(table, hidden)
    assert (low[:, 0] < high[:, 0]).all()


@given(tables)
def test_the_bounds_hold_the_truth(table):
    low, high = bounds(table, hidden_cells(table))
    assert (low <= table).all() and (table <= high).all()


def test_a_table_without_small_counts_is_shown_whole():
    assert not hidden_cells([[0.0, 10], [20, 30]]).any()
