"""The rows of a board put together into one answer: its tables, its words, its notes and where all of it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd

from sendlib.answer import FULL, MODES, NOT_SHOWN, Answer, Column, Mode, Note, Offered, Table, Text
from sendlib.answer.numbers import count_of
from sendlib.areas import Area
from sendlib.board import picking
from sendlib.board.rows import Row
from sendlib.compared import plainly
from sendlib.compared.comparators import Comparators
from sendlib.measures import figures
from sendlib.measures.over_time import Measured
from sendlib.measures.registry import Measure
from sendlib.provenance import Provenance

NAME, WORDS = "board", "Which measures do we watch together?"
BOARD, LINES, BREAKS = "board", "board_lines", "board_breaks"
_CODE = Column("Measure (code)", "measure as it stands in an address", only_in_files=True)
_MEASURE = Column("Measure", "what was picked, in the words of its own page")


def _in_modes(name: str, column: Column) -> dict[str, Column]:
    """The columns of a text in three modes: the first is on the page, the others are on its cards."""
    told = f"{column.heading[0].lower()}{column.heading[1:]}"
    return {
        name: column,
        f"{name}_room": Column(f"For a shared screen: {told}", column.meaning, only_in_files=True),
        f"{name}_plainly": Column(f"In plain words: {told}", column.meaning, only_in_files=True),
    }


COLUMNS = {
    "code": _CODE,
    **_in_modes("measure", _MEASURE),
    "ours": Column("Ours?", "whether a group brought the figure itself; nobody else has checked it"),
    "unit": Column("Unit", "what the numbers are in", only_in_files=True),
    "whose": Column("Whose", "area that the figure is of"),
    "period": Column("When", "newest period with a figure", period=True),
    **_in_modes("figure", Column("Newest figure", "the area's newest figure, with its unit, or why there is none")),
    "number": Column("Number", "the area's newest figure, in its unit", decimals=2, only_in_files=True),
    "status": Column("Status", "value, or why there is no number", only_in_files=True),
    "doubtful": Column("Doubtful?", "why the number can not be right; a rule finds it"),
    **_in_modes("beside", Column("Beside", "mean of those compared and England's figure, of the same period")),
    "mean": Column(
        "Mean of those compared", "mean of the figures of those compared", decimals=2, only_in_files=True, whose="mean"
    ),
    "in_the_mean": Column(
        "In the mean",
        "how many of those compared are in the mean, where that is known",
        decimals=0,
        only_in_files=True,
        otherwise="Not known",
    ),
    "england": Column(
        "England", "England's figure of the same period", decimals=2, only_in_files=True, whose="england"
    ),
    "first_period": Column("First", "first period with a figure of the area", period=True, only_in_files=True),
    "first": Column("First number", "the area's figure of that period", decimals=2, only_in_files=True),
    **_in_modes("change", Column("Change", "from the first to the newest figure that can be compared, as published")),
    **_in_modes("standard", Column("Standard", "what the law or an agreed standard says, where there is one")),
    **_in_modes(
        "mind", Column("To keep in mind", "whose the figure is, what is missing, and why a number can not be right")
    ),
    "next": Column("Next", "what comes after the release that is shown, as its publisher says"),
    "source": Column("Source", "publication and release that the figure comes from"),
}
_LINE_COLUMNS = {
    "code": _CODE,
    "measure": _MEASURE,
    **{name: column for name, column in figures.COLUMNS.items() if name != "number"},
    "number": Column("Number", "figure of the measure, in its unit", decimals=2),
    "few": Column("Of few", "whether it rests on one to four children", only_in_files=True),
}
_BREAK_COLUMNS = {
    "code": _CODE,
    "measure": _MEASURE,
    "period": Column("From", "first period after the break", period=True),
    "what": Column("What changes", "what is not as it was before, in words"),
}
_CANNOT = (
    Text(
        "How the measures act on one another: they stand side by side, and no number sums them up.",
        families="How these things act on each other. They stand side by side, and no score adds them up.",
    ),
    Text(
        "Whether a difference matters: a higher figure is not better or worse by itself.",
        families="Whether a difference matters. A higher number is not good or bad by itself.",
    ),
)
_COULD = (
    Text(
        "What a group looks at first in each of its meetings, and what it asks services to explain.",
        families="What your group looks at first when it meets, and what it asks the services.",
    ),
)


def put_together(
    area: Area, others: Comparators, measures: Sequence[Measure], found: Sequence[Measured], made: Sequence[Row]
) -> Answer:
    """The answer of a board out of its rows."""
    sources = _sources(found)
    held = sum(row.values["status"] == "value" for row in made)
    number = count_of(len(made), "measure", "measures")
    beside = f", beside {others.label} and England" if others.codes else ", beside England"
    return Answer(
        question=NAME,
        words=WORDS,
        area=area,
        comparators=others.label,
        plain_comparators=plainly.wholly(others),
        state=FULL if held else NOT_SHOWN,
        title=Text(
            f"The board of {area.in_text}: {number}", families=f"What we watch together: {number} for {area.in_text}"
        ),
        headline=_headline(len(made), held),
        figures=(),
        lead=BOARD,
        tables={
            BOARD: _table([row.values for row in made], COLUMNS, f"The board: {number}, {area.name}{beside}", sources),
            LINES: _stacked([row.lines for row in made], _LINE_COLUMNS, f"The board over time, {area.name}", sources),
            BREAKS: _stacked([row.breaks for row in made], _BREAK_COLUMNS, "Breaks in the series of the board", ()),
        },
        cannot_tell=_CANNOT,
        could_change=_COULD,
        sources=sources,
        notes=tuple(_notes(found)),
        offered={picking.CHOICE.name: _offered(measures)},
    )


def told_in(answer: Answer, mode: Mode) -> Answer:
    """The board with the words of a mode in the columns that a page shows, as its cards have them."""
    table = answer.tables[BOARD]
    suffix = {"show": "_room", "families": "_plainly"}.get(mode, "")
    named = [name for name in table.columns if suffix and f"{name}{suffix}" in table.columns]
    data = table.data.assign(**{name: table.data[f"{name}{suffix}"] for name in named})
    return replace(answer, tables={**answer.tables, BOARD: replace(table, data=data)})


def _headline(number: int, held: int) -> Text:
    if held == number:
        return Text(f"Each of the {number} has a figure." if number > 1 else "It has a figure.")
    return Text(f"{held} of {number} {'has' if held == 1 else 'have'} a figure; the others say why not.")


def _offered(measures: Sequence[Measure]) -> Offered:
    """The measures on the board, in their order."""
    codes = ",".join(measure.code for measure in measures)
    return Offered(picking.CHOICE, {measure.code: measure.name for measure in measures}, codes, codes)


def _sources(found: Sequence[Measured]) -> dict[str, tuple[Provenance, ...]]:
    """The tables of the store behind the measures, each once."""
    held: dict[str, tuple[Provenance, ...]] = {}
    for one in found:
        held |= {name: sources for name, sources in one.sources.items() if name not in held}
    return held


def _table(rows: list[dict[str, object]], columns: dict[str, Column], caption: str, sources: Iterable[str]) -> Table:
    data = pd.DataFrame(rows)[list(columns)]
    return Table(data, Text(caption), columns, tuple(sources))


def _stacked(parts: Sequence[pd.DataFrame], columns: dict[str, Column], caption: str, sources: Iterable[str]) -> Table:
    """Rows of all measures under one another, in the order of the board."""
    held = [part for part in parts if len(part)]
    empty = pd.DataFrame(
        {name: pd.Series(dtype=float if column.decimals else object) for name, column in columns.items()}
    )
    data = pd.concat(held, ignore_index=True)[list(columns)] if held else empty
    return Table(data, Text(caption), columns, tuple(sources))


def _notes(found: Sequence[Measured]) -> list[Note]:
    """What the pages say beside their own pictures of the measures, each under the measure's name."""
    notes = []
    for one in found:
        name = picking.words(one.measure)
        for note in one.notes:
            said = {mode: note.text.in_mode(mode) for mode in MODES}
            named = [f"{name.in_mode('show' if mode == 'explore' else mode)}: {said[mode]}" for mode in MODES]
            # A definition or a break that has no plain words of its own is for analysts.
            plain = said["families"] and (note.text.families or note.kind in ("caution", "missing"))
            text = Text(named[0], named[1] if said["show"] else None, named[2] if plain else None)
            notes.append(Note(note.kind, text, LINES))
    return notes
