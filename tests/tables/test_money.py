"""Money for SEND: England as published, each figure its own kind, and areas that must make their wholes."""

import io
import zipfile

import openpyxl
import pandas as pd
import pytest

from sendlib.errors import ContractBroken
from sendlib.tables import lait, money, money_reading, periods
from tests.made_up import as_csv

FILE = "made-up.csv"
REGION_NAMES = ["North East", "North West", "Yorkshire and the Humber", "East Midlands", "West Midlands"]
REGION_NAMES += ["East of England", "LONDON", "South East", "South West"]


@pytest.fixture(scope="module")
def table(store):
    return store.table("money").astype(dict.fromkeys(money.KEYS, "str"))


def figures(table, area, measure):
    rows = table[table.area_code.eq(area) & table.measure.eq(measure)]
    return rows.set_index("period")["value"].to_dict()


def test_shipped_england_is_as_published(table):
    spending = figures(table, "E92000001", "sen_services_weekly")
    assert list(spending.values()) == [110, 105, 105, 110, 90, 95, 105, 110, 110]
    assert min(spending) == "2016-17" and max(spending) == "2024-25"
    assert figures(table, "E92000001", "grant_balance") == {"2019-20": -1.08, "2020-21": -1.69, "2021-22": -2.26}
    assert figures(table, "E92000001", "high_needs_block") == {"2023-24": 9_952_172_126}
    grant = figures(table, "E92000001", "grant")
    assert round(grant["2019-20"]) == 44_867_520_327 and grant["2023-24"] == 57_165_623_081 and len(grant) == 5
    assert figures(table, "E92000001", "top_ups_independent")["2021-22"] > 0
    assert list(figures(table, "E92000001", "top_ups_state")) == ["2021-22"]


def test_top_ups_of_an_authority_are_those_of_the_tool_for_each_resident(table):
    # Kent: 120,583,093.95 and 70,273,039.08 pounds, 334,809 residents aged 2 to 18.
    assert figures(table, "886", "top_ups_state") == {"2021-22": 360.15}
    assert figures(table, "886", "top_ups_independent") == {"2021-22": 209.89}
    assert figures(table, "816", "top_ups_state")["2021-22"] > 0  # York


def test_a_deficit_is_below_zero_and_a_surplus_above(table):
    assert figures(table, "314", "grant_balance")["2019-20"] == -13.69  # Kingston upon Thames
    assert figures(table, "202", "grant_balance")["2019-20"] == 3.08  # Camden
    assert figures(table, "202", "high_needs_block") == {"2023-24": 55_017_590}


def test_authorities_that_were_not_there_or_gave_nothing_keep_the_reason(table, store):
    spending = table[table.measure.eq("sen_services_weekly")].set_index(["area_code", "period"])["status"]
    assert spending["839", "2018-19"] == "not_applicable" and spending["839", "2019-20"] == "value"
    assert spending["942", "2022-23"] == "not_applicable" and spending["942", "2023-24"] == "not_available"
    notes = " ".join(store.info("money").notes)
    assert "Cumberland" in notes and "Isles of Scilly" in notes and "City of London" in notes


def test_each_measure_has_a_unit_and_the_warnings_travel_with_the_table(store):
    assert set(money.UNITS) == set(money.MEASURES) == set(store.table("money")["measure"].astype(str))
    breaks = " ".join(store.info("money").breaks)
    for words in ("not what a plan costs", "not of its high needs block", "Prices are those of each year"):
        assert words in breaks


def test_every_figure_of_the_files_is_there(table, originals):
    raw = lait.open_file(originals)
    raw = raw[raw["Short Desc"].eq("SENFinance") & ~raw["Values"].eq("-") & ~raw["LA Number"].isin([987, 988])]
    held = table[table.measure.eq("sen_services_weekly")]
    assert held["value"].notna().sum() == len(raw) and held["value"].sum() == raw["Values"].astype(float).sum()
    assert table.measure.eq("grant_balance").sum() == 448 + 27 + 3


@pytest.mark.parametrize("text", ["2024-25", "202425"])
def test_a_financial_year_has_a_form_and_words_of_its_own(text):
    assert periods.financial_year(text, FILE) == "2024-25"
    assert periods.spoken("2024-25") == "financial year 2024-25"
    assert periods.spoken("2024-06") == "mid-2024" and periods.spoken("2025-01") == "January 2025"


@pytest.mark.parametrize("text", ["2024-26", "2024/25", "2005-06", "2024", "2024-25 (OT)"])
def test_what_is_no_financial_year_is_refused(text):
    with pytest.raises(ContractBroken, match="not a financial year"):
        periods.financial_year(text, FILE)


def spending(areas, **changes):
    region = pd.Series([code for code in areas.wider if code != "E92000001"])
    numbers = dict(zip(region, (980, 981, 982, 983, 984, 985, 986, 989, 990), strict=True))
    names = [("England", 970), *((areas.names[code], number) for code, number in numbers.items())]
    names += [(area.name, int(area.code)) for area in areas.authorities.values()]
    rows = [
        {
            "Short Desc": "SENFinance",
            "Years": "2024-25 (OT)",
            "LA and Regions": name,
            "Values": "110",
            "LA Number": code,
        }
        for name, code in names
    ]
    rows[0] |= changes
    return pd.DataFrame(rows)


