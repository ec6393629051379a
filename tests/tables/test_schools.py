"""Special schools: which are approved under section 41, which authority a school is given to, and one kind each."""

import json

import pandas as pd
import pytest

from sendlib.tables import schools

AUTHORITIES = {"E06000017": "857", "E08000010": "359", "E09000019": "206"}
"""Rutland, Wigan and Islington."""
HEAD = "name,capacity,pupils,min age,lon,lat,CTYUA23CD,is_special_group\n"
FILLING = "".join(f"Filling {number},10,10,5,-1.0,52.0,E09000019,True\n" for number in range(1000))
LIST = """"field2","field3","field5","field6"
"Local authority","Institution trading name (1)","Independent special school / Special post-16 institution","Date"
"Wigan","The Parks School","Independent special school","Aug-15"
"Rutland","The Shires","Special post-16 institution","Aug-15"
"Wales","The Bridge","Independent special school","Aug-15"
"Rutland","Marchant-Holliday School Limited","Independent special school","Aug-15"
"Rutland","Sunfield Children’s Homes Limited","Independent special school","Aug-15"
"Northamptonshire","Potterspury","Independent special school","Aug-15"
"""


@pytest.fixture
def approved(areas):
    return schools.read_section_41(LIST.encode(), "list.csv", areas)


def read(rows, approved, census=()):
    named = pd.DataFrame([("Elsewhere", "206", 9), *census], columns=["school_name", "code", "pupils"])
    table = schools.read((HEAD + rows + FILLING).encode(), "points.csv", named, approved, AUTHORITIES, {"857": "999"})
    return table[~table["name"].str.startswith("Filling")]


def test_a_school_is_approved_where_name_and_authority_are_those_of_the_list(approved):
    both = "The Parks School,10,8,5,-0.7,52.7,E06000017,True\nThe Parks School,30,29,5,-2.6,53.5,E08000010,True\n"
    assert read(both, approved)["section_41"].tolist() == [False, True]


def test_a_school_in_another_authority_s_area_is_approved_under_the_one_that_dfe_s_file_gives(approved):
    lies_elsewhere = "The Parks School,30,29,5,-0.7,52.7,E06000017,True\n"
    assert read(lies_elsewhere, approved, [("The Parks School", "359", 30)])["section_41"].tolist() == [True]


def test_an_approved_college_does_not_make_the_school_of_its_name_approved(approved):
    school, college = (f"The Shires,10,8,{youngest},-0.7,52.7,E06000017,True\n" for youngest in (5, 16))
    assert read(school + college, approved)["section_41"].tolist() == [False, True]


def test_the_list_knows_divided_authorities_and_leaves_out_wales(approved):
    assert set(approved.loc[approved["plain"].eq("potterspury"), "code"]) == {"928", "940", "941"}
    assert not approved["plain"].eq("bridge").any()


def test_a_school_keeps_its_authority_across_a_border_but_not_with_six_times_the_pupils(approved):
    here = "Eagle House,65,62,5,-0.1,51.5,E09000019,True\n"
    assert read(here, approved, [("Eagle House School", "857", 60)])["area_code"].tolist() == ["857"]
    assert read(here, approved, [("Eagle House School", "857", 376)])["area_code"].tolist() == [""]


def test_of_a_name_that_several_schools_have_each_is_given_to_the_authority_where_it_alone_has_it():
    both = "St John's School,10,8,5,-0.7,52.7,E09000019,True\nSt Johns,30,29,5,-2.6,53.5,E08000010,True\n"
    approved = pd.DataFrame(columns=["plain", "code", "college"])
    census = [("St John's School", "206", 9), ("St John’s", "359", 30)]
    assert read(both, approved, census)["area_code"].tolist() == ["206", "359"]
    # Two of the name in one authority, or a mainstream school of it, say nothing.
    assert read(both, approved, [*census, ("The St John's", "359", 30)])["area_code"].tolist() == ["206", ""]
    assert read(both, approved, [census[0], ("St John's", "359", 400)])["area_code"].tolist() == ["206", ""]
    assert read(both + both.split("\n")[1] + "\n", approved, census)["area_code"].tolist() == ["206", "", ""]


