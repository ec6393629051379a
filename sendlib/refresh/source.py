"""What a source of a refresh is, as a type: how its module hands it to the refresh."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sendlib.refresh.nature import Nature
from sendlib.refresh.work import Look, Work
from sendlib.sources.nhs_names import month_number
from sendlib.store import NewTable, TableInfo

OLDER = "The publisher offers an older release ({offered}) than the one held ({held})."


def period_of(info: TableInfo) -> str:
    """The last period of a table; without periods the month that its newest release names (2026-06), or nothing."""
    if info.last_period:
        return info.last_period
    named = re.search(r"([A-Z][a-z]{2,8}) (20\d\d)", info.sources[0].release)
    return f"{named[2]}-{month_number(named[1]):02d}" if named and month_number(named[1]) else ""


@dataclass(frozen=True)
class Source:
    """A publication that a refresh looks at, and the tables that it brings.

    `name` and `group` (ees, nhs, ons or gias) are what it is called on the
    command line, `title` is the publication's own, `tables` are the names of
    its tables; the first of them tells how new the figures held are.

    `look` asks what there is, in a few small requests. `fetch` brings the new
    releases of the tables that `work.wants`, merged with what is held; both may
    raise any SendlibError, and whatever they raise ends with this source.
    Neither writes anything but to `work.folder`. A source that is only told of
    has no `fetch` and says why in `only_told`.

    The others are for some: `revises` is for a publisher that revises the whole
    past each time, so that values may change, but not go missing; `replaces`
    for one whose release stands in place of the one before as a whole
    (projections), so that earlier periods may go; `brings` is how the measures
    begin that it brings, where others of the table come from elsewhere; `older`
    is said of a release that is older than the one `held`; `unasked` is what a
    dry run says of a source whose look asks nobody; `held_period` tells the
    period of what is held, to compare with that of the look; `natures` says of a
    table which of its figures stand and fall together (nature.Nature).
    """

    name: str
    group: str
    title: str
    tables: tuple[str, ...]
    look: Callable[[Work], Look]
    fetch: Callable[[Work, Look], list[NewTable]] | None = None
    only_told: str = ""
    revises: bool = False
    replaces: bool = False
    brings: str = ""
    older: str = OLDER
    unasked: str = ""
    held_period: Callable[[TableInfo], str] = period_of
    natures: Mapping[str, Nature] = field(default_factory=dict)
