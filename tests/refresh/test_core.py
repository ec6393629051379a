"""What a refresh takes, keeps out, tells of and leaves alone."""

from dataclasses import replace

import pytest
from filelock import FileLock

from sendlib import store as stores
from sendlib.about import about
from sendlib.errors import NoData
from sendlib.refresh import core, ehc_plans, pupils
from sendlib.refresh.work import Stopped
from tests.refresh import ees, publisher
from tests.refresh.ees import ENGLAND, held, outcomes, refresh

pytestmark = ees.needs_originals


def test_a_dry_run_tells_and_fetches_nothing(newer, tmp_path):
    rows = refresh(newer, tmp_path, dry_run=True)
    assert set(outcomes(rows).values()) == {"newer"} and rows[0].now == "Reporting year 2026"
    assert rows[-1].now == "academic year 2025/26 (January 2026), version 1.0"
    assert not [seen for seen in newer.log if "download" in seen.kinds] and not (tmp_path / "live").exists()


def test_a_dry_run_needs_no_lock_and_changes_nothing_of_what_it_finds(newer, tmp_path):
    live = tmp_path / "live"
    live.mkdir()
    (live / "manifest.json").write_text("{ torn", "utf-8")
    before = {path.name: path.read_bytes() for path in live.iterdir()}
    with FileLock(live / ".refresh.lock"):
        rows = refresh(newer, tmp_path, dry_run=True)
    assert set(outcomes(rows).values()) == {"newer"}
    assert {path.name: path.read_bytes() for path in live.iterdir() if path.name != ".refresh.lock"} == before


def test_a_dry_run_does_without_a_folder_that_can_be_written(newer, tmp_path):
    (tmp_path / "live").write_text("a file stands where the folder should be", "utf-8")
    assert set(outcomes(refresh(newer, tmp_path, dry_run=True)).values()) == {"newer"}


def test_a_refresh_that_is_stopped_ends_between_two_steps_and_the_figures_stay(newer, tmp_path):
    def stop(part, text):
        if "caseload.csv" in text:
            raise Stopped("stopped")

    rows = refresh(newer, tmp_path, report=stop)
    assert (
        set(outcomes(rows).values()) == {"failed"}
        and all("Stopped before it was done" in row.note for row in rows)
        and len(rows) == 7
    )
    assert not any(info.live for info in held(tmp_path).tables.values())
    assert not stores.leftovers(tmp_path / "live")
    assert set(outcomes(refresh(newer, tmp_path, [pupils.SOURCE])).values()) == {"new"}


def test_a_stop_after_the_last_source_does_not_lose_the_closing_table(newer, tmp_path):
    def stop_at_the_end(part, text):
        if part == 1.0:
            raise Stopped("stopped")

    assert outcomes(refresh(newer, tmp_path, [pupils.SOURCE], report=stop_at_the_end)) == {"school_sen": "new"}


def test_a_source_that_fails_as_a_whole_says_why_once():
    rows = [core.Row(name, "b", "b", 1, "failed", "why", "ehc_plans") for name in ehc_plans.TABLES] + [
        core.Row("school_sen", "b", "b", 1, "failed", "why not", "pupils")
    ]
    plain, lines = core.told_once(rows)
    assert [row.note for row in plain] == ["see below"] * len(ehc_plans.TABLES) + ["why not"] and lines == [
        "Education, health and care plans: why"
    ]


def test_the_tables_that_no_refresh_brings_are_named_by_the_reason_with_what_to_do(store):
    said = core.not_brought(store)
    told = {reason: said.partition(f"{reason}: ")[2].partition(".")[0] for reason in (*core.NOT_BROUGHT, core.BY_HAND)}
    for reason, names in core.NOT_BROUGHT.items():
        assert sorted(told[reason].split("; ")) == sorted(store.info(name).title for name in names)
    assert "How children and young people with SEND get on" in told[core.BY_HAND] and "snapshot --from FOLDER" in said
    brought = [name for source in core.chosen(["ees"]) for name in source.tables if name in store.tables]
    assert len(brought) > 5 and not [name for name in brought if store.info(name).title in said]


