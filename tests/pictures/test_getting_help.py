"""Pictures of Getting help: what nobody published is a gap, never a nought, and is named with its reason."""

import math

import pandas as pd
import pytest

from sendlib.answer import MODES
from sendlib.pictures import getting_help as drawn
from sendlib.pictures import getting_help_nhs, getting_help_series, of
from sendlib.pictures.palette import INK, ORANGE, PAPER, TURQUOISE
from sendlib.questions.getting_help import QUESTION, choices
from sendlib.questions.getting_help.health_people import AUTISM_BARS
from sendlib.tables.community_workbook import SERVICES
from sendlib.tables.waits_mental_health import WAITS
from sendlib.view import frame
from sendlib.view.cards import in_full

NAMES = ("Plymouth", "Surrey", "Bedford", "Essex", "Cheshire West and Chester", "Cumberland", "Lancashire")
NEIGHBOURS = "its ten statistical neighbours"


@pytest.fixture(scope="module")
def answers(store, areas):
    return {name: QUESTION.ask(store, areas.find(name).areas[0], "neighbours-2025", {}) for name in NAMES}


def one(answer, table, mode="explore", **asked):
    # For families those who waited longer stand as people under the lines of plans on time.
    (picture,) = [one for one in of(answer.choosing(asked), table, mode) if one.key == table]
    return picture


def words_of(picture):
    """The key without the band of those compared."""
    return [entry.words for entry in picture.legend if not entry.words.startswith("Lowest to highest of ")]


def labels(picture):
    """What stands over the breaks of a picture of lines."""
    held = [layer for layer in layers(picture) if "data" in layer and "text" in layer["encoding"]]
    return [value["label"] for layer in held for value in layer["data"]["values"]]


def layers(picture):
    """The layers of lines that are drawn by themselves."""
    return [layer for layer in picture.spec["layer"] if "encoding" in layer]


# Every picture


def test_every_part_with_a_picture_draws_it_in_every_mode_and_says_it_in_words(answers):
    for answer in answers.values():
        for table in set(drawn.PICTURES) & set(answer.tables):
            for mode in MODES:
                picture = one(answer, table, mode)
                assert picture.key == table and picture.alt.explore.endswith("."), (answer.area.name, table)
                assert bool(picture.nothing) == picture.data.empty
                assert bool(picture.legend) != bool(picture.nothing)


def test_the_words_for_a_picture_say_more_than_its_caption(answers):
    essex = answers["Essex"]
    alt = one(essex, "community").alt.explore
    assert alt.startswith(essex.tables["community"].caption.explore)
    assert "Community paediatric service: NHS Mid and South Essex 0.2, England 40.0" in alt
    assert "Essex: 10.1 in 2015 to 16.2 in 2024" in one(essex, "on_time").alt.explore
    assert "England, under 10: " in one(essex, "autism").alt.explore


def test_no_hidden_or_missing_cell_reaches_a_picture(answers):
    """The data that the specs are given hold a number only where the table has one."""
    for answer in answers.values():
        table = answer.tables["community_over_time"].data
        for service in SERVICES.keys() & {"community_paediatrics", "audiology", "safeguarding"}:
            picture = one(answer, "community_over_time", over_time_service=service)
            rows = table[table["service"].eq(SERVICES[service])]
            held = rows.dropna(subset=["over_52_share"])
            assert picture.data.get("number", pd.Series(dtype=float)).notna().sum() == len(held)
        contacts, picture = answer.tables["contacts"].data, one(answer, "contacts")
        held = contacts[contacts["health_area"].isin(words_of(picture))].dropna(subset=["with_contact"])
        assert picture.data["number"].notna().sum() == len(held)
        for code in WAITS:
            rows = answer.tables["four_weeks"].data.query("published_as == @code").dropna(subset=["figure"])
            rows = rows[rows["health_area"].ne("England") | rows["unit"].ne("referrals")]
            picture = one(answer, "four_weeks", waits_measure=code)
            assert picture.data.get("number", pd.Series(dtype=float)).notna().sum() == len(rows)
        for part in ("late", "decisions", "assessments", "ceased", "reviews"):
            assert one(answer, part).data["share"].notna().all()


