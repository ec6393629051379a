"""The tables of Getting help that belong to the authority, and what is said beside each of them."""

from __future__ import annotations

import pandas as pd

from sendlib.areas import ENGLAND, Area
from sendlib.questions.answer import Column, Note, Table, listed, percent, said, written
from sendlib.questions.comparators import Comparators, known_areas
from sendlib.questions.getting_help import process_tables
from sendlib.questions.getting_help.columns import JANUARY, YEAR, status_of
from sendlib.questions.getting_help.process_tables import FEW
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
_ON_TIME_COLUMNS = {
    "period": YEAR,
    "share": Column(
        "Within 20 weeks here",
        "share of the plans issued here within 20 weeks of the request, exceptions included, as published",
        "%",
        1,
    ),
    "comparator_mean": Column(
        "Mean of those compared",
        f"plain mean of the same share in the authorities compared, without shares of fewer than {FEW} plans;"
        " none where too few have one",
        "%",
        1,
    ),
    "england": Column("England", "the same share in England as a whole", "%", 1),
    "issued": Column("Plans issued here", "plans issued here in the year, exceptions included", "plans", 0),
    "in_20_weeks": Column("Of these within 20 weeks", "plans issued here within 20 weeks of the request", "plans", 0),
    "in_the_mean": Column(
        "Authorities in the mean", "how many of the authorities compared have a share in the mean", "authorities", 0
    ),
    "left_out": Column("Not drawn, because", "why the year has no point in the picture"),
    "status": status_of("a share here"),
}
_BEFORE_COLUMNS = {
    "before": Column(
        "Area before",
        "share of plans issued within 20 weeks by the authority, or authorities together, that stood here before",
        "%",
        1,
    ),
    "before_name": Column("Which area before", "that authority or those authorities, and until when"),
}
_OFFICER_COLUMNS = {
    "period": JANUARY,
    "role": Column("Officer", "which of the officers for SEND the row is about"),
    "in_post": Column("In post", "whether there is one: yes, no or being recruited, or why no answer is given"),
    "status": status_of("an answer"),
}
_COMPARATOR_COLUMNS = {
    "area_code": Column("Area (code)", "three-digit code of the authority", only_in_files=True),
    "area": Column("Area", "the authority, and below it each of those compared"),
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
}


def tables(store: Store, area: Area, others: Comparators, lead: pd.DataFrame) -> dict[str, Table]:
    """All tables from the authority's own returns; `lead` is plans on time (plans_on_time.on_time)."""
    found = {"on_time": _lead(lead, area, others)}
    for name, title in _STEPS.items():
        frame = process_tables.part(store, area, others, name)
        first, last = spoken(frame["period"].min()), spoken(frame["period"].max())
        years = first if first == last else f"{first} to {last}"
        columns = process_tables.columns_of(name)
        found[name] = Table(frame, f"{title}, {area.name}, {years}", columns, ("process", "neighbours"))
    found["officers"] = Table(
        process_tables.officers(store, area),
        f"Designated officers for SEND, {area.name}, each January",
        _OFFICER_COLUMNS,
        ("designated_officers",),
    )
    found["comparators"] = Table(
        process_tables.each_comparator(store, area, others),
        f"{area.name} and each of {others.label}: plans on time, requests turned down and appeals, newest year",
        _COMPARATOR_COLUMNS,
        ("process", "neighbours"),
    )
    return found


def _lead(table: pd.DataFrame, area: Area, others: Comparators) -> Table:
    first, last = table["period"].iloc[0], table["period"].iloc[-1]
    return Table(
        table,
        f"Per cent of plans issued within 20 weeks, exceptions included, {area.name}, mean of {others.label},"
        f" and England, {first} to {last}",
        {**_ON_TIME_COLUMNS, **(_BEFORE_COLUMNS if "before" in table else {})},
        ("process", "neighbours"),
        plain_caption=f"Share of new plans that were ready in 20 weeks: {area.name}, the average of {others.label},"
        f" and England, {first} to {last}",
    )


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
