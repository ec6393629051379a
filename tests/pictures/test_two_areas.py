"""Two areas in one picture: every figure of both is in it, as each alone has it, and in words; all else is grey."""

import json
from functools import cache

import pandas as pd
import pytest

from sendlib import pictures, questions, service
from sendlib.answer import MODES, TOO_FEW
from sendlib.pictures import places_map, two_areas
from sendlib.pictures.palette import DARK_BLUE, MID_GREY, ORANGE
from sendlib.questions.doing_well.notes import NO_PICTURE
from sendlib.questions.places import districts
from sendlib.questions.places.map_tables import OWN, WHOLE

ENGLAND, SCILLY = "E92000001", "420"
PAIRS = [
    ("879", "878"),
    ("879", "E12000009"),
    ("E12000009", "942"),
    (ENGLAND, "940"),
    ("878,879,880", "316"),
    ("QJK", "QT1"),
    (SCILLY, "879"),
    ("879", "201"),
]
SAME_LEAD = [pair for pair in PAIRS if pair not in (("878,879,880", "316"), ("QJK", "QT1"))]
MEAN = "Mean of its ten statistical neighbours (Plymouth)"


@cache
def asked(name, area, beside="", **choices):
    return service.ask(questions.named(name), area, "neighbours-2025", choices, beside)


def drawn(answer, mode="explore"):
    return pictures.of(answer, answer.lead, mode)


def colours(picture):
    """The colours of the points of a picture, by the series that each layer draws."""
    found = {}
    for layer in picture.spec["layer"]:
        if layer["mark"]["type"] == "point":
            found[layer["transform"][0]["filter"].split("'")[1]] = layer["mark"]["color"]
    return found


@pytest.mark.parametrize("pair", SAME_LEAD, ids="-".join)
def test_the_gaps_of_both_are_those_of_each_alone(pair):
    answer = asked("doing_well", *pair)
    points = pd.concat([one.data for one in drawn(answer)])
    for code, name in zip(pair, two_areas.names(answer), strict=True):
        alone = asked("doing_well", code)
        gaps = alone.tables["stages"].data["gap"].dropna()
        held = points.loc[points["series"].eq(name), "share"]
        assert sorted(held) == ([] if alone.state == TOO_FEW else sorted(gaps)), name


def test_the_mean_and_england_step_back_and_stand_under_whose_they_are():
    plan, support = drawn(asked("doing_well", "879", "878"))
    assert colours(plan) == {"Plymouth": DARK_BLUE, "Devon": ORANGE, MEAN: MID_GREY, "England": MID_GREY}
    assert [entry.words for entry in plan.legend] == ["Plymouth", "Devon", MEAN, "England"]
    assert plan.legend == support.legend
    with_england = drawn(asked("doing_well", "879", ENGLAND))[0]
    assert colours(with_england) == {"Plymouth": DARK_BLUE, MEAN: MID_GREY, "England": ORANGE}


def test_england_has_its_shape_whether_or_not_there_is_a_mean():
    answer = service.ask(questions.named("doing_well"), "879", "370,933", {}, "878")
    with_mean, without = drawn(asked("doing_well", "879", "878"))[0], drawn(answer)[0]
    assert [entry.words for entry in without.legend] == ["Plymouth", "Devon", "England"]
    assert without.legend[-1] == with_mean.legend[-1]


def test_both_groups_of_two_areas_stand_on_one_axis():
    first, second = (
        next(one for one in picture.spec["layer"] if one["mark"]["type"] == "point")["encoding"]["x"]["scale"]["domain"]
        for picture in drawn(asked("doing_well", "879", "878"), "show")
    )
    assert first == second


def test_an_area_with_too_few_children_has_no_mark_and_the_picture_says_why():
    for pair in ((SCILLY, "879"), ("879", SCILLY)):
        plan = drawn(asked("doing_well", *pair), "show")[0]
        assert plan.below == (f"Isles of Scilly: {NO_PICTURE}",)
        assert set(plan.data["series"]) == {"Plymouth", MEAN, "England"} and "Isles of Scilly: No" in plan.alt.explore
    (nothing,) = drawn(asked("doing_well", SCILLY, "201"))
    assert nothing.nothing == NO_PICTURE
    (needs,) = drawn(asked("needs", SCILLY, "879"))
    assert needs.heading == "Plymouth"
    assert needs.below[-1].startswith("Isles of Scilly: No picture is drawn of so few plans.")


