"""How are children and young people getting on?

The gap between children with and without SEND from early years to 19 (stages.py), absence and
suspensions (LAIT, by kind of school and not by SEN), and the sum of those with a plan who are not
in a setting or not being educated (show_the_sum.py), with five outcomes that families named.
"""

from __future__ import annotations

import pandas as pd

from sendlib.areas import ENGLAND, Area
from sendlib.methods import compare
from sendlib.questions import comparators as comparing
from sendlib.questions import doing_well_closer as closer
from sendlib.questions import five_outcomes, show_the_sum, stages
from sendlib.questions import not_in_education as sums
from sendlib.questions.answer import Answer, Figure, Headline, Note, Table, count_of, listed, percent, written
from sendlib.questions.comparators import DEFAULT, Comparators, known_areas
from sendlib.questions.not_in_education import Calculation
from sendlib.questions.stages import WITH_SEND
from sendlib.store import Store
from sendlib.tables import periods
from sendlib.tables.outcomes import MEASURES
from sendlib.tables.symbols import VALUE

NAME = "doing_well"
WORDS = "How are children and young people getting on?"
TAKES_WIDER_AREAS = True
"""England and its regions can be asked about as well."""
TOO_FEW = "Too few children here to compare"


def ask(store: Store, area: Area, comparators: str = DEFAULT, *, definition: str = "", year: str = "") -> Answer:
    """The answer for an authority, a region or England.

    `definition` is one of not_in_education.DEFINITIONS and `year` a January
    that the plans cover (`2020`); without them the bulletin's and the newest.
    Raises UnknownChoice and UnknownArea.
    """
    definition = show_the_sum.definition_of(definition)
    january = show_the_sum.january_of(store, year)
    others = comparing.choose_if_any(store, area, comparators)
    gaps = stages.gaps(store, area, others)
    few = stages.too_few(store, area)
    own = show_the_sum.found(store, area.code, january, definition)
    england = sums.calculate(store, ENGLAND, january, definition)
    compared = show_the_sum.compared(store, area, others, january, definition)
    unsent = show_the_sum.without_placements(store, area, january)
    attendance = closer.attendance(store, area, others)
    tables = _tables(store, area, others, gaps, attendance)
    tables |= _sum_tables(store, area, others, january, definition, own, england, compared)
    return Answer(
        question=NAME,
        words=WORDS,
        area=area,
        comparators=others.label if others else "",
        title=_title(gaps, others, few),
        headline=_headline(area, gaps.iloc[:0] if few else gaps, others, own, january, definition, unsent),
        figures=(
            _attendance_figure(area, attendance, "absence", others),
            _attendance_figure(area, attendance, "suspensions", others),
            show_the_sum.figure(own, compared, others, january, definition),
        ),
        lead="stages",
        tables=tables,
        cannot_tell=(
            "Whether children are happy, healthy or heard: no figure for each area is published that we know of.",
            "Whether a gap differs from others by more than chance: a year group with plans may be a hundred young people or fewer,"
            " and the source gives rates without numbers of children.",
            "How children with SEND attend or are suspended: the source shipped here has all pupils of a kind of school. DfE publishes absence and suspensions by SEN"
            " elsewhere (Explore Education Statistics); they are not in this snapshot.",
            "How far a child has come: a gap says nothing of progress, and children with the same plan differ widely.",
        ),
        could_change=(
            "At which age to ask first what helps, and what other areas with a narrower gap do.",
            "Who follows up those who are in no setting, and how often.",
        ),
        plain_cannot_tell=(
            "Whether children are happy, healthy or listened to. You know more about that than any table.",
            "How far your child has come. These are averages of many different children.",
            "Whether a small difference is only chance.",
        ),
        plain_could_change=(
            "Which age you ask your council about first.",
            "Who checks on children who have no school or college place.",
        ),
        sources={name: store.info(name).sources for name in ("outcomes", "plans", "placements", "elsewhere", "care", "destinations", "neighbours")},
        notes=tuple(_notes(store, area, others, own, january, definition)),
    )  # fmt: skip


def beside(others: Comparators) -> str:
    """Whom a title compares with."""
    words = {"neighbours": "among its neighbours", "region": "in its region", "all authorities": "in the average authority", "similar authorities": "in similar authorities"}
    return words.get(others.short, "among those compared")


def _title(gaps: pd.DataFrame, others: Comparators | None, few: bool) -> str:
    if few:
        return TOO_FEW
    if others is None:
        return stages.title_of_wider(gaps)
    return stages.title(gaps, beside(others))


