"""Children's community waiting lists: every layout of the workbooks, the published totals, and broken workbooks."""

import gzip
import io
from datetime import datetime

import openpyxl
import pandas as pd
import pytest

from sendlib.errors import ContractBroken
from sendlib.tables import community_workbook, symbols, waits_community
from sendlib.tables.community_workbook import BANDS, SECRET, SERVICES, read_workbook

ENGLAND = "E92000001"
FILE = "made-up-2025-26-October.xlsx"
DERIVED = "nhs/community_waits/derived_cyp_waits_long.csv.gz"


@pytest.fixture(scope="module")
def waits(store):
    return store.table("waits_community")


def england(waits, service, band="total"):
    rows = waits[waits.area_code.eq(ENGLAND) & waits.service.eq(service) & waits.band.eq(band)]
    return rows.set_index(rows.period.astype(str))["value"]


def test_community_paediatrics_in_england_are_the_published_totals(waits):
    total = england(waits, "community_paediatrics")
    assert (total["2023-01-31"], total["2025-10-31"]) == (64_597, 171_489)
    assert england(waits, "community_paediatrics", "over-104")["2025-10-31"] == 24_239
    assert england(waits, "all")["2025-10-31"] == 304_042


@pytest.mark.parametrize(("code", "published"), [("Y60", 43_820), ("QHL", 19_050), ("QUA", 1_341), ("QUY", 7_379)])
def test_regions_and_icbs_are_the_published_ones(waits, code, published):
    rows = waits[
        waits.area_code.eq(code)
        & waits.period.eq("2025-10-31")
        & waits.service.eq("community_paediatrics")
        & waits.band.eq("total")
    ]
    assert rows.value.item() == published


def test_the_providers_of_an_icb_add_up_to_its_lists_in_every_service_band_and_month(waits):
    icb_of = {
        provider: icb for icb, providers in waits_community.PROVIDERS_OF.items() for provider in providers.split()
    }
    rows = waits.astype({"area_code": str, "period": str, "level": str, "service": str, "band": str}).dropna(
        subset=["value"]
    )
    rows = rows[rows.period.ge("2023-10")]
    providers = rows[rows.level.eq("provider")]
    assert set(providers.area_code[providers.value.gt(0)]) == set(icb_of)  # three never had a child on a list
    grain = ["period", "service", "band"]
    added = providers.groupby([providers.area_code.map(icb_of).rename("icb"), *grain]).value.sum()
    icbs = rows[rows.level.eq("icb")].set_index(["area_code", *grain]).value
    assert icbs.ne(0).sum() > 20_000
    assert added.reindex(icbs.index).fillna(0).eq(icbs).all()


def test_every_month_of_every_layout_is_there_with_all_regions_and_icbs(waits):
    counts = (
        waits[waits.service.eq("audiology") & waits.band.eq("total")]
        .groupby(["period", "level"], observed=True)
        .size()
        .unstack()
    )
    assert len(counts) == 16
    assert counts[["england", "region", "icb"]].drop_duplicates().values.tolist() == [[1, 7, 42]]
    assert {"2023-01-31", "2023-05-31", "2023-10-31", "2024-08-31", "2025-07-31", "2025-10-31"} <= set(
        counts.index.astype(str)
    )
    assert counts["provider"].isna().sum() == 2  # January and May 2023 name providers without a code


def test_the_longest_band_is_divided_from_december_2024(waits):
    bands = waits.groupby("period", observed=True).band.agg(lambda found: set(found.astype(str)))
    for period, found in bands.items():
        assert (found >= {"52-104", "over-104"}, "over-52" in found) == (
            (True, False) if period >= "2024-12" else (False, True)
        )


def test_what_is_kept_back_is_hidden_and_what_nobody_submitted_is_not_available(waits):
    secret = waits[waits.service.isin(SECRET)]
    shown = secret[secret.status.eq("value")]
    assert set(shown.level) == {"england"} and set(shown.band) == {"total"} and len(shown) == 2 * 16
    assert set(secret[secret.level.isin(["region", "icb"])].status) == {"hidden"}
    assert not waits[~waits.service.isin(SECRET)].status.eq("hidden").any()
    bath = waits[waits.area_code.eq("QOX") & waits.period.eq("2025-10-31") & ~waits.service.isin(SECRET)]
    assert set(bath.status) == {"not_available"} and bath.value.isna().all()


