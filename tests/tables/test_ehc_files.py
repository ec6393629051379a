"""A file of EHC plans is known by its columns, whatever it is called."""

import csv
import io
import zipfile

import pytest

from sendlib.tables import ehc_files, process
from tests.fakes import ees_samples as samples

ROLES_OF_2026 = {
    **{f"{name}.csv": name for name in process.FILES},
    "caseload.csv": "caseload",
    "sen_needs_caseload.csv": "needs",
    "sen_need_newplans.csv": "new_needs",
    "phase_transfers.csv": "phase_transfers",
    "work_based_placements.csv": "work_based_placements",
    "sen2_dmo_dco.csv": "designated_officers",
}
ROLES_OF_2025 = ROLES_OF_2026 | {"sen_needs_all_plans.csv": "needs"}
ROLES_OF_2022 = {"sen2_age_caseload.csv": "ages_to_2022", "sen2_mi.csv": "process_to_2022"}


def header_and_identifiers(content):
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    place = [name.lower() for name in rows[0]].index("time_identifier")
    return rows[0], {row[place] for row in rows[1:20] if row}


@pytest.mark.parametrize(("year", "roles"), [("2025", ROLES_OF_2025), ("2022", ROLES_OF_2022)])
def test_every_file_of_a_real_release_is_known_by_its_columns(originals, year, roles):
    packed = originals.read(f"ehcp/education-health-and-care-plans_{year}.zip")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        for member in archive.namelist():
            name = member.rpartition("/")[2]
            if name.endswith(".csv") and "Tribunals" not in name:
                found = ehc_files.role_of(*header_and_identifiers(archive.read(member)))
                assert found == roles.get(name), name


def test_every_file_of_the_layout_of_2026_is_known_by_its_columns(originals):
    files = {**samples.ehc_plans_2026(), **samples.ehc_other_members_2026()}
    for member, content in files.items():
        name = member.rpartition("/")[2]
        if "appealable" not in name:
            assert ehc_files.role_of(*header_and_identifiers(content)) == ROLES_OF_2026[name], name


def test_years_in_the_names_of_columns_may_move_on():
    assert ehc_files.role_of(["review_expected_2027", "review_not_expected_2027"], ["2027"]) == "annual_reviews"
    assert ehc_files.role_of(["number_plans", "due_27", "due_28"], ["2026"]) == "phase_transfers"


@pytest.mark.parametrize(
    ("periods", "role"),
    [
        (["2024/25", "2025/26"], "needs"),
        (["Academic year"], "needs"),
        (["202526"], "needs"),
        (["2024", "2025"], "new_needs"),
        (["Calendar year"], "new_needs"),
    ],
)
def test_the_two_files_of_needs_differ_in_their_periods_only(periods, role):
    assert ehc_files.role_of(["\ufeffEHC_plans", "number_ASD"], periods) == role


def test_another_publishers_file_is_none_of_them():
    assert ehc_files.role_of(["time_period", "sess_authorised_percent"], ["Academic year"]) is None
    assert ehc_files.role_of([], []) is None


def test_every_role_that_a_table_is_made_of_is_one_that_can_be_known():
    assert set(process.FILES) <= set(ehc_files.ROLES)
