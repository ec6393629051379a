"""Is a need rising here faster than elsewhere? The table, the sentence and the small pictures, on made-up years."""

from dataclasses import replace

import pytest

from sendlib import pictures
from sendlib.answer import MODES, each
from sendlib.compared import cohorts
from sendlib.compared.comparators import DEFAULT, choose, known_areas, store_for
from sendlib.compared.widened import directory
from sendlib.errors import UnknownChoice
from sendlib.questions import needs
from sendlib.questions.needs import over_time, over_time_words
from tests.over_years import BARNSLEY, CUMBERLAND, ISLE_OF_WIGHT, PLYMOUTH


def area_in(base, code):
    area = directory(base).find(code).area
    return store_for(base, area), area


def said(base, who, code=PLYMOUTH, versus=DEFAULT):
    store, area = area_in(base, code)
    return over_time_words.sentence(store, area, choose(store, area, versus), cohorts.COHORTS[who])


def notes(base, who, code):
    store, area = area_in(base, code)
    found = over_time_words.notes(store, area, choose(store, area, DEFAULT), cohorts.COHORTS[who])
    return [(note.kind, note.text.explore) for note in found]


def table(base, who, code=PLYMOUTH, versus=DEFAULT):
    store, area = area_in(base, code)
    return over_time.tables(store, area, choose(store, area, versus), cohorts.COHORTS[who])


@pytest.fixture(scope="module")
def answer(over_years):
    return needs.ask(over_years, known_areas(over_years).get(PLYMOUTH), DEFAULT, {})


def test_the_largest_rise_is_told_with_its_base_its_numbers_and_what_it_was_elsewhere(over_years):
    assert said(over_years, cohorts.PLANS) == (
        "The share of plans that name social, emotional and mental health rose in Plymouth from 29.1% of 3,070 plans"
        " with a recorded need in January 2025 (894) to 35.4% of 3,370 in January 2026 (1,194). Among its ten"
        " statistical neighbours the mean stayed at 22.4%: it rose faster here. None of these 10 rose by as much."
    )


@pytest.mark.parametrize("who", [cohorts.SEN_SUPPORT, cohorts.PLAN_IN_SCHOOLS, cohorts.ALL_SEN])
def test_pupils_of_every_cohort_have_the_sentence_of_their_own(over_years, who):
    cohort = cohorts.COHORTS[who]
    told = said(over_years, who)
    assert told.startswith(f"The share of {cohort.that_name('social, emotional and mental health')} rose in Plymouth")
    assert f" {cohort.counted} in 2021/22 (" in told and " in 2025/26 (" in told and "it rose faster here" in told


def test_where_nothing_rose_by_more_than_chance_that_is_all_that_is_said(over_years):
    assert said(over_years, cohorts.PLANS, BARNSLEY) == (
        "No need's share of plans in Barnsley rose by more than chance between January 2025 (3,044 plans with a"
        " recorded need) and January 2026 (3,044)."
    )


def test_one_area_alone_is_compared_under_its_own_name_and_nobody_is_counted_up(over_years):
    told = said(over_years, cohorts.PLANS, versus="878")
    assert " In Devon it stayed at " in told and "it rose faster here." in told and "of these" not in told


@pytest.mark.parametrize(
    ("who", "code", "words"),
    [
        (cohorts.PLANS, "201", "Fewer than 50 plans with a recorded need in the City of London"),
        (cohorts.ALL_SEN, "420", "Fewer than 50 pupils with SEN in the Isles of Scilly"),
        (cohorts.PLANS, ISLE_OF_WIGHT, "in the Isle of Wight are held for January 2025 alone"),
        (cohorts.ALL_SEN, CUMBERLAND, "in Cumberland are held for 2025/26 alone"),
    ],
)
def test_of_too_few_children_or_one_year_nothing_is_said_of_change(over_years, who, code, words):
    told = said(over_years, who, code)
    assert words in told and told.endswith("nothing can be said of change.")


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (cohorts.PLANS, "Needs are held for January 2025 alone: nothing can be said of change."),
        (cohorts.ALL_SEN, "One census is held, that of 2022/23: nothing can be said of change."),
        (cohorts.SEN_SUPPORT, "The census that is held, of 2022/23, does not tell pupils with SEN support apart:"),
    ],
)
def test_with_what_is_shipped_nothing_is_said_of_change_and_a_refresh_brings_more(store, who, words):
    told = said(store, who)
    assert told.startswith(words) and "A refresh brings every" in told


def test_a_missing_cell_and_years_before_an_authority_began_are_named(over_years):
    assert ("missing", "Hearing impairment: not available in January 2026.") in notes(
        over_years, cohorts.PLANS, BARNSLEY
    )
    assert ("missing", "Not available for the Isle of Wight: January 2026.") in notes(
        over_years, cohorts.PLANS, ISLE_OF_WIGHT
    )
    began = "Cumberland has figures from 2025/26 on: before, the figures are those of Cumbria."
    assert ("missing", began) in notes(over_years, cohorts.ALL_SEN, CUMBERLAND)


def test_the_break_of_down_syndrome_is_said_of_pupils_and_its_absence_of_plans(over_years):
    breaks = {who: dict(notes(over_years, who, PLYMOUTH)).get("break", "") for who in cohorts.COHORTS}
    assert "stays within that in every year" in breaks.pop(cohorts.PLANS)
    assert all("a need of its own from 2025/26 on" in text for text in breaks.values())


