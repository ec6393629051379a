"""What Start says of every area, out of the answers of all questions."""

import pytest

from sendlib import portrait, questions, service
from sendlib.answer import MODES
from sendlib.compared.comparators import DEFAULT
from tests.reading import too_long

NAMES = questions.names()
WIDER = ("E12000009", "E92000001", "QJK", "878,879,880", "02P")
"""A region, England, a board, a group, and a location of one authority."""


def glances(everywhere, code):
    return {name: questions.named(name).glance(everywhere(name)[code]) for name in NAMES}


def asked(code):
    return {name: service.ask(questions.named(name), code, DEFAULT, {}) for name in NAMES}


def as_read(glance, mode):
    """The number, what it is of, and what it is beside, as they follow one another on a card."""
    return f"{glance.number.in_mode(mode)} {glance.statement.in_mode(mode)}. {glance.small.in_mode(mode)}"


@pytest.mark.parametrize("name", NAMES)
def test_every_authority_has_a_statement_with_a_number_or_a_reason_in_every_mode(everywhere, name):
    for code, answer in everywhere(name).items():
        glance = questions.named(name).glance(answer)
        for mode in MODES:
            assert glance.statement.in_mode(mode) and glance.small.in_mode(mode), code
            assert any(sign.isdigit() for sign in glance.number.in_mode(mode)) or not glance.held, code
            assert "nan" not in as_read(glance, mode).split(), code
        assert not too_long(as_read(glance, "families")), (code, too_long(as_read(glance, "families")))


def test_the_numbers_are_those_of_the_pages(everywhere):
    found = glances(everywhere, "879")
    on_time = everywhere("getting_help")["879"].figures[0]
    assert found["getting_help"].number.explore == on_time.text
    assert found["getting_help"].number.families == f"{on_time.value:.0f} of every 100"
    stock = everywhere("my_area")["879"].tables["stock"].data
    assert found["my_area"].number.explore == f"{stock['plans'].iloc[-1]:,.0f}"
    low, high = everywhere("looking_ahead")["879"].figures[1:]
    assert found["looking_ahead"].number.explore == f"{low.text} or {high.text}", "two scenarios and no interval"
    assert "not counted" in found["looking_ahead"].small.explore
    mix = everywhere("needs")["879"].tables["mix"].data
    furthest = mix.loc[(mix["share"] - mix["england"]).abs().idxmax()]
    assert furthest["name"].lower() in found["needs"].statement.explore


def test_a_small_line_ends_with_the_number_and_has_england_beside_it(everywhere):
    line = glances(everywhere, "879")["getting_help"].line
    table = everywhere("getting_help")["879"].tables["on_time"].data
    assert (line.points[-1].own, line.points[-1].england) == (table["share"].iloc[-1], table["england"].iloc[-1])
    gaps = glances(everywhere, "879")["doing_well"].line.points
    assert {"2019/20", "2020/21"}.isdisjoint(point.period for point in gaps), "grades that teachers set are another"


def test_a_new_authority_says_why_its_change_is_not_known_and_draws_no_other_authoritys_years(everywhere):
    plans = glances(everywhere, "942")["my_area"]
    assert plans.held and "no number of January 2021" in plans.small.explore
    assert plans.line.points[0].period == "January 2024"
    travel = glances(everywhere, "942")["places"]
    assert not travel.held and "Cumbria" in travel.small.explore


def test_an_authority_of_few_children_says_so_instead_of_a_share(everywhere):
    found = glances(everywhere, "420")
    assert [name for name in NAMES if found[name].held] == ["my_area", "looking_ahead", "joining_up"]
    assert "together" in found["looking_ahead"].statement.explore
    assert found["getting_help"].number.families == "Too few"


@pytest.mark.parametrize("code", WIDER)
def test_an_area_of_any_kind_has_a_statement_for_each_question(code):
    for name, answer in asked(code).items():
        assert answer.glance.statement.explore and answer.glance.small.explore, name
        assert not too_long(as_read(answer.glance, "families")), name
    if code == "E92000001":
        assert all("England 4" not in answer.glance.small.explore for answer in asked(code).values())


def test_what_is_newest_missing_and_next():
    told = portrait.of(list(asked("942").values()))
    assert told.newest.explore.startswith("Newest release shown: ") and "2026" in told.newest.explore
    assert any("Cumbria" in text.explore for text in told.missing)
    assert [onward.page for onward in told.onward] == ["needs", "places"]
    assert "Westmorland and Furness" in told.onward[0].words.explore
    assert told.onward[0].query == {"beside": "943"}


def test_who_travels_is_told_of_as_many_children_as_what_it_is_beside():
    figure = next(figure for figure in asked("878,879,880")["places"].figures if figure.table == "flows")
    glance = asked("878,879,880")["places"].glance
    assert glance.number.families == figure.text_in("families") == "4 of every 1,000"
    assert "England 88" in glance.small.families, "8.8 per cent of a thousand"


def test_who_travels_is_drawn_beside_england_where_both_are_of_the_borders_of_authorities():
    places = asked("879")["places"]
    figure = next(figure for figure in places.figures if figure.table == "flows")
    (point,) = places.glance.line.points
    assert (point.own, point.england) == (figure.value, figure.england) and round(point.england, 1) == 8.8
    assert asked("QJK")["places"].glance.line is None and asked("E92000001")["places"].glance.line is None
