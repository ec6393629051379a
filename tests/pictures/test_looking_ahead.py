"""Pictures of Looking ahead: words at the ends that do not touch, a key that names what is drawn, and no line that a
mode should not show."""

import json
import math
import re
from dataclasses import replace

import pytest
import vl_convert
from hypothesis import given
from hypothesis import strategies as st

from sendlib.answer import MODES
from sendlib.areas import ENGLAND
from sendlib.compared.comparators import DEFAULT
from sendlib.pictures import looking_ahead as drawn
from sendlib.pictures import looking_ahead_fan as fans
from sendlib.pictures import looking_ahead_fitted, looking_ahead_send, of
from sendlib.pictures.looking_ahead_axis import local_axis
from sendlib.pictures.looking_ahead_ends import spread_apart
from sendlib.questions import looking_ahead
from sendlib.questions.looking_ahead import handover, places, send_past
from sendlib.tables import life_limiting
from tests.made_up import MADE_UP_RATES
from tests.view.test_pages import open_everything, opened, text_of


def ask(store, areas, code, *, evidence=None, **asked):
    area = areas.get(code)
    return looking_ahead.ask(store, area, DEFAULT, asked, evidence=evidence)


def one(answer, table, mode="explore", **asked):
    (picture,) = of(answer.choosing(asked), table, mode)
    return picture


def words_of(picture):
    return [entry.words for entry in picture.legend]


@given(st.lists(st.floats(0, 200), min_size=1, max_size=8), st.floats(0.5, 12))
def test_labels_keep_their_order_and_their_distance(values, least):
    heights = spread_apart(values, least)
    order = sorted(range(len(values)), key=lambda place: values[place])
    placed = [heights[place] for place in order]
    assert all(later - earlier >= least - 0.05 for earlier, later in zip(placed, placed[1:], strict=False))


def test_labels_that_are_far_apart_stay_where_they_are():
    assert spread_apart([10.0, 90.0, 50.0], 5) == [10.0, 90.0, 50.0]


def test_show_and_families_draw_the_published_two_and_the_one_that_was_chosen(store, areas):
    told, not_told = ask(store, areas, "879", growth="3", scenario="own"), ask(store, areas, "879", growth="3")
    assert fans.drawn(not_told, "show") == fans.drawn(not_told, "families") == ["published-low", "published-high"]
    for mode in ("show", "families"):
        assert fans.drawn(told, mode) == ["published-low", "published-high", "own"]
    assert len(fans.drawn(not_told, "explore")) == 7


@pytest.mark.parametrize("chosen", ["linear", "percent"])
def test_families_never_see_a_line_that_is_not_recommended(store, areas, chosen):
    answer = ask(store, areas, "879", scenario=chosen)
    assert fans.drawn(answer, "families") == ["published-low", "published-high"]
    assert fans.drawn(answer, "show") == ["published-low", "published-high", chosen]


def test_every_line_that_is_drawn_has_its_words_and_its_place_in_the_key(store, areas):
    answer = ask(store, areas, "879", growth="3")
    names = fans.drawn(answer, "explore")
    data = fans.fan_data(answer, names)
    labels = data[data["line"].eq("label")]
    assert len(labels) == 8 and labels["words"].eq("High rate: 485").any()
    # A line above the labels says what their numbers are.
    assert labels["words"].iloc[-1] == "Children:" and labels["label_at"].iloc[-1] == labels["label_at"].max()
    assert labels["words"].str.len().max() <= 20 and not labels["words"].str.contains(r"\.").any()
    assert set(words_of(one(answer, "fan"))) == {"Measured", *data["group"].dropna()} - {""}


def test_families_have_their_own_words_at_the_ends(store, areas):
    answer = ask(store, areas, "879", scenario="constant")
    names = fans.drawn(answer, "families")
    said = " ".join(
        [*fans.fan_data(answer, names, "families")["words"].dropna(), *words_of(one(answer, "fan", "families"))]
    )
    assert "Higher: 485" in said and "As it was: 380" in said and "ublished" not in said


def made_up(*without: str) -> life_limiting.Evidence:
    return life_limiting.read(
        "".join(line for line in MADE_UP_RATES.splitlines(keepends=True) if not line.startswith(without))
    )


def test_measured_years_are_joined_by_a_line_only_where_one_follows_the_other(store, areas):
    answer = ask(store, areas, "879", evidence=made_up("2005/06", "2010/11", "2011/12", "2012/13"))
    data = fans.fan_data(answer, ["published-low"])
    gaps = data[data["line"].eq("gap")].groupby("segment")["begins"].agg(["min", "max"])
    assert gaps.to_numpy().tolist() == [[2004, 2006], [2009, 2013]]
    assert data["line"].eq("run").sum() == 2 * (13 - 1 - 2)
    words = [
        layer
        for layer in fans.fan_spec(answer, "explore", ["published-low"])["layer"]
        if "not measured between" in str(layer)
    ]
    assert len(words) == 1 and words[0]["data"]["values"][0]["begins"] == 2011  # the middle of the longest gap


