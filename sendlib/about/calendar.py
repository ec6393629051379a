"""When each publication behind the tables last changed, and what of it comes next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from sendlib import catalogue
from sendlib.answer import Text
from sendlib.answer.numbers import capital, count_of
from sendlib.changes import due
from sendlib.provenance import Provenance, spoken_date
from sendlib.store import Looked, TableInfo

_HEADINGS = ("Source", "Held here", "Published", "Comes next")
_NO_DAY = "The day is not in the files"


@dataclass(frozen=True)
class Calendar:
    """`first`: the publications of which a next release has a day, the newest held first; `said`: how many others
    there are, in a sentence; `whole`: every publication, one row for each release held."""

    first: pd.DataFrame
    said: Text
    whole: pd.DataFrame


def of(infos: Iterable[TableInfo], looked: Looked) -> Calendar:
    """The calendar of the sources of some tables; `looked`: what was seen at the publishers since."""
    coming: dict[str, due.Coming] = {}
    held: dict[tuple[str, str], Provenance] = {}
    for info in infos:
        for source in info.sources:
            held.setdefault((source.publication, source.release), source)
        for one in due.coming(info.name, info.sources, looked):
            before = coming.get(one.source.publication)
            if before is None or _is_newer(one, before):
                coming[one.source.publication] = one
    dated = sorted((one for one in coming.values() if one.on), key=lambda one: one.source.published or "", reverse=True)
    undated = [one for one in coming.values() if not one.on and one.is_out]
    rest = {publication for publication, _ in held} - {one.source.publication for one in [*dated, *undated]}
    return Calendar(
        pd.DataFrame([_row(one) for one in dated], columns=_HEADINGS),
        _said(len(undated), len(rest)),
        _whole(held.values()),
    )


def _is_newer(one: due.Coming, before: due.Coming) -> bool:
    """Whether what is held of a publication is newer, and so is what follows it."""
    return (one.source.published or "", one.on) > (before.source.published or "", before.on)


def _row(one: due.Coming) -> tuple[str, ...]:
    source = one.source
    comes = f"{capital(one.what.rstrip(','))}: {one.expected}"
    day = spoken_date(source.published) if source.published else _NO_DAY
    return source.publication, source.shows or source.release, day, comes


def _said(out: int, without: int) -> Text:
    """How many publications are not in the calendar, and why."""
    newer = count_of(out, "other publication has", "other publications have")
    return Text(
        f"{newer} newer figures out already that are not in this copy. Of {without} more nothing newer is known here:"
        " some are closed, some are lists without a day.",
        families=f"{newer} newer numbers that we do not hold. Of {without} more we know of nothing newer.",
    )


def _whole(sources: Iterable[Provenance]) -> pd.DataFrame:
    """Every release held, with what its catalogue says of the next."""
    nexts = {(one["publication"], one["release"]): one["next"] for one in catalogue.load("sources").values()}
    rows: Sequence[tuple[str, ...]] = [
        (
            source.publication,
            source.release,
            spoken_date(source.published) if source.published else _NO_DAY,
            # What a refresh brought has no words of ours on what follows it.
            nexts.get((source.publication, source.release), "Fetched by a refresh, which asks for newer ones"),
        )
        for source in sorted(sources, key=lambda one: (one.publication, one.published or ""))
    ]
    return pd.DataFrame(rows, columns=("Source", "Release here", "Published", "Next"))
