"""What looks like personal data in a cell. What is found is named by its kind, never by what it says.

It is a net, not a proof: a child's name by itself is not told from other words.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, datetime

_HEADINGS = (
    "name|names|full name|first name|forename|forenames|given name|surname|last name|family name|child name",
    "childs name|name of child|childrens names|pupil name|name of pupil|student name|patient name|parent name",
    "parents name|dob|d o b|date of birth|birth date|birthdate|birthday|nhs number|nhs no|nhs num|nhs id|upn",
    "unique pupil number|uln|unique learner number|candidate number|national insurance number|ni number|nino",
    "postcode|post code|address|home address|email|e mail|email address|e mail address|telephone",
    "telephone number|phone|phone number|mobile number",
)
"""Headings of lists of persons, as `_bare` writes them."""
_KNOWN = frozenset(heading for line in _HEADINGS for heading in line.split("|"))
_MONTHS = "|".join(name[:3] for name in calendar.month_name[1:])
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:\d{4}|\d{2})(?!\d)",
        r"(?<!\d)(?:19|20)\d\d[/.-]\d{1,2}[/.-]\d{1,2}(?!\d)",
        rf"(?<!\d)\d{{1,2}}(?:st|nd|rd|th)?[\s-]+(?:of\s+)?(?:{_MONTHS})[a-z]*\.?,?[\s-]+'?(?:\d{{4}}|\d{{2}})(?!\d)",
        rf"\b(?:{_MONTHS})[a-z]*\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d(?!\d)",
    )
)
_READ_AS = ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y")
_EMAIL = re.compile(r"[^\s@]@[^\s@]{1,255}\.[^\s@]{2}")
_POSTCODE = re.compile(
    r"(?<![A-Z\d])[A-PR-UWYZ][A-Z]?\d[A-Z\d]?[\s-]{0,2}(?!(?-i:\dst|\dnd|\drd|\dth))\d[ABD-HJLNP-UW-Z]{2}(?![A-Z\d])",
    re.IGNORECASE,
)
"""With `Year 9 2nd term` left out."""
_TEN_DIGITS = re.compile(r"(?<!\d)(?<!\d[.,])\d{3}[\s.-]{0,2}\d{3}[\s.-]{0,2}\d{4}(?![.,]?\d)")
_UPN = re.compile(r"(?<![A-Z\d])[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z](?![A-Z\d])", re.IGNORECASE)
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""In the order of their values, nought to 22; I, O and S are none."""


def found(text: str, *, period: bool = False) -> str:
    """What a text seems to hold, in words for a sentence; empty where it seems to hold nothing of a person.

    `period`: the text says when, so that the first or last day of a month is no date of birth.
    """
    return next(_kinds(text, period), "")


def found_in_day(day: date, *, period: bool = False) -> str:
    """The same of a cell that a spreadsheet holds as a date."""
    return "" if period and _is_edge_of_month(day) else _A_DATE


_A_DATE = "a full date, which could be a date of birth (write the month or the year)"


def _kinds(text: str, period: bool) -> Iterator[str]:
    if _bare(text) in _KNOWN:
        yield "a heading of a list of persons"
    if any(is_nhs_number(one) for one in _TEN_DIGITS.findall(text)):
        yield "an NHS number"
    if any(is_upn(one) for one in _UPN.findall(text)):
        yield "a unique pupil number"
    if _EMAIL.search(text):
        yield "an e-mail address"
    if _POSTCODE.search(text):
        yield "a full postcode"
    if any(pattern.search(text) for pattern in _DATES) and not (period and _is_edge_of_month(_day(text))):
        yield _A_DATE


def is_nhs_number(text: str) -> bool:
    """Whether ten digits, with spaces or hyphens or without, end in the check digit of an NHS number (modulus 11, NHS
    Data Dictionary)."""
    digits = [int(sign) for sign in text if sign.isdigit()]
    if len(digits) != 10:
        return False
    check = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return check != 10 and check % 11 == digits[9] and any(digits)


def is_upn(text: str) -> bool:
    """Whether a text is a unique pupil number, permanent or temporary, with its check letter (DfE, Unique Pupil
    Numbers: guide): the values of the twelve signs after it, times 2 to 13, added up, modulo 23."""
    signs = text.upper()
    if len(signs) != 13 or not _UPN.fullmatch(signs):
        return False
    values = [int(sign) if sign.isdigit() else _UPN_LETTERS.index(sign) for sign in signs[1:]]
    return _UPN_LETTERS[sum(value * weight for weight, value in enumerate(values, start=2)) % 23] == signs[0]


def _bare(text: str) -> str:
    """A heading as it is compared: `D.O.B.` is `d o b`, `Child's name` is `childs name`."""
    return " ".join(re.sub(r"[^a-z ]+", " ", re.sub(r"['’]", "", text.casefold())).split())


def _day(text: str) -> date | None:
    for form in _READ_AS:
        try:
            return datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    return None


def _is_edge_of_month(day: date | None) -> bool:
    return day is not None and day.day in (1, calendar.monthrange(day.year, day.month)[1])
