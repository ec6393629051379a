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


def test_at_least_nought_is_not_drawn_as_known():
    table = pd.DataFrame({"period": ["2012-01", "2013-01"], "certainty": ["at least", "unknown"], "sum_low": [0.0, None], "share_low": [0.0, None], "share_high": [None, None], "status": ["value", NOT_APPLICABLE]})  # made up
    assert sums.januaries_data(table)["kind"].tolist() == ["unknown", sums.NO_MARK]
