"""Which needs do children have, and is that unusual?

The mix of primary needs in the EHC plans that an authority maintains, beside
the mixes of its comparators. Shares are of plans with a recorded need; plans
without one are shown and left out of the mix.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

from sendlib.areas import ENGLAND, Area
from sendlib.methods import compare, mix
from sendlib.questions import latest, who
from sendlib.questions import mixes as mixing
from sendlib.questions.alike import alike
from sendlib.questions.answer import Answer, Figure, Note, Table, listed, percent, written
from sendlib.questions.comparators import CHOICES, DEFAULT, Comparators, choose, known_areas
from sendlib.questions.mixes import SMALL, UNUSUAL, Mixes
from sendlib.questions.needs import columns as needs_columns
from sendlib.questions.needs import recording
from sendlib.questions.needs import words as needs_words
from sendlib.questions.needs.words import extremes, in_sentence, tied
from sendlib.store import Store
from sendlib.tables.features import FEATURES
from sendlib.tables.needs import NEEDS, PLANS, UNKNOWN
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE

NAME = "needs"
WORDS = "Which needs do children have, and is that unusual?"
WARN_UNKNOWN = 5.0
"""Per cent of plans without a recorded need above which the page warns."""

_SENSORY = {"sensory": ["hi", "vi", "msi"]}


def ask(store: Store, area: Area, comparators: str = DEFAULT, move: str = "") -> Answer:
    """The answer for an area.

    `move` is a what-if such as `semh:mld:25` (recording.parse). Raises
    UnknownChoice, UnknownArea and SnapshotDamaged.
    """
    others = choose(store, area, comparators)
    mixes = mixing.of(store, area.code, others)
    row = mixes.row(area.code)
    own = mixing.counts(store).loc[area.code]
    table = mix_table(store, mixes, area)
    divergence, more_than = float(mixes.divergence[row]), float(mixes.more_unusual_than[row])
    if own[PLANS] < SMALL:
        more_than = float("nan")
    what_if = recording.parse(move) or recording.usual(table)
    unknown = 100 * own[UNKNOWN] / own[PLANS]
    return Answer(
        question=NAME,
        words=WORDS,
        area=area,
        comparators=others.label,
        title=needs_words.title(area, others, own, table),
        headline=needs_words.headline(area, others, own, table, divergence, more_than),
        figures=_figures(others, own, unknown, table, mixing.counts(store).loc[ENGLAND]),
        lead="mix",
        tables=_tables(store, area, others, mixes, table, what_if),
        cannot_tell=(
            "Whether the children differ or the recording does: the primary need is what the authority wrote in the plan.",
            "More than one need for each child, and how complex needs are.",
            "Needs of children without a plan, and needs that nobody has identified.",
        ),
        could_change=(
            "What schools and services are commissioned for, and where specialist teachers are needed.",
            "How needs are recorded: a question for SENCOs and panels before it is one about children.",
        ),
        sources={name: store.info(name).sources for name in ("needs", "neighbours", "school_needs", "features")},
        notes=(
            *_notes(store, area, others, own, unknown, table),
            *_about_the_whole(area, own, mixes, divergence, more_than, table),
            Note("what if", recording.sentence(mixes, area, others, what_if)),
        ),
    )


def mix_table(store: Store, mixes: Mixes, area: Area) -> pd.DataFrame:
    """One row a need, sorted by the difference from the comparators' mean (largest first)."""
    row = mixes.row(area.code)
    counts = mixes.counts[row]
    share, mean = 100 * mixes.shares[row], 100 * mixes.mean[row]
    low, high = mixing.wilson_percent(counts)
    q = mixes.q[row]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(mean > 0, share / mean, np.nan)
    table = pd.DataFrame(
        {
            "need": list(NEEDS),
            "name": list(NEEDS.values()),
            "count": counts,
            "share": share,
            "low": low,
            "high": high,
            "comparator_mean": mean,
            "comparator_median": 100 * mixes.median[row],
            "comparator_min": 100 * mixes.low[row],
            "comparator_max": 100 * mixes.high[row],
            "england": 100 * mixing.england(store),
            "difference": share - mean,
            "ratio": ratio,
            "divergence_part": mixes.parts[row],
            "unusual": np.where(np.isnan(q), "not tested", np.where(q < UNUSUAL, "yes", "no")),
            "q_value": q,
            "status": np.where(np.isnan(share), NOT_AVAILABLE, VALUE),
        }
    )
    order = np.argsort(-np.where(np.isnan(share - mean), share, share - mean), kind="stable")
    return table.take(order).reset_index(drop=True)