def test_a_table_that_shrinks_by_a_fifth_is_kept_out_and_the_others_come_in(store, tmp_path):
    def smaller(work, look):
        return [
            replace(table, frame=table.frame.head(len(table.frame) // 2)) if table.name == "needs" else table
            for table in ehc_plans.fetch(work, look)
        ]

    with publisher.stand_in(store, publisher.next_release()) as server:
        rows = refresh(server, tmp_path, [replace(ehc_plans.SOURCE, fetch=smaller)])
        assert outcomes(rows) == {
            "plans": "new",
            "needs": "kept",
            "placements": "new",
            "process": "new",
            "designated_officers": "new",
            "phase_transfers": "same",
        }
        assert "as held before: it lacks" in next(row.note for row in rows if row.table == "needs")
        # What was kept out is tried again, and the files of the other tables are not fetched again.
        before = len(server.log)
        rows = refresh(server, tmp_path, [ehc_plans.SOURCE])
        assert outcomes(rows) == {
            "plans": "same",
            "needs": "new",
            "placements": "same",
            "process": "same",
            "designated_officers": "same",
            "phase_transfers": "same",
        }
        assert sum("download" in seen.kinds for seen in server.log[before:]) == 2
        assert set(outcomes(refresh(server, tmp_path, [ehc_plans.SOURCE])).values()) == {"same"}


def test_a_great_revision_of_england_is_kept_out_and_a_small_one_told_of(store, files_2026, tmp_path):
    def revised(by):
        def changed(work, look):
            table = pupils.fetch(work, look)[0]
            frame = table.frame.copy()
            hit = (
                frame["area_code"].astype(str).eq(ENGLAND)
                & frame["period"].astype(str).eq("2020/21")
                & frame["phase"].astype(str).eq("all")
            )
            frame.loc[hit, "value"] += by
            return [replace(table, frame=frame)]

        return replace(pupils.SOURCE, fetch=changed)

    with publisher.stand_in(store, files_2026) as server:
        row = refresh(server, tmp_path, [revised(20)])[0]
        assert row.outcome == "kept" and "England's figure for 2020/21" in row.note
        row = refresh(server, tmp_path, [revised(0.1)])[0]
        assert row.outcome == "new" and "2 figures of England were revised, by up to 0.1." in row.note


def test_a_refused_table_can_be_accepted_by_name(store, files_2026, tmp_path):
    def smaller(work, look):
        return [replace(table, frame=table.frame.head(len(table.frame) // 2)) for table in pupils.fetch(work, look)]

    source = replace(pupils.SOURCE, fetch=smaller)
    with publisher.stand_in(store, files_2026) as server:
        row = refresh(server, tmp_path, [source])[0]
        assert row.outcome == "kept" and "'refresh pupils --accept school_sen'" in row.note
        assert refresh(server, tmp_path, [source], accept=["school_sen"])[0].outcome == "new"


@pytest.mark.parametrize("name", ["nosuch", "plans"])
def test_a_table_that_the_refresh_does_not_bring_can_not_be_accepted(newer, tmp_path, name):
    with pytest.raises(NoData, match=rf"does not bring a table '{name}' to accept. It brings: school_sen"):
        refresh(newer, tmp_path, [pupils.SOURCE], accept=["school_sen", name])
    assert not newer.log


def test_a_year_without_thirty_authorities_is_kept_out(store, files_2026, tmp_path):
    def fewer(work, look):
        table = pupils.fetch(work, look)[0]
        text = table.frame.astype({"period": str, "area_code": str})
        some = sorted(code for code in text["area_code"].unique() if code.isdigit())[-30:]
        return [replace(table, frame=table.frame[text["period"].ne("2025/26") | ~text["area_code"].isin(some)])]

    source = replace(pupils.SOURCE, fetch=fewer)
    with publisher.stand_in(store, files_2026) as server:
        row = refresh(server, tmp_path, [source])[0]
    assert row.outcome == "kept" and "authorities that had figures before have none for 2025/26" in row.note


def test_a_new_year_with_hardly_any_authority_is_kept_out(store, files_2026, tmp_path):
    def few(work, look):
        table = pupils.fetch(work, look)[0]
        text = table.frame.astype({"period": str, "area_code": str})
        return [
            replace(
                table, frame=table.frame[text["period"].ne("2025/26") | text["area_code"].isin([ENGLAND, "879", "888"])]
            )
        ]

    source = replace(pupils.SOURCE, fetch=few)
    with publisher.stand_in(store, files_2026) as server:
        row = refresh(server, tmp_path, [source])[0]
    assert row.outcome == "kept" and "authorities: 4 figures for 2025/26 where 2024/25 has 306" in row.note


def test_what_no_refresh_brings_yet_is_listed_with_where_it_is_to_be_found_and_why(store):
    listed = next(part for part in about(store).parts if part.name == "not_fetched").table("explore")
    assert list(listed) == ["What", "Publisher", "To be found at", "Why not yet"] and len(listed)
    assert listed.map(len).gt(10).all(axis=None) and all(what in core.not_brought(store) for what in listed["What"])
