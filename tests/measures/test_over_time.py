"""Any measure over time on My area: lines or a reason, with the numbers of the page that holds the measure."""

import numpy as np
import pytest

from sendlib import pictures, questions, service
from sendlib.compared import widened
from sendlib.errors import UnknownChoice
from sendlib.measures import asking, over_time
from sendlib.questions import my_area

PLYMOUTH, CUMBERLAND, CITY, SOUTH_WEST, BOARD = "879", "942", "201", "E12000009", "QJK"
ON_TIME = "getting_help.on_time.share"


@pytest.fixture(scope="module")
def ask(store):
    def of(code=PLYMOUTH, **asked):
        return service.answer_of(store, my_area.QUESTION, widened.directory(store).get(code), "", asked)

    return of


def lines_of(answer):
    (picture,) = pictures.of(answer, "any_measure", "explore")
    return picture


def numbers(answer, whose):
    data = answer.tables["any_measure"].data
    return data[data["whose"].eq(whose)].set_index("period")["number"]


def one_of_each_column(store):
    """A measure of every column of every table that has any."""
    every = [one for page in over_time.PAGES for one in asking.over_time(store, page).values()]
    return {(one.question, one.table, one.column): one for one in every}.values()


def test_nothing_else_is_asked_until_a_measure_is_picked(ask, monkeypatch):
    monkeypatch.setattr(asking, "of_england", lambda *_: pytest.fail("another page was asked"))
    answer = ask()
    assert answer.chosen("measure_of") == "none" and "measure" not in answer.offered
    assert list(answer.tables["any_measure"].data["page"]) == ["My area", "Places", "Getting help", "Doing well"]
    assert lines_of(answer).nothing == "No measure is picked yet."


def test_a_page_offers_its_measures_and_draws_the_first(ask):
    answer = ask(measure_of="getting_help")
    assert answer.chosen("measure") == ON_TIME == next(iter(answer.offered["measure"].options))
    assert [entry.words for entry in lines_of(answer).legend] == [
        "Plymouth",
        "Mean of its ten statistical neighbours",
        "England",
    ]


def test_a_measure_names_its_page_and_can_be_asked_for_by_itself(ask):
    answer = ask(measure="my_area.age.share.under_5")
    assert answer.chosen("measure_of") == "my_area" and answer.offered["measure"].words.endswith("Under 5, %")


def test_taking_the_page_back_takes_the_measure_back(ask):
    """The default of the page is what an address with a measure alone means, so "none" stands in the address."""
    assert ask(measure=ON_TIME).offered["measure_of"].default == "getting_help"
    assert "measure" not in ask(measure_of="none", measure=ON_TIME).offered


def test_a_measure_of_another_page_than_the_one_picked_is_forgotten(ask):
    assert ask(measure_of="places", measure=ON_TIME).chosen("measure").startswith("places.")


def test_an_unknown_measure_is_told_of_with_what_is_near_and_how_to_list_all(ask):
    with pytest.raises(UnknownChoice, match="getting_help.on_time.share") as raised:
        ask(measure="getting_help.on_time.shares")
    assert raised.value.choice == "measure"
    with pytest.raises(UnknownChoice, match="Begin with a page: my_area, places, getting_help, doing_well"):
        ask(measure="nonsense")
    with pytest.raises(UnknownChoice, match="places.residential.plans.all: Residential placements: All"):
        ask(measure="places")


@pytest.mark.parametrize("code", [PLYMOUTH, CUMBERLAND, CITY, SOUTH_WEST, "E92000001", BOARD, "878,879,880"])
def test_every_measure_has_lines_or_says_why_not(ask, store, code):
    for measure in one_of_each_column(store):
        answer = ask(code, measure=measure.code)
        picture = lines_of(answer)
        reasons = [*picture.below, *(note.text.explore for note in answer.notes_about("any_measure", "missing"))]
        assert not picture.nothing or reasons, measure.code
        assert set(answer.tables["any_measure"].sources) <= set(answer.sources), measure.code