def test_noughts_that_were_submitted_stay_noughts(waits):
    row = waits[
        waits.area_code.eq("QSL")
        & waits.period.eq("2025-10-31")
        & waits.service.eq("community_paediatrics")
        & waits.band.eq("52-104")
    ]
    assert (row.value.item(), row.status.item()) == (0, "value")


def test_who_sent_nothing_is_told(waits, store):
    row = waits[waits.area_code.eq("QYG") & waits.period.eq("2025-10-31")]
    assert set(row.not_submitting) == {2}
    assert "7 of 137 on 31 January 2023" in store.info("waits_community").notes[0]


def test_names_are_for_reading_and_one_for_each_code_and_month(waits):
    names = waits.drop_duplicates(["area_code", "period"])
    assert {"NHS Devon", "Midlands", "Alder Hey Children's NHS Foundation Trust", "England"} <= set(names.name)
    assert names[names.level.isin(["icb", "region"])].groupby("area_code", observed=True).name.nunique().max() == 1


def test_the_tidied_copy_of_the_same_months_says_the_same(originals, waits):
    """An earlier reading of the same workbooks, by another program."""
    copy = pd.read_csv(io.BytesIO(gzip.decompress((originals.folder / DERIVED).read_bytes())), dtype={"org_code": str})
    copy = copy[~copy.suppressed.astype(bool) & copy.org_type.isin(["National", "Region", "ICB", "Provider"])]
    of_name = {name.casefold(): service for service, name in SERVICES.items()}
    numbers = {
        "0-1": "0-1",
        ">1-2": "1-2",
        ">2-4": "2-4",
        ">4-12": "4-12",
        ">12-18": "12-18",
        ">18-52": "18-52",
        ">52-104": "52-104",
    }
    of_band = {"Total waiting list": "total"}
    for words in copy.band.unique():
        if words not in of_band:
            weeks = words.split("waiting ")[1].split(" weeks")[0]
            of_band[words] = numbers.get(weeks, weeks.replace("over ", "over-"))
    copy["period"] = (pd.to_datetime(copy.period) + pd.offsets.MonthEnd(0)).dt.strftime("%Y-%m-%d")
    copy = copy.assign(service=copy.service.str.casefold().map(of_name), band=copy.band.map(of_band))
    names = waits[waits.level.isin(["region", "icb"])].drop_duplicates("area_code")
    code_of = dict(
        zip(names.name.astype(str).str.removeprefix("NHS ").str.casefold(), names.area_code.astype(str), strict=True)
    )
    named = copy.org_name.str.casefold().map(code_of).where(copy.org_type.isin(["Region", "ICB"]))
    copy["area_code"] = copy.org_code.fillna(named).where(copy.org_type.ne("National"), ENGLAND)
    copy = copy[copy.period.isin(set(waits.period.astype(str))) & copy.area_code.notna()].drop_duplicates(
        waits_community.KEYS
    )
    held = waits[waits.status.eq("value") & waits.service.ne("all")].astype(dict.fromkeys(waits_community.KEYS, str))
    both = held.merge(copy, on=waits_community.KEYS, suffixes=("", "_copy"))
    assert len(both) == len(copy) == len(held) > 100_000
    assert (both.value == both.value_copy).all()


