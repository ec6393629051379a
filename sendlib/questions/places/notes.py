"""What a reader of Places should know: what is counted where, what is missing of an area, and what is doubtful."""

from __future__ import annotations

import numpy as np

from sendlib.answer import Note, Text
from sendlib.answer.numbers import capital, count_of, listed, percent
from sendlib.areas import Area
from sendlib.compared import latest
from sendlib.compared.comparators import Comparators, known_areas
from sendlib.questions.places import flows, placements, register, tables
from sendlib.questions.places.columns import FEWEST_A_YEAR
from sendlib.questions.places.facts import Numbers
from sendlib.store import Store
from sendlib.tables.flows import PERIOD


def notes(store: Store, area: Area, others: Comparators, found: Numbers) -> tuple[Note, ...]:
    """What a reader should know of the whole, and of the kinds of placement."""
    points = (
        Text(
            "The points of special schools are those of June 2021, joined by name: approximate and dated.",
            show="Points of schools: June 2021, approximate.",
        )
        if register.is_shipped(store)
        else Text(register.about_points(register.day(store)))
    )
    return (
        *_definitions(area, _copies(store)),
        Note("caution", points),
        *(Note("break", Text(text)) for text in store.info("placements").breaks),
        *(Note("missing", Text(text)) for text in _missing(store, area, found)),
        *_vintage(store, area, found.january),
        *([Note("caution", Text(others.caution))] if others.caution else []),
        *placements.notes(store, area, others),
        *_needs(store, area),
    )


def _vintage(store: Store, area: Area, january: str) -> list[Note]:
    """Why plans are older than elsewhere, and why residents are older than plans."""
    older, residents = latest.on_older_plans(store, area.code, area.in_text), latest.on_residents(store, january)
    return [
        *([Note("missing", Text(older))] if older else []),
        *([Note("caution", Text(residents, show=None), "map")] if residents else []),
    ]


def _needs(store: Store, area: Area) -> tuple[Note, ...]:
    """Why there are no shares by need of the pupils of so few."""
    pupils = tables.pupils_of_schools(store, area)
    if not 0 < pupils < tables.FEWEST_PUPILS:
        return ()
    said = (
        f"The state special schools of {area.in_text} had {count_of(int(pupils), 'pupil', 'pupils')} with SEN: no"
        " shares by need are made of so few."
    )
    few = f"The state special schools of {area.in_text} had too few pupils with SEN for shares by need."
    return (Note("missing", Text(said, show=few, families=few), "need_here"),)


def _copies(store: Store) -> str:
    """What is read from copies that others keep, because no refresh has brought DfE's own."""
    copies = [
        "the flows, whose copy has the three years added up",
        *(
            ["the register of schools of June 2021", "the list of section 41 schools"]
            if register.is_shipped(store)
            else []
        ),
        *([] if store.info("school_needs").live else ["the counts of pupils by school of 2022/23"]),
    ]
    return listed(copies)


def _definitions(area: Area, copies: str) -> tuple[Note, ...]:
    """What is counted where, what "out of area" is, and from whom the figures come."""
    county = (
        f"{capital(area.in_text)} has a county council, so that is out of county as well."
        if area.authority_type == "County"
        else (
            f"That is not always out of county: of {area.in_text}, which is no county council's area, another authority"
            " may lie in the same county of old, and these sources do not give those."
        )
    )
    texts = (
        "Residence: plans are counted by the authority that maintains them, which is where the child lives, with few"
        " exceptions. Provision: pupils are counted where the school is.",
        f"Out of area means here: in a special school of another authority. {county} No public count of EHC placements"
        " out of an area exists.",
        f"Flows add up three school years ({PERIOD}) and are shown as shares or for a typical year; flows of fewer than"
        f" {FEWEST_A_YEAR} pupils a year are shown together. An authority that was divided within or after these years"
        " and its parts are one row. A school counts for the authority that it belongs to, even where it stands in"
        " another: Bradstow School, in Kent, is Wandsworth's.",
        f"Not read from DfE's own files but from copies that others keep in public: {copies}. See the sources.",
    )
    return tuple(Note("definition", Text(text)) for text in texts)


def _missing(store: Store, area: Area, found: Numbers) -> list[str]:
    """What there is not of an area, and why."""
    name, before, told = capital(area.in_text), known_areas(store).predecessors(area.code), []
    if np.isnan(found.away) and before:
        shares = {old: float(flows.travel_out(store).get(code, np.nan)) for code, old, _ in before}
        was = [
            f"Of the pupils of state special schools who lived in {old}, {percent(share)} went to a school of another"
            " authority."
            for old, share in shares.items()
            if not np.isnan(share)
        ]
        told.append(" ".join([f"Flows were counted before {area.in_text} began.", *was]))
    elif np.isnan(found.away):
        told.append(
            f"Fewer than {FEWEST_A_YEAR} pupils of state special schools a year lived in {area.in_text}, or none: no"
            " share is made of so few."
        )
    if flows.years_of(area.code) < flows.YEARS:
        told.append(f"{name} is in the last of the three school years of the flows only ({flows.when(area.code)}).")
    if not found.has_both:
        told.append(
            f"Pupils of special schools by area are of {latest.said(found.beside_of)}, before {area.in_text} began."
            if before and area.valid_from > f"{found.beside_of}-31"
            else "Pupils of state special schools and plans placed in such schools can not be set beside each other:"
            " one of the two is not available."
        )
    if found.few:
        told.append(f"Of the fewer than 50 plans of {area.in_text} no share is made: it would be about a child or two.")
    if found.now_doubted and not found.few:
        told.append(f"The share placed in independent schools is left out as doubtful: {found.now_doubted}.")
    elif found.then_doubted and not found.few:
        told.append(
            f"How the share placed in independent schools changed since {latest.said(found.since)} is left out as"
            f" doubtful: {found.then_doubted}."
        )
    return told
