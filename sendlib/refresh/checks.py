"""Whether a new release can be right, by the figures held: nothing lost, nothing changed beyond belief.

A figure is a row with a value: a table whose rows are all there and empty has
lost everything. Figures are counted and compared for each measure (every
column that is not the place or the period, together) and each kind of place.
The bounds are wide enough for every step between two periods that are shipped
(tests/refresh/test_checks.py goes through them), apart from the exceptions
that are named here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from sendlib.areas import ENGLAND, Areas
from sendlib.errors import ContractBroken
from sendlib.store import NewTable, Store
from sendlib.tables import health_boards
from sendlib.tables.periods import spoken
from sendlib.tables.school_register import MAINSTREAM_KIND

LEAST_PART = 0.8
"""Of the rows, and of the figures of any period or measure, more than this part must stay or come."""
MOST_GONE = 3
"""As many authorities may be without a row for a new period: as many had none for plans that ceased in 2023, and never
more."""
NEARLY_ALL = 0.9
"""Of the authorities must have had a figure before this part, or one that has none is no surprise (nobody aged 25 has a
plan there)."""
MOST_NAMED = 12
"""Authorities named in a note; of more their number is told."""
LARGEST_REVISION = 0.05
"""England's figures for a period that is held may be revised by this part; more is kept out."""
LARGEST_CHANGE = 0.2
"""A place's figure for a period that is held may be revised by this part. Some are revised by more: see FEW."""
FEW, FEW_OF = 3, 0.05
"""As many places, or this part of them, may be revised by more, because authorities do correct single returns."""
LARGEST_STEP = 2.5
"""From one period to the next England, and the place in the middle, change by less than this factor. (Over-52-week
waits of children: 2.49 in ten months.)"""
LARGE_COUNT, LARGE_PERCENT = 7_000, 2.0
"""England's smaller figures may do so one by one: kinds of placement and of waits were renamed or merged, and did."""
MANY_STEPS = 1 / 3
"""More of England's figures than this part must not double or halve at once, however small."""
MANY = 20
"""Of fewer places no median is taken, and the sum is not compared with England."""
MOST_MOVED = 3
"""Figures of England named in a note on a breakdown that was counted anew: those that moved most."""
ADDS_UP, STILL_ADDS_UP = 0.02, 0.1
"""Where places added up to England within the first part, they must within the second one period later."""
NOT_ALWAYS = ("region",)
"""NHS regions are missing in some months of real files."""
NOT_MEASURES = ("area_code", "level", "name", "period", "value", "status", "not_submitting")


@dataclass(frozen=True)
class Nature:
    """How the figures of a table hang together, so that what is wrong with some keeps back no others.

    `part`: a column that parts the table into figures of their own, and what
    each of its labels belongs to (process: measure -> step); without it the
    table is one part. `totals`: column -> the label of its total; a figure is a
    total when it has all of them, and without any every figure is one. `words`
    says in words what the labels of the first of these columns break down;
    `units` puts labels together that are of one count.
    `derived`: labels of figures that the reader works out itself, and that may
    come and go. `may_end`: a measure may end from one release to the next, for its reader
    knows the columns that were agreed and refuses a file that lacks one.
    """

    part: str = ""
    part_names: Mapping[str, str] = field(default_factory=dict)
    totals: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    derived: Collection[str] = ()
    may_end: bool = False


@dataclass(frozen=True)
class Problem:
    """Something that can not be right. `measure` is what it is about; without it the whole part.

    `revision`: a figure that was published before would change. A publisher
    counts its breakdowns anew freely and its totals rarely, so of a total that
    is a fault and of a part of it news.
    """

    said: str
    measure: str = ""
    revision: bool = False


@dataclass(frozen=True)
class Verdict:
    """What of a new release may be taken: `frame` has the new figures, and the held ones for what is kept back.

    `kept_back`: what is kept back -> why. `note` says what changed, in words. `nothing` is true when all is kept back.
    """

    frame: pd.DataFrame
    note: str
    kept_back: Mapping[str, str]
    nothing: bool = False


