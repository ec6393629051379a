"""Answers of a question for authorities all over England, worked out once in a run of the tests, whichever process is
the first to need them: every second one and all that are peculiar, or with SENDLIB_EVERY_AREA=1 each one.

Several files look through the answers of all authorities, and to ask a question of all of them takes many seconds.
The processes of one run share a folder (pytest's own, which is new for every run), so nothing outlives the run and
nothing can be of other code or other figures.
"""

from __future__ import annotations

import io
import os
import pickle
from collections.abc import Callable
from functools import partial
from pathlib import Path

from filelock import FileLock

from sendlib import questions
from sendlib.answer import Answer, Choice
from sendlib.areas import Areas
from sendlib.compared.comparators import DEFAULT
from sendlib.store import Store

PECULIAR = (
    "201",
    "420",
    "838",
    "839",
    "908",
    "926",
    "928",
    "929",
    "940",
    "941",
    "942",
    "943",
    "209",
    "921",
    "204",
    "936",
)
"""Few plans, new or divided ones and those that they came from, and authorities without a figure somewhere."""


class Everywhere:
    """Hands out the answers of a question beside the usual comparators: code of an authority -> answer.

    All tests get the same answers, so nobody may change them. One that is named and was not asked yet is asked then.
    """

    def __init__(self, store: Store, areas: Areas, folder: Path) -> None:
        self._store, self._areas, self._folder = store, areas, folder
        self._held: dict[str, dict[str, Answer]] = {}

    def __call__(self, name: str) -> dict[str, Answer]:
        """The answers to the question of this name, of every authority."""
        if name not in self._held:
            file = self._folder / f"answers-{name}.pickle"
            with FileLock(f"{file}.lock"):
                if not file.exists():
                    file.write_bytes(_written(self._asked(name)))
            self._held[name] = _Held(_read(file.read_bytes()), partial(self._one, name))
        return self._held[name]

    def _asked(self, name: str) -> dict[str, Answer]:
        codes = list(self._areas.authorities)
        chosen = codes if os.environ.get("SENDLIB_EVERY_AREA") else {*codes[::2], *PECULIAR} & set(codes)
        return {code: self._one(name, code) for code in codes if code in chosen}

    def _one(self, name: str, code: str) -> Answer:
        return questions.named(name).ask(self._store, self._areas.get(code), DEFAULT, {})


class _Held(dict[str, Answer]):
    """Answers by code; one that is missing is asked."""

    def __init__(self, answers: dict[str, Answer], ask: Callable[[str], Answer]) -> None:
        super().__init__(answers)
        self._ask = ask

    def __missing__(self, code: str) -> Answer:
        self[code] = self._ask(code)
        return self[code]


# A choice may hold a function, which can not be written: its question and name stand for it.
_CHOICES = {(one.name, choice.name): choice for one in questions.QUESTIONS for choice in one.choices}
_NAMES = {id(choice): name for name, choice in _CHOICES.items()}


class _Writer(pickle.Pickler):
    def persistent_id(self, obj: object) -> tuple[str, str] | None:
        return _NAMES.get(id(obj)) if isinstance(obj, Choice) else None


class _Reader(pickle.Unpickler):
    def persistent_load(self, pid: tuple[str, str]) -> Choice:
        return _CHOICES[pid]


def _written(answers: dict[str, Answer]) -> bytes:
    into = io.BytesIO()
    _Writer(into, protocol=pickle.HIGHEST_PROTOCOL).dump(answers)
    return into.getvalue()


def _read(content: bytes) -> dict[str, Answer]:
    answers: dict[str, Answer] = _Reader(io.BytesIO(content)).load()
    return answers
