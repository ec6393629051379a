"""In which order the rows of a table stand: chosen by a reader at its headings, and held in the address."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from sendlib.view import address

_TURNED = "-"
"""What stands before a column in the address whose order is turned round: `sort=map:-per_1000`."""


@dataclass(frozen=True)
class Order:
    """The column that a table is in order of, and whether the other way round than such a column begins; without a
    column the rows stand as the answer has them."""

    column: str = ""
    turned: bool = False

    def direction(self, values: pd.Series) -> str:
        """The order of the column's values in the word that a browser tells a reader who hears the page."""
        return "descending" if _is_of_numbers(values) != self.turned else "ascending"


def order_of(name: str, columns: Collection[str], begins: str = "") -> Order:
    """The order of a table that the address asks for; without one, or of a column that there is not, as it begins."""
    asked = _sorts().get(name, "")
    column = asked.removeprefix(_TURNED)
    return Order(column, asked.startswith(_TURNED)) if column in columns else Order(begins)


def choose(name: str, column: str, now: Order, begins: str = "") -> None:
    """Put a table in order of a column, or turn its order round where it is in that order now. What is as the table
    begins does not stand in the address."""
    turned = column == now.column and not now.turned
    chosen = {**_sorts(), name: f"{_TURNED if turned else ''}{column}"}
    kept = [f"{table}:{by}" for table, by in chosen.items() if table != name or by != begins]
    address.put({address.SORT: ",".join(kept)})


def in_order(data: pd.DataFrame, order: Order) -> pd.Index:
    """The rows in an order: words from A, numbers from the largest, or turned round; those without come last."""
    if not order.column:
        return data.index
    values = data[order.column]
    numbers = _is_of_numbers(values)
    keys = values if numbers else values.astype(str).map(_key)
    return keys.sort_values(ascending=numbers == order.turned, na_position="last", kind="stable").index


def plain(text: str) -> str:
    """A text without case, accents and apostrophes, which people leave out."""
    letters = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", ""))
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


def _key(text: str) -> str | None:
    """What words are put in order by: numbers within them by their size, so that 5 to 9 comes before 10 to 14."""
    return re.sub(r"\d+", lambda number: number.group().zfill(9), plain(text)) or None


def _is_of_numbers(values: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)


def _sorts() -> dict[str, str]:
    """Table -> column, as the address has them: `sort=map:per_1000`."""
    pairs = (part.partition(":") for part in address.asked(address.SORT).split(",") if ":" in part)
    return {table: column for table, _, column in pairs}
