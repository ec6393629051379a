"""Pictures on a page: the one way in which any of them is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from html import escape
from itertools import groupby
from typing import Literal

import streamlit as st

from sendlib.answer import Mode
from sendlib.exports import picture as files
from sendlib.pictures import pinned
from sendlib.pictures.picture import Entry, Picture
from sendlib.pictures.places_map import MapPicture
from sendlib.view import bar, maps, picker, pins, theme

NAMING: tuple[Mode, ...] = ("explore", "show")
"""The modes in which a reader can choose whom a picture names."""

_SAVED = {"png": "Save this picture (PNG)", "svg": "Save as SVG"}
MOST_ACROSS = 4
"""Pictures side by side; more stand in further rows."""


def draw(pictures: Sequence[Picture], mode: Mode) -> None:
    """Pictures below one another; those that stand across, side by side."""
    for across, together in groupby(pictures, key=lambda picture: picture.across):
        row = list(together)
        if not across:
            for picture in row:
                _one(picture, mode)
                _offer([picture], mode)
            continue
        # One key for pictures that share it, so that each keeps the height of its column.
        shared = row[0].legend if len(row) > 1 and all(picture.legend == row[0].legend for picture in row) else ()
        if shared:
            st.html(legend(shared))
        for first in range(0, len(row), MOST_ACROSS):
            part = row[first : first + MOST_ACROSS]
            # As many columns in the last row as in those over it, so that all pictures are of one size; those of
            # several rows end at one height, however many lines their headings have.
            end: Literal["top", "bottom"] = "bottom" if len(row) > MOST_ACROSS else "top"
            columns = st.columns(min(len(row), MOST_ACROSS), vertical_alignment=end)
            for column, picture in zip(columns, part, strict=False):
                with column:
                    _one(replace(picture, legend=()) if shared else picture, mode)
        _offer(row, mode)


def _offer(row: Sequence[Picture], mode: Mode) -> None:
    """What a page has below a picture to save it; on a shared screen that stands with what changes the view."""
    if mode != "show":
        save(row, mode)


def save(pictures: Sequence[Picture], mode: Mode) -> None:
    """Buttons that save what is drawn of some pictures, those side by side as one drawing; families have one kind of
    file alone. A file is made when it is asked for."""
    for row in files.rows_of(pictures):
        name, link = files.stem_of(row), bar.here()
        labels = {"png": "Save this picture"} if mode == "families" else _SAVED
        with st.container(horizontal=True, key=f"save_{_key(row[0])}"):
            for kind, label in labels.items():
                st.download_button(
                    label,
                    partial(files.FORMATS[kind].make, row, link),
                    file_name=f"{name}{files.FORMATS[kind].ending}",
                    mime=files.FORMATS[kind].kind,
                    key=f"save_{kind}_{_key(row[0])}",
                    type="tertiary",
                    icon=":material/download:",
                    on_click="ignore",
                )


def _one(picture: Picture, mode: Mode) -> None:
    """Heading, key, picture and the sentences that belong to it; or why there is nothing to draw."""
    heading = f'<p class="group">{escape(picture.heading)}</p>' if picture.heading else ""
    # The key of a map on a shared screen is within it.
    if (heading or picture.legend) and not (isinstance(picture, MapPicture) and mode == "show"):
        st.html(heading + legend(picture.legend))
    if picture.nothing:
        st.info(picture.nothing)
    elif isinstance(picture, MapPicture):
        maps.draw(picture, mode, _key(picture), partial(_take_click, _key(picture)))
    else:
        _chart(picture, mode)
    say([*picture.below, *([picture.to_do] if picture.to_do else [])], mode)


def _chart(picture: Picture, mode: Mode) -> None:
    """A picture in Vega-Lite; where there is a control for whom it names, a click on a mark does the same."""
    alt, key, spec = picture.alt.in_mode(mode), _key(picture), theme.on_page(picture.spec)
    params = pinned.of_clicks(spec)
    # On a shared screen it takes all the height that there is (styles/pictures.css).
    height: Literal["stretch", "content"] = "stretch" if mode == "show" else "content"
    if mode not in NAMING or not params:
        st.vega_lite_chart(picture.data, spec, theme=None, alt=alt, key=key, height=height)
        return
    own = pins.key_of(key)
    st.vega_lite_chart(
        picture.data,
        spec,
        theme=None,
        alt=alt,
        key=own,
        height=height,
        on_select=partial(pins.take_click, key, own),
        selection_mode=params,
    )


def draw_naming(pictures: Sequence[Picture], mode: Mode) -> None:
    """The control for whom some pictures name, where they draw single areas."""
    who = {code: name for picture in pictures for code, name in picture.who.items()}
    if who and mode in NAMING:
        pins.draw(who, pictures[0].key)


def _key(picture: Picture) -> str:
    return f"picture_{picture.key}"


def _take_click(key: str) -> None:
    """A click on an authority selects it."""
    if code := st.session_state[key].area:
        picker.choose_area(code)


def legend(entries: Sequence[Entry]) -> str:
    """The key above a picture as HTML that wraps on a narrow screen; the words say what the drawings do."""
    if not entries:
        return ""
    named = {True: ' class="named"', False: ""}
    items = "".join(
        f"<li{named[entry.named]}>{_symbol(entry)}<span>{escape(entry.words)}</span></li>" for entry in entries
    )
    return f'<ul class="key">{items}</ul>'


def _symbol(entry: Entry) -> str:
    """The drawing of an entry of a key."""
    return theme.image(entry.svg, f'width="{entry.width}" height="18" alt=""')


def say(texts: Sequence[str], mode: Mode) -> None:
    """Sentences beside a picture, a paragraph each; on a shared screen, where height is dear, one for all of them."""
    if mode != "show":
        for words in texts:
            st.markdown(words)
    elif texts:
        # Not as Markdown: Streamlit draws that closer to what follows than its lines are high.
        st.html(f'<p class="beside">{escape(" ".join(texts))}</p>')
