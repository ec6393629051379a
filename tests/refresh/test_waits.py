"""Waits of the NHS are refreshed: months come in beside those held, or everything stays as it was."""

import io
import json

import openpyxl
import pytest

from sendlib.provenance import spoken_date
from sendlib.refresh import checks, core, waits_autism, waits_community, waits_mental_health
from sendlib.sources.http import Http
from sendlib.store import Store
from sendlib.tables import waits_mental_health as mental_health
from tests.fakes import nhs as fake
from tests.made_up import as_csv
from tests.refresh import small
from tests.sources.test_http import quick
from tests.tables import test_waits_autism as autism_rows
from tests.tables import test_waits_community as workbooks
from tests.tables import test_waits_mental_health as mental_health_rows

SOURCES = [waits_community.SOURCE, waits_mental_health.SOURCE, waits_autism.SOURCE]
NOVEMBER = "2026/01/Community-health-services-waiting-lists-2025-26-November.xlsx"
MHSDS, AUTISM = "mental-health-services-monthly-statistics", "autism-statistics"
ICBS = [
    ("England", "England"),
    *[("ICB of GP Practice or Residence", f"QZ{number}") for number in range(10, 46)],
    ("Provider", "RXX"),
]


def workbook(month="November 2025", **fault):
    book = openpyxl.load_workbook(io.BytesIO(workbooks.made_up(month=month, **fault)))
    book["Sheet total"].title = "Table 4"
    book["Sheet"].title = "Cover page"
    book["Cover page"].append(["Published:", "15/01/2026"])
    for row in book["Any name"].iter_rows(min_row=3):
        row[4].value = row[3].value
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def long_file(rows):
    """Rows with the columns of the publisher's files that the tables do not read."""
    return as_csv([{"STATUS": "Performance", "SECONDARY_LEVEL_DESCRIPTION": "NONE", **row} for row in rows])


def four_weeks(start, three_months, end):
    """A 4-week-wait file of made-up figures: 25 in every cell."""
    rows = [
        row
        for code, facts in mental_health.WAITS.items()
        for row in mental_health_rows.rows({code: facts}, start if facts.months == 1 else three_months, end, areas=ICBS)
    ]
    return long_file(rows)


def contacts(start="01/11/2024", end="31/10/2025"):
    return fake.zipped({"MHSDS Data_OctPerf_2025.csv": long_file(mental_health_rows.rows(start=start, end=end))})


def archive(years="Apr2025_Sep2025", start="2025-09-01", end="2025-09-30", value="40.0"):
    rows = autism_rows.rows(REPORTING_PERIOD_START=start, REPORTING_PERIOD_END=end, METRIC_VALUE=value)
    older = [
        {**row, "SECONDARY_LEVEL": "25 and over"}
        for row in rows
        if "Region" in row["BREAKDOWN"] and row["METRIC"] == "ASD19g"
    ]
    kinds = {
        "England": "Age Group",
        "Region": "Commissioning Region",
        "SubICB": "CCG or Sub ICB",
        "Provider": "Provider",
    }
    return fake.zipped(
        {
            f"AutismStats_{years}_{name}.csv": long_file(
                [row for row in [*rows, *older] if row["BREAKDOWN"].startswith(begins)]
            )
            for name, begins in kinds.items()
        }
    )


WORKBOOK, WAITS, CONTACTS, ARCHIVE = (
    workbook(),
    four_weeks("01/10/2025", "01/08/2025", "31/10/2025"),
    contacts(),
    archive(),
)
EARLIER = four_weeks("01/09/2025", "01/07/2025", "30/09/2025")


@pytest.fixture
def site(monkeypatch):
    monkeypatch.setattr(core, "today", lambda: "2026-01-20")
    monkeypatch.setattr(
        checks, "steps", lambda come, held, may_end=False: iter(())
    )  # the numbers of made-up months mean nothing
    pages = [
        fake.Page(
            MHSDS,
            "performance-october-2025",
            "Performance October 2025",
            "2025-12-11",
            {"MHSDS Data_4WW_OctPerf_2025.csv": WAITS, "MHSDS Data_OctPerf_2025.zip": CONTACTS},
        ),
        fake.Page(
            MHSDS,
            "performance-september-2025",
            "Performance September 2025",
            "2025-11-13",
            {"MHSDS Data_4WW_SepPerf_2025.csv": EARLIER},
        ),
        fake.Page(
            AUTISM,
            "october-2024-to-september-2025",
            "Autism Statistics",
            "2025-12-18",
            {"AutismStats_Apr2025_Sep2025.zip": ARCHIVE},
        ),
    ]
    with fake.StandIn(fake.Content(pages, {NOVEMBER: WORKBOOK})) as server:
        yield server


