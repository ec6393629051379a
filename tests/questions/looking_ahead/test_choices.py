"""What a reader can choose: each choice with its default, what it changes, and what is refused."""

import re

import pytest

from sendlib.answer import MODES
from sendlib.areas import ENGLAND
from sendlib.errors import UnknownChoice
from sendlib.questions import looking_ahead
from sendlib.questions.looking_ahead import places
from sendlib.questions.looking_ahead import scenarios as ahead_scenarios
from sendlib.questions.looking_ahead import words as ahead_words
from sendlib.questions.looking_ahead.scenarios import NAMES
from sendlib.tables import life_limiting
from tests.questions.looking_ahead.asking import (
    ask,
    beside_the_lead,
    lines,
)


def test_a_choice_of_comparators_that_does_not_exist_is_refused_for_england_too(store, areas):
    with pytest.raises(Exception, match="nonsense"):
        ask(store, areas.get(ENGLAND), "nonsense")


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ({"scenario": "doom"}, "There is no 'doom' to choose for scenario. There are: none, constant"),
        ({"population": "mars"}, "There is no 'mars' to choose for population. There are: ons-2022"),
        ({"growth": "12"}, "'12' to choose for growth. Write a number from -5 to 10"),
        ({"damping": "nan"}, "from 0 to 1"),
        ({"spread": "-1"}, "from 0 to 50"),
        ({"solve": "linear"}, "There are: none, published-low, published-high"),
        ({"tested_series": "exclusions"}, "There are: plans, special, ehc_plan, sen_support"),
        ({"send_series": "exclusions"}, "There are: plans, special, ehc_plan, sen_support"),
    ],
)
def test_choices_that_do_not_exist_are_refused_with_what_does(store, areas, choices, said):
    with pytest.raises(UnknownChoice, match=said) as refused:
        ask(store, areas.get("879"), **choices)
    assert refused.value.choice in choices


def test_the_chosen_scenario_is_told_of_with_the_area_and_england(store, areas):
    answer = ask(store, areas.get("879"), scenario="published-high", population="ons-2018")
    said = beside_the_lead(answer)[0]
    assert "84.2 in every 10,000" in said and "113,100 children in England" in said and "Plymouth: about" in said


NUMBERS = {"constant": "365", "published-low": "365", "published-high": "460", "wales-like": "475"}


@pytest.mark.parametrize("scenario", NUMBERS)
def test_the_chosen_scenario_moves_title_and_sentence_in_every_mode(store, areas, scenario):
    answer, number = ask(store, areas.get("370"), scenario=scenario), NUMBERS[scenario]
    for mode in MODES:
        title, sentence = answer.title.in_mode(mode), answer.headline.in_mode(mode)
        assert title.startswith("2030, " if mode == "show" else "Barnsley 2030, ") and title.endswith(
            f": perhaps {number} children"
        ), title
        first = re.search(r"could (?:have|be) about (\d+)", sentence)
        assert first and first[1] == number, sentence


@pytest.mark.parametrize("scenario", ["linear", "percent"])
def test_a_line_for_reference_moves_the_sentence_but_for_families_and_says_that_it_is_not_recommended(
    store, areas, scenario
):
    answer, usual = ask(store, areas.get("370"), scenario=scenario), ask(store, areas.get("370"))
    number = f"{answer.tables['scenarios'].data.set_index('scenario').loc[NAMES[scenario], 'children']:,.0f}"
    for mode in ("explore", "show"):
        assert f"could have about {number}" in answer.headline.in_mode(mode)
        assert "not recommended" in answer.headline.in_mode(mode) and number in answer.title.in_mode(mode)
    assert answer.headline.families == usual.headline.families
    assert answer.title.families == usual.title.families
    # A large number is the same in every mode, so one that Families should not read is none.
    assert [figure.value for figure in answer.figures] == [figure.value for figure in usual.figures]


def test_the_chosen_scenario_is_the_first_large_number(store, areas):
    for code in ("370", "420", ENGLAND):
        answer = ask(store, areas.get(code), scenario="wales-like")
        row = answer.tables["scenarios"].data.set_index("scenario").loc["Growth as in Wales"]
        first, *others = answer.figures
        assert first.value == row["children"] and "as numbers did in Wales" in first.label.explore
        assert [figure.value for figure in others] == [
            figure.value for figure in ask(store, areas.get(code)).figures[1:]
        ]


SCENARIOS = ["none", *(name for name in NAMES if name != "own")]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_titles_have_ten_words_at_most_and_name_two_areas_that_are_taken_together(store, areas, scenario):
    every = [*areas.authorities.values(), *areas.wider.values()]
    # Each scenario with a part of the areas, all areas with one or another, and those taken together with each.
    together = [area for area in every if area.code in places.GROUPED]
    for area in dict.fromkeys([*every[SCENARIOS.index(scenario) :: len(SCENARIOS)], *together]):
        answer = ask(store, area, scenario=scenario)
        for mode in MODES:
            title = answer.title.in_mode(mode)
            assert len(title.split()) <= 10 and re.search(r"\d", title.replace("2030", "")), title
            if area.code in places.GROUPED:
                assert title.startswith(f"{places.GROUPED[area.code][1]} 2030"), title


@pytest.mark.parametrize(
    ("basis", "side"),
    [("ons-2022", "1.8% above"), ("ons-2018", "below"), ("ons-2018-high", "below"), ("ons-2018-low", None)],
)
def test_how_far_the_estimate_lies_is_said_of_the_chosen_projection(store, areas, basis, side):
    estimate, projected = ahead_words.now_two_ways(store, basis)
    off = 100 * (estimate / projected - 1)
    side = side or ("above" if off > 0 else "below")
    said = next(
        line for line in lines(ask(store, areas.get("879"), population=basis).cannot_tell) if "newest estimate" in line
    )
    assert side in said and f"{abs(off):.1f}% " in said and f"too {'low' if off > 0 else 'high'}" in said