WHOLE = "the whole table"


def judged(
    table: NewTable,
    store: Store,
    nature: Nature | None = None,
    *,
    may_revise: bool = False,
    replaced: bool = False,
    brings: str = "",
) -> Verdict:
    """What of a new release can be right beside the figures held, part by part.

    A fault of a total, of England's sum or of authorities that vanish keeps
    back the part; any other keeps back the breakdown that it is in, and a
    breakdown that was counted anew comes in with a word on how far it moved.

    `may_revise`: the publisher revises the whole past each time, so values may
    change, but not go missing. `replaced`: the release stands in place of the
    one before as a whole (projections), so earlier periods may go. `brings`:
    how the measures begin that the source brings, where others of the table
    come from elsewhere and need not have the new period.
    """
    nature = nature or Nature()
    if table.name not in store.tables:
        return Verdict(table.frame, "first release", {})
    old, new = store.table(table.name), table.frame
    if not {"area_code", "period", "value"} <= set(old):
        lost_rows = [] if replaced else list(_too_short(old, new))
        lost_areas = list(_areas_lost(old, new, store)) if "area_code" in old else []
        wrong = [*lost_rows, *lost_areas]
        return Verdict(old if wrong else new, "", {WHOLE: wrong[0].said} if wrong else {}, nothing=bool(wrong))
    tables = _Coded(old), _Coded(new)
    labels = _labels(*tables, nature)
    present = _present(new)
    found = _Found()
    for part in dict.fromkeys(labels["part"]):
        _judge_part(
            tables, labels[labels["part"].eq(part)], present, store, (may_revise, replaced, brings), nature, found
        )
    kept_back = {_spoken(unit, labels, nature): said for unit, said in found.faults.items()}
    recounted = [_recounted(unit, rows, nature, table) for unit, rows in found.moved.items()]
    frame = _composed(*tables, labels, found.units)
    said = [_revisions(found.revised), *recounted, named(_together(found.without), store)]
    return Verdict(frame, " ".join(filter(None, said)), kept_back, nothing=found.units >= set(labels["unit"]))


def _touched(held: pd.DataFrame, come: pd.DataFrame) -> list[str]:
    """The periods of which a figure that is held is gone or another: nothing can be wrong with the others."""
    both = held[held["value"].notna()].merge(come, on=_PLACE, how="left", suffixes=("_old", "_new"))
    return sorted(both.loc[both["value_old"].ne(both["value_new"]), "period"].unique())


@dataclass
class _Found:
    """What is found on the way: unit -> why it is kept back; all units kept back; unit -> figures recounted; how many
    of England's figures were revised, and by up to how much; authorities without figures."""

    faults: dict[str, str] = field(default_factory=dict)
    units: set[str] = field(default_factory=set)
    moved: dict[str, pd.DataFrame] = field(default_factory=dict)
    revised: list[tuple[int, float]] = field(default_factory=list)
    without: list[pd.DataFrame] = field(default_factory=list)


