"""What a rehearsal says, as an answer: tables, titles and words. Every one of them says that it is MADE UP."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sendlib.answer import FULL, Answer, Column, Figure, Note, Table, Text
from sendlib.answer.numbers import count_of, percent, written
from sendlib.areas import Area
from sendlib.catalogue import linkage
from sendlib.linking import groups, rehearsal
from sendlib.linking.fields import WAYS, Way
from sendlib.linking.made_up.slips import SLIPS
from sendlib.linking.rehearsal import Found, Rehearsed

NAME = "rehearsal"
"""The name of the answer, by which its pictures are found."""
FIRST: Way = "written"
LAST: Way = "mended"
"""The strictest way of reading the lists, and the one that mends most."""
EXAMPLES: Mapping[str, str] = {
    "double": "A double surname",
    "spelling": "A name spelt otherwise",
    "short": "A short form of a forename",
    "swapped": "Day and month swapped",
    "moved": "A child who moved house",
    "wrong": "A link that is wrong",
    "none": "Nothing differs",
}
"""Pairs to look at closely -> what is told of them."""
MADE_UP = "MADE UP"
NOBODY = Area("made-up", "MADE-UP children", "made-up", "", "", "", "", kind="group", members=("made-up",))
_WAY = Column("How the lists are read", "from as they are written to all slips mended; the Splink settings follow")


def _count(heading: str, meaning: str) -> Column:
    return Column(heading, meaning, "children", 0)


def _share(heading: str, meaning: str) -> Column:
    return Column(heading, meaning, "%", 1)


_WAYS_COLUMNS = {
    "way": _WAY,
    "children": _count("Children in the education list", "MADE-UP children in education's list"),
    "linked": _count("Linked", "those linked to a record of the health list, rightly or not"),
    "rate": _share("Match rate", "part of the education list that was linked; all that a real linkage sees"),
    "right": _count("Rightly linked", "links of two records of one child; known because it is MADE UP"),
    "wrong": _count("Wrongly linked", "links of two records of different children"),
    "precision": _share("Precision", "part of the links that are right"),
    "missed": _count("Missed", "children in both lists who were not rightly linked"),
    "recall": _share("Recall", "part of the children in both lists who were rightly linked"),
}
_FOUND: dict[str, Column] = {
    way: _share(f"Recall: {words[0].lower()}{words[1:]}", "part of the group in both lists, rightly linked")
    for way, words in WAYS.items()
}
_GROUP_COLUMNS = {
    "grouped": Column("Grouped by", "what the MADE-UP children are told apart by"),
    "group": Column("Group", "a group of MADE-UP children"),
    "children": _count("Children", "MADE-UP children of education's list in the group"),
    **_FOUND,
    "wrong": _count("Wrongly linked", "wrong links of the group, with all slips mended"),
    "precision": _share("Precision", "part of the group's links that are right, with all slips mended"),
}
_PAIR_COLUMNS = {
    "field": Column("Field", "what is compared, in this order"),
    "education": Column("Education list", "what education's MADE-UP record has"),
    "health": Column("Health list", "what health's MADE-UP record has"),
    "agreement": Column("How far they agree", "the level of agreement that the pair is on"),
    "weight": Column(
        "Weight", "what it adds: log2 of how much oftener true pairs are on this level than chance pairs", "", 1,
        signed=True,
    ),
    "sum": Column("Weight so far", "the sum up to here", "", 1, signed=True),
}  # fmt: skip
_CERTAIN_COLUMNS = {
    "certainty": Column("Certainty asked for", "least probability that a pair is one child, as Splink has it", "", 2),
    **{name: _WAYS_COLUMNS[name] for name in ("linked", "rate", "wrong", "precision", "missed", "recall")},
}


def of(rehearsed: Rehearsed, certainty: float, example: str) -> Answer:
    """The answer: how the linkage went at a certainty, and one pair of a kind of `EXAMPLES`."""
    by_way = {way: rehearsal.found(rehearsed, way, certainty) for way in WAYS}
    first, last = by_way[FIRST], by_way[LAST]
    tables = {
        "ways": _ways(by_way, certainty),
        "groups": _groups(rehearsed, certainty),
        "certainty": _certainties(rehearsed),
    }
    pair = _pair(rehearsed, certainty, example)
    if pair:
        tables["pair"] = pair
    return Answer(
        question=NAME,
        words="What happens when two lists of children are linked?",
        area=NOBODY,
        comparators="",
        state=FULL,
        title=Text(f"{MADE_UP}: from {percent(first.rate)} to {percent(last.rate)} linked"),
        headline=Text(_headline(by_way)),
        figures=_figures(first, last),
        lead="ways",
        tables=tables,
        cannot_tell=(
            Text("How many of your own children would be linked: the slips here are made up, and so are their rates."),
            Text("Who is missed in your own lists. A real linkage sees its match rate and not its mistakes."),
        ),
        could_change=(),
        sources={},
        notes=_notes(rehearsed),
    )


def examples(rehearsed: Rehearsed, certainty: float) -> list[str]:
    """The kinds of pair of which there is one."""
    return [name for name in EXAMPLES if _example(rehearsed, certainty, name) is not None]


def _headline(by_way: Mapping[Way, Found]) -> str:
    known = linkage.of()
    first, middle, last = (by_way[way] for way in WAYS)
    return (
        f"Bedford's first trace found {known.first:g}% of its children with SEND; after names were mended,"
        f" over {known.after:g}% ({known.documents['bulletin'].title})."
        f" {MADE_UP} here, to show what Bedford saw: of {written(first.children)} children {percent(first.rate)} are"
        f" linked with names as they are written, {percent(middle.rate)} once hyphens and double surnames are mended,"
        f" and {percent(last.rate)} when all usual slips are allowed for."
    )


def _figures(first: Found, last: Found) -> tuple[Figure, ...]:
    return (
        Figure(Text(f"{MADE_UP}: match rate"), last.rate, "%", Text(f"{percent(first.rate)} before mending")),
        Figure(
            Text(f"{MADE_UP}: children missed"),
            last.in_both - last.right,
            "",
            Text(f"{written(first.in_both - first.right)} before mending"),
            decimals=0,
        ),
        Figure(
            Text(f"{MADE_UP}: wrong links"),
            last.wrong,
            "",
            Text(f"{written(first.wrong)} before mending; precision {percent(last.precision)}"),
            decimals=0,
        ),
    )


def _ways(by_way: Mapping[Way, Found], certainty: float) -> Table:
    rows = [{"way": WAYS[way], "children": found.children, **_numbers(found)} for way, found in by_way.items()]
    return Table(
        pd.DataFrame(rows)[list(_WAYS_COLUMNS)],
        Text(f"{MADE_UP}: children linked, by how the lists are read, at a certainty of {certainty:g} or more"),
        _WAYS_COLUMNS,
        (),
        heading=f"{MADE_UP}: what mending names does",
    )


def _numbers(found: Found) -> dict[str, float]:
    return {
        "linked": found.linked,
        "rate": found.rate,
        "right": found.right,
        "wrong": found.wrong,
        "precision": found.precision,
        "missed": found.in_both - found.right,
        "recall": found.recall,
    }


def _groups(rehearsed: Rehearsed, certainty: float) -> Table:
    rows = []
    for grouped, name, children in groups.of(rehearsed.lists.truth):
        by_way = {way: rehearsal.found(rehearsed, way, certainty, children) for way in WAYS}
        last = by_way[LAST]
        rows.append(
            {
                "grouped": grouped,
                "group": name,
                "children": last.children,
                **_recalls(by_way),
                "wrong": last.wrong,
                "precision": last.precision,
            }
        )
    return Table(
        pd.DataFrame(rows)[list(_GROUP_COLUMNS)],
        Text(f"{MADE_UP}: who is found and who is missed, at a certainty of {certainty:g} or more"),
        _GROUP_COLUMNS,
        (),
        heading=f"{MADE_UP}: who is missed",
    )


def _recalls(by_way: Mapping[Way, Found]) -> dict[str, float]:
    return {way: found.recall for way, found in by_way.items()}


def _certainties(rehearsed: Rehearsed) -> Table:
    rows = [
        {"certainty": asked, **_numbers(rehearsal.found(rehearsed, LAST, asked))} for asked in rehearsal.CERTAINTIES
    ]
    return Table(
        pd.DataFrame(rows)[list(_CERTAIN_COLUMNS)],
        Text(f"{MADE_UP}: what a higher certainty costs and gains, with all usual slips allowed for"),
        _CERTAIN_COLUMNS,
        (),
        heading=f"{MADE_UP}: how certain is certain enough",
    )


def _pair(rehearsed: Rehearsed, certainty: float, example: str) -> Table | None:
    pair = _example(rehearsed, certainty, example)
    if pair is None:
        return None
    told = rehearsal.steps(rehearsed, LAST, pair)
    rows = pd.DataFrame(
        {
            "field": [step.words for step in told],
            "education": [step.education for step in told],
            "health": [step.health for step in told],
            "agreement": [step.agreement for step in told],
            "weight": [step.weight for step in told],
        }
    )
    rows["sum"] = rows["weight"].cumsum()
    said = f"probability {float(pair['match_probability']):.3f}".replace("1.000", "over 0.999")
    return Table(
        rows,
        Text(f"{MADE_UP}: how one pair is judged ({EXAMPLES[example].lower()}), {said}"),
        _PAIR_COLUMNS,
        (),
        heading=f"{MADE_UP}: one pair, field by field",
        how_to_read=Text(
            f"{MADE_UP}. Education has: {_record(rows['education'])}. Health has: {_record(rows['health'])}. The pair"
            " begins far below nought, since hardly any two records are of one child; each field that agrees lifts it,"
            " the more the rarer that is by chance, and one that differs lowers it."
        ),
    )


def _record(cells: pd.Series) -> str:
    return ", ".join(cell for cell in cells if cell)


def _example(rehearsed: Rehearsed, certainty: float, example: str) -> pd.Series | None:
    """A pair of a kind: of a child with this slip and no other, or the first wrong link."""
    if example == "wrong":
        links = rehearsed.links(LAST, certainty)
        wrong = links[~links["right"]]
        return None if wrong.empty else wrong.iloc[0]
    asked = "" if example == "none" else example
    truth = rehearsed.lists.truth
    only = truth[truth["slips"].eq(asked) & truth["health_id"].ne("")]
    pairs = rehearsed.pairs[LAST]
    true = pairs[pairs["unique_id_l"].isin(only["unique_id"]) & pairs["best"]]
    true = true[true["unique_id_l"].map(dict(zip(only["unique_id"], only["health_id"], strict=True))).eq(
        true["unique_id_r"]
    )]  # fmt: skip
    return None if true.empty else true.iloc[0]


def _notes(rehearsed: Rehearsed) -> tuple[Note, ...]:
    rates = "; ".join(f"{slip.words}: {_of_whom(slip.kinds)} {percent(100 * slip.rate)}" for slip in SLIPS.values())
    absent = count_of(int(rehearsed.lists.truth["health_id"].eq("").sum()), "child is", "children are")
    return (
        Note(
            "caution",
            Text(
                f"{MADE_UP}, every name, date and postcode of it: no list of real children is here, and none can be"
                " brought. Postcodes begin with XX, which none in the United Kingdom does. How often each slip happens"
                " was chosen so that the result shows what Bedford saw; it is measured nowhere."
            ),
        ),
        Note("definition", Text(f"How often each slip is made: {rates}. {absent} not in the health list at all.")),
        Note(
            "definition",
            Text(
                "Splink learns from the lists themselves how often each field agrees for true pairs and by chance, and"
                " weighs each pair by it. A record is linked to its best pair, or to none where two are as good. Names"
                " as they are written: a surname must be the same to the letter. Mended: hyphens, double surnames,"
                " short forms, a wrong letter and swapped days and months count for what they are worth."
            ),
        ),
    )


def _of_whom(kinds: tuple[str, ...]) -> str:
    """Of which children a rate is."""
    return {1: f"of those with {kinds[0]}", 2: "of all but those with names spelt in several ways"}.get(
        len(kinds), "of all"
    )
