"""The tables of Getting help that belong to the authority, and what is said beside each of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from sendlib.answer import Column, Note, Table, Text
from sendlib.answer.numbers import capital, listed, percent, written
from sendlib.areas import ENGLAND, Area
from sendlib.compared.comparators import Comparators, known_areas
from sendlib.questions.getting_help import (
    appeals_by_residents,
    inspections,
    lead_table,
    process_parts,
    process_steps,
    process_tables,
    waited_longer,
)
from sendlib.questions.getting_help.columns import JANUARY, status_of
from sendlib.questions.getting_help.lead_table import ACCESS, CAPACITY, DEMAND
from sendlib.store import Store
from sendlib.tables import process
from sendlib.tables.periods import spoken
from sendlib.tables.process_measures import MEASURES
from sendlib.tables.symbols import NOT_AVAILABLE, WORDS


@dataclass(frozen=True)
class _Step:
    """A part of Look closer: its caption without place and time, its heading, and the group that it stands in."""

    caption: str
    heading: str
    group: str


_STEPS = {
    "decisions": _Step("Requests for an assessment and what was decided", "Requests and decisions", ACCESS),
    "late": _Step("Plans by the weeks they took, exceptions in and out", "Plans by the weeks they took", ACCESS),
    "tribunal": _Step("Mediation and tribunal", "Mediation and tribunal", ACCESS),
    "demand": _Step("Requests, assessments and plans issued", "Requests, assessments and plans issued", DEMAND),
    "assessments": _Step("Assessments and what came of them", "Assessments and what came of them", DEMAND),
    "ceased": _Step("Plans that ceased, by reason", "Plans that ceased, and why", DEMAND),
    "reviews": _Step(
        "Annual reviews: due, by when the last meeting was, and decisions in 4 weeks, later and outstanding",
        "Annual reviews: due and late",
        CAPACITY,
    ),
    "budgets": _Step("Personal budgets", "Personal budgets", CAPACITY),
}
_IN_MARKS = ("decisions", "late", "assessments", "ceased", "reviews")
"""Parts whose picture has the shares of the newest year."""
APPEALABLE = (
    "Decisions that can be appealed are counted in two ways, which must not be compared. To 2024 they are, as the"
    " publisher says: requests for an assessment that were turned down, assessments after which no plan was issued,"
    " every plan in place in January, and plans that ceased because the needs are met without one. Most of them are"
    " plans in place, so that rate is small where there are many plans. From 2024 there is a newer count of fewer"
    " decisions, which the large number and the comparison above use. Its report does not say what it leaves out; in"
    " 2024 it equals, for 133 of the 144 authorities where all parts are known, requests turned down, assessments"
    " without a plan, plans that ceased because the needs are met or for other reasons, and annual reviews held in the"
    " year."
)
_REVIEWS = (
    "Four parts make up the reviews due: met in the year, last met before it, met only after it, and no meeting on"
    " record. The last three can be called late, for a review is due every twelve months; a meeting in the year may"
    " have been late as well, which DfE's figures do not tell. Of the decisions, those later than 4 weeks and those"
    " outstanding are late. DfE's count of meetings on record ('Met' in the picture) holds meetings of any year."
)
_COMPLETED = "reviews_completed_in_year"
_TABLE_OF = {"annual reviews": "reviews"}
"""Step of a footnote -> the table that it stands beside."""
_OFFICERS = "The SEND code of practice asks for a medical or a clinical officer; an area may have either."
_DEATHS = (
    "Where fewer than five children with a plan died in a year, they are counted with the reasons that are other or not"
    " recorded."
)
_OTHER_CASES = (
    "DfE's guidance says of the cases 'for other reasons' only that they are related to an assessment: it gives neither"
    " the reasons nor a number of decisions that they would be a share of."
)
_OFFICER_COLUMNS = {
    "period": JANUARY,
    "role": Column("Officer", "which of the officers for SEND the row is about"),
    "in_post": Column("In post", "whether there is one: yes, no or being recruited, or why no answer is given"),
    "status": status_of("an answer"),
}
_OFFICERS_COLUMNS = {
    **_OFFICER_COLUMNS,
    "in_post": Column("In post", "how many of the authorities have one, and what the others answered"),
}
_COMPARATOR_COLUMNS = {
    "area_code": Column("Area (code)", "code of the area, three digits of an authority", only_in_files=True),
    "area": Column("Area", "the area, below it each of those compared, and England"),
    "whose": Column("Whose", "this area, one of those compared, or England"),
    "closeness": Column("Closeness", "DfE's word for how close a statistical neighbour is"),
    "on_time": Column(
        "Plans issued within 20 weeks",
        "share of the plans issued in the newest year within 20 weeks of the request, exceptions included",
        "%",
        1,
    ),
    "refused": Column(
        "Requests turned down",
        "requests of the newest year where the authority decided not to assess, out of all requests",
        "%",
        1,
    ),
    "appeals_per_100": Column(
        "Appeals per 100 decisions that can be appealed",
        "appeals registered with the tribunal in the newest year, per 100 decisions that can be appealed",
        "per 100",
        1,
    ),
    "coverage": Column(
        "Coverage of plans on time", "plans counted for the 20 weeks, out of the plans that started in the year", "%", 0
    ),
    "doubtful": Column("Doubtful?", "which number can not be right, and why; its share counts for no mean"),
}


def tables(store: Store, area: Area, others: Comparators, lead: pd.DataFrame) -> dict[str, Table]:
    """All tables from the authority's own returns; `lead` is plans on time (plans_on_time.on_time)."""
    return {
        "on_time": lead_table.of(lead, area, others),
        **waited_longer.table(lead, lead_table.whose(area), ACCESS),
        **{name: _step(store, area, others, name) for name in _STEPS},
        **appeals_by_residents.table(store, area, others, ACCESS),
        **inspections.table(store, area, CAPACITY),
        "officers": _officers(store, area),
        "comparators": Table(
            process_tables.each_comparator(store, area, others),
            Text(
                f"{capital(area.in_text)}{_each(area, 'each of those compared', ' and ')}: plans on time, requests"
                " turned down and appeals, newest year"
            ),
            _each_columns(store),
            ("process", "neighbours"),
            heading=f"{capital(area.in_text)}{_each(area, 'each of those compared', ', ')}: plans on time, refusals,"
            " appeals",
            group=ACCESS,
        ),
    }


