"""Whom an area of any kind can be compared with: any other areas, as long as nobody counts twice."""

import pytest

from sendlib import questions, service
from sendlib.errors import UnknownChoice


@pytest.mark.parametrize(
    ("code", "versus"),
    [
        ("E12000009", "QJK"),
        ("E12000002", "QOP,QUA"),
        ("QRV", "QJK"),
        ("QJK", "15N"),
        ("15N", "QJK"),
        ("E92000001", "QJK"),
        ("E12000009", "302,QOP"),
        ("878", "E92000001"),
        ("QJK", "E92000001"),
    ],
)
def test_an_area_of_every_kind_is_compared_with_picked_areas_of_another(code, versus):
    for question in questions.QUESTIONS:
        assert service.ask(question, code, versus, {}).headline.explore


@pytest.mark.parametrize("name", ["getting_help", "doing_well"])
def test_where_england_stands_beside_every_figure_its_authorities_are_compared(name):
    for text in ("England", "E92000001"):
        answer = service.ask(questions.named(name), "878", text, {})
        assert answer.comparators == "the other 152 authorities in England"


def test_two_areas_of_which_one_holds_a_part_of_the_other_do_not_make_a_mean():
    with pytest.raises(UnknownChoice, match="Devon and NHS Devon have children in common"):
        service.ask(questions.named("needs"), "873", "878,QJK", {})


@pytest.mark.parametrize(
    ("code", "versus", "said"),
    [
        ("879", "E12000009", "Plymouth and the South West have children in common"),
        ("878,879,880", "QJK", "are the same authorities: their figures are the same"),
    ],
)
def test_an_area_beside_one_that_holds_it_is_told_of(code, versus, said):
    for question in questions.QUESTIONS:
        answer = service.ask(question, code, versus, {})
        notes = " ".join(note.text.explore for note in answer.notes)
        assert (said in notes) != answer.same_everywhere, question.name