# Plans on time


def test_a_share_of_few_plans_is_a_gap_in_the_lead_picture(answers):
    picture = one(answers["Cheshire West and Chester"], "on_time")
    own = picture.data[picture.data["line"].eq("Cheshire West and Chester")].set_index("period")["number"]
    assert math.isnan(own["2014"]) and own["2015"] == 13.0
    assert words_of(picture) == ["Cheshire West and Chester", f"Mean of {NEIGHBOURS}", "England"]


def test_who_was_here_before_has_a_line_of_its_own_and_families_read_of_an_average(answers):
    shown = words_of(one(answers["Cumberland"], "on_time", "families"))
    assert shown == ["Cumberland", "Average of ten similar areas", "England", "Cumbria, until 2023"]


def test_a_single_area_that_is_compared_has_its_own_name_in_every_key(store, areas):
    answer = QUESTION.ask(store, areas.get("879"), "370", {})
    for mode in MODES:
        assert words_of(one(answer, "on_time", mode)) == ["Plymouth", "Barnsley", "England"]
    assert words_of(one(answer, "late")) == ["Plymouth", "Barnsley", "England"]
    assert words_of(one(answer, "tribunal")) == ["Plymouth", "Barnsley", "England"]


def test_a_line_keeps_its_colour_where_another_has_no_figure(store, areas):
    """The Isles of Scilly have too few plans for a line: the mean does not take its navy."""
    picture = one(QUESTION.ask(store, areas.get("420"), "neighbours-2025", {}), "on_time")
    assert words_of(picture) == [f"Mean of {NEIGHBOURS}", "England"]
    (colours,) = [layer["encoding"]["color"]["scale"] for layer in layers(picture) if "color" in layer["encoding"]]
    assert colours["range"] == [ORANGE, TURQUOISE]


def test_breaks_are_numbered_and_told_below_and_named_over_a_shared_screen(answers):
    plymouth = answers["Plymouth"]
    explore, show, families = (one(plymouth, "on_time", mode) for mode in ("explore", "show", "families"))
    assert labels(explore) == ["1", "2"] and labels(show) == ["Law eased", "New collection"]
    assert labels(families) == ["Law eased", "New count"]
    assert "2: from 2022 DfE collects each plan by itself; before, authorities sent totals." in explore.below[0]
    assert "From 2022 plans are counted in a new way." in families.more and "From 2022 DfE" in show.more[1]
    assert not show.below and not families.below


# Steps


def test_no_mean_is_drawn_of_two_and_the_reason_stands_below(store, areas):
    answer = QUESTION.ask(store, areas.get("879"), "301,302", {})
    picture = one(answer, "late")
    assert f"Mean of {answer.comparators}" not in set(picture.data["series"])
    assert any(
        text.startswith("No mean of those compared for") and "a mean needs 3 areas" in text for text in picture.below
    )
    assert any("a mean needs 3 areas" in text for text in one(answer, "tribunal").below)


def test_few_deaths_have_no_mark_and_are_said_to_be_hidden(answers):
    picture = one(answers["Cheshire West and Chester"], "ceased")
    of_deaths = [label for label in set(picture.data["label"]) if "died" in label]
    assert of_deaths and all("fewer than five" in label for label in of_deaths)
    assert any(
        text.startswith("No mark of Cheshire West and Chester for Child or young person died: hidden")
        for text in picture.below
    )


def test_what_is_not_drawn_is_named_by_reason():
    made_up = pd.DataFrame({"who": ["A", "B", "C"], "share": [1.0, math.nan, math.nan], "why": ["", "hidden", ""]})
    assert getting_help_series.by_reason(made_up, "who", "share") == {"hidden": ["B"], "not available": ["C"]}