@pytest.fixture(scope="module")
def folder(store, tmp_path_factory):
    services = ["all", "community_paediatrics", "safeguarding"]
    return small.snapshot(
        store,
        tmp_path_factory.mktemp("small"),
        waits_community=lambda frame: frame[
            frame["period"].astype(str).ge("2025-07-31")
            & frame["service"].isin(services)
            & frame["level"].ne("provider")
        ],
        waits_mental_health=lambda frame: frame[frame["level"].ne("sub_icb") | frame["period"].eq("2023-08-31")],
        waits_autism=lambda frame: frame[frame["period"].astype(str).ge("2023-01-31")],
    )


@pytest.fixture
def held(monkeypatch, folder, tmp_path):
    """Opens the figures held: the small snapshot with what refreshes brought."""
    opened = small.used(monkeypatch, folder)
    return lambda: opened(live=tmp_path / "live")


def refresh(site, tmp_path, sources=SOURCES, **options):
    from dataclasses import replace

    settings = replace(site.settings, cache=tmp_path / "live")
    return core.run(settings=settings, sources=sources, http=quick(settings), **options)


def outcomes(rows):
    return {row.table: row.outcome for row in rows}


def text(store, name):
    frame = store.table(name)
    return frame.astype({column: str for column in frame if column not in ("value", "not_submitting")})


def test_new_months_come_in_and_every_month_held_stays(site, tmp_path, store):
    rows = refresh(site, tmp_path)
    assert set(outcomes(rows).values()) == {"new"}, [row.note for row in rows]
    now = Store(live=tmp_path / "live")
    for name, periods in (
        ("waits_community", {"2025-11-30"}),
        ("waits_mental_health", {"2025-10-31", "2025-09-30"}),
        ("waits_autism", {"2025-09-30"}),
    ):
        old, new = text(store, name), text(now, name)
        assert set(new["period"]) - set(old["period"]) == periods
        kept = new[~new["period"].isin(periods)]
        assert len(kept) == len(old) and kept["value"].sum() == old["value"].sum()
        assert now.info(name).sources[0].published and now.info(name).sources[1:] == store.info(name).sources
    assert [row.now for row in rows] == ["to November 2025", "October 2025", "to September 2025"]
    community = text(now, "waits_community")
    devon = community[community["area_code"].eq("QJK") & community["period"].eq("2025-11-30")]
    assert set(devon["name"]) == {"NHS Devon"} and set(devon["not_submitting"]) == {2.0}
    assert "of 9 on 30 November 2025" in now.info("waits_community").notes[-1]
    assert not any(
        "not in this snapshot" in line
        for source in SOURCES
        for table in source.tables
        for line in now.info(table).breaks
    )
    autism = text(now, "waits_autism")
    assert set(autism[autism["period"].eq("2025-09-30") & autism["area_code"].eq("15N")]["value"]) == {40.0}
    children = text(now, "waits_mental_health")
    assert set(children[children["measure"].eq("MHS95") & children["period"].eq("2025-10-31")]["level"]) == {
        "england",
        "sub_icb",
    }


def test_a_second_refresh_reads_a_few_small_pages_and_downloads_nothing(held, site, tmp_path):
    refresh(site, tmp_path)
    before = len(site.log)
    rows = refresh(site, tmp_path)
    assert set(outcomes(rows).values()) == {"same"}
    asked = [line.kind for line in site.log[before:]]
    assert "file" not in asked and "workbook" not in asked
    assert (
        asked.count("england") == 1 and len(asked) == 5
    )  # the list of workbooks; the feed and a page for each of the others


def test_a_dry_run_tells_and_downloads_nothing(held, site, tmp_path):
    assert set(outcomes(refresh(site, tmp_path, dry_run=True)).values()) == {"newer"}
    assert not site.asked("file") and not site.asked("workbook")


