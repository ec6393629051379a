"""Rules that hold over the whole answer of Doing well: too few children, means, kinds of missing, caveats."""

import re

import numpy as np
import pandas as pd
import pytest

from sendlib.answer import FULL, NOBODY, TOO_FEW, missing
from sendlib.compared import comparators
from sendlib.compared.comparators import Comparators
from sendlib.errors import UnknownChoice
from sendlib.questions import doing_well
from sendlib.questions.doing_well import beside, choices, five_outcomes, outcome_cube, stages, stages_over_time
from sendlib.questions.doing_well import sum_definitions as named
from sendlib.tables.outcomes import BREAKS
from sendlib.tables.symbols import HIDDEN, NOT_APPLICABLE, NOT_AVAILABLE, VALUE

ENGLAND, RUTLAND, CUMBERLAND = "E92000001", "857", "942"
FEW = ["420", "201"]
KINDS = ["370", RUTLAND, CUMBERLAND, "204", "873", "E12000001", ENGLAND, *FEW]


def ask(store, area, versus=comparators.DEFAULT, **asked):
    return doing_well.QUESTION.ask(store, area, versus, asked)


@pytest.fixture(scope="module")
def answers(store, areas):
    return {code: ask(store, areas.get(code)) for code in KINDS}


def notes(answer, kind):
    return " ".join(note.text.explore for note in answer.notes if note.kind == kind)


def beside_the_picture(answer, mode):
    return " ".join(note.text.in_mode(mode) for note in answer.notes_about("stages"))


@pytest.mark.parametrize("code", FEW)
def test_of_too_few_children_nothing_is_compared_in_any_figure_or_table(answers, code):
    answer = answers[code]
    assert answer.comparators == "" and "nothing is compared with other authorities" in notes(answer, "caution")
    assert not any(figure.direction for figure in answer.figures) and not any(
        "neighbours" in figure.comparison.explore for figure in answer.figures
    )
    for name, table in answer.tables.items():
        for column in ("comparator_gap", "comparator_reached"):
            assert column not in table.data or table.data[column].isna().all(), (name, column)
        if "group" in table.data:
            assert not table.data["group"].str.startswith("Mean of").any(), name
    assert list(answer.tables["sum_compared"].data["area"]) == [answer.area.name, "England"]


@pytest.mark.parametrize("code", FEW)
def test_rates_by_sen_of_too_few_children_stand_as_published_in_explore_and_nowhere_large(store, answers, code):
    tables = {name: table.data for name, table in answers[code].tables.items()}
    own = tables["over_time"][tables["over_time"]["group"].eq(answers[code].area.name)]
    held = store.rows("outcomes", code)
    published = held[held["group"].astype(str).isin(["ehc_plan", "sen_support"]) & held["value"].notna()]
    with_send = own["pupils_with"].isin(["EHC plan or statement", "SEN support"]) & own["reached"].notna()
    assert with_send.any() == bool(len(published)) and not own["status"].eq(HIDDEN).any()
    assert tables["five_outcomes"]["reached"].isna().all()
    for mode in ("show", "families"):
        assert answers[code].tables["stages"].data_in(mode)[["reached", "gap"]].isna().all(axis=None)


def test_figures_of_too_few_children_can_not_be_read_from_a_mean_of_one(store, areas):
    answer = ask(store, areas.get("908"), "420")
    assert (
        answer.tables["stages"].data["comparator_gap"].isna().all()
        and answer.tables["five_outcomes"].data["comparator_reached"].isna().all()
    )


def test_a_tile_has_the_figure_of_the_table_unless_it_is_of_a_handful_of_children(answers):
    for answer in answers.values():
        tile = answer.tables["five_outcomes"].data.set_index("outcome").loc["Ambitious"]
        row = (
            answer.tables["stages"]
            .data.query("stage.str.startswith('After key stage 4') and pupils_with == 'EHC plan'")
            .iloc[0]
        )
        assert tile["measured_in"] == row["measured_in"] and (
            tile["reached"] == row["reached"]
            or (np.isnan(tile["reached"]) and np.isnan(row["reached"]))
            or (np.isnan(tile["reached"]) and answer.state == "too_few")
        )


def test_families_sentences_are_whole_where_a_figure_is_missing(answers):
    for answer in answers.values():
        for _, row in answer.tables["five_outcomes"].data.iterrows():
            said = row["in_words"]
            assert "The share " not in said and "nan" not in said
            if np.isnan(row["reached"]) and row["measured_in"] != "not measured":
                assert said.startswith("How many young people") and re.search(r" \d{4}/\d\d.*?: [a-z]", said)


