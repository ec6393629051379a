"""What Places says of who went to school across a border: how many left and how many came, with the largest named.

Of one authority, England's share stands beside its own; of several together it does not, since it is of borders between
authorities.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sendlib.answer import Table, Text
from sendlib.answer.numbers import capital, listed, percent, written
from sendlib.areas import Area
from sendlib.questions.places import flows, plainly, travel
from sendlib.questions.places.facts import Numbers
from sendlib.questions.places.naming import its, school_elsewhere
from sendlib.questions.places.travel import Largest
from sendlib.store import Store
from sendlib.tables.flows import PERIOD

_MOST_UNKNOWN = 0.01
"""Of pupils there: a larger part whose home is not known is told with the share that leaves it out."""


def title(area: Area, found: Numbers, *, briefly: bool = False) -> str:
    """`13% of state special-school pupils went elsewhere`, or `52% at its state special schools lived elsewhere`: the
    larger of the two shares, each of its own whole. One line of a shared screen has no room for `state`, which the
    sentence below it has."""
    out, into = found.travel.outside, found.travel.inward
    state = "" if briefly else "state "
    if "elsewhere" in found.halves:
        borders = "borders" if briefly else "authority borders"
        return f"{_briefly(found.travel.elsewhere)} of {state}special-school pupils crossed {borders}"
    if np.isnan(out) and np.isnan(into):
        return f"{state}special-school travel not known"
    if np.isnan(into) or out >= into:
        return f"{_briefly(out)} of {state}special-school pupils went elsewhere"
    return f"{_briefly(into)} at {its(area)} {state}special schools lived elsewhere"


def _briefly(share: float) -> str:
    """A share as a title has it, whole; never rounded to all, nor to nought."""
    return percent(share, 0 if 1 <= share < 99.5 else 1)


def said(store: Store, area: Area, found: Numbers, tables: Mapping[str, Table]) -> Text:
    """Who left and who came, in sentences."""
    if area.kind == "england":
        return _of_england(store, found)
    if np.isnan(found.travel.outside) and np.isnan(found.travel.inward):
        return Text(
            f"How many pupils of state special schools who lived there went to {school_elsewhere(area)}, and how many"
            f" came from elsewhere, is not available: {flows.why_none(store, area)}.",
            show=f"How many pupils crossed {its(area)} border to state special schools is not available:"
            f" {flows.why_none(store, area)}.",
            families=plainly.travels(area, found, (), ()),
        )
    rows = [tables[name].data for name in ("flows_out", "flows_in")]
    out, into = (travel.largest(store, one) for one in rows)
    first = [travel.largest(store, one, 1) for one in rows]
    return Text(
        f"{_out_exactly(area, found, out)} {_in_exactly(area, found, into)}",
        show=_shown(area, found, *first),
        families=plainly.travels(area, found, *first),
    )


def of_pupils(area: Area, found: Numbers) -> str:
    """Of whom those who came in are a share: `pupils at its state special schools`, and that homes are known where
    those that are not are no longer next to none."""
    here, unknown = found.travel.here, found.travel.unknown
    known = " whose home is known" if unknown > _MOST_UNKNOWN * (here + unknown) else ""
    return f"pupils at {its(area)} state special schools{known}"


def _not_available(area: Area) -> str:
    return (
        f"How many pupils of state special schools who lived there went to {school_elsewhere(area)} is not available."
    )


def _during(area: Area) -> str:
    return f"{'In' if flows.years_of(area) == 1 else 'From'} {flows.when(area)}"


def _out_exactly(area: Area, found: Numbers, out: Sequence[Largest]) -> str:
    if np.isnan(found.travel.outside):
        return _not_available(area)
    one_year = flows.years_of(area) == 1
    number = written(found.travel.a_year(found.travel.left))
    # Once, of the pupils in this sentence and in the next.
    counted = "" if one_year else " (numbers: pupils in a typical year)"
    england = f"; England {percent(found.england_away)}{f', {PERIOD}' if one_year else ''}"
    return (
        f"{_during(area)}{counted}, {percent(found.travel.outside)} of state special-school pupils who lived there"
        f" went to {school_elsewhere(area)} ({number}{england if len(area.parts) == 1 else ''})"
        f"{_largest_numbers(out, 'to')}."
    )


def _in_exactly(area: Area, found: Numbers, into: Sequence[Largest]) -> str:
    here, number = found.travel.here, written(found.travel.a_year(found.travel.came))
    if not here:
        return f"The figures have no pupils of a state special school of {its(area)} own."
    if np.isnan(found.travel.inward):
        return f"{capital(its(area))} own state special schools had too few pupils for a share of those from elsewhere."
    when = f" in a typical year, {flows.when(area)}" if np.isnan(found.travel.outside) else ""
    return (
        f"Of {of_pupils(area, found)}, {percent(found.travel.inward)} ({number}{when}) lived elsewhere"
        f"{_largest_numbers(into, 'in')}."
    )


def _largest_numbers(largest: Sequence[Largest], way: str) -> str:
    """`, the largest numbers to Devon (12) and Cornwall (8)`; of three that tie `(9 each)`."""
    if not largest:
        return ""
    if len(largest) > 2:
        names = listed([one.name for one in largest])
        return f", the largest numbers {way} {names} ({written(largest[0].pupils)} each)"
    named = listed([f"{one.name} ({written(one.pupils)})" for one in largest])
    return f", the largest {'number' if len(largest) == 1 else 'numbers'} {way} {named}"


def _most_often(largest: Sequence[Largest], way: str) -> str:
    return f", most often {way} {listed([one.name for one in largest])}" if largest else ""


def _shown(area: Area, found: Numbers, out: Sequence[Largest], into: Sequence[Largest]) -> str:
    """One sentence for a shared screen: it names where of the larger share only, as the title does."""
    left, came = found.travel.outside, found.travel.inward
    if np.isnan(left):
        return _not_available(area)
    where_to = _most_often(out, "to") if np.isnan(came) or left >= came else ""
    where_from = "" if where_to else _most_often(into, "in")
    inward = (
        "" if np.isnan(came) else f"; {percent(came)} of pupils at {its(area)} state special schools lived elsewhere"
    )
    return (
        f"{_during(area)}, {percent(left)} of state special-school pupils from there went elsewhere"
        f"{where_to}{f'{inward}{where_from}' if inward else ''}."
    )


def _of_england(store: Store, found: Numbers) -> Text:
    """Who crossed a border within England: that of England itself is not in the flows."""
    share, pair = found.travel.elsewhere, travel.largest_pair(store)
    half = f"; half of the authorities {per_cents(found.halves['elsewhere'])}" if found.halves else ""
    their_own = "a school of another authority than the one that they lived in"
    from_to = f"from {pair.home} to {pair.school}"
    not_known = "Who crossed the border of England is not known."
    return Text(
        f"From {PERIOD}, {percent(share)} of pupils of state special schools went to {their_own}"
        f" ({written(found.travel.a_year(found.travel.moved))} in a typical year{half}), the largest number {from_to}"
        f" ({written(pair.pupils)}). {not_known}",
        show=f"From {PERIOD}, {percent(share)} of pupils of state special schools went to a school of another authority"
        " than their own.",
        families=plainly.within_england(found, pair),
    )


def per_cents(half: tuple[float, float]) -> str:
    """`3.1% to 7.1%`."""
    return " to ".join(percent(one) for one in half)
