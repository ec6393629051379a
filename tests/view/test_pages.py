"""Every page through Streamlit's own test runner, for areas of every kind."""

import json
import os
import re
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sendlib import questions, service, settings
from sendlib import store as stores
from sendlib.answer import MODES
from sendlib.answer.citing import tables_shown
from tests.conftest import ROOT
from tests.view.shown_tables import tables_of

AREAS = ["879", "201", "420", "942", "204", "370", "839", "873", "936"]
QUESTIONS = list(questions.names())


def opened(page: str, **query: str) -> AppTest:
    """A page as a visitor gets it who follows a link straight to it."""
    test = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=300)
    for name, value in query.items():
        test.query_params[name] = value
    return test.run()


def html_of(test: AppTest) -> list[str]:
    """What stands on a page as HTML, less its style."""
    return [body for element in test.get("html") if not (body := element.proto.body).startswith("<style>")]


def files_of_numbers(test: AppTest) -> list:
    return [button for button in test.get("download_button") if button.label == "Download Excel"]


def text_of(test: AppTest) -> str:
    parts = [
        element.value
        for kind in ("title", "header", "subheader", "markdown", "info", "warning", "error")
        for element in getattr(test, kind)
    ]
    return "\n".join(str(part) for part in [*parts, *html_of(test)])


def open_everything(test: AppTest) -> None:
    """Open every part that is made only when a reader opens it, tables and pictures."""
    test.query_params["open"] = "all"
    test.run()


TO_OPEN = ["879", "201", "942", "204"]
"""An ordinary area, a tiny one, a new one and one without some figures."""


@pytest.mark.parametrize(
    ("page", "area"), [(page, area) for at, page in enumerate(QUESTIONS) for area in TO_OPEN[at % 2 :: 2]]
)
def test_everything_that_can_be_opened_works(page, area):
    """Each page with two areas in turn; tests/questions/test_answers.py looks at the cells of more.

    No table has an unnamed column: of sorted rows it would read like a rank, and no rank stands alone.
    """
    test = opened(page, area=area, open="all")
    assert not test.exception and not test.error
    numbers = [one for one in test.get("download_button") if one.proto.label == "Download Excel"]
    assert 1 <= len(numbers) <= len(tables_of(test))
    for table in tables_of(test):
        assert all(table.value.columns)
        cells = table.value.to_numpy()
        assert not ((cells == "nan") | (cells == "None")).any()


@pytest.mark.parametrize(
    ("page", "area", "mode"),
    [
        (page, area, mode)
        for at, page in enumerate(QUESTIONS)
        for place, area in enumerate(AREAS)
        for turn, mode in enumerate(MODES)
        if (at + place + turn) % 2 == 0
    ],
)
def test_a_question_page_works_for_areas_of_every_kind_in_every_mode(page, area, mode):
    """Every page with every area and every mode, in turn half of the combinations."""
    test = opened(page, area=area, mode=mode)
    assert not test.exception
    assert not test.error
    shown = text_of(test)
    assert not re.search(r"\bnan\b|\bNone\b(?! of)", shown)
    if mode != "show":
        assert "What this cannot tell you" in shown
        assert "Open Government Licence" in shown
    more = len(service.ask(questions.named(page), area, "neighbours-2025", {}).tables) > 1
    assert ("Look closer" in shown) == (mode == "explore" and more)


@pytest.mark.parametrize("page", ["start", "about_data", *QUESTIONS])
def test_a_cold_deep_link_shows_the_whole_app(page):
    test = opened(page, area="879")
    assert not test.exception
    # Start sets every area beside England alone, and Joining up is of all councils.
    asked = "Side by side with" if page in ("start", "joining_up") else "Compared with"
    assert [box.label for box in test.selectbox][:2] == ["Area", asked]
    assert test.selectbox[0].value == "Plymouth"


def test_a_page_without_an_area_asks_for_one_and_works():
    test = opened("needs")
    assert not test.exception
    assert "Choose an area above to begin" in text_of(test)
    test.button(key="example_879").click().run()
    assert "Plymouth" in text_of(test)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"area": "Birm"}, "Did you mean: Birmingham"),
        ({"area": "Brimingham"}, "read as Birmingham"),
        ({"area": "879", "beside": "nobody"}, "No area is set beside"),
        ({"area": "879", "mode": "disco"}, "There is no mode 'disco'"),
        ({"area": "879", "vs": "nobody"}, "called 'nobody'"),
        ({"area": "909"}, "it is now Cumberland and"),
        ({"area": "E08000016"}, "new code, E08000038"),
    ],
)
def test_a_wrong_word_in_the_address_gets_a_friendly_message_and_a_working_page(query, said):
    test = opened("needs", **query)
    assert not test.exception
    assert said in "\n".join(warning.value for warning in test.warning)
    assert test.title


