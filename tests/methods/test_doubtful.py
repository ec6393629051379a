"""Which figures can not be right: made-up series first, then every authority and year."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sendlib.compared import doubtful as doubts
from sendlib.methods import doubtful

USUAL = [1000.0, 1100.0, 1210.0, 1331.0, 1464.0]


def with_others(row, number=60):
    """A series among others that grow by a tenth a year, some a little more and some a little less."""
    spread = np.linspace(0.95, 1.05, number)[:, None] ** np.arange(len(row))
    return np.vstack([row, np.array(USUAL[: len(row)]) * spread])


@pytest.mark.parametrize(
    ("row", "marked"),
    [
        ([900, 990, 1100, 1200, 1330], []),
        ([900, 990, 400, 1200, 1330], [2]),
        ([900, 990, 1100, 1200, 300], [4]),
        ([900, 990, 4000, 1200, 1330], [2]),
        ([900, np.nan, 1100, np.nan, 10], [4]),
        # One that lasts is believed after three years of it.
        ([900, 300, 310, 330, 360], [1, 2, 3]),
    ],
    ids=["usual", "collapse and rebound", "collapse at the end", "spike", "with gaps", "a new level"],
)
def test_a_number_that_moves_as_no_other_does_is_doubtful(row, marked):
    found = doubtful.jumps(with_others(np.array(row, dtype=float)))
    assert list(np.flatnonzero(found[0])) == marked
    assert not found[1:].any()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=5, max_size=5))
def test_a_handful_of_children_moves_by_chance_and_is_hardly_ever_doubtful(row):
    """Of small numbers only a move that chance can not make is doubtful."""
    found = doubtful.jumps(with_others(np.array(row, dtype=float)))[0]
    for place in np.flatnonzero(found):
        others = [value for at, value in enumerate(row) if at != place]
        assert max(abs(row[place] - other) for other in others) >= 8


def test_with_few_areas_nothing_is_judged():
    assert not doubtful.jumps(with_others(np.array([900.0, 990, 10, 1200, 1330]), number=10)).any()


def test_far_too_few_is_below_a_fifth_of_the_lower_quartile_and_not_chance():
    size = np.full(40, 1000.0)
    counts = np.concatenate([[1.0, 15.0], np.full(38, 80.0)])
    assert list(np.flatnonzero(doubtful.far_too_few(counts, size))) == [0, 1]
    assert not doubtful.far_too_few(counts / 100, size / 100).any()
    assert not doubtful.far_too_few(np.where(counts == 1, np.nan, counts), size)[0]


def test_plans_that_follow_from_starts_and_ends_leave_nothing_unexplained():
    stock, started, ended = [[100, 120, 60]], [[30, 10]], [[10, 20]]
    assert doubtful.unexplained(stock, started, ended)[0] == pytest.approx([np.nan, 0, -50 / 120], nan_ok=True)


# What is known to be wrong, and how quiet the rules are on everything else


@pytest.mark.parametrize(
    ("name", "measure", "period"),
    [
        ("Newham", "plans", "2025-01"),
        ("Newham", "appealable_decisions", "2024"),
        ("Medway", "requests_received", "2022"),
        ("Wirral", "ceased", "2023"),
        ("Wirral", "residential", "2025-01"),
        ("Isle of Wight", "ceased", "2024"),
        ("Isle of Wight", "issued", "2024"),
        ("Lancashire", "residential", "2023-01"),
    ],
)
def test_figures_that_can_not_be_right_are_caught(store, areas, name, measure, period):
    found = doubts.of(store, areas.find(name).areas[0].code, measure, period)
    assert found is not None and found.why


def test_medways_plans_do_not_follow_from_those_that_started_and_ceased(store, areas):
    assert "January 2025 has 11% fewer plans" in doubts.change_doubted(store, "887", "2020-01", "2025-01")


@pytest.mark.parametrize("measure", list(doubts.NAMES))
def test_the_rules_are_quiet_for_at_least_95_in_100_authority_years(store, measure):
    table = doubts.numbers(store, measure)
    marked = sum(len(found) for (_, name), found in doubts.all_of(store).items() if name == measure)
    assert marked <= 0.05 * table.notna().to_numpy().sum()


def test_stocks_and_flows_disagree_for_fewer_than_5_in_100_authority_years(store):
    table = doubts.stock_and_flow(store)
    assert 0 < table.notna().to_numpy().sum() <= 0.05 * doubts.numbers(store, "new_plans").notna().to_numpy().sum()


def test_every_doubt_says_its_own_number(store):
    for (code, measure), found in doubts.all_of(store).items():
        for doubt in found:
            assert f"{doubts.numbers(store, measure).at[code, doubt.period]:,.0f}" in doubt.why
