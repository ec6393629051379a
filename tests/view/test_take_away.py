"""Take away: its parts, and files that are made when a reader asks for them."""

import io

import pytest
from pptx import Presentation

from sendlib.exports.pack import KINDS
from sendlib.view.take_away import PARTS
from tests.view.browsing import PATIENCE, at_rest
from tests.view.test_browser import WCAG_22_AA, barriers
from tests.view.test_pages import html_of, opened, text_of

NEEDS = {"area": "370", "part": "pack", "of": "needs"}
"""One question, so that a file is made quickly."""


def made(test):
    """The files that the page offers."""
    return [button for button in test.get("download_button") if button.label.startswith("Download the")]


def labels(test):
    return [button.label for button in test.button if (button.key or "").startswith("make_")]


@pytest.mark.parametrize("mode", ["explore", "show", "families"])
def test_files_are_offered_to_make_and_nothing_is_made_before(mode):
    test = opened("take_away", **NEEDS, mode=mode)
    assert not test.exception and not made(test)
    kinds = [kind for kind in KINDS.values() if mode != "families" or not kind.analysts_only]
    assert sorted(labels(test)) == sorted(f"Make {kind.short}" for kind in kinds)


def test_a_file_is_made_when_it_is_asked_for_and_goes_when_something_else_is_chosen():
    test = opened("take_away", **NEEDS)
    test.button(key="make_sheet").click().run()
    assert [button.label.startswith("Download the sheet") for button in made(test)] == [True]
    test.query_params["of"] = "needs,places"
    assert not made(test.run())


def test_which_questions_go_in_stands_in_the_address():
    test = opened("take_away", area="370", part="pack")
    pills = next(one for one in test.get("button_group") if one.label == "Questions that go in")
    pills.set_value(["needs", "places"]).run()
    assert test.query_params["of"] == ["needs,places"] or test.query_params["of"] == "needs,places"


def test_one_reader_gets_nothing_of_another():
    one, other = opened("take_away", area="370", part="board"), opened("take_away", **NEEDS)
    one.query_params["open"] = "board_thoughts"
    one.run()
    next(box for box in one.text_area if "going on" in box.label).set_value("Only one of us thinks so.").run()
    for test in (one, other):
        test.query_params["part"], test.query_params["of"] = "pack", "needs"
        test.run()
    assert "what your group thinks" in text_of(one) and "what your group thinks" not in text_of(other)
    one.button(key="make_sheet").click().run()
    assert made(one) and not made(other.run())


def test_a_template_that_is_none_is_told_of_and_slides_can_still_be_made():
    test = opened("take_away", **NEEDS)
    kind = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    test.get("file_uploader")[0].set_value(("ours.pptx", b"nothing", kind)).run()
    test.button(key="make_slides").click().run()
    assert test.error and "saved as .pptx" in test.error[0].value and not made(test)
    held = io.BytesIO()
    Presentation().save(held)
    test.get("file_uploader")[0].set_value(("ours.pptx", held.getvalue(), kind)).run()
    test.button(key="make_slides").click().run()
    assert made(test) and not test.error


def test_before_an_area_is_chosen_the_page_says_so():
    for part in set(PARTS) - {"table"}:  # a table needs none
        test = opened("take_away", part=part)
        assert not test.exception and "Choose an area above" in text_of(test) + "".join(html_of(test)), part


@pytest.mark.parametrize("part", list(PARTS))
def test_no_part_is_wider_than_a_phone_and_axe_finds_no_barrier(visit, address, part):
    visit.set_viewport_size({"width": 360, "height": 740})
    visit.goto(f"{address}/take_away?area=370&part={part}")
    visit.locator("h1").wait_for(timeout=PATIENCE)
    at_rest(visit)
    assert visit.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 360
    assert not barriers(visit, WCAG_22_AA)
