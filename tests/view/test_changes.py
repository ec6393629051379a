"""The part of Take away that says what changed: a short list that leads to the pages, in every mode."""

import pytest

from sendlib import service
from sendlib.compared.comparators import DEFAULT
from sendlib.view.take_away.changes import MOST_IN_THE_ROOM
from tests.view.test_pages import opened


def links(test):
    """The lines of the list: what each says, and where it leads."""
    found = [one.proto for one in test.main.get("page_link")]
    return {one.label: one for one in found}


@pytest.mark.parametrize("mode", ["explore", "show", "families"])
def test_each_line_says_what_moved_and_leads_to_its_page_with_the_view_kept(mode):
    answer = service.changes("879", DEFAULT)
    test = opened("take_away", part="changes", area="879", mode=mode)
    assert not test.exception
    drawn = links(test)
    shown = list(zip(answer.verdicts, answer.tables["first"].data["page_code"], strict=True))
    for verdict, page in shown[: MOST_IN_THE_ROOM if mode == "show" else None]:
        link = drawn[verdict.words.in_mode(mode)]
        assert link.page == page and "area=879" in link.query_string
        assert mode == "explore" or f"mode={mode}" in link.query_string


def headings(mode):
    """What opens the parts under the list."""
    return {one.label for one in opened("take_away", part="changes", area="879", mode=mode).expander}


def test_tables_of_everything_are_for_explore_and_families_have_two():
    assert "All figures over time, and how each moved" in headings("explore")
    assert headings("families") == {"See the numbers", "What is out already, and what is due next"}


def test_an_area_with_too_few_plans_gets_a_word_and_no_list():
    test = opened("take_away", part="changes", area="420")
    assert not test.exception and test.header[0].value.startswith("Isles of Scilly: too few earlier figures")


def test_without_an_area_one_is_asked_for():
    test = opened("take_away", part="changes")
    assert not test.exception
    assert any("Choose an area above" in one.value for one in test.markdown)
