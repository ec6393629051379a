"""SEND numbers ahead, and how wrong the same methods would have been."""

import re

import numpy as np
import pandas as pd
import pytest

from sendlib import store as stores
from sendlib.areas import ENGLAND
from sendlib.compared import doubtful
from sendlib.methods import scenarios as paths
from sendlib.methods.backtest import METHODS
from sendlib.pictures import of
from sendlib.questions.looking_ahead import send_ahead, send_past
from sendlib.tables import reading, school_needs
from tests.questions.looking_ahead.asking import all_words, ask


def test_the_back_test_is_of_real_series_and_is_told_in_one_sentence(store):
    table = send_past.backtest_table(store)
    assert set(table["series"]) == set(send_past.SERIES.values()) and set(table["method"]) == set(
        send_past.METHOD_NAMES.values()
    )
    plans = table[table["series"].eq(send_past.SERIES["plans"]) & table["years_ahead"].eq(5)].set_index("method")
    said = send_past.how_wrong(store)
    others = plans.drop(index="Recent rise, dying away")["error"]
    centre = plans.loc["Recent rise, dying away"]
    assert f"{centre['error']:.0f}% out 5 years ahead" in said
    assert f"between {-centre['missed_from']:.0f}% too low and {centre['missed_to']:.0f}% too high" in said
    assert f"{others.min():.0f}% to {others.max():.0f}%" in said
    assert said.count(".") == 1 and "from 2015 to 2021" in said and "any projection" not in said


def test_the_method_that_did_best_is_named_and_why_it_is_not_the_centre(store):
    said = send_past.how_sure(store)
    best = (
        send_past.backtest_table(store)
        .query("series == 'EHC plans in January' and years_ahead == 5")
        .sort_values("error")
        .iloc[0]
    )
    assert said.startswith(f"'{best['method']}' did best") and "still not recommended" in said
    assert "the 7 starting years overlap: past misses are no probability" in said and "September 2014" in said


def test_the_back_test_agrees_with_a_plain_recomputation_of_the_engine(store):
    table = send_past.judged(store)["plans"]
    assert table.columns[0] == "2010-01"
    misses, origins = [], set()
    for code in table.index[table.index.str.len() == 3]:
        series = table.loc[code].to_numpy()
        for origin in range(6, len(series) - 2):
            known = np.append(series[:origin], series[origin + 2])  # a gap in between is no reason not to try
            if not np.isnan(known).any() and (known > 0).all():
                growth = (series[origin - 1] / series[origin - 6]) ** (1 / 5) - 1
                projected = series[origin - 1] * (1 + growth) ** (1 + 0.9 + 0.81)
                misses.append(projected / series[origin + 2] - 1)
                origins.add(origin)
    found = next(test for test in send_past.tested(store)["plans"] if test.method == "damped" and test.horizon == 3)
    assert (found.projections, found.starts) == (len(misses), len(origins))
    assert found.error == pytest.approx(np.median(np.abs(misses))) and found.bias == pytest.approx(np.median(misses))
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(misses, [0.1, 0.9])))


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


@pytest.mark.parametrize("code", ["879", "357", ENGLAND, "E12000001"])
def test_the_words_on_plans_give_one_range_and_say_that_it_is_made_of_scenarios(store, areas, code):
    rows = send_ahead.outlook(store, code)
    last = rows[rows["series"].eq("EHC plans in January") & rows["period"].eq("2031-01")]
    said = send_ahead.summary(store, areas.get(code))
    assert set(last["line"]) == {*send_past.METHOD_NAMES.values(), send_ahead.IF_SHARES_HELD}
    ends = send_ahead.span(pd.Series({"lowest": last["number"].min(), "highest": last["number"].max()})).split(" to ")
    assert f"there could be about {ends[0]} to {ends[1]}: the lowest and the highest of 8 ways on" in said
    assert "scenarios and no limits" in said
    # Numbers of plans stand on either side of one "to"; the other ends are years and per cents.
    assert re.findall(r"(\d[\d,]+\d) to (\d[\d,]+\d)", said) == [tuple(ends), ("2015", "2021")]
    centre = last[last["line"].eq("Recent rise, dying away")].iloc[0]
    assert f"'Recent rise, dying away' gives {send_ahead.about(centre['number'])}." in said
    assert "from 2015 to 2021, across the reform of September 2014" in said


@pytest.mark.parametrize("series", send_past.SERIES)
def test_what_a_method_gives_lies_inside_its_one_range_in_every_area_and_year(store, areas, series):
    for area in (*areas.authorities.values(), *areas.wider.values()):
        rows = send_ahead.outlook(store, area.code)
        own = rows[rows["series"].eq(send_past.SERIES[series])]
        centre = own[own["line"].eq("Recent rise, dying away")]
        assert own["lowest"].notna().equals(own["line"].eq("Recent rise, dying away")), area.name
        ways = own[own["line"].ne("Published")].pivot(index="period", columns="line", values="number")
        at = centre.set_index("period")
        assert (at["lowest"] <= at["number"]).all() and (at["number"] <= at["highest"]).all(), area.name
        assert ways.min(axis=1).equals(at["lowest"].rename(None)) and ways.max(axis=1).equals(
            at["highest"].rename(None)
        )
        held = own[own["line"].eq("Published")].dropna(subset=["number"])
        if len(at):  # that nothing changes is one of the ways on, so the range never begins above today
            assert (at["lowest"] <= held["number"].iloc[-1]).all(), area.name


