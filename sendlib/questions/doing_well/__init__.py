"""How are children and young people getting on?

The gap between children with and without SEND from early years to 19 (stages.py), absence and
suspensions (LAIT, by kind of school and not by SEN), and the sum of those with a plan who are in
no setting, not being educated or waiting (show_the_sum.py), with five outcomes that families
named. Its sentences are in words.py and plainly.py, its tables in tables.py, its notes in notes.py.
"""

from __future__ import annotations

import pandas as pd

from sendlib.areas import ENGLAND, Area
from sendlib.methods import compare
from sendlib.questions import comparators as comparing
from sendlib.questions import means
from sendlib.questions.answer import Answer, Figure, listed, percent, written
from sendlib.questions.comparators import DEFAULT, Comparators
from sendlib.questions.doing_well import closer, plainly, show_the_sum, stages
from sendlib.questions.doing_well import not_in_education as sums
from sendlib.questions.doing_well import notes as doing_well_notes
from sendlib.questions.doing_well import words as wording
from sendlib.questions.doing_well.outcome_cube import too_few
from sendlib.questions.doing_well.tables import outcome_tables, sum_tables
from sendlib.store import Store
from sendlib.tables.outcomes import MEASURES
from sendlib.tables.symbols import VALUE

NAME = "doing_well"
WORDS = "How are children and young people getting on?"
TAKES_WIDER_AREAS = True
"""England and its regions can be asked about as well."""
TOO_FEW = "Too few children here to compare"


def ask(store: Store, area: Area, comparators: str = DEFAULT, *, definition: str = "", year: str = "") -> Answer:
    """The answer for an authority, a region or England.

    `definition` is one of sum_definitions.DEFINITIONS (or an old code) and `year` a January
    that the plans cover (`2020`); without them the bulletin's and the newest.
    Raises UnknownChoice and UnknownArea.
    """
    definition = show_the_sum.definition_of(definition)
    january = show_the_sum.january_of(store, year)
    few = too_few(store, area)
    others = comparing.choose_if_any(store, area, comparators)
    # Of so few children nothing is compared with other authorities, in no figure and in no table.
    others = None if few else others
    gaps = stages.gaps(store, area, others)
    title = _title(gaps, others, few)
    own = None if few else show_the_sum.found(store, area.code, january, definition)
    england = sums.calculate(store, ENGLAND, january, definition)
    compared = show_the_sum.compared(store, area, others, january, definition)
    unsent = show_the_sum.without_placements(store, area, january)
    attendance = closer.attendance(store, area, others)
    tables = outcome_tables(store, area, others, gaps, attendance)
    tables |= sum_tables(store, area, others, january, definition, own, england, compared, few)
    return Answer(
        question=NAME,
        words=WORDS,
        area=area,
        comparators=others.label if others else "",
        title=title,
        headline=wording.headline(area, gaps, others, own, january, definition, unsent, few),
        figures=(
            _attendance_figure(area, attendance, "absence", others),
            _attendance_figure(area, attendance, "suspensions", others),
            show_the_sum.figure(own, compared, others, january, definition, few),
        ),
        lead="stages",
        tables=tables,
        cannot_tell=(
            "Whether children are happy, healthy or heard: we know of no national measure.",
            "Whether a narrow gap is good: a gap is narrow where children with SEND reach more, and also where children without SEND reach less.",
            "Whether a gap differs from others by more than chance: a year group with plans may be a hundred young people or fewer,"
            " and the source gives rates without numbers of children.",
            "How children with SEND attend or are suspended: the source shipped here has all pupils of a kind of school. DfE publishes absence and suspensions by SEN"
            " elsewhere (Explore Education Statistics); they are not in this snapshot.",
            "How far a child has come: a gap says nothing of progress, and children with the same plan differ widely.",
        ),
        could_change=(
            _ask_first(store, others, gaps),
            "Who follows up those who are in no setting, and how often.",
        ),
        plain_cannot_tell=(
            "Whether children are happy, healthy or listened to. You know more about that than any table.",
            "Whether a small gap is good news. It can also mean that other children do less well.",
            "How far your child has come. These are averages of many different children.",
            "Whether a small difference is only chance.",
        ),
        plain_could_change=(
            "Which age you ask your council about first.",
            "Who checks on children who have no school or college place.",
        ),
        sources={name: store.info(name).sources for name in ("outcomes", "plans", "placements", "elsewhere", "care", "destinations", "neighbours")},
        notes=doing_well_notes.notes(store, area, others, gaps, own, january, definition, few),
    )  # fmt: skip


