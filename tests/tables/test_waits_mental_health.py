"""Children's mental health waits and contacts: published figures, hidden cells, the traps of dates, broken files."""

import csv
import gzip
import io

import pytest

from sendlib.errors import ContractBroken
from sendlib.tables import symbols, waits_mental_health
from sendlib.tables.waits_mental_health import CHILDREN, MEASURES, WAITS, read
from tests.made_up import as_csv

ENGLAND = "E92000001"
FILE = "made-up.csv"


@pytest.fixture(scope="module")
def waits(store):
    return store.table("waits_mental_health")


@pytest.mark.parametrize(
    ("measure", "period", "published"),
    [
        ("MRS13", "2024-04-30", 643_765),
        ("MRS13", "2024-09-30", 655_448),
        ("MRS09e", "2024-04-30", 249_737),
        ("MRS09e", "2024-09-30", 276_829),
        ("MRS10a", "2024-04-30", 186),
        ("MRS10a", "2024-09-30", 248),
        ("MHS95", "2021-03-31", 572_912),
        ("MHS95", "2023-08-31", 703_168),
    ],
)
def test_england_is_the_published_figure(waits, measure, period, published):
    rows = waits[waits.area_code.eq(ENGLAND) & waits.measure.eq(measure) & waits.period.eq(period)]
    assert rows.value.item() == published


def test_an_icb_and_a_sub_icb_are_the_published_figures(waits):
    rows = waits.set_index(["area_code", "measure", "period"])
    assert rows.value["QE1", "MRS08", "2024-09-30"] == 485
    assert rows.value["00L", "MHS95", "2021-03-31"] == 4430
    assert rows.name["QE1", "MRS08", "2024-09-30"] == "NHS Lancashire and South Cumbria"


def test_hidden_cells_are_hidden_and_never_nought(waits, originals):
    hidden = 0
    for file in waits_mental_health.FOUR_WEEKS:
        rows = csv.DictReader(io.StringIO(originals.read(file).decode("cp1252")))
        hidden += sum(
            row["MEASURE_VALUE"] == "*"
            and row["MEASURE_ID"] in WAITS
            and row["BREAKDOWN"] != "Provider"
            and row["PRIMARY_LEVEL"] != "UNKNOWN"
            for row in rows
        )
    assert waits.status.eq("hidden").sum() == hidden > 0
    assert waits.loc[waits.status.eq("hidden"), "value"].isna().all()


def test_counts_below_england_are_rounded_to_five(waits):
    counted = [code for code, measure in MEASURES.items() if measure.unit in ("referrals", "children")]
    rows = waits[waits.measure.isin(counted) & waits.level.ne("england") & waits.status.eq("value")]
    assert (rows.value % 5 == 0).all() and (rows.value >= 5).all()


def test_sub_icbs_make_up_94_to_98_percent_of_englands_contacts(waits):
    rows = waits[waits.measure.eq("MHS95")].groupby(["period", "level"], observed=True).value.sum().unstack()
    share = rows["sub_icb"] / rows["england"]
    assert share.min() > 0.94 and share.max() < 0.985


def test_the_names_and_months_of_measures_are_those_of_the_nhs_dictionary(originals):
    text = (originals.folder / "nhs/dictionaries/mhsds_bbrb_measures.csv").read_text("utf-8-sig")
    dictionary = {row["measure_id"]: row for row in csv.DictReader(io.StringIO(text))}
    for code, measure in MEASURES.items():
        assert measure.published == dictionary[code]["name"]
        if measure.months != 12:
            assert {1: "M", 3: "Q"}[measure.months] == dictionary[code]["freq"]
    assert dictionary["MHS95"]["freq"] == "12M"


