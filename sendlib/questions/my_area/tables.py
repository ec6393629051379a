"""The tables of My area, and the numbers that its sentences are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sendlib.answer import COMPARED, OWN, WHOLE, Column, Table, Text, as_code
from sendlib.answer.numbers import capital, listed
from sendlib.answer.standing import Standing
from sendlib.areas import ENGLAND, Area
from sendlib.compared import doubtful, latest, means, parts, standing
from sendlib.compared.comparators import Comparators, known_areas
from sendlib.compared.latest import five_years_before
from sendlib.compared.rates import (
    middle_half,
    plans_in_place,
    pupils_by_year,
    pupils_of,
    rate_labels,
    rates,
    rates_for_means,
    school_year_of,
)
from sendlib.methods import compare
from sendlib.questions.my_area import breakdowns, columns, together, without_mean
from sendlib.questions.my_area.choices import KINDS
from sendlib.store import Store
from sendlib.tables.ehc_labels import PLACEMENT_GROUP_TOTALS
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE

MOST_LINES = 4
_OF_FEW = ("plans", "share")


@dataclass(frozen=True)
class Shares:
    """Per cent of pupils of the school year `year` by kind (`ehc_plan`, `sen_support`, `neither`): the area's and those
    compared's, empty where there are none.

    `year` is the newest of which the area has shares, `newest` the newest of all. `whole` and `whole_of_others`: the
    same as whole figures that add up to 100. `why_none`: why there is no figure of those compared, and who lacks one.
    `england`: England's, NaN where missing. `halves`: between which shares the middle half of those compared lie, NaN
    where there is no range.
    """

    year: str
    newest: str
    own: Mapping[str, float]
    others: Mapping[str, float]
    whole: tuple[int, ...]
    whole_of_others: tuple[int, ...]
    why_none: str
    england: Mapping[str, float]
    halves: Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class Change:
    """Change of plans over the five years from `first` to `last`, per cent, NaN where not available; and the plans
    before and after. `last` is the newest January of which the area has a figure.

    `left_out`: those compared who lack one, with the reason; `why_none`: why there is no figure of those compared.
    `doubted`: why the area's own change is doubtful, empty where it is not; `doubted_parts`: names of authorities that
    are part of it and whose own change is. `few`: so few plans that a per cent of them says nothing. `half`: between
    which changes the middle half of those compared lie.
    """

    first: str
    last: str
    own: float
    others: float
    england: float
    before: float
    after: float
    left_out: Mapping[str, str]
    why_none: str
    doubted: str
    doubted_parts: tuple[str, ...]
    few: bool
    half: tuple[float, float]


def shares(store: Store, area: Area, others: Comparators) -> Shares:
    """The shares of the newest school year of which the area has both."""
    year = school_year_of(store, area.code)
    then = pupils_of(store, year)[["ehc_plan", "sen_support"]]
    mean = means.of_table(store, then, others.codes)
    of_both = then.reindex([area.code, ENGLAND]).to_numpy(dtype=float)
    own, whole = _three(of_both[0])
    theirs, whole_of_others = _three(mean.mean)
    both = then.sum(axis=1, skipna=False)  # no figure where one of the two has none
    reasons = without_mean.lacking(store, both, others, f"{int(year[:4]) + 1}-01", shares_of=year)
    halves = middle_half(store, then, others.codes).T
    return Shares(
        year,
        latest.school_year(store),
        own,
        theirs,
        whole,
        whole_of_others,
        "" if theirs else without_mean.why(others, reasons),
        dict(zip(then.columns, of_both[1].tolist(), strict=True)),
        {kind: (float(low), float(high)) for kind, (low, high) in zip(then.columns, halves, strict=True)},
    )


def shares_from(area: Area) -> tuple[str, ...]:
    """Tables that the shares of pupils are of: those of several authorities are made of the numbers of pupils, and
    stand beside the published ones of others."""
    made = len(area.parts) > 1 and area.kind not in ("region", "england")
    return ("school_pupils", "school_sen") if made else ("school_sen",)


def standings(store: Store, area: Area, share: Shares) -> dict[str, Standing | None]:
    """Where the area's share of pupils of a kind stands among all authorities, by kind.

    The chance interval is that of a share of so many pupils as its schools had in the year of which their number is
    held: a few more or fewer hardly change its width.
    """
    then = pupils_of(store, share.year)
    counts = store.rows("school_pupils", area.code) if "school_pupils" in store.tables else pd.DataFrame()
    pupils = counts.loc[counts["measure"].eq("pupils"), "value"].sum(min_count=1) if len(counts) else np.nan
    return {
        kind: standing.of_share(store, then[kind], area.code, float(pupils)) for kind in ("ehc_plan", "sen_support")
    }


def _three(two: np.ndarray) -> tuple[dict[str, float], tuple[int, ...]]:
    """Shares of plans, of SEN support and of neither, and the same as whole figures; nothing where one is missing."""
    if np.isnan(two).any():
        return {}, ()
    plan, support = (float(value) for value in two)
    found = dict(zip(KINDS, (plan, support, 100 - plan - support), strict=True))
    return found, tuple(compare.out_of_hundred(plan, support))


def change(store: Store, area: Area, others: Comparators) -> Change:
    """Change of plans over the five years to the area's newest January."""
    table = plans_in_place(store)
    last = latest.january_of(store, area.code)
    before = five_years_before(last)
    grown = 100 * (table[last] / table[before] - 1)
    doubted = doubtful.changes_in_doubt(store, before, last)
    counted = grown.where(~grown.index.isin(list(doubted)))
    left_out = without_mean.lacking(store, counted, others, before, doubted)
    own = table.reindex([area.code]).iloc[0]
    low, high = middle_half(store, counted.to_frame(), others.codes)[:, 0]
    return Change(
        first=before,
        last=last,
        own=float(grown.get(area.code, np.nan)),
        others=means.of_series(store, counted, others.codes)[0],
        england=float(grown[ENGLAND]),
        before=float(table[before].get(area.code, np.nan)),
        after=float(table[last].get(area.code, np.nan)),
        left_out=left_out,
        why_none=without_mean.why(others, left_out),
        doubted=together.change_doubted(store, area, before, last),
        doubted_parts=together.doubted_parts(store, area, before, last),
        few=bool((own[[before, last]] < means.FEWEST_PLANS).any()),
        half=(float(low), float(high)),
    )


