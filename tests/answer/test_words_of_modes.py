"""Words for families are plain, and those of a shared screen have room: on every page, of every area."""

import re

import pytest

from sendlib import pictures, questions
from sendlib.answer.citing import publishers
from tests import reading

QUESTIONS = questions.names()
OF_THE_TRADE = re.compile(
    r"\b(points?|95% interval|mean|median|primary need|percentile|prevalence|divergence|statistical neighbours?|"
    r"per cent|quintiles?|residence|provision)\b|\d%(?! (?:more|fewer))"
)
"""What families are not told without a word on what it is."""
SAMPLE = ("879", "201", "420", "942", "940", "888", "316", "330", "838")
"""Authorities whose pictures are looked at too: large and small, new, doubtful, without a figure of this or that."""


def notes_of(answer, mode):
    """The notes that stand on a page outside of its folded parts."""
    over = [note for note in answer.notes if note.kind in ("caution", "missing") and not note.about]
    if mode == "show":
        over = [note for note in over if note.kind == "caution"]
    return over + answer.notes_about(answer.lead)


def compared(figure, mode):
    """What stands under a large number, as the page writes it."""
    said = figure.comparison.in_mode(mode)
    return f"{figure.direction.capitalize()}: {said}" if figure.direction else said


def of_pictures(answer, mode):
    """What stands around the lead pictures and in their keys."""
    for picture in pictures.of(answer, answer.lead, mode):
        yield from (picture.heading, picture.nothing, *picture.below, picture.alt.in_mode(mode))
        yield from (entry.words for entry in picture.legend)


def page(answer):
    """All that a page says to a family before its folded parts."""
    lead = answer.tables[answer.lead]
    texts = [answer.title, answer.headline, lead.caption, lead.how_to_read]
    texts += [note.text for note in notes_of(answer, "families")]
    for figure in answer.figures:
        texts += [figure.label, figure.detail]
    for verdict in answer.verdicts:
        texts += [verdict.words, verdict.rule]
    texts += [*answer.cannot_tell, *answer.could_change]
    said = [answer.words, *(text.in_mode("families") for text in texts)]
    for figure in answer.figures:
        said += [figure.text_in("families"), compared(figure, "families")]
    return [text for text in said if text]


def faults_for_families(answer, with_pictures=False):
    """What is not plain on a page, each with what is wrong."""
    said = page(answer) + ([text for text in of_pictures(answer, "families") if text] if with_pictures else [])
    found = [f"too long: {one}" for text in said for one in reading.too_long(text)]
    found += [f"{word[0]}: {text}" for text in said if (word := OF_THE_TRADE.search(text))]
    if (grade := reading.grade(page(answer))) > reading.HIGHEST_GRADE:
        found.append(f"grade {grade:.1f}")
    return found


def faults_of_a_screen(answer, with_pictures=False):
    """What has no room on a shared screen, each with its letters."""
    lead, mode = answer.tables[answer.lead], "show"
    cautions = " ".join(note.text.in_mode(mode) for note in notes_of(answer, mode) if not note.about)
    line = f"{cautions} {lead.caption.in_mode(mode)}. Source: {publishers(answer)}."
    beside = [lead.how_to_read.in_mode(mode), *(note.text.in_mode(mode) for note in answer.notes_about(answer.lead))]
    if with_pictures:
        beside += [one for picture in pictures.of(answer, answer.lead, mode) for one in picture.below]
    held = [("title", answer.title.in_mode(mode), reading.SHOW_TITLE), ("source", line, reading.SHOW_SOURCE)]
    held += [("label", figure.label.in_mode(mode), reading.SHOW_LABEL) for figure in answer.figures]
    held += [("compared", compared(figure, mode), reading.SHOW_COMPARISON) for figure in answer.figures]
    held += [("detail", figure.detail.in_mode(mode), 0) for figure in answer.figures]
    held += [("beside", " ".join(filter(None, beside)), 90)]
    found = [f"{name} {len(text)}: {text}" for name, text, most in held if len(text) > most]
    drawn = [figure for figure in answer.figures if figure.label.in_mode(mode)]
    return found + ([f"{len(drawn)} figures"] if len(drawn) > 3 else [])


@pytest.mark.parametrize("question", QUESTIONS)
def test_families_read_plain_words(question, everywhere):
    for code, answer in everywhere(question).items():
        found = faults_for_families(answer, with_pictures=code in SAMPLE)
        assert not found, f"{question}, {answer.area.name}: {found}"


@pytest.mark.parametrize("question", QUESTIONS)
def test_words_have_room_on_a_shared_screen(question, everywhere):
    for code, answer in everywhere(question).items():
        found = faults_of_a_screen(answer, with_pictures=code in SAMPLE)
        assert not found, f"{question}, {answer.area.name}: {found}"