def test_a_next_month_and_a_revised_one_come_in_and_nothing_else_is_fetched(held, site, tmp_path):
    refresh(site, tmp_path, [waits_community.SOURCE])
    site.content.workbooks["2026/03/Community-health-services-waiting-lists-2025-26-November-revised.xlsx"] = workbook(
        without="DORSET", overview=170
    )
    rows = refresh(site, tmp_path, [waits_community.SOURCE])
    assert (
        rows[0].outcome == "failed" and "adds up" in rows[0].note
    )  # the revision is torn, so the month stays as it was
    site.content.workbooks["2026/03/Community-health-services-waiting-lists-2025-26-November-revised.xlsx"] = WORKBOOK
    fetched = site.asked("workbook")
    row = refresh(site, tmp_path, [waits_community.SOURCE])[0]  # fetched again, and found to be as it was
    assert row.outcome == "same" and row.note.startswith("nothing changed") and site.asked("workbook") == fetched + 1
    site.content.workbooks["2025/11/Community-health-services-waiting-lists-2025-26-September.xlsx"] = workbook(
        "September 2025"
    )
    assert (
        refresh(site, tmp_path, [waits_community.SOURCE])[0].outcome == "new" and site.asked("workbook") == fetched + 2
    )
    notes = held().info("waits_community").notes
    assert sum(note.startswith(waits_community.FETCHED) for note in notes) == 1


def test_a_month_that_the_page_no_longer_names_is_kept_and_not_called_new(held, site, tmp_path):
    october = "2025/12/Community-health-services-waiting-lists-2025-26-October.xlsx"
    site.content.workbooks[october] = workbook("October 2025")
    assert refresh(site, tmp_path, [waits_community.SOURCE])[0].outcome == "new"
    del site.content.workbooks[october]
    fetched = site.asked("workbook")
    row = refresh(site, tmp_path, [waits_community.SOURCE])[0]
    assert row.outcome == "same" and site.asked("workbook") == fetched
    assert {"2025-10-31", "2025-11-30"} <= set(text(held(), "waits_community")["period"])


def test_a_workbook_that_can_not_be_read_is_left_out_by_name(held, site, tmp_path):
    site.content.workbooks["2025/11/Community-health-services-waiting-lists-2025-26-September.xlsx"] = workbook(
        month="September 2025", heading="id"
    )
    row = refresh(site, tmp_path, [waits_community.SOURCE])[0]
    assert (
        row.outcome == "new" and "Left out: Community-health-services-waiting-lists-2025-26-September.xlsx" in row.note
    )
    assert "2025-09-30" not in set(text(held(), "waits_community")["period"])


@pytest.mark.parametrize("fault", ["503", "html", "cut short", "redirect", "404"])
@pytest.mark.parametrize("kind", ["england", "workbook", "page", "file"])
def test_a_fault_leaves_its_tables_and_lets_the_others_through(held, site, tmp_path, fault, kind):
    site.spoil(kind, fault)
    rows = refresh(site, tmp_path)
    community = kind in ("england", "workbook")
    found = outcomes(rows)
    assert found["waits_community"] == ("failed" if community else "new")
    assert {found["waits_mental_health"], found["waits_autism"]} == ({"new"} if community else {"failed"})
    for row in rows:
        assert held().info(row.table).live == (row.outcome == "new")
        assert (
            row.outcome == "new"
            or "127.0.0.1" in row.note
            or "elsewhere.invalid" in row.note
            or "could be read" in row.note
        )
    assert not [
        path
        for path in (tmp_path / "live").iterdir()
        if path.name.startswith(".incoming") or path.name.endswith(".part")
    ]


def test_a_file_of_another_layout_is_left_out_and_its_neighbour_comes_in(held, site, tmp_path):
    page = site.content.page(MHSDS, "performance-october-2025")
    page.files["MHSDS Data_OctPerf_2025.zip"] = fake.zipped({"MHSDS Data_OctPerf_2025.csv": b"START,END\n1,2\n"})
    row = refresh(site, tmp_path, [waits_mental_health.SOURCE])[0]
    assert row.outcome == "new" and "Left out: MHSDS Data_OctPerf_2025.zip" in row.note
    page.files["MHSDS Data_4WW_OctPerf_2025_v2.csv"] = b"START,END\n1,2\n"
    site.content.pages = [found for found in site.content.pages if found.slug != "performance-september-2025"]
    row = refresh(site, tmp_path, [waits_mental_health.SOURCE])[0]
    assert row.outcome == "failed" and "REPORTING_PERIOD_START" in row.note
    assert "2025-10-31" in set(text(held(), "waits_mental_health")["period"])


