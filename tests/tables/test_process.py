"""From request to review: what the releases get wrong must not be shown."""

import pytest

from sendlib.tables import process, symbols
from tests.made_up import adding_up, as_csv, release

FILE = "made-up.csv"
def by_period(rows):
    return rows.assign(period=rows["period"].astype(str)).set_index("period")


NEW = [("New EHC plans", "New EHC plans")]


def test_authorities_that_carry_their_regions_total_are_not_available():
    def regions_total(area):
        carries = area["region_code"] == "E12000001"
        return adding_up({**area, "geographic_level": "Regional"}) if carries else adding_up(area)

    rows = as_csv(release(NEW, {"new_ehc_plans": regions_total}, "2022", "Calendar year"))
    frame, notes = process.read_2025(rows, FILE, "flow", {"new_ehc_plans": "new_plans"})
    wrong = frame[frame.area_code.eq("201")]
    assert wrong.status.item() == symbols.NOT_AVAILABLE and wrong.value.isna().all()
    assert frame[frame.area_code.eq("340")].value.item() == 10
    assert "70 authorities of E12000001" in notes[0]


def test_a_count_below_zero_is_not_available():
    rows = as_csv(
        release(NEW, {"new_ehc_plans": lambda area: -3 if area["old_la_code"] == "201" else adding_up(area)}, "2022", "Calendar year")
    )
    frame, notes = process.read_2025(rows, FILE, "flow", {"new_ehc_plans": "new_plans"})
    assert frame[frame.area_code.eq("201")].status.item() == symbols.NOT_AVAILABLE
    assert "area 201 has -3" in notes[0]


def test_a_january_stock_is_not_read_from_a_calendar_year_by_mistake():
    rows = as_csv(release(NEW, {"new_ehc_plans": adding_up}, "202425", "Academic year"))
    with pytest.raises(process.ContractBroken, match="Calendar year"):
        process.read_2025(rows, FILE, "flow", {"new_ehc_plans": "new_plans"})


def test_the_twenty_week_rates_are_the_published_ones(store):
    table = store.rows("process", "E92000001")
    rates = table[table.measure.eq("issued_in_20_weeks_percent")].pipe(by_period)["value"]
    published = {"2019": 58.7, "2020": 55.6, "2021": 57.9, "2022": 47.7, "2023": 49.1, "2024": 45.9}
    assert {year: rates[year] for year in published} == published


def test_no_year_is_counted_twice(store):
    table = store.table("process")
    assert not table.duplicated(["area_code", "period", "measure"]).any()


@pytest.mark.parametrize("code", ["823", "873"])
def test_central_bedfordshire_and_cambridgeshire_do_not_get_each_others_decisions(store, code):
    rows = store.rows("process", code)
    rate = rows[rows.measure.eq("appeal_rate")].pipe(by_period)
    assert rate["status"]["2024"] == symbols.NOT_AVAILABLE
    assert rate["status"]["2023"] == symbols.VALUE


def test_the_appeal_rate_is_appeals_for_every_hundred_decisions(store):
    table = store.table("process")
    wide = table[table.measure.isin(["appeals", "appealable_decisions", "appeal_rate"])].pivot(
        index=["area_code", "period"], columns="measure", values="value"
    )
    wide = wide.dropna()
    assert len(wide) > 1500
    assert (abs(100 * wide.appeals / wide.appealable_decisions - wide.appeal_rate) < 1e-9).all()


def test_nottingham_is_found_by_its_name_and_not_by_the_files_wrong_code(store):
    rows = store.rows("process", "892")
    appeals = rows[rows.measure.eq("appeals")].pipe(by_period)["value"]
    assert appeals["2024"] == 52
