"""Small counts are hidden so that nobody can work them out."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sendlib.methods.disclosure import bounds, hidden_cells

tables = arrays(np.int64, st.tuples(st.integers(2, 6), st.integers(2, 8)), elements=st.integers(0, 30)).map(
    lambda t: t.astype(float)
)


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
