"""SEND numbers ahead, and how wrong the same methods would have been."""

import numpy as np
import pytest

from sendlib.areas import ENGLAND
from sendlib.methods import scenarios as paths
from sendlib.questions.looking_ahead import columns, send_ahead
from tests.questions.looking_ahead.asking import (
    ask,
)


def test_the_back_test_is_of_real_series_and_is_told_in_one_sentence(store):
    table = send_ahead.backtest_table(store)
    assert set(table["series"]) == set(send_ahead.SERIES.values()) and set(table["method"]) == set(
        send_ahead.METHOD_NAMES.values()
    )
    plans = table[table["series"].eq(send_ahead.SERIES["plans"]) & table["years_ahead"].eq(5)].set_index("method")
    said = send_ahead.how_wrong(store)
    others = plans.drop(index="Recent rise, dying away")["error"]
    assert f"{plans.loc['Recent rise, dying away', 'error']:.0f}% out 5 years ahead" in said
    assert f"{others.min():.0f}% to {others.max():.0f}%" in said
    assert said.count(".") == 1 and "6 starting years since 2010" in said and "any projection" not in said


def test_the_method_that_did_best_is_named_and_why_it_is_not_the_centre(store):
    said = send_ahead.how_sure(store)
    best = (
        send_ahead.backtest_table(store)
        .query("series == 'EHC plans in January' and years_ahead == 5")
        .sort_values("error")
        .iloc[0]
    )
    assert said.startswith(f"'{best['method']}' did best") and "still not recommended" in said and "held only" in said


def test_the_back_test_agrees_with_a_plain_recomputation_of_the_engine(store):
    table = send_ahead.published(store)["plans"]
    assert table.columns[0] == "2010-01"
    misses, held, origins = [], [], set()
    for code in table.index[table.index.str.len() == 3]:
        series = table.loc[code].to_numpy()
        for origin in range(6, len(series) - 2):
            if not np.isnan(series[: origin + 3]).any() and (series[: origin + 3] > 0).all():
                growth = (series[origin - 1] / series[origin - 6]) ** (1 / 5) - 1
                projected = series[origin - 1] * (1 + growth) ** (1 + 0.9 + 0.81)
                misses.append(abs(projected / series[origin + 2] - 1))
                claimed = 1.2815515655446004 * np.diff(series[:origin]).std(ddof=1) * 3**0.5
                held.append(abs(series[origin + 2] - projected) <= claimed)
                origins.add(origin)
    found = next(test for test in send_ahead.tested(store)["plans"] if test.method == "damped" and test.horizon == 3)
    assert (found.projections, found.starts) == (len(misses), len(origins)) and found.error == pytest.approx(
        np.median(misses)
    )
    assert found.coverage == pytest.approx(np.mean(held))


def test_the_damped_way_on_of_plans_is_the_scenario_engine(store):
    rows = send_ahead.outlook(store, "879")
    plans = rows[rows["series"].eq("EHC plans in January")]
    published = plans.loc[plans["line"].eq("Published"), "number"].to_numpy()
    growth = (published[-1] / published[-6]) ** (1 / 5) - 1
    ways = {
        "Stays as it is": (0, 1),
        "Half the recent rise": (growth / 2, 1),
        "Recent rise, dying away": (growth, 0.9),
        "Recent rise goes on": (growth, 1),
    }
    for name, (rise, damping) in ways.items():
        assert plans.loc[plans["line"].eq(name), "number"].to_numpy() == pytest.approx(
            paths.path(published[-1], rise, damping, np.arange(1, 6))
        )


@pytest.mark.parametrize("code", ["879", "370", ENGLAND, "E12000001"])
def test_the_words_on_plans_hold_every_method_and_do_not_contradict_their_range(store, areas, code):
    rows = send_ahead.outlook(store, code)
    last = rows[rows["series"].eq("EHC plans in January") & rows["period"].eq("2030-01")]
    said = send_ahead.summary(store, areas.find_wider(code) or areas.get(code))
    assert len(last) == len(send_ahead.METHOD_NAMES)
    assert (
        f"could have {send_ahead.about(last['number'].min())} to {send_ahead.about(last['number'].max())},"
        " depending on the method" in said
    )
    centre = last[last["line"].eq("Recent rise, dying away")].iloc[0]
    assert ("all of it above what" in said) == (centre["past_low"] > centre["number"])
    assert ("any of the methods gives" in said) == (centre["past_low"] > last["number"].max())
    assert "6 starting years since 2010" in said and "reform of September 2014" in said