def made_up(layout="new", month="October 2025", bands=None, **fault):
    """A workbook with two regions, two ICBs and two providers; each provider has 5 children in each cell.

    `fault` changes one thing: heading, cell, note, overview, without, kind, title.
    """
    bands = bands or [*list(BANDS)[:7], "52-104", "over-104"]
    book = openpyxl.Workbook()
    book.active.append(["Cover page"])
    submission = book.create_sheet("Any name")
    names = [name for service, name in SERVICES.items() if service != "all"]
    if layout == "old":
        names = [name.replace("Speech", "speech") for name in names]
        rows = [
            (None, None, "England"),
            (None, "Region", "North"),
            (None, None, "South"),
            (None, "ICB", "Devon"),
            (None, None, "Dorset"),
            (None, "Organisation", "One Trust"),
            (None, None, "Two Trust"),
        ]
        headed = [None, None, None]
        submission.append(
            [None, "Number of organisations of 9 providers in scope that did not submit data at national level"]
        )
        submission.append([None, None, None, datetime(2022, 12, 1), datetime(2023, 1, 1), datetime(2023, 2, 1)])
        for row in rows[:5]:
            submission.append([*row, 1, 0 if row[2] != "Devon" else 2, None])
    else:
        rows = [
            ("National", "", "England"),
            ("Region", "Y01", "NORTH"),
            ("Region", "Y02", "SOUTH"),
            ("ICB", "QJK", "DEVON"),
            ("ICB", "QVV", "DORSET"),
            ("Provider", "R01", "ONE NHS TRUST"),
            ("Provider", "R02", "TWO CIC"),
        ]
        headed = ["Organisation Type", "Organisation Code", "Organisation Name"]
        submission.append(["Number of organisations of 9 in scope that did not submit data at national level"])
        submission.append(["Organisation Type", "Organisation Name", "Sep-25", "Oct-25", "Nov-25"])
        for row in rows[:5]:
            submission.append(
                ["" if row[0] == "National" else row[0], row[2].title(), 1, 0 if row[2] != "DEVON" else 2, None]
            )
    overview = book.create_sheet("Overview")
    overview.append([f"National overview of waiting list metrics by service, {month}"])
    words = {"total": "Total waiting list", **{band: f"Waiting >{band} weeks" for band in bands[1:7]}}
    overview.append(["", *[words.get(band, f"Waiting >{band.removeprefix('over-')} weeks") for band in bands]])
    overview.append(["CYP services", *[fault.get("overview", 10 * 17)] * len(bands)])
    for name in names:
        overview.append([f"(CYP) {name}", *[10] * len(bands)])
    secret = {SERVICES[service] for service in SECRET}
    for band in bands:
        sheet = book.create_sheet(f"Sheet {band}")
        told = (
            "Total waiting list"
            if band == "total"
            else f"Number waiting {band.replace('over-', 'over ')} weeks (some days)"
        )
        sheet.append([fault.get("title", f"{told} by service, {month}")])
        sheet.append(["Blanks indicate no organisation submitted for the service line."])
        sheet.append(
            [
                fault.get(
                    "note",
                    "* Data for looked after children teams and safeguarding is kept back to prevent risk of"
                    " disclosing sensitive information.",
                )
            ]
        )
        sheet.append(
            [
                *headed[: -1 if fault.get("heading") == "id" else 3],
                *(["Name"] if fault.get("heading") == "id" else []),
                "(A) Audiology",
                *[
                    "(CYP)"
                    f" {fault.get('heading', name) if name == 'Audiology' and fault.get('heading') != 'id' else name}"
                    for name in names
                ],
            ]
        )
        for number, row in enumerate(rows):
            if fault.get("without") == row[2]:
                continue
            cells = [10 if number == 0 else 5] * len(names)
            for place, name in enumerate(names):
                if name in secret and (number or band != "total"):
                    cells[place] = "*" if layout == "old" else None
            if number == 6 and band == bands[-1]:
                cells[0] = fault.get("cell", cells[0])
            sheet.append([fault.get("kind", row[0]) if number == 5 else row[0], *row[1:], 99, *cells])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("layout", "file", "month"), [("new", FILE, "October 2025"), ("old", "made_up_2023-03-01.xlsx", "January 2023")]
)
def test_both_layouts_give_the_same_table(layout, file, month):
    frame = read_workbook(made_up(layout, month), file)
    assert set(frame.period) == {"2025-10-31" if layout == "new" else "2023-01-31"}
    assert frame.level.value_counts().to_dict() == {
        "england": 18 * 9,
        "region": 34 * 9,
        "icb": 34 * 9,
        "provider": 34 * 9,
    }
    rows = frame[frame.band.eq("total")].set_index(["level", "service", "name"]).sort_index()
    assert rows.value["england", "looked_after_children"].item() == 10
    assert set(rows.status["region", "looked_after_children"]) == {symbols.HIDDEN}
    assert frame.value[frame.service.eq("all") & frame.band.eq("total")].item() == 170
    devon = frame[frame.name.str.casefold().eq("devon")]
    assert set(devon.not_submitting) == {2} and set(devon.area_code) == {"QJK" if layout == "new" else ""}
    assert community_workbook.read_in_scope(made_up(layout, month), file) == 9


