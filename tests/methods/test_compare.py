"""Small comparisons that sentences rest on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendlib.methods import compare


@given(st.floats(0, 40), st.floats(0, 60))
def test_figures_out_of_a_hundred_add_up_and_each_is_rounded_by_itself(plans, support):
    figures = compare.out_of_hundred(plans, support)
    assert figures.sum() == 100 and (figures >= 0).all()
    assert abs(figures[0] - plans) <= 0.5 and abs(figures[1] - support) <= 0.5


@pytest.mark.parametrize(
    ("own", "other", "expected"),
    [
        (5.0, 5.6, "lower"),
        (5.6, 5.0, "higher"),
        (5.0, 5.04, "about the same"),
        (20.0, 20.5, "about the same"),
        (0.0, 0.0, "about the same"),
    ],
)
def test_direction_makes_nothing_of_a_tiny_difference(own, other, expected):
    assert compare.direction(own, other) == expected
