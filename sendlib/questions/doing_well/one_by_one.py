"""Those compared one by one over time: a stage, children in care or in need, and home education, behind the means."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sendlib.answer import Asked, Column, Offered, Table, Text, each
from sendlib.areas import Area
from sendlib.compared import means
from sendlib.compared.comparators import Comparators, known_areas
from sendlib.questions.doing_well import care, closer, stages_over_time
from sendlib.questions.doing_well.columns import STATUS
from sendlib.questions.doing_well.outcome_cube import cube
from sendlib.store import Store
from sendlib.tables.outcomes import MEASURES
from sendlib.tables.symbols import HIDDEN, NOT_AVAILABLE, VALUE

CHOICES = OVER_TIME_EACH, CARE_EACH, HOME_EACH = (
    each.choice("over_time"),
    each.choice("care_over_time"),
    each.choice("home_education"),
)
Floats = NDArray[np.float64]


def tables(store: Store, area: Area, others: Comparators | None, stage: str, held: Collection[str]) -> dict[str, Table]:
    """The tables of each of those compared behind those of `held`; `stage` is the measure of the stages over time.

    None where nobody is compared, or one area alone, whose own figures stand everywhere.
    """
    if not others or len(others.codes) < 2:
        return {}
    found = {}
    if "over_time" in held:
        found["over_time"] = _over_time(store, area, others, stage)
    if "care_over_time" in held:
        found["care_over_time"] = _care(store, area, others)
    if "home_education" in held:
        found["home_education"] = _home(store, area, others)
    return {each.name_of(name): table for name, table in found.items()}


def offered(held: Mapping[str, Table], asked: Asked) -> list[Offered]:
    """The choices of the tables that there are. Raises UnknownChoice."""
    return [one for choice in CHOICES for one in each.offered(choice, held, asked)]


def _over_time(store: Store, area: Area, others: Comparators, measure: str) -> Table:
    columns, words = stages_over_time.columns_of(store, measure)
    who = each.listed(area, others.codes, known_areas(store).names)
    of_whom = each.of_whom(area, others.codes, others.label)
    described = stages_over_time.TIME_COLUMNS
    return Table(
        _rows(who, others, words, *cube(store).each(who.codes, columns), "reached"),
        Text(f"{MEASURES[measure].name} by SEN status and school year, {of_whom}"),
        _described({name: described[name] for name in ("pupils_with", "year", "reached")}),
        ("outcomes", "neighbours"),
        "One stage over time, one by one",
    )


def _care(store: Store, area: Area, others: Comparators) -> Table:
    columns, words = care.over_time_columns(store)
    who = each.listed(area, others.codes, known_areas(store).names)
    of_whom = each.of_whom(area, others.codes, others.label)
    described = care.CARE_TIME_COLUMNS
    return Table(
        _rows(who, others, words, *cube(store).each(who.codes, columns), "reached"),
        Text(
            f"Looked-after children and children in need with SEN, per cent on 31 March of each school year, {of_whom}"
        ),
        _described({name: described[name] for name in ("children_who", "pupils_with", "year", "reached")}),
        ("outcomes", "neighbours"),
        "Looked after and in need, one by one",
    )


def _home(store: Store, area: Area, others: Comparators) -> Table:
    _, shares, statuses = closer.home(store)
    words = pd.DataFrame({"period": shares.columns.astype(str)})
    who = each.listed(area, others.codes, known_areas(store).names)
    of_whom = each.of_whom(area, others.codes, others.label)
    values = shares.reindex(who.codes).to_numpy(dtype=float)
    why = statuses.reindex(who.codes).astype(object).fillna(NOT_AVAILABLE).to_numpy()
    described = closer.HOME_COLUMNS
    return Table(
        _rows(who, others, words, values, why, "share_of_plans"),
        Text(f"Children with an EHC plan in elective home education each January, {of_whom}"),
        _described({name: described[name] for name in ("period", "share_of_plans")}),
        ("placements", "neighbours"),
        "Home education, one by one",
    )


def _described(columns: Mapping[str, Column]) -> dict[str, Column]:
    """The columns as the table of the means has them. A measure is offered once, as that table's."""
    plain = {name: replace(column, measure="") for name, column in columns.items()}
    return {**each.AREA_COLUMNS, **plain, "left_out": each.LEFT_OUT, "status": STATUS}


def _rows(
    who: each.Listed, others: Comparators, words: pd.DataFrame, values: Floats, why: NDArray[np.object_], name: str
) -> pd.DataFrame:
    """Figures of the area, England and those compared (areas by the rows of `words`), with why one counts for no mean
    or is not there."""
    held = ~np.isnan(values)
    small = np.array([code in others.too_small for code in who.codes], dtype=bool)[:, None]
    return each.rows(
        who,
        words,
        {
            name: values,
            "left_out": who.of_compared(np.where(held & small, means.TOO_SMALL, "")),
            # A figure of so few children that nothing is compared with it is there, and is not given.
            "status": np.where(~held & (why == VALUE), HIDDEN, why).astype(object),
        },
        [*each.AREA_COLUMNS, *words.columns, name, "left_out", "status"],
    )