def test_a_figure_that_one_of_the_two_lacks_is_named_in_its_row():
    plan = drawn(asked("doing_well", "879", "942"))[0]
    names = [row["words"] for row in plan.spec["layer"][1]["data"]["values"]]
    assert "Level 3 (as 2 A levels), by age 19: 2023/24 (Cumberland: not available)" in names


@pytest.mark.parametrize("pair", [("QJK", "QT1"), ("878,879,880", "316"), ("316", "878,879,880")], ids="-".join)
def test_of_several_authorities_the_sums_of_both_stand_on_one_axis(pair):
    answer = asked("doing_well", *pair)
    (picture,) = drawn(answer)
    assert answer.lead == "sum_by_january" == picture.key
    for code, name in zip(pair, two_areas.names(answer), strict=True):
        table = asked("doing_well", code).tables["sum_by_january"].data
        held = picture.data[picture.data["whose"].eq(name)].set_index("year")
        known = table.set_index(table["period"].str[:4])["share_low"]
        marked = held["low"].dropna()
        assert len(marked) and (marked == known[marked.index]).all()
        assert f"{name}: Per cent of all EHC plans in January" in picture.alt.explore


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_the_children_of_both_in_2030_are_those_of_each_alone(pair):
    answer = asked("looking_ahead", *pair)
    rate, children = drawn(answer)
    assert rate.heading == "England's rate, used for both" and "Children" not in json.dumps(rate.data["words"].tolist())
    series = list(dict.fromkeys(children.data["series"]))
    for code, name in zip(pair, series, strict=True):
        ends = asked("looking_ahead", code).tables["scenarios"].data.set_index("scenario")["children"]
        held = children.data[children.data["series"].eq(name)].set_index("label")["share"]
        assert held["2030: Published low rate"] == ends["Published low rate"]
        assert held["2030: Published high rate"] == ends["Published high rate"]
        assert f"{name} {ends['Published high rate']:,.0f}" in children.alt.explore


def test_every_number_of_children_is_written_at_its_mark_and_within_the_picture():
    children = drawn(asked("looking_ahead", "879", "E12000009"), "show")[1]
    assert list(children.data["words"]) == ["Plymouth 390", "385", "485", "South West 8,100", "8,000", "10,000"]
    axis = next(layer["encoding"]["x"] for layer in children.spec["layer"] if layer["mark"]["type"] == "point")
    assert axis["scale"]["domain"][0] == 0 and axis["scale"]["domain"][1] > children.data["end"].max()


def test_families_see_the_words_for_families_and_no_line_that_is_not_recommended():
    _, children = drawn(asked("looking_ahead", "879", "878", scenario="linear"), "families")
    assert list(dict.fromkeys(children.data["label"]))[1:] == ["2030: Lower share", "2030: Higher share"]


def test_a_tiny_area_is_called_by_the_name_of_the_two_that_are_counted():
    _, children = drawn(asked("looking_ahead", SCILLY, "879"))
    assert {entry.words for entry in children.legend} == {"Cornwall and the Isles of Scilly", "Plymouth"}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_one_map_has_both_areas_outlined_named_and_with_their_figures(pair, mode):
    answer = asked("places", *pair)
    (picture,) = drawn(answer, mode)
    assert picture.key == "map"
    outlines = {outline["code"]: outline for outline in picture.drawing["outlines"]}
    figures = picture.data.drop_duplicates("area_code").set_index("area_code")["per_1000"]
    for code in pair:
        alone = asked("places", code)
        table = alone.tables["map"].data
        own = table[table["whose"].isin([WHOLE, OWN])].iloc[0]
        if code != ENGLAND:
            assert outlines[code]["name"] == alone.area.short_name
        assert figures[own["area_code"]] == own["per_1000"]
        assert f"{alone.area.short_name} {own['per_1000']:.0f}" in picture.alt.in_mode(mode)


