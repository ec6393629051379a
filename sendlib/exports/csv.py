"""Numbers as CSV, with what they are beside them in a file of metadata, as CSV on the Web has it."""

from __future__ import annotations

import io
import json
import zipfile

from sendlib.answer import Column
from sendlib.exports.numbers import Numbers
from sendlib.provenance import OPEN_GOVERNMENT_LICENCE

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""
_LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
_SAME_DAY = (1980, 1, 1, 0, 0, 0)
"""The day of all files in an archive: the same numbers give the same bytes."""


def as_csv(numbers: Numbers) -> bytes:
    """The rows under their headings, and nothing else, so that any program reads them and two files can be put under
    each other. Missing numbers are empty; `Status` says why."""
    frame = numbers.frame.copy()
    for name, column in numbers.columns.items():
        if column.decimals is None:
            frame[name] = frame[name].map(harmless)
    frame.columns = [column.titled for column in numbers.columns.values()]
    text: str = frame.to_csv(index=False, lineterminator="\r\n")
    return text.encode("utf-8-sig")


def harmless(text: str) -> str:
    """Words that no spreadsheet takes for a formula: one that begins like it has an apostrophe before it."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def as_metadata(numbers: Numbers) -> bytes:
    """What the file is and what its columns are, as CSV on the Web has it (W3C, Metadata Vocabulary for Tabular
    Data)."""
    described = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": f"{numbers.stem}.csv",
        "dc:title": numbers.caption,
        "dc:spatial": numbers.area,
        "dc:source": [source.citation() for source in numbers.sources],
        "dc:license": _licences(numbers),
        **({"dc:relation": numbers.link} if numbers.link else {}),
        **({"rdfs:comment": list(numbers.notes)} if numbers.notes else {}),
        "dialect": {"header": True, "encoding": "utf-8", "delimiter": ",", "lineTerminators": ["\r\n"]},
        "tableSchema": {"columns": [_column(name, column) for name, column in numbers.columns.items()]},
    }
    return json.dumps(described, indent=2, ensure_ascii=False).encode()


def _licences(numbers: Numbers) -> list[str]:
    names = dict.fromkeys(source.licence for source in numbers.sources)
    return [_LICENCE if name == OPEN_GOVERNMENT_LICENCE else name for name in names]


def _column(name: str, column: Column) -> dict[str, object]:
    kind = "string" if column.decimals is None else "integer" if column.decimals == 0 else "decimal"
    unit = {"schema:unitText": column.unit} if column.unit else {}
    return {"name": name, "titles": column.titled, "dc:description": column.meaning, "datatype": kind, **unit}


def as_archive(numbers: Numbers) -> bytes:
    """Both files in one to download, under the names by which the standard finds one from the other."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (
            (f"{numbers.stem}.csv", as_csv(numbers)),
            (f"{numbers.stem}.csv-metadata.json", as_metadata(numbers)),
        ):
            archive.writestr(zipfile.ZipInfo(name, _SAME_DAY), content, zipfile.ZIP_DEFLATED)
    return held.getvalue()
