"""What Joining up says: titles, sentences, large numbers and notes."""

from __future__ import annotations

from sendlib.answer import Figure, Note, Text
from sendlib.answer.numbers import count_of, listed, percent
from sendlib.areas import Area
from sendlib.catalogue.linkage import BUILDING, NO, YES, Linkage
from sendlib.questions.joining_up import survey
from sendlib.questions.joining_up.choices import CARE, HEALTH
from sendlib.questions.joining_up.here import Known

CANNOT_TELL = (
    Text(
        "What your council does today: the answers are of 2023, interim, and the councils' own.",
        families="What your council does today. The answers are from 2023.",
    ),
    Text(
        "Which councils said yes, building or no, and which did not answer: only those that named health data are"
        " named.",
        families="Which councils said no, or did not answer. Only 22 are named.",
    ),
    Text(
        "How good the links are and what is done with them: the figures on use are not in the document.",
        families="How well the records are joined, and what they are used for.",
    ),
)
COULD_CHANGE = (
    Text(
        "What council and health services agree on: which records, for which questions, and how good a match must be.",
        families="You can ask: are the records of school, health and social care joined up here? What for?",
    ),
    Text(
        "Who is looked for: a match that misses one child in seven misses some groups more than others.",
        families="You can ask: which children are missed when records are joined?",
    ),
)
_MOST_NAMED = 4
"""Councils of an area that a sentence names."""


def title(linkage: Linkage, which: str) -> Text:
    """The lead picture in a few words."""
    count = linkage.question(which).of(YES).count
    of = f"{count} of {linkage.base} councils"
    if which == CARE:
        return Text(f"{of} say they link education and care", families=f"{of} say they join up these records")
    return Text(f"{of} say they link health data", families=f"{of} say they join up health records")


def headline(linkage: Linkage, area: Area, councils: list[Known]) -> Text:
    """What is known of the area, and what is not."""
    if area.kind == "england":
        return _of_england(linkage)
    if not councils:
        return _of_nobody(linkage, area)
    if len(councils) == 1:
        return _of_one(linkage, area, councils[0])
    return _of_several(linkage, area, councils)


def _of_england(linkage: Linkage) -> Text:
    care, health = linkage.question(CARE), linkage.question(HEALTH)
    return Text(
        f"Of the {linkage.base} councils in England that answered in full in 2023, {care.of(YES).count} said that they"
        f" link education and social care data, and {health.of(YES).count} that they link health data.",
        show=f"In 2023, {care.of(YES).count} of {linkage.base} councils linked education and social care data, and"
        f" {health.of(YES).count} health data.",
        families=f"In 2023, {linkage.base} councils said if they join up their records. {care.of(YES).count} join up"
        f" school and social care. {health.of(YES).count} join up health records too.",
    )


def _of_nobody(linkage: Linkage, area: Area) -> Text:
    return Text(
        f"No authority's children mostly live in {area.in_text}, so none of the {len(linkage.councils)} councils that"
        " named their health data stands for it.",
        families=f"No council's children mostly live in {area.in_text}, so nothing is known of it here.",
    )


def _of_one(linkage: Linkage, area: Area, one: Known) -> Text:
    many, name = len(linkage.councils), one.area.in_text
    whose = name if one.area.code == area.code or area.kind == "group" else f"{area.in_text}: {name}"
    if one.named:
        data = survey.data_of(linkage, one.named)
        return Text(
            f"{_capital(whose)} is one of the {many} councils that named the health data they link, in 2023: {data}."
            " What it said of education and social care is not published.",
            show=f"{_capital(whose)} named the health data that it links in 2023: {data}.",
            families=f"In 2023 the council of {name} said that it joins up health records.",
        )
    if one.left_out:
        return Text(
            f"{_capital(whose)}: not known. The council is not among those that answered, as {one.left_out}.",
            families=f"We do not know if the council of {name} joins up its records. It was not reached in 2023.",
        )
    if one.began:
        return Text(
            f"{_capital(whose)}: not known. The council began on {one.began}, while the survey ran, and what"
            " the one before it answered is not published.",
            show=f"{_capital(whose)}: not known. The council began on {one.began}, while the survey ran.",
            families=f"We do not know if the council of {name} joins up its records. It began on {one.began}, while"
            " councils were being asked.",
        )
    return Text(
        f"{_capital(whose)} is not among the {many} councils that named the health data they link. Whether it links"
        " education and social care data, is building that, does not, or gave no answer is not published.",
        show=f"{_capital(whose)} is not among the {many} councils that named health data. The rest of its answer is not"
        " published.",
        families=f"We do not know if the council of {name} joins up its records. It is not one of the {many} that named"
        " their health records.",
    )


