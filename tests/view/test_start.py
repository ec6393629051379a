"""Start through Streamlit's own test runner."""

import pytest

from sendlib import questions
from tests.view.test_pages import opened, text_of


def links(test):
    return [element.proto.label for element in test.get("page_link")]


@pytest.mark.parametrize("mode", ["explore", "show", "families"])
def test_an_area_at_a_glance_has_a_card_for_every_question_that_opens_its_page(mode):
    test = opened("start", area="879", mode=mode)
    assert not test.exception and test.title[0].value == "Plymouth at a glance"
    for question in questions.QUESTIONS:
        (link,) = (one.proto for one in test.get("page_link") if one.proto.label == f"**{question.title}**")
        assert link.page == question.name and "area=879" in link.query_string
    cards = [one.proto.body for one in test.get("html") if 'class="glance' in one.proto.body]
    assert len(cards) == len(questions.QUESTIONS)
    assert all('class="number' in card and 'class="small"' in card for card in cards)


def test_two_areas_stand_beside_each_other_on_every_card():
    test = opened("start", area="879", beside="878")
    assert test.title[0].value == "Plymouth beside Devon at a glance"
    cards = [one.proto.body for one in test.get("html") if 'class="glance' in one.proto.body]
    assert len(cards) == len(questions.QUESTIONS) and all("Plymouth" in card and "Devon" in card for card in cards)
    apart = sum('class="halves"' in card for card in cards)
    assert apart == len(questions.QUESTIONS) - 1, "what is the same everywhere stands there once"


def test_what_no_authority_stands_for_is_said_once():
    test = opened("start", area="99E")
    assert not test.exception
    assert [one.value for one in test.info if "No authority's children mostly live in" in one.value] == [
        test.info[0].value
    ]
    assert test.info[0].value.startswith("My area, Needs, Places, Doing well and Looking ahead: ")
    assert "Nothing is missing" not in text_of(test)


def test_before_an_area_is_chosen_there_are_a_box_two_examples_and_three_ways():
    test = opened("start")
    assert not test.exception and "Your council, district or area" in [box.label for box in test.selectbox]
    assert [button.label for button in test.button if str(button.key).startswith("example_")] == [
        "Plymouth",
        "Lancashire",
    ]
    assert all(f"**{way}**" in text_of(test) for way in ("Explore", "Show", "Families"))


def test_an_example_opens_its_portrait():
    test = opened("start")
    test.button(key="example_888").click().run()
    assert test.title[0].value == "Lancashire at a glance"
