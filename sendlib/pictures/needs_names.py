"""Names of areas in the lead picture of Needs, each at one of its marks, where there is room."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sendlib.answer import Mode
from sendlib.pictures import pinned
from sendlib.pictures.picture import Spec, is_series
from sendlib.pictures.pinned import Pin

ROOM, _LITTLE = 0.3, 0.12
"""Parts of the axis: what a name takes up at most, on a screen of middling width, and what is too little for one."""
SIDES: dict[str, Spec] = {
    "left": {"align": "right", "dx": -12, "baseline": "middle"},
    "right": {"align": "left", "dx": 12, "baseline": "middle"},
    "over": {"align": "center", "dy": -9, "baseline": "bottom"},
}
"""Where a name stands beside its dot."""


def with_names(data: pd.DataFrame, pins: Sequence[Pin], start: float, end: float, field: str) -> pd.DataFrame:
    """`label_at`: the name of each pinned area at one of its dots, that with the most room beside it, and `label_side`
    where it stands: to the right of the dot, to its left in the right half of the axis, or over it where no dot has
    room enough. `field` is where a dot is on the axis from `start` to `end`."""
    found = data.assign(label_at="", label_side="")
    whole, taken = end - start, set()
    for pin in pins:
        best, most, free = None, -1.0, 0.0
        for row, need, at in data.loc[data["area_code"].eq(pin.code), ["need", field]].itertuples():
            side = "left" if at > (start + end) / 2 else "right"
            others = data.loc[data["need"].eq(need) & data["area_code"].ne(pin.code), field]
            apart = float((others - at).abs().min()) / whole
            beyond = at - others if side == "left" else others - at
            room = min([*beyond[beyond >= 0], at - start if side == "left" else end - at]) / whole
            here = min(room, ROOM) + min(apart, 0.05) - (need in taken)
            if here > most:
                best, most, free = (row, need, side), here, room
        if best:
            over = free < _LITTLE
            label = [pin.name, "over"] if over else [pinned.on_rows(pin.name), best[2]]
            found.loc[best[0], ["label_at", "label_side"]] = label
            taken.add(best[1])
    return found


def layers(mode: Mode, encoding: Spec, offset: Spec | int = 0) -> list[Spec]:
    """The names of pinned areas, each at one mark; `offset`: how far marks are below the middle of their row."""
    sides = [
        pinned.labels(mode, encoding, is_series(side, "label_side"), **style, yOffset=offset)
        for side, style in SIDES.items()
    ]
    return [layer for both in sides for layer in both]
