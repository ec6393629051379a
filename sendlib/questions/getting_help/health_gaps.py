"""Why a list of community paediatrics should not be compared: who is missing from it, and sudden steps of the last
year.

A list of an NHS area is that of its providers together. It is *incomplete* where
an organisation in scope sent nothing in the newest month, or where a provider
whose list was SIZEABLE children or more, and SIZEABLE_PART per cent of the
area's or more, in a month of the year before has none now and the area's list
fell by half of it or more when it went (else another provider took it over). It has *collapsed*
where it is less than COLLAPSED of the longest of that year: what is left says
nothing of those who were on it. It is *far too short* where it has, for the children who live in the area, less than
a fifth of what the middle of all areas has (methods.doubtful). The thresholds are choices of ours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sendlib.answer import Text
from sendlib.answer.numbers import capital, count_of, listed, said, written
from sendlib.methods import doubtful
from sendlib.questions.getting_help import health_changes
from sendlib.questions.getting_help.health_changes import JUMP_FROM, RECENT, month_of, months_between
from sendlib.questions.getting_help.health_waits import MAIN, lists, lists_of, months
from sendlib.questions.getting_help.nhs_areas import NhsArea, Span, level_of, span
from sendlib.store import Store, kept_with_store
from sendlib.tables.population import CHILDREN
from sendlib.tables.waits_community import PROVIDERS_OF

SIZEABLE, SIZEABLE_PART = 100, 5.0
COLLAPSED = 0.25


@dataclass(frozen=True)
class Gone:
    """A provider that had a sizeable list and has none in the newest month: its list and the whole list in the last
    month it had one."""

    name: str
    month: str
    waiting: float
    of: float

    @property
    def short(self) -> str:
        """`Wirral University Teaching Hospital` for `Wirral University Teaching Hospital NHS Foundation Trust`."""
        return re.sub(r" (University )?(NHS Foundation Trust|NHS Trust)$", "", self.name)


@dataclass(frozen=True)
class Doubts:
    """What is wrong with the newest list of an NHS area; empty where nothing is known to be."""

    name: str
    month: str
    silent: int
    gone: tuple[Gone, ...]
    jumps: tuple[tuple[str, str], ...]
    """(months between which it stepped, sentence), oldest first."""
    fell: str
    """`from 5,206 in July 2025 to 132 in October 2025` where the list collapsed, else empty."""
    short: str = ""
    """`0.8 children for every 1,000 who live there, where ...` where the list is far too short, else empty."""

    @property
    def any(self) -> bool:
        """Whether the list should not be compared."""
        return bool(self.silent or self.gone or self.jumps or self.fell or self.short)

    @property
    def incomplete(self) -> str:
        """Who is missing from the list, in sentences; or nothing."""
        told = []
        if self.silent:
            organisations = capital(_organisations(self.silent))
            told.append(f"{organisations} of {self.name} sent nothing in {month_of(self.month)}.")
        told += [
            f"{one.name}, which had {written(one.waiting)} of the {written(one.of)} children on the list in"
            f" {month_of(one.month)}, has none on it in {month_of(self.month)}."
            for one in self.gone
        ]
        return " ".join(told)

    @property
    def told(self) -> Text:
        """All of it, in sentences; or nothing. For a shared screen the area is not named."""
        if not self.any:
            return Text("")
        why = (
            "is incomplete"
            if self.incomplete
            else "changed suddenly within a year"
            if self.jumps or self.fell
            else "is far too short for the children there"
        )
        care = f"Read it with care: the list of {self.name} {why}, so it is called neither higher nor lower."
        short = f"It has {self.short}." if self.short else ""
        whole = " ".join(said([care, self.incomplete, *(text for _, text in self.jumps), short]))
        return Text(whole, show=self._brief or None, families=self._plain or None)

    @property
    def _plain(self) -> str:
        told = []
        if self.gone:
            providers = listed([one.short for one in self.gone])
            told.append(f"The list of {self.name} no longer counts the children of {providers}.")
        if self.silent:
            whose = "" if self.gone else f" of {self.name}"
            told.append(f"{capital(_organisations(self.silent))}{whose} sent no numbers.")
        if self.jumps:
            told.append(f"The list of {self.name} changed suddenly, so read it with care.")
        if self.short:
            told.append(f"The list of {self.name} is far too short for the children there: many may not be counted.")
        return " ".join(told)

    @property
    def _brief(self) -> str:
        told = []
        if self.silent:
            told.append(f"{_organisations(self.silent)} sent nothing")
        if self.gone:
            told.append(f"without {listed([one.short for one in self.gone])}")
        if told:
            return f"Incomplete list: {'; '.join(told)}."
        if self.jumps:
            return f"Read it with care: the list changed suddenly {self.jumps[-1][0]}."
        return "Doubtful: the list is far too short for the children there." if self.short else ""

    @property
    def fell_to(self) -> str:
        """How far a list fell that collapsed, for a shared screen; or nothing."""
        without = f", without {listed([one.short for one in self.gone])}" if self.gone else ""
        return f"Its list fell {self.fell}{without}." if self.fell else ""


def _organisations(number: int) -> str:
    known = {1: "one organisation", 2: "two organisations", 3: "three organisations"}
    return known.get(number, count_of(number, "organisation", "organisations"))


def doubts(store: Store, one: NhsArea) -> Doubts:
    """What is wrong with the newest list of community paediatrics of an ICB: of one that is no more, the last before
    it ended.

    Nothing is looked at from before the day from which its code is that of this ICB.
    """
    return _doubts(store, span(one))


@kept_with_store(64, of_base=True)
def _doubts(store: Store, which: Span) -> Doubts:
    code, name, since, until = which
    month = [month for month in months(store) if month < (until or "9999")][-1]
    rows = lists(store, code, since, until)
    rows = rows[rows["service"].eq(MAIN)].assign(health_area=name)
    rows = rows.assign(changed=health_changes.of_lists(rows))
    silent = float(rows.loc[rows["period"].eq(month), "not_submitting"].iloc[0])
    waiting = rows.set_index("period")["waiting"]
    return Doubts(
        name,
        month,
        0 if np.isnan(silent) else int(silent),
        () if since else tuple(_gone(store, code, waiting, month)),
        tuple(health_changes.recent(rows)),
        _fell(waiting),
        _too_short(store, month).get(code, ""),
    )


@kept_with_store(of_base=True)
def _too_short(store: Store, month: str) -> dict[str, str]:
    """ICBs whose newest list is far too short for the children who live there: code -> how short, in words."""
    children = _children(store, month)
    codes = [str(code) for code in children.index]
    rows = lists_of(store, codes, since=month)
    rows = rows[rows["service"].eq(MAIN) & rows["period"].eq(month)].set_index("area_code")
    waiting = rows["waiting"].reindex(codes).to_numpy(dtype=float)
    short = doubtful.far_too_few(waiting, children.to_numpy(dtype=float), 0.5)
    rate = 1000 * waiting / children.to_numpy(dtype=float)
    middle = float(np.nanmedian(rate))
    return {
        code: (
            f"{written(rate[place], 1)} children for every 1,000 who live there, where the middle of all NHS areas has"
            f" {written(middle, 1)}"
        )
        for place, code in enumerate(codes)
        if short[place]
    }


def _children(store: Store, month: str) -> pd.Series:
    """Residents aged 0 to 17 of every ICB: those of its authorities in the newest year, by the share that lives in
    it."""
    shares = store.table("health_areas").astype({"area_code": str, "health_code": str, "level": str})
    shares = shares[shares["level"].eq(level_of(month))]
    # Of a board that has part of a divided one nobody here knows how many children live in it.
    unknown = shares.loc[shares["share_of_health_area"].isna(), "health_code"]
    shares = shares[~shares["health_code"].isin(unknown)]
    people = store.table("population").astype({"area_code": str, "period": str, "age": str})
    people = people[people["age"].eq(CHILDREN)]
    newest = people[people["period"].eq(people["period"].max())].set_index("area_code")["value"]
    living = shares["area_code"].map(newest) * shares["share_of_authority"] / 100
    # A board with an authority whose residents are missing has no number: pandas would add up the rest.
    lacking = shares.loc[living.isna(), "health_code"]
    return living.groupby(shares["health_code"]).sum().drop(index=lacking.unique())


def of_areas(store: Store, found: Sequence[NhsArea]) -> list[Doubts]:
    """The doubts about the lists of some NHS areas, without those about which there are none."""
    each = [doubts(store, one) for one in found]
    return [one for one in each if one.any]


def _recent(store: Store, newest: str) -> list[str]:
    """The months held in the year before a month, oldest first."""
    return [month for month in months(store) if month < newest and months_between(month, newest) <= RECENT]


def _gone(store: Store, code: str, waiting: pd.Series, newest: str) -> list[Gone]:
    """Providers of the ICB that had a sizeable list within the year and have none in the newest month."""
    found = []
    for provider in PROVIDERS_OF.get(code, "").split():
        rows = store.rows("waits_community", provider).astype({"service": str, "band": str, "period": str, "name": str})
        own = rows[rows["service"].eq(MAIN) & rows["band"].eq("total") & rows["value"].notna()].set_index("period")
        held = [
            month
            for month in _recent(store, newest)
            if month in own.index and own["value"][month] >= max(SIZEABLE, SIZEABLE_PART / 100 * waiting[month])
        ]
        if held and newest not in own.index and _fell_with_it(waiting, held[-1], own["value"][held[-1]]):
            found.append(
                Gone(str(own["name"].iloc[-1]), held[-1], float(own["value"][held[-1]]), float(waiting[held[-1]]))
            )
    return sorted(found, key=lambda one: -one.waiting)


def _fell_with_it(waiting: pd.Series, last: str, its: float) -> bool:
    """Whether the area's list fell by half of a provider's list or more after the last month of the provider."""
    after = waiting[waiting.index > last].dropna()
    return bool(after.empty or waiting[last] - after.iloc[0] >= its / 2)


def _fell(waiting: pd.Series) -> str:
    """How far the list fell within the year, where hardly any of it is left."""
    newest = waiting.index[-1]
    known = waiting[[months_between(month, newest) <= RECENT for month in waiting.index]].dropna()
    if known.empty or known.index[-1] != newest:
        return ""
    most = known.idxmax()
    if known[most] < JUMP_FROM or known[newest] >= COLLAPSED * known[most]:
        return ""
    return f"from {written(known[most])} in {month_of(most)} to {written(known[newest])} in {month_of(newest)}"