def test_a_revised_past_of_autism_is_taken_and_told_of_and_a_new_area_too(held, site, tmp_path, monkeypatch):
    monkeypatch.setattr(checks, "lost", lambda held, come: iter(()))  # the made-up archive has a few areas only
    before = set(text(held(), "waits_autism")["period"])
    page = site.content.page(AUTISM)
    page.files["AutismStats_Apr2023_Jun2023.zip"] = archive("Apr2023_Jun2023", "2023-06-01", "2023-06-30", "99.0")
    site.content.page(AUTISM).files["AutismStats_Apr2025_Sep2025.zip"] = fake.zipped(
        _renamed(ARCHIVE, b"15N", b"Z9Z9Z")
    )
    row = refresh(site, tmp_path, [waits_autism.SOURCE])[0]
    assert (
        row.outcome == "new"
        and "3 figures of England were revised, by up to" in row.note
        and "New sub-ICB locations: Z9Z9Z" in row.note
    )
    now = text(held(), "waits_autism")
    assert set(now[now["area_code"].eq("E92000001") & now["period"].eq("2023-06-30")]["value"]) == {99.0}
    assert set(now["period"]) == before | {"2025-09-30"}


def _renamed(content, old, new):
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name).replace(old, new) for name in packed.namelist()}


def test_a_damaged_live_table_is_fetched_again(held, site, tmp_path):
    refresh(site, tmp_path, [waits_community.SOURCE])
    file = held().info("waits_community").file
    (tmp_path / "live" / file).write_bytes(b"torn")
    assert held().problems
    assert refresh(site, tmp_path, [waits_community.SOURCE])[0].outcome == "new"
    assert not held().problems and held().info("waits_community").live
    assert json.loads((tmp_path / "live" / "manifest.json").read_text("utf-8"))["seen"]["waits_community"].startswith(
        "2025-11:"
    )


def test_waits_are_asked_for_step_by_step_and_each_step_is_told_of(held, site, tmp_path):
    told = []
    refresh(site, tmp_path, [waits_mental_health.SOURCE], dry_run=True, report=lambda part, text: told.append(text))
    assert any("publication feed" in text for text in told) and any("performance-october-2025" in text for text in told)


@pytest.mark.parametrize("day", ["1970-01-01", "2025-06-01", "2099-01-01"])
def test_a_wrong_clock_does_no_harm_to_what_is_held(held, site, tmp_path, monkeypatch, day):
    """Discovery of both NHS Digital series passes over publications of days to come, so it depends on the clock."""
    sources = [waits_mental_health.SOURCE, waits_autism.SOURCE]
    refresh(site, tmp_path, sources)
    before = {
        name: (held().info(name).file, held().info(name).sources) for name in ("waits_mental_health", "waits_autism")
    }
    monkeypatch.setattr(core, "today", lambda: day)
    monkeypatch.setattr(Http, "clock_is_off", property(lambda http: "This computer's clock is wrong."))
    for row in refresh(site, tmp_path, sources):
        assert row.outcome in ("same", "failed") and row.note.endswith(". This computer's clock is wrong."), row
    assert {name: (held().info(name).file, held().info(name).sources) for name in before} == before


def test_a_clock_that_is_sixty_days_behind_is_told_of_on_every_row(held, site, tmp_path, monkeypatch):
    from datetime import UTC, datetime, timedelta

    from sendlib.sources import http

    refresh(site, tmp_path)

    class Behind(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) - timedelta(days=60)

    monkeypatch.setattr(http, "datetime", Behind)
    rows = refresh(site, tmp_path)
    says = f"This computer's clock says {spoken_date(Behind.now(UTC).date().isoformat())}, the publisher's"
    assert {row.outcome for row in rows} == {"same"} and all(
        row.note.startswith("nothing newer. ") and says in row.note for row in rows
    ), rows


