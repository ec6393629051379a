"""The picker of the area: authorities, England and its regions, health areas, and groups that a reader puts together.

What is typed and is none of the list (a district, an old name, a code, a name with a slip) is looked up all the same. A
postcode is asked of ONS at once, and only the code of the area that it leads to ever stands in the address.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from sendlib import postcodes, service
from sendlib.areas import Area
from sendlib.directory import Located
from sendlib.errors import SendlibError, UnknownArea
from sendlib.view import address

FIRST_ASKED = "Your council, district or area"
"""What the box is called until an area is chosen."""
GROUP = "group"
"""In the address, while a group has no member yet."""
_GROUP_LABEL = "Several authorities"
_GROUP_TYPED = ("group", "a group", "several", "several authorities", "several councils", "group of authorities")
"""What a person types who looks for the entry of groups."""
_SAID = "said_of_area"
"""In the session: what the page that follows says of what was typed, by the name of the choice."""
_IN_ADDRESS = "A postcode in the address of the page is not looked up, because addresses are kept: type it below."


@st.cache_resource(show_spinner=False, max_entries=2)
def _labels(_key: str) -> tuple[dict[str, str], dict[str, str]]:
    """Label -> code of everything in the list, and the other way round. Worked out once for a store."""
    known = service.directory()
    found = {area.name: area.code for area in known.of_kind("authority")}
    found[_GROUP_LABEL] = GROUP
    found["England"] = known.find("England").area.code
    found |= {f"{area.name} (region)": area.code for area in known.of_kind("region")}
    boards = [area for area in known.of_kind("board") if area.current]
    gone = [area for area in known.of_kind("board") if not area.current]
    found |= {area.name: area.code for area in (*boards, *gone, *known.of_kind("location"))}
    return found, {code: label for label, code in found.items()}


def labels() -> tuple[str, ...]:
    """Every area that can be chosen, as the list has it."""
    return tuple(label for label in _list()[0] if label != _GROUP_LABEL)


def _list() -> tuple[dict[str, str], dict[str, str]]:
    return _labels(service.edition())


def names() -> Mapping[str, str]:
    """Code -> label of every area that can be compared with."""
    return {code: label for code, label in _list()[1].items() if code != GROUP}


def of_address(name: str, messages: list[str]) -> Located | None:
    """The area that the address has for `area` or `beside`, by any name or code; a word on how it was read goes into
    `messages`."""
    text = address.asked(name)
    said = st.session_state.pop(f"{_SAID}_{name}", "")
    if not text or text == GROUP:
        messages += [said] if said else []
        return None
    if postcodes.is_one(text):
        messages.append(said or _IN_ADDRESS)
        address.is_wrong(name)
        return None
    try:
        found = service.directory().find(text)
    except UnknownArea as error:
        then = "Choose an area below." if name == "area" else "No area is set beside."
        messages.append(f"{error} {then}")
        address.is_wrong(name)
        return None
    messages += [words for words in (said, found.note) if words and (words == said or words not in said)]
    return found


def _looked_up(name: str, text: str) -> str | None:
    """The code of the area of a typed postcode, empty where it leads to none; None of a text that is no postcode. What
    there is to say of it is said on the page that follows."""
    try:
        found = service.by_postcode(text)
    except SendlibError as error:
        st.session_state[f"{_SAID}_{name}"] = str(error)
        return ""
    if found is None:
        return None
    st.session_state[f"{_SAID}_{name}"] = found.note
    return found.district or found.area.code


def draw(area: Area | None) -> None:
    """The list, in which one can type."""
    codes, labels = _list()
    grouped = address.asked("area") == GROUP or (area is not None and area.kind == "group")
    st.session_state["choose_area"] = _GROUP_LABEL if grouped else labels.get(area.code) if area else None
    st.selectbox(
        "Area" if area else FIRST_ASKED,
        tuple(codes),
        index=None,
        key="choose_area",
        placeholder="Type a name or a postcode",
        accept_new_options=True,
        on_change=_take,
    )


def draw_beside(area: Area | None, beside: Area | None) -> None:
    """The list of areas that can be set beside the chosen one."""
    codes, labels = _list()
    own = labels.get(area.code, "") if area else ""
    shown = labels.get(beside.code, beside.name) if beside else None
    st.session_state["choose_beside"] = shown
    st.selectbox(
        "Side by side with",
        tuple(label for label in codes if label not in (own, _GROUP_LABEL)),
        index=None,
        key="choose_beside",
        placeholder="Nobody, or type an area",
        accept_new_options=True,
        disabled=area is None,
        on_change=_take_beside,
    )


def _take_beside() -> None:
    """Write the area beside into the address; a group that was shown by its name stays as it is."""
    chosen = str(st.session_state["choose_beside"] or "")
    code = _list()[0].get(chosen)
    found = _looked_up("beside", chosen) if code is None else None
    if found != "":
        address.put({"beside": code or found or chosen})


def _take() -> None:
    take(str(st.session_state["choose_area"] or ""))


def take(chosen: str) -> None:
    """Write the area of a label, a name, a code or a postcode into the address, before the page runs again."""
    code = GROUP if chosen.strip().casefold() in _GROUP_TYPED else _list()[0].get(chosen)
    found = _looked_up("area", chosen) if code is None else None
    if found == "":
        return
    if code == GROUP:
        # The area before is the first of the group.
        before = of_address("area", [])
        parts = before.area.parts if before else ()
        code = f"{','.join(parts)}{',' if len(parts) == 1 else ''}" if parts else GROUP
    choose_area(code or found or chosen)


def draw_group(area: Area | None) -> None:
    """The members and the name of a group, where the area is one."""
    if address.asked("area") != GROUP and (area is None or area.kind != "group"):
        return
    known = service.areas().authorities
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    st.session_state["choose_members"] = list(area.members) if area else []
    left.multiselect(
        "Authorities of the group",
        list(known),
        key="choose_members",
        format_func=lambda code: known[code].name,
        on_change=_take_group,
    )
    st.session_state["choose_group_name"] = area.code.rpartition(":")[0] if area else ""
    right.text_input("Name of the group (optional)", key="choose_group_name", max_chars=60, on_change=_take_group)


def _take_group() -> None:
    members, name = st.session_state["choose_members"], st.session_state["choose_group_name"].strip()
    if not members:
        choose_area(GROUP)
        return
    known = service.directory()
    st.session_state[f"{_SAID}_area"] = known.said_of_name(name)
    choose_area(known.group(members, name).code)


def choose_area(code: str) -> None:
    """Select an area from elsewhere than the picker, such as a click on the map."""
    address.put({"area": code})
