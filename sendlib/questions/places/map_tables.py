"""What the map is drawn from: shades and places of the authorities."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from sendlib.answer.table import WHOLE as OF_ENGLAND
from sendlib.areas import ENGLAND, Area
from sendlib.compared import doubtful, latest
from sendlib.compared.comparators import Comparators, known_areas
from sendlib.compared.doubtful import Doubt
from sendlib.compared.rates import rates
from sendlib.methods import places
from sendlib.questions.places import placements
from sendlib.questions.places.choices import SHADES
from sendlib.store import Store, kept_with_store

CLASSES = 5
WHOLE, OWN, COMPARED, OTHER = "this area as a whole", "this area", "compared", "other"
"""Whose a row is; `WHOLE` is that of several authorities together, `OWN` that of each of them, or of one alone. That of
England beside them is `answer.table.WHOLE`."""
_NUMBER = re.compile(r"-?\d+\.?\d*")


@kept_with_store(of_base=True)
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


def fifth_of(store: Store, january: str, shade: str, value: float) -> int:
    """The fifth of the authorities that a figure of any area lies in; -1 where it has none."""
    return int(places.class_of([value], places.class_limits(shades(store, january)[shade], CLASSES))[0])


@kept_with_store(of_base=True)
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
        **ends(table[table["kind"].eq("map")].set_index("area_code").loc[list(frame["area_code"]), "geometry"]),
    )


def ends(outlines: pd.Series) -> dict[str, np.ndarray]:
    """Where outlines (GeoJSON, degrees) end: west, south, east and north of each."""
    corners = [np.array(_NUMBER.findall(text), dtype=float).reshape(-1, 2) for text in outlines]
    found = np.array([[*points.min(axis=0), *points.max(axis=0)] for points in corners])
    return dict(zip(("west", "south", "east", "north"), found.T, strict=True))


def of_map(store: Store, area: Area, others: Comparators) -> pd.DataFrame:
    """Everything that the map of an area is drawn from: a row of the area as a whole where it is several authorities,
    England's, and one of every authority; plans of the newest January of which the area has a figure."""
    january = latest.january_with_residents(store, area.code)
    frame = _placed_shades(store, january)
    code = frame["area_code"]
    compared = {part for one in others.codes for part in known_areas(store).get(one).parts}
    whose = np.select([code.isin(area.parts), code.isin(list(compared))], [OWN, COMPARED], OTHER)
    frame = frame.assign(vintage=january, whose=whose.astype(object))
    several = [area] if len(area.parts) > 1 else []
    england = [] if area.code == ENGLAND else [known_areas(store).get(ENGLAND)]
    wholes = [_whole(store, one, january, frame[code.isin(one.parts)]) for one in (*several, *england)]
    wholes = [row.assign(whose=WHOLE if row["area_code"].eq(area.code).all() else OF_ENGLAND) for row in wholes]
    return pd.concat([*wholes, frame], ignore_index=True)


def of_authorities(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of the single authorities, which are what a map is made of."""
    return table[~table["whose"].isin([WHOLE, OF_ENGLAND])]


def _whole(store: Store, area: Area, january: str, parts: pd.DataFrame) -> pd.DataFrame:
    """The row of several authorities together; they have no hexagon."""
    rate = float(rates(store, january)["all_ages"].get(area.code, np.nan))
    why = doubtful_plans(store, area, january)
    row = {
        "area_code": area.code,
        "area": area.name,
        "per_1000": rate,
        "free_school_meals": np.nan,
        "per_1000_class": -1 if area.kind == "england" else fifth_of(store, january, "per_1000", rate),
        "free_school_meals_class": -1,
        "longitude": parts["longitude"].mean(),
        "latitude": parts["latitude"].mean(),
        "hexagon_x": np.nan,
        "hexagon_y": np.nan,
        "west": parts["west"].min(),
        "south": parts["south"].min(),
        "east": parts["east"].max(),
        "north": parts["north"].max(),
        "doubtful": f"plans: {why.why}" if why else "",
        "vintage": january,
        "whose": WHOLE,
    }
    return pd.DataFrame([row])[list(parts.columns)]


def doubtful_plans(store: Store, area: Area, january: str) -> Doubt | None:
    """Why the number of plans of an area can not be right: of several authorities, because that of one of them can not.

    A region's and England's are not judged so: one number in many changes little.
    """
    if not placements.judged_by_parts(area):
        return None
    found = {code: doubt for code in area.parts if (doubt := doubtful.of(store.base, code, doubtful.PLANS, january))}
    if len(area.parts) == 1:
        return next(iter(found.values()), None)
    each = {known_areas(store).get(code): doubt.why for code, doubt in found.items()}
    told = [f"{one.in_text} {one.verb('has', 'have')} {why}" for one, why in each.items()]
    return Doubt(doubtful.PLANS, january, "; ".join(told)) if told else None