def test_an_older_publication_than_the_one_held_is_not_taken(held, site, tmp_path):
    refresh(site, tmp_path, [waits_mental_health.SOURCE])
    del site.content.pages[0]  # October 2025 is withdrawn, and September is the newest
    row = refresh(site, tmp_path, [waits_mental_health.SOURCE])[0]
    assert row.outcome == "same" and row.note.startswith(
        "The publisher offers an older release (September 2025) than the one held (October 2025)."
    )


OCTOBER = "2025/12/Community-health-services-waiting-lists-2025-26-October.xlsx"


@pytest.mark.parametrize(
    "path",
    [
        OCTOBER.replace(".xlsx", "-revised.xlsx"),
        OCTOBER.replace(".xlsx", "-v2.xlsx"),
        OCTOBER.replace("2025/12", "2026/02"),
    ],
)
def test_a_workbook_of_a_month_shipped_that_was_revised_before_the_first_refresh_is_fetched(
    held, site, tmp_path, monkeypatch, path
):
    for check in (
        "lost",
        "changed",
        "too_short",
        "areas_lost",
    ):  # the made-up revision has a few made-up figures only
        monkeypatch.setattr(checks, check, lambda *frames: iter(()))
    site.content.workbooks = {path: workbook("October 2025")}
    assert refresh(site, tmp_path, [waits_community.SOURCE], dry_run=True)[0].outcome == "newer"
    assert refresh(site, tmp_path, [waits_community.SOURCE])[0].outcome == "new" and site.asked("workbook") == 1
    again = refresh(site, tmp_path, [waits_community.SOURCE])[0]
    assert (again.outcome, again.note) == ("same", "nothing newer") and site.asked("workbook") == 1


def test_a_main_file_that_came_in_is_not_fetched_again_while_the_other_can_not_be_read(held, site, tmp_path):
    page = site.content.page(MHSDS, "performance-october-2025")
    site.content.pages = [found for found in site.content.pages if found.slug != "performance-september-2025"]
    page.files["MHSDS Data_4WW_OctPerf_2025.csv"] = b"START,END\n1,2\n"
    row = refresh(site, tmp_path, [waits_mental_health.SOURCE])[0]
    assert row.outcome == "new" and "Left out: MHSDS Data_4WW_OctPerf_2025.csv" in row.note
    before = len(site.log)
    row = refresh(site, tmp_path, [waits_mental_health.SOURCE])[0]
    asked = [line.path for line in site.log[before:] if line.kind == "file"]
    assert row.outcome == "failed" and len(asked) == 1 and "4WW" in asked[0]
    page.files["MHSDS Data_4WW_OctPerf_2025.csv"] = WAITS
    before = len(site.log)
    assert refresh(site, tmp_path, [waits_mental_health.SOURCE])[0].outcome == "new"
    assert not [line.path for line in site.log[before:] if line.kind == "file" and "4WW" not in line.path]
    now = text(held(), "waits_mental_health")
    assert {"MHS95", "MRS13"} <= set(now[now["period"].eq("2025-10-31")]["measure"])
    assert refresh(site, tmp_path, [waits_mental_health.SOURCE])[0].note == "nothing newer"


def test_a_main_file_is_fetched_again_when_the_table_that_it_is_in_was_damaged(held, site, tmp_path):
    page = site.content.page(MHSDS, "performance-october-2025")
    page.files["MHSDS Data_4WW_OctPerf_2025.csv"] = b"START,END\n1,2\n"
    refresh(site, tmp_path, [waits_mental_health.SOURCE])
    (tmp_path / "live" / held().info("waits_mental_health").file).write_bytes(b"torn")
    assert refresh(site, tmp_path, [waits_mental_health.SOURCE])[0].outcome == "new"
    assert "2025-10-31" in set(text(held(), "waits_mental_health")["period"])


def test_a_dry_run_calls_the_month_that_is_shipped_the_same(held, site, tmp_path):
    site.content.workbooks = {
        "2025/12/Community-health-services-waiting-lists-2025-26-October.xlsx": workbook("October 2025")
    }
    assert refresh(site, tmp_path, [waits_community.SOURCE], dry_run=True)[0].outcome == "same"
    assert refresh(site, tmp_path, [waits_community.SOURCE])[0].outcome == "same" and not site.asked("workbook")
