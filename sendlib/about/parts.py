"""The parts of About the data that a reader opens: a heading, sentences and a table each, in the words of each mode."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from sendlib import catalogue
from sendlib.about import held, lists
from sendlib.answer import Mode, Text, glossary
from sendlib.answer.numbers import capital
from sendlib.store import Store, TableInfo
from sendlib.tables.symbols import SHORT, STATUSES, VALUE, WORDS

_ONLY_EXPLORE = {"show": None, "families": None}
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
class Part:
    """A part of the page. A mode without a heading does not have it. `tables`: what it shows, by mode; `listed`: the
    same of what is a list with links, as Markdown."""

    name: str
    heading: Text
    said: tuple[Text, ...] = ()
    tables: Mapping[Mode, pd.DataFrame] | None = None
    listed: Mapping[Mode, str] | None = None

    def table(self, mode: Mode) -> pd.DataFrame | None:
        """The table of a mode; Explore's where it has none of its own."""
        held = self.tables or {}
        return held.get(mode, held.get("explore"))


def of(store: Store, infos: Sequence[TableInfo], whole_calendar: pd.DataFrame) -> tuple[Part, ...]:
    """All parts that are sentences and tables, in their order; the page has more that are tools."""
    return (
        Part(
            "releases",
            Text("The tables, and the release of each", show=None, families="All tables, and how new each is"),
            tables={"explore": held.releases(infos)},
        ),
        Part(
            "calendar",
            Text("When every source changes", **_ONLY_EXPLORE),
            tables={"explore": whole_calendar},
        ),
        _not_fetched(),
        Part(
            "resources",
            Text("Where else to look", show=None),
            (
                Text(
                    "The national resources of 2018 and what else the documents behind this tool name, each with what"
                    " has become of it.",
                    families="Other places that have facts or help.",
                ),
            ),
            listed={"explore": lists.resources_in("explore"), "families": lists.resources_in("families")},
        ),
        Part(
            "gaps",
            Text("What is not known", show=None),
            (
                Text(
                    "What the documents ask for and this tool has no figure of, with who would know.",
                    families="Things that people ask about, and no number tells us.",
                ),
            ),
            {"explore": lists.gaps_in("explore"), "families": lists.gaps_in("families")},
        ),
        Part(
            "words",
            Text("Words", show=None, families="What words mean"),
            tables={"explore": _words("explore"), "families": _words("families")},
        ),
        Part(
            "missing",
            Text("Five kinds of missing, and their signs", show=None, families="When a number is missing"),
            (
                Text(
                    "A missing figure is never drawn as a zero. It is one of these. Publishers' own signs mean"
                    " different things in different files, so each file is read with its own list; our files write the"
                    " signs below.",
                    families="You may read one of these in place of a number.",
                ),
            ),
            {"explore": _missing("explore"), "families": _missing("families")},
        ),
        _areas(store),
        _neighbours(store),
        _corrections(),
        _checklist(),
    )


def _not_fetched() -> Part:
    facts = catalogue.load("not_fetched").values()
    headings = {"what": "What", "publisher": "Publisher", "where": "To be found at", "why": "Why not yet"}
    return Part(
        "not_fetched",
        Text("Not fetched yet", **_ONLY_EXPLORE),
        (Text("What publishers have that belongs here, and that no refresh brings yet."),),
        {"explore": pd.DataFrame({heading: [one[name] for one in facts] for name, heading in headings.items()})},
    )


def _words(mode: Mode) -> pd.DataFrame:
    terms = glossary.terms()
    meanings = [one.plain or one.meaning if mode == "families" else one.meaning for one in terms]
    return pd.DataFrame({"Term": [one.name for one in terms], "Meaning": meanings})


def _missing(mode: Mode) -> pd.DataFrame:
    meanings = {status: text.in_mode(mode) for status, text in _MEANINGS.items()}
    found = {
        "What you read": [capital(WORDS[status]) for status in STATUSES],
        "What it means": [meanings[status] for status in STATUSES],
    }
    if mode != "families":
        found["Sign in our files"] = [SHORT.get(status, "a number") for status in STATUSES]
    return pd.DataFrame(found)


def _corrections() -> Part:
    facts = catalogue.load("corrections")
    found = facts["corrections"]
    data = pd.DataFrame(
        {
            "Document": [facts["documents"][item["document"]] for item in found],
            "It says": [item["says"] for item in found],
            "The check": [item["check"] for item in found],
            "Used here": [item["use"] for item in found],
        }
    )
    said = (
        "Five public documents ask the questions that this tool answers. Some of their numbers do not add up; these are"
        " used instead."
    )
    return Part("corrections", Text("Corrections of the documents", **_ONLY_EXPLORE), (Text(said),), {"explore": data})


def _areas(store: Store) -> Part:
    data = held.changes_of_areas(store)
    return Part(
        "areas",
        Text("Changes of areas", show=None),
        (
            Text(
                "Where only the code changed, history goes on under the new one. A merger adds the counts of its parts"
                " and averages no rates. After a division the area before is shown for the years before, and nothing is"
                " shared out among its successors.",
                families="Some councils joined, and some were divided. Their older numbers are shown for the old"
                " council.",
            ),
        ),
        {"explore": data, "families": data[["On", "Area before", "Area after"]]},
    )


def _neighbours(store: Store) -> Part:
    data = held.neighbours(store)
    return Part(
        "neighbours",
        Text("Statistical neighbours", show=None, families="Similar areas"),
        (
            Text(
                "The ten authorities that the Department for Education holds to be most like each, the closest first,"
                " as published in its Local Authority Interactive Tool. It publishes a word for how close each is, and"
                " no distance. None is close to the City of London or the Isles of Scilly.",
                families="The Department for Education names ten councils that are most like yours. The most similar"
                " one comes first.",
            ),
        ),
        {"explore": data, "families": data.iloc[:, :2]},
    )


def _checklist() -> Part:
    data = lists.items()
    counts = ", ".join(f"{count} {state.lower()}" for state, count in data["State"].value_counts().items())
    said = Text(f"Everything that the five documents name, {len(data)} items, and what became of it: {counts}.")
    heading = Text("What became of everything the documents name", **_ONLY_EXPLORE)
    return Part("checklist", heading, (said,), {"explore": data})