def test_text_table_and_picture_have_the_same_range(store, areas):
    for code in ("357", "926", "E12000009", ENGLAND):
        answer = ask(store, areas.get(code))
        table, (picture,) = answer.tables["send"], of(answer, "send", "explore")
        end = table.data.dropna(subset=["highest"]).query("period == '2031-01'").iloc[0]
        drawn = picture.data.dropna(subset=["highest"]).query("period == '2031-01'").iloc[0]
        assert (drawn["lowest"], drawn["highest"]) == (end["lowest"], end["highest"])
        assert f"about {send_ahead.span(end)}: the lowest" in table.how_to_read.explore


def test_no_sentence_of_any_area_makes_a_probability_of_past_misses(store, areas):
    for area in (*areas.authorities.values(), *areas.wider.values()):
        words = " ".join(all_words(ask(store, area)))
        assert "8 in 10" not in words and "outcomes" not in words


def test_past_misses_and_how_often_more_came_are_those_of_a_plain_recount(store, areas):
    table = send_past.judged(store)["plans"]
    values = table[table.index.str.fullmatch(r"\d{3}")].to_numpy()
    misses, above = [], []
    for origin in range(6, values.shape[1] - 4):
        for series in values[~np.isnan(values[:, :origin]).any(axis=1)]:
            actual = series[origin + 4]
            if np.isnan(actual) or (series[:origin] <= 0).any():
                continue
            ways = [float(method(series[None, :origin], 5)[0, 4]) for method in METHODS.values()]
            misses.append(ways[list(METHODS).index("damped")] / actual - 1)
            above.append(actual > max(ways))
    low, high = np.quantile(misses, [0.1, 0.9])
    said = send_ahead.summary(store, areas.get("357"))
    assert f"between {-100 * low:.0f}% too low and {100 * high:.0f}% too high after 5 years" in said
    assert f"More came than any of the ways gave in {100 * np.mean(above):.0f} of 100 tries" in said


def test_plans_that_can_not_be_right_are_neither_projected_nor_tried_on(store, areas):
    newham = areas.find("Newham").areas[0]
    when = next(period for period in ("2025-01",) if doubtful.of(store, newham.code, doubtful.PLANS, period))
    assert np.isnan(send_past.judged(store)["plans"].loc[newham.code, when])
    assert send_past.published(store)["plans"].loc[newham.code, when] == 1199
    said = send_ahead.summary(store, newham)
    assert said.startswith("Newham: nothing is projected, because the number of January 2025 is doubtful (")
    assert said.endswith("and too few years follow it.")
    assert "could have" not in said


@pytest.mark.parametrize("name", ["City of London", "Isles of Scilly"])
def test_too_few_plans_are_the_reason_where_they_are(store, areas, name):
    area = areas.find(name).areas[0]
    said = send_ahead.summary(store, area)
    assert re.match(rf"The {name}: nothing is projected from so few \(\d+ plans in January 20\d\d\)", said)
    for series in send_past.SERIES:  # a share of so few pupils moves with single children as well
        (picture,) = of(ask(store, area, send_series=series), "send", "explore")
        assert picture.nothing == said or series == send_past.SPECIAL
        assert "about single children" in said and "nothing is projected" in picture.nothing


def test_new_authorities_have_too_few_years_to_project_and_say_so(store, areas):
    area = areas.find("Cumberland").areas[0]
    assert send_ahead.too_short(send_ahead.outlook(store, area.code)) == list(send_past.SERIES.values())
    said = "Cumberland: too few years of this stand on one footing to project it."
    assert send_ahead.summary(store, area) == said
    for series in send_past.SERIES:
        answer = ask(store, area, send_series=series)
        assert [note.text.explore for note in answer.notes_about("send")] == [said, send_ahead.by_need(store)]


def test_a_projection_is_never_below_nought(store, areas):
    for code in areas.authorities:
        assert (send_ahead.outlook(store, code)["number"].dropna() >= 0).all()


def test_projections_begin_after_the_last_published_year_and_go_on_for_five_years(store):
    rows = send_ahead.outlook(store, "879")
    plans = rows[rows["series"].eq(send_past.SERIES["plans"])]
    assert list(plans.loc[plans["line"].eq("Stays as it is"), "period"]) == [f"{year}-01" for year in range(2027, 2032)]
    support = rows[rows["series"].eq(send_past.SERIES["sen_support"]) & rows["line"].eq("Stays as it is")]
    assert list(support["period"]) == ["2025/26", "2026/27", "2027/28", "2028/29", "2029/30"]


