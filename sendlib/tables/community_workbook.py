"""Reading one month's workbook of the Community Health Services SitRep (NHS England).

Three layouts so far: January to September 2023 (no codes, the type only in the first row of its
block), October 2023 to November 2024 (three headed columns; the longest band is over 52 weeks), and
since December 2024 (bands 52-104 and over 104 weeks). Sheets, headings and rows are found by what
stands in them, so that a moved column or sheet does no harm and a changed one is refused by name.

Traps of the real files: the size that a sheet gives for itself is wrong (A1); `*` stands for a
service that is kept back until 2023 and a blank does later, where a blank otherwise means that no
organisation submitted; names of services change between capitals and small letters; files of 2023
are named by the month of publication; England's bands of looked after children teams and
safeguarding are kept back on their own sheets but slip into the overview in some months (they stay
hidden here).
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

import pandas as pd

from sendlib.errors import ContractBroken
from sendlib.tables import health, periods, reading
from sendlib.tables.reading import ENGLAND
from sendlib.tables.symbols import HIDDEN, NOT_AVAILABLE, VALUE, parse

SERVICES = {
    "all": "All services for children and young people",
    "screening": "Antenatal, new-born and children screening and immunisation services",
    "audiology": "Audiology",
    "child_health_information": "Child health information service",
    "community_nursing": "Community nursing services (planned care and rapid response teams)",
    "community_paediatrics": "Community paediatric service",
    "looked_after_children": "Looked after children teams",
    "newborn_hearing": "New-born hearing screening",
    "long_term_conditions": "Nursing and Therapy teams support for long term conditions",
    "rapid_response": "Rapid Response Services",
    "safeguarding": "Safeguarding",
    "dietetics": "Therapy interventions: Dietetics",
    "occupational_therapy": "Therapy interventions: Occupational therapy",
    "orthotics": "Therapy interventions: Orthotics",
    "physiotherapy": "Therapy interventions: Physiotherapy",
    "speech_and_language": "Therapy interventions: Speech and language",
    "vision_screening": "Vision screening",
    "wheelchairs": "Wheelchair, orthotics, prosthetics and equipment",
}
"""Services for children and young people as published; `all` is our name for the workbooks' 'CYP services'."""
BANDS = {
    "total": "Everyone waiting",
    "0-1": "Up to 1 week",
    "1-2": "Over 1 and up to 2 weeks",
    "2-4": "Over 2 and up to 4 weeks",
    "4-12": "Over 4 and up to 12 weeks",
    "12-18": "Over 12 and up to 18 weeks",
    "18-52": "Over 18 and up to 52 weeks",
    "over-52": "Over 52 weeks",
    "52-104": "Over 52 and up to 104 weeks",
    "over-104": "Over 104 weeks",
}
SECRET = ("looked_after_children", "safeguarding")
"""Services that the publisher gives for England and in total only."""

_CHILDREN = "(CYP) "
_ALL_CHILDREN = "CYP services"
_LEVELS = {
    "": "england",
    "National": "england",
    "Region": "region",
    "ICB": "icb",
    "Provider": "provider",
    "Organisation": "provider",
}
_IDENTITY = ["Organisation Type", "Organisation Code", "Organisation Name"]
_TABLE_TITLE = re.compile(r"^((?:Total waiting list|Number waiting) ?.*?) by service, (.+)$")
_OVERVIEW_TITLE = re.compile(r"^National overview of waiting list metrics by service, (.+)$")
_SUBMISSION_TITLE = re.compile(r"^Number of organisations of (\d+) (?:providers )?in scope that did not submit data")
_PUBLICATION_MONTH = re.compile(r"(\d{4})-(\d{2})-01\.xlsx$")
_DATA_MONTH = re.compile(r"(\d{4})-(\d{2})-([A-Z][a-z]+)\.xlsx$")
_PUBLISHED_AFTER = 2
"""Months from the data to their publication."""

Sheet = list[tuple[object, ...]]


