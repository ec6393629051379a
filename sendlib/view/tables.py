"""A table on a page: a component that makes a real one in HTML (static/table/), put in order at its headings.

Streamlit's own tables can be put in no order, or are a drawing in which a keyboard and a screen reader find nothing.
The rows come in their order from here, so that there is one rule for it, whatever the browser.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from sendlib.answer import Mode, Table
from sendlib.answer.table import OWN, WHOLE
from sendlib.areas import ENGLAND, Area
from sendlib.view import modules
from sendlib.view.ordering import choose, in_order, order_of

LONG = 30
"""Rows above which a table scrolls within a box of its own, under its headings."""
FEW, MANY = 3, 9
"""Columns up to which a table stays one on a phone, where one with more becomes a list of cards; and up to which it is
written in the usual size."""


def draw(
    name: str,
    shown: pd.DataFrame,
    values: pd.DataFrame,
    caption: str,
    *,
    begins: str = "",
    marks: pd.Series | None = None,
    most: int | None = None,
    again: str = "",
) -> None:
    """Draw a table.

    `shown` is what stands in the cells, `values` what the rows are put in order by: the same rows and columns, by
    the names that the address has. `caption` names the table to those who hear the page. `begins`: the column that it
    is in order of until a reader chooses. `marks`: for each row `own`, `england` or nothing. `most`: rows drawn.
    `again` tells this drawing of the table from another one of it on the page.
    """
    order = order_of(name, values.columns, begins)
    rows = in_order(values, order)[:most]
    key = f"table_{name}{again}"

    def reordered() -> None:
        if column := str(st.session_state[key].get("order") or ""):
            choose(name, column, order, begins)

    columns = [
        {
            "name": str(column),
            "heading": str(heading),
            "number": pd.api.types.is_numeric_dtype(values[column]),
            "sorted": order.direction(values[column]) if column == order.column else "none",
        }
        for column, heading in zip(values.columns, shown.columns, strict=True)
    ]
    data = {
        "name": name,
        "caption": caption,
        "columns": columns,
        "rows": shown.loc[rows].astype(str).to_numpy().tolist(),
        "marks": [""] * len(rows) if marks is None else marks.loc[rows].tolist(),
        "form": "few" if len(columns) <= FEW else "many" if len(columns) <= MANY else "most",
        "long": len(rows) > LONG,
    }
    modules.component("table")(data=data, key=key, on_order_change=reordered)


def draw_of(
    table: Table,
    area: Area,
    name: str,
    mode: Mode,
    *,
    rows: pd.Index | None = None,
    begins: str = "",
    most: int | None = None,
    again: str = "",
) -> None:
    """Draw a table of an answer for an area, or some of its rows; the rest as in `draw`."""
    kept = table.data.index if rows is None else rows
    shown, values = table.readable(mode).loc[kept], _values(table, mode).loc[kept]
    marks = whose_rows(table, area).loc[kept]
    draw(name, shown, values, table.caption.in_mode(mode), begins=begins, marks=marks, most=most, again=again)


def draw_frame(name: str, frame: pd.DataFrame, caption: str) -> None:
    """Draw a table that has its headings already, and numbers as whole ones."""
    shown = frame.apply(lambda values: values.map("{:,}".format) if values.dtype.kind in "iu" else values)
    columns = [heading.lower().replace(" ", "_") for heading in frame.columns]
    draw(name, shown, frame.set_axis(columns, axis=1), caption)


def _values(table: Table, mode: Mode) -> pd.DataFrame:
    """What the columns that a mode shows are put in order by: numbers where it shows such, else words."""
    data = table.data_in(mode)
    return pd.DataFrame(
        {
            name: data[name].astype(str) if column.decimals is None else pd.to_numeric(data[name], errors="coerce")
            for name, column in table.columns_in(mode).items()
        },
        index=data.index,
    )


def whose_rows(table: Table, area: Area) -> pd.Series:
    """For each row of a table that lists several areas whether it is that of the area itself (`own`) or of England."""
    nothing = marks = pd.Series("", index=table.data.index)
    names = {area.code: "own", area.name: "own", area.short_name: "own", OWN: "own"}
    names = {ENGLAND: "england", "England": "england", WHOLE: "england", **names}
    for column in ("area_code", "whose", *(name for name, one in table.columns.items() if one.whose == "row")):
        if column in table.data:
            found = table.data[column].astype(str).map(names).fillna("")
            # Where the area as a whole has a row, those of its authorities are not its own.
            found = found.mask(found.eq("own"), "") if marks.eq("own").any() else found
            marks = marks.where(marks.ne(""), found)
    # Where every row is of one there is nothing to tell apart.
    return marks if marks.nunique() > 1 else nothing
