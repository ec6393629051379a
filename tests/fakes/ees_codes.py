"""Levels, time periods and made-up ids of the Explore Education Statistics stand-in."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass

NAMESPACE = uuid.UUID("0197ab00-0000-7000-8000-000000000000")


@dataclass(frozen=True)
class Level:
    """A geographic level: its label in a CSV and its columns, by the property that a location option has."""

    code: str
    label: str
    columns: dict[str, str]


def _coded(code: str, label: str, stem: str) -> Level:
    return Level(code, label, {"label": f"{stem}_name", "code": f"{stem}_code"})


LEVELS = {
    level.code: level
    for level in [
        _coded("NAT", "National", "country"),
        _coded("REG", "Regional", "region"),
        Level("LA", "Local authority", {"label": "la_name", "code": "new_la_code", "oldCode": "old_la_code"}),
        _coded("LAD", "Local authority district", "lad"),
        _coded("PCON", "Parliamentary constituency", "pcon"),
        _coded("WARD", "Ward", "ward"),
        Level("SCH", "School", {"label": "school_name", "urn": "school_urn", "laEstab": "school_laestab"}),
        Level("PROV", "Provider", {"label": "provider_name", "ukprn": "provider_ukprn"}),
        Level("INST", "Institution", {"label": "institution_name", "code": "institution_id"}),
        Level("MAT", "MAT", {"label": "trust_name", "code": "trust_id"}),
        Level("SPON", "Sponsor", {"label": "sponsor_name", "code": "sponsor_id"}),
        _coded("OA", "Opportunity area", "opportunity_area"),
        _coded("EDA", "English devolved area", "english_devolved_area"),
        _coded("MCA", "Mayoral combined authority", "mayoral_combined_authority"),
        _coded("LEP", "Local enterprise partnership", "local_enterprise_partnership"),
        _coded("LSIP", "Local skills improvement plan area", "lsip"),
        _coded("PFA", "Police force area", "pfa"),
        Level("RSC", "RSC region", {"label": "rsc_region_lead_name"}),
        _coded("PA", "Planning area", "planning_area"),
    ]
}
LEVEL_OF_LABEL = {level.label.lower(): level.code for level in LEVELS.values()}

_QUARTERS = ("", "Q1", "Q2", "Q3", "Q4")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
TIME_IDENTIFIERS = {
    **{f"AY{q}": f"Academic year {q}".strip() for q in _QUARTERS},
    **{f"CY{q}": f"Calendar year {q}".strip() for q in _QUARTERS},
    **{f"FY{q}": f"Financial year {q}".strip() for q in _QUARTERS},
    **{f"TY{q}": f"Tax year {q}".strip() for q in _QUARTERS},
    "RY": "Reporting year",
    "P1": "Part 1 (April to September)",
    "P2": "Part 2 (October to March)",
    "T1": "Autumn term",
    "T2": "Spring term",
    "T1T2": "Autumn and spring term",
    "T3": "Summer term",
    **{f"M{number}": month for number, month in enumerate(_MONTHS, 1)},
    **{f"W{number}": f"Week {number}" for number in range(1, 53)},
}
"""Code of a time period to the `time_identifier` of a CSV."""
CODE_OF_IDENTIFIER = {label.lower(): code for code, label in TIME_IDENTIFIERS.items()}


def spans_two_years(code: str) -> bool:
    """Whether a period of this code is written as a range (2024/2025)."""
    return code[:2] in ("AY", "FY", "TY") or code[0] in "TP"


@dataclass(frozen=True, order=True)
class Period:
    """A time period. Sorts as the service compares them: by year, then code."""

    year: int
    code: str

    @property
    def period(self) -> str:
        return f"{self.year}/{self.year + 1}" if spans_two_years(self.code) else str(self.year)

    @property
    def label(self) -> str:
        year = str(self.year)
        if spans_two_years(self.code):
            year += ("/" if self.code[0] in "AT" and self.code[:2] != "TY" else "-") + f"{(self.year + 1) % 100:02}"
        if self.code in ("AY", "CY", "FY", "TY", "RY"):
            return year
        return f"{year} {self.code[2:] if self.code[1] == 'Y' else TIME_IDENTIFIERS[self.code]}"

    @classmethod
    def from_csv(cls, time_period: str, identifier: str) -> Period:
        """`202425` and `Academic year`. Raises ValueError for what the service would not import."""
        code = CODE_OF_IDENTIFIER.get(identifier.lower())
        if code is None:
            raise ValueError(f"{identifier!r} is not a time identifier of the service")
        if spans_two_years(code) and re.fullmatch(r"\d{6}", time_period):
            first, second = int(time_period[:4]), int(time_period[4:])
            if (first + 1) % 100 == second:
                return cls(first, code)
        elif not spans_two_years(code) and re.fullmatch(r"\d{4}", time_period):
            return cls(int(time_period), code)
        raise ValueError(f"{time_period!r} is not a time period of the kind {identifier!r}")


def made_up_uuid(*words: str) -> str:
    """The same words give the same id."""
    return str(uuid.uuid5(NAMESPACE, "/".join(words)))


_ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def public_id(number: int) -> str:
    """Five letters and digits for a sequence number, as the service does: no two numbers share one.

    Each kind of thing counts on its own, so a filter, an option, a location
    and an indicator may well have the same id.
    """
    scrambled = (number * 387_420_489 + 123_456_789) % 62**5
    letters = ""
    for _ in range(5):
        scrambled, place = divmod(scrambled, 62)
        letters += _ALPHABET[place]
    return letters