def read_workbook(content: bytes, file: str) -> pd.DataFrame:
    """One month's workbook: level, area_code, name, period, service, band, value, status, not_submitting.

    `area_code` is the ODS code, and empty where the workbook gives names only
    (2023; see `with_codes`). Sheets and columns are found by what stands in
    them. Regions, ICBs and providers must each add up to England, and England
    must be what the national overview says. Raises ContractBroken.
    """
    sheets = list(_sheets(content, file))
    tables = [(match, sheet) for sheet in sheets if (match := _TABLE_TITLE.match(_title(sheet)))]
    overview = _titled(sheets, _OVERVIEW_TITLE, "national overview", file)
    submission = _titled(sheets, _SUBMISSION_TITLE, "number of organisations that did not submit", file)
    month = _month([match[2] for match, _ in tables] + [overview[0][1]], file)
    found = [(_band(match[1], file), sheet) for match, sheet in tables]
    _check_bands([band for band, _ in found], file)
    period = periods.end_of_month(*month)
    frame = pd.concat([_read_table(sheet, band, period, file) for band, sheet in found], ignore_index=True)
    _check_sums(frame, file)
    england = _read_overview(overview[1], period, file)
    _check_overview(frame, england, file)
    frame = pd.concat([frame, england[england["service"].eq("all")]], ignore_index=True)
    silent = _read_submission(submission[1], month, file)
    organisations = zip(frame["level"], frame["name"].str.casefold(), strict=True)
    return frame.assign(not_submitting=[float(silent.get(organisation, "nan")) for organisation in organisations])


def read_in_scope(content: bytes, file: str) -> int:
    """How many organisations were in scope, as the sheet of those that did not submit says. Raises ContractBroken."""
    for sheet in _sheets(content, file):
        if match := _SUBMISSION_TITLE.match(_title(sheet)):
            return int(match[1])
    raise ContractBroken(file, "no sheet is titled as the number of organisations that did not submit.")


def _sheets(content: bytes, file: str) -> Iterator[Sheet]:
    """The cells of each sheet in turn. The workbooks give a wrong size for their sheets, so it is not believed."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(_without_empty_cells(content), read_only=True, data_only=True)
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            yield list(sheet.iter_rows(values_only=True))
    except (BadZipFile, InvalidFileException, ParseError, zlib.error, OSError, KeyError, ValueError) as error:
        raise ContractBroken(file, f"this is not a complete Excel workbook ({error}).") from error


_EMPTY_CELL = re.compile(rb"<c [^<>]*/>")


def _without_empty_cells(content: bytes) -> io.BytesIO:
    """The workbook without cells that have a style and no value: nine of ten are such, and reading them takes most of
    the time."""
    slim = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as full, ZipFile(slim, "w") as into:
        for part in full.infolist():
            found = full.read(part)
            into.writestr(part.filename, _EMPTY_CELL.sub(b"", found) if "worksheets/" in part.filename else found)
    slim.seek(0)
    return slim


def _title(sheet: Sheet) -> str:
    return next((_text(cell) for row in sheet[:3] for cell in row if _text(cell)), "")


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip()


def _cells(row: tuple[object, ...], number: int) -> list[str]:
    """The first cells of a row as text; a row that ends early is filled with empty ones."""
    cells = [_text(cell) for cell in row[:number]]
    return cells + [""] * (number - len(cells))


def _titled(sheets: list[Sheet], title: re.Pattern[str], what: str, file: str) -> tuple[re.Match[str], Sheet]:
    found = [(match, sheet) for sheet in sheets if (match := title.match(_title(sheet)))]
    if len(found) != 1:
        raise ContractBroken(file, f"{len(found)} sheets are titled as the {what} where there must be exactly one.")
    return found[0]


def _month(titles: Iterable[str], file: str) -> tuple[int, int]:
    """Year and month that the sheets' titles agree on and that fit the name of the file."""
    found = sorted(set(titles))
    if len(found) != 1:
        raise ContractBroken(file, f"the titles of its sheets name no month or several: {', '.join(found) or 'none'}.")
    try:
        day = datetime.strptime(found[0].strip(), "%B %Y")
    except ValueError as error:
        raise ContractBroken(
            file, f"'{found[0]}' in the titles of its sheets is not a month such as January 2023."
        ) from error
    month = (day.year, day.month)
    named = _named_month(file)
    if named and named != month:
        raise ContractBroken(file, f"its name says {named[0]}-{named[1]:02d}, and its sheets say {found[0]}.")
    return month


