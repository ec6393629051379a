"""The table that a reader made: its columns in words, its figures as published, and where they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from sendlib.answer import Column
from sendlib.answer.numbers import capital, count_of, listed
from sendlib.answer.table import UNITS_IN_HEADINGS
from sendlib.compared import doubtful
from sendlib.made.described import AREA, PERIOD, STATUS, VALUE, Figures
from sendlib.made.query import DEATHS, OF, Found, asking, rows
from sendlib.made.selection import Picked, heading, said
from sendlib.provenance import Provenance
from sendlib.questions.getting_help.process_tables import FEWEST_DEATHS
from sendlib.store import Store
from sendlib.tables.ehc_labels import TOTAL
from sendlib.tables.symbols import STATUSES, WORDS
from sendlib.tables.symbols import VALUE as PUBLISHED

JUDGED = {"plans": "measure", "process": "measure", "placements": "placement"}
"""Tables in which figures are judged (compared.doubtful), and the column that says which figure it is."""
UNIT, DOUBTFUL, CODE = "unit", "doubtful", "code_of_"
_NAMED = 4
"""Areas that a caption names; of more it says how many."""
_FEW_DEATHS = (
    f"Fewer than {FEWEST_DEATHS} deaths in a year are not handed out, nor is the number of other reasons in that year,"
    " which would tell."
)


@dataclass(frozen=True)
class Made:
    """A table as it was made: `total` rows there are, of which it has the first or all.

    `frame` has the columns by the names of `columns`: words, and numbers as published, NaN where there is none.
    `statuses` has for each column of figures why (tables/symbols.py, or empty for no row). `decimals`: for each row
    those of its figure where the rows are of several units. `cautions` are told beside the figures, `notes` to those
    who ask.
    """

    picked: Picked
    caption: str
    total: int
    columns: Mapping[str, Column]
    frame: pd.DataFrame
    statuses: pd.DataFrame
    decimals: Mapping[str, np.ndarray]
    cautions: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def sources(self) -> tuple[Provenance, ...]:
        """Where the figures come from; each has the address of the same data at the publisher."""
        return self.picked.held.info.sources

    @property
    def on_page(self) -> dict[str, Column]:
        """The columns that a page shows: codes, and what is the same in every row, stand in the file alone."""
        return {name: column for name, column in self.columns.items() if not column.only_in_files}

    def readable(self) -> pd.DataFrame:
        """The cells in words, by the names of the columns that a page shows."""
        return pd.DataFrame({name: self._readable(name, column) for name, column in self.on_page.items()})

    def _readable(self, name: str, column: Column) -> list[str]:
        values = self.frame[name]
        if column.period:
            return [said(self.picked.held, name, period) for period in values]
        if column.decimals is None:
            words = self._instead(name) if name in self.statuses else ["–"] * len(values)
            return [str(value) or instead for value, instead in zip(values, words, strict=True)]
        return [
            instead if np.isnan(value) else _written(column, value, int(decimals))
            for value, decimals, instead in zip(values, self.decimals[name], self._instead(name), strict=True)
        ]

    def _instead(self, name: str) -> list[str]:
        """What stands in place of a figure, in words."""
        absent = self.picked.held.described.absent
        return [capital(WORDS[status]) if status else absent for status in self.statuses[name]]

    def codebook(self) -> list[tuple[str, str]]:
        """Heading and meaning of every column that a page shows."""
        return [(column.titled, column.meaning) for column in self.on_page.values()]


def _written(column: Column, value: float, decimals: int) -> str:
    return Column(column.heading, "", column.unit, decimals).written(value)


def make(store: Store, picked: Picked, most: int | None = None) -> Made:
    """The table, or its first rows where there are more than `most`. Raises SnapshotDamaged."""
    found = rows(picked, most)
    columns: dict[str, Column] = {}
    data: dict[str, object] = {}
    codes = {name: _codes(picked, found, name) for name in found.places.columns}
    for name, values in codes.items():
        _add_key(picked, name, values, found, columns, data)
    decimals, statuses = _add_figures(picked, found, codes, columns, data)
    frame = pd.DataFrame(data, index=range(len(found.places)))
    described = picked.held.described
    cautions = [described.caution] if described.caution else []
    if not picked.across and picked.held.info.name in JUDGED:
        doubts = _doubts(store, picked, codes)
        if any(doubts):
            frame[DOUBTFUL] = doubts
            columns[DOUBTFUL] = Column(
                "Doubtful", "why the figure can not be right; empty where nothing speaks against it"
            )
    elif picked.held.info.name in JUDGED:
        cautions += _doubts_in_words(store, picked)
    if picked.held.info.name == "process" and DEATHS in codes.get("measure", found.across):
        cautions.append(_FEW_DEATHS)
    notes = tuple(note for note in picked.held.info.breaks if note not in cautions)
    return Made(
        picked,
        caption(picked),
        found.total,
        _told_apart(columns),
        frame,
        statuses,
        decimals,
        tuple(cautions),
        notes,
    )


def caption(picked: Picked) -> str:
    """What the table is: its title, of whom and when, and what is the same in every row."""
    table = picked.held
    names = [table.areas[code].name for code in picked.codes]
    of = listed(names) if 0 < len(names) <= _NAMED else f"{len(names)} areas"
    when = [said(table, PERIOD, period) for period in picked.periods]
    span = "the newest figures" if picked.newest else when[0] if len(when) == 1 else f"{when[0]} to {when[-1]}"
    same = [
        said(table, name, values[0])
        for name, values in picked.values.items()
        if len(values) == 1 and len(picked.offered[name]) > 1
    ]
    figures = table.described.figures.get(VALUE)
    counted = (
        [f"{figures.heading[0].lower()}{figures.heading[1:]} ({figures.unit})"] if figures and figures.unit else []
    )
    return ", ".join([table.info.title, *same, *(counted if picked.across else []), of, *([span] if when else [])])


def _codes(picked: Picked, found: Found, name: str) -> np.ndarray:
    values = np.array([*asking(picked).keys[name]], dtype=object)
    taken: np.ndarray = values[found.places[name].to_numpy(dtype=int)]
    return taken


def _add_key(
    picked: Picked, name: str, values: np.ndarray, found: Found, columns: dict[str, Column], data: dict[str, object]
) -> None:
    """A column that rows are told apart by, in words; of an area its code as well, for files."""
    table, title = picked.held, heading(picked.held, name)
    if name in table.described.areas:
        data[f"{CODE}{name}"] = values
        columns[f"{CODE}{name}"] = Column(f"Code of the {title[0].lower()}{title[1:]}", _CODES, only_in_files=True)
        columns[name] = Column(title, "as its name is today, or was when the figure was published")
    elif name == PERIOD:
        data[name] = values
        alone = len(picked.periods) == 1
        columns[name] = Column(title, "of when the figure is", period=True, only_in_files=alone)
        return
    else:
        alone = len(picked.values[name]) == 1
        columns[name] = Column(title, _one_of(picked, name), only_in_files=alone)
    words = {value: said(table, name, value) for value in dict.fromkeys(values)}
    data[name] = [words[value] for value in values]


def _one_of(picked: Picked, name: str) -> str:
    """What stands in a column: its values, or the first of them."""
    values = picked.values[name]
    words = "; ".join(said(picked.held, name, value) for value in values[:_LISTED])
    more = len(values) - _LISTED
    return f"what the figure is of: {words}{f'; and {more} more' if more > 0 else ''}"


_LISTED = 8
"""Values that the meaning of a column lists."""
_CODES = "DfE's 3-digit code of an authority, ONS's of a region or England, the NHS's of its own areas"


def _add_figures(
    picked: Picked,
    found: Found,
    codes: Mapping[str, np.ndarray],
    columns: dict[str, Column],
    data: dict[str, object],
) -> tuple[dict[str, np.ndarray], pd.DataFrame]:
    """The columns of figures, with the unit of each row where they differ, and why figures are missing."""
    statuses: dict[str, list[str]] = {}
    decimals: dict[str, np.ndarray] = {}
    names = np.array([*STATUSES, ""], dtype=object)
    several: np.ndarray | None = None
    for value in found.figures.columns:
        across = {picked.across: value} if picked.across else {}
        column = f"{OF}{value}" if picked.across else str(value)
        units, places = _units(picked, VALUE if picked.across else str(value), codes, across, len(found.places))
        of = picked.held.described.figures[VALUE if picked.across else str(value)]
        unit = units[0] if len(set(units)) == 1 else ""
        several = units if len(set(units)) > 1 else several
        top = said(picked.held, picked.across, value) if picked.across else ""
        data[column] = (
            [of.words.get(text, text.capitalize()) for text in found.figures[value]]
            if of.words
            else found.figures[value].to_numpy()
        )
        finest = None if of.words else int(max(places, default=0))
        columns[column] = _column(of, unit, top, finest)
        decimals[column] = places
        statuses[column] = list(names[found.statuses[value].to_numpy(dtype=int)]) if len(found.statuses) else []
    if several is not None:
        data[UNIT] = several
        columns[UNIT] = Column("Unit", "what the figure is counted in")
    _add_statuses(picked, columns, data, statuses)
    return decimals, pd.DataFrame(statuses, index=range(len(found.places)))


def _column(of: Figures, unit: str, top: str, decimals: int | None) -> Column:
    """A column of figures: what stands over it says the unit."""
    said_unit = f"{of.heading} ({unit})" if unit and unit not in UNITS_IN_HEADINGS else of.heading
    return Column(top or said_unit, f"{of.meaning}{f' ({unit})' if unit else ''}", unit, decimals)


def _units(
    picked: Picked, figures: str, codes: Mapping[str, np.ndarray], across: Mapping[str, str], length: int
) -> tuple[np.ndarray, np.ndarray]:
    """For each row the unit of a column of figures, and its decimals."""
    described, held = picked.held.described, picked.held.decimals
    by = described.unit_by
    values = codes[by] if by in codes else np.full(length, across.get(by, ""), dtype=object)
    of = {
        value: (described.unit({by: value}, figures), held.get((figures, value), 0)) for value in dict.fromkeys(values)
    }
    return (
        np.array([of[value][0] for value in values], dtype=object),
        np.array([of[value][1] for value in values], dtype=int),
    )


def _add_statuses(
    picked: Picked, columns: dict[str, Column], data: dict[str, object], statuses: Mapping[str, list[str]]
) -> None:
    """For files why a figure is missing: a column, or of a turned table one for each column that lacks some."""
    if STATUS not in picked.held.info.columns:
        return
    words = ", ".join(f"{name} ({WORDS[name]})" for name in STATUSES)
    for column, values in statuses.items():
        if picked.across and set(values) <= {PUBLISHED}:
            continue
        name, title = (
            (f"{STATUS}_{column}", f"{columns[column].heading}: status") if picked.across else (STATUS, "Status")
        )
        data[name] = [value or "no_row" for value in values]
        columns[name] = Column(title, f"Whether the row has its figure, or why not: {words}", only_in_files=True)


def _told_apart(columns: Mapping[str, Column]) -> dict[str, Column]:
    """The columns, two of one heading told apart by what they are called in the address."""
    seen: set[str] = set()
    found: dict[str, Column] = {}
    for name, column in columns.items():
        title = column.heading if column.titled not in seen else f"{column.heading} ({name.removeprefix(OF)})"
        found[name] = replace(column, heading=title)
        seen.add(found[name].titled)
    return found


def _doubts(store: Store, picked: Picked, codes: Mapping[str, np.ndarray]) -> list[str]:
    """For each row why its figure is doubtful, or nothing; of the plans only the totals are judged."""
    found = {
        (code, measure, doubt.period): doubt.why
        for (code, measure), doubts in doubtful.all_of(store).items()
        for doubt in doubts
    }
    measures = codes[JUDGED[picked.held.info.name]]
    judged = codes["characteristic"] == TOTAL if "characteristic" in codes else np.full(len(measures), True)
    return [
        found.get((area, measure, period), "") if is_judged else ""
        for area, measure, period, is_judged in zip(codes[AREA], measures, codes[PERIOD], judged, strict=True)
    ]


def _doubts_in_words(store: Store, picked: Picked) -> list[str]:
    """Which figures of a turned table are doubtful."""
    if TOTAL not in picked.values.get("characteristic", (TOTAL,)):
        return []
    measures = picked.values[JUDGED[picked.held.info.name]]
    return [
        f"{picked.held.areas[code].name}: {doubt.said}"
        for code in picked.codes
        for measure in measures
        for doubt in doubtful.all_of(store).get((code, measure), ())
        if doubt.period in picked.periods
    ]


def said_of_rows(number: int) -> str:
    """How many rows a selection makes, before it is made."""
    return f"This makes {count_of(number, 'row', 'rows')}."