class _Coded:
    """A table with the measure of each row as a number, so that a few measures can be taken out of it without much
    memory."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame
        self.words, self.codes, self.first = _measure_codes(frame)

    def of(self, measures: Collection[str]) -> np.ndarray:
        """Which rows are of some measures."""
        places = [place for place, word in enumerate(self.words) if word in measures]
        found: np.ndarray = np.isin(self.codes, places)
        return found

    def figures(self, measures: Collection[str]) -> pd.DataFrame:
        """The figures of some measures (figures)."""
        mask = self.of(measures)
        return figures(self.frame[mask], pd.array(self.words, dtype="str").take(self.codes[mask]))


def _present(frame: pd.DataFrame) -> dict[str, set[str]]:
    """Period -> areas that have any figure in it."""
    held = frame.loc[frame["value"].notna(), ["period", "area_code"]].drop_duplicates().astype(str)
    return {str(period): set(areas) for period, areas in held.groupby("period")["area_code"]}


def _judge_part(
    tables: tuple[_Coded, _Coded],
    labels: pd.DataFrame,
    present: Mapping[str, set[str]],
    store: Store,
    how: tuple[bool, bool, str],
    nature: Nature,
    found: _Found,
) -> None:
    """What is wrong with a part, unit by unit, those of its totals first: what is wrong with them keeps back all of it.

    Each unit is looked at with the periods that are held of it: what was kept back before is new to it.
    """
    may_revise, replaced, brings = how
    units = sorted(set(labels["unit"]), key=lambda one: not labels.loc[labels["unit"].eq(one), "total"].any())
    for unit in units:
        own = set(labels.index[labels["unit"].eq(unit)])
        before, now = (table.figures(own) for table in tables)
        if unit.rpartition("|")[2] not in nature.derived:
            problems = list(_problems(before, now, present, store, may_revise, replaced, brings, nature))
            news = [one for one in problems if one.revision and not labels["total"].get(one.measure, True)]
            wrong = [one for one in problems if one not in news]
            if wrong:
                found.faults[unit] = wrong[0].said
                found.units.add(unit)
                if labels.loc[list(own), "total"].any():
                    found.units |= set(labels["unit"])
                    return
                continue
            if news:
                measures = {one.measure for one in news}
                recounted = before[before["measure"].isin(measures)]
                found.moved[unit] = recounted.merge(now, on=_PLACE, suffixes=("_old", "_new"))
        found.revised.append(_revised(before, now))
        fresh = now[now["measure"].str.startswith(brings)] if brings else now
        periods_held = set(before["period"].unique()) if len(before) else set(now["period"].unique())
        found.without.append(authorities_without(fresh, periods_held, abolished(store), present))


def _together(frames: list[pd.DataFrame]) -> pd.DataFrame:
    some = [frame for frame in frames if len(frame)]
    return pd.concat(some, ignore_index=True) if some else pd.DataFrame(columns=["period", "measure", "area", "silent"])


def checked(
    table: NewTable, store: Store, *, may_revise: bool = False, replaced: bool = False, brings: str = ""
) -> str:
    """A note on what a new release changes, or ContractBroken where anything in it can not be right."""
    found = judged(table, store, may_revise=may_revise, replaced=replaced, brings=brings)
    for said in found.kept_back.values():
        raise ContractBroken(f"the new release of '{table.name}'", said)
    return found.note


def _problems(
    held: pd.DataFrame,
    come: pd.DataFrame,
    present: Mapping[str, set[str]],
    store: Store,
    may_revise: bool,
    replaced: bool,
    brings: str,
    nature: Nature,
) -> Iterator[Problem]:
    """All that is wrong with the figures of one unit; `present`: period -> areas with any figure in the whole table."""
    if held.empty:
        return
    if not replaced:
        yield from _too_short(held, come)
    yield from _areas_lost(
        held.rename(columns={"area": "area_code"}), come.rename(columns={"area": "area_code"}), store
    )
    if replaced:
        held = held[held["period"].isin(come["period"].unique())]
    for period in _touched(held, come):  # one at a time, which needs a part of the memory
        before, now = held[held["period"].eq(period)], come[come["period"].eq(period)]
        yield from lost(before, now)
        if not may_revise and not replaced:
            yield from changed(before, now)
    own, periods = come[come["measure"].str.startswith(brings)] if brings else come, set(held["period"].unique())
    yield from steps(own, periods, nature.may_end)
    yield from gone(authorities_without(own, periods, abolished(store), present), store)


def _labels(old: _Coded, new: _Coded, nature: Nature) -> pd.DataFrame:
    """Of each measure of a table its part, whether it is a total, and the unit that is kept back as a whole.

    A unit is a breakdown (all ages, all placements of a kind): its figures must be of one count.
    """
    first = next(iter(nature.totals), "")
    each = pd.concat(
        [
            table.frame.iloc[table.first][[name for name in table.frame if name not in NOT_MEASURES]]
            .astype(str)
            .set_axis(table.words, axis="index")
            for table in (old, new)
        ]
    )
    each = each[~each.index.duplicated()]
    part = each[nature.part].map(nature.part_names).fillna(each[nature.part]) if nature.part else ""
    total = pd.Series(True, index=each.index)
    for column, label in nature.totals.items():
        total &= each[column].eq(label)
    found = pd.DataFrame({"part": part, "total": total}, index=each.index)
    found["unit"] = (
        found["part"] + "|" + (each[first].map(lambda label: nature.units.get(label, label)) if first else "")
    )
    return found


def _spoken(unit: str, labels: pd.DataFrame, nature: Nature) -> str:
    """What is kept back, in words: a breakdown, or a part with all of its breakdowns."""
    part = str(labels.loc[labels["unit"].eq(unit), "part"].iloc[0])
    label = unit.rpartition("|")[2]
    whole = not nature.totals or label == next(iter(nature.totals.values()))
    return part or WHOLE if whole else ", ".join(filter(None, [part, nature.words.get(label, label)]))


def _composed(old: _Coded, new: _Coded, labels: pd.DataFrame, units: set[str]) -> pd.DataFrame:
    """The new figures, with those held for the units that are kept back."""
    if not units:
        return new.frame
    if units >= set(labels["unit"]):
        return old.frame
    kept = set(labels.index[labels["unit"].isin(units)])
    text = [name for name in new.frame if name != "value"]
    parts = [new.frame[~new.of(kept)], old.frame[old.of(kept)][list(new.frame.columns)]]
    frame = pd.concat([part.astype(dict.fromkeys(text, str)) for part in parts], ignore_index=True)
    keys = [name for name in text if name != "status"]
    return frame.sort_values(keys, ignore_index=True).astype(dict.fromkeys(text, "category"))


def _recounted(unit: str, rows: pd.DataFrame, nature: Nature, table: NewTable) -> str:
    """How far a breakdown moved that the publisher counted anew: England's figures that moved most, by period."""
    label = unit.rpartition("|")[2]
    rows = rows[rows["value_old"].notna() & rows["value_new"].notna() & rows["value_old"].ne(rows["value_new"])]
    rows = rows.assign(change=(rows["value_new"] - rows["value_old"]).abs())
    publisher, said = table.sources[0].publisher.partition(",")[0], []
    for period, moved in rows.groupby("period"):
        england = moved[moved["kind"].eq("england")].sort_values("change", ascending=False)
        most = [
            f"'{_category(row.measure, nature)}' from {row.value_old:,.0f} to {row.value_new:,.0f}"
            for row in england.head(MOST_MOVED).itertuples()
        ]
        more = f" and {len(england) - len(most)} more" if len(england) > len(most) else ""
        others = moved.loc[moved["kind"].eq("authority"), "area"].nunique()
        said.append(
            f"{publisher} recounted {nature.words.get(label, label)} for {spoken(str(period))}: in England"
            f" {', '.join(most) or 'nothing'}{more}{f'; in {others} authorities' if others else ''}."
        )
    return " ".join(said)