def _named_month(file: str) -> tuple[int, int] | None:
    """The month of the data by the file's name: `2025-26-October`, or `2023-03-01` for January 2023."""
    if match := _PUBLICATION_MONTH.search(file):
        count = int(match[1]) * 12 + int(match[2]) - 1 - _PUBLISHED_AFTER
        return count // 12, count % 12 + 1
    if match := _DATA_MONTH.search(file):
        try:
            month = datetime.strptime(match[3], "%B").month
        except ValueError:
            return None
        return int(match[1]) + (month < 4), month
    return None


def _band(words: str, file: str) -> str:
    """`>2-4` of 'Number waiting >2-4 weeks (15-28 days)' as `2-4`; `over 52` and `>52` as `over-52`."""
    plain = words.casefold()
    if plain == "total waiting list":
        return "total"
    if match := re.match(r"^(?:number )?waiting >?(\d+)-(\d+) weeks", plain):
        band = f"{match[1]}-{match[2]}"
    elif match := re.match(r"^(?:number )?waiting (?:over |>)(\d+) weeks", plain):
        band = f"over-{match[1]}"
    else:
        band = words
    if band not in BANDS:
        raise ContractBroken(file, f"the time waited '{words}' was not agreed.")
    return band


def _check_bands(found: Sequence[str], file: str) -> None:
    bands = list(BANDS)
    shared = bands[: bands.index("over-52")]
    if sorted(found) not in (sorted([*shared, "over-52"]), sorted([*shared, "52-104", "over-104"])):
        raise ContractBroken(
            file,
            f"its sheets of waiting lists are for {', '.join(found) or 'nothing'};"
            " one for each time waited was agreed.",
        )


def _read_table(sheet: Sheet, band: str, period: str, file: str) -> pd.DataFrame:
    """One sheet of waiting lists: organisations down, services across."""
    start = next(
        (number for number, row in enumerate(sheet) if any(_text(cell).startswith(_CHILDREN) for cell in row)), None
    )
    if start is None:
        raise ContractBroken(file, f"no heading begins with '{_CHILDREN.strip()}' in the sheet of band {band}.")
    _check_words([_text(cell) for row in sheet[:start] for cell in row], band, file)
    header = [_text(cell) for cell in sheet[start]]
    services = _services(header, file)
    records = []
    for level, code, name, row in _organisations(sheet[start + 1 :], header, file):
        for place, service in services.items():
            records.append((level, code, name, service, _text(row[place]) if place < len(row) else ""))
    frame = pd.DataFrame(records, columns=["level", "area_code", "name", "service", "cell"])
    value, status = parse(frame["cell"], {**health.SYMBOLS, "": NOT_AVAILABLE}, file, exponents=True)
    if value.mod(1).gt(0).any() or value.lt(0).any():
        raise ContractBroken(file, f"a waiting list of band {band} is not a count of children.")
    kept_back = frame["service"].isin(SECRET) & status.eq(NOT_AVAILABLE)
    kept_back &= frame["level"].ne("england") if band == "total" else True
    frame = frame.drop(columns="cell").assign(
        period=period, band=band, value=value, status=status.mask(kept_back, HIDDEN)
    )
    if frame.duplicated(["level", "name", "service"]).any():
        raise ContractBroken(file, f"two rows for the same organisation in the sheet of band {band}.")
    return frame