def test_the_numbers_are_those_of_the_page_that_holds_the_measure(ask, store):
    answer = ask(measure=ON_TIME)
    owner = service.answer_of(
        store, questions.named("getting_help"), widened.directory(store).get(PLYMOUTH), "neighbours-2025", {}
    )
    table = owner.tables["on_time"].data.set_index("period")
    mean = "Mean of its ten statistical neighbours"
    for whose, column in {"Plymouth": "share", mean: "comparator_mean", "England": "england"}.items():
        np.testing.assert_array_equal(numbers(answer, whose), table[column])
    told = {note.text for note in owner.notes_about("on_time")}
    assert told and told <= {note.text for note in answer.notes_about("any_measure")}


def test_england_stands_beside_a_share_but_not_beside_a_number_of_plans(ask):
    share, plans = (ask(measure=f"my_area.age.{column}.under_5") for column in ("share", "plans"))
    whole = ask("E92000001").tables["age"].data
    known = whole[whole["age"].astype(str).eq("Under 5")]
    np.testing.assert_array_equal(numbers(share, "England"), known["share"])
    assert numbers(plans, "England").empty
    assert "No line of those compared" in share.notes_about("any_measure", "missing")[-1].text.explore


def test_england_asked_for_by_itself_is_not_said_to_lack_its_own_line(ask):
    answer = ask("E92000001", measure=ON_TIME)
    assert numbers(answer, "England").notna().all()
    assert not any("holds no figure" in note.text.explore for note in answer.notes_about("any_measure"))


def test_the_number_of_all_england_is_in_the_numbers_and_not_in_the_picture(ask):
    answer = ask(measure="doing_well.home_education.home_educated")
    assert numbers(answer, "England").min() > 1000
    drawn = lines_of(answer)
    assert "England" not in [entry.words for entry in drawn.legend]
    assert any("the other lines would lie flat" in words for words in drawn.below)


@pytest.mark.parametrize(
    ("measure", "unit"),
    [
        (ON_TIME, "%"),
        ("doing_well.over_time.reached.average_attainment_8_score.sen_support", "Score"),
        ("doing_well.over_time.reached.qualified_to_level_2_by_19.sen_support", "%"),
        ("getting_help.contacts.with_contact", "Children"),
    ],
)
def test_the_upright_axis_says_what_the_numbers_are_in(ask, measure, unit):
    drawn = lines_of(ask(measure=measure))
    assert drawn.spec["layer"][-1]["encoding"]["y"]["axis"]["title"] == unit


def test_the_breaks_of_the_series_are_drawn(ask):
    drawn = lines_of(ask(measure=ON_TIME))
    assert "from 2022 DfE collects each plan by itself" in drawn.below[0]
    reception = "good_level_of_development_at_the_end_of_reception.ehc_plan_or_statement"
    assert "a new profile" in lines_of(ask(measure=f"doing_well.over_time.reached.{reception}")).below[0]
    assert "any_measure_breaks" not in ask(measure="my_area.age.share.under_5").tables


def test_who_was_here_before_a_new_authority_has_a_line(ask):
    assert "Cumbria, until 2023" in [entry.words for entry in lines_of(ask(CUMBERLAND, measure=ON_TIME)).legend]


def test_what_its_own_page_does_not_draw_is_not_drawn_here(ask):
    """Doing well draws nothing of so few children; the numbers are there as published."""
    answer = ask(
        CITY, measure_of="doing_well", measure="doing_well.care_over_time.reached.in_need_of_school_age.sen_support"
    )
    drawn = lines_of(answer)
    assert "City of London" not in [entry.words for entry in drawn.legend]
    assert any("a figure of so few children" in words for words in drawn.below)


def test_a_part_of_a_page_that_an_area_has_not_is_explained_in_that_pages_words(ask):
    answer = ask(BOARD, measure_of="doing_well")
    told = [note.text.explore for note in answer.notes_about("any_measure", "missing")]
    assert lines_of(answer).nothing
    assert any("not available for several authorities together" in words for words in told)
    assert "The page Doing well holds no figure of this measure for NHS Devon." in told


def test_a_figure_of_an_nhs_area_is_under_the_name_of_that_area(ask):
    answer = ask(measure="getting_help.contacts.with_contact")
    assert [entry.words for entry in lines_of(answer).legend] == ["Devon"]
    assert "NHS areas that Plymouth lies in" in answer.tables["any_measure"].caption.explore
