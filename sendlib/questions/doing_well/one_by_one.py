"""Those compared one by one over time: a stage, children in care or in need, and home education, behind the means."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sendlib.answer import Asked, Column, Offered, Table, Text, each
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


def tables(store: Store, others: Comparators | None, stage: str, held: Collection[str]) -> dict[str, Table]:
    """The tables of each of those compared behind those of `held`; `stage` is the measure of the stages over time.

    None where nobody is compared, or one area alone, whose own figures stand everywhere.
    """
    if not others or len(others.codes) < 2:
        return {}
    found = {}
    if "over_time" in held:
        found["over_time"] = _over_time(store, others, stage)
    if "care_over_time" in held:
        found["care_over_time"] = _care(store, others)
    if "home_education" in held:
        found["home_education"] = _home(store, others)
    return {each.name_of(name): table for name, table in found.items()}


def offered(held: Mapping[str, Table], asked: Asked) -> list[Offered]:
    """The choices of the tables that there are. Raises UnknownChoice."""
    return [one for choice in CHOICES for one in each.offered(choice, held, asked)]


def _over_time(store: Store, others: Comparators, measure: str) -> Table:
    columns, words = stages_over_time.columns_of(store, measure)
    described = stages_over_time.TIME_COLUMNS
    return Table(
        _rows(store, others, words, *cube(store).each(others.codes, columns), "reached"),
        Text(f"{MEASURES[measure].name} by SEN status and school year, each of {others.label}"),
        _described({name: described[name] for name in ("pupils_with", "year", "reached")}),
        ("outcomes", "neighbours"),
        "One stage over time, one by one",
    )


def _care(store: Store, others: Comparators) -> Table:
    columns, words = care.over_time_columns(store)
    described = care.CARE_TIME_COLUMNS
    return Table(
        _rows(store, others, words, *cube(store).each(others.codes, columns), "reached"),
        Text(
            "Looked-after children and children in need with SEN, per cent on 31 March of each school year, each of"
            f" {others.label}"
        ),
        _described({name: described[name] for name in ("children_who", "pupils_with", "year", "reached")}),
        ("outcomes", "neighbours"),
        "Looked after and in need, one by one",
    )


def _home(store: Store, others: Comparators) -> Table:
    _, shares, statuses = closer.home(store)
    words = pd.DataFrame({"period": shares.columns.astype(str)})
    values = shares.reindex(list(others.codes)).to_numpy(dtype=float)
    why = statuses.reindex(list(others.codes)).astype(object).fillna(NOT_AVAILABLE).to_numpy()
    described = closer.HOME_COLUMNS
    return Table(
        _rows(store, others, words, values, why, "share_of_plans"),
        Text(f"Children with an EHC plan in elective home education each January, each of {others.label}"),
        _described({name: described[name] for name in ("period", "share_of_plans")}),
        ("placements", "neighbours"),
        "Home education, one by one",
    )


def _described(columns: Mapping[str, Column]) -> dict[str, Column]:
    """The columns as the table of the means has them. A measure is offered once, as that table's."""
    plain = {name: replace(column, measure="") for name, column in columns.items()}
    return {**each.AREA_COLUMNS, **plain, "left_out": each.LEFT_OUT, "status": STATUS}


def _rows(
    store: Store, others: Comparators, words: pd.DataFrame, values: Floats, why: NDArray[np.object_], name: str
) -> pd.DataFrame:
    """Figures of those compared (areas by the rows of `words`), with why one counts for no mean or is not there."""
    held, names = ~np.isnan(values), known_areas(store).names
    small = np.array([code in others.too_small for code in others.codes], dtype=bool)[:, None]
    return each.rows(
        {code: names[code] for code in others.codes},
        words,
        {
            name: values,
            "left_out": np.where(held & small, means.TOO_SMALL, "").astype(object),
            # A figure of so few children that nothing is compared with it is there, and is not given.
            "status": np.where(~held & (why == VALUE), HIDDEN, why).astype(object),
        },
        ["area_code", "area", *words.columns, name, "left_out", "status"],
    )
