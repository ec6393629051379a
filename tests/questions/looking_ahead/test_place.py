"""Rates that fit the place, what moves the number most, and what else is published."""

import math
import re

import pytest

from sendlib.answer import MODES
from sendlib.areas import ENGLAND
from sendlib.questions.looking_ahead import expected_children as children
from sendlib.questions.looking_ahead import handover, place_rates, residents
from sendlib.tables import life_limiting
from tests.questions.looking_ahead.asking import ask, beside_the_lead
from tests.spoiled import without

TOWER_HAMLETS, PLYMOUTH, CUMBERLAND, CITY = "211", "879", "942", "201"


def ways(answer):
    return answer.tables["place"].data.set_index("way")


def test_the_ratio_of_the_older_rates_is_that_of_a_plain_sum_over_the_pupils(store):
    pupils = store.table("pupil_ethnicity").astype({"area_code": str, "group": str})
    by_beginning = {"asian_indian": 48, "asian_pakistani": 48, "asian_bangladeshi": 48, "black": 42, "white": 27}

    def mean(code):
        total = rated = 0.0
        for row in pupils[pupils["area_code"].eq(code) & pupils["group"].ne("unclassified")].itertuples():
            rate = next((rate for begins, rate in by_beginning.items() if row.group.startswith(begins)), 31)
            total, rated = total + row.value, rated + rate * row.value
        return rated / total

    ratios = place_rates.ratios(store, life_limiting.shipped())
    for code, about in ((TOWER_HAMLETS, 1.4), (PLYMOUTH, 0.9)):
        assert ratios[code] == pytest.approx(mean(code) / mean(ENGLAND))
        assert ratios[code] == pytest.approx(about, abs=0.02)
    assert ratios.notna().all() and ratios[CUMBERLAND] == pytest.approx(mean("909") / mean(ENGLAND))


def test_of_an_area_with_a_missing_number_no_ratio_is_worked_out(store):
    spoiled = without(store, "pupil_ethnicity", area_code=PLYMOUTH, group="asian_indian")
    ratios, whole = (place_rates.ratios(one, life_limiting.shipped()) for one in (spoiled, store))
    assert math.isnan(ratios[PLYMOUTH]) and ratios[TOWER_HAMLETS] == pytest.approx(whole[TOWER_HAMLETS])


@pytest.mark.parametrize("rates", place_rates.WAYS)
def test_by_every_way_all_authorities_together_are_england(store, rates):
    shared = children.shared_out(store, life_limiting.shipped(), "ons-2022", residents.TARGET, rates)
    assert sum(shared.alone.values()) == pytest.approx(1)
    regions = [part for code, part in shared.part.items() if re.fullmatch(r"E12\d{6}", code)]
    assert len(regions) == 9 and sum(regions) == pytest.approx(1)


@pytest.mark.parametrize("code", [TOWER_HAMLETS, CITY, CUMBERLAND, "E12000007", "420"])
def test_a_way_that_was_chosen_is_named_in_every_mode_and_moves_every_number(store, areas, code):
    usual, chosen = ask(store, areas.get(code)), ask(store, areas.get(code), rates="ethnicity")
    row = ways(usual).loc["Older rates by ethnic group"]
    assert [figure.value for figure in chosen.figures[1:]] == [row["low"], row["high"]]
    for mode in MODES:
        assert "as chosen" in chosen.headline.in_mode(mode) and "as chosen" not in usual.headline.in_mode(mode)
    assert "Numbers by older rates by ethnic group, as chosen." in beside_the_lead(chosen, "show")
    assert ways(chosen).equals(ways(usual))  # the alternatives stand beside each other whatever is chosen


def test_deprivation_has_no_rates_and_says_so_with_what_is_known_of_the_place(store, areas):
    answer = ask(store, areas.get(PLYMOUTH))
    row = ways(answer).loc["Rates by deprivation"]
    assert row["status"] == "not_available" and row[["ratio", "low", "high"]].isna().all()
    said = " ".join(note.text.explore for note in answer.notes_about("place"))
    assert "Rates by deprivation are not available" in said and "37.9% of the children aged 0 to 15 in Plymouth" in said
    assert "published in 2012" in said and "Pupils of 2021/22" in said


