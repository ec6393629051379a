"""The map as a file: it says what the page says, opens without a network, and lets no request out."""

import json
import os
import re
import shutil
from html import unescape

import pytest

from sendlib import service
from sendlib.__main__ import main
from sendlib.compared.comparators import DEFAULT
from sendlib.exports import map_file
from sendlib.questions.places import QUESTION
from sendlib.questions.places.map_tables import of_authorities
from sendlib.questions.places.own_points import Point

OWN = Point("</script><b>The Cabin", 50.4, -4.1, "short breaks", 6)


def made(store, code, own=(), beside="", **asked):
    """An answer and its map file without the library, which is four million letters."""
    answer = service.ask(QUESTION, code, DEFAULT, asked, beside)
    page = map_file.as_html(store, answer, own).decode()
    return answer, page.replace(map_file._library(), "")


def spec(page):
    """What the browser draws: layer -> its data."""
    held = json.loads(re.search(r"jsonInput: (\{.*\}), tooltip", page)[1])
    return {layer["id"]: layer["data"] for layer in held["layers"]}


@pytest.fixture(scope="module")
def plymouth(store):
    return made(store, "879", [OWN])


def test_the_file_names_the_area_its_sources_and_the_licence(plymouth):
    answer, page = plymouth
    assert "<h1>Where do children live, and where is the support? Plymouth</h1>" in page
    assert answer.headline.explore in unescape(page)
    for source in answer.citations(answer.tables["map"].sources):
        assert source.citation() in unescape(page)
    assert "Open Government Licence v3.0" in page and "special schools of June 2021" in page


def test_every_authority_says_its_figure_under_the_pointer_and_in_the_table(plymouth):
    answer, page = plymouth
    table = answer.tables["map"]
    rows = of_authorities(table.data)
    said = [feature["properties"]["t"] for feature in spec(page)["areas"]["features"]]
    figures = [
        "not available" if value != value else table.columns["per_1000"].written(value) for value in rows["per_1000"]
    ]
    assert said == [
        f"{name}\nPlans per 1,000 aged 0 to 25: {figure}" for name, figure in zip(rows["area"], figures, strict=True)
    ]
    written = re.findall(r'<tr><td>(.*?)</td><td class="number">(.*?)</td></tr>', page)
    assert [(unescape(name), figure) for name, figure in written] == [*zip(rows["area"], figures, strict=True)]


def test_schools_say_their_name_kind_places_and_pupils(store, plymouth):
    schools = spec(plymouth[1])["schools"]
    row = store.table("schools").query("capacity == capacity and pupils == pupils").iloc[0]
    said = next(one["t"] for one in schools if one["t"].startswith(f"{row['name']}\n"))
    assert f"places: {row['capacity']:,.0f}\npupils: {row['pupils']:,.0f}" in said
    assert len(schools) > 1000 and not any("nan" in one["t"].split("\n") for one in schools)


def test_a_reader_s_own_places_are_in_it_as_text(plymouth):
    (point,) = spec(plymouth[1])["own_places"]
    assert point["t"] == f"{OWN.name}\nshort breaks\nplaces: 6\nyour own place"
    assert "<b>The Cabin" not in plymouth[1] and "Your own places" in plymouth[1]


@pytest.mark.parametrize("code", ["E12000009", "E92000001", "QJK", "878,879,880", "201"])
def test_the_map_is_fitted_to_an_area_of_any_kind(store, code):
    answer, page = made(store, code)
    rows = answer.tables["map"].data
    own = rows[rows["whose"].eq("this area")] if code != "E92000001" else rows
    (west, south), (east, north) = json.loads(re.search(r"ends = (\[\[.*?\]\])", page)[1])
    assert (west, south) == (own["west"].min(), own["south"].min())
    assert (east, north) == (own["east"].max(), own["north"].max())
    assert ("border_0_3.5" in spec(page)) == (code != "E92000001")


def test_a_measure_of_another_page_and_an_area_beside_are_in_it(store):
    answer, page = made(store, "879", beside="888", shade="needs")
    assert "Plymouth beside Lancashire" in page and "border_1_3.5" in spec(page)
    heading = answer.tables["map"].columns["measure"].titled
    assert spec(page)["areas"]["features"][0]["properties"]["t"].split("\n")[1].startswith(f"{heading}: ")


def test_nothing_in_it_is_fetched_from_elsewhere(plymouth):
    _, page = plymouth
    assert not re.search(r"""(src|href)\s*=""", page) and "@import" not in page
    assert "default-src 'none'" in page


def test_the_command_line_writes_it(tmp_path, capsys):
    file = tmp_path / "map.html"
    assert main(["ask", "places", "--area", "Plymouth", "--map-file", str(file)]) == 0
    assert "Plymouth" in file.read_text("utf-8") and str(file) in capsys.readouterr().err
    assert main(["ask", "needs", "--area", "Plymouth", "--map-file", str(file)]) == 2
    assert "--map-file belongs to the question places" in capsys.readouterr().err


def test_a_browser_without_a_network_draws_it_and_asks_nobody(store, tmp_path):
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        pytest.skip("Chromium is not installed (CHROMIUM names another program)")
    from playwright.sync_api import sync_playwright

    file = tmp_path / "map.html"
    file.write_bytes(map_file.as_html(store, service.ask(QUESTION, "879", DEFAULT, {})))
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        page = browser.new_context(offline=True).new_page()
        asked, errors = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(file.as_uri())
        page.locator("#map canvas").wait_for(timeout=60_000)
        box = page.locator("#map").bounding_box()
        told = page.locator(".deck-tooltip", has_text="Plymouth")
        for turn in range(60):  # the first picture may take long on a slow machine
            page.mouse.move(box["x"] + box["width"] / 2 + turn % 3, box["y"] + box["height"] / 2)
            page.wait_for_timeout(500)
            if told.count():
                break
        assert "Plans per 1,000 aged 0 to 25: 42.4" in told.inner_text()
        browser.close()
    assert not errors and [url for url in asked if not url.startswith(("data:", "blob:"))] == [file.as_uri()]
