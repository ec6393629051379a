"""The map on a page: a component that draws in SVG what a picture of a map says (static/map/).

It is no deck of pydeck: that draws with WebGL, which a council's virtual desktops have not, fits to no size, holds the
wheel and one finger fast, and has nothing that a keyboard or a screen reader could reach.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import cache

from sendlib.answer import Mode
from sendlib.pictures.picture import Entry, Spec
from sendlib.pictures.places_map import MapPicture
from sendlib.view import modules, style, theme


@cache
def _versioned(address: str) -> str:
    """The address of a file of static/ with what tells it from the same file of another release."""
    content = (modules.STATIC / address.rpartition("/")[2]).read_bytes()
    return f"{address}?{hashlib.sha256(content).hexdigest()[:8]}"


def _hold(name: str, content: Spec, key: str) -> str:
    """Give the browser what takes the place of a file, and the name by which the map finds it.

    It is a component of its own, since Streamlit sends what is as it was only once, however often the page runs.
    """
    known = f"held:{name}?{hashlib.sha256(json.dumps(content).encode()).hexdigest()[:8]}"
    modules.component("map", isolated=True)(data={"name": known, "content": content}, key=f"{key}_{name}")
    return known


def draw(picture: MapPicture, mode: Mode, key: str, chosen: Callable[[], None]) -> None:
    """Draw a map; on a shared screen its key is within it. `chosen` is called when a reader clicks on an authority,
    whose code is then the `area` of the component's state."""
    files = {
        name: _hold(name, picture.held[name], key) if name in picture.held else _versioned(address)
        for name, address in picture.drawing["files"].items()
    }
    within = (
        {"heading": picture.heading, "entries": [_entry(one) for one in picture.legend]} if mode == "show" else None
    )
    data = {
        **theme.on_page(picture.drawing),
        "files": files,
        "key": within,
        "alt": picture.alt.in_mode(mode),
        "onPaper": style.on_paper(".map") if theme.is_dark() else "",
    }
    modules.component("map", isolated=True)(data=data, key=key, on_area_change=chosen)


def _entry(entry: Entry) -> dict[str, object]:
    shown, paper = theme.address(theme.on_page(entry.svg)), theme.address(entry.svg)
    return {"image": shown, "paper": paper, "width": entry.width, "words": entry.words}
