"""Suspected autism: what the file has, what it has not, and broken files."""

import csv
import io

import pytest

from sendlib.errors import ContractBroken
from sendlib.tables import health, waits_autism
from sendlib.tables.waits_autism import AGES, MEASURES, read
from tests.made_up import as_csv

FILE = "made-up.csv"


@pytest.fixture(scope="module")
def waits(store):
    return store.table("waits_autism")


def test_figures_are_those_of_the_publishers_rows(waits):
    rows = waits.set_index(["area_code", "period", "age"])["value"]
    published = {("00L", "10-17"): 12, ("00L", "under 10"): 11, ("00N", "10-17"): 42, ("00N", "under 10"): 54}
    assert {(code, age): rows[code, "2023-06-30", age] for code, age in published} == published
    assert rows["E92000001", "2019-04-30", "under 10"] == 51 and rows["E92000001", "2023-04-30", "under 10"] == 26


def test_every_figure_of_the_file_is_there_and_nothing_else(waits, originals):
    rows = list(csv.DictReader(io.StringIO(originals.read(waits_autism.FILE).decode())))
    assert waits.status.eq("value").sum() == sum(row["BREAKDOWN"] != "Provider; Age Group" for row in rows)
    held = waits.set_index(["area_code", "period", "age"])["value"]
    for row in rows[::23]:
        if row["BREAKDOWN"].startswith("CCG"):
            assert held[row["PRIMARY_LEVEL"], row["REPORTING_PERIOD_END"], AGES[row["SECONDARY_LEVEL"]][0]] == float(
                row["METRIC_VALUE"]
            )


def test_areas_without_a_row_are_not_available_and_named(waits, store):
    locations = waits[waits.level.eq("sub_icb")]
    assert len(locations) == 106 * 51 * 3
    children = locations[locations.measure.eq("ASD19e") & locations.status.eq("value")]
    reporting = children.groupby("period", observed=True).area_code.nunique()
    assert (round(reporting.mean()), reporting.min(), reporting.max()) == (62, 31, 78)
    assert "NHS Nottingham and Nottinghamshire ICB - 02Q" in store.info("waits_autism").notes[1]
    assert set(waits[waits.level.ne("sub_icb")].status) == {"value"}


def test_the_warning_travels_with_the_table(store):
    breaks = " ".join(store.info("waits_autism").breaks)
    for words in ("ASD19e alone misleads", "ASD19f", "62 of 106", "November 2025"):
        assert words in breaks


def test_the_names_of_measures_are_those_of_the_nhs_dictionary(originals):
    text = (originals.folder / "nhs/dictionaries/autism_metrics.csv").read_text("utf-8-sig")
    dictionary = dict(list(csv.reader(io.StringIO(text)))[1:])
    assert {code: dictionary[code] for code in MEASURES} == MEASURES


def rows(**changes):
    areas = [("Age Group", None)]
    areas += [("Commissioning Region - GP Practice or Residence; Age Group", f"Y{number}") for number in range(56, 63)]
    areas += [("CCG or Sub ICB Location - GP Practice or Residence; Age Group", "15N"), ("Provider; Age Group", "RXX")]
    return [
        {
            "REPORTING_PERIOD_START": "2023-06-01",
            "REPORTING_PERIOD_END": "2023-06-30",
            "BREAKDOWN": breakdown,
            "PRIMARY_LEVEL": code or label,
            "PRIMARY_LEVEL_DESCRIPTION": "SOMEWHERE",
            "SECONDARY_LEVEL": label if code else "NONE",
            "METRIC": measure,
            "METRIC_NAME": MEASURES[measure],
            "METRIC_VALUE": "26.0",
            **changes,
        }
        for label, (_, measure) in AGES.items()
        for breakdown, code in areas
    ]


def test_a_made_up_month_is_read():
    frame = read(as_csv(rows()), FILE)
    assert (
        len(frame) == 3 * 9 and set(frame.period) == {"2023-06-30"} and set(frame.age) == {"under 10", "10-17", "18-24"}
    )
    assert set(read(as_csv(rows(METRIC_VALUE="*")), FILE).status) == {"hidden"}


@pytest.mark.parametrize(
    ("made_up", "problem"),
    [
        (rows(REPORTING_PERIOD_END="2023-06-29"), "not the last day of a month"),
        (rows(REPORTING_PERIOD_START="2023-05-01"), "not one whole month"),
        (rows(METRIC="ASD19f"), "labels that were not agreed: ASD19f"),
        (rows(METRIC="ASD19e"), "another name"),
        (rows(METRIC="ASD19e", METRIC_NAME=MEASURES["ASD19e"]), "a row has it otherwise"),
        (rows(BREAKDOWN="Local Authority"), "labels that were not agreed: Local Authority"),
        (rows(SECONDARY_LEVEL="25 to 30"), "labels that were not agreed: 25 to 30"),
        (rows(METRIC_VALUE="n/a"), "'n/a', which is neither a number nor a known symbol"),
        (rows()[:-5], "level region must have 7 x 3 rows"),
        (rows()[1:], "level england must have 1 x 3 rows"),
        (rows() + rows()[:1], "two rows for area E92000001"),
    ],
)
def test_a_changed_file_is_refused_by_name(made_up, problem):
    with pytest.raises(ContractBroken, match=problem) as refused:
        read(as_csv(made_up), FILE)
    assert FILE in str(refused.value)


def test_a_renamed_column_a_web_page_and_a_new_area_are_refused(originals):
    with pytest.raises(ContractBroken, match="agreed columns metric_value"):
        read(
            as_csv(
                [{("VALUE" if key == "METRIC_VALUE" else key): cell for key, cell in row.items()} for row in rows()]
            ),
            FILE,
        )
    with pytest.raises(ContractBroken, match="web page"):
        read(b"<html></html>", FILE)
    areas = health.read_areas(originals.read(health.LOOKUP), health.LOOKUP)
    frame = read(as_csv(rows()), FILE)
    assert len(waits_autism.with_missing(frame, areas, FILE)) == len(frame) + 105 * 3
    with pytest.raises(ContractBroken, match="'99Z' is not a sub-ICB location"):
        waits_autism.with_missing(frame.replace("15N", "99Z"), areas, FILE)