def _tables(store: Store, area: Area, others: Comparators | None, gaps: pd.DataFrame, attendance: pd.DataFrame) -> dict[str, Table]:
    name = area.name
    # "Plymouth, its ten statistical neighbours and England", "the North East and England", "England".
    whom = name if area.code == ENGLAND else f"{name}{f', {others.label}' if others else ''} and England"
    threshold = f"; wider or narrower: by at least 5% and {stages.LEAST_POINTS} points" if others else ""
    counted = closer.care_year(store)
    every_year = sorted(set(gaps["measured_in"]))
    return {
        "stages": Table(
            gaps,
            f"Gap between children with and without SEND at each stage, {whom}, newest school year of each ({every_year[0]} to {every_year[-1]}){threshold}",
            stages.GAP_COLUMNS,
            ("outcomes", "neighbours"),
        ),
        "over_time": Table(
            stages.over_time(store, area, others),
            f"Each stage by SEN status and school year, {whom}",
            stages.TIME_COLUMNS,
            ("outcomes", "neighbours"),
        ),
        "attendance": Table(
            attendance,
            f"Absence, suspensions and exclusions of all pupils by kind of school, {whom}, newest school year of each; not by SEN",
            closer.ATTENDANCE_COLUMNS,
            ("outcomes", "neighbours"),
        ),
        "five_outcomes": Table(
            five_outcomes.table(store, area, others),
            f"Five outcomes that families named, and what is measured nationally of each, {whom}",
            five_outcomes.COLUMNS,
            ("outcomes", "neighbours"),
        ),
        "care": Table(
            closer.care(store, area, others),
            f"Children in need and looked-after children by SEN status, {whom}, 31 March 20{counted[-2:]}, per cent of those found in the school census",
            closer.CARE_COLUMNS,
            ("care", "neighbours"),
        ),
        "care_over_time": Table(
            closer.care_over_time(store, area, others),
            f"Looked-after children and children in need with SEN, {whom}, per cent on 31 March of each school year",
            closer.CARE_TIME_COLUMNS,
            ("outcomes", "neighbours"),
        ),
        "destinations": Table(
            closer.destinations(store),
            f"After key stage 4 by SEN status and primary need, England only, those who finished in school year {closer.destinations_year(store)}, per cent",
            closer.DESTINATION_COLUMNS,
            ("destinations",),
        ),
        "home_education": Table(
            closer.home_education(store, area, others),
            f"Children with an EHC plan in elective home education each January, {whom}",
            closer.HOME_COLUMNS,
            ("placements", "neighbours"),
        ),
    }


def _sum_tables(
    store: Store, area: Area, others: Comparators | None, january: str, definition: str, own: Calculation | None, england: Calculation,
    compared: pd.DataFrame,
) -> dict[str, Table]:  # fmt: skip
    what, when = sums.DEFINITIONS[definition].name, periods.spoken(january)
    read = ("elsewhere" if january < "2023" else "placements", "plans")

    def of(calculation: Calculation | None) -> str:
        return f": {sums.in_words(calculation)} of {count_of(int(calculation.plans), 'plan', 'plans')}" if calculation else ""

    # England is not set beside itself.
    beside = {
        "sum_england": Table(show_the_sum.steps(england), f"{what}, step by step, England, {when}{of(england)}", show_the_sum.STEP_COLUMNS, read),
    } if area.code != ENGLAND else {}  # fmt: skip
    return {
        "sum": Table(show_the_sum.steps(own), f"{what}, step by step, {area.name}, {when}{of(own)}", show_the_sum.STEP_COLUMNS, read),
        **beside,
        "sum_by_january": Table(
            show_the_sum.by_january(store, area, definition), f"{what}: the sum in every January, {area.name}", show_the_sum.JANUARY_COLUMNS,
            ("elsewhere", "placements", "plans"),
        ),
        "sum_compared": Table(
            compared, f"{what}: {area.name}, {f'each of {others.label}, ' if others else ''}{'' if area.code == ENGLAND else 'England, '}{when}", show_the_sum.COMPARED_COLUMNS, (*read, "neighbours")
        ),
    }  # fmt: skip


def _attendance_figure(area: Area, table: pd.DataFrame, measure: str, others: Comparators | None) -> Figure:
    """Special schools, whose pupils nearly all have a plan; all schools are named beside."""
    rows = table[table["what"].eq(f"{MEASURES[measure].name}, {MEASURES[measure].unit}")].set_index("pupils_of")
    row, whole = rows.loc["State-funded special schools"], rows.loc["All state-funded schools"]
    rate = MEASURES[measure].unit == "%"

    def said(value: float) -> str:
        return "not available" if pd.isna(value) else percent(value) if rate else written(value, 1)

    label = "Half days missed, all pupils of special schools" if rate else "Suspensions per 100 pupils of special schools"
    parts = [] if pd.isna(row["comparator_reached"]) else [f"{others.short if others else ''} {said(row['comparator_reached'])}"]
    parts += [f"England {said(row['england_reached'])}"] if area.code != ENGLAND else []
    parts += [f"all schools here {said(whole['reached'])}"]
    known = not pd.isna(row["reached"])
    return Figure(
        f"{label}, {row['measured_in']}",
        float(row["reached"]) if known else None,
        "%" if rate else "",
        ", ".join(parts),
        compare.direction(row["reached"], row["comparator_reached"]) if known and not pd.isna(row["comparator_reached"]) else "",
        VALUE if known else str(row["status"]),
    )


