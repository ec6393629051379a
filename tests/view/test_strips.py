"""Strips: a name in every row, a mark for every figure and none for a missing one."""

import pandas as pd
import pytest

from sendlib.tables.symbols import HIDDEN, VALUE
from sendlib.view import charts, strips, waits

ROWS = pd.DataFrame({"own": [1.0, float("nan"), 3.0], "mean": [2.0, 4.0, float("nan")], "status": [VALUE, HIDDEN, VALUE]})  # made up
LABELS = ["A: 2024", "B: 2024", "C: 2024"]


def spec(mode="explore"):
    return strips.strip(mode, LABELS, list(ROWS["status"]), ["Own", "Mean"], "Gap")


def test_a_missing_figure_has_no_mark():
    data = strips.data(ROWS, LABELS, {"Own": "own", "Mean": "mean"})
    assert data["share"].notna().all() and len(data) == 4 and not ((data["label"] == "B: 2024") & (data["series"] == "Own")).any()


def test_every_strip_has_the_names_of_its_rows_and_says_why_one_has_no_mark():
    for mode in ("explore", "show", "families"):
        words = [row["words"] for row in spec(mode)["layer"][1]["data"]["values"]]
        assert words == ["A: 2024", "B: 2024 (hidden to protect children's privacy)", "C: 2024"]


def test_marks_at_one_place_are_seen_through_each_other():
    own, mean = (layer["mark"] for layer in spec()["layer"][2:])
    assert not own["filled"] and mean["filled"] and own["shape"] != mean["shape"]


def test_rows_are_tall_enough_for_a_name_and_a_mark():
    made = spec("show")
    assert made["height"] >= 36 * len(LABELS) and made["layer"][0]["mark"]["type"] == "rule"


def test_an_axis_title_that_is_too_long_for_a_phone_has_two_lines_and_room_for_them():
    title = "How many fewer of every 100 (key stage 4 score: points out of 90)"
    long = strips.strip("families", LABELS, list(ROWS["status"]), ["Own"], title)
    lines = long["layer"][-1]["encoding"]["x"]["axis"]["title"]
    assert len(lines) == 2 and " ".join(lines) == title and long["height"] > spec("families")["height"]


@pytest.mark.parametrize("made", [charts.dots("explore", ["A", "B"], ["Own"], "%"), charts.bars("explore", "name", "value", ["A", "B"], "%")])
def test_dots_and_bars_have_their_names_over_them_so_that_a_phone_leaves_them_its_whole_width(made):
    names = [row["words"] for row in made["layer"][1]["data"]["values"]]
    assert names == ["A", "B"] and made["layer"][1]["encoding"]["x"] == {"value": 2}
    for layer in made["layer"][2:]:
        assert layer["encoding"]["y"]["axis"] is None and layer["mark"]["yOffset"] > 0


def test_a_break_does_not_change_the_order_of_the_years():
    lines = waits.lines("explore", "year", "reached", "group", ["A"], "Year", "%", [("2023", "1")])
    ordered = strips.in_order(lines, ["2020", "2021", "2023"])
    assert all(layer["encoding"]["x"]["scale"]["domain"] == ["2020", "2021", "2023"] for layer in ordered["layer"])