def _check_words(cells: Iterable[str], band: str, file: str) -> None:
    """The sheet must still say what a blank means, and which services it keeps back."""
    cells = [cell.casefold() for cell in cells]
    if not any(cell.startswith("blanks indicate no organisation submitted") for cell in cells):
        raise ContractBroken(
            file, f"the sheet of band {band} no longer says that a blank means that no organisation submitted."
        )
    if not any("looked after children" in cell and "safeguarding" in cell and "disclosing" in cell for cell in cells):
        raise ContractBroken(
            file, f"the sheet of band {band} no longer says which services are kept back to protect children."
        )


def _services(header: list[str], file: str) -> dict[int, str]:
    """Place of each children's service among the columns.

    All of them must be there once, under an agreed name in any case.
    """
    known = {name.casefold(): service for service, name in SERVICES.items() if service != "all"}
    named = {place: cell.removeprefix(_CHILDREN) for place, cell in enumerate(header) if cell.startswith(_CHILDREN)}
    reading.check_labels(
        [name.casefold() for name in named.values()], known, file, "services for children and young people"
    )
    services = {place: known[name.casefold()] for place, name in named.items()}
    if sorted(services.values()) != sorted(known.values()):
        missing = sorted(set(known.values()) - set(services.values()))
        raise ContractBroken(
            file,
            "services are missing or stand there twice:"
            f" {', '.join(SERVICES[service] for service in missing) or 'twice'}.",
        )
    return services


def _organisations(rows: Sheet, header: list[str], file: str) -> Iterator[tuple[str, str, str, tuple[object, ...]]]:
    """Level, code, name and cells of each row.

    Since October 2023 three headed columns say who it is. Before, a type stood
    only in the first row of its block, before the name, and there was no code.
    """
    first = next(place for place, cell in enumerate(header) if cell.startswith(("(A) ", _CHILDREN)))
    headed = [cell for cell in header[:first] if cell]
    if headed and (headed != _IDENTITY or first != len(_IDENTITY)):
        raise ContractBroken(
            file, f"the first columns are headed {', '.join(headed)}; {', '.join(_IDENTITY)} were agreed."
        )
    kind = ""
    for row in rows:
        if not any(_text(cell) for cell in row):
            continue
        cells = _cells(row, first)
        code, name = (cells[1] if headed else ""), cells[-1]
        kind = cells[0] if headed else cells[-2] or kind
        if not name or kind not in _LEVELS or (not headed and kind == "" and name != "England"):
            raise ContractBroken(file, f"the row of '{name}' is of type '{kind}', which was not agreed.")
        level = _LEVELS[kind]
        if (level == "england") != (name == "England") or (headed and level != "england" and not code):
            raise ContractBroken(file, f"the row of '{name}' ({kind}) has no name or code that fits.")
        yield level, ENGLAND if level == "england" else code, name, row


def _check_sums(frame: pd.DataFrame, file: str) -> None:
    """Regions, ICBs and providers must each add up to England in every band and service that is not kept back."""
    shown = frame[~frame["service"].isin(SECRET)]
    sums = shown.pivot_table(index=["band", "service"], columns="level", values="value", aggfunc="sum")
    for level in ("england", "region", "icb", "provider"):
        if level not in sums:
            raise ContractBroken(file, f"it has no row of level {level}.")
        wrong = sums[sums[level].ne(sums["england"])]
        if len(wrong):
            band, service = wrong.index[0]
            raise ContractBroken(
                file,
                f"{SERVICES[service]}, band {band}: level {level} adds up to {wrong[level].iloc[0]:.0f}, but England is"
                f" {wrong['england'].iloc[0]:.0f}; the file may be cut short.",
            )


