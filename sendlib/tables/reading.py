"""Reading a publisher's table as agreed, or refusing it by name.

Every function here raises ContractBroken instead of returning part of a file.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Mapping

import numpy as np
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


def read_csv(content: bytes, file: str, required: Iterable[str], parts: bool = False) -> pd.DataFrame:
    """A CSV file as text cells, with lower-case column names.

    Refused: what is no text (decoded), an empty file, a header without rows, a
    web page instead of a table, cells with other separators than commas, a file
    that ends in the middle of a row or inside quotes, a header that comes
    twice (unless the file is known to have `parts`), blank lines between rows,
    and a file without one of the `required` columns (compared in lower case).
    """
    text = decoded(content, file)
    if not text.strip():
        raise ContractBroken(file, "the file is empty.")
    if text.lstrip().lower().startswith(("<!doctype", "<html", "<?xml")):
        raise ContractBroken(file, "this is a web page, not a table (the publisher may have moved the file).")
    header, rows = _checked_shape(text, file, parts)
    missing = [name for name in required if name.lower() not in header]
    if missing:
        raise ContractBroken(file, f"the agreed columns {', '.join(missing)} are not in it.{_other_separator(header)}")
    if not rows:
        raise ContractBroken(file, "it has a header and no rows; the file may be cut short.")
    # The rows were looked at one by one and not kept: two million cells as Python's texts take 200 MB.
    frame = pd.read_csv(io.StringIO(text), header=None, skiprows=1, dtype="str", na_filter=False)
    if frame.shape != (rows, len(header)):
        raise ContractBroken(file, f"{rows:,} rows were counted and {len(frame):,} read; its quotation marks are odd.")
    # A repeated column (annual reviews have one) is kept once when both copies agree.
    frame.columns = pd.Index(header)
    for name in {name for name in header if header.count(name) > 1}:
        copies = frame.loc[:, name]
        if not copies.eq(copies.iloc[:, 0], axis=0).all(axis=None):
            raise ContractBroken(file, f"column '{name}' appears twice with different figures.")
    return frame.loc[:, ~frame.columns.duplicated()]


def _checked_shape(text: str, file: str, parts: bool) -> tuple[list[str], int]:
    """The header in lower case and the number of rows below it, all of the header's length.

    Raises ContractBroken at the first line that is odd.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows = blank = 0
    try:
        header = [name.strip().lower() for name in next(reader)]
        for row in reader:
            if not row:
                blank = blank or reader.line_num
                continue
            if blank:
                raise ContractBroken(
                    file, f"line {blank} is blank, with rows below it; two files may have been joined."
                )
            rows += 1
            _check_row(row, header, reader.line_num, file, parts)
    except csv.Error as error:
        raise ContractBroken(
            file, f"line {reader.line_num}: {error}; a quotation mark may be open, or the file cut short."
        ) from error
    return header, rows


def _check_row(row: list[str], header: list[str], line: int, file: str, parts: bool) -> None:
    if len(row) != len(header):
        raise ContractBroken(
            file, f"line {line} has {len(row)} cells where the header has {len(header)}; the file may be cut short."
        )
    if not parts and row[0].strip().lower() == header[0] and [cell.strip().lower() for cell in row] == header:
        raise ContractBroken(file, f"line {line} is the header again; two files may have been joined.")


def _other_separator(header: list[str]) -> str:
    """A hint where one long name of a column holds the separators of another kind of file."""
    for separator, name in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
        if any(cell.count(separator) > 1 for cell in header):
            return f" Its cells are separated by {name}; save it with commas."
    return ""


_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decoded(content: bytes, file: str) -> str:
    """The text of a publisher's file: UTF-8, UTF-16 with its mark, or Windows-1252 where it is nothing else.

    Raises ContractBroken for a file of mixed encodings, with bytes that stand
    for nothing, or with NUL characters, and names the line.
    """
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8" or not content.decode("utf-8", errors="ignore").isascii():
            raise ContractBroken(file, _odd_byte(content, error, encoding)) from error
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError as second:
            raise ContractBroken(file, _odd_byte(content, second, "Windows-1252")) from second
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise ContractBroken(file, f"line {line} holds a NUL character: this is no text in UTF-8. Save it as UTF-8.")
    return text


def _odd_byte(content: bytes, error: UnicodeDecodeError, encoding: str) -> str:
    line = content.count(b"\n", 0, error.start) + 1
    return (
        f"the byte 0x{content[error.start]:02x} in line {line} is no character of {encoding.removesuffix('-sig')}; the"
        " file is damaged or of mixed encodings. Fetch it again, or save it as UTF-8."
    )


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
    must add up to their region and to England, or to no more than these where
    one of them has no figure; see `_check_sums`.
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
        _check_sums(totals, file, counted)


