"""The tables of the parts of Look closer: every measure with its share, beside those compared and England.

All areas are laid out at once, so that those compared with one another share the work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sendlib.answer.numbers import capital, written
from sendlib.areas import ENGLAND, Area
from sendlib.compared import doubtful, means, widened
from sendlib.compared.comparators import Comparators, known_areas
from sendlib.questions.getting_help.few import FEW, FEW_SHARES
from sendlib.questions.getting_help.process_parts import COLUMNS, NO_SHARE, PARTS
from sendlib.questions.getting_help.process_tables import (
    FEWEST_DEATHS,
    ON_TIME,
    REFUSED,
    counts,
    in_doubt,
    periods_of,
    statuses,
)
from sendlib.questions.getting_help.process_words import few_names, named
from sendlib.store import Store, Widened, kept_with_store
from sendlib.tables.process import FOOTNOTES
from sendlib.tables.process_measures import MEASURES
from sendlib.tables.symbols import HIDDEN, NOT_APPLICABLE, NOT_AVAILABLE, WORDS

_DIED, _OTHER = "ceased_deceased", "ceased_other_or_not_recorded"
_BESIDE = ["share", "comparator_mean", "england"]
PUBLISHED = {"issued_in_20_weeks": ON_TIME, "requests_refused": REFUSED}
"""Counts whose share the publisher gives: a part takes that one, so that it is the number that stands large on the
page."""


@dataclass(frozen=True)
class _Layout:
    """A part for all areas at once: its rows, and for each area (a row of the arrays) what stands in them."""

    rows: pd.DataFrame
    places: dict[str, int]
    counted: np.ndarray
    share: np.ndarray
    whole: np.ndarray
    status: np.ndarray
    why: np.ndarray
    aside: np.ndarray
    """Why a share counts for no mean although there is one and it is of enough: empty where nothing speaks against."""


@kept_with_store(32)
def layout_of(store: Store, name: str) -> _Layout:
    """One row a measure and period in which England has a figure.

    Rows of groups are laid out alone and put under those that all stores share, so that a group takes no longer than
    an authority does.
    """
    if not isinstance(store, Widened):
        return _laid_out(store, name)
    held = layout_of(store.base, name)
    if store.added("process") is None:
        return held
    more = _laid_out(store, name)
    places = {area: place + len(held.counted) for area, place in more.places.items()}
    arrays = {key: np.concatenate([getattr(held, key), getattr(more, key)]) for key in _ARRAYS}
    return _Layout(held.rows, {**held.places, **places}, **arrays)


@kept_with_store(32, of_base=True)
def _rows(store: Store, name: str) -> pd.DataFrame:
    """The measures and periods of a part: its rows, which are the same for every area."""
    held = [measure for measure in PARTS[name] if measure in counts(store)]
    periods = [periods_of(store, measure) for measure in held]
    repeated = [len(one) for one in periods]
    return pd.DataFrame(
        {
            "period": [period for each in periods for period in each],
            "measure": np.repeat([MEASURES[measure].name for measure in held], repeated).astype(object),
            "share_of": np.repeat([_share_of(PARTS[name][measure]) for measure in held], repeated).astype(object),
        }
    )


def _share_of(whole: str | None) -> str:
    return NO_SHARE if whole is None else MEASURES[whole].name if whole in MEASURES else capital(whole)


_ARRAYS = ("counted", "share", "whole", "status", "why", "aside")


def _laid_out(store: Store, name: str) -> _Layout:
    """The layout of a part: of all areas, or of those alone that a store has rows of besides those of its base."""
    areas, number, status = _cubes(store)
    each = [
        _of_measure(store, (number, status), measure, whole, areas)
        for measure, whole in PARTS[name].items()
        if measure in number.measures
    ]
    arrays = {key: np.concatenate([one[key] for one in each], axis=1) for key in _ARRAYS}
    return _Layout(_rows(store, name), _places(areas), **arrays)


@dataclass(frozen=True)
class _Cube:
    """Counts, or their statuses, as areas x periods x measures: taken apart once for all measures of a part."""

    values: np.ndarray
    periods: dict[str, int]
    measures: dict[str, int]

    @staticmethod
    def of(frame: pd.DataFrame, areas: list[str]) -> _Cube:
        """The cube of a frame with a row an area and period and a column a measure."""
        periods = sorted(set(frame.index.get_level_values("period")))
        rows = frame.reindex(pd.MultiIndex.from_product([areas, periods], names=frame.index.names))
        values = rows.to_numpy().reshape(len(areas), len(periods), len(frame.columns))
        return _Cube(values, _places(periods), _places([str(name) for name in frame.columns]))

    def take(self, measure: str, periods: list[str]) -> np.ndarray:
        """One measure: areas x periods."""
        found: np.ndarray = self.values[:, [self.periods[period] for period in periods], self.measures[measure]]
        return found


@kept_with_store()
def _cubes(store: Store) -> tuple[list[str], _Cube, _Cube]:
    """The areas that are laid out, with their counts and statuses."""
    held, told = counts(store), statuses(store)
    added = store.added("process") if isinstance(store, Widened) else None
    codes = held.index.get_level_values("area_code") if added is None else added["area_code"]
    areas = sorted({str(code) for code in codes.unique()})
    return areas, _Cube.of(held, areas), _Cube.of(told, areas)


def _places(names: list[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(names)}


def _of_measure(
    store: Store, held: tuple[_Cube, _Cube], measure: str, whole: str | None, areas: list[str]
) -> dict[str, np.ndarray]:
    """The arrays of one measure, a share of `whole`, where there is one; `held`: counts and statuses of these areas."""
    periods = periods_of(store, measure)

    def laid_out(name: str) -> np.ndarray:
        return held[0].take(name, periods)

    number = laid_out(measure)
    total = laid_out(whole) if whole else np.full_like(number, np.nan)
    share = 100 * number / np.where(total > 0, total, np.nan)
    if measure in PUBLISHED:
        published = laid_out(PUBLISHED[measure])
        share = np.where(np.isnan(published), share, published)
    told = held[1].take(measure, periods)
    status = np.where(pd.isna(told), NOT_AVAILABLE, told).astype(object)
    reasons = _why(number, total, share, status) if whole else np.full(number.shape, "", dtype=object)
    return {
        "counted": number,
        # A part that is larger than its whole is a slip in the return; its share would be nonsense, in means as well.
        "share": share if measure == "appeals" else np.where(share > 100, np.nan, share),
        "whole": total,
        "status": status,
        "why": _as_the_publisher_says(reasons, number, measure, areas, periods),
        "aside": _aside(store, whole or measure, areas, periods),
    }


def _aside(store: Store, whole: str, areas: list[str], periods: list[str]) -> np.ndarray:
    """Why shares of a count, or the count itself, are compared with nothing (areas x periods)."""
    if whole not in doubtful.NAMES:
        return np.full((len(areas), len(periods)), "", dtype=object)
    found: np.ndarray = in_doubt(store, whole).reindex(index=areas, columns=periods).fillna("").to_numpy(dtype=object)
    return found


_NO_SHARE_BECAUSE = (
    (NOT_AVAILABLE, "nor is what it is a share of"),
    (NOT_APPLICABLE, "there were none to take a share of"),
    (NOT_AVAILABLE, "it is more than what it is a part of, a slip in the return"),
)


def _why(number: np.ndarray, total: np.ndarray, share: np.ndarray, status: np.ndarray) -> np.ndarray:
    """Why there is no share, in words, for each area and period; empty where there is one."""
    published = np.vectorize(WORDS.get, otypes=[object])(status)
    return np.select(
        [np.isnan(number), np.isnan(total), total == 0, share > 100],
        [published, *(f"{WORDS[kind]} ({reason})" for kind, reason in _NO_SHARE_BECAUSE)],
        default="",
    )


def _as_the_publisher_says(
    why: np.ndarray, number: np.ndarray, measure: str, areas: list[str], periods: list[str]
) -> np.ndarray:
    """`why` with the publisher's own reason where a footnote of its release gives one for a missing number."""
    found = why.copy()
    for footnote in FOOTNOTES:
        if footnote.step == MEASURES[measure].step and footnote.period in periods:
            column = periods.index(footnote.period)
            for row in [areas.index(code) for code in footnote.areas if code in areas]:
                if np.isnan(number[row, column]):
                    found[row, column] = f"{WORDS[NOT_AVAILABLE]} ({footnote.reason})"
    return found


