"""What the stand-in can be filled with: the real 2025 release of EHC plans, DfE's own test data, and made-up data."""

from __future__ import annotations

import csv
import io
import os
import zipfile
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from tests.fakes import ees_2026
from tests.fakes.ees import EesStandIn
from tests.fakes.ees_content import CatalogueFile, files_of_zip
from tests.fakes.ees_data import DataSet, Publication, Release

_HERE = Path(__file__).resolve().parents[2]
ORIGINALS = Path(os.environ.get("SENDLIB_ORIGINALS", _HERE.parent / "shared" / "data"))
RELEASE_ZIP = "ehcp/education-health-and-care-plans_2025.zip"
PHASE_TRANSFERS_2026 = "ehcp/release_2026/phase_transfers.csv"
TRIBUNAL_2026 = "ehcp/release_2026/SEND_appealable_decisions_rate_2024-2025.csv"

EHC_PLANS = Publication(
    "88312cc0-fe1d-4ab5-81df-33fd708185cb",
    "Education, health and care plans",
    "education-health-and-care-plans",
    "Children and young people with an education, health and care (EHC) plan (SEN2 return).",
)
SEN_IN_ENGLAND = Publication(
    "f657afb4-8f4a-427d-a683-15f11a2aefb5",
    "Special educational needs in England",
    "special-educational-needs-in-england",
    "Pupils with special educational needs.",
    "2026-06-11T08:30:00+00:00",
)
ABSENCE = Publication(
    "cbbd299f-8297-44bc-92ac-558bcf51f8ad",
    "Pupil absence in schools in England",
    "pupil-absence-in-schools-in-england",
    "Pupil absence. (DfE's own API test data set.)",
    "2025-03-20T09:30:00+00:00",
)
EHC_2025 = Release("Reporting year 2025", "2025", "2e60aacd-d46c-416a-af4d-9d2269506ff6", "2025-06-26T08:30:00+00:00")
EHC_2026 = Release("Reporting year 2026", "2026", "3f60aacd-d46c-416a-af4d-9d2269506ff7", "2026-06-25T08:30:00+00:00")
EHC_TITLES = {
    "caseload.csv": "Education, health and care plans as at January each year",
    "requests.csv": "Requests for an education, health and care needs assessment",
    "timeliness_20_week.csv": "Education, health and care plans issued within 20 weeks",
}
SEN_PROVISION = "Pupils in all schools, by type of SEN provision"
SEN_PROVISION_ID = "019df85e-ab00-7458-a4ff-b381997776cb"

_PLACES = [
    "geographic_level",
    "country_code",
    "country_name",
    "region_code",
    "region_name",
    "old_la_code",
    "new_la_code",
    "la_name",
]
_ENGLAND = ("E92000001", "England")
_NORTH, _SOUTH = ("E12000001", "North East"), ("E12000008", "South East")


def has_originals() -> bool:
    return (ORIGINALS / RELEASE_ZIP).is_file()


def ehc_plans_2025() -> list[CatalogueFile]:
    """The real files of the 2025 release when they are beside the project, otherwise two small made-up ones."""
    if has_originals():
        return files_of_zip((ORIGINALS / RELEASE_ZIP).read_bytes(), EHC_PLANS, EHC_2025, EHC_TITLES)
    return [
        CatalogueFile(name, EHC_TITLES[name], _ehc_file(column), EHC_PLANS, EHC_2025)
        for name, column in (("caseload.csv", "ehcplans"), ("requests.csv", "requests_received_in_year"))
    ]


def ehc_other_members() -> dict[str, bytes]:
    """The zip members beside data/ (guidance, supporting files), for `EesStandIn.other_members`."""
    if not has_originals():
        return {}
    with zipfile.ZipFile(ORIGINALS / RELEASE_ZIP) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.startswith("data/")}


@cache
def ehc_plans_2026() -> Mapping[str, bytes]:
    """File name -> content of each file that the catalogue had on 25 June 2026, in its real layout (see ees_2026.py).

    Made from the real files of 2025, so it needs the originals, and some seconds; the second call costs nothing.
    """
    with zipfile.ZipFile(ORIGINALS / RELEASE_ZIP) as archive:
        data = {
            name.removeprefix("data/"): archive.read(name) for name in archive.namelist() if name.startswith("data/")
        }
    return MappingProxyType(ees_2026.catalogue_files(data, (ORIGINALS / PHASE_TRANSFERS_2026).read_bytes()))


def ehc_catalogue_2026() -> list[CatalogueFile]:
    """The same for a stand-in, under the real titles, none of which is that of 2025."""
    return [
        CatalogueFile(name, ees_2026.TITLES[name], content, EHC_PLANS, EHC_2026)
        for name, content in ehc_plans_2026().items()
    ]


@cache
def ehc_other_members_2026() -> Mapping[str, bytes]:
    """Zip member -> content of the supporting files of the release of 2026, for `EesStandIn.other_members`."""
    officers = ehc_other_members()["supporting-files/sen2_dmo_dco.csv"]
    return MappingProxyType(ees_2026.supporting_files(officers, (ORIGINALS / TRIBUNAL_2026).read_bytes()))


