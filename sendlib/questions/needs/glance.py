"""Needs at a glance: the need whose share of plans is furthest from England's."""

from __future__ import annotations

from sendlib.answer import FULL, MODES, NOBODY, Answer, Text
from sendlib.answer.glance import Glance, Line, Point, of_authorities, out_of_100
from sendlib.answer.numbers import capital, percent
from sendlib.tables.periods import spoken


def of(answer: Answer) -> Glance:
    """The need furthest from England's share; of England the one that is named most often."""
    first = answer.figures[0]
    if answer.state not in (FULL, NOBODY):
        return Glance.without(Text("Needs that plans name"), _sentence(first.comparison))
    mix = answer.tables["mix"].data
    if "england" not in mix:
        top = mix.loc[mix["share"].idxmax()]
        named = _within(top["name"])
        return Glance(
            Text(
                f"of plans with a recorded need name {named}, the most often named",
                show=f"of plans name {named}, the most often named",
                families=f"plans name {named}, more than any other need",
            ),
            Text(percent(top["share"]), families=out_of_100(top["share"])),
            Text(capital(first.comparison.explore), families=capital(first.comparison.in_mode("families"))),
        )
    away = (mix["share"] - mix["england"]).abs()
    if away.isna().all():
        return Glance.without(Text("Needs that plans name"), Text("Their shares are not available."))
    row = mix.loc[away.idxmax()]
    when, whose = _when(answer), of_authorities(answer.area)
    named, share, england = _within(row["name"]), float(row["share"]), float(row["england"])
    return Glance(
        Text(
            f"of plans{whose} with a recorded need name {named}, the need furthest from England's share",
            show=f"of plans name {named}, the need furthest from England's share",
            families=f"plans name {named}. No other need is further from its share in England",
        ),
        Text(percent(share), families=out_of_100(share)),
        Text(
            f"England {percent(england)}, {when}",
            show=f"England {percent(england)}",
            families=f"England: {out_of_100(england)}.",
        ),
        line=Line(Text(f"Per cent of plans that name {named}"), (Point(when, share, england),)),
    )


def _when(answer: Answer) -> str:
    """The January that the mix is of, which is the newest of the needs over time."""
    return spoken(str(answer.tables["needs_over_time"].data["period"].max()))


def _within(name: str) -> str:
    """A need's name within a sentence."""
    return f"{name[:1].lower()}{name[1:]}"


def _sentence(text: Text) -> Text:
    return Text(*(f"{capital(words)}." for words in (text.in_mode(mode) for mode in MODES)))
