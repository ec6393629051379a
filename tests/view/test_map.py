"""The map of Places in a real browser: fitted, named, asked, chosen, and never in the way of the page."""

import re

import numpy as np
import pytest
import shapely

from sendlib.questions.places import QUESTION as PLACES
from sendlib.questions.places.map_tables import of_authorities
from tests.view.browsing import NEEDED, PATIENCE, at_rest, settled, until

pytestmark = NEEDED
QUESTION = "Where do children live"
SIZES = ((328, 320), (700, 420), (1044, 560), (1500, 800))
"""Pixels of a map on a phone, on a small and on a usual screen, and on a large one."""


def opened(page, address, view, width=1280, height=1500):
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{address}/places?{view}")
    if "mode=show" not in view:
        settled(page, QUESTION)
    drawn(page, re.search(r"area=(\w+)", view)[1])


def drawn(page, code):
    """Wait until the map has drawn an area."""
    page.locator(f".map[data-ready='{code}']").wait_for(timeout=PATIENCE)
    at_rest(page)


def boxes(page, what):
    """Left, top, right and bottom of marks of the map, in pixels of the window."""
    return page.locator(f".map {what}").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect()).map(r => [r.left, r.top, r.right, r.bottom])"
    )


def map_box(page):
    return boxes(page, "svg >> nth=0")[0]


# Fitted


@pytest.fixture(scope="module")
def shapes(store):
    table = store.table("shapes").astype({"kind": str, "area_code": str})
    table = table[table["kind"].eq("map")]
    return dict(zip(table["area_code"], map(shapely.from_geojson, table["geometry"]), strict=True))


def views_of(visit, address, wanted):
    """What the map's own code makes of ends and sizes: a view each."""
    visit.goto(address)
    return visit.evaluate(
        """async wanted => {
            const { fitted } = await import(new URL("app/static/map/view.js", document.baseURI));
            return wanted.map(([ends, [width, height]]) => fitted(ends, width, height, false));
        }""",
        wanted,
    )


def test_every_authority_is_in_the_picture_and_fills_it_at_every_size(visit, address, store, areas, shapes):
    """At least 95 % of its ground is inside, and it is at least a fifth as long as the shorter side."""
    table = of_authorities(PLACES.ask(store, areas.get("879"), "", {}).tables["map"].data).set_index("area_code")
    ends = {code: list(row) for code, row in table[["west", "south", "east", "north"]].astype(float).iterrows()}
    wanted = [(ends[code], size) for code in ends for size in SIZES]
    views = iter(views_of(visit, address, wanted))
    for code in ends:
        world = shapely.transform(shapes[code], in_world)
        for width, height in SIZES:
            view = next(views)
            across, down = width / view["scale"] / 2, height / view["scale"] / 2
            seen = shapely.box(view["x"] - across, view["y"] - down, view["x"] + across, view["y"] + down)
            assert world.intersection(seen).area >= 0.95 * world.area, (code, width)
            left, top, right, bottom = world.intersection(seen).bounds
            longest = max(right - left, bottom - top) * view["scale"]
            assert longest >= min(width, height) / 5, (code, width)


def in_world(points):
    """Degrees to the world of the map: Mercator in degrees, southwards."""
    x, y = points.T
    return np.column_stack([x, -np.degrees(np.log(np.tan(np.pi / 4 + np.radians(y) / 2)))])


@pytest.mark.parametrize("code", ["908", "201", "E12000009"])
@pytest.mark.parametrize(
    ("width", "height", "mode"), [(360, 740, "explore"), (1280, 720, "show"), (1920, 1080, "show")]
)
def test_the_outline_of_the_area_lies_within_the_map_on_the_page(visit, address, code, width, height, mode):
    opened(visit, address, f"area={code}&mode={mode}", width, height)
    left, top, right, bottom = map_box(visit)
    (own,) = boxes(visit, "path.own")
    assert left - 1 <= own[0] and top - 1 <= own[1] and own[2] <= right + 1 and own[3] <= bottom + 1
    assert max(own[2] - own[0], own[3] - own[1]) >= min(right - left, bottom - top) / 5


def test_on_a_phone_the_map_is_at_most_half_of_the_screen(visit, address):
    opened(visit, address, "area=879", 360, 740)
    _, top, _, bottom = map_box(visit)
    assert bottom - top <= 370


def test_on_a_shared_screen_it_fills_the_column_beside_the_numbers_with_the_key_inside(visit, address):
    opened(visit, address, "area=879&mode=show", 1280, 720)
    left, top, right, bottom = map_box(visit)
    assert right - left >= 0.55 * 1280 and bottom - top >= 0.55 * 720 and bottom < 720
    (key,) = boxes(visit, ".in-key")
    assert left < key[0] and key[2] < right and top < key[1] and key[3] < bottom


