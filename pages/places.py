"""Places: where do children live, and where is the support?"""

import streamlit as st

from sendlib import service
from sendlib.errors import UnknownArea
from sendlib.pictures.picture import Picture
from sendlib.pictures.places_map import with_district, with_own_points
from sendlib.questions.places import QUESTION, districts, own_points
from sendlib.view import address, frame, listing, panels

CLOSER = (
    "flows_out",
    "flows_in",
    "placement",
    "residential",
    "need_here",
    "provision",
    "schools_here",
    "distance",
    "own_places",
    "beside",
)

SCHOOLS = listing.Listing(
    "school",
    "schools",
    "Find a school (by its name, kind, need or authority)",
    found_by=("school", "kind", "needs", "area"),
    ordered_by=("school", "kind", "places", "pupils", "area"),
)


def mark(pictures: list[Picture]) -> list[Picture]:
    """The lead with the district that was looked for and the reader's own places on its map; a map of an area beside
    it has the places alone."""
    own, *others = pictures
    points = st.session_state.get("own_points", [])
    return [with_own_points(picture, points) for picture in (with_district(own, district_looked_for()), *others)]


def district_looked_for() -> districts.District | None:
    """The district whose name stands in the address: the area is then its county."""
    try:
        found = service.directory().find(address.asked("area"))
    except UnknownArea:
        return None
    return districts.find(service.store(), found.district)


def draw_own_points() -> None:
    """A reader's own places: they stay in the memory of the session."""
    opened = panels.panel("own_places", "**Your own places**")
    if opened is None:
        return
    with opened:
        st.markdown(
            "Add your own places, such as short breaks or respite: a CSV file with the columns name, lat, lon, type,"
            " places. It stays in the memory of this browser session and is never written or sent on."
        )
        upload = st.file_uploader("CSV file", type="csv", key="own_points_file")
        points, messages = own_points.read(upload.getvalue()) if upload else ([], [])
        for message in messages:
            st.warning(message)
        if st.session_state.get("own_points", []) != points:
            st.session_state["own_points"] = points
            st.rerun()  # the map above was drawn before
        if points:
            st.table([{"Name": one.name, "Type": one.kind, "Places": one.places_in_words} for one in points])


def list_schools() -> None:
    """The schools here, for those who use no map."""
    listing.draw(answer, "schools_here", SCHOOLS, shell.view.mode)


def list_for_families() -> None:
    """The same for Families, which has no Look closer."""
    table = answer.tables["schools_here"]
    if opened := panels.panel("schools_here", f"**{table.heading}**"):
        with opened:
            st.markdown(f"{table.caption.in_mode(shell.view.mode)}. {table.how_to_read.in_mode(shell.view.mode)}")
            list_schools()


shell = frame.begin(QUESTION)
answer = frame.ask(shell, QUESTION)
frame.draw_page(
    shell,
    answer,
    CLOSER,
    own={"own_places": draw_own_points, "schools_here": list_schools},
    for_families=list_for_families,
    retouch=mark,
)
