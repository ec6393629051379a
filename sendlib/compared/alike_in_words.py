"""Who is most alike, in words: the nearest with their distances, what they are called, and what to beware of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sendlib.answer.numbers import capital, listed
from sendlib.areas import Area
from sendlib.compared.alike import NUMBER, Alike, among
from sendlib.store import Store
from sendlib.tables.features import FEATURES

FAR = 1.0
"""A distance above this means that features differ by more than a standard deviation on average."""
FEW_TO_CHOOSE_FROM = 2 * NUMBER
"""Of fewer than this the ten nearest are most of all."""


@dataclass(frozen=True)
class Nearest:
    """`words`: code -> its distance in words, nearest first. `label` completes "compared with ...", `short` stands on
    axes, `caution` says what to beware of."""

    words: dict[str, str]
    label: str
    short: str
    caution: str


def nearest(store: Store, area: Area) -> Nearest:
    """The ten of an area's kind (authorities, boards) that are nearest in published features."""
    found = among(store, area)
    row = found.codes.index(area.code)
    places = found.nearest[row]
    known = len(FEATURES) - len(found.missing.get(area.code, []))
    distances = {
        found.codes[place]: float(found.distance[row, place])
        for place in places
        if 2 * known >= len(FEATURES) and not np.isnan(found.distance[row, place])
    }
    several = "boards" if area.kind == "board" else "authorities"
    number = "ten" if len(distances) == NUMBER else str(len(distances))
    label = f"the {number} {several} most alike in population and pupils"
    if not distances:
        label = f"{several} alike in population and pupils (none can be found)"
    return Nearest(
        {code: f"distance {distance:.2f}" for code, distance in distances.items()},
        label,
        f"similar {several}",
        " ".join(_cautions(found, area, list(distances.values()))),
    )


def _cautions(found: Alike, area: Area, distances: list[float]) -> list[str]:
    """What to beware of in a list of those alike, a sentence each."""
    told = []
    one = "board" if area.kind == "board" else "authority"
    if area.kind == "board" and len(found.codes) < FEW_TO_CHOOSE_FROM:
        which = "" if area.current else " that are no more"
        told.append(f"They were chosen from the {len(found.codes) - 1} other boards{which}.")
    if distances and min(distances) > FAR:
        told.append(
            f"No {one} is much like {area.in_text} in these features: the nearest is {min(distances):.2f} away."
        )
    if area.code in found.extreme:
        told.append(
            f"{capital(area.in_text)} {area.verb('is', 'are')} so far from all others in"
            f" {' and '.join(found.extreme[area.code])} that these distances look shorter than they are."
        )
    if area.code in found.borrowed:
        whose = "The pupils' features of a part of it" if area.kind == "board" else "Its pupils' features"
        told.append(f"{whose} are those of {found.borrowed[area.code]}, before it was divided.")
    if area.code in found.missing:
        lacking = f"{capital(listed(found.missing[area.code]))}: not available for {area.in_text}"
        rest = "so they were left out of these distances" if distances else "so nobody can be said to be like it"
        told.append(f"{lacking}, {rest}.")
    return told
