"""What a report is put together of: words, large numbers, tables, sources, and the page around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from importlib import resources
from string import Template
from urllib.parse import urlsplit

from sendlib import settings
from sendlib.answer import Answer, Figure, Mode, Table
from sendlib.answer.beside import pairs
from sendlib.answer.citing import tables_shown
from sendlib.answer.glossary import Term, parted
from sendlib.board import Thoughts
from sendlib.exports import letters
from sendlib.provenance import Provenance, spoken_date

LICENCE = "Contains public sector information licensed under the Open Government Licence v3.0."
MOST_ROWS = 14
"""Rows that a table on paper has at most; longer ones are read on the page and in files."""


@dataclass(frozen=True)
class Extras:
    """What a report can have besides the answers to the questions (report.as_html)."""

    thoughts: Thoughts | None
    board: Answer | None
    changes: Answer | None
    link: str
    unanswered: tuple[str, ...]

    @property
    def opens_elsewhere(self) -> bool:
        """Whether the address of the view leads anywhere from another machine."""
        return bool(self.link) and urlsplit(self.link).hostname not in (None, *settings.LOOPBACK)


def page(title: str, styles: Sequence[str], body: str) -> str:
    """The whole file: nothing in it asks anybody for anything."""
    style = "\n".join(_file(name) for name in ("paper.css", *styles))
    return Template(_file("paper.html")).substitute(
        title=escape(title), letters=letters.style(), style=style, body=body
    )


def filled(template: str, **parts: str) -> str:
    """A template of this package with its parts, which are HTML."""
    return Template(_file(template)).substitute(parts)


def _file(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")


_BOLD = re.compile(r"\*\*(.+?)\*\*")


def words(text: str) -> str:
    """A text of an answer as HTML; what it has between two stars is bold, as on a page."""
    return _BOLD.sub(r"<strong>\1</strong>", escape(text, quote=False))


def paragraphs(texts: Iterable[str], kind: str = "") -> str:
    """Texts one below the other, without those that say nothing."""
    named = f' class="{kind}"' if kind else ""
    return "".join(f"<p{named}>{words(text)}</p>" for text in texts if text)


def listing(texts: Iterable[str], kind: str = "") -> str:
    """Texts as a list, each once; nothing where there are none."""
    items = "".join(f"<li>{words(text)}</li>" for text in dict.fromkeys(texts) if text)
    named = f' class="{kind}"' if kind else ""
    return f"<ul{named}>{items}</ul>" if items else ""


def block(heading: str, inner: str, kind: str, level: int = 3) -> str:
    """A part under a heading; nothing where there is nothing in it."""
    return f'<div class="{kind}"><h{level}>{escape(heading)}</h{level}>{inner}</div>' if inner else ""


def areas_of(answer: Answer) -> list[Answer]:
    """The answer, and that of the area beside."""
    return [one for one in (answer, answer.beside) if one]


def named(answer: Answer) -> str:
    """The area within a sentence, and the one beside it."""
    beside = f" beside {answer.beside.area.in_text}" if answer.beside else ""
    return f"{answer.area.in_text}{beside}"


def compared(answers: Sequence[Answer], mode: Mode) -> str:
    """Those compared, as the first answer that has any calls them."""
    return next((said for answer in answers if (said := answer.compared_in(mode))), "")


def cards(answer: Answer, mode: Mode, most: int) -> str:
    """The first large numbers of an answer as items of a list; of two areas both numbers under both names."""
    shown = [(figure, other) for figure, other in pairs(answer) if figure.label.in_mode(mode)][:most]
    return "".join(_card(answer, figure, other, mode) for figure, other in shown)


def _card(answer: Answer, figure: Figure, other: Figure | None, mode: Mode) -> str:
    label = figure.label.in_mode(mode)
    if other is None or answer.beside is None:
        return f'<li><p class="label">{words(label)}</p>{_number(figure, mode)}</li>'
    halves = "".join(
        f'<div><p class="whose">{words(one.area.short_name)}</p>'
        + (f'<p class="label">{words(each.label.in_mode(mode))}</p>' if figure.label != other.label else "")
        + f"{_number(each, mode, in_full=False)}</div>"
        for one, each in ((answer, figure), (answer.beside, other))
    )
    over = f'<p class="label">{words(label)}</p>' if figure.label == other.label else ""
    return f'<li>{over}<div class="halves">{halves}</div></li>'


def _number(figure: Figure, mode: Mode, *, in_full: bool = True) -> str:
    """The number with what is said under it; `in_full`: with its details, and for analysts its place among all
    authorities. Half of a card has no room for them."""
    text = figure.text_in(mode)
    kind = "number" if any(sign.isdigit() for sign in text) else "none"
    place = f"{figure.standing.words}." if figure.standing and mode == "explore" else ""
    details = [figure.detail.in_mode(mode), place] if in_full else []
    under = paragraphs([beneath(figure, mode), *details])
    return f'<p class="{kind}">{words(text)}</p>{under}'


def beneath(figure: Figure, mode: Mode) -> str:
    """`Lower: neighbours 5.4%, England 5.3%`."""
    said = figure.comparison.in_mode(mode)
    return f"{figure.direction.capitalize()}: {said}" if figure.direction else said


def table(held: Table, mode: Mode, only: Sequence[str] = ()) -> str:
    """A table as HTML, with the columns that are not for analysts alone, or `only` some of them; of a long one where to
    find it, and nothing of an empty one."""
    if held.data.empty:
        return ""
    if len(held.data) > MOST_ROWS:
        return paragraphs([f"Its table has {len(held.data)} rows: it is in the app, and in its files."], "long")
    shown_in = {name: column for name, column in held.columns_in(mode).items() if not column.analysts_only}
    kept = {column.heading_in(mode): column for name, column in shown_in.items() if not only or name in only}
    shown = held.readable(mode)[list(kept)]
    kinds = ["" if column.decimals is not None else ' class="words"' for column in kept.values()]
    heads = "".join(
        f'<th scope="col"{kind}>{escape(head, quote=False)}</th>' for head, kind in zip(kept, kinds, strict=True)
    )
    rows = "".join(
        f'<tr><th scope="row">{escape(str(first), quote=False)}</th>'
        + "".join(
            f"<td{kind}>{escape(str(cell), quote=False)}</td>" for cell, kind in zip(rest, kinds[1:], strict=True)
        )
        + "</tr>"
        for first, *rest in shown.itertuples(index=False, name=None)
    )
    caption = f"<caption>{words(held.caption.in_mode(mode))}.</caption>"
    label = escape(held.caption.in_mode(mode))
    return (
        f'<div class="table" role="region" aria-label="{label}" tabindex="0">'
        f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def terms_in(texts: Iterable[str]) -> list[Term]:
    """The words that need explaining in some texts, each once, in the order of the alphabet."""
    found = {term.name: term for text in texts for _, term in parted(text) if term}
    return [found[name] for name in sorted(found, key=str.casefold)]


def sources_of(answers: Sequence[Answer]) -> list[Provenance]:
    """Where what the answers show comes from, each release once."""
    found = [source for answer in answers for one in areas_of(answer) for source in one.citations(tables_shown(one))]
    return list(dict.fromkeys(found))


def newest(sources: Sequence[Provenance]) -> str:
    """The day on which the newest of some releases was published, in words; empty where none is known."""
    days = [source.published for source in sources if source.published]
    return spoken_date(max(days)) if days else ""


def thoughts(held: Thoughts | None) -> str:
    """What a group wrote down, in its own words; nothing where it wrote nothing."""
    if held is None:
        return ""
    asked = (("What do we think is going on?", held.hypothesis), ("What do we want to find out?", held.questions))
    return "".join(block(heading, paragraphs(text.splitlines()), "thought") for heading, text in asked if text.strip())


_ON_PAPER = {"board": ("measure", "period", "figure", "beside", "change")}
"""Columns for which paper has room, by the question; all of the others."""


def beside_the_questions(answer: Answer | None, mode: Mode) -> str:
    """The board or what changed: its sentence, its table and what warns of it; nothing where there is no such
    answer."""
    if answer is None:
        return ""
    cautions = listing((note.text.in_mode(mode) for note in answer.notes if note.kind == "caution"), "care")
    said = paragraphs([answer.headline.in_mode(mode) or f"{answer.title.in_mode(mode)}."], "sentence")
    shown = table(answer.tables[answer.lead], mode, _ON_PAPER.get(answer.question, ()))
    return f'<section id="{answer.question}"><h2>{words(answer.words)}</h2>{said}{shown}{cautions}</section>'
