"""Two lists of the same made-up children: set side by side, and joined."""

from __future__ import annotations

import pandas as pd

from sendlib.answer import Answer, Mode, Text
from sendlib.pictures.palette import DARK_BLUE, INK, ORANGE
from sendlib.pictures.picture import Entry, Picture, Spec, config, dot, sizes

_SCHOOL, _HEALTH = "School's list", "Health's list"
_COLOURS = {_SCHOOL: DARK_BLUE, _HEALTH: ORANGE}
_HIGH = 250


def side_by_side(answer: Answer, mode: Mode) -> list[Picture]:
    """The same children twice: as two lists with a number each, and with a line where a child is on both."""
    held = answer.tables["side_by_side"].data
    on_lists = {
        name: [int(child) for child in held.loc[held[column].eq("yes"), "child"]]
        for name, column in ((_SCHOOL, "school"), (_HEALTH, "health"))
    }
    school, health = (len(children) for children in on_lists.values())
    both = set(on_lists[_SCHOOL]) & set(on_lists[_HEALTH])
    apart = [(name, place, "") for name, children in on_lists.items() for place in range(1, len(children) + 1)]
    joined = [
        (name, child, "both" if child in both else "") for name, children in on_lists.items() for child in children
    ]
    told_apart = (
        f"{school} made-up children on the school's list and {health} on the health service's. Who is on both is not"
        f" known: anything up to {min(school, health)} children."
    )
    told_joined = (
        f"The same children joined: {len(both)} are on both lists, {school - len(both)} on the school's alone and"
        f" {health - len(both)} on the health service's alone, {len(held)} children in all."
    )
    legend = tuple(dot(_COLOURS[name], f"{name}: {len(children)} children") for name, children in on_lists.items())
    return [
        _drawn("apart", mode, apart, "Side by side (integrated)", told_apart, len(held), legend),
        _drawn("joined", mode, joined, "Joined (linked)", told_joined, len(held), legend),
    ]


def _drawn(
    key: str,
    mode: Mode,
    points: list[tuple[str, int, str]],
    heading: str,
    told: str,
    high: int,
    legend: tuple[Entry, ...],
) -> Picture:
    """Dots in two columns, with a line between those of one child."""
    data = pd.DataFrame(points, columns=["list", "row", "both"])
    return Picture(
        f"side_by_side_{key}",
        _spec(mode, high),
        data,
        Text(told),
        legend=legend,
        heading=heading,
        below=(told,),
        across=True,
    )


def _spec(mode: Mode, high: int) -> Spec:
    names = list(_COLOURS)
    x = {
        "field": "list",
        "type": "nominal",
        "sort": names,
        "scale": {"domain": names, "padding": 0.5},
        "axis": {"title": None, "orient": "top", "labelAngle": 0, "domain": False, "ticks": False},
    }
    y = {
        "field": "row",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [high + 0.5, 0.5], "nice": False, "zero": False},
    }
    colour = {
        "field": "list",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": names, "range": [_COLOURS[name] for name in names]},
    }
    return {
        "height": _HIGH,
        "layer": [
            {
                "transform": [{"filter": "datum.both === 'both'"}],
                "mark": {"type": "line", "color": INK, "strokeWidth": 3},
                "encoding": {"x": x, "y": y, "detail": {"field": "row", "type": "nominal"}},
            },
            {
                "mark": {"type": "point", "filled": True, "opacity": 1, "size": 12 * sizes(mode)[0]},
                "encoding": {"x": x, "y": y, "color": colour},
            },
        ],
        "config": config(mode),
    }
