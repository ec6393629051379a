"""My area at a glance: how many EHC plans there are, and how that changed in five years."""

from __future__ import annotations

import pandas as pd

from sendlib.answer import WHOLE, Answer, Figure, Text
from sendlib.answer.glance import Glance, Point, line, of_authorities
from sendlib.answer.numbers import capital, written
from sendlib.compared.latest import five_years_before
from sendlib.tables.periods import spoken


def of(answer: Answer) -> Glance:
    """The plans of the newest January."""
    stock = answer.tables["stock"].data
    held = stock[stock["plans"].notna()]
    if not len(held):
        return Glance.without(Text("EHC plans"), Text("The number of plans is not available."))
    last = held.iloc[-1]
    # Before an authority began, the table has who was here before.
    own = held[held["area_code"].eq(last["area_code"])]
    when, before = spoken(last["period"]), spoken(five_years_before(last["period"]))
    change = next(figure for figure in answer.figures if figure.table == "plans")
    more = "" if change.value is None or change.instead else _changed(change.value)
    since = f", {more} {_than(more)} in {before}" if more else ""
    return Glance(
        Text(
            f"EHC plans{of_authorities(answer.area)} in {when}{since}",
            show=f"EHC plans, {more} {_than(more)} five years before" if more else f"EHC plans, {when}",
            families=f"children and young people had an EHC plan in {when}{since}",
        ),
        Text(written(last["plans"])),
        _beside(answer, change, before, own),
        line=line(
            Text("EHC plans each January"),
            (Point(spoken(period), plans) for period, plans in zip(own["period"], own["plans"], strict=True)),
        ),
    )


def _changed(change: float) -> str:
    """`56% more`, `3% fewer`, `about as many`."""
    number = written(abs(change))
    return "about as many" if number == "0" else f"{number}% {'more' if change > 0 else 'fewer'}"


def _than(changed: str) -> str:
    return "as" if changed.startswith("about") else "than"


def _beside(answer: Answer, change: Figure, before: str, own: pd.DataFrame) -> Text:
    """How England's number changed, or why the area's own change is not said."""
    if change.value is None:
        return Text(f"How that changed is not known: there is no number of {before}.")
    if change.instead and answer.state == "full":
        return Text(
            "How that changed in five years is doubtful: the numbers of single years do not fit together.",
            show="The change in five years is doubtful.",
            families="How that changed in five years is not sure: the numbers of some years do not fit together.",
        )
    if change.instead:
        first = own.loc[own["period"].eq(five_years_before(own["period"].iloc[-1])), "plans"]
        were = f"In {before} there were {written(first.iloc[0])}; so" if len(first) else "So"
        return Text(f"{were} few that a change in per cent says little.")
    theirs = answer.tables["comparators"].data
    england = theirs.loc[theirs["whose"].eq(WHOLE), "change"]
    if len(england) and england.notna().all():
        said = _changed(float(england.iloc[0]))
        return Text(f"In England: {said}.", families=f"In England there were {said}.")
    return Text(f"{capital(change.comparison.explore)}.")
