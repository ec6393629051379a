"""The bar that stays over every page; on a shared screen it holds what presenting needs (static/bar/)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import streamlit as st

from sendlib import settings
from sendlib.view import modules, picker
from sendlib.view.controls import View

_KEY = "bar"


def draw(view: View, page: str, questions: Mapping[str, str], names: Sequence[str]) -> None:
    """The bar of a page. `questions`: name -> what to ask a room, in the order of the pages; `names`: every area that
    can be chosen."""
    area = view.area.name if view.area else ""
    if area and view.beside:
        area = f"{area} beside {view.beside.name}"
    data = {"area": area, "room": _room(page, questions, names) if view.mode == "show" else None}
    modules.component("bar")(data=data, key=_KEY, on_area_change=_take)


def _room(page: str, questions: Mapping[str, str], names: Sequence[str]) -> dict[str, object]:
    """What a shared screen has besides: which question this is of how many, the ones around it, what to ask the room,
    and the link to this view for families."""
    order = list(questions)
    at = order.index(page) if page in order else -1
    link = in_families(here())
    local = urlsplit(link).hostname in (None, *settings.LOOPBACK)
    return {
        "place": f"{at + 1} of {len(order)}" if at >= 0 else "",
        "previous": order[at - 1] if at > 0 else "",
        "next": order[at + 1] if at + 1 < len(order) else "",
        "ask": questions.get(page, ""),
        "names": list(names),
        "link": link,
        "local": local,
        "qr": "" if local else _code(link),
    }


def here() -> str:
    """The address of the page as the reader's browser has it, with all that was chosen."""
    parts = urlsplit(st.context.url or "")
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(st.query_params.to_dict()), ""))


def in_families(link: str) -> str:
    """The same view in Families."""
    parts = urlsplit(link)
    query = {**dict(parse_qsl(parts.query)), "mode": "families"}
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(query), ""))


@lru_cache(maxsize=200)
def _code(link: str) -> str:
    """A QR code as the address of an image."""
    import segno  # only a shared screen needs it

    return str(segno.make(link, error="m").svg_data_uri(scale=6, border=2))


def _take() -> None:
    """Another area that was typed into the bar."""
    if typed := str(st.session_state[_KEY].area or ""):
        picker.take(typed)
