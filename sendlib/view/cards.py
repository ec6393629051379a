"""Large numbers and tiles, as HTML."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from html import escape

import streamlit as st

from sendlib.answer import Answer, Card, Figure, Mode
from sendlib.answer.beside import of_the_same, pairs
from sendlib.answer.numbers import capital, said
from sendlib.answer.standing import Standing
from sendlib.answer.text import said_in
from sendlib.view import small_figures, theme

_LONG = 7
"""Letters above which a number is written smaller."""
_MOST_IN_A_HALF = 120
"""Letters over and under a number for which half of a card has room on a shared screen."""


def draw_figures(answer: Answer, mode: Mode) -> None:
    """Up to four large numbers, each with its comparison in words; on a shared screen below one another, and four set
    closer. With an area beside, both numbers under both names, which a shared screen has room for once."""
    # One whose label says nothing in a mode is left out of it.
    drawn = [(figure, other) for figure, other in pairs(answer) if figure.label.in_mode(mode)]
    heads = ""
    if answer.beside and mode == "show" and any(other for _, other in drawn):
        # On a wall two numbers in one card are compared, so that they must be of one thing.
        same = [(figure, other) for figure, other in drawn if other and of_the_same(figure, other)]
        drawn = [*same] or drawn
        halves = f"{_head(answer, 'own')}{_head(answer.beside, 'beside')}"
        heads = f'<div class="halves heads" aria-hidden="true">{halves}</div>'
    cards = heads + "".join(_card(figure, mode, other, answer) for figure, other in drawn)
    form = (" stacked" if mode == "show" else "") + (
        " four" if len(drawn) > 3 and not (answer.beside and mode == "show") else ""
    )
    st.html(f'<div class="figures{form}{" two" if answer.beside else ""}">{cards}</div>')


def _head(answer: Answer, kind: str) -> str:
    """The name over the numbers of one of two areas."""
    return f'<div class="half {kind}"><p class="whose">{escape(answer.area.short_name)}</p></div>'


def _card(figure: Figure, mode: Mode, other: Figure | None, answer: Answer) -> str:
    label = figure.label.in_mode(mode)
    if other is None or answer.beside is None:
        return f'<div class="figure"><p class="label">{escape(label)}</p>{_number(figure, mode)}</div>'
    four = sum(bool(each.label.in_mode(mode)) for each in answer.figures) > 3
    without = _leaving_out(figure, other, four=four) if mode == "show" else set()
    halves = "".join(
        f'<div class="half {kind}"><p class="whose">{escape(one.area.short_name)}</p>'
        + (f'<p class="label">{escape(each.label.in_mode(mode))}</p>' if figure.label != other.label else "")
        + f"{_number(each, mode, without)}</div>"
        for kind, one, each in (("own", answer, figure), ("beside", answer.beside, other))
    )
    over = f'<p class="label">{escape(label)}</p>' if figure.label == other.label else ""
    return f'<div class="figure">{over}<div class="halves">{halves}</div></div>'


def _leaving_out(figure: Figure, other: Figure, *, four: bool) -> set[str]:
    """What a shared screen has no room for under two numbers: why there is none; with `four` cards, or where the words
    over them are not the same for both, any detail; and, where those are four or long, the comparison."""
    if figure.label == other.label:
        return {"reason", "detail"} if four else {"reason"}
    words = max(len(f"{one.label.in_mode('show')}{_beside(one, 'show')}") for one in (figure, other))
    return {"reason", "detail", "comparison"} if four or words > _MOST_IN_A_HALF else {"reason", "detail"}


def _number(figure: Figure, mode: Mode, without: Collection[str] = ()) -> str:
    """The number with what is said under it, less what there is no room for (_leaving_out)."""
    text = figure.text_in(mode)
    size = "none" if figure.value is None else "number long" if len(text) > _LONG else "number"
    size += "" if any(sign.isdigit() for sign in text) else " words"
    lines = [] if "comparison" in without else _beside(figure, mode).split("\n")
    said = "".join(f"<p>{escape(line)}</p>" for line in lines)
    dropped = "detail" in without or ("reason" in without and bool(figure.instead))
    detail = "" if dropped else figure.detail.in_mode(mode)
    place = _standing(figure.standing) if figure.standing and mode == "explore" else ""
    small = small_figures.of_figure(figure) if mode == "families" else ""
    said += f"<p>{escape(detail)}</p>" if detail else ""
    return f'<p class="{size}">{_with_unit(figure, text)}</p>{small}{said}{place}'


def _with_unit(figure: Figure, text: str) -> str:
    """A number with its unit, which a style can write smaller."""
    number, unit = text.removesuffix(figure.unit).rstrip(), figure.unit
    if not unit or unit == "%" or number == text:
        return escape(text)
    return f'{escape(number)} <span class="unit">{escape(unit)}</span>'


def _standing(standing: Standing) -> str:
    """The place among all authorities, over a strip with a dot for each of them."""
    every = [*standing.others, standing.own]
    low, high = min(every), max(every)
    across = [_STRIP * (value - low) / ((high - low) or 1) + 6 for value in every]
    dots = "".join(f'<circle cx="{x:.1f}" cy="9" r="3" fill="#6f777b" fill-opacity=".35"/>' for x in across[:-1])
    own = f'<circle cx="{across[-1]:.1f}" cy="9" r="6" fill="#12436D" stroke="#ffffff" stroke-width="1.5"/>'
    wide = _STRIP + 12
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="18" viewBox="0 0 {wide} 18">{dots}{own}</svg>'
    )
    alt = f"{standing.words}; lowest to highest from left to right"
    drawn = theme.image(svg, f'width="{wide}" height="18" alt="{escape(alt)}"')
    return f'<p class="standing">{escape(standing.words)}<br>{drawn}</p>'


_STRIP = 190
"""Pixels between the lowest and the highest figure of a strip."""


def _beside(figure: Figure, mode: Mode) -> str:
    """`Lower: neighbours 5.4%, England 5.3%`."""
    said = figure.comparison.in_mode(mode)
    return f"{figure.direction.capitalize()}: {said}" if figure.direction else said


def in_full(figure: Figure) -> str:
    """A number with all that stands under it in Explore, as a line; nothing where a shared screen has all of it."""
    under = (figure.comparison, figure.detail)
    if figure.label.in_mode("show") and all(text.in_mode("show") == text.explore for text in under):
        return ""
    # The number as the room may see it: one to four children are no share there, on request neither.
    parts = (
        f"{figure.label.explore}: {figure.text_in('show')}",
        capital(_beside(figure, "explore")),
        figure.detail.explore,
    )
    return " ".join(f"{part.rstrip('.')}." for part in said(parts))


def draw_verdicts(answer: Answer, mode: Mode) -> None:
    """What the tests say in plain words, each with its rule behind one click."""
    if cards := verdicts_as_html(answer, mode):
        st.html(cards)


def verdicts_as_html(answer: Answer, mode: Mode) -> str:
    """The same as HTML, of two areas for both; empty where there are none."""
    cards = "".join(_verdicts(one, mode, named=bool(answer.beside)) for one in (answer, answer.beside) if one)
    return f'<div class="verdicts">{cards}</div>' if cards else ""


def _verdicts(answer: Answer, mode: Mode, *, named: bool) -> str:
    told = [(words, each.rule.in_mode(mode)) for each in answer.verdicts if (words := each.words.in_mode(mode))]
    if not told:
        return ""
    lines = "".join(
        f'<li>{escape(words)}<details><summary aria-label="Rule: {escape(words)}">Rule</summary>'
        f"<p>{escape(rule)}</p></details></li>"
        for words, rule in told
    )
    head = f"Is that unusual? {answer.area.short_name}" if named else "Is that unusual?"
    return f'<div class="figure"><p class="label"><strong>{escape(head)}</strong></p><ul>{lines}</ul></div>'


def draw_cards(answer: Answer, mode: Mode) -> None:
    """Cards with their links, of two areas for both."""
    if cards := cards_as_html(answer, mode):
        st.html(f'<section class="cards" aria-label="Cards">{cards}</section>')


def cards_as_html(answer: Answer, mode: Mode) -> str:
    """The same as HTML, empty where there are none; a card that is about no area stands once."""
    held = {
        card: f"{one.area.short_name}: " if card.of_area and answer.beside and mode == "families" else ""
        for one in (answer, answer.beside)
        if one
        for card in one.cards
    }
    return "".join(_linked(card, mode, held[card]) for card in sorted(held, key=lambda card: not card.of_area))


def _linked(card: Card, mode: Mode, whose: str) -> str:
    """A card; `whose` stands before its heading, which families read without a name."""
    lines = "".join(f"<p>{escape(words)}</p>" for words in said_in(mode, card.lines))
    links = "".join(
        f'<li><a href="{escape(one.address)}" target="_blank" rel="noopener"'
        f' title="{escape(one.gives.in_mode(mode))}">{escape(one.words)}</a></li>'
        for one in card.links
    )
    head, held = escape(f"{whose}{card.heading.in_mode(mode)}"), f"{lines}<ul>{links}</ul>"
    if mode == "families":  # behind its heading on a phone (styles/families.css)
        held = f'<details class="fold"><summary><h3>{head}</h3></summary>{held}</details>'
    else:
        held = f'<p class="label"><strong>{head}</strong></p>{held}'
    return f'<div class="figure card {card.state}">{held}</div>'


def draw_tiles(shown: Sequence[tuple[str, str, str, str]], own: str) -> None:
    """Tiles of (name, number or nothing, sentence, the reader's own words or nothing); `own` stands before the last."""
    cards = [
        f'<div class="figure"><p class="label"><strong>{escape(name)}</strong></p>'
        + (f'<p class="number">{escape(number)}</p>' if number else "")
        + f"<p>{escape(sentence)}</p>"
        + (f"<p><strong>{escape(own)}</strong> {escape(added)}</p>" if added else "")
        + "</div>"
        for name, number, sentence, added in shown
    ]
    st.html(f'<div class="figures">{"".join(cards)}</div>')