def test_beside_a_board_the_stages_of_an_authority_stand_under_look_closer():
    test = opened("doing_well", area="878", beside="QJK", open="stages")
    assert not test.exception and not test.error
    assert "Gap between children with and without SEND at each stage, Devon, " in text_of(test)


@pytest.mark.parametrize("spelling", ["Plymouth", "plymouth", "E06000026", "879"])
def test_the_address_takes_names_and_codes(spelling):
    assert opened("needs", area=spelling).selectbox[0].value == "Plymouth"


@pytest.mark.parametrize("page", ["start", "about_data", *QUESTIONS])
def test_opening_a_link_changes_nothing_in_its_address(page):
    """Each change would be a step of the browser's history, and Back would lead to the same page again."""
    query = {"area": "Plymouth", "mode": "show"}
    test = opened(page, **query)
    assert {name: test.query_params[name] for name in test.query_params} in (query, {k: [v] for k, v in query.items()})


def in_address(test: AppTest, name: str) -> str | None:
    """What the address has for a choice."""
    if name not in test.query_params:
        return None
    value = test.query_params[name]
    return value[0] if isinstance(value, list) else value


def test_choices_write_themselves_into_the_address():
    test = opened("needs", area="879")
    test.selectbox[1].set_value("region").run()
    test.selectbox[0].set_value("Barnsley").run()
    assert in_address(test, "vs") == "region" and in_address(test, "area") == "370"
    assert "Barnsley" in text_of(test) and "Yorkshire and The Humber" in text_of(test)


def test_a_default_is_not_written_into_the_address():
    test = opened("needs", area="879", vs="region")
    test.selectbox[1].set_value("neighbours-2025").run()
    assert in_address(test, "vs") is None and in_address(test, "mode") is None


def choices_of(page: str):
    """Every choice of a page for an area with several NHS areas and all data, with one of its options that is not the
    default."""
    question = questions.named(page)
    answer = service.ask(question, "370", "neighbours-2025", {})
    for name, offered in answer.offered.items():
        if offered.choice.number:
            limits = offered.choice.number
            yield name, f"{limits.low + limits.step:g}"
        elif not offered.choice.parse:
            others = [code for code in offered.options if code not in (offered.default, *offered.default.split(","))]
            if others:
                yield name, others[-1]


@pytest.mark.parametrize("page", QUESTIONS)
def test_every_choice_of_a_page_can_be_made_in_its_address_and_works(page):
    for name, value in choices_of(page):
        about = {choice.name: choice.about for choice in questions.named(page).choices}[name]
        test = opened(page, area="370", open=about or "none", **{name: value})
        assert not test.exception and not test.error, (name, value)
        assert not [one for one in test.warning if "left out" in one.value], (name, value)


@pytest.mark.parametrize("page", QUESTIONS)
def test_every_control_of_a_page_writes_into_the_address(page):
    """Nothing that a reader can choose is lost when the address is pasted elsewhere."""
    offered = service.ask(questions.named(page), "370", "neighbours-2025", {}).offered
    parts = {one.choice.about for one in offered.values() if one.choice.about}
    first = opened(page, area="370", open=",".join(sorted(parts)) or "none")
    boxes = [box for box in first.selectbox if str(box.key).removeprefix("choose_") in offered]
    for place, key in enumerate(box.key for box in boxes):
        # A choice may take the others' controls away, so each is made on a fresh page.
        test = opened(page, area="370", open=",".join(sorted(parts)) or "none") if place else first
        box, name = test.selectbox(key=key), key.removeprefix("choose_")
        other = next((words for words in box.options if words != offered[name].words), None)
        if other:
            box.select_index(list(box.options).index(other)).run()
            assert in_address(test, name), name


@pytest.mark.parametrize("page", QUESTIONS)
def test_what_is_open_stands_in_the_address(page):
    test = opened(page, area="370")
    first = next(one for one in test.expander if one.proto.id)
    assert first.label == "See the numbers"
    tables = len(tables_of(test))
    test = opened(page, area="370", open=first.proto.id.partition("-open_")[2])
    assert len(tables_of(test)) >= 1 and len(tables_of(test)) != tables


def labels(test):
    """The names of the parts that open."""
    return [one.label.strip("*") for one in test.expander if one.proto.id]


def test_parts_in_groups_are_found_by_a_word_of_their_names_which_the_address_holds():
    test = opened("getting_help", area="879")
    every, groups = labels(test), [one.value for one in test.subheader]
    assert every[:2] == ["See the numbers", "About this picture: choices, names and notes"]
    assert groups[:4] == ["Access", "Waits for the NHS: figures of NHS areas", "Demand", "Capacity and inspection"]
    test.text_input(key="find_in_panels").set_value("provider").run()
    assert in_address(test, "find") == "provider" and labels(test) == ["Waits by provider: who runs the list"]
    assert labels(opened("getting_help", area="879", find="annual reviews")) == ["Annual reviews: due and late"]
    nobody = opened("getting_help", area="879", find="submarine")
    assert "No part is called" in text_of(nobody) and not labels(nobody)


