"""The district that somebody looked for: its outline within its county. No figure is ever of a district."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sendlib.compared.widened import authorities
from sendlib.questions.places import map_tables
from sendlib.store import Store


@dataclass(frozen=True)
class District:
    """A district of a county: ONS code, name, name of the county's authority, outline (GeoJSON geometry, degrees), and
    where the county ends: west, south, east, north."""

    code: str
    name: str
    county: str
    geometry: dict[str, Any]
    ends: tuple[float, float, float, float]

    @property
    def said(self) -> str:
        """`Burnley, a district of Lancashire`."""
        return f"{self.name}, a district of {self.county}"


def find(store: Store, code: str) -> District | None:
    """The district of a code; None of no code, or of one that is not held."""
    if not code or "districts" not in store.tables:
        return None
    table = store.table("districts")
    rows = table[table["district_code"].eq(code)]
    if rows.empty:
        return None
    row = rows.iloc[0]
    county = authorities(store).get(str(row["area_code"]))
    within = map_tables.ends(table.loc[table["area_code"].eq(county.code), "geometry"])
    whole = (
        float(within["west"].min()),
        float(within["south"].min()),
        float(within["east"].max()),
        float(within["north"].max()),
    )
    return District(code, str(row["name"]), county.in_text, json.loads(str(row["geometry"])), whole)
