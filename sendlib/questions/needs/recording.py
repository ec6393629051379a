"""Could it be recording? Parts of needs recorded as others, what that does to the mix, and who records otherwise.

Nothing here is a figure of a publisher: it is arithmetic on published counts,
and says so. What is said of it is in recording_words.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sendlib.answer import COMPARED, OWN, WHOLE
from sendlib.areas import ENGLAND, Area
from sendlib.compared import mixes as mixing
from sendlib.compared import parts
from sendlib.compared.comparators import Comparators, known_areas
from sendlib.compared.mixes import Mixes
from sendlib.errors import UnknownChoice
from sendlib.methods import mix
from sendlib.questions.needs.words import LARGE
from sendlib.store import Store
from sendlib.tables.needs import DOWN_SYNDROME, NEEDS

MOST_MOVES = 4
"""Moves at once: with more nobody could say what did what."""
MOST_UNLIKE = 5
"""Areas to ring up."""
_KNOWN = (*NEEDS, DOWN_SYNDROME)
ABOVE, BELOW, INSIDE = "above", "below", "inside"


@dataclass(frozen=True)
class Move:
    """`percent` per cent of the children with `source` as the primary need recorded with `target` instead."""

    source: str
    target: str
    percent: int

    def __str__(self) -> str:
        return f"{self.source}:{self.target}:{self.percent}"


Moves = tuple[Move, ...]
"""Several at the same time, all of the counts as published; the first is the one that sentences begin with."""


def written_out(moves: Iterable[Move]) -> str:
    """`semh:mld:17,slcn:asd:10`, as an address has it."""
    return ",".join(str(move) for move in moves)


def parse(text: str) -> Moves:
    """`semh:mld:25`, or several with commas between. Raises UnknownChoice."""
    moves = tuple(_one(part) for part in text.split(",") if part.strip())
    if not 1 <= len(moves) <= MOST_MOVES:
        raise UnknownChoice(f"'{text}' is not a what-if: write one to {MOST_MOVES} moves with commas between.", "move")
    gone = Counter[str]()
    for move in moves:
        gone[move.source] += move.percent
    for need, percent in gone.items():
        if percent > 100:
            raise UnknownChoice(
                f"'{text}' would move {percent}% of {need}: parts of one need are at most 100% together.", "move"
            )
    return moves


def _one(text: str) -> Move:
    parts = text.strip().casefold().split(":")
    if len(parts) != 3 or parts[0] not in _KNOWN or parts[1] not in _KNOWN or parts[0] == parts[1]:
        needs = ", ".join(_KNOWN)
        raise UnknownChoice(f"'{text}' is not a move: write it as semh:mld:25, with two of {needs}.", "move")
    if not (parts[2].isascii() and parts[2].isdecimal()) or not 0 <= int(parts[2]) <= 100:
        raise UnknownChoice(f"'{parts[2]}' is not a part to move: write a whole number from 0 to 100.", "move")
    return Move(parts[0], parts[1], int(parts[2]))


def of_cohort(moves: Moves, mixes: Mixes) -> Moves:
    """The moves, all of needs that the cohort tells apart. Raises UnknownChoice."""
    for need in (need for move in moves for need in (move.source, move.target) if need not in mixes.needs):
        raise UnknownChoice(f"'{need}' is not counted by itself among {mixes.cohort.of}.", "move")
    return moves


def usual(table: pd.DataFrame, total: float, *, compared: bool) -> Moves:
    """The move to look at first, of the table of a mix: from the need furthest above those compared to the one furthest
    below, those well outside the range first; the least that brings inside what is outside, or nothing.

    `total`: of how many children the shares are. Without anybody that it is `compared` with it is from the first need
    of the table to the last.
    """
    known = np.flatnonzero(table["share"].notna())
    rows = known if len(known) > 1 else np.arange(len(table))
    needs, difference = table["need"].to_numpy(), table["difference"].to_numpy()[rows]
    beside = rows[~np.isnan(difference)]
    if not compared or len(beside) < 2:
        return (Move(str(needs[rows[0]]), str(needs[rows[-1]]), 0),)
    # A need of a handful of children is outside soon, and moving them would say nothing of the mix.
    side = np.where(table["difference"].abs().ge(LARGE), table["outside"], "")
    above, below = (beside[side[beside] == wanted] for wanted in (ABOVE, BELOW))
    source = (above if len(above) else beside)[0]
    # The need furthest below takes them; where that would bring it above its range, the next that has room.
    takers = [*below[::-1], *(one for one in beside[::-1] if one not in below and one != source)]
    for taker in takers:
        percent = _least(table, total, source, taker)
        if not percent or _has_room(table, total, source, taker, percent):
            return (Move(str(needs[source]), str(needs[taker]), percent),)
    return (Move(str(needs[source]), str(needs[takers[0]]), _least(table, total, source, takers[0])),)


def _least(table: pd.DataFrame, total: float, source: int, taker: int) -> int:
    """The least per cent of a need recorded as another that brings inside what is outside (methods.mix)."""
    count, low, high, outside = (
        table[column].to_numpy()[[source, taker]] for column in ("count", "comparator_min", "comparator_max", "outside")
    )
    return mix.least_percent(count, total, low, high, np.isin(outside, [ABOVE, BELOW]))


def _has_room(table: pd.DataFrame, total: float, source: int, taker: int, percent: int) -> bool:
    """Whether a need that takes a part of another is not brought above its range."""
    count = table["count"].to_numpy()
    after = 100 * (count[taker] + percent / 100 * count[source]) / total
    return bool(round(after, 1) <= round(float(table["comparator_max"].to_numpy()[taker]), 1))


def another(table: pd.DataFrame, moves: Moves) -> Move:
    """A move to add to some, nothing moved yet: between the needs furthest above and below that are in none of them;
    `table`: that of the mix."""
    used = {need for move in moves for need in (move.source, move.target)}
    free = [str(need) for need in table["need"] if need not in used]
    return Move(free[0], free[-1], 0)


def mended(moves: Sequence[Move], row: int, needs: Sequence[str]) -> Moves:
    """The moves after the one in a row was changed by hand: no need is recorded as itself, and no more of one need is
    moved than there is. `needs`: those that there are."""
    move = moves[row]
    target = next(need for need in needs if need != move.source) if move.target == move.source else move.target
    taken = sum(one.percent for place, one in enumerate(moves) if place != row and one.source == move.source)
    changed = Move(move.source, target, min(move.percent, 100 - taken))
    return (*moves[:row], changed, *moves[row + 1 :])


def moved_table(
    mixes: Mixes, code: str, others: Comparators, moves: Moves, names: Mapping[str, str]
) -> tuple[pd.DataFrame, float, float]:
    """The mix before and after some moves, and its divergence from the comparators' mean before and after.

    The needs that move come first (`part`: whether each gives or takes). `names`: of the needs, by code. One area alone
    that is compared has no range.
    """
    row, places = mixes.row(code), list(mixes.needs)
    before = mixes.counts[row]
    after = mix.moved(
        before, ((places.index(one.source), places.index(one.target), one.percent / 100) for one in moves)
    )
    shares = mix.shares(np.stack([before, after]), mixes.recorded[[row, row]])
    distance = mix.divergence(mix.shares(shares), mixes.whole_mean[row])
    table = pd.DataFrame(
        {
            "need": places,
            "name": [names[need] for need in places],
            "part": [_part(need, moves) for need in places],
            "count": before,
            "moved": np.round(after),
            "share": 100 * shares[0],
            "share_moved": 100 * shares[1],
            "comparator_mean": 100 * mixes.mean[row],
            "comparator_min": np.nan if others.alone else 100 * mixes.low[row],
            "comparator_max": np.nan if others.alone else 100 * mixes.high[row],
        }
    )
    order = [*dict.fromkeys(need for move in moves for need in (move.source, move.target)), *places]
    table = table.set_index("need", drop=False).loc[list(dict.fromkeys(order))].reset_index(drop=True)
    return table, float(distance[0]), float(distance[1])


def _part(need: str, moves: Moves) -> str:
    """What a need does in some moves: `gives`, `takes`, both, or nothing."""
    sides = {"gives": [move.source for move in moves], "takes": [move.target for move in moves]}
    return " and ".join(word for word, needs in sides.items() if need in needs)


def stands(share: float, row: pd.Series) -> str:
    """Where a share stands to the range of those compared, as written; empty without a range."""
    low, high = round(row["comparator_min"], 1), round(row["comparator_max"], 1)
    if np.isnan(low) or np.isnan(share):
        return ""
    return ABOVE if round(share, 1) > high else BELOW if round(share, 1) < low else INSIDE


def unlike(store: Store, mixes: Mixes, area: Area, others: Comparators, move: Move) -> pd.DataFrame:
    """The area, England, and those compared whose whole mix is furthest from the area's, with the shares of two needs:
    `source` and `target` of a move.

    Who counts for no mean, or lacks a need, is not among those compared. Empty where nobody is left, of an area that
    counts for no mean itself, and of England, whose authorities are its parts.
    """
    left_out = mixing.left_out(store, mixes.cohort.code)
    codes = [code for code in others.codes if code not in left_out or others.alone]
    england = [ENGLAND] if parts.england_stands(area, others) else []
    listed = [area.code, *england, *codes]
    every = mixing.all_shares(store, mixes.cohort.code)[list(mixes.needs)].reindex(listed)
    whole, areas = mix.shares(every.to_numpy(dtype=float)), known_areas(store)
    table = pd.DataFrame(
        {
            "area_code": listed,
            "area": [area.name, *(areas.get(code).name for code in (*england, *codes))],
            "whose": [OWN, *(WHOLE for _ in england), *(COMPARED for _ in codes)],
            "divergence": mix.divergence(whole, whole[0]),
            "source": 100 * every[move.source].to_numpy(),
            "target": 100 * every[move.target].to_numpy(),
        }
    )
    theirs = table["whose"].eq(COMPARED)
    furthest = table[theirs].dropna().sort_values("divergence", ascending=False, kind="stable").head(MOST_UNLIKE)
    told = len(furthest) and area.code not in left_out and not parts.of_itself(area, others)
    return pd.concat([table[~theirs], furthest], ignore_index=True) if told else furthest.iloc[:0]
