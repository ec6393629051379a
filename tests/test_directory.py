"""Every area is found by whatever a person calls it, and it is said how a slip was read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendlib.catalogue import load
from sendlib.compared import widened
from sendlib.errors import UnknownArea


@pytest.fixture(scope="module")
def directory(store):
    return widened.directory(store)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("879", "Plymouth"),
        ("E06000026", "Plymouth"),
        ("B&NES", "Bath and North East Somerset"),
        ("London Borough of Hackney", "Hackney"),
        ("Royal Borough of Kensington and Chelsea", "Kensington and Chelsea"),
        ("City of York Council", "York"),
        ("Bristol, City of", "Bristol, City of"),
        ("City of London", "City of London"),
        ("the City of London", "City of London"),
        ("London", "London"),
        ("north yorkshire council", "North Yorkshire"),
        ("south west", "South West"),
        ("E12000009", "South West"),
        ("england", "England"),
        ("QJK", "NHS Devon"),
        ("Devon ICB", "NHS Devon"),
        ("NHS Norfolk and Suffolk", "NHS Norfolk and Suffolk"),
        ("NHS Norfolk and Waveney", "NHS Norfolk and Waveney (until March 2026)"),
        ("Devon", "Devon"),
        ("Barnsley", "Barnsley"),
    ],
)
def test_a_name_or_code_of_any_kind_finds_its_area(directory, text, name):
    located = directory.find(text)
    assert (located.area.name, located.note) == (name, "")


def test_a_district_says_whose_it_is_and_is_told_to_the_map(directory):
    located = directory.find("Burnley")
    assert located.area.name == "Lancashire" and "Burnley is a district of Lancashire" in located.note
    assert located.district == "E07000117"


@pytest.mark.parametrize(
    ("text", "name"),
    [("Middlesborough", "Middlesbrough"), ("Plymoth", "Plymouth"), ("Brimingham", "Birmingham"), ("Exter", "Devon")],
)
def test_a_slip_is_read_as_the_one_name_near_enough_and_that_is_said(directory, text, name):
    located = directory.find(text)
    assert located.area.name == name and located.note


@pytest.mark.parametrize("text", ["", "north", "xyzzy", "Kent, Nowhere", "Yorkshire", "Yorks", "?", ":", ",", "12345"])
def test_what_names_no_area_or_several_is_refused_with_the_nearest(directory, text):
    with pytest.raises(UnknownArea):
        directory.find(text)


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("Berkshire", {"867", "868", "869", "870", "871", "872"}),
        ("Berks", {"867", "868", "869", "870", "871", "872"}),
        ("Cleveland", {"805", "806", "807", "808"}),
        ("Tyne & Wear", {"390", "391", "392", "393", "394"}),
        ("West Midlands county", {"330", "331", "332", "333", "334", "335", "336"}),
        ("Mersyside", {"340", "341", "342", "343", "344"}),
    ],
)
def test_a_county_without_a_council_is_its_authorities_together_and_that_is_said(directory, text, members):
    located = directory.find(text)
    assert set(located.area.members) == members
    assert "no county council since" in located.note and directory.get(located.area.code) == located.area


def test_a_county_with_the_name_of_a_board_says_how_to_ask_for_the_board(directory):
    assert "type 'NHS Greater Manchester'" in directory.find("Greater Manchester").note


def test_a_region_with_the_name_of_a_county_says_how_to_ask_for_the_county(directory):
    located = directory.find("West Midlands")
    assert located.area.code == "E12000005" and "read as the region" in located.note
    assert len(directory.find("West Midlands boroughs").area.members) == 7


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Northampton", "West Northamptonshire"),
        ("Kettering", "North Northamptonshire"),
        ("Craven", "North Yorkshire"),
        ("Harogate", "North Yorkshire"),
        ("Barrow", "Westmorland and Furness"),
        ("Aylesbury", "Buckinghamshire"),
    ],
)
def test_a_district_that_is_gone_leads_to_who_has_the_duties_now(directory, text, name):
    located = directory.find(text)
    assert located.area.name == name and "was a district until 1 April" in located.note


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Herts", "Hertfordshire"),
        ("Notts", "Nottinghamshire"),
        ("Hereford", "Herefordshire, County of"),
        ("Isle of White", "Isle of Wight"),
        ("Windsor", "Windsor and Maidenhead"),
        ("Taunton", "Somerset"),
        ("East Yorkshire", "East Riding of Yorkshire"),
        ("Greater London", "London"),
        ("Newcastle", "Newcastle upon Tyne"),
        ("Valleys", "Herts Valleys (Hertfordshire and West Essex ICB - 06N)"),
        ("Kent and Medway", "NHS Kent and Medway"),
    ],
)
def test_a_short_form_or_part_of_a_name_is_said_to_be_read_so_and_the_nhs_comes_last(directory, text, name):
    located = directory.find(text)
    assert (located.area.name, located.note) == (name, f"'{text}' was read as {name}.")


@pytest.mark.parametrize("text", ["West Riding of Yorkshire", "South Northumberland", "West Essex"])
def test_one_side_of_the_compass_is_no_slip_of_another(directory, text):
    with pytest.raises(UnknownArea):
        directory.find(text)


def test_a_slip_in_the_name_of_an_authority_that_is_gone_is_not_an_area_of_the_nhs(directory):
    assert directory.find("Northmptonshire").area.members == ("940", "941")


def test_what_was_said_of_each_name_in_a_group_is_said_of_the_group(directory):
    note = directory.find("Herts, Craven").note
    assert "'Herts' was read as Hertfordshire." in note and "Craven was a district" in note


def test_part_of_several_names_is_refused_with_those_names(directory):
    with pytest.raises(UnknownArea) as refused:
        directory.find("Sussex")
    assert refused.value.nearest == ["East Sussex", "West Sussex", "Mid Sussex"]


def test_every_former_area_leads_to_authorities_of_today(directory):
    facts = load("former_areas")
    places = [county["name"] for county in facts["counties"]]
    places += [name for row in facts["districts"] for name in row["names"]]
    for name in {*places, *facts["short"]} - {"Yorks"}:
        assert directory.find(name).area.parts and directory.find(name).note, name
    assert all(row["source"] for row in (*facts["counties"], *facts["districts"]))


def test_authorities_with_commas_between_are_a_group_which_may_have_a_name(directory):
    plain, named = (
        directory.find("Torbay; Devon,Plymouth").area,
        directory.find("Peninsula: Devon, Plymouth, Torbay").area,
    )
    assert (plain.code, plain.name, plain.kind) == ("878,879,880", "Devon, Plymouth and Torbay", "group")
    assert (named.code, named.name, named.members) == ("Peninsula:878,879,880", "Peninsula", plain.members)
    assert directory.get(named.code) == named and directory.get(plain.code) == plain


def test_a_group_is_spoken_of_as_its_members_are(directory):
    assert directory.find("Hampshire, Isle of Wight").area.in_text == "Hampshire and the Isle of Wight"
    assert directory.find("The Solent: Hampshire, Isle of Wight").area.in_text == "The Solent"


@pytest.mark.parametrize("text", ["England:878,879", "england: Devon, Plymouth", "NHS Devon:878,879", "Plymouth:879"])
def test_a_group_has_the_name_of_no_other_area(directory, text):
    located = directory.find(text)
    assert located.area.name == f"{text.partition(':')[0]} (group)" and "the name of another area" in located.note
    assert directory.get(located.area.code) == located.area and not directory.find(located.area.code).note


def test_a_code_with_a_slip_is_not_read_as_the_code_of_another_area(directory):
    with pytest.raises(UnknownArea):
        directory.find("E06999999")


def test_a_district_is_found_by_its_code_as_well(directory):
    assert directory.find("E07000117") == directory.find("Burnley")


def test_an_authority_that_was_divided_is_the_group_of_its_parts(directory):
    located = directory.find("Cumbria")
    assert located.area.members == ("942", "943") and "divided on 1 April 2023" in located.note


def test_a_health_area_is_the_authorities_whose_children_mostly_live_in_it(directory, store):
    shares = store.table("health_areas").astype({"level": str, "health_code": str, "area_code": str})
    for board in directory.of_kind("board"):
        rows = shares[shares["health_code"].eq(board.code) & shares["level"].eq("icb_2026" if board.current else "icb")]
        mostly = set(rows.loc[rows["share_of_authority"].gt(50), "area_code"])
        assert set(board.members) == mostly
    assert any(not place.members for place in directory.of_kind("location"))


def test_every_area_is_found_by_its_code_and_by_its_name(directory):
    for area in directory.of_kind("authority", "region", "england", "board", "location"):
        assert directory.find(area.code).area == area
        assert directory.find(area.name).area == area


def test_any_text_finds_an_area_or_gets_a_friendly_no(directory):
    @given(
        st.text(max_size=30) | st.lists(st.sampled_from(["Devon", "Kent", "x", ":", ",", " "]), max_size=6).map("".join)
    )
    def check(text):
        try:
            found = directory.find(text).area
        except UnknownArea as error:
            assert str(error)
        else:
            assert directory.get(found.code) == found

    check()
