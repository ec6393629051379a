"""What is compared of two records, what counts as alike, and which pairs are looked at at all.

Everything is SQL that DuckDB and Spark understand alike, so that both find the same links. Three ways of reading the
lists stand for what is done before the comparison: nothing, hyphens mended, every usual slip allowed for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Way = Literal["written", "hyphens", "mended"]
WAYS: Mapping[Way, str] = {
    "written": "Names as they are written",
    "hyphens": "Hyphens and double surnames mended",
    "mended": "All usual slips allowed for",
}
"""How the lists are read -> what it is called, from the strictest."""

COLUMNS = (
    "unique_id",
    "forename",
    "forename_root",
    "surname",
    "surname_letters",
    "surname_first",
    "surname_last",
    "dob",
    "dob_swapped",
    "postcode",
    "outward",
)
"""What a prepared record holds (preparing.py)."""


@dataclass(frozen=True)
class Level:
    """How far two records agree in one field: its words, the test, and from which way of reading on it is told apart.

    `start`: the share of true pairs and of chance pairs that the learning begins with.
    """

    words: str
    test: str
    way: Way = "written"
    start: tuple[float, float] = (0.01, 0.001)


@dataclass(frozen=True)
class Field:
    """A field of a record: its name, what is missing in it, its levels from the most alike, and what is left."""

    name: str
    words: str
    levels: tuple[Level, ...]
    otherwise: str
    other_start: tuple[float, float] = (0.03, 0.9)


def _close(field: str) -> str:
    """One letter apart, or two in a long name."""
    near = f"case when length({field}_l) > 5 and length({field}_r) > 5 then 2 else 1 end"
    return f"levenshtein({field}_l, {field}_r) <= {near}"


FIELDS: tuple[Field, ...] = (
    Field(
        "forename",
        "Forename",
        (
            Level("the same", "forename_l = forename_r", start=(0.88, 0.01)),
            Level("a short form of the same", "forename_root_l = forename_root_r", "mended", (0.04, 0.001)),
            Level("a letter or two apart", _close("forename"), "mended", (0.04, 0.004)),
        ),
        "different",
    ),
    Field(
        "surname",
        "Surname",
        (
            Level("the same", "surname_l = surname_r", start=(0.84, 0.005)),
            Level("the same but for a hyphen or a space", "surname_letters_l = surname_letters_r", "hyphens"),
            Level(
                "one part of a double surname the same",
                "surname_first_l = surname_first_r or surname_last_l = surname_last_r"
                " or surname_first_l = surname_last_r or surname_last_l = surname_first_r",
                "hyphens",
                (0.08, 0.002),
            ),
            Level("a letter or two apart", _close("surname_letters"), "mended", (0.03, 0.002)),
        ),
        "different",
    ),
    Field(
        "dob",
        "Date of birth",
        (
            Level("the same", "dob_l = dob_r", start=(0.95, 0.0002)),
            Level("day and month swapped", "dob_l = dob_swapped_r", "mended", (0.01, 0.0002)),
            Level("one figure apart", "levenshtein(dob_l, dob_r) <= 1", "mended", (0.01, 0.003)),
        ),
        "different",
    ),
    Field(
        "postcode",
        "Postcode",
        (
            Level("the same", "postcode_l = postcode_r", start=(0.85, 0.001)),
            Level("the same first half", "outward_l = outward_r", start=(0.05, 0.05)),
        ),
        "different",
        (0.1, 0.95),
    ),
)

_STRICTEST = (
    "l.dob = r.dob and l.surname = r.surname",
    "l.surname = r.surname and l.forename = r.forename and l.postcode = r.postcode",
)
_HYPHENS = (
    "l.dob = r.dob and l.surname_letters = r.surname_letters",
    "l.dob = r.dob and l.surname_first = r.surname_first",
    "l.dob = r.dob and l.surname_last = r.surname_last",
    "l.dob = r.dob and l.surname_first = r.surname_last",
    "l.dob = r.dob and l.surname_last = r.surname_first",
)
_SLIPS = (
    "l.dob = r.dob and l.forename_root = r.forename_root",
    "l.dob = r.dob and l.postcode = r.postcode",
    "l.postcode = r.postcode and l.forename_root = r.forename_root",
    "l.dob = r.dob_swapped and l.forename_root = r.forename_root",
    "l.forename_root = r.forename_root and l.surname_letters = r.surname_letters",
)
_LOOKED_AT: Mapping[Way, tuple[str, ...]] = {
    "written": _STRICTEST,
    "hyphens": (*_STRICTEST, *_HYPHENS),
    "mended": (*_HYPHENS, *_SLIPS),  # the strictest pairs are among these
}
"""Pairs that are looked at: what they must have in common. Of all other pairs nothing is asked, since they are far too
many."""

LEARNT_FROM = (
    "l.dob = r.dob and l.postcode = r.postcode",
    "l.dob = r.dob and l.forename_root = r.forename_root",
    "l.forename = r.forename and l.surname_letters = r.surname_letters",
)
"""Pairs from which Splink learns how often each field of a true pair agrees. Each leaves out of what it teaches the
fields that it asks for."""
CERTAIN = "l.forename = r.forename and l.surname = r.surname and l.dob = r.dob"
"""Pairs that are true almost without exception, from which it follows how many true ones there are."""
OF_ALL_TRUE = 0.8
"""The part of true pairs that are taken to be among them."""


def _reached(own: Way, asked: Way) -> bool:
    order = list(WAYS)
    return order.index(own) <= order.index(asked)


def levels(field: Field, way: Way) -> list[Level]:
    """The levels of a field that a way of reading tells apart, from the most alike."""
    return [level for level in field.levels if _reached(level.way, way)]


def words_of(field: Field, way: Way, gamma: int) -> str:
    """What the number that Splink gives to a level stands for: -1 is missing, 0 is what is left."""
    told = levels(field, way)
    if gamma < 0:
        return "missing in one of the lists"
    return told[len(told) - gamma].words if gamma else field.otherwise


def settings(way: Way) -> dict[str, Any]:
    """The settings of Splink, before it has learnt from the lists."""
    return {
        "link_type": "link_only",
        "unique_id_column_name": "unique_id",
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": True,
        "em_convergence": 0.0005,
        "comparisons": [_comparison(field, way) for field in FIELDS],
        "blocking_rules_to_generate_predictions": [{"blocking_rule": rule} for rule in _LOOKED_AT[way]],
    }


def _comparison(field: Field, way: Way) -> dict[str, Any]:
    missing = {
        "sql_condition": f"{field.name}_l is null or {field.name}_r is null",
        "label_for_charts": "missing",
        "is_null_level": True,
    }
    told = [_level(level.test, level.words, level.start) for level in levels(field, way)]
    rest = _level("ELSE", field.otherwise, field.other_start)
    return {"output_column_name": field.name, "comparison_levels": [missing, *told, rest]}


def _level(test: str, words: str, start: tuple[float, float]) -> dict[str, Any]:
    return {
        "sql_condition": test,
        "label_for_charts": words,
        "m_probability": start[0],
        "u_probability": start[1],
    }
