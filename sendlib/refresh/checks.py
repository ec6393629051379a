"""What is wrong with the figures of a new release, by those held: nothing lost, nothing changed beyond belief.

A table whose rows are all there and empty has lost everything, so figures are
counted and compared, for each measure and each kind of place (figures.py). The
bounds are wide enough for every step between two periods that are shipped
(tests/refresh/test_checks.py goes through them), apart from the exceptions
that are named here. What a fault keeps back is decided in judging.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from sendlib.areas import Areas
from sendlib.refresh.figures import GROUP, PLACE, counts, spoken_group, spoken_kind
from sendlib.store import Store
from sendlib.tables import health_boards
from sendlib.tables.school_register import NOT_SPECIAL

LEAST_PART = 0.8
"""Of the rows, and of the figures of any period or measure, more than this part must stay or come."""
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
ADDS_UP, STILL_ADDS_UP = 0.02, 0.1
"""Where places added up to England within the first part, they must within the second one period later."""
NOT_ALWAYS = ("region",)
"""NHS regions are missing in some months of real files."""


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


def _touched(held: pd.DataFrame, come: pd.DataFrame) -> list[str]:
    """The periods of which a figure that is held is gone or another: nothing can be wrong with the others."""
    both = held[held["value"].notna()].merge(come, on=PLACE, how="left", suffixes=("_old", "_new"))
    return sorted(both.loc[both["value_old"].ne(both["value_new"]), "period"].unique())


def problems(
    held: pd.DataFrame,
    come: pd.DataFrame,
    store: Store,
    *,
    may_revise: bool = False,
    replaced: bool = False,
    brings: str = "",
    may_end: bool = False,
) -> Iterator[Problem]:
    """All that is wrong with the figures of one unit; the options are those of judging.judged and Nature."""
    if held.empty:
        return
    if not replaced:
        yield from too_short(held, come)
    yield from areas_lost(held.rename(columns={"area": "area_code"}), come.rename(columns={"area": "area_code"}), store)
    if replaced:
        held = held[held["period"].isin(come["period"].unique())]
    for period in _touched(held, come):  # one at a time, which needs a part of the memory
        before, now = held[held["period"].eq(period)], come[come["period"].eq(period)]
        yield from lost(before, now)
        if not may_revise and not replaced:
            yield from changed(before, now)
    own = come[come["measure"].str.startswith(brings)] if brings else come
    yield from steps(own, set(held["period"].unique()), may_end)


def too_short(old: pd.DataFrame, new: pd.DataFrame) -> Iterator[Problem]:
    """What is wrong where many rows fewer came than are held."""
    if "kind" in old:
        # Mainstream schools with a unit and alternative provision would hide that special schools are gone.
        old, new = (frame[~frame["kind"].astype(str).isin(NOT_SPECIAL)] for frame in (old, new))
    if len(new) <= LEAST_PART * len(old):
        yield Problem(f"it has {len(new):,} rows where {len(old):,} are held; something is missing.")


def areas_lost(old: pd.DataFrame, new: pd.DataFrame, store: Store) -> Iterator[Problem]:
    """What is wrong where areas that are held did not come."""
    gone = set(old["area_code"].unique()) - set(new["area_code"].unique()) - {""}
    if "period" not in old:  # a picture of one day need not have the authorities of the past
        gone &= set(Areas(store.table("areas"), store.table("area_changes")).authorities)
    if gone:
        yield Problem(f"it lacks {len(gone)} areas that are held ({', '.join(sorted(gone)[:5])}).")


def lost(held: pd.DataFrame, come: pd.DataFrame) -> Iterator[Problem]:
    """What is wrong where figures that are held are not in the new release, or are there without a value."""
    both = held[held["value"].notna()].merge(come, on=PLACE, how="left", suffixes=("_old", "_new"))
    gone = both["value_new"].isna()
    for _, row in both[gone & both["kind"].eq("england")].drop_duplicates("measure").iterrows():
        yield Problem(
            f"England's figure for {row['period']},"
            f" {row['measure']} would change from {row['value_old']:,.1f} to nothing.",
            row["measure"],
        )
    for group in (GROUP, ["kind", "period"]):
        number = gone.groupby([both[name] for name in group]).agg(["sum", "size"])
        bad = number[number["sum"].ge(number["size"] - LEAST_PART * number["size"]) & number["sum"].ge(FEW)]
        for index, row in bad.iterrows():
            said = f"{row['sum']:,} of {row['size']:,} figures are gone for {spoken_group(index, group)}."
            yield Problem(said, index[-1] if group == GROUP else "")


def changed(held: pd.DataFrame, come: pd.DataFrame) -> Iterator[Problem]:
    """What is wrong where too much of what is held was revised, for England or for many places."""
    both = held[held["value"].notna()].merge(come[come["value"].notna()], on=PLACE, suffixes=("_old", "_new"))
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
    number = change.gt(LARGEST_CHANGE * size).groupby([both[name] for name in GROUP]).agg(["sum", "size"])
    bad = number[number["sum"].gt(FEW) & number["sum"].gt(FEW_OF * number["size"])]
    for index, row in bad.iterrows():
        yield Problem(
            f"{row['sum']:,} of {row['size']:,} figures would change by more than {LARGEST_CHANGE:.0%} for"
            f" {spoken_group(index, GROUP)}.",
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
    shared = earlier["measure"].isin(now)
    if not shared.any():
        return earlier.head(0)
    when = earlier["period"].cat.codes
    newest = when.eq(when[shared].max())
    own = shared & when.eq(when.groupby(earlier["measure"]).transform("max"))
    lacked = ~earlier["measure"].isin(earlier.loc[newest, "measure"].unique())
    return pd.concat([earlier[newest], earlier[own & lacked]], ignore_index=True)


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
                f"{spoken_kind(str(kind))}: {come[kind].sum():,} figures for {period} where {earlier} has"
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
            f" {spoken_group(index, ['kind', 'measure'])}.",
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
    whole = known[known["kind"].eq("england") & known["value"].ge(least)]
    england = whole.set_index(whole["measure"].astype(str))["value"]
    of_places = known[known["kind"].eq("authority") & known["measure"].isin(england.index)]
    places = of_places.groupby(of_places["measure"].astype(str))["value"].agg(["sum", "size"])
    together = places.reindex(england.index, fill_value=0)
    return pd.DataFrame({"part": together["sum"] / england, "places": together["size"]})
