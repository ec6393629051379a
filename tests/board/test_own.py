"""A group's own figures on its board."""

import pytest

from sendlib import board
from sendlib.compared import widened
from sendlib.own_figures.model import OwnFigure

ON_TIME = "getting_help.on_time.share"


def figure(value, period="2025", indicator="Short breaks", status="value", out_of=None):
    return OwnFigure(indicator, "879", "Plymouth", period, "", value, "children", status, out_of, "our register", "")


@pytest.fixture
def with_own(store):
    def of(*own):
        return board.ask(store, widened.directory(store).get("879"), "", (ON_TIME,), own).tables["board"].data

    return of


def test_they_stand_after_the_measures_and_are_marked(with_own):
    data = with_own(figure(412.0), figure(61.0, indicator="Notifications"))
    assert list(data["ours"]) == ["", "our own figure", "our own figure"]
    assert list(data["figure"][1:]) == ["412 children", "61 children"]
    assert all("nobody else has checked it" in words for words in data["mind"][1:])


def test_figures_of_several_periods_share_a_card(with_own):
    data = with_own(figure(400.0, "2024"), figure(412.0, "2025"))
    assert (
        len(data) == 2 and data["figure"].iloc[1] == "412 children" and "Also: 400 children (2024)" in data["mind"][1]
    )


def test_what_would_tell_of_few_children_is_in_no_cell(with_own):
    for own in (figure(3.0), figure(50.0, out_of=52.0)):
        row = with_own(own).iloc[1]
        assert row["number"] != row["number"] and row["status"] == "hidden"
        assert not any(number in str(cell) for cell in row for number in ("3.0", "52", "3 children"))


def test_a_missing_one_says_why(with_own):
    row = with_own(figure(None, status="not_available")).iloc[1]
    assert row["figure"] == "Not available" and row["status"] == "not_available"
