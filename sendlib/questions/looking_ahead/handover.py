"""Who turns 18 by the target year: the table, its numbers in words, and what is said of them.

The words are made here and nowhere else, so that table, sentence and picture agree.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from sendlib.answer import Note, Text
from sendlib.answer.numbers import written
from sendlib.areas import ENGLAND, Area
from sendlib.compared.comparators import known_areas
from sendlib.questions.looking_ahead import expected_children as children
from sendlib.questions.looking_ahead import places, residents
from sendlib.questions.looking_ahead.choices import HELD, Chosen
from sendlib.questions.looking_ahead.place_rates import ETHNICITY
from sendlib.questions.looking_ahead.places import FEW, SMALLEST
from sendlib.questions.looking_ahead.residents import TARGET
from sendlib.questions.looking_ahead.scenarios import PUBLISHED, Scenario
from sendlib.questions.looking_ahead.words import is_known, per_10000
from sendlib.store import Store, kept_with_store
from sendlib.tables.life_limiting import Evidence
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE

RATES = {"low": "Published low rate", "high": "Published high rate"}
"""The beginning of a column's name -> the scenario that it is of."""
STEPS_FOR_SINGLE_YEARS = 20
"""A number of a single year is given where it is at least so many times what it is rounded to: rounding then hides no
more than 2.5%."""


def table(store: Store, evidence: Evidence, area: Area, ways: dict[str, Scenario], chosen: Chosen) -> pd.DataFrame:
    """Who turns 18 in the years to 2030 together, and in each where the numbers are large enough.

    Columns `turning_18`, `low_rate` and `high_rate`, each with its range (`low_rate_from`, ...: chance and the
    differences between areas; none for England, of which it would promise far too much), and
    `all_who_turn_18`. Nobody moves in this reckoning.
    Residents are those last estimated. The rate is that of ages 16 to 19 where
    it is held, else of 1 to 19, or with one of the published ratios a part of that at
    all ages; it has grown as the rate of all children has
    since its year, and then follows the published variants. The years are
    added up before anything is rounded; a range is that of the sum. A number below ten is not given.
    """
    by_age = _residents(store, area.code)
    rate, base = rate_of_those(store, evidence, chosen.at_18)
    first, target = _first_year(store), int(TARGET[:4])
    years = []
    for turning in range(first + 1, target + 1):
        turn = float(by_age.get(str(17 - (turning - first)), math.nan))
        ahead = max(turning - 1 - evidence.last.begins, 0)
        low, high = (rate * ways[name].path[ahead] / base * turn / 10_000 for name in PUBLISHED)
        years.append((f"{turning - 1} to {turning}", low, high, turn))
    low, high, turn = (sum(numbers) for numbers in zip(*(year[1:] for year in years), strict=True))
    step = 100 if area.code == ENGLAND else 5
    apart = None if area.code == ENGLAND else spread(store, evidence, area.code, chosen.between)
    found = [_row(f"{period(store)}, together", low, high, turn, step, apart)]
    if min(year[1] for year in years) >= STEPS_FOR_SINGLE_YEARS * step:
        found += [_row(*year, step, apart) for year in years]
    return pd.DataFrame(found)


@kept_with_store(of_base=True)
def _residents_by_age(store: Store) -> pd.DataFrame:
    """Residents of all areas by age at the newest mid-year."""
    held = store.table("population").astype({"area_code": str, "period": str, "age": str})
    return held[held["period"].eq(residents.estimated(store))].pivot(index="area_code", columns="age", values="value")


def _residents(store: Store, code: str) -> pd.Series:
    """Residents of an area by age at the newest mid-year, NaN where not known: a wider area's own number, else the sum
    of its authorities, of which none may be missing."""
    wide = _residents_by_age(store)
    # An age that one of the areas lacks has no sum: pandas would add up the rest.
    summed = wide.reindex(places.members(store, code)).sum(skipna=False)
    known = code in known_areas(store).wider and code in wide.index
    return wide.loc[code].combine_first(summed) if known else summed


