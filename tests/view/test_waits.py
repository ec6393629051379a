"""Pictures of waits: what nobody published is a gap, never a nought."""

import pandas as pd

from sendlib.questions import getting_help
from sendlib.view import waits


def test_a_month_without_a_figure_is_a_gap_and_so_is_a_hidden_one():
    data = pd.DataFrame({"period": ["2023-01-31", "2023-03-31"], "area": "A", "waiting": [12.0, float("nan")]})
    full = waits.every_period(data, "period", "area", "waiting", waits.all_months(list(data["period"])))
    assert list(full["period"]) == ["2023-01-31", "2023-02-28", "2023-03-31"]
    assert full["waiting"].isna().tolist() == [False, True, True]


def test_lists_of_an_area_without_any_list_are_all_gaps(store, areas):
    rows = getting_help.ask(store, areas.find("Surrey").areas[0]).tables["community_over_time"].data
    own = rows[rows["health_area"].eq("NHS Surrey Heartlands") & rows["service"].eq("Community paediatric service") & rows["period"].ge("2025-10")]
    full = waits.every_period(own, "period", "health_area", "waiting", sorted(own["period"].unique()))
    assert full["waiting"].isna().all()


def test_breaks_are_drawn_at_their_month():
    spec = waits.lines("explore", "period", "waiting", "area", ["A"], "Month", "Children", [("2024-02-29", "1")], months=True)
    assert spec["layer"][0]["data"]["values"] == [{"period": "2024-02-29", "label": "1"}]
    assert spec["layer"][-1]["mark"]["invalid"] == "break-paths-show-path-domains"
