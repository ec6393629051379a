"""What Places says: title, sentence, large numbers and notes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sendlib.answer import Figure, Note, Text
from sendlib.answer.numbers import listed, percent, written
from sendlib.areas import ENGLAND, Area
from sendlib.compared import latest
from sendlib.compared.comparators import Comparators, known_areas
from sendlib.compared.rates import rates
from sendlib.methods import compare
from sendlib.questions.places import flows, map_tables, placements, register, tables
from sendlib.questions.places.columns import FEWEST_A_YEAR
from sendlib.store import Store
from sendlib.tables.flows import PERIOD
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE

_LOWEST_SAID = 0.5
"""Of a hundred pupils: fewer are hardly any."""
CANNOT_TELL = (
    Text("How many children with a plan are placed outside their authority: no public count exists."),
    Text(
        "Pupils of independent special schools who cross a border: the flows cover state-funded special schools only."
    ),
    Text("Respite, short breaks and arrangements that families make themselves."),
    Text(
        "Which needs a school is approved for, and whether a place is free: not in any source shipped here.",
    ),
)
COULD_CHANGE = (
    Text(
        "Where special school places, units and resourced provision are planned, with the neighbours that children"
        " travel to."
    ),
    Text("What is bought from independent schools because nothing nearer fits."),
)


@dataclass(frozen=True)
class Numbers:
    """What the sentence and the large numbers say; NaN where an area has none.

    `rate` plans per 1,000, `away` per cent of special-school pupils who go elsewhere, `now` and `then` per cent of
    plans in independent or non-maintained special schools, in the newest and in the first January; `since` is the year
    of the first. `beside` is the area's row of the balance.
    """

    rate: float
    fifth: int
    away: float
    england_away: float
    now: float
    then: float
    england_now: float
    since: str
    beside: pd.Series

    @property
    def compares(self) -> bool:
        """Whether pupils here and plans can be set side by side."""
        return not np.isnan(self.beside["balance"])

    @property
    def change(self) -> str:
        """`+2.1 points since 2019`; empty where one of the two is missing."""
        if np.isnan(self.now) or np.isnan(self.then):
            return ""
        return f"{written(self.now - self.then, 1, signed=True)} points since {self.since}"


def numbers(store: Store, area: Area) -> Numbers:
    """The numbers of an area."""
    away, shares = flows.travel_out(store), tables.independent_share(store)
    januaries = latest.periods(store, "placements", placement="all")
    now, then = (float(shares[period].get(area.code, np.nan)) for period in (januaries[-1], januaries[0]))
    return Numbers(
        rate=float(rates(store)["all_ages"].get(area.code, np.nan)),
        fifth=int(map_tables.shades(store).set_index("area_code")["per_1000_class"][area.code]),
        away=float(away.get(area.code, np.nan)),
        england_away=float(away[ENGLAND]),
        now=now,
        then=then,
        england_now=float(shares[januaries[-1]][ENGLAND]),
        since=januaries[0][:4],
        beside=tables.balance(store).set_index("area_code").loc[area.code],
    )


def title(area: Area, found: Numbers) -> Text:
    """About what the map shades."""
    if found.fifth < 0:
        return Text(f"Plans per child are not available for {area.short_name}")
    more_or_less = "More" if found.fifth >= 3 else "Fewer" if found.fifth <= 1 else ""
    how_many = f"{more_or_less} children have plans than" if more_or_less else "As many children have plans as"
    return Text(f"{how_many} in most authorities")


def headline(area: Area, found: Numbers, out: pd.DataFrame) -> Text:
    """The sentence over the picture, from the numbers and the flows out."""
    name = area.short_name
    lives = (
        f"How many of those aged 0 to 25 in {name} have an EHC plan is not available."
        if np.isnan(found.rate)
        else f"In {name}, {written(found.rate)} in every 1,000 children and young people aged 0 to 25 have an EHC plan."
    )
    travels, plainly = _travels(name, found)
    named = [str(value) for value in out.loc[out["area_code"].ne(""), "area"].head(2)]
    where = f" The largest numbers go to {listed(named)}." if named and not np.isnan(found.away) else ""
    bought = ""
    if not np.isnan(found.now):
        change = f", {found.change}" if found.change else ""
        bought = f" {percent(found.now)} of plans are placed in independent or non-maintained special schools{change}."
    compared = ""
    if found.compares:
        compared = (
            f" State special schools here had {written(found.beside['pupils_here'])} pupils in January 2023, beside"
            f" {written(found.beside['placed'])} plans of {name} placed in such schools anywhere."
        )
    return Text(
        f"{lives}{travels}{where}{compared}{bought}",
        show=f"{lives}{travels}{bought}",
        families=f"{lives}{plainly}{where}",
    )


def _travels(name: str, found: Numbers) -> tuple[str, str]:
    """How many go to school elsewhere, for analysts and in plain words."""
    if np.isnan(found.away):
        missing = f" How many special-school pupils from {name} go to school in another area is not available."
        return missing, missing
    exactly = (
        f" Of the special-school pupils who live there, {percent(found.away)} went to school in another authority"
        f" ({PERIOD} together; England {percent(found.england_away)})."
    )
    if found.away < _LOWEST_SAID:
        return exactly, " Hardly any special-school pupil who lives there goes to school in another area."
    of_100 = f"Of 100 special-school pupils who live there, about {written(found.away)} go to school in another area."
    return exactly, f" {of_100}"


def figures(found: Numbers) -> tuple[Figure, ...]:
    """Pupils less plans, who goes elsewhere, and what is bought from independent schools."""
    return (
        _balance(found),
        _share(
            "Special-school pupils living here who go to school elsewhere",
            found.away,
            found.england_away,
            f"England {percent(found.england_away)}; three school years together",
            "flows",
        ),
        _share(
            "Plans in independent or non-maintained special schools",
            found.now,
            found.england_now,
            "; ".join([*([found.change] if found.change else []), f"England {percent(found.england_now)}"]),
            "placements",
        ),
    )


def _balance(found: Numbers) -> Figure:
    label = Text("State special-school pupils here, less plans placed in such schools")
    if not found.compares:
        none = Text("a comparison, not a count of placements")
        return Figure(label, None, "pupils", none, status=NOT_AVAILABLE, decimals=0, signed=True, table="places")
    beside = found.beside
    said = Text(
        f"January 2023: {written(beside['pupils_here'])} pupils, {written(beside['placed'])} of"
        f" {written(beside['plans'])} plans; not a count of placements"
    )
    return Figure(label, float(beside["balance"]), "pupils", said, decimals=0, signed=True, table="places")


def _share(label: str, share: float, england: float, comparison: str, table: str) -> Figure:
    missing = bool(np.isnan(share))
    return Figure(
        Text(label),
        None if missing else share,
        "%",
        Text(comparison),
        "" if missing else compare.direction(share, england),
        NOT_AVAILABLE if missing else VALUE,
        table=table,
    )


def notes(store: Store, area: Area, others: Comparators, found: Numbers) -> tuple[Note, ...]:
    """What a reader should know of the whole, and of the kinds of placement."""
    points = (
        "The points of special schools are those of June 2021, joined by name: approximate and dated."
        if register.is_shipped(store)
        else register.about_points(register.day(store))
    )
    return (
        *_DEFINITIONS,
        Note("caution", Text(points)),
        *(Note("break", Text(text)) for text in store.info("placements").breaks),
        *(Note("missing", Text(text)) for text in _missing(store, area, found)),
        *([Note("caution", Text(others.caution))] if others.caution else []),
        *placements.notes(store, area, others),
    )


_DEFINITIONS = (
    Note(
        "definition",
        Text(
            "Residence: plans are counted by the authority that maintains them, which is where the child lives, with"
            " few exceptions. Provision: pupils are counted where the school is."
        ),
    ),
    Note(
        "definition",
        Text(
            "Out of area means here: a special school in another authority. Out of county would need the county's"
            " districts, which these sources do not give. No public count of EHC placements out of an area exists."
        ),
    ),
    Note(
        "definition",
        Text(
            f"Flows add up three school years ({PERIOD}) and are shown as shares or for a typical year; flows of fewer"
            f" than {FEWEST_A_YEAR} pupils a year are shown together."
        ),
    ),
)


def _missing(store: Store, area: Area, found: Numbers) -> list[str]:
    """What there is not of an area, and why."""
    before, told = known_areas(store).predecessors(area.code), []
    if np.isnan(found.away) and before:
        shares = {name: float(flows.travel_out(store).get(code, np.nan)) for code, name, _ in before}
        was = [f"For {name} it was {percent(share)}." for name, share in shares.items() if not np.isnan(share)]
        told.append(" ".join([f"Flows were counted before {area.name} began.", *was]))
    elif np.isnan(found.away):
        told.append(
            f"Fewer than {FEWEST_A_YEAR} special-school pupils a year lived in {area.name}, or none: their share is"
            " hidden."
        )
    if area.code in flows.YEARS:
        told.append(f"{area.name} is in one of the three school years only.")
    if not found.compares:
        told.append(
            f"Pupils of special schools by area are of January 2023, before {area.name} began."
            if before
            else "The comparison of pupils and plans is not available."
        )
    return told
