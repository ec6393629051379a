"""Reading a publisher's table as agreed, or refusing it by name.

Every function here raises ContractBroken instead of returning part of a file.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping

import pandas as pd

from sendlib.errors import ContractBroken
from sendlib.tables import symbols

ENGLAND = "E92000001"
EES_AREA_COLUMNS = ["time_period", "time_identifier", "geographic_level", "region_code", "old_la_code", "la_name"]
_AUTHORITY_CODE = re.compile(r"^\d{3}$")
FEWEST_AUTHORITIES = 140
"""No release since 2010 has had fewer; a file with fewer is cut short."""

# Rows that are no authority of today or of the past: armed forces' bases (702) and the joint
# rows that DfE adds where an authority was split.
NOT_AN_AUTHORITY = re.compile(r"^(702|z|x|\d{3} / \d{3})$")


def read_csv(content: bytes, file: str, required: Iterable[str]) -> pd.DataFrame:
    """A CSV file as text cells, with lower-case column names.

    Refused: an empty file, a web page instead of a table, a file that ends in
    the middle of a row, a file without one of the `required` columns (compared
    in lower case).
    """
    if not content.strip():
        raise ContractBroken(file, "the file is empty.")
    text = content.decode("utf-8-sig", errors="strict") if _is_utf8(content) else content.decode("cp1252")
    if text.lstrip().lower().startswith(("<!doctype", "<html", "<?xml")):
        raise ContractBroken(file, "this is a web page, not a table (the publisher may have moved the file).")
    rows = csv.reader(io.StringIO(text))
    header = [name.strip().lower() for name in next(rows)]
    missing = [name for name in required if name.lower() not in header]
    if missing:
        raise ContractBroken(file, f"the agreed columns {', '.join(missing)} are not in it.")
    body = list(rows)
    while body and not body[-1]:
        body.pop()
    for number, row in enumerate(body, start=2):
        if len(row) != len(header):
            raise ContractBroken(
                file,
                f"line {number} has {len(row)} cells where the header has {len(header)}; the file may be cut short.",
            )
    # A repeated column (annual reviews have one) is kept once when both copies agree.
    frame = pd.DataFrame(body, columns=pd.Index(header), dtype="str")
    for name in {name for name in header if header.count(name) > 1}:
        copies = frame.loc[:, name]
        if not copies.eq(copies.iloc[:, 0], axis=0).all(axis=None):
            raise ContractBroken(file, f"column '{name}' appears twice with different figures.")
    return frame.loc[:, ~frame.columns.duplicated()]


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def with_area_codes(frame: pd.DataFrame, file: str) -> pd.DataFrame:
    """Add `area_code` to the rows of a DfE file; drop rows that are no authority.

    Authorities keep their 3-digit code, regions their ONS code, England is
    E92000001. The 9-digit code is not used: five of them are out of date in
    DfE's own files (Barnsley, Sheffield, Somerset, North Yorkshire,
    Buckinghamshire).
    """
    level = frame["geographic_level"].str.strip().str.lower()
    known = {"national", "regional", "local authority"}
    if not set(level) <= known:
        raise ContractBroken(file, f"geographic_level holds {sorted(set(level) - known)}.")
    code = frame["old_la_code"].str.strip()
    code = code.where(level.eq("local authority"), frame["region_code"].str.strip())
    code = code.where(level.ne("national"), ENGLAND)
    leave_out = level.eq("local authority") & code.str.match(NOT_AN_AUTHORITY.pattern)
    kept = frame.assign(area_code=code, level=level)[~leave_out]
    odd = kept[kept.level.eq("local authority") & ~kept.area_code.str.match(_AUTHORITY_CODE.pattern)]
    if len(odd):
        raise ContractBroken(file, f"'{odd.area_code.iloc[0]}' is not a 3-digit authority code.")
    return kept


def check_totals(totals: pd.DataFrame, file: str, counted: str | None = None) -> None:
    """Check the total rows of a DfE file: columns area_code, level, period.

    Each period has exactly one row for England and one for each area, and
    enough authorities. With `counted` (a column of numbers) the authorities
    must add up to England, or to no more than it where one of them has no figure.
    """
    for period, rows in totals.groupby("period"):
        england = int(rows.area_code.eq(ENGLAND).sum())
        if england != 1:
            raise ContractBroken(file, f"{england} totals for England in {period} where there must be exactly one.")
        twice = rows[rows.area_code.duplicated()]
        if len(twice):
            raise ContractBroken(file, f"two totals for area {twice.area_code.iloc[0]} in {period}.")
        authorities = rows[rows.level.eq("local authority")]
        if len(authorities) < FEWEST_AUTHORITIES:
            raise ContractBroken(file, f"only {len(authorities)} authorities in {period}; the file may be cut short.")
        if counted:
            whole = pd.to_numeric(rows.loc[rows.area_code.eq(ENGLAND), counted]).iloc[0]
            each = pd.to_numeric(authorities[counted], errors="coerce")
            parts = each.sum()
            # An authority that is hidden or sent nothing may be in England's figure or not; the others can not exceed
            # it.
            wrong = parts > whole if each.isna().any() else parts != whole
            if wrong:
                raise ContractBroken(
                    file,
                    f"'{counted}' of the authorities adds up to {parts:.0f} in {period}, but England is {whole:.0f}.",
                )


def check_labels(found: Iterable[str], agreed: Iterable[str], file: str, column: str) -> None:
    """Every label must be an agreed one: a new label means that the file has changed."""
    new = sorted(set(found) - set(agreed))
    if new:
        raise ContractBroken(file, f"column '{column}' holds labels that were not agreed: {', '.join(new[:5])}.")


def check_same_sums(frame: pd.DataFrame, counted: str, file: str) -> None:
    """Age, sex, ethnicity and years in place of an area must count the same children.

    `frame`: columns area_code, period, characteristic and `counted`. A file
    that ends in the middle of its last area, even after a whole row, fails here.
    """
    whole = ["age", "sex", "ethnicity", "years_in_place"]
    rows = frame[frame["characteristic"].isin(whole)]
    count = pd.to_numeric(rows[counted], errors="coerce")
    sums = count.groupby([rows["period"], rows["area_code"], rows["characteristic"]]).sum().unstack("characteristic")
    for period, areas in sums.groupby(level="period"):
        held = areas.dropna(axis="columns", how="all")
        uneven = held[held.isna().any(axis=1) | held.nunique(axis=1).gt(1)]
        if len(uneven):
            area = uneven.index[0][1]
            raise ContractBroken(
                file,
                f"the characteristics of area {area} in {period} do not count the same children;"
                " the file may be cut short.",
            )


def check_columns(frame: pd.DataFrame, agreed: Iterable[str], file: str, pattern: str) -> None:
    """Every column that matches `pattern` must be agreed: a new one must not fall away in silence."""
    new = sorted(name for name in frame.columns if re.search(pattern, name) and name not in set(agreed))
    if new:
        raise ContractBroken(file, f"it has columns that were not agreed: {', '.join(new[:5])}.")


def melt(
    frame: pd.DataFrame,
    keys: list[str],
    columns: Mapping[str, str],
    dimension: str,
    missing: Mapping[str, str],
    file: str,
) -> pd.DataFrame:
    """Wide published columns as long rows: keys, `dimension`, value, status.

    `columns` maps a published column (lower case) to its label in `dimension`;
    `missing` maps the file's symbols to statuses.
    """
    parts = []
    for column, label in columns.items():
        value, status = symbols.parse(frame[column], missing, file)
        parts.append(frame[keys].assign(**{dimension: label, "value": value, "status": status}))
    return pd.concat(parts, ignore_index=True)


def as_categories(frame: pd.DataFrame, columns: Iterable[str]) -> pd.DataFrame:
    """Text columns as sorted categories, rows in the order of those columns: compact and deterministic."""
    columns = list(columns)
    categories = {name: pd.Categorical(frame[name].astype("str")) for name in columns}
    return frame.assign(**categories).sort_values(columns, kind="stable", ignore_index=True)