# Named


@pytest.mark.parametrize("view", ["area=879", "area=895&show=both&fit=travel", "area=316&fit=travel", "area=E92000001"])
def test_names_are_there_and_none_lies_on_another(visit, address, view):
    opened(visit, address, view)
    names = visit.locator(".map svg text").all_text_contents()
    assert len(names) > 4
    found = boxes(visit, "svg text")
    for at, one in enumerate(found):
        for other in found[at + 1 :]:
            assert not (
                one[0] < other[2] - 3 and other[0] < one[2] - 3 and one[1] < other[3] - 5 and other[1] < one[3] - 5
            )


def test_neighbours_towns_and_the_countries_beyond_have_their_names(visit, address):
    opened(visit, address, "area=884")  # Herefordshire
    kinds = {
        kind: visit.locator(f".map text.{kind}").all_text_contents() for kind in ("area-name", "town", "beyond-name")
    }
    assert "Shropshire" in kinds["area-name"] and "Wales" in kinds["beyond-name"]
    assert "Hereford" in kinds["town"]
    assert "CC BY 4.0" in visit.locator(".map .credit").inner_text()


def test_names_keep_their_size_when_the_map_is_enlarged(visit, address):
    opened(visit, address, "area=908")

    def height():
        return boxes(visit, "text.own-name")[0][3] - boxes(visit, "text.own-name")[0][1]

    before = height()
    for _ in range(2):
        visit.get_by_role("button", name="Zoom in").click()
    assert height() == pytest.approx(before, abs=1)


def test_districts_are_outlined_inside_a_county_and_in_a_unitary_are_none(visit, address):
    opened(visit, address, "area=888")
    assert visit.locator(".map path.district").count() == 12 and visit.locator(".map text.district-name").count() > 3
    opened(visit, address, "area=879")
    assert visit.locator(".map path.district").count() == 0


def test_hexagons_of_london_have_the_short_names_of_the_boroughs(visit, address):
    opened(visit, address, "area=211&layout=hexagons")
    names = [" ".join(text.split()) for text in visit.locator(".map text").all_text_contents()]
    assert "TowerHamlets" in [name.replace(" ", "") for name in names] and "Hackney" in names


# Zoomed, scrolled and chosen


def scale_of(page):
    transform = page.locator(".map svg > g").first.get_attribute("transform")
    return float(re.search(r"scale\(([\d.]+)\)", transform)[1])


def test_buttons_zoom_and_lead_back_to_the_area(visit, address):
    opened(visit, address, "area=908")
    before = scale_of(visit)
    visit.get_by_role("button", name="Zoom in").click()
    assert scale_of(visit) > before
    visit.get_by_role("button", name="Zoom out").click()
    visit.get_by_role("button", name="Zoom out").click()
    assert scale_of(visit) < before
    visit.get_by_role("button", name="Back to Cornwall").click()
    assert scale_of(visit) == before


def test_the_wheel_over_the_map_scrolls_the_page_and_leaves_the_map_as_it_is(visit, address):
    opened(visit, address, "area=908", height=900)
    visit.locator(".map").scroll_into_view_if_needed()
    left, top, right, bottom = map_box(visit)
    visit.mouse.move((left + right) / 2, (top + bottom) / 2)
    before = scale_of(visit)
    visit.mouse.wheel(0, 300)
    until(lambda: map_box(visit)[1] < top - 100, visit)
    assert scale_of(visit) == before


def test_one_finger_over_the_map_scrolls_the_page(browser, address):
    page = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True).new_page()
    page.set_default_timeout(PATIENCE)
    try:
        page.goto(f"{address}/places?area=908")
        drawn(page, "908")
        page.locator(".map").scroll_into_view_if_needed()
        left, top, right, bottom = map_box(page)
        x, y = (left + right) / 2, (top + bottom) / 2
        session = page.context.new_cdp_session(page)
        for kind, moved in (
            ("touchStart", 0),
            *(("touchMove", -20 * step) for step in range(1, 11)),
            ("touchEnd", None),
        ):
            points = [] if moved is None else [{"x": x, "y": y + moved}]
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
            page.wait_for_timeout(20)
        until(lambda: map_box(page)[1] < top - 80, page)
    finally:
        page.context.close()


def test_a_click_chooses_an_authority_and_no_colour_of_the_key_fades(visit, address):
    opened(visit, address, "area=879&fit=england&show=nothing")
    fills = (
        "all => all.map(e => getComputedStyle(e).fill + getComputedStyle(e).fillOpacity + getComputedStyle(e).opacity)"
    )
    before = visit.locator(".map path.area").evaluate_all(fills)
    cornwall = visit.locator(".map path.area").nth(sorted_codes(visit).index("908")).bounding_box()
    visit.mouse.click(cornwall["x"] + 0.62 * cornwall["width"], cornwall["y"] + 0.45 * cornwall["height"])
    visit.wait_for_url(re.compile("area=908"), timeout=PATIENCE)
    drawn(visit, "908")
    assert visit.locator(".map path.area").evaluate_all(fills) == before


