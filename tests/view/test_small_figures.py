"""Small figures under a number for families show the number that is written over them."""

import re

import pytest

from sendlib import questions
from sendlib.view import small_figures

PER_ROW = {"ten": 10, "hundred": 50, "thousand": 100}


def counted(html):
    """How many figures of each kind a reader sees."""
    per_row = PER_ROW[re.search(r'class="small-figures (\w+)"', html)[1]]
    found = {"filled": 0, "perhaps": 0, "rest": 0}
    for kind, width in re.findall(r'<i class="(\w+)" style="width:([\d.]+)%"', html):
        found[kind] += round(float(width) * per_row / 100, 6)
    return found


def said(text):
    """The ends of what is written, and of how many: `5 to 10 of every 100`."""
    numbers = [int(number.replace(",", "")) for number in re.findall(r"[\d,]+", text)]
    low, high = (0, numbers[0]) if text.startswith("up to") else (numbers[0], numbers[-2])
    return low, numbers[-1] if text.startswith("at least") else high, numbers[-1]


@pytest.mark.parametrize("question", questions.names())
def test_as_many_are_filled_as_the_number_says(question, everywhere):
    seen = 0
    for answer in everywhere(question).values():
        for figure in answer.figures:
            if html := small_figures.of_figure(figure):
                low, high, many = said(figure.text_in("families"))
                found = counted(html)
                assert (found["filled"], found["filled"] + found["perhaps"]) == (low, high), answer.area.name
                assert sum(found.values()) == many
                seen += 1
    assert seen or question in ("looking_ahead", "joining_up")  # whose numbers are of children or councils, not shares


@pytest.mark.parametrize(("many", "filled", "up_to"), [(10, 3, 0), (100, 49, 53), (100, 0, 0), (1_000, 1_000, 0)])
def test_no_row_is_longer_than_its_card(many, filled, up_to):
    rows = re.findall(r"<span>(.*?)</span>", small_figures.drawn(many, filled, up_to))
    assert {round(sum(map(float, re.findall(r"width:([\d.]+)%", row))), 6) for row in rows} == {100}