def test_a_month_that_ends_with_over_52_weeks_is_read():
    bands = [*list(BANDS)[:7], "over-52"]
    assert "over-52" in set(read_workbook(made_up(bands=bands), FILE).band)


def test_names_without_codes_find_their_code_and_strangers_are_refused():
    frame = pd.DataFrame(
        {
            "level": ["england", "icb", "provider"],
            "area_code": [ENGLAND, "", "R01"],
            "name": ["England", "DEVON", "One"],
        }
    )
    areas = pd.DataFrame({"level": ["icb"], "area_code": ["QJK"], "name": ["NHS Devon"]})
    assert waits_community.with_codes(frame, areas, FILE).area_code.tolist() == [ENGLAND, "QJK", "R01"]
    with pytest.raises(ContractBroken, match="'Cornwall' has no code"):
        waits_community.with_codes(frame.replace("DEVON", "Cornwall"), areas, FILE)


def test_providers_have_rows_only_for_services_of_which_they_gave_a_figure():
    frame = waits_community.with_lists(read_workbook(made_up(), FILE))
    assert not set(frame[frame.level.eq("provider")].service) & set(SECRET)
    old = waits_community.with_lists(read_workbook(made_up("old", "January 2023"), "made_up_2023-03-01.xlsx"))
    assert not old.level.eq("provider").any() and old.level.eq("icb").any()


@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        ({"bands": ["total", "0-1"]}, "one for each time waited"),
        ({"bands": [*list(BANDS)[:7], "52-104"]}, "one for each time waited"),
        ({"heading": "Hearing"}, "labels that were not agreed: hearing"),
        ({"heading": "id"}, "first columns are headed"),
        ({"cell": "~"}, "'~', which is neither a number nor a known symbol"),
        ({"cell": 4}, "adds up to 9, but England is 10"),
        ({"cell": 0.5}, "not a count"),
        ({"without": "TWO CIC"}, "level provider adds up to 5"),
        ({"without": "England"}, "it has no row of level england"),
        ({"kind": "Trust"}, "type 'Trust'"),
        ({"note": "Nothing more."}, "no longer says which services are kept back"),
        ({"overview": 171}, "the national overview has 171"),
        ({"title": "Waiting lists"}, "the titles of its sheets|one for each time waited"),
        ({"month": "Oct 25"}, "not a month such as January 2023"),
        ({"month": "September 2025"}, "its name says 2025-10, and its sheets say September 2025"),
    ],
)
def test_a_changed_workbook_is_refused_by_name(fault, problem):
    with pytest.raises(ContractBroken, match=problem) as refused:
        read_workbook(made_up(**fault), FILE)
    assert FILE in str(refused.value)


def test_a_file_named_by_its_month_of_publication_must_hold_the_month_two_before():
    with pytest.raises(ContractBroken, match="its name says 2023-02"):
        read_workbook(made_up("old", "January 2023"), "made_up_2023-04-01.xlsx")


def test_a_workbook_without_the_sheet_of_those_who_did_not_submit_is_refused():
    book = openpyxl.load_workbook(io.BytesIO(made_up()))
    del book["Any name"]
    content = io.BytesIO()
    book.save(content)
    with pytest.raises(ContractBroken, match="0 sheets are titled as the number of organisations"):
        read_workbook(content.getvalue(), FILE)
    with pytest.raises(ContractBroken, match="no sheet is titled"):
        community_workbook.read_in_scope(content.getvalue(), FILE)


@pytest.mark.parametrize(
    "content", [b"", b"<!DOCTYPE html><html><body>Not found</body></html>", made_up()[:-500], made_up()[:5000]]
)
def test_what_is_no_workbook_is_refused(content):
    with pytest.raises(ContractBroken, match="not a complete Excel workbook"):
        read_workbook(content, FILE)
