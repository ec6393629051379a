"""What About the data says: the tables held, their releases, what is missing, words and corrections. No Streamlit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from sendlib import about_words, catalogue
from sendlib.answer import Mode, Text, glossary
from sendlib.answer.numbers import capital
from sendlib.store import Store, TableInfo
from sendlib.tables import periods
from sendlib.tables.symbols import STATUSES, VALUE, WORDS

_MEANINGS = {
    VALUE: Text("A figure as the source has it.", families="A number as the source gives it."),
    "hidden": Text(
        "A count of 1 to 4 children below the level of an authority's totals, or a second one that would give it away."
        " In figures of the NHS: 0 to 4, or a service that it publishes for England only.",
        families="The number is small, or would give a small one away. The source hides it so that nobody can tell who"
        " a child is. The NHS also hides some numbers of single areas.",
    ),
    "not_applicable": Text(
        "The question makes no sense here, for example for an authority that did not exist yet.",
        families="The question does not fit here. The council may not have been there yet.",
    ),
    "not_available": Text(
        "The source has no figure, or one that can not be right.",
        families="The source has no number, or one that must be wrong.",
    ),
    "low": Text("There are some, but too few to show after rounding.", families="There are some, but very few."),
}


@dataclass(frozen=True)
class About:
    """What the page shows.

    Tables have their headings; `details` is name, heading and paragraphs for
    each table held.
    """

    glance: Sequence[about_words.Part]
    damaged: Sequence[str]
    problems: Sequence[str]
    titles: Mapping[str, str]
    releases: pd.DataFrame
    details: Sequence[tuple[str, str, Sequence[str]]]
    calendar: pd.DataFrame
    missing: pd.DataFrame
    missing_for_families: pd.DataFrame
    words: pd.DataFrame
    corrections: pd.DataFrame
    not_fetched: pd.DataFrame


def about(store: Store) -> About:
    """All of it, of the tables that a store holds."""
    infos = sorted(store.tables.values(), key=lambda info: info.title)
    return About(
        glance=about_words.at_a_glance(infos),
        damaged=store.damaged(),
        problems=store.problems,
        titles={info.name: info.title for info in infos},
        releases=_releases(infos),
        details=[(info.name, f"{info.title} ({info.name})", _detail(info)) for info in infos],
        calendar=_calendar(),
        missing=_missing("explore"),
        missing_for_families=_missing("families"),
        words=_words(),
        corrections=_corrections(),
        not_fetched=_not_fetched(),
    )


def _span(info: TableInfo) -> str:
    if not info.first_period:
        return "one list"
    first, last = periods.spoken(info.first_period), periods.spoken(info.last_period)
    return last if first == last else f"{first} to {last}"


def _releases(infos: Sequence[TableInfo]) -> pd.DataFrame:
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


def _detail(info: TableInfo) -> list[str]:
    """What a table is, each of its sources, and what is missing, broken or left out in it, as paragraphs."""
    columns = ", ".join(info.columns)
    said = [f"{capital(info.grain)}. {info.rows:,} rows; {_span(info)}. Columns: {columns}."]
    for source in info.sources:
        facts = [
            f"**[{source.publication}]({source.url})**, {source.release}",
            f"Publisher: {source.publisher}",
            f"Published: {source.published or 'the day is not in the files'}"
            f" · Fetched: {source.retrieved or 'not recorded'}",
            f"Status: {source.status} · Licence: {source.licence}",
            source.note,
            f"SHA-256 of the publisher's file, or of the list of hashes where there are several: `{source.sha256}`",
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


def _calendar() -> pd.DataFrame:
    sources = catalogue.load("sources").values()
    return pd.DataFrame(
        {
            "Source": [facts["publication"] for facts in sources],
            "Release here": [facts["release"] for facts in sources],
            "Published": [facts.get("published", "not in the files") for facts in sources],
            "Next": [facts["next"] for facts in sources],
        }
    )


def _not_fetched() -> pd.DataFrame:
    facts = catalogue.load("not_fetched").values()
    headings = {"what": "What", "publisher": "Publisher", "where": "To be found at", "why": "Why not yet"}
    return pd.DataFrame({heading: [one[name] for one in facts] for name, heading in headings.items()})


def _missing(mode: Mode) -> pd.DataFrame:
    meanings = {status: text.in_mode(mode) for status, text in _MEANINGS.items()}
    return pd.DataFrame(
        {
            "What you read": [capital(WORDS[status]) for status in STATUSES],
            "What it means": [meanings[status] for status in STATUSES],
        }
    )


def _words() -> pd.DataFrame:
    terms = glossary.terms()
    return pd.DataFrame({"Term": [one.name for one in terms], "Meaning": [one.meaning for one in terms]})


def _corrections() -> pd.DataFrame:
    facts = catalogue.load("corrections")
    found = facts["corrections"]
    return pd.DataFrame(
        {
            "Document": [facts["documents"][item["document"]] for item in found],
            "It says": [item["says"] for item in found],
            "The check": [item["check"] for item in found],
            "Used here": [item["use"] for item in found],
        }
    )
