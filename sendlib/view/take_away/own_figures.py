"""Our own figures: a template to fill in, and what was read out of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape

import pandas as pd
import streamlit as st

from sendlib import service
from sendlib.answer.numbers import count_of, listed
from sendlib.areas import Area
from sendlib.compared.comparators import DEFAULT
from sendlib.exports import own_figures as files
from sendlib.exports.formats import FORMATS
from sendlib.own_figures.layout import LARGEST
from sendlib.own_figures.model import OwnFigure, OwnFileRefused
from sendlib.view import controls, embedded, frame, own_figures, tables
from sendlib.view.frame import Shell
from sendlib.view.own_figures import UNCHECKED, held

__all__ = ["draw", "held"]
_SAID, _TURN = "own_figures_said", "own_figures_turn"
"""What was said of the file that was brought last, and how many were: each is asked for by a control of its own, so
that there is one way to take figures out and not a second one within the control."""
_HEADING = "Our own figures"
_STAY = (
    "The file goes to the computer that runs this app. It stays in its memory for this visit only: a reload or closing"
    " the page loses it. Nothing writes it down or sends it on, and no other visitor sees it."
)
_PLAIN = {
    "first": "Here you see numbers that your group brought itself, such as from a survey or a local team.",
    "add": "To add numbers or take them out, choose Explore at the top.",
    "stay": "They stay here for this visit only. If you reload the page, they are gone.",
}


def draw(shell: Shell) -> None:
    """The part on the page."""
    mode, area = shell.view.mode, shell.view.area
    if area is None:
        (st.title if mode == "show" else st.header)(_HEADING)
        st.markdown("**Choose an area above to begin**, or look at one of these:")
        frame.examples()
    elif mode == "show":
        _draw_show(area)
    elif mode == "families":
        _draw_families(area)
    else:
        _draw_explore(area, shell.view.versus)


def _draw_show(area: Area) -> None:
    """For a shared screen: the newest figures as tiles, and no controls."""
    st.title(f"{_HEADING}: {area.name}")
    figures = own_figures.newest(held(area.code))
    if not figures:
        st.markdown("There are none yet. Choose Explore to bring a file of figures.")
        return
    own_figures.draw_tiles(figures[: own_figures.MOST_ON_A_WALL], "show")
    more = len(figures) - own_figures.MOST_ON_A_WALL
    rest = f" Explore has {count_of(more, 'more', 'more')}." if more > 0 else ""
    st.html(f'<p class="source">{escape(UNCHECKED + rest)}</p>')


def _draw_families(area: Area) -> None:
    """In plain words, without the controls of a file."""
    st.header(f"{_HEADING}: {area.name}")
    st.markdown(f"{_PLAIN['first']} {_PLAIN['stay']}")
    if figures := held(area.code):
        own_figures.draw_tiles(own_figures.newest(figures), "families")
        st.markdown("Nobody else has checked these numbers.")
    else:
        st.markdown("There are none yet.")
    st.markdown(_PLAIN["add"])


def _draw_explore(area: Area, versus: str) -> None:
    st.header(f"{_HEADING}: {area.name}")
    st.markdown(
        "Bring figures that no publisher has, such as those of your services or of a survey, and read them here, on My"
        " area and on the board. The template has a row for each indicator that the Council for Disabled Children's"
        " slides of 2018 name for a local picture, and you can add rows of your own."
    )
    _draw_template()
    st.markdown(_STAY)
    if st.context.is_embedded:
        embedded.draw_way_out()
    else:
        _draw_upload(area)
    _draw_said()
    if figures := held(area.code):
        _draw_figures(area, versus, figures)


def _draw_template() -> None:
    with st.container(horizontal=True, key="own_figures_template"):
        for name, label, made in (
            ("xlsx", "Template (Excel)", files.template_xlsx),
            ("csv", "Template (CSV)", files.template_csv),
        ):
            st.download_button(
                label,
                made,
                f"our-own-figures-template.{name}",
                _KIND[name],
                key=f"own_template_{name}",
                on_click="ignore",
            )


_KIND = {"xlsx": FORMATS["xlsx"].kind, "csv": "text/csv"}


def _draw_upload(area: Area) -> None:
    key = f"own_figures_file_{st.session_state.setdefault(_TURN, 0)}"
    st.file_uploader(
        f"A filled-in template (.xlsx or .csv, up to {LARGEST // 1_000_000} MB). Figures only: never names, dates of"
        " birth, NHS or pupil numbers",
        type=["xlsx", "csv", "txt", "tsv"],
        max_upload_size=LARGEST // 1_000_000,
        key=key,
        on_change=_take,
        args=(key, area.code),
    )


def _take(key: str, area_code: str) -> None:
    """Read what was brought, before the page is drawn again."""
    upload = st.session_state[key]
    if upload is None:
        return
    st.session_state[_TURN] += 1
    try:
        read = service.own_figures(upload.getvalue(), area_code)
    except OwnFileRefused as error:
        kept = ["The figures that you had before are still here."] if held(area_code) else []
        st.session_state[_SAID] = (error.reason, [*error.told(), *kept])
        return
    own_figures.keep(read.figures)
    areas = list(dict.fromkeys(figure.area for figure in read.figures))
    named = listed(areas) if len(areas) <= 5 else count_of(len(areas), "area", "areas")
    count = count_of(len(read.figures), "figure was", "figures were")
    st.session_state[_SAID] = (f"{count} read, of {named}.", list(read.told))


def _draw_said() -> None:
    """What was said of the file, as plain text: a cell of it is not to be read as Markdown."""
    if _SAID not in st.session_state:
        return
    first, lines = st.session_state[_SAID]
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    more = f"<ul>{items}</ul>" if items else ""
    st.html(f'<div class="own-file" role="status"><strong>{escape(first)}</strong>{more}</div>')


def _draw_figures(area: Area, versus: str, figures: Sequence[OwnFigure]) -> None:
    """The figures beside published ones, the table of them, their files, and the button that takes them out."""
    all_numbers = any(one.small for one in figures) and st.checkbox(
        "Write numbers of 1 to 4 as they are: they could point to a child", key=f"own_figures_all_{area.code}"
    )
    with st.spinner("Looking for published figures of the same subjects"):
        published = service.beside_own(area.code, DEFAULT if versus == controls.PICKED else versus, figures)
    own_figures.draw_tiles(own_figures.newest(figures), "explore", all_numbers=all_numbers, published=published)
    st.markdown(UNCHECKED)
    _draw_table(figures, area, all_numbers=all_numbers)
    with st.container(horizontal=True, key="own_figures_files"):
        for name, label, made in (("xlsx", "Download Excel", files.as_xlsx), ("csv", "Download CSV", files.as_csv)):
            st.download_button(
                label,
                partial(made, figures, all_numbers=all_numbers),
                f"our-own-figures-{area.code.replace(',', '-').replace(':', '-')}.{name}",
                _KIND[name],
                key=f"own_figures_{name}",
                on_click="ignore",
            )
        st.button("Take them out", key="take_own_figures_out", on_click=_take_out, args=(area.code,))
    st.markdown("Such a file can be brought again in another visit. What it hides stays hidden then.")


def _draw_table(figures: Sequence[OwnFigure], area: Area, *, all_numbers: bool) -> None:
    shown = pd.DataFrame(
        [
            {
                "What": one.named,
                "When": one.period,
                "Figure": one.text(all_numbers=all_numbers),
                "Out of": one.of_how_many(all_numbers=all_numbers) or "–",
                "Where it comes from": one.comes_from or "Not given",
                "Note": one.note or "–",
            }
            for one in figures
        ]
    )
    values = shown.set_axis(["what", "when", "figure", "out_of", "from", "note"], axis=1)
    # A hidden number must not be read off the order of the rows.
    values["figure"] = [
        float("nan") if one.value is None or (one.small and not all_numbers) else one.value for one in figures
    ]
    tables.draw("own_figures", shown, values, f"{_HEADING}, {area.name}")


def _take_out(area_code: str) -> None:
    """Forget the figures of an area, and what was said of the file they came in."""
    own_figures.take_out(area_code)
    st.session_state.pop(_SAID, None)
