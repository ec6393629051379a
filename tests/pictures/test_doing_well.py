"""Pictures of Doing well: every figure of the tables is drawn and no other, and what is left out is said."""

import json
import re

import pytest

from sendlib import pictures, service
from sendlib.answer import MODES
from sendlib.compared import comparators
from sendlib.questions.doing_well import QUESTION
from sendlib.questions.doing_well.notes import NO_PICTURE

ENGLAND, SCILLY, RUTLAND, CUMBERLAND = "E92000001", "420", "857", "942"
KINDS = ["370", "879", RUTLAND, CUMBERLAND, "E12000001", ENGLAND, SCILLY]


@pytest.fixture(scope="module")
def answers(store, areas):
    return {code: QUESTION.ask(store, areas.get(code), comparators.DEFAULT, {}) for code in KINDS}


def drawn(answer, table, mode="explore", **asked):
    if QUESTION.figures_change(asked):
        answer = service.ask(QUESTION, answer.area.code, comparators.DEFAULT, asked)
    return pictures.of(answer.choosing(asked), table, mode)


def keys(picture):
    return [entry.words for entry in picture.legend]


@pytest.mark.parametrize("mode", ("explore", "show"))
def test_both_groups_stand_side_by_side_on_one_axis(answers, mode):
    for code in ("370", ENGLAND):
        plan, support = drawn(answers[code], "stages", mode)
        assert plan.across and support.across
        assert plan.heading.endswith(": EHC plan") and support.heading.endswith(": SEN support")
        first, second = (picture.spec["layer"][-1]["encoding"]["x"]["scale"]["domain"] for picture in (plan, support))
        assert first == second


def test_families_see_the_gaps_of_whom_the_title_names(answers):
    for answer in answers.values():
        (shown,) = drawn(answer, "stages", "families")
        named = re.search(r", (EHC plan|SEN support):", answer.title.in_mode("families"))
        assert shown.nothing or named is None or shown.heading.endswith(named[1]), answer.area.name


def test_every_gap_of_the_table_has_a_mark_and_no_other(answers):
    for answer in answers.values():
        if answer.area.code == SCILLY:
            continue
        table = answer.tables["stages"].data
        columns = ["gap", "comparator_gap", "england_gap"]
        if answer.area.code == ENGLAND:  # set beside its own parts, it has the ends between which they lie
            columns = ["gap", "comparator_low", "comparator_high"]
        marks = sum(len(picture.data) for picture in drawn(answer, "stages"))
        assert marks == table[columns].notna().sum().sum(), answer.area.name


def test_the_words_of_the_gaps_are_those_of_the_mode(answers):
    answer = answers["370"]
    assert keys(drawn(answer, "stages")[0]) == ["Barnsley", "Mean of its ten statistical neighbours", "England"]
    assert keys(drawn(answer, "stages", "families")[0]) == ["Barnsley", "Average of ten similar areas", "England"]
    axis = {mode: json.dumps(drawn(answer, "stages", mode)[0].spec["layer"][-1]["encoding"]["x"]) for mode in MODES}
    assert '"Gap, points"' in axis["explore"] and "How many fewer of every 100" in axis["families"]
    assert drawn(answer, "stages", "show")[0].heading == "Gap in points: EHC plan", "the unit is in the heading"


def test_a_picture_of_gaps_says_its_numbers_in_words(answers):
    answer = answers["370"]
    row = answer.tables["stages"].data.iloc[0]
    alt = drawn(answer, "stages")[0].alt.explore
    assert f"Early years, age 5: 2024/25, to all children: Barnsley {row['gap']:.1f}" in alt


def test_rows_without_a_mark_are_named_in_explore_only(answers):
    answer = answers[CUMBERLAND]
    plan = drawn(answer, "stages")[0]
    assert any(text.startswith("Not available for Cumberland: Level 2") for text in plan.below)
    assert drawn(answer, "stages", "show")[0].below == ()
    assert drawn(answer, "stages", "families")[0].below == ("With SEN support: see the numbers.",)


def test_a_mean_that_is_not_given_is_named_with_its_reason_and_not_in_the_key(store, areas):
    answer = QUESTION.ask(store, areas.get("879"), "370,933", {})
    for table in ("stages", "attendance", "care", "care_over_time", "home_education"):
        picture = drawn(answer, table)[0]
        assert "The mean of the 2 authorities chosen is not available: a mean needs 3 areas." in picture.below, table
        assert keys(picture) == ["Plymouth", "England"], table


def test_who_has_no_figure_is_named_where_that_is_why_there_is_no_mean(store, areas):
    answer = QUESTION.ask(store, areas.get("879"), "420,201,370", {})
    below = " ".join(drawn(answer, "attendance")[0].below)
    assert "only 1 of 3 has one. Without a figure: Isles of Scilly and City of London (fewer than 50 plans)." in below


