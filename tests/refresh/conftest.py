"""Releases of DfE, and a publisher that has one: for the tests that refresh from the stand-in."""

import pytest

from sendlib.store import Store
from tests.fakes import ees_samples as samples
from tests.refresh import ees, publisher


@pytest.fixture(scope="session")
def files_2025():
    return samples.ehc_plans_2025()


@pytest.fixture(scope="session")
def files_2026():
    return publisher.next_release()


@pytest.fixture
def newer(store, files_2026):
    with publisher.stand_in(store, files_2026) as server:
        yield server


@pytest.fixture(scope="session")
def refreshed(tmp_path_factory):
    """One refresh of the whole release that several tests look at: the publisher, the folder and the closing rows."""
    folder = tmp_path_factory.mktemp("refreshed")
    with publisher.stand_in(Store(), samples.ehc_catalogue_2026()) as server:
        seen = []
        rows = ees.refresh(server, folder, report=lambda part, text: seen.append((part, text)))
        yield server, folder, rows, seen
