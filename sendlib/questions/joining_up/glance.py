"""Joining up at a glance: how many councils link health data, and whether the area's are among those named."""

from __future__ import annotations

from sendlib.answer import Answer, Text
from sendlib.answer.glance import Glance


def of(answer: Answer) -> Glance:
    """The health figure of the survey."""
    figure = next(one for one in answer.figures if one.label.explore == "Link health data")
    return Glance(
        Text(
            "councils linked health data in 2023, of those that answered in full",
            show="councils linked health data in 2023",
            families="councils said in 2023 that they join up health records",
        ),
        Text(figure.text),
        Text(answer.tables[answer.lead].how_to_read.in_mode("show")),  # whether the area's are among those named
    )
