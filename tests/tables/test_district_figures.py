"""Figures of districts: every district once, and what an authority that is one district has itself."""

import pytest

from sendlib.errors import ContractBroken
from sendlib.tables import deprivation, district_figures, districts, population


@pytest.fixture(scope="module")
def table(store):
    return store.table("district_figures").astype({"area_code": str, "measure": str, "district_code": str})


def test_every_district_has_every_figure_once(table, store):
    assert set(table["district_code"]) == set(store.table("districts")["district_code"])
    assert table.groupby("measure").size().to_dict() == dict.fromkeys(district_figures.MEASURES, 296)


def test_figures_are_those_of_the_publishers_files(table):
    burnley = table[table["name"].eq("Burnley")].set_index("measure")
    assert set(burnley["area_code"]) == {"888"}
    assert burnley["value"].to_dict() == {"idaci": 0.529, "imd": 38.681, "residents": 32_103}


def test_an_authority_that_is_one_district_has_its_own_figures(table, store):
    own = store.table("deprivation").astype({"area_code": str, "measure": str})
    own = own[own["districts"].eq(1)].set_index(["area_code", "measure"])["value"]
    one = table[table["area_code"].isin(own.index.unique("area_code")) & table["measure"].ne("residents")]
    same = one.set_index(["area_code", "measure"])["value"].reindex(own.index)
    assert same.to_numpy() == pytest.approx(own.to_numpy(), abs=0.0006)


def test_districts_of_an_authority_have_all_its_residents(table, store):
    people = store.table("population").astype({"area_code": str, "age": str, "period": str})
    ages = people[people["period"].eq("2024-06") & people["age"].ne("0-17")].groupby("area_code")["value"].sum()
    summed = table[table["measure"].eq("residents")].groupby("area_code")["value"].sum()
    assert summed.to_dict() == ages.reindex(summed.index).to_dict()


def test_a_file_without_a_district_is_refused(originals, areas):
    indices, lookup, people = (
        originals.read(file) for file in (deprivation.DISTRICTS_FILE, districts.LOOKUP, population.SINGLE_YEARS)
    )
    fewer = b"\n".join(line for line in people.split(b"\n") if not line.startswith(b"E07000041"))
    with pytest.raises(ContractBroken, match="not every district"):
        district_figures.read(indices, lookup, fewer, areas)
    known = b"\n".join(line for line in lookup.split(b"\n") if not line.startswith(b"E07000041"))
    with pytest.raises(ContractBroken, match="not those of the authorities"):
        district_figures.read(indices, known, people, areas)
