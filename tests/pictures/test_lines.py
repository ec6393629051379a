"""Lines over time: gaps, breaks, and what is not drawn."""

import json

import pandas as pd

from sendlib.pictures import lines
from sendlib.pictures.lines import Axes, Break, Lines


def made_up(*rows):
    return Lines(pd.DataFrame(rows, columns=["period", "whose", "share"]), "period", "whose", "share")


def test_a_year_without_a_figure_is_a_gap_and_never_nought():
    held = made_up(("2019-01", "Here", 1.0), ("2020-01", "Here", None), ("2022-01", "Here", 3.0))
    picture = lines.picture("k", "explore", held, Axes("January", "%", every_year=True), "Caption")
    assert list(picture.data["period"]) == ["2019", "2020", "2021", "2022"]
    assert picture.data["number"].isna().tolist() == [False, True, True, False]
    assert picture.spec["layer"][-1]["mark"]["invalid"] == "break-paths-show-path-domains"


def test_a_line_without_any_figure_is_not_drawn_and_gives_its_colour_to_no_other():
    held = made_up(("2019", "Here", None), ("2019", "Mean", 2.0), ("2019", "England", 3.0))
    picture = lines.picture("k", "explore", held, Axes("Year", "%"), "Caption")
    assert [entry.words for entry in picture.legend] == ["Mean", "England"]
    assert lines.COLOURS[1] in picture.legend[0].drawing and lines.COLOURS[2] in picture.legend[1].drawing


def test_there_is_room_for_four_lines_and_the_others_are_named():
    held = made_up(*[("2019", name, 1.0) for name in "ABCDEF"])
    picture = lines.picture("k", "explore", held, Axes("Year", "%"), "Caption")
    assert len(picture.legend) == 4 and "E; F" in picture.below[-1]


def test_breaks_are_numbered_as_drawn_and_told_below_and_those_outside_are_left_out():
    held = made_up(("2019", "Here", 1.0), ("2022", "Here", 3.0), ("2021", "Here", 2.0))
    breaks = [Break("2014", "long ago"), Break("2021", "the law changed")]
    picture = lines.picture("k", "explore", held, Axes("Year", "%"), "Caption", breaks=breaks)
    assert picture.below == ("Breaks: 1: the law changed.",)
    assert "2014" not in json.dumps(picture.spec)


def test_where_nobody_has_a_figure_nothing_is_drawn_and_the_reason_said():
    picture = lines.picture(
        "k", "explore", made_up(("2019", "Here", None)), Axes("Year", "%"), "C", nothing="Not published."
    )
    assert picture.nothing == "Not published." and not picture.spec


def test_the_picture_in_words_says_where_each_line_begins_and_ends():
    held = made_up(("2019-01", "Here", 1.5), ("2020-01", "Here", 2.5))
    picture = lines.picture("k", "explore", held, Axes("January", "%", every_year=True), "Caption")
    assert picture.alt.explore == "Caption. Lines, %: Here: 1.5 in January 2019 to 2.5 in January 2020."
