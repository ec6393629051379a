"""What several commands have in common: whom and what is asked, and out of which tables."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable

from sendlib import console, postcodes, questions, service, settings
from sendlib.answer import Answer, Choice, Question
from sendlib.areas import Area
from sendlib.compared import comparators, widened
from sendlib.errors import UnknownChoice
from sendlib.store import SNAPSHOT, Store

AREA_HELP = (
    "an authority, a district, a region, England or a health area, by a name or code of today or of the past; several"
    " authorities with commas between are a group, which may have a name and a colon before them; a postcode is asked"
    " of ONS"
)


def choices_of_questions() -> dict[str, dict[str, Choice]]:
    """Every choice of every question: its name -> the questions that have it."""
    found: dict[str, dict[str, Choice]] = {}
    for question in questions.QUESTIONS:
        for choice in question.choices:
            found.setdefault(choice.name, {})[question.name] = choice
    return found


def add_what_is_asked(parser: argparse.ArgumentParser) -> None:
    """The question, the area, whom to compare it with, and every choice of every question."""
    parser.add_argument("question", help=f"one of: {', '.join(questions.names())}")
    add_area_and_those_compared(parser)
    for name, owners in choices_of_questions().items():
        choice = next(iter(owners.values()))
        parser.add_argument(
            choice.option, dest=name, help=f"{' and '.join(owners)} only: {choice.help}".replace("%", "%%")
        )


def add_area_and_those_compared(parser: argparse.ArgumentParser) -> None:
    """The area, one beside it, and whom to compare it with."""
    add_whom(parser)
    parser.add_argument("--beside", default="", help="another area, which is set beside the first")


def add_whom(parser: argparse.ArgumentParser) -> None:
    """The area, and whom to compare it with."""
    parser.add_argument("--area", required=True, help=AREA_HELP)
    parser.add_argument(
        "--comparators",
        default=comparators.DEFAULT,
        help=f"one of {', '.join(comparators.CHOICES)}, or names or codes with commas between",
    )


def store_of(choices: argparse.Namespace) -> Store:
    """The shipped tables with what refreshes brought, or the folder that was named and nothing else."""
    if choices.store != SNAPSHOT:
        return Store(choices.store)
    store = Store(live=settings.read().cache)
    for problem in store.problems:
        print(f"note: {problem}", file=sys.stderr)
    return store


def answer(store: Store, choices: argparse.Namespace) -> Answer:
    """The answer to what was asked for. Raises UnknownArea, UnknownChoice and NoData."""
    question = questions.named(choices.question)
    area = located(store, choices.area)
    beside = located(store, choices.beside) if choices.beside else None
    return service.answer_of(store, question, area, choices.comparators, asked(choices, question), beside)


def located(store: Store, text: str) -> Area:
    """The area that a text stands for, by any name or by a postcode; what there is to say of it is noted."""
    known = widened.directory(store)
    found = postcodes.find(known, text) if postcodes.is_one(text) else known.find(text)
    if found.note:
        print(f"note: {found.note}", file=sys.stderr)
    return found.area


def as_json(content: object, indent: int | None = None) -> str:
    """JSON; in ASCII where no person reads along, because PowerShell takes what comes through a pipe for its own code
    page."""
    return json.dumps(content, indent=indent, ensure_ascii=not console.is_screen(sys.stdout), allow_nan=False)


def asked(choices: argparse.Namespace, question: Question) -> dict[str, str]:
    """What was chosen of the question's own choices. Raises UnknownChoice for one of another question."""
    asked = {}
    for name, owners in choices_of_questions().items():
        text = getattr(choices, name)
        if text and question.name not in owners:
            option = next(iter(owners.values())).option
            raise UnknownChoice(f"{option} belongs to the question {' and '.join(owners)}, not to {question.name}.")
        if text:
            asked[name] = text
    return asked


def codes(text: str) -> list[str]:
    """Codes of measures with commas between."""
    return [code.strip().casefold() for code in text.split(",") if code.strip()]


def progress() -> Callable[[float, str], None]:
    """What tells on the terminal how far something is, from 0 to 1: a bar on a screen, else lines for a log."""
    return _bar if console.is_screen(sys.stderr) else _lines()


def _bar(part: float, text: str) -> None:
    """A progress bar on one line of the terminal."""
    done = round(24 * part)
    print(
        f"\r[{'#' * done}{'.' * (24 - done)}] {100 * part:3.0f}%  {text[:70]:<70}", end="", file=sys.stderr, flush=True
    )


def _lines() -> Callable[[float, str], None]:
    """Progress as lines, for a log: one where the words change."""
    last = ""

    def report(part: float, text: str) -> None:
        nonlocal last
        if text != last:
            print(f"{100 * part:3.0f}%  {text}", file=sys.stderr)
            last = text

    return report
