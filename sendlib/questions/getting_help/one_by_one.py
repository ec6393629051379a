"""Those compared one by one over time: plans on time and appeals, as the pictures draw them behind the means."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sendlib.answer import Asked, Column, Offered, Table, Text, each
from sendlib.areas import Area
from sendlib.compared import means
from sendlib.compared.comparators import Comparators, known_areas
from sendlib.questions.getting_help.columns import YEAR, status_of
from sendlib.questions.getting_help.few import FEW, FEW_SHARES
from sendlib.questions.getting_help.process_steps import layout_of
from sendlib.questions.getting_help.process_tables import ON_TIME, series, set_aside, wide_statuses
from sendlib.store import Store
from sendlib.tables.process_measures import MEASURES
from sendlib.tables.symbols import NOT_AVAILABLE, WORDS

CHOICES = ON_TIME_EACH, TRIBUNAL_EACH = each.choice("on_time"), each.choice("tribunal")
_ON_TIME_COLUMNS = {
    **each.AREA_COLUMNS,
    "period": YEAR,
    "share": Column(
        "Plans issued within 20 weeks",
        "share of the plans issued within 20 weeks of the request, exceptions included, as published",
        "%",
        1,
    ),
    "left_out": each.LEFT_OUT,
    "status": status_of("a share"),
}
_TRIBUNAL_COLUMNS = {
    **each.AREA_COLUMNS,
    "period": YEAR,
    "share": Column(
        "Appeals per 100 decisions",
        "appeals registered with the tribunal in the year, per 100 decisions that can be appealed",
        "per 100",
        1,
    ),
    "left_out": each.LEFT_OUT,
    "why": Column("Why there is none", "why there is no number of appeals or of decisions, in words"),
}
_SOURCES = ("process", "neighbours")


def tables(store: Store, area: Area, others: Comparators) -> dict[str, Table]:
    """The tables of each of those compared; none where nobody is, or one area alone, whose own figures stand
    everywhere."""
    if len(others.codes) < 2:
        return {}
    shares, appeals = on_time(store, area, others), tribunal(store, area, others)
    return {
        each.name_of("on_time"): Table(
            shares,
            Text(f"Per cent of plans issued within 20 weeks, exceptions included, {_of_each(area, others, shares)}"),
            _ON_TIME_COLUMNS,
            _SOURCES,
            heading="Plans issued within 20 weeks, one by one",
        ),
        each.name_of("tribunal"): Table(
            appeals,
            Text(f"Appeals per 100 decisions that can be appealed, {_of_each(area, others, appeals)}"),
            _TRIBUNAL_COLUMNS,
            _SOURCES,
            heading="Appeals, one by one",
        ),
    }


def _of_each(area: Area, others: Comparators, table: pd.DataFrame) -> str:
    periods = table["period"].astype(str)
    return f"{each.of_whom(area, others.codes, others.label)}, {periods.min()} to {periods.max()}"


def offered(held: Mapping[str, Table], asked: Asked) -> dict[str, Offered]:
    """The choices of the tables that there are. Raises UnknownChoice."""
    return {one.choice.name: one for choice in CHOICES for one in each.offered(choice, held, asked)}


def on_time(store: Store, area: Area, others: Comparators) -> pd.DataFrame:
    """The share of plans within 20 weeks, as published, one row an area and year; `left_out` says why one counts for no
    mean and is not drawn."""
    listed = each.listed(area, others.codes, known_areas(store).names)
    codes = listed.codes
    shares = series(store, ON_TIME)
    years = list(shares.columns.astype(str))
    aside = set_aside(store, ON_TIME).reindex(index=codes, columns=years).fillna("")
    told = wide_statuses(store, ON_TIME).reindex(index=codes, columns=years).fillna(NOT_AVAILABLE)
    values = shares.reindex(codes).to_numpy(dtype=float)
    return each.rows(
        listed,
        pd.DataFrame({"period": years}),
        {
            "share": values,
            "left_out": _left_out(others, listed, values, aside.to_numpy(dtype=object)),
            "status": told.to_numpy(dtype=object),
        },
        list(_ON_TIME_COLUMNS),
    )


def tribunal(store: Store, area: Area, others: Comparators) -> pd.DataFrame:
    """Appeals per 100 decisions in the same form; `why` says why there is none."""
    layout = layout_of(store, "tribunal")
    listed = each.listed(area, others.codes, known_areas(store).names).among(layout.places)
    columns = np.flatnonzero(layout.rows["measure"].eq(MEASURES["appeals"].name))
    places = np.ix_(np.array([layout.places[code] for code in listed.codes], dtype=int), columns)
    rates, why = layout.share[places], layout.why[places]
    aside = np.where(layout.whole[places] < FEW, FEW_SHARES, layout.aside[places])
    return each.rows(
        listed,
        layout.rows.loc[columns, ["period"]],
        {
            "share": rates,
            "left_out": _left_out(others, listed, rates, aside),
            "why": np.where(np.isnan(rates), np.where(why == "", WORDS[NOT_AVAILABLE], why), "").astype(object),
        },
        list(_TRIBUNAL_COLUMNS),
    )


def _left_out(others: Comparators, listed: each.Listed, values: np.ndarray, aside: np.ndarray) -> np.ndarray:
    """Why a figure of those compared that there is counts for no mean: that of an area too small, or what speaks
    against it (`aside`)."""
    small = np.array([code in others.too_small for code in listed.codes], dtype=bool)[:, None]
    return listed.of_compared(np.where(np.isnan(values), "", np.where(small, means.TOO_SMALL, aside)))
