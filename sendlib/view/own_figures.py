"""The reader's own figures in this session: where they are kept, and how they are shown beside published ones.

They are in the memory of the session alone: in no address, no cache and nothing that another session could see.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from html import escape

import streamlit as st

from sendlib.answer import Mode
from sendlib.answer.numbers import count_of
from sendlib.own_figures.beside import Beside
from sendlib.own_figures.model import OwnFigure

_FIGURES = "own_figures"
"""Where the session keeps the figures, by area."""
UNCHECKED = "Our own figures: nobody else has checked them."
MOST_ON_A_WALL, MOST_ON_MY_AREA = 6, 4


def held(area_code: str) -> tuple[OwnFigure, ...]:
    """The reader's figures of an area in this session."""
    figures: dict[str, tuple[OwnFigure, ...]] = st.session_state.get(_FIGURES, {})
    return figures.get(area_code, ())


def keep(figures: Sequence[OwnFigure]) -> None:
    """Keep the figures of a file; they take the place of those that its areas had."""
    by_area: dict[str, tuple[OwnFigure, ...]] = {}
    for figure in figures:
        by_area[figure.area_code] = (*by_area.get(figure.area_code, ()), figure)
    st.session_state[_FIGURES] = {**st.session_state.get(_FIGURES, {}), **by_area}


def take_out(area_code: str) -> None:
    """Forget the figures of an area."""
    st.session_state.get(_FIGURES, {}).pop(area_code, None)


def newest(figures: Sequence[OwnFigure]) -> list[OwnFigure]:
    """Of each indicator the figure that stands last in the file, in the order in which they first stand there."""
    return list({figure.named: figure for figure in figures}.values())


def draw_tiles(
    figures: Sequence[OwnFigure],
    mode: Mode,
    *,
    all_numbers: bool = False,
    published: Mapping[str, Beside] | None = None,
) -> None:
    """A tile a figure: what it tells, the number, when and from where, and the published figure of the same subject."""
    cards = "".join(_tile(one, mode, all_numbers, (published or {}).get(one.indicator)) for one in figures)
    st.html(f'<div class="figures own-figures">{cards}</div>')


def _tile(figure: OwnFigure, mode: Mode, all_numbers: bool, published: Beside | None) -> str:
    text = figure.text(all_numbers=all_numbers)
    of_many = figure.of_how_many(all_numbers=all_numbers)
    under = [f"{figure.period}{f', out of {of_many}' if of_many else ''}."]
    if mode != "show":
        under.append(f"From: {figure.comes_from}." if figure.comes_from else "No source is given.")
        under += [figure.note] if figure.note else []
    size = "number" if any(sign.isdigit() for sign in text) else "none"
    beside = _published(published, mode) if published else ""
    lines = "".join(f"<p>{escape(line)}</p>" for line in under)
    return (
        f'<div class="figure"><p class="label"><strong>{escape(figure.named)}</strong></p>'
        f'<p class="{size}">{_with_unit(figure, text)}</p>{lines}{beside}</div>'
    )


def _with_unit(figure: OwnFigure, text: str) -> str:
    """A number with its unit, which is written smaller."""
    number = text.removesuffix(figure.unit).rstrip()
    if figure.unit in ("", "%") or number == text:
        return escape(text)
    return f'{escape(number)} <span class="unit">{escape(figure.unit)}</span>'


def _published(beside: Beside, mode: Mode) -> str:
    """The published figure, with what to know before it is read beside the group's own."""
    first = f"Published for {beside.period}: {beside.own}"
    others = "".join(f"; {_in_a_line(whose)} {text}" for whose, text in beside.others)
    if mode == "show":
        return f"<p><strong>{escape(first)}</strong></p>"
    note = f" {beside.note} The two may be counted in different ways."
    return f"<p><strong>{escape(first)}</strong>{escape(f'{others}. {beside.measure}.{note}')}</p>"


def _in_a_line(whose: str) -> str:
    return whose if whose == "England" else f"{whose[0].lower()}{whose[1:]}"


def on_my_area(area_code: str) -> Callable[[Mode], None]:
    """What draws the reader's own figures of an area under those of My area, in a mode."""
    return partial(_draw_on_my_area, area_code)


def _draw_on_my_area(area_code: str, mode: Mode) -> None:
    """The newest of the reader's own figures under those of My area; nothing where there are none."""
    figures = newest(held(area_code))
    if not figures:
        return
    if mode == "show":
        listed = "; ".join(f"{one.named}: {one.text(all_numbers=False)} ({one.period})" for one in figures[:2])
        st.html(f'<p class="own-small"><strong>Our own, checked by nobody else:</strong> {escape(listed)}.</p>')
        return
    st.subheader("Our own figures")
    draw_tiles(figures[:MOST_ON_MY_AREA], mode)
    more = len(figures) - MOST_ON_MY_AREA
    rest = f" {count_of(more, 'more is', 'more are')} on Take away." if more > 0 else ""
    st.markdown(f"{UNCHECKED} They stay in memory for this visit only.{rest}")