def test_a_council_that_did_not_exist_yet_does_not_apply(answers):
    tables = {name: table.data for name, table in answers[CUMBERLAND].tables.items()}
    own = tables["home_education"][tables["home_education"]["group"].eq("Cumberland")].set_index("period")["status"]
    assert (
        own[own.index < "2023-04"].eq(NOT_APPLICABLE).all()
        and tables["care"].iloc[:9]["status"].eq(NOT_APPLICABLE).all()
    )
    sums = tables["sum_by_january"].set_index("period")["status"]
    assert sums[sums.index < "2023-04"].eq(NOT_APPLICABLE).all() and len(sums) == 16


def test_only_the_reason_that_applies_is_given(answers):
    over_time = answers[CUMBERLAND].tables["over_time"].data
    phonics = over_time[over_time["what"].str.contains("phonics")]
    own = " ".join(stages_over_time.not_drawn(phonics[phonics["group"].eq("Cumberland")], "phonics_standard"))
    england = " ".join(stages_over_time.not_drawn(phonics[phonics["group"].eq("England")], "phonics_standard"))
    assert "did not exist yet" in own and england == "No tests in 2019/20 and 2020/21."
    level = over_time[over_time["what"].eq("Qualified to level 2 by 19") & over_time["group"].eq("Cumberland")]
    assert "tests" not in " ".join(stages_over_time.not_drawn(level, "level_2"))


def test_what_is_not_drawn_is_named_by_its_kind_of_missing():
    rows = [("A", VALUE), ("B", HIDDEN), ("C", NOT_AVAILABLE), ("D", NOT_APPLICABLE)]  # made up
    assert missing.named("X", rows) == [
        "Hidden to protect children's privacy for X: B.",
        "Not available for X: C.",
        "Does not apply to X: D.",
    ]
    years = [(str(year), NOT_AVAILABLE if year < 2014 or year == 2016 else VALUE) for year in range(2010, 2018)]
    assert missing.named("X", years, in_time=True) == ["Not available for X: 2010 to 2013; 2016."]


def test_care_that_the_publisher_hides_is_said_to_be_hidden(answers):
    table = answers[RUTLAND].tables["care"].data
    assert table["status"].eq(HIDDEN).any()
    rows = table[table["children_who"].eq(table["children_who"].iloc[0])]
    assert any(
        text.startswith("Hidden to protect")
        for text in missing.named("Rutland", zip(rows["pupils_with"], rows["status"], strict=True))
    )


def rows_of(values):
    """Rows of a table with a mean of `values`, made up: three or more authorities by figures."""
    codes = ("370", "879", "908", "933", "860")[: len(values)]
    others = Comparators("picked", codes, f"the {len(values)} authorities chosen", "those chosen")
    statuses = np.where(np.isnan(values), NOT_AVAILABLE, VALUE).astype(object)
    return others, statuses


def test_a_mean_says_of_how_many_it_is_and_where_there_is_none_why_and_who_has_no_figure(store):
    values = np.array([[1.0, 1.0, np.nan], [3.0, np.nan, np.nan], [5.0, np.nan, np.nan], [np.nan, 2.0, np.nan]])
    others, statuses = rows_of(values)
    found = beside.of_those_compared(store, others, values, statuses)
    assert found.values[0] == 3 and np.isnan(found.values[1:]).all() and found.known.tolist() == [3, 2, 0]
    told = beside.of_means(others.label, ["A", "B", "C"], pd.DataFrame(found.columns))
    assert told == [
        "The mean of the 4 authorities chosen is not available at B: only 2 of 4 have one. Without a figure: Plymouth"
        " and Cornwall (not available).",
        "The mean of the 4 authorities chosen is not available at C: none of the 4 has one.",
        "The mean is of 3 of 4: A.",
    ]


def test_where_every_mean_is_missing_for_one_reason_it_is_said_once(store):
    values = np.array([[1.0, 2.0, 3.0], [3.0, 4.0, 5.0]])
    others, statuses = rows_of(values)
    found = beside.of_those_compared(store, others, values, statuses)
    told = beside.of_means(others.label, ["2019", "2020", "2021"], pd.DataFrame(found.columns), in_time=True)
    assert told == ["The mean of the 2 authorities chosen is not available: a mean needs 3 areas."]


