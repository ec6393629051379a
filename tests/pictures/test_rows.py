"""Rows on one axis: a name over every row, a mark for every figure and none for a missing one."""

import pandas as pd
import pytest

from sendlib.pictures import rows
from sendlib.tables.symbols import HIDDEN, VALUE

ROWS = pd.DataFrame({"own": [1.0, float("nan"), 3.0], "mean": [2.0, 4.0, float("nan")]})  # made up
LABELS = ["A: 2024", "B: 2024", "C: 2024"]
STATUSES = [VALUE, HIDDEN, VALUE]


def marks(mode="explore", title="Gap", table=ROWS, **other):
    series = {"Own": "own", "Mean": "mean"}
    return rows.marks("k", mode, table, LABELS, series, title, "Caption", statuses=STATUSES, **other)


def test_a_missing_figure_has_no_mark():
    data = marks().data
    assert data["share"].notna().all() and len(data) == 4
    assert not (data["label"].eq("B: 2024") & data["series"].eq("Own")).any()


def test_every_row_has_its_name_and_says_why_it_has_no_mark():
    for mode in ("explore", "show", "families"):
        words = [row["words"] for row in marks(mode).spec["layer"][1]["data"]["values"]]
        assert words == ["A: 2024", "B: 2024 (hidden to protect children's privacy)", "C: 2024"]


def test_marks_at_one_place_are_seen_through_each_other():
    own, mean = (layer["mark"] for layer in marks().spec["layer"][2:])
    assert not own["filled"] and mean["filled"] and own["shape"] != mean["shape"]


def test_rows_are_tall_enough_for_a_name_and_a_mark():
    spec = marks("show").spec
    assert spec["height"] >= 36 * len(LABELS) and spec["layer"][0]["mark"]["type"] == "rule"


def test_an_axis_title_that_is_too_long_for_a_phone_has_two_lines_and_room_for_them():
    title = "How many fewer of every 100 (key stage 4 score: points out of 90)"
    long = marks("families", title).spec
    lines = long["layer"][-1]["encoding"]["x"]["axis"]["title"]
    assert len(lines) == 2 and " ".join(lines) == title and long["height"] > marks("families").spec["height"]


def test_marks_and_bars_have_their_names_over_them_so_that_a_phone_leaves_them_its_whole_width():
    table = pd.DataFrame({"name": ["A", "B"], "value": [1.0, 2.0]})
    of_bars = rows.bars("k", "explore", table, "name", "value", "%", "Caption").spec
    for spec, named in ((marks().spec, 3), (of_bars, 2)):
        assert len(spec["layer"][1]["data"]["values"]) == named and spec["layer"][1]["encoding"]["x"] == {"value": 2}
        for layer in spec["layer"][2:]:
            assert layer["encoding"]["y"]["axis"] is None
            assert layer["mark"]["yOffset"] == rows.off_middle(0.25, named)


def test_two_pictures_share_an_axis_that_holds_every_figure_and_nought():
    assert rows.limits(ROWS, ["own", "mean"]) == (0.0, 10.0)
    assert rows.limits(pd.DataFrame({"own": [-3.0, 41.0]}), ["own"]) == (-10.0, 50.0)
    assert marks(ends=(0.0, 10.0)).spec["layer"][-1]["encoding"]["x"]["scale"]["domain"] == [0.0, 10.0]


def test_the_picture_in_words_has_every_figure():
    assert marks().alt.explore == "Caption. A: 2024: Own 1.0, Mean 2.0; B: 2024: Mean 4.0; C: 2024: Own 3.0."


@pytest.mark.parametrize("draw", ["marks", "bars"])
def test_where_there_is_no_figure_nothing_is_drawn_and_the_reason_said(draw):
    blank = pd.DataFrame({"own": [float("nan")] * 3, "mean": [float("nan")] * 3, "name": LABELS})
    picture = (
        marks(table=blank, nothing="Not published.")
        if draw == "marks"
        else rows.bars("k", "explore", blank, "name", "own", "%", "Caption", nothing="Not published.")
    )
    assert picture.nothing == "Not published." and not picture.spec


def test_a_bar_without_a_figure_is_left_out_and_the_others_say_theirs():
    table = pd.DataFrame({"name": ["A", "B"], "value": [1234.5, float("nan")]})
    picture = rows.bars("k", "explore", table, "name", "value", "Children", "Caption", decimals=0)
    assert list(picture.data["name"]) == ["A"] and picture.alt.explore == "Caption. A: 1,234."