def test_a_whole_series_has_no_gap_and_its_first_and_last_numbers(store, areas):
    answer = ask(store, areas, "879", evidence=made_up())
    spec = fans.fan_spec(answer, "explore", ["published-low"])
    assert "not measured" not in str(spec)
    numbers = [
        layer["mark"]["text"]
        for layer in spec["layer"]
        if isinstance(layer["mark"], dict) and re.fullmatch(r"\d+\.\d", str(layer["mark"].get("text", "")))
    ]
    assert numbers == ["26.7", "66.4"]


def test_the_axis_names_the_two_measured_years_and_the_target(store, areas):
    spec = fans.fan_spec(ask(store, areas, "879"), "explore", ["published-low"])
    assert spec["encoding"]["x"]["axis"]["values"] == [2001, 2017, 2029]


def test_the_fitted_picture_has_the_history_the_target_and_the_areas_number(store, areas):
    answer = ask(store, areas, "879", evidence=made_up())
    data = looking_ahead_fitted.fitted_data(answer)
    assert data["measured"].notna().sum() == 17 and data["begins"].max() == 2029
    end = answer.tables["fitted"].data.iloc[-1]
    assert f"{places.said(end['children_p50'], places.FINE)} children" in set(data["words"].dropna())
    start = data[data["begins"].eq(2017) & data["rate_p50"].notna()].iloc[0]
    assert start["rate_p10"] == start["rate_p90"] == pytest.approx(66.4, abs=0.001)


def test_the_ways_on_of_plans_begin_at_the_last_published_point(store, areas):
    data = looking_ahead_send.send_data(ask(store, areas, "879"), "plans")
    for line in ("Recent rise, dying away", "If today's shares held"):
        assert data[data["line"].eq(line)].sort_values("begins")["number"].iloc[0] == 3646
    # Two lines with their names; the other ways on are in the shade, and in the table by name.
    assert len(data[data["line"].eq("label")]) == 2


def test_the_range_is_drawn_beside_the_method_in_the_middle(store, areas):
    data = looking_ahead_send.send_data(ask(store, areas, ENGLAND), "plans")
    lowest, highest = data["lowest"].dropna(), data["highest"].dropna()
    # It opens from the last published number.
    assert len(lowest) == 6 and lowest.iloc[0] == highest.iloc[0] == 718838 and (lowest < highest).iloc[1:].all()


def test_the_back_test_is_drawn_for_every_method_and_year_with_error_and_misses(store, areas):
    answer = ask(store, areas, "879")
    for name, years in (("plans", 5), ("ehc_plan", 4), ("sen_support", 4)):
        data = looking_ahead_send.tested_data(answer, name)
        assert (
            len(data) == 7 * years
            and data["middle"].str.fullmatch(r"\d+%").all()
            and data["missed"].str.fullmatch(r"[+−]?\d+ to [+−]?\d+").all()
        )
        assert set(data["method"]) == set(send_past.METHOD_NAMES.values()) and {
            "Straight line through all years",
            "Half the rise of all years",
        } <= set(data["method"])
        assert all(method in str(one(answer, "backtest", tested_series=name).spec) for method in data["method"])


def test_rates_of_the_group_and_of_everybody_stand_in_two_pictures_on_one_scale(store, areas):
    of_group, of_all = of(ask(store, areas, "879"), "known", "explore")
    assert "of a group" in of_group.heading and "of all children" in of_all.heading
    assert "In every 10,000 of the group" in str(of_group.spec)
    assert "'In every 10,000 of all aged 0 to 19'" in str(of_all.spec)
    for picture in (of_group, of_all):
        assert "'domain': [0, 226.5]" in str(picture.spec)
    assert set(of_all.data["per_10000"]) == {27.2, 10.8, 61.1} and "Boys" in set(of_group.data["who"])
    assert "Under 1: 226.5" in of_group.alt.explore


def test_families_do_not_see_a_path_of_somebodys_own_above_the_published(store, areas):
    steep = ask(store, areas, "879", growth="9", damping="1", scenario="own")
    assert fans.drawn(steep, "families") == ["published-low", "published-high"]
    assert fans.drawn(steep, "show") == ["published-low", "published-high", "own"]


def test_a_hand_over_is_drawn_for_all_years_together_with_its_range(store, areas):
    answer = ask(store, areas, "370")
    picture, row = one(answer, "handover"), answer.tables["handover"].data.iloc[0]
    data = picture.data
    assert list(data["scenario"]) == ["Published low rate", "Published high rate"]
    assert data["words"][0] == f"{row['low_rate']:.0f} ({row['low_rate_from']:.0f} to {row['low_rate_to']:.0f})"
    assert data["words"][0] in picture.alt.explore
    assert (data["from_"] < data["number"]).all() and (data["number"] < data["to"]).all()


