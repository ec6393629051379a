"""Where a figure stands among those of all authorities, as a range of places."""

from __future__ import annotations

from dataclasses import dataclass

from sendlib.answer.numbers import capital


@dataclass(frozen=True)
class Standing:
    """Places from the highest that a figure could have by chance: `first` to `last` of `number` authorities.

    `own` is what is placed, `others` are those of the other authorities, the lowest first, in one unit. `what` says
    what is placed where it is not the large number itself: `Its share of plans`.
    """

    first: int
    last: int
    number: int
    own: float
    others: tuple[float, ...]
    what: str = ""

    @property
    def words(self) -> str:
        """`Between 40th and 75th highest of 151 authorities`, `Its share of plans: the highest of 151 authorities`."""
        of = f"highest of {self.number} authorities"
        if self.first == self.last:
            ends = {1: f"the {of}", self.number: f"the lowest of {self.number} authorities"}
            place = ends.get(self.first, f"{ordinal(self.first)} {of}")
        else:
            place = f"between {ordinal(self.first)} and {ordinal(self.last)} {of}"
        return f"{self.what}: {place}" if self.what else capital(place)


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `13th`."""
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
