"""What a reader of Places should know: what is counted where, what is missing of an area, and what is doubtful."""

from __future__ import annotations

import numpy as np

from sendlib.answer import Note, Text
from sendlib.answer.numbers import capital, count_of, listed, percent, written
from sendlib.areas import Area
from sendlib.compared import latest, overlap
from sendlib.compared.comparators import Comparators
from sendlib.questions.places import (
    against_tables,
    flows,
    lacking,
    placements,
    plainly,
    register,
    same_position,
    tables,
)
from sendlib.questions.places.columns import FEWEST_A_YEAR
from sendlib.questions.places.facts import Numbers
from sendlib.questions.places.naming import is_several, maintainers, names_of, place
from sendlib.store import Store
from sendlib.tables.flows import PERIOD


def notes(store: Store, area: Area, others: Comparators, found: Numbers) -> tuple[Note, ...]:
    """What a reader should know of the whole, and of the kinds of placement."""
    # On a shared screen the key of the map says of when they are, where they are drawn.
    points = Text(
        "The points of special schools are those of June 2021, joined by name: approximate and dated."
        if register.is_shipped(store)
        else register.about_points(register.day(store)),
        show=None,
        families=None,  # the words below the map say it
    )
    return (
        *_definitions(area, _copies(store)),
        *overlap.folded(store, area),
        Note("caution", points),
        *(Note("break", Text(text, families=None)) for text in store.info("placements").breaks),
        *([Note("break", Text("", show=None, families=plainly.changed(found)))] if found.change else []),
        *(Note("missing", text) for text in _missing(store, area, found)),
        *_vintage(store, found, _older(store, area, found), latest.on_residents(store, found.january)),
        *([Note("caution", others.cautioned)] if others.caution else []),
        *placements.notes(store, area, others),
        *_needs(store, area),
        *_residential(store, area),
        *against_tables.notes(store, area),
        *same_position.notes(store, area),
    )


def _vintage(store: Store, found: Numbers, older: str, residents: str) -> list[Note]:
    """Why plans are older than elsewhere, and why residents are older than plans: families have both years over the
    map, and what they do under "More about these numbers"."""
    plain = plainly.residents(store, found.january)
    told = [Note("missing", Text(older, families=plainly.older_plans(found, latest.january(store))))] if older else []
    if residents:
        told.append(Note("caution", Text(residents, show=None, families=None), "map"))
        told.append(Note("definition", Text("", show=None, families=plain)))
    return told


def _older(store: Store, area: Area, found: Numbers) -> str:
    """Why the plans are of an older January than elsewhere: of several authorities, because one of them has none."""
    if not found.plans_without:
        return latest.on_older_plans(store, area.code, area.in_text)
    return (
        f"DfE's file gives no number of plans of {found.plans_without} for {latest.said(latest.january(store))}, so"
        f" there is none of {area.in_text} as a whole. Numbers of plans are those of {latest.said(found.january)},"
        " those of other areas beside them too."
    )


def _needs(store: Store, area: Area) -> tuple[Note, ...]:
    """Why there are no shares by need of the pupils of so few."""
    pupils = tables.pupils_of_schools(store, area)
    if not 0 < pupils < tables.FEWEST_PUPILS:
        return ()
    said = (
        f"The state special schools of {place(area)} had {count_of(int(pupils), 'pupil', 'pupils')} with SEN: no"
        " shares by need are made of so few."
    )
    few = f"The state special schools of {place(area)} had too few pupils with SEN for shares by need."
    return (Note("missing", Text(said, show=few, families=few), "need_here"),)


def _residential(store: Store, area: Area) -> tuple[Note, ...]:
    """Whose residential placements a sum of several authorities lacks."""
    lacks = lacking.said(lacking.who(store, "process", area, measure=list(tables.LENGTHS)))
    return tuple(Note("missing", Text(one), "residential") for one in lacks)


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
    texts = (
        "Residence: plans are counted by the authority that maintains them, which is where the child lives, with few"
        " exceptions. Provision: pupils are counted where the school is.",
        f"{_out_of_area(area)} What crosses the border here is pupils of state special schools, with a plan or without:"
        " no placements. No public count of EHC placements out of an area exists.",
        f"Flows add up three school years ({PERIOD}) and are shown as shares or for a typical year; flows of fewer than"
        f" {FEWEST_A_YEAR} pupils a year are shown together. Who left is a share of all who lived in the area, who came"
        " in of all at school there whose home is known. An authority that was divided within or after these years"
        " and its parts are one row. A school counts for the authority that it belongs to, even where it stands in"
        " another: Bradstow School, in Kent, is Wandsworth's.",
        f"Not read from DfE's own files but from copies that others keep in public: {copies}. See the sources.",
        *_of_several(area),
    )
    plain = (*plainly.DEFINITIONS, plainly.OF_SEVERAL)[: len(texts)]
    return tuple(Note("definition", Text(text, families=said)) for text, said in zip(texts, plain, strict=True))


_OUT_OF_COUNTY = {
    "County": "it has a county council, so that is out of county as well; a school in another of its districts is not",
    "Unitary authority": "no county council stands over a unitary authority, so out of county says nothing more",
    "London borough": "London has no county council, so out of county says nothing more; a school of the next borough"
    " is out of area",
    "Metropolitan district": "a metropolitan county has no council, so out of county says nothing more; a school of"
    " another borough in it is out of area",
}
"""Kind of authority -> how out of area and out of county go together there."""
_ISLANDS = ("420", "921")
"""The Isles of Scilly and the Isle of Wight, which have no neighbour."""