def test_one_area_compared_stands_under_its_own_name(store, areas):
    answer = ask(store, areas.get("879"), "370")
    assert answer.comparators == "Barnsley" and answer.title.explore.endswith("gap than Barnsley")
    for name in ("over_time", "care_over_time", "home_education"):
        assert list(dict.fromkeys(answer.tables[name].data["group"])) == ["Plymouth", "Barnsley", "England"]
    for name in ("attendance", "care", "five_outcomes"):
        assert answer.tables[name].columns["comparator_reached"].heading == "Barnsley"
    said = repr(answer)
    assert "Mean of Barnsley" not in said and "mean of Barnsley" not in said and "average of Barnsley" not in said
    own = ask(store, areas.get("370")).tables["stages"].data["gap"]
    assert answer.tables["stages"].data["comparator_gap"].to_numpy() == pytest.approx(own.to_numpy())


def test_two_areas_have_no_mean_and_the_answer_says_that_it_needs_three(store, areas):
    answer = ask(store, areas.get("879"), "370,933")
    assert answer.tables["stages"].data["comparator_gap"].isna().all()
    assert answer.title.explore == "14 gaps known, but a mean needs 3 areas"
    for figure in answer.figures:
        assert "those chosen not available (a mean needs 3 areas)" in figure.comparison.explore and not figure.direction
        assert "the 2 councils chosen is not available (an average needs 3 areas)" in figure.comparison.families
    assert answer.state == FULL


def test_an_authority_too_small_counts_for_no_mean_and_is_named(store, areas):
    answer = ask(store, areas.get("879"), "420,201,370,933")
    row = answer.tables["attendance"].data.iloc[0]
    assert np.isnan(row["comparator_reached"]) and (row["areas_known"], row["areas_compared"]) == (2, 4)
    assert row["areas_without"] == "Isles of Scilly and City of London (fewer than 50 plans)"
    assert "those chosen not available (only 2 of 4 have one)" in answer.figures[0].comparison.explore


@pytest.mark.parametrize(
    ("code", "versus", "state"),
    [
        ("370", comparators.DEFAULT, FULL),
        ("420", comparators.DEFAULT, TOO_FEW),
        (CUMBERLAND, "neighbours-2021", NOBODY),
        (ENGLAND, comparators.DEFAULT, FULL),
        ("E12000001", comparators.DEFAULT, FULL),
    ],
)
def test_the_answer_says_what_could_be_answered(store, areas, code, versus, state):
    assert ask(store, areas.get(code), versus).state == state


def test_every_mean_of_the_answer_is_of_at_least_half_and_of_three(answers):
    columns = {"stages": "comparator_gap", "attendance": "comparator_reached", "care": "comparator_reached"}
    for answer in answers.values():
        for name, column in columns.items():
            table = answer.tables[name].data
            enough = (2 * table["areas_known"] >= table["areas_compared"]) & (table["areas_known"] >= 3)
            assert table[column].notna().eq(enough).all(), (answer.area.name, name)
            told = [f"{row.areas_known} of {row.areas_compared}" for row in table.itertuples() if row.areas_compared]
            assert [words for words in table["compared_areas"] if words] == told


def test_a_special_school_that_is_not_there_has_no_nought_of_suspensions(store, areas, answers):
    table = answers[RUTLAND].tables["attendance"].data
    special = table[table["pupils_of"].eq("State-funded special schools")]
    assert special["reached"].isna().all() and special["status"].eq(NOT_AVAILABLE).all()
    assert answers[RUTLAND].figures[1].text == "Not available"
    cube = outcome_cube.cube(store)
    column = cube.columns[
        "suspensions", "special_schools", outcome_cube.newest(store, "suspensions", "special_schools")
    ]
    assert np.isnan(cube.comparable[cube.rows[RUTLAND], column]) and cube.values[cube.rows["943"], column] == 0


def test_each_row_of_the_picture_has_its_year_and_its_caveat(answers):
    table = answers["370"].tables["stages"].data
    labels = [stages.row_label(stage, year) for stage, year in zip(table["stage"], table["measured_in"], strict=True)]
    assert all(year in label for label, year in zip(labels, table["measured_in"], strict=True))
    assert "After key stage 4, finished in 2022/23" in labels, "the two terms are in the next school year"
    assert labels[0].endswith("to all children") and sum("out of 90" in label for label in labels) == 2
    assert max(map(len, labels)) <= 46, "a longer name is written smaller than 18 px on a shared screen"


