"""Special schools on the map: marks whose size is their places, and what each says when it is asked."""

from __future__ import annotations

from sendlib.answer import Answer
from sendlib.pictures import places_map
from sendlib.pictures.picture import Entry, Spec
from sendlib.questions.places import register
from sendlib.tables.needs import NEEDS


def added(drawn: Spec, answer: Answer) -> Spec:
    """A drawing with the schools of the register that is held."""
    said = {"needs": "Approved for", "noNeeds": _no_needs(answer), "needNames": dict(NEEDS), "source": about(answer)}
    return places_map.with_schools(drawn, said, None)


def _no_needs(answer: Answer) -> str:
    return "Needs it is approved for: not in the register shipped"


def key(answer: Answer, *, brief: bool) -> tuple[Entry, ...]:
    """The key of the schools."""
    return places_map.key_of_schools(_kinds(answer))


def _kinds(answer: Answer) -> list[str]:
    """The kinds of schools that the map tells apart, in the order of its marks."""
    return [str(kind) for kind in answer.tables["provision"].data["kind"]]


def about(answer: Answer) -> str:
    """What the marks are, and of when."""
    if "schools" not in answer.tables:
        return register.about_points(register.SHIPPED)
    return register.about_points(str(answer.tables["schools"].data["vintage"].iloc[0]))
