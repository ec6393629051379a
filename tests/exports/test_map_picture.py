"""The map that is saved shows what the page's map shows: the shades of the answer and names, none of which lies on
another; and it says where it is."""

import re
from collections import Counter
from itertools import combinations

import pytest

from sendlib import pictures, questions, service
from sendlib.compared import widened
from sendlib.compared.comparators import DEFAULT
from sendlib.exports import letters, map_picture
from sendlib.exports.picture import as_svg, files_of
from sendlib.pictures import palette
from sendlib.pictures.places_map import BLUES, NOT_AVAILABLE, with_own_points
from sendlib.questions.places.map_tables import of_authorities
from sendlib.questions.places.own_points import Point
from tests.exports.test_picture import said

AREAS = ("879", "E12000009", "E92000001", "QJK", "420", "201", "878,879,880")
"""A city, a region, England, a board, islands far away, the smallest, and a group."""


@pytest.fixture(scope="module")
def places(store):
    """Answers of Places, each asked once: code and choices -> answer."""
    held = {}

    def ask(code, **chosen):
        key = code, *sorted(chosen.items())
        if key not in held:
            area = widened.directory(store).get(code)
            answer = service.answer_of(store, questions.named("places"), area, DEFAULT, {})
            held[key] = answer.choosing(chosen)
        return held[key]

    return ask


def spec_of(answer, mode="explore"):
    return map_picture.spec(pictures.of(answer, "map", mode)[0], 752)


def written(spec):
    """Every name of a map once, with its box: left, top, right, bottom."""
    found = {}
    for layer in spec["layer"]:
        if layer["mark"]["type"] == "text":
            bold = layer["mark"]["fontWeight"] == 700
            for one in layer["data"]["values"]:
                half = letters.width(one["text"], one["size"], bold=bold) / 2
                box = (one["x"] - half, one["y"] - 0.7 * one["size"], one["x"] + half, one["y"])
                found[one["text"], one["x"], one["y"]] = box
    return found


@pytest.mark.parametrize(("code", "mode"), [*((code, "explore") for code in AREAS), ("879", "show")])
def test_a_map_names_its_area_and_no_name_lies_on_another_or_beyond_the_edge(places, code, mode):
    answer = places(code)
    spec = spec_of(answer, mode)
    boxes = written(spec)
    for one, other in combinations(boxes.values(), 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, [words for words, *_ in boxes if boxes[words, *_] in (one, other)]
    for left, top, right, bottom in boxes.values():
        assert left >= 0 and top >= 0 and right <= spec["width"] and bottom <= spec["height"]
    names = " ".join(words for words, *_ in boxes)
    if answer.area.is_authority:
        assert answer.area.short_name in names
    assert "km" in names


def test_the_shades_are_those_of_the_answer(places):
    """England's map has each authority in the fifth that the table gives it."""
    answer = places("E92000001")
    rows = of_authorities(answer.tables["map"].data)
    expected = Counter(BLUES[fifth] if fifth >= 0 else NOT_AVAILABLE for fifth in rows["per_1000_class"].astype(int))
    (shaded,) = [
        layer
        for layer in spec_of(answer)["layer"]
        if "fill" in layer.get("encoding", {}) and layer["mark"]["type"] == "geoshape"
    ]
    assert Counter(one["fill"] for one in shaded["data"]["values"]) == expected


def test_of_an_authority_without_a_figure_the_map_says_so(places):
    names = [words for words, *_ in written(spec_of(places("203")))]  # Greenwich, whose neighbour had none
    assert "Lewisham" in names and "not available" in names


def test_a_map_of_a_part_has_a_little_map_of_england_and_one_of_england_has_none(places):
    def frames(code):
        return [
            layer for layer in spec_of(places(code))["layer"] if layer["mark"].get("stroke") == palette.ORANGE_WORDS
        ]

    assert len(frames("879")) == len(frames("420")) == len(frames("201")) == 1
    assert not frames("E92000001")


def test_arrows_have_the_numbers_of_the_answer(places):
    answer = places("879", show="lines", fit="travel")
    drawn = pictures.of(answer, "map", "explore")[0].drawing["arrows"]
    names = [words for words, *_ in written(spec_of(answer))]
    assert drawn
    assert [f"{one['name']} {one['number']}" for one in drawn if f"{one['name']} {one['number']}" not in names] == []


def test_a_map_of_hexagons_names_every_authority(places):
    answer = places("E92000001", layout="hexagons")
    words = " ".join(words for words, *_ in written(spec_of(answer)))
    assert all(name in words for name in ("Plymouth", "Cumber-", "Barnsley", "Isles of"))


def test_the_file_of_a_map_is_whole_and_the_same_every_time(places):
    answer = places("879")
    (first,), (again,) = (files_of(answer, "map", "explore", "https://x.org/places") for _ in range(2))
    assert first.svg == again.svg and first.png() == again.png()
    words = said(first.svg)
    for part in (
        "Plymouth",
        "46 and more",
        "not available",
        "January 2026",
        "Get Information About Schools",
        "Open Government Licence",
        "Crown copyright",
        "GeoNames",
        "https://x.org/places",
    ):
        assert part in words
    assert "click" not in words and "table below" not in first.alt
    assert set(re.findall("#[0-9a-fA-F]{6}", first.svg)) <= palette.colours()


def test_a_readers_own_places_are_in_their_own_file_alone(places):
    (picture,) = pictures.of(places("879"), "map", "explore")
    point = Point("Our centre", 50.39, -4.12, "", None)
    assert "Our centre" in said(as_svg(with_own_points(picture, [point])))
    assert "Our centre" not in said(as_svg(picture))
