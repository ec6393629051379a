"""Which file of DfE's EHC plan releases a file is: known by its columns, for names and titles change every year.

The release of 2024 called its files otherwise than that of 2025, and the release of 2026 gave every file another
title. The columns that mark a file have stayed. The two files of needs have the same columns: plans in place are
counted in academic years, new plans in calendar years.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable

CASELOAD, NEEDS, NEW_NEEDS = "caseload", "needs", "new_needs"
OFFICERS, PHASE_TRANSFERS, WORK_PLACEMENTS = "designated_officers", "phase_transfers", "work_based_placements"
AGES_TO_2022, PROCESS_TO_2022 = "ages_to_2022", "process_to_2022"

_MARKS = {
    CASELOAD: (r"ehcplans", r"mainstream_total"),
    "newplans": (r"new_ehc_plans",),
    NEEDS: (r"ehc_plans", r"number_asd"),
    "requests": (r"requests_received_in_year",),
    "assessments": (r"assess_in_year",),
    "timeliness_20_week": (r"plans_issued_den", r"plans_issued_within_20_weeks"),
    "annual_reviews": (r"review_expected(_20\d\d)?", r"review_not_expected(_20\d\d)?"),
    "ceased_plans": (r"total_ceased", r"max_age"),
    "personal_budgets": (r"personal_budget",),
    "residential_settings": (r"res_tot",),
    WORK_PLACEMENTS: (r"open_wbp",),
    PHASE_TRANSFERS: (r"number_plans", r"due_\d\d"),
    OFFICERS: (r"des_med_off", r"des_clin_off"),
    AGES_TO_2022: (r"characteristic_age", r"total_all"),
    PROCESS_TO_2022: (r"inreqehc", r"totincexcehc"),
}
"""Role -> patterns that each match a whole name of a column, in lower case."""
MARKS_WITHIN = 100_000
"""Bytes at the beginning of a file that are enough for `marks_of`."""
ROLES = (*_MARKS, NEW_NEEDS)
_ACADEMIC = re.compile(r"academic year|\d{4}/\d{2,4}|\d{6}", re.IGNORECASE)


def role_of(columns: Iterable[str], periods: Iterable[str]) -> str | None:
    """The role (one of ROLES) of a file of EHC plans by its columns, or None for a file that is none of these.

    `columns`: the header's names, in any case and order, as a CSV or the
    catalogue's `dataCsvPreview.headers` has them. `periods` decides between the
    plans in place by need and the new plans by need, and is looked at for
    nothing else: the values of `time_identifier` ("Academic year") where the
    file is at hand, or the two ends of the catalogue's `timePeriodRange`
    ("2024/25" or "2025"). Neither the file's name nor its title counts.
    """
    names = [name.strip().strip("\ufeff").lower() for name in columns]
    found = [role for role, marks in _MARKS.items() if all(any(re.fullmatch(m, n) for n in names) for m in marks)]
    if len(found) != 1:
        return None
    if found[0] == NEEDS and not any(_ACADEMIC.fullmatch(period.strip()) for period in periods):
        return NEW_NEEDS
    return found[0]


def marks_of(content: bytes) -> tuple[list[str], list[str]]:
    """Columns of a file and the `time_identifier` of its first row, for `role_of`; nothing of what is no such table.

    Only the first two lines are looked at, and a byte that is no UTF-8 is let pass: whoever reads the file refuses it.
    """
    first = content[:MARKS_WITHIN].decode("utf-8-sig", errors="replace").splitlines()[:2]
    rows = list(csv.reader(first))
    if len(rows) < 2:
        return (rows[0] if rows else []), []
    columns = [name.strip().lower() for name in rows[0]]
    place = columns.index("time_identifier") if "time_identifier" in columns else -1
    return columns, ([rows[1][place]] if 0 <= place < len(rows[1]) else [])