_SAID_FIRST = ("key_stage_2_standard", "phonics_standard", "level_2", "sustained_destination")
_REACHES = {
    "key_stage_2_standard": ("At age 11", "reach", "reaches", "the expected standard in reading, writing and mathematics"),
    "phonics_standard": ("At age 6", "reach", "reaches", "the expected standard in phonics"),
    "level_2": ("By age 19", "are", "is", "qualified to level 2"),
    "sustained_destination": ("After key stage 4", "stay", "stays", "in education, an apprenticeship or work"),
}
"""When a stage is, its verb for several and for one, and what is reached."""


def _headline(area: Area, gaps: pd.DataFrame, others: Comparators | None, own: Calculation | None, january: str, definition: str, unsent: dict[str, int]) -> Headline:
    name = comparing.the_region(area.name) if area.code.startswith("E12") else area.short_name
    first = next((measure for measure in _SAID_FIRST if len(_stage(gaps, measure))), None)
    count = stages.widths(gaps)
    if own is None and area.valid_from > january:
        missing = missing_short = plainly = f" In {periods.spoken(january)} {name} did not exist yet: it began in {area.valid_from[:4]}."
    else:
        missing = _sum_sentence(own, january, definition, unsent)
        missing_short = _sum_sentence(own, january, definition, unsent, short=True)
        plainly = _plain_sum(own, january, definition)
    if first is None:
        none = f"How far children with SEND in {name} are from others is not available."
        return Headline(f"{none}{plainly}", f"{none}{missing_short}", f"{none}{missing}")
    when, many, one_does, what = _REACHES[first]
    reach = f"{many} {what}"
    rows = _stage(gaps, first)
    shares = dict(zip(rows["pupils_with"], rows["reached"], strict=True))
    without, year = float(rows["reached_without"].iloc[0]), rows["measured_in"].iloc[0]
    said = " and ".join(f"{_rate(value)} with {_with(group)}" for group, value in shares.items())
    wider = ""
    if others and count.compared >= stages.FEWEST:
        wider = (
            f" Of {count.compared} gaps, {count.wider} {'is' if count.wider == 1 else 'are'} wider, {count.narrower} narrower and"
            f" {count.same} about the same as the mean of {others.label}."
        )
    (one, share), *rest = shares.items()
    more = f", and {_of_100(rest[0][1])} with {_with(rest[0][0])}" if rest else ""
    reach_of_100 = f"{one_does if round(share) <= 1 and share else many} {what}"
    families = f"{when}, {_of_100(share)} of every 100 children with {_with(one)} in {name} {reach_of_100}{more}; without SEND it is {_of_100(without)}.{plainly}"
    councillor = f"{when}, {said} {reach} in {name}; without SEND it is {_rate(without)}.{missing_short}"
    analyst = (
        f"{when}, {said} {reach} in {name} (school year {year}), against {_rate(without)} without identified SEN.{wider}{missing}"
    )
    return Headline(families, councillor, analyst)


