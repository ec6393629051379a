"""Every authority is found by any of its names and codes; anything else gets a friendly no."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendlib.areas import Areas
from sendlib.compared import widened
from sendlib.errors import UnknownArea


def test_every_authority_is_found_by_name_and_codes_in_any_case(areas):
    for code, area in areas.authorities.items():
        for text in (
            code,
            area.name,
            area.name.upper(),
            area.name.lower(),
            area.ons_code,
            area.ons_code.lower(),
            f" {area.name} ",
        ):
            assert areas.find(text).areas == (area,), text


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("E08000016", ["Barnsley"]),
        ("E08000019", ["Sheffield"]),
        ("E10000027", ["Somerset"]),
        ("E10000023", ["North Yorkshire"]),
        ("E10000002", ["Buckinghamshire"]),
        ("Bournemouth", ["Bournemouth, Christchurch and Poole"]),
        ("837", ["Bournemouth, Christchurch and Poole"]),
        ("Cumbria", ["Cumberland", "Westmorland and Furness"]),
        ("909", ["Cumberland", "Westmorland and Furness"]),
        ("Northamptonshire", ["North Northamptonshire", "West Northamptonshire"]),
        ("Durham", ["County Durham"]),
        ("Hull", ["Kingston upon Hull, City of"]),
        ("Bristol", ["Bristol, City of"]),
        ("st helens", ["St. Helens"]),
        ("Telford & Wrekin Council", ["Telford and Wrekin"]),
        ("Dorset", ["Dorset"]),
        ("City of London", ["City of London"]),
    ],
)
def test_old_names_old_codes_and_short_names_work(areas, text, names):
    assert [area.name for area in areas.find(text).areas] == names


def test_what_became_of_an_old_authority_is_said(areas):
    assert (
        areas.find("Cumbria").note
        == "Cumbria was divided on 1 April 2023: it is now Cumberland and Westmorland and Furness."
    )
    assert "new code, E08000038, since 1 May 2025" in areas.find("E08000016").note
    assert areas.find("Plymouth").note == ""


def test_a_slip_of_the_pen_gets_the_nearest_names(areas):
    with pytest.raises(UnknownArea, match="Birmingham"):
        areas.find("Brimingham")


@pytest.mark.parametrize("region", ["London", "South West", "England"])
def test_a_region_is_not_taken_for_an_authority(areas, region):
    with pytest.raises(UnknownArea):
        areas.find(region)


def test_any_text_finds_an_area_or_gets_a_friendly_no(areas: Areas):
    @given(st.text(max_size=30))
    def check(text):
        try:
            assert areas.find(text).areas
        except UnknownArea as error:
            assert text in str(error)

    check()


def test_the_number_of_authorities_is_counted_and_not_assumed(areas, store):
    assert len(areas.authorities) == (store.table("areas")["level"] == "authority").sum()


def test_neighbours_are_never_mutual_by_assumption(store):
    table = store.table("neighbours")
    pairs = set(zip(table["area_code"], table["neighbour_code"], strict=True))
    assert any((other, one) not in pairs for one, other in pairs)


def test_nobody_is_his_own_predecessor(areas):
    assert areas.predecessors("420") == [] and areas.predecessors("908") == []
    assert [name for _, name, _ in areas.predecessors("942")] == ["Cumbria"]
    assert {name for _, name, _ in areas.predecessors("839")} == {"Bournemouth", "Poole", "Dorset"}


def test_islands_and_names_in_a_row_have_what_one_name_has(store):
    known = widened.directory(store)
    several = [known.get(code) for code in ("420", "878,879,880", "201,420")]
    one = [known.get(code) for code in ("201", "879", "E12000009", "E92000001", "QT6", "Peninsula:878,879,880", "879,")]
    assert {area.verb("has", "have") for area in several} == {"have"}
    assert {area.verb("has", "have") for area in one} == {"has"}
