"""Lines over time in words, for who hears a page."""

from __future__ import annotations

import pandas as pd

from sendlib.answer import Mode
from sendlib.answer.numbers import written
from sendlib.pictures.behind import Behind
from sendlib.tables.periods import spoken


def lines(caption: str, data: pd.DataFrame, unit: str, mode: Mode = "explore") -> str:
    """Lines in words: where each begins and ends; for families in a sentence each."""
    told = [_span(rows, str(name)) for name, rows in data.dropna(subset=["number"]).groupby("line", sort=False)]
    if mode == "families":
        return f"{caption}. Lines, {unit}. {'. '.join(told)}."
    return f"{caption}. Lines, {unit}: {'; '.join(told)}."


def _span(rows: pd.DataFrame, name: str) -> str:
    """Where a line begins and ends: `Here: 1.5 in January 2019 to 2.5 in January 2020`."""
    first, last = rows.iloc[0], rows.iloc[-1]
    decimals = 0 if rows["number"].mod(1).eq(0).all() else 1
    span = f"{written(first['number'], decimals)} in {spoken(first['period'])}"
    if len(rows) > 1:
        span = f"{span} to {written(last['number'], decimals)} in {spoken(last['period'])}"
    return f"{name}: {span}" if name else span


def single(data: pd.DataFrame, behind: Behind) -> str:
    """The single lines in words: that each is drawn, and where those that are named begin and end."""
    told = [f" Behind them, thin: {behind.key[:1].lower()}{behind.key[1:]}."] if behind.every else []
    for pin in behind.pins:
        rows = data[data["area_code"].eq(pin.code)].dropna(subset=["number"])
        spans = [_span(part, name) for name, part in rows.groupby("line", sort=False)]
        told.append(f" {pin.name}: {'; '.join(spans)}.")
    return "".join(told)
