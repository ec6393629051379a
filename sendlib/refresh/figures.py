"""The figures of a table in one form, whatever its columns: area, kind of place, period, measure in words, value.

A figure is a row with a value. Its text is kept as categories: as text, one breakdown of the needs of a release takes
a hundred megabytes while it is set beside the one held.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from sendlib.areas import ENGLAND

NOT_MEASURES = ("area_code", "level", "name", "period", "value", "status", "not_submitting")
PLACE = ["area", "kind", "period", "measure"]
"""What tells one figure from another."""
GROUP = ["kind", "period", "measure"]
"""Figures that are looked at together."""
_KINDS = {
    "england": "England",
    "authority": "authorities",
    "wider": "regions",
    "region": "NHS regions",
    "icb": "integrated care boards",
    "sub_icb": "sub-ICB locations",
    "provider": "providers",
}


class Coded:
    """A table with the measure of each row as a number, so that a few measures can be taken out of it without much
    memory."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame
        self.words, self.codes, self.first = _measure_codes(frame)

    def of(self, measures: Collection[str]) -> np.ndarray:
        """Which rows are of some measures."""
        places = [place for place, word in enumerate(self.words) if word in measures]
        found: np.ndarray = np.isin(self.codes, places)
        return found

    def figures(self, measures: Collection[str]) -> pd.DataFrame:
        """The figures of some measures (figures)."""
        mask = self.of(measures)
        return _figures(self.frame[mask], _labelled(self.words, self.codes[mask]))


def figures(frame: pd.DataFrame) -> pd.DataFrame:
    """The values of a table by area, kind of place, period (in their order) and measure in words.

    Kinds of place: england, authority, wider (a region), or a level of the NHS.
    """
    words, codes, _ = _measure_codes(frame)
    return _figures(frame, _labelled(words, codes))


def _figures(frame: pd.DataFrame, measures: pd.Categorical) -> pd.DataFrame:
    codes, areas = _coded(frame["area_code"])
    kinds = ["england" if area == ENGLAND else "authority" if area.isdigit() else "wider" for area in areas]
    period, periods = _coded(frame["period"])
    return pd.DataFrame(
        {
            "area": _labelled(areas, codes),
            "kind": _labelled(*reversed(_coded(frame["level"]))) if "level" in frame else _labelled(kinds, codes),
            "period": _labelled(periods, period).as_ordered(),
            "measure": measures,
            "value": frame["value"].to_numpy(),
        }
    )


def with_same_labels(*frames: pd.DataFrame) -> list[pd.DataFrame]:
    """Figures whose categories are the same ones, so that they are compared as numbers and not as text."""
    kinds = {}
    for name in PLACE:
        labels = {label for frame in frames for label in frame[name].unique()}
        kinds[name] = pd.CategoricalDtype(sorted(labels), ordered=name == "period")
    return [frame.astype(kinds) for frame in frames]


def _coded(column: pd.Series) -> tuple[np.ndarray, list[str]]:
    """A column's cells as numbers, and the text of each number."""
    cells = column.astype("category").cat
    return cells.codes.to_numpy(), [str(label) for label in cells.categories]


def _labelled(words: Sequence[str], codes: np.ndarray) -> pd.Categorical:
    """What `_coded` tells as a column; words may repeat."""
    of_words = pd.Categorical(words)
    return pd.Categorical.from_codes(of_words.codes.take(codes), dtype=of_words.dtype)


def _measure_codes(frame: pd.DataFrame) -> tuple[list[str], np.ndarray, np.ndarray]:
    """The measures of a table in words, the number of its measure for each row, and a first row of each measure.

    A measure is every column that is not a place, a period or a value, together.
    """
    columns = [_coded(frame[name]) for name in frame if name not in NOT_MEASURES]
    codes = np.zeros(len(frame), dtype=np.int64)
    for numbers, labels in columns:
        codes = codes * len(labels) + numbers
    _, first, place = np.unique(codes, return_index=True, return_inverse=True)
    words = [", ".join(labels[numbers[row]] for numbers, labels in columns) for row in first]
    return words, place.astype(np.int32), first


def counts(frame: pd.DataFrame) -> set[str]:
    """The measures that are counts; those with a fraction anywhere are percentages or rates."""
    broken = frame["value"].fillna(0).mod(1).ne(0)
    return set(frame["measure"].unique()) - set(frame.loc[broken, "measure"].unique())


def spoken_kind(kind: str) -> str:
    """A kind of place in words."""
    return _KINDS.get(kind, kind)


def spoken_group(index: tuple[str, ...], group: list[str]) -> str:
    """A group in words: its kind of place, then period and measure."""
    return ", ".join(
        spoken_kind(part) if name == "kind" else part for name, part in zip(group, index, strict=True) if part
    )