def _of_several(linkage: Linkage, area: Area, councils: list[Known]) -> Text:
    named = [one.area.short_name for one in councils if one.named]
    many, where = len(linkage.councils), area.in_text
    which = listed(named) if len(named) <= _MOST_NAMED else f"{', '.join(named[:_MOST_NAMED])} and others"
    told = f": {which}" if named else ""
    number = str(len(named)) if named else "none"
    here = f"Of the {count_of(len(councils), 'council', 'councils')} in {where}"
    return Text(
        f"{here}, {number} {'are' if len(named) > 1 else 'is'} among the {many} that named the health data they link"
        f"{told}. What the others answered, where they were asked, is not published.",
        show=f"{here}, {number} named the health data they link in 2023{told}.",
        families=f"{here}, {number} named the health records that {'it joins' if len(named) == 1 else 'they join'} up."
        " We do not know about the rest.",
    )


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def figures(linkage: Linkage) -> tuple[Figure, ...]:
    """Three numbers of all councils that answered."""
    care, health = linkage.question(CARE), linkage.question(HEALTH)
    every = linkage.question("groups").of("all")
    return (
        _figure(
            linkage,
            Text(
                "Link education and social care data",
                families="Councils that join up school and social care records",
            ),
            care.of(YES).count,
            Text(
                f"{percent(care.of(YES).share or 0)}; {care.of(BUILDING).count} more are building it,"
                f" {care.of(NO).count} do not",
                families=f"{care.of(BUILDING).count} more are working on it and {care.of(NO).count} do not",
            ),
        ),
        _figure(
            linkage,
            Text("Link health data", families="Councils that join up health records"),
            health.of(YES).count,
            Text(
                f"{percent(health.of(YES).share or 0)}; {health.of(BUILDING).count} more are building it,"
                f" {health.of(NO).count} do not",
                families=f"{health.of(BUILDING).count} more are working on it and {health.of(NO).count} do not",
            ),
        ),
        _figure(
            linkage,
            Text("Link data on all their children", families="Councils that do it for all their children"),
            every.count,
            Text(
                f"{percent(every.share or 0)}, those still building it included",
                families="those that still work on it are counted too",
            ),
        ),
    )


def _figure(linkage: Linkage, label: Text, count: int | None, comparison: Text) -> Figure:
    return Figure(label, float(count or 0), f"of {linkage.base}", comparison, decimals=0, table=survey.SOURCE)


def notes(linkage: Linkage, children_known: bool) -> tuple[Note, ...]:
    """What a reader must know beside the picture and the parts."""
    left = linkage.asked - linkage.base
    groups = linkage.question("groups")
    most, link = groups.of("send").count, linkage.question(CARE).of(YES).count
    held = [
        Note(
            "caution",
            Text(
                f"2023, interim, self-reported: {left} of {linkage.asked} councils did not answer in full, and nobody"
                " checked the answers.",
                show=f"2023, interim, self-reported; {left} of {linkage.asked} did not answer in full.",
                families=f"These answers are from 2023. {left} of {linkage.asked} councils did not answer in full.",
            ),
        ),
        Note(
            "definition",
            Text(
                "To link is to find the same child in two sets of records, by an identifier such as the NHS number or"
                " by name, date of birth and postcode. Whether councils do it all the time or once when needed is not"
                " known.",
                show=None,
                families=None,
            ),
        ),
        Note(
            "definition",
            Text(
                f"{most} councils named children with SEND, and only {link} link at all: those still building it are"
                f" counted. Every share is of all {linkage.base}."
            ),
            about="groups",
        ),
        Note(
            "definition",
            Text(
                "Counts 'worked out' are the only whole numbers that give the shares printed. The survey's authors"
                " found that most 'other' data sets are parts of the school census and the children in need census."
            ),
            about="datasets",
        ),
        Note(
            "definition",
            Text(
                "Where an area's schools have other pupils than its own children, the number is that of its schools'"
                " pupils, unless children with a plan are chosen."
            ),
            about="match",
        ),
    ]
    if not children_known:
        held.append(Note("missing", Text("The number of children with SEND is not available here."), about="match"))
    return tuple(held)
