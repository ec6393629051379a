"""Rules that hold over the whole answer of Doing well: too few children, means of few, kinds of missing, caveats where they are read."""

import re

import numpy as np
import pandas as pd
import pytest

from sendlib.questions import comparators, doing_well, means, missing
from sendlib.questions.doing_well import five_outcomes, outcome_cube, show_the_sum, stages, stages_over_time
from sendlib.questions.doing_well import sum_definitions as named
from sendlib.tables.outcomes import BREAKS, MEASURES
from sendlib.tables.symbols import HIDDEN, NOT_APPLICABLE, NOT_AVAILABLE, VALUE

ENGLAND, RUTLAND, CUMBERLAND = "E92000001", "857", "942"
FEW = ["420", "201"]
KINDS = ["370", RUTLAND, CUMBERLAND, "204", "873", "E12000001", ENGLAND, *FEW]


@pytest.fixture(scope="module")
def answers(store, areas):
    return {code: doing_well.ask(store, areas.get(code)) for code in KINDS}


def notes(answer, kind):
    return " ".join(note.text for note in answer.notes if note.kind == kind)


@pytest.mark.parametrize("code", FEW)
def test_of_too_few_children_nothing_is_compared_in_any_figure_or_table(answers, code):
    answer = answers[code]
    assert answer.comparators == "" and "nothing is compared with other authorities" in notes(answer, "caution")
    assert not any(figure.direction for figure in answer.figures) and not any("neighbours" in figure.comparison for figure in answer.figures)
    for name, table in answer.tables.items():
        for column in ("comparator_gap", "comparator_reached"):
            assert column not in table.data or table.data[column].isna().all(), (name, column)
        if "group" in table.data:
            assert not table.data["group"].str.startswith("Mean of").any(), name
    assert list(answer.tables["sum_compared"].data["area"]) == [answer.area.name, "England"]


@pytest.mark.parametrize("code", FEW)
def test_rates_by_sen_of_too_few_children_are_hidden_everywhere_and_only_where_the_source_has_one(store, answers, code):
    tables = {name: table.data for name, table in answers[code].tables.items()}
    own = tables["over_time"][tables["over_time"]["group"].eq(answers[code].area.name)]
    with_send = own["pupils_with"].isin(["EHC plan or statement", "SEN support"])
    assert own.loc[with_send, "reached"].isna().all() and own.loc[with_send, "status"].eq(HIDDEN).any()
    assert tables["stages"]["reached"].isna().all() and tables["five_outcomes"]["reached"].isna().all()
    assert tables["care"].iloc[:9]["reached"].isna().all()
    held = store.rows("outcomes", code).astype({"measure": str, "group": str, "period": str})
    published = held.set_index(["measure", "group", "period"])["value"]
    for outcome, status in zip(five_outcomes.OUTCOMES.values(), tables["five_outcomes"]["status"], strict=True):
        if outcome.measure:
            year = outcome_cube.newest(store, outcome.measure, outcome.group)
            assert (status == HIDDEN) == bool(pd.notna(published[outcome.measure, outcome.group, year])), outcome.name


def test_figures_of_too_few_children_can_not_be_read_from_a_mean_of_one(store, areas):
    answer = doing_well.ask(store, areas.get("908"), "420")
    assert answer.tables["stages"].data["comparator_gap"].isna().all() and answer.tables["five_outcomes"].data["comparator_reached"].isna().all()


def test_the_same_figure_is_never_hidden_in_a_tile_and_printed_in_a_table(answers):
    for answer in answers.values():
        tile = answer.tables["five_outcomes"].data.set_index("outcome").loc["Ambitious"]
        row = answer.tables["stages"].data.query("stage.str.startswith('After key stage 4') and pupils_with == 'EHC plan'").iloc[0]
        assert tile["measured_in"] == row["measured_in"] and (tile["reached"] == row["reached"] or (np.isnan(tile["reached"]) and np.isnan(row["reached"])))


def test_families_sentences_are_whole_where_a_figure_is_missing(answers):
    for answer in answers.values():
        for _, row in answer.tables["five_outcomes"].data.iterrows():
            said = five_outcomes.sentence(row)
            assert "The share " not in said and "nan" not in said
            if np.isnan(row["reached"]) and row["measured_in"] != "not measured":
                assert said.startswith("How many young people") and re.search(r" \d{4}/\d\d.*?: [a-z]", said)