def _title(gaps: pd.DataFrame, others: Comparators | None, few: bool) -> str:
    if few:
        return TOO_FEW
    if others is None:
        return stages.title_of_wider(gaps)
    return stages.title(gaps, wording.beside(others))


_MOST_NAMED = 3


def _ask_first(store: Store, others: Comparators | None, gaps: pd.DataFrame) -> str:
    """At which age to ask, and whom: areas with a narrower gap only where their children with SEND reach no less."""
    wider = gaps[gaps["gap_is"].eq("wider")]
    row = stages.largest(wider) if len(wider) else None
    names = stages.no_less(store, others, row)[:_MOST_NAMED] if row is not None else []
    if row is None or not names:
        return "At which age to ask first what helps."
    several = len(names) > 1
    return (
        f"At which age to ask first what helps, and whom. {row['stage']}, with {wording.with_(row['pupils_with'])}: {listed(names)}"
        f" {'have' if several else 'has'} a narrower gap, and {'their' if several else 'its'} children with SEND reach no less."
    )


_PLAIN_LABELS = {
    "absence": "Half days of school missed by pupils of special schools",
    "suspensions": "Suspensions for every 100 pupils of special schools",
}


def _attendance_figure(area: Area, table: pd.DataFrame, measure: str, others: Comparators | None) -> Figure:
    """Special schools, whose pupils nearly all have a plan; all schools are named beside."""
    rows = table[table["what"].eq(f"{MEASURES[measure].name}, {MEASURES[measure].unit}")].set_index("pupils_of")
    row, whole = rows.loc["State-funded special schools"], rows.loc["All state-funded schools"]
    rate = MEASURES[measure].unit == "%"

    def said(value: float) -> str:
        return "not available" if pd.isna(value) else percent(value) if rate else written(value, 1)

    label = "Half days missed, all pupils of special schools" if rate else "Suspensions per 100 pupils of special schools"
    known_mean = others is not None and not pd.isna(row["comparator_reached"])
    of = means.of_how_many(*(int(number) for number in row["compared_areas"].split(" of "))) if known_mean else ""
    parts = [f"{others.short}{of} {said(row['comparator_reached'])}"] if others and known_mean else []
    plain = [f"{plainly.average(others, of)} is {said(row['comparator_reached'])}"] if others and known_mean else []
    england, here = ([], "") if area.code == ENGLAND else ([f"England {said(row['england_reached'])}"], "here ")
    parts += [*england, f"all schools {here}{said(whole['reached'])}"]
    known = not pd.isna(row["reached"])
    direction = compare.direction(row["reached"], row["comparator_reached"]) if known and known_mean else ""
    # "Higher" is against the mean, so in Families the mean follows it, and all schools have a sentence of their own.
    plainly_said = plainly.sentences(", ".join([*plain, *england]), f"in all schools {here}it is {said(whole['reached'])}", "" if rate else "a pupil can be suspended more than once")
    return Figure(
        f"{label}, {row['measured_in']}",
        float(row["reached"]) if known else None,
        "%" if rate else "",
        ", ".join(parts),
        direction,
        VALUE if known else str(row["status"]),
        plain_label=f"{_PLAIN_LABELS[measure]}, {row['measured_in']}",
        plain=plainly.after(direction, plainly_said),
        table="outcomes",
    )
