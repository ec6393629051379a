"""How a file of own figures is laid out: the columns of its sheet, and what may stand in them."""

from __future__ import annotations

from dataclasses import dataclass

SHEET = "Figures"
LARGEST = 5_000_000
"""Bytes of a file."""
MOST_ROWS, MOST_COLUMNS = 2_000, 50


@dataclass(frozen=True)
class Heading:
    """A column: its heading, what goes into it, and how many letters a cell of words may have."""

    heading: str
    meaning: str
    longest: int


INDICATOR, AREA, PERIOD, OF_WHOM, FIGURE = "indicator", "area", "period", "of_whom", "figure"
UNIT, OUT_OF, COMES_FROM, NOTE = "unit", "out_of", "comes_from", "note"
COLUMNS = {
    INDICATOR: Heading("Indicator", "What the figure tells. Leave the words of the template as they are.", 120),
    AREA: Heading("Area", "Whose figure it is: a name or code. Left empty, it is the area that the page shows.", 80),
    PERIOD: Heading("Period", "When, with its year: 2025, 2025/26, January 2026, Q1 2026.", 40),
    OF_WHOM: Heading("Of whom", "A part of those counted, such as an age group; empty for all.", 80),
    FIGURE: Heading("Figure", "The number: 412 or 61.5. Where there is none, a sign of those below.", 40),
    UNIT: Heading("Unit", "What was counted, such as children, or %. For 61.5% write 61.5 and %.", 40),
    OUT_OF: Heading("Out of", "How many there are in all, where the figure is a part of them; else empty.", 40),
    COMES_FROM: Heading("Where it comes from", "The team, system or paper.", 200),
    NOTE: Heading("Note", "What a reader must know of it.", 300),
}
NEEDED = (INDICATOR, PERIOD, FIGURE)
"""Columns without which a file is not read."""
