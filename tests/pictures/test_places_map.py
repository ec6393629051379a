"""The map of Places as a drawing: what it shows and says, whom it outlines, what it is fitted to, what lies on top."""

import json
from dataclasses import replace

import numpy as np
import pytest

from sendlib import pictures, service
from sendlib.answer import MODES
from sendlib.compared import widened
from sendlib.compared.comparators import DEFAULT
from sendlib.pictures.places_map import ENGLAND_ENDS, MapPicture, with_district, with_own_points
from sendlib.questions.places import QUESTION, districts
from sendlib.questions.places.own_points import Point

CABIN = Point("The Cabin", 50.4, -4.1, "short breaks", 6)


@pytest.fixture(scope="module")
def asked(store, areas):
    def ask(code, versus=DEFAULT, **choices):
        return QUESTION.ask(store, areas.get(code), versus, choices)

    return ask


@pytest.fixture(scope="module")
def of_kind(store):
    def ask(text, **choices):
        return service.answer_of(store, QUESTION, widened.directory(store).find(text).area, "", choices)

    return ask


def the_map(answer, mode="explore"):
    (picture,) = pictures.of(answer, "map", mode)
    assert isinstance(picture, MapPicture)
    json.dumps(picture.drawing, allow_nan=False)
    return picture


def with_table(answer, name, **changed):
    """The same answer with other values in some columns of a table."""
    table = answer.tables[name]
    return replace(answer, tables={**answer.tables, name: replace(table, data=table.data.assign(**changed))})


def test_the_map_says_whose_outline_is_thick_and_its_fifth(asked):
    picture = the_map(asked("879"))
    said = picture.below[-1]
    assert said.startswith("Plymouth has the thick outline: Children and young people with an EHC plan per 1,000")
    assert "fifth of authorities." in said and "June 2021" in said
    assert "fifth of authorities." in picture.alt.explore


def test_the_outline_is_that_of_the_area_with_its_name_on_the_map_and_the_hexagons(asked, areas):
    for layout in ("map", "hexagons"):
        for code in ("879", "908", "420"):
            (outline,) = the_map(asked(code, layout=layout)).drawing["outlines"]
            assert outline["areas"] == [sorted(areas.authorities).index(code)]
            assert outline["name"] == areas.get(code).short_name


def test_on_a_shared_screen_names_are_large_and_no_words_about_the_map_stand_below(asked):
    picture = the_map(asked("879"), "show")
    assert picture.drawing["large"] and picture.below == ()
    assert "table below" not in picture.alt.in_mode("show") and "table below" in picture.alt.in_mode("families")


def test_the_key_names_five_classes_and_the_marks_of_schools(asked):
    names = [entry.words for entry in the_map(asked("879")).legend]
    assert names[0].startswith("under ") and names[4].endswith(" and more")
    assert any("school" in name.lower() for name in names[6:]) and names[-1].startswith("size: places")
    without = [entry.words for entry in the_map(asked("879", show="nothing")).legend]
    assert without == names[:6] and names[5].startswith("not available")


def test_the_shade_that_was_chosen_is_drawn_and_named(asked):
    plans, meals = the_map(asked("879")), the_map(asked("879", shade="free_school_meals"))
    assert "free school meals" in meals.heading and "free school meals" in meals.below[-1]
    assert plans.drawing["shades"] != meals.drawing["shades"] and plans.drawing["figures"] != meals.drawing["figures"]


def test_hexagons_carry_the_same_shades_and_figures_as_the_map(asked):
    one, other = (the_map(asked("211", layout=layout)).drawing for layout in ("map", "hexagons"))
    assert one["shades"] == other["shades"] and one["figures"] == other["figures"]


def test_an_authority_without_a_figure_is_white_and_says_so(asked, areas):
    answer = asked("879")
    data = answer.tables["map"].data
    here = data["area_code"].eq("879")
    gone = with_table(
        answer, "map", per_1000=data["per_1000"].mask(here), per_1000_class=data["per_1000_class"].mask(here, -1)
    )
    picture = the_map(gone)
    place = sorted(areas.authorities).index("879")
    assert picture.legend[5].words == "not available"
    assert picture.drawing["shades"][place] == -1 and picture.drawing["figures"][place] == "not available"
    assert picture.drawing["shades"].count(-1) == 3  # beside those of which DfE has no figure
    assert "per 1,000 aged 0 to 25: not available." in picture.below[-1]


