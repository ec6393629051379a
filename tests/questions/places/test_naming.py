"""An area of the NHS is spoken of as its authorities, and as one where it is one alone."""

import pytest

from sendlib.compared import widened
from sendlib.questions.places.naming import has, maintainers, place, school_elsewhere


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("00V", ("the authority of Bury (Greater Manchester ICB - 00V)", "has", "a school outside it")),
        ("QJM", ("the authority of NHS Lincolnshire", "has", "a school outside it")),
        ("QJK", ("the authorities of NHS Devon", "have", "a school outside them")),
    ],
)
def test_one_authority_alone_is_not_spoken_of_as_several(store, code, words):
    area = widened.directory(store).get(code)
    assert (place(area), has(area), school_elsewhere(area)) == words
    assert maintainers(area) == words[0]