def test_the_school_year_of_the_first_stage_is_in_every_headline(answers):
    for code in ("370", RUTLAND, ENGLAND):
        headline = answers[code].headline
        assert all(
            "2024/25" in text and "age 11" in text
            for text in (headline.in_mode("families"), headline.in_mode("show"), headline.explore)
        )


def test_years_without_tests_are_said_where_years_are_read(answers):
    """A shared screen shows the newest year of each stage alone."""
    assert "no tests in the school years 2019/20 and 2020/21" in beside_the_picture(answers["370"], "explore")


def test_a_narrow_gap_is_not_said_to_be_good(answers):
    answer = answers["370"]
    assert any("narrow gap is good" in line.explore for line in answer.cannot_tell)
    assert any("small gap is good news" in line.in_mode("families") for line in answer.cannot_tell)
    for mode in ("show", "explore", "families"):
        assert re.search(r"other(s| children)( children)? (reach|do) less", beside_the_picture(answer, mode))


def row_of(answer, stage, group):
    table = answer.tables["stages"].data
    return table[table["stage"].eq(stage) & table["pupils_with"].eq(group.removeprefix("an "))].iloc[0]


def test_areas_to_ask_have_a_narrower_gap_and_their_children_with_send_reach_no_less(store, areas):
    asked = 0
    for code in list(areas.authorities)[::9]:
        answer = ask(store, areas.get(code))
        found = re.search(
            r"and whom\. (.*), with (an EHC plan|SEN support): (.*?) ha(?:s|ve) a narrower gap",
            answer.could_change[0].explore,
        )
        if not found:
            continue
        asked += 1
        mine = row_of(answer, found[1], found[2])
        for name in re.split(r", | and (?=[A-Z])", found[3]):
            other = next((area for area in areas.authorities.values() if area.name == name), None)
            if other is None:  # a name that holds a comma or "and" itself
                continue
            theirs = row_of(ask(store, other), found[1], found[2])
            assert theirs["gap"] < mine["gap"] and theirs["reached"] >= mine["reached"], (code, name)
    assert asked


def test_the_largest_difference_is_named_where_no_gap_is_outside_the_range(store, areas):
    answer = ask(store, areas.get("886"))
    assert answer.title.explore == "No gap is outside the range of those compared"
    table = answer.tables["stages"].data
    table = table[~table["stage"].str.startswith("Key stage 4")]
    row = table.loc[(table["gap"] - table["comparator_gap"]).abs().idxmax()]
    assert f"Largest difference: {row['stage']}" in beside_the_picture(
        answer, "explore"
    ) and f"{row['gap']:.1f} points here" in beside_the_picture(answer, "explore")


def test_few_plans_of_a_year_group_are_cautioned_of(store, areas, answers):
    caution = notes(answers[RUTLAND], "caution")
    plans = stages_over_time.plans_at_stages(store, RUTLAND)
    assert (
        min(plans.values()) < 50
        and f"about {round(min(plans.values()))} to {round(max(plans.values()))} plans" in caution
    )
    assert "year group" not in notes(answers["370"], "caution") and "year group" not in notes(
        answers[ENGLAND], "caution"
    )


def test_every_break_of_a_line_is_in_the_tables_own_breaks():
    for measure, breaks in stages_over_time.BREAKS.items():
        for year, _ in breaks:
            earlier = f"{int(year[:4]) - 1}/{year[2:4]}"  # a break ends what came before
            assert any(year in text or earlier in text for text in BREAKS), (measure, year)


@pytest.mark.parametrize("text", ["2020", "2020-01", "January 2020", " january 2020 "])
def test_a_january_can_be_named_as_one_says_it(store, text):
    assert choices.january(store, {"january": text}).value == "2020"


def test_old_addresses_open_the_same_sum():
    assert choices.definition({"definition": "not_educated"}).value == named.NOT_IN_SETTING
    assert choices.definition({}).value == named.NOT_IN_SETTING
    assert all(choices.definition({"definition": code}).value == code for code in named.DEFINITIONS)


