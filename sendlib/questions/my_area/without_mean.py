"""Why there is no figure of those compared, and who of them lacks one."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from sendlib.answer import Note, Text
from sendlib.answer.numbers import capital, listed
from sendlib.compared import doubtful, means
from sendlib.compared.comparators import Comparators, known_areas
from sendlib.compared.rates import pupils_by_year, rate_labels, rates_for_means
from sendlib.questions.my_area.choices import KINDS
from sendlib.store import Store

BEGAN_LATER = "began later"
DOUBTFUL = "doubtful number of plans"
NO_NUMBERS = "published without the numbers of pupils"
"""Why several authorities together have no share of pupils."""


def lacking(
    store: Store,
    values: pd.Series,
    others: Comparators,
    january: str,
    doubted: Collection[str] = (),
    shares_of: str = "",
) -> dict[str, str]:
    """Those compared who have no figure in `values` that counts, and why: area -> reason. `january`: when it is of;
    `doubted`: codes of those whose figure is doubtful; `shares_of`: the school year, where they are shares of
    pupils."""
    areas, found = known_areas(store), {}
    for code in others.codes:
        area = areas.get(code)
        if code in others.too_small and not others.alone:
            found[area.name] = means.TOO_SMALL
        elif code in doubted:
            found[area.name] = DOUBTFUL
        elif pd.isna(values.get(code)):
            together = bool(shares_of) and len(area.parts) > 1
            found[area.name] = (
                NO_NUMBERS if together else BEGAN_LATER if area.valid_from[:7] > january else "not available"
            )
    return found


def why(others: Comparators, reasons: Mapping[str, str]) -> str:
    """Why there is no figure of those compared, and who lacks one; nothing where there is one."""
    number = len(others.codes)
    return means.why(number - len(reasons), number, reasons)


def notes(store: Store, others: Comparators, rated: str) -> list[Note]:
    """Where the lines of pupils and the rates have no figure of those compared, and why. `rated`: the January of the
    rate of all ages."""
    of_pupils = {kind: _by_reason(_of_pupils(store, others, kind)) for kind in ("ehc_plan", "sen_support")}
    found = [
        Note(
            "missing", Text(f"{KINDS[kind]}: {others.the_mean} is not available for {told}."), "pupils_over_time", kind
        )
        for kind, told in of_pupils.items()
        if told
    ]
    if told := _by_reason(_of_rates(store, others, rated), "any of the rates"):
        found.append(Note("missing", Text(f"{capital(others.the_mean)} is not available for {told}."), "rates"))
    return found


def _why_none(
    store: Store,
    values: pd.Series,
    others: Comparators,
    january: str,
    doubted: Collection[str] = (),
    shares_of: str = "",
) -> str:
    """The same for `values`, which mostly have a figure: who lacks one is looked for only where there is none."""
    small = () if others.alone else others.too_small
    counted = [code for code in others.codes if code not in small and code not in doubted]
    known = int(values.reindex(counted).notna().sum())
    if means.given(np.array(known), len(others.codes)):
        return ""
    return why(others, lacking(store, values, others, january, doubted, shares_of))


def _of_pupils(store: Store, others: Comparators, kind: str) -> dict[str, str]:
    """School year -> why there is no figure of those compared, empty where there is one."""
    return {
        str(year): _why_none(store, shares, others, f"{int(str(year)[:4]) + 1}-01", shares_of=str(year))
        for year, shares in pupils_by_year(store)[kind].items()
    }


def _of_rates(store: Store, others: Comparators, last: str) -> dict[str, str]:
    """The same of each rate, by what it is in words."""
    table = rates_for_means(store, last)
    doubted = doubtful.areas_in_doubt(store, doubtful.PLANS, last)
    return {
        label: _why_none(store, table[name], others, last, doubted if name == "all_ages" else ())
        for name, label in rate_labels(store, last).items()
    }


def _by_reason(reasons: Mapping[str, str], every: str = "any year") -> str:
    """`2015/16 and 2016/17 (none of the 4 has one)`: what has no figure, by the reason; `every` stands for all."""
    parts: dict[str, list[str]] = {}
    for name, reason in reasons.items():
        if reason:
            parts.setdefault(reason, []).append(name)
    return "; ".join(
        f"{every if len(names) == len(reasons) else listed(names)} ({reason})" for reason, names in parts.items()
    )
