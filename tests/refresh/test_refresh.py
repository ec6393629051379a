"""Refreshing: newer figures come in whole and checked, or the old ones stay."""

import errno
import os
import re
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace

import pandas as pd
import pytest
from filelock import FileLock

from sendlib import questions
from sendlib import store as stores
from sendlib.__main__ import main
from sendlib.errors import ContractBroken, NoData, SourceUnavailable
from sendlib.questions import comparators, latest, my_area, needs
from sendlib.refresh import core, ehc_plans, pupils
from sendlib.refresh.work import Stopped, Work
from sendlib.store import Store
from tests.conftest import ROOT
from tests.fakes import ees_samples as samples
from tests.refresh import publisher
from tests.sources.test_http import quick, settings_for

ENGLAND = "E92000001"
pytestmark = pytest.mark.skipif(not samples.has_originals(), reason="the publishers' original files are not beside the project")


def settings_of(server, tmp_path, **more):
    return settings_for(tmp_path, server.base, SENDLIB_EES_API=server.api, SENDLIB_EES_CONTENT=server.content, SENDLIB_EES_SITE=server.site, **more)


def refresh(server, tmp_path, modules=None, **options):
    settings = settings_of(server, tmp_path)
    return core.run(settings=settings, modules=modules or [ehc_plans, pupils], http=quick(settings), **options)


def held(tmp_path):
    return Store(live=tmp_path / "live")


@pytest.fixture(scope="module")
def files_2025():
    return samples.ehc_plans_2025()


@pytest.fixture(scope="module")
def files_2026(files_2025):
    return publisher.next_release(files_2025)


@pytest.fixture
def newer(store, files_2026):
    with publisher.stand_in(store, files_2026) as server:
        yield server


@pytest.fixture(scope="module")
def refreshed(files_2026, tmp_path_factory):
    """One whole refresh that several tests look at: the publisher, the folder and the closing rows."""
    folder = tmp_path_factory.mktemp("refreshed")
    with publisher.stand_in(Store(), files_2026) as server:
        seen = []
        rows = refresh(server, folder, report=lambda part, text: seen.append((part, text)))
        yield server, folder, rows, seen


def outcomes(rows):
    return {row.table: row.outcome for row in rows}


def test_a_new_release_comes_in_and_every_page_follows_it(refreshed, store, areas):
    _, folder, rows, _ = refreshed
    assert outcomes(rows) == dict.fromkeys(["plans", "needs", "placements", "process", "designated_officers", "school_sen"], "new")
    now = held(folder)
    assert latest.january(now) == "2026-01" and latest.school_year(now) == "2025/26" and latest.needs_period(now, "all") == "2026-01"
    answer = my_area.ask(now, areas.get("879"))
    assert "from 2,336 to 3,081" in answer.headline.analyst and "school year 2025/26" in answer.tables["hundred"].caption
    assert "January 2026" in needs.ask(now, areas.get("879")).tables["mix"].caption
    assert now.info("plans").sources[0].release == "Reporting year 2026" and now.info("plans").sources[0].published == "2026-06-25"
    assert latest.january(store) == "2025-01"  # the shipped figures are as they were


def test_every_question_of_every_kind_of_area_works_with_live_figures(refreshed, areas):
    assert_every_question_has_an_answer(held(refreshed[1]), areas)


def assert_every_question_has_an_answer(now, areas):
    for name in questions.names():
        for code in ("879", "201", "420", "942", "839"):
            answer = questions.named(name).ask(now, areas.get(code))
            assert "nan" not in f"{answer.headline} {answer.title} {answer.figures}".replace("status", "")


def test_what_the_new_release_does_not_have_is_kept_from_what_is_held(refreshed, store):
    old, new = (s.table("plans").astype(str) for s in (store, held(refreshed[1])))
    for period, characteristic in (("2010-01", "total"), ("2016-01", "age_band"), ("2022-01", "age_band")):
        pick = [frame[frame["period"].eq(period) & frame["characteristic"].eq(characteristic)].drop(columns="status") for frame in (old, new)]
        assert len(pick[0]) > 100 and pick[0].reset_index(drop=True).equals(pick[1].reset_index(drop=True))
    appeals = held(refreshed[1]).table("process").astype(str)
    assert appeals["measure"].eq("appeal_rate").sum() == store.table("process").astype(str)["measure"].eq("appeal_rate").sum()


def test_a_second_refresh_with_nothing_newer_makes_one_small_request_a_source(refreshed):
    server, folder, _, _ = refreshed
    before = len(server.log)
    rows = refresh(server, folder)
    assert set(outcomes(rows).values()) == {"same"}
    assert len(server.log) - before == 2 and sum(seen.bytes_sent for seen in server.log[before:]) < 60_000


