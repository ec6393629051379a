"""What a reader can choose, as controls: area, comparators and mode on every page, and each question's own choices.

A control takes its value from the address and writes into it before the page runs again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from sendlib import service
from sendlib.answer import MODES, Limits, Mode, Offered
from sendlib.answer.choice import NONE
from sendlib.areas import Area
from sendlib.compared import comparators
from sendlib.errors import SendlibError
from sendlib.view import address, picker, pins

PICKED = "picked"
"""In the address, while a reader's own choice of authorities is still empty."""
FIRST_MODE: Mode = "explore"


@dataclass(frozen=True)
class View:
    """What the reader has chosen on every page. `area` is None until one is chosen; `messages` tell of choices put
    right. `beside` is a second area that is set beside it; `place` is what the address names, where that is a district
    of the area. `pinned` are codes of areas that pictures name."""

    area: Area | None
    versus: str
    mode: Mode
    messages: tuple[str, ...] = ()
    beside: Area | None = None
    place: str = ""
    pinned: tuple[str, ...] = ()


def current_view() -> View:
    """The view of the address; what is wrong in it is told of and left out."""
    messages: list[str] = []
    located = picker.of_address("area", messages)
    area = located.area if located else None
    beside = picker.of_address("beside", messages) if area else None
    versus, mode = _versus(area, address.asked("vs"), messages), _mode(address.asked("mode"), messages)
    place = address.asked("area") if located and located.district else ""
    return View(
        area,
        versus,
        mode,
        tuple(messages),
        beside.area if beside and beside.area != area else None,
        place,
        pins.of_address(),
    )


def as_query(view: View) -> dict[str, str]:
    """The view as it stands in the address of any page; defaults are left out."""
    area = view.place or (view.area.code if view.area else "")
    beside = view.beside.code if view.beside else ""
    versus = "" if view.versus == comparators.DEFAULT else view.versus
    mode = "" if view.mode == FIRST_MODE else view.mode
    query = {"area": area, "vs": versus, "mode": mode, "beside": beside, pins.PIN: ",".join(view.pinned)}
    return {name: value for name, value in query.items() if value}


def _versus(area: Area | None, choice: str, messages: list[str]) -> str:
    if not choice or choice == PICKED or area is None:
        return choice or comparators.DEFAULT
    try:
        return service.versus_of(area.code, choice)
    except SendlibError as error:
        instead = comparators.offered(area)[comparators.default_of(area)]
        messages.append(f"{error} Compared with this instead: {instead[0].lower()}{instead[1:]}.")
        address.is_wrong("vs")
        return comparators.DEFAULT


def _mode(text: str, messages: list[str]) -> Mode:
    for mode in MODES:
        if text.casefold() == mode:
            return mode
    if text:
        messages.append(f"There is no mode '{text}'. This is {MODES[FIRST_MODE]}.")
        address.is_wrong("mode")
    return FIRST_MODE


def draw(view: View, *, compares: bool = True) -> None:
    """The pickers: area (type to find), comparators, mode. Whom to compare with is kept but not asked where it changes
    nothing (`compares` is false)."""
    columns = st.columns([3, 3, 3, 3.5] if compares else [3, 3, 3.5], vertical_alignment="bottom")
    left, right = columns[0], columns[-1]
    with left:
        picker.draw(view.area)
    with columns[-2]:
        picker.draw_beside(view.area, view.beside)
    offered = comparators.offered(view.area) if view.area else comparators.CHOICES
    default = next(iter(offered))
    picked = view.versus != comparators.DEFAULT and view.versus not in offered
    if compares:
        named = default if view.versus == comparators.DEFAULT else view.versus
        st.session_state["choose_vs"] = PICKED if picked else named
        columns[1].selectbox(
            "Compared with",
            [*offered, PICKED],
            key="choose_vs",
            format_func=lambda choice: offered.get(choice, "My own choice of areas"),
            on_change=_take,
            args=("vs", "choose_vs", default),
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
            args=("mode", "choose_mode", FIRST_MODE),
            help="Explore shows everything. Show is for a shared screen. Families uses fewer and plainer words.",
        )
    picker.draw_group(view.area)
    if picked and compares:
        names = picker.names()
        st.session_state["choose_picked"] = [] if view.versus == PICKED else view.versus.split(",")
        st.multiselect(
            f"Areas to compare with (up to {comparators.MOST_PICKED})",
            [code for code in names if view.area is None or code != view.area.code],
            key="choose_picked",
            format_func=lambda code: names.get(code, code),
            max_selections=comparators.MOST_PICKED,
            on_change=_take,
            args=("vs", "choose_picked", "", PICKED),
        )


def _take(name: str, key: str, default: str, empty: str = "") -> None:
    """Write a choice into the address, before the page runs again; `empty` stands for several of which none is
    chosen."""
    value = st.session_state[key]
    if isinstance(value, list):
        value = ",".join(value) or empty
    text = "" if value is None else str(value)  # an area that was cleared is None
    address.put({name: "" if text == default else text})


def draw_choices(offered: Sequence[Offered]) -> None:
    """The controls of some choices, up to four in a row; a number has a slider and a box, which follow each other. One
    that is read in a form of its own has controls of its own, which its page draws."""
    offered = [one for one in offered if not one.choice.parse]
    rows = [offered[place : place + 4] for place in range(0, len(offered), 4)]
    for row in rows:
        for column, one in zip(st.columns(len(row)), row, strict=True):
            with column:
                _draw(one)


def _draw(offered: Offered) -> None:
    choice, key = offered.choice, f"choose_{offered.choice.name}"
    if choice.number:
        _draw_number(offered, choice.number)
        return
    options, args, about = list(offered.options), (choice.name, key, offered.default, NONE), choice.help
    if not options:
        return

    def words(code: str) -> str:
        return offered.options[code]

    if choice.most > 1:
        st.session_state[key] = [value for value in offered.values if value in options]
        most = choice.most
        st.multiselect(
            choice.label,
            options,
            format_func=words,
            max_selections=most,
            key=key,
            on_change=_take,
            args=args,
            help=about,
        )
        return
    st.session_state[key] = offered.value
    if choice.form == "buttons":
        st.segmented_control(
            choice.label,
            options,
            format_func=words,
            required=True,
            wrap=True,
            key=key,
            on_change=_take,
            args=args,
            help=about,
        )
    else:
        st.selectbox(choice.label, options, format_func=words, key=key, on_change=_take, args=args, help=about)


def _draw_number(offered: Offered, limits: Limits) -> None:
    """Not by dragging only: the number can be typed as well."""
    choice = offered.choice
    left, right = st.columns([3, 1])
    for column, kind in ((left, "slider"), (right, "number")):
        key = f"choose_{choice.name}_{kind}"
        st.session_state[key] = float(offered.value)
        control = column.slider if kind == "slider" else column.number_input
        control(
            choice.label if kind == "slider" else f"{choice.label} (type it)",
            limits.low,
            limits.high,
            step=limits.step,
            format=f"%.{limits.decimals}f",
            key=key,
            help=choice.help if kind == "slider" else None,
            on_change=_take_number,
            args=(choice.name, key, offered.default),
        )


def _take_number(name: str, key: str, default: str) -> None:
    value = float(st.session_state[key])
    address.put({name: "" if default and value == float(default) else f"{value:g}"})
