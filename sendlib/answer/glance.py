"""An answer at a glance: one statement with its number, as Start shows of each question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import isnan, nan

from sendlib.answer.numbers import written
from sendlib.answer.text import Text
from sendlib.areas import Area


@dataclass(frozen=True)
class Point:
    """What the small line holds of one period: the area's number and England's, NaN where there is none."""

    period: str
    own: float
    england: float = nan


@dataclass(frozen=True)
class Line:
    """The years of a number as a small line, or, of one year, as two bars. `what` says what it draws, with its unit."""

    what: Text
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Glance:
    """`number` stands large; `statement` says what it is of, `small` what it is beside.

    Without a number, `number` is words or empty, `statement` names what there is no number of, and `small` says why.
    """

    statement: Text
    number: Text
    small: Text
    held: bool = True
    line: Line | None = None

    @classmethod
    def without(cls, statement: Text, why: Text, instead: Text | None = None) -> Glance:
        """Of something that there is no number of."""
        return cls(statement, instead or Text(""), why, held=False)


def of_authorities(area: Area) -> str:
    """Whose a number is that stands for a health area: ` of its 3 authorities`; nothing of other areas."""
    if area.kind not in ("board", "location"):
        return ""
    return " of its authority" if len(area.parts) == 1 else f" of its {len(area.parts)} authorities"


def line(what: Text, points: Iterable[Point]) -> Line | None:
    """The line of the periods of which the area has a number; None where it has none."""
    held = tuple(point for point in points if not isnan(point.own))
    return Line(what, held) if held else None


def out_of_100(share: float) -> str:
    """A share as families read it: `6 of every 100`, `fewer than 1 of every 100`."""
    if 0 < share < 0.5:
        return "fewer than 1 of every 100"
    if 99.5 <= share < 100:
        return "nearly all"
    return f"{written(share)} of every 100"
