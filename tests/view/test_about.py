"""About the data: everything in Explore, one screen in a room, plain words for families."""

from sendlib import about_words, service
from sendlib.answer import MODES
from tests.reading import HIGHEST_GRADE, grade, too_long
from tests.view.shown_tables import tables_of
from tests.view.test_pages import opened, text_of


def test_a_room_sees_four_short_answers_and_no_table():
    test = opened("about_data", mode="show")
    assert not test.exception
    assert [heading.value for heading in test.header] == [part.heading for part in service.about().glance]
    assert not tables_of(test) and not test.expander


def test_families_read_plain_words_on_what_is_missing_and_on_barriers():
    about = service.about()
    parts = [*about.glance, *about_words.ACCESSIBILITY]
    said = [text.in_mode("families") for part in parts for text in part.texts]
    said += [about_words.TELL_US.in_mode("families"), about_words.TELL_WHOM.in_mode("families")]
    said += about.missing_for_families["What it means"].tolist()
    assert all(said) and not [text for text in said if too_long(text)]
    assert grade(said) <= HIGHEST_GRADE


def test_the_statement_on_accessibility_claims_no_audit_and_says_whom_to_tell():
    for mode in set(MODES) - {"show"}:
        words = text_of(opened("about_data", mode=mode, open="accessibility"))
        assert "obody from outside has" in words
        assert about_words.TELL_WHOM.in_mode(mode) in words
