"""EHC plans: the layout of 2022, and releases that disagree."""

import pytest

from sendlib.errors import ContractBroken
from sendlib.tables import plans, symbols
from tests.made_up import adding_up, areas_of_a_release, as_csv, release

FILE = "made-up.csv"


def rows_of_2022(**figures):
    return [
        {
            "time_period": "2018",
            "time_identifier": "Calendar year",
            "region_name": "",
            "new_la_code": "",
            "la_name": "",
            **area,
            **{name: figure(area) if callable(figure) else figure for name, figure in figures.items()},
        }
        for area in areas_of_a_release()
    ]


def ages_of_2022():
    rows = []
    for label, each in (("Total", 10), ("Under 5", 4), ("Age 5 to 10", 6)):
        rows += rows_of_2022(
            characteristic_age=label,
            Total_st="z",
            Total_st_pc="z",
            Total_ehc=lambda a, e=each: adding_up(a, e),
            Total_all=lambda a, e=each: adding_up(a, e),
        )
    return rows


def test_the_layout_of_2022_gives_totals_bands_and_statements_apart():
    frame = plans.read_ages_to_2022(as_csv(ages_of_2022(), bom=False), FILE)
    england = frame[frame.area_code.eq("E92000001")].set_index(["measure", "characteristic", "category"])
    assert england.value[("plans", "total", "All")] == 1500
    assert england.value[("plans", "age_band", "Under 5")] == 600
    assert england.status[("statements", "total", "All")] == symbols.NOT_APPLICABLE
    assert set(frame.period) == {"2018-01"}


def test_a_new_age_band_is_refused():
    rows = ages_of_2022()
    rows[-1]["characteristic_age"] = "Age 5 to 11"
    with pytest.raises(ContractBroken, match="age 5 to 11"):
        plans.read_ages_to_2022(as_csv(rows), FILE)


def test_two_releases_that_disagree_on_a_total_are_refused():
    recent = plans.read_caseload(
        as_csv(release([("All EHC plans", "All EHC plans")], {"ehcplans": adding_up}, "201718")), FILE
    )
    older = plans.read_ages_to_2022(as_csv(ages_of_2022()), FILE)
    older.loc[older.area_code.eq("201"), "value"] = 11
    with pytest.raises(ContractBroken, match="area 201 has 11 plans"):
        plans._check_same(recent, older[older.measure.eq("plans")])


def test_age_bands_of_january_2023_add_up_to_the_plans_but_for_bradford(store):
    table = store.table("plans").astype({"area_code": str, "period": str, "characteristic": str, "measure": str})
    table = table[table.measure.eq("plans") & table.period.eq("2023-01")]
    bands = table[table.characteristic.eq("age_band")].groupby("area_code").value.sum(min_count=5)
    totals = table[table.characteristic.eq("total")].set_index("area_code").value
    assert len(bands) == 162
    assert sorted(bands[bands.isna()].index) == ["380", "E12000003", "E92000001"]
    assert (bands.dropna() == totals[bands.dropna().index]).all()
    assert any("Bradford add up to 5,539" in note for note in store.info("plans").notes)


def test_a_band_that_is_held_with_another_number_is_refused(originals):
    bands = plans.read_age_bands(originals.read(plans.AGES_TO_2023), plans.AGES_TO_2023)
    older = plans.read_ages_to_2022(originals.read(plans.AGES_TO_2022), plans.AGES_TO_2022)
    place = bands.index[bands.area_code.eq("879") & bands.period.eq("2020-01")][0]
    bands.loc[place, "value"] += 1
    with pytest.raises(ContractBroken, match="area 879"):
        plans.bands_of_other_years(bands, older)


def test_the_caseload_of_a_january_goes_before_the_file_of_phase_transfers(originals):
    content = originals.read(plans.phase_transfers.FILE)
    assert len(plans.newest_totals(content, FILE, {"2025-01"})) == 163
    assert plans.newest_totals(content, FILE, {"2025-01", "2026-01"}).empty
