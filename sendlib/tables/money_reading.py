"""The files of table money on the dedicated schools grant: layouts made for people, read as agreed or refused.

Each reader returns long rows area_code, period, value, one an area and financial year, and raises
ContractBroken. Isles of Scilly and City of London are in none of these files.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from xml.etree import ElementTree  # only for the publisher's file in the folder of originals

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.tables import periods, reading
from sendlib.tables.symbols import parse

REGIONS = 9
_POUND = 1.0  # the grant of 2019-20 was published in millions, and its pounds have decimals
_ROUNDING = 0.0151  # two shares of two decimals each, and those of the authorities that make them
_CODE = re.compile(r"\d{3}")
_KINDS = {"METROPOLITAN AUTHORITIES", "UNITARY AUTHORITIES", "UPPER TIER AUTHORITIES"}
_BALANCE = "dsg cumulative balance as a % of the total income"
_ALLOCATION = ("la_code", "la_name", "Total DSG allocation (£s)", "time_period")
_ODS = {
    "table": "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}",
    "office": "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}",
    "text": "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}",
}
_SUMMARY = "Allocations_summary"
_BEFORE = "DSG allocations, before recoupment and deductions"
_BLOCKS = (
    "Schools block (£s)",
    "Central school services block (£s)",
    "High needs block (£s)",
    "Early years block (£s)",
    "Total DSG allocation (£s)",
)


def read_allocations(content: bytes, file: str, areas: Areas) -> pd.DataFrame:
    """The grant of each year in pounds, one sheet a year; the authorities make England, and so do the regions."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, OSError, KeyError, ValueError) as error:
        raise ContractBroken(file, f"this is not a complete Excel workbook ({error}).") from error
    parts = []
    for sheet in workbook:
        sheet.reset_dimensions()  # the program that wrote the file says that each sheet is one cell
        rows = list(sheet.iter_rows(values_only=True))
        if not rows or tuple(rows[0]) != _ALLOCATION:
            raise ContractBroken(file, f"sheet '{sheet.title}' does not begin with {', '.join(_ALLOCATION)}.")
        years = {str(row[3]) for row in rows[1:]}
        if len(years) != 1:
            raise ContractBroken(file, f"sheet '{sheet.title}' holds more than one year, or none.")
        cells = [(str(row[0]), row[2]) for row in rows[1:]]
        parts.append(_of_a_year(cells, periods.financial_year(years.pop(), file), file, areas))
    return pd.concat(parts, ignore_index=True)


def read_balances(content: bytes, file: str, areas: Areas) -> pd.DataFrame:
    """What is carried forward as per cent of the year's grant; below zero is a deficit. Authorities by name."""
    frame = reading.read_csv(
        content,
        file,
        ["time_period", "geographic_level", "region_name", "la_name", "deficit", _BALANCE, "financial_year"],
    )
    reading.check_labels(
        frame["geographic_level"], ["National", "Regional", "Local authority"], file, "geographic_level"
    )
    frame["period"] = [periods.financial_year(year, file) for year in frame["financial_year"]]
    if not frame["period"].str.replace("-", "").eq(frame["time_period"]).all():
        raise ContractBroken(file, "time_period and financial_year are not the same year.")
    authority = frame["geographic_level"].eq("Local authority")
    frame["area_code"] = _by_name(frame["la_name"].where(authority, frame["region_name"]), file, areas)
    frame["value"], _ = parse(frame[_BALANCE], {}, file)
    deficit, _ = parse(frame["deficit"], {}, file)
    if not (frame["value"] + deficit).abs().lt(0.001).all() or frame["value"].abs().gt(100).any():
        raise ContractBroken(file, "the deficit is not the balance with its sign turned, or more than all the grant.")
    for period, rows in frame.groupby("period"):
        _check_areas(rows["area_code"], str(period), file)
    return frame[["area_code", "period", "value"]]


def check_balances(balances: pd.DataFrame, allocations: pd.DataFrame, file: str, areas: Areas) -> None:
    """The authorities' balances, each with its grant, make those of their region and of England."""
    keys = ["area_code", "period"]
    both = balances.merge(allocations, on=keys, how="left", suffixes=("", "_grant"))
    if both["value_grant"].isna().any():
        raise ContractBroken(file, f"area {both.loc[both['value_grant'].isna(), 'area_code'].iloc[0]} has no grant.")
    region = dict(zip(areas.table["area_code"], areas.table["region_code"], strict=True))
    authorities = both[both["area_code"].str.fullmatch(_CODE)]
    for whole in (authorities["area_code"].map(region), pd.Series(reading.ENGLAND, index=authorities.index)):
        grant = authorities["value_grant"].groupby([whole, authorities["period"]]).sum()
        pounds = (authorities["value"] * authorities["value_grant"]).groupby([whole, authorities["period"]]).sum()
        published = both.set_index(keys)["value"].reindex(grant.index)
        off = (pounds / grant - published).abs()
        wrong = off[~off.le(_ROUNDING)]
        if len(wrong):
            code, period = wrong.index[0]
            raise ContractBroken(file, f"the authorities' balances do not make that of area {code} in {period}.")


