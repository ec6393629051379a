"""A change is more than usual where it is larger than each of at least four before it."""

import math
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from sendlib.methods.unusual import FEWEST_BEFORE, by_chance, judge

CHANGES = st.lists(st.floats(-1e6, 1e6), min_size=FEWEST_BEFORE, max_size=20)


def test_known_changes_are_judged():
    found = judge(6.0, [1.0, -2.0, 4.0, 3.0])
    assert found.unusual and (found.low, found.high, found.times) == (-2.0, 4.0, 1.5)
    assert judge(-6.0, [1.0, -2.0, 4.0, 3.0]).unusual  # down counts as up does
    assert not judge(3.9, [1.0, -2.0, 4.0, 3.0]).unusual
    assert not judge(3.9, [1.0, -4.0, 2.0, 3.0]).unusual


def test_the_same_size_as_before_is_not_more_whatever_the_computer_makes_of_it():
    assert not judge(0.3, [0.1 + 0.2, 0.0, 0.0, 0.0]).unusual
    assert not judge(0.1 + 0.2, [0.3, 0.0, 0.0, 0.0]).unusual


def test_too_few_earlier_changes_say_nothing():
    found = judge(100.0, [1.0] * (FEWEST_BEFORE - 1))
    assert not found.is_judged and not found.unusual and found.low is None


def test_after_a_series_that_never_moved_any_move_is_unusual_and_none_is_not():
    assert judge(0.5, [0.0] * 4).times == math.inf and judge(0.5, [0.0] * 4).unusual
    assert not judge(0.0, [0.0] * 4).unusual


@given(st.floats(-1e6, 1e6), CHANGES)
def test_unusual_means_beyond_every_earlier_one(newest, before):
    largest = max(map(abs, before))
    if judge(newest, before).unusual:
        assert abs(newest) > largest
    elif abs(newest) > largest * 1.001 + 1e-6:
        raise AssertionError("a larger change was not found")


def test_in_all_orders_of_five_changes_one_in_five_is_the_largest():
    orders = list(permutations([1.0, -2.0, 3.0, 4.0, -5.0]))
    judged = [judge(order[-1], order[:-1]) for order in orders]
    assert sum(one.unusual for one in judged) == len(orders) / 5 == round(by_chance(judged), 6)
