"""The real app in a real browser, without a network."""

import re

import pytest

from sendlib import questions
from sendlib.view.frame import PAGES
from tests.view.browsing import NEEDED, PATIENCE, at_rest, chosen, settled, until

pytestmark = NEEDED


def test_pick_an_area_change_the_page_reload_and_see_the_same_view(visit, address):
    page = visit
    page.goto(address)
    settled(page, "What is known about SEND")
    page.get_by_role("combobox", name=re.compile("Your council, district or area")).first.click()
    page.keyboard.type("barns")
    page.get_by_role("option", name="Barnsley", exact=True).click()
    page.wait_for_url(re.compile("area=370"))
    page.get_by_role("link", name="Needs", exact=True).first.click()
    settled(page, "Which needs do children have")
    page.wait_for_url(re.compile(r"needs.*area=370"))
    in_explore = page.locator("p.sentence").inner_text()
    page.get_by_text("Families", exact=True).click()
    page.wait_for_url(re.compile("mode=families"))
    page.wait_for_function(
        "t => document.querySelector('p.sentence')?.innerText !== t", arg=in_explore, timeout=PATIENCE
    )
    before = chosen(page)
    text = page.locator("p.sentence").inner_text()
    page.reload()
    settled(page, "Which needs do children have")
    assert chosen(page) == before == {"area": "370", "mode": "families"}
    page.wait_for_function("t => document.querySelector('p.sentence')?.innerText === t", arg=text, timeout=PATIENCE)
    page.locator("canvas, svg.marks").first.wait_for()


def test_what_is_typed_and_is_in_no_list_is_looked_up(visit, address):
    """A district, a name with a slip: Streamlit's list has neither, and both find their area."""
    page = visit
    page.goto(f"{address}/my_area?area=879")
    settled(page, "What does SEND look like here?")
    for typed, name in (("Burnley", "Lancashire"), ("Middlesborough", "Middlesbrough")):
        box = page.get_by_role("combobox", name="Area").first
        box.click()
        box.fill(typed)
        page.get_by_role("option", name=f"Add: {typed}").click()
        page.wait_for_url(re.compile(f"area={typed}"))
        page.get_by_test_id("stAlert").filter(has_text=name).first.wait_for(timeout=PATIENCE)
        page.locator("strong", has_text=name).first.wait_for(timeout=PATIENCE)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("needs", "Which needs do children have"),
        ("looking_ahead", "How many children may need support"),
        ("about_data", "Where does it come from"),
    ],
)
def test_a_cold_deep_link_shows_the_page_with_its_navigation(visit, address, name, title):
    visit.goto(f"{address}/{name}?area=888&mode=explore")
    settled(visit, title)
    visit.get_by_role("link", name="About the data").first.wait_for(timeout=PATIENCE)
    assert visit.get_by_text("Page not found").count() == 0
    assert chosen(visit)["area"] == "888"


def test_on_a_shared_screen_everything_is_above_the_fold(visit, address):
    visit.set_viewport_size({"width": 1280, "height": 720})
    # The longest words: a long name, several NHS areas, a scenario that was chosen, an area with too few.
    views = [f"{name}?area=839" for name in questions.names()]
    views += [
        "getting_help?area=881",
        "getting_help?area=895",
        "doing_well?area=420",
        "looking_ahead?area=370&scenario=percent",
        "looking_ahead?area=E12000003&scenario=linear",
    ]
    for view in views:
        visit.goto(f"{address}/{view}&mode=show")
        visit.locator("p.source").wait_for(timeout=PATIENCE)
        if view != "doing_well?area=420":  # so few children that nothing is drawn
            visit.locator("[data-testid=stVegaLiteChart] svg, .map[data-ready]").first.wait_for()
        at_rest(visit)
        bottom = visit.locator("p.source").evaluate("e => e.getBoundingClientRect().bottom")
        assert bottom <= 720, view


