"""The fan of scenarios: words at the ends that do not touch, and a key that names what is drawn."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendlib.areas import ENGLAND
from sendlib.catalogue import life_limiting
from sendlib.questions import looking_ahead
from sendlib.questions.looking_ahead import expected_children as children
from sendlib.questions.looking_ahead import send_ahead
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
    assert len(labels) == 8 and labels["long"].str.contains("Published high rate: about 485 children").any()
    # On a narrow screen a line above the labels says what their numbers are.
    assert labels["short"].iloc[-1] == "Children:" and labels["label_at"].iloc[-1] == labels["label_at"].max()
    assert labels["short"].str.len().max() <= 20 and not labels["short"].str.contains(r"\.").any()
    for group in set(data["group"].dropna()) - {""}:
        assert group in fans.fan_key(names)


def test_families_have_their_own_words_at_the_ends(store, areas):
    answer = looking_ahead.ask(store, areas.get("879"), scenario="constant")
    names = fans.drawn(answer, "families", "constant")
    said = " ".join(fans.fan_data(answer, names, "families")["long"].dropna()) + fans.fan_key(names, "families")
    assert "Higher share: about 485 children" in said and "If the share of children stays as it was" in said and "ublished" not in said


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
    for line in send_ahead.METHOD_NAMES.values():
        assert data[data["line"].eq(line)].sort_values("begins")["number"].iloc[0] == 3081
    # The text counts every method, so that the picture draws every one.
    assert len(data[data["line"].eq("label")]) == len(send_ahead.METHOD_NAMES) == 7


def test_the_range_of_england_is_drawn_from_its_own_columns(store, areas):
    data = outlooks.send_data(looking_ahead.ask(store, areas.get(ENGLAND)), "plans")
    assert data["past_low"].notna().sum() == 5 and (data["past_low"].dropna() < data["past_high"].dropna()).all()


def test_the_back_test_is_drawn_for_every_method_and_year_with_error_and_coverage(store, areas):
    answer = looking_ahead.ask(store, areas.get("879"))
    for name, years in (("plans", 5), ("ehc_plan", 4), ("sen_support", 4)):
        data = outlooks.tested_data(answer, name)
        assert len(data) == 7 * years and data["middle"].str.fullmatch(r"\d+%").all() and data["held"].str.fullmatch(r"\d+ in 100").all()
        assert set(data["method"]) == set(send_ahead.METHOD_NAMES.values()) and {"Straight line through all years", "Half the rise of all years"} <= set(data["method"])
        assert all(method in str(outlooks.tested("explore", data)) for method in data["method"])


def test_rates_of_the_group_and_of_everybody_stand_in_two_pictures_on_one_scale(store, areas):
    (of_group, rows, one), (of_all, others, other) = outlooks.known_panels(looking_ahead.ask(store, areas.get("879")), "explore")
    assert "of a group" in of_group and "of all children" in of_all
    assert "In every 10,000 of the group" in str(one) and "In every 10,000 of all aged 0 to 19" in str(other)
    assert one["layer"][-1] == other["layer"][-1] and one["layer"][-1]["data"]["values"] == [{"most": 226.5}] and set(others["per_10000"]) == {27.2, 10.8, 61.1} and "Boys" in set(rows["who"])


def test_families_do_not_see_a_path_of_somebodys_own_above_the_published(store, areas):
    steep = looking_ahead.ask(store, areas.get("879"), growth="9", damping="1", scenario="own")
    assert fans.drawn(steep, "families", "own") == ["published-low", "published-high"]
    assert fans.drawn(steep, "show", "own") == ["published-low", "published-high", "own"]


def test_a_hand_over_is_drawn_for_all_years_together_with_its_limits(store, areas):
    answer = looking_ahead.ask(store, areas.get("370"))
    data, row = outlooks.together_data(answer), answer.tables["handover"].data.iloc[0]
    assert list(data["scenario"]) == ["Published low rate", "Published high rate"] and outlooks.handover_data(answer).empty
    assert data["words"][0] == f"{row['with_the_low_rate']} ({row['chance_with_the_low_rate']})"
    assert (data["from_"] < data["number"]).all() and (data["number"] < data["to"]).all()


def test_single_years_of_a_hand_over_are_drawn_where_they_are_given(store, areas):
    data = outlooks.handover_data(looking_ahead.ask(store, areas.get("E12000001")))
    assert list(data["turning_18"]) == ["2025 to 2026", "2026 to 2027", "2027 to 2028", "2028 to 2029", "2029 to 2030"] and (data["from_"] < data["to"]).all()


def test_limits_below_ten_are_drawn_from_nought(store, areas):
    answer = looking_ahead.ask(store, areas.get("857"))
    rows = answer.tables["handover"].data.assign(with_the_low_rate="fewer than 10", chance_with_the_low_rate="fewer than 10 to 15")
    few = outlooks.together_data(replace(answer, tables={**answer.tables, "handover": replace(answer.tables["handover"], data=rows)})).iloc[0]
    assert (few["number"], few["from_"], few["to"]) == (10, 0, 15)


def test_what_a_life_limiting_condition_is_is_said_once_in_every_mode():
    for mode in ("explore", "show", "families"):
        assert text_of(opened("looking_ahead", area="879", mode=mode)).count("is a very serious health condition") == 1


def test_a_shared_screen_names_the_office_for_national_statistics():
    assert "figures also from Office for National Statistics" in text_of(opened("looking_ahead", area="879", mode="show"))


def test_a_broken_file_leaves_the_page_standing_and_says_what_is_wrong(monkeypatch):
    evidence = life_limiting.usable(b"year,rate\n", b"area_code,group_type,group,residents,source\n", MADE_UP_RATES.encode())
    monkeypatch.setattr(life_limiting, "shipped", lambda: evidence)
    frame._cached_answer.clear()
    test = opened("looking_ahead", area="879")
    frame._cached_answer.clear()
    assert not test.exception
    told = "\n".join(box.value for box in test.info)
    assert "life_limiting_rates.csv: the header must be" in told and "The rates that came with the app stand in for it" in told
    assert "Plymouth could have" in text_of(test)
    families = opened("looking_ahead", area="879", mode="families")
    frame._cached_answer.clear()
    told = "\n".join(box.value for box in families.info)
    assert "could not be used" in told and "csv" not in text_of(families)


def test_an_answer_that_is_kept_is_not_that_of_a_file_before_its_edit(monkeypatch):
    assert "were counted in 2017/18" in text_of(opened("looking_ahead"))
    monkeypatch.setattr(life_limiting, "edition", lambda: "another")
    monkeypatch.setattr(life_limiting, "shipped", lambda: life_limiting.read(MADE_UP_RATES + "2018/19,E92000001,all,all,91000,,68,,,fraser_2021\n"))
    assert "91,000 were counted in 2018/19" in text_of(opened("looking_ahead"))
    frame._cached_answer.clear()


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
