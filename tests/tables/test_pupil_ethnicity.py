"""Pupils by ethnic group: every other filter pinned, and groups that add up to the published totals."""

import pytest

from sendlib.areas import ENGLAND
from sendlib.errors import ContractBroken
from sendlib.tables import pupil_ethnicity as table

HEADER = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_name,region_code,old_la_code,"
    "la_name,new_la_code,phase_type_grouping,ethnicity,language,headcount,percent_of_pupils\n"
)


def file(total, areas=150):
    rows = [
        f"202122,Academic year,Local authority,E92000001,England,X,E12000001,{200 + area},A{area},E0{area},Total,"
        f"{group},Total,{number},0\n"
        for area in range(areas)
        for group, number in (("White - Irish", 3), ("Unclassified", 0), ("Total", total))
    ]
    return (HEADER + "".join(rows)).encode()


def test_the_groups_of_every_area_are_those_of_dfe_and_england_is_its_regions(store):
    rows = store.table(table.TABLE.name).astype({"area_code": str, "group": str})
    assert set(rows["group"]) == set(table.GROUPS) and set(rows["period"].astype(str)) == {"2021/22"}
    sums = rows.groupby("area_code")["value"].sum()
    assert sums[ENGLAND] == 8_418_013  # as published
    assert (
        sums[sums.index.str.startswith("E12")].sum() == sums[sums.index.str.fullmatch(r"\d{3}")].sum() == sums[ENGLAND]
    )
    assert "909" in sums and "942" not in sums  # Cumbria was not yet divided


def test_nought_has_no_row_and_groups_that_do_not_add_up_are_refused():
    read = table.read(file(3), "made up")
    assert len(read) == 150 and set(read["group"].astype(str)) == {"white_irish"}
    with pytest.raises(ContractBroken, match="do not add up"):
        table.read(file(4), "made up")
    with pytest.raises(ContractBroken, match="cut short"):
        table.read(file(3, areas=20), "made up")
