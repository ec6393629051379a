"""schools: special schools as points.

Grain: one row a school. Columns:

- `school_id`: our own number; the source shipped has no URN.
- `name`, `longitude`, `latitude` (degrees, EPSG:4326), `capacity`, `pupils` (June 2021).
- `kind`, of the register shipped: `special` (a school of the group "Special" in the register: community, foundation,
  non-maintained and independent special schools) or `mostly_plans` (an academy or other school where three in four
  pupils or more had an EHC plan in 2022/23: mostly special academies). For those of the register of a day see below.
- `in_school_file`: whether a school of this name stands in DfE's school-level file of 2022/23.
- `area_code`: the authority that this file gives for the name, where exactly one school has it; else that in
  which the point lies, where both files have one school of the name there. Empty where neither is so, and where
  the pupils say that it is another school of the same name. Never found by a point alone.
- `section_41`: the list of March 2022 has a school of this name in this authority: that of DfE's file, or
  that in which the point lies. A name alone is not enough (there are six schools called The Bridge), and a
  college approved under a school's name does not make the school approved.
- `vintage`: when the register was read.

Some points are the office of a school's owner and not the school (`stand_there`).
A special school is of one kind only (`one_kind`): `section_41` where it is approved, else its `kind`.

Approximate and dated: the register of June 2021, joined by name. Needs that a school is approved
for and types finer than `kind` are not in any source shipped here.

Columns that only the register of a day fills (`school_register`); of the rows shipped `lacks` names them:

- `needs`: codes of the needs that the school is approved for, `;` between; empty where the register names none.
- `provision`: `sen_unit`, `resourced_provision`, `both` or nothing; `unit_places`, `unit_pupils`,
  `resourced_places`, `resourced_pupils`: their places and pupils. `lowest_age`, `highest_age`: years.
- `post_16`: whether it is a special post-16 institution.
- `lacks`: which of these, and of `capacity`, `pupils` and `section_41`, the row's source has not, `;` between.
  What is lacking is not known; it is neither false nor nought.

From the register `school_id` is the URN, `area_code` the authority of every school, `vintage` the month of
the file, and `in_school_file` is false. `kind` follows its type: `maintained_special` (community and foundation),
`special_academy` (special academies and free schools), `non_maintained_special`, `independent_special`,
`special_post_16`; `pupil_referral_unit`, `alternative_academy` (academies and free schools of alternative provision);
`mainstream_unit` (a mainstream school with a SEN unit or resourced provision, whose `capacity` and `pupils` are those
of the whole school). Only the first five are special schools (`is_special`). The register has no type for hospital
schools. A register that an earlier version fetched has `special` for all special schools.

Source: Get Information About Schools, 30 June 2021 (live: of the day), as kept by a public model (VirtUK); DfE
"Special educational needs in England" 2022/23, schools; DfE list of section 41 schools, March 2022.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken, UnknownArea
from sendlib.sources.originals import Originals
from sendlib.tables import flows, schema
from sendlib.tables.definition import TableDefinition
from sendlib.tables.periods import spoken_month
from sendlib.tables.reading import read_csv
from sendlib.tables.school_register import (
    ALTERNATIVE_KINDS,
    INDEPENDENT_KIND,
    MAINSTREAM_KIND,
    NOT_SPECIAL,
    NUMBERS,
    PROVISION,
    SPECIAL_KINDS,
)

if TYPE_CHECKING:
    import pandera.pandas as pa

POINTS = "schools/special_points_2021_derived.csv"
CENSUS = "schools/nyt_sen_school_wise.csv.gz"
SECTION_41 = "schools/section41_approved_2022.csv"
BREAKS = (
    "The register of June 2021, joined by name with files of 2022 and 2023: schools that opened, closed, moved or were"
    " renamed since are wrong or missing.",
    "Approved under section 41: found by name and authority on the list of March 2022. A school that stands there under"
    " another name is not found.",
    "Alternative provision, the needs that a school is approved for, and units and resourced provision with their"
    " places are in none of these files; the register has them when it is fetched.",
)
VINTAGE = "2021-06"
SHIPPED_LACKS = ("needs", "provision", *NUMBERS, "post_16")
"""What the register of June 2021, as it was kept, does not have."""
SECTION_41_KIND = "section_41"
KINDS = (
    "special",
    "mostly_plans",
    *dict.fromkeys(SPECIAL_KINDS.values()),
    *dict.fromkeys(ALTERNATIVE_KINDS.values()),
    MAINSTREAM_KIND,
)
STATE_KIND, OTHER_INDEPENDENT_KIND, ALTERNATIVE_KIND = "state_special", "other_independent", "alternative"
_ON_MAP = {
    "maintained_special": STATE_KIND,
    "special_academy": STATE_KIND,
    "non_maintained_special": OTHER_INDEPENDENT_KIND,
    INDEPENDENT_KIND: OTHER_INDEPENDENT_KIND,
    **dict.fromkeys(ALTERNATIVE_KINDS.values(), ALTERNATIVE_KIND),
}
"""Kind -> what a map draws it as, which can not tell so many apart; one that is not named is drawn as itself."""
SHIPPED_WORDS = {
    "special": "Special school, not found on the section 41 list (register, June 2021)",
    "mostly_plans": "Academy or other school where most have a plan",
    SECTION_41_KIND: "Approved under section 41 (list, March 2022)",
}
"""Kinds of schools of the register shipped, of which a school is exactly one, in the order of the map's colours."""
_MOST_GROWTH = 3
"""A school that has more than so many times the pupils two years on, in another authority, is another school."""
_YOUNGEST_OF_A_COLLEGE = 16
_LEFT_OUT = ("the", "school", "ltd", "limited", "trust")
_WRITTEN_AS = {"homes": "home"}
"""Words of schools' names that one file has and another has not, or has in another form."""
_WRITTEN_SHORT = {"Bucks": "Buckinghamshire", "South Gloucs": "South Gloucestershire"}
"""Authorities as the list of section 41 schools writes them, where no list of names has that."""


