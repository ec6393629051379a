"""Provision: the schools and places of an area by kind, from the register that is held.

The register shipped tells three kinds of special schools apart. Every other kind has a row that says that it is not
available until the register is fetched: nothing is worked out from a name.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sendlib.answer import Column, Table, Text
from sendlib.answer.numbers import capital, listed
from sendlib.areas import Area
from sendlib.questions.places import register
from sendlib.questions.places.columns import KIND_OF_SCHOOL
from sendlib.questions.places.naming import place
from sendlib.store import Store
from sendlib.tables import school_units, schools
from sendlib.tables.periods import spoken_month
from sendlib.tables.school_register import INDEPENDENT_KIND, MAINSTREAM_KIND, POST_16_KIND
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE

APPROVED = "_section_41"
SPECIAL = {
    "maintained_special": "Community or foundation special school",
    "special_academy": "Special academy or free school",
    "non_maintained_special": "Non-maintained special school",
    f"{INDEPENDENT_KIND}{APPROVED}": "Independent special school approved under section 41",
    INDEPENDENT_KIND: "Other independent special school",
    f"{POST_16_KIND}{APPROVED}": "Special post-16 institution approved under section 41",
    POST_16_KIND: "Other special post-16 institution",
}
"""Kinds of special schools that the register of a day has types for; each school is of one of them."""
_NOT_KNOWN_WHICH = {
    INDEPENDENT_KIND: f"Independent special school ({register.NOT_KNOWN_WHICH})",
    POST_16_KIND: f"Special post-16 institution ({register.NOT_KNOWN_WHICH})",
}
ALTERNATIVE = {
    "pupil_referral_unit": "Pupil referral unit",
    "alternative_academy": "Alternative provision academy or free school",
}
UNITS = {
    "sen_unit": "Mainstream school with a SEN unit alone",
    "resourced_provision": "Mainstream school with resourced provision alone",
    "both": "Mainstream school with a SEN unit and resourced provision",
}
HOSPITAL = "hospital"
_FLAGGED = {
    "sen_unit": "School with a SEN unit alone",
    "resourced_provision": "School with resourced provision alone",
    "both": "School with a SEN unit and resourced provision",
}
"""Of the school census the phase of the schools is not held, so they are not called mainstream."""
_FETCH = "Not available until the register is fetched"
_NO_TYPE = "No source: the register has no type for them; they are among the other kinds"
COLUMNS = {
    "kind_code": Column("Kind (code)", "code of the kind of school", only_in_files=True),
    "kind": KIND_OF_SCHOOL,
    "schools": Column("Schools", "schools of this kind that the area is known to have", "schools", 0),
    "with_places": Column(
        "Schools that give places", "of these schools, those for which places are given", "schools", 0
    ),
    "capacity": Column(
        "Places",
        "places in the schools that give them; of a mainstream school those of its unit or resourced provision alone",
        "places",
        0,
    ),
    "pupils": Column(
        "Pupils",
        "pupils of these schools where they are given; of a mainstream school those of its unit or resourced provision"
        " alone",
        "pupils",
        0,
    ),
    "status": Column(
        "Status", "value where schools are counted, not_available where none was found or counted", only_in_files=True
    ),
    "origin": Column("From", "register, list or school census that tells of them, or why nothing does"),
}
_EACH_ONCE = "Each school is of one kind only."
_SAFELY = (
    f"{_EACH_ONCE} A school is given to an authority where it alone has its name in DfE's file of 2022/23, or alone"
    " has it in the authority where it stands, and counts as approved under section 41 where the list of March 2022 has"
    " its name in its authority; others are not found. The school census gives no places."
)
_BY_REGISTER = (
    f"Schools are given to the authority that the register names. {_EACH_ONCE} Places are those that the register"
    " gives, which is not for every school; left out are schools for which it has no point on the map."
)


def row_of(table: pd.DataFrame) -> pd.Series:
    """The one kind (code of a row of provision) of each school of the register."""
    kind = table["kind"].astype(str)
    approved = table["section_41"] & schools.is_special(table)
    kind = kind.mask(approved & kind.isin([INDEPENDENT_KIND, POST_16_KIND]), kind + APPROVED)
    kind = kind.mask(approved & kind.isin(["special", "mostly_plans"]), schools.SECTION_41_KIND)
    return kind.mask(kind.eq(MAINSTREAM_KIND), table["provision"].astype(str))


def words_of_rows(store: Store) -> dict[str, str]:
    """The kinds that the register held tells apart: code -> words."""
    if register.is_shipped(store):
        return schools.SHIPPED_WORDS
    if not _has_types(store):
        return {**register.kinds_of_special_school(store), **UNITS}
    if "section_41" not in register.lacks(store):
        special = SPECIAL
    else:
        special = {kind: words for kind, words in SPECIAL.items() if not kind.endswith(APPROVED)} | _NOT_KNOWN_WHICH
    return {**special, **ALTERNATIVE, **({} if "provision" in register.lacks(store) else UNITS)}


def words_in_list(store: Store) -> dict[str, str]:
    """The kinds in a list that says beside them which schools are under section 41: `kind` of the register, or what
    stands in a mainstream school -> words."""
    if not _has_types(store):
        return {"special": "Special school", "mostly_plans": schools.SHIPPED_WORDS["mostly_plans"], **UNITS}
    any_of_them = {INDEPENDENT_KIND: "Independent special school", POST_16_KIND: "Special post-16 institution"}
    return {**SPECIAL, **any_of_them, **ALTERNATIVE, **UNITS}


def of(store: Store, area: Area) -> Table:
    """The table of the answer: a row for every kind, with or without a figure."""
    shipped, month = register.is_shipped(store), spoken_month(register.day(store))
    return Table(
        rows(store, area),
        Text(
            f"Schools and places of {place(area)} by kind: register of June 2021, found by name and approximate; SEN"
            " units and resourced provision as in the school census of January 2021"
            if shipped
            else f"Schools and places of {place(area)} by kind, in the register of {month}"
        ),
        COLUMNS,
        ("schools", "school_units"),
        "How many schools and places here, by kind",
        how_to_read=Text((_SAFELY if shipped else _BY_REGISTER) + register.given_to_none(store)),
    )


def rows(store: Store, area: Area) -> pd.DataFrame:
    """Schools, places and pupils of an area: one row a kind."""
    told, table = words_of_rows(store), store.table("schools")
    here = table[table["area_code"].isin(register.codes_of(store, area))]
    here = here.assign(row=row_of(here), **schools.own_places(here))
    if parted := register.divided(store, area):
        why = f"Not available: the register shipped has them under {listed(list(parted.values()))}, since divided"
        found = [_without(kind, words, why) for kind, words in told.items()]
    else:
        found = [_counted(kind, words, here[here["row"].eq(kind)], store) for kind, words in told.items()]
    if not _has_types(store):
        found += [_without(kind, words, _FETCH) for kind, words in {**_untold(store), **ALTERNATIVE}.items()]
    if "sen_unit" not in told:
        found += _flagged(store, area)
    found.append(_without(HOSPITAL, "Hospital school", _NO_TYPE))
    frame = pd.DataFrame(found, columns=list(COLUMNS))
    return frame.astype(dict.fromkeys(("schools", "with_places", "capacity", "pupils"), float))


def _has_types(store: Store) -> bool:
    """Whether the register held has the type of each school."""
    return bool(store.table("schools")["kind"].astype(str).isin(list(SPECIAL)).any())


def _untold(store: Store) -> dict[str, str]:
    """The kinds of special schools that a register without types does not tell apart."""
    approved = f"{INDEPENDENT_KIND}{APPROVED}" if schools.SECTION_41_KIND in words_of_rows(store) else ""
    return {kind: words for kind, words in SPECIAL.items() if kind != approved}


def _counted(kind: str, words: str, held: pd.DataFrame, store: Store) -> dict[str, object]:
    origin = capital(register.in_words(store))
    if held.empty and register.is_shipped(store):  # its schools are found by name, so that none found is not none
        return _without(kind, words, f"{origin}: none found by name") | {"schools": 0, "with_places": 0}
    return {
        "kind_code": kind,
        "kind": words,
        "schools": len(held),
        "with_places": int(held["places"].notna().sum()),
        # No school has no places; schools of which none gives them have an unknown number.
        "capacity": held["places"].sum(min_count=min(1, len(held))),
        "pupils": held["pupils"].sum(min_count=min(1, len(held))),
        "status": VALUE,
        "origin": origin,
    }


def _without(kind: str, words: str, why: str) -> dict[str, object]:
    return {"kind_code": kind, "kind": words, "status": NOT_AVAILABLE, "origin": why}


def _flagged(store: Store, area: Area) -> list[dict[str, object]]:
    """Schools by the flags of the school census shipped, each once; it has no places."""
    held = store.rows("school_units", area.code)
    counts = held.set_index(held["kind"].astype(str))["value"] if len(held) else pd.Series(dtype=float)
    both = float(counts.get("both", np.nan))
    month = f"School census, {spoken_month(f'20{school_units.PERIOD[-2:]}-01')}"
    found = []
    for kind, words in _FLAGGED.items():
        number = float(counts.get(kind, np.nan)) - (0 if kind == "both" else both)
        if np.isnan(number):
            found.append(_without(kind, words, f"{month}: not available for this area"))
            continue
        row = {"kind_code": kind, "kind": words, "schools": number, "status": VALUE, "origin": f"{month} (no places)"}
        found.append(row)
    return found