def test_made_up_spending_is_read(areas):
    rows = money.read_spending(spending(areas), FILE, areas)
    assert set(rows["period"]) == {"2024-25"} and set(rows["value"]) == {110} and len(rows) == 163


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"Values": "111"}, "not rounded to 5"),
        ({"Values": "115"}, "not between those of its authorities"),
        ({"Values": "-"}, "not between those of its authorities"),
        ({"Years": "2024/25"}, "not the outturn of a financial year"),
        ({"Years": "2024-26 (OT)"}, "not a financial year"),
        ({"Values": "many"}, "many"),
    ],
)
def test_spending_that_is_not_as_agreed_is_refused(areas, changes, said):
    with pytest.raises(ContractBroken, match=said):
        money.read_spending(spending(areas, **changes), FILE, areas)


def amounts(areas):
    """Ten pounds an authority, and what they make; London twice, as the publisher has it."""
    codes = [area for area in areas.authorities.values() if area.code not in ("201", "420")]
    wholes = {name.casefold(): 0 for name in REGION_NAMES}
    for area in codes:
        wholes[area.region_name.casefold()] += 10
    rows = [("ENGLAND", sum(wholes.values())), ("LONDON", wholes["london"]), ("UNITARY AUTHORITIES", 7)]
    rows += [(name, wholes[name.casefold()]) for name in REGION_NAMES]
    return rows + [(area.code, 10) for area in codes]


def workbook(rows, header=("la_code", "la_name", "Total DSG allocation (£s)", "time_period"), year="202324"):
    book = openpyxl.Workbook()
    book.active.append(header)
    for label, pounds in rows:
        book.active.append((label, None, pounds, year))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def changed(rows, label, pounds):
    return [(name, pounds if name == label else value) for name, value in rows]


def test_made_up_allocations_are_read(areas):
    frame = money_reading.read_allocations(workbook(amounts(areas)), FILE, areas)
    assert len(frame) == 151 + 9 + 1 and set(frame["period"]) == {"2023-24"}


def test_allocations_that_are_not_as_agreed_are_refused(areas):
    rows = amounts(areas)
    for content, said in (
        (workbook(changed(rows, "879", 90)), "do not add up to England"),
        (workbook(changed(rows, "South West", 90)), "do not add up to England"),
        (workbook([*rows, ("299", 10)]), "'299' is not an area"),
        (workbook([*rows, ("Wessex", 10)]), "'Wessex' is not an area"),
        (workbook([*rows, ("LONDON", 11)]), "not one amount"),
        (workbook(changed(rows, "879", None)), "not one amount"),
        (workbook(rows[:60]), "only 48 authorities"),
        (workbook(rows, year="2023/24"), "not a financial year"),
        (workbook(rows, header=("code", "name", "pounds", "year")), "does not begin with"),
        (b"PK", "not a complete Excel workbook"),
    ):
        with pytest.raises(ContractBroken, match=said):
            money_reading.read_allocations(content, FILE, areas)


def balances(areas, **changes):
    level = {"time_period": "202122", "financial_year": "2021-22", "deficit": "1.5"}
    level["DSG cumulative balance as a % of the total income"] = "-1.5"
    rows = [
        {"geographic_level": "National" if name == "England" else "Regional", "region_name": name, "la_name": ""}
        for name in ("England", *REGION_NAMES)
    ]
    rows += [
        {"geographic_level": "Local authority", "region_name": area.region_name, "la_name": area.name}
        for area in areas.authorities.values()
        if area.code not in ("201", "420")
    ]
    rows = [row | level for row in rows]
    rows[-1] |= changes
    return as_csv(rows)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"deficit": "-1.5"}, "sign turned"),
        ({"la_name": "Wessex"}, "'Wessex' is not an area"),
        ({"financial_year": "2020-21"}, "not the same year"),
        ({"geographic_level": "District"}, "labels that were not agreed: District"),
        ({"deficit": "40", "DSG cumulative balance as a % of the total income": "-40"}, "do not make that of area"),
    ],
)
def test_balances_that_are_not_as_agreed_are_refused(areas, changes, said):
    grant = money_reading.read_allocations(workbook(amounts(areas), year="202122"), FILE, areas)
    with pytest.raises(ContractBroken, match=said):
        frame = money_reading.read_balances(balances(areas, **changes), FILE, areas)
        money_reading.check_balances(frame, grant, FILE, areas)
    frame = money_reading.read_balances(balances(areas), FILE, areas)
    money_reading.check_balances(frame, grant, FILE, areas)
    assert set(frame["value"]) == {-1.5}


def open_document(rows, title="2023 to 2024 DSG allocations, before recoupment and deductions for rates"):
    names = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = " ".join(f'xmlns:{kind}="{names}:{kind}:1.0"' for kind in ("table", "office", "text"))
    lines = [[title], ["", "", *money_reading._BLOCKS], *([label, "", *blocks] for label, blocks in rows)]
    cells = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in line)
        + "</table:table-row>"
        for line in lines
    )
    sheet = f'<table:table table:name="Allocations_summary">{cells}</table:table>'
    xml = f"<document {spaces}>{sheet}</document>"
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("content.xml", xml)
    return content.getvalue()


def test_the_high_needs_block_is_one_of_four_that_make_the_grant(areas):
    rows = [(label, (4 * pounds, 0, pounds, 0, 5 * pounds)) for label, pounds in amounts(areas)]
    frame = money_reading.read_high_needs(open_document(rows), FILE, areas, "2023-24")
    assert len(frame) == 161 and frame.set_index("area_code")["value"]["879"] == 10
    wrong = [(label, (*blocks[:4], 999)) if label == "879" else (label, blocks) for label, blocks in rows]
    for content, said in (
        (open_document(wrong), "four blocks of '879'"),
        (open_document(rows, title="2022 to 2023 DSG allocations, before recoupment and deductions"), "is not about"),
        (b"PK", "not a complete OpenDocument"),
    ):
        with pytest.raises(ContractBroken, match=said):
            money_reading.read_high_needs(content, FILE, areas, "2023-24")
