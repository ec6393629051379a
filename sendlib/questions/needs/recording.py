"""Could it be recording? A part of one need recorded as another, and what that does to the mix.

Nothing here is a figure of a publisher: it is arithmetic on published counts,
and says so.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sendlib.answer.numbers import capital, listed, percent, written
from sendlib.areas import Area
from sendlib.compared.comparators import Comparators
from sendlib.compared.mixes import SMALL, Mixes, middle_of_all
from sendlib.errors import UnknownChoice
from sendlib.methods import mix
from sendlib.questions.needs.words import in_sentence, why_nobody
from sendlib.tables.needs import NEEDS


@dataclass(frozen=True)
class Move:
    """`percent` per cent of the plans that name `source` recorded as `target` instead."""

    source: str
    target: str
    percent: int

    def __str__(self) -> str:
        return f"{self.source}:{self.target}:{self.percent}"


_SAME = 5e-5
"""A change of the divergence below this does not show in its three decimals."""


def parse(text: str) -> Move:
    """`semh:mld:25` as a Move. Raises UnknownChoice."""
    parts = text.strip().casefold().split(":")
    needs = ", ".join(NEEDS)
    if len(parts) != 3 or parts[0] not in NEEDS or parts[1] not in NEEDS or parts[0] == parts[1]:
        raise UnknownChoice(f"'{text}' is not a move: write it as semh:mld:25, with two of {needs}.", "move")
    if not (parts[2].isascii() and parts[2].isdecimal()) or not 0 <= int(parts[2]) <= 100:
        raise UnknownChoice(f"'{parts[2]}' is not a part to move: write a whole number from 0 to 100.", "move")
    return Move(parts[0], parts[1], int(parts[2]))


def usual(table: pd.DataFrame) -> Move:
    """The move to look at first: from the need furthest above the mean to the one furthest below, nothing moved yet."""
    known = table[table["share"].notna()]
    rows = known if len(known) > 1 else table
    return Move(str(rows["need"].iloc[0]), str(rows["need"].iloc[-1]), 0)


def moved_table(mixes: Mixes, code: str, move: Move) -> tuple[pd.DataFrame, float, float]:
    """The mix before and after a move, and its divergence from the comparators' mean before and after."""
    row = mixes.row(code)
    before = mixes.counts[row]
    names = list(mixes.needs)
    after = mix.moved(before, names.index(move.source), names.index(move.target), move.percent / 100)
    shares = mix.shares(np.stack([before, after]), mixes.recorded[[row, row]])
    distance = mix.divergence(mix.shares(shares), mixes.whole_mean[row])
    table = pd.DataFrame(
        {
            "need": names,
            "name": list(NEEDS.values()),
            "count": before,
            "moved": np.round(after),
            "share": 100 * shares[0],
            "share_moved": 100 * shares[1],
            "comparator_mean": 100 * mixes.mean[row],
        }
    )
    return table, float(distance[0]), float(distance[1])


def sentence(mixes: Mixes, area: Area, others: Comparators, move: Move) -> str:
    """How much would have to be recorded otherwise for the need to be typical, and what this move does."""
    table, before, after = moved_table(mixes, area.code, move)
    rows = table.set_index("need")
    source, target = rows.loc[move.source], rows.loc[move.target]
    lacking = [in_sentence(str(row["name"])) for row in (source, target) if np.isnan(row["share"])]
    if lacking:
        return f"{capital(listed(lacking))}: not available for {area.in_text}, so nothing of it can be moved."
    plans = float(mixes.recorded[mixes.row(area.code)])
    if not plans >= SMALL:
        return f"There are too few plans from {area.in_text} for this to say anything."
    if np.isnan(source["comparator_mean"]):
        known = int(mixes.known[mixes.row(area.code)].max())
        return f"There is no mean to compare with: {why_nobody(others, known)}."
    typical = _to_be_typical(table, others, move, plans)
    if move.percent == 0:
        return f"{typical} Nothing is moved yet."
    name, other = in_sentence(str(source["name"])), in_sentence(str(target["name"]))
    number = written(move.percent * source["count"] / 100)
    return (
        f"{typical} If {move.percent}% ({number}) were recorded as {other} instead, {name} would be"
        f" {percent(source['share_moved'])} and {other} {percent(target['share_moved'])} of plans"
        f"{_whole(before, after, others, mixes)}."
    )


def _whole(before: float, after: float, others: Comparators, mixes: Mixes) -> str:
    """What a move does to the whole mix, with its numbers; nothing where a need is missing."""
    if np.isnan(before):
        return ""
    told = f"(divergence {after:.3f}, now {before:.3f}{middle_of_all(mixes)})"
    return f"; the mix would be {_nearer(before, after, others)} {told}"


def _nearer(before: float, after: float, others: Comparators) -> str:
    """What a move does to the whole mix."""
    what = others.label if others.alone else "the mean"
    if abs(after - before) < _SAME:
        return f"as far from {what} as now"
    return f"{'closer to' if after < before else 'further from'} {what} than now"


def _to_be_typical(table: pd.DataFrame, others: Comparators, move: Move, plans: float) -> str:
    """How much would have to be recorded otherwise for a need to be as common as among those compared.

    `plans`: with a recorded need.
    """
    source = table.set_index("need").loc[move.source]
    name, wanted = in_sentence(str(source["name"])), source["comparator_mean"] / 100
    part = mix.part_to_share(table["count"].to_numpy(), list(NEEDS).index(move.source), wanted, plans)
    if part > 0:
        return (
            f"For {name} to be as common as {_as_common(others)} ({percent(source['comparator_mean'])}),"
            f" about {_one_in(part)} of the plans that name it ({written(part * source['count'])} of"
            f" {written(source['count'])}) would have to name another need."
        )
    short = wanted * plans - source["count"]
    if round(short) == 0:
        return f"{capital(name)} is as common as {_as_common(others)} ({percent(source['share'])})."
    rest = plans - source["count"]
    return (
        f"Here {name} is named less often than {_as_common(others)} ({percent(source['share'])} against"
        f" {percent(source['comparator_mean'])}). To be as common, about {_one_in(short / rest)} of the plans that name"
        f" another need ({written(short)} of {written(rest)}) would have to name it."
    )


def _as_common(others: Comparators) -> str:
    return f"in {others.label}" if others.alone else others.the_mean


def _one_in(part: float) -> str:
    """A part as `1 in 4`, as a per cent where that is clearer."""
    nearest = round(1 / part)
    return f"1 in {nearest}" if nearest >= 2 and abs(1 / nearest - part) < 0.02 else f"{written(100 * part)}%"
