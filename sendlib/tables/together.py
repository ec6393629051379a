"""Several areas as one: what the rows of a group of authorities are, table by table.

Counts are added and shares worked out again from the sums; a rate is never averaged. RULES says of each table how
its rows are put together; a table without a rule holds nothing that could be: its rows of a group are there, and
say "not available", or are not there at all.

Who counts for a group in a period: each member that has figures of it; before a member began, the authority that
stood there, if everything that it became belongs to the group (a split shows the predecessor until the change). A
sum with a missing part is missing; `Lacking` keeps what the others add up to, and who is missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sendlib.tables.symbols import HIDDEN, NOT_APPLICABLE, NOT_AVAILABLE, STATUSES, VALUE

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Share:
    """A per cent, or another ratio, made of counts of the same table: `per` times the sum of `of` over that of
    `among` (values of the rule's `by`)."""

    of: tuple[str, ...]
    among: tuple[str, ...]
    per: float = 100.0


@dataclass(frozen=True)
class Rule:
    """How a long table's rows of several areas become rows of one.

    `keys`: the columns that, with the area, are its grain. `by`: the one that says what is counted; `shares`: its
    values that are ratios, with what they are made of. `never`: its values that can not be made of counts held, so
    that a group has none. `nothing`: all of it is so. `sparse`: the columns
    (of keys) within which an area without a row has nought, because the table leaves out what is nought; empty where
    an absent row is a missing figure.
    """

    keys: tuple[str, ...]
    by: str = ""
    shares: Mapping[str, Share] = field(default_factory=dict)
    never: tuple[str, ...] = ()
    nothing: bool = False
    sparse: tuple[str, ...] = ()


_PROCESS_SHARES = {
    "requests_refused_percent": Share(("requests_refused",), ("requests_received",)),
    "requests_agreed_percent": Share(("requests_agreed",), ("requests_received",)),
    "issued_in_20_weeks_percent": Share(("issued_in_20_weeks",), ("issued",)),
    "issued_in_20_weeks_without_exceptions_percent": Share(
        ("issued_in_20_weeks_without_exceptions",), ("issued_without_exceptions",)
    ),
    "issued_after_52_weeks_percent": Share(("issued_after_52_weeks",), ("issued",)),
    "review_decisions_in_4_weeks_percent": Share(
        ("review_decisions_in_4_weeks",), ("review_decisions_in_4_weeks", "review_decisions_later")
    ),
    "appeal_rate": Share(("appeals",), ("appealable_decisions",)),
    "appeal_rate_in_development": Share(("appeals",), ("decisions_in_development",)),
}
"""Every share of the process that the publisher's own of single authorities can be worked out as, to the digit."""

RULES: Mapping[str, Rule] = {
    "plans": Rule(("period", "measure", "characteristic", "category"), sparse=("period", "measure", "characteristic")),
    "needs": Rule(
        ("period", "scope", "characteristic", "category", "need"), sparse=("period", "scope", "characteristic")
    ),
    "process": Rule(
        ("period", "measure"),
        "measure",
        _PROCESS_SHARES,
        # An average can not be made of averages; and DfE's share of decisions within six weeks is not the two counts'.
        ("average_weeks", "average_weeks_without_exceptions", "requests_decided_in_6_weeks_percent"),
    ),
    "placements": Rule(("period", "collection", "placement"), sparse=("period", "collection")),
    "elsewhere": Rule(("period", "placement"), sparse=("period",)),
    "phase_transfers": Rule(("period", "year", "measure")),
    "population": Rule(("period", "age")),
    "places": Rule(("period", "kind", "measure"), sparse=("period",)),
    "school_needs": Rule(("period", "phase", "provision", "need"), sparse=("period",)),
    "pupil_ethnicity": Rule(("period", "group"), sparse=("period",)),
    "school_units": Rule(("period", "kind"), sparse=("period",)),
    "school_pupils": Rule(("period", "measure"), sparse=("period",)),
    # LAIT and the inclusion dashboard give shares without the numbers that they are shares of.
    "school_sen": Rule(("period", "phase", "measure"), nothing=True),
    "outcomes": Rule(("period", "stage", "measure", "group"), nothing=True),
    "absence": Rule(("period", "group", "kind"), nothing=True),
    "money": Rule(("period", "measure"), nothing=True),
    "progress": Rule(("period", "measure", "group"), nothing=True),
    "next_steps": Rule(("period", "stage", "group", "destination"), nothing=True),
    "alternative_provision": Rule(("period", "kind", "group")),
    "neet": Rule(("period", "group", "measure"), "measure", never=("neet", "neet_or_not_known", "not_known", "share")),
    "care": Rule(("period", "group", "sen", "need", "unit"), "unit", never=("percent",)),
    "features": Rule(("period", "feature"), nothing=True),
}


class Grid:
    """A long table as areas by keys, so that many groups of areas are put together in no time.

    `keys`: the rule's keys, one row each. `values`: areas by keys, NaN where there is no figure; `status`: place in
    STATUSES, -1 where there is no row. `unit`, `within`: for each key the number of its unit (what a change of
    authorities is looked at in) and of its part (what an absent row is judged by), see Rule.sparse.
    """

    def __init__(self, table: pd.DataFrame, rule: Rule) -> None:
        self.rule = rule
        self.columns = list(table.columns)
        by = list(rule.keys)
        key = table.groupby(by, observed=True, sort=True).ngroup().to_numpy()
        codes = pd.Categorical(table["area_code"].astype(str))
        self.places = {code: place for place, code in enumerate(codes.categories)}
        first = np.unique(key, return_index=True)[1]
        self.keys = table[by].iloc[first].reset_index(drop=True)
        shape = len(self.places), len(self.keys)
        self.values: Floats = np.full(shape, np.nan)
        self.status = np.full(shape, -1, dtype=np.int8)
        self.values[codes.codes, key] = table["value"].to_numpy(dtype=float)
        self.status[codes.codes, key] = pd.Categorical(table["status"].astype(str), categories=list(STATUSES)).codes
        self.within = self._number(list(rule.sparse) or by)
        self.unit = self._number(["period"] if rule.sparse and "period" in by else by)
        self._no_counts, self._ratios = self._shares()

    def _number(self, columns: list[str]) -> NDArray[np.int64]:
        return np.asarray(self.keys.groupby(columns, observed=True, sort=True).ngroup(), dtype=np.int64)

    def _shares(self) -> tuple[Bools, list[tuple[int, list[int], list[int], float]]]:
        """Which keys are no counts, and of those that can be worked out: (key, keys above, keys below, per)."""
        rule = self.rule
        if not rule.by:
            return np.full(len(self.keys), rule.nothing), []
        by = self.keys[rule.by].astype(str)
        others = list(self.keys[[key for key in rule.keys if key != rule.by]].astype(str).itertuples(index=False))
        place = {(name, other): key for key, (name, other) in enumerate(zip(by, others, strict=True))}
        ratios = []
        for (name, other), key in place.items():
            share = rule.shares.get(name)
            if share and all((part, other) in place for part in (*share.of, *share.among)):
                above, below = ([place[part, other] for part in parts] for parts in (share.of, share.among))
                ratios.append((key, above, below, share.per))
        return by.isin([*rule.never, *rule.shares]).to_numpy(), ratios

    def together(self, code: str, members: Sequence[str], became: Mapping[str, frozenset[str]]) -> Together:
        """The rows of the group `code`; of an area that the table has rows of, only those that it lacks.

        `became`: an authority that is gone -> those that took its place (codes of today). A group of one has that
        one's rows as they are.
        """
        gone = {
            old: new
            for old, new in became.items()
            if len(members) > 1 and new and new <= set(members) and old in self.places
        }
        codes = [one for one in [*members, *gone] if one in self.places]
        if not codes:
            nothing = np.empty(0, dtype=np.int64)
            return Together(code, nothing, np.empty(0), nothing, None)
        places = [self.places[one] for one in codes]
        value, status = self.values[places], self.status[places]
        keep = (status >= 0).any(axis=0)
        if code in self.places:
            keep &= self.status[self.places[code]] < 0
        if len(members) == 1:
            own = np.flatnonzero(keep)
            return Together(code, own, value[0][own], status[0][own].astype(np.int64), None)
        applies = (status >= 0) & (status != _CODE[NOT_APPLICABLE])
        counts = applies & self._counts(codes, ~np.isnan(value), gone)
        absent = self._absent(codes, counts, members, gone)
        held = counts & ~np.isnan(value)
        known = np.where(held, value, 0.0).sum(axis=0)
        lacks = (counts & ~held).any(axis=0) | absent.any(axis=0)
        there = applies.any(axis=0)
        hidden = (counts & (status == _CODE[HIDDEN])).any(axis=0)
        total = np.where(there & ~lacks & ~self._no_counts, known, np.nan)
        for key, above, below, per in self._ratios:
            among = total[below].sum()
            total[key] = per * total[above].sum() / among if among > 0 else np.nan
        word = np.select(
            [~there, ~np.isnan(total), hidden & ~self._no_counts],
            [_CODE[NOT_APPLICABLE], _CODE[VALUE], _CODE[HIDDEN]],
            _CODE[NOT_AVAILABLE],
        )
        short = np.flatnonzero(lacks & held.any(axis=0) & keep & ~self._no_counts)
        wanting = _Short(short, known, counts & ~held, absent, tuple(codes), tuple(members))
        where = np.flatnonzero(keep)
        return Together(code, where, total[where], word[where], wanting)

    def rows(self, made: Sequence[Together]) -> pd.DataFrame:
        """The rows of several groups, with the table's columns."""
        where = np.concatenate([one.places for one in made])
        return self.keys.take(where).assign(
            area_code=np.repeat([one.code for one in made], [len(one.places) for one in made]),
            value=np.concatenate([one.values for one in made]),
            status=np.array(STATUSES)[np.concatenate([one.status for one in made]).astype(int)],
        )[self.columns]

    def lacking(self, made: Together) -> pd.DataFrame:
        """Of each row that is missing though some of the members have a figure: its keys, `known` (what those add up
        to) and `without` (codes of those that have none, with commas between)."""
        short = made.short
        if short is None:
            return self.keys.iloc[:0].assign(known=0.0, without="")
        who = [short.who(key) for key in short.places]
        return self.keys.iloc[short.places].assign(known=short.known[short.places], without=who).reset_index(drop=True)

    def _counts(self, codes: Sequence[str], figures: Bools, gone: Mapping[str, frozenset[str]]) -> Bools:
        """Who counts: an authority that is gone where it has figures; its successors where they have any or it has
        none. In the year of the change both may have part of a flow: then both count."""
        counts = np.ones(figures.shape, dtype=bool)
        if not gone:
            return counts
        units = int(self.unit.max()) + 1
        has = np.array([np.bincount(self.unit, weights=row, minlength=units) > 0 for row in figures])
        row_of = {code: row for row, code in enumerate(codes)}
        for old, new in gone.items():
            rows = [row_of[one] for one in new if one in row_of]
            counts[row_of[old]] &= has[row_of[old]][self.unit]
            stands = has[row_of[old]] & ~has[rows].any(axis=0)
            counts[rows] &= ~stands[self.unit]
        return counts

    def _absent(
        self, codes: Sequence[str], counts: Bools, members: Sequence[str], gone: Mapping[str, frozenset[str]]
    ) -> Bools:
        """Members by keys: who has no row, though it should: unless all that stood there before have one."""
        parts = int(self.within.max()) + 1
        present = {
            code: np.bincount(self.within, weights=counts[row], minlength=parts) > 0 for row, code in enumerate(codes)
        }
        never = np.zeros(parts, dtype=bool)
        found = np.zeros((len(members), len(self.keys)), dtype=bool)
        for row, member in enumerate(members):
            before = [old for old, new in gone.items() if member in new]
            covered = np.logical_and.reduce([present.get(old, never) for old in before]) if before else never
            found[row] = ~(present.get(member, never) | covered)[self.within]
        return found


_CODE = {status: place for place, status in enumerate(STATUSES)}


@dataclass(frozen=True)
class _Short:
    """Keys (`places`) whose sum lacks a part: what the others add up to, and who lacks it or has no row."""

    places: NDArray[np.int64]
    known: Floats
    lacking: Bools
    absent: Bools
    codes: tuple[str, ...]
    members: tuple[str, ...]

    def who(self, key: int) -> str:
        """Codes of those who lack a figure, with commas between."""
        found = {self.codes[row] for row in np.flatnonzero(self.lacking[:, key])}
        return ",".join(sorted(found | {self.members[row] for row in np.flatnonzero(self.absent[:, key])}))


@dataclass(frozen=True)
class Together:
    """The rows of a group: the places of their keys in a grid, values, and statuses (places in STATUSES); and what
    lacks a part."""

    code: str
    places: NDArray[np.int64]
    values: Floats
    status: NDArray[np.int64]
    short: _Short | None
