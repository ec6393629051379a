"""The map of Places to take away: one file, made when a reader asks for it."""

from __future__ import annotations

import streamlit as st

from sendlib import service
from sendlib.answer import Answer
from sendlib.answer.numbers import count_of
from sendlib.view import own_places, panels


def draw(answer: Answer) -> None:
    """The part of the page with the download."""
    opened = panels.panel("map_file", "**The map as a file**")
    if opened is None:
        return
    points = own_places.held()
    own = f" {count_of(len(points), 'place', 'places')} of your own will be in it." if points else ""
    with opened:
        st.markdown(
            "One file of about 5 MB that opens in a browser without a network: authorities in the shades chosen above,"
            " special schools, each one's figures under the pointer, and the authorities' figures as a table. A browser"
            f" that draws no WebGL shows the table alone.{own}"
        )
        st.download_button(
            "The map as a file that opens by itself (HTML)",
            lambda: service.map_file(answer, points),
            file_name=f"map-{answer.area.code}.html".replace(",", "-"),
            mime="text/html",
            key="download_map_file",
            on_click="ignore",
        )