@pytest.mark.parametrize("who", list(cohorts.COHORTS))
@pytest.mark.parametrize("code", ["E12000009", "E92000001", "QJK", "878,879,880", "201", "420", "940"])
def test_every_kind_of_area_has_the_table_of_every_cohort(over_years, who, code):
    held = table(over_years, who, code)
    data = held["needs_over_time"].data
    assert data["period"].nunique() == len(cohorts.periods(over_years, who))
    assert ("england" in data) == (code != "E92000001")
    told = said(over_years, who, code)
    assert told.endswith(".") and "nan" not in told


def test_the_table_has_each_need_in_the_periods_that_tell_it_apart_and_the_change(over_years):
    data = table(over_years, cohorts.ALL_SEN)["needs_over_time"].data
    assert data[data["need"].eq("ds")]["period"].tolist() == ["2025/26"]
    semh = data[data["need"].eq("semh")].set_index("period")
    assert semh["change"]["2025/26"] == pytest.approx(semh["share"]["2025/26"] - semh["share"]["2021/22"])
    assert semh["change"].isna().tolist() == [True, False, False]
    assert semh["beyond_chance"].tolist() == ["", "no", "yes"]


def test_the_needs_stand_in_the_order_of_the_mix(answer):
    order = list(dict.fromkeys(answer.tables["needs_over_time"].data["need"]))
    assert order == answer.tables["mix"].data["need"].tolist()


def test_the_means_are_made_of_the_single_lines_that_are_not_left_out(over_years):
    held = table(over_years, cohorts.PLANS, versus="region")
    means = held["needs_over_time"].data.set_index(["need", "period"])["comparator_mean"]
    single = each.of_those_compared(held["needs_over_time_each"].data).astype(
        {"need": str, "period": str, "left_out": str}
    )
    assert set(single.loc[single["left_out"].ne(""), "area"].astype(str)) == {"Isles of Scilly"}
    found = single[single["left_out"].eq("")].groupby(["need", "period"])["share"].mean()
    assert found.to_dict() == pytest.approx(means.to_dict())


def test_each_is_drawn_from_the_start_where_few_are_compared_and_not_where_many_are(over_years):
    area = known_areas(over_years).get(PLYMOUTH)
    drawn = {
        versus: each.are_drawn(needs.ask(over_years, area, versus, {}), "needs_over_time")
        for versus in ("neighbours-2025", "england")
    }
    assert drawn == {"neighbours-2025": True, "england": False}


@pytest.mark.parametrize("mode", MODES)
def test_a_small_picture_a_need_with_the_last_share_printed_and_one_key(answer, mode):
    drawn = pictures.of(answer, "needs_over_time", mode)
    assert [one.heading for one in drawn] == answer.tables["mix"].data["name"].tolist()
    assert {tuple(entry.words for entry in one.legend) for one in drawn} == {
        ("Plymouth", "Mean of its ten statistical neighbours", "Each of its ten statistical neighbours")
    }
    semh = next(one for one in drawn if one.key == "needs_over_time_semh")
    assert semh.data.loc[semh.data["label_at"].ne(""), "label_at"].tolist() == ["35.4%"]
    assert "Plymouth: 29.1 in January 2025 to 35.4 in January 2026" in semh.alt.in_mode(mode)
    assert all(one.across for one in drawn)


def ends_of(drawn):
    return {
        one.key.removeprefix("needs_over_time_"): (axis["scale"]["domain"][1], axis["axis"]["title"])
        for one in drawn
        for axis in [one.spec["layer"][-1]["encoding"]["y"]]
    }


def test_large_needs_share_a_scale_and_a_small_one_has_its_own_and_says_so(answer):
    ends = ends_of(pictures.of(answer, "needs_over_time", "explore"))
    assert ends["semh"] == ends["asd"] == ends["slcn"] and ends["semh"][1] == "%"
    assert ends["msi"][0] <= 1 and ends["msi"][1] == "%, own scale"


def test_numbers_are_drawn_of_the_area_alone(over_years, answer):
    counted = needs.ask(over_years, answer.area, DEFAULT, {"trend_of": "count"})
    semh = next(one for one in pictures.of(counted, "needs_over_time", "explore") if one.key == "needs_over_time_semh")
    assert set(semh.data["line"]) == {"Plymouth"} and semh.data["number"].tolist() == [894, 1194]
    assert semh.data["label_at"].tolist() == ["", "1,194"]
    with pytest.raises(UnknownChoice):
        needs.ask(over_years, answer.area, DEFAULT, {"trend_of": "rank"})


def test_a_census_that_is_not_held_is_a_gap_and_the_break_is_an_upright_line(over_years, answer):
    held = table(over_years, cohorts.ALL_SEN)
    drawn = pictures.of(replace(answer, tables={**answer.tables, **held}), "needs_over_time", "explore")
    semh = next(one for one in drawn if one.key == "needs_over_time_semh")
    own = semh.data[semh.data["line"].eq("Plymouth")].set_index("period")["number"]
    assert own.isna().to_dict() == {
        "2021/22": False,
        "2022/23": False,
        "2023/24": True,
        "2024/25": True,
        "2025/26": False,
    }
    rules = [layer["data"]["values"] for layer in semh.spec["layer"] if "data" in layer]
    assert rules[0] == [{"period": "2025/26", "label": " "}] and not semh.below
    assert "upright dashed line is 2025/26" in held["needs_over_time"].how_to_read.explore


def test_with_one_year_nothing_is_drawn_and_that_is_said(store, areas):
    answer = needs.ask(store, areas.get(PLYMOUTH), DEFAULT, {})
    (drawn,) = pictures.of(answer, "needs_over_time", "explore")
    assert drawn.nothing and "Change, points" not in answer.tables["needs_over_time"].readable()
    assert answer.notes_about("needs_over_time")[0].text.explore == said(store, cohorts.PLANS)
