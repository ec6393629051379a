"""DfE's release of EHC plans: each file keeps back only what is made of it, whatever is wrong with it."""

import csv
import io
import re
from dataclasses import replace

import pandas as pd
import pytest

from sendlib.areas import Areas
from sendlib.refresh import core, ehc_plans, ehc_release
from tests.fakes import ees_samples as samples
from tests.refresh import ees, publisher
from tests.refresh.ees import ENGLAND, held, refresh

pytestmark = ees.needs_originals


def only(*tables):
    """The source with some of its tables, since a whole refresh takes a quarter of a minute.

    The first tells how new the figures held are; of plans the newest totals are shipped, so it can not be that.
    """
    return [replace(ehc_plans.SOURCE, tables=tables)]


def test_a_release_that_tells_less_of_an_earlier_year_leaves_the_detail_that_is_held(store):
    held = store.table("plans")
    years = held[
        held["characteristic"].astype(str).eq("years_in_place")
        & held["period"].astype(str).eq("2025-01")
        & held["category"].astype(str).eq("1")
    ]
    coarse = years.astype({"category": str, "period": str}).assign(category="1 or less")
    found = pd.concat([coarse, coarse.assign(period="2026-01")], ignore_index=True)
    assert set(ehc_plans._as_fine(found, held)["period"]) == {"2026-01"}


def test_bytes_are_told_of_within_a_file(refreshed):
    told = [text for _, text in refreshed[3] if "sen_needs_caseload.csv" in text]
    assert len(told) > 20 and len(set(told)) > 20


def test_the_designated_officers_come_out_of_the_zip_of_the_release(refreshed, store):
    old, new = (s.table("designated_officers").astype(str) for s in (store, held(refreshed[1])))
    assert set(new["period"]) - set(old["period"]) == {"2026-01"} and len(new) > len(old)
    info = held(refreshed[1]).info("designated_officers")
    assert (
        info.sources[0].release == "Reporting year 2026"
        and info.sources[0].sha256 != held(refreshed[1]).info("plans").sources[0].sha256
    )


def _without_officers(server):
    server.other_members[samples.EHC_2026.version_id] = {"supporting-files/other.csv": b"a"}


def _with_torn_officers(server):
    server.other_members[samples.EHC_2026.version_id] = {publisher.OFFICERS: b"a,b\n1,2\n"}


def _with_a_page_for_a_zip(server):
    server.faults.add("html", "release zip")


def _without_the_zip(server):
    server.faults.add("502", "release zip")


@pytest.mark.parametrize(
    ("spoil", "outcome", "said"),
    [
        (_without_officers, "same", "no supporting file of them"),
        (_with_torn_officers, "failed", "sen2_dmo_dco.csv"),
        (_with_a_page_for_a_zip, "failed", "web page"),
        (_without_the_zip, "failed", "not available now"),
    ],
)
def test_designated_officers_that_can_not_be_had_do_not_hold_back_the_others(newer, tmp_path, spoil, outcome, said):
    spoil(newer)
    source = only("placements", "process", "designated_officers")
    rows = {row.table: row for row in refresh(newer, tmp_path, source)}
    officers = rows.pop("designated_officers")
    assert officers.outcome == outcome and said in officers.note and brought(rows) == {"new"}
    newer.log.clear()
    refresh(newer, tmp_path, source)
    downloads = sum("download" in seen.kinds for seen in newer.log)  # only what failed is tried again
    assert downloads == (8 if "Appeals as held before" in rows["process"].note else 0)
    assert any("release zip" in seen.kinds for seen in newer.log) == (outcome == "failed")


def test_notes_on_a_new_release_take_the_place_of_those_on_the_same_periods_and_name_areas(refreshed, store):
    notes = held(refreshed[1]).info("process").notes
    assert len(notes) == len(set(notes)) and not [note for note in notes if re.search(r"area \d{3}|E\d{8}", note)]
    by_hand = ehc_plans._of_other_periods(
        ["a.csv, 2024: old", "a.csv, 2021: kept", "b.csv, 2024: kept"], "a.csv", ["2023", "2024"]
    )
    assert by_hand == ["a.csv, 2021: kept", "b.csv, 2024: kept"]
    again = held(refreshed[1])
    assert len(notes) <= 2 * len(store.info("process").notes) and again.info("process").notes == notes


