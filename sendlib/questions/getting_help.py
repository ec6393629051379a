"""How long do families wait, and who decides?

Plans on time over the years, four figures that are always shown, good or bad
(plans on time, requests turned down, appeals, a health service's waits), and
the steps from request to review. Health figures belong to an NHS area and are
titled so (questions/health_waits.py).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

from sendlib.areas import ENGLAND, Area
from sendlib.methods import compare
from sendlib.questions import health_waits, process_tables, process_words
from sendlib.questions.answer import Answer, Figure, Note, Table, listed, percent, written
from sendlib.questions.comparators import DEFAULT, Comparators, choose, known_areas
from sendlib.questions.process_tables import APPEALS, COLUMNS, ON_TIME, REFUSED
from sendlib.store import Store
from sendlib.tables.community_workbook import SERVICES
from sendlib.tables.periods import spoken
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE

NAME = "getting_help"
WORDS = "How long do families wait, and who decides?"
STANDARD, STANDARD_PLAIN = process_words.STANDARD, process_words.STANDARD_PLAIN
BREAKS = (
    "2014 is only the first four months of the law, with few plans. Breaks: 1: during part of 2020 the law on time limits was changed because of coronavirus. 2: from 2022 DfE collects each"
    " plan by itself; before, authorities sent totals."
)
BREAKS_PLAIN = "The law began in September 2014, so 2014 has few plans. 1: in part of 2020 the time limits were changed because of coronavirus. 2: from 2022 plans are counted in a new way."
NOT_HELD = (
    "Health checks of people with a learning disability are not held: NHS England publishes them by GP practice, and that file is"
    " not part of this snapshot."
)
_STEPS = {
    "decisions": "Requests for an assessment and what was decided",
    "late": "Plans by the weeks they took, exceptions in and out",
    "tribunal": "Mediation and tribunal",
    "demand": "Requests, assessments and plans issued",
    "assessments": "Assessments and what came of them",
    "ceased": "Plans that ceased, by reason",
    "reviews": "Annual reviews: due, with a meeting on record, decided in 4 weeks and later",
    "budgets": "Personal budgets",
}
_LISTS = {
    "health_area": "NHS area", "service": "service, as published", "period": "last day of the month", "waiting": "children and young people on the list",
    "over_52": "of these, waiting over 52 weeks", "over_104": "waiting over 104 weeks (from December 2024)",
    "over_52_share": "over 52 weeks, per cent of the list", "not_submitting": "organisations of the area in scope that sent nothing that month",
    "status": "value, or why there is none",
}  # fmt: skip


def ask(store: Store, area: Area, comparators: str = DEFAULT) -> Answer:
    """The answer for an area. Raises UnknownChoice, UnknownArea and SnapshotDamaged."""
    others = choose(store, area, comparators)
    table = process_tables.on_time(store, area, others)
    newest = table.iloc[-1]
    refused, appeals = (_newest(store, measure, area.code) for measure in (REFUSED, APPEALS))
    tables = {"on_time": _lead(table, area, others), **_process(store, area, others), **_health(store, area)}
    return Answer(
        question=NAME,
        words=WORDS,
        area=area,
        comparators=others.label,
        title=process_words.title(area, others, newest),
        headline=process_words.headline(area, others, newest, refused, appeals),
        figures=(*_figures(store, area, others), health_waits.figure(store, area)),
        lead="on_time",
        tables=tables,
        cannot_tell=(
            "How long a family waited before the request was made, and who was told not to ask.",
            "Whether a plan is good, and whether what it promises is given: only its date is counted.",
            "How long children here wait for a health service: NHS lists are counted where the service is run, not where children live.",
        ),
        could_change=(
            "Where in the 20 weeks to look first: advice from professionals, the decision, or the writing of plans.",
            "Which refusals to look at again, before they become appeals.",
            "Which wait councils and the NHS tackle together.",
        ),
        plain_cannot_tell=(
            "How long you waited before the request was made.",
            "Whether a plan is a good one, and whether it is kept.",
            "How long children here wait for the NHS. These lists are for a larger NHS area.",
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


def _newest(store: Store, measure: str, code: str) -> float:
    return float(process_tables.series(store, measure).iloc[:, -1].get(code, np.nan))


def _lead(table: pd.DataFrame, area: Area, others: Comparators) -> Table:
    years = table["period"]
    return Table(
        table,
        f"Per cent of plans issued within 20 weeks, exceptions included, {area.name}, mean of {others.label}, and England,"
        f" {years.iloc[0]} to {years.iloc[-1]}",
        {"period": "calendar year", "share": "per cent issued within 20 weeks, as published, exceptions included",
         "comparator_mean": "plain mean of the comparators' per cents", "england": "per cent in England",
         "issued": "plans issued in the year", "in_20_weeks": "of these within 20 weeks", "in_the_mean": "authorities in the mean",
         "status": "value, or why there is none"},
        ("process", "neighbours"),
    )  # fmt: skip


def _process(store: Store, area: Area, others: Comparators) -> dict[str, Table]:
    tables = {}
    for name, title in _STEPS.items():
        frame = process_tables.part(store, area, others, name)
        first, last = spoken(frame["period"].min()), spoken(frame["period"].max())
        years = first if first == last else f"{first} to {last}"
        tables[name] = Table(frame, f"{title}, {area.name}, {years}", COLUMNS, ("process", "neighbours"))
    officers = process_tables.officers(store, area)
    tables["officers"] = Table(
        officers,
        f"Designated officers for SEND, {area.name}, each January",
        {"period": "January", "role": "which officer", "in_post": "whether there is one", "status": "value, or why there is none"},
        ("designated_officers",),
    )
    tables["comparators"] = Table(
        process_tables.each_comparator(store, area, others),
        f"{area.name} and each of {others.label}: plans on time, requests turned down and appeals, newest year",
        {"area_code": "3-digit code", "area": "authority", "closeness": "DfE's word for how close it is", "on_time": "plans issued within 20 weeks, per cent",
         "refused": "requests turned down, per cent", "appeals_per_100": "appeals per 100 decisions that can be appealed"},
        ("process", "neighbours"),
    )  # fmt: skip
    return tables


@lru_cache(maxsize=256)
def _health(store: Store, area: Area) -> dict[str, Table]:
    icbs = listed([one.name for one in health_waits.drawn(health_waits.areas_of(store, area, "icb"))])
    month = spoken(health_waits.months(store)[-1])
    first = spoken(health_waits.months(store)[0])
    lists = ("waits_community", "health_areas")
    return {
        "health_areas": Table(
            health_waits.overlaps(store, area),
            f"NHS areas that {area.name} lies in, by children aged 0 to 17, mid-2020, per cent",
            {"health_level": "kind of NHS area", "health_area": "NHS area", "share_of_authority": "per cent of the authority's children who live in it",
             "share_of_health_area": "per cent of its children who live in the authority", "nearly_the_same": "yes where both are 98% or more"},
            ("health_areas",),
        ),
        "community": Table(
            health_waits.community_now(store, area),
            f"Children waiting for community health services run in {icbs}, and in England, {month}: not the residents of {area.short_name}",
            _LISTS, lists,
        ),
        "community_over_time": Table(
            health_waits.community_over_time(store, area),
            f"Children waiting for community health services run in {icbs}, and in England, months of {first} to {month}: not the residents of"
            f" {area.short_name}",
            _LISTS, lists,
        ),
        "bands": Table(
            health_waits.bands_now(store, area),
            f"Children waiting for community health services run in {icbs}, and in England, by weeks waited, {month}",
            {"health_area": "NHS area", "service": "service, as published", "waited": "weeks waited", "waiting": "children and young people",
             "share": "per cent of the list; bands need not add up to it", "status": "value, or why there is none"},
            lists,
        ),
        "silent": Table(
            health_waits.silent_organisations(store),
            f"Organisations in scope that sent no waiting list, England and the ICBs that have any, {month}",
            {"health_area": "NHS area", "not_submitting": "organisations that sent nothing"},
            ("waits_community",),
        ),
        "contacts": Table(
            health_waits.contacts(store, area),
            f"Children under 18 with at least one NHS mental health contact in twelve months (MHS95), NHS areas that {area.short_name} lies in",
            {"health_area": "sub-ICB location", "period": "last day of the twelve months", "with_contact": "children, rounded to the nearest 5", "status": "value, or why there is none"},
            ("waits_mental_health", "health_areas"),
        ),
        "four_weeks": Table(
            health_waits.four_weeks(store, area),
            f"Children's waits for NHS mental health services, {icbs} and England, April to September 2024",
            {"health_area": "NHS area", "measure": "what is measured", "period": "last day of the month or months", "figure": "in its unit",
             "unit": "referrals, percent or days", "published_as": "code of the measure", "status": "value, or why there is none"},
            ("waits_mental_health", "health_areas"),
        ),
        "autism": Table(
            health_waits.autism(store, area),
            f"Suspected autism, under 18: referrals open for 13 weeks or more, NHS areas that {area.short_name} lies in and England, per cent",
            {"health_area": "sub-ICB location", "period": "last day of the month", "age": "age in years", "seen_late": "first appointment after more than 13 weeks (ASD19e)",
             "seen_in_13_weeks": "first appointment within 13 weeks (ASD19c): not in the file", "not_seen_yet": "no appointment yet (ASD19f): not in the file",
             "seen_early_or_not_seen": "the two together: 100 less ASD19e", "status": "value, or why there is none"},
            ("waits_autism", "health_areas"),
        ),
    }  # fmt: skip


_OF = {ON_TIME: "issued", REFUSED: "requests_received", APPEALS: "appealable_decisions"}
"""What each share is a share of."""


def _figures(store: Store, area: Area, others: Comparators) -> tuple[Figure, ...]:
    wanted = {
        ON_TIME: ("Plans issued within 20 weeks", "%"),
        REFUSED: ("Requests turned down", "%"),
        APPEALS: ("Appeals per 100 decisions that can be appealed", ""),
    }
    figures = []
    for measure, (label, unit) in wanted.items():
        values = process_tables.series(store, measure).iloc[:, -1]
        own, england = float(values.get(area.code, np.nan)), float(values[ENGLAND])
        mean = float(values.reindex(list(others.codes)).mean())
        text = percent if unit else _plain
        beside = "" if np.isnan(mean) else f"{others.short} {text(mean)}, "
        missing = np.isnan(own)
        few = not missing and not _newest(store, _OF[measure], area.code) >= process_words.FEW
        direction = "" if missing or np.isnan(mean) or few else compare.direction(own, mean)
        figures.append(
            Figure(f"{label}, {values.name}", None if missing else own, unit, "Too few to compare" if few else f"{beside}England {text(england)}", direction, NOT_AVAILABLE if missing else VALUE)
        )
    return tuple(figures)


def _plain(value: float) -> str:
    return written(value, 1)


def _notes(store: Store, area: Area, others: Comparators, table: pd.DataFrame) -> list[Note]:
    notes = process_words.standing(table)
    if doubt := process_words.incomplete(table):
        notes.append(Note("caution", doubt))
    if others.caution:
        notes.append(Note("caution", others.caution))
    before = known_areas(store).predecessors(area.code)
    if before and area.valid_from[:4] > table["period"].iloc[0]:
        names = listed([name for _, name, _ in before])
        notes.append(Note("missing", f"{area.name} began in {area.valid_from[:4]}; earlier figures are those of {names} and are not shown here."))
    year = table["period"].iloc[-1]
    values = process_tables.series(store, ON_TIME)[year].reindex(list(others.codes))
    without = [known_areas(store).names[code] for code in values.index[values.isna()]]
    if without:
        notes.append(Note("missing", f"Left out of the mean of plans on time in {year}, because they have no figure: {listed(without)}."))
    over_time = health_waits.community_over_time(store, area)
    over_time = over_time[over_time["service"].eq(SERVICES[health_waits.MAIN]) & over_time["health_area"].ne("England")]
    notes += [
        Note("definition", STANDARD.replace("**", "")),
        Note("definition", f"'Far from the standard' is below {process_words.FAR:.0f}%; below {process_words.HALF:.0f}% more than half were late. 'Outside its own usual range' is more than {process_words.MARGIN:.0f} points"
             f" below or above every earlier year since {process_words.FIRST_WHOLE_YEAR}, with at least {process_words.FEWEST_YEARS} such years of"
             f" {process_words.FEW} plans or more; the newest two years are looked at. These thresholds are choices of ours."),
        Note("definition", "Requests turned down: the authority decided not to assess, as a share of the requests received in the year, as published."),
        Note("definition", "Appeals: those registered with the SEND tribunal, for every 100 decisions of the authority that can be appealed."),
        Note("definition", f"The mean is the plain mean of {others.label}; an authority without a figure is left out of it."),
        *(Note("definition", f"{health_waits.overlap_sentence(area, one)} Its figures are never those of {area.short_name}.")
          for one in health_waits.drawn(health_waits.areas_of(store, area, "icb"))),
        *(Note("break", text) for text in health_waits.jumps(over_time).values()),
        Note("definition", "Where fewer than five children with a plan died in a year, they are counted among the other reasons for which plans ceased."),
        Note("definition", NOT_HELD),
        *(Note("break", text) for name in ("process", "waits_community", "waits_mental_health", "waits_autism", "designated_officers")
          for text in store.info(name).breaks),
    ]  # fmt: skip
    return notes