def _tables(
    store: Store, area: Area, others: Comparators, mixes: Mixes, table: pd.DataFrame, move: recording.Move
) -> dict[str, Table]:
    name = area.name
    now, flow = (latest.said(latest.needs_period(store, scope)) for scope in ("all", "new"))
    tables = {
        "mix": Table(
            table,
            f"EHC plans by primary need, {name}, {now}, per cent of the plans with a recorded need",
            needs_columns.MIX,
            ("needs",),
        ),
        "comparators": Table(
            _each_comparator(store, others, mixes),
            f"Shares of each need among those compared with {name}, {now}, per cent",
            needs_columns.EACH,
            ("needs", "neighbours", "features"),
        ),
        "divergence": Table(
            _divergence(store, mixes, area),
            f"How far the whole mix of {name} is from others, {now} (Jensen-Shannon divergence: 0 the same, 1 nothing in common)",
            needs_columns.DIVERGENCE,
            ("needs", "neighbours"),
        ),
        "log_ratio": Table(
            _log_ratios(area, others, mixes),
            f"Each need relative to the typical need, {name} and those compared, {now}, hearing, vision and"
            " multi-sensory impairment together (doublings)",
            needs_columns.LOG_RATIO,
            ("needs",),
        ),
        "funnel": Table(
            _funnel(store, area, others),
            f"Share of each need in every authority by its number of plans, {now}, with limits for an authority like"
            " the others",
            needs_columns.FUNNEL,
            ("needs",),
        ),
        "age": Table(
            who.by(store, "age", area.code), f"EHC plans by primary need and age, {name}, {now}", who.OF_A_CROSS["age"], ("needs",)
        ),
        "sex": Table(
            who.by(store, "sex", area.code), f"EHC plans by primary need and sex, {name}, {now}", who.OF_A_CROSS["sex"], ("needs",)
        ),
        "placement": Table(
            who.by(store, "placement", area.code), f"EHC plans by primary need and placement, {name}, {now}", who.OF_A_CROSS["placement"], ("needs",)
        ),
        "new_plans": Table(
            who.new_and_all(store, area.code),
            f"Primary needs of all plans ({now}) and of the plans that started in {flow}, {name}",
            who.OF_NEW_AND_ALL,
            ("needs",),
        ),
        "schools": Table(
            who.in_schools(store, area.code),
            f"Pupils with SEN support or an EHC plan by primary need, schools located in {name}, school year 2022/23:"
            " other children than those with a plan from the authority",
            who.OF_SCHOOLS,
            ("school_needs",),
        ),
        "recording": Table(
            recording.moved_table(mixes, area.code, move)[0],
            f"What if {move.percent}% of the plans in {name} that name {in_sentence(NEEDS[move.source])} named"
            f" {in_sentence(NEEDS[move.target])}: arithmetic on {now}, not a published figure",
            needs_columns.RECORDING,
            ("needs",),
        ),
    }  # fmt: skip
    if others.choice == "own":
        tables["features"] = Table(
            _features(store, area, others),
            f"What {name} and the ten authorities most alike are like, and how far each is",
            needs_columns.features([code for code in FEATURES if code in alike(store).features.columns]),
            ("features",),
        )  # fmt: skip
    return tables


