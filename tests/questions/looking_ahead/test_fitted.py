"""A trend that is fitted once somebody has filled yearly totals in."""

import numpy as np
import pytest

from sendlib.areas import ENGLAND
from sendlib.methods import trend
from sendlib.questions.looking_ahead import fitted_trend, places, residents
from sendlib.tables import life_limiting
from tests.made_up import MADE_UP_RATES
from tests.questions.looking_ahead.asking import ask, everything_said, lines


def test_a_filled_in_series_switches_the_fit_on(store, areas, made_up):
    answer = ask(store, areas.get("879"), evidence=made_up)
    rows = answer.tables["fitted"].data
    assert (
        len(rows) == 12 and (rows["rate_p10"] < rows["rate_p50"]).all() and (rows["rate_p50"] < rows["rate_p90"]).all()
    )
    assert rows["rate_p50"].iloc[-1] > made_up.last.per_10000
    assert (rows["children_p10"] < rows["children_p90"]).all()
    said = everything_said(answer, "fitted")
    assert "Negative binomial" in said and "tried from 11 earlier years" in said
    assert len(answer.tables["fan"].data["measured"].dropna()) == 17
    assert not any("years between" in line for line in lines(answer.cannot_tell))
    wide, narrow = (
        ask(store, areas.get("879"), evidence=made_up, spread=spread).tables["fitted"].data for spread in ("40", "0")
    )
    assert (wide["children_p90"] > narrow["children_p90"]).all()


def test_the_fit_begins_at_the_last_measured_rate(store, areas, made_up):
    rows = ask(store, areas.get("879"), evidence=made_up).tables["fitted"].data
    # One year of the recent growth, not a jump to where a line through all years would be.
    assert rows["rate_p50"].iloc[0] == pytest.approx(made_up.last.per_10000, rel=0.04)
    assert rows["rate_p10"].iloc[0] < 70 < 80 and rows["rate_p90"].iloc[-1] < 131.5


def test_the_fit_is_reconciled_with_the_title(store, areas, made_up):
    answer = ask(store, areas.get("879"), evidence=made_up)
    end = answer.tables["fitted"].data.iloc[-1]
    low, high = (places.said(end[f"children_{name}"], places.FINE) for name in ("p10", "p90"))
    fitted = f"A trend fitted to the yearly figures gives {low} to {high} (the middle 8 in 10 of its simulations)"
    assert f"{fitted} (see Look closer)." in answer.headline.explore and f"{fitted}." in answer.headline.show
    said = answer.tables["fitted"].how_to_read.explore
    place = "above both" if end["rate_p50"] > 84.22 else "below both" if end["rate_p50"] < 67 else "between the two"
    assert "dies away" not in said and "each year with 0.8 to 0.98 of the growth of the year before" in said
    assert (
        f"{low} to {high} children in 2030, {places.said(end['children_p50'], places.FINE)} in the middle" in said
        and "the middle 8 in 10 of what was simulated" in said
        and "are the two published variants" in said
        and said.endswith(f"lies {place}.")
    )


def test_the_fit_follows_the_chosen_population(store, areas, made_up):
    middle = {
        basis: ask(store, areas.get(ENGLAND), evidence=made_up, population=basis)
        .tables["fitted"]
        .data["children_p50"]
        .iloc[-1]
        for basis in ("ons-2022", "ons-2018", "ons-2018-high", "ons-2018-low")
    }
    people = {basis: float(residents.england(store)[basis, "2030-06", "0-19"]) for basis in middle}
    for basis in middle:
        assert middle[basis] / middle["ons-2022"] == pytest.approx(people[basis] / people["ons-2022"], rel=0.01)
    said = everything_said(ask(store, areas.get("879"), evidence=made_up, population="ons-2018-low"), "fitted")
    assert (
        "the population: the ONS 2018-based projection of a low population, as it is or as much higher or lower" in said
    )


def test_rates_alone_are_enough_for_the_fit(store, areas):
    rows = [line.split(",") for line in MADE_UP_RATES.splitlines()]
    bare = "\n".join(
        [",".join(rows[0])]
        + [
            ",".join([*row[:4], "", "", f"{10_000 * float(row[4]) / float(row[5]):.2f}", *row[7:]])
            if row[2] == "all"
            else ",".join(row)
            for row in rows[1:]
        ]
    )
    evidence = life_limiting.read(bare + "\n")
    assert evidence.last.children is None and evidence.can_be_fitted
    answer = ask(store, areas.get("879"), evidence=evidence)
    assert answer.tables["fitted"].data.notna().all().all()
    said = " ".join(
        [everything_said(answer), *lines(answer.cannot_tell), *(figure.comparison.explore for figure in answer.figures)]
    )
    assert "nan" not in said and "None" not in said and "were counted" not in said
    assert "86,625 counted in 2017/18" in said  # of the sentence of 2020, whatever the file holds


def test_nothing_is_fitted_to_two_points(england):
    assert "fitted" not in england.tables


def test_with_a_fit_the_page_does_not_say_that_nothing_was_tested(store, areas, made_up):
    with_fit, without = (
        lines(ask(store, areas.get("879"), evidence=evidence).cannot_tell)
        for evidence in (made_up, life_limiting.shipped())
    )
    assert "could not be tested" in " ".join(without) and "could not be tested" not in " ".join(with_fit)
    assert any("was tested from 11 earlier years" in line for line in with_fit)


def test_the_middle_of_the_fit_is_that_of_its_draws_and_the_misses_are_printed_as_they_were(store, areas, made_up):
    answer = ask(store, areas.get(ENGLAND), evidence=made_up)
    _, rate, _ = fitted_trend._england(store, made_up, "ons-2022")
    assert answer.tables["fitted"].data["rate_p50"].to_numpy() == pytest.approx(10_000 * np.median(rate, axis=0))
    misses = [
        100 * np.expm1(np.median(part))
        for part in trend.past_misses(*fitted_trend._series(store, made_up))
        if len(part) >= 5
    ]
    said = everything_said(answer, "fitted")
    for miss, words in ((misses[0], "one year ahead"), (misses[-1], f"{len(misses)} years ahead")):
        assert f"{abs(miss):.1f}% {'above' if miss >= 0 else 'below'}" in said and words in said
    assert "not moved" in said
