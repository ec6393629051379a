"""An area at a glance: a statement of every question as a card that opens its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from math import isnan
from urllib.parse import quote

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from sendlib import service
from sendlib.answer import MODES, Answer, Mode, Question, Text
from sendlib.answer.glance import Glance, Line, Point
from sendlib.answer.numbers import listed, written
from sendlib.compared.comparators import DEFAULT
from sendlib.errors import NoData
from sendlib.portrait import Portrait
from sendlib.view.controls import View
from sendlib.view.words import as_html

WIDE, HIGH = 132, 34
"""Pixels of a small line."""
MOST_MISSING = 4
"""Missing figures that are named; the rest are counted."""
_LONG = 9
"""Letters above which a number is written smaller."""


@dataclass(frozen=True)
class Card:
    """Where the statement of a question goes: the whole card, and the part under its link."""

    whole: DeltaGenerator
    under: DeltaGenerator


def draw(view: View, cards: Mapping[Question, Card]) -> list[Answer]:
    """Asks one question after the other and draws each answer as soon as it is there, under its link.

    Returns the answers. What is true of several questions that have none of this area is said once.
    """
    answers, silent = list[Answer](), dict[str, list[str]]()
    for question, card in cards.items():
        try:
            code, beside = view.area.code if view.area else "", view.beside.code if view.beside else ""
            answer = service.ask(question, code, DEFAULT, {}, beside)
        except NoData as error:
            silent.setdefault(str(error), []).append(question.title)
            card.whole.empty()
            continue
        answers.append(answer)
        if answer.glance:
            card.under.html(_card(answer, view.mode))
        else:
            card.under.markdown(question.words)
    for words, titles in silent.items():
        st.info(f"{listed(titles)}: {words}")
    return answers


def _card(answer: Answer, mode: Mode) -> str:
    """The statement of an area, and of the one beside it under its name."""
    if answer.glance is None:
        return ""
    other = answer.beside
    if other is None or other.glance is None:
        return f'<div class="glance {mode}">{_statement(answer.glance, mode)}</div>'
    if answer.same_everywhere:
        # A shared screen has no room for what two areas say beside their numbers, on this card as on the others.
        small = Text("") if mode == "show" else _together(answer.glance.small, other.glance.small)
        both = replace(answer.glance, small=small)
        return f'<div class="glance {mode}">{_statement(both, mode)}</div>'
    halves = "".join(
        f'<div class="glance {mode} half {kind}"><p class="whose">{escape(one.area.short_name)}</p>'
        f"{_briefly(one.glance, mode)}</div>"
        for kind, one in (("own", answer), ("beside", other))
        if one.glance
    )
    return f'<div class="halves">{halves}</div>'


def _together(own: Text, other: Text) -> Text:
    """What two statements are beside, one after the other; once where they are the same."""
    return own if own == other else Text(*(f"{own.in_mode(mode)} {other.in_mode(mode)}" for mode in MODES))


def _statement(glance: Glance, mode: Mode) -> str:
    """The number, its line, what it is of, and what it is beside."""
    line = _line(glance.line, mode) if glance.line else ""
    return f"{_number(glance, mode)}{line}{_said(glance, mode)}{_small(glance, mode)}"


def _briefly(glance: Glance, mode: Mode) -> str:
    """The same in half of a card: without England; why there is no number has no room on a shared screen."""
    why = "" if glance.held or mode == "show" else _small(glance, mode)
    return f"{_number(glance, mode)}{_said(glance, mode)}{why}"


def _number(glance: Glance, mode: Mode) -> str:
    number = glance.number.in_mode(mode) or ("" if glance.held else "No figure")
    size = "number" if glance.held else "none"
    return f'<p class="{size}{" long" if len(number) > _LONG else ""}">{escape(number)}</p>'


def _said(glance: Glance, mode: Mode) -> str:
    return f'<p class="said">{as_html(glance.statement.in_mode(mode), mode)}</p>'


def _small(glance: Glance, mode: Mode) -> str:
    words = glance.small.in_mode(mode)
    return f'<p class="small">{as_html(words, mode)}</p>' if words else ""


def _line(line: Line, mode: Mode) -> str:
    """The years as a line, England's thin and broken; of a single year two bars. Nought is at the foot of both.

    Streamlit takes drawings out of a page's HTML, and an image would keep its colours in the dark: each line is the
    mask of a box in a colour of the page.
    """
    top = max(max(point.own, 0 if isnan(point.england) else point.england) for point in line.points) or 1
    drawn = _bars(line.points[0], top) if len(line.points) == 1 else _curves(line, top)
    words = f'role="img" aria-label="{escape(_in_words(line, mode))}"'
    return f'<span class="spark" {words}><span>{drawn}</span><b>{escape(_when(line))}</b></span>'


def _curves(line: Line, top: float) -> str:
    england = _curve([point.england for point in line.points], top, 'stroke-width="1.6" stroke-dasharray="4 3"')
    own = _curve([point.own for point in line.points], top, 'stroke-width="2.6"')
    return "".join(
        f'<i class="{name}" style="mask-image:url(&quot;{drawn}&quot;)"></i>'
        for name, drawn in (("england", england), ("own", own))
        if drawn
    )


def _curve(values: Sequence[float], top: float, stroke: str) -> str:
    """A line with a point at its end as the address of an image; empty where it would have no two points."""
    step = (WIDE - 8) / (len(values) - 1)
    at = [
        (4 + step * place, HIGH - 4 - (HIGH - 8) * value / top)
        for place, value in enumerate(values)
        if not isnan(value)
    ]
    if len(at) < 2:
        return ""
    x, y = at[-1]
    along = " ".join(f"{x:.1f},{y:.1f}" for x, y in at)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}" height="{HIGH}"><polyline fill="none" stroke="#000"'
        f' {stroke} points="{along}"/><circle cx="{x:.1f}" cy="{y:.1f}" r="3.5"/></svg>'
    )
    return f"data:image/svg+xml,{quote(svg)}"


def _bars(point: Point, top: float) -> str:
    return "".join(
        f'<i class="bar-of {name}" style="width:{max(100 * value / top, 1):.0f}%"></i>'
        for name, value in (("own", point.own), ("england", point.england))
        if not isnan(value)
    )


def _when(line: Line) -> str:
    """`2015 to 2024`; of Januaries the month once."""
    first, last = line.points[0].period, line.points[-1].period
    return last if first == last else f"{first.removeprefix('January ')} to {last.removeprefix('January ')}"


def _in_words(line: Line, mode: Mode) -> str:
    """What a small line shows, for who can not see it."""
    first, last = line.points[0], line.points[-1]

    def ends(one: float, other: float) -> str:
        return written(other, 1) if first is last else f"{written(one, 1)} to {written(other, 1)}"

    england = f"; England {ends(first.england, last.england)}" if not isnan(first.england + last.england) else ""
    return f"{line.what.in_mode(mode)}, {_when(line)}: {ends(first.own, last.own)}{england}".replace(".0 ", " ")


def key(answers: Sequence[Answer]) -> str:
    """Which of two lines or bars is whose; empty where no card draws England's."""
    lines = [answer.glance.line for answer in answers if answer.glance and answer.glance.line and not answer.beside]
    if not any(not isnan(point.england) for line in lines for point in line.points):
        return ""
    both = '<span class="own">this area</span> <span class="england">England</span>'
    return f'<p class="spark-key">{both} Each begins at nought.</p>'


def say_more(portrait: Portrait, mode: Mode, *, answered: bool) -> None:
    """What is newest and what is missing; on a shared screen in a line. `answered`: all questions have this area."""
    newest = portrait.newest.in_mode(mode)
    if mode == "show":
        st.html(f'<p class="source">{escape(newest)}.</p>')
        return
    st.header("Newest and missing")
    lines = [newest, *_missing(portrait.missing, mode, answered=answered)]
    st.html(f"<ul>{''.join(f'<li>{as_html(line, mode)}.</li>' for line in lines if line)}</ul>")


def _missing(missing: Sequence[Text], mode: Mode, *, answered: bool) -> list[str]:
    if not missing:
        return ["Nothing is missing among the large numbers of these pages"] if answered else []
    more = len(missing) - MOST_MISSING
    rest = [f"And {more} more, which their pages name"] if more > 0 else []
    return [f"No figure for {text.in_mode(mode)}" for text in missing[:MOST_MISSING]] + rest