def test_single_years_of_a_hand_over_are_drawn_where_they_are_given(store, areas):
    _, by_year = of(ask(store, areas, "E12000001"), "handover", "explore")
    data = by_year.data
    years = ["2025 to 2026", "2026 to 2027", "2027 to 2028", "2028 to 2029", "2029 to 2030"]
    assert list(data["turning_18"]) == years and (data["from_"] < data["to"]).all()
    assert by_year.heading.startswith("By single year")
    assert all(f"{year}: {words}" in by_year.alt.explore for year, words in zip(years, data["words"], strict=True))


def test_a_hand_over_of_england_has_no_range(store, areas):
    whole, _ = of(ask(store, areas, ENGLAND), "handover", "explore")
    assert (whole.data["from_"] == whole.data["to"]).all() and not whole.data["words"].str.contains(r"\(").any()


def test_limits_below_ten_are_drawn_from_nought(store, areas):
    answer = ask(store, areas, "857")
    rows = answer.tables["handover"].data.assign(low_rate=math.nan, low_rate_from=math.nan, low_rate_to=15.0)
    held = replace(answer.tables["handover"], data=rows)
    few = one(replace(answer, tables={**answer.tables, "handover": held}), "handover").data.iloc[0]
    assert (few["number"], few["from_"], few["to"]) == (10, 0, 15)
    assert few["words"] == handover.with_range(rows.iloc[0], "low") == "fewer than 10 (fewer than 10 to 15)"


def test_every_picture_is_told_in_words_that_have_its_numbers(store, areas):
    for code in ("879", "E12000001", ENGLAND):
        answer = ask(store, areas, code, evidence=made_up())
        for table in drawn.PICTURES:
            for picture in of(answer, table, "explore"):
                assert re.search(r"\d", picture.alt.explore) and picture.alt.explore.endswith(".")
                assert "nan" not in picture.alt.explore and not picture.data.empty


def test_the_lead_picture_is_told_as_the_sentence_of_the_mode(store, areas):
    answer = ask(store, areas, "879")
    for mode in MODES:
        assert answer.headline.in_mode(mode) in one(answer, "fan", mode).alt.in_mode(mode)


def test_children_of_each_projection_are_whole_in_words(store, areas):
    assert "ONS 2022-based projection: Published low rate 87,243, Published high rate 109,665;" in (
        one(ask(store, areas, "879"), "populations").alt.explore
    )


def test_a_series_that_is_too_short_is_not_drawn_and_says_so(store, areas):
    code = areas.find("Cumberland").areas[0].code
    for series in send_past.SERIES:
        picture = one(ask(store, areas, code), "send", send_series=series)
        assert picture.nothing == "Cumberland: too few years of this stand on one footing to project it."
        assert picture.data.empty


def test_a_series_that_was_never_tested_is_not_drawn_and_says_so(store, areas):
    answer = ask(store, areas, "879")
    held = answer.tables["backtest"]
    plans_only = replace(held, data=held.data[held.data["series"].eq(send_past.SERIES["plans"])])
    without = replace(answer, tables={**answer.tables, "backtest": plans_only})
    picture = one(without, "backtest", tested_series="sen_support")
    assert picture.nothing.startswith("Pupils with SEN support, %: too few years")
    assert not one(without, "backtest").nothing


def test_the_series_that_is_drawn_is_the_one_that_was_chosen(store, areas):
    answer = ask(store, areas, "879")
    assert "Plans in January" in str(one(answer, "send").spec)
    chosen = one(answer, "send", send_series="sen_support")
    assert "% of pupils" in str(chosen.spec) and chosen.data["number"].max() < 100
    assert "EHC plans in January, 5 years ahead" in one(answer, "backtest").alt.explore
    assert "Pupils with SEN support, %, 4 years" in one(answer, "backtest", tested_series="sen_support").alt.explore


# The page


def test_what_a_life_limiting_condition_is_is_said_once_in_every_mode():
    for mode in ("explore", "show", "families"):
        assert text_of(opened("looking_ahead", area="879", mode=mode)).count("is a very serious health condition") == 1


def test_a_shared_screen_names_the_office_for_national_statistics():
    assert "also from Office for National Statistics" in text_of(opened("looking_ahead", area="879", mode="show"))