def test_every_choice_is_offered_under_its_part_with_the_first_as_default(answers):
    offered = answers["370"].offered
    assert set(offered) == {choice.name for choice in doing_well.QUESTION.choices}
    assert offered["january"].value == "2025" and next(iter(offered["january"].options)) == "2025"
    assert offered["stage_over_time"].words == "Qualified to level 2 by 19"
    assert list(offered["whose_over_time"].options) == ["area", "mean", "england"]
    assert offered["attendance_measure"].value == "absence" and offered["care_group"].value == "in_need"
    changing = {name for name, one in offered.items() if one.choice.figures_change}
    assert changing == {"definition", "january", "stage_over_time"}


def test_whose_is_offered_only_as_far_as_there_are_such(answers):
    assert list(answers[ENGLAND].offered["whose_over_time"].options) == ["area", "mean"]
    assert list(answers["420"].offered["whose_over_time"].options) == ["area", "england"]
    with pytest.raises(UnknownChoice, match="no 'mean' to choose for whose_over_time") as found:
        answers["420"].choosing({"whose_over_time": "mean"})
    assert found.value.choice == "whose_over_time"


@pytest.mark.parametrize(
    "asked", [{"stage_over_time": "level_9"}, {"attendance_measure": "truancy"}, {"care_time_sen": "no_sen"}]
)
def test_what_a_picture_does_not_offer_is_refused_by_its_name(store, areas, asked):
    with pytest.raises(UnknownChoice) as found:
        ask(store, areas.get("370"), **asked)
    assert [found.value.choice] == list(asked)


def test_the_third_figure_is_labelled_by_what_it_counts(store, areas):
    labels = {
        name: ask(store, areas.get("370"), definition=name, january="2020").figures[2].label.explore
        for name in named.DEFINITIONS
    }
    assert (
        "home-educated children among them" in labels[named.NOT_IN_SETTING]
        and "being educated" not in labels[named.NOT_IN_SETTING]
    )
    assert labels[named.NOT_BEING_EDUCATED].startswith("Waiting without education, or not in education")


def test_families_never_hear_that_home_educated_children_do_not_learn(store, areas):
    figure = ask(store, areas.get("370")).figures[2]
    said = " ".join(text.in_mode("families") for text in (figure.label, figure.comparison, figure.detail))
    assert "Those taught at home may well be learning" in said and not re.search(
        r"not (learning|being educated|in education)", said
    )


def test_families_have_no_words_of_the_trade(answers):
    for answer in answers.values():
        shown = [note for note in answer.notes if note.about in ("stages", "five_outcomes")]
        shown += [note for note in answer.notes if note.kind in ("caution", "missing") and not note.about]
        texts = [answer.title, answer.headline, answer.tables["stages"].caption, *(note.text for note in shown)]
        texts += [*answer.cannot_tell, *answer.could_change]
        texts += [text for figure in answer.figures for text in (figure.label, figure.comparison)]
        said = [text.in_mode("families") for text in texts]
        said += [*answer.tables["five_outcomes"].data["in_words"], *answer.tables["stages"].data["stage"]]
        text = " ".join(said)
        assert not re.search(r"nobody counts|[Mm]ean of|5% and 2 points|a gap of", text)
        assert not re.search(r"LAIT|points of a score|left of nought|NEET|Attainment", text)
        assert not re.search(r"Level \d(?! \(| is as much as)|Phonics(?! \()", text)


def test_families_read_of_similar_areas_and_of_every_hundred(answers, store, areas):
    answer = answers["370"]
    assert answer.compared_in("families") == "ten similar areas"
    assert all(
        "the average of ten similar areas is" in figure.comparison.in_mode("families")
        and figure.label.in_mode("families")
        for figure in answer.figures
    )
    assert "Department for Education lists as the most like this one" in beside_the_picture(answer, "families"), (
        "who the similar areas are is said once"
    )
    largest = next(
        note for note in ask(store, areas.get("886")).notes if note.text.explore.startswith("Largest difference")
    )
    assert re.search(
        r"about \d+ fewer of every 100 than of the other children\."
        r" In the average of ten similar areas it is about \d+ fewer",
        largest.text.families,
    )


def test_those_set_against_children_with_send_are_all_children_where_our_source_has_no_others(answers):
    assert "as our source has no figure for only those without SEND" in beside_the_picture(answers["370"], "families")