def sorted_codes(page):
    return page.evaluate(
        'async () => (await (await fetch(new URL("app/static/authorities.json", document.baseURI))).json()).codes'
    )


def test_after_five_changes_the_outline_is_that_of_the_chosen_area(visit, address):
    opened(visit, address, "area=879&show=nothing")
    codes = sorted_codes(visit)
    for name, code in (("Cornwall", "908"), ("Kent", "886"), ("Camden", "202"), ("Rutland", "857"), ("Leeds", "383")):
        visit.get_by_role("combobox", name=re.compile("Area")).first.click()
        visit.keyboard.type(name)
        visit.get_by_role("option", name=name, exact=True).click()
        visit.wait_for_url(re.compile(f"area={code}"), timeout=PATIENCE)
        drawn(visit, code)
        own, ground = (visit.locator(f".map {what}") for what in ("path.own", "path.area"))
        assert own.get_attribute("data-own") == code and own.count() == 1
        shape = ground.nth(codes.index(code)).bounding_box()
        outline = own.bounding_box()
        for end in ("x", "y", "width", "height"):
            assert outline[end] == pytest.approx(shape[end], abs=6)


# Asked


def test_a_school_says_its_name_kind_places_and_date_to_the_mouse_the_keyboard_and_a_screen_reader(visit, address):
    opened(visit, address, "area=879")
    school = visit.locator(".map .school[data-own]").last
    told = school.get_attribute("aria-label")
    assert "places" in told.lower() and "pupils" in told and "2021" in told
    school.hover()
    tip = visit.locator(".map .tip")
    tip.wait_for(timeout=PATIENCE)
    assert tip.inner_text().splitlines()[0] == told.split(". ")[0]
    visit.mouse.move(5, 5)
    tip.wait_for(state="hidden", timeout=PATIENCE)
    reached = visit.locator(".map .school[tabindex='0']")
    assert reached.count() == 1, "one stop of the Tab key, from which the arrow keys lead on"
    reached.focus()
    first = tip.inner_text()
    visit.keyboard.press("ArrowRight")
    assert tip.inner_text() != first
    visit.keyboard.press("Escape")
    tip.wait_for(state="hidden", timeout=PATIENCE)


def test_an_authority_says_its_figure(visit, address):
    opened(visit, address, "area=879&show=nothing")
    left, top, right, bottom = boxes(visit, "path.own")[0]
    visit.mouse.move(left + 0.4 * (right - left), top + 0.4 * (bottom - top))
    tip = visit.locator(".map .tip")
    tip.wait_for(timeout=PATIENCE)
    assert tip.inner_text().startswith("Plymouth\nChildren and young people with an EHC plan per 1,000")


def test_the_numbers_at_the_arrows_equal_the_table(visit, address):
    opened(visit, address, "area=895&show=lines&fit=travel&open=flows_out,numbers-flows_out", height=2000)
    numbers = visit.locator(".map text.number")
    at_heads = dict(
        zip(
            numbers.evaluate_all("all => all.map(e => e.dataset.arrow)"),
            [text.split()[-1] for text in numbers.all_text_contents()],
            strict=True,
        )
    )
    assert at_heads["out 896"] == "111"
    row = visit.locator("table tr", has=visit.get_by_text("Cheshire West and Chester", exact=True)).first
    row.wait_for(timeout=PATIENCE)
    assert "111" in row.inner_text()


def test_without_a_file_the_map_says_that_a_part_was_not_found(browser, address):
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.route("**/authorities.json*", lambda route: route.fulfill(status=404, body="{}"))
    try:
        page.goto(f"{address}/places?area=879")
        page.locator(".map p.failed").wait_for(timeout=PATIENCE)
        assert "was not found" in page.locator(".map p.failed").inner_text()
    finally:
        page.context.close()


def test_what_travels_once_and_at_a_change_is_little(visit, address):
    sizes = {}
    visit.on(
        "response",
        lambda answer: (
            sizes.update({answer.url.partition("?")[0]: len(answer.body())}) if "/app/static/" in answer.url else None
        ),
    )
    opened(visit, address, "area=879")
    assert sum(sizes.values()) < 450_000 and len([url for url in sizes if url.endswith(".json")]) >= 5
    before = dict(sizes)
    sizes.clear()
    visit.get_by_role("combobox", name=re.compile("Area")).first.click()
    visit.keyboard.type("Kent")
    visit.get_by_role("option", name="Kent", exact=True).click()
    drawn(visit, "886")
    assert not sizes and before, "what was fetched once is not fetched again"
