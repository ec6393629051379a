"""Pictures of waits: what nobody published is a gap, never a nought."""

import pandas as pd
import pytest

from sendlib.questions import getting_help
from sendlib.questions.getting_help.health_people import AUTISM_BARS
from sendlib.view import charts, frame, waits


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


@pytest.fixture(scope="module")
def answers(store, areas):
    return {name: getting_help.ask(store, areas.find(name).areas[0]) for name in ("Surrey", "Bedford", "Essex", "Cheshire West and Chester", "Cumberland", "Lancashire")}


def test_no_hidden_or_missing_cell_reaches_a_picture(answers):
    """The data that the specs are given hold a number only where the table has one."""
    for answer in answers.values():
        for name, column in (("community", "over_52_share"), ("bands", "share")):
            table = answer.tables[name].data
            label = "service" if name == "community" else "waited"
            drawn = charts.dots_data([(row[label], row["health_area"], row[column]) for _, row in table.iterrows()])
            assert drawn["share"].notna().all() and len(drawn) == table[column].notna().sum()
        for name, column in (("community_over_time", "over_52_share"), ("contacts", "with_contact"), ("four_weeks", "figure")):
            table = answer.tables[name].data
            keys = [key for key in ("service", "measure") if key in table]
            for _, rows in table.groupby(keys) if keys else [("", table)]:
                long, order = waits.known_lines(rows, "period", "health_area", column, months=True)
                held = rows[rows["health_area"].isin(order)].dropna(subset=[column])
                assert long[column].notna().sum() == len(held)


def test_autism_bars_are_of_known_figures_add_up_to_100_and_are_marked(answers):
    table = answers["Lancashire"].tables["autism"].data
    rows = table[table["period"].eq("2023-06-30")]
    data, order = waits.autism_bars(rows, "explore")
    assert len(order) == rows["seen_late"].notna().sum() and data.groupby("who")["share"].sum().eq(100).all()
    assert all("not corrected" in who.replace("|", " ") for who in order if "England" not in who)
    spec = waits.two_parts("explore", order, AUTISM_BARS)
    assert {layer["mark"].get("color") for layer in spec["layer"][1:]} == {"white", charts.INK}


def test_a_share_of_few_plans_is_a_gap_in_the_lead_picture(answers):
    long, order = waits.on_time(answers["Cheshire West and Chester"], "explore")
    own = long[long["whose"].eq("Cheshire West and Chester")].set_index("period")["share"]
    assert pd.isna(own["2014"]) and own["2015"] == 13.0
    assert order == ["Cheshire West and Chester", "Mean of its ten statistical neighbours", "England"]
    assert waits.on_time(answers["Cumberland"], "families")[1][-1] == "Cumbria, until 2023"
    assert waits.on_time(answers["Cumberland"], "families")[1][1].startswith("Average of")


def test_an_axis_of_months_ends_with_the_last_figure():
    data = pd.DataFrame({"period": ["2024-04-30", "2024-09-30", "2024-12-31"], "area": "A", "figure": [1.0, 2.0, float("nan")]})
    long, order = waits.known_lines(data, "period", "area", "figure", months=True)
    assert order == ["A"] and long["period"].max() == "2024-09-30"
    spec = waits.lines("explore", "period", "figure", "area", order, "Month", "%", months=True, span=("2024-04-30", "2024-09-30"))
    assert spec["layer"][-1]["encoding"]["x"]["scale"]["domain"][1] == {"year": 2024, "month": 9}


def test_a_line_keeps_its_colour_and_dash_where_another_has_no_figure(store, areas):
    """The Isles of Scilly have too few plans for a line: the mean does not take its navy."""
    answer = getting_help.ask(store, areas.get("420"))
    long, order = waits.on_time(answer, "explore")
    styles = waits.line_styles(waits.on_time_lines(answer, "explore"), order)
    spec = waits.lines("explore", "period", "share", "whose", order, "Year", "%", styles=styles)
    assert order == ["Mean of its ten statistical neighbours", "England"]
    assert spec["layer"][-1]["encoding"]["color"]["scale"]["range"] == charts.LINE_COLOURS[1:3]
    assert spec["layer"][-1]["encoding"]["strokeDash"]["scale"]["range"] == charts.LINE_DASHES[1:3]


def test_england_has_one_colour_in_every_picture_of_lines():
    for others in (["A"], ["A", "B"], ["A", "B", "C"]):
        every = [*others, "England"]
        assert waits.line_styles(every, every)[-1] == waits.ENGLAND_STYLE
        assert len(set(waits.line_styles(every, every))) == len(every)
    assert waits.line_styles(["A", "B", "C", "D"], ["A", "C", "D"]) == [0, 2, 3]
    assert waits.line_styles(["A", "B", "C", "D", "E", "England"], ["B", "E", "England"]) == [0, 1, waits.ENGLAND_STYLE]


def test_breaks_that_are_named_in_words_stand_in_two_rows_and_numbers_in_one():
    words = waits.lines("show", "period", "share", "whose", ["A"], "Year", "%", [("2020", "Law eased"), ("2022", "New collection")])
    heights = {layer["data"]["values"][0]["label"]: layer["mark"]["dy"] for layer in words["layer"][1:-1]}
    assert abs(heights["Law eased"] - heights["New collection"]) >= charts.sizes("show")[0]
    numbers = waits.lines("explore", "period", "share", "whose", ["A"], "Year", "%", [("2020", "1"), ("2022", "2")])
    assert len(numbers["layer"]) == 3


def test_a_january_stands_on_the_axis_as_its_year():
    assert waits.on_axis("2020-01", months=False) == "2020" and waits.on_axis("2020-01-31", months=True) == "2020-01-31"


def test_the_words_for_a_picture_say_more_than_its_caption(answers):
    answer = answers["Essex"]
    table = answer.tables["community"].data
    data = charts.dots_data([(row["service"], row["health_area"], row["over_52_share"]) for _, row in table.iterrows()])
    alt = waits.alt_marks(answer.tables["community"].caption, data, ["NHS Mid and South Essex", "England"])
    assert "Community paediatric service: NHS Mid and South Essex 0.2, England 40.0" in alt
    long, _ = waits.on_time(answer, "explore")
    assert "Essex: 10.1 in 2015 to 16.2 in 2024" in waits.alt_lines(answer.title, long, "period", "whose", "share", "%")


def test_a_shared_screen_names_every_publisher(answers):
    text = frame.publishers(answers["Essex"])
    assert all(who in text for who in ("Department for Education", "HM Courts and Tribunals Service", "NHS England"))