def _out_of_area(area: Area) -> str:
    """What "out of area" is here, and how it differs from out of county."""
    if not area.is_authority:
        outside = "of another authority than their own" if area.kind == "england" else f"outside {place(area)}"
        said = f"Out of area means here: in a special school {outside}."
        if area.kind == "england" or len(area.parts) == 1:
            return said
        return f"{said} Borders between authorities within {'them' if is_several(area) else 'it'} are not counted."
    old = area.authority_type == "Unitary authority" and area.code not in _ISLANDS
    of_old = "; a neighbour's school may be in the same county of old" if old else ""
    return (
        f"Out of area means here: in a special school of another authority. Of {area.in_text}:"
        f" {_OUT_OF_COUNTY[area.authority_type]}{of_old}."
    )


def _of_several(area: Area) -> list[str]:
    """How the figures of several authorities are made, and which can not be."""
    if len(area.parts) == 1:
        return []
    whose = "their" if is_several(area) else "its authorities'"
    made = (
        f"Plans and placements of {area.in_text} are DfE's own figures of it; its other figures are the numbers of its"
        " authorities added up."
        if area.kind in ("region", "england")
        else f"Figures of {place(area)} are {whose} numbers added up; shares are made of the sums."
    )
    return [
        f"{made} Free school meals are kept here as shares of single authorities, without the numbers that these are"
        " of, so there is none of several."
    ]


def _missing(store: Store, area: Area, found: Numbers) -> list[Text]:
    """What there is not of an area, and why."""
    told = [Text(text, families=plainly.no_flows(store, area)) for text in _no_flows(store, area, found)]
    if flows.years_of(area) < flows.YEARS:
        told.append(
            Text(
                f"{capital(area.in_text)} {area.verb('is', 'are')} in the last of the three school years of the flows"
                f" only ({flows.when(area)}).",
                families=f"Who travels to school is of {flows.when(area)} only here, and of three years elsewhere.",
            )
        )
    if not found.has_both:
        told.append(_not_beside(store, area, found))
    if found.few:
        told.append(
            Text(
                f"Of the fewer than 50 plans of {maintainers(area)} no share is made: it would be about a child or"
                " two.",
                families="No share is made of fewer than 50 plans: it would be about a child or two.",
            )
        )
    return told + _of_independent(found)


def _of_independent(found: Numbers) -> list[Text]:
    """Why the share placed in independent schools, or its change, is not said."""
    if found.few:
        return []
    share = "The share placed in independent schools"
    plain = "The share of plans in independent schools"
    if found.shares_without:
        why = (
            f"{share} in {latest.said(found.placed)} is not available: missing from the sum is {found.shares_without}."
        )
        return [Text(why, families=f"{plain} is not known: a part of the area has no number.")]
    if found.now_doubted:
        why = f"{share} is left out as doubtful: {found.now_doubted}."
        return [Text(why, families=f"{plain} is left out, as it may be wrong.")]
    if found.then_doubted:
        since = latest.said(found.since)
        why = f"How the share placed in independent schools changed since {since} is left out as"
        return [
            Text(
                f"{why} doubtful: {found.then_doubted}.",
                families=f"The share of plans in independent schools in {since} is left out, as it may be wrong.",
            )
        ]
    return []


def _no_flows(store: Store, area: Area, found: Numbers) -> list[str]:
    """Why nothing is known of who crossed the border of an area."""
    if not flows.has_border(store, area):
        return [
            "Who went to school across the border of England is not held: the flows have schools of England only, and"
            f" the homes of {written(flows.home_not_known(store))} pupils in a typical year are not known or outside"
            " England."
        ]
    if parted := flows.parted(store, area):
        old = [f"{name}, of which only {listed(names_of(store, codes))} is in it" for name, codes in parted.items()]
        return [
            f"Who crossed the border of {place(area)} is not available: in these years, or some of them, flows were"
            f" counted for {listed(old)}, and not for its parts."
        ]
    if not np.isnan(found.travel.outside):
        return []
    if before := flows.before(store, area):
        shares = {old: float(flows.travel_out(store).get(code, np.nan)) for code, old, _ in before}
        was = [
            f"Of the pupils of state special schools who lived in {old}, {percent(share)} went to a school of another"
            " authority."
            for old, share in shares.items()
            if not np.isnan(share)
        ]
        return [" ".join([f"Flows were counted before {area.in_text} began.", *was])]
    return [
        f"Fewer than {FEWEST_A_YEAR} pupils of state special schools a year lived in {place(area)}, or none: no"
        " share is made of so few."
    ]


def _not_beside(store: Store, area: Area, found: Numbers) -> Text:
    """Why pupils and plans do not stand beside each other."""
    if flows.began_after(store, area, found.beside_of):
        day = latest.said(found.beside_of)
        return Text(
            f"Pupils of special schools by area are of {day}, before {area.in_text} began.",
            families=f"Pupils of special schools are of {day}, before this council began.",
        )
    why = (
        f"{found.beside_without} had none in {latest.said(found.beside_of)}"
        if found.beside_without
        else ("one of the two is not available")
    )
    return Text(
        f"Pupils of state special schools and plans placed in such schools can not be set beside each other: {why}.",
        families="Pupils of special schools and plans for such schools are not both known here.",
    )