def test_progress_grows_to_the_whole(refreshed):
    seen = refreshed[3]
    parts = [part for part, _ in seen]
    assert parts[-1] == 1.0 and parts[0] == 0.0 and max(parts) == 1.0
    assert any("caseload.csv" in text for _, text in seen)


def test_the_same_release_gives_the_shipped_figures_again(files_2025, store, tmp_path):
    with publisher.stand_in(store, files_2025, years=0) as server:
        made = {table.name: table.frame for module in (ehc_plans, pupils) for table in fetched_by(module, server, tmp_path)}
    for name in ("plans", "needs", "placements", "process", "designated_officers", "school_sen"):
        shipped, fetched = store.table(name), made[name]
        keys = [column for column in shipped if column not in ("value", "status")]
        if name == "school_sen":  # the API has no rows of authorities that were gone, where the shipped table says "not available"
            shipped, fetched = (frame[frame["value"].notna()] for frame in (shipped, fetched))
        one, two = (frame.astype(dict.fromkeys([*keys, "status"], str)).sort_values(keys, ignore_index=True) for frame in (shipped, fetched))
        assert one.equals(two[one.columns]), name


def fetched_by(module, server, tmp_path):
    settings = settings_of(server, tmp_path)
    store = Store()
    work = Work(quick(settings), store, comparators.known_areas(store), tmp_path, lambda part, text: None, "2026-01-01")
    return module.fetch(work, module.look(work))


def test_the_release_that_is_shipped_is_called_the_same_and_nothing_is_fetched(files_2025, store, tmp_path):
    with publisher.stand_in(store, files_2025, years=0) as server:
        for options in ({"dry_run": True}, {}, {}):
            rows = refresh(server, tmp_path, **options)
            assert {(row.outcome, row.note) for row in rows} == {("same", "nothing newer")}
        assert not [seen for seen in server.log if {"download", "query"} & set(seen.kinds)]
        # A correction within the same release has files of other ids; here with the same content.
        for place, file in enumerate(server.files):
            file.id = f"28ad9a85-b327-5784-8718-{place:012d}"
        server.data_set(samples.SEN_PROVISION).id = "019df85e-ab00-7458-a4ff-000000000001"
        rows = refresh(server, tmp_path)
    assert set(outcomes(rows).values()) == {"same"} and all(row.note.startswith("nothing changed") for row in rows), rows
    assert not any(info.live for info in held(tmp_path).tables.values())


def test_a_publisher_that_goes_back_to_an_older_release_changes_nothing(refreshed, files_2025, store):
    _, folder, _, _ = refreshed
    before = {name: info.file for name, info in held(folder).tables.items()}
    with publisher.stand_in(store, files_2025, years=0) as server:
        server.data_set(samples.SEN_PROVISION).id = "019df85e-ab00-7458-a4ff-000000000009"
        rows = refresh(server, folder)
    assert set(outcomes(rows).values()) == {"same"}
    assert rows[0].note == "The publisher offers an older release (Reporting year 2025) than the one held (Reporting year 2026)."
    assert "older release (academic year 2024/25 (January 2025), version 1.0) than the one held (academic year 2025/26 (January 2026)" in rows[-1].note
    now = held(folder)
    assert {name: info.file for name, info in now.tables.items()} == before and now.info("plans").sources[0].release == "Reporting year 2026"


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


def test_a_fault_of_the_disk_within_a_refresh_is_not_called_a_folder_that_can_not_be_written(newer, tmp_path, monkeypatch):
    monkeypatch.setattr(core, "_run", lambda *arguments: (_ for _ in ()).throw(OSError(errno.EIO, "Input/output error")))
    with pytest.raises(OSError, match="Input/output error"):
        refresh(newer, tmp_path)


def test_a_refresh_that_is_stopped_ends_between_two_steps_and_the_figures_stay(newer, tmp_path):
    def stop(part, text):
        if "caseload.csv" in text:
            raise Stopped("stopped")

    rows = refresh(newer, tmp_path, report=stop)
    assert set(outcomes(rows).values()) == {"failed"} and all("Stopped before it was done" in row.note for row in rows) and len(rows) == 6
    assert not any(info.live for info in held(tmp_path).tables.values())
    assert not stores.leftovers(tmp_path / "live")
    assert set(outcomes(refresh(newer, tmp_path, [pupils])).values()) == {"new"}


def test_a_stop_after_the_last_source_does_not_lose_the_closing_table(newer, tmp_path):
    def stop_at_the_end(part, text):
        if part == 1.0:
            raise Stopped("stopped")

    assert outcomes(refresh(newer, tmp_path, [pupils], report=stop_at_the_end)) == {"school_sen": "new"}