def test_a_part_that_is_open_stays_in_the_address_while_another_is_looked_for():
    test = opened("getting_help", area="879", open="tribunal", find="provider")
    assert in_address(test, "open") == "tribunal" and labels(test) == ["Waits by provider: who runs the list"]


def test_ones_own_choice_of_authorities_is_kept_in_the_address():
    test = opened("needs", area="879")
    test.selectbox[1].set_value("picked").run()
    assert "Choose one or more authorities" in text_of(test)
    test.multiselect[0].set_value(["801", "852"]).run()
    assert not test.exception
    assert test.query_params["vs"] in ("801,852", ["801,852"])
    assert "the 2 authorities chosen" in text_of(test)


def naming(test: AppTest, picture: str):
    """The control that names areas in a picture."""
    return test.multiselect(key=f"choose_pin_{picture}")


def test_whom_a_picture_names_stands_in_the_address_and_goes_along_to_other_pages():
    test = opened("needs", area="879")
    naming(test, "mix").set_value(["357", "332"]).run()
    assert in_address(test, "pin") == "357,332" and not test.exception
    assert "Named in it: Tameside and Dudley" in test.get("vega_lite_chart")[0].proto.alt
    links = [link.proto.query_string for link in test.get("page_link")]
    assert len(links) > 5 and all("pin=357" in link for link in links)
    test.selectbox[1].set_value("region").run()
    assert in_address(test, "pin") == "357,332", "they are kept while others are compared"
    assert naming(test, "mix").value == []
    naming(test, "mix").set_value(["878"]).run()
    assert in_address(test, "pin") == "357,332,878"
    naming(test, "mix").set_value(["878", "908"]).run()
    assert in_address(test, "pin") == "332,878,908", "one more takes the place of the first"
    naming(test, "mix").set_value([]).run()
    assert in_address(test, "pin") == "332"


def test_a_code_of_nobody_in_the_address_names_nobody_and_is_not_told_of():
    test = opened("getting_help", area="879", pin="999,nonsense", open="about-on_time")
    assert not test.exception and not test.warning and naming(test, "on_time").value == []
    assert in_address(test, "pin") == "999,nonsense"


def test_names_can_be_chosen_on_a_shared_screen_and_families_see_them_without_a_control():
    show = opened("needs", area="879", mode="show", pin="357")
    assert naming(show, "mix").value == ["357"]
    families = opened("needs", area="879", mode="families", pin="357")
    assert not families.multiselect and "Named in it: Tameside" in families.get("vega_lite_chart")[0].proto.alt


def test_single_figures_stand_under_see_the_numbers_with_a_download():
    test = opened("getting_help", area="879", open="numbers-on_time,tribunal,numbers-tribunal")
    captions = [element.value for element in test.markdown if "each of its ten statistical neighbours" in element.value]
    assert len(captions) >= 2 and len(tables_of(test)) == len(files_of_numbers(test)) == 4


def test_a_table_of_very_many_rows_is_shown_in_part_and_says_so():
    test = opened("doing_well", area="879", vs="england", open="over_time,numbers-over_time")
    assert (
        "The first 2,000 of 4,158 rows" in text_of(test) and max(len(table.value) for table in tables_of(test)) == 2000
    )


def test_numbers_are_a_real_table_with_a_download():
    test = opened("needs", area="879")
    assert [expander.label for expander in test.expander if expander.label == "See the numbers"]
    assert not tables_of(test)  # nothing is made before it is asked for
    test.query_params["open"] = "numbers-mix,comparators"
    test.run()
    headings = list(tables_of(test)[0].value.columns)
    assert headings[:3] == ["Need", "Plans", "Share, %"]
    assert len(files_of_numbers(test)) == 2


LEAST_PICTURES = {
    "my_area": 8,
    "needs": 5,
    "places": 4,
    "getting_help": 14,
    "doing_well": 10,
    "looking_ahead": 6,
    "joining_up": 8,
}


@pytest.mark.parametrize("page", QUESTIONS)
def test_every_picture_says_what_it_shows_in_words(page):
    test = opened(page, area="879", open="all")
    charts = test.get("vega_lite_chart")
    assert len(charts) >= LEAST_PICTURES.get(page, 1)
    for chart in charts:
        assert len(chart.proto.alt) > 20
    for drawn in maps_of(test):
        assert len(json.loads(drawn.proto.json)["alt"]) > 20


