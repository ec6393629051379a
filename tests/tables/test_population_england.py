"""England's children and young people, estimated and projected, against the published totals."""

import pandas as pd
import pytest

from sendlib.errors import ContractBroken
from sendlib.tables import population_england as table

PUBLISHED = {
    ("estimate", 2001): 12_327_688,
    ("estimate", 2017): 13_169_095,
    ("estimate", 2020): 13_330_355,
    ("ons-2022", 2022): 13_206_749,
    ("ons-2022", 2024): 13_319_458,
    ("ons-2022", 2030): 13_021_276,
    ("ons-2022", 2035): 12_635_166,
    ("ons-2018", 2022): 13_499_314,
    ("ons-2018", 2030): 13_426_774,
    ("ons-2018", 2035): 13_126_850,
    ("ons-2018-high", 2030): 13_966_069,
    ("ons-2018-low", 2030): 12_647_611,
}


@pytest.fixture(scope="module")
def people(store):
    return (
        store.table("population_england")
        .astype({"basis": str, "period": str, "age": str})
        .set_index(["basis", "period", "age"])["value"]
    )


@pytest.mark.parametrize(("basis", "year"), PUBLISHED)
def test_the_totals_are_the_published_ones(people, basis, year):
    assert people[basis, f"{year}-06", "0-19"] == PUBLISHED[basis, year]


def test_children_under_one_are_told_apart_from_one_year_olds_in_every_projection(people):
    assert people["ons-2022", "2030-06", "<1"] == 589_675
    assert people["estimate", "2017-06", "<1"] == 653_467
    # Nomis counts ages from 1 and the variants from 0; in the base year all have the same children.
    assert len({people[basis, "2018-06", "<1"] for basis in ("ons-2018", "ons-2018-high", "ons-2018-low")}) == 1


def test_the_bands_add_up_everywhere(people):
    wide = people.unstack("age")
    assert (wide[["<1", "1-5", "6-10", "11-15", "16-19"]].sum(axis=1) == wide["0-19"]).all()


def test_our_projections_agree_with_the_gathered_file(originals, people):
    import io

    gathered = pd.read_csv(io.BytesIO(originals.read(table.ESTIMATES)))
    named = {
        "2022-based NPP principal": "ons-2022",
        "2018-based NPP principal": "ons-2018",
        "2018-based NPP high population": "ons-2018-high",
        "2018-based NPP low population": "ons-2018-low",
    }
    rows = gathered[gathered["basis"].isin(named)]
    assert len(rows) > 300
    for row in rows.itertuples():
        assert people[named[row.basis], f"{row.year}-06", row.age_band] == row.population


def nomis(rows: str) -> bytes:
    return ("GEOGRAPHY_CODE,PROJECTED_YEAR_NAME,GENDER,C_AGE,OBS_VALUE\n" + rows).encode()


def test_a_projection_without_an_age_is_refused():
    rows = "".join(f"E92000001,2030,{sex},{age},100\n" for sex in (1, 2) for age in range(20) if (sex, age) != (2, 7))
    with pytest.raises(ContractBroken, match="every age from 0 to 19"):
        table.read_nomis(nomis(rows), "made up", "ons-2018")


def test_ages_that_begin_at_one_are_not_taken_for_ages_that_begin_at_nought():
    rows = "".join(f"E92000001,2030,{sex},{age},{100 + age}\n" for sex in (1, 2) for age in range(1, 21))
    read = table.read_nomis(nomis(rows), "made up", "ons-2018", first_age=1).set_index("age")["value"]
    assert read["<1"] == 202
    with pytest.raises(ContractBroken, match="every age"):
        table.read_nomis(nomis(rows), "made up", "ons-2018")


def test_estimates_whose_bands_do_not_add_up_are_refused():
    header = "area,area_code,year,age_band,population,basis,source\n"
    bands = {"<1": 1, "1-5": 5, "6-10": 5, "11-15": 5, "16-19": 4, "0-19": 21}
    rows = "".join(
        f"England,E92000001,2001,{band},{number},mid-year estimate,made up\n" for band, number in bands.items()
    )
    with pytest.raises(ContractBroken, match="do not add up"):
        table.read_estimates((header + rows).encode(), "made up")
