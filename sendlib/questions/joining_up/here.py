"""What the survey lets one know of the councils of an area."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from sendlib.answer import Column, Table, Text
from sendlib.answer.numbers import capital
from sendlib.areas import Area
from sendlib.catalogue.linkage import Council, Linkage
from sendlib.compared.comparators import known_areas
from sendlib.provenance import spoken_date
from sendlib.questions.joining_up import survey
from sendlib.store import Store

_BEGAN = "2023-02-01"
"""The first day of the survey."""


@dataclass(frozen=True)
class Known:
    """A council of the area: the health data that it named, or why it is not among those asked, or neither."""

    area: Area
    named: Council | None = None
    left_out: str = ""
    began: str = ""

    @property
    def asked_as_itself(self) -> bool:
        """Whether it may be among those asked: one that began while the survey ran need not be."""
        return not self.left_out and not self.began


def known(store: Store, linkage: Linkage, area: Area) -> list[Known]:
    """Each council of the area, by name."""
    authorities = known_areas(store).authorities
    by_code = {one.code: one for one in linkage.councils}
    codes = list(authorities) if area.kind == "england" else [code for code in area.parts if code in authorities]
    found = []
    for code in codes:
        council, named = authorities[code], by_code.get(code)
        began = spoken_date(council.valid_from) if council.valid_from >= _BEGAN and named is None else ""
        found.append(Known(council, named, linkage.left_out.get(code, ""), began))
    return sorted(found, key=lambda one: one.area.name)


def said(linkage: Linkage, one: Known) -> str:
    """What is known of a council, in a few words."""
    if one.named:
        return "Named the health data that it links"
    if one.left_out:
        return f"Did not answer: {one.left_out}"
    if one.began:
        return f"Not known: it began on {one.began}, while the survey ran"
    return (
        f"Not known: not among the {len(linkage.councils)} that named health data; the rest is not published by council"
    )


def table(linkage: Linkage, area: Area, councils: list[Known]) -> Table:
    """The councils of the area with what is known of each."""
    rows = [
        {
            "council": one.area.name,
            "known": said(linkage, one),
            "data": capital(survey.data_of(linkage, one.named)) if one.named else "",
        }
        for one in councils
    ] or [{"council": area.name, "known": "No authority's children mostly live here", "data": ""}]
    return Table(
        pd.DataFrame(rows),
        Text(f"What the survey of {linkage.when} lets one know of {_whom(len(rows))} of {area.in_text}"),
        {
            "council": Column("Council", "by its name of today"),
            "known": Column("What is known", "from the survey's own text"),
            "data": Column("Health data that it links", "as it said itself in 2023"),
        },
        (survey.SOURCE,),
        heading="What is known of the councils here",
        group=survey.GROUP,
    )


def _whom(many: int) -> str:
    return "the council" if many == 1 else f"the {many} councils"


def shortly(linkage: Linkage, area: Area, councils: list[Known]) -> str:
    """Whether the councils of an area are among those named, in a short sentence that stands by itself."""
    named, many = sum(one.named is not None for one in councils), len(linkage.councils)
    among = f"the {many} that named health data"
    if area.kind == "england":
        return f"{many} councils named the health data that they link."
    if not councils:
        return "No council's children mostly live here."
    if len(councils) > 1:
        verb = "are" if named > 1 else "is"
        return f"{area.short_name}: {named or 'none'} of its {len(councils)} councils {verb} among {among}."
    verb = area.verb("is", "are")
    return f"{area.short_name} {verb} {'one of' if named else 'not among'} {among}."
