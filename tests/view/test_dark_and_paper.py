"""The same pages in dark colours, in colours that the reader's system forces, and on paper."""

import re

import pytest

from tests.view.browsing import NEEDED, PATIENCE, at_rest, until
from tests.view.test_browser import WCAG_22_AA

pytestmark = NEEDED


def opened(visit, address, view):
    visit.goto(f"{address}/{view}")
    visit.locator("h1").first.wait_for(timeout=PATIENCE)
    at_rest(visit)


def ink_of_the_heading(page):
    return page.locator("h1").first.evaluate("e => getComputedStyle(e).color")


@pytest.mark.parametrize("view", ["needs?area=370&open=all", "places?area=370&mode=show", "about_data?mode=families"])
def test_axe_finds_no_barrier_in_dark_colours(visit, address, view):
    from axe_playwright_python.sync_playwright import Axe

    visit.emulate_media(color_scheme="dark")
    opened(visit, address, view)
    found = Axe().run(visit, options={"runOnly": {"type": "tag", "values": WCAG_22_AA}}).response
    assert len(found["passes"]) > 10
    assert not [(rule["id"], node["html"][:200]) for rule in found["violations"] for node in rule["nodes"]]


def test_a_table_is_put_in_order_with_the_keyboard(visit, address):
    opened(visit, address, "needs?area=370&open=all")
    heading = visit.locator(".table[data-name=comparators] thead th").first
    before = heading.get_attribute("aria-sort")
    heading.locator("button").focus()
    visit.keyboard.press("Enter")
    until(lambda: heading.get_attribute("aria-sort") not in (before, "none"), visit, 30)
    at_rest(visit)
    assert heading.locator("button").evaluate("button => button === document.activeElement")


def pages_of(pdf):
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_shared_screen_is_one_sheet_across_that_is_white(visit, address, scheme):
    visit.emulate_media(color_scheme=scheme)
    opened(visit, address, "needs?area=370&mode=show")
    visit.locator("[data-testid=stVegaLiteChart] svg").first.wait_for(timeout=PATIENCE)
    pdf = visit.pdf(prefer_css_page_size=True, print_background=True)
    across, down = map(float, re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf).groups())
    assert pages_of(pdf) == 1 and across > down
    visit.emulate_media(media="print", color_scheme=scheme)
    assert ink_of_the_heading(visit) == "rgb(11, 12, 12)"
    assert (
        visit.locator(".block-container").evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 255, 255)"
    )
    fills = visit.locator("[data-testid=stVegaLiteChart] svg text").evaluate_all(
        "all => all.map(e => getComputedStyle(e).fill)"
    )
    # Ink, and under some words their white edge; nothing of a dark page.
    assert set(fills) <= {"rgb(11, 12, 12)", "rgb(255, 255, 255)"} and "rgb(11, 12, 12)" in fills
    assert visit.locator("p.printed").is_visible() and not visit.get_by_text("Change the view").is_visible()


def test_a_page_for_families_is_one_sheet_without_what_only_a_screen_has(visit, address):
    opened(visit, address, "needs?area=370&mode=families")
    visit.locator("[data-testid=stVegaLiteChart] svg").first.wait_for(timeout=PATIENCE)
    assert pages_of(visit.pdf(prefer_css_page_size=True)) == 1
    visit.emulate_media(media="print")
    for only_on_a_screen in (".st-key-pages", ".st-key-controls", "[data-testid=stExpander]", ".help"):
        assert not visit.locator(only_on_a_screen).first.is_visible(), only_on_a_screen
    assert "needs?area=370" in visit.locator("p.printed").inner_text()


def test_what_is_chosen_is_told_where_the_system_forces_its_colours(visit, address):
    visit.emulate_media(forced_colors="active")
    opened(visit, address, "needs?area=370")
    ground = "e => getComputedStyle(e).backgroundColor"
    modes = visit.locator("[data-testid=stButtonGroup]").first.get_by_role("radio")
    assert modes.first.evaluate(ground) != modes.last.evaluate(ground)
    lines = visit.locator(".st-key-pages a p").evaluate_all(
        "all => all.filter(e => getComputedStyle(e).textDecorationLine == 'underline').map(e => e.innerText)"
    )
    assert lines == ["Needs"]