def _each_comparator(store: Store, others: Comparators, mixes: Mixes) -> pd.DataFrame:
    areas = known_areas(store)
    codes, needs = list(others.codes), list(NEEDS)
    places = [mixes.row(code) for code in codes]
    return pd.DataFrame(
        {
            "area_code": np.repeat(codes, len(needs)),
            "area": np.repeat([areas.get(code).name for code in codes], len(needs)),
            "closeness": np.repeat([others.closeness.get(code, "") for code in codes], len(needs)),
            "need": np.tile(needs, len(codes)),
            "name": np.tile(list(NEEDS.values()), len(codes)),
            "share": 100 * mixes.shares[places].ravel(),
        }
    )


def _divergence(store: Store, mixes: Mixes, area: Area) -> pd.DataFrame:
    row = mixes.row(area.code)
    england = mixing.england(store)
    own = mixes.shares[row]
    return pd.DataFrame(
        {
            "compared_with": ["Mean of those compared", "England"],
            "divergence": [mixes.divergence[row], float(mix.divergence(own, england))],
            "more_unusual_than": [np.nan if mixes.counts[row].sum() < SMALL else 100 * mixes.more_unusual_than[row], np.nan],
            "driven_by": [listed(_drivers(mixes.parts[row])), listed(_drivers(mix.divergence_parts(own, england)))],
        }
    )


def _drivers(parts: np.ndarray) -> list[str]:
    """The fewest needs that make up half of a divergence, at most three, largest first."""
    if np.isnan(parts).any() or parts.sum() <= 0:
        return []
    order = np.argsort(-parts)
    enough = int(np.searchsorted(np.cumsum(parts[order]) / parts.sum(), 0.5)) + 1
    return [in_sentence(list(NEEDS.values())[place]) for place in order[: min(enough, 3)]]


def _log_ratios(area: Area, others: Comparators, mixes: Mixes) -> pd.DataFrame:
    names = {**{need: name for need, name in NEEDS.items() if need not in _SENSORY["sensory"]}, "sensory": "Hearing, vision or multi-sensory impairment"}
    order = list(NEEDS)
    merged = mix.merged(mixes.counts, [[order.index(part) for part in _SENSORY.get(need, [need])] for need in names])
    ratios = mix.centred_log_ratios(merged)
    own = ratios[mixes.row(area.code)]
    mean = ratios[[mixes.row(code) for code in others.codes]].mean(axis=0) if others.codes else np.full(len(names), np.nan)
    frame = pd.DataFrame({"need": list(names), "name": list(names.values()), "own": own, "comparator_mean": mean, "difference": own - mean})
    return frame.sort_values("difference", ascending=False, kind="stable", ignore_index=True)


def _funnel(store: Store, area: Area, others: Comparators) -> pd.DataFrame:
    frame = mixing.funnels(store)
    names = known_areas(store).names
    group = np.where(frame["area_code"].eq(area.code), "own area", np.where(frame["area_code"].isin(others.codes), "compared", "other"))
    return frame.assign(area=frame["area_code"].map(names), group=group)


@lru_cache(maxsize=8)
def _plain_features(store: Store) -> pd.DataFrame:
    table = store.table("features").astype({"area_code": str, "feature": str})
    return table.pivot(index="area_code", columns="feature", values="value")[list(FEATURES)]


def _features(store: Store, area: Area, others: Comparators) -> pd.DataFrame:
    found = alike(store)
    codes = [area.code, *others.codes]
    row = found.codes.index(area.code)
    plain = _plain_features(store)
    areas = known_areas(store)
    compared = [name for name in FEATURES if name in found.features.columns]
    # Where pupils were counted before an authority began, the values used are those of the one that stood there.
    values = plain.reindex(codes).fillna(pd.DataFrame({code: plain.loc[areas.predecessors(code)[0][0]] for code in codes if code in found.borrowed}).T)
    frame = values[compared].reset_index(drop=True)
    frame.insert(0, "area", [known_areas(store).names[code] for code in codes])
    frame.insert(1, "distance", [float(found.distance[row, found.codes.index(code)]) for code in codes])
    frame["london"] = ["yes" if areas.get(code).region_name == "London" else "no" for code in codes]
    frame["county"] = ["yes" if areas.get(code).authority_type == "County" else "no" for code in codes]
    return frame


