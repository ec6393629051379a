"""SEN units and resourced provision counted by authority, in the one year that the sums prove."""

import pytest

from sendlib.errors import ContractBroken
from sendlib.tables import school_units
from tests.made_up import as_csv

FILE = "made-up.csv"


def test_shipped_counts_add_up_to_england(store):
    table = store.table("school_units").astype({"area_code": "str", "kind": "str"})
    sums = table.pivot(index="area_code", columns="kind", values="value")
    england = sums.loc["E92000001"]
    assert england.to_dict() == {
        "sen_unit": 353,
        "resourced_provision": 1067,
        "both": 51,
        "any": 1369,
        "schools": 24_413,
    }
    assert (sums.drop("E92000001").sum() == england).all() and len(sums) == 152
    assert (sums["sen_unit"] + sums["resourced_provision"] - sums["both"] == sums["any"]).all()
    assert sums.loc["879", ["resourced_provision", "schools"]].tolist() == [8, 102] and sums.loc["928", "schools"] > 0


def test_made_up_schools_are_counted_and_refused_when_their_sum_is_another_years(areas):
    rows = [
        {"la_name": area.name, "SEN_Unit": "1", "RP_Unit": "0", "EHC plan": 2} for area in areas.authorities.values()
    ]
    table = school_units.read(as_csv(rows), FILE, areas, {"ehc plan": 306})
    assert table[table.area_code.eq("E92000001") & table.kind.eq("sen_unit")]["value"].item() == 153
    with pytest.raises(ContractBroken, match="adds up to 306"):
        school_units.read(as_csv(rows), FILE, areas, {"ehc plan": 307})
    with pytest.raises(ContractBroken, match="'Nowhere'"):
        school_units.read(as_csv([rows[0] | {"la_name": "Nowhere"}, *rows[1:]]), FILE, areas, {"ehc plan": 306})
    with pytest.raises(ContractBroken, match="not agreed"):
        school_units.read(as_csv([rows[0] | {"RP_Unit": "2"}, *rows[1:]]), FILE, areas, {"ehc plan": 306})
