"""Places: where do children live, and where is the support?"""

import streamlit as st

from sendlib import service
from sendlib.errors import UnknownArea
from sendlib.pictures.picture import Picture
from sendlib.pictures.places_map import with_district, with_own_points
from sendlib.questions.places import QUESTION, districts
from sendlib.view import address, frame, listing, map_file, own_count, own_places, panels

CLOSER = (
    "against",
    "against_whole",
    "against_ahead",
    "need_here",
    "beside",
    "residence",
    "by_district",
    "same_position",
    "travel",
    "flows_out",
    "flows_in",
    "own_count",
    "provision",
    "schools_here",
    "distance",
    "placement",
    "residential",
    "own_places",
    "map_file",
)

SCHOOLS = listing.Listing(
    "school",
    "schools",
    "Find a school (by its name, kind or authority)",
    found_by=("school", "kind", "needs", "section_41", "area"),
    begins="school",
)


def mark(pictures: list[Picture]) -> list[Picture]:
    """The lead with the district that was looked for and the reader's own places on its map; a map of an area beside
    it has the places alone."""
    own, *others = pictures
    points = own_places.held()
    return [with_own_points(picture, points) for picture in (with_district(own, district_looked_for()), *others)]


def district_looked_for() -> districts.District | None:
    """The district whose name stands in the address: the area is then its county."""
    try:
        found = service.directory().find(address.asked("area"))
    except UnknownArea:
        return None
    return districts.find(service.store(), found.district)


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
OWN = {
    "schools_here": list_schools,
    "own_places": own_places.draw,
    "own_count": lambda: own_count.draw(answer),
    "map_file": lambda: map_file.draw(answer),
}
frame.draw_page(shell, answer, CLOSER, own=OWN, for_families=list_for_families, retouch=mark)
