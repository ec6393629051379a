"""Words in three modes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Mode = Literal["explore", "show", "families"]
MODES: dict[Mode, str] = {"explore": "Explore", "show": "Show", "families": "Families"}
"""Code in the address -> name; the first is what an address without a mode means."""


@dataclass(frozen=True)
class Text:
    """The same thing said in each mode: the only way in which words differ by mode.

    `explore` is for analysts, `show` for a shared screen and `families` for parents and carers. An
    empty one falls back on `explore`; None says that nothing is said in that mode.
    """

    explore: str
    show: str | None = ""
    families: str | None = ""

    def in_mode(self, mode: Mode) -> str:
        """The words of a mode; empty where nothing is said in it."""
        if mode == "explore":
            return self.explore
        own = self.show if mode == "show" else self.families
        return "" if own is None else own or self.explore

    def __bool__(self) -> bool:
        return any(self.in_mode(mode) for mode in MODES)


def said_in(mode: Mode, texts: tuple[Text, ...]) -> list[str]:
    """What some texts say in a mode, without those that say nothing."""
    return [words for text in texts if (words := text.in_mode(mode))]