def test_a_council_that_did_not_exist_yet_does_not_apply(answers):
    tables = {name: table.data for name, table in answers[CUMBERLAND].tables.items()}
    own = tables["home_education"][tables["home_education"]["group"].eq("Cumberland")].set_index("period")["status"]
    assert own[own.index < "2023-04"].eq(NOT_APPLICABLE).all() and tables["care"].iloc[:9]["status"].eq(NOT_APPLICABLE).all()
    sums = tables["sum_by_january"].set_index("period")["status"]
    assert sums[sums.index < "2023-04"].eq(NOT_APPLICABLE).all() and len(sums) == 16


def test_only_the_reason_that_applies_is_given(answers):
    over_time = answers[CUMBERLAND].tables["over_time"].data
    phonics = over_time[over_time["what"].str.contains("phonics")]
    own = " ".join(stages_over_time.not_drawn(phonics[phonics["group"].eq("Cumberland")]))
    england = " ".join(stages_over_time.not_drawn(phonics[phonics["group"].eq("England")]))
    assert "did not exist yet" in own and england == "No tests in 2019/20 and 2020/21."
    level = over_time[over_time["what"].eq("Qualified to level 2 by 19") & over_time["group"].eq("Cumberland")]
    assert "tests" not in " ".join(stages_over_time.not_drawn(level))


def test_what_is_not_drawn_is_named_by_its_kind_of_missing():
    rows = [("A", VALUE), ("B", HIDDEN), ("C", NOT_AVAILABLE), ("D", NOT_APPLICABLE)]  # made up
    assert missing.named("X", rows) == ["Hidden to protect children's privacy for X: B.", "Not available for X: C.", "Does not apply to X: D."]
    years = [(str(year), NOT_AVAILABLE if year < 2014 or year == 2016 else VALUE) for year in range(2010, 2018)]
    assert missing.named("X", years, in_time=True) == ["Not available for X: 2010 to 2013; 2016."]


def test_care_that_the_publisher_hides_is_said_to_be_hidden(answers):
    table = answers[RUTLAND].tables["care"].data
    assert table["status"].eq(HIDDEN).any()
    rows = table[table["children_who"].eq(table["children_who"].iloc[0])]
    assert any(text.startswith("Hidden to protect") for text in missing.named("Rutland", zip(rows["pupils_with"], rows["status"], strict=True)))


def test_a_mean_says_of_how_many_it_is_and_one_of_fewer_than_half_is_not_given():
    values = np.array([[1.0, 1.0, np.nan], [3.0, np.nan, np.nan], [5.0, np.nan, np.nan], [np.nan, np.nan, np.nan]])  # made up
    mean, known = means.of_few(values)
    assert mean[0] == 3 and np.isnan(mean[1:]).all() and known.tolist() == [3, 1, 0]
    of = means.counted(known, 4)
    assert means.sentence(["A", "B", "C"], of) == "The mean is of 3 of 4: A."
    assert means.sentence(["A"], ["4 of 4"]) == "" and means.of_few(np.empty((0, 2)))[0].shape == (2,)


def test_every_mean_of_the_answer_is_of_at_least_half(answers):
    for answer in answers.values():
        for name, column in {"stages": "comparator_gap", "attendance": "comparator_reached", "care": "comparator_reached"}.items():
            table = answer.tables[name].data
            for of, mean in zip(table["compared_areas"], table[column], strict=True):
                known, _, number = of.partition(" of ")
                assert np.isnan(mean) if not of else np.isnan(mean) == (2 * int(known) < int(number) or known == "0"), (name, of)


def test_a_special_school_that_is_not_there_has_no_nought_of_suspensions(store, areas, answers):
    table = answers[RUTLAND].tables["attendance"].data
    special = table[table["pupils_of"].eq("State-funded special schools")]
    assert special["reached"].isna().all() and special["status"].eq(NOT_AVAILABLE).all()
    assert answers[RUTLAND].figures[1].text == "Not available"
    cube = outcome_cube.cube(store)
    column = cube.columns["suspensions", "special_schools", outcome_cube.newest(store, "suspensions", "special_schools")]
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
        assert all("In the school year 2024/25, at age 11," in text for text in (headline.families, headline.councillor, headline.analyst))


def test_years_without_tests_are_said_on_a_shared_screen(answers):
    assert "No tests in 2019/20 and 2020/21" in notes(answers["370"], "picture_show")


def test_a_narrow_gap_is_not_said_to_be_good(answers):
    answer = answers["370"]
    assert any("narrow gap is good" in line for line in answer.cannot_tell) and any("small gap is good news" in line for line in answer.plain_cannot_tell)
    for mode in ("show", "explore", "families"):
        assert re.search(r"other(s| children)( children)? (reach|do) less", notes(answer, f"picture_{mode}"))