@pytest.mark.parametrize("mode", MODES)
def test_a_map_of_two_januaries_says_which_figure_is_of_which_and_which_it_shades(mode):
    (first,), (second,), (region,) = (
        drawn(asked("places", *pair), mode) for pair in (("921", "857"), ("857", "921"), ("921", "E12000008"))
    )
    assert "Isle of Wight 55 in January 2025, Rutland 39 in January 2026." in first.alt.in_mode(mode)
    assert first.below[-1] == "The map is shaded by the figures of January 2025, when Rutland had 34."
    assert second.below[-1].endswith("January 2026, for which the Isle of Wight has no figure.")
    assert "South East 43 in January 2026. The map is shaded by" in region.alt.in_mode(mode)
    assert "South East" not in set(region.data["area"]), "its own figure is of another January than the map"


def test_a_map_of_one_january_or_of_another_shade_names_no_year():
    for pair, chosen in ((("879", "878"), {}), (("921", "857"), {"shade": "free_school_meals"})):
        (picture,) = drawn(asked("places", *pair, **chosen))
        assert " in January" not in picture.alt.explore.partition(".")[0]
        assert not any(text.startswith("The map is shaded") for text in picture.below)


def test_of_two_school_years_each_hundred_says_its_own():
    one, other = drawn(asked("my_area", "332", "52R"))
    assert one.heading == "Dudley, 2024/25" and one.alt.explore.startswith("Dudley, 2024/25: of 100 pupils, 6 have")
    assert other.heading.endswith(", 2022/23") and ", 2022/23: of 100 pupils, 2 have" in other.alt.explore
    assert [one.heading for one in drawn(asked("my_area", "879", "878"))] == ["Plymouth", "Devon"]


def test_the_map_is_fitted_to_both_areas():
    for other in ("878", "316"):
        west, south, east, north = drawn(asked("places", "879", other))[0].drawing["ends"]
        for code in ("879", other):
            ends = drawn(asked("places", code))[0].drawing["ends"]
            assert west <= ends[0] and south <= ends[1] and east >= ends[2] and north >= ends[3]


def test_a_district_that_was_looked_for_leaves_both_areas_in_view(store):
    (picture,) = drawn(asked("places", "878", "316"))
    marked = places_map.with_district(picture, districts.find(store, "E07000041"))  # Exeter
    assert marked is not picture and marked.drawing["ends"] == picture.drawing["ends"]


def test_the_outlines_of_both_have_their_own_colours_and_the_larger_lies_below():
    outlines = drawn(asked("places", "879", "E12000009"))[0].drawing["outlines"]
    assert [outline["code"] for outline in outlines] == ["E12000009", "879"]
    assert len({outline["colour"] for outline in outlines}) == 2


def test_hexagons_of_both_are_outlined_and_named():
    (picture,) = drawn(asked("places", "879", "878", layout="hexagons"))
    assert {outline["name"] for outline in picture.drawing["outlines"]} == {"Plymouth", "Devon"}
    assert not picture.in_degrees


def test_arrows_of_both_are_drawn_and_told_of():
    (picture,) = drawn(asked("places", "879", "878", show="lines"))
    one, other = (drawn(asked("places", code, show="lines"))[0].drawing["arrows"] for code in ("879", "878"))
    between = [arrow for arrow in other if arrow["code"] == "879"]
    assert between, "and no arrow between the two is drawn twice"
    assert picture.drawing["arrows"] == [*one, *(arrow for arrow in other if arrow not in between)]
    assert sum(text.startswith("Arrows: ") for text in picture.below) == 2


def test_a_name_stands_at_a_mark_only_where_it_covers_no_other():
    data = pd.DataFrame(
        {
            "label": ["a"] * 3 + ["b"] * 3,
            "series": ["Here", "There", "England"] * 2,
            "share": [40.0, 60, 62, 40, 60, 50],
        }
    )
    held = two_areas._named(data, ("Here", "There"), (0.0, 100.0), 14)
    assert [(one["label"], one["words"], one["side"]) for one in held] == [
        ("b", "Here", "left"),
        ("b", "There", "right"),
    ]
    assert not two_areas._named(data, ("Here", "A name that is long for its picture"), (0.0, 100.0), 14)


def test_the_gaps_of_both_are_written_at_the_foot_of_their_row():
    plan = drawn(asked("doing_well", "879", "878"))[0]
    foot = {row["label"]: row["words"] for row in plan.spec["layer"][-1]["data"]["values"]}
    for label, figures in plan.data[plan.data["series"].isin(["Plymouth", "Devon"])].groupby("label"):
        for name, gap in zip(figures["series"], figures["share"], strict=True):
            assert f"{name} {gap:.1f}" in foot[label]
