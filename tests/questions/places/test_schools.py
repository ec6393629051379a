"""Schools and places of an area: every kind, as a list and on the map, of the register shipped and of a newer one."""

import pytest

from sendlib import pictures, service
from sendlib.compared import widened
from sendlib.questions.places import QUESTION, provision, schools_list
from sendlib.tables import schools
from tests.fakes import ons as fakes
from tests.questions.places.register import with_register
from tests.spoiled import Spoiled


def ask(store, text):
    return service.answer_of(store, QUESTION, widened.directory(store).find(text).area, "", {})


@pytest.fixture(scope="module")
def fetched(store, areas):
    return with_register(store, areas)


@pytest.fixture(scope="module")
def plymouth(fetched):
    return ask(fetched, "879")


def by_code(answer):
    return answer.tables["provision"].data.set_index("kind_code")


# Of a register that a refresh has brought


def test_every_kind_of_school_has_its_schools_places_and_pupils(plymouth):
    rows = by_code(plymouth)
    told = rows.drop(index=provision.HOSPITAL)
    assert set(told["schools"]) == {1} and len(told) == 12 and set(told["origin"]) == {"Register, June 2026"}
    assert rows.loc["maintained_special", ["with_places", "capacity", "pupils"]].tolist() == [1, 80, 75]
    assert rows["kind"]["independent_special_section_41"].endswith("approved under section 41")
    assert rows["kind"]["special_post_16"].startswith("Other special post-16")


def test_places_that_a_school_does_not_give_are_not_nought(plymouth):
    rows = by_code(plymouth)
    for kind in ("special_academy", "non_maintained_special"):  # nothing, and 0 for an open school
        assert rows["with_places"][kind] == 0 and rows["capacity"].isna()[kind]


def test_of_a_mainstream_school_the_places_for_children_with_sen_alone_are_counted(plymouth):
    rows = by_code(plymouth)
    assert rows.loc[["sen_unit", "resourced_provision", "both"], "capacity"].tolist() == [12, 20, 11]
    assert rows["pupils"]["sen_unit"] == 9 and rows["pupils"].isna()["both"]


def test_hospital_schools_have_no_type_in_the_register_and_are_not_guessed(plymouth):
    row = by_code(plymouth).loc[provision.HOSPITAL]
    assert row["status"] == "not_available" and "no type" in row["origin"]


def test_an_area_without_a_school_of_a_kind_has_none_with_no_places(fetched):
    rows = by_code(ask(fetched, "420")).drop(index=provision.HOSPITAL)
    assert rows[["schools", "capacity", "pupils"]].eq(0).all(axis=None)


def test_the_list_has_every_school_with_what_the_register_says_of_it(plymouth):
    table = plymouth.tables["schools_here"]
    shown = table.readable().set_index("School")
    assert list(shown.index)[0] == "Ash School" and len(shown) == 12
    ash, lime = shown.loc["Ash School"], shown.loc["Lime High"]
    assert ash["Approved for"] == "Autism; Social, emotional and mental health" and ash["Ages"] == "3 to 19"
    assert shown["Section 41"].eq("Yes").sum() == 2 and shown["Section 41"]["Fig College"] == "Yes"
    assert shown["Kind of school"]["Fig College"] == "Special post-16 institution"
    assert lime["Places"] == "11"
    assert lime["SEN unit or resourced provision"] == "SEN unit: 5 places; resourced provision: 6 places"
    assert table.data.set_index("school")["unit_places"]["Juniper Primary"] == 12
    assert lime["Pupils"] == "Not available"  # never the 850 of the whole school
    assert shown["Approved for"]["Beech Academy"] == "None named" and "June 2026" in table.caption.explore
    assert table.data["urn"].str.fullmatch(r"\d{6}").all()


def test_in_a_room_three_pupils_of_a_school_are_fewer_than_five(plymouth):
    shown = plymouth.tables["schools_here"].readable("families").set_index("School")
    assert shown["Pupils"]["Élan School"] == "Fewer than 5" and shown["Pupils"]["Ash School"] == "75"


def test_the_map_draws_every_kind_with_the_places_of_each_school(fetched, plymouth):
    drawn = schools_list.for_map(fetched).set_index("school")
    kinds = schools_list.words_of_kinds(fetched)
    words = {name: kinds[place] for name, place in drawn["kind"].items()}
    assert words["Ash School"] == words["Beech Academy"] == "State special school"
    assert words["Dogwood School"] == words["Fig College"] == "Approved under section 41"
    assert words["Cedar School"] == words["Élan School"] == "Other independent or non-maintained special school"
    assert words["Hazel Centre"] == words["Ivy Academy"] == "Alternative provision"
    assert words["Kale Primary"] == words["Lime High"] == "Mainstream school with a SEN unit or resourced provision"
    assert drawn["kind_words"].to_dict() == words
    assert drawn["places"]["Lime High"] == 11 and drawn["needs"]["Ash School"] == "asd;semh"
    assert plymouth.tables["schools"].data["kind_words"].nunique() == len(kinds) == 6


