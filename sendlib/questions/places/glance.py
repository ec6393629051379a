"""Places at a glance: who of those who live here travels to a special school elsewhere."""

from __future__ import annotations

from sendlib.answer import MODES, Answer, Text
from sendlib.answer.glance import Glance, out_of_100
from sendlib.questions.places import flows
from sendlib.tables.flows import PERIOD


def of(answer: Answer) -> Glance:
    """The share of pupils of state special schools who cross the border of the area."""
    figure = next(figure for figure in answer.figures if figure.table == "flows")
    when = flows.when(answer.area)
    if figure.value is None:
        return Glance.without(figure.label, Text(*(f"{figure.comparison.in_mode(mode)}." for mode in MODES)))
    years = when if when == PERIOD else f"{when} (England {PERIOD})"
    beside = Text(*(f"{figure.comparison.in_mode(mode).rstrip('.')}. {years}." for mode in MODES))
    return Glance(figure.label, Text(figure.text, families=out_of_100(figure.value)), beside)
