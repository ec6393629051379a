"""Pictures of Joining up: a square for each council that answered, bars of answers, and what a match misses."""

from __future__ import annotations

import pandas as pd

from sendlib.answer import Answer, Mode, Text
from sendlib.pictures import rows
from sendlib.pictures.joining_up_lists import side_by_side
from sendlib.pictures.palette import DARK_BLUE, INK, MID_GREY, ORANGE, PAPER
from sendlib.pictures.picture import SHOWN, Draw, Entry, Picture, Pictures, Spec, config, swatch
from sendlib.questions.joining_up import survey
from sendlib.questions.joining_up.choices import HEALTH, LINKED

_A_ROW = 13
"""Squares in a row: 91 are seven full rows."""
_COLOURS = {survey.LINK: DARK_BLUE, survey.BUILD: ORANGE, survey.DO_NOT: PAPER}
_PLAIN = {survey.LINK: "join them up", survey.BUILD: "are working on it", survey.DO_NOT: "do not"}
_EDGE = f'<rect x="3" y="3" width="12" height="12" fill="none" stroke="{INK}" stroke-width="3"/>'


def _squares(answer: Answer, mode: Mode) -> list[Picture]:
    """A square a council: first those that link, then those that build it, then those that do not. In the picture of
    health data, of whose councils the names are known, those of the area have an edge."""
    table = answer.tables["squares"].data
    counts = {str(kind): int(number) for kind, number in zip(table["kind"], table["councils"], strict=True)}
    kinds = [kind for kind, number in counts.items() for _ in range(number)]
    own = _own(answer) if answer.chosen(LINKED.name) == HEALTH else []
    data = pd.DataFrame(
        {
            "x": [place % _A_ROW for place in range(len(kinds))],
            "y": [place // _A_ROW for place in range(len(kinds))],
            "kind": kinds,
            "own": [place < len(own) for place in range(len(kinds))],
        }
    )
    said = {kind: _said(kind, mode) for kind in counts}
    told = ", ".join(f"{number} {said[kind]}" for kind, number in counts.items())
    edge = f" {_edge(own)}." if own else ""
    return [
        Picture(
            "squares",
            _spec(mode, (len(kinds) - 1) // _A_ROW + 1),
            data,
            Text(f"{len(kinds)} squares, one for each council that answered in full: {told}.{edge}"),
            legend=(
                *(
                    swatch(_COLOURS[kind], f"{number} {said[kind]}", MID_GREY if kind == survey.DO_NOT else "")
                    for kind, number in counts.items()
                ),
                *([Entry(_EDGE, _edge(own))] if own else ()),
            ),
            # A shared screen says it over the picture.
            below=() if mode == "show" else _of_the_area(answer),
        )
    ]


def _said(kind: str, mode: Mode) -> str:
    return _PLAIN[kind] if mode == "families" else f"{kind[:1].lower()}{kind[1:]}"


def _of_the_area(answer: Answer) -> tuple[str, ...]:
    """Whether the councils of the area, and of the one beside, are among those named."""
    return tuple(one.tables["squares"].how_to_read.in_mode("show") for one in (answer, answer.beside) if one)


def _own(answer: Answer) -> list[str]:
    """The councils of the area, and of the one beside, that named the health data that they link; none of England,
    which has all of them."""
    found: dict[str, None] = {}
    for one in (answer, answer.beside):
        if one and one.area.kind != "england":
            table = one.tables["here"].data
            found |= dict.fromkeys(table.loc[table["data"].ne(""), "council"])
    return list(found)


def _edge(own: list[str]) -> str:
    """What squares with an edge stand for."""
    return f"with an edge: {own[0] if len(own) == 1 else f'{len(own)} councils here'}"


def _spec(mode: Mode, high: int) -> Spec:
    """Squares in rows; data: x, y, kind, own."""
    kinds, large = list(_COLOURS), mode == "show"
    # As large as rows and columns allow, with a gap between.
    size = {"expr": f"pow(0.82 * min(height / {high}, width / {_A_ROW}), 2)"}

    def coloured(colours: list[str]) -> Spec:
        return {"field": "kind", "type": "nominal", "legend": None, "scale": {"domain": kinds, "range": colours}}

    x = {"field": "x", "type": "quantitative", "axis": None, "scale": {"domain": [-0.5, _A_ROW - 0.5], "nice": False}}
    y = {"field": "y", "type": "quantitative", "axis": None, "scale": {"domain": [high - 0.5, -0.5], "nice": False}}
    mark = {"type": "point", "shape": "square", "filled": True, "opacity": 1, "strokeWidth": 1.5, "size": size}
    return {
        "height": SHOWN if large else 310,
        "layer": [
            {
                "mark": mark,
                "encoding": {
                    "x": x,
                    "y": y,
                    "fill": coloured([_COLOURS[kind] for kind in kinds]),
                    "stroke": coloured([DARK_BLUE, ORANGE, MID_GREY]),
                    "tooltip": {"field": "kind", "type": "nominal", "title": "Council"},
                },
            },
            {
                "transform": [{"filter": "datum.own"}],
                "mark": {**mark, "filled": False, "stroke": INK, "strokeWidth": 4},
                "encoding": {"x": x, "y": y},
            },
        ],
        "config": config(mode),
    }


def _answers(name: str, category: str, title: str, most: float | None = None) -> Draw:
    """How many councils gave each answer, as bars."""

    def draw(answer: Answer, mode: Mode) -> list[Picture]:
        table = answer.tables[name]
        caption = table.caption.explore
        return [rows.bars(name, mode, table.data, category, "councils", title, caption, decimals=0, longest=most)]

    return draw


def _match(answer: Answer, mode: Mode) -> list[Picture]:
    """Children missed at each match; of an area without a number so many of every 1,000."""
    table = answer.tables["match"]
    data = table.data.assign(of_1000=10 * (100 - table.data["rate"]))
    data["whose"] = _labels(table.data)
    known = data["missed"].notna().all()
    column, title = ("missed", "Children missed") if known else ("of_1000", "Missed, of every 1,000 children")
    return [rows.bars("match", mode, data, "whose", column, title, table.caption.explore, decimals=0)]


def _labels(data: pd.DataFrame) -> list[str]:
    """`Bedford at first: 85% found`."""
    return [f"{whose}: {rate:g}% found" for whose, rate in zip(data["whose"], data["rate"], strict=True)]


def _effect(answer: Answer, mode: Mode) -> list[Picture]:
    """What the list says between the lowest and the highest that it can stand for."""
    table = answer.tables["match_effect"]
    series = {"Lowest it can be": "low", "The list says": "listed", "Highest it can be": "high"}
    return [
        rows.marks(
            "match_effect",
            mode,
            table.data,
            _labels(table.data),
            series,
            "Children, of every 100",
            table.caption.explore,
            ends=(0, 100),
        )
    ]


_OWN, _GROUPS = "Councils, of the 91 that answered in full", "Councils, of the 91, those still building included"

PICTURES: Pictures = {
    "squares": _squares,
    "datasets": _answers("datasets", "answer", _OWN, 91),
    "groups": _answers("groups", "answer", _GROUPS, 91),
    "health_data": _answers("health_data", "data", "Councils, of the 22 that link health data", 22),
    "match": _match,
    "match_effect": _effect,
    "side_by_side": side_by_side,
}
