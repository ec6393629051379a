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
from sendlib.methods import compare, intervals, mix
from sendlib.questions.answer import Answer, Figure, Headline, Note, Table, count_of, listed, percent, written
from sendlib.questions.comparators import DEFAULT, Comparators, choose, known_areas
from sendlib.store import Store
from sendlib.tables.needs import NEEDS, PLANS, UNKNOWN
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE

NAME = "needs"
WORDS = "Which needs do children have, and is that unusual?"
WARN_UNKNOWN = 5.0
"""Per cent of plans without a recorded need above which the page warns."""
SMALL = 50
"""Fewer plans than this, and one child more or less moves the mix visibly."""
PERIOD = "2025-01"

MIX_COLUMNS = {
    "need": "primary need (code)",
    "name": "primary need",
    "count": "children and young people whose plan names it as the primary need",
    "share": "per cent of the plans with a recorded need",
    "low": "lower limit of the 95 % Wilson interval of the share, per cent",
    "high": "upper limit of the 95 % Wilson interval of the share, per cent",
    "comparator_mean": "mean of the comparators' shares, per cent",
    "comparator_median": "median of the comparators' shares, per cent",
    "comparator_min": "smallest share among the comparators, per cent",
    "comparator_max": "largest share among the comparators, per cent",
    "england": "England's share, per cent",
    "difference": "share less the comparators' mean, percentage points",
    "ratio": "share divided by the comparators' mean",
    "status": "value, or why there is none",
}


@lru_cache(maxsize=8)
def counts(store: Store) -> pd.DataFrame:
    """All plans by need: one row an area (authorities and England), one column a need, `unknown` and `plans`."""
    table = store.table("needs")
    rows = table[table["scope"].eq("all") & table["characteristic"].eq("total")]
    wide = rows.pivot(index="area_code", columns="need", values="value")
    return pd.DataFrame(wide[[*NEEDS, UNKNOWN, PLANS]].to_numpy(), index=wide.index.astype(str), columns=[*NEEDS, UNKNOWN, PLANS])


@lru_cache(maxsize=8)
def all_shares(store: Store) -> pd.DataFrame:
    """Shares (0..1) of the needs in every area's plans with a recorded need."""
    table = counts(store)
    return pd.DataFrame(mix.shares(table[list(NEEDS)].to_numpy()), index=table.index, columns=list(NEEDS))


def ask(store: Store, area: Area, comparators: str = DEFAULT) -> Answer:
    """The answer for an area. Raises UnknownChoice, UnknownArea and SnapshotDamaged."""
    others = choose(store, area, comparators)
    own = counts(store).loc[area.code]
    table = mix_table(store, area, others)
    unknown = 100 * own[UNKNOWN] / own[PLANS]
    notes = _notes(area, others, own, unknown, table)
    return Answer(
        question=NAME,
        words=WORDS,
        area=area,
        comparators=others.label,
        title=_title(area, others, own, table),
        headline=_headline(area, others, own, table),
        figures=_figures(others, own, unknown, table, counts(store).loc[ENGLAND]),
        lead="mix",
        tables={
            "mix": Table(
                table,
                f"EHC plans by primary need, {area.name}, January 2025, per cent of the plans with a recorded need",
                MIX_COLUMNS,
                ("needs",),
            ),
            "comparators": Table(
                _comparator_table(store, others),
                f"Shares of each need among the comparators of {area.name}, January 2025, per cent",
                {"area_code": "3-digit code", "area": "authority", "closeness": "DfE's word for how close it is",
                 "need": "primary need (code)", "name": "primary need", "share": "per cent of plans with a recorded need"},
                ("needs", "neighbours"),
            ),
        },
        cannot_tell=(
            "Whether the children differ or the recording does: the primary need is what the authority wrote in the plan.",
            "More than one need for each child, and how complex needs are.",
            "Needs of children without a plan, and needs that nobody has identified.",
        ),
        could_change=(
            "What schools and services are commissioned for, and where specialist teachers are needed.",
            "How needs are recorded: a question for SENCOs and panels before it is one about children.",
        ),
        sources={name: store.info(name).sources for name in ("needs", "neighbours")},
        notes=tuple(notes),
    )


