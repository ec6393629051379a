"""Names, dates and postcodes as they are compared: one way of writing them, whatever a list has.

What a cell means is never changed: a hyphen stays in `surname`, and stands aside in the columns made from it.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pandas as pd

from sendlib.linking.fields import COLUMNS

_ROOTS = Path(__file__).with_name("short_forms.toml")
_DATES = re.compile(r"(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_MIDNIGHT = re.compile(r"[T ]0{1,2}:00(:00(\.0+)?)?$")
_IN_WORDS = ("%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%B-%Y", "%d-%b-%y", "%d %b %y")
_POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})")
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        **dict.fromkeys("\u2018\u2019\u02bc`\xb4", "'"),
        "\xf8": "o",
        "\u0142": "l",
        "\xe6": "ae",
        "\u0153": "oe",
        "\u0111": "d",
        "\xf0": "d",
        "\u0131": "i",
        "\xfe": "th",
    }
)
"""Hyphens and apostrophes of all kinds, and letters that are none of ours with a mark; small letters."""
_CENTURY = 50
"""Two figures of a year up to this are of this century."""
PARTICLES = frozenset({"de", "da", "la", "le", "van", "von", "der", "den", "el", "al", "bin", "mac", "mc", "st", "o"})
"""Little words of a surname that are no part of a double one."""


def prepared(cells: Mapping[str, pd.Series], also: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Records ready to be compared, from the text of five columns: `unique_id`, `forename`, `surname`, `dob`,
    `postcode`; the last may be left out. What is empty or can not be read is missing (None). `also`: short forms of
    names beside the known ones, each with the name that it stands for."""
    roots = {**short_forms(), **(also or {})}
    surnames = each(cells["surname"], plain)
    made = {
        "unique_id": each(cells["unique_id"], str.strip),
        "forename": (forenames := each(cells["forename"], plain)),
        "forename_root": each(forenames, lambda name: roots.get(first_word(name), first_word(name))),
        "surname": surnames,
        "surname_letters": each(surnames, letters),
        "surname_first": each(surnames, lambda name: parts(name)[0]),
        "surname_last": each(surnames, lambda name: parts(name)[-1]),
        "dob": (days := each(cells["dob"], day)),
        "dob_swapped": each(days, swapped),
        "postcode": (codes := each(cells["postcode"], postcode) if "postcode" in cells else days.map(lambda _: None)),
        "outward": each(codes, lambda code: code[:-3]),
    }
    frame = pd.DataFrame(made).astype(object)
    return frame.where(frame.notna(), None)[list(COLUMNS)]


def each(cells: pd.Series, change: Callable[[str], str]) -> pd.Series:
    """Every cell changed, each different one once; what is missing or comes to nothing is None."""
    changed = {cell: (change(str(cell)) or None) if _is_held(cell) else None for cell in cells.unique()}
    return pd.Series([changed[cell] for cell in cells], index=cells.index, dtype=object)


def _is_held(cell: object) -> bool:
    return cell is not None and cell == cell and bool(str(cell).strip())


@cache
def short_forms() -> Mapping[str, str]:
    """A short form of a forename -> the name that it stands for, as the file beside this module has them."""
    held = tomllib.loads(_ROOTS.read_text("utf-8"))["short_forms"]
    return {short: name for name, shorts in held.items() for short in shorts}


def plain(name: str) -> str:
    """A name in small letters without marks over them, with single spaces; hyphens and apostrophes stay."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    bare = bare.casefold().translate(_PLAIN)
    return " ".join(re.sub(r"[^a-z' -]", " ", bare).split())


def letters(name: str) -> str:
    """A plain name without anything between its letters: `o'hara-lee` is `oharalee`."""
    return re.sub(r"[^a-z]", "", name)


def parts(name: str) -> list[str]:
    """The parts of a plain surname: `lee-moss` and `lee moss` are two, `van der berg` is one."""
    words = [letters(word) for word in re.split(r"[ -]+", name) if letters(word)]
    found: list[str] = []
    held = ""
    for word in words:
        held += word
        if word not in PARTICLES:
            found.append(held)
            held = ""
    if held:
        found.append(held)
    return found or [""]


def first_word(name: str) -> str:
    """The first word of a plain forename: middle names and second parts stand in few lists."""
    return re.split(r"[ -]+", name)[0].replace("'", "") if name else ""


@cache
def day(text: str) -> str:
    """A date of birth as 2015-03-09, from how dates are written in England; empty where it is none."""
    text = _MIDNIGHT.sub("", text.strip())
    if found := _DATES.fullmatch(text):
        first, month, year = (int(part) for part in found.groups())
        if len(found[3]) == 2:
            year += 2000 if year <= _CENTURY else 1900
        return _written(year, month, first)
    if found := _ISO.fullmatch(text):
        return _written(*(int(part) for part in found.groups()))
    for form in _IN_WORDS:
        try:
            return datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    return ""


def _written(year: int, month: int, day_of_month: int) -> str:
    try:
        return date(year, month, day_of_month).isoformat()
    except ValueError:
        return ""


def swapped(day_written: str) -> str:
    """The date with day and month the other way round; empty where there is no such date or it is the same."""
    year, month, day_of_month = day_written.split("-")
    return f"{year}-{day_of_month}-{month}" if day_of_month <= "12" and day_of_month != month else ""


def postcode(text: str) -> str:
    """A whole postcode in capitals without spaces; empty where it is none."""
    bare = re.sub(r"[^A-Z\d]", "", text.upper())
    return bare if _POSTCODE.fullmatch(bare) else ""