def _first_year(store: Store) -> int:
    """The year in whose summer the first of them begin to turn 18."""
    return int(residents.estimated(store)[:4]) + 1


def period(store: Store) -> str:
    """All the years: `2025 to 2030`."""
    return f"{_first_year(store)} to {TARGET[:4]}"


def spread(store: Store, evidence: Evidence, code: str, between: float) -> float:
    """The differences between areas, a part, that a range holds: those of the same area's other numbers."""
    shared = children.shared_out(store, evidence, residents.newest_projection(store), TARGET)
    return children.spread_of(store, shared, code, between / 100)


def _row(when: str, low: float, high: float, turn: float, step: int, apart: float | None) -> dict[str, object]:
    """A row of the table: both scenarios, each with its range."""

    def given(number: float) -> float:
        return float(step * round(number / step)) if number >= SMALLEST else math.nan

    row: dict[str, object] = {"turning_18": when}
    for name, number in (("low", low), ("high", high)):
        row[f"{name}_rate"] = given(number)
        if apart is not None:
            ends = children.limits(number, apart, None, number)
            row[f"{name}_rate_from"], row[f"{name}_rate_to"] = (given(end) for end in ends)
    status = NOT_AVAILABLE if math.isnan(low) or math.isnan(high) else VALUE
    return {**row, "all_who_turn_18": float(turn), "status": status}


def ratio_of(evidence: Evidence, at_18: str) -> Mapping[str, Any]:
    """The published ratio that was chosen: its year, the rate at 16 to 19 and that at all ages; empty for none."""
    held = (evidence.facts["older_teenagers"], evidence.facts["older_teenagers_before"])
    return next((facts for facts in held if facts["year"] == at_18), {})


def rate_of_those(store: Store, evidence: Evidence, at_18: str = HELD) -> tuple[float, float]:
    """The rate of those who turn 18, and the rate of all children in the same year."""
    if ratio := ratio_of(evidence, at_18):
        last = evidence.last.per_10000
        return last * ratio["per_10000"] / ratio["all_ages"], last
    band = evidence.of("age").get("16-19")
    if band:
        rate, year = band.per_10000, band.year
    else:
        rate, year = children.rate_1_to_19(store, evidence), evidence.of("age")["<1"].year
    return rate, (evidence.total_of(year) or evidence.last).per_10000


def said(number: float) -> str:
    """A number of the table in words: `90`, or `fewer than 10` where it is not given."""
    return FEW if math.isnan(number) else written(number)


def with_range(row: pd.Series, name: str) -> str:
    """A scenario of a row, with its range where it has one: `90 (70 to 115)`."""
    number = said(row[f"{name}_rate"])
    if f"{name}_rate_from" not in row:
        return number
    return f"{number} ({said(row[f'{name}_rate_from'])} to {said(row[f'{name}_rate_to'])})"


def either(row: pd.Series) -> str:
    """Both scenarios of a row: `90 or 105`, `fewer than 10 or 15`, or one number where they give the same."""
    low, high = said(row["low_rate"]), said(row["high_rate"])
    return low if low == high else f"{low} or {high}"


def not_known(store: Store, area: Area) -> str:
    """What is said in place of numbers, where they can not be worked out."""
    return (
        f"Not available for {places.together(area)}: how many turn 18 in the years {period(store)} rests on residents"
        f" at every age in {residents.now(store)}, and on England's rate at their age, which are not all known."
    )


def _about(row: pd.Series) -> str:
    """Both in a sentence: `about 90 or 105`, `up to 15` or `fewer than 10`."""
    low, high = row["low_rate"], row["high_rate"]
    if math.isnan(low):
        return FEW if math.isnan(high) else f"up to {said(high)}"
    return f"about {either(row)}"