def all_of(store: Store, area: Area, others: Comparators, share: Shares) -> dict[str, Table]:
    """Every table of the answer; `hundred` is the lead picture's where there are shares of pupils."""
    name, year, last = area.short_name, share.year, latest.january_of(store, area.code)
    small = area.code in means.too_small(store)
    before = latest.said(five_years_before(last))
    sexed = [period[:4] for period in latest.periods(store, "plans", characteristic="sex")]
    placed = latest.periods(store, "placements")

    def table(
        data: pd.DataFrame,
        caption: str | Text,
        described: Mapping[str, Column],
        sources: tuple[str, ...],
        heading: str,
        of_few: tuple[str, ...] = (),
    ) -> Table:
        said = caption if isinstance(caption, Text) else Text(caption)
        return Table(data, said, described, sources, heading, of_few=of_few, closed=bool(of_few) and small)

    return {
        "hundred": table(
            _hundred(area, others, share, year),
            Text(
                f"Pupils with an EHC plan, with SEN support and with neither, out of 100, {area.in_text} and"
                f" {others.label}, school year {year}; schools located in the area",
                show=f"Pupils out of 100, school year {year}, by where the school is",
                families=f"Out of 100 pupils, school year {year}. They are counted where they go to school",
            ),
            columns.HUNDRED,
            (*shares_from(area), "neighbours"),
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
            _flows(store, area),
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
            f"Pupils with an EHC plan and with SEN support, {name}, school years 2015/16 to"
            f" {latest.school_year(store)}, per cent",
            columns.PUPILS,
            (*shares_from(area), "neighbours"),
            "Pupils with SEN over ten years",
        ),
        "age": table(
            breakdowns.ages(store).of(area.code),
            f"EHC plans by age, {name}, each January",
            columns.AGE,
            ("plans",),
            "Age of those with a plan",
            _OF_FEW,
        ),
        "sex": table(
            breakdowns.sexes(store).of(area.code),
            f"EHC plans by sex, {name}, January {listed(sexed)}",
            columns.SEX,
            ("plans",),
            "Sex of those with a plan",
            _OF_FEW,
        ),
        "placement": table(
            _placed(store, area),
            f"EHC plans by placement, {name}, January {placed[0][:4]} to {placed[-1][:4]}",
            columns.PLACEMENT,
            ("placements",),
            "Where those with a plan are placed",
            _OF_FEW,
        ),
        "comparators": table(
            _each_comparator(store, area, others, year),
            f"{capital(area.in_text)} and each of those compared{'' if area.code == ENGLAND else ', and England'}",
            columns.of_each(latest.said(last), before, year),
            (*shares_from(area), "plans", "neighbours"),
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
    named = [name for name in columns.HUNDRED if name != "vintage"]
    return pd.DataFrame(rows, columns=named).astype({"share": float, "figures": float}).assign(vintage=year)


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
    """Plans each January; before an authority began, those of the authorities that stood here."""
    table = plans_in_place(store)
    names = known_areas(store).names
    before = [code for code, _, _ in parts.before(store, area)]
    codes = [area.code, *before]
    doubts = {code: doubtful.reasons(store, code, doubtful.PLANS) for code in before}
    doubts[area.code] = together.doubts(store, area, doubtful.PLANS)
    rows = [
        (code, names[code], period, plans, doubts[code].get(str(period), ""))
        for period, values in table.reindex(codes).items()
        for code, plans in zip(codes, values, strict=True)
        if not np.isnan(plans)
    ]
    return pd.DataFrame(rows, columns=list(columns.STOCK))


def _flows(store: Store, area: Area) -> pd.DataFrame:
    """New and ceased plans by calendar year, with a mark where a number can not be right."""
    frame = breakdowns.flows(store).of(area.code)
    doubts = {name: together.doubts(store, area, code) for code, name in breakdowns.FLOWS.items()}
    told = [
        doubts[measure].get(period, "")
        for measure, period in zip(frame["measure"].astype(str), frame["period"].astype(str), strict=True)
    ]
    return frame.assign(doubtful=told)


def _placed(store: Store, area: Area) -> pd.DataFrame:
    """Plans by group of placements, with a mark where the number of a group can not be right."""
    frame = breakdowns.placement_groups(store).of(area.code)
    doubts = {name: together.doubts(store, area, code) for code, name in PLACEMENT_GROUP_TOTALS.items()}
    told = [
        doubts.get(group, {}).get(period, "")
        for group, period in zip(frame["group"].astype(str), frame["period"].astype(str), strict=True)
    ]
    return frame.assign(doubtful=told)


def _rates(store: Store, area: Area, others: Comparators) -> pd.DataFrame:
    last = latest.january_with_residents(store, area.code)
    table, counted = rates(store, last), rates_for_means(store, last)
    doubt = together.doubts(store, area, doubtful.PLANS).get(last, "")
    rows: list[tuple[str, str, float, str, str]] = []
    for name, label in rate_labels(store, last).items():
        values = {area.name: float(table[name].get(area.code, np.nan))}
        if others.codes:
            values[others.mean_heading] = means.of_series(store, counted[name], others.codes)[0]
        values["England"] = float(table[name].get(ENGLAND, np.nan))
        rows += [
            (
                label,
                group,
                value,
                NOT_AVAILABLE if np.isnan(value) else VALUE,
                doubt if group == area.name and name == "all_ages" else "",
            )
            for group, value in values.items()
        ]
    return pd.DataFrame(rows, columns=list(columns.RATES))


def _each_comparator(store: Store, area: Area, others: Comparators, year: str) -> pd.DataFrame:
    """The area, each of those compared, and England, each once."""
    whole = [] if ENGLAND in (area.code, *others.codes) else [ENGLAND]
    codes = [area.code, *others.codes, *whole]
    last = latest.january_of(store, area.code)
    before = five_years_before(last)
    now = pupils_of(store, year).reindex(codes)
    table = plans_in_place(store).reindex(codes)
    names = known_areas(store).names
    in_doubt = doubtful.changes_in_doubt(store, before, last)
    return pd.DataFrame(
        {
            "area_code": codes,
            "area": [names[code] for code in codes],
            "whose": [OWN, *(COMPARED for _ in others.codes), *(WHOLE for _ in whole)],
            "closeness": [others.closeness.get(code, "") for code in codes],
            "ehc_plan": now["ehc_plan"].to_numpy(),
            "sen_support": now["sen_support"].to_numpy(),
            "plans": table[last].to_numpy(),
            "change": (100 * (table[last] / table[before] - 1)).to_numpy(),
            "change_doubtful": [
                doubtful.change_doubted(store, code, before, last) if code in in_doubt else ""
                for code in (parts.one_of(area), *others.codes, *whole)
            ],
        }
    )