def test_without_any_figure_there_is_no_map_and_it_says_so(asked):
    (picture,) = pictures.of(with_table(asked("879"), "map", per_1000=np.nan, per_1000_class=-1), "map", "explore")
    assert "not available" in picture.nothing and not isinstance(picture, MapPicture)


def test_hexagons_have_neither_schools_nor_arrows_nor_places_of_ones_own(asked):
    picture = the_map(asked("895", layout="hexagons", show="both"))
    assert picture.drawing["schools"] is None and picture.drawing["arrows"] == []
    assert picture.below[-1].startswith("Each authority has one hexagon of the same size; Cheshire East has")
    assert with_own_points(picture, [CABIN]) is picture


def test_ones_own_places_are_on_the_map_with_a_name_and_in_its_key_and_the_picture_before_stays_as_it_is(asked):
    picture = the_map(asked("879"))
    marked = with_own_points(picture, [CABIN])
    (point,) = marked.drawing["points"]
    assert point["at"] == [-4.1, 50.4] and point["name"] == "The Cabin"
    assert point["words"] == "The Cabin, short breaks, 6 places (your own place)"
    assert marked.legend[-1].words == "your own places" and picture.drawing["points"] == []
    assert with_own_points(picture, []) is picture


# Who travels


def test_arrows_are_drawn_from_the_number_that_was_chosen_with_the_numbers_of_the_table(asked):
    few, many = (asked("895", show="lines", **{"from": least}) for least in ("5", "50"))
    assert len(the_map(few).drawing["arrows"]) > len(the_map(many).drawing["arrows"]) > 0
    assert the_map(many).drawing["schools"] is None and "50 or more in a typical year" in the_map(many).below[0]
    for way in ("out", "in"):
        table = few.tables[f"flows_{way}"].data.set_index("area_code")["pupils"]
        for arrow in (one for one in the_map(few).drawing["arrows"] if one["way"] == way):
            assert arrow["number"] == f"{table[arrow['code']]:,.0f}"
            assert arrow["words"].startswith(arrow["number"]) and "Cheshire East" in arrow["words"]


def test_arrows_can_have_shares_at_their_heads(asked):
    answer = asked("895", show="lines", travel_as="shares")
    shares = answer.tables["flows_out"].data.set_index("area_code")["share"]
    out = [one for one in the_map(answer).drawing["arrows"] if one["way"] == "out"]
    assert out and all(one["number"] == f"{shares[one['code']]:.1f}%" for one in out)
    assert the_map(answer).legend[-2].words == "out to school, % of those who live here"


def test_wider_arrows_have_more_pupils_and_out_goes_the_other_way_than_in(asked):
    arrows = the_map(asked("895", show="lines")).drawing["arrows"]
    out = [one for one in arrows if one["way"] == "out"]
    widths, pupils = [one["width"] for one in out], [int(one["number"]) for one in out]
    assert widths == sorted(widths, reverse=True) and pupils == sorted(pupils, reverse=True)
    assert len({tuple(one["from"]) for one in out}) == 1
    assert {tuple(one["to"]) for one in arrows if one["way"] == "in"} == {tuple(out[0]["from"])}


def test_where_no_arrow_is_drawn_the_page_says_so(asked):
    picture = the_map(asked("201", show="both", **{"from": "50"}))
    assert picture.drawing["arrows"] == []
    assert picture.below[0].startswith("No flow across the border of the City of London")


def test_arrows_of_several_authorities_begin_in_their_middle(of_kind):
    answer = of_kind("London", show="lines")
    own = answer.tables["map"].data
    middle = own.loc[own["whose"].eq("this area"), ["longitude", "latitude"]].mean().tolist()
    out = [one for one in the_map(answer).drawing["arrows"] if one["way"] == "out"]
    assert out and out[0]["from"] == pytest.approx(middle, abs=1e-4)


