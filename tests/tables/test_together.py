"""Several areas as one: counts add up, shares are made of sums, and what lacks a part is missing, with who lacks it."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendlib.areas import ENGLAND
from sendlib.compared import widened
from sendlib.tables.together import RULES, Grid, Rule, Share

COUNTS = ("plans", "needs", "process", "placements", "elsewhere", "phase_transfers", "population")
NOBODY_GONE: dict[str, frozenset[str]] = {}


def group_of(store, *members: str):
    return widened.directory(store).group(members)


def rows(store, name: str, *members: str) -> pd.Series:
    """Values of a group by the keys of the table."""
    group = group_of(store, *members)
    frame = widened.with_rows_of(store, group).rows(name, group.code)
    return values(frame, name)


def values(frame: pd.DataFrame, name: str) -> pd.Series:
    return frame.astype(dict.fromkeys(RULES[name].keys, str)).set_index(list(RULES[name].keys))["value"]


@pytest.mark.parametrize("name", COUNTS)
def test_all_authorities_together_are_england_wherever_its_own_row_is_the_sum(store, areas, name):
    found = rows(store, name, *areas.authorities)
    england = values(store.rows(name, ENGLAND), name)
    both = pd.concat([found, england], axis=1, keys=["sum", "own"]).dropna()
    apart = both[(both["sum"] - both["own"]).abs() > 0.051]
    # DfE's own row of England for residential placements of January 2023 is more than twice its authorities.
    assert set(apart.index) <= {("2023-01", "residential")}
    assert len(both) > 0 or name == "phase_transfers"


@pytest.fixture(scope="module")
def groups_of_one(store, areas):
    """The store with every authority as a group of one, and code of a group -> its authority."""
    groups = {code: group_of(store, code) for code in areas.authorities}
    return widened.with_rows_of(store, *groups.values()), {group.code: code for code, group in groups.items()}


@pytest.mark.parametrize("name", COUNTS)
def test_a_group_of_one_has_the_rows_of_that_one(store, groups_of_one, name):
    joined, authority_of = groups_of_one
    keys = ["area_code", *RULES[name].keys]

    def of(frame: pd.DataFrame) -> pd.Series:
        return frame.astype(dict.fromkeys(keys, str)).set_index(keys)["value"].sort_index()

    table = store.table(name)
    alone = joined.added(name)
    alone = alone.assign(area_code=alone["area_code"].astype(str).map(authority_of))
    pd.testing.assert_series_equal(of(alone), of(table[table["area_code"].isin(list(authority_of.values()))]))


def test_devon_plymouth_and_torbay_have_the_sum_of_their_plans_and_needs(store):
    members = ("878", "879", "880")
    for name in ("plans", "needs"):
        together = rows(store, name, *members)
        each = pd.concat([values(store.rows(name, code), name) for code in members], axis=1).sum(axis=1, min_count=1)
        held = together.dropna()
        assert len(held) > 300 and np.allclose(held, each.reindex(held.index))


def test_a_share_is_made_of_the_sums_and_never_of_the_shares(store):
    found = rows(store, "process", "878", "879", "880")
    assert found["2024", "issued_in_20_weeks_percent"] == pytest.approx(
        100 * found["2024", "issued_in_20_weeks"] / found["2024", "issued"]
    )
    # LAIT publishes shares without the numbers; those of one year are held elsewhere.
    shares, pupils = rows(store, "school_sen", "878", "879"), rows(store, "school_pupils", "878", "879")
    assert set(shares.dropna().index) == {("2022/23", "all", "ehc_plan"), ("2022/23", "all", "sen_support")}
    assert shares["2022/23", "all", "ehc_plan"] == pytest.approx(
        100 * pupils["2022/23", "ehc_plan"] / pupils["2022/23", "pupils"]
    )


def test_every_share_that_is_worked_out_agrees_with_the_publishers_own(store, areas):
    table = store.table("process").astype({"area_code": str, "period": str, "measure": str})
    wide = table.pivot(index=["area_code", "period"], columns="measure", values="value")
    for name, share in RULES["process"].shares.items():
        above = wide[list(share.of)].sum(axis=1, skipna=False)
        made = share.per * above / wide[list(share.among)].sum(axis=1, skipna=False)
        both = pd.concat([made, wide[name]], axis=1).dropna()
        near = (both[0] - both[name]).abs() < 0.06
        assert len(both) > 100 and near.mean() > 0.99, name


def test_before_a_member_began_the_authority_that_stood_there_counts_if_all_of_it_is_in_the_group(store):
    cumbria = values(store.rows("plans", "909"), "plans")
    key = ("2020-01", "plans", "total", "All")
    assert rows(store, "plans", "942", "943")[key] == cumbria[key]
    assert np.isnan(rows(store, "plans", "942", "888")[key])


def test_a_sum_that_lacks_a_part_is_missing_and_says_who_lacks_it(store):
    group = group_of(store, "209", "210")
    joined = widened.with_rows_of(store, group)
    key = ("2026-01", "plans", "total", "All")
    assert np.isnan(values(joined.rows("plans", group.code), "plans")[key])
    short = widened.lacking(joined, "plans", group.code)
    line = short[short["period"].astype(str).eq("2026-01")].iloc[0]
    assert line["without"] == "209" and line["known"] == values(store.rows("plans", "210"), "plans")[key]


def test_rows_of_regions_and_england_are_the_publishers(store, areas):
    joined = widened.with_rows_of(store, *areas.wider.values())
    for name in COUNTS:
        for code in areas.wider:
            own = values(store.rows(name, code), name)
            found = values(joined.table(name)[joined.table(name)["area_code"].eq(code)], name)
            assert not found.index.has_duplicates
            pd.testing.assert_series_equal(found.reindex(own.index), own, check_index_type=False)


RULE = Rule(("period", "measure"), "measure", {"rate": Share(("some",), ("all",))})


def made_up(cells: dict[tuple[str, str, str], float]) -> pd.DataFrame:
    """Made-up rows: (area, period, measure) -> value, NaN for one that is not available."""
    frame = pd.DataFrame([(*key, value) for key, value in cells.items()], columns=["area_code", *RULE.keys, "value"])
    return frame.assign(status=np.where(frame["value"].isna(), "not_available", "value"))


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["001", "002", "003"]), st.just("2024"), st.sampled_from(["some", "all", "rate"])),
        st.one_of(st.just(float("nan")), st.integers(0, 50).map(float)),
        min_size=1,
    ),
    st.sets(st.sampled_from(["001", "002", "003", "004"]), min_size=2),
)
def test_no_figure_of_a_group_is_made_without_all_of_its_parts(cells, members):
    grid = Grid(made_up(cells), RULE)
    made = grid.together("group", sorted(members), NOBODY_GONE)
    found = values(grid.rows([made]), "process")
    for (_, measure), value in found.items():
        parts = [cells.get((member, "2024", measure), float("nan")) for member in members]
        if measure == "rate":
            above, below = (found.get(("2024", name), float("nan")) for name in ("some", "all"))
            parts = [100 * above / below] if below > 0 else [float("nan")]
        assert np.isnan(value) == np.isnan(sum(parts)) and (np.isnan(value) or value == pytest.approx(sum(parts)))
