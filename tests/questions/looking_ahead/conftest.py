"""What the tests of Looking ahead share: England's answer, and a yearly series that nobody measured."""

import pytest

from sendlib.areas import ENGLAND
from sendlib.tables import life_limiting
from tests.made_up import MADE_UP_RATES
from tests.questions.looking_ahead.asking import ask


@pytest.fixture(scope="module")
def england(store, areas):
    return ask(store, areas.get(ENGLAND))


@pytest.fixture(scope="module")
def made_up():
    return life_limiting.read(MADE_UP_RATES)