def read_high_needs(content: bytes, file: str, areas: Areas, period: str) -> pd.DataFrame:
    """The high needs block of one year in pounds, before recoupment and deductions; four blocks make the grant."""
    rows = _sheet(content, file)
    start = next((place for place, row in enumerate(rows) if _BLOCKS[2] in row), None)
    titles = " ".join(cell for row in rows[: start or 0] for cell in row)
    if start is None or f"{period[:4]} to 20{period[5:]} {_BEFORE}" not in titles:
        raise ContractBroken(file, f"its sheet '{_SUMMARY}' is not about the {_BEFORE} of {period}.")
    first = rows[start].index(_BLOCKS[0])
    if tuple(rows[start][first : first + 5]) != _BLOCKS:
        raise ContractBroken(file, f"the columns of '{_SUMMARY}' are not {', '.join(_BLOCKS)}.")
    cells: list[tuple[str, object]] = []
    for row in rows[start + 1 :]:
        if len(row) < first + 5 or not row[0].strip():
            continue
        blocks, _ = parse(pd.Series(row[first : first + 5], name=_SUMMARY), {}, file)
        if abs(blocks[:4].sum() - blocks[4]) > 4 * _POUND:
            raise ContractBroken(file, f"the four blocks of '{row[0]}' do not make its grant.")
        cells.append((row[0].strip(), float(blocks[2])))
    return _of_a_year(cells, period, file, areas, rounded=True)


def _of_a_year(
    cells: Iterable[tuple[str, object]], period: str, file: str, areas: Areas, rounded: bool = False
) -> pd.DataFrame:
    """Pounds by what stands in the column of codes: an authority's code, ENGLAND, a region or a kind of authority.

    London stands in it twice, as a region and as a kind of authority, with the same figure.
    """
    figures: dict[str, float] = {}
    for label, cell in cells:
        if label in _KINDS:
            continue
        code = label if _CODE.fullmatch(label) else _by_name([label], file, areas)[0]
        if code not in areas.names:
            raise ContractBroken(file, f"'{label}' is not an area that we know.")
        if not isinstance(cell, int | float) or cell <= 0 or figures.get(code, cell) != cell:
            raise ContractBroken(file, f"area {code} has not one amount of pounds in {period}.")
        figures[code] = float(cell)
    frame = pd.DataFrame({"area_code": list(figures), "period": period, "value": list(figures.values())})
    _check_areas(frame["area_code"], period, file)
    authorities = frame["area_code"].str.fullmatch(_CODE)
    for part in (authorities, ~authorities & frame["area_code"].ne(reading.ENGLAND)):
        leeway = _POUND * (int(part.sum()) / 2 if rounded else 1)
        if abs(frame.loc[part, "value"].sum() - figures[reading.ENGLAND]) > leeway:
            raise ContractBroken(file, f"the areas of {period} do not add up to England.")
    return frame


def _by_name(names: Iterable[str], file: str, areas: Areas) -> list[str]:
    """Codes by name, today's authority before one that is gone; England and regions in any case."""
    names = list(names)
    codes = {name.casefold(): code for code, name in areas.names.items() if code not in areas.authorities}
    codes |= {area.name.casefold(): area.code for area in areas.authorities.values()}
    unknown = sorted({name for name in names if name.casefold() not in codes})
    if unknown:
        raise ContractBroken(file, f"'{unknown[0]}' is not an area that we know.")
    return [codes[name.casefold()] for name in names]


def _check_areas(codes: pd.Series, period: str, file: str) -> None:
    authorities = int(codes.str.fullmatch(_CODE).sum())
    if codes.duplicated().any() or reading.ENGLAND not in set(codes) or len(codes) != authorities + REGIONS + 1:
        raise ContractBroken(file, f"{period} must have one row for England, {REGIONS} regions and each authority.")
    if authorities < reading.FEWEST_AUTHORITIES:
        raise ContractBroken(file, f"only {authorities} authorities in {period}; the file may be cut short.")


def _sheet(content: bytes, file: str) -> list[list[str]]:
    """The cells of the summary in an OpenDocument workbook: numbers as stored, everything else as shown."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            tree = ElementTree.fromstring(archive.read("content.xml"))
    except (zipfile.BadZipFile, KeyError, OSError, ElementTree.ParseError) as error:
        raise ContractBroken(file, f"this is not a complete OpenDocument workbook ({error}).") from error
    table, office, text = _ODS["table"], _ODS["office"], _ODS["text"]
    sheet = next((found for found in tree.iter(f"{table}table") if found.get(f"{table}name") == _SUMMARY), None)
    if sheet is None:
        raise ContractBroken(file, f"it has no sheet '{_SUMMARY}'.")
    rows = []
    for row in sheet.iter(f"{table}table-row"):
        cells: list[str] = []
        for cell in row:
            shown = "".join("".join(line.itertext()) for line in cell.iter(f"{text}p"))
            repeated = int(cell.get(f"{table}number-columns-repeated", "1"))
            cells += [cell.get(f"{office}value", shown)] * min(repeated, 20)
        rows.append(cells)
    return rows