def expected() -> pa.DataFrameSchema:
    import pandera.pandas as pa

    return pa.DataFrameSchema(
        {
            "school_id": pa.Column(int, unique=True),
            "name": schema.text(),
            "kind": schema.text(allowed=list(KINDS)),
            "longitude": pa.Column(float, pa.Check.in_range(-7, 2)),
            "latitude": pa.Column(float, pa.Check.in_range(49, 56)),
            "capacity": pa.Column(float, pa.Check.ge(0), nullable=True),
            "pupils": pa.Column(float, pa.Check.ge(0), nullable=True),
            "in_school_file": pa.Column(bool),
            "area_code": schema.text(r"^(\d{3})?$"),
            "section_41": pa.Column(bool),
            "vintage": schema.text(),
            "needs": schema.text(r"^([a-z]+(;[a-z]+)*)?$"),
            "provision": schema.text(allowed=sorted(set(PROVISION.values()))),
            **{name: pa.Column(float, pa.Check.ge(0), nullable=True) for name in NUMBERS},
            "post_16": pa.Column(bool),
            "lacks": schema.text(),
        },
        strict=True,
    )


def build(originals: Originals, areas: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The schools table and a note on how many were found by name. Raises ContractBroken."""
    names = {area.name: area.code for area in areas.authorities.values()}
    names |= {name: code for code, name in areas.names.items() if code not in areas.authorities and name not in names}
    census = read_csv(originals.read(CENSUS), CENSUS, ["la_name", "school_name", "total pupils"])
    unknown = sorted(set(census["la_name"]) - set(names))
    if unknown:
        raise ContractBroken(CENSUS, f"'{unknown[0]}' is not an authority that we know.")
    approved = read_section_41(originals.read(SECTION_41), SECTION_41, areas)
    census = census.assign(code=census["la_name"].map(names), pupils=pd.to_numeric(census["total pupils"]))
    table = read(originals.read(POINTS), POINTS, census, approved, flows.code_of(areas), _before(areas, census["code"]))
    found = int(table["area_code"].ne("").sum())
    return table, [
        f"{found} of {len(table)} schools have an authority, found by a name that one school alone has, in England or"
        " in the authority."
    ]


def _before(areas: Areas, used: pd.Series) -> dict[str, str]:
    """Authorities of today -> the one before them that the census file still has."""
    held = set(used)
    return {
        code: old
        for code in areas.authorities
        if code not in held
        for old, _, _ in areas.predecessors(code)
        if old in held
    }


def read_section_41(content: bytes, file: str, areas: Areas) -> pd.DataFrame:
    """The list of section 41: one row a plain name, authority (`code`, of today or before it) and `college`, whether
    only a post-16 institution is approved.

    Rows of Wales, and heads of the pages of the list, have no authority of ours and are left out.
    """
    # The list has a line of empty names above its header, and two parts with the same header.
    wanted = ["Local authority", "Institution trading name (1)"]
    rows = read_csv(content.split(b"\n", 1)[1], file, wanted, parts=True)
    rows = rows.iloc[:, :3].set_axis(["authority", "name", "type"], axis=1)
    rows = rows.assign(
        plain=rows["name"].map(plain_name),
        college=~rows["type"].str.casefold().str.contains("school"),
        code=rows["authority"].map(lambda written: _codes(written, areas)),
    )
    return rows.explode("code").dropna(subset=["code"])[["plain", "code", "college"]].reset_index(drop=True)


def _codes(written: str, areas: Areas) -> list[str]:
    """The authorities of today that a written name stands for, and the divided one itself."""
    try:
        found = areas.find(_WRITTEN_SHORT.get(written, written))
    except UnknownArea:
        return []
    before = {code for area in found.areas for code, name, _ in areas.predecessors(area.code) if name == written}
    return [*(area.code for area in found.areas), *sorted(before)]


def read(
    content: bytes,
    file: str,
    census: pd.DataFrame,
    approved: pd.DataFrame,
    codes: Mapping[str, str],
    before: Mapping[str, str],
) -> pd.DataFrame:
    """The points, joined with the census file (school_name, code, pupils) by a plain name that one school alone has, or
    has in its authority, and with the approved schools (`read_section_41`) by plain name and authority.

    `codes`: 9-character codes of authorities -> 3-digit ones; `before`: those that the census file has under an older
    authority -> that one.
    """
    wanted = ["name", "capacity", "pupils", "min age", "lon", "lat", "ctyua23cd", "is_special_group"]
    frame = read_csv(content, file, wanted)
    if len(frame) < 1000:
        raise ContractBroken(file, f"only {len(frame)} schools; the file may be cut short.")
    plain = frame["name"].map(plain_name)
    pupils = pd.to_numeric(frame["pupils"], errors="coerce").astype(float)
    lies_in = frame["ctyua23cd"].map(dict(codes)).fillna("")
    in_census = census.assign(plain=census["school_name"].map(plain_name))
    code = _authorities(plain, pupils, lies_in, lies_in.replace(dict(before)), in_census)
    is_college = pd.to_numeric(frame["min age"], errors="coerce").ge(_YOUNGEST_OF_A_COLLEGE)
    on_the_list = {
        college: set(zip(rows["plain"], rows["code"], strict=True)) for college, rows in approved.groupby("college")
    }
    section_41 = [
        any((name, place) in on_the_list.get(group, ()) for place in places for group in ({False, college}))
        for name, college, *places in zip(plain, is_college, code, lies_in, strict=True)
    ]
    return pd.DataFrame(
        {
            "school_id": range(1, len(frame) + 1),
            "name": frame["name"].str.strip(),
            "kind": frame["is_special_group"].map({"True": "special", "False": "mostly_plans"}),
            "longitude": frame["lon"].astype(float),
            "latitude": frame["lat"].astype(float),
            "capacity": pd.to_numeric(frame["capacity"], errors="coerce").astype(float),
            "pupils": pupils,
            "in_school_file": plain.isin(in_census["plain"]).astype(bool),
            "area_code": code,
            "section_41": pd.Series(section_41, index=frame.index, dtype=bool),
            "vintage": VINTAGE,
            "needs": "",
            "provision": "",
            **dict.fromkeys(NUMBERS, float("nan")),
            "post_16": False,
            "lacks": ";".join(SHIPPED_LACKS),
        }
    )


def _authorities(
    plain: pd.Series, pupils: pd.Series, lies_in: pd.Series, counted_in: pd.Series, census: pd.DataFrame
) -> pd.Series:
    """The authority of each school, or nothing; `counted_in` is the one under which the census file has where it
    lies."""
    # A name that several schools have, here or in the census, says nothing about where this one is.
    by_name = _only(census, ["plain"])
    code = plain.map(by_name["code"]).where(~plain.duplicated(keep=False))
    then = plain.map(by_name["pupils"])
    # A school may lie in another authority than its own (Bradstow, in Kent, is Wandsworth's). One that has
    # six times the pupils as well is another school of that name.
    code = code.mask(code.ne(lies_in) & _is_another(pupils, then), "")
    # Of a name that several have, one alone may have it in the authority, here and in the census.
    pairs = pd.MultiIndex.from_arrays([plain, counted_in])
    there = _only(census, ["plain", "code"]).reindex(pairs)["pupils"].set_axis(plain.index)
    is_there = there.notna() & ~pairs.duplicated(keep=False) & ~_is_another(pupils, there)
    return code.where(code.notna() | ~is_there, counted_in).fillna("")


def _only(census: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """`code` and `pupils` of the schools that alone have what `names` says."""
    return census[~census.duplicated(names, keep=False)].set_index(names, drop=False)[["code", "pupils"]]


def _is_another(pupils: pd.Series, then: pd.Series) -> pd.Series:
    """Whether a school of the same name has so many more or fewer pupils that it is another one."""
    return (then > _MOST_GROWTH * pupils) | (pupils > _MOST_GROWTH * then)


def is_special(table: pd.DataFrame) -> pd.Series:
    """Which schools are special schools, special post-16 institutions among them: neither alternative provision nor a
    mainstream school with a unit."""
    return ~table["kind"].astype(str).isin(NOT_SPECIAL)


def one_kind(table: pd.DataFrame) -> pd.Series:
    """The one kind that a map draws each school as: `section_41` before what it is else, so that no school counts
    twice."""
    kind = table["kind"].astype(str)
    return kind.replace(_ON_MAP).mask(table["section_41"] & is_special(table), SECTION_41_KIND)


def own_places(table: pd.DataFrame) -> pd.DataFrame:
    """`places` and `pupils` of each school; of a mainstream school those of its unit and resourced provision alone,
    since those of the whole school are not for children with SEN.

    A school that is open has places: where the register says 0, it does not give them.
    """
    mainstream = table["kind"].astype(str).eq(MAINSTREAM_KIND)
    found = {}
    for name, whole, parts in (
        ("places", "capacity", ["unit_places", "resourced_places"]),
        ("pupils", "pupils", ["unit_pupils", "resourced_pupils"]),
    ):
        found[name] = table[whole].where(~mainstream, table[parts].sum(axis=1, min_count=1))
    found["places"] = found["places"].where(found["places"].gt(0))
    return pd.DataFrame(found)


def stand_there(table: pd.DataFrame) -> pd.Series:
    """Whether a school stands at its point: where schools of several authorities have the very same one, it is the
    office of their owner, and nothing is drawn or measured from it. Found in the register shipped only; of a newer one
    every point is taken as it comes."""
    known = table["area_code"].astype(str).where(table["area_code"].ne(""))
    return known.groupby([table["longitude"], table["latitude"]]).transform("nunique").le(1) | table["vintage"].ne(
        VINTAGE
    )


def on_map(table: pd.DataFrame, kinds: Sequence[str]) -> pd.DataFrame:
    """The schools that a map draws, those that stand at their point (`stand_there`), with their `kind` as the place of
    it among `kinds`, and `places` and `pupils` as `own_places` has them."""
    table = table[stand_there(table)]
    kind = one_kind(table)
    drawn = table.assign(kind=kind.map({name: place for place, name in enumerate(kinds)}), **own_places(table))
    return drawn[kind.isin(list(kinds))].astype({"kind": int}).reset_index(drop=True)


def map_points(table: pd.DataFrame, authorities: Sequence[str]) -> dict[str, object]:
    """The schools of the register shipped as the browser fetches them.

    `day`: of the register; `kinds`: words; `authorities`: codes; `schools`: a list each of name, longitude, latitude,
    place of the kind among `kinds`, places and pupils (or null), place of the authority among `authorities` (-1 where
    it is not known) and codes of the needs that it is approved for (`asd;semh`, or nothing).
    """
    at = {code: place for place, code in enumerate(authorities)}
    drawn = on_map(table, list(SHIPPED_WORDS))
    columns = (drawn[name] for name in ("name", "longitude", "latitude", "kind", "places", "pupils", "area_code"))
    return {
        "day": spoken_month(VINTAGE),
        "kinds": list(SHIPPED_WORDS.values()),
        "authorities": list(authorities),
        "schools": [
            [
                str(name),
                round(x, 4),
                round(y, 4),
                kind,
                _whole(places),
                _whole(pupils),
                at.get(str(code), -1),
                str(needs),
            ]
            for name, x, y, kind, places, pupils, code, needs in zip(*columns, drawn["needs"], strict=True)
        ],
    }


def _whole(number: float) -> int | None:
    return None if pd.isna(number) else int(number)


def plain_name(name: str) -> str:
    """A school's name without case, punctuation, and words that one file has and another leaves out, for comparison."""
    without_apostrophes = re.sub(r"['\u2018\u2019]", "", str(name).casefold().replace("&", " and "))
    words = re.sub(r"[^a-z0-9]+", " ", without_apostrophes).split()
    return " ".join(_WRITTEN_AS.get(word, word) for word in words if word not in _LEFT_OUT)


TABLE = TableDefinition(
    name="schools",
    title="Special schools as points",
    grain="one row a school",
    expected=expected,
    breaks=BREAKS,
    originals={POINTS: "gias_2021", CENSUS: "sen_in_england_schools_2023", SECTION_41: "section_41_2022"},
    build=build,
)