def test_a_name_that_several_have_is_found_under_the_authority_that_was_there_before(approved):
    """Cumberland's schools, which DfE's file still has under Cumbria."""
    here = "Mayfield School,160,160,5,-0.7,52.7,E06000017,True\n"
    census = [("Mayfield School", "999", 218), ("Mayfield School", "206", 160)]
    assert read(here, approved, census)["area_code"].tolist() == ["999"]


def test_a_school_is_found_on_the_list_under_its_owner_s_longer_name(approved):
    rows = "".join(
        f"{name},10,8,5,-0.7,52.7,E06000017,True\n"
        for name in ("Marchant Holliday School", "Sunfield Children's Home Ltd", "Marchant School")
    )
    assert read(rows, approved)["section_41"].tolist() == [True, True, False]


@pytest.mark.parametrize(
    ("name", "approved"),
    [
        ("Rossendale School", 1),
        ("Priors Court School", 1),  # the list has an apostrophe, and a curly one
        ("Gloucester House, The Tavistock Children's Day Unit", 1),
        ("Farney Close School", 1),
        ("The Bridge School", 0),
        ("The Bridge", 0),
        ("Belmont School", 1),  # that of Lancashire, and not that of Gloucestershire
        ("The Orchard School", 0),
        ("Lakeside School", 0),
        ("The Parks School", 1),
        ("The Shires at Oakham", 1),
        ("Nugent House School", 1),  # the list writes St Helens without its stop
    ],
)
def test_schools_that_only_share_a_name_with_an_approved_one_are_not_called_approved(store, name, approved):
    table = store.table("schools")
    assert int(table.loc[table["name"].eq(name), "section_41"].sum()) == approved


def test_bedford_has_its_special_schools(store):
    table = store.table("schools")
    held = table[table["area_code"].eq("822")].set_index("name")["capacity"]
    assert held[["Ridgeway School", "St John's School", "Grange Academy"]].tolist() == [85, 170, 120]
    assert table["area_code"].eq("").sum() == 106


def test_no_academy_s_school_is_called_approved_but_for_one_college(store):
    table = store.table("schools")
    assert set(table.loc[table["section_41"] & table["kind"].eq("mostly_plans"), "name"]) == {
        "Exeter Royal Academy for Deaf Education"
    }


def test_every_school_is_of_exactly_one_kind_and_the_kinds_add_up_to_the_schools(store):
    table = store.table("schools")
    counts = schools.one_kind(table).value_counts()
    assert set(counts.index) == {"special", "mostly_plans", "section_41"} and counts.sum() == len(table)
    assert schools.stand_there(table[table["section_41"]]).all()  # the map has all that are approved
    drawn = schools.map_points(table, [])
    assert len(drawn["kinds"]) == 3 and drawn["day"] == "June 2021"
    assert sum(school[3] == 2 for school in drawn["schools"]) == counts["section_41"] == table["section_41"].sum()


def test_an_owner_s_office_is_no_school(store):
    """Four schools from Bedford to North Yorkshire have one point in Hertfordshire."""
    table = store.table("schools")
    offices = table[~schools.stand_there(table)]
    assert {"Fenton Grange School", "Chase House School", "The Mews", "Cambian Walnut Tree Lodge School"} <= set(
        offices["name"]
    )
    assert len(offices) < 20
    drawn = {tuple(school[:3]) for school in schools.map_points(table, [])["schools"]}
    for school in offices.itertuples():
        assert (school.name, round(school.longitude, 4), round(school.latitude, 4)) not in drawn


def test_what_the_browser_draws_is_what_the_table_has(store, areas):
    """Places and pupils as the register gives them, and nothing where it does not."""
    order = sorted(areas.authorities)
    drawn = schools.map_points(store.table("schools"), order)
    table = store.table("schools").set_index(["name", "longitude", "latitude"]).sort_index()
    rounded = {(name, round(x, 4), round(y, 4)): row for (name, x, y), row in table.iterrows()}
    for name, x, y, kind, places, pupils, at, needs in drawn["schools"]:
        row = rounded[name, x, y]
        assert (places is None) == (not row["capacity"] > 0) and (places or 0) == (row["capacity"] if places else 0)
        assert (pupils is None) == (row["pupils"] != row["pupils"])
        assert at == (order.index(row["area_code"]) if row["area_code"] in order else -1)
        assert 0 <= kind < 3 and needs == ""
    assert len(json.dumps(drawn, separators=(",", ":"), ensure_ascii=False).encode()) < 125_000
