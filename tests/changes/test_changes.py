"""What changed for us: exactly what was changed is named, and what is said of a move is what the figures do."""

import json
import math

import pandas as pd
import pytest

from sendlib import __main__, changes
from sendlib.changes import moves, series
from sendlib.commands import shared
from sendlib.compared import doubtful, widened
from sendlib.compared.comparators import DEFAULT
from sendlib.exports.formats import FORMATS
from sendlib.exports.numbers import numbers_of
from sendlib.exports.record import as_record
from sendlib.exports.text import as_text
from sendlib.measures import asking, over_time, registry
from sendlib.store import release_before
from tests import reading
from tests.changes import releases
from tests.changes.releases import BARNSLEY, GONE, MORE, NEW, PLYMOUTH, REVISED

SCILLY, CUMBERLAND, SOUTH_WEST, BOARD, GROUP, ENGLAND = "420", "942", "E12000009", "QJK", "878,879,880", "E92000001"
OF_EVERY_KIND = (PLYMOUTH, SCILLY, CUMBERLAND, SOUTH_WEST, BOARD, GROUP, ENGLAND)
"""Each is asked once for all tests: the answers are kept with the store."""
IN_PLACE = "my_area.stock.plans"


def of(store, code):
    return changes.ask(store, widened.directory(store).get(code))


@pytest.fixture(scope="module")
def refreshed(store, tmp_path_factory):
    """The store after a refresh that brought the second release of plans."""
    return releases.live(tmp_path_factory.mktemp("second"), releases.second(store))


def rows_of(answer, what, code=IN_PLACE):
    data = answer.tables["revised"].data
    return data[data["what"].eq(what) & data["code"].eq(code)].set_index("period")


def test_exactly_the_cells_that_a_release_changed_are_named(store, refreshed):
    answer = of(refreshed, PLYMOUTH)
    was = store.rows("plans", PLYMOUTH).query("characteristic == 'total' and period == @REVISED")["value"].iloc[0]
    (other,) = rows_of(answer, "Another number").itertuples()
    assert (other.Index, other.number_before, other.number) == (REVISED, was, was + MORE)
    assert list(rows_of(answer, "No longer there").index) == [GONE]
    assert list(rows_of(answer, "New").index) == [NEW]
    # What is worked out of these very cells differs with them, and nothing else does.
    shares = "doing_well.sum_by_january."
    named = answer.tables["revised"].data
    assert all(code == IN_PLACE or code.startswith(shares) for code in named["code"])
    assert set(named["period"]) == {REVISED, GONE, NEW}


def test_of_an_area_in_which_nothing_else_changed_only_the_new_period_is_named(refreshed):
    named = of(refreshed, BARNSLEY).tables["revised"].data
    assert [tuple(row) for row in named[["what", "code", "period"]].to_numpy()] == [("New", IN_PLACE, NEW)]


def test_the_tables_that_a_refresh_brought_are_listed_with_how_many_figures_changed(refreshed):
    (row,) = of(refreshed, PLYMOUTH).tables["releases"].data.itertuples()
    assert (row.release_now, row.last_before, row.last_now) == ("made up", "2026-01", NEW)
    assert (row.new, row.revised, row.gone) == (1, 1, 1)


def test_what_is_new_and_more_than_usual_stands_first(refreshed):
    answer = of(refreshed, PLYMOUTH)
    first = answer.tables["first"].data.iloc[0]
    assert (first["code"], first["release"], first["change"]) == (IN_PLACE, "New", "+50.0%")
    assert answer.verdicts[0].words.explore.startswith("Plans in place: new since the release before")
    assert "1 figure over time is new" in answer.headline.explore


def test_the_release_before_a_second_refresh_is_the_first_one(store, tmp_path):
    older = releases.as_release(store, "plans", releases.plans(store), "older")
    twice = releases.live(tmp_path, older, releases.second(store))
    assert release_before(twice).info("plans").sources[0].release == "older"
    assert NEW not in set(release_before(twice).table("plans")["period"])
    assert release_before(twice).table("needs") is twice.table("needs")


def test_a_damaged_release_before_gives_way_to_the_shipped_one_and_is_told_of(store, tmp_path):
    older = releases.plans(store)
    older.loc[older["area_code"].eq(BARNSLEY), "value"] += 1
    twice = releases.live(tmp_path, releases.as_release(store, "plans", older, "older"), releases.second(store))
    (damaged,) = (one for one in tmp_path.glob("plans-*.parquet") if one.name != twice.info("plans").file)
    damaged.write_bytes(b"torn")
    answer = of(twice, BARNSLEY)
    (note,) = (one for one in answer.notes if one.kind == "caution")
    assert "plans" in note.text.explore and "its hash differs" in note.text.explore
    assert set(answer.tables["revised"].data["what"]) == {"New"}


def test_on_a_fresh_copy_nothing_is_called_revised_and_that_is_said(store):
    answer = of(store, PLYMOUTH)
    assert answer.tables["revised"].data.empty and answer.tables["releases"].data.empty
    assert any("has held no release before" in note.text.explore for note in answer.notes)
    assert "release before" not in answer.headline.explore


@pytest.mark.parametrize("code", OF_EVERY_KIND)
def test_there_is_an_answer_for_areas_of_every_kind(store, code):
    answer = of(store, code)
    assert answer.title.explore and answer.headline.families and not answer.tables["due"].data.empty
    assert len(answer.verdicts) == len(answer.tables["first"].data) <= changes.MOST_LINES
    judged = answer.tables["moved"].data["more"].isin(["Yes", "No"]).sum()
    assert (f"Of {judged} figure" in answer.headline.explore) == (judged > 0)


