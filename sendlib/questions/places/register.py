"""The register of schools that is held: the one shipped, of June 2021, or a newer one that a refresh has brought."""

from __future__ import annotations

from collections.abc import Collection

from sendlib.answer.numbers import written
from sendlib.areas import Area
from sendlib.compared.comparators import known_areas
from sendlib.store import Store, kept_with_store
from sendlib.tables import schools
from sendlib.tables.periods import spoken_month
from sendlib.tables.school_register import MAINSTREAM_KIND, NOT_SPECIAL, POST_16_KIND
from sendlib.tables.schools import ALTERNATIVE_KIND, OTHER_INDEPENDENT_KIND, SECTION_41_KIND, STATE_KIND

SHIPPED = schools.VINTAGE
NOT_KNOWN_WHICH = "which are under section 41 is not available"
_WORDS = {
    STATE_KIND: "State special school",
    OTHER_INDEPENDENT_KIND: "Other independent or non-maintained special school",
    "special": "Special school not under section 41",
    SECTION_41_KIND: "Approved under section 41",
    POST_16_KIND: "Special post-16 institution",
    ALTERNATIVE_KIND: "Alternative provision",
    MAINSTREAM_KIND: "Mainstream school with a SEN unit or resourced provision",
}
"""Kinds of schools that a map of a refreshed register draws, in the order of its colours. `special` are those of a
register that an earlier version fetched, which kept no types."""
_WHERE_IT_IS_NOT_KNOWN = {
    OTHER_INDEPENDENT_KIND: f"Independent or non-maintained special school ({NOT_KNOWN_WHICH})",
    "special": f"Special school ({NOT_KNOWN_WHICH})",
}


IN_PLAIN_WORDS = dict(
    zip(
        schools.SHIPPED_WORDS.values(),
        ("Special school", "Other school where most have a plan", "Approved by government (section 41)"),
        strict=True,
    )
)
"""The kinds of the register shipped -> what families read in the key; the words below the map say of when they are."""


def day(store: Store) -> str:
    """The month of the register of schools that is held: 2021-06, as shipped, or later."""
    return str(store.table("schools")["vintage"].iloc[0])


def is_shipped(store: Store) -> bool:
    """Whether the schools are those of 2021, found by name."""
    return day(store) == SHIPPED


def lacks(store: Store) -> Collection[str]:
    """The columns of the table of schools that the register held has no figures of."""
    return str(store.table("schools")["lacks"].iloc[0]).split(";")


def in_words(store: Store) -> str:
    """The register held with its month: `register, June 2021`."""
    return f"register, {spoken_month(day(store))}"


@kept_with_store(of_base=True)
def kinds_of_school(store: Store) -> dict[str, str]:
    """The kinds of schools that the register held tells apart on a map, in the order of its colours."""
    if is_shipped(store):
        return schools.SHIPPED_WORDS
    held = set(schools.one_kind(store.table("schools")))
    words = _WORDS | (_WHERE_IT_IS_NOT_KNOWN if "section_41" in lacks(store) else {})
    return {kind: said for kind, said in words.items() if kind in held}


def kinds_of_special_school(store: Store) -> dict[str, str]:
    """Those of them that are special schools."""
    return {
        kind: words for kind, words in kinds_of_school(store).items() if kind not in (ALTERNATIVE_KIND, *NOT_SPECIAL)
    }


@kept_with_store(of_base=True)
def given_to_none(store: Store) -> str:
    """How many schools no area has, as a sentence that begins with a space; nothing where each has its authority."""
    given = store.table("schools")["area_code"].ne("")
    if given.all():
        return ""
    return (
        f" {written(int((~given).sum()))} of the {written(len(given))} schools of the register are given to no area:"
        " which authority they belong to is not known safely."
    )


def codes_of(store: Store, area: Area) -> list[str]:
    """Codes that the register has of an area: its authorities, and one that was divided where all its parts belong to
    it."""
    gone = [old for old, parts in _divided(store).items() if parts <= set(area.parts)]
    return [*area.parts, *gone]


def divided(store: Store, area: Area) -> dict[str, str]:
    """Authorities that were divided, of whose schools the register does not say in which part they are, and of which
    only some parts belong to the area: code -> name."""
    own = set(area.parts)
    names = known_areas(store).names
    return {old: names[old] for old, parts in _divided(store).items() if parts & own and not parts <= own}


@kept_with_store(of_base=True)
def _divided(store: Store) -> dict[str, set[str]]:
    """Authorities that are gone, as the register shipped has some: code -> codes of what they became."""
    known = known_areas(store)
    gone = set(store.table("schools")["area_code"].astype(str)) - set(known.authorities) - {""}
    return {old: known.became(old) for old in sorted(gone)}


def about_points(month: str) -> str:
    """What to say of the points on the map, by the month of the register."""
    if month == SHIPPED:
        return "Points are special schools of June 2021: approximate and dated."
    return f"Points are schools of the register of {spoken_month(month)}."
