"""What the browser fetches once for the maps: small, made from the tables, and in the places where things are."""

import json
from itertools import accumulate

import numpy as np
import pytest
import shapely

from sendlib.static_files import LONGEST_LINE, MOST_LINES, STATIC, TABLES, rings, static_files
from sendlib.towns import FILE as TOWNS

SPECK = 1e-6
"""Square degrees: about a hectare, less than a map can show."""
SHAPES = ("authorities.json", "hexagons.json")
LAND = ("districts.json", "beyond.json")


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


def test_all_that_draws_the_map_is_small():
    sizes = {name: (STATIC / name).stat().st_size for name in (*SHAPES, *LAND, TOWNS)}
    assert sum(sizes.values()) < 300_000
    assert max(sizes["authorities.json"], sizes["districts.json"]) < 90_000 and sizes["beyond.json"] < 40_000


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


@pytest.mark.parametrize("name", [*SHAPES, "districts.json"])
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


def test_districts_are_those_of_counties_and_lie_where_their_county_is(store, areas):
    file, counties = read("districts.json"), shapes("authorities.json")
    codes = [read("authorities.json")["codes"][place] for place in file["counties"]]
    assert (len(file["codes"]), len(set(codes))) == (164, 21)
    names = dict(zip(file["names"], codes, strict=True))
    assert [areas.names[names[name]] for name in ("Exeter", "Fylde", "Dover")] == ["Devon", "Lancashire", "Kent"]
    for code, drawn in zip(codes, shapes("districts.json").values(), strict=True):
        assert drawn.intersection(counties[code]).area > 0.9 * drawn.area


def test_the_names_of_wales_and_scotland_stand_in_them_and_near_every_authority_at_the_border():
    file, beyond, england = read("beyond.json"), shapes("beyond.json"), shapes("authorities.json")
    assert file["names"] == ["Scotland", "Wales"]
    points = dict(zip(file["codes"], file["labels"], strict=True))
    for code, land in beyond.items():
        assert all(land.contains(shapely.Point(point)) for point in points[code])
        for one in england.values():
            west, south, east, north = one.bounds
            room = shapely.box(west, south, east, north).buffer(0.1 * max(east - west, north - south))
            if one.intersection(land).length > 0.05:
                assert any(room.contains(shapely.Point(point)) for point in points[code])
