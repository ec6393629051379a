"""Alternative provision: England as published, parts that make it, and a nought where nobody is."""

import pytest

from sendlib.errors import ContractBroken
from sendlib.tables import alternative_provision as tables
from tests.made_up import as_csv

ENGLAND = "E92000001"


@pytest.fixture(scope="module")
def wide(store):
    table = store.table("alternative_provision").astype(dict.fromkeys(tables.KEYS, "str"))
    return table.set_index(tables.KEYS)["value"]


def test_england_is_as_published(wide):
    newest = wide[ENGLAND]["2022/23"]
    assert newest["state"].to_dict() == {"all": 13_191, "ehc_plan": 3_368, "no_sen": 2_305, "sen_support": 7_518}
    assert newest["school"].to_dict() == {"all": 24_577, "ehc_plan": 4_904, "no_sen": 9_223, "sen_support": 10_450}
    assert newest["authority"].to_dict() == {"all": 40_904}
    assert wide[ENGLAND]["2017/18"]["state", "all"] == 16_732


@pytest.mark.parametrize("parts", [r"^\d{3}$", r"^E12"])
def test_authorities_and_regions_each_make_england(wide, parts):
    held = wide.reset_index()
    sums = held[held["area_code"].str.match(parts)].groupby(tables.KEYS[1:])["value"].sum()
    assert sums.equals(wide[ENGLAND].reindex(sums.index))


def test_a_group_of_authorities_is_added_up(store, areas, wide):
    from sendlib.compared import widened
    from sendlib.directory import Directory

    group = Directory(areas).get("878,879,880")
    added = widened.with_rows_of(store, group).table("alternative_provision").astype(dict.fromkeys(tables.KEYS, "str"))
    own = added[added["area_code"].eq(group.code)].set_index(tables.KEYS[1:])["value"]
    each = [wide[code]["2022/23"]["state", "ehc_plan"] for code in ("878", "879", "880")]
    assert own["2022/23", "state", "ehc_plan"] == sum(each)


def test_a_new_label_is_refused(areas):
    row = {"time_period": "202223", "geographic_level": "National", "la_name": "", "region_name": "England"}
    file = as_csv([{**row, "prov_type": "Something new", "total": "3"}])
    with pytest.raises(ContractBroken, match="something new"):
        tables.read_counts(file, "made-up.csv", areas)
