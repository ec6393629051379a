"""Pictures of Places: what the map shows and says, flows, placements and needs, and when there is nothing to draw."""

from dataclasses import replace

import numpy as np
import pytest

from sendlib import pictures, service
from sendlib.answer import MODES
from sendlib.compared import widened
from sendlib.compared.comparators import DEFAULT
from sendlib.pictures.places_map import MapPicture, with_district, with_own_points
from sendlib.questions.places import QUESTION, districts
from sendlib.questions.places.own_points import Point
from sendlib.questions.places.placements import SPREAD

CABIN = Point("The Cabin", 50.4, -4.1, "short breaks", 6)


@pytest.fixture(scope="module")
def asked(store, areas):
    def ask(code, versus=DEFAULT, **choices):
        return QUESTION.ask(store, areas.get(code), versus, choices)

    return ask


def the_map(answer, mode="explore"):
    (picture,) = pictures.of(answer, "map", mode)
    assert isinstance(picture, MapPicture)
    return picture


def layers(picture):
    return {layer.id: layer for layer in picture.deck.layers}


def own_outline(picture):
    (name,) = (name for name in layers(picture) if name.startswith("own_outline_"))
    return name


def with_table(answer, name, **changed):
    """The same answer with other values in some columns of a table."""
    table = answer.tables[name]
    return replace(answer, tables={**answer.tables, name: replace(table, data=table.data.assign(**changed))})


def test_the_map_says_whose_outline_is_thick_and_its_fifth(asked):
    picture = the_map(asked("879"))
    said = picture.below[-1]
    assert said.startswith("Plymouth has the thick outline: Children and young people with an EHC plan per 1,000")
    assert "fifth of authorities." in said and "Points are special schools of June 2021" in said
    assert "fifth of authorities." in picture.alt.explore


def test_the_thick_outline_is_a_layer_of_its_own_for_each_area(asked, areas):
    """Streamlit keeps no update trigger of an outline: under the same name the old one would stay."""
    for layout in ("map", "hexagons"):
        pictures_of = {code: the_map(asked(code, layout=layout)) for code in ("879", "908", "420")}
        assert len({own_outline(picture) for picture in pictures_of.values()}) == 3
        for code, picture in pictures_of.items():
            place = sorted(areas.authorities).index(code)
            thick = layers(picture)[own_outline(picture)]
            assert thick.get_line_width.strip("@=") == f"properties.i=={place}?3.5:0"
            assert "properties.i" not in str(layers(picture)["outlines"].to_json())


def test_on_a_shared_screen_the_map_is_lower_and_no_words_stand_below(asked):
    picture = the_map(asked("879"), "show")
    assert picture.height < the_map(asked("879")).height and picture.below == ()
    assert "table below" not in picture.alt.in_mode("show") and "table below" in picture.alt.in_mode("families")


def test_the_key_names_five_classes_and_the_kinds_of_schools(asked):
    names = [entry.words for entry in the_map(asked("879")).legend]
    assert names[0].startswith("under ") and names[4].endswith(" and more")
    assert len([name for name in names if "school" in name.lower() or "section 41" in name]) == 3
    without = [entry.words for entry in the_map(asked("879", show="nothing")).legend]
    assert without == names[:6] and names[5].startswith("not available")


def test_the_shade_that_was_chosen_is_drawn_and_named(asked):
    plans, meals = the_map(asked("879")), the_map(asked("879", shade="free_school_meals"))
    assert "free school meals" in meals.heading and "free school meals" in meals.below[-1]
    assert layers(plans)["areas"].get_fill_color != layers(meals)["areas"].get_fill_color


def test_an_authority_without_a_figure_is_white_and_says_so_on_the_map(asked):
    answer = asked("879")
    data = answer.tables["map"].data
    here = data["area_code"].eq("879")
    gone = with_table(
        answer, "map", per_1000=data["per_1000"].mask(here), per_1000_class=data["per_1000_class"].mask(here, -1)
    )
    picture = the_map(gone)
    assert picture.legend[5].words == "not available"
    places = [word["p"] for word in layers(picture)["missing"].data]
    assert [pytest.approx(-4.1, abs=0.1), pytest.approx(50.4, abs=0.1)] in places
    assert len(places) == 3  # beside those of which DfE has no figure, Lewisham and the Isle of Wight
    assert "per 1,000 aged 0 to 25: not available." in picture.below[-1]


def test_without_any_figure_there_is_no_map_and_it_says_so(asked):
    (picture,) = pictures.of(with_table(asked("879"), "map", per_1000=np.nan, per_1000_class=-1), "map", "explore")
    assert "not available" in picture.nothing and not isinstance(picture, MapPicture)


def test_lines_are_drawn_from_the_number_that_was_chosen(asked):
    few, many = (the_map(asked("895", show="lines", **{"from": least})) for least in ("5", "50"))
    assert len(layers(few)["flows"].data) > len(layers(many)["flows"].data) > 0
    assert "50 or more in a typical year" in many.below[0] and "schools" not in layers(many)


