"""The tables of My area, and the numbers that its sentences are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sendlib.answer import Column, Table, Text, as_code
from sendlib.answer.numbers import listed
from sendlib.areas import ENGLAND, Area
from sendlib.compared import latest, means
from sendlib.compared.comparators import Comparators, known_areas
from sendlib.compared.latest import five_years_before
from sendlib.compared.rates import plans_in_place, pupils_by_year, pupils_now, rate_labels, rates
from sendlib.methods import compare
from sendlib.questions.my_area import breakdowns, columns, without_mean
from sendlib.questions.my_area.choices import KINDS
from sendlib.store import Store
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE

MOST_LINES = 4


@dataclass(frozen=True)
class Shares:
    """Per cent of pupils by kind (`ehc_plan`, `sen_support`, `neither`): the area's and those compared's, empty where
    there are none.

    `whole` and `whole_of_others`: the same as whole figures that add up to 100. `why_none`: why there is no figure of
    those compared, and who lacks one.
    """

    own: Mapping[str, float]
    others: Mapping[str, float]
    whole: tuple[int, ...]
    whole_of_others: tuple[int, ...]
    why_none: str


@dataclass(frozen=True)
class Change:
    """Change of plans over five years, per cent, NaN where not available; and the plans before and after.

    `left_out`: those compared who lack one, with the reason; `why_none`: why there is no figure of those compared.
    """

    own: float
    others: float
    england: float
    before: float
    after: float
    left_out: Mapping[str, str]
    why_none: str


def shares(store: Store, area: Area, others: Comparators) -> Shares:
    """The shares of the newest school year."""
    now = pupils_now(store)[["ehc_plan", "sen_support"]]
    mean = means.of_table(store, now, others.codes)
    own, whole = _three(now.loc[area.code].to_numpy(dtype=float))
    theirs, whole_of_others = _three(mean.mean)
    year = latest.school_year(store)
    both = now.sum(axis=1, skipna=False)  # no figure where one of the two has none
    reasons = without_mean.lacking(store, both, others, f"{int(year[:4]) + 1}-01")
    return Shares(own, theirs, whole, whole_of_others, "" if theirs else without_mean.why(others, reasons))


def _three(two: np.ndarray) -> tuple[dict[str, float], tuple[int, ...]]:
    """Shares of plans, of SEN support and of neither, and the same as whole figures; nothing where one is missing."""
    if np.isnan(two).any():
        return {}, ()
    plan, support = (float(value) for value in two)
    found = dict(zip(KINDS, (plan, support, 100 - plan - support), strict=True))
    return found, tuple(compare.out_of_hundred(plan, support))


def change(store: Store, area: Area, others: Comparators) -> Change:
    """Change of plans over the five years to the newest January."""
    table = plans_in_place(store)
    last = latest.january(store)
    before = five_years_before(last)
    grown = 100 * (table[last] / table[before] - 1)
    left_out = without_mean.lacking(store, grown, others, before)
    return Change(
        own=float(grown.get(area.code, np.nan)),
        others=means.of_series(store, grown, others.codes)[0],
        england=float(grown[ENGLAND]),
        before=float(table[before].get(area.code, np.nan)),
        after=float(table[last].get(area.code, np.nan)),
        left_out=left_out,
        why_none=without_mean.why(others, left_out),
    )


def all_of(store: Store, area: Area, others: Comparators, share: Shares) -> dict[str, Table]:
    """Every table of the answer; `hundred` is the lead picture's."""
    name, year, last = area.name, latest.school_year(store), latest.january(store)
    before = latest.said(five_years_before(last))
    sexed = [period[:4] for period in latest.periods(store, "plans", characteristic="sex")]
    placed = latest.periods(store, "placements")

    def table(
        data: pd.DataFrame, caption: str, described: Mapping[str, Column], sources: tuple[str, ...], heading: str
    ) -> Table:
        return Table(data, Text(caption), described, sources, heading)

    return {
        "hundred": table(
            _hundred(area, others, share, year),
            f"Pupils with an EHC plan, with SEN support and with neither, out of 100, {name} and {others.label},"
            f" school year {year}; schools located in the area",
            columns.HUNDRED,
            ("school_sen", "neighbours"),
            "",
        ),
        "stock": table(
            _stock(store, area),
            f"EHC plans (with statements of SEN until 2018) each January, {name}",
            columns.STOCK,
            ("plans", "area_changes"),
            "Plans in place: a stock, counted each January",
        ),
        "flow": table(
            breakdowns.flows(store).of(area.code),
            f"Plans that started and plans that ceased in each calendar year, {name}",
            columns.FLOW,
            ("process",),
            "Plans that start and cease: a flow over each calendar year",
        ),
        "rates": table(
            _rates(store, area, others),
            f"EHC plans per 1,000 residents, {name}",
            columns.RATES,
            ("plans", "population"),
            "Plans for every 1,000 residents",
        ),
        "pupils_over_time": table(
            _pupils_over_time(store, area, others),
            f"Pupils with an EHC plan and with SEN support, {name}, school years 2015/16 to {year}, per cent",
            columns.PUPILS,
            ("school_sen", "neighbours"),
            "Pupils with SEN over ten years",
        ),
        "age": table(
            breakdowns.ages(store).of(area.code),
            f"EHC plans by age, {name}, each January",
            columns.AGE,
            ("plans",),
            "Age of those with a plan",
        ),
        "sex": table(
            breakdowns.sexes(store).of(area.code),
            f"EHC plans by sex, {name}, January {listed(sexed)}",
            columns.SEX,
            ("plans",),
            "Sex of those with a plan",
        ),
        "placement": table(
            breakdowns.placement_groups(store).of(area.code),
            f"EHC plans by placement, {name}, January {placed[0][:4]} to {placed[-1][:4]}",
            columns.PLACEMENT,
            ("placements",),
            "Where those with a plan are placed",
        ),
        "comparators": table(
            _each_comparator(store, others),
            f"Each of {others.label}",
            columns.of_each(latest.said(last), before),
            ("school_sen", "plans", "neighbours"),
            "Each of those compared",
        ),
    }


