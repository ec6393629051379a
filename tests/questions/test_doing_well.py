"""Doing well: the bulletin's sum from the answer, every area, January and definition, and gaps that are true."""

import math
import re

import numpy as np
import pytest

from sendlib.answer import MODES, TOO_FEW
from sendlib.answer.text import said_in
from sendlib.compared import comparators
from sendlib.questions import doing_well
from sendlib.questions.doing_well import five_outcomes, show_the_sum, stages, sum_words
from sendlib.questions.doing_well import not_in_education as sums
from sendlib.questions.doing_well import sum_definitions as named
from sendlib.questions.doing_well import words as wording
from sendlib.questions.doing_well.five_outcomes import Result
from sendlib.tables.outcomes import YEARS_WITHOUT_TESTS
from sendlib.tables.symbols import NOT_APPLICABLE, VALUE

ENGLAND = "E92000001"


def ask(store, area, versus=comparators.DEFAULT, **asked):
    return doing_well.QUESTION.ask(store, area, versus, asked)


@pytest.fixture(scope="module")
def answers(store, areas, everywhere):
    return {**everywhere("doing_well"), **{code: ask(store, area) for code, area in areas.wider.items()}}


@pytest.fixture(scope="module")
def bulletin(store, areas):
    """England in January 2020, by the bulletin's definition."""
    return ask(store, areas.get(ENGLAND), definition=named.NOT_IN_SETTING, january="2020")


def test_the_bulletins_sum_is_read_from_the_answer_step_by_step(bulletin):
    table = bulletin.tables["sum"].data
    moves = table[table["counts_as"].isin([show_the_sum.ADDED, show_the_sum.TAKEN_OFF])]
    assert moves["number_of_plans"].tolist() == [121, 3_984, 2_983, 618, 4_967, 8_108, 2_329, -1_738]
    assert table.loc[table["counts_as"].eq(show_the_sum.SO_FAR), "number_of_plans"].tolist() == [12_673, 23_110]
    assert table["number_of_plans"].iloc[-1] == 21_372 and table["written_out"].iloc[-1] == "= 21,372"
    assert "21,372 (5.48%) of 390,109 plans" in bulletin.tables["sum"].caption.explore
    assert round(bulletin.figures[2].value, 2) == 5.48 and bulletin.figures[2].text == "5.5%"
    assert "21,372 of 390,109 plans" in bulletin.figures[2].comparison.explore
    assert "21,372 (5.48%)" in bulletin.headline.explore
    assert "21,372 of 390,109 with a plan" in bulletin.figures[2].comparison.in_mode("families")


def test_every_bar_begins_where_the_last_one_ended(bulletin):
    table = bulletin.tables["sum"].data
    moves = table[table["counts_as"].isin([show_the_sum.ADDED, show_the_sum.TAKEN_OFF])]
    assert moves["begins"].tolist() == [0, *moves["ends"].tolist()[:-1]]
    assert table.loc[table["counts_as"].isin([show_the_sum.SO_FAR, show_the_sum.RESULT]), "begins"].eq(0).all()


@pytest.mark.parametrize("code", ["879", "201", "E12000009"])
def test_every_answer_has_the_bulletins_sum_of_england_beside_its_own(store, areas, code):
    answer = ask(store, areas.get(code), definition="not_educated", january="January 2020")
    assert answer.tables["sum_england"].data["number_of_plans"].iloc[-1] == 21_372
    assert answer.tables["sum_compared"].data.set_index("area").loc["England", "sum_low"] == 21_372


def test_the_three_definitions_give_three_sums(store, areas):
    found = {name: ask(store, areas.get(ENGLAND), definition=name, january="2020") for name in named.DEFINITIONS}
    totals = {name: answer.tables["sum"].data["number_of_plans"].iloc[-1] for name, answer in found.items()}
    assert totals == {named.NOT_IN_SETTING: 21_372, named.NOT_BEING_EDUCATED: 11_337, named.WAITING: 4_967}
    assert len({answer.figures[2].label.explore for answer in found.values()}) == 3