def _category(measure: str, nature: Nature) -> str:
    label = measure.rpartition(", ")[2]
    return nature.words.get(label, label)


def figures(frame: pd.DataFrame, measures: ArrayLike | None = None) -> pd.DataFrame:
    """The values of a table by area, kind of place, period and measure in words (worked out unless handed in).

    Kinds of place: england, authority, wider (a region), or a level of the NHS.
    """
    code = _text(frame["area_code"])
    if "level" in frame:
        kind = _text(frame["level"])
    else:
        kind = code.str.isdigit().map({True: "authority", False: "wider"}).mask(code.eq(ENGLAND), "england")
    return pd.DataFrame(
        {
            "area": code,
            "kind": kind,
            "period": _text(frame["period"]),
            "measure": _measures(frame) if measures is None else measures,
            "value": frame["value"],
        }
    )


def _text(column: pd.Series) -> pd.Series:
    """A column as text.

    Each different cell is made text once: a column of half a million would take
    100 MB on the way.
    """
    kinds = column.astype("category").cat
    return pd.Series(pd.array(kinds.categories.astype(str), dtype="str").take(kinds.codes), index=column.index)


def _measures(frame: pd.DataFrame) -> pd.Series:
    """What each row measures, in words: every column that is not a place, a period or a value."""
    words, codes, _ = _measure_codes(frame)
    return pd.Series(pd.array(words, dtype="str").take(codes), index=frame.index)


