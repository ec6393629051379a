"""The schools themselves: those of an area as a list, for those who use no map, and all of England for the map."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from sendlib.answer import Column, Table, Text
from sendlib.answer.numbers import capital, count_of, listed, written
from sendlib.areas import Area
from sendlib.compared.comparators import known_areas
from sendlib.questions.places import provision, register
from sendlib.questions.places.columns import KIND_OF_SCHOOL
from sendlib.questions.places.naming import place
from sendlib.store import Store, kept_with_store
from sendlib.tables import schools
from sendlib.tables.needs import NEEDS
from sendlib.tables.periods import spoken_month
from sendlib.tables.school_register import MAINSTREAM_KIND

NOT_HELD = "Not in the register shipped"
_NONE_NAMED, _NOT_AVAILABLE = "None named", "Not available"
_NOT_FOUND = "Not found on the list"
_UNIT_COLUMNS = {
    f"{code}_{counted}": Column(
        f"{counted.capitalize()} in {words}", f"{counted} in {words} of the school", counted, 0, only_in_files=True
    )
    for code, words in {"unit": "the SEN unit", "resourced": "resourced provision"}.items()
    for counted in ("places", "pupils")
}
"""For files: most schools have neither, so that a page says it in words (`unit`)."""
_MADE_OF = {"ages": ("lowest_age", "highest_age"), "unit": ("unit_places", "resourced_places")}
"""What is not told where the register lacks one of these."""
COLUMNS = {
    "school": Column("School", "name of the school"),
    "kind": Column("Kind of school", "what kind of school it is, by its type in the register"),
    "area": Column("Authority", "authority that the school belongs to"),
    "area_code": Column("Authority (code)", "three-digit code of the authority", only_in_files=True),
    "places": Column(
        "Places",
        "places that the register gives; of a mainstream school those of its unit and resourced provision alone",
        "places",
        0,
    ),
    "pupils": Column(
        "Pupils", "pupils; of a mainstream school those of its unit and resourced provision alone", "pupils", 0
    ),
    "needs": Column("Approved for", "kinds of need that the school is approved for"),
    "section_41": Column(
        "Section 41",
        "whether it is approved under section 41 of the Children and Families Act 2014, so that a family can ask for it"
        " in a plan",
    ),
    "ages": Column("Ages", "from the lowest to the highest age that the school takes"),
    "unit": Column("SEN unit or resourced provision", "places of the school's SEN unit and resourced provision"),
    **_UNIT_COLUMNS,
    "urn": Column("URN", "unique reference number of the school", only_in_files=True),
    "vintage": Column("Register of", "month of the register of schools", only_in_files=True),
}
ON_MAP = {
    "school": COLUMNS["school"],
    "longitude": Column("Longitude", "where the school is, in degrees", decimals=4),
    "latitude": Column("Latitude", "where the school is, in degrees", decimals=4),
    "kind": Column("Kind (place in the key)", "place of its kind among those of the map, counted from 0", decimals=0),
    "kind_words": KIND_OF_SCHOOL,
    "places": COLUMNS["places"],
    "pupils": COLUMNS["pupils"],
    "area_code": COLUMNS["area_code"],
    "needs": Column("Approved for (codes)", "codes of the needs that the school is approved for"),
    "section_41": COLUMNS["section_41"],
    "unit_places": _UNIT_COLUMNS["unit_places"],
    "resourced_places": _UNIT_COLUMNS["resourced_places"],
    "vintage": COLUMNS["vintage"],
}


def words_of_kinds(store: Store) -> list[str]:
    """The kinds that the map tells apart, in words: `kind` of `for_map` counts along them."""
    return list(register.kinds_of_school(store).values())


@kept_with_store(of_base=True)
def for_map(store: Store) -> pd.DataFrame:
    """All schools that a map draws, of whichever register is held: the columns of ON_MAP.

    `kind` is the place among `words_of_kinds`, `places` and `pupils` are missing where the register does not give them,
    `needs` are codes with `;` between. Left out are schools of which the register has their owner's office alone.
    """
    drawn = schools.on_map(store.table("schools"), list(register.kinds_of_school(store)))
    frame = drawn.rename(columns={"name": "school"}).assign(
        kind_words=drawn["kind"].map(dict(enumerate(words_of_kinds(store)))),
        section_41=_section_41(store, drawn),
        vintage=register.day(store),
    )
    return frame[list(ON_MAP)].astype({"area_code": str, "needs": str, "school": str})


def on_map(store: Store) -> Table:
    """The same as a table of the answer, for a register that a refresh has brought: the browser fetches that of the
    register shipped by itself."""
    return Table(
        for_map(store),
        Text(f"Schools of the register of {spoken_month(register.day(store))}, as points on the map"),
        ON_MAP,
        ("schools",),
        "Schools on the map",
    )


def here(store: Store, area: Area) -> Table:
    """The schools of an area, one row each."""
    held, parted = everywhere(store), register.divided(store, area)
    rows = held[held["area_code"].isin([*register.codes_of(store, area), *parted])].reset_index(drop=True)
    if len(area.parts) == 1 and not parted:
        rows = rows.drop(columns="area")
    return Table(
        rows,
        Text(_caption(store, area)),
        {name: column for name, column in _columns(store).items() if name in rows},
        ("schools",),
        "Schools and places here",
        of_few=("pupils",),
        how_to_read=Text(_about(store, area)),
    )


def _columns(store: Store) -> dict[str, Column]:
    """What is the same for every school, because the register lacks it, is said over the list and not in each row."""
    lacks = {name: replace(COLUMNS[name], only_in_files=True) for name in register.lacks(store) if name in COLUMNS}
    return COLUMNS | lacks


@kept_with_store(of_base=True)
def everywhere(store: Store) -> pd.DataFrame:
    """Every school that an authority is known to have, by name: those of COLUMNS that the register held has."""
    table, lacks = store.table("schools"), register.lacks(store)
    table = table[table["area_code"].ne("")]
    names = known_areas(store).names
    frame = pd.DataFrame(
        {
            "school": table["name"].astype(str),
            "kind": _kinds(store, table),
            "area": table["area_code"].astype(str).map(names),
            "area_code": table["area_code"].astype(str),
            **schools.own_places(table),
            "needs": _needs(store, table),
            "section_41": _section_41(store, table),
            "ages": [_ages(low, high) for low, high in zip(table["lowest_age"], table["highest_age"], strict=True)],
            "unit": [_unit(*places) for places in zip(table["unit_places"], table["resourced_places"], strict=True)],
            **{name: table[name] for name in _UNIT_COLUMNS},
            "urn": table["school_id"].astype(str),
            "vintage": register.day(store),
        }
    )
    absent = [name for name in _UNIT_COLUMNS if name in lacks]
    absent += [name for name, needed in _MADE_OF.items() if set(needed) & set(lacks)]
    if register.is_shipped(store):  # its numbers are our own
        absent.append("urn")
    frame = frame.drop(columns=absent)
    return frame.sort_values("school", key=lambda names: names.str.casefold(), ignore_index=True)


def _caption(store: Store, area: Area) -> str:
    if register.is_shipped(store):
        return f"Special schools of {place(area)}: register of June 2021, found by name; section 41: list of March 2022"
    return f"Schools and places of {place(area)} for children with SEN: register of {spoken_month(register.day(store))}"


_LACKED = {"needs": "approved needs", "section_41": "which are under section 41", "provision": "units"}
"""What a register may lack -> how it is said."""


def _about(store: Store, area: Area) -> str:
    """What is in the list and what is not."""
    if not register.is_shipped(store):
        without = [words for name, words in _LACKED.items() if name in register.lacks(store)]
        return (
            "Special schools, special post-16 institutions, alternative provision, and mainstream schools with a SEN"
            " unit or resourced provision. Of a mainstream school, places and pupils are those of its unit and"
            " resourced provision alone. The register does not give places for every school."
            f"{f' Not available in it: {listed(without)}.' if without else ''}"
        )
    table = store.table("schools")
    without_authority = int(table["area_code"].eq("").sum())
    of_old = "".join(
        f" Those of {name}, which was divided, stand here under its name: in which part they are is not held."
        for name in register.divided(store, area).values()
    )
    return (
        f"Special schools only, approximate and dated. {written(without_authority, 0)} of England's"
        f" {written(len(table), 0)} can not be given to an authority safely and are in no area's list, though the map"
        f" has them.{of_old} Approved needs, ages, alternative provision, SEN units and resourced provision come with"
        " the register when it is fetched (About the data)."
    )


def _kinds(store: Store, table: pd.DataFrame) -> pd.Series:
    kind = table["kind"].astype(str)
    return kind.where(kind.ne(MAINSTREAM_KIND), table["provision"].astype(str)).map(provision.words_in_list(store))


def _needs(store: Store, table: pd.DataFrame) -> pd.Series:
    if "needs" in register.lacks(store):
        return pd.Series(NOT_HELD if register.is_shipped(store) else _NOT_AVAILABLE, index=table.index)
    in_words = {
        codes: "; ".join(NEEDS[code] for code in codes.split(";")) if codes else _NONE_NAMED
        for codes in table["needs"].astype(str).unique()
    }
    return table["needs"].astype(str).map(in_words)


def _section_41(store: Store, table: pd.DataFrame) -> pd.Series:
    """Yes or no: a school that can not be approved, such as a maintained one, is not. On the list beside the register
    shipped, which is read by name, a school may stand under another name."""
    if "section_41" in register.lacks(store):
        return pd.Series(_NOT_AVAILABLE, index=table.index)
    return table["section_41"].map({True: "Yes", False: _NOT_FOUND if register.is_shipped(store) else "No"})


def _unit(unit: float, resourced: float) -> str:
    """`SEN unit: 12 places; resourced provision: 20 places`; nothing where the register gives neither."""
    found = {"SEN unit": unit, "resourced provision": resourced}
    words = [f"{name}: {count_of(int(number), 'place', 'places')}" for name, number in found.items() if number > 0]
    return capital("; ".join(words))


def _ages(lowest: float, highest: float) -> str:
    """`3 to 19`; nothing where the register names neither."""
    ends = [f"{age:.0f}" for age in (lowest, highest) if not np.isnan(age)]
    if len(ends) < 2:
        return _NOT_AVAILABLE if ends else ""
    return " to ".join(ends)
