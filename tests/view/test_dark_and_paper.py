"""The same pages in dark colours, in colours that the reader's system forces, and on paper."""

import re

import pytest

from sendlib.pictures import palette
from tests.view.browsing import NEEDED, PATIENCE, at_rest, until

pytestmark = NEEDED


def opened(visit, address, view):
    visit.goto(f"{address}/{view}")
    visit.locator("h1").first.wait_for(timeout=PATIENCE)
    at_rest(visit)


def ink_of_the_heading(page):
    return page.locator("h1").first.evaluate("e => getComputedStyle(e).color")


def test_a_table_is_put_in_order_at_its_headings_by_one_click_or_with_the_keyboard(visit, address):
    opened(visit, address, "needs?area=370&open=comparators")
    table = visit.locator(".table[data-name=comparators]")
    share = table.locator("thead th").filter(has_text="Share").first
    column = share.evaluate("heading => heading.cellIndex")
    share.locator("button").click()
    until(lambda: share.get_attribute("aria-sort") == "descending", visit, 30)
    cells = table.locator("tbody tr").evaluate_all("(rows, at) => rows.map(row => row.cells[at].innerText)", column)
    shares = [float(text) for text in cells if text[0].isdigit()]
    assert len(shares) > 50 and shares == sorted(shares, reverse=True)
    share.locator("button").press("Enter")
    until(lambda: share.get_attribute("aria-sort") == "ascending", visit, 30)
    at_rest(visit)
    assert share.locator("button").evaluate("button => button === document.activeElement")


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


def test_places_for_families_is_one_sheet_with_a_light_map_whatever_the_screen(visit, address):
    visit.emulate_media(color_scheme="dark")
    opened(visit, address, "places?area=879&mode=families")
    visit.locator(".map[data-ready] .area").first.wait_for(timeout=PATIENCE)
    assert pages_of(visit.pdf(prefer_css_page_size=True)) == 1
    visit.emulate_media(media="print", color_scheme="dark")
    fills = visit.locator(".map .area").evaluate_all("all => [...new Set(all.map(e => getComputedStyle(e).fill))]")
    light = {f"rgb({int(one[1:3], 16)}, {int(one[3:5], 16)}, {int(one[5:], 16)})" for one in palette.SHADES}
    assert set(fills) <= {*light, 'url("#not-available")'} and len(light & set(fills)) == 5


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
    visit.locator(".st-key-pages a").first.focus()
    visit.keyboard.press("Tab")
    outlines = "all => all.map(e => getComputedStyle(e).outlineStyle)"
    assert visit.locator(".st-key-pages a").evaluate_all(outlines).count("solid") == 1