def test_a_broken_file_leaves_the_page_standing_and_says_what_is_wrong(monkeypatch):
    evidence = life_limiting.usable(
        b"year,rate\n", b"area_code,group_type,group,residents,source\n", MADE_UP_RATES.encode()
    )
    monkeypatch.setattr(life_limiting, "_stamp", lambda _path: "broken")
    monkeypatch.setattr(life_limiting, "shipped", lambda: evidence)
    test = opened("looking_ahead", area="879")
    assert not test.exception
    told = "\n".join(box.value for box in test.info)
    assert (
        "life_limiting_rates.csv: the header must be" in told
        and "The rates that came with the app stand in for it" in told
    )
    assert "Plymouth could have" in text_of(test)
    families = opened("looking_ahead", area="879", mode="families")
    told = "\n".join(box.value for box in families.info)
    assert "could not be used" in told and "csv" not in text_of(families)


def test_an_answer_that_is_kept_is_not_that_of_a_file_before_its_edit(monkeypatch):
    assert "were counted in 2017/18" in text_of(opened("looking_ahead"))
    monkeypatch.setattr(life_limiting, "_stamp", lambda _path: "another")
    monkeypatch.setattr(
        life_limiting,
        "shipped",
        lambda: life_limiting.read(MADE_UP_RATES + "2018/19,E92000001,all,all,91000,,68,,,fraser_2021\n"),
    )
    assert "91,000 were counted in 2018/19" in text_of(opened("looking_ahead"))


def test_the_damping_that_reproduces_a_published_end_can_be_asked_for():
    test = opened("looking_ahead", area="879")
    open_everything(test)
    box = next(box for box in test.selectbox if box.label == "Find the damping that ends at")
    box.set_value("published-high").run()
    assert not test.exception and "ends there with a damping of 0.771" in text_of(test)
    assert test.query_params["solve"] in ("published-high", ["published-high"])


def test_a_scenario_of_ones_own_can_be_taken_out_again():
    test = opened("looking_ahead", area="879", growth="3", spread="20", scenario="own")
    button = next(button for button in test.button if button.label == "Take my own scenario out")
    button.click().run()
    assert not test.exception
    assert not {"growth", "damping", "spread", "scenario"} & set(test.query_params)
    assert "Take my own scenario out" not in [button.label for button in test.button]


def test_taking_ones_own_out_leaves_another_scenario_that_is_told_of():
    test = opened("looking_ahead", area="879", damping="0.5", scenario="wales-like")
    next(button for button in test.button if button.label == "Take my own scenario out").click().run()
    assert set(test.query_params) >= {"scenario"} and "damping" not in test.query_params


def test_an_old_link_with_ones_own_scenario_opens_the_part_that_holds_it():
    test = opened("looking_ahead", area="879", growth="4", damping="0.5")
    assert {slider.label: slider.value for slider in test.slider} == {
        "Growth of the rate a year, %": 4.0,
        "Part of the growth left after a year": 0.5,
        "Differences between areas, %": 10.0,
    }


@pytest.mark.parametrize(("name", "wrong"), [("scenario", "doom"), ("growth", "lots"), ("send_series", "exclusions")])
def test_a_wrong_choice_in_the_address_is_told_of_and_left_out(name, wrong):
    test = opened("looking_ahead", area="879", **{name: wrong})
    assert not test.exception and any(f"'{wrong}'" in box.value and "left out" in box.value for box in test.warning)


@pytest.mark.parametrize("scenario", ["percent", "linear"])
def test_families_do_not_read_of_what_is_not_recommended(scenario):
    shown = text_of(opened("looking_ahead", area="370", mode="families", scenario=scenario))
    assert (
        "Not recommended" not in shown
        and "trend of" not in shown
        and "nobody knows which will be nearer" in shown.casefold()
    )


def test_every_picture_can_be_drawn_whatever_signs_the_names_of_its_lines_have(store, areas):
    answer = ask(store, areas, "879")
    for table in ("fan", "send", "place", "moves"):
        picture = one(answer, table)
        rows = json.loads(picture.data.to_json(orient="records"))
        svg = vl_convert.vegalite_to_svg({**picture.spec, "data": {"values": rows}, "width": 700})
        assert svg.count("<text") > 5


def test_the_area_has_its_own_axis_beside_its_own_numbers_and_none_where_they_are_too_few(store, areas):
    def right(code):
        layers = fans.fan_spec(ask(store, areas, code), "explore", ["published-low", "published-high"])["layer"]
        axes = [layer["encoding"].get("y", {}).get("axis") or {} for layer in layers]
        return [axis for axis in axes if axis.get("orient") == "right"]

    (axis,) = right("879")
    # 485 children with the high rate of 84.22: the tick of 400 stands at the rate that gives so many.
    assert axis["values"][4] == pytest.approx(400 * 84.22 / 485) and "* 100" in axis["labelExpr"]
    assert len(right(ENGLAND)) == 1
    few = ask(store, areas, "879")
    ends = few.tables["scenarios"]
    none = replace(ends, data=ends.data.assign(children=ends.data["children"] / 100))
    assert local_axis(replace(few, tables={**few.tables, "scenarios": none}), ["published-high"]) is None