def spoilt(name, how):
    return lambda filename, content: how(content) if filename == name else content


def brought(rows):
    """The outcomes of all tables but the one whose newest figures are shipped."""
    return {row.outcome for name, row in rows.items() if name != "phase_transfers"}


@pytest.mark.parametrize(
    ("name", "how", "said", "fails", "partly"),
    [
        ("caseload.csv", lambda c: c[: len(c) // 2], "cut short|rows|lines", {"plans", "placements"}, ""),
        (
            "caseload.csv",
            lambda c: c.replace(b"mainstream_total", b"in_mainstream", 1),
            "mainstream_total|agreed",
            {"placements"},
            "",
        ),
        ("caseload.csv", lambda c: c.replace(b",Sex,", b",Gender,"), "was not agreed", {"plans", "placements"}, ""),
        (
            "sen_needs_caseload.csv",
            lambda c: c.replace(b"Academic year", b"Lunar year"),
            "time_identifier|not an? |columns of another",
            set(),
            "Needs of all plans",
        ),
        ("requests.csv", lambda c: c[: len(c) // 2], "cut short|rows|lines", set(), "Requests"),
        ("timeliness_20_week.csv", lambda c: c.replace(b"plans_issued_den,", b"issued,"), "agreed", set(), "20 weeks"),
    ],
)
def test_a_file_that_is_not_as_agreed_keeps_back_its_own_figures_and_no_others(
    store, tmp_path, name, how, said, fails, partly
):
    tables = ("placements", "plans", "designated_officers") if fails else ("needs", "process")
    with publisher.stand_in(store, publisher.next_release(spoilt(name, how))) as server:
        rows = {row.table: row for row in refresh(server, tmp_path, only(*tables))}
    assert {table for table, row in rows.items() if row.outcome == "failed"} == fails
    assert brought({table: row for table, row in rows.items() if table not in fails}) == {"new"}
    kept_back = [row.note for row in rows.values() if row.table in fails or (partly and partly in row.note)]
    assert kept_back and all(re.search(said, note) for note in kept_back)
    periods = set(held(tmp_path).table("process").query("measure == 'requests_received'")["period"].astype(str))
    assert ("2025" in periods) == (not fails and partly != "Requests")


def test_a_file_that_is_missing_in_the_release_is_named_and_only_its_table_waits(files_2026, store, tmp_path):
    with publisher.stand_in(store, [file for file in files_2026 if file.filename != "requests.csv"]) as server:
        rows = {row.table: row for row in refresh(server, tmp_path, only("placements", "process"))}
    assert "Requests as held before" in rows["process"].note and "called requests" in rows["process"].note
    assert brought(rows) == {"new"}


def test_a_release_without_the_caseload_brings_everything_that_is_not_made_of_it(files_2026, store, tmp_path):
    with publisher.stand_in(store, [file for file in files_2026 if file.filename != "caseload.csv"]) as server:
        rows = {row.table: row for row in refresh(server, tmp_path, only("process", "plans", "placements"))}
    assert {name for name, row in rows.items() if row.outcome == "failed"} == {"plans", "placements"}
    assert "called caseload or have its columns" in rows["plans"].note
    assert rows["process"].outcome == "new"


def test_files_of_other_names_are_known_by_their_columns_without_a_download(files_2026, store, tmp_path):
    for place, file in enumerate(files := publisher.next_release()):
        file.filename = f"data-{place}.csv"
    with publisher.stand_in(store, files) as server:
        rows = {row.table: row for row in refresh(server, tmp_path, [ehc_plans.SOURCE])}
        assert brought(rows) == {"new"} and not any("as held before" in row.note for row in rows.values())
        assert sum("download" in seen.kinds for seen in server.log) == len(ehc_release.FILES)


def test_a_release_that_changes_while_it_is_fetched_is_not_taken_in_pieces(files_2026, store, tmp_path):
    class Amending(publisher.StandIn):
        """Gives its files other ids once one was downloaded, as an amendment does."""

        def _answer_content(self, kind, id, request):
            if kind == "catalogue" and any("download" in seen.kinds for seen in self.log):
                for place, file in enumerate(self.files):
                    file.id = f"28ad9a85-b327-5784-8718-{place:012d}"
            return super()._answer_content(kind, id, request)

    with Amending([publisher.pupils(store)], publisher.next_release()) as server:
        server.other_members = {samples.EHC_2026.version_id: publisher.supporting(samples.EHC_2026.version_id)}
        rows = refresh(server, tmp_path, only("placements", "process"))
    assert {row.outcome for row in rows} == {"failed"}
    assert all("DfE changed the release while it was being fetched" in row.note for row in rows)
    assert not any(info.live for info in held(tmp_path).tables.values())


def test_a_file_with_a_new_label_keeps_its_own_figures_back_until_it_is_put_right(files_2026, store, tmp_path):
    strange = publisher.next_release(
        lambda name, content: content.replace(b",Sex,", b",Gender,") if name == "sen_need_newplans.csv" else content
    )
    with publisher.stand_in(store, strange) as server:
        rows = {row.table: row for row in refresh(server, tmp_path, only("needs", "placements"))}
        assert "Needs of new plans as held before" in rows["needs"].note and "'Gender' was not agreed" in (
            rows["needs"].note
        )
        assert brought(rows) == {"new"}
        server.log.clear()
        again = {row.table: row for row in refresh(server, tmp_path, only("needs", "placements"))}
        assert {row.outcome for row in again.values()} == {"same"}
        assert sum("download" in seen.kinds for seen in server.log) == 2  # the two files of needs, and no other
    with publisher.stand_in(store, files_2026) as server:
        row = next(row for row in refresh(server, tmp_path, only("needs", "placements")) if row.table == "needs")
    assert row.outcome == "new" and "as held before" not in row.note


def _newtown_in_place_of_plymouth(name, content):
    """A made-up authority of 2026: the newest rows of Plymouth under another code and name."""
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    code, name, period = (header.index(column) for column in ("old_la_code", "la_name", "time_period"))
    newest = max(row[period] for row in rows)
    for row in rows:
        if row[code] == "879" and row[period] == newest:
            row[code], row[name] = "999", "Newtown"
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue().encode()


def test_an_authority_that_is_not_known_is_named_and_left_out_and_comes_in_once_it_is(store, tmp_path, monkeypatch):
    tables = ("placements", "process")
    with publisher.stand_in(store, publisher.next_release(_newtown_in_place_of_plymouth)) as server:
        rows = {row.table: row for row in refresh(server, tmp_path, only(*tables))}
        assert brought(rows) == {"new"}
        for name in tables:
            assert "does not know: 999 Newtown. Its figures are left out." in rows[name].note
            assert "a newer version knows them: install it, and 'refresh ehc_plans' brings" in rows[name].note
            assert any("999 Newtown" in note for note in held(tmp_path).info(name).notes)
        now = held(tmp_path).table("placements").astype({"area_code": str, "period": str})
        newest = set(now.loc[now["period"].eq("2026-01"), "area_code"])
        assert "999" not in newest and {"201", "878", ENGLAND} <= newest and len(newest) > 150
        assert {row.outcome for row in refresh(server, tmp_path, only(*tables))} == {"same"}

        areas = store.table("areas")
        newtown = areas[areas["area_code"].eq("879")].assign(area_code="999", name="Newtown", other_names="")
        known = Areas(pd.concat([areas, newtown], ignore_index=True), store.table("area_changes"))
        monkeypatch.setattr(core, "_areas", lambda store: known)
        again = {row.table: row for row in refresh(server, tmp_path, only(*tables))}
    assert {row.outcome for row in again.values()} == {"new"}
    assert not any("does not know" in row.note for row in again.values())
    for name in tables:
        now = held(tmp_path)
        assert "999" in set(now.table(name)["area_code"])
        assert not any("Newtown" in note for note in now.info(name).notes)
