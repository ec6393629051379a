"""How long do families wait, and who decides?

Plans on time over the years, four figures that are always shown, good or bad
(plans on time, requests turned down, appeals, a health service's waits), and
the steps from request to review (help_tables.py). Health figures belong to an
NHS area and are titled so (health_waits.py, health_people.py, health_tables.py).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from sendlib.areas import ENGLAND, Area
from sendlib.methods import compare
from sendlib.questions.answer import Answer, Figure, Note, listed, percent, written
from sendlib.questions.comparators import DEFAULT, Comparators, choose, known_areas
from sendlib.questions.getting_help import (
    health_figure,
    health_tables,
    help_tables,
    plans_on_time,
    process_tables,
    process_words,
)
from sendlib.questions.getting_help.process_tables import APPEALS, FEW, OF, ON_TIME, REFUSED
from sendlib.store import Store
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE

NAME = "getting_help"
WORDS = "How long do families wait, and who decides?"
NEEDED_APPEALS = 5.0
"""Appeals that would be expected at the rate of those compared; with fewer, chance decides and no direction is named."""
def ask(store: Store, area: Area, comparators: str = DEFAULT) -> Answer:
    """The answer for an area. Raises UnknownChoice, UnknownArea and SnapshotDamaged."""
    others = choose(store, area, comparators)
    table = plans_on_time.on_time(store, area, others)
    newest = table.iloc[-1]
    refused, appeals = (_newest(store, measure, area.code) for measure in (REFUSED, APPEALS))
    tables = {**help_tables.tables(store, area, others, table), **health_tables.tables(store, area)}
    return Answer(
        question=NAME,
        words=WORDS,
        area=area,
        comparators=others.label,
        title=process_words.title(area, others, newest),
        headline=process_words.headline(area, others, newest, refused, appeals),
        figures=(*_figures(store, area, others), health_figure.figure(store, area)),
        lead="on_time",
        tables=tables,
        cannot_tell=(
            "How long a family waited before the request was made, and who was told not to ask.",
            "Whether a plan is good, and whether what it promises is given: only its date is counted.",
            "How long children here wait for a health service: lists of community services are counted where the service is run, and all NHS"
            f" figures are those of an NHS area. {health_tables.ICBS_OF_PLAIN}",
        ),
        could_change=(
            "Where in the 20 weeks to look first: advice from professionals, the decision, or the writing of plans.",
            "Which refusals to look at again, before they become appeals.",
            "Which wait councils and the NHS tackle together.",
        ),
        plain_cannot_tell=(
            "How long you waited before the request was made.",
            "Whether a plan is a good one, and whether it is kept.",
            f"How long children here wait for the NHS. These lists are for a larger NHS area. {health_tables.ICBS_OF_PLAIN}",
        ),
        plain_could_change=(
            "What you ask your council about waiting and about being turned down.",
            "What your forum brings to the next meeting with the council and the NHS.",
        ),
        sources={
            name: store.info(name).sources
            for name in ("process", "neighbours", "designated_officers", "waits_community", "waits_mental_health", "waits_autism", "health_areas")
        },
        notes=tuple(_notes(store, area, others, table)),
    )


def _newest(store: Store, measure: str, code: str) -> tuple[str, float]:
    """The newest year that England has a figure for, and the area's figure of it."""
    values = process_tables.series(store, measure).iloc[:, -1]
    return str(values.name), float(values.get(code, np.nan))


_LABELS = {
    ON_TIME: ("Plans issued within 20 weeks", "Plans ready in 20 weeks", "%"),
    REFUSED: ("Requests turned down", "Asked for an assessment and told no", "%"),
    APPEALS: ("Appeals per 100 decisions that can be appealed", "Appeals for every 100 decisions that families can appeal", ""),
}
MANY_WITHDRAWN = 10
"""Per cent of requests: so many withdrawn, and twice England's share, is said beside the share turned down."""
_BRIEF = {APPEALS: "Appeals per 100 appealable decisions"}


def _figures(store: Store, area: Area, others: Comparators) -> tuple[Figure, ...]:
    return tuple(_figure(store, area, others, measure) for measure in _LABELS)


def _figure(store: Store, area: Area, others: Comparators, measure: str) -> Figure:
    """One of the three figures: the area's newest, with the mean of those compared and England beside it."""
    label, plain_label, unit = _LABELS[measure]
    year, own = _newest(store, measure, area.code)
    england = float(process_tables.series(store, measure).iloc[:, -1][ENGLAND])
    mean = float(process_tables.mean_of(store, measure, others)["mean"].iloc[-1])
    part, whole = (process_tables.counts(store)[name].get((area.code, year), np.nan) for name in OF[measure])
    missing, few = np.isnan(own), not whole >= FEW
    short, long = (_percent_of(unit, decimals) for decimals in (1, 0 if unit else 1))
    beside = "" if np.isnan(mean) or few else f"{others.short} {short(mean)}, "
    plain = f"England {long(england)}" if np.isnan(mean) or few else f"{process_words.plain_mean(others, mean) if unit else _average(others, mean)}. England {long(england)}"
    direction = "" if missing or few or np.isnan(mean) or _by_chance(measure, whole, mean) else compare.direction(own, mean)
    too_few = "Too few to compare. " if few and not missing else ""
    status = VALUE if not missing else _status(store, area, measure, year)
    return Figure(
        f"{label}, {year}", None if missing else own, unit, f"{too_few}{beside}England {short(england)}", direction, status,
        instead=f"{written(part)} of {written(whole)}" if few and not missing and not np.isnan(part + whole) else "",
        detail=_withdrawn(store, area, year) if measure == REFUSED else "",
        brief_label=f"{_BRIEF[measure]}, {year}" if measure in _BRIEF else "", plain_label=f"{plain_label}, {year}", plain=f"{too_few}{plain[:1].lower() + plain[1:] if direction and plain.startswith('The') else plain}.", table="process",
    )  # fmt: skip


