"""The search of About finds what people call things, and says when nothing has their words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendlib import service
from sendlib.about import finding
from sendlib.about.finding import Entry

MADE_UP = [
    Entry("Word", "EHC plan", "A legal document.", "A legal document with needs."),
    Entry("Table", "Waiting lists", "Children who wait.", "Children who wait for a plan or therapy."),
    Entry("Word", "Autism", "A need.", "A need."),
]


def titles(typed):
    return [one.title for one in finding.find(MADE_UP, typed).entries]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("how long are the waits", "Waiting lists"),
        ("waiting", "Waiting lists"),
        ("PLANS", "EHC plan"),
        ("autis", "Autism"),
    ],
)
def test_ordinary_words_find_their_entry_in_any_form(typed, first):
    assert titles(typed)[0] == first


def test_all_words_count_and_where_nothing_has_them_all_some_is_said_to_be_found():
    found = finding.find(MADE_UP, "wait plan")
    assert found.whole == 1 and [one.title for one in found.entries] == ["Waiting lists", "EHC plan"]
    found = finding.find(MADE_UP, "autism zebra")
    assert not found.whole and [one.title for one in found.entries] == ["Autism"]
    assert not finding.find(MADE_UP, "zebra").entries
    assert not finding.find(MADE_UP, "  ?! ").entries


@given(st.text())
def test_no_typing_breaks_it(typed):
    found = finding.find(MADE_UP, typed)
    assert len(found.entries) <= len(MADE_UP) and found.more == 0


@pytest.mark.parametrize(
    ("typed", "kind", "title"),
    [
        ("speech and language", "Word", "Speech"),
        ("where are the special schools", "Table", "chools"),
        ("exclusions", "Indicator of 2018", "xclu"),
        ("what is unusual", "Method", ""),
        ("LG Inform", "Elsewhere", "LG Inform"),
        ("family size", "Not known", ""),
        ("looking ahead", "Page", "Looking ahead"),
    ],
)
def test_what_people_look_for_is_among_the_first(typed, kind, title):
    found = finding.find(service.about().entries, typed)
    assert found.whole
    assert any(one.kind == kind and title in one.title for one in found.entries), [
        (one.kind, one.title) for one in found.entries
    ]


def test_every_entry_leads_to_a_part_or_a_page_that_there_is():
    about = service.about()
    parts = {part.name for part in about.parts} | {"details", "indicators", "method"}
    for one in about.entries:
        assert one.page or one.part in parts, one
        assert one.title and one.says, one
        assert not one.table or one.table in about.tables
