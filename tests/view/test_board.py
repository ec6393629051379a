"""The board on Take away: what is chosen stands in the address, and what is written stays with whoever wrote it."""

import re

import pytest

from sendlib import service
from sendlib.board import MOST
from sendlib.own_figures.model import OwnFigure
from sendlib.view.take_away import board_thoughts
from tests.view.browsing import NEEDED, at_rest
from tests.view.test_pages import html_of, opened, text_of

ON_TIME, PLANS = "getting_help.on_time.share", "my_area.stock.plans"


def cards(test):
    return next(body for body in html_of(test) if body.startswith('<ol class="board'))


def asked(test):
    """The measures in the address."""
    held = test.query_params.get("measures", "")
    return held if isinstance(held, str) else "".join(held)


def button(test, label):
    return next(one for one in test.button if one.label == label)


@pytest.mark.parametrize("mode", ["explore", "families", "show"])
@pytest.mark.parametrize("area", ["879", "420", "QJK"])
def test_the_board_works_in_every_mode(area, mode):
    test = opened("take_away", area=area, mode=mode)
    assert not test.exception and not test.error
    assert cards(test).count("<li><h3") == MOST and "nan" not in cards(test)


def test_the_address_says_which_measures_and_in_which_order():
    test = opened("take_away", area="879", measures=f"{PLANS},{ON_TIME}")
    said = cards(test)
    assert said.count("<li><h3") == 2 and said.index("Plans in place") < said.index("within 20 weeks")
    assert "These six are a suggestion" not in text_of(test)


def test_what_is_wrong_in_the_address_is_told_and_left_out():
    test = opened("take_away", area="879", measures=f"{PLANS},nonsense")
    assert "no measure 'nonsense'" in text_of(test) and cards(test).count("<li><h3") == 1
    seven = ",".join(list(service.board_offered("my_area"))[:7])
    test = opened("take_away", area="879", measures=seven)
    assert "room for six measures" in text_of(test) and cards(test).count("<li><h3") == MOST


def test_a_measure_is_moved_and_taken_off_with_buttons_and_the_address_follows():
    test = opened("take_away", area="879", measures=f"{PLANS},{ON_TIME}", open="board_measures")
    button(test, "Move down").click().run()
    assert asked(test) == f"{ON_TIME},{PLANS}" and "It is 2 of 2." in text_of(test)
    button(test, "Move down").click().run()
    assert asked(test) == f"{ON_TIME},{PLANS}"
    button(test, "Take it off the board").click().run()
    assert asked(test) == ON_TIME
    button(test, "Take it off the board").click().run()
    assert asked(test) == ON_TIME and "at least one" in text_of(test)
    button(test, "Back to the suggestion").click().run()
    assert not asked(test) and cards(test).count("<li><h3") == MOST


def tick(test, words):
    return next(one for one in test.checkbox if one.label == words)


def test_a_tick_adds_a_measure_and_a_seventh_is_refused():
    test = opened("take_away", area="879", measures=ON_TIME, open="board_measures")
    tick(test, "Plans in place").check().run()
    assert asked(test) == f"{ON_TIME},{PLANS}"
    tick(test, "Plans in place").uncheck().run()
    assert asked(test) == ON_TIME
    test = opened("take_away", area="879", open="board_measures")
    tick(test, "Plans in place").check().run()
    assert "room for 6 measures" in text_of(test) and not asked(test)
    assert not tick(test, "Plans in place").value


def test_the_last_tick_stays():
    test = opened("take_away", area="879", measures=PLANS, open="board_measures")
    tick(test, "Plans in place").uncheck().run()
    assert "at least one" in text_of(test) and asked(test) == PLANS and tick(test, "Plans in place").value


def test_every_measure_of_every_page_is_found_by_its_words():
    test = opened("take_away", area="879", measures=ON_TIME, open="board_measures")
    pages = next(one for one in test.radio if one.label.startswith("Measures of which"))
    pages.set_value("getting_help").run()
    assert test.checkbox[0].value and test.checkbox[0].label.startswith("Share of plans issued within 20 weeks")
    assert re.search(r"14 of \d+ measures. Type a word to find the others", " ".join(html_of(test)))
    next(one for one in test.text_input if one.label.startswith("Find")).set_value("mediation REQUESTS").run()
    assert test.checkbox and all(
        "mediation" in one.label.casefold() and "requests" in one.label.casefold() for one in test.checkbox
    )
    next(one for one in test.text_input if one.label.startswith("Find")).set_value("zebra").run()
    assert not test.checkbox and any(body.count("None of the") for body in html_of(test))


