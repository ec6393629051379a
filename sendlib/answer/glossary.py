"""The words that need explaining: what each means, and where a text says one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sendlib import catalogue


@dataclass(frozen=True)
class Term:
    """A word of the field, spelt as the pages spell it.

    `meaning` is for analysts and `plain` for families, where they meet it. `spellings` are other ways in which pages
    say it.
    """

    name: str
    meaning: str
    plain: str = ""
    spellings: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The name as part of an id within a page: `ehc-plan`."""
        return re.sub(r"\W+", "-", self.name.lower())


@cache
def terms() -> tuple[Term, ...]:
    """All of them, as the catalogue orders them."""
    held = catalogue.load("glossary")["terms"]
    return tuple(
        Term(one["term"], one.get("meaning") or one["plain"], one.get("plain", ""), tuple(one.get("spellings", ())))
        for one in held
    )


def parted(text: str) -> Iterator[tuple[str, Term | None]]:
    """A text in its order, parted into terms with plain words and what stands between them."""
    end = 0
    for match in _anywhere().finditer(text):
        if match.start() > end:
            yield text[end : match.start()], None
        yield match[0], _ways()[(match.lastindex or 1) - 1][1]
        end = match.end()
    if end < len(text):
        yield text[end:], None


@cache
def _ways() -> tuple[tuple[str, Term], ...]:
    """Each spelling of a term with plain words, the longest first: of two at one place it is the one meant."""
    ways = [(way, term) for term in terms() if term.plain for way in (term.name, *term.spellings)]
    return tuple(sorted(ways, key=lambda pair: -len(pair[0])))


@cache
def _anywhere() -> re.Pattern[str]:
    """Finds any of them; each is a group, in their order."""
    return re.compile(rf"(?<![\w-])(?:{'|'.join(f'({_pattern(way)})' for way, _ in _ways())})(?![\w-])")


def _pattern(way: str) -> str:
    """A spelling with either case of its first letter, in the singular or plural."""
    first = f"[{way[0].upper()}{way[0].lower()}]"
    stem, ending = (way[:-1], "(?:y|ies)") if way.endswith("y") else (way, "s?")
    return f"{first}{re.escape(stem[1:])}{ending}"
