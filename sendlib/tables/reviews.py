"""Annual reviews: DfE's file has the year in the names of some columns; here they are found by rule.

Release of 2025. For the calendar year 2024 the file has `review_meeting_24` (met in the year), `review_meeting_25`
(met after it, before the return) and `review_meeting_prior_24` (last met before it). The last one
stands twice in the header of the release of July 2025. Both copies are the same in all 13,290 rows,
so the second is a repeat and not another measure; copies that differ are refused (reading.read_csv).
The three add up to `total_review_meeting`, and this with `no_review_meeting` to `review_expected`.

Release of 2026. The file counts reviews that were *completed*: `review_completed_2025`,
`review_completed_prior_2025` and `review_not_completed`, which add up to `review_expected_2025`. All decisions
within and after 4 weeks add up to those completed in the year, and so do the outcomes: a review counts as completed
when its decision is told, which may be months after the meeting. So these are other measures than those before.
"""

from __future__ import annotations

import re

import pandas as pd

from sendlib.errors import ContractBroken
from sendlib.tables.process_measures import COMPLETED_REVIEWS

_MEETING = re.compile(r"^review_meeting_(?P<prior>prior_?)?(?P<year>\d{2})$")
_COMPLETED = re.compile(r"^(?P<name>review_(?:not_)?expected|review_completed(?:_prior)?)_(?P<year>20\d{2})$")
_WORDS = {
    "review_meeting_in_year": "met in the year",
    "review_meeting_before": "last met before the year",
    "review_meeting_after": "met after the year",
}
_IN_BOTH = ("review_expected", "review_not_expected")


def without_years(frame: pd.DataFrame, file: str) -> pd.DataFrame:
    """`frame` with its dated columns renamed to those of process_measures.FILES["annual_reviews"], either layout.

    The years in the names are those of the newest rows; a file that has older
    rows as well says nothing in these columns of them (`x`, not available), and
    its columns of older years are left aside. Raises ContractBroken where one of
    the columns is not there, or one is of a later year than any row.
    """
    newest = max(frame["time_period"])[:4]
    if not newest.isdigit():
        raise ContractBroken(file, f"time_period '{newest}' is not a year.")
    in_2026 = "review_not_completed" in frame or any(map(_COMPLETED.match, frame.columns))
    names, aside = (_completed if in_2026 else _meetings)(list(frame.columns), int(newest), file)
    found = frame.drop(columns=aside).rename(columns=names)
    wanted = [*_IN_BOTH, *COMPLETED_REVIEWS] if in_2026 else ["review_meeting_in_year", "review_meeting_before"]
    missing = [name for name in [*wanted, *([] if in_2026 else ["review_meeting_after"])] if name not in found]
    if missing:
        when = ", ".join(_WORDS.get(name, name) for name in missing)
        raise ContractBroken(file, f"no column tells of reviews of {newest}: {when}.")
    found.loc[found["time_period"].ne(max(frame["time_period"])), sorted(set(names.values()))] = "x"
    return found


def _meetings(columns: list[str], newest: int, file: str) -> tuple[dict[str, str], list[str]]:
    """Column -> our name, and the columns of older years, in the layout of 2025."""
    names, aside = {}, []
    for column in columns:
        match = _MEETING.match(column)
        if not match:
            continue
        year, prior = 2000 + int(match["year"]), bool(match["prior"])
        if year == newest:
            names[column] = f"review_meeting_{'before' if prior else 'in_year'}"
        elif year == newest + 1 and not prior:
            names[column] = "review_meeting_after"
        elif year < newest:
            aside.append(column)
        else:
            raise ContractBroken(file, f"column '{column}' is of a later year than its rows.")
    return names, aside


def _completed(columns: list[str], newest: int, file: str) -> tuple[dict[str, str], list[str]]:
    """The same in the layout of 2026."""
    names, aside = {}, []
    for column in columns:
        match = _COMPLETED.match(column)
        if not match:
            continue
        if int(match["year"]) > newest:
            raise ContractBroken(file, f"column '{column}' is of a later year than its rows.")
        if int(match["year"]) == newest:
            names[column] = match["name"]
        else:
            aside.append(column)
    return names, aside
