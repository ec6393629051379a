"""An answer to read in a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from sendlib.answer import Answer, Card, Column, Figure, Mode, Table
from sendlib.answer.beside import alike
from sendlib.answer.table import NOTHING
from sendlib.answer.text import said_in


def as_text(answer: Answer) -> str:
    """The sentence, the large numbers, the lead table, those whose figures were chosen, what it cannot tell, notes and
    sources, in the words of Explore."""
    lead = answer.tables[answer.lead]
    numbers = lead.readable().to_string(index=False)
    in_force = [note for table in ("", *answer.tables) for note in answer.notes_about(table)]
    notes = dict.fromkeys(f"- {note.text.explore}" for note in in_force if note.text.explore)
    sources = dict.fromkeys(f"- {source.citation()}" for found in answer.sources.values() for source in found)
    newer = [f"- {line.explore}" for line in answer.newer_than(answer.sources)]
    parts = [
        f"{answer.words}  {answer.area.name}{f' beside {answer.beside.area.name}' if answer.beside else ''}",
        answer.headline.explore,
        *_figures(answer),
        *(f"- {verdict.words.explore}" for verdict in answer.verdicts),
        f"\n{answer.title.explore}\n{lead.caption.explore}\n{numbers}",
        *(_lead(answer.beside) if answer.beside else ()),
        *_chosen(answer),
        *(f"\n{_card(card)}" for card in answer.cards),
        "\nWhat this cannot tell you\n" + "\n".join(f"- {line}" for line in said_in("explore", answer.cannot_tell)),
        "\nNotes\n" + "\n".join(notes),
        "\nSources\n" + "\n".join(sources),
        *(["\nNewer than this\n" + "\n".join(newer)] if newer else []),
    ]
    return "\n".join(parts)


def _card(card: Card) -> str:
    """A card with its links."""
    links = [f"- {link.words}: {link.address}" for link in card.links]
    return "\n".join([card.heading.explore, *said_in("explore", card.lines), *links])


MOST_COPIED = 40
"""Rows of a table that are copied as text: nobody puts more into minutes."""


def to_copy(answer: Answer, name: str, mode: Mode) -> str:
    """A table as text for minutes or a letter: what it is, a line for each row, and where they come from.

    Analysts' columns stay out in every mode: they are in the files.
    """
    table = answer.tables[name]
    kept = [column for column in table.columns_in(mode).values() if not column.analysts_only]
    shown = table.readable(mode)[[column.heading_in(mode) for column in kept]]
    lines = [f"- {_as_line(kept, cells, mode)}" for cells in shown.head(MOST_COPIED).to_numpy()]
    left_out = [f"(the first {MOST_COPIED} of {len(shown):,} rows)"] if len(lines) < len(shown) else []
    sources = [f"Source: {source.citation()}" for source in answer.citations(table.sources)]
    return "\n".join([f"{table.caption.in_mode(mode)}:", *lines, *left_out, *sources])


def _as_line(columns: Sequence[Column], cells: Sequence[str], mode: Mode) -> str:
    """`Autism: Plans 586; Share 19.1%`: the first cell, then the others under their headings."""
    told = [
        _under_heading(column, cell, mode)
        for column, cell in zip(columns[1:], cells[1:], strict=True)
        if cell != NOTHING
    ]
    return f"{cells[0]}: {'; '.join(told)}" if told else str(cells[0])


def _under_heading(column: Column, cell: str, mode: Mode) -> str:
    """A heading with its number, and the unit that a table has in its heading after that."""
    if column.heading_in(mode) != column.titled or column.titled == column.heading:
        return f"{column.heading_in(mode)} {cell}"
    unit = "%" if column.unit == "%" else f" {column.unit}"
    return f"{column.heading} {cell}{unit if cell[-1:].isdigit() else ''}"


def _lead(answer: Answer) -> list[str]:
    """The lead table of the area beside."""
    return [_written(answer.tables[answer.lead])]


def _chosen(answer: Answer) -> list[str]:
    """The tables whose figures rest on something that was chosen."""
    chosen = [
        one.choice.about for one in answer.offered.values() if one.value != one.default and one.choice.figures_change
    ]
    return [_written(answer.tables[name]) for name in dict.fromkeys(chosen) if name and name != answer.lead]


def _written(table: Table) -> str:
    return f"\n{table.caption.explore}\n{table.readable().to_string(index=False)}"


def _figures(answer: Answer) -> list[str]:
    """A line for each large number; of two areas with both where they are of the same thing, under their names."""
    if answer.beside is None or answer.same_everywhere:
        return [_figure(figure) for figure in answer.figures]
    names = answer.area.name, answer.beside.area.name
    return [
        "; ".join(
            f"{name}: {figure.label.explore} {figure.text} ({figure.comparison.explore})"
            for name, figure in zip(names, pair, strict=True)
            if figure is not None
        )
        for pair in alike(answer)
    ]


def _figure(figure: Figure) -> str:
    said = f"{figure.label.explore}: {figure.text} ({figure.comparison.explore})"
    place = f"{figure.standing.words}." if figure.standing else ""
    return " ".join(filter(None, (said, figure.detail.explore, place)))
