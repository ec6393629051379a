"""The release of 2026 for tests has the real layout, and figures that hold together."""

import io
import zipfile

import pytest

from tests.fakes import ees_samples as samples
from tests.fakes.ees_2026 import ENGLAND, Sheet, area_of, is_total

pytestmark = pytest.mark.skipif(
    not samples.has_originals(), reason="the publishers' original files are not beside the project"
)
REAL = {
    "caseload.csv": "caseload_2026_telford_excerpt.csv",
    "annual_reviews.csv": "annual_reviews_2026_release_excerpt.csv",
}


@pytest.mark.parametrize("name", REAL)
def test_columns_topics_and_labels_are_those_of_the_real_rows_that_we_hold(name):
    made = Sheet.read(samples.ehc_plans_2026()[name])
    real = Sheet.read((samples.ORIGINALS / "ehcp" / "release_2026" / REAL[name]).read_bytes())
    assert made.columns == real.columns

    def labels(rows):
        return {(row["time_period"], row["breakdown_topic"], row["breakdown"]) for row in rows}

    assert labels(real.rows) <= labels(made.rows)


def test_the_totals_of_january_2026_are_the_real_ones():
    made = Sheet.read(samples.ehc_plans_2026()["caseload.csv"])
    totals = {area_of(row): row for row in made.rows if is_total(row) and row["time_period"] == "202526"}
    assert totals[ENGLAND]["ehcplans"] == "718838" and totals["894"]["ehcplans"] == "2669"
    assert totals["921"]["ehcplans"] == "x" and len(totals) == 163
    known = [int(row["ehcplans"]) for area, row in totals.items() if len(area) == 3 and row["ehcplans"] != "x"]
    assert sum(known) == 718838 - 2000


@pytest.mark.parametrize(("name", "period"), [("sen_needs_caseload.csv", "202526"), ("sen_need_newplans.csv", "2025")])
def test_needs_unknown_and_down_syndrome_add_up_to_the_plans_as_in_the_real_file(name, period):
    rows = [row for row in Sheet.read(samples.ehc_plans_2026()[name]).rows if row["number_asd"] != "x"]
    needs = [column for column in rows[0] if column.startswith("number_")]
    for row in rows:
        parts = [int(row[column]) for column in needs if row[column] != "x"]
        assert sum(parts) == int(row["ehc_plans"]), row
        assert (row["number_ds"] == "x") == (row["time_period"] != period)


def test_no_file_has_the_title_it_had_in_2025_and_the_zip_holds_them_all():
    assert not {file.title for file in samples.ehc_catalogue_2026()} & set(samples.EHC_TITLES.values()) - {
        "Education, health and care plans as at January each year"
    }
    with zipfile.ZipFile(io.BytesIO(samples.release_zip_2026())) as archive:
        assert {f"data/{name}" for name in samples.ehc_plans_2026()} < set(archive.namelist())
        assert sum("supporting-files/" in name for name in archive.namelist()) == 2
