"""Make a table: any selection gives exactly the rows of the store, no more and no fewer, as published."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sendlib.errors import NoData, SnapshotDamaged
from sendlib.exports.shown import shown
from sendlib.made import building, query
from sendlib.made.described import PERIOD, STATUS
from sendlib.made.held import held
from sendlib.made.offered import DESCRIBED, tables
from sendlib.made.selection import ALL, LIST, Selection, resolve
from sendlib.questions.getting_help.process_tables import FEWEST_DEATHS
from sendlib.store import SNAPSHOT, read_manifest
from sendlib.tables.symbols import HIDDEN

SMALL = ("phase_transfers", "absence", "process", "flows", "places", "designated_officers", "waits_autism", "money")
"""Tables of every kind: of January and of years, without a period, without a number, of the NHS, with few deaths."""


def keys_of(table):
    return [*table.described.areas, *table.described.dimensions, *([PERIOD] if table.periods else [])]


@pytest.fixture(scope="module")
def whole(store):
    """Each table as it is handed out, by name."""
    return {name: shown(store, name) for name in SMALL}


def rows_of(picked):
    """The rows of a selection by what they are told apart by, with codes and not words."""
    found, asked = query.rows(picked), query.asking(picked)
    values = {name: [asked.keys[name][place] for place in found.places[name]] for name in found.places}
    return pd.DataFrame({**values, **{name: found.figures[name] for name in found.figures}})


@given(data=st.data())
@settings(max_examples=25)
def test_any_selection_gives_the_rows_that_pandas_gives(store, whole, data):
    name = data.draw(st.sampled_from(SMALL))
    table, frame = held(store, name), whole[name]
    codes = data.draw(st.lists(st.sampled_from(sorted(table.areas)), min_size=1, max_size=6, unique=True))
    values = {
        one: tuple(data.draw(st.lists(st.sampled_from(sorted(set(table.combinations[one]))), max_size=4, unique=True)))
        for one in table.described.dimensions
    }
    between = ALL
    if table.periods:
        ends = sorted(data.draw(st.lists(st.sampled_from(table.periods), min_size=2, max_size=2)))
        between = "..".join(ends)
    picked = resolve(store, Selection(name, tuple(codes), between, values, LIST), None)
    expected = frame[frame[table.described.area].isin(codes)]
    for one, chosen in picked.values.items():
        expected = expected[expected[one].isin(chosen)]
    if table.periods:
        expected = expected[expected[PERIOD].between(*ends)]
    made = rows_of(picked)
    assert query.count(picked) == len(made) == len(expected)
    keys, figures = keys_of(table), list(table.described.figures)
    assert not made.duplicated(keys).any()
    if len(made):
        ours, theirs = (one[[*keys, *figures]].sort_values(keys).reset_index(drop=True) for one in (made, expected))
        pd.testing.assert_frame_equal(ours, theirs, check_dtype=False)


@given(data=st.data())
@settings(max_examples=12)
def test_what_is_turned_has_every_figure_of_the_list_once(store, data):
    name = data.draw(st.sampled_from([one for one in SMALL if one not in ("flows", "designated_officers")]))
    table = held(store, name)
    codes = data.draw(st.lists(st.sampled_from(sorted(table.areas)), min_size=1, max_size=4, unique=True))
    across = data.draw(st.sampled_from(keys_of(table)))
    of_list = resolve(store, Selection(name, tuple(codes), ALL, {}, LIST), None)
    turned = resolve(store, Selection(name, tuple(codes), ALL, {}, across), None)
    found = query.rows(turned)
    assert query.count(turned) == found.total == len(found.places)
    ours = found.figures.to_numpy(dtype=float).ravel()
    theirs = rows_of(of_list)["value"].to_numpy(dtype=float) if query.count(of_list) else np.array([])
    assert sorted(ours[~np.isnan(ours)]) == sorted(theirs[~np.isnan(theirs)])
    assert (found.statuses.to_numpy() != query.NO_ROW).sum() == len(theirs)


def test_the_first_rows_are_those_of_the_order_that_was_asked_for(store):
    picked = resolve(store, Selection("phase_transfers", ("authorities",), ALL, {}, LIST, order="value"), None)
    largest = query.rows(picked, 5)
    assert len(largest.places) == 5 and largest.total == query.count(picked) > 5
    everything = query.rows(picked).figures["value"].dropna()
    assert largest.figures["value"].tolist() == sorted(everything, reverse=True)[:5]


def test_the_newest_is_that_of_each_figure_by_itself(store):
    picked = resolve(store, Selection("plans", ("879",), "", {"measure": ("plans",), "characteristic": ("*",)}), None)
    made = rows_of(picked)
    newest = made.groupby("characteristic")[PERIOD].agg(set).to_dict()
    assert newest["total"] == {"2026-01"} and newest["age"] == {"2025-01"}


def test_deaths_below_five_are_not_handed_out_however_they_are_asked_for(store):
    frame = store.table("process").astype({"area_code": str, "period": str, "measure": str})
    few = frame[frame["measure"].eq("ceased_deceased") & frame["value"].lt(FEWEST_DEATHS)]
    code, year = few.iloc[0][["area_code", "period"]]
    measures = ("ceased_deceased", "ceased_other_or_not_recorded")
    for across in (LIST, "measure", "period"):
        picked = resolve(store, Selection("process", (code,), year, {"measure": measures}, across), None)
        made = building.make(store, picked)
        assert made.frame[list(made.statuses)].isna().all(axis=None), across
        assert set(made.statuses.to_numpy().ravel()) == {HIDDEN}
        assert any("Fewer than 5 deaths" in note for note in made.cautions)
    by_size = Selection("process", ("authorities",), year, {"measure": measures[:1]}, LIST, order="-value")
    shown_first = query.rows(resolve(store, by_size, None)).figures["value"]
    assert shown_first.dropna().min() >= FEWEST_DEATHS


def test_a_table_without_a_column_of_areas_is_picked_by_who_lives_there(store):
    picked = resolve(store, Selection("flows", ("879",)), None)
    made = building.make(store, picked)
    assert "area_code" not in made.columns and made.readable()["home_code"].unique().tolist() == ["Plymouth"]
    assert made.readable()["share"].tolist() == ["1.0", "99.0"]


@pytest.mark.parametrize("name", sorted(set(DESCRIBED) & set(read_manifest(SNAPSHOT))))
def test_every_column_and_value_of_a_table_has_words_and_no_two_rows_are_one(store, name):
    table = held(store, name)
    known = {*keys_of(table), *table.described.figures, *table.described.left_out, STATUS, "level", "name"}
    assert set(table.info.columns) <= known
    assert not store.table(name).duplicated(keys_of(table)).any()
    for one, dimension in table.described.dimensions.items():
        codes = {value for value in table.combinations[one] if "_" in value and value not in dimension.words}
        assert not codes, f"{one}: {codes}"
    assert not [area.name for area in table.areas.values() if not area.name]


def test_every_table_with_a_figure_a_row_is_offered(store):
    held_long = {name for name, info in store.tables.items() if {"area_code", "value", "status"} <= set(info.columns)}
    assert held_long <= set(tables(store))


def test_a_selection_keeps_to_its_memory_and_a_file_that_is_gone_is_told_of(store, monkeypatch, tmp_path):
    everything = Selection("needs", ("authorities",), ALL, dict.fromkeys(("scope", "characteristic", "need"), ("*",)))
    picked = resolve(store, everything, None)
    with monkeypatch.context() as small:
        small.setattr("sendlib.made.held.MEMORY", "3MB")
        with pytest.raises(NoData, match="Pick fewer areas"):
            query.rows(picked)
    gone = replace(picked, held=replace(picked.held, path=tmp_path / "needs.parquet"))
    with pytest.raises(SnapshotDamaged, match="Load the page again"):
        query.count(gone)


def test_two_readers_at_once_get_each_their_own(store):
    codes = ("879", "201", "888", "370") * 3
    picked = [resolve(store, Selection("plans", (code,), ALL), None) for code in codes]
    alone = [building.make(store, one).frame for one in picked[:4]]
    with ThreadPoolExecutor(4) as threads:
        together = [made.frame for made in threads.map(lambda one: building.make(store, one), picked)]
    assert all(frame.equals(alone[place % 4]) for place, frame in enumerate(together))
