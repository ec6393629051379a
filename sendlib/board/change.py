"""How an area's figure has changed, in a sentence that the figures bear: from the first to the newest that can be
compared, or why nothing is said."""

from __future__ import annotations

import pandas as pd

from sendlib.answer import Text
from sendlib.answer.numbers import out_of
from sendlib.board.series import Scale, when


def usable(own: pd.DataFrame, since: str) -> pd.DataFrame:
    """The figures of one series from a period on that may be compared: published, of enough children, not doubtful."""
    held = own["number"].notna() & own["left_out"].eq("") & own["doubtful"].eq("") & ~own["few"]
    return own[held & own["period"].ge(since)]


def of_so_few() -> Text:
    """What is said in place of a change of an area with so few plans that it counts for no mean."""
    return _none("with so few children, one more or less moves it", "with so few children, one more or less moves it")


def sentence(own: pd.DataFrame, scale: Scale, broken: list[str], *, breaks_somewhere: bool) -> Text:
    """From which figure to which the series went. `broken`: the first periods after its breaks; with
    `breaks_somewhere` its page tells of a break without a period, and no change is said."""
    if breaks_somewhere:
        return _none("the way of counting changed, as the notes say", "the way of counting changed")
    newest = own.loc[own["number"].notna(), "period"].max() if own["number"].notna().any() else ""
    since = max((one for one in broken if one <= newest), default="")
    held = usable(own, since)
    if held.empty or held["period"].iloc[-1] != newest:
        return _none("the newest figure can not be compared", "the newest number can not be compared")
    if len(held) < 2:
        return _single(since)
    first, last = held.iloc[0], held.iloc[-1]
    begins = f"Since the break ({when(since)}): " if since else ""
    return Text(
        _explore(scale, held, begins),
        families=_plain(scale, first, last, changed=bool(since)),
    )


def direction(scale: Scale, before: float, after: float) -> int:
    """1 where a number rose, as it is written, -1 where it fell, 0 where it is written the same."""
    one, other = scale.rounded(before), scale.rounded(after)
    return (other > one) - (other < one)


def _explore(scale: Scale, held: pd.DataFrame, begins: str) -> str:
    first, last = held.iloc[0], held.iloc[-1]
    before, after = float(first["number"]), float(last["number"])
    since, now = when(str(first["period"])), when(str(last["period"]))
    way = direction(scale, before, after)
    if not way:
        between = ", with other figures between" if not held["number"].eq(after).all() else ""
        said = f"The same, {scale.said(after)}, in both ({since} and {now}){between}."
    else:
        said = f"{'Rose' if way > 0 else 'Fell'} from {scale.said(before)} ({since}) to {scale.said(after)} ({now})."
    return f"{begins}{said[0].lower()}{said[1:]}" if begins else said


def _plain(scale: Scale, first: pd.Series, last: pd.Series, *, changed: bool) -> str:
    before, after = float(first["number"]), float(last["number"])
    since, now = when(str(first["period"])), when(str(last["period"]))
    many = out_of(before, after, apart=True) if scale.unit == "%" else 0
    one, other = scale.plainly(before, many), scale.plainly(after, many)
    before_that = " Older numbers were counted in another way." if changed else ""
    way = direction(scale, before, after)
    if not way or one == other:
        return f"It is about the same ({since} and {now}).{before_that}"
    return f"It went {'up' if way > 0 else 'down'} from {one} ({since}) to {other} ({now}).{before_that}"


def _single(since: str) -> Text:
    if since:
        return _none(
            f"there is one figure alone since the break ({when(since)})", "there is only one number counted this way"
        )
    return _none("there is one figure alone", "there is only one number")


def _none(why: str, plainly: str) -> Text:
    return Text(f"No change is said: {why}.", families=f"We do not say how it changed: {plainly}.")
