"""The children of two areas in the same rows: at the newest mid-year, and in the target year by each scenario."""

from __future__ import annotations

import pandas as pd

from sendlib.answer import Answer, Mode
from sendlib.answer.numbers import capital
from sendlib.pictures import two_areas
from sendlib.pictures.looking_ahead_ends import TARGET_IS_CALLED
from sendlib.pictures.picture import Picture, nothing_to_draw
from sendlib.questions.looking_ahead import places
from sendlib.questions.looking_ahead.scenarios import NAMES, PLAIN_NAMES
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE, WORDS

_RANGES = {"own": ("own_from", "own_to"), "beside": ("beside_from", "beside_to")}


def children(answer: Answer, other: Answer, mode: Mode, names: list[str]) -> Picture:
    """Rows of children with their ranges, a mark for each area: `names` are the scenarios drawn. Each is England's
    rate on the residents of the area, so the rows differ as the numbers of residents do."""
    table = pd.concat([_now(answer, other), _ahead(answer, other, mode, names)], ignore_index=True)
    own, beside = (_called(one) for one in (answer, other))
    ranges = {own: _RANGES["own"], beside: _RANGES["beside"]}
    remarks = [_remark((own, beside), row) for _, row in table.iterrows()]
    held = two_areas.Rows(table, "label", (own, "own"), (beside, "beside"), {}, ranges, remarks)
    largest = float(table[held.columns].max(axis=None))
    heading = "Children with a life-limiting condition"
    if largest != largest:
        return nothing_to_draw("fan_children", f"Not available for {own} and {beside}.", heading=heading)
    caption = f"{heading}, aged 0 to 19, an estimate from England's rate"
    axis = "" if mode == "show" else "Children aged 0 to 19"
    return two_areas.lanes("fan_children", mode, held, largest, axis, caption, heading=heading)


def _called(answer: Answer) -> str:
    """Whose children they are: a tiny area's are those of two together."""
    return capital(places.taken_together(answer.area) or answer.area.name)


def _remark(names: tuple[str, str], row: pd.Series) -> str:
    """Whose number is missing in a row, and why."""
    told = []
    for name, column in zip(names, ("own", "beside"), strict=True):
        if row[f"{column}_status"] != VALUE:
            told.append(f"{name}: {WORDS[row[f'{column}_status']]}")
        elif pd.isna(row[column]):
            told.append(f"{name}: {places.FEW}")
    return "; ".join(told)


def _now(answer: Answer, other: Answer) -> pd.DataFrame:
    """The row of the newest mid-year, with the last measured rate; it has no range."""
    fan, areas = answer.tables["fan"].data, answer.tables["areas"]
    last = fan.loc[fan["measured"].notna(), "year"].iloc[-1]
    row: dict[str, object] = {"label": f"{areas.columns['children_now'].heading}, rate of {last}"}
    for name, one in (("own", answer), ("beside", other)):
        table = one.tables["areas"].data
        held = table[table["area_code"].eq(one.area.code)].iloc[0]
        row |= {
            name: held["children_now"],
            f"{name}_status": held["status"],
            f"{name}_from": float("nan"),
            f"{name}_to": float("nan"),
        }
    return pd.DataFrame([row])


def _ahead(answer: Answer, other: Answer, mode: Mode, names: list[str]) -> pd.DataFrame:
    """A row for each scenario in the target year."""
    called = PLAIN_NAMES if mode == "families" else NAMES
    year = int(str(answer.tables["fan"].data["year"].iloc[-1])[:4]) + TARGET_IS_CALLED
    rows = pd.DataFrame({"label": [f"{year}: {called[name]}" for name in names]})
    for name, one in (("own", answer), ("beside", other)):
        ends = one.tables["scenarios"].data.set_index("scenario").reindex([NAMES[each] for each in names])
        # England has the study's own interval in place of a range of ours.
        low, high = ("range_from", "range_to") if "range_from" in ends else ("published_from", "published_to")
        of = {name: "children", f"{name}_from": low, f"{name}_to": high}
        rows = rows.assign(**{column: list(ends[held]) for column, held in of.items()})
        rows[f"{name}_status"] = list(ends["status"].fillna(NOT_AVAILABLE))
    return rows
