"""An area and the authorities that it is made of: whose figures stand for it, who lacks one, and what England's are set
beside."""

from __future__ import annotations

from sendlib.answer.numbers import listed
from sendlib.areas import ENGLAND, Area
from sendlib.compared import widened
from sendlib.compared.comparators import Comparators, known_areas
from sendlib.store import Store

MOST_NAMED = 4


def one_of(area: Area) -> str:
    """The code under which an area is judged: of one authority alone, however it was asked for, that authority's."""
    return area.parts[0] if len(area.parts) == 1 else area.code


def of_itself(area: Area, others: Comparators) -> bool:
    """Whether England is set beside its authorities: they are its spread, and no others."""
    return area.code == ENGLAND and others.choice == "england"


def england_stands(area: Area, others: Comparators) -> bool:
    """Whether England is named beside the area: not where it is the area itself, or the one that is compared."""
    return ENGLAND not in (area.code, *(others.codes if others.alone else ()))


def maintained_by(area: Area) -> str:
    """Who maintains its plans, in a sentence: a region or a group maintains none."""
    return "the authority" if area.is_authority else "its authorities"


def some(names: tuple[str, ...]) -> str:
    """A few by name; of more only how many they are: `12 of its authorities`."""
    return listed(names) if len(names) <= MOST_NAMED else f"{len(names)} of its authorities"


def name_of(store: Store, code: str) -> str:
    """What an authority is called, also one that is gone."""
    areas = known_areas(store)
    return areas.get(code).short_name if code in areas.authorities else areas.names.get(code, code)


def lacking(store: Store, area: Area, table: str, **pinned: str) -> tuple[float, tuple[str, ...]]:
    """What the parts of an area that have a figure add up to, and the names of those who lack one; none where nobody
    does. Of the rows pinned; of more than one the first sum and everybody."""
    rows = widened.lacking(store, table, area.code)
    for column, label in pinned.items():
        rows = rows[rows[column].eq(label)] if len(rows) else rows
    if rows.empty:
        return 0.0, ()
    codes = sorted({code for text in rows["without"] for code in str(text).split(",")})
    return float(rows["known"].iloc[0]), tuple(name_of(store, code) for code in codes)
