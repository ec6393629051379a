"""Places: where do children live, and where is the support?"""

from functools import partial

from sendlib import service
from sendlib.errors import UnknownArea
from sendlib.pictures.picture import Picture
from sendlib.pictures.places_map import with_district, with_own_points
from sendlib.questions.places import QUESTION, districts
from sendlib.view import address, frame, own_count, own_places

CLOSER = (
    "against",
    "against_whole",
    "against_ahead",
    "residence",
    "by_district",
    "same_position",
    "travel",
    "flows_out",
    "flows_in",
    "placement",
    "residential",
    "need_here",
    "provision",
    "distance",
    "own_places",
    "own_count",
    "beside",
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


shell = frame.begin(QUESTION)
answer = frame.ask(shell, QUESTION)
OWN = {"own_places": own_places.draw, "own_count": partial(own_count.draw, answer)}
frame.draw_page(shell, answer, CLOSER, own=OWN, retouch=mark)
