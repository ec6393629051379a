"""The fan of scenarios: words at the ends that do not touch, and a key that names what is drawn."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendlib.catalogue import life_limiting
from sendlib.questions import looking_ahead
from sendlib.questions.looking_ahead import expected_children as children
from sendlib.view import fans, frame, outlooks
from tests.made_up import MADE_UP_RATES
from tests.view.test_pages import open_everything, opened, text_of


@given(st.lists(st.floats(0, 200), min_size=1, max_size=8), st.floats(0.5, 12))
def test_labels_keep_their_order_and_their_distance(values, least):
    heights = fans.spread_apart(values, least)
    order = sorted(range(len(values)), key=lambda place: values[place])
    placed = [heights[place] for place in order]
    assert all(later - earlier >= least - 0.05 for earlier, later in zip(placed, placed[1:], strict=False))


def test_labels_that_are_far_apart_stay_where_they_are():
    assert fans.spread_apart([10.0, 90.0, 50.0], 5) == [10.0, 90.0, 50.0]


def test_show_and_families_draw_the_published_two_and_the_one_that_was_chosen(store, areas):
    answer = looking_ahead.ask(store, areas.get("879"), growth="3")
    assert fans.drawn(answer, "show", "") == ["published-low", "published-high"]
    assert fans.drawn(answer, "families", "own") == ["published-low", "published-high", "own"]
    assert len(fans.drawn(answer, "explore", "")) == 7


@pytest.mark.parametrize("chosen", ["linear", "percent"])
def test_families_never_see_a_line_that_is_not_recommended(store, areas, chosen):
    answer = looking_ahead.ask(store, areas.get("879"), scenario=chosen)
    assert fans.drawn(answer, "families", chosen) == ["published-low", "published-high"]
    assert fans.drawn(answer, "show", chosen) == ["published-low", "published-high", chosen]


def test_every_line_that_is_drawn_has_its_words_and_its_place_in_the_key(store, areas):
    answer = looking_ahead.ask(store, areas.get("879"), growth="3")
    names = fans.drawn(answer, "explore", "")
    data = fans.fan_data(answer, names)
    labels = data[data["line"].eq("label")]
    assert len(labels) == 8 and labels["long"].str.contains("Published high: about 485 children").any()
    # On a narrow screen a line above the labels says what their numbers are.
    assert labels["short"].iloc[-1] == "Children:" and labels["label_at"].iloc[-1] == labels["label_at"].max()
    assert labels["short"].str.len().max() <= 20 and not labels["short"].str.contains(r"\.").any()
    for group in set(data["group"].dropna()) - {""}:
        assert group in fans.fan_key(names)


def test_families_have_their_own_words_at_the_ends(store, areas):
    answer = looking_ahead.ask(store, areas.get("879"), scenario="constant")
    names = fans.drawn(answer, "families", "constant")
    said = " ".join(fans.fan_data(answer, names, "families")["long"].dropna()) + fans.fan_key(names, "families")
    assert "Higher: about 485 children" in said and "If the share of children stays as it was" in said and "ublished" not in said


def made_up(*without: str) -> life_limiting.Evidence:
    return life_limiting.read("".join(line for line in MADE_UP_RATES.splitlines(keepends=True) if not line.startswith(without)))


def test_measured_years_are_joined_by_a_line_only_where_one_follows_the_other(store, areas):
    answer = looking_ahead.ask(store, areas.get("879"), evidence=made_up("2005/06", "2010/11", "2011/12", "2012/13"))
    data = fans.fan_data(answer, ["published-low"])
    gaps = data[data["line"].eq("gap")].groupby("segment")["begins"].agg(["min", "max"])
    assert gaps.to_numpy().tolist() == [[2004, 2006], [2009, 2013]]
    assert data["line"].eq("run").sum() == 2 * (13 - 1 - 2)
    words = [layer for layer in fans.fan(answer, "explore", ["published-low"], "")["layer"] if "not measured between" in str(layer)]
    assert len(words) == 1 and words[0]["data"]["values"][0]["begins"] == 2011  # the middle of the longest gap


def test_a_whole_series_has_no_gap_and_its_first_and_last_numbers(store, areas):
    answer = looking_ahead.ask(store, areas.get("879"), evidence=made_up())
    spec = fans.fan(answer, "explore", ["published-low"], "")
    assert "not measured" not in str(spec)
    numbers = [layer["mark"]["text"] for layer in spec["layer"] if isinstance(layer["mark"], dict) and re.fullmatch(r"\d+\.\d", str(layer["mark"].get("text", "")))]
    assert numbers == ["26.7", "66.4"]


def test_the_axis_names_the_two_measured_years_and_the_target(store, areas):
    spec = fans.fan(looking_ahead.ask(store, areas.get("879")), "explore", ["published-low"], "")
    assert spec["encoding"]["x"]["axis"]["values"] == [2001, 2017, 2029]


def test_the_fitted_picture_has_the_history_the_target_and_the_areas_number(store, areas):
    answer = looking_ahead.ask(store, areas.get("879"), evidence=made_up())
    data = outlooks.quantiles_data(answer)
    assert data["measured"].notna().sum() == 17 and data["begins"].max() == 2029
    end = answer.tables["fitted"].data.iloc[-1]
    assert f"{children.said(end['children_p50'], '879')} children" in set(data["words"].dropna())
    start = data[data["begins"].eq(2017) & data["rate_p50"].notna()].iloc[0]
    assert start["rate_p10"] == start["rate_p90"] == pytest.approx(66.4, abs=0.001)


def test_the_ways_on_of_plans_begin_at_the_last_published_point(store, areas):
    data = outlooks.send_data(looking_ahead.ask(store, areas.get("879")), "plans")
    for line in ("Stays as it is", "Half the recent rise", "Recent rise, dying away", "Recent rise goes on"):
        assert data[data["line"].eq(line)].sort_values("begins")["number"].iloc[0] == 3081
    assert len(data[data["line"].eq("label")]) == 4


def test_a_hand_over_of_fewer_than_ten_is_drawn_as_up_to_ten(store, areas):
    data = outlooks.handover_data(looking_ahead.ask(store, areas.get("857")))
    few = data[data["words"].str.contains("fewer than|up to")]
    assert len(few) and (few["from_"] == 0).all() and (few["to"] <= 15).all()


def test_a_broken_file_leaves_the_page_standing_and_says_what_is_wrong(monkeypatch):
    evidence = life_limiting.usable(b"year,rate\n", b"", MADE_UP_RATES.encode())
    monkeypatch.setattr(life_limiting, "shipped", lambda: evidence)
    frame._cached_answer.clear()
    test = opened("looking_ahead", area="879")
    frame._cached_answer.clear()
    assert not test.exception
    told = "\n".join(box.value for box in test.info)
    assert "life_limiting_rates.csv: the header must be" in told and "rests on the figures that came with the app" in told
    assert "Plymouth could have" in text_of(test)


def test_the_damping_that_reproduces_a_published_end_can_be_asked_for():
    test = opened("looking_ahead", area="879")
    open_everything(test)
    box = next(box for box in test.selectbox if box.key == "ahead_solve")
    box.set_value("published-high").run()
    assert not test.exception and "ends there with a damping of 0.771" in text_of(test)
    assert test.query_params["solve"] in ("published-high", ["published-high"])


@pytest.mark.parametrize("scenario", ["percent", "linear"])
def test_families_do_not_read_of_what_is_not_recommended(scenario):
    shown = text_of(opened("looking_ahead", area="370", mode="families", scenario=scenario))
    assert "Not recommended" not in shown and "trend of" not in shown and "nobody knows which will be nearer" in shown.casefold()
