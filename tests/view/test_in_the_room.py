"""A workshop, a phone and a sheet of paper: the app where people look at it together, in a real browser."""

import re

import pytest

from sendlib import questions
from tests.view.browsing import NEEDED, PATIENCE, at_rest, chosen, until

pytestmark = NEEDED

SIZES = [(1280, 720), (1366, 768), (1920, 1080)]


def shown(page, address, view):
    page.goto(f"{address}/{view}&mode=show")
    page.locator("p.source").wait_for(timeout=PATIENCE)
    at_rest(page)


def test_a_facilitator_goes_from_question_to_question_with_the_keys(visit, address):
    visit.set_viewport_size({"width": 1280, "height": 720})
    shown(visit, address, "needs?area=879")
    assert visit.locator(".bar .counter").inner_text() == "2 of 7"
    for key, page in (("ArrowRight", "places"), ("PageUp", "needs"), (" ", "places"), ("ArrowLeft", "needs")):
        visit.keyboard.press(key)
        visit.wait_for_url(re.compile(f"/{page}.*area=879.*mode=show"))
        visit.locator("p.source").wait_for(timeout=PATIENCE)
        at_rest(visit)
    visit.get_by_role("button", name="Next question").click()
    visit.wait_for_url(re.compile("/places"))
    assert visit.title() == "Places in Plymouth - SEND Explorer"


def test_another_area_is_one_key_a_name_and_enter(visit, address):
    visit.set_viewport_size({"width": 1280, "height": 720})
    shown(visit, address, "needs?area=879")
    visit.keyboard.press("a")
    visit.keyboard.type("torb")
    visit.keyboard.press("Enter")
    visit.wait_for_url(re.compile("area=880"))
    visit.locator(".bar .whose", has_text="Torbay").wait_for(timeout=PATIENCE)
    assert visit.locator("dialog").count() == 0
    assert chosen(visit)["mode"] == "show"


def test_the_screen_can_be_blanked_and_the_key_that_brings_it_back_does_nothing_else(visit, address):
    shown(visit, address, "needs?area=879")
    visit.keyboard.press("b")
    visit.locator(".blank").wait_for()
    visit.keyboard.press("ArrowRight")
    visit.locator(".blank").wait_for(state="detached")
    visit.wait_for_timeout(500)
    assert "/needs" in visit.url


def test_a_question_for_the_room_the_link_and_the_keys_open_when_asked_for(visit, address):
    shown(visit, address, "needs?area=879")
    assert not visit.get_by_text("Are these the needs that you see?").is_visible()
    visit.keyboard.press("r")
    visit.get_by_text("Are these the needs that you see?").wait_for()
    assert visit.locator("dialog").get_by_text("social, emotional and mental health was named").is_visible()
    visit.keyboard.press("Escape")
    visit.get_by_role("button", name="Share").click()
    link = visit.locator("dialog a.link").get_attribute("href")
    assert link.startswith(f"{address}/needs?") and "mode=families" in link and "area=879" in link
    assert visit.get_by_text("no phone can open it").is_visible()  # it is this computer's own address
    visit.keyboard.press("Escape")
    visit.keyboard.press("?")
    visit.get_by_text("Blank the screen").wait_for()


def test_keys_belong_to_whoever_types(visit, address):
    shown(visit, address, "needs?area=879")
    visit.get_by_text("Change the view").click()
    visit.get_by_test_id("stPopoverBody").get_by_role("combobox", name=re.compile("Area")).first.click()
    visit.keyboard.type("bar")
    visit.wait_for_timeout(500)
    assert "/needs" in visit.url and visit.locator(".blank, dialog").count() == 0


# Of every kind and size: long names, several NHS areas, few plans, a split area, a region, England, a board, a group.
IN_THE_ROOM = ["839", "420", "201", "940", "E12000003", "E92000001", "QJK", "878,879,880"]


@pytest.mark.parametrize("size", SIZES)
def test_nothing_stands_below_the_fold_or_over_something_else(visit, address, size):
    visit.set_viewport_size({"width": size[0], "height": size[1]})
    """Each question with half of the areas in turn, and with one on the other screens."""
    wrong = []
    for at, name in enumerate(questions.names()):
        for area in IN_THE_ROOM[at % 2 :: 2] if size == SIZES[0] else [IN_THE_ROOM[at % 2]]:
            shown(visit, address, f"{name}?area={area}")
            until(lambda: visit.evaluate(_PUT_TOGETHER), visit, 30)
            wrong += [f"{name} {area}: {what}" for what in visit.evaluate(_AMISS)]
    assert not wrong


