"""What a family can do when a plan is late or refused: a few lines with links, the same for every area."""

from __future__ import annotations

from sendlib import catalogue
from sendlib.answer import Card, Link, Text


def card() -> Card:
    """The card, out of catalogue/help.toml."""
    steps = catalogue.help_steps()
    links = {line.name: Link(line.name, line.address, Text(line.gives)) for step in steps for line in step.links}
    return Card(
        Text("What a family can do when a plan is late or refused", families="If your plan is late or refused"),
        tuple(Text(step.words, families=step.plain) for step in steps),
        tuple(links.values()),
        of_area=False,
    )
