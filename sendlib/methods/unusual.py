"""Whether the newest change of a series is larger than all before it: a rule that can be said in one sentence.

Nothing is assumed of how changes are spread. A change is more than usual where it is larger, up or down, than every
earlier change of the same series; fewer than FEWEST_BEFORE earlier ones say nothing. Were all changes of a series
alike, the newest of n + 1 would be the largest with a chance of 1 in n + 1 (each place is then as likely as any
other), so of many series some stand out by chance; `by_chance` says how many.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

FEWEST_BEFORE = 4
"""Earlier changes below which nothing is called usual."""
_NOISE = 1e-9
"""Differences below this are of how a computer holds numbers."""


@dataclass(frozen=True)
class Judged:
    """How a change stands to those before it.

    `low` and `high` are the ends of the earlier changes, `earlier` is how many there are; `times` how large the newest
    is beside the largest of them, up or down (infinite where none moved before). Without enough earlier ones all of
    that is None, and nothing is unusual.
    """

    earlier: int
    low: float | None = None
    high: float | None = None
    times: float | None = None

    @property
    def is_judged(self) -> bool:
        """Whether there are enough earlier changes to say anything."""
        return self.times is not None

    @property
    def unusual(self) -> bool:
        """Whether the change is larger, up or down, than each one before."""
        return self.times is not None and self.times > 1 + _NOISE


def judge(newest: float, before: Sequence[float]) -> Judged:
    """How the newest change stands to the earlier ones.

    >>> judge(6.0, [1.0, -2.0, 4.0, 3.0]).unusual
    True
    >>> judge(-3.0, [1.0, -2.0, 4.0, 3.0]).unusual
    False
    >>> judge(6.0, [1.0, -2.0, 4.0]).is_judged
    False
    """
    if len(before) < FEWEST_BEFORE:
        return Judged(len(before))
    largest = max(abs(change) for change in before)
    size = abs(newest)
    times = size / largest if largest > _NOISE else float("inf") if size > _NOISE else 0.0
    return Judged(len(before), min(before), max(before), times)


def by_chance(judged: Iterable[Judged]) -> float:
    """How many would be more than usual if in each series every change were as likely as any other to be the largest.

    >>> by_chance([judge(1.0, [2.0] * 4), judge(1.0, [2.0] * 9)])
    0.30000000000000004
    """
    return sum(1 / (one.earlier + 1) for one in judged if one.is_judged)
