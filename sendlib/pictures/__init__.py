"""Pictures of answers: an `Answer` in, specs with their data and words out. Nothing here knows Streamlit.

One module a question has its pictures, by the table of the answer that each is drawn from (`PICTURES`); what they
share is in `picture` (colours, fonts, keys), `rows` (marks and bars in rows) and `lines`.
"""

from __future__ import annotations

from collections.abc import Mapping

from sendlib.answer import Answer, Mode
from sendlib.pictures import doing_well, getting_help, looking_ahead, my_area, needs, places
from sendlib.pictures.picture import Picture, Pictures

_PICTURES: Mapping[str, Pictures] = {
    "my_area": my_area.PICTURES,
    "needs": needs.PICTURES,
    "places": places.PICTURES,
    "getting_help": getting_help.PICTURES,
    "doing_well": doing_well.PICTURES,
    "looking_ahead": looking_ahead.PICTURES,
}
"""Question -> its pictures."""


def of(answer: Answer, table: str, mode: Mode) -> list[Picture]:
    """The pictures of one table of an answer; none for a table that is only read."""
    draw = _PICTURES[answer.question].get(table)
    return draw(answer, mode) if draw else []