def mix_table(store: Store, area: Area, others: Comparators) -> pd.DataFrame:
    """One row a need, sorted by the difference from the comparators' mean (largest first)."""
    own_counts = counts(store).loc[area.code, list(NEEDS)].to_numpy(dtype=float)
    known = own_counts.sum()
    share = 100 * all_shares(store).loc[area.code].to_numpy()
    low, high = intervals.wilson(own_counts, known)
    theirs = 100 * all_shares(store).reindex(list(others.codes)).dropna().to_numpy()
    blank = np.full(len(NEEDS), np.nan)
    mean = theirs.mean(axis=0) if len(theirs) else blank
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(mean > 0, share / mean, np.nan)
    table = pd.DataFrame(
        {
            "need": list(NEEDS),
            "name": list(NEEDS.values()),
            "count": own_counts,
            "share": share,
            "low": 100 * low,
            "high": 100 * high,
            "comparator_mean": mean,
            "comparator_median": np.median(theirs, axis=0) if len(theirs) else blank,
            "comparator_min": theirs.min(axis=0) if len(theirs) else blank,
            "comparator_max": theirs.max(axis=0) if len(theirs) else blank,
            "england": 100 * all_shares(store).loc[ENGLAND].to_numpy(),
            "difference": share - mean,
            "ratio": ratio,
            "status": np.where(np.isnan(share), NOT_AVAILABLE, VALUE),
        }
    )
    key = table["difference"].fillna(table["share"])
    return table.assign(key=key).sort_values("key", ascending=False, kind="stable", ignore_index=True).drop(columns="key")


def _comparator_table(store: Store, others: Comparators) -> pd.DataFrame:
    areas = known_areas(store)
    rows = all_shares(store).reindex(list(others.codes))
    return pd.DataFrame(
        {
            "area_code": np.repeat(others.codes, len(NEEDS)),
            "area": np.repeat([areas.get(code).name for code in others.codes], len(NEEDS)),
            "closeness": np.repeat([others.closeness.get(code, "") for code in others.codes], len(NEEDS)),
            "need": np.tile(list(NEEDS), len(others.codes)),
            "name": np.tile(list(NEEDS.values()), len(others.codes)),
            "share": 100 * rows.to_numpy().ravel(),
        }
    )


def _extremes(table: pd.DataFrame) -> tuple[pd.Series | None, pd.Series | None]:
    """The need furthest above and the one furthest below the comparators' mean, if there is any at one decimal."""
    known = table.dropna(subset=["difference"])
    up = known.iloc[0] if len(known) and round(known.iloc[0]["difference"], 1) > 0 else None
    down = known.iloc[-1] if len(known) and round(known.iloc[-1]["difference"], 1) < 0 else None
    return up, down


def _tied(table: pd.DataFrame, row: pd.Series) -> list[str]:
    """The needs that share a row's difference at one decimal, in words."""
    same = table[table["difference"].round(1).eq(round(row["difference"], 1))]
    return [_in_sentence(name) for name in same["name"]]


def _in_sentence(name: str) -> str:
    return name[0].lower() + name[1:]


def _title(area: Area, others: Comparators, own: pd.Series, table: pd.DataFrame) -> str:
    """At most ten words; the caption below it names the area, the measure and the time."""
    if own[PLANS] < SMALL:
        return f"Too few plans in {area.short_name} to compare"
    up, down = _extremes(table)
    row = up if up is not None and (down is None or up["difference"] >= -down["difference"]) else down
    if row is None:
        return f"Much the same needs as {_mean_of(others)}"
    names = _tied(table, row)
    short = SHORT[str(row["need"])] if len(names) == 1 else f"of {len(names)} needs"
    return f"{'More' if row['difference'] > 0 else 'Less'} {short} than {_mean_of(others)}"


SHORT = {
    "asd": "autism", "slcn": "speech and language need", "semh": "social and emotional need",
    "mld": "moderate learning difficulty", "sld": "severe learning difficulty", "pd": "physical disability",
    "spld": "specific learning difficulty", "hi": "hearing impairment", "pmld": "profound learning difficulty",
    "oth": "other difficulty", "vi": "vision impairment", "msi": "multi-sensory impairment",
}  # fmt: skip
"""Needs in as few words as a title allows."""


def _mean_of(others: Comparators) -> str:
    return {"neighbours": "its neighbours", "region": "its region", "all authorities": "most authorities"}.get(
        others.short, "those compared"
    )


