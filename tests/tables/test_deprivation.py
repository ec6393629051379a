"""Deprivation: published scores are the publisher's, derived ones can be worked out again."""

import io

import pandas as pd
import pytest

from sendlib.errors import ContractBroken
from sendlib.tables import deprivation

FILE = "made-up.csv"
POPULATION = "population/mye24tablesew_single_year_of_age.csv"


def test_shipped_averages_have_england_and_plymouth(store):
    table = store.table("deprivation").astype({"area_code": "str", "measure": "str", "origin": "str"})
    idaci = table[table.measure.eq("idaci")].set_index("area_code")
    assert idaci.loc["E92000001", "value"] == 0.367 and idaci.loc["879", "value"] == 0.379
    assert idaci.loc["806", "value"] == 0.552 and len(idaci) == 154
    assert table[table.origin.eq("derived")].groupby("measure").size().to_dict() == {"idaci": 22, "imd": 21}
    assert idaci.drop("E92000001")["districts"].sum() == 296


def test_averages_of_counties_come_out_again_from_their_districts(areas, originals):
    """The Office for National Statistics lists each county with its districts below it."""
    districts = deprivation.read_districts(originals.read(deprivation.DISTRICTS_FILE), deprivation.DISTRICTS_FILE)
    people = pd.read_csv(io.BytesIO(originals.read(POPULATION)), dtype="str")
    numbers = people.drop(columns=["Code", "Name", "Geography"]).replace(",", "", regex=True).apply(pd.to_numeric)
    people["everybody"] = numbers["All ages"]
    people["children"] = numbers[[str(age) for age in range(16)]].sum(axis=1)
    people["county"] = people["Code"].where(people["Geography"].ne("Non-metropolitan District")).ffill()
    own = people[people["Geography"].eq("Non-metropolitan District")].join(districts, on="Code")
    table = deprivation.read(originals.read(deprivation.FILE), FILE, districts, areas).astype({"area_code": "str"})
    codes = {area.ons_code: area.code for area in areas.authorities.values()}
    found = 0
    for county, rows in own.groupby("county"):
        for measure, weight, rounding in (("idaci", "children", 0.0015), ("imd", "everybody", 0.02)):
            mean = (rows[measure] * rows[weight]).sum() / rows[weight].sum()
            held = table[table.area_code.eq(codes[county]) & table.measure.eq(measure)]["value"].item()
            assert held == pytest.approx(mean, abs=rounding), (county, measure)
            found += 1
    assert found == 42


def made_up(areas):
    lines = ["area_code,area_name,districts,idaci_2025_average_score,imd_2025_average_score,"]
    lines[0] += "children_0_15_mid2024,derived,old_la_code"
    lines += [f"{area.ons_code},x,1,0.4,20,100,published,{area.code}" for area in areas.authorities.values()]
    districts = pd.DataFrame({"idaci": 0.4, "imd": 20.0}, index=[a.ons_code for a in areas.authorities.values()])
    return "\n".join(lines).encode("utf-8"), districts


def test_made_up_scores_are_read_and_refused_where_they_are_not_the_published_ones(areas):
    content, districts = made_up(areas)
    assert len(deprivation.read(content, FILE, districts, areas)) == 2 * 153 + 1
    with pytest.raises(ContractBroken, match="is not the published score"):
        deprivation.read(content.replace(b"0.4,20", b"0.5,20", 1), FILE, districts, areas)
    with pytest.raises(ContractBroken, match="one row for each authority"):
        deprivation.read(b"\n".join(content.splitlines()[:-1]), FILE, districts, areas)
    with pytest.raises(ContractBroken, match="not agreed"):
        deprivation.read(content.replace(b"published", b"guessed", 1), FILE, districts, areas)
