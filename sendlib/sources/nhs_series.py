"""The NHS England Digital series that we read, and how the addresses of their publications are made."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from sendlib.sources.nhs_names import MONTHS, month_number, months_before, spoken

_BASE = "/data-and-information/publications/statistical/"
_NAME = "(" + "|".join(MONTHS) + ")"


@dataclass(frozen=True)
class Series:
    """A series: title, address of its page, slug -> period, period -> slugs, and how many periods to guess back."""

    key: str
    title: str
    slug: str
    period: Callable[[str], str]
    slugs: Callable[[str], list[str]]
    back: int = 8

    @property
    def path(self) -> str:
        """The path of the series page."""
        return _BASE + self.slug


def _monthly(slug: str) -> str:
    match = re.match(rf"performance-{_NAME}-(\d{{4}})(?!\d)", slug)
    if match:
        return _month(match[1], int(match[2]))
    match = re.match(rf"performance-{_NAME}-provisional-{_NAME}-(\d{{4}})(?!\d)", slug)
    return months_before(_month(match[2], int(match[3])), 2)[1] if match else ""


def _monthly_slugs(month: str) -> list[str]:
    name, year = spoken(month)
    following = month_after(month)
    next_name, next_year = spoken(following)
    newer = f"performance-{name}-{year}"
    return [newer] if month >= "2023-10" else [f"performance-{name}-provisional-{next_name}-{next_year}", newer]


def _autism(slug: str) -> str:
    match = re.match(rf"{_NAME}-\d{{4}}-to-{_NAME}-(\d{{4}})(?!\d)", slug)
    return _month(match[2], int(match[3])) if match else ""


def _autism_slugs(month: str) -> list[str]:
    name, year = spoken(months_before(month, 12)[-1])
    last, last_year = spoken(month)
    return [f"{name}-{year}-to-{last}-{last_year}"]


def _health_checks(slug: str) -> str:
    match = re.match(rf"(?:england-)?{_NAME}-(\d{{4}})(?!\d)", slug)
    return _month(match[1], int(match[2])) if match else ""


def _health_check_slugs(month: str) -> list[str]:
    name, year = spoken(month)
    return [f"england-{name}-{year}"]


def month_after(month: str) -> str:
    """The month after a month."""
    year, number = (int(part) for part in month.split("-"))
    return f"{year + number // 12}-{number % 12 + 1:02d}"


def _month(name: str, year: int) -> str:
    return f"{year}-{month_number(name):02d}"


MHSDS = Series(
    "mhsds",
    "Mental Health Services Monthly Statistics",
    "mental-health-services-monthly-statistics",
    _monthly,
    _monthly_slugs,
)
AUTISM = Series("autism", "Autism Statistics", "autism-statistics", _autism, _autism_slugs, back=12)
HEALTH_CHECKS = Series(
    "health checks",
    "Learning Disabilities Health Check Scheme",
    "learning-disabilities-health-check-scheme",
    _health_checks,
    _health_check_slugs,
)