def _stage(gaps: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The rows of a stage whose gap is known."""
    return gaps[gaps["stage"].eq(stages.STAGES[measure]) & gaps["gap"].notna()]


def _with(group: str) -> str:
    return "an EHC plan" if group == WITH_SEND["ehc_plan"] else group


def _rate(value: float) -> str:
    return percent(value, 0 if float(value).is_integer() else 1)


def _of_100(value: float) -> str:
    return "fewer than 1" if 0 < value < 0.5 else written(value) if float(value).is_integer() else f"about {written(value)}"


def _sum_sentence(own: Calculation | None, january: str, definition: str, unsent: dict[str, int], *, short: bool = False) -> str:
    when = periods.spoken(january)
    what = {
        sums.NOT_IN_SETTING: "were not in an education setting",
        sums.NOT_EDUCATED: "were not in a setting or not being educated",
        sums.WAITING: "waited for provision",
    }[definition]
    if own is None or show_the_sum.says_nothing(own):
        return f" How many with a plan {what} in {when} is not known."
    number = show_the_sum.counted(own) if short else sums.in_words(own)
    if own.total == 0:
        return f" In {when}, none of the {written(own.plans)} with a plan {_counted_as(what)}."
    if own.total == 1:
        what = what.replace("were ", "was ", 1)
    clause = f" (the placements of {listed(list(unsent))} are missing)" if unsent else ""
    return f" In {when}, {number} of those with a plan {what}{clause}."


def _counted_as(what: str) -> str:
    """A phrase that can follow `none of them` without saying no twice."""
    return what.replace("were not", "were counted as not", 1)


def _plain_sum(own: Calculation | None, january: str, definition: str) -> str:
    when = periods.spoken(january)
    what = {
        sums.NOT_IN_SETTING: "were not in a school, college or other place of learning",
        sums.NOT_EDUCATED: "were not in a school or college, or not learning or working anywhere",
        sums.WAITING: "were waiting for a place",
    }[definition]
    if own is None or own.low is None or show_the_sum.says_nothing(own):
        return f" Nobody can say from the national figures how many children and young people with a plan {what} in {when}."
    low, high = written(own.low), written(own.high) if own.high is not None else ""
    number = low if low == high else sums.range_of(own.low, own.high) if own.high is not None else f"at least {low}"
    whole = count_of(int(own.plans), "child or young person", "children and young people")
    if own.total == 0:
        return f" In {when}, none of the {whole} with a plan {_counted_as(what)}."
    if own.total == 1:
        what = what.replace("were ", "was ", 1)
    home = "" if definition == sums.WAITING else " Children taught at home are counted among them."
    return f" In {when}, {number} of {whole} with a plan {what}.{home}"


def _unsent_words(place: str, unsent: dict[str, int], january: str, definition: str) -> str:
    """Which authorities are missing from the placements of England or a region, and where their plans are then."""
    named = listed([f"{name} ({count_of(plans, 'plan', 'plans')})" for name, plans in unsent.items()])
    where = {
        sums.NOT_EDUCATED: "Their plans are counted in all plans and only in the upper end of the range.",
        sums.NOT_IN_SETTING: "Their plans are counted in all plans and not in the sum.",
        sums.WAITING: "Their plans are counted in all plans.",
    }[definition]
    return f"{place}: no placements are available for {named} in {periods.spoken(january)}. {where}"


def _notes(store: Store, area: Area, others: Comparators | None, own: Calculation | None, january: str, definition: str) -> list[Note]:
    notes = [
        Note("definition", "A gap is the figure of children without identified SEN less that of children with an EHC plan, or with SEN support, of the same area and school year. Above zero, children with SEND reach it less often."),
        Note("definition", "LAIT has no figure of early years for children without SEN, so there the gap is to all children, who include those with SEN: it looks smaller than it is."),
        Note("definition", "At key stage 4 the gap is in points of the Attainment 8 score (up to 90), elsewhere in percentage points: compare areas within a stage, not stages with each other."),
        Note("definition", "'Wider' and 'narrower' say how a gap stands to the mean of those compared. A gap that differs from it by less than 5%, or by less than 2 points, is called about the same. No law or agreed standard says how wide a gap may be."),
        Note("definition", "LAIT, the source shipped here, gives absence and suspensions for all pupils of a kind of school. DfE publishes them by SEN elsewhere (Explore Education Statistics), which is not in this snapshot. Nearly all pupils of special schools have a plan, but most pupils with a plan go elsewhere. A pupil can be suspended more than once."),
        Note("definition", "Absence is all absence: illness and medical appointments are in it as well as absence without leave. No law or agreed standard says how much of it, or how many suspensions, there should be."),
        Note("definition", "The mean of a range among those compared is the mean of their lower ends to the mean of their upper ends."),
        Note("break", stages.years_without_tests()),
        *(Note("break", text) for text in store.info("outcomes").breaks),
        *(Note("break", text) for text in stages.provisional(store)),
        Note("sum", sums.DEFINITIONS[definition].words),
        *(Note("sum", text) for text in (own.says if own else ())),
    ]
    for place, whose in {area.code: area, ENGLAND: known_areas(store).wider[ENGLAND]}.items():
        if unsent := show_the_sum.without_placements(store, whose, january):
            notes.append(Note("sum", _unsent_words(known_areas(store).names[place], unsent, january, definition)))
    if others and others.caution:
        notes.append(Note("caution", others.caution))
    if stages.too_few(store, area):
        notes.append(Note("caution", f"{area.short_name} has so few children with SEND that a rate may be that of one child: no picture is drawn, and nothing is compared."))
    if own is None:
        notes.append(Note("missing", f"{area.name} had no EHC plans of its own in {periods.spoken(january)}, so there is no sum for it."))
    if begun := stages.before(store, area):
        notes.append(Note("missing", begun))
    return notes
