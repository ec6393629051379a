"""The one row of choices that every page has, held in the URL.

The URL is the truth. A choice writes itself into the URL before the page
runs again; a page that is opened without choices takes the last ones of the
session and writes them into its URL, so that a pasted link opens the same view.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from sendlib.areas import Area, Areas
from sendlib.errors import SendlibError, UnknownArea
from sendlib.questions import comparators
from sendlib.store import Store
from sendlib.view.words import MODES

PICKED = "picked"
_REMEMBERED = "view_of_session"


@dataclass(frozen=True)
class View:
    """What the reader has chosen. `area` is None until an area is chosen; `messages` tell of choices put right."""

    area: Area | None
    versus: str
    mode: str
    messages: tuple[str, ...] = ()


def current_view(store: Store, wider: bool = False) -> View:
    """The view of the URL, or of the session where the URL says nothing; wrong choices put right and told of.

    With `wider` the address may name England or a region, for a page that can show them.
    """
    areas = comparators.known_areas(store)
    remembered: dict[str, str] = st.session_state.setdefault(_REMEMBERED, {})
    asked = {name: st.query_params.get(name, remembered.get(name, "")) for name in ("area", "vs", "mode")}
    messages: list[str] = []
    area = (areas.find_wider(asked["area"]) if wider else None) or _area(areas, asked["area"], messages)
    mode = asked["mode"].casefold() or next(iter(MODES))
    if mode not in MODES:
        messages.append(f"There is no mode '{asked['mode']}'. This is {next(iter(MODES.values()))}.")
        mode = next(iter(MODES))
    versus = _versus(store, area, asked["vs"], messages)
    view = View(area, versus, mode, tuple(messages))
    here = {"area": area.code if area else "", "vs": versus, "mode": mode}
    # Other pages do not know wider areas, so the session does not take them along.
    remembered.update(here | {"area": here["area"] if area is None or area.code in areas.authorities else ""})
    write_url({**st.query_params.to_dict(), **here})
    return view


def as_query(view: View) -> dict[str, str]:
    """The view as it stands in the URL of any page."""
    authority = view.area.code if view.area and not view.area.code.startswith("E") else ""
    query = {"area": authority, "vs": view.versus, "mode": view.mode}
    return {name: value for name, value in query.items() if value}


def write_url(query: dict[str, str]) -> None:
    """Make this the URL's query in one step, and only if it is another: each change is a step of the browser's history."""
    wanted = {name: value for name, value in query.items() if value}
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)


def _area(areas: Areas, text: str, messages: list[str]) -> Area | None:
    if not text:
        return None
    try:
        found = areas.find(text)
    except UnknownArea as error:
        messages.append(f"{error} Choose an area below.")
        return None
    if found.note:
        messages.append(found.note if len(found.areas) == 1 else f"{found.note} This is {found.areas[0].name}.")
    return found.areas[0]


def _versus(store: Store, area: Area | None, choice: str, messages: list[str]) -> str:
    if not choice or choice == PICKED or area is None or area.code not in comparators.known_areas(store).authorities:
        return choice or comparators.DEFAULT
    try:
        return comparators.choose(store, area, choice).choice
    except SendlibError as error:
        messages.append(f"{error} Compared with statistical neighbours instead.")
        return comparators.DEFAULT


def draw(store: Store, view: View, *, compares: bool = True) -> None:
    """The pickers: area (type to find), comparators, mode. Whom to compare with is kept but not asked where it changes nothing (`compares` is false)."""
    areas = comparators.known_areas(store)
    columns = st.columns(3 if compares else 2, vertical_alignment="bottom")
    left, right = columns[0], columns[-1]
    with left:
        st.session_state["choose_area"] = view.area.code if view.area and view.area.code in areas.authorities else None
        st.selectbox(
            "Area",
            list(areas.authorities),
            index=None,
            key="choose_area",
            format_func=lambda code: areas.authorities[code].name,
            placeholder="Type to find a local authority",
            on_change=_take,
            args=("area", "choose_area"),
        )
    picked = view.versus not in comparators.CHOICES
    if compares:
        st.session_state["choose_vs"] = PICKED if picked else view.versus
        columns[1].selectbox(
            "Compared with",
            [*comparators.CHOICES, PICKED],
            key="choose_vs",
            format_func=lambda choice: comparators.CHOICES.get(choice, "My own choice of authorities"),
            on_change=_take,
            args=("vs", "choose_vs"),
        )
    with right:
        st.session_state["choose_mode"] = view.mode
        st.segmented_control(
            "Mode",
            list(MODES),
            key="choose_mode",
            format_func=lambda mode: MODES[mode],
            required=True,
            on_change=_take,
            args=("mode", "choose_mode"),
            help="Explore shows everything. Show is for a shared screen. Families uses fewer and plainer words.",
        )
    if picked and compares:
        st.session_state["choose_picked"] = [] if view.versus == PICKED else view.versus.split(",")
        st.multiselect(
            f"Authorities to compare with (up to {comparators.MOST_PICKED})",
            [code for code in areas.authorities if view.area is None or code != view.area.code],
            key="choose_picked",
            format_func=lambda code: areas.authorities[code].name,
            max_selections=comparators.MOST_PICKED,
            on_change=_take,
            args=("vs", "choose_picked"),
        )


def page_choice(name: str) -> str:
    """A choice that belongs to one page, as the URL or else the session has it; empty when there is none."""
    remembered: dict[str, str] = st.session_state.setdefault(_REMEMBERED, {})
    key = f"page:{name}"
    value = str(st.query_params.get(name, remembered.get(key, "")))
    remembered[key] = value
    write_url({**st.query_params.to_dict(), name: value})
    return value


def keep_page_choice(name: str, value: str) -> None:
    """Write a page's own choice into the URL and the session; an empty one is taken out."""
    st.session_state.setdefault(_REMEMBERED, {})[f"page:{name}"] = value
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)


def choose_area(code: str) -> None:
    """Select an authority from elsewhere than the picker, such as a click on the map."""
    st.session_state.setdefault(_REMEMBERED, {})["area"] = code
    st.query_params["area"] = code


def _take(name: str, key: str) -> None:
    """Write a choice into the URL; it runs before the page does."""
    value = st.session_state[key]
    if isinstance(value, list):
        value = ",".join(value) or PICKED
    if value is None:  # an area that was cleared
        value = ""
    st.session_state.setdefault(_REMEMBERED, {})[name] = value
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)
