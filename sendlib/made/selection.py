"""What a reader picked to make a table of, as an address and the command line write it, and what it stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from sendlib.answer.numbers import capital
from sendlib.areas import Area
from sendlib.compared import comparators, widened
from sendlib.compared.comparators import DEFAULT
from sendlib.errors import SendlibError
from sendlib.made.described import AREA, PERIOD
from sendlib.made.held import KINDS, Held, held
from sendlib.made.offered import tables
from sendlib.store import Store
from sendlib.tables import periods

HERE, NEAR, REGION = "here", "near", "region"
"""The area of the page (or each part of it), those that it is compared with, and the authorities of its region."""
NEWEST, ALL, TO = "newest", "all", ".."
"""Periods: the newest of each measure, all of them, or from one to another (`2019-01..2025-01`)."""
EVERY = "*"
"""In place of the values of a dimension: all of them."""
LIST = "list"
"""Across the top: nothing, so that each figure has a row."""
TABLE, AREAS, PERIODS, ACROSS, FIRST, FIND = (
    "make",
    "make_areas",
    "make_periods",
    "make_across",
    "make_first",
    "find_made",
)
_LONGEST = 60
_BEFORE = ("under ", "less than ")
BY = "by_"
"""Names in the address; a dimension's is BY and its own name."""


@dataclass(frozen=True)
class Selection:
    """What was picked. Empty is what a table begins with: the area and England, the newest period, totals.

    `areas`: HERE, NEAR, REGION, kinds (held.KINDS) and codes. `values` by dimension, or EVERY. `across`: what stands
    across the top, `area`, `period` or a dimension; LIST for nothing. `first`: which column stands first. `find`:
    words that a row must have. `order`: the column that rows are in order of, with `-` before it the other way round.
    """

    table: str
    areas: tuple[str, ...] = ()
    periods: str = ""
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    across: str = ""
    first: str = ""
    find: str = ""
    order: str = ""

    def as_query(self) -> dict[str, str]:
        """As an address has it, the order apart, which stands there as that of every table does."""
        picked = {f"{BY}{name}": joined(values) for name, values in self.values.items()}
        own = {
            TABLE: self.table,
            AREAS: joined(self.areas),
            PERIODS: self.periods,
            ACROSS: self.across,
            FIRST: self.first,
            FIND: self.find,
        }
        return {name: text for name, text in {**own, **picked}.items() if text}


def joined(values: Sequence[str]) -> str:
    """Values with commas between; a comma within one is written as an address writes it."""
    return ",".join(value.replace("%", "%25").replace(",", "%2C") for value in values)