def _measure_codes(frame: pd.DataFrame) -> tuple[list[str], np.ndarray, np.ndarray]:
    """The measures of a table in words, the number of its measure for each row, and a first row of each measure."""
    columns = [frame[name].astype("category").cat for name in frame if name not in NOT_MEASURES]
    codes = np.zeros(len(frame), dtype=np.int64)
    for kinds in columns:
        codes = codes * len(kinds.categories) + kinds.codes.to_numpy()
    _, first, place = np.unique(codes, return_index=True, return_inverse=True)
    parts = [kinds.categories.astype(str).to_numpy()[kinds.codes.to_numpy()[first]] for kinds in columns]
    words = [", ".join(labels) for labels in zip(*parts, strict=True)] if parts else [""] * len(first)
    return words, place, first


def _too_short(old: pd.DataFrame, new: pd.DataFrame) -> Iterator[Problem]:
    if "kind" in old:
        # Mainstream schools with a unit would hide that special schools are gone.
        old, new = (frame[frame["kind"].astype(str).ne(MAINSTREAM_KIND)] for frame in (old, new))
    if len(new) <= LEAST_PART * len(old):
        yield Problem(f"it has {len(new):,} rows where {len(old):,} are held; something is missing.")


def _areas_lost(old: pd.DataFrame, new: pd.DataFrame, store: Store) -> Iterator[Problem]:
    gone = set(old["area_code"].unique()) - set(new["area_code"].unique()) - {""}
    if "period" not in old:  # a picture of one day need not have the authorities of the past
        gone &= set(Areas(store.table("areas"), store.table("area_changes")).authorities)
    if gone:
        yield Problem(f"it lacks {len(gone)} areas that are held ({', '.join(sorted(gone)[:5])}).")


_PLACE = ["area", "kind", "period", "measure"]
_GROUP = ["kind", "period", "measure"]


def lost(held: pd.DataFrame, come: pd.DataFrame) -> Iterator[Problem]:
    """What is wrong where figures that are held are not in the new release, or are there without a value."""
    both = held[held["value"].notna()].merge(come, on=_PLACE, how="left", suffixes=("_old", "_new"))
    gone = both["value_new"].isna()
    for _, row in both[gone & both["kind"].eq("england")].drop_duplicates("measure").iterrows():
        yield Problem(
            f"England's figure for {row['period']},"
            f" {row['measure']} would change from {row['value_old']:,.1f} to nothing.",
            row["measure"],
        )
    for group in (_GROUP, ["kind", "period"]):
        number = gone.groupby([both[name] for name in group]).agg(["sum", "size"])
        bad = number[number["sum"].ge(number["size"] - LEAST_PART * number["size"]) & number["sum"].ge(FEW)]
        for index, row in bad.iterrows():
            said = f"{row['sum']:,} of {row['size']:,} figures are gone for {_said(index, group)}."
            yield Problem(said, index[-1] if group == _GROUP else "")


def changed(held: pd.DataFrame, come: pd.DataFrame) -> Iterator[Problem]:
    """What is wrong where too much of what is held was revised, for England or for many places."""
    both = held[held["value"].notna()].merge(come[come["value"].notna()], on=_PLACE, suffixes=("_old", "_new"))
    # Five per cent of a count, but at least five; of a percentage, at least half a point.
    is_count = both["measure"].isin(counts(held))
    size = both["value_old"].abs().clip(lower=is_count.map({True: 100.0, False: 10.0}))
    change = both["value_new"].sub(both["value_old"]).abs()
    for _, row in both[both["kind"].eq("england") & change.gt(LARGEST_REVISION * size)].iterrows():
        yield Problem(
            f"England's figure for {row['period']},"
            f" {row['measure']} would change from {row['value_old']:,.1f} to {row['value_new']:,.1f}.",
            row["measure"],
            revision=True,
        )
    number = change.gt(LARGEST_CHANGE * size).groupby([both[name] for name in _GROUP]).agg(["sum", "size"])
    bad = number[number["sum"].gt(FEW) & number["sum"].gt(FEW_OF * number["size"])]
    for index, row in bad.iterrows():
        yield Problem(
            f"{row['sum']:,} of {row['size']:,} figures would change by more than {LARGEST_CHANGE:.0%} for"
            f" {_said(index, _GROUP)}.",
            index[-1],
            revision=True,
        )