def test_a_list_that_no_area_has_is_not_drawn_and_says_so(answers):
    picture = one(
        answers["Plymouth"], "community_over_time", over_time_service="safeguarding", over_time_kind="over_52"
    )
    assert picture.nothing == getting_help_series.NOTHING and not picture.spec
    assert any(text.startswith("No line for NHS Devon: ") for text in picture.below)


def test_a_january_stands_on_the_axis_as_its_year(answers):
    assert one(answers["Plymouth"], "budgets").data["period"].str.fullmatch(r"\d{4}").all()


# NHS areas


def test_lists_of_an_area_without_any_list_are_no_line_and_the_reason_is_given(answers):
    picture = one(answers["Surrey"], "community_over_time")
    assert words_of(picture) == ["England"]
    (told,) = [text for text in picture.below if text.startswith("No line for NHS Surrey Heartlands")]
    assert "not available (no list of this service was published there" in told


def test_each_choice_changes_what_its_picture_shows(answers):
    essex = answers["Essex"]
    other = "NHS Suffolk and North East Essex"
    assert words_of(one(essex, "community", community_area="QJG")) == [other, "England"]
    assert words_of(one(essex, "bands", bands_area="QJG")) == [other, "England"]
    assert not one(essex, "bands", bands_service="audiology").data.equals(one(essex, "bands").data)
    assert not one(essex, "community_over_time", over_time_service="audiology").data.equals(
        one(essex, "community_over_time").data
    )
    waits = one(essex, "four_weeks", waits_measure="MRS10a")
    assert waits.spec["layer"][-1]["encoding"]["y"]["axis"]["title"] == "Days"


def test_numbers_of_children_are_drawn_without_england(answers):
    for kind in choices.KINDS:
        shown = words_of(one(answers["Essex"], "community_over_time", over_time_kind=kind))
        assert ("England" in shown) == (kind == choices.SHARE)
    assert "England" not in words_of(one(answers["Essex"], "four_weeks", waits_measure="MRS08"))


def test_a_break_of_one_service_is_told_of_with_that_service_only(answers):
    told = " ".join(one(answers["Essex"], "community_over_time").below)
    assert "3: Birmingham's neurodevelopmental pathway is added there and in England (January 2025)." in told
    assert "Birmingham" not in " ".join(
        one(answers["Essex"], "community_over_time", over_time_service="audiology").below
    )


def test_a_sudden_step_is_told_of_below_the_lines_of_its_service(answers):
    told = " ".join(one(answers["Lancashire"], "community_over_time").below)
    assert "from 6.9% to 47.5% between November 2024 and December 2024" in told


def test_services_have_short_names_of_their_own():
    names = [getting_help_nhs.short_service(name) for name in SERVICES.values()]
    assert len(set(names)) == len(names) and not any("Therapy interventions" in name for name in names)


def test_autism_bars_are_of_known_figures_add_up_to_100_and_are_marked(answers):
    table = answers["Lancashire"].tables["autism"].data
    newest = table[table["period"].eq(table["period"].max())]
    picture = one(answers["Lancashire"], "autism")
    whole = picture.data.groupby("who")["share"].sum()
    assert len(whole) == newest["seen_late"].notna().sum() and whole.eq(100).all()
    assert all("not corrected" in who.replace("|", " ") for who in whole.index if "England" not in who)
    assert words_of(picture) == list(AUTISM_BARS)
    assert {layer["mark"].get("color") for layer in picture.spec["layer"][1:]} == {PAPER, INK}


def test_what_a_shared_screen_says_in_a_word_is_told_in_full_on_request(answers):
    essex = answers["Essex"]
    told = " ".join(in_full(figure) for figure in essex.figures)
    assert "NHS Mid and South Essex went from 53 to 1,409 between December 2024 and January 2025" in told
    assert "Appeals per 100 decisions that can be appealed, 2025: 11.6. Higher: neighbours" in told


def test_a_shared_screen_names_every_publisher(answers):
    text = frame.publishers(answers["Essex"])
    publishers = ("Department for Education", "HM Courts and Tribunals Service", "NHS England")
    assert all(who in text for who in publishers)