@pytest.mark.parametrize("definition", named.DEFINITIONS)
def test_an_area_has_a_sum_a_range_or_a_reason_in_every_january(store, areas, definition):
    """Each January a quarter of the areas, another one each time, and England: so each area meets every fourth."""
    for place, january in enumerate(sums.januaries(store)):
        for code in dict.fromkeys([*[*areas.authorities, *areas.wider][place % 4 :: 4], ENGLAND]):
            found = show_the_sum.found(store, code, january, definition)
            table = show_the_sum.steps(found)
            last = table.iloc[-1]
            if found is None:
                assert last["status"] == NOT_APPLICABLE and math.isnan(last["ends"])
                continue
            assert found.says
            if found.certainty == named.EXACT:
                assert last["number_of_plans"] == found.total and np.isfinite(found.total)
            elif found.certainty == named.RANGE:
                assert table["ends"].iloc[-2] == found.low and (last["begins"], last["ends"]) == (found.low, found.high)
                assert last["counts_as"] == show_the_sum.MAY_COUNT
            elif found.certainty == named.AT_LEAST:
                assert last["ends"] == found.low and last["written_out"].endswith("or more")
            else:
                assert last["written_out"] == "not known" and math.isnan(last["number_of_plans"])
            if definition == named.NOT_IN_SETTING and found.low is not None:
                firm = table[table["counts_as"].isin([show_the_sum.ADDED, show_the_sum.TAKEN_OFF])]
                assert firm["number_of_plans"].sum() == found.low, (code, january)


@pytest.mark.parametrize("definition", named.DEFINITIONS)
def test_a_part_that_is_not_known_has_no_bar_and_is_never_nought(store, areas, definition):
    for january in sums.januaries(store):
        for code in ("879", "873", "812", "204", ENGLAND):
            table = show_the_sum.steps(show_the_sum.found(store, code, january, definition))
            missing = table["number_of_plans"].isna()
            assert table.loc[missing, ["begins", "ends"]].isna().all(axis=None)
            assert (table.loc[missing, "counts_as"] == show_the_sum.NOT_KNOWN).all()
            assert not table.loc[missing, "written_out"].str.contains(r"\d").any()


def test_a_range_is_a_range_in_the_figure_and_the_sentences(store, areas):
    answer = ask(store, areas.get(ENGLAND), january="2025-01")
    figure = answer.figures[2]
    assert figure.text == "7.0% to 10.7%" and "between 45,005 and 68,389" in figure.comparison.in_mode("families")
    assert figure.text_in("families") == "7 to 11 of every 100", "both ends outwards, so that it holds"
    early = ask(store, areas.get(ENGLAND), january="2018")
    assert early.figures[2].text.startswith("at least ") and "at least 4,832" in early.headline.in_mode("show")


def test_what_a_january_can_not_give_is_said(store, areas):
    for year, words in (
        ("2018", "first collected in January 2019"),
        ("2019", "within arrangements by parents"),
        ("2023", "columns changed"),
    ):
        assert words in ask(store, areas.get("879"), january=year).tables["sum"].how_to_read.explore, year


def test_placements_that_are_missing_are_named_where_england_or_a_region_is_summed(store, areas):
    for january, code, names in (
        ("2025", ENGLAND, {"Cambridgeshire": 8_007, "North East Lincolnshire": 1_983}),
        ("2025", "E12000006", {"Cambridgeshire": 8_007}),
        ("2024", ENGLAND, {"Hackney": 3_525, "Peterborough": 2_625}),
        ("2020", ENGLAND, {}),
        ("2025", "879", {}),
    ):
        assert show_the_sum.without_placements(store, areas.get(code), f"{january}-01") == names
        answer = ask(store, areas.get(code), january=january)
        assert all(name in answer.headline.in_mode("show") for name in names)
        assert all(
            any(f"{name} ({plans:,} plans)" in note.text.explore for note in answer.notes)
            for name, plans in names.items()
        )


def test_england_is_not_set_beside_itself(answers):
    answer = answers[ENGLAND]
    assert "sum_england" not in answer.tables and not any(
        "England" in figure.comparison.explore for figure in answer.figures
    )
    assert not any("England" in row["in_words"] for _, row in answer.tables["five_outcomes"].data.iterrows())


def test_one_and_none_have_the_right_words(store, areas, answers):
    wrong = re.compile(
        r"(?<![\d,.])1 (?:are|have|were|gaps|plans|children|authorities)\b|(?<![\d,.])1 with [^.:]* are\b"
        r"|between 0 and|(?<![\d,.])0 (?:of|\()|\bof 1 gaps"
    )
    for answer in answers.values():
        said = [
            answer.title.explore,
            answer.headline.in_mode("families"),
            answer.headline.in_mode("show"),
            answer.headline.explore,
        ]
        said += [figure.comparison.explore for figure in answer.figures] + [note.text.explore for note in answer.notes]
        assert not [text for text in said if wrong.search(text)]
    # The sentences of other Januaries and definitions alone, as a whole answer for each takes minutes.
    for definition, january in (
        (named.NOT_BEING_EDUCATED, "2023-01"),
        (named.NOT_IN_SETTING, "2020-01"),
        (named.WAITING, "2020-01"),
    ):
        for code in (*areas.authorities, *areas.wider):
            own = show_the_sum.found(store, code, january, definition)
            said = [
                wording.plain_sum(own, january, definition),
                wording.sum_sentence(own, january, definition, {}),
                *(own.says if own else ()),
            ]
            assert not [text for text in said if wrong.search(text)]


