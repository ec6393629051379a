"""What a reader can choose, as it stands in an address."""

import pytest

from sendlib.answer import Choice, Limits
from sendlib.errors import UnknownChoice

NEED = Choice("need", "Need", "which need is drawn")
NEEDS = {"asd": "Autism", "semh": "Social, emotional and mental health", "hi": "Hearing impairment"}


def test_nothing_asked_is_the_default():
    assert NEED.offer(NEEDS, "asd", {}).value == "asd"
    assert NEED.offer(NEEDS, "asd", {"need": "  "}).value == "asd"


@pytest.mark.parametrize("asked", ["semh", "SEMH", "Social, emotional and mental health"])
def test_an_option_can_be_named_by_its_code_or_its_words(asked):
    offered = NEED.offer(NEEDS, "asd", {"need": asked})
    assert offered.value == "semh" and offered.words == "Social, emotional and mental health"


def test_what_nobody_offers_is_refused_with_what_there_is_and_whose_choice_it_is():
    with pytest.raises(UnknownChoice, match="no 'dyslexia' to choose for need. There are: asd, semh, hi") as found:
        NEED.offer(NEEDS, "asd", {"need": "dyslexia"})
    assert found.value.choice == "need"


def test_several_are_chosen_with_commas_and_none_is_a_choice_too():
    several = Choice("lines", "Lines", "which lines are drawn", most=2)
    assert several.offer(NEEDS, "asd", {"lines": "hi, asd, hi"}).values == ["hi", "asd"]
    assert several.offer(NEEDS, "asd", {"lines": "none"}).values == []
    with pytest.raises(UnknownChoice, match="up to 2"):
        several.offer(NEEDS, "asd", {"lines": "hi,asd,semh"})


@pytest.mark.parametrize("asked", ["much", "nan", "inf", "-6", "10.1", ""])
def test_a_number_stays_between_its_ends(asked):
    growth = Choice("growth", "Growth", "growth a year", number=Limits(-5, 10, 0.1, 1))
    if not asked:
        assert growth.offer({}, "2", {"growth": asked}).value == "2"
        return
    with pytest.raises(UnknownChoice, match="from -5 to 10"):
        growth.offer({}, "2", {"growth": asked})


def test_a_choice_with_a_form_of_its_own_is_read_by_its_own_reader():
    def read(text):
        if ":" not in text:
            raise UnknownChoice("not a move", "move")
        return text.casefold()

    move = Choice("move", "Move", "a what-if", parse=read)
    assert move.offer({}, "a:b", {"move": "A:C"}).value == "a:c"
    with pytest.raises(UnknownChoice):
        move.offer({}, "a:b", {"move": "ac"})


def test_an_option_of_the_command_line_has_hyphens():
    assert Choice("funnel_need", "Need", "which need").option == "--funnel-need"