def _headline(area: Area, others: Comparators, own: pd.Series, table: pd.DataFrame) -> Headline:
    name, plans = area.short_name, int(own[PLANS])
    most = table.sort_values("share", ascending=False).iloc[0]
    if plans < SMALL:
        few = f"Only {count_of(plans, 'child has', 'children have')} an EHC plan from {name}"
        return Headline(
            families=f"{few}. With so few, the share of each need says little.",
            councillor=f"{few}: one child more or less moves every share, so no comparison is drawn.",
            analyst=f"{few} (January 2025); shares are shown with their intervals and should not be compared.",
        )
    up, down = _extremes(table)
    largest = f"The most common need is {_in_sentence(most['name'])}, named in {percent(most['share'])} of plans."
    if up is None and down is None:
        if table["comparator_mean"].isna().all():
            nothing = f"{largest} There is nobody to compare {name} with."
            return Headline(nothing, nothing, nothing)
        same = f"In {name} the mix of needs is about the same as among {others.label}."
        return Headline(f"{same} {largest}", f"{same} {largest}", f"{same} No need differs by 0.1 points or more. {largest}")
    parts = []
    for row, word in ((up, "more"), (down, "less")):
        if row is not None:
            parts.append((row, word))
    families = " ".join(
        f"{_first_upper(_needs_of(table, row))} {_is(table, row)} named {word} often than among {others.label}:"
        f" about {_in_a_hundred(row['share'])} in 100 plans, against {_in_a_hundred(row['comparator_mean'])}."
        if len(_tied(table, row)) == 1
        else f"{_first_upper(_needs_of(table, row))} are named {word} often than among {others.label}."
        for row, word in parts
    )
    councillor = f"In {name}, " + " and ".join(
        f"{_needs_of(table, row)} {_is(table, row)} {'above' if word == 'more' else 'below'} the average of {others.label}"
        f" ({percent(row['share'])} of plans, against {percent(row['comparator_mean'])})"
        if len(_tied(table, row)) == 1
        else f"{_needs_of(table, row)} are {'above' if word == 'more' else 'below'} the average of {others.label}"
        f" (by {written(abs(row['difference']), 1)} points each)"
        for row, word in parts
    )
    analyst = " ".join(
        f"{_first_upper(_in_sentence(row['name']))}: {percent(row['share'])} (95% interval {percent(row['low'])} to"
        f" {percent(row['high'])}) against a mean of {percent(row['comparator_mean'])} and a range of"
        f" {percent(row['comparator_min'])} to {percent(row['comparator_max'])} among {others.label};"
        f" {written(row['difference'], 1, signed=True)} points."
        for row, _ in parts
    )
    return Headline(families=f"{families} {largest}", councillor=f"{councillor}.", analyst=f"{analyst} {largest}")


def _needs_of(table: pd.DataFrame, row: pd.Series) -> str:
    return listed(_tied(table, row))


def _is(table: pd.DataFrame, row: pd.Series) -> str:
    plural = len(_tied(table, row)) > 1 or str(row["need"]) == "slcn"
    return "are" if plural else "is"


def _first_upper(text: str) -> str:
    return text[0].upper() + text[1:]


def _in_a_hundred(share: float) -> str:
    return "fewer than 1" if 0 < share < 0.5 else written(share)


def _figures(
    others: Comparators, own: pd.Series, unknown: float, table: pd.DataFrame, england: pd.Series
) -> tuple[Figure, ...]:
    figures = []
    for row, label in zip(_extremes(table), ("Furthest above", "Furthest below"), strict=True):
        if own[PLANS] < SMALL:
            figures.append(Figure(label, None, "points", "too few plans to compare", status=NOT_AVAILABLE))
        elif row is None:
            figures.append(Figure(label, None, "points", f"no need is {label.split()[1]} the mean of {others.label}", status=NOT_AVAILABLE))
        else:
            tied = len(_tied(table, row)) - 1
            more = f" (and {tied} more)" if tied else ""
            figures.append(
                Figure(
                    f"{label}: {row['name']}{more}", float(row["difference"]), "points",
                    f"{percent(row['share'])} of plans; {others.short} {percent(row['comparator_mean'])}, England {percent(row['england'])}",
                    compare.direction(row["share"], row["comparator_mean"], close=0.0), signed=True,
                )
            )  # fmt: skip
    of_england = 100 * england[UNKNOWN] / england[PLANS]
    figures.append(
        Figure("Plans without a recorded need", float(unknown), "%", f"England {percent(of_england)}",
               compare.direction(unknown, of_england))
    )  # fmt: skip
    return tuple(figures)


def _notes(area: Area, others: Comparators, own: pd.Series, unknown: float, table: pd.DataFrame) -> list[Note]:
    notes = [
        Note("definition", "A share is of the plans with a recorded primary need; plans without one are left out of the mix."),
        Note("definition", f"The mean is the plain mean of the shares of {others.label}, as DfE works it out."),
        Note("break", "Needs by authority were first published for January 2025, so there is no trend yet."),
    ]
    if others.caution:
        notes.append(Note("caution", others.caution))
    if unknown > WARN_UNKNOWN:
        notes.append(
            Note("caution", f"{percent(unknown)} of the plans have no recorded need: the mix of the rest may be another.")
        )
    if own[PLANS] < SMALL:
        notes.append(Note("caution", f"{area.short_name} maintains {count_of(int(own[PLANS]), 'plan', 'plans')}: shares of so few say little."))
    none = [str(name) for name in table.loc[table["count"].eq(0), "name"]]
    if none:
        notes.append(Note("definition", f"No plan names {', '.join(_in_sentence(name) for name in none)} as the primary need."))
    return notes
