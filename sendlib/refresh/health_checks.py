"""Health checks of young people with a learning disability: the newest month, from NHS England. Live only."""

from __future__ import annotations

import pandas as pd

from sendlib.refresh.nhs_waits import as_table, client, key_of, origin
from sendlib.refresh.source import Source
from sendlib.refresh.work import Look, Work, merged, new_table
from sendlib.sources.nhs_discovery import Publication
from sendlib.sources.nhs_long import health_checks_by_sub_icb
from sendlib.sources.nhs_names import spoken
from sendlib.sources.nhs_series import HEALTH_CHECKS
from sendlib.store import NewTable
from sendlib.tables import health_checks, periods

TITLE = HEALTH_CHECKS.title
NAME = health_checks.TABLE.name


def look(work: Work) -> Look:
    """The feed and the newest publication's page."""
    publication, links = client(work, 0, 0, TITLE).newest_of(HEALTH_CHECKS, "health checks")
    name, year = spoken(publication.period)
    return Look(
        key_of(link.url for link in links["health checks"]),
        f"to {name.capitalize()} {year}",
        publication,
        publication.period,
        publication.published or "",
    )


def fetch(work: Work, look: Look) -> list[NewTable]:
    """The newest month beside those that earlier refreshes brought."""
    publication = look.parts
    assert isinstance(publication, Publication)
    found = client(work, 0, 0.9, TITLE).health_checks()
    file = found.files[0]
    sums = health_checks_by_sub_icb(file.path, month=publication.period)
    frame = health_checks.of_sums(sums, file.path.name)
    file.path.unlink()
    if NAME in work.store.tables:
        frame = as_table(
            merged(work.store.table(NAME), frame.astype({"period": str}), ["period"]),
            health_checks.COLUMNS,
            health_checks.KEYS,
        )
    source = origin(
        work,
        TITLE,
        look.release,
        publication.published,
        publication.url,
        file.sha256,
        "Added up from practices to sub-ICB locations by the codes in the file.",
    )
    return [new_table(health_checks.TABLE, frame, _notes(frame), source, work.store)]


def _notes(frame: pd.DataFrame) -> list[str]:
    england = frame[frame["level"].astype(str).eq("england")].astype({"measure": str, "period": str})
    last = england["period"].max()
    newest = england[england["period"].eq(last)].set_index("measure")["value"]
    return [
        f"To {periods.spoken(last)}: {newest['practices']:,.0f} practices sent figures;"
        f" the number on the register is hidden for {newest['register_hidden']:,.0f} of them."
    ]


SOURCE = Source(name="health_checks", group="nhs", title=TITLE, tables=(NAME,), look=look, fetch=fetch, revises=True)
