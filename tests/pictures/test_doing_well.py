"""Pictures of Doing well: every figure of the tables is drawn and no other, and what is left out is said."""

import json
import re

import pandas as pd
import pytest

from sendlib import pictures, service
from sendlib.answer import MODES
from sendlib.answer.numbers import written
from sendlib.compared import comparators
from sendlib.questions.doing_well import QUESTION
from sendlib.questions.doing_well.notes import NO_PICTURE

ENGLAND, SCILLY, RUTLAND, CUMBERLAND = "E92000001", "420", "857", "942"
OF_THREE = (
    "attendance",
    "attendance_by_sen",
    "neet",
    "next_steps",
    "care",
    "care_over_time",
    "home_education",
    "money",
)
"""Tables whose pictures have the area, those compared and England."""
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
        assert "[0, 100]" in json.dumps(plan.spec) and "[0, 100]" in json.dumps(support.spec)


def test_families_see_the_gaps_of_whom_the_title_names(answers):
    for answer in answers.values():
        (shown,) = drawn(answer, "stages", "families")
        named = re.search(r", (EHC plan|SEN support):", answer.title.in_mode("families"))
        assert shown.nothing or named is None or shown.heading.endswith(named[1]), answer.area.name


def test_a_row_has_the_two_figures_of_its_stage_and_the_gap_between_them_with_their_numbers(answers):
    for answer in answers.values():
        if answer.area.code == SCILLY:
            continue
        table = answer.tables["stages"].data
        for mode in ("explore", "show"):
            shown = pd.concat([picture.data for picture in drawn(answer, "stages", mode) if picture.spec])
            for column, name in (("reached", "with"), ("reached_without", "without"), ("gap", "gap")):
                assert sorted(table[column].dropna()) == sorted(shown[name].dropna()), answer.area.name
            for name in ("with", "without", "gap"):
                words = shown.loc[shown[name].notna(), f"{name}_words"]
                values = shown[name].dropna()
                assert [word.removeprefix("gap ") for word in words] == [written(value, 1) for value in values]


def test_numbers_stand_on_the_outer_sides_of_their_dots_and_clear_of_the_gap(answers):
    for answer in answers.values():
        for mode, room in (("explore", 27), ("show", 33), ("families", 27)):
            for picture in drawn(answer, "stages", mode):
                for _, row in picture.data.dropna(subset=["gap"]).iterrows() if picture.spec else ():
                    assert {row["with_side"], row["without_side"]} == {"left", "right"}
                    left = "with" if row["with_side"] == "left" else "without"
                    assert row[left] == min(row["with"], row["without"])
                    assert (row["gap_at"] == "line") == (abs(row["gap"]) >= room), "on its line only where it has room"


def test_the_gap_elsewhere_is_that_of_the_table_in_the_words_of_the_mode(answers):
    answer = answers["370"]
    row = answer.tables["stages"].data.iloc[0]
    ends = f"those compared {row['comparator_low']:.1f} to {row['comparator_high']:.1f}"
    england = f"England {row['england_gap']:.1f}"
    for mode in ("explore", "show"):
        assert drawn(answer, "stages", mode)[0].data["elsewhere"].iloc[0] == f"Gap elsewhere: {ends}, {england}"
    plain = f"Gap elsewhere: average of ten similar areas {row['comparator_gap']:.1f}, {england}"
    assert plain in list(drawn(answer, "stages", "families")[0].data["elsewhere"])
    assert keys(drawn(answer, "stages")[0]) == ["With SEND", "Others in the same area", "Gap"]
    assert drawn(answer, "stages", "show")[0].heading == "Gap in points: EHC plan", "the unit is in the heading"


def test_a_picture_of_gaps_says_its_numbers_in_words(answers):
    answer = answers["370"]
    row = answer.tables["stages"].data.iloc[0]
    figures = f"with SEND {row['reached']:.1f}, others {row['reached_without']:.1f}, gap {row['gap']:.1f}"
    assert f"Early years, age 5: 2024/25, to all children: {figures}" in drawn(answer, "stages")[0].alt.explore


def test_rows_without_a_mark_are_named_in_explore_only(answers):
    answer = answers[CUMBERLAND]
    plan = drawn(answer, "stages")[0]
    assert any(text.startswith("Not available for Cumberland: Level 2") for text in plan.below)
    assert drawn(answer, "stages", "show")[0].below == ()
    assert drawn(answer, "stages", "families")[0].below == ("With SEN support: see the numbers.",)


def test_a_mean_that_is_not_given_is_named_with_its_reason_and_not_in_the_key(store, areas):
    answer = QUESTION.ask(store, areas.get("879"), "370,933", {})
    for table in ("stages", *OF_THREE):
        picture = drawn(answer, table)[0]
        assert "The mean of the 2 authorities chosen is not available: a mean needs 3 areas." in picture.below, table
        assert table == "stages" or keys(picture) == ["Plymouth", "England"], table


def test_who_has_no_figure_is_named_where_that_is_why_there_is_no_mean(store, areas):
    answer = QUESTION.ask(store, areas.get("879"), "420,201,370", {})
    below = " ".join(drawn(answer, "attendance")[0].below)
    assert "only 1 of 3 has one. Without a figure: Isles of Scilly and City of London (fewer than 50 plans)." in below


def test_one_area_compared_is_in_the_key_under_its_own_name(store, areas):
    answer = QUESTION.ask(store, areas.get("879"), "370", {})
    for table in OF_THREE:
        assert keys(drawn(answer, table)[0]) == ["Plymouth", "Barnsley", "England"], table
    for mode in MODES:
        assert drawn(answer, "stages", mode)[0].data["elsewhere"].str.startswith("Gap elsewhere: Barnsley ").all()


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
            said = f"{picture.alt.explore} {picture.below} {picture.nothing}"
            assert not re.search(r"\bnan\b", said)
