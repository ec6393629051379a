"""How the sentences of Places call an area of any kind: who lives there, whose plans they are, and what lies outside.

A region, a board and England maintain no plans: their authorities do. Where people live in a board of the NHS is said
of its authorities, since its figures are theirs.
"""

from __future__ import annotations

from collections.abc import Iterable

from sendlib.areas import Area
from sendlib.compared.widened import authorities
from sendlib.store import Store


def place(area: Area) -> str:
    """Where people live, in a sentence: `Plymouth`, `the South West`, `the authorities of NHS Devon`."""
    return _authorities_of(area) if area.kind in ("board", "location") else area.in_text


def maintainers(area: Area) -> str:
    """Whose the plans are: `Plymouth`, `Devon, Plymouth and Torbay`, `the authorities of the South West`."""
    if area.is_authority or is_listed(area):
        return area.in_text
    return "England's authorities" if area.kind == "england" else _authorities_of(area)


def _authorities_of(area: Area) -> str:
    """`the authorities of NHS Devon`; `the authority of NHS Lincolnshire`, which has one alone."""
    return f"the {'authority' if len(area.parts) == 1 else 'authorities'} of {area.in_text}"


def is_listed(area: Area) -> bool:
    """Whether an area is called by the names of its authorities, one or several: it has no name of its own."""
    return area.kind == "group" and ":" not in area.code


def is_several(area: Area) -> bool:
    """Whether what `place` says is more than one thing, so that it `have` and is `them`."""
    return (area.kind in ("board", "location") or is_listed(area)) and len(area.parts) != 1


def its(area: Area) -> str:
    """Whose its schools are, once `place` has named it."""
    return "their" if is_several(area) else "its"


def has(area: Area) -> str:
    """`has` after what `place` says of one area, `have` after several, or after islands."""
    return "have" if is_several(area) else area.verb("has", "have")


def school_elsewhere(area: Area) -> str:
    """A school beyond the border, after the area was named: `a school of another authority`, `a school outside it`."""
    if area.is_authority:
        return "a school of another authority"
    return f"a school outside {'them' if is_several(area) else 'it'}"


def names_of(store: Store, codes: Iterable[str]) -> list[str]:
    """Names in a sentence of authorities, of today or gone."""
    known = authorities(store)
    return [known.authorities[code].in_text if code in known.authorities else known.names[code] for code in codes]
