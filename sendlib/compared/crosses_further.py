"""Who has which need, beside those compared: when plans started, how long they are in place, and each kind of school.

Of every area the counts are put together once for a store; an answer takes its own and those compared, of which the
mean and the range are given by the one rule (means), of shares that are of FEWEST children or more.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.extensions import ExtensionArray

from sendlib.areas import ENGLAND
from sendlib.compared import crosses, doubtful, latest, means, mixes
from sendlib.store import Store, kept_with_store
from sendlib.tables.needs import NEEDS
from sendlib.tables.needs import PLANS as PLANS_COUNTED
from sendlib.tables.school_needs import ANY, PHASES, PROVISIONS
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE

Floats = NDArray[np.float64]
FEWEST = 10
"""Children that a share is of, below which it counts for no mean and no range of several: a child or two would set
it."""
NEW_PLANS = "new_plans"
"""Plans that started in a year, as a measure that is judged (doubtful)."""
AT_START, AGE = "age_at_start", "age"
"""How a release counts the age of a new plan: the first from 2026 on, the second in that of 2025 (tables/needs.py)."""
STARTED = {"Under 5": (0, 4), "5 to 10": (5, 10), "11 to 15": (11, 15), "16 and over": (16, 25)}
"""Band of ages at which a plan started -> first and last age in it, in whole years."""
IN_PLACE = {
    "Under 2 years": ("Less than 1", "1", "1 or less"),
    "2 to 4 years": ("2", "3", "4"),
    "5 to 7 years": ("5", "6", "7"),
    "8 years or more": ("8", "9", "10", "11", "12 or more"),
}
"""Band of years in place -> published categories. Less than one year is not told apart: the release of 2026 has one
year or less together."""
BANDS: Mapping[str, tuple[str, ...]] = {"started": tuple(STARTED), "in_place": tuple(IN_PLACE)}
"""Kind of bands -> the bands, in their order."""
_ROWS = {PLANS_COUNTED: "All together", **NEEDS}
"""Rows of a table in bands: all plans of the table, those without a recorded need included, and each need."""


Words = Mapping[str, ExtensionArray]


def words(**columns: Sequence[str]) -> Words:
    """The columns of words that a table of every area has alike, made once: to make them of Python's words is half of
    the time that such a table takes."""
    return {name: pd.array(list(column), dtype="str") for name, column in columns.items()}


@dataclass(frozen=True)
class Shares:
    """Shares of an area in the order of the rows of a table, per cent, and those of them alone that are of FEWEST
    children or more."""

    own: Floats
    counted: Floats


def shares_of(own: Floats, whole: Floats) -> Shares:
    """Shares with the number of children that each is of."""
    return Shares(own.ravel(), np.where(whole >= FEWEST, own, np.nan).ravel())


@dataclass(frozen=True)
class Beside:
    """Shares of those compared, in the order of the rows of a table, and England's; `known`: how many of those compared
    have one that counts."""

    mean: Floats
    low: Floats
    high: Floats
    known: NDArray[np.int64]
    england: Floats

    def columns(self) -> dict[str, NDArray[np.generic]]:
        """The same as columns of a table."""
        return {
            "comparator_mean": self.mean,
            "areas_known": self.known,
            "comparator_min": self.low,
            "comparator_max": self.high,
            "england": self.england,
        }


def beside(shares: Mapping[str, Shares], codes: Sequence[str], size: int, out: Collection[str]) -> Beside:
    """Mean and range of some areas' shares (area -> `size` of them), and England's; `out`: who counts for none.

    Of one area alone its own shares stand, under its own name, also where they do not count.
    """
    nothing = np.full(size, np.nan)
    none = Shares(nothing, nothing)
    held = [shares.get(code, none) for code in codes]
    aside = np.array([code in out for code in codes], dtype=bool)
    counted = np.array([one.counted for one in held], dtype=float).reshape(len(codes), size)
    found = means.of(held[0].own[None, :] if len(held) == 1 else counted, aside)
    known = (~np.isnan(counted) & ~aside[:, None]).sum(axis=0)
    return Beside(found.mean, found.low, found.high, known, shares.get(ENGLAND, none).own)


@kept_with_store()
def left_out(store: Store, table: str) -> dict[str, str]:
    """Areas that count for no mean and no range of a table (`started`, `in_place`, `schools`, `in_need`), and why: code
    -> reason. The plans that started in a year are another count than those in place, and doubted for themselves."""
    if table == "in_place":
        return mixes.left_out(store)
    found = dict.fromkeys(means.too_small(store), means.TOO_SMALL)
    if table == "started":
        doubted = doubtful.areas_in_doubt(store, NEW_PLANS, latest.needs_period(store, "new"))
        found |= dict.fromkeys(doubted, "doubtful number of new plans")
    return mixes.and_groups_of_one(store, found)


# In bands: when plans started, and how long they are in place


@kept_with_store(of_base=True)
def age_of_new_plans(store: Store) -> str:
    """What the age of a new plan's child is an age at, by the newest release: AT_START or AGE."""
    rows = store.rows("needs", ENGLAND)
    newest = rows[rows["scope"].eq("new") & rows["period"].eq(latest.needs_period(store, "new"))]
    return AT_START if newest["characteristic"].eq(AT_START).any() else AGE