@pytest.mark.parametrize(
    ("low", "high", "words"), [(0, 62, "up to 62"), (1, 2, "1 or 2"), (283, 334, "between 283 and 334")]
)
def test_a_range_of_counts_reads_well(low, high, words):
    assert sum_words.range_of(low, high) == words


def test_a_gap_is_wider_only_by_a_twentieth_and_two_points(answers):
    for answer in answers.values():
        table = answer.tables["stages"].data
        told = table[table["gap_is"].isin(["wider", "narrower"])]
        apart = (told["gap"] - told["comparator_gap"]).abs()
        assert apart.ge(stages.LEAST_POINTS).all() and apart.ge(0.05 * told["comparator_gap"].abs()).all()
        judged = answer.comparators and answer.area.code != ENGLAND
        assert not judged or f"{stages.LEAST_POINTS} points" in answer.tables["stages"].caption.explore


def test_the_stage_whose_newest_year_is_provisional_is_named(store):
    assert [text.explore for text in stages.provisional(store)] == [
        "Phonics (letters and sounds), age 6: the figures of the school year 2024/25 are provisional."
    ]


def test_an_authority_has_no_sum_before_it_began_and_one_without_placements_says_so(store, areas):
    cumberland = ask(store, areas.get("942"), january="2020")
    assert cumberland.figures[2].text == "Does not apply" and any(
        "no EHC plans of its own" in note.text.explore for note in cumberland.notes
    )
    assert "did not exist yet" in cumberland.headline.explore and "not known" not in cumberland.headline.explore
    unknown = ask(store, areas.get("873"), january="2025")
    assert unknown.figures[2].text == "Not available" and "is not known" in unknown.headline.explore


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({"definition": "all"}, "no definition 'all'"),
        ({"january": "2009"}, "2010 to 2025"),
        ({"january": "soon"}, "no January 'soon'"),
    ],
)
def test_a_definition_or_a_january_that_there_is_not_is_refused(store, areas, choice, said):
    with pytest.raises(comparators.UnknownChoice, match=re.escape(said)):
        ask(store, areas.get("879"), **choice)


def test_every_stage_has_a_gap_or_a_reason(answers):
    for answer in answers.values():
        table = answer.tables["stages"].data
        assert list(dict.fromkeys(table["stage"])) == list(stages.STAGES.values()) and len(table) == 14
        assert table["gap"].notna().eq(table["status"].eq(VALUE)).all()
        known = table.dropna(subset=["gap"])
        assert known["gap"].to_numpy() == pytest.approx((known["reached_without"] - known["reached"]).to_numpy())


def test_a_gap_is_the_difference_of_the_published_figures(store, answers):
    table = store.rows("outcomes", "879").astype({"measure": str, "group": str, "period": str})
    value = table[table["measure"].eq("key_stage_2_standard") & table["period"].eq("2024/25")].set_index("group")[
        "value"
    ]
    row = (
        answers["879"]
        .tables["stages"]
        .data.query("stage.str.startswith('Key stage 2') and pupils_with == 'EHC plan'")
        .iloc[0]
    )
    assert row["gap"] == value["no_sen"] - value["ehc_plan"] and row["measured_in"] == "2024/25"


def test_early_years_are_set_against_all_children_and_say_so(answers):
    for answer in answers.values():
        table = answer.tables["stages"].data
        early = table["stage"].str.startswith("Early years")
        assert table.loc[early, "compared_group"].eq("All children or young people").all()
        assert table.loc[~early, "compared_group"].eq("No identified SEN").all()
        assert any("gap is to all children" in note.text.explore for note in answer.notes)


def test_the_mean_gap_is_the_plain_mean_of_those_compared(store, areas, answers):
    codes = comparators.choose(store, areas.get("879"), comparators.DEFAULT).codes
    each = [ask(store, areas.get(code)).tables["stages"].data["gap"] for code in codes]
    mean = np.nanmean(np.array(each), axis=0)
    assert answers["879"].tables["stages"].data["comparator_gap"].to_numpy() == pytest.approx(mean)


