"""An answer to read in a terminal."""

from __future__ import annotations

from sendlib.answer import Answer, Figure, Table
from sendlib.answer.beside import alike
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
        "\nWhat this cannot tell you\n" + "\n".join(f"- {line}" for line in said_in("explore", answer.cannot_tell)),
        "\nNotes\n" + "\n".join(notes),
        "\nSources\n" + "\n".join(sources),
        *(["\nNewer than this\n" + "\n".join(newer)] if newer else []),
    ]
    return "\n".join(parts)


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
    if answer.beside is None:
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
