"""Residents: ONS' own layout and DfE's series."""

import pytest

from sendlib.errors import ContractBroken
from sendlib.tables import population
from tests.made_up import adding_up, as_csv, release

FILE = "made-up.csv"


def single_years(areas, leave_out=()):
    ages = {str(age): age + 1 for age in range(90)}
    today = areas.table[areas.table["level"].eq("authority")]
    rows = [
        {"Code": code, "Name": "x", "Geography": "y", "All ages": 1, **ages}
        for code in today["boundary_code"]
        if code not in leave_out
    ]
    rows += [
        {"Code": "E92000001", "Name": "ENGLAND", "Geography": "Country", "All ages": 1, **ages},
        {"Code": "E07000008", "Name": "Cambridge", "Geography": "District", "All ages": 1, **ages},
    ]
    return as_csv(rows)


def test_single_years_find_barnsley_and_sheffield_under_their_old_codes(areas):
    frame = population.read_single_years(single_years(areas), FILE, areas)
    assert {"370", "373", "879", "E92000001"} <= set(frame.area_code)
    assert frame[frame.area_code.eq("370") & frame.age.eq("25")].value.item() == 26
    assert set(frame.age) == {str(age) for age in range(26)}


def test_single_years_without_an_authority_are_refused(areas):
    with pytest.raises(ContractBroken, match="missing: 879"):
        population.read_single_years(single_years(areas, leave_out=("E06000026",)), FILE, areas)


def test_the_series_of_children_leaves_out_inner_and_outer_london():
    rows = release(
        [("", "")],
        {"age_group": lambda a: "Children aged 0 to 17 years", "population_estimate": adding_up},
        "2024",
        "Reporting year",
    )
    rows.append({**rows[1], "region_code": "E13000001"})
    frame = population.read_series(as_csv(rows), FILE)
    assert "E13000001" not in set(frame.area_code) and set(frame.period) == {"2024-06"}