def test_titles_are_short_and_true_for_the_table(answers):
    seen = set()
    for answer in answers.values():
        title = answer.title.explore
        assert max(len(answer.title.in_mode(mode).split()) for mode in MODES) <= 10
        table = answer.tables["stages"].data
        beyond = table[table["outside"].isin(["above", "below"]) & ~table["few_in_year"]]
        if " gap than any neighbour" in title:
            group = title.split(", ")[1].split(":")[0]
            word = "above" if "wider" in title else "below"
            named = beyond[beyond["pupils_with"].eq(group) & beyond["outside"].eq(word)]
            far = (named["gap"] > named["comparator_high"]) | (named["gap"] < named["comparator_low"])
            assert len(named) and far.all(), title
        elif title == "No gap is outside the range of those compared":
            assert beyond.empty
        seen.add(title.split()[0])
    assert {"Children", "Too", "No"} <= seen


def test_gaps_are_not_counted_up(answers):
    """So many wider and so many narrower adds up measures, years and units that hang together."""
    for answer in answers.values():
        for mode in MODES:
            said = f"{answer.title.in_mode(mode)} {answer.headline.in_mode(mode)}"
            assert not re.search(r"\d+ (of \d+ )?gaps? ", said), said


@pytest.mark.parametrize("comparators", comparators.CHOICES)
def test_titles_have_ten_words_or_fewer_whoever_is_compared(store, areas, comparators):
    for code in ("933", "310", "370", "896"):
        assert len(ask(store, areas.get(code), comparators).title.explore.split()) <= 10


def test_years_without_tests_are_named_and_have_no_figure(answers):
    for code in ("879", ENGLAND):
        table = answers[code].tables["over_time"].data
        untested = table[
            table["year"].isin(YEARS_WITHOUT_TESTS) & table["what"].str.contains("Good level|phonics|reading, writing")
        ]
        assert len(untested) and untested["reached"].isna().all() and untested["status"].eq(NOT_APPLICABLE).all()
    for answer in answers.values():
        text = " ".join(note.text.explore for note in answer.notes if note.kind == "break")
        assert all(year in text for year in YEARS_WITHOUT_TESTS) and "no tests" in text


def test_a_missing_figure_has_a_status_in_every_table(answers):
    numbers = {
        "over_time": "reached",
        "attendance": "reached",
        "care": "reached",
        "care_over_time": "reached",
        "home_education": "share_of_plans",
        "five_outcomes": "reached",
        "sum_by_january": "sum_low",
    }
    for answer in answers.values():
        for name, column in numbers.items():
            table = answer.tables[name].data
            if name == "home_education":
                table = table[table["home_educated"].isna() == table["share_of_plans"].isna()]
            assert table[column].notna().eq(table["status"].eq(VALUE)).all(), (answer.area.name, name)


@pytest.mark.parametrize("code", ["420", "201"])
def test_where_a_rate_may_be_that_of_one_child_nothing_is_said_of_it(answers, code):
    answer = answers[code]
    assert answer.state == TOO_FEW and set(answer.tables["stages"].data["gap_is"]) == {"not compared"}
    assert (
        "is not said: they are so few" in answer.headline.explore
        and answer.tables["five_outcomes"].data["reached"].isna().all()
    )
    assert any("that of one child" in note.text.explore for note in answer.notes if note.kind == "caution")


def test_at_least_nought_is_not_said(store, areas):
    answer = ask(store, areas.get("857"), definition=named.NOT_BEING_EDUCATED, january="2019")
    assert answer.figures[2].text == "Not available" and "at least 0" not in answer.headline.in_mode("families")
    assert answer.figures[2].comparison.explore.startswith("only a part of it is known, and that is none")


@pytest.mark.parametrize(
    ("code", "choices", "why"),
    [
        (ENGLAND, {"definition": "waiting"}, "from January 2023 those who wait are not given apart"),
        (ENGLAND, {"definition": "not_being_educated", "january": "2015"}, "not collected before January 2019"),
        ("873", {}, "its placements are not available"),
        ("942", {"january": "2020"}, "no plans of its own then"),
    ],
)
def test_a_sum_that_is_not_there_has_a_reason_beside_it(store, areas, code, choices, why):
    figure = ask(store, areas.get(code), **choices).figures[2]
    assert (
        figure.value is None
        and figure.comparison.explore.startswith(why)
        and figure.comparison.in_mode("families").startswith(why[0].upper() + why[1:])
    )