def _each_columns(store: Store) -> dict[str, Column]:
    """The columns of each of those compared, whose measures are each of its newest year."""
    named = {
        "on_time": ("Plans issued within 20 weeks, exceptions included", process_tables.ON_TIME),
        "refused": ("Requests turned down, of all requests", process_tables.REFUSED),
        "appeals_per_100": ("Appeals per 100 decisions that can be appealed", process_tables.APPEALS),
    }
    measures = {
        column: replace(_COMPARATOR_COLUMNS[column], measure=f"{words}, {process_tables.newest_of(store, measure)}")
        for column, (words, measure) in named.items()
    }
    return {**_COMPARATOR_COLUMNS, **measures}


def _each(area: Area, others: str, last: str) -> str:
    """Whom a table of each of those compared has below the area; England is not below itself."""
    return f" and {others}" if area.kind == "england" else f", {others}{last}England"


def _step(store: Store, area: Area, others: Comparators, name: str) -> Table:
    step, span = _STEPS[name], process_steps.span(store, name)
    first, last = spoken(span.first), spoken(span.last)
    years = first if first == last else f"{first} to {last}"
    shares_of = f"In {last}, per cent of: {'; '.join(span.shares_of)}."
    return Table(
        process_steps.part(store, area, others, name),
        Text(f"{step.caption}, {lead_table.whose(area)}, {years}"),
        process_parts.columns_of(name, area, others),
        ("process", "neighbours"),
        heading=step.heading,
        group=step.group,
        how_to_read=Text(shares_of if name in _IN_MARKS else ""),
    )


def _officers(store: Store, area: Area) -> Table:
    frame = process_tables.officers(store, area)
    newest = frame[frame["period"].eq(frame["period"].max())]
    each = "\n".join(f"- {role}: {told}" for role, told in zip(newest["role"], newest["in_post"], strict=True))
    return Table(
        frame,
        Text(f"Designated officers for SEND, {lead_table.whose(area)}, each January"),
        _OFFICER_COLUMNS if len(area.parts) == 1 else _OFFICERS_COLUMNS,
        ("designated_officers",),
        heading="Designated medical, clinical and social care officers",
        group=CAPACITY,
        how_to_read=Text(f"{spoken(str(frame['period'].max()))}:\n\n{each}"),
    )


def notes(store: Store, area: Area) -> list[Note]:
    """What stands beside the tables of the authority."""
    return [
        *waited_longer.notes(),
        *appeals_by_residents.notes(store),
        Note("definition", Text(APPEALABLE), "tribunal"),
        Note("definition", _steps_to_tribunal(store, area), "tribunal"),
        *_newer_rate(store, area),
        Note("definition", Text(_REVIEWS), "reviews"),
        *([Note("break", Text(process.REVIEWS), "reviews")] if _COMPLETED in process_tables.counts(store) else []),
        Note("definition", Text(process.OTHER_REASONS), "ceased"),
        Note("definition", Text(_DEATHS), "ceased"),
        Note("break", Text(process.BUDGETS), "budgets"),
        *_footnotes(store, area),
        Note("definition", Text(_OFFICERS), "officers"),
        *inspections.notes(store, area),
    ]


