"""That something newer exists than what an answer shows: told quietly, and without asking the network.

Two things are known of that: what the catalogue of sources says comes after a release (it travels with the table, in
its provenance), and what the last look online found (store.Looked).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sendlib.answer.text import Text
from sendlib.provenance import Provenance, spoken_date

Origins = Mapping[str, tuple[Provenance, ...]]
"""The origins of some tables of the store, by the table's name; of each publication the newest first."""


def lines(origins: Origins, offered: Mapping[str, str], looked_on: str, today: str) -> dict[str, tuple[Text, ...]]:
    """For each table a line on every release that is out, or due, and is not the one shown.

    `offered`: table -> the release that its publisher had when this copy last looked, on `looked_on`; that and
    `today` are ISO days.
    """
    found = {}
    for table, sources in origins.items():
        newest = _newest_of_each(sources)
        looked = [_looked(newest.pop(0), offered[table], looked_on)] if table in offered and newest else []
        found[table] = (*looked, *(line for source in newest if (line := _known(source, today))))
    return {table: told for table, told in found.items() if told}


def _newest_of_each(sources: Iterable[Provenance]) -> list[Provenance]:
    """The first release of each publication: what stands after it was replaced by it."""
    newest: dict[str, Provenance] = {}
    for source in sources:
        newest.setdefault(source.publication, source)
    return list(newest.values())


def _known(source: Provenance, today: str) -> Text | None:
    """What the catalogue says comes after a release, once it is out or its day has come."""
    after = source.following
    if after is None or not (after.published or after.on < today[: len(after.on)]):
        return None
    shown = f"This copy shows {source.shows}"
    if not after.published:
        said = f"due since {spoken_date(after.on)}: {after.what}"
    elif after.on:
        said = f"{_who(source)} published {after.what} on {spoken_date(after.on)}"
    else:
        said = f"{_who(source)} has published {after.what} since"
    return Text(f"{source.publication}: {said}. {shown}.")


def _looked(source: Provenance, offered: str, looked_on: str) -> Text:
    shown = source.shows or source.release
    return Text(
        f"{source.publication}: {_who(source)} had {offered} when this copy looked, on {spoken_date(looked_on)}. This"
        f" copy shows {shown}.",
    )


def _who(source: Provenance) -> str:
    """The publisher as it stands before a verb: the Department for Education, NHS England."""
    name = source.publisher.partition(",")[0]
    return f"the {name}" if name.startswith(("Department", "Office")) else name