# What it is fitted to


@pytest.mark.parametrize("text", ["Plymouth", "Devon, Plymouth, Torbay", "London", "South West", "QHM", "Scilly"])
def test_the_map_is_fitted_to_all_of_an_area_and_to_no_more(of_kind, text):
    answer = of_kind(text)
    west, south, east, north = the_map(answer).drawing["ends"]
    own = answer.tables["map"].data
    own = own[own["whose"].eq("this area")]
    assert [west, south] == pytest.approx([own["west"].min(), own["south"].min()], abs=1e-3)
    assert [east, north] == pytest.approx([own["east"].max(), own["north"].max()], abs=1e-3)


def test_it_can_be_fitted_to_those_with_whom_pupils_are_exchanged_or_to_england(of_kind):
    own, wide, all_of_it = (
        the_map(of_kind("Plymouth", fit=fit)).drawing["ends"] for fit in ("area", "travel", "england")
    )
    assert wide[0] < own[0] and wide[3] > own[3]
    assert all_of_it == list(ENGLAND_ENDS) == the_map(of_kind("England")).drawing["ends"]


def test_all_of_england_lies_within_its_ends(of_kind):
    table = of_kind("England").tables["map"].data
    west, south, east, north = ENGLAND_ENDS
    assert west <= table["west"].min() and south <= table["south"].min()
    assert east >= table["east"].max() and north >= table["north"].max()


# Areas of several authorities, and districts


@pytest.mark.parametrize("text", ["Devon, Plymouth, Torbay", "London", "QJK"])
@pytest.mark.parametrize("layout", ["map", "hexagons"])
def test_all_authorities_of_an_area_have_one_outline_together(of_kind, areas, text, layout):
    answer = of_kind(text, layout=layout)
    (outline,) = the_map(answer).drawing["outlines"]
    assert {sorted(areas.authorities)[place] for place in outline["areas"]} == set(answer.area.parts)


def test_england_is_the_whole_map_and_has_no_outline(of_kind):
    picture = the_map(of_kind("England"))
    assert picture.drawing["outlines"] == []
    assert picture.below[-1].startswith("England: Children and young people with an EHC plan per 1,000 aged 0 to 25: ")


def test_an_area_of_several_names_has_the_thick_outline_in_the_plural(of_kind):
    assert the_map(of_kind("Devon, Plymouth")).below[-1].startswith("Devon and Plymouth have the thick outline: ")
    assert the_map(of_kind("South West")).below[-1].startswith("The South West has the thick outline: ")
    assert the_map(of_kind("QJK")).below[-1].startswith("The authorities of NHS Devon have the thick outline: ")


def test_a_district_is_outlined_in_its_county_and_named_in_the_key_and_the_words(store, asked):
    found = widened.directory(store).find("Burnley")
    picture = the_map(asked(found.area.code))
    marked = with_district(picture, districts.find(store, found.district))
    (outline,) = marked.drawing["marked"]
    assert outline["name"] == "Burnley" and len(outline["rings"][0]) > 3 and picture.drawing["marked"] == []
    assert marked.drawing["ends"] == picture.drawing["ends"]
    assert marked.legend[-1].words == "Burnley, a district of Lancashire"
    for mode in MODES:
        assert marked.alt.in_mode(mode).endswith("Outlined within its county: Burnley, a district of Lancashire.")


def test_without_a_district_and_on_hexagons_the_map_is_as_it_is(store, asked):
    picture = the_map(asked("888"))
    assert with_district(picture, districts.find(store, "")) is picture
    assert districts.find(store, "E07999999") is None
    hexagons = the_map(asked("888", layout="hexagons"))
    assert with_district(hexagons, districts.find(store, "E07000117")) is hexagons


def test_a_change_of_area_sends_little(asked):
    for code in ("879", "330", "886"):
        assert len(json.dumps(the_map(asked(code, show="both")).drawing).encode()) < 20_000
