"""What the map is drawn from: shades and places of the authorities, and the schools of a refreshed register."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sendlib.areas import Area
from sendlib.compared import doubtful, latest
from sendlib.compared.comparators import Comparators, known_areas
from sendlib.compared.rates import rates
from sendlib.methods import places
from sendlib.questions.places import register
from sendlib.questions.places.choices import SHADES
from sendlib.store import Store, kept_with_store
from sendlib.tables import schools

CLASSES = 5
OWN, COMPARED, OTHER = "this authority", "compared", "other"


@kept_with_store()
def shades(store: Store, january: str) -> pd.DataFrame:
    """What the map can shade, one row an authority: plans of a January per 1,000 residents and free school meals, with
    classes."""
    areas = known_areas(store)
    codes = list(areas.authorities)
    features = store.table("features").astype({"area_code": str, "feature": str})
    meals = features[features["feature"].eq("free_school_meals")].set_index("area_code")["value"]
    frame = pd.DataFrame(
        {
            "area_code": codes,
            "area": [areas.get(code).name for code in codes],
            "per_1000": rates(store, january)["all_ages"].reindex(codes).to_numpy(),
            "free_school_meals": meals.reindex(codes).to_numpy(),
        }
    )
    for column in SHADES:
        frame[f"{column}_class"] = places.class_of(frame[column], places.class_limits(frame[column], CLASSES))
    doubts = {code: doubtful.of(store, code, doubtful.PLANS, january) for code in codes}
    frame["doubtful"] = [f"plans: {doubt.why}" if (doubt := doubts[code]) else "" for code in codes]
    return frame


@kept_with_store()
def _placed_shades(store: Store, january: str) -> pd.DataFrame:
    """The same with where each authority stands on the map and among the hexagons."""
    table = store.table("shapes").astype({"kind": str, "area_code": str})
    points = {kind: rows.set_index("area_code")[["x", "y"]] for kind, rows in table.groupby("kind")}
    frame = shades(store, january)
    here, hexagons = (points[kind].reindex(frame["area_code"]) for kind in ("map", "hexagon"))
    return frame.assign(
        longitude=here["x"].to_numpy(),
        latitude=here["y"].to_numpy(),
        hexagon_x=hexagons["x"].to_numpy(),
        hexagon_y=hexagons["y"].to_numpy(),
    )


def of_map(store: Store, area: Area, others: Comparators) -> pd.DataFrame:
    """Everything that the map of an area is drawn from, one row an authority: plans of the newest January of which the
    area has a figure."""
    frame = _placed_shades(store, latest.january_with_residents(store, area.code))
    code = frame["area_code"]
    whose = np.select([code.eq(area.code), code.isin(others.codes)], [OWN, COMPARED], OTHER)
    return frame.assign(whose=whose.astype(object))


@kept_with_store()
def held_schools(store: Store) -> pd.DataFrame:
    """The schools of a register that a refresh has brought, as points. The browser fetches those of the register
    shipped by itself, and keeps them."""
    kinds = register.kinds_of_school(store)
    points = pd.DataFrame(schools.map_points(store.table("schools"), list(kinds)), columns=["n", "k", "x", "y", "r"])
    words = dict(enumerate(kinds.values()))
    named = points.rename(columns={"n": "school", "k": "kind", "x": "longitude", "y": "latitude", "r": "radius"})
    return named.assign(kind=named["kind"].map(words), vintage=register.day(store))
