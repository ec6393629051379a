"""Places at a glance: who of those who live here travels to a special school elsewhere."""

from __future__ import annotations

from sendlib.answer import MODES, Answer, Text
from sendlib.answer.glance import Glance, Line, Point
from sendlib.answer.numbers import capital
from sendlib.questions.places import flows
from sendlib.tables.flows import PERIOD


def of(answer: Answer) -> Glance:
    """The share of pupils of state special schools who cross the border of the area."""
    figure = next(figure for figure in answer.figures if figure.table == "flows")
    when = flows.when(answer.area)
    if figure.value is None:
        named = Text(
            figure.label.explore,
            show=figure.label.show,
            families="Pupils of state special schools who went to one elsewhere",
        )
        return Glance.without(named, Text(*(f"{figure.comparison.in_mode(mode)}." for mode in MODES)))
    years = when if when == PERIOD else f"{when} (England {PERIOD})"
    beside = Text(*(f"{capital(figure.comparison.in_mode(mode)).rstrip('.')}. {years}." for mode in MODES))
    plainly = (
        "pupils of state special schools went to one of another council than their own"
        if answer.area.kind == "england"
        else "pupils of state special schools who lived here went to one elsewhere"
    )
    named = Text(figure.label.explore, show=figure.label.show, families=plainly)
    bars = None
    if figure.england is not None:
        what = Text(f"Per cent: {figure.label.explore}", families=f"Of every 100: {figure.label.in_mode('families')}")
        bars = Line(what, (Point(when, figure.value, figure.england),))
    return Glance(named, Text(figure.text, families=figure.text_in("families")), beside, line=bars)