def _withdrawn(store: Store, area: Area, year: str) -> str:
    """A sentence where far more requests were withdrawn than elsewhere: few are then turned down for another reason."""
    counted = process_tables.counts(store)
    withdrawn, received = counted["requests_withdrawn"], counted["requests_received"]
    here, england = (100 * withdrawn.get((code, year), np.nan) / received.get((code, year), np.nan) for code in (area.code, ENGLAND))
    if not here >= max(MANY_WITHDRAWN, 2 * england) or received[(area.code, year)] < FEW:
        return ""
    return f"{percent(here)} of requests were withdrawn (England {percent(england)}): few turned down need not mean that most were assessed."


def _percent_of(unit: str, decimals: int) -> Callable[[float], str]:
    return lambda value: percent(value, decimals) if unit else written(value, decimals)


def _average(others: Comparators, mean: float) -> str:
    return process_words.plain_mean(others, mean).removesuffix("%").rsplit(" ", 1)[0] + f" {written(mean, 1)}"


def _by_chance(measure: str, decisions: float, mean: float) -> bool:
    """Whether so few appeals would be expected that a difference may be chance alone."""
    return measure == APPEALS and not decisions * mean / 100 >= NEEDED_APPEALS


def _status(store: Store, area: Area, measure: str, year: str) -> str:
    """Why a share is missing: the kind of the first of its counts that is missing."""
    held = process_tables.statuses(store)
    found = [held[name].get((area.code, year), NOT_AVAILABLE) for name in OF[measure]]
    return next((status for status in found if status != VALUE), NOT_AVAILABLE)


def _notes(store: Store, area: Area, others: Comparators, table: pd.DataFrame) -> list[Note]:
    doubt = process_words.incomplete(table)
    notes = [*process_words.standing(table), *([doubt] if doubt else [])]
    if others.caution:
        notes.append(Note("caution", others.caution))
    before = plans_on_time.predecessor(store, area)
    if before:
        names = listed(sorted({_former(name, kind) for _, name, kind in known_areas(store).predecessors(area.code)}))
        notes.append(Note("missing", f"{area.name} began in {before.until}; earlier figures are those of {names}. Only the picture of plans on time shows them, as a line of their own.",
                          plain=f"{area.name} began in {before.until}. Before, there was {names}."))  # fmt: skip
    year = table["period"].iloc[-1]
    values = process_tables.for_means(store, ON_TIME)[year].reindex(list(others.codes))
    without = [known_areas(store).names[code] for code in values.index[values.isna()]]
    if without:
        notes.append(Note("missing", f"Left out of the mean of plans on time in {year}, because they have no figure or fewer than {FEW} plans: {listed(without)}.",
                          plain=f"Not in the average for {year}, because they have no figure or very few plans: {listed(without)}."))  # fmt: skip
    return [
        *notes,
        *process_words.left_out(table, others, before),
        *process_words.of_the_picture(),
        *_definitions(others),
        *help_tables.notes(store, area),
        *health_tables.notes(store, area),
        *(Note("break", text) for name in ("process", "waits_community", "waits_mental_health", "waits_autism", "health_areas", "designated_officers")
          for text in store.info(name).breaks),
    ]  # fmt: skip


def _former(name: str, kind: str) -> str:
    """An authority that is gone; a county that was divided is told apart from an authority of today with its name."""
    return f"the former {name} (county)" if kind == "split" else name


def _definitions(others: Comparators) -> list[Note]:
    return [
        Note("definition", f"'Far from the standard' is below {process_words.FAR:.0f}%; below {process_words.HALF:.0f}% more than half were late. 'Outside its own usual range' is more than {process_words.MARGIN:.0f} points"
             f" below or above every earlier year since {process_words.FIRST_WHOLE_YEAR}, with at least {process_words.FEWEST_YEARS} such years of"
             f" {FEW} plans or more; the newest two years are looked at. These thresholds are choices of ours."),
        Note("definition", "Requests turned down: the authority decided not to assess, as a share of the requests received in the year, as published."),
        Note("definition", f"Appeals: those registered with the SEND tribunal, for every 100 decisions of the authority that can be appealed. {help_tables.APPEALABLE}"
             f" 'Higher' or 'lower' is said only where {NEEDED_APPEALS:.0f} appeals or more would be expected at the rate of those compared."),
        Note("definition", f"The mean is the plain mean of {others.label}, as DfE has it; an authority without a figure, or with fewer than {FEW} plans, requests or decisions, is left out of it."),
    ]  # fmt: skip