def row_of(answer, stage, group):
    table = answer.tables["stages"].data
    return table[table["stage"].eq(stage) & table["pupils_with"].eq(group.removeprefix("an "))].iloc[0]


def test_areas_to_ask_have_a_narrower_gap_and_their_children_with_send_reach_no_less(store, areas):
    asked = 0
    for code in list(areas.authorities)[::9]:
        answer = doing_well.ask(store, areas.get(code))
        found = re.search(r"and whom\. (.*), with (an EHC plan|SEN support): (.*?) ha(?:s|ve) a narrower gap", answer.could_change[0])
        if not found:
            continue
        asked += 1
        mine = row_of(answer, found[1], found[2])
        for name in re.split(r", | and (?=[A-Z])", found[3]):
            other = next((area for area in areas.authorities.values() if area.name == name), None)
            if other is None:  # a name that holds a comma or "and" itself
                continue
            theirs = row_of(doing_well.ask(store, other), found[1], found[2])
            assert theirs["gap"] < mine["gap"] and theirs["reached"] >= mine["reached"], (code, name)
    assert asked


def test_the_largest_difference_is_named_where_gaps_are_mostly_the_same(answers):
    answer = answers["370"]
    assert answer.tables["stages"].data["gap_is"].eq("about the same").mean() > 0.5
    table = answer.tables["stages"].data
    table = table[~table["stage"].str.startswith("Key stage 4")]
    row = table.loc[(table["gap"] - table["comparator_gap"]).abs().idxmax()]
    assert f"Largest difference: {row['stage']}" in notes(answer, "picture") and f"{row['gap']:.1f} points here" in notes(answer, "picture")


def test_few_plans_of_a_year_group_are_cautioned_of(store, areas, answers):
    caution = notes(answers[RUTLAND], "caution")
    plans = stages_over_time.plans_at_stages(store, RUTLAND)
    assert min(plans.values()) < 50 and f"about {round(min(plans.values()))} to {round(max(plans.values()))} plans" in caution
    assert "year group" not in notes(answers["370"], "caution") and "year group" not in notes(answers[ENGLAND], "caution")


def test_every_break_of_a_line_is_in_the_tables_own_breaks():
    for measure, breaks in stages_over_time.BREAKS.items():
        assert stages_over_time.breaks_of(MEASURES[measure].name) == breaks
        for year, _ in breaks:
            earlier = f"{int(year[:4]) - 1}/{year[2:4]}"  # a break ends what came before
            assert any(year in text or earlier in text for text in BREAKS), (measure, year)


def test_old_addresses_open_the_same_sum():
    assert show_the_sum.definition_of("not_educated") == named.NOT_IN_SETTING == show_the_sum.definition_of("")
    assert all(show_the_sum.definition_of(code) == code for code in named.DEFINITIONS)


def test_the_third_figure_is_labelled_by_what_it_counts(store, areas):
    labels = {name: doing_well.ask(store, areas.get("370"), definition=name, year="2020").figures[2].label for name in named.DEFINITIONS}
    assert "home-educated children among them" in labels[named.NOT_IN_SETTING] and "being educated" not in labels[named.NOT_IN_SETTING]
    assert labels[named.NOT_BEING_EDUCATED].startswith("Waiting without education, or not in education")


def test_families_never_hear_that_home_educated_children_do_not_learn(store, areas):
    said = doing_well.ask(store, areas.get("370")).headline.families
    assert "though they are learning" in said and not re.search(r"not (learning|being educated|in education)", said)


def test_families_have_no_words_of_the_trade(answers):
    for answer in answers.values():
        kinds = ("picture_families", "caution", "missing", "five_outcomes")
        text = " ".join([answer.headline.families, *answer.plain_cannot_tell, *answer.plain_could_change, *(notes(answer, kind) for kind in kinds)])
        text += " ".join(five_outcomes.sentence(row) for _, row in answer.tables["five_outcomes"].data.iterrows())
        text += " ".join(answer.tables["stages"].data["stage"])
        text += " ".join([answer.tables["stages"].plain_caption, *(f"{figure.plain_label} {figure.plain}" for figure in answer.figures), *(note.plain for note in answer.notes)])
        assert not re.search(r"nobody counts|[Mm]ean of|5% and 2 points|a gap of", text)
        assert not re.search(r"LAIT|points of a score|left of nought|NEET|Attainment", text)
        assert not re.search(r"Level \d(?! \(| is as much as)|Phonics(?! \()", text)


