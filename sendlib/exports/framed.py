"""Words and keys of a drawing as SVG: each is set below some height and says how high what is set then is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from sendlib.exports import letters
from sendlib.pictures.palette import INK
from sendlib.pictures.picture import Entry

_A_LINE, _AFTER = 1.3, 4
"""How high a line is, in sizes of its letters; and pixels after a paragraph."""
_KEY_ROW, _KEY_GAP, _KEY_WORDS, _KEY_LETTERS = 26, 22, 7, 16


@dataclass(frozen=True)
class Column:
    """Where something is set: how far from the left, and how wide it may be."""

    left: float
    wide: float


@dataclass(frozen=True)
class Letters:
    """How a paragraph is written."""

    size: int
    colour: str = INK
    bold: bool = False


def paragraphs(texts: Iterable[tuple[str, Letters]], column: Column, y: float) -> tuple[str, float]:
    """Texts below one another, each on as many lines as it needs, and the height below them."""
    drawn = ""
    for text, style in texts:
        for line in letters.lines(text, column.wide, style.size, bold=style.bold):
            drawn += _text(line, column.left, y + style.size, style)
            y += style.size * _A_LINE
        y += _AFTER if text else 0
    return drawn, y


def key(entries: Sequence[Entry], column: Column, y: float) -> tuple[str, float]:
    """The key in rows, and the height below it."""
    drawn, below = "", y
    for entry, words, x, row in _placed(entries, column):
        top = y + row * _KEY_ROW
        if entry:
            drawn += f'<g transform="translate({x:.0f} {top:.0f})">{entry.drawing}</g>'
            x += entry.width + _KEY_WORDS
        drawn += _text(words, x, top + 15, Letters(_KEY_LETTERS))
        below = top + _KEY_ROW + 6
    return drawn, below


def _placed(entries: Sequence[Entry], column: Column) -> Iterator[tuple[Entry | None, str, float, int]]:
    """Where each entry of a key stands, with its words: how far across, and in which row. Further lines of one that is
    longer than a row have no entry."""
    x, row, end = column.left, 0, column.left + column.wide
    for entry in entries:
        before = entry.width + _KEY_WORDS
        first, *more = letters.lines(entry.words, column.wide - before, _KEY_LETTERS) or [""]
        wide = before + letters.width(first, _KEY_LETTERS)
        if x > column.left and (more or x + wide > end):
            x, row = column.left, row + 1
        yield entry, first, x, row
        for words in more:
            row += 1
            yield None, words, column.left + before, row
        x += column.wide if more else wide + _KEY_GAP


def _text(words: str, x: float, y: float, style: Letters) -> str:
    weight = "bold" if style.bold else "normal"
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" font-size="{style.size}" font-weight="{weight}" fill="{style.colour}">'
        f"{escape(words)}</text>"
    )


def placed(svg: str, x: float, y: float) -> str:
    """A drawing within another one, at a place of it."""
    return svg.replace("<svg ", f'<svg x="{x:.0f}" y="{y:.0f}" ', 1)


def height(svg: str) -> float:
    """The height that a drawing says of itself."""
    return float(svg.split('height="', 1)[1].split('"', 1)[0])
