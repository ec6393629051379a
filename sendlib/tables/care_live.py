"""England's children in need and looked-after children by SEN, out of DfE's API: rows of the table care.

Layout: the data set "National - Special educational needs (SEN) - API" of "Outcomes for children in need, including
children looked after by local authorities in England", as DfE's catalogue shows it in 2026: filters social_care_group,
sen_provision and sen_primary_need, indicators pupil_count and pupil_percent.
"""

from __future__ import annotations

import pandas as pd

from sendlib.errors import ContractBroken
from sendlib.tables import care, ees_rows, reading, school_census
from sendlib.tables.needs import UNKNOWN
from sendlib.tables.symbols import VALUE, parse

INDICATORS = {"pupil_count": "children", "pupil_percent": "percent"}
PROVISIONS = {
    "all pupils": care.ALL,
    "total": care.ALL,
    "all sen provision": "any_sen",
    "any sen": "any_sen",
    "no sen provision": "no_sen",
    "no identified sen": "no_sen",
    **school_census.PROVISIONS,
}
"""Labels without capitals -> SEN status."""
OTHER_PROVISIONS = ("unknown", "unknown sen provision", "unclassified")
NEEDS = {label: care.ALL if need == school_census.TOTAL else need for label, need in school_census.NEEDS.items()}
ROUNDING = 0.1
"""A published percentage has one decimal."""


def read(rows: pd.DataFrame, title: str) -> tuple[pd.DataFrame, list[str]]:
    """Rows of the API's answer as rows of care, and notes on what was left out. Raises ContractBroken."""
    groups = {label: care.group_of(label) for label in rows["social_care_group"].unique()}
    sen = ees_rows.meant(rows["sen_provision"].unique(), PROVISIONS, OTHER_PROVISIONS, title, "SEN provision")
    needs = ees_rows.meant(rows["sen_primary_need"].unique(), NEEDS, (), title, "primary need")
    parts = []
    for column, unit in INDICATORS.items():
        value, status = parse(rows[column], ees_rows.SYMBOLS, title)
        parts.append(
            pd.DataFrame(
                {
                    "area_code": reading.ENGLAND,
                    "period": rows["time"],
                    "group": rows["social_care_group"].map(groups),
                    "sen": rows["sen_provision"].map(sen),
                    "need": rows["sen_primary_need"].map(needs),
                    "unit": unit,
                    "value": value,
                    "status": status,
                }
            )
        )
    frame = pd.concat(parts, ignore_index=True).dropna(subset=["group", "sen"])
    whole = frame["sen"].eq(care.ALL)
    # Of all children only their number is told; a need that is not recorded is none.
    frame = frame[~(whole & (frame["unit"].eq("percent") | frame["need"].ne(care.ALL))) & frame["need"].ne(UNKNOWN)]
    ees_rows.once(frame, care.KEYS, title)
    _check_percentages(frame, title)
    unread = sorted(label for label, code in groups.items() if code is None)
    notes = [f"Groups of children that are not read: {', '.join(unread)}."] if unread else []
    return frame.reset_index(drop=True), notes


def _check_percentages(frame: pd.DataFrame, title: str) -> None:
    """Each share by SEN status is what the counts give: another denominator would be another figure."""
    counts = frame[frame["unit"].eq("children") & frame["need"].eq(care.ALL) & frame["status"].eq(VALUE)]
    wide = counts.pivot(index=["period", "group"], columns="sen", values="value")
    if care.ALL not in wide:
        raise ContractBroken(title, "it does not say how many children there are in each group.")
    shares = frame[frame["unit"].eq("percent") & frame["need"].eq(care.ALL) & frame["status"].eq(VALUE)]
    for row in shares.itertuples():
        whole, part = wide.at[(row.period, row.group), care.ALL], wide.at[(row.period, row.group), row.sen]
        # Counts are rounded to ten, the share to one decimal.
        if abs(100 * part / whole - row.value) > ROUNDING + 1000 / whole:
            raise ContractBroken(
                title,
                f"'{row.group}', '{row.sen}' is {row.value:g} per cent in {row.period}; its counts give"
                f" {100 * part / whole:.1f}.",
            )