def part(store: Store, area: Area, others: Comparators, name: str) -> pd.DataFrame:
    """The table of one part: one row a measure and period in which England has a figure; columns as COLUMNS.

    The share of nought is missing, and so is a share with a missing part.
    """
    layout = layout_of(store, name)
    own = layout.places[area.code]
    whose = _Whose(own, others, known_areas(store).names)
    beside = _compared(layout, layout.share, layout.whole, layout.why, whose, layout.aside)
    columns = {
        **{column: layout.rows[column].to_numpy(dtype=object) for column in layout.rows},
        "counted": layout.counted[own],
        "status": layout.status[own],
        "why": layout.why[own],
        "doubtful": layout.aside[own],
        **beside,
    }
    if name == "ceased":
        columns = _without_few_deaths(layout, columns, whose, area)
    if not area.is_authority:
        columns["why"] = _with_who_lacks(store, area, columns)
    if area.kind == "england":
        del columns["england"]
    return pd.DataFrame(columns, columns=[column for column in COLUMNS if column in columns])


def _with_who_lacks(store: Store, area: Area, columns: Mapping[str, np.ndarray]) -> np.ndarray:
    """`why` with who of several authorities has no figure, and what the others have together."""
    short = widened.lacking(store, "process", area.code)
    if short.empty:
        return columns["why"]
    names = known_areas(store).names
    told = {
        (str(period), MEASURES[str(measure)].name): (float(known), [names[code] for code in str(without).split(",")])
        for period, measure, known, without in short[["period", "measure", "known", "without"]].itertuples(
            index=False, name=None
        )
        if str(measure) in MEASURES
    }
    found = columns["why"].copy()
    rows = zip(columns["period"], columns["measure"], columns["counted"], columns["status"], strict=True)
    for place, (period, measure, counted, status) in enumerate(rows):
        if np.isnan(counted) and (period, measure) in told:
            if measure == MEASURES[_DIED].name:  # never a few deaths, as those of the others would be
                continue
            known, without = told[period, measure]
            found[place] = f"{WORDS[status]} (at least {written(known)}; no figure of {few_names(without)})"
    return found


