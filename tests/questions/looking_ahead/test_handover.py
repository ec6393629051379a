"""Who turns 18: real numbers, added up before they are rounded, and said alike everywhere."""

import math
from dataclasses import replace

import pytest

from sendlib.areas import ENGLAND
from sendlib.methods import intervals
from sendlib.questions.looking_ahead import choices, handover
from sendlib.questions.looking_ahead import expected_children as children
from sendlib.questions.looking_ahead import scenarios as ahead_scenarios
from sendlib.tables import life_limiting
from tests.made_up import MADE_UP_RATES
from tests.questions.looking_ahead.asking import (
    ask,
    everything_said,
)


def test_those_who_turn_18_are_the_children_of_today(store, england):
    rows = england.tables["handover"].data
    population = (
        store.rows("population", ENGLAND).astype({"age": str, "period": str}).set_index(["period", "age"])["value"]
    )
    ages = [population["2024-06", str(age)] for age in (16, 15, 14, 13, 12)]
    assert rows["all_who_turn_18"].tolist() == [sum(ages), *ages]


def test_the_hand_over_is_shown_for_all_years_together_and_by_year_where_numbers_are_large(store, areas, england):
    rows = england.tables["handover"].data
    assert list(rows["turning_18"]) == [
        "2025 to 2030, together",
        "2025 to 2026",
        "2026 to 2027",
        "2027 to 2028",
        "2028 to 2029",
        "2029 to 2030",
    ]
    numbers = rows["high_rate"]
    everybody = rows["all_who_turn_18"]
    assert (numbers < everybody / 50).all() and (numbers > everybody / 500).all()
    assert any("27,316 in 2009/10 to 38,261 in 2017/18 (+40%)" in note.text.explore for note in england.notes)
    given = {
        code: len(ask(store, areas.get(code)).tables["handover"].data)
        for code in ("E12000001", "886", "370", "857", "420")
    }
    assert given == {"E12000001": 6, "886": 6, "370": 1, "857": 1, "420": 1}


def test_the_years_of_a_hand_over_are_added_up_before_they_are_rounded_and_have_the_range_of_the_sum(store, areas):
    evidence, ways = life_limiting.shipped(), ahead_scenarios.named(life_limiting.shipped())
    table = store.table("population")
    people = (
        table[table["period"].eq("2024-06") & table["area_code"].eq("370")]
        .astype({"age": str})
        .set_index("age")["value"]
    )
    rate = children.rate_1_to_19(store, evidence)
    for name, said in (("published-low", "low"), ("published-high", "high")):
        path = ways[name].path
        number = sum(
            rate * path[year - 2017] / 66.4 * people[str(17 - (year - 2024))] / 10_000 for year in range(2025, 2030)
        )
        # Chance, and the 10% by which areas may differ, as in every other range of the page.
        chance = (float(limit) for limit in intervals.poisson_limits(number))
        apart = 1.959964 * 0.1 * number
        low, high = (
            number + side * math.hypot(limit - number, apart) for side, limit in zip((-1, 1), chance, strict=True)
        )
        row = ask(store, areas.get("370")).tables["handover"].data.iloc[0]
        limits = (row[f"{said}_rate_from"], row[f"{said}_rate_to"])
        assert row[f"{said}_rate"] == 5 * round(number / 5) and limits == (5 * round(low / 5), 5 * round(high / 5))


def test_a_small_area_keeps_the_gap_between_low_and_high_in_its_hand_over_or_says_why_not(store, areas):
    for code in ("370", "879", "857"):
        answer = ask(store, areas.get(code))
        row, said = (
            answer.tables["handover"].data.iloc[0],
            everything_said(answer, "handover"),
        )
        same = row["low_rate"] == row["high_rate"]
        assert same == (code == "857") == ("give the same number once it is rounded" in said)


def test_the_hand_over_keeps_growth_since_the_year_of_the_age_rates_and_takes_the_band_if_it_is_held(
    store, areas, made_up
):
    area = areas.get(ENGLAND)
    newer = life_limiting.read(MADE_UP_RATES + "2020/21,E92000001,all,all,,,80,,,make_every_child_count\n")
    before, after = (
        handover.table(store, evidence, area, ahead_scenarios.named(evidence), choices.of(store, evidence, {}))
        for evidence in (made_up, newer)
    )
    rate, base = handover.rate_of_those(store, newer)
    assert (rate, base) == (pytest.approx(children.rate_1_to_19(store, made_up)), pytest.approx(66.4, abs=0.001))
    # 80 now leads down to the low of 67, so that most of those who turn 18 do so on a higher rate than without the
    # newer total.
    first = [rows["low_rate"].iloc[1] for rows in (before, after)]
    assert first[1] > first[0]
    band = life_limiting.read(MADE_UP_RATES + "2017/18,E92000001,age,16-19,,,40,,,make_every_child_count\n")
    assert handover.rate_of_those(store, band)[0] == 40
    said = everything_said(ask(store, area, evidence=band))
    assert "takes the rate at ages 16 to 19, 40 in every 10,000" in said and "no rate at 16 to 19" not in said


def test_rates_of_regions_are_said_not_to_reach_the_hand_over(store, areas):
    rates = life_limiting.read(MADE_UP_RATES + "2017/18,E12000001,all,all,,,70,,,make_every_child_count\n")
    filled, shipped = (
        everything_said(ask(store, areas.get("840"), evidence=evidence), "handover")
        for evidence in (rates, life_limiting.shipped())
    )
    assert (
        "rates of regions or groups, by which the numbers above are shared out, are not used here" in filled
        and "are not used here" not in shipped
    )


def test_a_hand_over_of_few_is_said_alike_in_table_and_sentence(store, areas):
    answer = ask(store, areas.get("857"))
    rows = answer.tables["handover"].data.assign(low_rate=math.nan, low_rate_from=math.nan, low_rate_to=15.0)
    table = replace(answer.tables["handover"], data=rows).readable().iloc[0]
    assert table["With the low rate"] == "Fewer than 10" and table["With the low rate, range to"] == "15"
    assert handover.with_range(rows.iloc[0], "low") == "fewer than 10 (fewer than 10 to 15)"
    high = handover.said(rows["high_rate"].iloc[0])
    assert f", up to {high} could have" in handover.result(
        store, life_limiting.shipped(), areas.get("857"), rows, choices.of(store, life_limiting.shipped(), {})
    )


def test_both_rates_are_two_scenarios_each_inside_its_own_range(store, areas):
    for area in (*areas.authorities.values(), *areas.wider.values()):
        answer = ask(store, area)
        row, said = answer.tables["handover"].data.iloc[0], answer.tables["handover"].how_to_read.explore
        low, high = handover.said(row["low_rate"]), handover.said(row["high_rate"])
        assert low == high or f"about {low} or {high} could" in said or f"up to {high} could" in said, said
        if area.code == ENGLAND:
            assert "low_rate_from" not in row and "No range is given" in said
            continue
        for name in ("low", "high"):
            number, ends = row[f"{name}_rate"], (row[f"{name}_rate_from"], row[f"{name}_rate_to"])
            assert math.isnan(number) or not ends[0] > number and number <= ends[1], area.name
        assert "The ranges allow for chance and differences between areas." in said
