"""What a reader can choose: a control on a page, a part of the address and an option of the command line.

A `Choice` belongs to a question and is the same for every area. What it offers for an area, which of that is the
default and what a reader chose stand in the answer, as `Offered`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from sendlib.errors import UnknownChoice

Asked = Mapping[str, str]
"""Choice -> what was asked for, as it stands in an address or behind an option; one that is not there is the
default."""
NOTHING_ASKED: Asked = MappingProxyType({})
"""All choices at their defaults."""
NONE = "none"
"""What stands in an address for several of which none is chosen."""


def as_code(words: str) -> str:
    """Words as an address has them: `11_to_15`, `alternative_provision`; without a comma, which parts several."""
    return "_".join("".join(sign if sign.isalnum() else " " for sign in words.casefold()).split())


@dataclass(frozen=True)
class Limits:
    """A number between two ends, in steps; `decimals` is how it is written."""

    low: float
    high: float
    step: float
    decimals: int


@dataclass(frozen=True)
class Choice:
    """One thing that a reader can choose in a question.

    `name` stands in the address and, after `--` and with hyphens, on the command line; `label` over the control;
    `help` says what it does in a phrase. `about` names the table whose part of the page holds the control; without
    it the control stands beside the lead picture. Where `figures_change` the answer is worked out anew; else the
    choice only picks what a picture shows. `most` is how many can be chosen at once. `number` is for a choice of
    a number. `parse` reads a choice with a form of its own (`semh:mld:25`): text -> the same in its one right
    form; raises UnknownChoice. `of_area`: what is offered belongs to the area, so another area forgets it.
    `form`: a `list` to open or `buttons` side by side. `first`: what the whole page is about, so it stands under the
    question itself. `of_one_area`: it changes nothing with a second area beside, and is not asked then. `only_with`:
    another choice and the values of it with which alone this one changes anything; with others it is not asked.
    """

    name: str
    label: str
    help: str
    about: str = ""
    figures_change: bool = False
    most: int = 1
    number: Limits | None = None
    parse: Callable[[str], str] | None = None
    of_area: bool = False
    form: Literal["list", "buttons"] = "list"
    first: bool = False
    of_one_area: bool = False
    only_with: tuple[str, tuple[str, ...]] | None = None

    @property
    def option(self) -> str:
        """The option of the command line: `--funnel-need`."""
        return f"--{self.name.replace('_', '-')}"

    def offer(self, options: Mapping[str, str], default: str, asked: Asked) -> Offered:
        """What is offered, with what was asked for, or else the default. Raises UnknownChoice."""
        offered = Offered(self, dict(options), default, default)
        return offered.taking(asked.get(self.name, ""))


@dataclass(frozen=True)
class Offered:
    """What a choice offers in one answer: code -> words (none for a number), the default, and the value in force.

    A value of several (`Choice.most` above 1) is codes with commas between, or NONE.
    """

    choice: Choice
    options: Mapping[str, str]
    default: str
    value: str

    def taking(self, asked: str) -> Offered:
        """The same with what was asked for; an empty text is the default. Raises UnknownChoice."""
        return replace(self, value=self._read(asked.strip()) if asked.strip() else self.default)

    @property
    def words(self) -> str:
        """The value in force in words."""
        return self.options.get(self.value, self.value)

    @property
    def values(self) -> list[str]:
        """The values in force of a choice of several."""
        return [] if self.value in ("", NONE) else self.value.split(",")

    def _read(self, text: str) -> str:
        if self.choice.parse:
            return self.choice.parse(text)
        if self.choice.number:
            return self._number(text, self.choice.number)
        if self.choice.most > 1:
            return self._several(text)
        return self._one(text)

    def _one(self, text: str) -> str:
        """The option with this code (with hyphens as well, as one types it) or these words, however they are
        capitalised."""
        wanted = text.casefold()
        for code, words in self.options.items():
            if wanted in (code.casefold(), code.casefold().replace("_", "-"), words.casefold()):
                return code
        raise self._unknown(text, f"There are: {', '.join(code for code in self.options if code)}.")

    def _several(self, text: str) -> str:
        if text == NONE:
            return NONE
        found = list(dict.fromkeys(self._one(part.strip()) for part in text.split(",") if part.strip()))
        if len(found) > self.choice.most:
            raise self._unknown(text, f"Choose up to {self.choice.most}.")
        return ",".join(found) or NONE

    def _number(self, text: str, limits: Limits) -> str:
        try:
            found = float(text)
        except ValueError:
            found = math.nan
        if not limits.low <= found <= limits.high:
            raise self._unknown(text, f"Write a number from {limits.low:g} to {limits.high:g}.")
        return text

    def _unknown(self, text: str, then: str) -> UnknownChoice:
        return UnknownChoice(f"There is no '{text}' to choose for {self.choice.name}. {then}", self.choice.name)