def lines_of(data: pd.DataFrame) -> tuple[dict[str, str], str]:
    """What divides the plans of a breakdown (code -> words), and the largest four of the newest January."""
    by = next(name for name in ("age", "sex", "group") if name in data)
    known = data.dropna(subset=["share"])
    options = {as_code(name): name for name in dict.fromkeys(known.sort_values(by)[by].astype(str))}
    newest = known[known["period"].eq(known["period"].max())].sort_values("share", ascending=False)
    return options, ",".join(as_code(name) for name in newest[by].astype(str)[:MOST_LINES])


def _hundred(area: Area, others: Comparators, share: Shares, year: str) -> pd.DataFrame:
    """Three rows for the area and three for those compared; whole figures that add up to 100."""
    why = "" if share.own else f"not published for the school year {year}"
    groups = [(area.name, share.own, share.whole, why)]
    if others.codes:
        groups.append((others.mean_heading, share.others, share.whole_of_others, share.why_none))
    rows = [
        (group, words, held.get(kind, np.nan), whole[place] if whole else np.nan, VALUE if held else NOT_AVAILABLE, why)
        for group, held, whole, why in groups
        for place, (kind, words) in enumerate(KINDS.items())
    ]
    return pd.DataFrame(rows, columns=list(columns.HUNDRED)).astype({"share": float, "figures": float})


def _pupils_over_time(store: Store, area: Area, others: Comparators) -> pd.DataFrame:
    table = pupils_by_year(store)
    kinds = ("ehc_plan", "sen_support")
    years = list(dict.fromkeys(str(year) for _, year in table.columns))
    values: dict[tuple[str, str], np.ndarray] = {}
    for kind in kinds:
        values[area.name, kind] = table[kind].reindex([area.code]).to_numpy(dtype=float)[0]
    if others.codes:
        for kind in kinds:
            values[others.mean_heading, kind] = means.of_table(store, table[kind], others.codes).mean
    for kind in kinds:
        values["England", kind] = table[kind].loc[ENGLAND].to_numpy(dtype=float)
    return pd.DataFrame(
        {
            "period": np.tile(years, len(values)),
            "group": np.repeat([group for group, _ in values], len(years)),
            "kind": np.repeat([KINDS[kind] for _, kind in values], len(years)),
            "share": np.concatenate(list(values.values())),
        }
    )


def _stock(store: Store, area: Area) -> pd.DataFrame:
    """Plans each January; before the area began, those of the authorities that stood here."""
    table = plans_in_place(store)
    names = known_areas(store).names
    codes = [area.code, *(code for code, _, _ in known_areas(store).predecessors(area.code))]
    rows = [
        (code, names[code], period, plans)
        for period, values in table.reindex(codes).items()
        for code, plans in zip(codes, values, strict=True)
        if not np.isnan(plans)
    ]
    return pd.DataFrame(rows, columns=list(columns.STOCK))


def _rates(store: Store, area: Area, others: Comparators) -> pd.DataFrame:
    table = rates(store)
    rows = []
    for name, label in rate_labels(store).items():
        values = {area.name: float(table[name].get(area.code, np.nan))}
        if others.codes:
            values[others.mean_heading] = means.of_series(store, table[name], others.codes)[0]
        values["England"] = float(table[name].get(ENGLAND, np.nan))
        rows += [(label, group, value, NOT_AVAILABLE if np.isnan(value) else VALUE) for group, value in values.items()]
    return pd.DataFrame(rows, columns=list(columns.RATES))


def _each_comparator(store: Store, others: Comparators) -> pd.DataFrame:
    codes = list(others.codes)
    last = latest.january(store)
    now = pupils_now(store).reindex(codes)
    table = plans_in_place(store).reindex(codes)
    names = known_areas(store).names
    return pd.DataFrame(
        {
            "area_code": codes,
            "area": [names[code] for code in codes],
            "closeness": [others.closeness.get(code, "") for code in codes],
            "ehc_plan": now["ehc_plan"].to_numpy(),
            "sen_support": now["sen_support"].to_numpy(),
            "plans": table[last].to_numpy(),
            "change": (100 * (table[last] / table[five_years_before(last)] - 1)).to_numpy(),
        }
    )