def _figures(
    others: Comparators, own: pd.Series, unknown: float, table: pd.DataFrame, england: pd.Series
) -> tuple[Figure, ...]:
    figures = []
    for row, label in zip(extremes(table), ("Furthest above", "Furthest below"), strict=True):
        if own[PLANS] < SMALL:
            figures.append(Figure(label, None, "points", "too few plans to compare", status=NOT_AVAILABLE))
        elif row is None:
            beside = "there is nobody to compare with" if table["comparator_mean"].isna().all() else f"no need is {label.split()[1]} the mean of {others.label}"
            figures.append(Figure(label, None, "points", beside, status=NOT_AVAILABLE))
        else:
            more = len(tied(table, row)) - 1
            figures.append(
                Figure(
                    f"{label}: {row['name']}{f' (and {more} more)' if more else ''}",
                    float(row["difference"]),
                    "points",
                    f"{percent(row['share'])} of plans; {others.short} {percent(row['comparator_mean'])}, England {percent(row['england'])}",
                    compare.HIGHER if row["difference"] > 0 else compare.LOWER,
                    signed=True,
                )
            )
    of_england = 100 * england[UNKNOWN] / england[PLANS]
    figures.append(
        Figure("Plans without a recorded need", float(unknown), "%", f"England {percent(of_england)}", compare.direction(unknown, of_england))
    )
    return tuple(figures)


def _notes(store: Store, area: Area, others: Comparators, own: pd.Series, unknown: float, table: pd.DataFrame) -> list[Note]:
    notes = [
        Note("definition", "A share is of the plans with a recorded primary need; plans without one are left out of the mix."),
        Note("definition", f"The mean is the plain mean of the shares of {others.label}, as DfE works it out."),
        Note(
            "definition",
            "A need is called unusual when its share stands outside the range that one more authority like those compared"
            " would be expected in (a prediction interval on logit shares), with false alarms held below one in twenty of such"
            f" calls among {'all authorities and needs' if others.choice in CHOICES else 'the needs of this area'}. That is stricter"
            " than to lie outside the range of those compared. No chi-square test is used: it calls every authority different.",
        ),
        Note("break", "Needs by authority were first published for January 2025: no earlier year is held."),
    ]
    if others.choice == "own":
        found = alike(store)
        kept = [in_sentence(FEATURES[name].name) for name in found.features.columns if name in FEATURES]
        gone = [in_sentence(FEATURES[name].name) for name in found.dropped if name in FEATURES]
        text = f"Authorities alike are near in {listed(kept)}, and in being in London or a county, as z-scores."
        notes.append(Note("definition", text + (f" Left out because it says the same again: {listed(gone)}." if gone else "")))
    if others.caution:
        notes.append(Note("caution", others.caution))
    if unknown > WARN_UNKNOWN:
        notes.append(
            Note("caution", f"{percent(unknown)} of the plans have no recorded need: the mix of the rest may be another.")
        )
    none = [in_sentence(str(name)) for name in table.loc[table["count"].eq(0), "name"]]
    if none:
        notes.append(Note("definition", f"No plan names {listed(none)} as the primary need."))
    return notes


def _about_the_whole(
    area: Area, own: pd.Series, mixes: Mixes, divergence: float, more_than: float, table: pd.DataFrame
) -> list[Note]:
    """The divergence in words, and what drives it."""
    if own[PLANS] < SMALL or np.isnan(divergence):
        return [Note("divergence", f"How unusual the mix of {area.short_name} is as a whole can not be said.")]
    place = needs_words.how_unusual(more_than)
    drivers = _drivers(mixes.parts[mixes.row(area.code)])
    text = (
        f"As a whole, the mix of {area.short_name} has a Jensen-Shannon divergence of {written(divergence, 3)} from the mean of"
        f" those compared{f': {place}' if place else ''}{mixing.middle_of_all(mixes)}."
    )
    if drivers:
        text += f" Half of it or more comes from {listed(drivers)}." if len(drivers) < 3 else f" It comes mostly from {listed(drivers)}."
    return [Note("divergence", text), Note("divergence", needs_words.unusual_sentence(table))]