_PUT_TOGETHER = "() => !document.querySelector('.map') || !!document.querySelector('.map[data-ready]')"
_AMISS = """() => {
  const found = [];
  const end = document.querySelector('p.source').getBoundingClientRect().bottom;
  if (end > innerHeight) found.push(`the sources end at ${Math.round(end)} of ${innerHeight}`);
  const boxes = [...document.querySelectorAll('.bar, h1, .figure, [data-testid=stVegaLiteChart], .map, p.source')]
    .map((e) => [e.className || e.tagName, e.getBoundingClientRect()]).filter(([, r]) => r.width && r.height);
  for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length; j++) {
    const [a, r] = boxes[i], [b, s] = boxes[j];
    const wide = Math.min(r.right, s.right) - Math.max(r.left, s.left);
    const high = Math.min(r.bottom, s.bottom) - Math.max(r.top, s.top);
    if (wide > 4 && high > 4) found.push(`${a} lies on ${b} by ${Math.round(high)}`);
  }
  for (const number of document.querySelectorAll('.number')) {
    if (number.scrollWidth > number.clientWidth + 1) found.push(`cut: ${number.innerText}`);
  }
  return found;
}"""


def test_the_numbers_of_a_shared_screen_have_96_pixels(visit, address):
    visit.set_viewport_size({"width": 1280, "height": 720})
    for name in questions.names():
        shown(visit, address, f"{name}?area=879")
        sizes = visit.locator(".figures .number:not(.words)").evaluate_all(
            "all => all.map((e) => parseFloat(getComputedStyle(e).fontSize))"
        )
        assert max(sizes) == 96, (name, sizes)


@pytest.mark.parametrize("mode", ["explore", "show", "families"])
def test_on_a_phone_the_title_and_the_first_number_stand_on_the_first_screen(visit, address, mode):
    visit.set_viewport_size({"width": 360, "height": 740})
    for name in questions.names():
        visit.goto(f"{address}/{name}?area=839&mode={mode}")
        visit.locator(".figure").first.wait_for(timeout=PATIENCE)
        at_rest(visit)
        heading, number = visit.locator("h1"), visit.locator(".figure .number, .figure .none").first
        assert heading.evaluate("e => e.getBoundingClientRect().top") >= 0
        assert number.evaluate("e => e.getBoundingClientRect().bottom") <= 740, name


@pytest.mark.parametrize("area", ["330", "QJK"])
def test_families_scroll_through_three_screens_and_a_half_of_a_phone_before_the_sources(visit, address, area):
    """The guidance has 2,500 pixels at a width of 360."""
    visit.set_viewport_size({"width": 360, "height": 740})
    for name in questions.names():
        visit.goto(f"{address}/{name}?area={area}&mode=families")
        visit.locator("p.sources").wait_for(state="attached", timeout=PATIENCE)
        at_rest(visit)
        until(lambda: visit.evaluate(_PUT_TOGETHER), visit, 30)
        before = visit.locator("p.sources").evaluate(
            "e => e.getBoundingClientRect().top + document.querySelector('.stMain').scrollTop"
        )
        assert before <= 2500, (name, before)


def test_on_a_phone_the_choices_and_the_pages_fold_into_one_line(visit, address):
    visit.set_viewport_size({"width": 360, "height": 740})
    visit.goto(f"{address}/needs?area=839&mode=families")
    visit.locator("p.sentence").wait_for(timeout=PATIENCE)
    at_rest(visit)
    assert not visit.get_by_role("combobox", name=re.compile("Compared with")).is_visible()
    visit.get_by_role("button", name="Change the area or the view").click()
    visit.get_by_role("combobox", name=re.compile("Compared with")).wait_for()
    visit.get_by_role("button", name="Pages").click()
    visit.get_by_role("link", name="Getting help").first.click()
    visit.wait_for_url(re.compile("/getting_help"))
    visit.evaluate("document.querySelector('.stMain').scrollTo(0, 1500)")
    visit.wait_for_timeout(300)
    assert visit.locator(".bar .whose").evaluate("e => e.getBoundingClientRect().top") >= 0


@pytest.mark.parametrize("zoom", [2, 4])
def test_enlarged_to_twice_and_four_times_nothing_is_cut(visit, address, zoom):
    """As WCAG counts: a window of 1280 pixels, enlarged, is one of 640 or 320."""
    visit.set_viewport_size({"width": 1280 // zoom, "height": 1024 // zoom})
    for name in ("start", *questions.names(), "about_data"):
        visit.goto(f"{address}/{'' if name == 'start' else name}?area=839")
        visit.locator("h1").wait_for(timeout=PATIENCE)
        at_rest(visit)
        assert visit.evaluate("document.querySelector('.stMain').scrollWidth") <= 1280 // zoom, name