def test_about_the_data_shows_every_table_and_the_five_kinds_of_missing(store):
    shown = opened("about_data")
    assert not shown.exception
    labels = [expander.label for expander in shown.expander]
    assert all(any(f"({name})" in label for label in labels) for name in store.tables)
    kinds = next(table.value for table in tables_of(shown) if "What you read" in table.value)["What you read"].tolist()
    assert len(kinds) == 5 and "Hidden to protect children's privacy" in kinds


def test_a_damaged_snapshot_is_reported_on_the_page_and_not_used(monkeypatch, tmp_path, store):
    import shutil

    from sendlib.store import Store

    folder = tmp_path / "snapshot"
    shutil.copytree(store.folder, folder)
    (folder / store.info("needs").file).write_bytes(b"not a table")
    damaged = Store(folder)
    monkeypatch.setattr(service, "store", lambda: damaged)
    test = opened("needs", area="879")
    assert not test.exception
    assert any("its hash differs" in error.value for error in test.error)


def test_a_what_if_is_kept_in_the_address_like_any_choice():
    test = opened("needs", area="879", move="semh:mld:25")
    assert "207 of 894" in text_of(test)  # the part is open because the address asks for it
    number = next(box for box in test.number_input if box.key == "move_number_0")
    assert number.value == 25 and test.slider(key="move_slider_0").value == 25
    number.set_value(40).run()
    assert test.query_params["move"] in ("semh:mld:40", ["semh:mld:40"])
    assert test.slider(key="move_slider_0").value == 40
    test.slider(key="move_slider_0").set_value(10).run()
    assert test.query_params["move"] in ("semh:mld:10", ["semh:mld:10"])
    test.selectbox(key="move_from_0").set_value("mld").run()
    assert not test.exception and test.query_params["move"] not in ("mld:mld:10", ["mld:mld:10"])


def test_moves_are_added_and_removed_and_never_take_more_of_a_need_than_there_is():
    test = opened("needs", area="879", move="semh:mld:60")
    test.button(key="move_add").click().run()
    first, second = in_address(test, "move").split(",")
    assert first == "semh:mld:60" and second.endswith(":0")
    test.selectbox(key="move_from_1").set_value("semh").run()
    test.number_input(key="move_number_1").set_value(70).run()
    assert in_address(test, "move").split(",")[1].endswith(":40") and test.slider(key="move_slider_1").value == 40
    test.button(key="move_remove_0").click().run()
    assert in_address(test, "move").startswith("semh:") and in_address(test, "move").endswith(":40")
    assert not test.exception and not test.warning


def test_a_shared_screen_shows_the_what_if_with_its_controls_where_it_is_chosen():
    test = opened("needs", area="879", who="all_sen", mode="show", drawn="recording")
    assert not test.exception
    assert test.slider(key="move_slider_0").value == 19
    # Beside the picture, and once more in what the bar opens on request.
    assert text_of(test).count("If about 1 in 5 of the pupils with SEN") == 2
    (chart,) = test.get("vega_lite_chart")
    assert "after the move 22.3%" in chart.proto.alt
    test.slider(key="move_slider_0").set_value(50).run()
    assert in_address(test, "move") == "semh:mld:50" and "If 1 in 2 of the pupils" in text_of(test)


def test_where_the_what_if_leads_in_explore_it_stands_there_alone():
    test = opened("needs", area="879", drawn="recording", open="all")
    assert not test.exception and len([box for box in test.slider if box.key == "move_slider_0"]) == 1
    assert "**Could it be recording?**" not in [expander.label for expander in test.expander]
    assert in_address(test, "drawn") == "recording"


def test_a_wrong_what_if_in_the_address_gets_a_friendly_message():
    test = opened("needs", area="879", move="semh:nothing:25")
    assert not test.exception
    assert any("is not a move" in warning.value for warning in test.warning)
    test.selectbox[0].set_value("Barnsley").run()
    assert "move" not in test.query_params, "what was wrong goes with the next choice"


def test_look_closer_is_for_explore_only():
    for mode in ("show", "families"):
        test = opened("needs", area="879", mode=mode, move="semh:mld:25")
        assert not test.slider and "Could it be recording" not in text_of(test)


def maps_of(test: AppTest) -> list:
    """The maps among the components of a page, of which the bar is another."""
    return [drawn for drawn in test.get("bidi_component") if "files" in json.loads(drawn.proto.json)]


def the_map(test: AppTest) -> dict:
    (drawn,) = maps_of(test)
    return json.loads(drawn.proto.json)


def test_the_map_sends_shades_and_no_geometry():
    first = opened("places", area="879")
    second = opened("places", area="888", shade="free_school_meals", show="both")
    for test in (first, second):
        (drawn,) = maps_of(test)
        assert len(drawn.proto.SerializeToString()) < 20_000 and "coordinates" not in drawn.proto.json
    assert the_map(first)["files"]["areas"].startswith("app/static/authorities.json?")
    hexagons = the_map(opened("places", area="879", layout="hexagons"))
    assert hexagons["files"]["areas"].startswith("app/static/hexagons.json?")


