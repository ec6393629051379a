"""The tables of Getting help that belong to the authority, and what is said beside each of them."""

from __future__ import annotations

import pandas as pd

from sendlib.areas import ENGLAND, Area
from sendlib.questions.answer import Note, Table, percent, said, written
from sendlib.questions.comparators import Comparators
from sendlib.questions.getting_help import process_tables
from sendlib.questions.getting_help.process_tables import COLUMNS
from sendlib.store import Store
from sendlib.tables.periods import spoken
from sendlib.tables.process_measures import MEASURES
from sendlib.tables.symbols import WORDS

_STEPS = {
    "decisions": "Requests for an assessment and what was decided",
    "late": "Plans by the weeks they took, exceptions in and out",
    "tribunal": "Mediation and tribunal",
    "demand": "Requests, assessments and plans issued",
    "assessments": "Assessments and what came of them",
    "ceased": "Plans that ceased, by reason",
    "reviews": "Annual reviews: due, by when the last meeting was, and decisions in 4 weeks, later and outstanding",
    "budgets": "Personal budgets",
}
APPEALABLE = (
    "Decisions that can be appealed are, as the publisher counts them: requests for an assessment that were turned down, assessments after"
    " which no plan was issued, every plan in place in January, and plans that ceased because the needs are met without one. Most of them"
    " are plans in place, so the rate is small where there are many plans."
)
_REVIEWS = (
    "Four parts make up the reviews due: met in the year, last met before it, met only after it, and no meeting on record. The last three can"
    " be called late, for a review is due every twelve months; a meeting in the year may have been late as well, which DfE's figures do not"
    " tell. Of the decisions, those later than 4 weeks and those outstanding are late. DfE's count of meetings on record ('Met' in the picture) holds"
    " meetings of any year."
)
_OFFICERS = "The SEND code of practice asks for a medical or a clinical officer; an area may have either."
_DEATHS = "Where fewer than five children with a plan died in a year, they are counted among the other reasons for which plans ceased."


def tables(store: Store, area: Area, others: Comparators, lead: pd.DataFrame) -> dict[str, Table]:
    """All tables from the authority's own returns; `lead` is plans on time (plans_on_time.on_time)."""
    found = {"on_time": _lead(lead, area, others)}
    for name, title in _STEPS.items():
        frame = process_tables.part(store, area, others, name)
        first, last = spoken(frame["period"].min()), spoken(frame["period"].max())
        years = first if first == last else f"{first} to {last}"
        found[name] = Table(frame, f"{title}, {area.name}, {years}", COLUMNS, ("process", "neighbours"))
    found["officers"] = Table(
        process_tables.officers(store, area),
        f"Designated officers for SEND, {area.name}, each January",
        {"period": "January", "role": "which officer", "in_post": "whether there is one", "status": "value, or why there is none"},
        ("designated_officers",),
    )
    found["comparators"] = Table(
        process_tables.each_comparator(store, area, others),
        f"{area.name} and each of {others.label}: plans on time, requests turned down and appeals, newest year",
        {"area_code": "3-digit code", "area": "authority", "closeness": "DfE's word for how close it is", "on_time": "plans issued within 20 weeks, per cent",
         "refused": "requests turned down, per cent", "appeals_per_100": "appeals per 100 decisions that can be appealed"},
        ("process", "neighbours"),
    )  # fmt: skip
    return found


def _lead(table: pd.DataFrame, area: Area, others: Comparators) -> Table:
    first, last = table["period"].iloc[0], table["period"].iloc[-1]
    return Table(
        table,
        f"Per cent of plans issued within 20 weeks, exceptions included, {area.name}, mean of {others.label}, and England, {first} to {last}",
        {"period": "calendar year", "share": "per cent issued within 20 weeks, as published, exceptions included",
         "comparator_mean": "plain mean of the comparators' per cents", "england": "per cent in England",
         "issued": "plans issued in the year", "in_20_weeks": "of these within 20 weeks", "in_the_mean": "authorities in the mean",
         "left_out": "why the year has no point in the picture", **({"before": "per cent in the authority that stood here before",
         "before_name": "that authority, and until when"} if "before" in table else {}),
         "status": "value, or why there is none"},
        ("process", "neighbours"),
        plain_caption=f"Share of new plans that were ready in 20 weeks: {area.name}, the average of {others.label}, and England, {first} to {last}",
    )  # fmt: skip


def missing(rows: pd.DataFrame, name: str, share: str = "share") -> dict[str, list[str]]:
    """Rows without a figure in `share`, by the reason: reason in words -> what has none. Columns: `name`, `share`, why."""
    found: dict[str, list[str]] = {}
    for _, row in rows[rows[share].isna()].iterrows():
        found.setdefault("".join(said([str(row["why"])])) or WORDS["not_available"], []).append(str(row[name]))
    return {why: list(dict.fromkeys(names)) for why, names in found.items()}


def notes(store: Store, area: Area) -> list[Note]:
    """What stands beside the tables of the authority."""
    return [
        Note("definition", APPEALABLE, "tribunal"),
        *_steps_to_tribunal(store, area),
        *_newer_rate(store, area),
        Note("definition", _REVIEWS, "reviews"),
        Note("definition", _DEATHS, "ceased"),
        Note("definition", _OFFICERS, "officers"),
    ]


def _steps_to_tribunal(store: Store, area: Area) -> list[Note]:
    """Requests and assessments of the newest year that went to mediation or the tribunal, each with its share."""
    wide, held = process_tables.counts(store), process_tables.statuses(store)
    year = process_tables.series(store, "requests_to_mediation").columns[-1]
    lines = []
    for measure, whole in process_tables.PARTS["tribunal"].items():
        if measure.endswith(("_to_mediation", "_to_tribunal")) and whole:
            number, total = (float(wide[name].get((area.code, year), float("nan"))) for name in (measure, whole))
            england = 100 * wide[measure][(ENGLAND, year)] / wide[whole][(ENGLAND, year)]
            if number == number and total > 0:
                told = f"{written(number)}, {percent(100 * number / total)} (England {percent(england)})"
            else:
                told = WORDS.get(held[measure].get((area.code, year), "not_available"), WORDS["not_available"]) if number != number else f"{written(number)} (England {percent(england)})"
            lines.append(f"- {MEASURES[measure].name}: {told}")
    return [Note("definition", f"From the authority's own return for {year}, with the share of all requests or assessments. These need not agree with the appeals"
                 " above, which are those that the tribunal registered, about plans too:\n\n" + "\n".join(lines), "tribunal")]


def _newer_rate(store: Store, area: Area) -> list[Note]:
    """The rate in development, which leaves out decisions, where the report has it."""
    rates = process_tables.series(store, "appeal_rate_in_development")
    if not len(rates.columns):
        return []
    year = rates.columns[-1]
    own, england = rates[year].get(area.code, float("nan")), rates[year][ENGLAND]
    here = f"not available for {area.in_text}" if own != own else f"{written(own, 1)} in {area.in_text}"
    decisions = process_tables.counts(store)["decisions_in_development"][(ENGLAND, year)]
    text = (
        f"The same report has a newer rate in development for {year}, on fewer decisions ({written(decisions)} in England): {here}, {written(england, 1)} in England."
        " It does not say which decisions that count leaves out."
    )
    return [Note("definition", text, "tribunal")]
