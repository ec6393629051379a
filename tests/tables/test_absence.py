"""Absence by SEN: England as published, London whole, and kinds that make the whole."""

import pytest

from sendlib.errors import ContractBroken
from sendlib.tables import absence

FILE = "made-up.csv"


def made_up(areas, percentage="8.00"):
    head = (
        "time_period,geographic_level,characteristic,region_name,new_la_code,Absence measure,Percentage,academic_year"
    )
    lines = [head]
    for area in [areas.wider["E92000001"], *areas.authorities.values()]:
        code, level = (area.ons_code, "Local authority") if area.region_name else ("", "National")
        for group in ("EHCP or Statement", "SEN support", "No SEN", "All SEN"):
            for kind, value in (("Overall", "10.00"), ("Authorised", percentage), ("Unauthorised", "2.01")):
                name = area.region_name or area.name
                lines.append(f"202223,{level},{group},{name},{code},{kind},{value},2022/23")
    return "\n".join(lines).encode("utf-8")


def test_shipped_absence_is_as_published(store):
    table = store.table("absence").astype(dict.fromkeys(absence.KEYS, "str"))
    newest = table[table.period.eq("2022/23") & table.kind.eq("overall")]
    england = newest[newest.area_code.eq("E92000001")].set_index("group")["value"].to_dict()
    assert england == {"no_sen": 6.54, "sen_support": 10.08, "ehc_plan": 12.42, "sen": 10.65}
    assert newest[newest.area_code.eq("879") & newest.group.eq("sen")]["value"].item() == 11.86
    assert "E12000007" in set(newest.area_code), "London as a whole"
    assert "2019/20" not in set(table.period) and table.period.nunique() == 6
    # England lies between its authorities for every year and group.
    here = table[table.area_code.str.len().eq(3)].groupby(["period", "group", "kind"])["value"].agg(["min", "max"])
    whole = table[table.area_code.eq("E92000001")].set_index(["period", "group", "kind"])["value"]
    assert ((here["min"] < whole) & (whole < here["max"])).all()


def test_made_up_absence_is_read_and_refused_when_kinds_do_not_make_the_whole(areas):
    assert len(absence.read(made_up(areas), FILE, areas)) == 12 * 154
    with pytest.raises(ContractBroken, match="do not make overall"):
        absence.read(made_up(areas, "5.00"), FILE, areas)
    with pytest.raises(ContractBroken, match="neither a number"):
        absence.read(made_up(areas, "much"), FILE, areas)
    with pytest.raises(ContractBroken, match="not agreed"):
        absence.read(made_up(areas).replace(b"SEN support", b"SEN help"), FILE, areas)
    with pytest.raises(ContractBroken, match="two rows"):
        absence.read(made_up(areas).replace(b"All SEN", b"No SEN"), FILE, areas)
    with pytest.raises(ContractBroken, match="not a school year"):
        absence.read(made_up(areas).replace(b"202223,", b"202229,"), FILE, areas)


def test_regions_must_be_those_of_the_other_file(areas, originals):
    held = absence.read(originals.read(absence.FILE), absence.FILE, areas)
    content = originals.read(absence.REGIONS_FILE)
    assert len(absence.read_london(content, FILE, held, areas)) == 72
    changed = held.assign(value=held["value"].where(held["area_code"].ne("E12000004"), 1.0))
    with pytest.raises(ContractBroken, match="E12000004 differs"):
        absence.read_london(content, FILE, changed, areas)
