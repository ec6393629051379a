"""How far the authorities that an NHS area is shown as stand for it: both halves of the overlap, in one sentence.

Figures of authorities beside a board or a sub-ICB location are those of the authorities whose children mostly live in
it. Some of its children live in others, and some of theirs live elsewhere; where the border of a new board is not
known, neither is the first half.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sendlib.answer import Note, Text
from sendlib.answer.numbers import capital, listed, of_every, percent
from sendlib.areas import Area
from sendlib.compared import widened
from sendlib.store import Store, kept_with_store

AS_OF = "aged 0 to 17, mid-2020"
MOST_NAMED = 3
"""Authorities that are named in the sentence; of more, how many they are."""
_NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten"}


@dataclass(frozen=True)
class Overlap:
    """Of a health area, in per cent of children: `held` those of its own who live in its authorities (NaN where its
    border is not known), `elsewhere` those of these authorities who live outside it; `at_most`, or fewer.

    `largest`: where it has no authority, that in which most of its children live, and the per cent of that one's
    children who live in it.
    """

    held: float
    elsewhere: float
    at_most: bool = False
    largest: tuple[str, float, float] = ("", np.nan, np.nan)
    """(name, per cent of the health area's children, per cent of the authority's children)"""


@kept_with_store(64, of_base=True)
def of(store: Store, area: Area) -> Overlap:
    """Both halves of the overlap of a board or location with its authorities."""
    level = "sub_icb" if area.kind == "location" else "icb_2026" if area.current else "icb"
    table = store.table("health_areas")
    rows = table[table["level"].eq(level) & table["health_code"].eq(area.code)].astype({"area_code": str, "known": str})
    within = rows["area_code"].isin(area.members)
    whole = rows["share_of_health_area"].notna().all()
    children = rows["children"].fillna(0.0)
    held = 100 * children[within].sum() / children.sum() if whole and len(rows) else np.nan
    if not area.members:
        first = rows.sort_values("share_of_health_area", ascending=False).iloc[0]
        name = widened.authorities(store).get(str(first["area_code"])).in_text
        shares = float(first["share_of_health_area"]), float(first["share_of_authority"])
        return Overlap(held, np.nan, largest=(name, *shares))
    mine = rows[within]
    lived = float((100 * mine["children"] / mine["share_of_authority"]).sum())
    elsewhere = 100 * (1 - float(mine["children"].sum()) / lived)
    # Shares are held to six decimals, so a few millionths of a per cent are nobody.
    return Overlap(held, elsewhere if elsewhere > 1e-4 else 0.0, bool(mine["known"].ne("all").any()))


def note(store: Store, area: Area) -> tuple[Note, ...]:
    """How far the authorities of a board or location stand for it, as a note that stands over its page; none for every
    other kind of area. On a shared screen, over which its name stands, whose figures they are is left to the title.

    `NHS Devon: figures of authorities are those of Devon, Plymouth and Torbay together. All of its children live in
    these three councils' areas; none of theirs live elsewhere (aged 0 to 17, mid-2020).`
    """
    if area.kind not in ("board", "location"):
        return ()
    return (Note("caution" if area.members else "missing", _text(store, area)),)


def folded(store: Store, area: Area) -> list[Note]:
    """The same note for a page that families read on a phone: `whose` stands in its sentence, and the rest under "More
    about these numbers"."""
    found = []
    for one in note(store, area):
        plain = Text("", show=None, families=one.text.in_mode("families"))
        found += [replace(one, text=replace(one.text, families=None)), Note("definition", plain)]
    return found


def whose(store: Store, area: Area) -> str:
    """Whose figures those of an NHS area are, for families; nothing of any other area."""
    if area.kind not in ("board", "location") or not area.members:
        return ""
    names = [widened.authorities(store).get(code).in_text for code in area.members]
    told = listed(names) if len(names) <= MOST_NAMED else f"its {_number(len(names))} councils"
    return f"The figures are those of {told}."


def _text(store: Store, area: Area) -> Text:
    found = of(store, area)
    if not area.members:
        name, its, theirs = found.largest
        return Text(
            f"{area.name}: no authority's children mostly live in it, so figures of authorities are not shown."
            f" {capital(_part(its))} of its children live in {name}, and {_part(theirs)} of the children of {name} live"
            f" in it ({AS_OF}).",
            families="No council's children mostly live in this NHS area, so figures of councils are not shown."
            f" The largest part of its own children live in {name}.",
        )
    names = [widened.authorities(store).get(code).short_name for code in area.members]
    one = len(names) == 1
    which = (
        f"those of {listed(names)}{'' if one else ' together'}"
        if len(names) <= MOST_NAMED
        else f"those of its {_number(len(names))} authorities together"
    )
    there = "that council's area" if one else f"these {_number(len(names))} councils' areas"
    elsewhere = f"{'at most ' if found.at_most else ''}{_part(found.elsewhere)} of theirs live elsewhere"
    half = (
        f"Where it ends is not known here, and so not what part of its children live in {there}"
        if np.isnan(found.held)
        else f"{capital(_part(found.held))} of its children live in {there}"
    )
    halves = f"{half}; {elsewhere} ({AS_OF})."
    return Text(
        f"{area.name}: figures of authorities are {which}. {halves}",
        show=f"{half}; {elsewhere}.",
        families=_plainly(names, found),
    )


def _plainly(names: list[str], found: Overlap) -> str:
    """Whose figures they are, and both halves, for families."""
    one = len(names) == 1
    whose = listed(names) if len(names) <= MOST_NAMED else f"its {_number(len(names))} councils together"
    half = "" if np.isnan(found.held) else f" {capital(_so_many(found.held))} of its children live there."
    elsewhere = f"{'at most ' if found.at_most else ''}{_so_many(found.elsewhere)}"
    there = "that council's" if one else "those councils'"
    theirs = f"Of {there} children, {elsewhere} live outside this NHS area."
    return f"Figures of councils here are those of {whose}.{half} {theirs}"


def _so_many(share: float) -> str:
    """A share of children for families: `all`, `none`, `98 of every 100`."""
    part = _part(share)
    return part if part in ("all", "none") else of_every(share, 100)


def _number(number: int) -> str:
    return _NUMBERS.get(number, str(number))


def _part(share: float) -> str:
    """A share of children in words: `all`, `over 99%`, `98%`, `less than 1%`, `none`."""
    if share >= 100 - 1e-4:
        return "all"
    if share <= 0:
        return "none"
    if share >= 99.5:
        return "over 99%"
    return percent(share, 0)
