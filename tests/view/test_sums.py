"""Pictures of the sum: a narrow range is seen, and what is not known has no mark."""

import pandas as pd

from sendlib.questions.doing_well import show_the_sum, sum_definitions
from sendlib.tables.symbols import NOT_APPLICABLE
from sendlib.view import sums


def test_a_narrow_range_has_a_dot_at_each_end(store, areas):
    data = sums.januaries_data(show_the_sum.by_january(store, areas.get("370"), sum_definitions.NOT_IN_SETTING))
    assert data["kind"].iloc[-1] == "range" and data["high"].iloc[-1] - data["low"].iloc[-1] < 0.1
    layers = sums.januaries("explore", data)["layer"]
    dots = [layer for layer in layers if layer["mark"]["type"] == "point" and "range" in layer["transform"][0]["filter"]]
    assert {layer["encoding"]["y"]["field"] for layer in dots} == {"low", "high"}


def test_januaries_that_are_not_known_have_no_mark(store, areas):
    for code in ("873", "420", "942", "E92000001"):
        for definition in sum_definitions.DEFINITIONS:
            data = sums.januaries_data(show_the_sum.by_january(store, areas.get(code), definition))
            blank = data["kind"].isin(["unknown", sums.NO_MARK])
            assert data.loc[blank, ["low", "high"]].isna().all(axis=None) and data.loc[~blank, ["low", "high"]].notna().all(axis=None)
            assert set(data.columns) == {"year", "low", "high", "kind", "changed"}


def test_every_number_of_the_step_by_step_bar_has_room_on_a_phone(store):
    letter, plot = 7.5, 262  # pixels: of a digit in the size of labels, and of the plot on a screen of 360
    for january, definition in (("2025-01", sum_definitions.NOT_IN_SETTING), ("2018-01", sum_definitions.NOT_IN_SETTING), ("2020-01", sum_definitions.WAITING)):
        data = sums.steps_data(show_the_sum.steps(show_the_sum.found(store, "E92000001", january, definition)))
        spec = sums.steps("explore", data)
        numbers = spec["layer"][-1]
        top = numbers["encoding"]["x"]["scale"]["domain"][1]
        known = data[data["kind"].ne(show_the_sum.NOT_KNOWN)]
        ends = plot * known["words_at"] / top + numbers["mark"]["dx"] + letter * known["words"].str.len()
        assert (ends <= plot + spec["padding"]["right"]).all(), january


def test_a_part_that_is_not_known_says_so_after_its_name_and_has_no_bar(store):
    data = sums.steps_data(show_the_sum.steps(show_the_sum.found(store, "E92000001", "2018-01", sum_definitions.NOT_IN_SETTING)))
    spec = sums.steps("explore", data)
    names = [row["words"] for row in spec["layer"][1]["data"]["values"]]
    assert "Awaiting, but in education (not known)" in names and "Elective home education (within arrangements by parents)" in names
    assert all("not known" in layer["transform"][0]["filter"] for layer in spec["layer"][2:])


def test_at_least_nought_is_not_drawn_as_known():
    table = pd.DataFrame({"period": ["2012-01", "2013-01"], "certainty": ["at least", "unknown"], "sum_low": [0.0, None], "share_low": [0.0, None], "share_high": [None, None], "status": ["value", NOT_APPLICABLE]})  # made up
    assert sums.januaries_data(table)["kind"].tolist() == ["unknown", sums.NO_MARK]
