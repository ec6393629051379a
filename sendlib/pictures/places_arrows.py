"""Who travels, as arrows on the map: out and in, as wide as they have pupils, with a number at each head."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sendlib.answer import Answer, Mode
from sendlib.answer.numbers import percent, written
from sendlib.pictures import places_map, places_shade
from sendlib.pictures.picture import Entry, Spec
from sendlib.questions.places.choices import FROM, TRAVEL_AS
from sendlib.questions.places.naming import place
from sendlib.tables.flows import PERIOD

MOST, MOST_IN_SHOW = 8, 5
"""Arrows each way, on a page and on a shared screen."""
_THINNEST, _A_PIXEL, _WIDEST = 1.5, 12, 11
"""Pixels of an arrow, and how many pupils widen it by one."""


@dataclass(frozen=True)
class Arrow:
    """Pupils who cross a border one `way` (out or in): between which points (degrees), how many in a typical year, and
    the number at the head. `code` and `name` are those of the other authority."""

    way: str
    code: str
    name: str
    start: tuple[float, float]
    end: tuple[float, float]
    pupils: float
    number: str
    words: str

    def drawn(self) -> Spec:
        """As the component of the map has it."""
        return {
            "way": self.way,
            "code": self.code,
            "name": self.name,
            "from": [round(end, 4) for end in self.start],
            "to": [round(end, 4) for end in self.end],
            "width": round(min(_THINNEST + self.pupils / _A_PIXEL, _WIDEST), 1),
            "colour": places_map.OUT if self.way == "out" else places_map.INTO,
            "number": self.number,
            "words": self.words,
        }


def of(answer: Answer, table: pd.DataFrame, most: int = MOST) -> list[Arrow]:
    """The largest flows out and in, from the number that was chosen. `table`: the authorities of the map."""
    centres = table.set_index("area_code")[["longitude", "latitude"]]
    own = places_shade.own_row(answer)
    here = (float(own["longitude"]), float(own["latitude"]))
    as_shares = answer.chosen(TRAVEL_AS.name) == "shares"
    found: list[Arrow] = []
    for way, name, share in (("out", "flows_out", "share"), ("in", "flows_in", "share_here")):
        if name not in answer.tables:
            continue
        flows = answer.tables[name].data
        on_map = np.array([set(code.split(";")) <= set(centres.index) for code in flows["area_code"]], dtype=bool)
        for row in flows[flows["pupils"].ge(threshold(answer)) & on_map].head(most).to_dict("records"):
            # An authority that was divided lies between its parts.
            x, y = centres.loc[str(row["area_code"]).split(";")].mean()
            there, number = (float(x), float(y)), percent(row[share]) if as_shares else written(row["pupils"])
            ends = (here, there) if way == "out" else (there, here)
            words = _in_words(way, str(row["area"]), place(answer.area), row["pupils"], row[share])
            found.append(
                Arrow(way, str(row["area_code"]), str(row["area"]), *ends, float(row["pupils"]), number, words)
            )
    return found


def threshold(answer: Answer) -> int:
    """From how many pupils in a typical year an arrow is drawn."""
    return int(answer.chosen(FROM.name))


def key(answer: Answer, arrows: list[Arrow]) -> tuple[Entry, ...]:
    """The key of the arrows, where there are any."""
    as_shares = answer.chosen(TRAVEL_AS.name) == "shares"
    wholes = ("% of those who live here", "% of those at school here")
    return places_map.key_of_arrows(*(wholes if as_shares else ("pupils a year",) * 2)) if arrows else ()


def _in_words(way: str, there: str, here: str, pupils: float, share: float) -> str:
    """What an arrow says when it is asked."""
    who = f"{written(pupils)} {'pupil' if round(pupils) == 1 else 'pupils'} in a typical year"
    if way == "out":
        return (
            f"{who} lived in {here} and went to a special school of {there}: {percent(share)} of those who lived here"
        )
    return f"{who} lived in {there} and came to a special school of {here}: {percent(share)} of the pupils there"


def about(answer: Answer, arrows: list[Arrow], mode: Mode) -> str:
    """What the arrows are, or why there are none; a shared screen has room for a line."""
    name, least = place(answer.area), threshold(answer)
    if "flows_out" not in answer.tables:
        return f"No arrows: who crossed the border of {name} is not known."
    if not arrows and mode == "show":
        return f"No arrows: no flow of {least} or more pupils a year."
    if not arrows:
        return (
            f"No flow across the border of {name} had {least} or more pupils in a typical year, or none was published."
        )
    if mode == "families":
        return (
            f"Arrows: pupils who live on one side of the border of {name} and go to a state special school on the"
            f" other, {PERIOD} together. Only {least} or more in a typical year are drawn, at most the {MOST} largest"
            " each way. A school counts for the council that it belongs to, wherever it stands."
        )
    return (
        f"Arrows: pupils of state special schools who crossed the border of {name}, {PERIOD} together; {least} or more"
        f" in a typical year, at most the {MOST} largest each way."
        " A school counts for the authority that it belongs to, wherever it stands."
    )
