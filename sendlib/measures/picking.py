"""Which measure a reader picked: first the page that holds it, then one of the page's measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches

from sendlib import questions
from sendlib.answer import Asked, Choice, Offered
from sendlib.errors import UnknownChoice
from sendlib.measures.registry import Measure

MOST_CLOSE = 3
"""Measures that a message on an unknown one names."""


def titles(pages: tuple[str, ...]) -> dict[str, str]:
    """Questions by name -> what their pages are called."""
    return {name: questions.named(name).title for name in pages}


def page(of: Choice, options: Mapping[str, str], measure: Choice, asked: Asked, pages: tuple[str, ...]) -> Offered:
    """The choice of a page among `options`, whose first is the default.

    A measure names its page by itself: where one was asked for, its page is the default, so that taking the page back
    says so in the address. Raises UnknownChoice.
    """
    text = asked.get(measure.name, "").strip()
    if text and not _owner(text, pages):
        raise UnknownChoice(
            f"There is no measure '{text}'. Begin with a page: {', '.join(pages)}; the name of a page alone lists its"
            " measures.",
            measure.name,
        )
    return of.offer(options, _owner(text, pages) or next(iter(options)), asked)


def one(measure: Choice, asked: Asked, page: str, held: Mapping[str, Measure]) -> Offered:
    """The measures of a page, with the one that was asked for, or the first; one of another page is forgotten. Raises
    UnknownChoice."""
    names = {code: measure.name for code, measure in held.items()}
    text = asked.get(measure.name, "").strip().casefold()
    if text == page:
        listed = "\n".join(f"  {code}: {name}" for code, name in names.items())
        raise UnknownChoice(f"Choose one of these measures:\n{listed}", measure.name)
    text = text if _owner(text, (page,)) else ""
    if text and text not in held:
        close = get_close_matches(text, list(held), MOST_CLOSE, 0)
        raise UnknownChoice(
            f"There is no measure '{text}'. Near to it: {', '.join(close)}; '{page}' alone lists all.", measure.name
        )
    # A measure that was asked for is never the default: it stands in the address, and its part of the page is open.
    return replace(
        measure.offer(names, next(iter(names)), {measure.name: text}), default="" if text else next(iter(names))
    )


def _owner(text: str, pages: tuple[str, ...]) -> str:
    """The page that a measure names."""
    return next((page for page in pages if text.casefold().split(".")[0] == page), "")
