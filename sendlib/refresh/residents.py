"""Residents: the newest mid-year estimates by single year of age, from Nomis, beside the mid-years that are held."""

from __future__ import annotations

import pandas as pd

from sendlib.areas import ENGLAND
from sendlib.provenance import OPEN_GOVERNMENT_LICENCE, Provenance
from sendlib.refresh.source import Source
from sendlib.refresh.work import Look, Work, merged, new_table
from sendlib.sources.ons import Fetched, Ons, mark_of
from sendlib.store import NewTable
from sendlib.tables import nomis, population, reading
from sendlib.tables.symbols import VALUE

TITLE = "Population estimates"
PUBLISHER = "Office for National Statistics, from Nomis"
SITE = "https://www.nomisweb.co.uk/datasets/"


def look(work: Work) -> Look:
    """One small request: England's numbers of the newest mid-year, which change with every revision."""
    work.report(0.0, f"{TITLE}: asking Nomis for the newest mid-year")
    year, mark = Ons(work.http).estimates_offered()
    period = f"{year}-06"
    revised = period == work.store.info("population").last_period and mark != _mark_held(work, year)
    return Look(f"mid-{year} {mark}", f"mid-{year}", period=period, more=revised)


def _mark_held(work: Work, year: str) -> str:
    """The mark that Nomis' numbers of England would have if they were those that are held."""
    held = work.store.rows("population", ENGLAND).astype({"period": str, "age": str})
    single = held[held["period"].eq(f"{year}-06") & held["age"].ne(population.CHILDREN)]
    return mark_of(
        [year, str(101 + int(age)), f"{value:.0f}"] for age, value in zip(single["age"], single["value"], strict=True)
    )


def fetch(work: Work, look: Look) -> list[NewTable]:
    """The newest mid-year in place of what is held of it; every other mid-year stays as it is."""
    into = work.folder / "estimates.csv"
    work.report(0.0, f"{TITLE}: asking Nomis how many rows there are")
    found = Ons(work.http).estimates(
        into,
        nomis.codes_of_authorities(work.areas),
        lambda done, expected: work.report(0.7 * done / (expected or done), f"{TITLE}: {done:,} rows"),
    )
    single = population.read_nomis_estimates(into.read_bytes(), "the newest mid-year estimates", work.areas)
    held = work.store.table("population")
    children = held[held["age"].astype(str).eq(population.CHILDREN)]["period"].astype(str)
    # DfE's series of children aged 0 to 17 ends with the mid-year shipped; for a later one they are added up.
    parts = [single] if single["period"].iloc[0] in set(children) else [single, under_18(single)]
    frame = merged(held, pd.concat(parts, ignore_index=True), ["period", "age"])
    table = reading.as_categories(frame[[*population.KEYS, "value", "status"]], population.KEYS).astype(
        {"status": "category"}
    )
    return [
        new_table(
            population.TABLE,
            table,
            (),
            origin(work, TITLE, found, "mid-year estimates", "Ages 0 to 25 are kept."),
            work.store,
        )
    ]


def under_18(single: pd.DataFrame) -> pd.DataFrame:
    """Residents aged 0 to 17 from single years of age."""
    young = single[single["age"].astype(int).lt(18)]
    summed = young.groupby(["area_code", "period"], as_index=False)["value"].sum(min_count=18)
    return summed.assign(age=population.CHILDREN, status=VALUE)[list(single.columns)]


def origin(work: Work, title: str, found: Fetched, kind: str, note: str) -> Provenance:
    """Where rows of Nomis come from; Nomis gives no day of publication."""
    return Provenance(
        PUBLISHER,
        title,
        found.release,
        None,
        work.retrieved,
        SITE,
        OPEN_GOVERNMENT_LICENCE,
        found.sha256,
        "Official statistics",
        f"{found.rows:,} rows of {kind} as Nomis serves them. {note}",
    )


SOURCE = Source(
    name="residents",
    group="ons",
    title=TITLE,
    tables=("population",),
    look=look,
    fetch=fetch,
)