def test_what_moves_2030_most_is_in_order_and_agrees_with_the_tables(store, areas):
    for code in (TOWER_HAMLETS, ENGLAND, CITY):
        answer = ask(store, areas.get(code))
        moved = answer.tables["moves"].data.set_index("what")["change"]
        assert moved.is_monotonic_decreasing and moved["Growth of the rate"] == pytest.approx(100 * (84.22 / 67 - 1))
        assert ("Rates for the place" in moved) == (code != ENGLAND)
        line = next(note.text for note in answer.notes_about("fan") if "What moves 2030 most" in note.text.explore)
        assert f"{moved.index[0].lower()} ({moved.iloc[0]:.0f}%)" in line.explore
        assert not line.in_mode("families") and not line.in_mode("show")
    people = ask(store, areas.get(ENGLAND)).tables["populations"].data
    low = people.loc[people["scenario"].eq("Published low rate"), "children"]
    population = ask(store, areas.get(ENGLAND)).tables["moves"].data.set_index("what").loc["Population", "change"]
    assert population == pytest.approx(100 * (low.max() / low.min() - 1), abs=0.01)


def test_both_published_ratios_at_18_can_be_chosen(store, areas):
    evidence = life_limiting.shipped()
    usual = ask(store, areas.get(ENGLAND)).tables["handover"].data["low_rate"].iloc[0]
    for year, ratio in (("2009/10", 23.6 / 32), ("2000/01", 16.3 / 25)):
        answer = ask(store, areas.get(ENGLAND), at_18=year)
        rate, base = handover.rate_of_those(store, evidence, year)
        assert rate / base == pytest.approx(ratio)
        held, _ = handover.rate_of_those(store, evidence)
        assert answer.tables["handover"].data["low_rate"].iloc[0] == pytest.approx(usual * rate / held, abs=100)
        said = " ".join(note.text.explore for note in answer.notes_about("handover"))
        assert f"{100 * ratio:.0f}% of the rate at all ages" in said and year in said


def test_survival_and_deaths_are_said_to_analysts_and_in_no_other_mode(store, areas):
    answer = ask(store, areas.get(PLYMOUTH))
    said = answer.tables["survival"].how_to_read
    assert "10.4% died during the 17 years" in said.explore and "8.4% before they were 20" in said.explore
    assert "among those under 1 year of age but also among young adults" in said.explore
    assert "higher in areas of higher deprivation" in said.explore
    for mode in ("show", "families"):
        words = [table.how_to_read.in_mode(mode) for table in answer.tables.values()]
        words += [note.text.in_mode(mode) or "" for note in answer.notes]
        assert not re.search(r"\bdie[sd]?\b|\bdeath|terminal|surviv", " ".join(words))


def test_the_diagnoses_are_the_277_of_the_list_each_in_its_chapter(store, areas):
    answer = ask(store, areas.get(PLYMOUTH))
    rows, codes = answer.tables["codes"].data, store.table("life_limiting_codes")
    assert rows["number"].sum() == len(codes) == 277
    listed = [one.split(" ", 1) for text in rows["codes"] for one in text.split("; ")]
    assert {tuple(one) for one in listed} == set(zip(codes["code"].astype(str), codes["description"], strict=True))
    assert "no reasonable hope of cure" in answer.tables["codes"].how_to_read.explore


def test_every_figure_of_other_studies_has_its_document(store, areas):
    answer = ask(store, areas.get(PLYMOUTH))
    for name in ("elsewhere", "survival"):
        table = answer.tables[name]
        cited = {source.publication for source in answer.sources[table.sources[0]]}
        assert set(table.data["source"]) <= cited and table.data["value"].str.len().gt(0).all()
    places = set(answer.tables["elsewhere"].data["place"])
    assert {"Wales", "Scotland", "Northern Ireland", "United Kingdom"} <= places
    complexity = answer.tables["complexity"]
    assert set(complexity.data["published"]) == {"No"} and "CSDS" in complexity.how_to_read.explore
    assert any("echnology dependence" in what for what in complexity.data["what"])