@pytest.mark.parametrize("view", ["area=879", "area=839", "area=E92000001", "area=QJK", "area=879&beside=878"])
def test_the_parts_of_a_page_with_groups_begin_on_the_first_screen(visit, address, view):
    """The search and the first part stand beside what is said: nobody scrolls to find out what there is."""
    visit.set_viewport_size({"width": 1280, "height": 900})
    visit.goto(f"{address}/getting_help?{view}&mode=explore")
    first = visit.locator(".st-key-closer summary").first
    first.wait_for(timeout=PATIENCE)
    visit.locator("[data-testid=stVegaLiteChart] svg").first.wait_for()
    at_rest(visit)
    assert first.evaluate("e => e.getBoundingClientRect().bottom") <= 900
    assert visit.get_by_role("textbox", name="Find a part").bounding_box()["y"] < 900


def test_a_larger_screen_shows_the_same_view_larger(visit, address):
    visit.set_viewport_size({"width": 1920, "height": 1080})

    def charts_fill_their_column():
        left = visit.locator(".figures").bounding_box()["x"]
        boxes = [chart.bounding_box() for chart in visit.locator("[data-testid=stVegaLiteChart] svg").all()]
        return boxes and all(box["width"] > 500 and box["x"] + box["width"] <= left for box in boxes)

    for name in ("needs", "getting_help", "doing_well", "looking_ahead", "places"):
        visit.goto(f"{address}/{name}?area=839&mode=show")
        source = visit.locator("p.source")
        source.wait_for(timeout=PATIENCE)
        if name != "places":  # its picture is a map
            until(charts_fill_their_column, visit)
        at_rest(visit)
        assert source.evaluate("e => e.getBoundingClientRect().bottom") <= 1080, name
        assert float(source.evaluate("e => e.currentCSSZoom * parseFloat(getComputedStyle(e).fontSize)")) >= 26


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (360, 740)])
def test_the_choices_of_a_shared_screen_can_all_be_reached(visit, address, size):
    visit.set_viewport_size({"width": size[0], "height": size[1]})
    visit.goto(f"{address}/needs?area=839&mode=show")
    visit.get_by_text("Change the view").click()
    last = visit.get_by_test_id("stPopoverBody").get_by_text("Families", exact=True)
    last.wait_for(timeout=PATIENCE)
    at_rest(visit)
    box, around = last.bounding_box(), visit.get_by_test_id("stPopoverBody").bounding_box()
    assert around["x"] >= 0 and around["x"] + around["width"] <= size[0]
    assert around["x"] <= box["x"] and box["x"] + box["width"] <= around["x"] + around["width"]
    last.click()
    visit.wait_for_url(re.compile("mode=families"))


def test_on_a_phone_nothing_is_wider_than_the_screen(visit, address):
    visit.set_viewport_size({"width": 360, "height": 740})
    for name in questions.names():
        visit.goto(f"{address}/{name}?area=879&mode=families")
        visit.locator("p.sentence").wait_for(timeout=PATIENCE)
        visit.wait_for_timeout(1500)
        width = visit.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
        assert width <= 360


def marks_of(page, who):
    """The middles of the marks of an area in the first picture, from the left; Vega keeps the row with each mark."""
    found = page.evaluate(
        """who => [...document.querySelector('[data-testid=stVegaLiteChart]').querySelectorAll('g.mark-symbol path')]
        .filter(e => JSON.stringify(e.__data__?.datum ?? {}).includes(who)).map(e => e.getBoundingClientRect())
        .map(r => [r.x + r.width / 2, r.y + r.height / 2])""",
        who,
    )
    return sorted(found)