def test_the_key_of_the_map_is_within_it_on_a_shared_screen_alone():
    shown = the_map(opened("places", area="879", mode="show"))["key"]
    assert shown["heading"].startswith("Children and young people") and len(shown["entries"]) > 6
    assert all(entry["image"].startswith("data:image/svg+xml,") for entry in shown["entries"])
    assert the_map(opened("places", area="879"))["key"] is None


def test_the_map_stays_the_same_component_and_where_it_looks_while_only_the_shade_changes():
    tests = [opened("places", area="879", shade=shade) for shade in ("per_1000", "free_school_meals")]
    assert len({maps_of(test)[0].proto.id for test in tests}) == 1
    one, other = map(the_map, tests)
    assert one["ends"] == other["ends"] and one["shades"] != other["shades"]


def test_a_wrong_choice_on_the_map_gets_a_friendly_message():
    test = opened("places", area="879", layout="globe")
    assert not test.exception and any("no 'globe'" in warning.value for warning in test.warning)


def test_a_long_table_can_be_sorted():
    test = opened("places", area="879", open="numbers-map", sort="map:per_1000")
    assert tables_of(test)[0].sorted == {"Plans per 1,000 aged 0 to 25": "descending"}
    cells = tables_of(test)[0].value["Plans per 1,000 aged 0 to 25"].tolist()
    values = [float(cell) for cell in cells if cell != "Not available"]
    assert values == sorted(values, reverse=True) and len(cells) == 154 and len(values) == 152
    assert cells[152:] == ["Not available"] * 2  # of January 2026: Lewisham and the Isle of Wight, at the end


def test_looking_ahead_shows_england_until_an_area_is_chosen():
    test = opened("looking_ahead")
    assert not test.exception
    shown = text_of(test)
    assert "England could have about 87,200" in shown
    assert "86,625 were counted in 2017/18" in shown


def test_scenarios_are_kept_in_the_address_and_slider_and_box_follow_each_other():
    test = opened("looking_ahead", area="879", growth="4", damping="0.5", scenario="own")
    assert "Your own: 71.8 in every 10,000 in 2030" in text_of(test)
    box = next(box for box in test.number_input if box.key == "choose_growth_number")
    assert box.value == 4 and test.slider(key="choose_growth_slider").value == 4
    box.set_value(2.5).run()
    assert test.query_params["growth"] in ("2.5", ["2.5"])
    assert test.slider(key="choose_growth_slider").value == 2.5
    test.button[-1].click().run()
    assert "growth" not in test.query_params and "Your own" not in text_of(test)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"growth": "lots"}, "There is no 'lots' to choose for growth. Write a number from -5 to 10"),
        ({"damping": "2"}, "from 0 to 1"),
        ({"scenario": "doom"}, "There is no 'doom' to choose for scenario"),
        ({"population": "mars"}, "There is no 'mars' to choose for population"),
    ],
)
def test_a_wrong_choice_about_the_future_is_put_right(query, said):
    test = opened("looking_ahead", area="879", **query)
    assert not test.exception
    assert said in "\n".join(warning.value for warning in test.warning)
    assert "Plymouth could have" in text_of(test)


@pytest.mark.parametrize("area", ["879", "420", "857"])
def test_families_never_read_of_deaths_or_of_being_terminal(area):
    shown = text_of(opened("looking_ahead", area=area, mode="families")).casefold()
    assert not re.search(r"\bdie[sd]?\b|death|dying|terminal|suffer|burden", shown)
    assert "a very serious health condition" in shown


def test_looking_ahead_can_be_asked_about_a_region_by_its_address():
    test = opened("looking_ahead", area="E12000001")
    assert not test.exception and not test.warning
    assert "The North East could have about" in text_of(test)


def test_a_filled_in_series_draws_its_fit(monkeypatch):
    from sendlib.store import Store
    from sendlib.tables import life_limiting
    from tests.made_up import MADE_UP_RATES

    evidence, store = life_limiting.read(MADE_UP_RATES), Store()
    monkeypatch.setattr(life_limiting, "shipped", lambda: evidence)
    monkeypatch.setattr(service, "store", lambda: store)
    test = opened("looking_ahead", area="879", open="all")
    assert not test.exception
    shown = text_of(test)
    assert "Quasi-Poisson" in shown and "Dark: 5 in 10" in shown


def steps_drawn(test: AppTest) -> list[str]:
    """What stands beside the bars of the area's sum, top to bottom."""
    chart = next(chart for chart in test.get("vega_lite_chart") if "step by step" in chart.proto.alt)
    return list(dataset(chart)["words"])


def dataset(chart):
    import pyarrow as pa

    arrow = chart.proto.datasets[0].data.data if chart.proto.datasets else chart.proto.data.data
    return pa.ipc.open_stream(arrow).read_all().to_pandas()