def test_higher_and_lower_stand_beside_what_they_are_higher_and_lower_than(answers):
    """ "Higher: 251 of 3,044 plans" would set the number of plans against itself."""
    told = 0
    for answer in answers.values():
        for figure in answer.figures:
            if figure.direction:
                told += 1
                assert figure.comparison.explore.startswith(("neighbours", "regions"))
                assert figure.comparison.in_mode("families").startswith("the average of ")
    assert told > 100
    assert answers["370"].figures[2].comparison.explore.endswith("of 3,044 plans")


def test_the_bulletin_is_named_where_the_sum_is_shown(bulletin):
    said = bulletin.tables["sum"].how_to_read.explore
    assert said.count("Data Bulletin No. 2 of the Council for Disabled Children (2020)") == 1


def test_a_council_of_2009_is_not_said_to_be_young_where_nothing_shown_is_earlier(answers):
    """Figures begin in January 2010, those of Cheshire West and Chester with it."""

    def told(code):
        return " ".join(note.text.explore for note in answers[code].notes if note.kind == "missing")

    assert "began in" not in told("896") and "began in 2019" in told("839") and "began in 2023" in told("942")


def test_every_large_number_names_the_table_that_it_comes_from(store, areas, answers):
    assert [figure.table for figure in answers["370"].figures] == ["outcomes", "outcomes", "placements"]
    early = ask(store, areas.get("370"), january="2020")
    assert early.figures[2].table == "elsewhere" and {figure.table for figure in early.figures} <= set(early.sources)


def test_figures_say_whose_they_are(answers):
    for answer in answers.values():
        absence, suspensions, _ = answer.figures
        assert (
            "all pupils of special schools" in absence.label.explore
            and "pupils of special schools" in suspensions.label.explore
        )
        assert ("England" in absence.comparison.explore) == (
            answer.area.code != ENGLAND
        ) and "all schools" in suspensions.comparison.explore
        assert ("here" in suspensions.comparison.explore) == (answer.area.code != ENGLAND)


def test_looking_closer_has_known_figures_of_england(answers):
    tables = answers[ENGLAND].tables
    care = tables["care"].data.set_index(["children_who", "pupils_with"])["england_reached"]
    assert care["Looked after for a year or more", "EHC plan or statement"] == 30.2
    needs = tables["destinations"].data.set_index("pupils_with")["stayed_on"]
    assert (needs["Social, emotional and mental health"], needs["No identified SEN"]) == (80.5, 94.4)
    home = tables["home_education"].data.set_index(["group", "period"])["home_educated"]
    assert home["England", "2020-01"] == 2_983


def test_five_outcomes_have_a_figure_or_an_honest_word(answers):
    for answer in answers.values():
        table = answer.tables["five_outcomes"].data
        assert table["outcome"].tolist() == ["Happy", "Healthy", "Ambitious", "Independent", "Heard"]
        for _, row in table.iterrows():
            said = row["in_words"]
            assert said.endswith(".") and "nan" not in said
            assert (five_outcomes.NOTHING in said) == (row["outcome"] in ("Happy", "Healthy", "Heard"))


def test_families_have_words_of_their_own(answers):
    answer = answers["879"]
    assert said_in("families", answer.cannot_tell) != said_in("explore", answer.cannot_tell)
    assert not re.search(r"NEET|Attainment|percentage point", answer.headline.in_mode("families"))


@pytest.mark.parametrize(
    ("result", "hidden"),
    [
        (Result(52, 34), False),
        (Result(52, 3), True),
        (Result(52, 50), True),
        (Result(4, 4), True),
        (Result(52, 0), False),
        (Result(52, 52), False),
        (Result(5, 5), False),
    ],
)
def test_small_counts_of_a_forums_survey_are_hidden_on_the_tile_and_in_the_export(result, hidden):
    assert result.small == hidden and ("hidden" in result.text) == hidden
    line = five_outcomes.export({"happy": result}).decode("utf-8-sig").splitlines()[1].split(",")
    assert line[0] == "Happy" and (line[2] == "") == hidden and (line[3] == "hidden") == hidden
    assert hidden or int(line[2]) == result.yes


def test_an_export_leaves_out_what_nobody_answered_or_can_not_be():
    text = five_outcomes.export({"happy": Result(0, 0), "heard": Result(10, 20)}).decode("utf-8-sig")
    assert len(text.splitlines()) == 1 and Result(10, 20).problem
