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
            families="councils said in 2023 that they join up health records",
        ),
        Text(figure.text),
        _here(answer),
    )


def _here(answer: Answer) -> Text:
    """Which councils of the area named the health data that they link."""
    table, name = answer.tables["here"].data, answer.area.short_name
    named = int(table["data"].ne("").sum())
    if answer.area.kind == "england":
        return Text("The other councils are not named.", families="We do not know what the other councils do.")
    if len(table) > 1:
        return Text(f"{name}: {named} of its {len(table)} councils {'is' if named == 1 else 'are'} among those named.")
    if named:
        return Text(f"{name} {answer.area.verb('is', 'are')} one of them.")
    if not answer.area.parts:
        return Text("No council's children mostly live here.")
    return Text(f"{name} {answer.area.verb('is', 'are')} not among those named.")
