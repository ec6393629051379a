"""Finding a data set of DfE's API by what it has: its ids change with releases, and its titles with years."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.refresh.work import Work
from sendlib.sources.ees import DataSet, Ees
from sendlib.sources.ees_query import in_order

NAMED = 6
"""Data sets named in a refusal."""


@dataclass(frozen=True)
class Shape:
    """What a data set must have: these filter columns and no others, one of these indicators, these levels.

    `pinned` are further filters that the data set may have to have, of which
    only the one option given is asked for. `only`: it has no other levels.
    """

    filters: tuple[str, ...]
    indicators: tuple[str, ...]
    levels: tuple[str, ...]
    pinned: Mapping[str, str]
    only: bool = False


@dataclass(frozen=True)
class Found:
    """A data set with its metadata, the shape that it has, and the indicator among those that it could have."""

    data_set: DataSet
    meta: Mapping[str, Any]
    shape: Shape
    indicator: str


def client(work: Work) -> Ees:
    """A client that keeps answers where this refresh may keep them."""
    return Ees(work.http, work.kept or work.folder)


def with_names(note: str, areas: Areas) -> str:
    """A note with the names of areas in place of the codes that a reader of rows gives."""
    return re.sub(r"area (\d{3}|E\d{8})", lambda code: areas.names.get(code[1], code[0]), note)


def by_shape(work: Work, publication: str, title: str, shapes: Sequence[Shape]) -> Found:
    """The one published data set of a publication that has the first of these shapes which any has.

    One request for the list, and one for each data set whose version was not
    seen before. Raises ContractBroken where none has it, or several.
    """
    ees = client(work)
    offered = [(item, ees.meta(item)) for item in ees.data_sets(publication) if item.status == "Published"]
    for shape in shapes:
        found = [match for item, meta in offered if (match := _match(item, meta, shape))]
        if len(found) > 1:
            names = " and ".join(f"'{match.data_set.title}'" for match in found[:NAMED])
            raise ContractBroken(title, f"several of its data sets could be the one that is read here: {names}.")
        if found:
            return found[0]
    names = "; ".join(item.title for item, _ in offered[:NAMED]) or "none"
    columns = ", ".join(shapes[0].filters)
    raise ContractBroken(
        title, f"none of its data sets has the filters {columns} and a count for the areas asked for. It has: {names}."
    )


def school_years(found: Found, title: str) -> list[str]:
    """The school years of a data set, oldest first. Raises ContractBroken."""
    years = in_order(found.meta)
    if not years or not all(re.fullmatch(r"20\d\d/\d\d", year) for year in years):
        raise ContractBroken(title, f"its periods are not school years: {', '.join(years[-3:]) or 'none'}.")
    return years


def _match(item: DataSet, meta: Mapping[str, Any], shape: Shape) -> Found | None:
    filters = {part["column"]: {option["label"] for option in part["options"]} for part in meta["filters"]}
    indicators = [part["column"] for part in meta["indicators"]]
    levels = {level["code"] for level in meta["geographicLevels"]}
    indicator = next((name for name in shape.indicators if name in indicators), "")
    if (
        set(filters) != {*shape.filters, *shape.pinned}
        or any(label not in filters[name] for name, label in shape.pinned.items())
        or not set(shape.levels) <= levels
        or (shape.only and set(shape.levels) != levels)
        or not indicator
    ):
        return None
    return Found(item, meta, shape, indicator)
