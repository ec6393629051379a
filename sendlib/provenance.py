"""Where a figure comes from, as a type that travels with every table."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

OPEN_GOVERNMENT_LICENCE = "Open Government Licence v3.0"


@dataclass(frozen=True)
class Following:
    """What comes after a release, as far as a source that is held says so.

    `what` names it ("January 2026", "later months"); `on` is an ISO day or
    month, or empty where it is not known; `published`: it is known to be out.
    Otherwise `on` is when the publisher's own calendar has it.
    """

    what: str
    on: str = ""
    published: bool = False


@dataclass(frozen=True)
class Provenance:
    """The origin of a table: one release of one publisher.

    `published` and `retrieved` are ISO dates, or None where the day is not
    known; `sha256` is the hash of the publisher's own file, or of the list of
    hashes where a release is several files (snapshot.one_hash), `status` how
    the publisher labels the figures. `shows` says in a word what of it is used,
    and `following` what comes after it.
    """

    publisher: str
    publication: str
    release: str
    published: str | None
    retrieved: str | None
    url: str
    licence: str
    sha256: str
    status: str
    note: str
    shows: str = ""
    following: Following | None = None

    def citation(self) -> str:
        """One line to stand under a picture, ending with the licence."""
        return f"{self.publication}, {self.which()}"

    def which(self) -> str:
        """The same without the publication: which release, whose, when published, and under which licence."""
        return f"{self.release}. {self.publisher}{self.when()}, {self.licence}."

    def when(self) -> str:
        """When it was published, with a comma before it; empty where that is not known."""
        return f", published {spoken_date(self.published)}" if self.published else ""

    def to_dict(self) -> dict[str, object]:
        return asdict(self)

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Provenance:
        following = record.get("following")
        return cls(**{**record, "following": Following(**following) if following else None})


def cited_together(sources: Iterable[Provenance]) -> tuple[str, ...]:
    """Several origins, shorter: a publisher's and its licence are named once, and so is a publication."""
    of_whom: dict[tuple[str, str], dict[str, Provenance]] = {}
    for source in sources:
        of_whom.setdefault((source.publisher, source.licence), {}).setdefault(source.citation(), source)
    return tuple(_together(list(held.values())) for held in of_whom.values())


def _together(held: Sequence[Provenance]) -> str:
    """Origins of one publisher under one licence."""
    if len(held) == 1:
        return held[0].citation()
    releases: dict[str, list[str]] = {}
    for source in held:
        releases.setdefault(source.publication, []).append(f"{source.release}{source.when()}")
    named = "; ".join(f"{publication}, {'; '.join(each)}" for publication, each in releases.items())
    return f"{named}. {held[0].publisher}, {held[0].licence}."


def spoken_date(iso: str) -> str:
    """`2025-06-26` as `26 June 2025`; `2025-06` as `June 2025`."""
    parts = iso.split("-")
    month = calendar.month_name[int(parts[1])] if len(parts) > 1 else ""
    day = str(int(parts[2])) if len(parts) > 2 else ""
    return " ".join(part for part in (day, month, parts[0]) if part)
