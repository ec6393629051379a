"""A workbook looked at as the ZIP archive that it is, before anything of it is unpacked."""

from __future__ import annotations

import io
import zipfile

from sendlib.own_figures.model import OwnFileRefused

_MOST_PARTS = 300
_MOST_UNPACKED = 10_000_000
_MOST_TIMES, _LEAST_LOOKED_AT = 150, 1_000_000
"""How many times its packed size a part may have, from so many bytes on."""
_ENCRYPTED = 0x1
_LINKS = ("/externallinks/", "/connections.xml", "/querytables/")
_HOLDS = ("/embeddings/", "/activex/", "/macrosheets/", "/dialogsheets/")
_ARCHIVES = (".zip", ".xlsx", ".xlsm", ".xlsb", ".xls", ".docx", ".gz", ".7z", ".rar")
_TYPES = "[content_types].xml"
_NO_WORKBOOK = "This is not a workbook of Excel that can be read. Save it as .xlsx or as CSV and try again."
_TOO_LARGE = "The workbook is far larger inside than own figures need, so it was not opened."


def look_at(content: bytes) -> None:
    """Raises OwnFileRefused for a workbook that must not or can not be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as held:
            _look_at_directory(held)
            _look_at_parts(held)
    except OwnFileRefused:
        raise
    except Exception as error:  # noqa: BLE001 - what is wrong in a broken archive has no common class
        raise OwnFileRefused(_NO_WORKBOOK) from error


def _look_at_directory(held: zipfile.ZipFile) -> None:
    parts = held.infolist()
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise OwnFileRefused("The workbook is locked with a password. Save it without one and try again.")
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
        raise OwnFileRefused(_TOO_LARGE)
    if any(_is_blown_up(part) for part in parts):
        raise OwnFileRefused(_TOO_LARGE)
    names = [f"/{part.filename.casefold()}".replace("\\", "/") for part in parts]
    if len(set(names)) < len(names):
        raise OwnFileRefused(_NO_WORKBOOK)
    if any("vbaproject" in name or "/macrosheets/" in name for name in names):
        raise OwnFileRefused("The workbook has macros. Save it as .xlsx, which has none, and try again.")
    if any(link in name for name in names for link in _LINKS):
        raise OwnFileRefused("The workbook is linked to other files or to a database. Break the links and try again.")
    if any(part in name for name in names for part in _HOLDS) or any(name.endswith(_ARCHIVES) for name in names):
        raise OwnFileRefused("The workbook has other files inside it. Take them out and try again.")
    if f"/{_TYPES}" not in names:
        raise OwnFileRefused(_NO_WORKBOOK)


def _is_blown_up(part: zipfile.ZipInfo) -> bool:
    return part.file_size > _LEAST_LOOKED_AT and part.file_size > _MOST_TIMES * max(part.compress_size, 1)


def _look_at_parts(held: zipfile.ZipFile) -> None:
    """What must not be in the XML: definitions, which can make a small part a giant, and macros by another name."""
    for part in held.infolist():
        if not part.filename.casefold().endswith((".xml", ".rels")):
            continue
        words = held.read(part).replace(b"\0", b"")  # UTF-16 as well
        if b"<!DOCTYPE" in words or b"<!ENTITY" in words:
            raise OwnFileRefused(_NO_WORKBOOK)
        if part.filename.casefold() == _TYPES and b"macroenabled" in words.lower():
            raise OwnFileRefused("The workbook has macros. Save it as .xlsx, which has none, and try again.")
