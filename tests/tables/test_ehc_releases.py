"""A newer release that lies in the folder of originals is read under its own name, and older years stay."""

import shutil

import pytest

from sendlib import snapshot
from sendlib.areas import Areas
from sendlib.errors import ContractBroken, SourceUnavailable
from sendlib.sources.originals import Originals
from sendlib.tables import area_changes, areas, designated_officers, ehc_releases, placements, process
from tests.fakes import ees_samples as samples

ENGLAND = "E92000001"


@pytest.fixture(scope="module")
def known(originals):
    return Areas(areas.read(originals), area_changes.read(originals))


@pytest.fixture(scope="module")
def folder(originals, tmp_path_factory):
    """The two releases that the tables name, and that of 2026 under a name that nobody wrote down."""
    folder = tmp_path_factory.mktemp("originals")
    (folder / "ehcp").mkdir()
    for name in ehc_releases.KNOWN:
        shutil.copy(originals.folder / "ehcp" / name, folder / "ehcp" / name)
    (folder / process.RATES).parent.mkdir()
    shutil.copy(originals.folder / process.RATES, folder / process.RATES)
    (folder / "ehcp" / "EHC plans as downloaded (3).zip").write_bytes(samples.release_zip_2026())
    return Originals(folder)


def test_nothing_but_the_known_releases_is_read_from_the_folder_of_today(originals):
    assert ehc_releases.newer_files(originals) == []


def test_every_file_of_a_release_is_found_by_its_columns(folder):
    found = ehc_releases.newer_files(folder)
    assert {file.role for file in found} >= {"caseload", "needs", "new_needs", "designated_officers", *process.FILES}
    assert all(file.name.startswith("ehcp/EHC plans as downloaded (3).zip::") for file in found)


@pytest.mark.parametrize("table", [placements, process, designated_officers])
def test_its_years_are_added_its_source_is_named_and_older_years_stay(folder, known, store, table):
    newer = ehc_releases.newer_files(folder)
    made = snapshot._built(table.TABLE, folder, known, newer)
    before, after = store.table(table.TABLE.name).astype(str), made.frame.astype(str)
    assert "2026-01" in set(after["period"]) - set(before["period"])
    if table is process:  # of 2025 only appeals are shipped
        assert (
            after.query("period == '2025'")["measure"].nunique() > before.query("period == '2025'")["measure"].nunique()
        )
    oldest = before["period"].min()
    assert len(before[before["period"].eq(oldest)]) == len(after[after["period"].eq(oldest)])
    assert made.sources[0].release == "Reporting year 2026" and "as downloaded (3).zip" in made.sources[0].note


def test_a_release_that_is_not_there_is_named_with_what_lies_beside_it(folder):
    with pytest.raises(SourceUnavailable, match=r"ehcp/other\.zip is not in .* exactly this name.*plans_2022\.zip"):
        folder.read("ehcp/other.zip")


def test_an_archive_that_is_cut_short_is_refused_by_name(folder, tmp_path):
    (tmp_path / "ehcp").mkdir()
    (tmp_path / "ehcp" / "new.zip").write_bytes(samples.release_zip_2026()[:5000])
    with pytest.raises(ContractBroken, match=r"ehcp/new\.zip: this is not a complete zip archive"):
        ehc_releases.newer_files(Originals(tmp_path))


def test_a_table_of_which_there_is_nothing_newer_is_as_it_was(originals, known):
    plain = snapshot._built(designated_officers.TABLE, originals, known)
    again = snapshot._built(designated_officers.TABLE, originals, known, ehc_releases.newer_files(originals))
    assert plain.frame.equals(again.frame) and plain.sources == again.sources