def rows(measures=CHILDREN, start="01/09/2022", end="31/08/2023", value="25", areas=None, **changes):
    areas = areas or [
        ("England", "England"),
        *[("Sub ICB of Residence", f"{number}A") for number in range(10, 50)],
        ("Provider", "RXX"),
    ]
    return [
        {
            "REPORTING_PERIOD_START": start,
            "REPORTING_PERIOD_END": end,
            "STATUS": "Performance\xa0",
            "BREAKDOWN": breakdown,
            "PRIMARY_LEVEL": code,
            "PRIMARY_LEVEL_DESCRIPTION": "SOMEWHERE",
            "SECONDARY_LEVEL": "NONE",
            "MEASURE_ID": measure,
            "MEASURE_NAME": facts.published,
            "MEASURE_VALUE": value,
            **changes,
        }
        for measure, facts in measures.items()
        for breakdown, code in areas
    ]


@pytest.mark.parametrize("start", ["01/09/2022", "09/01/2022", "2022-09-01", "01-09-2022", "01/09/22"])
@pytest.mark.parametrize("end", ["31/08/2023", "2023-08-31", "31-08-2023", "31/08/23"])
def test_every_way_to_write_a_period_is_understood(start, end):
    frame = read(as_csv(rows(start=start, end=end)), FILE, CHILDREN)
    assert set(frame.period) == {"2023-08-31"} and "RXX" not in set(frame.area_code) and len(frame) == 41


def test_a_star_is_hidden_and_another_symbol_is_refused():
    assert set(read(as_csv(rows(value="*")), FILE, CHILDREN).status) == {symbols.HIDDEN}
    with pytest.raises(ContractBroken, match="'-', which is neither a number nor a known symbol"):
        read(as_csv(rows(value="-")), FILE, CHILDREN)


def test_children_whose_area_is_not_known_are_left_out():
    made_up = rows() + rows(areas=[("Sub ICB of Residence", "UNKNOWN")])
    assert "UNKNOWN" not in set(read(as_csv(made_up), FILE, CHILDREN).area_code)


@pytest.mark.parametrize(
    ("made_up", "problem"),
    [
        (rows(end="30/08/2023"), "not the last day of a month"),
        (rows(end="08/31/2023"), "not the last day of a month"),
        (rows(start="01/08/2022"), "begins on '01/08/2022'"),
        (rows(BREAKDOWN="Local Authority"), "labels that were not agreed: Local Authority"),
        (rows(SECONDARY_LEVEL="0 to 5"), "divided further"),
        (rows(MEASURE_NAME="Number of CYP seen"), "MHS95 is called 'Number of CYP seen'"),
        (rows() + rows(MEASURE_ID="MRS99"), "a measure of children that was not agreed: MRS99"),
        (rows()[1:], "England must have exactly one row"),
        (rows()[:20], "the file may be cut short"),
        (rows() + rows()[:1], "two rows for area E92000001"),
        (rows(measures=WAITS, start="01/08/2023")[:41], "the agreed measures MHS95 are not in it"),
    ],
)
def test_a_changed_file_is_refused_by_name(made_up, problem):
    with pytest.raises(ContractBroken, match=problem) as refused:
        read(as_csv(made_up), FILE, CHILDREN)
    assert FILE in str(refused.value)


def test_a_renamed_column_and_a_web_page_are_refused():
    with pytest.raises(ContractBroken, match="agreed columns measure_value"):
        read(
            as_csv(
                [{("VALUE" if key == "MEASURE_VALUE" else key): cell for key, cell in row.items()} for row in rows()]
            ),
            FILE,
            CHILDREN,
        )
    with pytest.raises(ContractBroken, match="web page"):
        read(b"<!DOCTYPE html><html></html>", FILE, CHILDREN)


def test_a_real_file_that_is_cut_short_is_refused(originals):
    file = waits_mental_health.CONTACTS
    lines = gzip.decompress((originals.folder / file).read_bytes()).splitlines(keepends=True)
    with pytest.raises(ContractBroken, match="cut short"):
        read(b"".join(lines[:-20]), file, CHILDREN)
