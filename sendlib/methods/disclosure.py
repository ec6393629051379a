"""Hiding small counts, so that nobody can be found in a table."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

LARGEST_HIDDEN = 4
"""Counts from 1 to this are hidden; a zero says nothing about anybody and stays."""


def hidden_cells(counts: ArrayLike) -> NDArray[np.bool_]:
    """Which cells of a table of counts must be hidden.

    `counts`: two-dimensional, the totals of rows and columns being known to
    the reader; NaN is a cell that is not shown anyway. Counts of 1 to 4 are
    hidden first. Then, as long as a row or column has exactly one cell that is
    not shown (which its total would give away), its smallest other cell that
    is not zero is hidden too. Method: primary and complementary cell
    suppression, as in the Government Statistical Service's guidance on
    disclosure control for tables; ties go to the first cell.
    """
    table = np.asarray(counts, dtype=float)
    hidden = (table >= 1) & (table <= LARGEST_HIDDEN)
    absent = np.isnan(table)
    while True:
        before = int(hidden.sum())
        for lines, dark, gone in ((table, hidden, absent), (table.T, hidden.T, absent.T)):
            for values, cells, not_there in zip(lines, dark, gone, strict=True):
                if int((cells | not_there).sum()) == 1 and cells.any():
                    open_cells = np.flatnonzero(~cells & ~not_there & (values > 0))
                    if open_cells.size:
                        cells[open_cells[np.argmin(values[open_cells])]] = True
        if int(hidden.sum()) == before:
            return hidden