def steps(come: pd.DataFrame, held: set[str], may_end: bool = False) -> Iterator[Problem]:
    """What is wrong with the periods that are not held, each beside the one before it."""
    for period in sorted(set(come["period"].unique()) - held):
        now, before = come[come["period"].eq(period)], before_it(come, period)
        if len(before):
            yield from step(before, now, may_end)


def before_it(come: pd.DataFrame, period: str) -> pd.DataFrame:
    """The newest earlier period of the same kind with a measure in common.

    Of measures that it lacks, their own last figures.
    """
    now = come.loc[come["period"].eq(period), "measure"].unique()
    earlier = come[come["period"].str.len().eq(len(period)) & come["period"].lt(period)]
    last = earlier[earlier["measure"].isin(now)].groupby("measure")["period"].max()
    if last.empty:
        return earlier.head(0)
    own = earlier[earlier["period"].eq(earlier["measure"].map(last))]
    newest = earlier[earlier["period"].eq(last.max())]
    return pd.concat([newest, own[~own["measure"].isin(newest["measure"].unique())]], ignore_index=True)


def step(before: pd.DataFrame, now: pd.DataFrame, may_end: bool = False) -> Iterator[Problem]:
    """What is wrong with the figures of one period, by those of the period before."""
    yield from _fewer(before[before["measure"].isin(now["measure"].unique())] if may_end else before, now)
    both = before[before["value"].notna()].merge(
        now[now["value"].notna()], on=["area", "kind", "measure"], suffixes=("_old", "_new")
    )
    both["count"] = both["measure"].isin(counts(before))
    period = now["period"].iloc[0]
    yield from _jumps(both[both["kind"].eq("england")], period)
    yield from _middles(both, period)
    yield from _sums(before, now, period)


