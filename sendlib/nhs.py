"""The NHS's boards and sub-ICB locations as areas: the authorities whose children mostly live in them."""

from __future__ import annotations

import pandas as pd

from sendlib.areas import Area, Areas, Kind

MOSTLY = 50.0
"""Per cent of an authority's children above which they mostly live in a health area."""
NO_MORE = " (until March 2026)"
"""What is added to the name of a board that is gone."""
_KINDS: dict[str, Kind] = {"icb": "board", "icb_2026": "board", "sub_icb": "location"}


def health_areas(areas: Areas, table: pd.DataFrame | None) -> dict[str, Area]:
    """Boards of today, those of 2022 that are gone, and sub-ICB locations, with the authorities whose children mostly
    live there."""
    if table is None:
        return {}
    rows = table.astype({"area_code": str, "level": str, "health_code": str})
    mostly = rows[rows["share_of_authority"].gt(MOSTLY)]
    members: dict[tuple[str, str], list[str]] = {}
    for level, code, authority in zip(mostly["level"], mostly["health_code"], mostly["area_code"], strict=True):
        members.setdefault((level, code), []).append(authority)
    found: dict[str, Area] = {}
    # Boards of today come last: one that goes on has the code that it had in 2022.
    today = set(rows.loc[rows["level"].eq("icb_2026"), "health_code"])
    for level in ("sub_icb", "icb", "icb_2026"):
        named = rows[rows["level"].eq(level)].drop_duplicates("health_code")
        for code, ons_code, name, place in zip(
            named["health_code"], named["health_ons_code"], named["name"], named["place"], strict=True
        ):
            within = sorted(
                (one for one in members.get((level, code), []) if one in areas.authorities),
                key=lambda one: areas.authorities[one].name,
            )
            called = f"{place} ({name.removeprefix('NHS ')})" if level == "sub_icb" else str(name)
            called += NO_MORE if level == "icb" and code not in today else ""
            found[code] = Area(
                code,
                called,
                str(ons_code),
                "",
                "",
                "Health area",
                "",
                _KINDS[level],
                tuple(within),
                level != "icb" or code in today,
            )
    return found