def test_families_read_of_similar_areas_and_of_every_hundred(answers):
    answer = answers["370"]
    assert "the average of ten similar areas" in answer.tables["stages"].plain_caption
    assert all("the average of ten similar areas is" in figure.plain and figure.plain_label for figure in answer.figures)
    assert "its statistical neighbours" in notes(answer, "picture_families"), "who the similar areas are is said once"
    largest = next(note for note in answer.notes if note.text.startswith("Largest difference"))
    assert re.search(r"about \d+ fewer of every 100 than of the other children here; in the average of ten similar areas about \d+ fewer", largest.plain)


def test_those_set_against_children_with_send_are_all_children_where_our_source_has_no_others(answers):
    assert "as our source has no figure for only those without SEND" in notes(answers["370"], "picture_families")


def test_the_year_of_destinations_is_the_one_in_which_key_stage_4_ended(answers):
    said = five_outcomes.sentence(answers["370"].tables["five_outcomes"].data.set_index("outcome", drop=False).loc["Ambitious"])
    assert "who finished key stage 4 (GCSEs) in 2022/23 were in education" in said and "two terms of the next school year" in said
    assert "the two terms are in the school year after" in notes(answers["370"], "definition")
    lines = [stages_over_time.year_in_words(MEASURES[name].name) for name in ("sustained_destination", "level_2")]
    assert lines == ["School year in which key stage 4 ended", "School year"]


@pytest.mark.parametrize("code", FEW)
@pytest.mark.parametrize("choices", [{}, {"definition": "waiting", "year": "2020"}, {"definition": "not_being_educated", "year": "2019"}])
def test_the_sum_of_too_few_children_is_said_nowhere_and_why_is_said(store, areas, code, choices):
    answer = doing_well.ask(store, areas.get(code), **choices)
    for text in (answer.headline.families, answer.headline.councillor, answer.headline.analyst):
        assert "For the same reason it is not shown how many with a plan" in text
        assert not re.search(r"\d", re.sub(r"January \d{4}", "", text))
    assert answer.figures[2].text == "Hidden to protect children's privacy" and "plan" not in answer.figures[2].comparison
    assert answer.tables["sum"].data["number_of_plans"].isna().all() and answer.tables["sum"].data["status"].eq(HIDDEN).all()
    assert answer.tables["sum_by_january"].data[["sum_low", "sum_high", "share_low", "share_high"]].isna().all(axis=None)
    compared = answer.tables["sum_compared"].data.set_index("area")
    assert np.isnan(compared.loc[answer.area.name, "sum_low"]) and " of 1" not in answer.tables["sum"].caption
    home = answer.tables["home_education"].data
    assert home.loc[home["group"].eq(answer.area.name), ["home_educated", "share_of_plans"]].isna().all(axis=None)
    assert not re.search(r"\d+ (is|are|with|has|have)\b", notes(answer, "sum").split("England:")[0])


def test_the_sum_of_too_few_children_is_not_read_beside_another_area(store, areas):
    compared = doing_well.ask(store, areas.get("908"), "420,879").tables["sum_compared"].data.set_index("area")
    assert compared.loc["Isles of Scilly", "status"] == HIDDEN and np.isnan(compared.loc["Isles of Scilly", "share_low"])
    assert compared.loc["Plymouth", "status"] == VALUE


def test_areas_are_named_as_one_says_them(answers):
    for code, name in (("420", "the Isles of Scilly"), ("201", "the City of London"), ("E12000001", "the North East")):
        assert f"in {name}" in answers[code].headline.councillor
    assert not any(" here" in figure.comparison for figure in answers[ENGLAND].figures)


def test_destinations_have_totals_apart_from_needs_and_are_provisional(answers):
    table = answers["370"].tables["destinations"]
    assert table.data["by"].tolist() == sorted(table.data["by"], key=lambda by: by != "SEN status") and table.data["by"].value_counts()["SEN status"] == 4
    assert table.caption.endswith("provisional")


def test_independence_is_not_said_to_be_measured():
    assert "It does not say how independent they are" in five_outcomes.OUTCOMES["independent"].only
    blank = [outcome for outcome in five_outcomes.OUTCOMES.values() if not outcome.measure]
    assert [outcome.name for outcome in blank] == ["Happy", "Healthy", "Heard"] and all("no national measure" in outcome.why_nothing for outcome in blank)


def test_a_mean_of_picked_areas_is_compared_as_any_other(store, areas):
    assert comparators.choose(store, areas.get("370"), "908,879").codes == ("908", "879")
    assert doing_well.ask(store, areas.get("370"), "908,879").tables["stages"].data["compared_areas"].eq("2 of 2").any()