def _check_sums(totals: pd.DataFrame, file: str, counted: str) -> None:
    """The authorities' numbers beside England's and, where the file has regions, beside their region's.

    An authority that is hidden or sent nothing may be in the whole or not: its
    region's sum may then fall short, but every other region's may not. In such
    a region no authority of the period before may have vanished, for its
    children could hide in the gap.
    """
    before: pd.DataFrame | None = None
    for period, rows in totals.groupby("period"):
        number = pd.to_numeric(rows[counted].astype("str").str.replace(",", ""), errors="coerce")
        number = number.set_axis(rows.area_code)
        if number[ENGLAND] != number[ENGLAND]:
            raise ContractBroken(file, f"England has no figure of '{counted}' in {period} to check the others against.")
        authorities = rows[rows.level.eq("local authority")]
        groups = {ENGLAND: authorities}
        if "region_code" in rows:
            groups |= {
                region: part for region, part in authorities.groupby("region_code") if number.get(region, np.nan) >= 0
            }
        for whole, parts in groups.items():
            each = number[parts.area_code]
            unknown = each.isna().any()
            if each.sum() > number[whole] or (not unknown and each.sum() != number[whole]):
                raise ContractBroken(
                    file,
                    f"'{counted}' of the authorities adds up to {each.sum():.0f} in {period}, but"
                    f" {'England' if whole == ENGLAND else f'area {whole}'} is {number[whole]:.0f}.",
                )
            regions = len(groups) > 1
            if unknown and before is not None and (whole != ENGLAND or not regions):
                earlier = before if whole == ENGLAND else before[before.region_code.eq(whole)]
                if len(parts) < len(earlier):
                    gone = sorted(set(earlier.area_code) - set(parts.area_code))
                    raise ContractBroken(
                        file,
                        f"area {gone[0]} is not in it in {period}, and another authority beside it has no figure, so"
                        " that the sums can not tell whether the file is cut short.",
                    )
        before = authorities


def check_labels(found: Iterable[str], agreed: Iterable[str], file: str, column: str) -> None:
    """Every label must be an agreed one: a new label means that the file has changed."""
    new = sorted(set(found) - set(agreed))
    if new:
        raise ContractBroken(file, f"column '{column}' holds labels that were not agreed: {', '.join(new[:5])}.")


def check_same_sums(frame: pd.DataFrame, counted: str, file: str) -> None:
    """Age, sex, ethnicity and years in place of an area must count the same children.

    `frame`: columns area_code, period, characteristic and `counted`. A file
    that ends in the middle of its last area, even after a whole row, fails here:
    its last area falls short of itself, and England does not. What authorities
    left out is missing in England as well, and an area with a missing figure
    (`x`) says nothing; neither holds a file back.
    """
    whole = ["age", "sex", "ethnicity", "years_in_place"]
    rows = frame[frame["characteristic"].isin(whole)]
    count = pd.to_numeric(rows[counted].astype("str").str.replace(",", ""), errors="coerce")
    by = [rows["period"], rows["area_code"], rows["characteristic"]]
    sums = count.groupby(by).sum().unstack("characteristic")
    unknown = count.isna().groupby(by[:2]).any()
    for period, areas in sums.groupby(level="period"):
        held = areas.dropna(axis="columns", how="all").fillna(0).droplevel("period")
        short = held.rsub(held.max(axis=1), axis=0)
        gaps = unknown.loc[period].reindex(short.index)
        authorities = short[short.index.str.fullmatch(r"\d{3}") & ~gaps]
        of_england = short.loc[ENGLAND] if ENGLAND in short.index and not gaps[ENGLAND] else authorities.sum()
        missing = authorities.sum() - of_england
        if missing.gt(0).any() or (not gaps.any() and missing.ne(0).any()):
            uneven = authorities[authorities.ne(0).any(axis=1)].index
            area = uneven[-1] if len(uneven) else ENGLAND
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


def check_counts(long: pd.DataFrame, file: str) -> pd.DataFrame:
    """Long rows of children as they are; a count below zero or of part of a child is refused with its area."""
    wrong = long[long["value"].lt(0) | long["value"].mod(1).gt(0)]
    if len(wrong):
        row = wrong.iloc[0]
        raise ContractBroken(
            file, f"area {row.area_code} has {row.value:g} in {row.period} where children are counted."
        )
    return long


def as_categories(frame: pd.DataFrame, columns: Iterable[str]) -> pd.DataFrame:
    """Text columns as sorted categories, rows in the order of those columns: compact and deterministic."""
    columns = list(columns)
    categories = {name: pd.Categorical(frame[name].astype("str")) for name in columns}
    return frame.assign(**categories).sort_values(columns, kind="stable", ignore_index=True)
