"""Single lines behind those of a picture over time: each of those compared, thin and grey, and those that are named.

Of those compared a picture over time draws the mean. A reader can have each of them behind it, and those that are to be
named are drawn in any case, darker, with the name at the end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from sendlib.answer import Answer, each
from sendlib.pictures import pinned
from sendlib.pictures.palette import GREY, INK
from sendlib.pictures.picture import Entry, Spec, line
from sendlib.pictures.pinned import Pin

_MANY = 30
"""Lines above which each is fainter still, so that the mean stands out among them."""


@dataclass(frozen=True)
class Behind:
    """Single lines: long data with the columns period, line, number, area_code and area.

    `line` is the line of the picture that a single one stands behind, or empty where all stand behind one. `every`:
    whether all are drawn or only those of `pins`; `key` is what they are called in the key; `who` all that could be
    named.
    """

    data: pd.DataFrame
    every: bool
    pins: Sequence[Pin]
    key: str
    who: Mapping[str, str]

    @property
    def drawn(self) -> pd.DataFrame:
        """The rows that are drawn."""
        return self.data if self.every else self.data[self.data["area_code"].isin([pin.code for pin in self.pins])]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Their places in the key."""
        all_of_them = (line(GREY, [1, 0], self.key),) if self.every else ()
        return (*all_of_them, *(line(pinned.COLOUR, [1, 0], pin.name, behind=pin.entry.drawing) for pin in self.pins))


def of(
    answer: Answer,
    table: str,
    value: str,
    *,
    when: str = "period",
    by: str = "",
    only: Mapping[str, str] | None = None,
) -> Behind | None:
    """The single lines behind the picture of a table, out of its table of each of those compared: the column `value`.

    `when` is the column of the periods and `by` that of the picture's lines, if any; `only` are columns with the one
    value whose rows are drawn. None where there is no such table, or no figure in it.
    """
    name = answer.each(table)
    if not name:
        return None
    held = each.of_those_compared(answer.tables[name].data)
    for column, wanted in (only or {}).items():
        held = held[held[column].astype(str).eq(wanted)]
    data = pd.DataFrame(
        {
            "period": held[when].astype(str),
            "line": held[by].astype(str) if by else "",
            "number": held[value].where(held["left_out"].eq("")),
            "area_code": held["area_code"].astype(str),
            "area": held["area"].astype(str),
        }
    )
    others = [answer.beside.area.code] if answer.beside else []
    who = pinned.who_of(data.dropna(subset=["number"]), *others)
    if not who:
        return None
    data = data[data["area_code"].isin(who)]
    return Behind(data, each.are_drawn(answer, table), pinned.of(answer, who), f"Each of {answer.comparators}", who)


def every_period(behind: Behind, periods: Sequence[str]) -> pd.DataFrame:
    """The rows that are drawn, with one for every period: a gap where there is no figure."""
    drawn = behind.drawn
    areas = drawn[["area_code", "area", "line"]].drop_duplicates()
    grid = areas.merge(pd.DataFrame({"period": list(periods)}), how="cross")
    return grid.merge(drawn, how="left", on=["area_code", "area", "line", "period"])


def layers(behind: Behind, encoding: Spec, tooltip: list[Spec], colours: Mapping[str, str]) -> list[Spec]:
    """The layers of all single lines, to be drawn first: thin lines, with points that show only under the pointer.

    `colours` are those of the picture's lines, in which the single ones stand that are behind one line each.
    """
    if not behind.every:
        return []
    faint = 0.35 if len(behind.who) > _MANY else 1
    detail = [{"field": "area_code", "type": "nominal"}, {"field": "line", "type": "nominal"}]
    colour = pinned.over(0, INK, GREY)
    if behind.data["line"].ne("").any():
        scale = {"domain": list(colours), "range": list(colours.values())}
        colour = {"condition": colour["condition"], "field": "line", "type": "nominal", "scale": scale, "legend": None}
        faint /= 2
    lines: Spec = {
        "params": pinned.clicks(1)[:1],
        "transform": [{"filter": "datum.area_code !== ''"}],
        "mark": {"type": "line", "strokeWidth": 1.2, "invalid": "break-paths-show-path-domains"},
        "encoding": {
            **encoding,
            "detail": detail,
            "stroke": colour,
            "opacity": pinned.over(0, 1, faint),
            "tooltip": [{"field": "area", "title": "Who"}],
        },
    }
    points: Spec = {
        "params": pinned.clicks(),
        "transform": [{"filter": "datum.area_code !== '' && isValid(datum.number)"}],
        "mark": {"type": "point", "filled": True, "size": 70},
        "encoding": {**encoding, "color": {"value": INK}, "opacity": pinned.over(0, 1, 0), "tooltip": tooltip},
    }
    return [lines, points]


def named(behind: Behind, encoding: Spec, tooltip: list[Spec]) -> list[Spec]:
    """The layers of the lines that are named, darker and with a mark of their own shape at each figure."""
    found: list[Spec] = []
    for number, pin in enumerate(behind.pins, start=2):
        mark = {"type": "line", "color": pinned.COLOUR, "strokeWidth": 1.8, "invalid": "break-paths-show-path-domains"}
        found += [
            {
                "transform": [{"filter": pin.is_its}],
                "mark": mark,
                "encoding": {**encoding, "detail": {"field": "line", "type": "nominal"}},
            },
            {
                "params": pinned.clicks(number)[:1],
                "transform": [{"filter": f"{pin.is_its} && isValid(datum.number)"}],
                "mark": {"type": "point", "filled": True, "opacity": 1, "size": 80, "shape": pin.shape},
                "encoding": {**encoding, "color": {"value": pinned.COLOUR}, "tooltip": tooltip},
            },
        ]
    return found