def _fewer(before: pd.DataFrame, now: pd.DataFrame) -> Iterator[Problem]:
    """Too few figures: of a kind of place in all, or of too many of its measures (one that ends is no fault)."""
    period, earlier = now["period"].iloc[0], before["period"].max()
    series = before[before["value"].notna() & ~before["kind"].isin(NOT_ALWAYS)].groupby(["kind", "measure"]).size()
    come = now[now["value"].notna()].groupby(["kind", "measure"]).size().reindex(series.index, fill_value=0)
    if earlier < health_boards.BEGAN <= period:  # 42 boards became 36, which is no fault of the file
        boards = series.index.get_level_values("kind") == "icb"
        series = series.mask(boards, series * health_boards.BOARDS // health_boards.BOARDS_BEFORE)
    short = come.le(LEAST_PART * series)
    for kind, held in series.groupby("kind"):
        if come[kind].sum() <= LEAST_PART * held.sum() or short[kind].mean() > 1 - LEAST_PART:
            measures = ", ".join(short[kind].index[short[kind]][:2])
            yield Problem(
                f"{_KINDS.get(str(kind), kind)}: {come[kind].sum():,} figures for {period} where {earlier} has"
                f" {held.sum():,}; too few of {measures or 'all measures'}."
            )


def _jumps(england: pd.DataFrame, period: str) -> Iterator[Problem]:
    """England's figures that double or halve: a large one, or many."""
    ratio = england["value_new"] / england["value_old"]
    far = ~ratio.between(1 / LARGEST_STEP, LARGEST_STEP)
    large = england["value_old"].ge(england["count"].map({True: float(LARGE_COUNT), False: LARGE_PERCENT}))
    some = england["value_old"].ge(england["count"].map({True: 100.0, False: 1.0}))
    for row in england[far & large].itertuples():
        yield Problem(
            f"England's figure for {row.measure} would go from {row.value_old:,.1f} to"
            f" {row.value_new:,.1f} in {period}.",
            row.measure,
        )
    if some.any() and far[some].mean() > MANY_STEPS:
        number = f"{far[some].sum()} of England's {some.sum()} figures for {period}"
        yield Problem(f"{number} would be half or twice of those before.")


def _middles(both: pd.DataFrame, period: str) -> Iterator[Problem]:
    """The place in the middle that doubles or halves, for measures that are large in England."""
    large = both[
        both["kind"].eq("england")
        & both["value_old"].ge(both["count"].map({True: float(LARGE_COUNT), False: LARGE_PERCENT}))
    ]
    places = both[
        both["kind"].ne("england") & both["measure"].isin(large["measure"].unique()) & both["value_old"].gt(0)
    ]
    middle = (
        (places["value_new"] / places["value_old"]).groupby([places["kind"], places["measure"]]).agg(["median", "size"])
    )
    for index, row in middle[
        middle["size"].ge(MANY) & ~middle["median"].between(1 / LARGEST_STEP, LARGEST_STEP)
    ].iterrows():
        yield Problem(
            f"half of the figures would be {row['median']:.2f} times those before, or further off, in {period}:"
            f" {_said(index, ['kind', 'measure'])}.",
            index[-1],
        )


def _sums(before: pd.DataFrame, now: pd.DataFrame, period: str) -> Iterator[Problem]:
    """Authorities that added up to England and no longer do. (NHS areas need not: small counts are hidden.)

    Each period has the sum of all its own authorities, so that one that is
    missing is missed, and one that took others' place is not.
    """
    old, new = _parts(before, LARGE_COUNT), _parts(now, 1)
    for measure in sorted(set(old.index) & set(new.index) & counts(before)):
        if (
            old["places"][measure] >= MANY
            and abs(old["part"][measure] - 1) <= ADDS_UP
            and abs(new["part"][measure] - 1) > STILL_ADDS_UP
        ):
            yield Problem(
                f"authorities add up to {new['part'][measure]:.0%} of England for {measure} in {period},"
                f" where they added up to {old['part'][measure]:.0%} before.",
                measure,
            )


def _parts(rows: pd.DataFrame, least: float) -> pd.DataFrame:
    """By measure: its authorities together as a part of England, and how many they are.

    Only measures that count at least so many in England.
    """
    known = rows[rows["value"].notna()]
    england = known[known["kind"].eq("england") & known["value"].ge(least)].set_index("measure")["value"]
    places = (
        known[known["kind"].eq("authority") & known["measure"].isin(england.index)]
        .groupby("measure")["value"]
        .agg(["sum", "size"])
    )
    together = places.reindex(england.index, fill_value=0)
    return pd.DataFrame({"part": together["sum"] / england, "places": together["size"]})


def abolished(store: Store) -> set[str]:
    """Codes of authorities that others took the place of.

    One whose code goes on, as Cornwall's did, is not among them.
    """
    changes = store.table("area_changes")
    going_on = {code for codes in changes["new_area_codes"].astype(str) for code in codes.split(";")}
    return set(changes["old_area_code"].astype(str)) - going_on


def authorities_without(
    come: pd.DataFrame, held: set[str], past: set[str], present: Mapping[str, set[str]] | None = None
) -> pd.DataFrame:
    """Authorities that had a figure and have none in a period that is not held: period, measure, area, silent.

    Percentages do not add up to anything, so nothing else misses them. Only
    measures that nearly all authorities had are looked at. `silent`: not even
    a row says that there is none, or the authority has no figure of any kind,
    also in the rest of the table where `come` is only some of it (`present`: period -> areas with any figure).
    """
    authorities = come[come["kind"].eq("authority") & ~come["area"].isin(past)]
    parts = []
    for period in sorted(set(come["period"].unique()) - held):
        parts.append(
            _without(
                before_it(authorities, period),
                authorities[authorities["period"].eq(period)],
                present.get(period, set()) if present is not None else _with_any(come, period),
            ).assign(period=period)
        )
    return (
        pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["period", "measure", "area", "silent"])
    )