@pytest.mark.parametrize("view", ["needs?area=879", "getting_help?area=879&each_on_time=each"])
def test_a_click_on_a_mark_names_its_area_and_a_second_one_takes_the_name_away(visit, address, view):
    """Each click counts once, however often the page runs for another reason; the name goes along to other pages."""
    visit.set_viewport_size({"width": 1920, "height": 1500})
    visit.goto(f"{address}/{view}")
    chart = visit.locator("[data-testid=stVegaLiteChart]").first
    chart.locator("svg").first.wait_for(timeout=PATIENCE)
    at_rest(visit)

    def click_the_last():
        until(lambda: marks_of(visit, "Wakefield"), visit)
        at_rest(visit)
        visit.mouse.click(*marks_of(visit, "Wakefield")[-1])

    for _ in range(2):
        click_the_last()
        visit.wait_for_url(re.compile("pin=384"), timeout=PATIENCE)
        visit.locator("ul.key", has_text="Wakefield").first.wait_for(timeout=PATIENCE)
        click_the_last()
        visit.wait_for_url(re.compile("^(?!.*pin=)"), timeout=PATIENCE)
    click_the_last()
    visit.wait_for_url(re.compile("pin=384"), timeout=PATIENCE)
    visit.locator("ul.key", has_text="Wakefield").first.wait_for(timeout=PATIENCE)
    at_rest(visit)
    visit.get_by_text("See the numbers").first.click()
    visit.wait_for_url(re.compile("open="), timeout=PATIENCE)
    at_rest(visit)
    assert chosen(visit)["pin"] == "384"
    visit.get_by_role("link", name="Doing well", exact=True).first.click()
    visit.wait_for_url(re.compile("doing_well.*pin=384"), timeout=PATIENCE)


def test_names_can_be_chosen_with_the_keyboard(visit, address):
    visit.goto(f"{address}/needs?area=879")
    box = visit.get_by_role("combobox", name="Name in the picture")
    box.wait_for(timeout=PATIENCE)
    at_rest(visit)
    box.focus()
    visit.keyboard.type("Tames")
    visit.get_by_role("option", name="Tameside").wait_for(timeout=PATIENCE)
    visit.keyboard.press("Enter")
    visit.wait_for_url(re.compile("pin=357"), timeout=PATIENCE)
    visit.locator("ul.key", has_text="Tameside").first.wait_for(timeout=PATIENCE)


def test_back_leads_back(visit, address):
    visit.goto(f"{address}/needs?area=879&vs=region")
    settled(visit, "Which needs do children have")
    visit.get_by_role("link", name="My area", exact=True).first.click()
    settled(visit, "What does SEND look like here")
    assert chosen(visit) == {"area": "879", "vs": "region"}
    visit.go_back()
    settled(visit, "Which needs do children have")
    assert chosen(visit) == {"area": "879", "vs": "region"}


@pytest.mark.parametrize(
    "link", ["needs?area=879", "places?area=Plymouth&mode=show", "looking_ahead?area=370&scenario=percent"]
)
def test_opening_a_link_costs_no_dead_back(visit, address, link):
    """One step back from a link that was opened leads out of the app, to where the reader came from."""
    visit.goto(f"{address}/about_data")
    settled(visit, "Where does it come from")
    steps = visit.evaluate("history.length")
    visit.goto(f"{address}/{link}")
    visit.locator("h1").wait_for(timeout=PATIENCE)
    at_rest(visit)
    assert visit.evaluate("history.length") == steps + 1
    visit.go_back()
    settled(visit, "Where does it come from")


def test_a_link_back_to_a_page_brings_what_was_chosen_there(visit, address):
    visit.goto(f"{address}/places?area=879&layout=hexagons")
    settled(visit, "Where do children live")
    visit.get_by_role("link", name="Needs", exact=True).first.click()
    settled(visit, "Which needs do children have")
    assert chosen(visit) == {"area": "879"}
    visit.get_by_role("link", name="Places", exact=True).first.click()
    settled(visit, "Where do children live")
    assert chosen(visit) == {"area": "879", "layout": "hexagons"}


