"""Made-up files of DfE's catalogue by pupil characteristic, in the columns and labels of the real ones."""

from __future__ import annotations

import csv
import io

from tests.fakes.ees_content import CatalogueFile
from tests.fakes.ees_data import Publication, Release

SUSPENSIONS = Publication(
    "bf2b4284-6b84-46b0-aaaa-a2e0a23be2a9",
    "Suspensions and permanent exclusions in England",
    "suspensions-and-permanent-exclusions-in-england",
    "Suspensions and permanent exclusions.",
)
ABSENCE = Publication(
    "cbbd299f-8297-44bc-92ac-558bcf51f8ad",
    "Pupil absence in schools in England",
    "pupil-absence-in-schools-in-england",
    "Pupil absence.",
)
YEAR_2025 = Release("Academic year 2024/25", "2024-25", "7e60aacd-d46c-416a-af4d-9d2269506ff3", "2026-03-19T09:30:00Z")
AUTUMN_2025 = Release(
    "Autumn term 2024/25", "2024-25-autumn-term", "5e60aacd-d46c-416a-af4d-9d2269506ff1", "2025-11-20T09:30:00+00:00"
)
ENGLAND = "E92000001"
PHASES = ("Total", "State-funded primary", "State-funded secondary", "Special")
GROUPS = {"EHC plan": 2, "SEN support": 5, "No SEN": 30}
"""Label -> made-up pupils of each authority in a kind of school, in hundreds."""


def places(store) -> list[dict[str, str]]:
    """England, the regions and every authority, in the columns of a file."""
    areas = store.table("areas").astype({"area_code": str, "name": str, "level": str})
    found = [{"geographic_level": "National"}]
    for row in areas.itertuples():
        if row.level == "region":
            found.append({"geographic_level": "Regional", "region_code": row.area_code, "region_name": row.name})
        elif row.level == "authority":
            found.append(
                {
                    "geographic_level": "Local authority",
                    "region_code": row.region_code,
                    "region_name": row.region_name,
                    "old_la_code": row.area_code,
                    "new_la_code": row.ons_code,
                    "la_name": row.name,
                }
            )
    # Half of London, which DfE gives beside the regions, and a row that is no authority.
    found.append({"geographic_level": "Regional", "region_code": "E13000001", "region_name": "Inner London"})
    return [{"country_code": ENGLAND, "country_name": "England", **place} for place in found]


def written(rows: list[dict[str, str]]) -> bytes:
    names = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _pupils(place: dict[str, str], hundreds: int, phases: int, store_places: list[dict[str, str]]) -> int:
    """An authority's made-up pupils; those of England and a region are the sum of its authorities'."""
    within = [
        other
        for other in store_places
        if other["geographic_level"] == "Local authority"
        and place.get("region_code", "") in ("", other["region_code"])
        and place.get("old_la_code", "") in ("", other["old_la_code"])
    ]
    return 100 * hundreds * phases * len(within)


def exclusions(store, years: tuple[int, ...], change=lambda row: row, time="Academic year") -> bytes:
    """Suspensions by characteristic: 10 a hundred pupils with a plan, 8 with SEN support, 2 without."""
    every = places(store)
    rates = {"EHC plan": 10, "SEN support": 8, "No SEN": 2}
    rows = []
    for place in every:
        for phase in PHASES:
            number = 3 if phase == "Total" else 1
            counts = {label: _pupils(place, size, number, every) for label, size in GROUPS.items()}
            suspended = {label: counts[label] * rates[label] // 100 for label in GROUPS}
            labelled = [("SEN provision", label, counts[label], suspended[label]) for label in GROUPS]
            labelled.append(("Total", "Total", sum(counts.values()), sum(suspended.values())))
            labelled.append(("Sex", "Female", counts["No SEN"], suspended["No SEN"]))
            for year in years:
                for topic, label, pupils, times in labelled:
                    rows.append(
                        change(
                            {
                                "time_identifier": time,
                                "time_period": f"{year}{(year + 1) % 100:02}",
                                **place,
                                "education_phase": phase,
                                "breakdown_topic": topic,
                                "breakdown": label,
                                "headcount": str(pupils),
                                "perm_excl": "0",
                                "perm_excl_rate": "0",
                                "suspension": str(times),
                                "susp_rate": f"{100 * times / pupils:.5f}" if pupils else "z",
                                "one_plus_susp": str(times // 2),
                                "one_plus_susp_rate": f"{50 * times / pupils:.5f}" if pupils else "z",
                            }
                        )
                    )
    return written([row for row in rows if row])


def catalogue(store, years: tuple[int, ...], change=lambda row: row) -> list[CatalogueFile]:
    """The release of a term: its own file in the same columns, the one of full years, and one of England only."""
    term = exclusions(store, (2024,), time="Autumn term")
    full = exclusions(store, years, change)
    england = exclusions(store, years, lambda row: row if row["geographic_level"] == "National" else {})
    titles = {
        "susp_term.csv": ("Suspensions and permanent exclusions - by characteristic", term),
        "susp_full.csv": ("Suspensions and permanent exclusions - full year by characteristic", full),
        "susp_nat.csv": ("Suspensions and permanent exclusions - full year by characteristic - IDACI", england),
    }
    return [CatalogueFile(name, title, content, SUSPENSIONS, AUTUMN_2025) for name, (title, content) in titles.items()]


def absence(store, years: tuple[int, ...], change=lambda row: row, time="Academic year") -> bytes:
    """Absence by pupil characteristics: 12 per cent of half days with a plan, 10 with SEN support, 6 without.

    There are three half days of pupils with SEN support for each of pupils with a plan.
    """
    every = places(store)
    missed = {"EHC plan": 12.0, "SEN support": 10.0, "No SEN": 6.0, "Unclassified": 9.0, "Total": 7.0}
    rows = []
    for place in every:
        for phase in PHASES:
            for year in years:
                for label, percent in missed.items():
                    half_days = 100 * _pupils(place, 3 if label == "SEN support" else 1, 1, every)
                    cells = {
                        "time_period": f"{year}{(year + 1) % 100:02}",
                        "time_identifier": time,
                        **place,
                        "education_phase": phase,
                        "breakdown_topic": "Total" if label == "Total" else "SEN provision",
                        "breakdown": label,
                        "enrolments": str(_pupils(place, 10, 1, every)),
                        "sess_possible": str(half_days),
                        "sess_overall": f"{half_days * percent / 100:.0f}",
                        "sess_authorised": f"{half_days * (percent - 2) / 100:.0f}",
                        "sess_unauthorised": f"{half_days * 2 / 100:.0f}",
                        "sess_overall_percent": f"{percent:.5f}",
                        "sess_authorised_percent": f"{percent - 2:.5f}",
                        "sess_unauthorised_percent": "2.00000",
                        "enrolments_pa_10_exact_percent": f"{2 * percent:.5f}",
                        "enrolments_pa_50_exact_percent": "1.50000",
                    }
                    rows.append(change(cells))
    return written([row for row in rows if row])


def absence_files(
    store, years: tuple[int, ...], change=lambda row: row, release: Release = YEAR_2025
) -> list[CatalogueFile]:
    """The release of a year: the file of full years and one of a term, which has the same columns."""
    term = absence(store, years[-1:], time="Autumn term")
    titles = {
        "absence_year.csv": ("Absence by pupil characteristics", absence(store, years, change)),
        "absence_term.csv": ("Absence rates by pupil characteristics - autumn term", term),
    }
    return [CatalogueFile(name, title, content, ABSENCE, release) for name, (title, content) in titles.items()]