@dataclass(frozen=True)
class Span:
    """What the table of a part is about, which is the same for every area: its first and last period, and what the
    shares of the last one are shares of."""

    first: str
    last: str
    shares_of: tuple[str, ...]


@kept_with_store(32, of_base=True)
def span(store: Store, name: str) -> Span:
    """The periods of a part and what its newest shares are of."""
    rows = _rows(store, name)
    first, last = str(rows["period"].min()), str(rows["period"].max())
    newest = rows.loc[rows["period"].eq(last) & rows["share_of"].ne(NO_SHARE), "share_of"]
    return Span(first, last, tuple(dict.fromkeys(newest)))


@dataclass(frozen=True)
class _Whose:
    """Whose shares stand beside one another: the row of the area in a layout, those compared, and names by code."""

    own: int
    others: Comparators
    names: Mapping[str, str]


def _compared(
    layout: _Layout,
    share: np.ndarray,
    whole: np.ndarray,
    why: np.ndarray,
    whose: _Whose,
    aside: np.ndarray,
) -> dict[str, np.ndarray]:
    """Own share, the mean of those compared and England's, for each row or period of `share`; `whole` is what it is a
    share of, `why` why an area has none."""
    codes = whose.others.codes
    places = np.array([layout.places.get(code, -1) for code in codes], dtype=int)
    known = (places >= 0)[:, None] & (whole[places] >= FEW) & (aside[places] == "")
    theirs = np.where(known, share[places], np.nan)
    small = [code in whose.others.too_small for code in codes]
    found = means.of(theirs, small)
    left_out = np.isnan(theirs) | (np.array(small, dtype=bool)[:, None] & (not whose.others.alone))
    told = [
        _why_no_mean(int(found.known[column]), left_out[:, column], theirs_why, small, whose)
        if np.isnan(found.mean[column]) and not np.isnan(whole[layout.places[ENGLAND], column])
        else ""
        for column, theirs_why in enumerate(_reasons(share[places], why[places], aside[places]).T)
    ]
    return {
        "share": share[whose.own],
        "comparator_mean": found.mean,
        "england": share[layout.places[ENGLAND]],
        "why_no_mean": np.array(told, dtype=object),
    }