def _steps_to_tribunal(store: Store, area: Area) -> Text:
    """Requests and assessments of the newest year that went to mediation or the tribunal, each with its share."""
    year = process_tables.series(store, "requests_to_mediation").columns[-1]
    lines = [
        f"- {MEASURES[measure].name}: {_step_to_tribunal(store, area, measure, whole, year)}"
        for measure, whole in process_parts.PARTS["tribunal"].items()
        if "_to_" in measure
    ]
    start = (
        f"From the {_own_return(area)} for {year}, with the share of all requests or assessments where there is one."
        " These need not agree with the appeals above, which are those that the tribunal registered, about plans too."
        f" {_OTHER_CASES}"
    )
    return Text("\n".join([start, "", *lines]))


def _own_return(area: Area) -> str:
    """Whose return a number comes from."""
    return "authority's own return" if len(area.parts) == 1 else "authorities' own returns"


def _or_words(value: float, decimals: int = 0) -> str:
    """A number, or that it is not available."""
    return written(value, decimals) if value == value else WORDS[NOT_AVAILABLE]


def _step_to_tribunal(store: Store, area: Area, measure: str, whole: str | None, year: str) -> str:
    """`36, 2.1% (England 1.5%)`, or why there is no number."""
    number, england = _of_year(store, measure, year, area)
    if number != number:
        return WORDS[process_tables.statuses(store)[measure].get((area.code, year), NOT_AVAILABLE)]
    is_england = area.kind == "england"
    if whole is None:
        return written(number) if is_england else f"{written(number)} (England {_or_words(england)})"
    total, of_england = _of_year(store, whole, year, area)
    share = f", {percent(100 * number / total)}" if total > 0 else ""
    theirs = 100 * england / of_england if of_england > 0 else float("nan")
    beside = "" if is_england else f" (England {percent(theirs) if theirs == theirs else WORDS[NOT_AVAILABLE]})"
    return f"{written(number)}{share}{beside}"


def _of_year(store: Store, measure: str, year: str, area: Area) -> tuple[float, float]:
    """A count of an area and of England in a year."""
    counted = process_tables.wide(store, measure)[year]
    return float(counted.get(area.code, float("nan"))), float(counted.get(ENGLAND, float("nan")))


def _newer_rate(store: Store, area: Area) -> list[Note]:
    """The rate on the newer count, which leaves out decisions, where a report has it."""
    rates = process_tables.series(store, "appeal_rate_in_development")
    if not len(rates.columns):
        return []
    year = rates.columns[-1]
    own, england = rates[year].get(area.code, float("nan")), rates[year][ENGLAND]
    here = f"not available for {area.in_text}" if own != own else f"{written(own, 1)} in {area.in_text}"
    counts = process_tables.counts(store).xs(year, level="period")
    names = known_areas(store).names
    without = counts.index[counts["appeals"].notna() & counts["decisions_in_development"].isna()]
    left_out = listed(sorted(names[code] for code in without if code in known_areas(store).authorities))
    appeals, decisions = (float(counts[name][ENGLAND]) for name in ("appeals", "decisions_in_development"))
    in_all = (
        f"there were {written(appeals)} appeals and {written(decisions)} decisions in England in {year}"
        if appeals + decisions == appeals + decisions
        else f"the appeals and decisions in England in {year} are not all available"
    )
    rates_said = here if area.kind == "england" else f"{here}, {_or_words(england, 1)} in England"
    text = (
        f"On the newer count {in_all}; for every 100 decisions {rates_said}, without the"
        f" appeals of authorities that gave no decisions. No number of decisions is available for {left_out}."
    )
    return [Note("definition", Text(text), "tribunal")]


def _footnotes(store: Store, area: Area) -> list[Note]:
    """The publisher's own reason for figures that an authority does not have, with where it says so."""
    known = known_areas(store)
    return [
        Note(
            "missing",
            Text(
                f"No figures of {listed([known.get(code).in_text for code in lacking])} for {note.period}:"
                f" {note.reason} ({note.source})."
            ),
            _TABLE_OF[note.step],
        )
        for note in process.FOOTNOTES
        if (lacking := [code for code in area.parts if code in note.areas])
    ]