def _with_any(come: pd.DataFrame, period: str) -> set[str]:
    return set(come.loc[come["period"].eq(period) & come["value"].notna(), "area"].unique())


def _without(before: pd.DataFrame, now: pd.DataFrame, present: set[str]) -> pd.DataFrame:
    """What `authorities_without` tells, of one period and the one before it; measures that ended are left out."""
    had = before.loc[before["value"].notna() & before["measure"].isin(now["measure"].unique()), ["measure", "area"]]
    number = had.groupby("measure")["area"].nunique()
    had = had[had["measure"].isin(number.index[number.ge(NEARLY_ALL * had["area"].nunique())])]
    rows = had.merge(now[["measure", "area", "value"]], on=["measure", "area"], how="left", indicator="row")
    empty = rows[rows["value"].isna()]
    silent = empty["row"].eq("left_only") | ~empty["area"].isin(present)
    return empty[["measure", "area"]].assign(silent=silent)


def gone(without: pd.DataFrame, store: Store) -> Iterator[Problem]:
    """What is wrong where more authorities than a few are gone from a new period without a word."""
    for (period, measure), areas in without[without["silent"].astype(bool)].groupby(["period", "measure"])["area"]:
        if areas.nunique() > MOST_GONE:
            yield Problem(
                f"{areas.nunique()} authorities that had figures before have none for {period}, {measure}:"
                f" {_names(areas, store)}.",
                measure,
            )


def named(without: pd.DataFrame, store: Store) -> str:
    """A note that names the authorities without figures for a new period."""
    return " ".join(
        f"Without figures for {period}, some or all: {_names(areas, store)}."
        for period, areas in without.groupby("period")["area"]
    )


def _names(codes: pd.Series, store: Store) -> str:
    known = Areas(store.table("areas"), store.table("area_changes")).names
    names = sorted(known.get(code, code) for code in codes.unique())
    return ", ".join(names[:MOST_NAMED]) + (f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else "")


def counts(frame: pd.DataFrame) -> set[str]:
    """The measures that are counts; those with a fraction anywhere are percentages or rates."""
    broken = frame["value"].fillna(0).mod(1).ne(0)
    return set(frame["measure"].unique()) - set(frame.loc[broken, "measure"].unique())


def _revised(held: pd.DataFrame, come: pd.DataFrame) -> tuple[int, float]:
    """How many of England's figures were revised, and by up to how much."""
    both = held[held["kind"].eq("england") & held["value"].notna()].merge(
        come[come["kind"].eq("england") & come["value"].notna()], on=_PLACE, suffixes=("_old", "_new")
    )
    change = both["value_new"].sub(both["value_old"]).abs()
    return int(change.gt(0).sum()), float(change.max()) if len(change) else 0.0


def _revisions(revised: list[tuple[int, float]]) -> str:
    """A note on how many of England's figures were revised."""
    number = sum(count for count, _ in revised)
    most = max((change for count, change in revised if count), default=0.0)
    figures_of = "figure of England was" if number == 1 else "figures of England were"
    return f"{number:,} {figures_of} revised, by up to {most:,.1f}." if number else ""


_KINDS = {
    "england": "England",
    "authority": "authorities",
    "wider": "regions",
    "region": "NHS regions",
    "icb": "integrated care boards",
    "sub_icb": "sub-ICB locations",
    "provider": "providers",
}


def _said(index: tuple[str, ...], group: list[str]) -> str:
    """A group in words: its kind of place, then period and measure."""
    return ", ".join(
        _KINDS.get(part, part) if name == "kind" else part for name, part in zip(group, index, strict=True) if part
    )
