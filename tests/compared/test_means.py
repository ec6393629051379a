"""ONE rule for a mean and a range of several areas."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendlib.compared import means

NAN = float("nan")


def of(values, small=None):
    column = np.array(values, dtype=float)[:, None]
    return means.of(column, small or [False] * len(values))


@pytest.mark.parametrize(
    ("values", "mean"),
    [
        ([1, 2, 3], 2.0),
        ([1, 2, 3, NAN, NAN, NAN], 2.0),
        ([1, 2, 3, NAN, NAN, NAN, NAN], None),  # three, but fewer than half
        ([1, 2], None),  # two are no mean
        ([1, 2, NAN], None),
        ([4], 4.0),  # one area's own figure, under its own name
        ([NAN], None),
    ],
)
def test_a_mean_needs_half_of_those_compared_and_three(values, mean):
    found = of(values)
    assert (np.isnan(found.mean[0]) and mean is None) or found.mean[0] == mean
    assert np.isnan(found.low[0]) == np.isnan(found.mean[0]) == np.isnan(found.median[0])


def test_nobody_to_compare_with_has_no_mean():
    found = means.of(np.empty((0, 2)), [])
    assert np.isnan(found.mean).all() and found.number == 0 and means.why_none(0, 0) == ""


def test_an_authority_with_a_handful_of_plans_sets_neither_mean_nor_range():
    found = of([1, 2, 3, 100], [False, False, False, True])
    assert (found.mean[0], found.low[0], found.high[0], found.known[0]) == (2.0, 1.0, 3.0, 3)


def test_why_there_is_no_mean_is_said_with_numbers():
    assert means.why_none(2, 10) == "only 2 of 10 have one"
    assert means.why_none(0, 10) == "none of the 10 has one" and means.why_none(1, 10) == "only 1 of 10 has one"
    assert means.why_none(2, 2) == "a mean needs 3 areas" and means.why_none(0, 1) == "it has none"
    assert means.why_none(9, 10) == "" and means.why_none(1, 1) == ""


def test_a_mean_of_some_says_of_how_many_and_who_lacks_a_figure():
    assert (
        means.said(["2023", "2024", "2025"], [9, 8, 8], 10)
        == "The mean is of 9 of 10: 2023; of 8 of 10: 2024 and 2025."
    )
    assert means.said(["2023"], [10], 10) == "" and means.said(["2023"], [2], 10) == ""
    assert means.lacking({"Luton": "not available", "York": "not available", "City of London": means.TOO_SMALL}) == (
        "Luton and York (not available); City of London (fewer than 50 plans)"
    )


def test_why_there_is_no_mean_names_who_lacks_a_figure_unless_all_do_for_one_reason():
    some = {"Luton": "not available", "York": means.TOO_SMALL}
    assert means.why(1, 3, some) == "only 1 of 3 has one; left out: Luton (not available); York (fewer than 50 plans)"
    assert means.why(0, 3, dict.fromkeys("ABC", "began later")) == "none of the 3 has one: began later"
    assert means.why(0, 1, {"Luton": "not available"}) == "not available"
    assert means.why(9, 10, {"Luton": "not available"}) == ""
    many = dict.fromkeys([str(number) for number in range(30)], "not available")
    assert means.lacking(many) == "30 of them (not available)"


def test_the_two_smallest_authorities_are_too_small(store):
    assert means.too_small(store) == {"201", "420"}


@given(st.lists(st.one_of(st.none(), st.floats(-1e6, 1e6)), min_size=0, max_size=12))
def test_a_mean_lies_in_its_range_and_both_are_given_or_neither(values):
    array = np.array([NAN if value is None else value for value in values], dtype=float)[:, None]
    found = means.of(array.reshape(len(values), 1), [False] * len(values))
    known = int((~np.isnan(array)).sum()) if len(values) else 0
    expected = (known >= 3 and 2 * known >= len(values)) or (known == len(values) == 1)
    assert (not np.isnan(found.mean[0])) == expected
    if expected:
        assert found.low[0] - 1e-6 <= found.mean[0] <= found.high[0] + 1e-6
