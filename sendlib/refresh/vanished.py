"""Authorities that are gone from a new release: which they are, and whether anything is said of them.

Percentages do not add up to anything, so no sum misses an authority that has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from sendlib.areas import Areas
from sendlib.refresh.checks import Problem, before_it
from sendlib.store import Store

MOST_GONE = 3
"""As many authorities may be without a row for a new period: as many had none for plans that ceased in 2023, and never
more."""
NEARLY_ALL = 0.9
"""Of the authorities must have had a figure before this part, or one that has none is no surprise (nobody aged 25 has a
plan there)."""
MOST_NAMED = 12
"""Authorities named in a note; of more their number is told."""


def abolished(store: Store) -> set[str]:
    """Codes of authorities that others took the place of.

    One whose code goes on, as Cornwall's did, is not among them.
    """
    changes = store.table("area_changes")
    going_on = {code for codes in changes["new_area_codes"].astype(str) for code in codes.split(";")}
    return set(changes["old_area_code"].astype(str)) - going_on


def areas_by_period(frame: pd.DataFrame) -> dict[str, set[str]]:
    """Period -> areas that have any figure in it."""
    held = frame.loc[frame["value"].notna(), ["period", "area_code"]].drop_duplicates().astype(str)
    return {str(period): set(areas) for period, areas in held.groupby("period")["area_code"]}


def authorities_without(
    come: pd.DataFrame, held: set[str], past: set[str], present: Mapping[str, set[str]] | None = None
) -> pd.DataFrame:
    """Authorities that had a figure and have none in a period that is not held: period, measure, area, silent.

    Only measures that nearly all authorities had are looked at. `silent`: not even
    a row says that there is none, or the authority has no figure of any kind,
    also in the rest of the table where `come` is only some of it (`present`: period -> areas with any figure).
    """
    authorities = come[come["kind"].eq("authority") & ~come["area"].isin(past)]
    parts = []
    for period in sorted(set(come["period"].unique()) - held):
        parts.append(
            _without(
                before_it(authorities, period),
                authorities[authorities["period"].eq(period)],
                present.get(period, set()) if present is not None else _with_any(come, period),
            ).assign(period=period)
        )
    return (
        pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["period", "measure", "area", "silent"])
    )


def _with_any(come: pd.DataFrame, period: str) -> set[str]:
    return set(come.loc[come["period"].eq(period) & come["value"].notna(), "area"].unique())


def _without(before: pd.DataFrame, now: pd.DataFrame, present: set[str]) -> pd.DataFrame:
    """What `authorities_without` tells, of one period and the one before it; measures that ended are left out."""
    had = before.loc[before["value"].notna() & before["measure"].isin(now["measure"].unique()), ["measure", "area"]]
    number = had.groupby("measure")["area"].nunique()
    had = had[had["measure"].isin(number.index[number.ge(NEARLY_ALL * had["area"].nunique())])]
    rows = had.merge(now[["measure", "area", "value"]], on=["measure", "area"], how="left", indicator="row")
    empty = rows[rows["value"].isna()]
    silent = empty["row"].eq("left_only") | ~empty["area"].isin(present)
    return empty[["measure", "area"]].assign(silent=silent)


def gone(without: pd.DataFrame, store: Store) -> Iterator[Problem]:
    """What is wrong where more authorities than a few are gone from a new period without a word."""
    for (period, measure), areas in without[without["silent"].astype(bool)].groupby(["period", "measure"])["area"]:
        if areas.nunique() > MOST_GONE:
            yield Problem(
                f"{areas.nunique()} authorities that had figures before have none for {period}, {measure}:"
                f" {_names(areas, store)}.",
                measure,
            )


def named(without: Sequence[pd.DataFrame], store: Store) -> str:
    """A note that names the authorities without figures for a new period."""
    some = [frame for frame in without if len(frame)]
    together = pd.concat(some, ignore_index=True) if some else pd.DataFrame(columns=["period", "area"])
    return " ".join(
        f"Without figures for {period}, some or all: {_names(areas, store)}."
        for period, areas in together.groupby("period")["area"]
    )


def _names(codes: pd.Series, store: Store) -> str:
    known = Areas(store.table("areas"), store.table("area_changes")).names
    names = sorted(known.get(code, code) for code in codes.unique())
    return ", ".join(names[:MOST_NAMED]) + (f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else "")
