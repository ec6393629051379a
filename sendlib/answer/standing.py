"""Where a figure stands among those of all authorities, as a range of places."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Standing:
    """Places from the highest that a figure could have by chance: `first` to `last` of `number` authorities.

    `own` is the figure, `others` are those of the other authorities, the lowest first, in the figure's unit.
    """

    first: int
    last: int
    number: int
    own: float
    others: tuple[float, ...]

    @property
    def words(self) -> str:
        """`Between 40th and 75th highest of 151 authorities`."""
        if self.first == self.last:
            return f"{ordinal(self.first)} highest of {self.number} authorities"
        return f"Between {ordinal(self.first)} and {ordinal(self.last)} highest of {self.number} authorities"


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `13th`."""
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