def test_where_no_line_is_drawn_the_page_says_so(asked):
    picture = the_map(asked("201", show="both", **{"from": "50"}))
    assert "flows" not in layers(picture) and picture.below[0].startswith(
        "No flow across the border of the City of London"
    )


def test_hexagons_have_neither_schools_nor_lines_nor_places_of_ones_own(asked):
    picture = the_map(asked("895", layout="hexagons", show="both"))
    assert set(layers(picture)) == {"areas", "outlines", own_outline(picture), "missing"}
    assert picture.below[-1].startswith("Each authority has one hexagon of the same size; Cheshire East has")
    assert with_own_points(picture, [CABIN]) is picture


def test_ones_own_places_are_added_to_the_map_and_the_picture_before_stays_as_it_is(asked):
    picture = the_map(asked("879"))
    marked = with_own_points(picture, [CABIN])
    assert layers(marked)["own_points"].data == [{"x": -4.1, "y": 50.4, "n": "The Cabin"}]
    assert list(layers(marked))[-1] == "missing" and "own_points" not in layers(picture)
    assert with_own_points(picture, []) is picture


def test_the_map_looks_at_the_area_and_the_nearest_of_those_compared(asked):
    near = the_map(asked("879")).deck.initial_view_state
    england = the_map(asked("879", "england")).deck.initial_view_state
    assert near.zoom > england.zoom == 5.4


def test_bars_of_flows_have_their_numbers_and_name_what_they_leave_out(asked):
    answer = asked("895")
    (picture,) = pictures.of(answer, "flows_out", "explore")
    assert "Cheshire West and Chester: 111" in picture.alt.explore
    (together,) = answer.tables["flows_out"].data.query("area_code == ''")["area"]
    assert picture.below[-1] == f"Not drawn: {together}."


def test_without_a_flow_that_is_large_enough_nothing_is_drawn(asked):
    (small,), (none,) = (pictures.of(asked(code), "flows_in", "explore") for code in ("201", "942"))
    assert none.nothing == "No flow of 5 or more pupils a year, or not available for Cumberland."
    assert small.nothing and small.data.empty


def test_placements_are_lines_of_the_kind_that_was_chosen(asked):
    (picture,) = pictures.of(asked("879", placement_kind="SEN unit"), "placement", "explore")
    names = [entry.words for entry in picture.legend]
    assert names == ["Plymouth", "Mean of its ten statistical neighbours", "England"]
    assert ": SEN unit. Lines" in picture.alt.explore


def test_a_january_without_a_figure_is_a_gap_and_never_nought(asked):
    (picture,) = pictures.of(asked("942"), "placement", "explore")
    own = picture.data[picture.data["line"].eq("Cumberland")].set_index("period")["number"]
    assert own[["2019", "2020"]].isna().all() and own["2025"] > 0


def test_residential_placements_are_one_line_or_a_word_why_there_is_none(asked):
    answer = asked("879")
    (picture,) = pictures.of(answer, "residential", "explore")
    assert [entry.words for entry in picture.legend] == ["All residential placements"]
    (empty,) = pictures.of(with_table(answer, "residential", plans=np.nan), "residential", "explore")
    assert empty.nothing == "Not available for Plymouth."


def test_needs_are_marks_and_one_that_is_hidden_says_why(asked):
    answer = asked("895")
    table = answer.tables["need_here"].data
    (picture,) = pictures.of(answer, "need_here", "explore")
    hidden = table.loc[table["pupils_share"].isna(), "name"]
    names = [value["words"] for value in picture.spec["layer"][1]["data"]["values"]]
    assert len(names) == len(table)
    assert all(any(name.startswith(f"{need} (") for name in names) for need in hidden)


def test_without_a_special_school_no_needs_are_drawn(asked):
    (picture,) = pictures.of(asked("420"), "need_here", "explore")
    assert picture.nothing == (
        "Not available for the Isles of Scilly: there is no state special school, or too few pupils for shares."
    )


@pytest.mark.parametrize("name", ["schools_here", "distance", "beside"])
def test_what_is_only_read_has_no_picture(asked, name):
    assert pictures.of(asked("879"), name, "explore") == []


# Areas of several authorities


@pytest.fixture(scope="module")
def of_kind(store):
    def ask(text, **choices):
        return service.answer_of(store, QUESTION, widened.directory(store).find(text).area, "", choices)

    return ask


def drawn_for(layer, areas):
    """Codes of the authorities for which a layer of outlines has a width."""
    widths = layer.get_line_width.strip("@=").split("[", 1)[1].split("]")[0].split(",")
    return {code for code, width in zip(sorted(areas.authorities), widths, strict=True) if float(width) > 0}


@pytest.mark.parametrize("text", ["Devon, Plymouth, Torbay", "London", "QJK"])
def test_all_authorities_of_an_area_are_outlined_and_its_border_is_the_thickest(of_kind, areas, text):
    answer = of_kind(text)
    held = layers(the_map(answer))
    border, within = (held[f"{part}_{answer.area.code}"] for part in ("own_border", "own_outline"))
    assert drawn_for(border, areas) == drawn_for(within, areas) == set(answer.area.parts)
    order = list(held)
    # The areas, filled once more, hide the half of each outline that lies within.
    assert order.index(border.id) < order.index(f"own_within_{answer.area.code}") < order.index(within.id)
    assert "7.0" in border.get_line_width and "1.2" in within.get_line_width


