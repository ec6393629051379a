"""DfE's release of EHC plans: each file keeps back only what is made of it, whatever is wrong with it."""

import re

import pandas as pd
import pytest

from sendlib.compared import latest
from sendlib.refresh import ehc_plans
from tests.refresh import ees, publisher
from tests.refresh.ees import ENGLAND, assert_every_question_has_an_answer, held, outcomes, refresh

pytestmark = ees.needs_originals


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
    told = [text for _, text in refreshed[3] if "sen_needs_all_plans.csv" in text]
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
        (_without_officers, "same", "no supporting file of them"),
        (_with_torn_officers, "failed", "sen2_dmo_dco.csv"),
        (_with_a_page_for_a_zip, "failed", "web page"),
        (_without_the_zip, "failed", "not available now"),
    ],
)
def test_designated_officers_that_can_not_be_had_do_not_hold_back_the_others(newer, tmp_path, spoil, outcome, said):
    spoil(newer)
    rows = {row.table: row for row in refresh(newer, tmp_path, [ehc_plans.SOURCE])}
    officers = rows.pop("designated_officers")
    assert officers.outcome == outcome and said in officers.note and {row.outcome for row in rows.values()} == {"new"}
    newer.log.clear()
    refresh(newer, tmp_path, [ehc_plans.SOURCE])
    assert not [seen for seen in newer.log if "download" in seen.kinds]  # only what failed is tried again
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


@pytest.mark.parametrize(
    ("name", "how", "said", "kept_back"),
    [
        ("caseload.csv", lambda c: c[: len(c) // 2], "cut short|rows|lines", {"plans", "placements"}),
        (
            "caseload.csv",
            lambda c: c.replace(b"ehcplans", b"plans", 1),
            "agreed columns ehcplans",
            {"plans", "placements"},
        ),
        (
            "caseload.csv",
            lambda c: c.replace(b"Years EHC plan in place", b"Years of the plan"),
            "was not agreed",
            {"plans", "placements"},
        ),
        (
            "sen_needs_all_plans.csv",
            lambda c: c.replace(b"number_asd", b"number_autism", 1),
            "agreed columns",
            {"needs"},
        ),
        (
            "sen_needs_all_plans.csv",
            lambda c: c.replace(b"Academic year", b"Lunar year"),
            "time_identifier|not an? ",
            {"needs"},
        ),
        ("requests.csv", lambda c: c[: len(c) // 2], "cut short|rows|lines", {"process"}),
    ],
)
def test_a_file_that_is_not_as_agreed_keeps_only_its_own_tables_back(
    files_2025, store, areas, tmp_path, name, how, said, kept_back
):
    files = publisher.next_release(files_2025, spoilt(name, how))
    with publisher.stand_in(store, files) as server:
        rows = refresh(server, tmp_path, [ehc_plans.SOURCE])
    now = held(tmp_path)
    assert (
        {row.table for row in rows if row.outcome == "failed"}
        == kept_back
        == {row.table for row in rows if not now.info(row.table).live}
    )
    assert all(re.search(said, row.note) for row in rows if row.table in kept_back)
    assert latest.january(now) == ("2025-01" if "plans" in kept_back else "2026-01")
    assert_every_question_has_an_answer(now, areas)  # figures of two releases stand side by side


def test_a_file_that_is_missing_in_the_release_is_named_and_only_its_table_waits(files_2026, store, tmp_path):
    with publisher.stand_in(store, [file for file in files_2026 if file.filename != "requests.csv"]) as server:
        rows = {row.table: row for row in refresh(server, tmp_path, [ehc_plans.SOURCE])}
    assert "0 files of the latest release are called requests" in rows.pop("process").note
    assert {row.outcome for row in rows.values()} == {"new"}


def test_a_release_without_the_caseload_is_refused_as_a_whole(files_2026, store, tmp_path):
    with publisher.stand_in(store, [file for file in files_2026 if file.filename != "caseload.csv"]) as server:
        rows = refresh(server, tmp_path, [ehc_plans.SOURCE])
    assert {row.outcome for row in rows} == {"failed"} and "0 files of the latest release are called caseload" in rows[
        0
    ].note


def test_a_file_with_a_new_label_keeps_its_own_table_back_until_it_is_put_right(
    files_2025, files_2026, store, tmp_path
):
    strange = publisher.next_release(
        files_2025,
        lambda name, content: (
            content.replace(b"Type of placement", b"Kind of place") if name == "sen_need_newplans.csv" else content
        ),
    )
    with publisher.stand_in(store, strange) as server:
        rows = {row.table: row for row in refresh(server, tmp_path, [ehc_plans.SOURCE])}
        assert (
            "breakdown_topic 'Kind of place' was not agreed" in rows["needs"].note and rows["needs"].outcome == "failed"
        )
        assert {name for name, row in rows.items() if row.outcome == "new"} == {
            "plans",
            "placements",
            "process",
            "designated_officers",
        }
        now = held(tmp_path)
        assert now.info("plans").live and not now.info("needs").live
        server.log.clear()
        again = refresh(server, tmp_path, [ehc_plans.SOURCE])
        assert {row.table: row.outcome for row in again} == {
            "plans": "same",
            "needs": "failed",
            "placements": "same",
            "process": "same",
            "designated_officers": "same",
        }
        assert sum("download" in seen.kinds for seen in server.log) == 2  # the two files of needs, and no other
    with publisher.stand_in(store, files_2026) as server:
        assert outcomes(refresh(server, tmp_path, [ehc_plans.SOURCE]))["needs"] == "new"


def test_the_header_of_2026_is_read_beside_that_of_2025(files_2025, store, tmp_path):
    """The renamed, split and lower-cased columns of the real 2026 header.

    With Down syndrome told apart and 'no data' cells.
    """

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
        rows = refresh(server, tmp_path, [ehc_plans.SOURCE])
    assert set(outcomes(rows).values()) == {"new"}, rows
    now = held(tmp_path)
    needs_rows = now.rows("needs", ENGLAND).astype(str)
    newest = (
        needs_rows[needs_rows["period"].eq("2026-01") & needs_rows["characteristic"].eq("total")]
        .set_index("need")["value"]
        .astype(float)
    )
    before = store.rows("needs", ENGLAND).astype(str)
    other = (
        before[before["period"].eq("2025-01") & before["characteristic"].eq("total")]
        .set_index("need")["value"]
        .astype(float)
    )
    assert (
        newest["ds"] > 0 and newest["oth"] == other["oth"]
    )  # ten of each hundred were moved out and are counted in again
    placed = now.rows("placements", ENGLAND).astype(str).set_index(["period", "placement"])["value"].astype(float)
    assert placed["2026-01", "special_academy_free"] == placed["2025-01", "special_academy_free"]
    at_special = [
        rows[rows["category"].eq("special_academy_free")]
        for rows in (needs_rows[needs_rows["period"].eq("2026-01")], before[before["scope"].eq("all")])
    ]
    assert len(at_special[0]) == len(at_special[1]) > 10
    assert dict(zip(at_special[0]["need"], at_special[0]["value"], strict=True)) == dict(
        zip(at_special[1]["need"], at_special[1]["value"], strict=True)
    )


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
    label, numbers = (
        header.index("breakdown"),
        [place for place, name in enumerate(header) if name == "ehc_plans" or name.startswith("number_")],
    )
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
        found.append(
            [
                *row[:place],
                str(int(row[place]) - part) if part is not None else row[place],
                *row[place + 1 :],
                "x" if part is None else str(part),
            ]
        )
    return _text([*header, "number_ds"], found)