def test_an_authority_whose_code_is_not_known_is_refused_and_not_left_out(newer):
    rows = pd.DataFrame(
        {"level": ["NAT", "LA", "LA"], "code": ["E92000001", "E1", "E2"], "old_code": ["", "301", ""], "place": ["England", "One", "Two"],
         "time": "2025/26", "sen_provision": "Education, health and care plan", "pupil_percent": "5.0"}
    )  # fmt: skip
    with pytest.raises(ContractBroken, match="Two. is not a 3-digit authority code"):
        pupils.read(rows)
    assert len(pupils.read(rows.assign(old_code=["", "301", "301 / 302"]))) == 2


def test_a_release_that_tells_less_of_an_earlier_year_leaves_the_detail_that_is_held(store):
    held = store.table("plans")
    years = held[held["characteristic"].astype(str).eq("years_in_place") & held["period"].astype(str).eq("2025-01") & held["category"].astype(str).eq("1")]
    coarse = years.astype({"category": str, "period": str}).assign(category="1 or less")
    found = pd.concat([coarse, coarse.assign(period="2026-01")], ignore_index=True)
    assert set(ehc_plans._as_fine(found, held)["period"]) == {"2026-01"}


def test_bytes_are_told_of_within_a_file(refreshed):
    told = [text for _, text in refreshed[3] if "sen_needs_all_plans.csv" in text]
    assert len(told) > 20 and len(set(told)) > 20


def test_a_source_that_fails_as_a_whole_says_why_once():
    rows = [core.Row(name, "b", "b", 1, "failed", "why", "ehc_plans") for name in ehc_plans.TABLES] + [core.Row("school_sen", "b", "b", 1, "failed", "why not", "pupils")]
    plain, lines = core.told_once(rows)
    assert [row.note for row in plain] == ["see below"] * len(ehc_plans.TABLES) + ["why not"] and lines == ["Education, health and care plans: why"]


def test_the_tables_that_no_refresh_brings_are_named_by_the_reason_with_what_to_do(store):
    said = core.not_brought(store)
    told = {reason: said.partition(f"{reason}: ")[2].partition(".")[0] for reason in (*core.NOT_BROUGHT, core.BY_HAND)}
    for reason, names in core.NOT_BROUGHT.items():
        assert sorted(told[reason].split("; ")) == sorted(store.info(name).title for name in names)
    assert "How children and young people with SEND get on" in told[core.BY_HAND] and "snapshot --from FOLDER" in said
    assert not [name for module in core.chosen(["ees"]) for name in module.TABLES if store.info(name).title in said]


def test_the_designated_officers_come_out_of_the_zip_of_the_release(refreshed, store):
    old, new = (s.table("designated_officers").astype(str) for s in (store, held(refreshed[1])))
    assert set(new["period"]) - set(old["period"]) == {"2026-01"} and len(new) > len(old)
    info = held(refreshed[1]).info("designated_officers")
    assert info.sources[0].release == "Reporting year 2026" and info.sources[0].sha256 != held(refreshed[1]).info("plans").sources[0].sha256


def _without_officers(server):
    server.other_members[publisher.RELEASE_2026.version_id] = {"supporting-files/other.csv": b"a"}


def _with_torn_officers(server):
    server.other_members[publisher.RELEASE_2026.version_id] = {publisher.OFFICERS: b"a,b\n1,2\n"}


def _with_a_page_for_a_zip(server):
    server.faults.add("html", "release zip")


def _without_the_zip(server):
    server.faults.add("502", "release zip")


@pytest.mark.parametrize(
    ("spoil", "outcome", "said"),
    [
        (_without_officers, "same", "no supporting file of them"), (_with_torn_officers, "failed", "sen2_dmo_dco.csv"),
        (_with_a_page_for_a_zip, "failed", "web page"), (_without_the_zip, "failed", "not available now"),
    ],
)  # fmt: skip
def test_designated_officers_that_can_not_be_had_do_not_hold_back_the_others(newer, tmp_path, spoil, outcome, said):
    spoil(newer)
    rows = {row.table: row for row in refresh(newer, tmp_path, [ehc_plans])}
    officers = rows.pop("designated_officers")
    assert officers.outcome == outcome and said in officers.note and {row.outcome for row in rows.values()} == {"new"}
    newer.log.clear()
    refresh(newer, tmp_path, [ehc_plans])
    assert not [seen for seen in newer.log if "download" in seen.kinds]  # only what failed is tried again
    assert any("release zip" in seen.kinds for seen in newer.log) == (outcome == "failed")


def test_notes_on_a_new_release_take_the_place_of_those_on_the_same_periods_and_name_areas(refreshed, store):
    notes = held(refreshed[1]).info("process").notes
    assert len(notes) == len(set(notes)) and not [note for note in notes if re.search(r"area \d{3}|E\d{8}", note)]
    by_hand = ehc_plans._of_other_periods(["a.csv, 2024: old", "a.csv, 2021: kept", "b.csv, 2024: kept"], "a.csv", ["2023", "2024"])
    assert by_hand == ["a.csv, 2021: kept", "b.csv, 2024: kept"]
    again = held(refreshed[1])
    assert len(notes) <= 2 * len(store.info("process").notes) and again.info("process").notes == notes


