"""From a postcode to an area: asked of ONS while a person waits, and kept nowhere.

Nothing here puts a postcode into a message, because messages are shown on shared screens and may be logged.
"""

from __future__ import annotations

import re
from dataclasses import replace

from sendlib import settings
from sendlib.directory import Directory, Located
from sendlib.errors import UnknownArea, UnknownPostcode
from sendlib.provenance import spoken_date

_DISTRICT = r"[A-PR-UWYZ][A-Z]?\d[A-Z\d]?"
"""`PL1`, `SW1A`. None begins with Q, V or X, and so none is a code of the NHS's boards (`QF7`)."""
_WHOLE = re.compile(rf"(?<![A-Z\d])({_DISTRICT})[\s.-]*(\d[A-Z]{{2}})(?![A-Z\d])", re.I)
_FIRST_PART = re.compile(rf"\s*{_DISTRICT}(\s*\d)?\s*", re.I)
"""`PL1`, or `PL1 2`, which stands for many postcodes."""
_ELSEWHERE = {
    "S": "in Scotland",
    "W": "in Wales",
    "N": "in Northern Ireland",
    "L": "in the Channel Islands",
    "M": "on the Isle of Man",
}
"""How ONS' codes of councils begin that are not in England."""
_BY_NAME = "choose your council by name"


def is_one(text: str) -> bool:
    """Whether a text holds a postcode, or is the first part of one. No name or code of an area is like that."""
    return bool(_WHOLE.search(text) or _FIRST_PART.fullmatch(text))


def find(known: Directory, text: str) -> Located:
    """The authority that a postcode is counted to, and in a county the district.

    Raises UnknownPostcode (the first part alone; one that ONS does not hold, or that is not in England) and
    SourceUnavailable (no connection). No message holds any of it.
    """
    from sendlib.sources import postcodes  # brings the network's libraries, which a name does not need

    whole = _WHOLE.search(text)
    if whole is None:
        raise UnknownPostcode(
            "That is only the first part of a postcode, and several councils may share it: type the whole postcode, or"
            f" {_BY_NAME}."
        )
    found = postcodes.look_up(settings.read(), f"{whole[1]} {whole[2]}".upper())
    if found is None:
        raise UnknownPostcode(
            f"ONS' postcode directory does not hold that postcode: look for a slip in it, or {_BY_NAME}. A very new"
            " one may not be in it yet."
        )
    if found.council[:1] in _ELSEWHERE:
        raise UnknownPostcode(
            f"That postcode is {_ELSEWHERE[found.council[0]]}, and the figures here are of England only."
        )
    try:
        located = known.find(found.council)
    except UnknownArea:
        raise UnknownPostcode(
            f"ONS' postcode directory gives no council for that postcode that is known here: {_BY_NAME}."
        ) from None
    # Of the notes on a code only that on a district says something of the place.
    whose, where = (f"{located.note} ", "there") if located.district else ("", f"in {located.area.in_text}")
    lies = f"lay {where}; it has been out of use since {spoken_date(found.ended)}" if found.ended else f"lies {where}"
    return replace(
        located, note=f"{whose}That postcode {lies}. It was looked up at ONS, and SEND Explorer does not keep it."
    )