def parted(text: str) -> tuple[str, ...]:
    """The values of a text, each once."""
    parts = (part.strip().replace("%2C", ",").replace("%25", "%") for part in text.split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


@dataclass(frozen=True)
class Picked:
    """What a selection stands for in a table.

    `codes` of areas in their order, `periods` (with `newest`: of each combination only its newest), `values` and
    `offered` by dimension. `told`: what was wrong in the selection and is left out of it, or what a reader should know
    of how it was read. `wrong`: name in the address -> what is right of what it has.
    """

    selection: Selection
    held: Held
    codes: tuple[str, ...]
    periods: tuple[str, ...]
    newest: bool
    values: Mapping[str, tuple[str, ...]]
    offered: Mapping[str, tuple[str, ...]]
    across: str
    told: tuple[str, ...]
    wrong: Mapping[str, str]


def of_query(query: Mapping[str, str], order: str = "") -> Selection:
    """The selection of an address, whatever stands in it."""
    values = {name[len(BY) :]: parted(text) for name, text in query.items() if name.startswith(BY) and parted(text)}
    return Selection(
        query.get(TABLE, "").strip(),
        parted(query.get(AREAS, "")),
        query.get(PERIODS, "").strip(),
        values,
        query.get(ACROSS, "").strip(),
        query.get(FIRST, "").strip(),
        " ".join(query.get(FIND, "").split()),
        order,
    )


def begins(store: Store, selection: Selection) -> tuple[Selection, tuple[str, ...]]:
    """The selection with a table that there is, and a word where its own is none."""
    offered = tables(store)
    if selection.table in offered:
        return selection, ()
    first = next(iter(offered))
    if not selection.table:
        return replace(selection, table=first), ()
    return Selection(first), (f"There is no table '{_short(selection.table)}'. This is '{store.info(first).title}'.",)


def resolve(store: Store, selection: Selection, area: Area | None, versus: str = DEFAULT) -> Picked:
    """What a selection stands for; what is wrong in it is told of and left out. Raises NoData and SnapshotDamaged."""
    table = held(store, selection.table)
    told: list[str] = []
    wrong: dict[str, str] = {}
    codes = _codes(store, table, selection.areas or begin_with(table, area), area, versus, told, wrong)
    chosen, newest = _periods(table, selection.periods, told, wrong)
    values, offered = _values(table, selection.values, told, wrong)
    across = _across(table, selection.across, chosen, newest, told, wrong)
    first = selection.first
    if first and first not in columns_of(table):
        told.append(f"There is no column '{_short(first)}' to stand first.")
        wrong[FIRST] = ""
        first = ""
    return Picked(
        replace(selection, first=first),
        table,
        tuple(codes),
        chosen,
        newest,
        values,
        offered,
        across,
        tuple(told),
        wrong,
    )


def begin_with(table: Held, area: Area | None) -> tuple[str, ...]:
    """The area of the page and England; without one England, or all areas where it is not in the table."""
    england = ("england",) if table.of_kind("england") else ()
    if area is None:
        return england or tuple(kind for kind in KINDS if table.of_kind(kind))[:1]
    return (HERE, *(england if area.kind != "england" else ()))


def _codes(
    store: Store,
    table: Held,
    words: Sequence[str],
    area: Area | None,
    versus: str,
    told: list[str],
    wrong: dict[str, str],
) -> list[str]:
    """Codes of the areas that were picked, each once, as far as the table has them."""
    found: dict[str, None] = {}
    strange = []
    for word in words:
        codes, why = _of_word(store, table, word, area, versus)
        if why:
            told.append(why)
        if not codes and word not in (HERE, NEAR, REGION):
            strange.append(word)
        found |= dict.fromkeys(codes)
    if strange:
        wrong[AREAS] = joined([word for word in words if word not in strange])
    return list(found)


def _of_word(store: Store, table: Held, word: str, area: Area | None, versus: str) -> tuple[list[str], str]:
    """The codes of one word, and what to say of it."""
    if word in KINDS:
        codes = table.of_kind(word)
        return codes, "" if codes else f"This table has nothing for '{KINDS[word].lower()}'."
    if word in (HERE, NEAR, REGION):
        if area is None:
            return [], "Choose an area first: this table begins with it."
        return _of_area(store, table, word, area, versus)
    if word in table.areas:
        return [word], ""
    try:
        named = widened.directory(store).find(word).area
    except SendlibError:
        return [], f"There is no area '{_short(word)}' in this table."
    return _its_own(store, table, named)


def _of_area(store: Store, table: Held, word: str, area: Area, versus: str) -> tuple[list[str], str]:
    if word == HERE:
        return _its_own(store, table, area)
    if word == REGION:
        known = widened.authorities(store)
        codes = [code for code in known.in_region(area.region_code) if code in table.areas]
        return codes, "" if codes else f"This table has no authorities of the region of {area.in_text}."
    try:
        compared = comparators.choose(comparators.store_for(store, area, versus=versus), area, versus)
    except SendlibError as error:
        return [], str(error)
    codes = [code for code in compared.codes if code in table.areas]
    return codes, "" if codes else f"This table has none of those that {area.in_text} is compared with."


def _its_own(store: Store, table: Held, area: Area) -> tuple[list[str], str]:
    """The area's own row; where the table has none, those of the authorities that it is made of, or of the NHS areas
    that it lies in, each by itself: nothing is added up here."""
    if area.code in table.areas:
        return [area.code], ""
    parts = [code for code in area.parts if code in table.areas]
    if parts and area.kind == "authority":
        return parts, ""
    if parts:
        return parts, f"This table has no row of {area.in_text}: each of its authorities has its own."
    health = _health(store, table, area)
    if health:
        return health, f"This table is by NHS area: these are the ones that {area.in_text} lies in."
    return [], f"This table has nothing for {area.in_text}."


def _health(store: Store, table: Held, area: Area) -> list[str]:
    if "health_areas" not in store.tables:
        return []
    within = store.table("health_areas")
    within = within[within[AREA].isin(area.parts)]
    return [code for code in dict.fromkeys(within["health_code"].astype(str)) if code in table.areas]


def _periods(table: Held, text: str, told: list[str], wrong: dict[str, str]) -> tuple[tuple[str, ...], bool]:
    """The periods that were picked, and whether of each combination only the newest of them counts."""
    if text in ("", NEWEST) or not table.periods:
        return table.periods, True
    if text == ALL:
        return table.periods, False
    first, _, last = text.partition(TO)
    if first in table.periods and (last or first) in table.periods:
        low, high = sorted((first, last or first))
        return tuple(period for period in table.periods if low <= period <= high), False
    told.append(f"This table has no figures of '{_short(text)}'. It begins with the newest.")
    wrong[PERIODS] = ""
    return table.periods, True


def _values(
    table: Held, picked: Mapping[str, tuple[str, ...]], told: list[str], wrong: dict[str, str]
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Of each dimension the values that were picked, and those that go with what was picked of those before it."""
    left = table.combinations
    chosen: dict[str, tuple[str, ...]] = {}
    offered: dict[str, tuple[str, ...]] = {}
    for name, dimension in table.described.dimensions.items():
        held_here = set(left[name])
        known = [value for value in dimension.words if value in held_here]
        offered[name] = (*known, *sorted(held_here - set(known), key=natural))
        asked = picked.get(name, ())
        strange = [value for value in asked if value not in offered[name] and value != EVERY]
        if strange:
            told.append(f"{dimension.heading}: '{_short(', '.join(strange))}' is not offered here.")
            wrong[f"{BY}{name}"] = joined([value for value in asked if value not in strange])
        kept = tuple(value for value in offered[name] if value in asked)
        if EVERY in asked:
            kept = offered[name]
        begin = (dimension.total,) if _has_total(left, name, dimension.total) else offered[name]
        chosen[name] = kept or begin
        left = left[left[name].isin(chosen[name])]
    for name in picked:
        if name not in table.described.dimensions:
            told.append(f"This table is not divided by '{_short(name)}'.")
            wrong[f"{BY}{name}"] = ""
    return chosen, offered


def _has_total(combinations: pd.DataFrame, name: str, total: str) -> bool:
    """Whether every combination of the values picked before has a total: of ages there is none beside the ages."""
    before = list(combinations.columns[: list(combinations.columns).index(name)])
    with_total = combinations[combinations[name].eq(total)]
    if with_total.empty or not before:
        return not with_total.empty
    return len(with_total[before].drop_duplicates()) == len(combinations[before].drop_duplicates())


def _across(
    table: Held, asked: str, chosen: Sequence[str], newest: bool, told: list[str], wrong: dict[str, str]
) -> str:
    """What stands across the top: as asked, else the periods where there are several."""
    begin = PERIOD if len(chosen) > 1 and not newest and can_turn(table) else ""
    if asked in ("", LIST):
        return "" if asked == LIST else begin
    if asked in columns_of(table) and can_turn(table):
        return asked
    told.append(f"'{_short(asked)}' can not stand across the top of this table.")
    wrong[ACROSS] = ""
    return begin


def can_turn(table: Held) -> bool:
    """Whether something can stand across the top: of a table with one column of figures."""
    return list(table.described.figures) == ["value"]


def columns_of(table: Held) -> list[str]:
    """What rows are told apart by: area, period and dimensions."""
    return [*table.described.areas, *table.described.dimensions, *([PERIOD] if table.periods else [])]


def heading(table: Held, name: str) -> str:
    """What a column that rows are told apart by is called."""
    if name in table.described.areas:
        return table.described.areas[name]
    return "Period" if name == PERIOD else table.described.dimensions[name].heading


def said(table: Held, name: str, value: str) -> str:
    """A value of such a column in words."""
    if name in table.described.areas:
        return table.areas[value].name
    if name == PERIOD:
        return capital(periods.spoken(value))
    return table.described.dimensions[name].said(value)


def _short(text: str) -> str:
    """What an address has, as a message repeats it."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def natural(text: str) -> tuple[bool, str]:
    """What words are put in order by: numbers within them by their size, and what is under the first before it."""
    folded = text.casefold()
    return not folded.startswith(_BEFORE), re.sub(r"\d+", lambda number: number.group().zfill(9), folded)