def test_no_range_is_given_where_few_starting_years_stand_behind_it(store):
    rows = send_ahead.outlook(store, "879")
    support = rows[rows["series"].eq(send_ahead.SERIES["sen_support"])]
    tests = send_ahead.tested(store)["sen_support"]
    assert (
        send_ahead.starts(tests) < send_ahead.FEWEST_STARTS and min(test.projections for test in tests) > 100
    )  # many tries, few years
    assert support["past_low"].isna().all()
    assert send_ahead.shaded(rows, "Pupils with SEN support, %", "879").startswith(
        "Pupils with SEN support, %: no range is drawn"
    )
    end = support[support["line"].eq("Recent rise, dying away")].iloc[-1]
    assert (
        send_ahead._past(tests, "authorities", end, 20.0)
        == f"That method could be tested from {send_ahead.starts(tests)} starting year only, so no range is given."
    )


def test_new_authorities_have_too_few_years_to_project_and_say_so(store, areas):
    code = areas.find("Cumberland").areas[0].code
    assert send_ahead.too_short(send_ahead.outlook(store, code)) == list(send_ahead.SERIES.values())
    assert "too few yearly figures" in send_ahead.summary(store, areas.get(code))
    assert send_ahead.why_not_projected(areas.get(code)).startswith("Cumberland has too few years")
    assert not [note for note in ask(store, areas.get(code)).notes if note.about == "send"]


def test_a_projection_is_never_below_nought(store, areas):
    for code in areas.authorities:
        assert (send_ahead.outlook(store, code)["number"].dropna() >= 0).all()


def test_projections_begin_after_the_last_published_year_and_reach_2030(store):
    rows = send_ahead.outlook(store, "879")
    plans = rows[rows["series"].eq(send_ahead.SERIES["plans"])]
    assert list(plans.loc[plans["line"].eq("Stays as it is"), "period"]) == [f"{year}-01" for year in range(2026, 2031)]
    support = rows[rows["series"].eq(send_ahead.SERIES["sen_support"]) & rows["line"].eq("Stays as it is")]
    assert list(support["period"]) == ["2025/26", "2026/27", "2027/28", "2028/29", "2029/30"]


def test_england_has_the_ends_of_its_past_misses_and_no_8_in_10(store, areas):
    headings = {code: [column.heading for column in columns.send(code).values()] for code in (ENGLAND, "879")}
    assert headings[ENGLAND][-2:] == ["With the least past miss", "With the greatest past miss"]
    assert headings["879"][-2:] == ["8 in 10 past cases, from", "8 in 10 past cases, to"]
    said = send_ahead.summary(store, areas.find_wider(ENGLAND))
    assert "past misses ran from +" in said and "8 in 10" not in said and "which overlap" in said
    series = send_ahead.published(store)["plans"].loc[ENGLAND].to_numpy()
    misses = []
    for origin in range(6, len(series) - 4):
        growth = (series[origin - 1] / series[origin - 6]) ** (1 / 5) - 1
        misses.append(series[origin + 4] / float(paths.path(series[origin - 1], growth, 0.9, 5)) - 1)
    assert f"from +{100 * min(misses):.0f}% to +{100 * max(misses):.0f}%" in said


def test_the_back_test_of_every_series_has_a_sentence_and_all_methods(store, england):
    for name in send_ahead.SERIES:
        texts = [note.text.explore for note in england.notes if note.about == "backtest" and note.of == name]
        assert len(texts) == 2 and texts[0].startswith("Tried on")
    assert "1 starting year only" in send_ahead.how_sure(
        store, "sen_support"
    ) and "little can be learnt" in send_ahead.how_sure(store, "sen_support")
