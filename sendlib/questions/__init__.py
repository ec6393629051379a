"""One module a question, or one package with its parts: an area and a few choices in, an Answer out.

Nothing here knows how an answer is drawn.
"""

from __future__ import annotations

import importlib
from types import ModuleType

from sendlib.errors import NoData

_NAMES = ("my_area", "needs", "places", "getting_help", "doing_well", "looking_ahead")


def names() -> tuple[str, ...]:
    """The names of the questions that can be asked, in the order of the pages."""
    return _NAMES


def named(name: str) -> ModuleType:
    """The module of a question: NAME, WORDS and `ask(store, area, comparators)`. Raises NoData."""
    if name not in _NAMES:
        raise NoData(f"There is no question '{name}'. There are: {', '.join(_NAMES)}.")
    return importlib.import_module(f"{__name__}.{name}")
