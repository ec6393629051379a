"""Districts lead to their county, and their outlines fit each other."""

import json

import pytest
import shapely

from sendlib.compared.comparators import known_areas
from sendlib.errors import ContractBroken, UnknownArea
from sendlib.tables import districts


@pytest.fixture(scope="module")
def table(store):
    return store.table("districts")


@pytest.fixture(scope="module")
def places(store):
    return known_areas(store)


def test_every_district_of_2023_has_its_authority(table, areas):
    assert len(table) == 296 and set(table.area_code) == set(areas.authorities)
    counties = table[table.district_code.str.startswith("E07")]
    assert (len(counties), counties.area_code.nunique()) == (164, 21)
    assert areas.names[table.set_index("name").loc["Barnsley", "area_code"]] == "Barnsley"


@pytest.mark.parametrize(
    ("text", "county"),
    [("Exeter", "Devon"), ("E07000041", "Devon"), ("cambridge", "Cambridgeshire"), ("Dover", "Kent")],
)
def test_the_name_of_a_district_leads_to_its_county_and_says_so(places, text, county):
    found = places.find(text)
    assert [area.name for area in found.areas] == [county]
    assert f"is a district of {county}, whose council has the duties" in found.note


def test_a_name_of_an_authority_is_never_taken_for_a_district(places, areas):
    for area in areas.authorities.values():
        for text in (area.name, area.short_name, area.code, area.ons_code):
            assert places.find(text) == areas.find(text)
    for old in areas.changes["old_name"]:
        assert places.find(old) == areas.find(old)


def test_a_district_that_no_file_here_holds_is_not_guessed(places):
    with pytest.raises(UnknownArea, match="'Harrogate'"):
        places.find("Harrogate")


def test_outlines_share_their_edges_and_are_small(table, store):
    shapes = shapely.from_geojson(table.geometry.astype(str).to_numpy())
    assert shapely.is_valid(shapes).all() and shapely.coverage_is_valid(shapes)
    inside = shapely.contains(shapes, shapely.points(table.longitude, table.latitude))
    assert (~inside).sum() == 14  # as in ONS's own ultra-generalised outlines: estuaries and islands
    assert (store.folder / store.info("districts").file).stat().st_size < 200_000


def test_districts_fill_their_county_to_its_edge(table, store):
    outlines = store.table("shapes").query("kind == 'map'").set_index("area_code")["geometry"].map(shapely.from_geojson)
    for code, parts in table.groupby("area_code"):
        together = shapely.union_all(shapely.from_geojson(parts.geometry.astype(str).to_numpy()))
        assert shapely.hausdorff_distance(together, outlines[code]) < 1e-4


def square(place):
    corners = [[place, 51.0], [place + 0.5, 51.0], [place + 0.5, 51.5], [place, 51.5], [place, 51.0]]
    return {"type": "Polygon", "coordinates": [corners]}


def test_a_file_that_is_cut_short_or_is_no_boundary_file_is_refused(areas):
    rows = [
        {
            "type": "Feature",
            "properties": {"LAD23CD": f"E0700000{n}", "LAD23NM": f"Made-up {n}", "LONG": -1.0, "LAT": 51.2},
            "geometry": square(-1.0 + n / 2),
        }
        for n in range(2)
    ]
    made_up = json.dumps({"type": "FeatureCollection", "features": rows}).encode()
    with pytest.raises(ContractBroken, match="2 districts, or one of them twice"):
        districts.read(made_up, b"LTLA23CD,UTLA23CD\nE07000001,E10000001\n", areas, {})
    with pytest.raises(ContractBroken, match="not a readable boundary file"):
        districts.read(b"<html></html>", b"LTLA23CD,UTLA23CD\n", areas, {})
    with pytest.raises(ContractBroken, match="agreed columns lad23cd"):
        districts.read(made_up.replace(b"LAD23CD", b"LAD31CD"), b"LTLA23CD,UTLA23CD\n", areas, {})
