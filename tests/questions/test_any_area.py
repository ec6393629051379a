"""Any area: a group of one is that authority in every number of every question, and every kind of area is answered."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sendlib import questions
from sendlib.answer import Answer
from sendlib.areas import Area
from sendlib.compared import comparators, widened
from sendlib.store import Store

WITH = "england"
"""Whom both are compared with: statistical neighbours are listed for authorities only."""


@pytest.fixture(scope="module")
def alone(store, areas) -> dict[str, Area]:
    """Every authority as a group of one, by its code."""
    return {code: widened.directory(store).group([code]) for code in areas.authorities}


@pytest.fixture(scope="module")
def joined(store, alone) -> Store:
    return comparators.store_for(store, *alone.values())


def numbers(answer: Answer) -> dict[str, object]:
    """All numbers of an answer: figures, and the columns of numbers of every table without those that name areas."""
    found: dict[str, object] = {
        f"figure {place}": (figure.value, figure.upper, figure.status, figure.standing)
        for place, figure in enumerate(answer.figures)
    }
    for name, table in answer.tables.items():
        for column in table.data:
            if pd.api.types.is_numeric_dtype(table.data[column]):
                found[f"{name}.{column}"] = table.data[column].to_numpy(dtype=float)
    return found


def same(one: object, other: object) -> bool:
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return one.shape == other.shape and bool(np.allclose(one, other, equal_nan=True))
    return str(one) == str(other)


@pytest.mark.parametrize("name", questions.names())
def test_a_group_of_one_is_that_authority_in_every_number(store, areas, alone, joined, name):
    """Each question with another part of the authorities, so that all of them are asked of one."""
    question, many = questions.named(name), len(questions.names())
    for code, area in list(areas.authorities.items())[questions.names().index(name) :: many]:
        one, group = question.ask(store, area, WITH, {}), question.ask(joined, alone[code], WITH, {})
        mine, theirs = numbers(one), numbers(group)
        different = [key for key in mine if key not in theirs or not same(mine[key], theirs[key])]
        assert not different, (area.name, different)
