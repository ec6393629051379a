"""Where the words of a drawing stand, and which of them lie over one another or beyond its edge.

Letters are measured in the font that Pillow has within itself, which is there on every machine, made narrower by what
Source Sans, the pages' own, is narrower than it (0.92); a box is as high as letters are without what reaches below.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from xml.etree import ElementTree

from PIL import ImageFont

_NARROWER, _HIGH = 0.92, 0.7
_TOUCH = 2.0
"""Pixels by which boxes may lie over one another: the measure is not exacter."""
_Matrix = tuple[float, float, float, float, float, float]
_Found = dict[tuple[str, int, int], "Word"]


@dataclass(frozen=True)
class Word:
    """Words and their box: left, top, right, bottom."""

    words: str
    box: tuple[float, float, float, float]


@cache
def wide(words: str) -> float:
    """How wide words are, in sizes of their letters."""
    return float(ImageFont.load_default(size=100).getlength(words)) / 100 * _NARROWER


def words_of(svg: str) -> list[Word]:
    """All words of a drawing; those drawn twice at one place (letters over their own edge) once."""
    found: _Found = {}
    _walk(ElementTree.fromstring(svg), (1, 0, 0, 1, 0, 0), {}, found)
    return list(found.values())


def faults(svg: str) -> list[str]:
    """Words that lie over others, and words that are cut off by the edge."""
    root, held = ElementTree.fromstring(svg), words_of(svg)
    wide_as, high_as = float(root.get("width", 0)), float(root.get("height", 0))
    over = [
        f"'{one.words}' over '{other.words}'" for one, other in combinations(held, 2) if _together(one.box, other.box)
    ]
    cut = [
        f"'{one.words}' beyond the edge"
        for one in held
        if one.box[0] < -_TOUCH
        or one.box[1] < -_TOUCH
        or one.box[2] > wide_as + _TOUCH
        or one.box[3] > high_as + _TOUCH
    ]
    return over + cut


def _together(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > _TOUCH and down > _TOUCH


def _walk(part: ElementTree.Element, at: _Matrix, style: dict[str, str], found: _Found) -> None:
    at = _times(at, _moved(part.get("transform", "")))
    style = {**style, **{key: value for key, value in part.attrib.items() if key in ("font-size", "text-anchor")}}
    if part.tag.endswith("}text"):
        lines = [part.text or ""] if part.text else [line.text or "" for line in part]
        size = float(style.get("font-size", "11").removesuffix("px"))
        for place, line in enumerate(lines):
            _add(line, place, part, at, size, style.get("text-anchor", "start"), found)
        return
    for child in part:
        _walk(child, at, style, found)


def _add(
    line: str,
    place: int,
    part: ElementTree.Element,
    at: _Matrix,
    size: float,
    anchor: str,
    found: _Found,
) -> None:
    if not line.strip() or part.get("opacity") == "0":
        return
    long, down = wide(line) * size, _down(part, place, size)
    left = {"start": 0.0, "middle": -long / 2, "end": -long}[anchor]
    corners = [_at(at, x, y) for x in (left, left + long) for y in (down - _HIGH * size, down)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    word = Word(line, (min(xs), min(ys), max(xs), max(ys)))
    found[line, round(word.box[0]), round(word.box[1])] = word


def _down(part: ElementTree.Element, place: int, size: float) -> float:
    """How far below the first line a line of a text is."""
    down = 0.0
    for line in list(part)[1 : place + 1]:
        step = line.get("dy", f"{size + 2}")
        down += float(step.removesuffix("px").removesuffix("em")) * (size if step.endswith("em") else 1)
    return down


def _moved(transform: str) -> _Matrix:
    """A list of translate(), rotate() and scale() as one matrix."""
    made: _Matrix = (1, 0, 0, 1, 0, 0)
    for name, numbers in re.findall(r"(\w+)\(([^)]*)\)", transform):
        held = [float(one) for one in re.split(r"[ ,]+", numbers.strip())]
        if name == "translate":
            made = _times(made, (1, 0, 0, 1, held[0], held[1] if len(held) > 1 else 0))
        elif name == "rotate":
            turn = math.radians(held[0])
            made = _times(made, (math.cos(turn), math.sin(turn), -math.sin(turn), math.cos(turn), 0, 0))
        elif name == "scale":
            made = _times(made, (held[0], 0, 0, held[-1], 0, 0))
    return made


def _times(one: _Matrix, other: _Matrix) -> _Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f)


def _at(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