def written(test):
    """What is in the two boxes of the page."""
    return [one.value for one in test.text_area]


def test_thoughts_stay_for_the_visit_with_their_area_and_in_no_address():
    test = opened("take_away", area="879", open="board_thoughts")
    test.text_area[0].set_value("Schools lack advice").run()
    test.text_area[1].set_value("Who waits longest?").run()
    assert written(test) == ["Schools lack advice", "Who waits longest?"]
    assert not any("advice" in str(value) for value in test.query_params.values())
    assert "names of children" in text_of(test) and "this visit only" in text_of(test)
    test.query_params["area"] = "880"
    assert written(test.run()) == ["", ""]
    test.query_params["area"] = "879"
    assert written(test.run())[0] == "Schools lack advice"
    held = test.session_state[board_thoughts._HELD]["879"]
    assert held.hypothesis == "Schools lack advice" and held.questions == "Who waits longest?"
    button(test, "Take these words out").click().run()
    assert written(test) == ["", ""]


def test_two_readers_do_not_see_each_others_thoughts():
    first = opened("take_away", area="879", open="board_thoughts")
    first.text_area[0].set_value("Ours alone").run()
    second = opened("take_away", area="879", open="board_thoughts")
    assert written(second) == ["", ""] and written(first.run())[0] == "Ours alone"


LONG = (
    "doing_well.over_time.reached.in_education_an_apprenticeship_or_work_for_two_terms_after_key_stage_4.no_identified_sen",
    "getting_help.decisions.share.requests_where_the_authority_decided_to_assess.requests_for_an_ehc_needs_assessment",
    "getting_help.four_weeks.figure.days_that_one_in_ten_of_those_waiting_for_a_first_contact_have_waited_or_longer",
    "getting_help.autism.seen_late.under_10",
    "doing_well.sum_by_january.share_low",
    "getting_help.community_over_time.over_52_share.community_nursing_services_planned_care_and_rapid_response_teams",
)
"""Measures whose names are the longest."""


@NEEDED
@pytest.mark.parametrize(
    ("wide", "high", "areas"),
    [
        (1280, 720, ("879", "E12000009", f"201&measures={','.join(LONG)}")),
        (1366, 768, ("420",)),
        (1920, 1080, ("420",)),
    ],
)
def test_the_board_fits_a_shared_screen(visit, address, wide, high, areas):
    visit.set_viewport_size({"width": wide, "height": high})
    for area in areas:
        visit.goto(f"{address}/take_away?area={area}&mode=show")
        visit.locator("p.source").wait_for()
        at_rest(visit)
        assert visit.locator("ol.board > li").count() == MOST
        assert visit.locator("p.source").bounding_box()["y"] < high
        end = visit.locator("p.source").evaluate("e => e.getBoundingClientRect().bottom")
        assert end <= high, (area, end)
        cut = "es => es.filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.textContent)"
        assert not visit.locator("ol.board :is(li, p, h3)").evaluate_all(cut)


def test_our_own_figures_stand_on_the_board_of_whoever_brought_them():
    figure = OwnFigure("Short breaks", "879", "Plymouth", "2025", "", 412.0, "children", "value", None, "us", "")
    test = opened("take_away", area="879", measures=ON_TIME)
    test.session_state["own_figures"] = {"879": (figure,)}
    said = cards(test.run())
    assert said.count("<li><h3") == 2 and "our own figure" in said and "412 children" in said
    assert "412 children" not in cards(opened("take_away", area="879", measures=ON_TIME))


@NEEDED
def test_moving_by_key_keeps_the_focus(visit, address):
    visit.goto(f"{address}/take_away?area=879&open=board_measures")
    visit.get_by_text("It is 1 of 6.").wait_for()
    at_rest(visit)
    visit.get_by_role("button", name="Move down").focus()
    for place in (2, 3):
        visit.keyboard.press("Enter")
        visit.get_by_text(f"It is {place} of 6.").wait_for()
        at_rest(visit)
    assert visit.evaluate("document.activeElement.innerText").strip() == "Move down"