WCAG_22_AA = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
OF_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""The rules of WCAG_22_AA that may find otherwise on a dark page."""
ROWS = 4


def barriers(page, rules):
    """What axe finds: rule and element. The rows of a long table are one like the other, and axe would look at their
    cells for minutes: it is shown the first ones of each look (a marked row has its own); of the marks of a picture
    likewise."""
    from axe_playwright_python.sync_playwright import Axe

    page.evaluate(
        """most => document.querySelectorAll('.table tbody').forEach(body => {
            const seen = {};
            for (const row of [...body.rows]) {
                seen[row.className] = (seen[row.className] || 0) + 1;
                if (seen[row.className] > most) row.remove();
            }
        })""",
        ROWS,
    )
    page.evaluate(
        """most => document.querySelectorAll('[data-testid=stVegaLiteChart] svg g').forEach(
        group => [...group.children].filter(mark => mark.matches('[role=graphics-symbol]')).slice(most)
            .forEach(mark => mark.remove()))""",
        ROWS,
    )
    found = Axe().run(page, options={"runOnly": rules}).response
    assert found["passes"]
    return [(rule["id"], node["html"][:200]) for rule in found["violations"] for node in rule["nodes"]]


def test_every_part_can_be_opened_with_the_keyboard_and_stands_in_the_address(visit, address):
    """A part moves while the picture above it is drawn: it is asked again until it is open."""
    visit.goto(f"{address}/needs?area=370")
    settled(visit, "Which needs do children have")
    at_rest(visit)
    parts = visit.locator("[data-testid=stExpander]")
    for place in range(3):
        part = parts.nth(place)
        for _ in range(3):
            if not part.locator("details[open]").count():
                part.locator("summary").first.press("Enter")
                at_rest(visit)
        assert part.locator("details[open]").count(), part.inner_text()
    opened = chosen(visit)["open"]
    assert len(opened.split(",")) == 3
    visit.reload()
    settled(visit, "Which needs do children have")
    at_rest(visit)
    assert chosen(visit)["open"] == opened
    until(lambda: visit.locator("[data-testid=stExpander] > details[open]").count() == 3, visit)


# Explore has all parts of a page; of the others the pages have one in turn.
LOOKED_AT = [(name, mode) for at, name in enumerate(PAGES) for mode in ("explore", ("show", "families")[at % 2])]


@pytest.mark.parametrize(("name", "mode"), LOOKED_AT)
def test_axe_finds_no_barrier_on_the_whole_page_light_or_dark(visit, address, name, mode):
    visit.goto(f"{address}/{'' if name == 'start' else name}?area=370&mode={mode}&open=all")
    visit.locator("h1").wait_for(timeout=PATIENCE)
    at_rest(visit)
    assert not barriers(visit, WCAG_22_AA)
    visit.emulate_media(color_scheme="dark")
    at_rest(visit)
    assert visit.locator("h1").first.evaluate("e => getComputedStyle(e).color") == "rgb(243, 242, 241)"
    assert not barriers(visit, OF_COLOURS)


def test_the_link_to_start_leads_there_in_a_new_tab_too(visit, address):
    visit.goto(f"{address}/needs?area=879&mode=families")
    settled(visit, "Which needs do children have")
    link = visit.get_by_role("link", name="Start", exact=True).first.evaluate("link => link.href")
    assert "/needs" not in link
    visit.goto(link)
    settled(visit, "Plymouth at a glance")
    assert chosen(visit) == {"area": "879", "mode": "families"}


def test_start_is_one_screen_and_on_a_phone_begins_with_a_figure(visit, address):
    visit.set_viewport_size({"width": 1280, "height": 720})
    for view in ("mode=show", "mode=explore", "mode=show&beside=839"):
        for area in ("420", "E12000003", "QJK"):
            visit.goto(f"{address}/start?area={area}&{view}")
            visit.locator(".glance").last.wait_for(timeout=PATIENCE)
            at_rest(visit)
            last = "p.source" if "show" in view else ".st-key-glances"
            assert visit.locator(last).evaluate("e => e.getBoundingClientRect().bottom") <= 720, (area, view)
    visit.set_viewport_size({"width": 360, "height": 740})
    visit.goto(f"{address}/start?area=839&mode=families")
    visit.locator(".glance").last.wait_for(timeout=PATIENCE)
    at_rest(visit)
    assert visit.locator(".glance .number").first.evaluate("e => e.getBoundingClientRect().bottom") <= 500
    assert visit.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 360
    visit.locator(".st-key-glance_needs .said").click(force=True)  # all of a card opens its page
    settled(visit, "Which needs do children have")
