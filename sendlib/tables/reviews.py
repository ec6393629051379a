"""Annual reviews: DfE's file has the year in the names of some columns; here they are found by rule.

For the calendar year 2024 the file has `review_meeting_24` (met in the year), `review_meeting_25`
(met after it, before the return) and `review_meeting_prior_24` (last met before it). The last one
stands twice in the header of the release of July 2025. Both copies are the same in all 13,290 rows,
so the second is a repeat and not another measure; copies that differ are refused (reading.read_csv).
The three add up to `total_review_meeting`, and this with `no_review_meeting` to `review_expected`.
"""

from __future__ import annotations

import re

import pandas as pd

from sendlib.errors import ContractBroken

_DATED = re.compile(r"^review_meeting_(prior_?)?(\d{2})$")


def without_years(frame: pd.DataFrame, file: str) -> pd.DataFrame:
    """`frame` with its dated columns renamed: review_meeting_in_year, _before and _after.

    The years in the names are those of the newest rows; a file that has older
    rows as well says nothing in these columns of them (`x`, not available), and
    its columns of older years are left aside. Raises ContractBroken where one of
    the three columns is not there, or one is of a later year than any row.
    """
    years = sorted(set(frame["time_period"]))
    if not years:
        raise ContractBroken(file, "it has no rows.")
    newest = int(years[-1][:4])
    names: dict[str, str] = {}
    aside: list[str] = []
    for column in frame.columns:
        if match := _DATED.match(column):
            when = _when(match, newest % 100, file)
            if when:
                names[column] = f"review_meeting_{when}"
            else:
                aside.append(column)
    missing = {"in_year", "before", "after"} - {name.removeprefix("review_meeting_") for name in names.values()}
    if missing:
        raise ContractBroken(
            file, f"no column tells of review meetings {', '.join(sorted(missing)).replace('_', ' the ')} {years[-1]}."
        )
    found = frame.drop(columns=aside).rename(columns=names)
    found.loc[found["time_period"].ne(years[-1]), list(names.values())] = "x"
    return found


def _when(match: re.Match[str], year: int, file: str) -> str:
    """in_year, before or after, for a column's own year against that of the newest rows.

    Nothing for a column of an older year.
    """
    prior, own = bool(match[1]), int(match[2])
    if own == year:
        return "before" if prior else "in_year"
    if own == (year + 1) % 100 and not prior:
        return "after"
    if own < year:
        return ""
    raise ContractBroken(file, f"column '{match[0]}' is of a later year than its rows.")
