"""The lists of the catalogue as tables: indicators of 2018, resources, gaps, and what became of everything that the
documents name."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from sendlib import questions
from sendlib.answer import Mode, Text
from sendlib.catalogue.checklist import Item, checklist
from sendlib.catalogue.gaps import gaps
from sendlib.catalogue.indicators import Indicator, indicators, lenses, source, statements
from sendlib.catalogue.resources import Resource, resources
from sendlib.catalogue.rows import Place

SLIDES = source()
"""Where the indicators come from."""
_STATES = {"shown": "Shown here", "linked": "Elsewhere", "gone": "Gone"}


def indicators_in(lens: str, mode: Mode) -> pd.DataFrame:
    """The indicators of the slides of 2018 that belong to a lens, or all of them without one."""
    held = [one for one in indicators() if lens in ("", one.lens)]
    if mode == "families":
        return pd.DataFrame(
            [(one.families, _shown(one.places) or one.families_note or _STATES[one.state]) for one in held],
            columns=("What", "Where"),
        )
    named = {one.code: one for one in lenses()}
    return pd.DataFrame(
        [
            (
                one.words,
                one.block,
                named[one.lens].name,
                ", ".join(one.statements),
                _where(one),
                one.today,
                one.link,
                one.note,
            )
            for one in held
        ],
        columns=("Indicator", "Source in 2018", "Lens", "Serves", "Here", "Where it lives today", "Link", "Note"),
    )


def statements_in(mode: Mode) -> pd.DataFrame:
    """The statements that indicators serve."""
    rows = [
        (one.code, "Impact" if one.impact else "Outcome", Text(one.words, families=one.families))
        for one in statements()
    ]
    return pd.DataFrame(
        [(code, kind, text.in_mode(mode)) for code, kind, text in rows], columns=("Code", "Kind", "Says")
    )


def resources_in(mode: Mode) -> str:
    """The resources in their groups, each with a link, as Markdown."""
    groups: dict[str, list[str]] = {}
    for one in resources():
        groups.setdefault(one.said_group, []).append(f"- {_line(one, mode)}")
    return "\n\n".join(f"**{group}**\n\n" + "\n".join(lines) for group, lines in groups.items())


def _line(one: Resource, mode: Mode) -> str:
    """`[LG Inform](...), Local Government Association: what it is. Published today.`"""
    what = one.families if mode == "families" else one.what
    note = f" {one.note}" if one.note and mode != "families" else ""
    way = f" Search there for: {one.search}." if one.search else ""
    return f"[{one.name}]({one.link}), {one.organisation}: {what.rstrip('.')}. {one.said_state}.{note}{way}"


def gaps_in(mode: Mode) -> pd.DataFrame:
    """What is not known, and who would know."""
    if mode == "families":
        return pd.DataFrame([(one.families, one.families_who) for one in gaps()], columns=("What", "Who would know"))
    return pd.DataFrame(
        [(one.what, one.said_kind, one.why, one.who) for one in gaps()],
        columns=("What", "State", "Why there is no figure", "Who would know"),
    )


def items() -> pd.DataFrame:
    """Everything that the documents name, and what became of it."""
    return pd.DataFrame(
        [(one.code, one.name, one.said_state, _of_item(one)) for one in checklist()],
        columns=("Code", "What the documents name", "State", "Where, or why not"),
    )


def _of_item(one: Item) -> str:
    """Where an item is, or why it is not."""
    said = {
        "shown": _shown_where(one.places),
        "linked": "; ".join(named.name for named in resources() if named.code in one.resources),
        "refused": one.says or next((gap.why for gap in gaps() if gap.code == one.gap), ""),
        "nothing": one.why,
    }[one.state]
    return f"{said}. Lacks: {one.lacks}" if one.lacks else said


def _shown_where(places: Iterable[Place]) -> str:
    """`Getting help (waits, residents); Needs`: the pages of some places with their tables and parts."""
    parts: dict[str, list[str]] = {}
    for place in places:
        parts.setdefault(page_title(place.page), []).extend([place.part.replace("_", " ")] if place.part else [])
    return "; ".join(f"{page} ({', '.join(held)})" if held else page for page, held in parts.items())


def _where(one: Indicator) -> str:
    return _shown(one.places) or _STATES[one.state]


def _shown(places: Iterable[Place]) -> str:
    """`Doing well, My area`: the pages of some places."""
    return ", ".join(dict.fromkeys(page_title(place.page) for place in places))


def page_title(page: str) -> str:
    """What a page is called, that of a question or another one."""
    known = {one.name: one.title for one in questions.QUESTIONS}
    return known.get(page, page.replace("_", " ").capitalize())