def _reasons(share: np.ndarray, why: np.ndarray, aside: np.ndarray) -> np.ndarray:
    """Why a share counts for no mean: `why` where there is none, `aside` where that says it, else that it is one of
    few."""
    has = np.where(aside == "", FEW_SHARES, aside)
    return np.where(np.isnan(share), np.where(why == "", WORDS[NOT_AVAILABLE], why), has)


def _why_no_mean(known: int, left_out: np.ndarray, reasons: np.ndarray, small: list[bool], whose: _Whose) -> str:
    names = [whose.names[code] for code in whose.others.codes]
    told = {
        name: means.TOO_SMALL if tiny and not whose.others.alone else str(reason)
        for name, out, tiny, reason in zip(names, left_out, small, reasons, strict=True)
        if out
    }
    return means.why(known, len(whose.others.codes), named(whose.others, told))


def _without_few_deaths(
    layout: _Layout, columns: dict[str, np.ndarray], whose: _Whose, area: Area
) -> dict[str, np.ndarray]:
    """Ceased plans with deaths below five counted among the other reasons, and the two compared on that footing.

    Hiding one number would not do: the other reasons and the total give it away. Nor may one group be taken from
    another: of several authorities together those are counted so that one of them had fewer than five of. A region's
    and England's number is the publisher's own.
    """
    died, other, whole = (
        np.flatnonzero(columns["measure"] == MEASURES[code].name) for code in (_DIED, _OTHER, "ceased")
    )
    inside = [] if area.kind in ("region", "england") else area.parts
    rows = np.array([whose.own, *(layout.places[code] for code in inside if code in layout.places)], dtype=int)
    few = np.flatnonzero((layout.counted[np.ix_(rows, died)] < FEWEST_DEATHS).any(axis=0))
    if not len(few):
        return columns
    together = layout.counted[:, died] + layout.counted[:, other]
    total = layout.counted[:, whole]
    whole_of = np.broadcast_to(total, together.shape)
    compared = _compared(
        layout,
        100 * together / np.where(total > 0, total, np.nan),
        whole_of,
        layout.why[:, other],
        whose,
        layout.aside[:, other],
    )
    found = {name: values.copy() for name, values in columns.items()}  # the arrays are those of all areas
    hidden, added = died[few], other[few]
    for name in ("counted", *_BESIDE):
        found[name][hidden] = np.nan
    found["status"][hidden] = HIDDEN
    found["why"][hidden] = WORDS[HIDDEN]
    found["why_no_mean"][hidden] = WORDS[HIDDEN] if whose.others.codes else ""
    found["counted"][added] = together[whose.own, few]
    for name in (*_BESIDE, "why_no_mean"):
        found[name][added] = compared[name][few]
    found["why"][added] = ""
    of_one = "" if len(inside) == 1 else " in one of its authorities"
    found["measure"][added] = f"{MEASURES[_OTHER].name}, or died (fewer than five{of_one})"
    return found
