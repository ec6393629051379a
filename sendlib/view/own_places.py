"""A reader's own places on the map: a file, checked by line, in the memory of the session until it is taken out."""

from __future__ import annotations

from html import escape

import streamlit as st

from sendlib.answer.numbers import count_of
from sendlib.own_figures import people
from sendlib.questions.places import own_points
from sendlib.questions.places.own_points import Point
from sendlib.view import address, embedded, panels

PANEL = "own_places"
POINTS = "own_points"
"""Where the session keeps the places, for the map."""
_SAID, _TURN = "own_points_said", "own_points_turn"
"""What was said of the file that was brought, and how many were: each is asked for by a control of its own, so that
there is one way to take places out and not a second one within the control."""
_MOST_SAID = 20
_STYLE = """<style>
.own-places { max-height: 24rem; overflow: auto; }
.own-places table { border-collapse: collapse; width: 100%; }
.own-places :is(th, td) { border: 1px solid var(--line); padding: .3rem .6rem; text-align: left; }
.own-places td { overflow-wrap: break-word; }
.own-places td:last-child { text-align: right; }
.own-said { background: var(--card); border-left: 6px solid var(--beside); padding: .6rem;
overflow-wrap: anywhere; }
.own-said ul { margin: .3rem 0 0; padding-left: 1.2rem; }
</style>"""
EXAMPLE = "name,lat,lon,type,places\nThe Cabin,50.37,-4.14,short breaks,6"


def held() -> list[Point]:
    """The reader's places in this session."""
    points: list[Point] = st.session_state.get(POINTS, [])
    return points


def draw() -> None:
    """The part of the page: how to bring a file, and what is on the map with the button that takes it out."""
    opened = panels.panel(PANEL, "**Your own places**")
    if opened is None:
        return
    with opened:
        st.markdown(
            "Put your own places on the map, such as short breaks or respite: a CSV file, as Excel saves it, or a"
            " workbook (.xlsx). The first line names the columns; type and places can be left out."
        )
        st.code(EXAMPLE, language=None)
        st.markdown(
            "The file goes to the computer that runs this app and stays in its memory for this visit only, whichever"
            " page or area you turn to; a reload or closing the page loses it. Nothing writes it down or sends it on."
        )
        if st.context.is_embedded:
            embedded.draw_way_out({address.OPEN: PANEL})
        else:
            _draw_upload()
        _draw_held()


def _draw_upload() -> None:
    key = f"own_points_file_{st.session_state.setdefault(_TURN, 0)}"
    st.file_uploader(
        "A file of your places; another one takes its place",
        type=["csv", "txt", "tsv", "xlsx"],
        max_upload_size=1,
        key=key,
        on_change=_take,
        args=(key,),
    )


def _take(key: str) -> None:
    """Read what was brought, before the page is drawn again."""
    upload = st.session_state[key]
    if upload is None:
        return
    content = upload.getvalue()
    refused = people.refusal(content)
    points, messages = ([], [refused]) if refused else own_points.read(content)
    st.session_state[_TURN] += 1
    st.session_state.update({POINTS: points, _SAID: messages})


def _draw_held() -> None:
    """The places with the button that takes them out, and what was wrong with the file."""
    if _SAID not in st.session_state:
        return
    points, messages = held(), st.session_state[_SAID]
    read = f"{count_of(len(points), 'place', 'places')} read. The map shows them; hexagons do not."
    st.markdown(f"**{read if points else 'No place of the file was read.'}**")
    if messages:
        _draw_said(messages)
    if points:
        _draw_table(points)
    st.button("Take these places out" if points else "Forget this file", key="take_places_out", on_click=_take_out)


def _draw_said(messages: list[str]) -> None:
    """What was said of the file, as plain text: a cell of it is not to be read as Markdown."""
    lines = [*messages[:_MOST_SAID]]
    if len(messages) > _MOST_SAID:
        lines.append(f"And {count_of(len(messages) - _MOST_SAID, 'more line', 'more lines')} could not be read.")
    listed = "".join(f"<li>{escape(line)}</li>" for line in lines)
    st.html(f'{_STYLE}<div class="own-said" role="status">About the file:<ul>{listed}</ul></div>')


def _draw_table(points: list[Point]) -> None:
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Name", "Type", "Places"))
    rows = "".join(
        f"<tr><td>{escape(one.name)}</td><td>{escape(one.kind)}</td><td>{one.places_in_words}</td></tr>"
        for one in points
    )
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    st.html(f'{_STYLE}<div class="own-places" tabindex="0" role="region" aria-label="Your own places">{table}</div>')


def _take_out() -> None:
    """Forget the places, and the file they came in."""
    for name in (POINTS, _SAID):
        st.session_state.pop(name, None)