def _read_overview(sheet: Sheet, period: str, file: str) -> pd.DataFrame:
    """England in all bands: one row a service, and one for all services for children and young people."""
    start = next(
        (number for number, row in enumerate(sheet) if "Total waiting list" in [_text(cell) for cell in row]), None
    )
    if start is None:
        raise ContractBroken(file, "the national overview has no heading 'Total waiting list'.")
    bands = {
        place: _band(_text(cell), file)
        for place, cell in enumerate(sheet[start])
        if "waiting" in _text(cell).casefold()
    }
    known = {f"{_CHILDREN}{name}".casefold(): service for service, name in SERVICES.items()} | {
        _ALL_CHILDREN.casefold(): "all"
    }
    records = []
    for row in sheet[start + 1 :]:
        label = next((_text(cell) for cell in row if _text(cell)), "")
        if label == _ALL_CHILDREN or label.startswith(_CHILDREN):
            reading.check_labels([label.casefold()], known, file, "services of the national overview")
            records += [
                (known[label.casefold()], band, _text(row[place]) if place < len(row) else "")
                for place, band in bands.items()
            ]
    frame = pd.DataFrame(records, columns=["service", "band", "cell"])
    if sorted(frame.loc[frame["band"].eq("total"), "service"]) != sorted(SERVICES):
        raise ContractBroken(
            file,
            "the national overview must have one row for each service for children and young people, and one for all.",
        )
    value, status = parse(frame["cell"], {**health.SYMBOLS, "": NOT_AVAILABLE}, file, exponents=True)
    return frame.drop(columns="cell").assign(
        level="england", area_code=ENGLAND, name="England", period=period, value=value, status=status
    )


def _check_overview(frame: pd.DataFrame, overview: pd.DataFrame, file: str) -> None:
    """England of the sheets must be England of the overview, and the services must add up to all of them."""
    england = frame[frame["level"].eq("england") & frame["status"].eq(VALUE)].set_index(["service", "band"])["value"]
    given = overview.set_index(["service", "band"])["value"]
    wrong = england[england.ne(given.reindex(england.index))]
    if len(wrong):
        service, band = wrong.index[0]
        raise ContractBroken(
            file,
            f"{SERVICES[service]}, band {band}:"
            f" England is {wrong.iloc[0]:.0f}, but the national overview has another figure.",
        )
    total = england.xs("total", level="band").sum()
    if total != given["all", "total"]:
        raise ContractBroken(
            file,
            f"the services add up to {total:.0f} children, but the national overview has {given['all', 'total']:.0f}.",
        )


def _read_submission(sheet: Sheet, month: tuple[int, int], file: str) -> dict[tuple[str, str], int]:
    """Organisations that sent nothing in the month, by level and name (in lower case) of England, region and ICB."""
    start, columns = next(((number, months) for number, row in enumerate(sheet) if (months := _months(row))), (0, {}))
    if month not in columns:
        raise ContractBroken(
            file, f"the sheet of organisations that did not submit has no column for {month[0]}-{month[1]:02d}."
        )
    place, first = columns[month], min(columns.values())
    if first < 2:
        raise ContractBroken(
            file, "the sheet of organisations that did not submit has no columns for type and name before its months."
        )
    found: dict[tuple[str, str], int] = {}
    kind = ""
    for row in sheet[start + 1 :]:
        cells = _cells(row, place + 1)
        if not any(cells):
            continue
        kind, name, cell = cells[first - 2] or kind, cells[first - 1], cells[place]
        if not cell.isdigit() or kind not in _LEVELS:
            raise ContractBroken(file, f"organisations that did not submit: '{cell}' for '{name}' is not a count.")
        found[_LEVELS[kind], name.casefold()] = int(cell)
    if ("england", "england") not in found:
        raise ContractBroken(file, "the sheet of organisations that did not submit has no row for England.")
    return found


def _months(row: Sequence[object]) -> dict[tuple[int, int], int]:
    """Place of each month among the cells of a heading: a date, or text such as `Aug-24`."""
    found = {}
    for place, cell in enumerate(row):
        if isinstance(cell, datetime):
            found[cell.year, cell.month] = place
        elif re.fullmatch(r"[A-Z][a-z]{2}-\d{2}", _text(cell)):
            day = datetime.strptime(_text(cell), "%b-%y")
            found[day.year, day.month] = place
    return found