@pytest.mark.parametrize("code", [PLYMOUTH, BOARD, ENGLAND])
def test_what_is_said_of_a_move_is_what_its_page_holds(store, code):
    area = widened.directory(store).get(code)
    held = {page: asking.answer_of(store, page, area, DEFAULT) for page in over_time.PAGES}
    measures = {code: one for answer in held.values() for code, one in registry.over_time(answer).items()}
    for row in of(store, code).tables["moved"].data.itertuples():
        measure = measures[row.code]
        table = held[row.page_code].tables[measure.table]
        numbers = set(measure.rows(table)[measure.column].dropna())
        assert {row.number, row.number_before} <= numbers, row.code
        assert row.change == "from none" or math.copysign(1, row.changed_by) == math.copysign(
            1, row.number - row.number_before
        )
        assert row.period_before < row.period


def test_more_than_usual_is_said_of_the_largest_change_of_a_series_and_of_no_other(store):
    area = widened.directory(store).get(PLYMOUTH)
    for move in moves.of(series.of(store, area, DEFAULT)):
        if move.judged.is_judged:
            ends = max(abs(move.judged.low), abs(move.judged.high))
            assert move.unusual == (abs(move.change) > ends * (1 + 1e-9))


def test_doubtful_figures_breaks_and_few_children_make_no_headline(store):
    answer = of(store, PLYMOUTH)
    moved = answer.tables["moved"].data.set_index("code")
    # Plymouth's plans that ceased in 2023 and 2024 can not be right.
    assert moved.loc["my_area.flow.plans.ceased", "more"].startswith("Not judged: a figure is doubtful")
    few = moved[moved["unit"].eq("plans") & (moved["number"] < series.FEWEST)]
    assert len(few) and few["more"].str.startswith("Not judged").all()
    assert set(answer.tables["first"].data["more"]) == {"Yes"}


def test_no_change_is_held_against_one_over_a_break_or_over_another_time(store):
    (stock,) = (
        one for one in series.of(store, widened.directory(store).get(PLYMOUTH), DEFAULT) if one.measure.code == IN_PLACE
    )
    assert stock.broken("2022-01", "2023-01") and not stock.broken("2025-01", "2026-01")
    (move,) = moves.of([stock])
    held = [point for point in stock.points if not math.isnan(point.number)]
    assert move.judged.earlier == len(held) - 3  # pairs of Januaries, less the newest and the one over the break


def test_plans_that_do_not_follow_from_those_that_started_and_ceased_are_held_against_nothing(store):
    found = doubtful.stock_and_flow(store).stack().dropna()
    code, january = found.index[0]
    held = series.of(store, widened.directory(store).get(code), DEFAULT, pages=("my_area",))
    (stock,) = (one for one in held if one.measure.code == IN_PLACE)
    assert "follow from the year before" in stock.broken(f"{int(january[:4]) - 1}-01", january)


def test_of_so_few_plans_nothing_is_judged_and_no_line_is_written(store):
    answer = of(store, SCILLY)
    assert answer.state == "too_few" and not answer.verdicts
    assert answer.tables["moved"].data["more"].str.startswith("Not judged").all()


@pytest.mark.parametrize("code", OF_EVERY_KIND)
def test_families_read_short_plain_sentences_and_a_room_short_titles(store, code):
    answer = of(store, code)
    said = [answer.title, answer.headline, *(note.text for note in answer.notes), *answer.cannot_tell]
    plain = [text.in_mode("families") for text in (*said, *(verdict.rule for verdict in answer.verdicts[:1]))]
    assert not [one for text in plain for one in reading.too_long(text)]
    assert not [one for verdict in answer.verdicts for one in reading.too_long(verdict.words.families)]
    assert reading.grade(plain) <= reading.HIGHEST_GRADE
    assert len(answer.title.in_mode("show")) <= reading.SHOW_TITLE


def test_the_same_figures_give_the_same_answer_and_the_same_files(store):
    area = widened.directory(store).get(PLYMOUTH)
    one, other = (changes._of_releases.__wrapped__(store, area, DEFAULT) for _ in range(2))
    assert one is not other
    assert as_record(one) == as_record(other) and as_text(one) == as_text(other)
    for kind in FORMATS.values():
        assert kind.make(numbers_of(one, "moved")) == kind.make(numbers_of(other, "moved"))


def test_what_is_due_is_what_the_sources_name(store):
    due = of(store, PLYMOUTH).tables["due"].data
    following = {
        (source.publication, source.following.what)
        for info in store.tables.values()
        for source in info.sources
        if source.following
    }
    assert set(zip(due["publication"], due["next"], strict=True)) <= following
    out = due["expected"].str.startswith("published")
    assert out.tolist() == sorted(out, reverse=True)  # what is out already stands first
    assert pd.Series(due.loc[~out, "on"]).is_monotonic_increasing


def test_the_command_line_prints_the_same(store, monkeypatch, capsys):
    monkeypatch.setattr(shared, "store_of", lambda _: store)
    assert __main__.main(["changes", "--area", "Plymouth"]) == 0
    printed = capsys.readouterr().out
    assert of(store, PLYMOUTH).headline.explore in printed and "What is out already" in printed
    assert __main__.main(["changes", "--area", "Plymouth", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["tables"].keys() == of(store, PLYMOUTH).tables.keys()