def test_lines_for_reference_are_told_of_as_the_trend_that_continues_and_never_to_families(store, areas):
    answer = ask(store, areas.get("370"), scenario="percent")
    note = answer.notes_about("fan")[0].text
    assert (
        note.explore.startswith("If the trend of 2001/02 to 2017/18 continues by the same percentage each year: 131.5")
        and "Not recommended" in note.explore
    )
    assert note.in_mode("families") == note.in_mode("show") == ""


def test_a_projection_that_was_chosen_is_named_in_every_mode(store, areas):
    usual, chosen = (ask(store, areas.get("370"), population=basis).headline for basis in ("", "ons-2018-low"))
    for sentence in vars(chosen).values():
        assert "the ONS 2018-based projection of a low population" in sentence
    assert "ONS" not in usual.families and "ONS" not in usual.show


def test_an_own_scenario_is_told_with_its_growth_and_damping_and_kept_from_families_above_the_published(store, areas):
    modest = ask(store, areas.get("370"), growth="3", damping="0.5", scenario="own")
    said = "growth of 3% in the first year, each later year 0.5 times that of the year before"
    assert said in modest.headline.explore and said in modest.headline.families
    assert "if the rate moves as you chose (growth 3%, damping 0.5)" in modest.headline.show
    assert modest.notes_about("fan")[0].text.explore.startswith("Your own: 70.4 in every 10,000 in 2030")
    undamped = ask(store, areas.get("370"), growth="9", damping="1", scenario="own")
    note = undamped.notes_about("fan")[0].text
    assert (
        "growth of 9% every year" in undamped.headline.explore
        and undamped.headline.families == ask(store, areas.get("370")).headline.families
        and "not shown here" in note.families
        and not re.search(r"\d", note.families)
    )
    assert ahead_scenarios.above_the_published(ahead_scenarios.named(life_limiting.shipped(), 0.09, 1.0))
    assert not ahead_scenarios.above_the_published(ahead_scenarios.named(life_limiting.shipped(), 0.02, 0.9))


def test_a_spread_that_was_chosen_is_told_in_every_mode(store, areas):
    usual, wide = (ask(store, areas.get("370"), spread=spread) for spread in ("", "30"))
    assert len(wide.notes_about("fan")) == len(usual.notes_about("fan")) + 1
    note = wide.notes_about("fan")[0].text
    assert all("30%" in text for text in (note.explore, note.show, note.families))


def test_every_choice_of_the_question_is_offered_with_its_default(england):
    assert list(england.offered) == [choice.name for choice in looking_ahead.QUESTION.choices]
    rise, fades = ahead_scenarios.start_of_own(life_limiting.shipped())
    assert {name: offered.value for name, offered in england.offered.items()} == {
        "scenario": "none",
        "population": "ons-2022",
        "growth": f"{rise:g}",
        "damping": f"{fades:g}",
        "spread": "10",
        "rates": "age",
        "at_18": "held",
        "solve": "none",
        "tested_series": "plans",
        "send_series": "plans",
    }
    assert england.offered["scenario"].words == "None in particular"


def test_a_scenario_can_be_asked_for_by_its_name_in_words(store, areas):
    by_code, by_name = (
        beside_the_lead(ask(store, areas.get("879"), scenario=text)) for text in ("wales-like", "Growth as in Wales")
    )
    assert by_code == by_name and by_code[0].startswith("Growth as in Wales: 87.2")


def test_no_scenario_in_particular_is_what_an_address_without_one_means(store, areas):
    assert beside_the_lead(ask(store, areas.get("879"), scenario="none")) == beside_the_lead(
        ask(store, areas.get("879"))
    )


@pytest.mark.parametrize("asked", [{"growth": "3"}, {"damping": "0.5"}, {"scenario": "own"}])
def test_a_scenario_of_ones_own_is_there_once_any_of_it_was_asked_for(store, areas, asked):
    assert "your_own" in ask(store, areas.get("879"), **asked).tables["fan"].data
    assert "your_own" not in ask(store, areas.get("879"), spread="20").tables["fan"].data


def test_ones_own_growth_and_damping_are_offered_back_as_they_were_asked_for(store, areas):
    answer = ask(store, areas.get("879"), growth="-2.5", damping="0", spread="50")
    assert [answer.chosen(name) for name in ("growth", "damping", "spread")] == ["-2.5", "0", "50"]
    row = answer.tables["scenarios"].data.set_index("scenario").loc["Your own"]
    assert row["growth_a_year"] == pytest.approx(-2.5) and row["damping"] == 0


def test_the_damping_that_ends_at_a_published_rate_is_told_only_of_the_one_that_was_asked_for(england):
    def told(answer):
        return [words for words in lines([note.text for note in answer.notes_about("scenarios")]) if "67" in words]

    assert not [words for words in told(england) if words.startswith("Published low rate, 67")]
    solved = england.choosing({"solve": "published-low"})
    assert told(solved)[0].startswith("Published low rate, 67")


def test_the_sentences_on_the_past_are_those_of_the_series_that_was_chosen(england):
    def told(answer, table):
        return " ".join(lines([note.text for note in answer.notes_about(table)]))

    chosen = england.choosing({"tested_series": "sen_support", "send_series": "ehc_plan"})
    assert "the EHC plans of authorities" in told(england, "backtest")
    assert "the share of pupils with SEN support" in told(chosen, "backtest")
    assert "the EHC plans of authorities" not in told(chosen, "backtest")
    assert told(england, "send").startswith("EHC plans in January:")
    assert told(chosen, "send").startswith("Pupils with an EHC plan, %:")
