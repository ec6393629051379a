"""A figure of the reader's own, and the error of a file that is not taken in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sendlib.answer.numbers import capital, count_of, written
from sendlib.answer.table import FEW, LARGEST_OF_FEW
from sendlib.errors import SendlibError
from sendlib.own_figures.indicators import counts_children
from sendlib.tables.symbols import WORDS

PER_CENT = "%"
OF_FEW = "Not shown: few children"
"""In place of a number by which 1 to 4 children could be worked out."""
MOST_TOLD = 20
"""Problems of a file that are told one by one; of the rest how many there are."""


@dataclass(frozen=True)
class OwnFigure:
    """A figure that the reader brought, as the file has it.

    `indicator` is what it counts, in the words of the template or the group's own; `period` when, as the group writes
    it; `of_whom` a part of those counted (`aged 0 to 4`), or empty. `value` is None where `status` is not `value`: one
    of the other four kinds of missing. `unit` is `%` or what was counted; `out_of` of how many, where that was given.
    `comes_from` is where the group has it from. Nothing of it has been checked by anybody else.
    """

    indicator: str
    area_code: str
    area: str
    period: str
    of_whom: str
    value: float | None
    unit: str
    status: str
    out_of: float | None
    comes_from: str
    note: str

    @property
    def named(self) -> str:
        """What it counts and of whom: `Notifications from the NHS (aged 0 to 4)`."""
        return f"{self.indicator} ({self.of_whom})" if self.of_whom else self.indicator

    @property
    def small(self) -> bool:
        """Whether 1 to 4 children could be read or worked out of it: it counts so few, leaves so few out of all, or is
        of so few."""
        return any(0 < number <= LARGEST_OF_FEW for number in self._counts())

    def _counts(self) -> list[int]:
        """The numbers of children in it, as far as they can be worked out."""
        whole = [] if self.out_of is None else [round(self.out_of)]
        if self.value is None:
            return whole
        if self.unit == PER_CENT:
            counted = [round(self.value * part / 100) for part in whole]
        else:
            # A number that is not whole is an average or a rate.
            counted = [round(self.value)] if self.value.is_integer() and counts_children(self.unit) else []
        return [*counted, *whole, *(part - count for part, count in zip(whole, counted, strict=False))]

    @property
    def shown(self) -> bool:
        """Whether there is a number."""
        return self.value is not None

    def text(self, *, all_numbers: bool) -> str:
        """The figure as one reads it: `61.5%`, `412 children`, `Hidden to protect children's privacy`; where it is
        small, and not all numbers were asked for, `Fewer than 5`, or of a share that it is of few."""
        if self.value is None:
            return capital(WORDS[self.status])
        if self.small and not all_numbers:
            return FEW if self._is_itself_few else OF_FEW
        number = written(self.value, _decimals(self.value))
        if self.unit == PER_CENT:
            return f"{number}%"
        return f"{number} {self.unit}".rstrip()

    @property
    def _is_itself_few(self) -> bool:
        return self.unit != PER_CENT and self.value is not None and 0 < self.value <= LARGEST_OF_FEW

    def of_how_many(self, *, all_numbers: bool) -> str:
        """Of how many, as one reads it; empty where nothing is given, or where it would tell of few."""
        if self.out_of is None or (self.small and not all_numbers):
            return ""
        return written(self.out_of, _decimals(self.out_of))


def _decimals(number: float) -> int:
    """As many decimals as a number needs, two at most."""
    return next((decimals for decimals in (0, 1) if round(number, decimals) == round(number, 2)), 2)


class OwnFileRefused(SendlibError):
    """A file of the reader's own that is not taken in: the reason, and every cell that is wrong."""

    def __init__(self, reason: str, cells: Sequence[str] = ()) -> None:
        self.reason = reason
        self.cells = tuple(cells)
        super().__init__(" ".join([reason, *self.told()]))

    def told(self) -> list[str]:
        """What is wrong, cell by cell: the first of them, then how many more there are."""
        more = len(self.cells) - MOST_TOLD
        return [*self.cells[:MOST_TOLD], *([f"And {count_of(more, 'more cell', 'more cells')}."] if more > 0 else [])]
