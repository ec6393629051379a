"""The tables of what councils said in 2023. All of them are of England: the survey names 22 councils and no other."""

from __future__ import annotations

import pandas as pd

from sendlib.answer import Column, Table, Text
from sendlib.answer.numbers import capital, listed, percent
from sendlib.areas import Area
from sendlib.catalogue.linkage import BUILDING, NO, YES, Council, Given, Linkage
from sendlib.questions.joining_up.choices import CARE

GROUP = "What councils said in 2023"
SOURCE = "linkage_briefing"
LINK, BUILD, DO_NOT = "Link them", "Are building it", "Do not"
_KINDS = {YES: LINK, BUILDING: BUILD, NO: DO_NOT}
_NAMES = ("NHS", "Children and Young", "Community Services")
"""How health data begin whose name keeps its capital in a sentence."""
_GIVEN = Column("Answer", "as the survey offered it")
_COUNCILS = Column("Councils", "councils that gave this answer", "councils", 0)
_SHARE = Column("Share", "of the councils that answered in full", "%", 1)


def squares(linkage: Linkage, which: str, here: str) -> Table:
    """How many link, are building it, and do not. `here`: whether the area's councils are among those named, which a
    shared screen says over the picture."""
    question = linkage.question(which)
    rows = [
        {"kind": words, "councils": question.of(code).count, "share": question.of(code).share}
        for code, words in _KINDS.items()
    ]
    care = which == CARE
    what = "education and social care data" if care else "their data with health data"
    plain = "school records with social care records" if care else "their records with health records"
    return Table(
        pd.DataFrame(rows),
        Text(
            f"Councils by whether they link {what}: the {linkage.base} in England that answered in full,"
            f" {linkage.when}",
            show=f"{linkage.base} councils in England that answered in full, {linkage.when}",
            families=f"Each square is one of {linkage.base} councils in England. They were asked if they join up"
            f" {plain}, {linkage.when}",
        ),
        {
            "kind": Column("What they said", "link them, are building it, or do not"),
            "councils": _COUNCILS,
            "share": _SHARE,
        },
        (SOURCE,),
        heading="Who links, who is building it, who does not",
        how_to_read=Text("", show=here, families=None),
    )


def given(linkage: Linkage, code: str, heading: str) -> Table:
    """How many councils gave each answer to a question with several."""
    question = linkage.question(code)
    rows = [
        {
            "answer": one.words,
            "councils": one.count,
            "share": one.share,
            "how": "worked out of the share" if one.worked_out else "printed",
        }
        for one in question.answers
        if one.count is not None
    ]
    return Table(
        pd.DataFrame(rows),
        Text(f"Question {question.number}: {question.words[:-1].lower()}, {linkage.base} councils, {linkage.when}"),
        {
            "answer": _GIVEN,
            "councils": _COUNCILS,
            "share": _SHARE,
            "how": Column("Count", "printed in the document, or the only count that gives the share printed"),
        },
        (SOURCE,),
        heading=heading,
        group=GROUP,
    )


def health_data(linkage: Linkage) -> Table:
    """How many of the councils that are named link each kind of health data."""
    named = sorted(linkage.question("health_data").answers, key=lambda one: -(one.count or 0))
    many, not_yet = len(linkage.councils), linkage.base - len(linkage.councils)
    return Table(
        pd.DataFrame([{"data": one.words, "councils": one.count} for one in named]),
        Text(f"Health data that the {many} councils which link any named, counted in the survey's own table"),
        {
            "data": Column("Health data", "as the survey calls it"),
            "councils": Column("Councils", f"of the {many} that link health data", "councils", 0),
        },
        (SOURCE,),
        heading="Which health data are linked",
        group=GROUP,
        how_to_read=Text(
            f"{linkage.question('health_data').of('csds').count} of the {linkage.base} councils link the Community"
            f" Services Data Set, the one that is made for childhood disability. {not_yet} of the {linkage.base}"
            f" ({percent(100 * not_yet / linkage.base)}) do not yet link any health data."
        ),
    )


def named(linkage: Linkage, area: Area) -> Table:
    """The councils that named their health data, those of the area first."""
    rows = [
        {
            "council": one.name,
            "kind": one.kind,
            "data": capital(data_of(linkage, one)),
            "here": "yes" if one.code in area.parts else "no",
        }
        for one in sorted(linkage.councils, key=lambda one: (one.code not in area.parts, one.name))
    ]
    return Table(
        pd.DataFrame(rows),
        Text(f"The {len(rows)} councils that named the health data that they link, {linkage.when}"),
        {
            "council": Column("Council", "by its name of today"),
            "kind": Column("Kind of council", "as the survey sorts them"),
            "data": Column("Health data that it links", "as it said itself; nobody checked it"),
            "here": Column("Here", f"whether the council is {area.in_text}, or in it"),
        },
        (SOURCE,),
        heading=f"The {len(rows)} councils that named their health data",
        group=GROUP,
    )


def data_of(linkage: Linkage, council: Council) -> str:
    """The health data that a council named, in a sentence."""
    offered = linkage.question("health_data").answers
    return listed([_called(one, council) for one in offered if one.code in council.data])


def _called(one: Given, council: Council) -> str:
    name = one.words if one.words.startswith(_NAMES) else f"{one.words[:1].lower()}{one.words[1:]}"
    return f"{name} (in part)" if one.code in council.limited else name


def responses(linkage: Linkage) -> Table:
    """What became of the requests, by kind of council."""
    rows = pd.DataFrame([{"kind": kind, **held} for kind, held in linkage.responses.items()])
    total = {"kind": "All", **rows.drop(columns="kind").sum().to_dict()}
    headings = {
        "full": ("Answered in full", "these are what every share is of"),
        "partial": ("In part", "left out of the figures"),
        "queries": ("Asked back", "answered with questions"),
        "awaiting": ("No answer yet", "on 10 May 2023"),
        "no_contact": (
            "Could not be asked",
            "Hackney (a fault of its website), Wirral (too few characters)",
        ),
        "asked": ("Asked", "councils of this kind that a request was meant for"),
    }
    columns = {name: Column(title, meaning, "councils", 0) for name, (title, meaning) in headings.items()}
    return Table(
        pd.concat([rows, pd.DataFrame([total])], ignore_index=True),
        Text(f"What became of {linkage.asked} requests, by kind of council, as of 10 May 2023"),
        {"kind": Column("Kind of council", "as the survey sorts them"), **columns},
        (SOURCE,),
        heading=f"Who answered: {linkage.base} of {linkage.asked}",
        group=GROUP,
    )