def spoilt(name, how):
    return lambda filename, content: how(content) if filename == name else content


@pytest.mark.parametrize(
    ("name", "how", "said", "kept_back"),
    [
        ("caseload.csv", lambda c: c[: len(c) // 2], "cut short|rows|lines", {"plans", "placements"}),
        ("caseload.csv", lambda c: c.replace(b"ehcplans", b"plans", 1), "agreed columns ehcplans", {"plans", "placements"}),
        ("caseload.csv", lambda c: c.replace(b"Years EHC plan in place", b"Years of the plan"), "was not agreed", {"plans", "placements"}),
        ("sen_needs_all_plans.csv", lambda c: c.replace(b"number_asd", b"number_autism", 1), "agreed columns", {"needs"}),
        ("sen_needs_all_plans.csv", lambda c: c.replace(b"Academic year", b"Lunar year"), "time_identifier|not an? ", {"needs"}),
        ("requests.csv", lambda c: c[: len(c) // 2], "cut short|rows|lines", {"process"}),
    ],
)
def test_a_file_that_is_not_as_agreed_keeps_only_its_own_tables_back(files_2025, store, areas, tmp_path, name, how, said, kept_back):
    files = publisher.next_release(files_2025, spoilt(name, how))
    with publisher.stand_in(store, files) as server:
        rows = refresh(server, tmp_path, [ehc_plans])
    now = held(tmp_path)
    assert {row.table for row in rows if row.outcome == "failed"} == kept_back == {row.table for row in rows if not now.info(row.table).live}
    assert all(re.search(said, row.note) for row in rows if row.table in kept_back)
    assert latest.january(now) == ("2025-01" if "plans" in kept_back else "2026-01")
    assert_every_question_has_an_answer(now, areas)  # figures of two releases stand side by side


def test_a_table_that_shrinks_by_a_fifth_is_kept_out_and_the_others_come_in(files_2025, store, tmp_path, monkeypatch):
    fetch = ehc_plans.fetch

    def smaller(work, look):
        return [replace(table, frame=table.frame.head(len(table.frame) // 2)) if table.name == "needs" else table for table in fetch(work, look)]

    monkeypatch.setattr(ehc_plans, "fetch", smaller)
    with publisher.stand_in(store, publisher.next_release(files_2025)) as server:
        rows = refresh(server, tmp_path, [ehc_plans])
        assert outcomes(rows) == {"plans": "new", "needs": "kept", "placements": "new", "process": "new", "designated_officers": "new"}
        assert "Nothing of this file was used" in next(row.note for row in rows if row.table == "needs")
        monkeypatch.setattr(ehc_plans, "fetch", fetch)
        # What was kept out is tried again, and the files of the other tables are not fetched again.
        before = len(server.log)
        rows = refresh(server, tmp_path, [ehc_plans])
        assert outcomes(rows) == {"plans": "same", "needs": "new", "placements": "same", "process": "same", "designated_officers": "same"}
        assert sum("download" in seen.kinds for seen in server.log[before:]) == 2
        assert set(outcomes(refresh(server, tmp_path, [ehc_plans])).values()) == {"same"}


def test_a_great_revision_of_england_is_kept_out_and_a_small_one_told_of(store, files_2026, tmp_path, monkeypatch):
    fetch = pupils.fetch

    def revised(by):
        def changed(work, look):
            table = fetch(work, look)[0]
            frame = table.frame.copy()
            hit = frame["area_code"].astype(str).eq(ENGLAND) & frame["period"].astype(str).eq("2020/21") & frame["phase"].astype(str).eq("all")
            frame.loc[hit, "value"] += by
            return [replace(table, frame=frame)]

        return changed

    monkeypatch.setattr(pupils, "fetch", revised(20))
    with publisher.stand_in(store, files_2026) as server:
        row = refresh(server, tmp_path, [pupils])[0]
        assert row.outcome == "kept" and "England's figure for 2020/21" in row.note
        monkeypatch.setattr(pupils, "fetch", revised(0.1))
        row = refresh(server, tmp_path, [pupils])[0]
        assert row.outcome == "new" and "2 figures of England were revised, by up to 0.1." in row.note


@pytest.mark.parametrize("fault", ["503", "502", "reset", "html", "403 html", "cut short", "redirect"])
@pytest.mark.parametrize("kind", ["catalogue", "download", "data-sets", "query", "meta"])
def test_a_fault_of_a_source_leaves_its_tables_as_they_were(newer, tmp_path, fault, kind):
    newer.faults.add(fault, kind, **({"retry_after": 0} if fault == "503" else {}))
    rows = refresh(newer, tmp_path, [ehc_plans] if kind in ("catalogue", "download") else [pupils])
    assert set(outcomes(rows).values()) == {"failed"} and len(rows[0].note) > 40
    store = held(tmp_path)
    assert not store.problems and not store.damaged() and not any(info.live for info in store.tables.values())


def test_a_fault_of_one_source_lets_the_other_through(newer, tmp_path):
    newer.faults.add("502", "catalogue")
    found = outcomes(refresh(newer, tmp_path))
    assert {found[name] for name in ehc_plans.TABLES} == {"failed"} and found["school_sen"] == "new"


def test_a_file_that_is_missing_in_the_release_is_named_and_only_its_table_waits(files_2026, store, tmp_path):
    with publisher.stand_in(store, [file for file in files_2026 if file.filename != "requests.csv"]) as server:
        rows = {row.table: row for row in refresh(server, tmp_path, [ehc_plans])}
    assert "0 files of the latest release are called requests" in rows.pop("process").note
    assert {row.outcome for row in rows.values()} == {"new"}


def test_a_release_without_the_caseload_is_refused_as_a_whole(files_2026, store, tmp_path):
    with publisher.stand_in(store, [file for file in files_2026 if file.filename != "caseload.csv"]) as server:
        rows = refresh(server, tmp_path, [ehc_plans])
    assert {row.outcome for row in rows} == {"failed"} and "0 files of the latest release are called caseload" in rows[0].note


def test_a_file_with_a_new_label_keeps_its_own_table_back_until_it_is_put_right(files_2025, files_2026, store, tmp_path):
    strange = publisher.next_release(files_2025, lambda name, content: content.replace(b"Type of placement", b"Kind of place") if name == "sen_need_newplans.csv" else content)
    with publisher.stand_in(store, strange) as server:
        rows = {row.table: row for row in refresh(server, tmp_path, [ehc_plans])}
        assert "breakdown_topic 'Kind of place' was not agreed" in rows["needs"].note and rows["needs"].outcome == "failed"
        assert {name for name, row in rows.items() if row.outcome == "new"} == {"plans", "placements", "process", "designated_officers"}
        now = held(tmp_path)
        assert now.info("plans").live and not now.info("needs").live
        server.log.clear()
        again = refresh(server, tmp_path, [ehc_plans])
        assert {row.table: row.outcome for row in again} == {"plans": "same", "needs": "failed", "placements": "same", "process": "same", "designated_officers": "same"}
        assert sum("download" in seen.kinds for seen in server.log) == 2  # the two files of needs, and no other
    with publisher.stand_in(store, files_2026) as server:
        assert outcomes(refresh(server, tmp_path, [ehc_plans]))["needs"] == "new"


def test_the_header_of_2026_is_read_beside_that_of_2025(files_2025, store, tmp_path):
    """The renamed, split and lower-cased columns of the real 2026 header, with Down syndrome told apart and 'no data' cells."""
    def as_in_2026(name, content):
        text = content.decode()
        if name == "caseload.csv":
            return _with_split_academies(text).encode()
        if name == "sen_needs_all_plans.csv":
            return _with_split_placements(_with_down_syndrome(text)).encode()
        return content.replace(b"AP_PRU_total", b"ap_pru_total")

    files = publisher.next_release(files_2025, as_in_2026)
    for file in files:
        if file.filename == "sen_needs_all_plans.csv":
            file.filename = "sen_needs_caseload.csv"
    with publisher.stand_in(store, files) as server:
        rows = refresh(server, tmp_path, [ehc_plans])
    assert set(outcomes(rows).values()) == {"new"}, rows
    now = held(tmp_path)
    needs_rows = now.rows("needs", ENGLAND).astype(str)
    newest = needs_rows[needs_rows["period"].eq("2026-01") & needs_rows["characteristic"].eq("total")].set_index("need")["value"].astype(float)
    before = store.rows("needs", ENGLAND).astype(str)
    other = before[before["period"].eq("2025-01") & before["characteristic"].eq("total")].set_index("need")["value"].astype(float)
    assert newest["ds"] > 0 and newest["oth"] == other["oth"]  # ten of each hundred were moved out and are counted in again
    placed = now.rows("placements", ENGLAND).astype(str).set_index(["period", "placement"])["value"].astype(float)
    assert placed["2026-01", "special_academy_free"] == placed["2025-01", "special_academy_free"]
    at_special = [rows[rows["category"].eq("special_academy_free")] for rows in (needs_rows[needs_rows["period"].eq("2026-01")], before[before["scope"].eq("all")])]
    assert len(at_special[0]) == len(at_special[1]) > 10
    assert dict(zip(at_special[0]["need"], at_special[0]["value"], strict=True)) == dict(zip(at_special[1]["need"], at_special[1]["value"], strict=True))


def _table(text):
    import csv
    import io

    rows = list(csv.reader(io.StringIO(text)))
    return [name.lower() for name in rows[0]], rows[1:]


def _text(header, rows):
    import csv
    import io

    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    return out.getvalue()


def _with_split_academies(text):
    header, rows = _table(text)
    place = header.index("special_academy_free")
    split = [[*row[:place], row[place], "0" if row[place].isdigit() else "no data", *row[place + 1 :]] for row in rows]
    return _text([*header[:place], "special_academy", "special_free_school", *header[place + 1 :]], split)


def _with_split_placements(text):
    """A third of the children at special academies and free schools are at free schools."""
    header, rows = _table(text)
    label, numbers = header.index("breakdown"), [place for place, name in enumerate(header) if name == "ehc_plans" or name.startswith("number_")]
    found = []
    for row in rows:
        if row[label].casefold() != "special - academy/free schools":
            found.append(row)
            continue
        academy, free = list(row), list(row)
        academy[label], free[label] = "Special - Academy", "Special - Free school"
        for place in numbers:
            if row[place].isdigit():
                free[place] = str(int(row[place]) // 3)
                academy[place] = str(int(row[place]) - int(free[place]))
        found += [academy, free]
    return _text(header, found)


def _with_down_syndrome(text):
    header, rows = _table(text)
    place = header.index("number_oth")
    found = []
    for row in rows:
        part = int(row[place]) // 10 if row[place].isdigit() else None
        found.append([*row[:place], str(int(row[place]) - part) if part is not None else row[place], *row[place + 1 :], "x" if part is None else str(part)])
    return _text([*header, "number_ds"], found)


# Standing when things fail


PATIENCE = 300
"""Seconds: far more than a child or an event needs, on a machine that is busy with other things too."""


def wait_until(happened, running):
    """Wait for something that a child process does; fail in words when it ended before, or never did."""
    end = time.monotonic() + PATIENCE
    while not happened():
        assert running.poll() is None, f"the process ended by itself with status {running.returncode}"
        assert time.monotonic() < end, f"nothing happened in {PATIENCE} seconds"
        time.sleep(0.05)


def environment_of(server, tmp_path):
    return {**os.environ, "SENDLIB_EES_API": server.api, "SENDLIB_EES_CONTENT": server.content, "SENDLIB_EES_SITE": server.site, "SENDLIB_CACHE": str(tmp_path / "live")}


def test_a_download_that_drips_does_not_hold_a_refresh_that_is_stopped(newer, tmp_path):
    newer.faults.add("drip", "download", seconds=1)
    begun, ended = threading.Event(), threading.Event()

    def stop(part, text):
        if any("download" in seen.kinds for seen in newer.log):
            begun.set()
            raise Stopped("stopped")

    def run():
        refresh(newer, tmp_path, [ehc_plans], report=stop)
        ended.set()

    threading.Thread(target=run, daemon=True).start()
    assert begun.wait(PATIENCE) and ended.wait(PATIENCE)  # a file would take days
    assert not any(info.live for info in held(tmp_path).tables.values())


def test_ctrl_c_ends_the_command_line_while_downloads_drip(newer, tmp_path):
    newer.faults.add("drip", "download", seconds=1)
    # Whatever began the tests in the background may have had Ctrl-C ignored, which a child inherits.
    running = subprocess.Popen(
        [sys.executable, "-m", "sendlib", "refresh", "ehc_plans"], cwd=ROOT, env=environment_of(newer, tmp_path), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    try:
        wait_until(lambda: any("download" in seen.kinds for seen in newer.log), running)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=PATIENCE)
    finally:
        running.kill()
    assert running.returncode == 130 and "stopped; what had come in stays" in said and "Traceback" not in said
    assert not any(info.live for info in held(tmp_path).tables.values()) and not stores.leftovers(tmp_path / "live")


def test_a_failed_download_ends_the_others_that_drip(newer, tmp_path):
    newer.faults.add("403 html", "download", first=1)
    newer.faults.add("drip", "download", seconds=1)
    rows = refresh(newer, tmp_path, [ehc_plans])
    assert set(outcomes(rows).values()) == {"failed"} and "refused (HTTP 403)" in rows[0].note


def test_two_refreshes_at_once_and_one_says_so(newer, tmp_path):
    (tmp_path / "live").mkdir()
    with FileLock(tmp_path / "live" / ".refresh.lock"), pytest.raises(core.AlreadyRunning, match="has done nothing"):
        refresh(newer, tmp_path)


def test_a_full_disk_is_told_of_and_the_old_figures_stay(newer, tmp_path, monkeypatch):
    refresh(newer, tmp_path, [pupils])
    newest = held(tmp_path).info("school_sen").sha256

    def full(path, content):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(stores, "_replace", full)
    newer.data_set(samples.SEN_PROVISION).id = "019df85e-ab00-7458-a4ff-000000000002"
    rows = refresh(newer, tmp_path, [pupils])
    assert set(outcomes(rows).values()) == {"failed"} and "No space left on device" in rows[0].note
    assert held(tmp_path).info("school_sen").sha256 == newest and not held(tmp_path).problems


def test_a_folder_that_can_not_be_made_is_told_of(newer, tmp_path):
    (tmp_path / "live").write_text("a file stands where the folder should be", "utf-8")
    with pytest.raises(SourceUnavailable, match="can not be written"):
        refresh(newer, tmp_path)


def test_a_damaged_live_file_is_passed_over_for_the_release_before(newer, store, files_2025, tmp_path):
    with publisher.stand_in(store, files_2025, factor=1.02) as server:
        server.data_set(samples.SEN_PROVISION).id = "019df85e-ab00-7458-a4ff-000000000001"
        assert outcomes(refresh(server, tmp_path, [pupils])) == {"school_sen": "new"}
    older = held(tmp_path).info("school_sen").sha256
    refresh(newer, tmp_path, [pupils])
    (tmp_path / "live" / held(tmp_path).info("school_sen").file).write_bytes(b"torn")
    now = held(tmp_path)
    assert now.info("school_sen").sha256 == older and "An earlier release is used" in now.problems[0]
    for file in (tmp_path / "live").glob("school_sen-*"):
        file.write_bytes(b"torn")
    now = held(tmp_path)
    assert not now.info("school_sen").live and len(now.problems) == 2 and latest.school_year(now) == "2024/25"
    (tmp_path / "live" / "manifest.json").write_text("{ torn", "utf-8")
    assert "The shipped figures are used" in held(tmp_path).problems[0]


@pytest.mark.parametrize("day", ["1970-01-01", "2099-01-01"])
def test_a_wrong_clock_does_no_harm_where_discovery_does_not_ask_it(newer, tmp_path, monkeypatch, day):
    """Those that do ask it are in test_waits.py and test_schools.py."""
    monkeypatch.setattr(core, "today", lambda: day)
    assert set(outcomes(refresh(newer, tmp_path, [pupils])).values()) == {"new"}
    assert set(outcomes(refresh(newer, tmp_path, [pupils])).values()) == {"same"}
    assert latest.school_year(held(tmp_path)) == "2025/26"


def test_offline_is_said(newer, tmp_path):
    with pytest.raises(SourceUnavailable, match="switched off"):
        core.run(settings=settings_of(newer, tmp_path, SENDLIB_OFFLINE="1"))


SLOW_TO_WRITE = """
import sys, time
from pathlib import Path
from sendlib import store
from sendlib.__main__ import main
replace = store._replace
def slowly(path, content):
    if path.name == "manifest.json":
        Path(sys.argv[2]).write_text("writing", "utf-8")
        time.sleep(3600)
    replace(path, content)
if sys.argv[3] == "write":
    store._replace = slowly
sys.exit(main(["refresh", sys.argv[1]]))
"""


@pytest.mark.parametrize("moment", ["download", "query", "write"])
def test_killed_in_the_middle_the_next_start_has_the_old_figures_and_no_half_file(newer, tmp_path, moment):
    source, table = ("ehc_plans", "plans") if moment == "download" else ("pupils", "school_sen")
    if moment != "write":
        newer.faults.add("slow", moment, seconds=2 * PATIENCE)  # the stand-in stops waiting when it ends
    told = tmp_path / "writing"
    running = subprocess.Popen(
        [sys.executable, "-c", SLOW_TO_WRITE, source, str(told), moment], cwd=ROOT, env=environment_of(newer, tmp_path), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_until(lambda: told.exists() if moment == "write" else any(moment in seen.kinds for seen in newer.log), running)
        assert running.poll() is None  # it is in the middle
    finally:
        running.send_signal(signal.SIGKILL)
        running.wait()
    newer.faults.clear()
    assert stores.leftovers(tmp_path / "live")
    now = held(tmp_path)
    assert not now.problems and not now.damaged() and not now.info(table).live
    assert not stores.leftovers(tmp_path / "live")  # the next start sweeps, and not only the next refresh
    assert set(outcomes(refresh(newer, tmp_path, [ehc_plans if source == "ehc_plans" else pupils])).values()) == {"new"}
    assert not stores.leftovers(tmp_path / "live")


def test_readers_are_never_torn_while_refreshes_go_on(store, files_2026, tmp_path):
    """Two releases come in turn while readers open the store again and again."""
    stop, problems = threading.Event(), []

    def read():
        while not stop.is_set():
            found = held(tmp_path)
            try:
                found.table("school_sen")
                problems.extend(found.problems)
            except Exception as error:  # noqa: BLE001 - whatever a reader could meet is what is looked for
                problems.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for number in range(4):
            with publisher.stand_in(store, [], factor=1 + 0.02 * (number % 2)) as server:
                server.data_set(samples.SEN_PROVISION).id = f"019df85e-ab00-7458-a4ff-00000000000{number}"
                assert outcomes(refresh(server, tmp_path, [pupils])) == {"school_sen": "new"}
    finally:
        stop.set()
        reader.join()
    assert not problems


def test_the_command_line_prints_a_closing_table_and_fails_when_something_did(newer, tmp_path, monkeypatch, capsys):
    for name, value in {"SENDLIB_EES_API": newer.api, "SENDLIB_EES_CONTENT": newer.content, "SENDLIB_EES_SITE": newer.site, "SENDLIB_CACHE": str(tmp_path / "live")}.items():
        monkeypatch.setenv(name, value)
    assert main(["refresh", "ees", "--dry-run"]) == 0
    assert "newer" in capsys.readouterr().out
    assert main(["refresh", "ees"]) == 0
    printed = capsys.readouterr()
    assert printed.out.splitlines()[0].split()[:3] == ["table", "release", "before"]
    assert "Reporting year 2026" in printed.out and "caseload.csv" in printed.err
    assert main(["tables"]) == 0 and "Reporting year 2026" in capsys.readouterr().out
    newer.faults.add("reset", "any")
    assert main(["refresh", "ehc_plans"]) == 1 and "Try again later" in capsys.readouterr().out
    assert main(["refresh", "nobody"]) == 1 and "There are: ees" in capsys.readouterr().err


@pytest.fixture
def areas(store):
    return comparators.known_areas(store)


@pytest.mark.parametrize("content", ["[]", "null", '{"format": 1}', '{"format": 1, "releases": {"plans": [{}]}, "seen": {}}'])
def test_a_manifest_that_is_not_shaped_as_one_is_told_of_and_set_aside_by_the_next_refresh(newer, tmp_path, content):
    (tmp_path / "live").mkdir()
    (tmp_path / "live" / "manifest.json").write_text(content, "utf-8")
    assert "The shipped figures are used" in held(tmp_path).problems[0]
    assert outcomes(refresh(newer, tmp_path, [pupils])) == {"school_sen": "new"} and not held(tmp_path).problems


def test_a_refused_table_can_be_accepted_by_name(store, files_2026, tmp_path, monkeypatch):
    fetch = pupils.fetch

    def smaller(work, look):
        return [replace(table, frame=table.frame.head(len(table.frame) // 2)) for table in fetch(work, look)]

    monkeypatch.setattr(pupils, "fetch", smaller)
    with publisher.stand_in(store, files_2026) as server:
        row = refresh(server, tmp_path, [pupils])[0]
        assert row.outcome == "kept" and "'refresh pupils --accept school_sen'" in row.note
        assert refresh(server, tmp_path, [pupils], accept=["school_sen"])[0].outcome == "new"


@pytest.mark.parametrize("name", ["nosuch", "plans"])
def test_a_table_that_the_refresh_does_not_bring_can_not_be_accepted(newer, tmp_path, name):
    with pytest.raises(NoData, match=rf"does not bring a table '{name}' to accept. It brings: school_sen"):
        refresh(newer, tmp_path, [pupils], accept=["school_sen", name])
    assert not newer.log


def test_a_year_without_thirty_authorities_is_kept_out(store, files_2026, tmp_path, monkeypatch):
    fetch = pupils.fetch

    def fewer(work, look):
        table = fetch(work, look)[0]
        text = table.frame.astype({"period": str, "area_code": str})
        some = sorted(code for code in text["area_code"].unique() if code.isdigit())[-30:]
        return [replace(table, frame=table.frame[text["period"].ne("2025/26") | ~text["area_code"].isin(some)])]

    monkeypatch.setattr(pupils, "fetch", fewer)
    with publisher.stand_in(store, files_2026) as server:
        row = refresh(server, tmp_path, [pupils])[0]
    assert row.outcome == "kept" and "authorities that had figures before have none for 2025/26" in row.note


def test_a_new_year_with_hardly_any_authority_is_kept_out(store, files_2026, tmp_path, monkeypatch):
    fetch = pupils.fetch

    def few(work, look):
        table = fetch(work, look)[0]
        text = table.frame.astype({"period": str, "area_code": str})
        return [replace(table, frame=table.frame[text["period"].ne("2025/26") | text["area_code"].isin([ENGLAND, "879", "888"])])]

    monkeypatch.setattr(pupils, "fetch", few)
    with publisher.stand_in(store, files_2026) as server:
        row = refresh(server, tmp_path, [pupils])[0]
    assert row.outcome == "kept" and "authorities: 4 figures for 2025/26 where 2024/25 has 306" in row.note


def test_an_older_live_release_does_not_hide_a_newer_shipped_one(newer, tmp_path, monkeypatch):
    import json

    refresh(newer, tmp_path, [pupils])
    path = tmp_path / "live" / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    manifest["releases"]["school_sen"][0].update(over="the snapshot of an older app", last_period="2020/21")
    path.write_text(json.dumps(manifest), "utf-8")
    now = held(tmp_path)
    assert not now.info("school_sen").live and "older than the one that came with the app" in now.problems[0]