def result(store: Store, evidence: Evidence, area: Area, rows: pd.DataFrame, chosen: Chosen) -> str:
    """Those who turn 18 in all the years together, in a sentence."""
    whole = rows.iloc[0]
    if not is_known(whole):
        return not_known(store, area)
    if area.code == ENGLAND:
        limits = ". No range is given: one of chance alone would promise far too much for England."
    else:
        apart = spread(store, evidence, area.code, chosen.between)
        limits = f". The ranges allow for {children.holds(area.code, apart, published=False).explore}."
    return (
        f"Of those who turn 18 in the years {period(store)}, {_about(whole)} could have a life-limiting condition and"
        f" move to adult services: {with_range(whole, 'low')} with the published low rate,"
        f" {with_range(whole, 'high')} with the high one{limits}"
    )


def notes(store: Store, evidence: Evidence, area: Area, rows: pd.DataFrame, chosen: Chosen) -> list[Note]:
    """What is said beside the picture: who is counted, what is not given, and which rate stands behind it."""
    whole = rows.iloc[0]
    if not is_known(whole):
        return [Note("missing", Text(not_known(store, area)), about="handover")]
    texts = [
        f"These are young people who were children here in {residents.now(store)} and turn 18 by 2030, if nobody moves."
    ]
    if whole["low_rate"] == whole["high_rate"]:
        texts.append(
            "The two rates give the same number once it is rounded to 5:"
            " with so few, chance matters far more than which rate comes true."
        )
    missing = []
    if len(rows) == 1:
        missing.append(
            "Single years are not given: so few young people turn 18 here each year that chance, and rounding, would be"
            " all that one sees."
        )
    rests_on = _rests_on(store, evidence, area, chosen)
    return [
        *(Note("definition", Text(text), about="handover") for text in texts),
        *(Note("missing", Text(text), about="handover") for text in missing),
        *(Note("definition", Text(text), about="handover") for text in rests_on),
    ]


def _rests_on(store: Store, evidence: Evidence, area: Area, chosen: Chosen) -> list[str]:
    """Whose rate it is, and how the number of young adults moved."""
    rate, _ = rate_of_those(store, evidence, chosen.at_18)
    adults = evidence.facts["young_adults"]
    if ratio := ratio_of(evidence, chosen.at_18):
        texts = [
            f"The part with a life-limiting condition takes {written(100 * ratio['per_10000'] / ratio['all_ages'])}% of"
            f" the rate at all ages of {evidence.last.year} ({written(rate, 1)} in every 10,000), as chosen: so it was"
            f" in {ratio['year']} in an earlier series, at ages 16 to 19 ({per_10000(ratio['per_10000'])}) beside all"
            f" ages ({per_10000(ratio['all_ages'])}), by another definition. The ratio was rising."
        ]
    elif "16-19" in evidence.of("age"):
        texts = [
            "The part with a life-limiting condition takes the rate at ages 16 to 19,"
            f" {per_10000(rate)} in every 10,000."
        ]
    else:
        teens = evidence.facts["older_teenagers"]
        texts = [
            f"The part with a life-limiting condition takes the rate of all aged 1 to 19 ({rate:.1f} in every 10,000),"
            f" because no rate at 16 to 19 could be read. In an earlier series, in {teens['year']}, that rate was"
            f" {written(100 * teens['per_10000'] / teens['all_ages'])}% of the rate at all ages, and it was rising"
            " fastest: these numbers may be on the high side. Both published ratios of that series can be chosen."
        ]
    by_group = chosen.rates == ETHNICITY or not children.by_age_alone(store, evidence)
    if area.code != ENGLAND and (evidence.of_regions() or by_group):
        texts.append(
            "It is England's rate: rates of regions or groups, by which the numbers above are shared out, are not used"
            " here."
        )
    more = written(100 * (adults["last"] / adults["first"] - 1), 0, signed=True)
    texts.append(
        f"In England the number aged 14 to 25 rose from {written(adults['first'])} in {adults['first_year']} to"
        f" {written(adults['last'])} in {adults['last_year']} ({more}%)."
    )
    return texts
