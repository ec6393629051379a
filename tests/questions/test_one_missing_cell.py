"""One figure that is not available for one authority: its page says so, and nobody else's changes for want of it.

Each case takes the figures of one authority (or of England) out of one table and asks for that authority and for one
that is compared with it. A mean may then be of fewer; no cell may become empty but those of the authority itself, no
page may lose its comparison, and no sentence may say `nan`. The suite asks a sample; `SENDLIB_EVERY_CELL=1` asks every
table and question.
"""

from __future__ import annotations

import os
import re

import pandas as pd
import pytest

from sendlib import pictures, questions
from sendlib.answer import MODES
from sendlib.areas import ENGLAND
from tests.spoiled import without

TORBAY, PLYMOUTH = "880", "879"
NEIGHBOURS = "neighbours-2025"
NOT_WORDS = re.compile(r"\b(nan|NaN|None|NaT|inf)\b|<NA>")
NEEDS_NOW = {"scope": "all", "characteristic": "total"}
PLANS = {"measure": "plans", "characteristic": "total"}

SAMPLE = (
    ("needs", {"need": "slcn", **NEEDS_NOW}, "needs"),
    ("needs", {"need": "plans", **NEEDS_NOW}, "doing_well"),
    ("plans", PLANS, "my_area"),
    ("plans", PLANS, "doing_well"),
    ("placements", {"placement": "special_total"}, "places"),
    ("process", {"measure": "issued"}, "getting_help"),
    ("outcomes", {"measure": "absence"}, "doing_well"),
    ("school_sen", {"phase": "all"}, "my_area"),
)
EVERY = tuple(
    (table, {}, question)
    for table in ("needs", "plans", "placements", "process", "outcomes", "school_sen", "features")
    for question in questions.names()
)
CASES = (*SAMPLE, *EVERY) if os.environ.get("SENDLIB_EVERY_CELL") else SAMPLE
OF_ENGLAND = (
    ("needs", "needs"),
    ("outcomes", "doing_well"),
    ("care", "doing_well"),
    ("plans", "my_area"),
    ("process", "getting_help"),
    ("population_england", "looking_ahead"),
    *((table, question) for table, _, question in EVERY if os.environ.get("SENDLIB_EVERY_CELL")),
)


def ask(store, areas, code, question):
    return questions.named(question).ask(store, areas.get(code), NEIGHBOURS, {})


@pytest.fixture(scope="module")
def of_plymouth(store, areas):
    """Plymouth's answers of the shipped tables, each asked once."""
    held = {}

    def answer(question):
        if question not in held:
            held[question] = ask(store, areas, PLYMOUTH, question)
        return held[question]

    return answer


def newest(store, table, where):
    """The newest period of Torbay's rows that a case is about."""
    rows = store.rows(table, TORBAY)
    for column, label in where.items():
        rows = rows[rows[column].astype(str).eq(label)]
    return str(rows["period"].astype(str).max())


def sentences(answer):
    for mode in MODES:
        yield answer.title.in_mode(mode)
        yield answer.headline.in_mode(mode)
        yield from (note.text.in_mode(mode) for note in answer.notes)
        yield from (table.caption.in_mode(mode) for table in answer.tables.values())
        for figure in answer.figures:
            yield from (figure.text_in(mode), figure.comparison.in_mode(mode), figure.detail.in_mode(mode))


def says_no_nan(answer):
    found = [text for text in sentences(answer) if NOT_WORDS.search(text or "")]
    for name in answer.tables:
        for picture in pictures.of(answer, name, "explore"):
            found += [text for text in (picture.alt.explore, *map(str, picture.below)) if NOT_WORDS.search(text)]
    assert not found


def newly_empty(before: pd.DataFrame, after: pd.DataFrame) -> list[str]:
    """Columns of a table that have fewer numbers than before, in rows that are not Torbay's own."""
    mine, theirs = (
        table[~table.astype(str).eq("Torbay").any(axis=1) & ~table.astype(str).eq(TORBAY).any(axis=1)]
        for table in (before, after)
    )
    numbers = mine.select_dtypes("number").columns
    return [str(column) for column in numbers if theirs[column].notna().sum() < mine[column].notna().sum()]


@pytest.mark.parametrize(("table", "where", "question"), CASES)
def test_a_figure_that_one_authority_lacks_empties_no_page_but_says_so_on_its_own(
    store, areas, of_plymouth, table, where, question
):
    spoiled = without(store, table, area_code=TORBAY, **({"period": newest(store, table, where), **where}))
    says_no_nan(ask(spoiled, areas, TORBAY, question))
    before, after = of_plymouth(question), ask(spoiled, areas, PLYMOUTH, question)
    assert after.state == before.state
    assert after.title.explore == before.title.explore or "nobody" not in after.title.explore
    says_no_nan(after)
    emptied = {
        name: columns
        for name, held in before.tables.items()
        if (columns := newly_empty(held.data, after.tables[name].data))
    }
    assert not emptied


@pytest.mark.parametrize(("table", "question"), OF_ENGLAND)
def test_without_englands_own_row_the_others_are_still_compared(store, areas, of_plymouth, table, question):
    answer = ask(without(store, table, area_code=ENGLAND), areas, PLYMOUTH, question)
    # Children of an area are worked out from England's residents, so Looking ahead has none without them.
    assert answer.state == ("not_available" if question == "looking_ahead" else of_plymouth(question).state)
    says_no_nan(answer)


def test_a_year_that_england_alone_lacks_is_still_there_for_everybody_else(store, areas, of_plymouth):
    spoiled = without(store, "process", area_code=ENGLAND, period="2024")
    before, after = of_plymouth("getting_help"), ask(spoiled, areas, PLYMOUTH, "getting_help")
    assert after.figures[0].text == before.figures[0].text
    assert "England not available" in after.figures[0].comparison.explore