def _bands(store: Store, kind: str) -> tuple[str, str, dict[str, str]]:
    """Of a kind of bands (`started` or `in_place`): scope and characteristic of the table needs, and category ->
    band."""
    if kind == "in_place":
        return "all", "years_in_place", {one: band for band, parts in IN_PLACE.items() for one in parts}
    ages = {str(age): band for band, (first, last) in STARTED.items() for age in range(first, last + 1)}
    young, *_, old = STARTED
    return "new", age_of_new_plans(store), {"Under 3": young, **ages, "20 and over": old}


@kept_with_store(area_by_area=True)
def _counted(store: Store, kind: str) -> dict[str, Floats]:
    """Of each area: plans by row (_ROWS) and band."""
    scope, characteristic, bands = _bands(store.base, kind)
    needs = len(NEEDS)
    return {
        code: np.vstack([held[:, -1], held[:, :needs].T])
        for code, held in crosses.grouped(store, scope, characteristic, bands).items()
    }


@kept_with_store(area_by_area=True)
def _shares(store: Store, kind: str) -> dict[str, Shares]:
    """The same as parts of the row's plans."""
    return {code: _parts(counts) for code, counts in _counted(store, kind).items()}


def _parts(counts: Floats) -> Shares:
    """Counts (rows by bands) as parts of their row; NaN of a row without plans, or with a gap."""
    whole = counts.sum(axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        return shares_of(np.where(whole > 0, 100 * counts / whole, np.nan), whole)


@cache
def _words_of_bands(kind: str) -> Words:
    bands = list(BANDS[kind])
    needs, names = list(_ROWS), list(_ROWS.values())
    repeated = [np.repeat(column, len(bands)).tolist() for column in (needs, names)]
    return words(need=repeated[0], name=repeated[1], band=bands * len(needs))


def in_bands(store: Store, kind: str, area_code: str, codes: Sequence[str]) -> pd.DataFrame:
    """Plans by need and band (`started` or `in_place`), beside the shares of those compared and England's: a row for
    each need and band, all plans first."""
    told = _words_of_bands(kind)
    nothing = np.full(len(told["name"]), np.nan)
    held = _counted(store, kind).get(area_code)
    counts = nothing if held is None else held.ravel()
    shares = _shares(store, kind)
    return pd.DataFrame(
        {
            **told,
            "count": counts,
            "share": nothing if held is None else shares[area_code].own,
            **beside(shares, codes, len(nothing), left_out(store, kind)).columns(),
            "status": status_of(counts),
        }
    )


def status_of(values: Floats) -> NDArray[np.object_] | str:
    """Why each number is there or not, where the table says no more."""
    gone = np.isnan(values)
    return np.where(gone, NOT_AVAILABLE, VALUE).astype(object) if gone.any() else VALUE


# By ethnic group


@kept_with_store(of_base=True)
def england_by_ethnicity(store: Store) -> Floats:
    """England's shares of all plans of each ethnic group by need, in the order of the rows of every area."""
    return np.asarray(crosses.by(store, "ethnicity", ENGLAND)["share"], dtype=float)


@kept_with_store(of_base=True)
def england_in_groups(store: Store) -> pd.DataFrame:
    """The same as `ethnic_groups` of England."""
    return ethnic_groups(store, ENGLAND, 1)


@cache
def _words_of_groups() -> Words:
    return words(category=list(crosses.ETHNIC_GROUPS.values()))


def ethnic_groups(store: Store, area_code: str, fewest: int) -> pd.DataFrame:
    """Every ethnic group with its plans, its share of all plans, and the need that its plans name most often: none
    where fewer than `fewest` of them name it, or two needs as often."""
    told = _words_of_groups()
    held = crosses.of_all_plans(store, "ethnicity")
    nothing = np.full((len(told["category"]), len(NEEDS) + 2), np.nan)
    own, england = held.get(area_code, nothing), held.get(ENGLAND, nothing)
    needs = own[:, : len(NEEDS)]
    most = np.where(np.isnan(needs).any(axis=1), 0.0, needs.max(axis=1))
    names = np.array(list(NEEDS.values()))
    first = [
        str(names[row.argmax()]) if number >= fewest and (row == number).sum() == 1 else ""
        for row, number in zip(needs, most, strict=True)
    ]
    plans = own[:, -1]
    return pd.DataFrame(
        {
            **told,
            "count": plans,
            "share": _of_all(plans),
            "england": _of_all(england[:, -1]),
            "most": first,
            "most_count": np.where([bool(name) for name in first], most, np.nan),
            "status": status_of(plans),
        }
    )


def _of_all(plans: Floats) -> Floats:
    """Plans of each group as parts of all of them, per cent."""
    whole = plans.sum()
    return 100 * plans / whole if whole > 0 else np.full(len(plans), np.nan)


# By kind of school


@kept_with_store(of_base=True)
def provisions(store: Store) -> tuple[str, ...]:
    """Provisions that the newest census tells apart, both together first."""
    return tuple(one for one in PROVISIONS if crosses.school_needs(store, one))


@kept_with_store(area_by_area=True)
def _pupils(store: Store, provision: str) -> dict[str, Floats]:
    """Of each area: pupils of all schools and of each kind (PHASES) by need. England of a census without a row of its
    own is the sum of the authorities in it."""
    phases, needs = list(PHASES), len(crosses.school_needs(store.base, provision))
    counts = {}
    for code, frame in crosses.schools(store, provision).items():
        # A kind of school that an area has none of has no pupils; one with a gap is not known.
        own = counts[code] = np.zeros((len(phases) + 1, needs))
        own[[1 + phases.index(phase) for phase in frame.index]] = frame.to_numpy()
        own[0] = frame.to_numpy().sum(axis=0)
    authorities = [own for code, own in counts.items() if len(code) == 3 and code.isdigit()]
    if ENGLAND not in counts and authorities:
        counts[ENGLAND] = np.sum(authorities, axis=0)
    return counts


@kept_with_store(area_by_area=True)
def _in_schools(store: Store, provision: str) -> dict[str, Shares]:
    """The same as parts of the pupils of the kind of school."""
    return {code: _parts(own) for code, own in _pupils(store, provision).items()}


@kept_with_store(of_base=True)
def _words_of_schools(store: Store, provision: str) -> Words:
    kinds, names = [crosses.ALL_SCHOOLS, *PHASES.values()], crosses.school_needs(store, provision)
    return words(
        category=np.repeat(kinds, len(names)).tolist(),
        need=list(names) * len(kinds),
        name=list(names.values()) * len(kinds),
    )


def in_schools(store: Store, area_code: str, codes: Sequence[str]) -> pd.DataFrame:
    """Pupils with SEN in the schools of the area by provision, kind of school and need in the newest census, beside the
    shares of the same kind of school of those compared and England's. A kind of school that the area has none of has no
    rows, nor has the only one, which would say the same as all of them."""
    found = [_of_provision(store, area_code, codes, one) for one in provisions(store)]
    return found[0] if len(found) == 1 else pd.concat(found, ignore_index=True)


def _of_provision(store: Store, area_code: str, codes: Sequence[str], provision: str) -> pd.DataFrame:
    told, shares = _words_of_schools(store, provision), _in_schools(store, provision)
    held = crosses.schools(store, provision).get(area_code)
    kinds = [0] if held is None or len(held) == 1 else [0, *(1 + list(PHASES).index(phase) for phase in held.index)]
    nothing, needs = np.full(len(told["name"]), np.nan), len(crosses.school_needs(store, provision))
    rows = np.concatenate([np.arange(kind * needs, (kind + 1) * needs) for kind in kinds])
    counts = nothing if held is None else _pupils(store, provision)[area_code].ravel()
    found = beside(shares, codes, len(nothing), left_out(store, "schools")).columns()
    return pd.DataFrame(
        {
            **{name: column.take(rows) for name, column in told.items()},
            "count": counts[rows],
            "share": nothing[rows] if held is None else shares[area_code].own[rows],
            **{name: values[rows] for name, values in found.items()},
            # Where one provision alone is told apart, its name would say nothing.
            "provision": PROVISIONS[provision] if len(provisions(store)) > 1 else "",
            "status": status_of(counts[rows]),
        }
    )


def without_pupils(store: Store, codes: Sequence[str]) -> tuple[str, ...]:
    """Those of some areas whose pupils the newest census does not have."""
    held = _in_schools(store, ANY)
    return tuple(code for code in codes if code not in held)


def without_bands(store: Store, kind: str, codes: Sequence[str]) -> tuple[str, ...]:
    """Those of some areas whose plans have no bands of a kind."""
    held = _shares(store, kind)
    return tuple(code for code in codes if code not in held or bool(np.isnan(held[code].own).all()))
