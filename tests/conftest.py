"""What the tests share: the shipped snapshot, and the publishers' files where they are at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from sendlib.compared.comparators import known_areas
from sendlib.sources.originals import Originals
from sendlib.store import Store
from tests.everywhere import Everywhere
from tests.over_years import live

settings.register_profile("noisy machines", deadline=None)  # time is measured in benchmarks/ and asserted nowhere
settings.load_profile("noisy machines")

ROOT = Path(__file__).resolve().parent.parent
ORIGINALS = Path(os.environ.get("SENDLIB_ORIGINALS", ROOT.parent / "shared" / "data"))


LONGEST_FIRST = (
    "refresh/test_ehc_plans.py",
    "questions/test_answers.py",
    "view/test_browser.py",
    "linking/test_spark.py",
    "view/test_map.py",
    "view/test_in_the_room.py",
    "view/test_pages.py",
    "view/test_board.py",
    "sources/test_ees.py",
    "test_store.py",
    "questions/looking_ahead/test_choices.py",
    "refresh/test_soak.py",
    "refresh/test_faults.py",
    "refresh/test_waits.py",
    "changes/test_changes.py",
    "exports/test_slides.py",
    "exports/test_report.py",
    "view/test_dark_and_paper.py",
    "test_command_line.py",
    "questions/test_doing_well.py",
    "test_machines.py",
    "questions/test_one_missing_cell.py",
    "view/test_refreshing.py",
    "test_service.py",
    "tables/test_ehc_releases.py",
    "questions/looking_ahead/test_send_ahead.py",
)
"""Files that take long begin first, so that no core waits for the last of them."""


def pytest_collection_modifyitems(items):
    """The tests in the order in which their files shall begin."""
    place = {ROOT / "tests" / name: number for number, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: place.get(item.path, len(place)))


@pytest.fixture(scope="session")
def store():
    return Store()


@pytest.fixture(scope="session")
def over_years(store, tmp_path_factory):
    """A store with plans of two Januaries and pupils of three censuses by need (tests.over_years)."""
    return live(store, tmp_path_factory.mktemp("over_years"))


@pytest.fixture(scope="session")
def areas(store):
    return known_areas(store)


@pytest.fixture(scope="session")
def everywhere(store, areas, tmp_path_factory):
    """Answers of a question for every authority, asked once for all files and processes (tests.everywhere)."""
    own = tmp_path_factory.getbasetemp()
    # A worker of xdist has a folder of its own inside that of the run.
    return Everywhere(store, areas, own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)


@pytest.fixture(scope="session")
def originals():
    if not ORIGINALS.is_dir():
        pytest.skip("the publishers' original files are not beside the project (SENDLIB_ORIGINALS names their folder)")
    return Originals(ORIGINALS)