def test_doing_well_shows_the_bulletins_sum_and_keeps_its_choices_in_the_address():
    test = opened("doing_well", area="England", definition="not_educated", january="2020")
    assert not test.exception and not test.warning
    drawn = steps_drawn(test)
    assert drawn == [
        "+121",
        "+3,984",
        "+2,983",
        "+618",
        "+4,967",
        "= 12,673",
        "+8,108",
        "+2,329",
        "= 23,110",
        "−1,738",
        "= 21,372",
    ]
    test.selectbox(key="choose_definition").set_value("waiting").run()
    assert test.query_params["definition"] in ("waiting", ["waiting"]) and steps_drawn(test)[-1] == "= 4,967"
    test.selectbox(key="choose_january").set_value("2025").run()
    assert in_address(test, "january") is None, "the newest January is the default"
    assert steps_drawn(test)[-1] == "not known"
    assert "4,967" not in text_of(test)


@pytest.mark.parametrize("area", ["873", "420", "201", "857", "942", "204"])
def test_doing_well_draws_no_bar_and_no_mark_for_what_is_missing(area):
    test = opened("doing_well", area=area)
    open_everything(test)
    kinds = set()
    for chart in test.get("vega_lite_chart"):
        data = dataset(chart)
        if "begins" in data:  # the sum, step by step
            kinds.add("sum")
            drawn = data["kind"].ne("not known")
            assert data.loc[~drawn, ["begins", "ends"]].isna().all(axis=None) and data.loc[
                drawn, ["begins", "ends"]
            ].notna().all(axis=None)
        elif "low" in data:  # the sum in every January
            kinds.add("januaries")
            drawn = ~data["kind"].isin(["unknown", "does not apply"])
            assert data.loc[~drawn, ["low", "high"]].isna().all(axis=None) and data.loc[
                drawn, ["low", "high"]
            ].notna().all(axis=None)
        elif "gap_at" in data:  # two dots and the gap between them
            kinds.add("dots")
            assert all(f"isValid(datum.{name})" in chart.proto.spec for name in ("with", "without", "gap"))
        elif "series" in data:  # marks on a line
            kinds.add("marks")
            assert data["share"].notna().all() and len(data)
        elif "stayed_on" in data:  # bars
            kinds.add("bars")
            assert data["stayed_on"].notna().all()
        else:  # lines: a gap is a missing value, which breaks the path and is never nought
            kinds.add("lines")
            assert '"invalid": "break-paths-show-path-domains"' in chart.proto.spec and data["number"].notna().any()
    assert kinds >= {"sum", "marks", "bars", "lines"}


def test_doing_well_draws_every_figure_of_its_tables_and_no_other(areas, store):
    for area in ("857", "942", "420"):
        test = opened("doing_well", area=area)
        open_everything(test)
        over_time = (
            questions.named("doing_well").ask(store, areas.get(area), "neighbours-2025", {}).tables["over_time"].data
        )
        shown = [
            dataset(chart)
            for chart in test.get("vega_lite_chart")
            if "by SEN status and school year" in chart.proto.alt
        ]
        assert bool(shown) == (area == "857"), "no picture of few children, nor of a council without a figure"
        for data in shown:
            own = over_time[over_time["what"].eq("Qualified to level 2 by 19") & over_time["group"].eq("Rutland")]
            assert data["number"].isna().sum() == own["reached"].isna().sum()


def test_doing_well_names_its_rows_in_both_panels_on_a_shared_screen():
    test = opened("doing_well", area="370", mode="show")
    panels = [chart.proto.spec for chart in test.get("vega_lite_chart")]
    assert len(panels) == 2 and all(
        "Key stage 2 (end of primary), age 11: 2024/25" in spec and "to all children" in spec for spec in panels
    )


def test_doing_well_never_points_to_what_a_shared_screen_has_not():
    for area in ("420", "201", "879"):
        shown = text_of(opened("doing_well", area=area, mode="show"))
        assert "See the numbers" not in shown and "Look closer" not in shown


@pytest.mark.parametrize(
    ("query", "said"), [({"definition": "all"}, "no definition 'all'"), ({"january": "1999"}, "no January '1999'")]
)
def test_doing_well_puts_a_wrong_choice_right(query, said):
    test = opened("doing_well", area="879", **query)
    assert not test.exception
    assert said in "\n".join(warning.value for warning in test.warning)
    test.selectbox[0].set_value("Barnsley").run()
    assert not set(query) & set(test.query_params), "what was wrong goes with the next choice"


def test_doing_well_names_the_years_without_tests_in_explore_and_families():
    for mode in ("explore", "families"):
        shown = text_of(opened("doing_well", area="879", mode=mode, open="all"))
        assert "no tests" in shown and "in the school years 2019/20 and 2020/21" in shown


