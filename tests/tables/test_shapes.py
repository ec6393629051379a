"""Outlines: every authority once, under today's code or that of the boundaries, whatever its columns are called."""

import json

import numpy as np
import pytest
import shapely

from sendlib.errors import ContractBroken
from sendlib.tables import shapes

FILE = "ctyua25.geojson"


@pytest.fixture
def boundaries(areas):
    """Squares that meet at their edges, one for each authority under today's code, and one each in Wales and Scotland.

    Made up: no authority looks so.
    """
    features = []
    for place, code in enumerate([*(area.ons_code for area in areas.authorities.values()), "W06000001", "S12000005"]):
        x, y = -3 + place % 13 * 0.25, 51 + place // 13 * 0.25
        ring = [[x, y], [x + 0.25, y], [x + 0.25, y + 0.25], [x, y + 0.25], [x, y]]
        properties = {"FID": place, "CTYUA25CD": code, "CTYUA25NM": f"Made up {place}", "CTYUA25NMW": " "}
        geometry = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "id": place, "properties": properties, "geometry": geometry})
    return {"type": "FeatureCollection", "features": features}


def outlines(boundaries, areas):
    return shapes.read_outlines(json.dumps(boundaries).encode(), FILE, areas)


def test_there_is_one_outline_for_each_authority_and_one_for_each_country_beyond(boundaries, areas):
    found = outlines(boundaries, areas).groupby("kind")["area_code"].agg(list)
    assert found["map"] == sorted(areas.authorities)
    assert found["beyond"] == ["W92000004", "S92000003"]


def test_lower_case_columns_of_an_old_vintage_are_read(boundaries, areas):
    for item in boundaries["features"]:
        item["properties"] = {name.lower(): value for name, value in item["properties"].items()}
    assert len(outlines(boundaries, areas)) == len(areas.authorities) + 2


@pytest.mark.parametrize("columns", [("CTYUA24CD", "CTYUA25CD"), ("LAD25CD",)])
def test_a_file_with_no_code_column_or_two_is_refused(boundaries, areas, columns):
    for item in boundaries["features"]:
        code = item["properties"].pop("CTYUA25CD")
        item["properties"].update(dict.fromkeys(columns, code))
    with pytest.raises(ContractBroken, match="exactly one column"):
        outlines(boundaries, areas)


def test_boundaries_without_one_of_todays_authorities_are_refused(boundaries, areas):
    del boundaries["features"][40]
    with pytest.raises(ContractBroken, match="no shape for"):
        outlines(boundaries, areas)


def test_an_authority_under_its_old_and_its_new_code_is_refused(boundaries, areas):
    features = boundaries["features"]
    square = {"type": "Polygon", "coordinates": [[[1, 55], [1.1, 55], [1.1, 55.1], [1, 55]]]}
    old = {**features[0]["properties"], "CTYUA25CD": "E08000016"}
    features.append({**features[0], "id": 999, "geometry": square, "properties": old})
    with pytest.raises(ContractBroken, match="two outlines for area 370"):
        outlines(boundaries, areas)


def test_boundaries_without_scotland_are_refused(boundaries, areas):
    boundaries["features"] = [one for one in boundaries["features"] if one["properties"]["CTYUA25CD"][0] != "S"]
    with pytest.raises(ContractBroken, match="S92000003 has no outline"):
        outlines(boundaries, areas)


def test_what_is_no_boundary_file_is_refused(areas):
    with pytest.raises(ContractBroken, match="not a readable boundary file"):
        shapes.read_outlines(b"<!DOCTYPE html>", FILE, areas)


def test_every_authority_has_an_outline_and_a_hexagon(store, areas):
    table = store.table("shapes")
    for kind in ("map", "hexagon"):
        assert set(table.loc[table["kind"].eq(kind), "area_code"]) == set(areas.authorities)


def test_outlines_are_valid_and_neighbours_share_their_edges(store):
    table = store.table("shapes")
    outlines = shapely.from_geojson(table.loc[table["kind"].eq("map"), "geometry"].to_numpy())
    assert shapely.is_valid(outlines).all()
    assert shapely.coverage_is_valid(outlines)
    assert sum(shapely.get_num_geometries(outlines)) == 187  # the islands of the original are all there


def test_wales_and_scotland_begin_where_england_ends(store):
    table = store.table("shapes")
    kinds = {kind: shapely.from_geojson(rows["geometry"].to_numpy()) for kind, rows in table.groupby("kind")}
    assert shapely.coverage_is_valid(np.array([*kinds["map"], *kinds["beyond"]]))
    assert shapely.union_all(kinds["map"]).intersection(shapely.union_all(kinds["beyond"])).length > 3
    assert len(kinds["beyond"]) == 2


def test_no_small_island_far_off_makes_the_map_of_an_authority_much_smaller(store):
    table = store.table("shapes")
    for area in shapely.from_geojson(table.loc[table["kind"].eq("map"), "geometry"].to_numpy()):
        parts = shapely.get_parts(area)
        main = parts[shapely.area(parts) > 0.01 * area.area]
        (west, south, east, north), (w, s, e, n) = area.bounds, shapely.total_bounds(main)
        # Lundy makes Devon's map a twelfth wider, which is the most.
        assert e - w > 0.9 * (east - west) and n - s > 0.9 * (north - south)
