"""Special schools on the map: marks whose size is their places, and what each says when it is asked."""

from __future__ import annotations

import numpy as np

from sendlib.answer import Answer, Mode
from sendlib.pictures import places_map
from sendlib.pictures.picture import Entry, Spec
from sendlib.pictures.places_provision import kinds_on_map
from sendlib.questions.places import register
from sendlib.tables.needs import NEEDS
from sendlib.tables.periods import spoken_month

HELD = "schools"
"""The table of the answer that has the schools of a register that a refresh has brought."""


def added(drawn: Spec, answer: Answer, mode: Mode) -> Spec:
    """A drawing with the schools: those of the register shipped, which the browser fetches, or those `held`."""
    shipped = HELD not in answer.tables
    said = {
        "needs": "Approved for",
        "noNeeds": "Which needs it is approved for is not in this register" if shipped else "No needs are named",
        "needNames": dict(NEEDS),
        # Where people in a room may recognise a child, a few pupils are not counted out.
        "few": mode != "explore",
        "source": f"Register of schools, {spoken_month(_day(answer))}",
    }
    return places_map.with_schools(drawn, said)


def held(answer: Answer) -> dict[str, Spec]:
    """The schools of a register that a refresh has brought, as the file of those shipped has them; else nothing."""
    if HELD not in answer.tables:
        return {}
    table, own = answer.tables[HELD].data, answer.tables["map"].data
    codes = sorted(code for code in own["area_code"].astype(str) if len(code) == len("201"))
    place = {code: number for number, code in enumerate(codes)}
    rows = [
        [
            str(row["school"]),
            round(float(row["longitude"]), 4),
            round(float(row["latitude"]), 4),
            int(row["kind"]),
            _whole(row["places"]),
            _whole(row["pupils"]),
            place.get(str(row["area_code"]), -1),
            str(row["needs"]),
        ]
        for row in table.to_dict("records")
    ]
    return {HELD: {"day": _day(answer), "kinds": kinds_on_map(answer), "schools": rows}}


def _whole(number: float) -> int | None:
    return None if np.isnan(number) else int(number)


def key(answer: Answer, mode: Mode) -> tuple[Entry, ...]:
    """The key of the schools."""
    if mode != "families":
        return places_map.key_of_schools(kinds_on_map(answer))
    kinds = [register.IN_PLAIN_WORDS.get(kind, kind) for kind in kinds_on_map(answer)]
    return places_map.key_of_schools(kinds, "size: places; hollow: not known")


def about(answer: Answer) -> str:
    """What the marks are, and of when."""
    return register.about_points(_day(answer))


def about_plainly(answer: Answer) -> str:
    """The same for families."""
    near = ", roughly placed" if HELD not in answer.tables else ""
    return f"Schools of {spoken_month(_day(answer))}{near}."


def _day(answer: Answer) -> str:
    """The month of the register that is held."""
    return register.SHIPPED if HELD not in answer.tables else str(answer.tables[HELD].data["vintage"].iloc[0])