def test_doing_well_has_five_tiles_for_families_and_says_where_nothing_is_measured():
    test = opened("doing_well", area="879", mode="families", open="five_outcomes")
    shown = text_of(test)
    assert shown.count("No figure is held here.") == 3
    for word in ("Happy", "Healthy", "Ambitious", "Independent", "Heard"):
        assert f"<strong>{word}</strong>" in shown


def test_doing_well_keeps_a_forums_survey_in_memory_and_hides_small_numbers(monkeypatch):
    written = []

    def hear(event: str, arguments: tuple) -> None:
        """Every file that is opened for writing, made, moved or linked, wherever it is."""
        if not listening:
            return
        mode, flags = (arguments[1], arguments[2]) if event == "open" and len(arguments) > 2 else (None, 0)
        writes = any(sign in str(mode or "") for sign in "wax+") or bool(
            flags and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        )
        if (event == "open" and writes and str(arguments[0]) != os.devnull) or event in (
            "os.mkdir",
            "os.rename",
            "os.link",
            "os.symlink",
            "sqlite3.connect",
        ):
            written.append((event, str(arguments[0])))

    listening = False
    sys.addaudithook(hear)
    test = opened("doing_well", area="879", mode="families", open="five_outcomes")
    test.query_params["open"] = "five_outcomes,own_survey"
    test.run()
    for key, number in {
        "asked_happy_879": 52_317,
        "yes_happy_879": 34_129,
        "asked_heard_879": 40,
        "yes_heard_879": 3,
    }.items():
        test.number_input(key=key).set_value(number)
    folders = (ROOT, settings.read().cache)
    before = files_of(*folders)
    listening = True
    with tempfile.TemporaryFile():
        assert written, "the hook does not hear a write"
    written.clear()
    test.button[-1].click().run()
    listening = False
    assert not test.exception and not written
    # What is written below Python, as Parquet is, the hook does not hear; others may write meanwhile, but not these
    # numbers.
    changed = [path for path, state in files_of(*folders).items() if before.get(path) != state]
    assert not [
        path
        for path in changed
        if re.search(rb"52[,_]?317|34[,_]?129|\x5d\xcc\x00\x00|\x51\x85\x00\x00", path.read_bytes())
    ]
    shown = text_of(test)
    assert (
        "34,129 of 52,317 said yes (65%)" in shown and "how many said yes is hidden" in shown and "3 of 40" not in shown
    )
    assert "could point to a child" in shown
    assert not re.search("34129|52317", str(dict(test.query_params)))
    fresh = opened("doing_well", area="879", mode="families", open="five_outcomes")
    assert "34,129" not in text_of(fresh)
    test.selectbox[0].set_value("Barnsley").run()
    assert "34,129" not in text_of(test), "a survey belongs to its area"


def files_of(*folders: Path) -> dict[Path, tuple[int, int]]:
    """Every file under some folders with its size and time; not what git, Python and the tools keep for themselves."""
    left_out = {
        ".git",
        ".venv",
        "node_modules",
        "__pycache__",
        ".mypy_cache",
        ".ruff_cache",
        ".pytest_cache",
        ".hypothesis",
    }
    found = {}
    for folder in folders:
        for path, inside, names in os.walk(folder):
            inside[:] = [name for name in inside if name not in left_out]
            for file in (Path(path) / name for name in names):
                with suppress(FileNotFoundError):  # made and gone again by a test beside this one
                    state = file.stat()
                    found[file] = (state.st_size, state.st_mtime_ns)
    return found


def test_doing_well_takes_a_survey_out_with_what_was_typed():
    test = opened("doing_well", area="879", mode="families", open="five_outcomes")
    test.query_params["open"] = "five_outcomes,own_survey"
    test.run()
    for key, number in {"asked_happy_879": 52, "yes_happy_879": 34}.items():
        test.number_input(key=key).set_value(number)
    test.button[-1].click().run()
    assert "34 of 52" in text_of(test)
    test.button(key="take_survey_out").click().run()
    assert not test.exception and "34 of 52" not in text_of(test)
    assert not any(field.value for field in test.number_input)


def test_doing_well_names_what_is_provisional_in_every_mode():
    said = {
        "explore": "2024/25 are provisional",
        "show": "2024/25: provisional",
        "families": "2024/25 may still change",
    }
    for mode, words in said.items():
        assert words in text_of(opened("doing_well", area="879", mode=mode, open="all")), mode


def test_families_see_the_plain_columns_of_the_stages():
    test = opened("doing_well", area="879", mode="families")
    open_everything(test)
    columns = [list(table.value.columns) for table in tables_of(test)]
    assert ["Stage", "Whose", "Here", "Other children here", "How many fewer"] in columns


