"""The tables of Getting help that belong to the authority, and what is said beside each of them."""

from __future__ import annotations

import pandas as pd

from sendlib.areas import ENGLAND, Area
from sendlib.questions.answer import Note, Table, listed, percent, said, written
from sendlib.questions.comparators import Comparators, known_areas
from sendlib.questions.getting_help import process_tables
from sendlib.questions.getting_help.process_tables import COLUMNS
from sendlib.store import Store
from sendlib.tables import process
from sendlib.tables.periods import spoken
from sendlib.tables.process_measures import MEASURES
from sendlib.tables.symbols import NOT_AVAILABLE, WORDS

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
_TABLE_OF = {"annual reviews": "reviews"}
"""Step of a footnote -> the table that it stands beside."""
_OFFICERS = "The SEND code of practice asks for a medical or a clinical officer; an area may have either."
_DEATHS = "Where fewer than five children with a plan died in a year, they are counted with the reasons of DfE's column 'other'."
_OTHER_REASONS = next(text for text in process.BREAKS if text.startswith("Plans that ceased"))
_BUDGETS = next(text for text in process.BREAKS if text.startswith("Personal budgets"))
_OTHER_CASES = (
    "DfE's guidance says of the cases 'for other reasons' only that they are related to an assessment: it gives neither the reasons nor a number of"
    " decisions that they would be a share of."
)


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
        Note("definition", _OTHER_REASONS, "ceased"),
        Note("definition", _DEATHS, "ceased"),
        Note("break", _BUDGETS, "budgets"),
        *_footnotes(area),
        Note("definition", _OFFICERS, "officers"),
    ]


def _steps_to_tribunal(store: Store, area: Area) -> list[Note]:
    """Requests and assessments of the newest year that went to mediation or the tribunal, each with its share."""
    wide, held = process_tables.counts(store), process_tables.statuses(store)
    year = process_tables.series(store, "requests_to_mediation").columns[-1]
    lines = []
    for measure, whole in process_tables.PARTS["tribunal"].items():
        if "_to_" in measure:
            number, england = (float(wide[measure].get((code, year), float("nan"))) for code in (area.code, ENGLAND))
            if number != number:
                told = WORDS[held[measure].get((area.code, year), NOT_AVAILABLE)]
            elif whole is None:
                told = f"{written(number)} (England {written(england)})"
            else:
                total, of_england = (float(wide[whole].get((code, year), float("nan"))) for code in (area.code, ENGLAND))
                share = f", {percent(100 * number / total)}" if total > 0 else ""
                told = f"{written(number)}{share} (England {percent(100 * england / of_england)})"
            lines.append(f"- {MEASURES[measure].name}: {told}")
    return [Note("definition", f"From the authority's own return for {year}, with the share of all requests or assessments where there is one. These need not agree"
                 f" with the appeals above, which are those that the tribunal registered, about plans too. {_OTHER_CASES}\n\n" + "\n".join(lines), "tribunal")]


def _newer_rate(store: Store, area: Area) -> list[Note]:
    """The rate in development, which leaves out decisions, where the report has it."""
    rates = process_tables.series(store, "appeal_rate_in_development")
    if not len(rates.columns):
        return []
    year = rates.columns[-1]
    own, england = rates[year].get(area.code, float("nan")), rates[year][ENGLAND]
    here = f"not available for {area.in_text}" if own != own else f"{written(own, 1)} in {area.in_text}"
    counts = process_tables.counts(store).xs(year, level="period")
    names = known_areas(store).names
    without = counts.index[counts["appeals"].notna() & counts["decisions_in_development"].isna()]
    left_out = listed(sorted(names[code] for code in without if code in names))
    text = (
        f"The same report has a newer rate in development for {year}, on fewer decisions ({written(counts['decisions_in_development'][ENGLAND])} in England): {here},"
        f" {written(england, 1)} in England. It does not say which kinds of decision that count leaves out. The decisions of {left_out} are suppressed in it;"
        " neither they nor their appeals are in England's rate."
    )
    return [Note("definition", text, "tribunal")]


def _footnotes(area: Area) -> list[Note]:
    """The publisher's own reason for figures that an authority does not have, with where it says so."""
    return [
        Note("missing", f"No figures of {area.in_text} for {note.period}: {note.reason} ({note.source}).", _TABLE_OF[note.step])
        for note in process.FOOTNOTES
        if area.code in note.areas
    ]