def test_england_is_the_whole_map_and_no_outline_is_thicker_than_another(of_kind):
    picture = the_map(of_kind("England"))
    assert not any(name.startswith("own_") for name in layers(picture))
    assert picture.below[-1].startswith("England: Children and young people with an EHC plan per 1,000 aged 0 to 25: ")


def degrees_seen(picture, across=640):
    """What a map shows: west, south, east and north, of a picture so many pixels broad."""
    view = picture.deck.initial_view_state
    pixels = 512 * 2**view.zoom / 360
    x, y = across / pixels / 2, picture.height / pixels / 2 * np.cos(np.radians(view.latitude))
    return view.longitude - x, view.latitude - y, view.longitude + x, view.latitude + y


@pytest.mark.parametrize("mode", ["explore", "show"])
@pytest.mark.parametrize("text", ["Devon, Plymouth, Torbay", "London", "South West", "North East", "QHM", "England"])
def test_the_map_looks_at_all_of_an_area(of_kind, text, mode):
    answer = of_kind(text)
    west, south, east, north = degrees_seen(the_map(answer, mode))
    own = answer.tables["map"].data
    own = own[own["whose"].eq("this area")]
    assert west < own["west"].min() and east > own["east"].max()
    assert south < own["south"].min() and north > own["north"].max()


def test_lines_of_several_authorities_begin_in_their_middle(of_kind):
    answer = of_kind("London", show="lines")
    own = answer.tables["map"].data
    middle = own.loc[own["whose"].eq("this area"), ["longitude", "latitude"]].mean().round(4).tolist()
    assert [round(x, 4) for x in layers(the_map(answer))["flows"].data[0]["s"]] == middle


def test_an_area_of_several_names_has_the_thick_outline_in_the_plural(of_kind):
    assert the_map(of_kind("Devon, Plymouth")).below[-1].startswith("Devon and Plymouth have the thick outline: ")
    assert the_map(of_kind("South West")).below[-1].startswith("The South West has the thick outline: ")
    assert the_map(of_kind("QJK")).below[-1].startswith("The authorities of NHS Devon have the thick outline: ")


def test_hexagons_of_an_area_are_outlined_and_it_has_none_of_its_own(of_kind, areas):
    picture = the_map(of_kind("Devon, Plymouth, Torbay", layout="hexagons"))
    fill = layers(picture)["areas"].get_fill_color
    assert fill.count("[") == len(areas.authorities) + 2  # a colour each, the list, and the place in it
    assert picture.below[-1].startswith("Each authority has one hexagon of the same size; Devon, Plymouth and Torbay")


def test_a_district_is_outlined_in_its_county_and_named_in_the_key_and_the_words(store, asked):
    found = widened.directory(store).find("Burnley")
    picture = the_map(asked(found.area.code))
    marked = with_district(picture, districts.find(store, found.district))
    assert [layer for layer in layers(marked) if layer.startswith("district_")] == [
        "district_under_E07000117",
        "district_line_E07000117",
    ]
    assert list(layers(marked))[-1] == "missing" and len(layers(marked)) == len(layers(picture)) + 2
    assert marked.legend[-1].words == "Burnley, a district of Lancashire"
    for mode in MODES:
        assert marked.alt.in_mode(mode).endswith("Outlined within its county: Burnley, a district of Lancashire.")


@pytest.mark.parametrize("mode", ["explore", "show"])
@pytest.mark.parametrize("name", ["Lancaster", "West Lancashire", "Burnley"])
def test_a_district_anywhere_in_its_county_is_in_sight(store, asked, name, mode):
    found = widened.directory(store).find(name)
    district = districts.find(store, found.district)
    west, south, east, north = degrees_seen(with_district(the_map(asked(found.area.code), mode), district))
    x, y = np.array([point for ring in _rings(district.geometry["coordinates"]) for point in ring]).T
    assert west < x.min() and x.max() < east and south < y.min() and y.max() < north


def _rings(coordinates):
    """Every ring of a polygon or of several."""
    if isinstance(coordinates[0][0], list) and isinstance(coordinates[0][0][0], (int, float)):
        return coordinates
    return [ring for polygon in coordinates for ring in polygon]


def test_without_a_district_and_on_hexagons_the_map_is_as_it_is(store, asked):
    picture = the_map(asked("888"))
    assert with_district(picture, districts.find(store, "")) is picture
    assert districts.find(store, "E07999999") is None
    hexagons = the_map(asked("888", layout="hexagons"))
    assert with_district(hexagons, districts.find(store, "E07000117")) is hexagons


def test_placements_of_england_are_drawn_with_the_quarters_of_its_authorities(of_kind):
    (picture,) = pictures.of(of_kind("England"), "placement", "explore")
    assert [entry.words for entry in picture.legend] == ["England", *SPREAD]
