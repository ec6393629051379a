"""Picture of waits by provider: how long each list is, and how long children on it have waited."""

from __future__ import annotations

import pandas as pd

from sendlib.answer import Answer, Mode, Text
from sendlib.answer.numbers import written
from sendlib.pictures import rows
from sendlib.pictures.palette import DARK_BLUE, INK, LIGHT_BLUE, MID_GREY, PAPER, THIRD_BLUE
from sendlib.pictures.picture import Picture, Spec, config, nothing_to_draw, sizes, swatch
from sendlib.questions.getting_help import choices, health_providers
from sendlib.tables.periods import spoken

MOST = 12
"""Providers that are drawn: the longest lists."""
_PARTS = {
    "Up to 18 weeks": LIGHT_BLUE,
    "Over 18, up to 52 weeks": THIRD_BLUE,
    "Over 52 weeks": DARK_BLUE,
    "Weeks not published": MID_GREY,
}
_SERVICE = choices.PROVIDERS_SERVICE.name


def providers(answer: Answer, mode: Mode) -> list[Picture]:
    """A bar for each provider of the chosen service in the newest month, divided at 18 and 52 weeks."""
    table, name = answer.tables[health_providers.NAME], health_providers.NAME
    service = answer.offered[_SERVICE].words if _SERVICE in answer.offered else str(table.data["service"].iloc[0])
    held = health_providers.of_newest(table.data, service)
    held = held[held["waiting"].gt(0)]
    month = spoken(str(table.data["period"].max()))
    if held.empty:
        return [nothing_to_draw(name, f"{service}: nobody was on a list in {month}.")]
    drawn, left = held.head(MOST), held.iloc[MOST:]
    several = drawn["health_area"].nunique() > 1
    labels = [
        f"{row['provider']}{' (' + row['health_area'].removeprefix('NHS ') + ')' if several else ''}"
        for _, row in drawn.iterrows()
    ]
    data = pd.concat([_parts(row, label) for label, (_, row) in zip(labels, drawn.iterrows(), strict=True)])
    below: tuple[str, ...] = ()
    if len(left):
        below = (f"Not drawn, but in the table: {len(left)} more, with {written(left['waiting'].sum())} children.",)
    told = "; ".join(_in_words(label, row) for label, (_, row) in zip(labels, drawn.iterrows(), strict=True))
    used = [part for part in _PARTS if part in set(data["part"])]
    return [
        Picture(
            name,
            _spec(mode, labels),
            data.reset_index(drop=True),
            Text(f"{service}, {month}, children waiting: {told}."),
            legend=tuple(swatch(_PARTS[part], part, MID_GREY) for part in used),
            heading=f"{service}, {month}",
            below=below,
        )
    ]


def _parts(row: pd.Series, label: str) -> pd.DataFrame:
    """A list in its parts by weeks, with where each begins and ends; a list without weeks is one part."""
    whole, over_18, over_52 = row["waiting"], row["over_18"], row["over_52"]
    ends = [whole - over_18, whole - over_52, whole]
    known = not pd.isna(over_18) and over_52 <= over_18 <= whole
    names, ends = (list(_PARTS)[:3], ends) if known else (list(_PARTS)[3:], [whole])
    found = pd.DataFrame({"label": label, "part": names, "first": [0, *ends[:-1]], "last": ends, "whole": whole})
    return found[found["last"].gt(found["first"])]


def _in_words(label: str, row: pd.Series) -> str:
    if pd.isna(row["over_18"]):
        return f"{label} {written(row['waiting'])}"
    long = f"{written(row['over_18'])} over 18 and {written(row['over_52'])} over 52 weeks"
    return f"{label} {written(row['waiting'])}, {long}"


def _spec(mode: Mode, labels: list[str]) -> Spec:
    """Bars in rows with their names over them and the length of the list at the end; data: label, part, first, last,
    whole."""
    y, low = rows.rows("label", labels), rows.off_middle(0.25, len(labels))
    title = "Children waiting"
    axis = {**rows.axis_title(title), "tickCount": 4, "labelOverlap": "greedy", "labelSeparation": 8}
    x = {"field": "first", "type": "quantitative", "axis": axis}
    colour = {"domain": list(_PARTS), "range": list(_PARTS.values())}
    tooltip = [
        {"field": "label", "title": "Provider"},
        {"field": "part", "title": "Waited"},
        {"field": "last", "title": "Up to this part", "format": ","},
    ]
    number = {"type": "text", "align": "left", "baseline": "middle", "dx": 6, "yOffset": low, "color": INK}
    return {
        "height": rows.height(mode, len(labels), title),
        "padding": rows.ROOM,
        "layer": [
            *rows.names(mode, "label", {label: label for label in labels}),
            {
                "mark": {"type": "bar", "height": 16, "yOffset": low, "stroke": PAPER, "strokeWidth": 0.5},
                "encoding": {
                    "y": y,
                    "x": x,
                    "x2": {"field": "last"},
                    "color": {"field": "part", "type": "nominal", "scale": colour, "legend": None},
                    "tooltip": tooltip,
                },
            },
            {
                "transform": [{"filter": "datum.last === datum.whole"}],
                "mark": {**number, "fontSize": sizes(mode)[0]},
                "encoding": {
                    "y": y,
                    "x": {**x, "field": "whole"},
                    "text": {"field": "whole", "type": "quantitative", "format": ","},
                },
            },
        ],
        "config": config(mode),
    }
