"""A stand-in with the sample data, shared by the tests that only read it."""

from __future__ import annotations

import pytest

from tests.fakes import ees_samples as samples


@pytest.fixture(scope="session")
def ees():
    with samples.sample_stand_in() as stand_in:
        yield stand_in


@pytest.fixture(scope="session")
def provision(ees):
    """Address of the made-up SEN provision data set."""
    return f"{ees.api}/data-sets/{samples.SEN_PROVISION_ID}"
