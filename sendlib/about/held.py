"""The tables that are held, and the lists of areas among them, as About tells them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sendlib.answer.numbers import capital
from sendlib.store import Store, TableInfo
from sendlib.tables import periods
from sendlib.tables.symbols import WORDS

_KINDS = {"recode": "Same area, new code", "split": "Divided", "merge": "Merged"}


def detail(info: TableInfo) -> list[str]:
    """What a table is, each of its sources, and what is missing, broken or left out in it, as paragraphs."""
    columns = ", ".join(info.columns)
    said = [f"{capital(info.grain)}. {info.rows:,} rows; {_span(info)}. Columns: {columns}."]
    for one in info.sources:
        facts = [
            f"**[{one.publication}]({one.url})**, {one.release}",
            f"Publisher: {one.publisher}",
            f"Published: {one.published or 'the day is not in the files'} · Fetched: {one.retrieved or 'not recorded'}",
            f"Status: {one.status} · Licence: {one.licence}",
            one.note,
            f"SHA-256 of the publisher's file, or of the list of hashes where there are several: `{one.sha256}`",
        ]
        said.append("  \n".join(facts))
    missing = ", ".join(f"{WORDS[status]}: {count:,}" for status, count in info.missing.items())
    said.append(f"**Missing values.** {capital(missing) or 'None'}.")
    said.append("**Breaks in the series**\n" + "\n".join(f"- {text}" for text in info.breaks))
    if info.notes:
        notes = "\n".join(f"- {text}" for text in info.notes)
        said.append(f"**Left out or put right when the files were read**\n{notes}")
    said.append(f"SHA-256 of this table: `{info.sha256}`")
    return said


def _span(info: TableInfo) -> str:
    if not info.first_period:
        return "one list"
    first, last = periods.spoken(info.first_period), periods.spoken(info.last_period)
    return last if first == last else f"{first} to {last}"


def releases(infos: Sequence[TableInfo]) -> pd.DataFrame:
    """Every table with what it covers and the releases that it was made of."""
    return pd.DataFrame(
        {
            "Table": [info.title for info in infos],
            "Covers": [_span(info) for info in infos],
            "Rows": [info.rows for info in infos],
            "From": [_from(info) for info in infos],
            "Release": ["; ".join(f"{one.publication}: {one.release}" for one in info.sources) for info in infos],
        }
    )


def _from(info: TableInfo) -> str:
    return f"Fetched {info.sources[0].retrieved or ''}".strip() if info.live else "Shipped with the app"


def changes_of_areas(store: Store) -> pd.DataFrame:
    """Every change of an authority's code or ground, the newest first."""
    held = store.table("area_changes")
    return pd.DataFrame(
        {
            "On": held["effective"].astype(str),
            "Area before": held["old_name"].astype(str),
            "What happened": [_KINDS.get(kind, capital(kind)) for kind in held["kind"].astype(str)],
            "Area after": held["new_names"].astype(str).str.replace(";", ", "),
            "Note": held["note"].astype(str),
        }
    ).sort_values("On", ascending=False, ignore_index=True)


def neighbours(store: Store) -> pd.DataFrame:
    """Each authority with its neighbours in each list, the closest first; the newest list first."""
    names = store.table("areas").set_index("area_code")["name"].astype(str)
    held = store.table("neighbours")
    held = held.assign(
        list=held["list"].astype(str),
        area=held["area_code"].astype(str).map(names),
        neighbour=held["neighbour_code"].astype(str).map(names),
    ).dropna(subset=["area", "neighbour"])
    held = held.sort_values(["area", "list", "rank"])
    lists = sorted(held["list"].unique(), reverse=True)
    listed = held.groupby(["area", "list"], observed=True)["neighbour"].agg("; ".join).unstack("list")
    data = listed.reindex(columns=lists).fillna("Not in this list").reset_index()
    return data.set_axis(["Authority", *(f"List of {year}" for year in lists)], axis=1)
