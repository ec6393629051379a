"""Two areas side by side: both names stand in the title and the figures, and nothing of either is lost."""

import pytest

from sendlib import pictures, questions, service
from sendlib.answer import MODES
from sendlib.answer.beside import pairs
from sendlib.exports.record import as_record
from sendlib.exports.text import as_text

PAIRS = [("879", "880"), ("879", "E12000009"), ("878,879,880", "QJK"), ("420", "330"), ("E92000001", "209")]


def asked(name: str, area: str, beside: str):
    return service.ask(questions.named(name), area, "neighbours-2025", {}, beside)


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
@pytest.mark.parametrize("name", questions.names())
def test_both_names_stand_in_title_and_figures_and_pictures(name, pair):
    answer = asked(name, *pair)
    other = answer.beside
    assert other is not None and other.area.code == pair[1]
    for mode in MODES:
        for area in (answer.area, other.area):
            said = f"{answer.title.in_mode(mode)} {answer.headline.in_mode(mode)}"
            assert area.short_name in said or area.in_text in said
    assert all(figure is mine and theirs for figure, (mine, theirs) in zip(answer.figures, pairs(answer), strict=True))
    drawn = pictures.of(answer, answer.lead, "explore")
    assert len({picture.key for picture in drawn}) == len(drawn)
    words = " ".join(f"{picture.heading} {picture.alt.explore} {picture.legend}" for picture in drawn)
    assert answer.area.short_name in words and other.area.short_name in words


def test_what_each_says_is_what_it_says_alone():
    both, alone = asked("needs", "879", "880"), asked("needs", "880", "")
    assert both.beside is not None
    assert as_record(both.beside)["tables"] == as_record(alone)["tables"]
    assert both.beside.headline == alone.headline


def test_an_area_beside_itself_is_that_area():
    assert asked("needs", "879", "879").beside is None


def test_a_choice_that_the_other_does_not_have_is_left_out_for_it():
    answer = service.ask(questions.named("needs"), "879", "region", {}, "E92000001")
    assert answer.beside is not None and "authorities" in answer.beside.comparators
    assert any("'Compared with' is not offered for England" in note.text.explore for note in answer.notes)


def test_areas_that_a_reader_picked_are_compared_with_both():
    answer = service.ask(questions.named("needs"), "879", "878,880", {}, "E12000009")
    assert answer.beside is not None and answer.beside.comparators == answer.comparators
    assert not any("usual choice" in note.text.explore for note in answer.notes)


def test_the_terminal_shows_both():
    text = as_text(asked("my_area", "879", "880"))
    assert "Plymouth beside Torbay" in text and "Torbay: Pupils with an EHC plan" in text
