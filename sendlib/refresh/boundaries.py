"""Boundaries: told of, and not fetched.

The map that a browser draws is a file shipped with the app and kept by the
browser, in which each authority has its place by the areas that are shipped.
New outlines alone would be in a table and not on the map, and a new authority
has no figures until the areas themselves are brought up to date; so both are
done together, when the snapshot is built.
"""

from __future__ import annotations

from sendlib.refresh.source import Source
from sendlib.refresh.work import Look, Work
from sendlib.sources.ons import Ons


def look(work: Work) -> Look:
    """One request: the list of services, of which the name says the vintage."""
    service = Ons(work.http).newest_boundaries()
    return Look(service.name, service.release, period=f"{service.year}-{service.month:02d}")


SOURCE = Source(
    name="boundaries",
    group="ons",
    title="Boundaries of authorities",
    tables=("shapes",),
    look=look,
    only_told=(
        "ONS has newer boundaries. They are not fetched:"
        " the map is shipped with the app, and comes with its next version."
    ),
)