@cache
def release_zip_2026() -> bytes:
    """The whole release of 2026 as DfE's site gives it: data/, supporting-files/ and data-guidance/."""
    members = {f"data/{name}": content for name, content in ehc_plans_2026().items()} | dict(ehc_other_members_2026())
    guidance = "Education, health and care plans\nReporting year 2026\n"
    members["data-guidance/data-guidance.txt"] = guidance.encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def conformance_data_set() -> DataSet:
    """DfE's test data (216 rows), of which CONFORMANCE.md gives the row counts. Needs the originals."""
    folder = ORIGINALS / "ees_conformance"
    data_set = DataSet("Absence rates by geographic level", ABSENCE)
    data_set.add_version("1.0", folder / "source.csv", folder / "source.meta.csv")
    return data_set


def made_up_sen_provision(status: str = "Published", superseded_by: str | None = None) -> DataSet:
    """A small data set in the columns of the real one; the numbers mean nothing.

    1.0 ends in 2023/24, 1.1 adds 2024/25 (and a hidden and an empty figure),
    1.2 with 2025/26 waits. Authority 302 changes its name in 2024/25, so two
    location options have one code.
    """
    data_set = DataSet(SEN_PROVISION, SEN_IN_ENGLAND, id=SEN_PROVISION_ID, status=status, superseded_by=superseded_by)
    for number, last in enumerate((2023, 2024, 2025)):
        years = f"{last}/{last % 100 + 1}"
        release = Release(
            f"Academic year {years}",
            years.replace("/", "-"),
            _release_id(last),
            f"{last + 1}-06-12T08:30:00+00:00",
            last > 2023,
        )
        data_set.add_version(
            f"1.{number}",
            _sen_provision_csv(range(2021, last + 1)),
            _SEN_META,
            published=release.published,
            release=release,
            notes="New time period added." if number else "",
            waiting=number == 2,
        )
    return data_set


def sample_stand_in() -> EesStandIn:
    """A stand-in with all there is: made-up SEN provision, DfE's test data if at hand, and the EHC plans files."""
    stand_in = EesStandIn(
        [made_up_sen_provision(), *([conformance_data_set()] if has_originals() else [])], ehc_plans_2025()
    )
    stand_in.other_members[EHC_2025.version_id] = ehc_other_members()
    return stand_in


def _release_id(year: int) -> str:
    return f"0197ab00-0000-7000-8000-00000000{year}"


_SEN_META = """col_name,col_type,label,indicator_grouping,indicator_unit,indicator_dp,filter_hint,filter_grouping_column
phase_type_grouping,Filter,Phase type grouping,,,,Schools,
sen_provision,Filter,SEN provision,,,,,
pupil_count,Indicator,Number of pupils,,,0,,
pupil_percent,Indicator,Percentage of pupils,,%,1,,
"""


def _places(year: int) -> list[tuple[str, ...]]:
    """England, two regions, three authorities; the country is filled in on all rows, the region on those inside it."""
    second = "Second Old Town" if year < 2024 else "Second New Town"
    return [
        ("National", *_ENGLAND, "", "", "", "", ""),
        ("Regional", *_ENGLAND, *_NORTH, "", "", ""),
        ("Regional", *_ENGLAND, *_SOUTH, "", "", ""),
        ("Local authority", *_ENGLAND, *_NORTH, "301", "E08000301", "First Town"),
        ("Local authority", *_ENGLAND, *_NORTH, "302", "E08000302", second),
        ("Local authority", *_ENGLAND, *_SOUTH, "303", "E10000303", "Thirdshire"),
    ]


def _sen_provision_csv(years: Iterable[int]) -> str:
    header = [
        "time_period",
        "time_identifier",
        *_PLACES,
        "phase_type_grouping",
        "sen_provision",
        "pupil_count",
        "pupil_percent",
    ]
    rows = [
        [
            f"{year}{(year + 1) % 100:02}",
            "Academic year",
            *place,
            phase,
            provision,
            str(1000 + 10 * number),
            f"{number % 40}.5",
        ]
        for year in years
        for number, (place, phase, provision) in enumerate(
            (place, phase, provision)
            for place in _places(year)
            for phase in ("Total", "State-funded primary", "State-funded special school")
            for provision in ("Total", "Education, health and care plan", "SEN support / SEN without an EHC plan")
        )
    ]
    rows[-1][-2:] = ["c", "c"]
    rows[-2][-1] = ""
    return _written(header, rows)


def _ehc_file(column: str) -> bytes:
    header = ["time_period", "time_identifier", *_PLACES, "breakdown_topic", "breakdown", column]
    rows = [
        ["202425", "Academic year", *place, topic, label, str(100 + number)]
        for number, place in enumerate(_places(2024))
        for topic, label in (("All EHC plans", "All EHC plans"), ("Sex", "Male"), ("Sex", "Female"))
    ]
    return b"\xef\xbb\xbf" + _written(header, rows).encode()


def _written(header: list[str], rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue()
