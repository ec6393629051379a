"""Whether a file that a reader brings is a list of people, which no page of the app ever takes.

A file of places may have addresses, telephone numbers and days in it; what only a list of people has is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sendlib.own_figures import personal
from sendlib.own_figures.sheets import column_letters
from sendlib.questions.places import own_file
from sendlib.questions.places.own_file import Row, Unreadable

AT_YOUR_OWN_DESK = (
    "Lists of people are never taken here. They can be linked at your own desk: in Explore, Joining up says how, under"
    " the rehearsal."
)
_LISTED = (
    "forename|forenames|first name|given name|surname|last name|family name|legal surname|legal forename|child name",
    "childs name|pupil name|student name|patient name|dob|d o b|date of birth|birth date|birthdate|birthday|nhs number",
    "nhs no|nhs num|nhs id|upn|unique pupil number|uln|unique learner number|national insurance number|ni number|nino",
)
_HEADINGS = frozenset(heading for line in _LISTED for heading in line.split("|"))
_NUMBER = re.compile(r"(?<!\d)\d{3}[\s-]?\d{3}[\s-]?\d{4}(?!\d)")
_PUPIL = re.compile(r"(?<![A-Z\d])[A-Z]\d{11}[\dA-Z](?![A-Z\d])", re.IGNORECASE)


def refusal(content: bytes) -> str:
    """Why a file is not taken, naming the cell and never what it says; empty where nothing in it is of a person, or it
    can not be read as rows at all, which is said elsewhere."""
    try:
        rows = own_file.rows_of(content, _known).rows
    except Unreadable:
        return ""
    found = next(_found(rows), "")
    return f"{found} Nothing of the file was taken in. {AT_YOUR_OWN_DESK}" if found else ""


def _known(cells: list[str]) -> int:
    return sum(_bare(cell) in _HEADINGS for cell in cells)


def _found(rows: tuple[Row, ...]) -> Iterator[str]:
    for row in rows:
        for at, cell in enumerate(row.cells):
            place = f"{column_letters(at)}{row.line}"
            if _bare(cell) in _HEADINGS:
                yield f"This looks like a list of people: {place} is a heading of such a list."
            elif any(personal.is_nhs_number(one) for one in _NUMBER.findall(cell)):
                yield f"This looks like a list of people: {place} looks like an NHS number."
            elif any(personal.is_upn(one) for one in _PUPIL.findall(cell)):
                yield f"This looks like a list of people: {place} looks like a unique pupil number."


def _bare(cell: str) -> str:
    return " ".join(re.sub(r"[^a-z ]+", " ", re.sub(r"['’]", "", cell.casefold().replace("_", " "))).split())