def test_one_area_compared_is_in_the_key_under_its_own_name(store, areas):
    answer = QUESTION.ask(store, areas.get("879"), "370", {})
    for table in ("stages", "attendance", "care", "care_over_time", "home_education"):
        assert keys(drawn(answer, table)[0]) == ["Plymouth", "Barnsley", "England"], table
    assert keys(drawn(answer, "stages", "families")[0])[1] == "Barnsley"


@pytest.mark.parametrize("mode", MODES)
def test_of_too_few_children_no_picture_is_drawn_and_it_says_why(answers, mode):
    (picture,) = drawn(answers[SCILLY], "stages", mode)
    assert picture.nothing == NO_PICTURE and not picture.spec
    for table in ("over_time", "care", "care_over_time"):
        (picture,) = drawn(answers[SCILLY], table, mode)
        assert picture.nothing and not picture.spec, table
    own, england = drawn(answers[SCILLY], "sum", mode)
    assert own.nothing == NO_PICTURE and england.spec


def test_the_chosen_stage_and_whose_it_is_are_drawn_with_the_breaks_of_that_stage(answers):
    answer = answers["370"]
    (picture,) = drawn(answer, "over_time", stage_over_time="attainment_8", whose_over_time="england")
    assert "Attainment 8" in picture.alt.explore and ", England. Lines, Score" in picture.alt.explore
    assert picture.below[0].startswith("Breaks: 1: from 2016/17, the score could reach 87")
    (picture,) = drawn(answer, "over_time", stage_over_time="phonics_standard")
    assert "No tests in 2019/20 and 2020/21." in picture.below
    years = picture.data.loc[picture.data["period"].isin(["2019/20", "2020/21"]), "number"]
    assert len(years) and years.isna().all()


def test_every_stage_of_everybody_is_drawn_or_says_that_there_is_nothing(answers):
    for answer in answers.values():
        for stage in answer.offered["stage_over_time"].options:
            for whose in answer.offered["whose_over_time"].options:
                (picture,) = drawn(answer, "over_time", stage_over_time=stage, whose_over_time=whose)
                assert bool(picture.spec) != bool(picture.nothing)


def test_a_council_without_a_figure_yet_has_no_lines_and_the_reason_below(answers):
    (picture,) = drawn(answers[CUMBERLAND], "over_time", stage_over_time="level_2")
    assert picture.nothing and any("Cumberland did not exist yet in 2015/16" in text for text in picture.below)


def test_the_chosen_measure_of_attendance_is_drawn_of_every_kind_of_school(answers):
    answer = answers["879"]
    for measure, words in answer.offered["attendance_measure"].options.items():
        (picture,) = drawn(answer, "attendance", attendance_measure=measure)
        rows = answer.tables["attendance"].data
        held = rows.loc[rows["what"].eq(words), ["reached", "comparator_reached", "england_reached"]]
        assert len(picture.data) == held.notna().sum().sum() and words in picture.alt.explore


def test_the_chosen_children_are_drawn_in_care_and_over_time(answers):
    answer = answers["879"]
    (picture,) = drawn(answer, "care", care_group="protection_plan")
    assert "protection plan" in picture.alt.explore
    (picture,) = drawn(answer, "care_over_time", care_time_children="share_of_in_need", care_time_sen="sen_support")
    assert "In need, of school age, SEN support" in picture.alt.explore
    assert keys(picture) == ["Plymouth", "Mean of its ten statistical neighbours", "England"]


def test_what_a_publisher_hides_is_named_below_the_picture_and_has_no_mark(answers):
    below = " ".join(text for group in ("in_need", "protection_plan") for text in drawn_below(answers, group))
    assert "Hidden to protect children's privacy for Rutland" in below


def drawn_below(answers, group):
    return drawn(answers[RUTLAND], "care", care_group=group)[0].below


def test_home_education_has_its_break_where_collection_changed(answers):
    (picture,) = drawn(answers["370"], "home_education")
    assert picture.below[0].startswith("Breaks: 1: from 2023, DfE collects each plan by itself")
    assert picture.spec["layer"][0]["data"]["values"] == [{"period": "2023", "label": "1"}]


def test_destinations_have_totals_apart_from_needs(answers):
    totals, needs = drawn(answers["370"], "destinations")
    assert totals.heading == "By SEN status" and needs.heading == "By primary need of those with SEN"
    assert len(totals.data) == 4 and "No identified SEN: 94.4" in totals.alt.explore


def test_every_picture_has_a_key_of_its_own_and_says_what_is_in_it(answers):
    for answer in answers.values():
        found = [picture for table in answer.tables for picture in drawn(answer, table)]
        assert len({picture.key for picture in found}) == len(found)
        for picture in found:
            assert bool(picture.spec) != bool(picture.nothing) and picture.alt.explore
            assert "nan" not in f"{picture.alt.explore} {picture.below} {picture.nothing}".replace("Nan", "")
