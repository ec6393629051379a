"""Tables of words: what the source documents say on joining up, each row with the document it stands in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sendlib.answer import Column, Table, Text
from sendlib.answer.numbers import listed
from sendlib.areas import Area
from sendlib.catalogue.linkage import Linkage
from sendlib.questions.joining_up import survey
from sendlib.questions.joining_up.sources import named

CARDS = "cards"
READY, GIVES, DONE = "Could we do it here?", "What joined records are", "Who has done it, and what would help"
_DOCUMENT = Column("Where it stands", "the document, or our own reading of the documents")


@dataclass(frozen=True)
class Words:
    """A table of words: its parts of the file, what it is called, and what its columns mean."""

    heading: str
    group: str
    caption: str
    columns: Mapping[str, Column]
    how_to_read: str = ""


TABLES: Mapping[str, Words] = {
    "used": Words(
        "How linked data are used",
        survey.GROUP,
        "Question 4: how councils use linked data. Numbers are not available: the document's figure is missing from its"
        " text",
        {
            "use": Column("Use", "as the survey offered it"),
            "said": Column("What the document says", "in its discussion, without numbers"),
        },
    ),
    "limits": Words(
        "Read it with care",
        survey.GROUP,
        "What limits the survey of 2023",
        {"limit": Column("Limit", "what a reader should bear in mind")},
    ),
    "missed": Words(
        "Who is likelier to be missed",
        "How good a match is",
        "Children whom a match is likelier to miss, as far as the documents say",
        {
            "who": Column("Who", "the children"),
            "why": Column("Why, and how we know", "what the documents say, or that they say nothing"),
        },
    ),
    "steps": Words(
        "Seven steps of a batch trace",
        "How good a match is",
        "How Bedford had the NHS numbers of children with SEND looked up",
        {
            "step": Column("Step", "in their order"),
            "what": Column("What is done", "as Bedford did it"),
        },
    ),
    "agreement": Words(
        "Checklist for an agreement on sharing",
        READY,
        "What an agreement between a council and health services should settle",
        {
            "item": Column("To settle", "what both sides write down"),
            "why": Column("What is known of it", "from the documents"),
            "link": Column("Link", "as the bulletin of 2020 printed it; it may have moved", only_in_files=True),
        },
        "Ask your information governance lead: this is a list of what others settled, and no legal advice.",
    ),
    "kinds": Words(
        "Once, or all the time?",
        READY,
        "Joining records once for a purpose, and systematically",
        {
            "kind": Column("Kind", "of joining records"),
            "what": Column("What it is", "as the survey's authors tell them apart"),
            "use": Column("What it is good for", "our own words"),
        },
    ),
    "section_26": Words(
        "Section 26: commissioning together",
        READY,
        "Section 26 of the Children and Families Act 2014 and what the survey found",
        {
            "point": Column("Point", "what it is about"),
            "text": Column("What is said", "or what to ask"),
        },
    ),
    "crosswalk": Words(
        "School need, diagnosis, social care: not the same thing",
        GIVES,
        "The same topic in the records of school, health and social care",
        {
            "topic": Column("Topic", "what the three are asked about"),
            "school": Column("School", "the school census"),
            "health": Column("Health", "records of health services"),
            "care": Column("Social care", "records of children's social care"),
            "differ": Column("Not the same thing", "why a match of children does not match the words"),
        },
        "A child can be joined; the words cannot. Never add two columns, and never read one as the other.",
    ),
    "would_answer": Words(
        "What joined records would answer",
        GIVES,
        "Questions that people asked, and how far anything published answers them",
        {
            "question": Column("Question", "as it was asked"),
            "asked_by": Column("Who asked", "as the documents name them"),
            "published": Column("What is published today", "or that nothing is"),
        },
    ),
    "csds": Words(
        "The Community Services Data Set",
        GIVES,
        "What the data set of community health services would hold on disabled children, and what it holds",
        {
            "holds": Column("What", "that the data set has room for, or that is about it"),
            "state": Column("State", "what the documents say of it"),
        },
    ),
    "benefits": Words(
        "Three reasons to join records",
        GIVES,
        "What the survey's authors name as benefits",
        {"benefit": Column("Reason", "in a few words")},
    ),
    CARDS: Words(
        "Places that did it",
        DONE,
        "Places that joined records or set them side by side",
        {
            "place": Column("Place", "and what of it"),
            "did": Column("What they did", "as the document tells it"),
            "came": Column("What came of it", "as the document tells it; nobody else measured it"),
        },
    ),
    "barriers": Words(
        "What stands in the way",
        DONE,
        "Barriers to joining records that the survey's authors name",
        {"barrier": Column("Barrier", "in a few words")},
    ),
    "enablers": Words(
        "What helped elsewhere",
        DONE,
        "What helped places that joined records",
        {
            "enabler": Column("What helped", "in a few words"),
            "where": Column("Where", "the place, as the document names it"),
        },
    ),
    "recommendations": Words(
        "What the authors ask of government",
        DONE,
        "Six recommendations for a national strategy, 2023",
        {"recommendation": Column("Recommendation", "in a few words")},
    ),
    "timeline": Words(
        "Policy, year by year",
        DONE,
        "Law and policy on joining records that the documents name",
        {
            "when": Column("When", "year or month"),
            "what": Column("What", "the law, review or plan, with the page that the brief cites"),
            "says": Column("What it says of joining records", "in a few words"),
        },
    ),
}
"""Table of the answer -> what it is; the file has its rows under the same name."""


def tables(linkage: Linkage) -> dict[str, Table]:
    """All that are the same for every area."""
    return {name: _table(linkage, name, linkage.lists[name]) for name in TABLES if name != CARDS}


def cards(linkage: Linkage, area: Area) -> Table:
    """The places that did it, those of the area first."""
    return _table(linkage, CARDS, sorted(linkage.lists[CARDS], key=lambda one: not set(one["codes"]) & set(area.parts)))


def _table(linkage: Linkage, name: str, held: Sequence[Mapping[str, Any]]) -> Table:
    words = TABLES[name]
    rows = [
        {
            **{column: str(one.get(column, "")) for column in words.columns},
            "document": linkage.title_of(one["document"]),
        }
        for one in held
    ]
    return Table(
        pd.DataFrame(rows),
        Text(words.caption),
        {**words.columns, "document": _DOCUMENT},
        _sources(linkage, [one["document"] for one in held]),
        heading=words.heading,
        group=words.group,
        how_to_read=Text(" ".join(filter(None, (words.how_to_read, _links(held))))),
    )


def _links(held: Sequence[Mapping[str, Any]]) -> str:
    """The links that some rows have, as a sentence."""
    found = [f"[{one['link_to']}]({one['link']})" for one in held if "link" in one]
    return f"Links, as the bulletin of 2020 printed them: {listed(found)}." if found else ""


def _sources(linkage: Linkage, documents: list[str]) -> tuple[str, ...]:
    """The documents that some rows stand in, in the order of all of them."""
    return tuple(named(key) for key in linkage.documents if key in documents)


_CHILDREN = ((1, 1), (1, 1), (1, 1), (1, 0), (1, 0), (1, 0), (0, 1), (0, 1))
"""Eight children who do not exist: whether each is on the school's list and on the health service's."""


def side_by_side() -> Table:
    """Eight made-up children on two lists, to show what joining adds."""
    rows = [
        {"child": number, "school": "yes" if school else "no", "health": "yes" if health else "no"}
        for number, (school, health) in enumerate(_CHILDREN, start=1)
    ]
    return Table(
        pd.DataFrame(rows),
        Text("Eight made-up children on two lists: set side by side (integrated), and joined (linked)"),
        {
            "child": Column("Child", "made up, to show the difference", decimals=0),
            "school": Column("On the school's list", "whether the made-up child is on it"),
            "health": Column("On the health service's list", "whether the made-up child is on it"),
        },
        (named("bulletin"),),
        heading="Side by side is not joined",
        group=GIVES,
        how_to_read=Text(
            "Set side by side, each list has its number and the overlap is an estimate. Joined by an identifier, or by"
            " name, date of birth and postcode, each child is known to be on one list or on both. All other pages of"
            " this tool set published figures side by side."
        ),
    )
