"""Strips: a name in every row, a mark for every figure and none for a missing one."""

import pandas as pd

from sendlib.tables.symbols import HIDDEN, VALUE
from sendlib.view import strips, waits

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
    assert made["height"] >= 38 * len(LABELS) and made["layer"][0]["mark"]["type"] == "rule"


def test_a_break_does_not_change_the_order_of_the_years():
    lines = waits.lines("explore", "year", "reached", "group", ["A"], "Year", "%", [("2023", "1")])
    ordered = strips.in_order(lines, ["2020", "2021", "2023"])
    assert all(layer["encoding"]["x"]["scale"]["domain"] == ["2020", "2021", "2023"] for layer in ordered["layer"])