SOURCE_OF_A_FIGURE = {
    "getting_help": ["NHS England", "Office for National Statistics"],
    "doing_well": ["Department for Education"],
    "looking_ahead": ["University of York", "Office for National Statistics"],
}


@pytest.mark.parametrize(("page", "named"), SOURCE_OF_A_FIGURE.items())
def test_families_find_the_publisher_of_every_large_number_without_opening_anything(page, named):
    (line,) = [part for part in html_of(opened(page, area="879", mode="families")) if 'class="sources"' in part]
    assert all(source in line for source in named)


@pytest.mark.parametrize("page", QUESTIONS)
def test_every_table_that_a_large_number_names_is_among_the_sources_shown(page, areas, store):
    for area in ("879", "420"):
        answer = questions.named(page).ask(store, areas.get(area), "neighbours-2025", {})
        shown = tables_shown(answer)
        assert set(answer.tables[answer.lead].sources) | {
            figure.table for figure in answer.figures if figure.table
        } == set(shown)
        assert set(shown) <= set(answer.sources)


def test_a_shared_screen_names_the_other_publication_of_a_publisher_by_its_title():
    shown = text_of(opened("doing_well", area="879", mode="show"))
    assert (
        "Local Authority Interactive Tool (LAIT), Department for Education; also from Education, health and"
        " care plans." in shown
    )


def test_doing_well_in_families_compares_with_the_average_of_similar_areas():
    test = opened("doing_well", area="370", mode="families")
    shown = text_of(test)
    assert "Mean of" not in shown and "5% and 2 points" not in shown
    assert "Higher: the average of ten similar areas is" in shown and "points here" not in shown
    chart = test.get("vega_lite_chart")[0]
    assert "How many of every 100" in chart.proto.spec and "out of 90" in chart.proto.spec
    assert "Gap elsewhere: average of ten similar areas" in chart.proto.spec


@pytest.mark.parametrize("area", ["420", "201"])
def test_doing_well_of_too_few_children_has_no_step_of_the_sum(area):
    test = opened("doing_well", area=area)
    shown = text_of(test)
    assert "No picture is drawn of so few children." in shown
    drawn = [chart.proto.alt for chart in test.get("vega_lite_chart") if "step by step" in chart.proto.alt]
    assert drawn and all("England" in alt for alt in drawn)


def test_whom_to_compare_with_is_not_asked_where_it_changes_nothing():
    """A page of its own: what looking_ahead asks of the shell in two of the three modes."""

    def page() -> None:
        from sendlib.view import frame

        frame.begin_page("start", compared_in=("explore",))

    for mode, asked in (("explore", True), ("show", False), ("families", False)):
        test = AppTest.from_function(page, default_timeout=300)
        for name, value in {"area": "879", "mode": mode, "vs": "region"}.items():
            test.query_params[name] = value
        test.run()
        assert not test.exception
        assert ("Compared with" in [box.label for box in test.selectbox]) == asked
        assert test.query_params["vs"] in ("region", ["region"]), "the choice is kept for the other pages"


@pytest.mark.parametrize("mode", list(MODES))
def test_a_page_says_when_something_newer_was_published_and_leads_to_where_it_can_be_fetched(mode, monkeypatch):
    def said_and_link():
        test = opened("needs", area="879", mode=mode, open="all")
        links = [element.proto.label for element in test.get("page_link")]
        return "published January 2026" in text_of(test), "Fetch what is newer" in links

    monkeypatch.setenv("SENDLIB_OFFLINE", "0")
    # Fetching belongs to whoever runs this copy: only Explore leads there.
    assert said_and_link() == (True, mode == "explore")
    monkeypatch.setenv("SENDLIB_OFFLINE", "1")
    assert said_and_link() == (True, False)


def test_what_the_last_look_online_found_is_said_on_the_page_and_goes_with_the_next_look(monkeypatch, tmp_path):
    monkeypatch.setenv("SENDLIB_CACHE", str(tmp_path))
    stores.note_looked(tmp_path, "2026-11-20", {"needs": "reporting year 2031"}, ["needs"])
    assert "had reporting year 2031 when this copy looked, on 20 November 2026" in text_of(opened("needs", area="879"))
    stores.note_looked(tmp_path, "2026-11-21", {}, ["needs"])
    assert "2031" not in text_of(opened("needs", area="879"))


@pytest.mark.parametrize(("mode", "drawn"), [("families", 2), ("explore", 0), ("show", 0)])
def test_families_see_a_share_as_so_many_small_figures(mode, drawn):
    assert "".join(html_of(opened("my_area", area="888", mode=mode))).count('class="small-figures') == drawn


def test_one_child_is_no_share_on_request_of_a_room_either():
    shown = text_of(opened("needs", area="420", who="all-sen", mode="show"))
    assert "Fewer than 5" in shown and "4.3%" not in shown
