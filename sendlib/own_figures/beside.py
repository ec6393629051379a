"""The published figure of the same subject, to be read beside a group's own. Nothing says that the two are counted in
the same way, so neither is taken off the other and no difference is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from sendlib.answer.numbers import percent, written
from sendlib.areas import Area
from sendlib.measures import asking, over_time, registry
from sendlib.own_figures.indicators import Indicator, named
from sendlib.own_figures.model import PER_CENT, OwnFigure
from sendlib.store import Store
from sendlib.tables.periods import spoken


@dataclass(frozen=True)
class Beside:
    """A published figure: what it measures, when, the area's and those beside it (whose, number) as one reads them, and
    what to know before a group's own is read beside it."""

    measure: str
    period: str
    own: str
    others: tuple[tuple[str, str], ...]
    note: str


def of(store: Store, area: Area, versus: str, figures: Sequence[OwnFigure]) -> dict[str, Beside]:
    """The published figures of the subjects of some own figures, by indicator; none of a health area, whose figures
    are of its services, where the published ones are of authorities. Raises UnknownChoice, UnknownArea and
    SnapshotDamaged."""
    if area.kind in ("board", "location"):
        return {}
    found = {}
    for figure in figures:
        indicator = named(figure.indicator)
        # In another unit, or of a part, the group counts something else.
        if indicator and indicator.published and figure.unit == indicator.unit and not figure.of_whom:
            published = _published(store, area, versus, indicator)
            if published:
                found[figure.indicator] = published
    return found


def _published(store: Store, area: Area, versus: str, indicator: Indicator) -> Beside | None:
    """The newest figure of an area that nothing speaks against; None where there is none."""
    question = indicator.published.partition(".")[0]
    measure = registry.over_time(asking.answer_of(store, question, area, versus)).get(indicator.published)
    if measure is None:
        return None
    found = over_time.measured(store, area, versus, measure)
    data = found.table.data
    own = data[data["whose"].eq(area.name) & data["number"].notna()]
    if own.empty or str(own.iloc[-1]["doubtful"]):
        return None
    period = str(own.iloc[-1]["period"])
    others = data[data["period"].astype(str).eq(period) & data["number"].notna() & data["whose"].ne(area.name)]
    return Beside(
        measure=measure.words,
        period=spoken(period),
        own=_text(own.iloc[-1], indicator.unit),
        others=tuple((str(row["whose"]), _text(row, indicator.unit)) for _, row in others.iterrows()),
        note=indicator.beside,
    )


def _text(row: pd.Series, unit: str) -> str:
    number = float(row["number"])
    return percent(number) if unit == PER_CENT else f"{written(number)} {unit}"
