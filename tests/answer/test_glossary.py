"""Words that need explaining: one list of them, which opens where a family meets one."""

import re

from sendlib.answer import glossary
from sendlib.tables.needs import NEEDS
from sendlib.view.words import as_html
from tests import reading


def opened(html):
    """The terms that can be opened in a text."""
    return re.findall(r'<button type="button" class="term" popovertarget="[\w-]+">(.+?)</button>', html)


def test_a_term_opens_where_it_first_stands():
    html = as_html("5 of 100 had an EHC plan. An EHC plan is for autism & more.", "families")
    assert opened(html) == ["EHC plan", "autism"]
    assert "autism</button>" in html and "&amp; more" in html
    for name in re.findall(r'popovertarget="([\w-]+)"', html):
        assert f'<span id="{name}" class="meaning" popover>' in html


def test_a_term_is_marked_once_on_a_page_that_remembers():
    seen: set[str] = set()
    assert opened(as_html("With SEN support.", "families", seen)) == ["SEN support"]
    assert opened(as_html("SEN support again, and an EHC plan.", "families", seen)) == ["EHC plan"]


def test_only_families_have_terms_to_open():
    assert as_html("An EHC plan <b>", "explore") == as_html("An EHC plan <b>", "show") == "An EHC plan &lt;b&gt;"


def test_of_two_terms_at_one_place_the_longer_is_meant():
    text = "Severe learning difficulties at state special schools"
    found = [(words, term.name) for words, term in glossary.parted(text) if term]
    assert found == [
        ("Severe learning difficulties", "Severe learning difficulty"),
        ("state special schools", "State special school"),
    ]


def test_a_term_is_a_word_of_its_own_and_send_is_no_verb():
    assert not opened(as_html("They send appealing letters by post.", "families"))


def test_every_need_has_plain_words():
    plain = {term.name for term in glossary.terms() if term.plain}
    assert set(NEEDS.values()) <= plain


def test_plain_words_are_plain():
    told = [term.plain for term in glossary.terms() if term.plain]
    assert [one for text in told for one in reading.too_long(text)] == []
    assert reading.grade(told) <= reading.HIGHEST_GRADE


def test_every_term_is_named_once():
    named = [way.lower() for term in glossary.terms() for way in (term.name, *term.spellings)]
    assert sorted(set(named)) == sorted(named)