def test_the_year_of_destinations_is_the_one_in_which_key_stage_4_ended(answers):
    said = answers["370"].tables["five_outcomes"].data.set_index("outcome").loc["Ambitious", "in_words"]
    assert (
        "who finished their GCSEs (key stage 4) in 2022/23 stayed in education" in said
        and "the terms are those of the next school year" in said
    )
    assert "the two terms are in the school year after" in notes(answers["370"], "definition")
    lines = [stages_over_time.year_in_words(name) for name in ("sustained_destination", "level_2")]
    assert lines == ["School year in which key stage 4 ended", "School year"]


@pytest.mark.parametrize("code", FEW)
@pytest.mark.parametrize(
    "choices",
    [{}, {"definition": "waiting", "january": "2020"}, {"definition": "not_being_educated", "january": "2019"}],
)
def test_of_the_sum_of_too_few_children_no_sentence_is_made_and_why_is_said(store, areas, code, choices):
    answer = ask(store, areas.get(code), **choices)
    for text in (answer.headline.in_mode("families"), answer.headline.in_mode("show"), answer.headline.explore):
        assert re.search(r"(For the same reason it is not|Nor is it) said how many with a plan", text)
        assert not re.search(r"\d", re.sub(r"January \d{4}", "", text))
    figure = answer.figures[2]
    assert {figure.text_in(mode) for mode in ("show", "families")} <= {"Not shown", "Not available"}
    assert not figure.direction and not figure.comparison.explore.startswith("neighbours")
    # The tables have the numbers as they are published.
    assert answer.tables["sum_by_january"].data["sum_low"].notna().any()
    closed = answer.tables["stages"]
    assert closed.data_in("families")[["reached", "gap"]].isna().all(axis=None)


def test_the_sum_of_too_few_children_counts_for_no_mean(store, areas):
    answer = ask(store, areas.get("908"), "420,879,880")
    assert "not available (only 2 of 3 have one)" in answer.figures[2].comparison.explore


def test_a_sum_of_plans_that_can_not_be_right_is_called_doubtful_and_said_nowhere(store, areas):
    answer = ask(store, areas.get("316"))
    assert answer.figures[2].text == "Doubtful" and "2,705 in January 2024" in answer.figures[2].detail.explore
    assert "of plans is doubtful" in answer.headline.explore and "of 1,199" not in answer.headline.families
    marked = answer.tables["sum_by_january"].data.set_index("period")["doubtful"]
    assert marked["2025-01"] and not marked.drop("2025-01").any()


def test_of_a_year_group_of_a_few_plans_nothing_is_said_of_every_hundred(store, areas):
    """Rutland: 25 plans in a year group, of whom 17 of every 100 would be four children."""
    answer = ask(store, areas.get("857"))
    table = answer.tables["stages"].data
    assert table.loc[table["few_in_year"], "pupils_with"].eq("EHC plan").all() and table["few_in_year"].any()
    for mode in ("explore", "show", "families"):
        first = answer.headline.in_mode(mode).split(". In January")[0]
        assert "an EHC plan" not in first and "SEN support" in first


def test_areas_are_named_as_one_says_them(answers):
    for code, name in (("420", "the Isles of Scilly"), ("201", "the City of London"), ("E12000001", "the North East")):
        assert f"in {name}" in answers[code].headline.in_mode("show")
    assert not any(" here" in figure.comparison.explore for figure in answers[ENGLAND].figures)


def test_destinations_have_totals_apart_from_needs_and_are_provisional(answers):
    table = answers["370"].tables["destinations"]
    assert (
        table.data["by"].tolist() == sorted(table.data["by"], key=lambda by: by != "SEN status")
        and table.data["by"].value_counts()["SEN status"] == 4
    )
    assert table.caption.explore.endswith("provisional")


def test_independence_is_not_said_to_be_measured():
    assert "It does not say how independent they are" in five_outcomes.OUTCOMES["independent"].only
    blank = [outcome for outcome in five_outcomes.OUTCOMES.values() if not outcome.measure]
    assert [outcome.name for outcome in blank] == ["Happy", "Healthy", "Heard"]
    told = {outcome.name: outcome.why_nothing for outcome in blank}
    assert "no national measure" in told["Happy"]
    assert "annual health check" in told["Healthy"] and "in 2016" in told["Heard"]


def test_a_mean_of_picked_areas_is_compared_as_any_other(store, areas):
    assert comparators.choose(store, areas.get("370"), "908,879,933").codes == ("908", "879", "933")
    table = ask(store, areas.get("370"), "908,879,933").tables["stages"].data
    assert table["compared_areas"].eq("3 of 3").any() and table["gap_is"].ne("not compared").any()
