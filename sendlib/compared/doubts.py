"""Doubtful numbers of an area of any kind: of an authority its own, of a group or health area those of its members."""

from __future__ import annotations

from sendlib.areas import Area
from sendlib.compared import doubtful
from sendlib.compared.comparators import known_areas
from sendlib.compared.doubtful import Doubt
from sendlib.store import Store


def within(store: Store, area: Area, measure: str, period: str) -> dict[str, Doubt]:
    """Whose number of a period can not be right, of those that an area is made of, and why; by name.

    A region's and England's numbers are the publisher's own, and none of them is doubted for one of many.
    """
    if area.kind in ("region", "england"):
        return {}
    # Only authorities are judged, which are the same in every widened store.
    found = {code: doubtful.of(store.base, code, measure, period) for code in area.parts}
    return {known_areas(store).get(code).in_text: doubt for code, doubt in found.items() if doubt}


def said(store: Store, area: Area, measure: str, period: str) -> str:
    """The same in a sentence each, as of one authority (Doubt.said); empty where nothing is doubted."""
    found = within(store, area, measure, period)
    if len(area.parts) == 1:
        return " ".join(doubt.said for doubt in found.values())
    return " ".join(f"Of {name}: {doubt.said[:1].lower()}{doubt.said[1:]}" for name, doubt in found.items())


def reasons(store: Store, area: Area, measure: str) -> dict[str, str]:
    """Period -> why the area's number of it is doubtful; whose it is, where the area is several authorities."""
    if area.kind in ("region", "england"):
        return {}
    told: dict[str, list[str]] = {}
    for code in area.parts:
        name = f"{known_areas(store).get(code).in_text}: " if len(area.parts) > 1 else ""
        for period, why in doubtful.reasons(store.base, code, measure).items():
            told.setdefault(period, []).append(f"{name}{why}")
    return {period: "; ".join(every) for period, every in told.items()}
