"""What the tests of own figures read a file by."""

import pytest

from sendlib.compared import widened
from sendlib.store import Store


@pytest.fixture(scope="package")
def known():
    return widened.directory(Store())


@pytest.fixture(scope="package")
def plymouth(known):
    return known.get("879")
