"""How a mix of needs differs from another: values known from elsewhere, and what must hold for any input."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sendlib.methods import mix

counts = arrays(np.int64, (12,), elements=st.integers(0, 5000)).filter(lambda row: row.sum() > 0)


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


p_values = st.lists(st.floats(0, 1), min_size=1, max_size=40).map(np.array)


@given(p_values)
def test_q_values_are_those_of_scipy(p):
    from scipy.stats import false_discovery_control

    assert mix.false_discovery(p) == pytest.approx(false_discovery_control(p, method="bh"))


def test_q_values_of_benjamini_and_hochbergs_own_example():
    # Benjamini & Hochberg (1995), section 4: at 0.05, the first four of fifteen are rejected.
    p = np.array(
        [
            0.0001,
            0.0004,
            0.0019,
            0.0095,
            0.0201,
            0.0278,
            0.0298,
            0.0344,
            0.0459,
            0.3240,
            0.4262,
            0.5719,
            0.6528,
            0.7590,
            1.0,
        ]
    )
    assert (mix.false_discovery(p) <= 0.05).sum() == 4


def test_a_missing_p_value_stays_missing_and_does_not_count():
    q = mix.false_discovery([0.01, np.nan, 0.04])
    assert np.isnan(q[1]) and q[[0, 2]] == pytest.approx([0.02, 0.04])


def test_the_prediction_interval_agrees_with_one_worked_by_hand():
    # Five comparators 1..5: mean 3, sd sqrt(2.5). For 10: t = 7 / (sqrt(2.5) sqrt(1.2)) = 4.0415 on 4 degrees of
    # freedom.
    from scipy.stats import t

    logits = np.array([[10.0], [1], [2], [3], [4], [5]])
    members = np.zeros((6, 6), dtype=bool)
    members[0, 1:] = True
    p = mix.prediction_p_values(logits, members)[0, 0]
    assert p == pytest.approx(2 * t.sf(7 / np.sqrt(2.5 * 1.2), 4))


def test_an_authority_like_its_comparators_is_not_surprising_and_two_comparators_are_too_few():
    logits = np.array([[0.0], [-1], [1], [0.5], [-0.5]])
    members = np.zeros((5, 5), dtype=bool)
    members[0, 1:] = True
    members[1, 2:4] = True
    p = mix.prediction_p_values(logits, members)
    assert p[0, 0] > 0.9
    assert np.isnan(p[1, 0])


def test_the_prediction_interval_is_well_calibrated_on_made_up_authorities():
    random = np.random.default_rng(1)
    logits = random.normal(size=(400, 12))
    members = np.zeros((400, 400), dtype=bool)
    for row in range(400):
        members[row, random.choice(np.delete(np.arange(400), row), 10, replace=False)] = True
    assert (mix.prediction_p_values(logits, members) < 0.05).mean() == pytest.approx(0.05, abs=0.012)


def test_the_funnel_of_authorities_that_differ_by_chance_alone_needs_no_spread():
    random = np.random.default_rng(2)
    totals = random.integers(200, 8000, 300)
    z, _, centre, tau = mix.funnel(random.binomial(totals, 0.3), totals)
    assert centre == pytest.approx(0.3, abs=0.01)
    assert tau < 0.01
    assert (np.abs(z) > 1.96).mean() == pytest.approx(0.05, abs=0.03)


def test_the_funnel_allows_for_the_usual_spread_between_authorities():
    random = np.random.default_rng(3)
    totals = random.integers(500, 8000, 300)
    shares = np.sin(np.arcsin(np.sqrt(0.3)) + random.normal(0, 0.07, 300)) ** 2
    z, errors, centre, tau = mix.funnel(random.binomial(totals, shares), totals)
    # Pulling in the outermost tenth makes the spread a little too small, so that outliers do not hide themselves.
    assert 0.045 < tau < 0.075
    chance_alone = np.abs(np.arcsin(np.sqrt(shares)) - np.arcsin(np.sqrt(centre))) * 2 * np.sqrt(totals) > 1.96
    assert (np.abs(z) > 1.96).mean() < 0.2 < chance_alone.mean()
    low, high = mix.funnel_limits(centre, errors, 1.96)
    assert (low < centre).all() and (high > centre).all() and (low >= 0).all() and (high <= 1).all()


need = st.integers(0, 11)
moves = st.lists(st.tuples(need, need, st.floats(0, 0.25)), min_size=1, max_size=4)


@given(counts, moves)
def test_moving_plans_neither_makes_nor_loses_any(row, several):
    after = mix.moved(row, several)
    assert after.sum() == pytest.approx(row.sum())
    assert (after >= -1e-9).all()


@given(counts, moves)
def test_the_order_of_moves_makes_no_difference(row, several):
    assert mix.moved(row, several) == pytest.approx(mix.moved(row, several[::-1]))


def test_what_a_need_takes_in_one_move_is_not_moved_on_by_another():
    assert mix.moved([100, 40, 0], [(0, 1, 0.5), (1, 2, 0.5)]).tolist() == [50, 70, 20]


@pytest.mark.parametrize(
    ("counts", "low", "high", "wanted", "percent"),
    [
        ((300, 100), (15, 5), (24, 20), (True, False), 20),  # 30% falls to 24%; 10% rises to 16%, inside
        ((300, 100), (15, 12), (40, 20), (False, True), 7),  # 10% rises to 12.1%; 6% would give 11.8%
        ((300, 100), (15, 12), (24, 20), (True, True), 20),  # both, so the later of the two
        ((300, 100), (15, 5), (24, 12), (True, False), 20),  # the taker is pushed out, which is said and not hidden
        ((300, 100), (24, 50), (26, 60), (True, True), 14),  # one can not do both: the giver comes first
        ((300, 100), (15, 5), (40, 20), (False, False), 0),
        ((20, 0), (0, 0), (0, 100), (True, False), 98),  # 0.04% is written 0.0%
    ],
)
def test_the_least_part_that_brings_a_need_inside_is_what_one_works_out_by_hand(counts, low, high, wanted, percent):
    assert mix.least_percent(counts, 1000, low, high, wanted) == percent


pair = st.tuples(st.integers(1, 3000), st.integers(0, 3000))
end = st.floats(0, 60)


@given(pair, st.integers(6000, 20000), st.tuples(end, end), st.tuples(end, end))
def test_the_least_part_brings_inside_and_one_per_cent_less_does_not(held, total, first, second):
    low, high = np.round(np.sort(np.array([first, second]), axis=1).T, 1)

    def inside(percent):
        share = np.round(100 * mix.moved(held, [(0, 1, percent / 100)]) / total, 1)
        return (share >= low) & (share <= high)

    outside = ~inside(0)
    found = mix.least_percent(held, total, low, high, outside)
    reached = [percent for percent in range(1, 101) if (inside(percent) & outside).any()]
    assert (found > 0) == bool(reached)
    if found:
        brought = inside(found) & outside
        assert brought.any()
        assert not any((inside(less) >= inside(found)).all() for less in range(1, found))


@given(counts, st.integers(0, 11), st.floats(0.001, 0.9))
def test_moving_the_part_that_is_asked_for_gives_the_share(row, source, share):
    part = mix.part_to_share(row, source, share)
    assert 0 <= part <= 1
    if part > 0:
        target = (source + 1) % 12
        assert mix.shares(mix.moved(row, [(source, target, part)]))[source] == pytest.approx(share)


@given(counts)
def test_centred_log_ratios_add_up_to_nothing(row):
    assert mix.centred_log_ratios(row).sum() == pytest.approx(0, abs=1e-8)


def test_twice_as_common_is_one_doubling():
    ratios = mix.centred_log_ratios([[400, 100, 100]], added=0)
    assert ratios[0, 0] - ratios[0, 1] == pytest.approx(2)


@given(arrays(np.int64, (3, 5), elements=st.integers(0, 100)))
def test_merging_keeps_everybody(table):
    merged = mix.merged(table, [[0, 2], [1], [3, 4]])
    assert merged.shape == (3, 3)
    assert (merged.sum(axis=1) == table.sum(axis=1)).all()


def test_a_missing_count_leaves_the_other_shares_of_a_known_whole():
    assert mix.shares([2, np.nan, 3], 10) == pytest.approx([0.2, np.nan, 0.3], nan_ok=True)
    assert np.isnan(mix.shares([2, np.nan, 3])).all()


def test_a_comparator_without_a_figure_is_left_out_of_one_test_and_of_no_other():
    logits = np.random.default_rng(3).normal(size=(6, 2))
    gap = logits.copy()
    gap[5, 0] = np.nan
    every, but_the_last = np.ones((6, 6), bool), np.ones((6, 6), bool)
    np.fill_diagonal(every, False)
    np.fill_diagonal(but_the_last, False)
    but_the_last[:, 5] = False
    found = mix.prediction_p_values(gap, every)
    assert found[:5, 0] == pytest.approx(mix.prediction_p_values(logits, but_the_last)[:5, 0])
    assert found[:, 1] == pytest.approx(mix.prediction_p_values(logits, every)[:, 1])
    assert np.isnan(found[5, 0])


def test_a_funnel_leaves_out_an_area_without_a_figure():
    counts, totals = np.array([10.0, 20, 15, 40, 12]), np.full(5, 100.0)
    gap = np.append(counts, np.nan), np.append(totals, 100.0)
    z, errors, centre, tau = mix.funnel(*gap)
    assert (centre, tau) == pytest.approx(mix.funnel(counts, totals)[2:])
    assert z[:5] == pytest.approx(mix.funnel(counts, totals)[0])
    assert np.isnan(z[5])
    assert np.isnan(mix.funnel([np.nan], [5])[0]).all()
