"""What the lists behind About the data are checked against: the pages, as one authority has them."""

from __future__ import annotations

import pytest

from sendlib import about, catalogue, questions
from sendlib.answer import MODES
from sendlib.compared.comparators import DEFAULT
from sendlib.exports.record import as_record
from sendlib.view.take_away import PARTS

ABOUT_TOOLS = {"indicators", "details", "method", "accessibility", "newer"}
"""Parts of About the data that are tools, not sentences and a table."""


@pytest.fixture(scope="session")
def answers(store, areas):
    """Page -> its answer for Plymouth."""
    return {one.name: one.ask(store, areas.get("879"), DEFAULT, {}) for one in questions.QUESTIONS}


@pytest.fixture(scope="session")
def parts(store, answers):
    """Page -> its tables or parts, by name."""
    found = {page: set(answer.tables) for page, answer in answers.items()}
    said = {part.name for part in about.about(store).parts}
    return {**found, "about_data": said | ABOUT_TOOLS, "take_away": set(PARTS), "start": set()}


@pytest.fixture(scope="session")
def written(answers):
    """Page -> every word that it has."""
    found = {page: "\n".join(_said(as_record(answer))) for page, answer in answers.items()}
    corrections = [text for one in catalogue.load("corrections")["corrections"] for text in one.values()]
    return {**found, "about_data": "\n".join(corrections)}


def _said(held):
    """What a record of an answer says, in each mode."""
    if isinstance(held, dict):
        yield from (held[mode] for mode in MODES if isinstance(held.get(mode), str))
    for one in held.values() if isinstance(held, dict) else held if isinstance(held, list | tuple) else ():
        yield from _said(one)


@pytest.fixture(scope="session")
def nowhere(parts):
    """Says which of some places are not in the app."""

    def look(places):
        return [str(one) for one in places if one.page not in parts or one.part not in {"", *parts[one.page]}]

    return look
