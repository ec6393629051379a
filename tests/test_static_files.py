"""What the browser fetches once for the maps: small, made from the tables, and in the places where things are."""

import json
from itertools import accumulate

import numpy as np
import pytest
import shapely

from sendlib.static_files import LONGEST_LINE, MOST_LINES, STATIC, TABLES, rings, static_files

SPECK = 1e-6
"""Square degrees: about a hectare, less than a map can show."""
SHAPES = ("authorities.json", "hexagons.json")


@pytest.fixture(scope="module")
def made(store, areas):
    return static_files({name: store.table(name) for name in TABLES}, areas)


def read(name):
    return json.loads((STATIC / name).read_text("utf-8"))


def corners(ring, scale):
    """The corners of a ring, from its first and the ways between."""
    return np.array(list(zip(accumulate(ring[::2]), accumulate(ring[1::2]), strict=True))) / scale


def shape(rings, scale):
    """The area that the even-odd rule fills."""
    polygons = [shapely.make_valid(shapely.Polygon(corners(ring, scale))) for ring in rings]
    filled = polygons[0]
    for polygon in polygons[1:]:
        filled = filled.symmetric_difference(polygon)
    return filled


def without_specks(area):
    return shapely.union_all([part for part in shapely.get_parts(area) if part.area > SPECK])


def shapes(name):
    file = read(name)
    return dict(zip(file["codes"], [shape(one, file["scale"]) for one in file["shapes"]], strict=True))


def test_the_files_are_what_the_builder_makes_of_the_snapshot(made):
    for name, content in made.items():
        assert (STATIC / name).read_text("utf-8") == content


def test_outlines_and_hexagons_are_small():
    assert sum((STATIC / name).stat().st_size for name in SHAPES) < 110_000


@pytest.mark.parametrize("name", SHAPES)
def test_the_authorities_stand_in_the_order_of_their_codes(name, areas):
    file = read(name)
    assert file["codes"] == sorted(areas.authorities)
    assert len({len(file[part]) for part in ("codes", "names", "labels", "shapes")}) == 1
    assert len(set(file["names"])) == len(file["names"])


@pytest.mark.parametrize(("name", "kind"), [("authorities.json", "map"), ("hexagons.json", "hexagon")])
def test_a_shape_of_the_file_is_that_of_the_table(name, kind, store):
    table = store.table("shapes")
    written = table[table["kind"].eq(kind)].set_index("area_code")["geometry"].map(shapely.from_geojson)
    for code, drawn in shapes(name).items():
        assert shapely.hausdorff_distance(without_specks(drawn), without_specks(written[code])) < 1e-4, code


def test_an_island_that_shrinks_to_a_point_is_left_out_and_a_hole_is_kept():
    square = [[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]]
    hole = [[0.2, 0.2], [0.2, 0.4], [0.4, 0.4], [0.2, 0.2]]
    speck = [[2, 2], [2.00001, 2], [2, 2.00001], [2, 2]]
    found = rings({"type": "MultiPolygon", "coordinates": [[square, hole], [speck]]}, 10)
    assert found == [[0, 0, 0, 10, 10, 0, 0, -10], [2, 2, 0, 2, 2, 0]]


@pytest.mark.parametrize("name", SHAPES)
def test_a_name_stands_within_its_area(name):
    file = read(name)
    for code, drawn in shapes(name).items():
        assert drawn.contains(shapely.Point(file["labels"][file["codes"].index(code)])), code


def test_every_hexagon_has_a_name_of_its_own_that_fits():
    lines = read("hexagons.json")["short"]
    assert all(1 <= len(one) <= MOST_LINES and max(map(len, one)) <= LONGEST_LINE for one in lines)
    assert len({" ".join(one) for one in lines}) == len(lines)


def test_names_on_the_map_are_those_that_people_say():
    names = dict(zip(read("authorities.json")["codes"], read("authorities.json")["names"], strict=True))
    assert [names[code] for code in ("201", "801", "810", "846", "942")] == [
        "City of London",
        "Bristol",
        "Hull",
        "Brighton & Hove",
        "Cumberland",
    ]