def test_the_nearest_special_school_is_never_alternative_provision_or_a_unit(plymouth):
    kinds = set(plymouth.tables["distance"].data["kind"])
    assert len(kinds) == 4 and not kinds & {"Alternative provision", *provision.UNITS.values()}


@pytest.mark.parametrize(
    ("without", "said"),
    [
        ("Section41Approved (name)", "which are under section 41"),
        ("SEN3 (name)", "approved needs"),
        ("TypeOfResourcedProvision (name)", "units"),
    ],
)
def test_what_a_register_does_not_say_is_named_over_the_list(store, areas, without, said):
    answer = ask(with_register(store, areas, [name for name in fakes.HEADER if name != without]), "879")
    assert answer.tables["schools_here"].how_to_read.explore.endswith(f"Not available in it: {said}.")
    if said == "units":  # the school census shipped still has flags
        assert "January 2021" in by_code(answer)["origin"]["sen_unit"]


def test_a_register_that_an_earlier_version_fetched_is_read_as_well(store, areas, fetched):
    """It kept no types: all special schools were of one kind, and alternative provision was left out."""
    frame = fetched.table("schools")
    old = frame[~frame["kind"].isin(["pupil_referral_unit", "alternative_academy"])]
    old = old.assign(kind=old["kind"].where(old["kind"].eq("mainstream_unit"), "special")).reset_index(drop=True)
    answer = ask(Spoiled(store, {"schools": old}), "879")
    rows = by_code(answer)
    assert rows["schools"]["special"] == 5 and rows["schools"]["section_41"] == 2 and rows["schools"]["both"] == 1
    assert rows["schools"].isna()["pupil_referral_unit"] and len(answer.tables["schools_here"].data) == 10


# Of the register shipped


def test_the_register_shipped_tells_what_it_can_and_names_the_rest(store):
    answer = ask(store, "879")
    rows = by_code(answer)
    assert rows["schools"][["special", "mostly_plans", "section_41"]].tolist() == [6, 1, 0]
    assert rows["schools"][["sen_unit", "resourced_provision", "both"]].tolist() == [0, 8, 0]
    assert rows["capacity"][["sen_unit", "resourced_provision"]].isna().all()
    fetch = rows.loc[["special_academy", "special_post_16", "pupil_referral_unit"], "origin"]
    assert set(fetch) == {"Not available until the register is fetched"}
    (drawn,) = pictures.of(answer, "provision", "explore")
    assert drawn.data["schools"].notna().all() and "Not available for 9 other kinds" in drawn.below[0]


def test_of_a_kind_of_which_no_school_was_found_places_are_not_available_and_not_nought(store):
    row = by_code(ask(store, "420")).loc["special"]
    assert row["schools"] == 0 and row["origin"].endswith("none found by name") and row["status"] == "not_available"
    assert row[["capacity", "pupils"]].isna().all()


def test_a_school_that_is_not_on_the_shipped_list_is_not_found_there_and_never_no(store, plymouth):
    shown = ask(store, "336").tables["schools_here"].data["section_41"]
    assert "Not found on the list" in set(shown) and set(shown) <= {"Yes", "Not found on the list"}
    assert set(plymouth.tables["schools_here"].data["section_41"]) == {"Yes", "No"}
    assert "not found on the section 41 list" in by_code(ask(store, "336"))["kind"]["special"]


def test_what_no_figure_says_names_approved_needs_only_while_the_register_lacks_them(store, plymouth):
    def told(answer):
        return [text.explore for text in answer.cannot_tell]

    assert any("approved for" in text for text in told(ask(store, "879")))
    assert not any("approved for" in text for text in told(plymouth))
    assert "Whether a place in a school is free." in told(plymouth)


def test_places_are_not_said_to_be_unknown_below_the_authority(store):
    """The register has the point of each school."""
    assert "places" not in ask(store, "Devon").tables["by_district"].how_to_read.explore


def test_england_and_a_region_have_the_schools_of_an_authority_that_was_divided(store):
    table = store.table("schools")
    known = int(table["area_code"].ne("").sum())
    answer = ask(store, "England")
    assert by_code(answer)["schools"][list(schools.SHIPPED_WORDS)].sum() == known
    assert len(answer.tables["schools_here"].data) == known
    assert "Cumbria" in set(ask(store, "North West").tables["schools_here"].data["area"])


def test_of_a_part_of_a_divided_authority_the_list_says_whose_the_schools_were(store):
    table = ask(store, "942").tables["schools_here"]
    assert set(table.data["area"]) == {"Cumbria"} and "Those of Cumbria" in table.how_to_read.explore
    assert "Authority" not in ask(store, "879").tables["schools_here"].readable()


def test_what_is_the_same_for_every_school_is_in_files_and_not_in_each_row(store):
    table = ask(store, "879").tables["schools_here"]
    assert set(table.data["needs"]) == {schools_list.NOT_HELD} and "Approved for" not in table.readable()