def test_england_and_regions_have_the_ends_of_all_their_past_misses(store, areas):
    said = send_ahead.summary(store, areas.get(ENGLAND))
    series = send_past.published(store)["plans"].loc[ENGLAND].to_numpy()
    misses = []
    for origin in range(6, len(series) - 4):
        growth = (series[origin - 1] / series[origin - 6]) ** (1 / 5) - 1
        misses.append(float(paths.path(series[origin - 1], growth, 0.9, 5)) / series[origin + 4] - 1)
    assert f"between {-100 * min(misses):.0f}% and {-100 * max(misses):.0f}% too low after 5 years" in said
    assert f"from 2021 alone, {-100 * misses[-1]:.0f}% too low" in said
    assert "in 6 of 7 tries" in said and "the tenth of the tries" not in said


def test_the_back_test_of_every_series_has_a_sentence_and_all_methods(store, england):
    for name in send_past.SERIES:
        texts = [note.text.explore for note in england.notes if note.about == "backtest" and note.of == name]
        assert len(texts) == 2 and texts[0].startswith("Tried on")
    assert "one starting year says little" in send_past.how_sure(store, "sen_support")
    assert "from 2020/21 only" in send_past.how_wrong(store, "sen_support")


def test_the_range_in_words_holds_the_centre_in_words_and_never_begins_above_today(store, areas):
    for area in (*areas.authorities.values(), *areas.wider.values()):
        said = send_ahead.summary(store, area)
        if "could have" not in said:
            continue
        wanted = r"had ([\d,]+) plans .* about ([\d,]+) to ([\d,]+): .* gives ([\d,]+)\."
        today, low, high, centre = (int(number.replace(",", "")) for number in re.search(wanted, said).groups())
        assert low <= today and low <= centre <= high, said


def test_if_todays_shares_held_only_the_residents_of_each_age_band_would_move_plans(store):
    plans = store.table("plans").astype({"area_code": str, "period": str, "category": str})
    rows = plans[plans["area_code"].eq("879") & plans["characteristic"].eq("age_band") & plans["period"].eq("2025-01")]
    by_age = rows[rows["measure"].eq("plans")].set_index("category")["value"]
    people = store.table("population_england").astype({"basis": str, "period": str, "age": str})
    held = people[people["basis"].eq("ons-2022")].set_index(["period", "age"])["value"]
    bands = {"Under 5": "0-4", "5 to 10": "5-10", "11 to 15": "11-15", "16 to 19": "16-19", "20 to 25": "20-25"}
    moved = sum(by_age[band] * held["2030-06", age] / held["2025-06", age] for band, age in bands.items())
    ahead = send_ahead.outlook(store, "879")
    own = ahead[ahead["series"].eq(send_past.SERIES["plans"])].set_index(["line", "period"])["number"]
    assert own[send_ahead.IF_SHARES_HELD, "2031-01"] == pytest.approx(
        own["Published", "2026-01"] * moved / by_age.sum()
    )
    shares = ahead[ahead["series"].eq(send_past.SERIES["sen_support"])].set_index(["line", "period"])["number"]
    assert shares[send_ahead.IF_SHARES_HELD].nunique() == 1


def test_special_schools_are_gone_on_from_only_where_most_placements_are_known(store, areas):
    wolverhampton = send_ahead.why_not(store, "336", send_past.SPECIAL)
    assert wolverhampton.startswith("nothing is projected, because 26.2% of the plans of January 2025 had no known")
    placed = store.table("placements").astype({"area_code": str, "placement": str, "period": str})
    kent = placed[placed["area_code"].eq("886") & placed["placement"].eq("special_total")]
    held = send_past.published(store)[send_past.SPECIAL].loc["886"].dropna()
    assert list(held) == list(kent.sort_values("period")["value"]) and not send_ahead.why_not(store, "886", "special")
    assert "from 2024 only" in send_past.how_wrong(store, "special")


def test_needs_are_not_projected_from_too_few_years_and_are_where_there_are_enough(store, tmp_path):
    assert "By need nothing is projected" in send_ahead.by_need(store) and "6 are needed" in send_ahead.by_need(store)
    census = store.table("school_needs").astype({"period": str, "status": str})
    years = [
        census.assign(period=f"20{year}/{year + 1}", value=census["value"] * (1 + number / 10))
        for number, year in enumerate(range(16, 22))
    ]
    more = pd.concat([*years, census.assign(value=census["value"] * 1.6)], ignore_index=True)
    frame = reading.as_categories(more, school_needs.KEYS).astype({"status": "category"})
    origin = store.info("school_needs").sources
    stores.add_releases(tmp_path, [school_needs.TABLE.new(frame, (), origin, "made up")], "made up", "made up")
    with_years = stores.Store(live=tmp_path)
    rows = send_ahead.outlook(with_years, "879")
    speech = rows[rows["series"].str.startswith("Pupils with SEN: Speech")].set_index(["line", "period"])["number"]
    assert speech["Straight line through all years", "2027/28"] / speech["Published", "2022/23"] == pytest.approx(
        2.1 / 1.6, rel=1e-6
    )
    assert not send_ahead.by_need(with_years) and "need_slcn" in send_past.series(with_years)
