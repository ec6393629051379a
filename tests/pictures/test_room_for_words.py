"""In the pictures of any area no words lie over others and none are cut off, on a phone, in a column and on a shared
screen; and every colour is one of the palette."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from sendlib import pictures, questions, service
from sendlib.compared.comparators import DEFAULT
from sendlib.exports.picture import chart
from sendlib.pictures import palette
from sendlib.pictures.places_map import MapPicture
from tests.pictures.words_in_svg import Word, faults, words_of

# Large, tiny, new and long names; then areas of other kinds, and two beside each other.
AUTHORITIES = ("879", "330", "201", "420", "942", "940", "839", "888", "316", "936", "850", "303", "872", "941", "213")
OTHERS = [(code, "") for code in ("E12000009", "E12000003", "E92000001", "QJK", "QHM", "15N", "878,879,880")]
BESIDE = [("879", "878"), ("879", "E12000009"), ("QJK", "QT1"), ("839", "940")]
PHONE, COLUMN, SHOWN = (328, 0), (700, 0), (725, 340)
"""Width, and on a shared screen the least height that the page leaves (else the picture's own)."""
_OWN = {"none", "transparent"}


def faults_of(picture, width, height=0):
    """What is wrong with a picture so wide and high: words without room, colours that are not in the palette."""
    if not picture.spec or isinstance(picture, MapPicture):
        return []
    held = replace(picture, spec={**picture.spec, "height": height}) if height else picture
    svg = chart(held, width // 2 - 9 if picture.across and width > PHONE[0] else width)
    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg)) - _OWN - palette.colours()
    # A shade between two colours of the palette is worked out by the browser.
    return faults(svg) + [f"the colour {one}" for one in colours if not one.startswith("rgb(")]


def of_lead(answer, place):
    """The faults of a lead picture in one of three ways, by turns, so that all areas together are in all of them."""
    mode, (width, height) = (("show", SHOWN), ("families", PHONE), ("explore", COLUMN))[place % 3]
    found = [fault for one in pictures.of(answer, answer.lead, mode) for fault in faults_of(one, width, height)]
    if mode != "show":
        return found
    return found + [fault for one in pictures.of(answer, answer.lead, mode) for fault in faults_of(one, *PHONE)]


@pytest.mark.parametrize("name", [name for name in questions.names() if name != "places"])  # whose lead is a map
def test_lead_pictures_have_room_for_their_words_in_every_kind_of_area(everywhere, name):
    held = everywhere(name)
    answers = [held[code] for code in AUTHORITIES]
    answers += [service.ask(questions.named(name), code, DEFAULT, {}, beside, ()) for code, beside in OTHERS + BESIDE]
    wrong = {
        f"{one.area.name} {place % 3}": found for place, one in enumerate(answers) if (found := of_lead(one, place))
    }
    assert not wrong


def test_pictures_of_look_closer_have_room_for_their_words_on_a_phone():
    wrong = {}
    for question in questions.QUESTIONS:
        answer = service.ask(question, "213", DEFAULT, {}, "", ())
        for table in answer.tables:
            found = [fault for one in pictures.of(answer, table, "explore") for fault in faults_of(one, *PHONE)]
            wrong |= {(question.name, table): found} if found else {}
    assert not wrong


def test_words_that_lie_over_others_or_beyond_the_edge_are_found():
    text = '<text transform="translate({},20)" font-size="14px" text-anchor="start">{}</text>'
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40">{}</svg>'
    assert not faults(svg.format(text.format(0, "Plymouth") + text.format(90, "Devon")))
    assert faults(svg.format(text.format(0, "Plymouth") + text.format(30, "Devon"))) == ["'Plymouth' over 'Devon'"]
    assert faults(svg.format(text.format(180, "Devon"))) == ["'Devon' beyond the edge"]
    assert [one.words for one in words_of(svg.format(2 * text.format(0, "Plymouth")))] == ["Plymouth"]


def test_words_that_are_turned_and_lines_of_words_have_their_boxes():
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg"><g transform="translate(50,100)"><text font-size="10px"'
        ' transform="rotate(-90)" text-anchor="middle">Share</text></g><text font-size="10px"><tspan>one</tspan>'
        '<tspan dy="12px">two</tspan></text></svg>'
    )
    upright, first, second = words_of(svg)
    assert isinstance(upright, Word) and upright.box[3] - upright.box[1] > upright.box[2] - upright.box[0]
    assert 42 < upright.box[0] < upright.box[2] < 51
    assert second.box[3] - first.box[3] == 12
