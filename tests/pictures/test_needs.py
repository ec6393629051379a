"""Pictures of Needs: marks of what is known, the range of those who count, and words where there is nothing to draw."""

from dataclasses import replace

import numpy as np
import pytest

from sendlib import pictures
from sendlib.answer import MODES
from sendlib.questions import needs
from sendlib.tables.needs import NEEDS

DRAWN = ("mix", "recording", "funnel", "new_plans", "age", "sex", "placement", "ethnicity", "log_ratio")
DRAWN += ("started", "in_place", "schools", "in_need")
CROSSES = {"age": "age_group", "sex": "sex_group", "placement": "placement_group", "ethnicity": "ethnic_group"}


@pytest.fixture
def ask(store, areas):
    def of(code="879", versus="neighbours-2025", **asked):
        return needs.ask(store, areas.get(code), versus, asked)

    return of


def drawn(answer, table, mode="explore"):
    (picture,) = pictures.of(answer, table, mode)
    return picture


def key_of(picture):
    return [entry.words for entry in picture.legend]


def test_one_area_compared_has_its_own_name_in_every_picture(ask):
    answer = ask(versus="878")
    assert key_of(drawn(answer, "funnel"))[:2] == ["Plymouth", "Devon"]
    title = drawn(answer, "log_ratio").spec["encoding"]["x"]["axis"]["title"]
    assert " ".join(title) == "Doublings against Devon"


@pytest.mark.parametrize("mode", MODES)
def test_of_a_handful_of_plans_no_picture_is_drawn_and_it_says_where_the_shares_are(ask, mode):
    picture = drawn(ask("420"), "mix", mode)
    assert not picture.spec and picture.nothing.startswith("No picture is drawn of so few plans.")
    assert ("in the table" in picture.nothing) == (mode != "show")  # a shared screen has no table


@pytest.mark.parametrize("code", ["879", "370", "942", "936"])
def test_every_picture_in_words_has_its_numbers_and_not_a_caption_alone(ask, code):
    answer = ask(code)
    for table in DRAWN:
        picture = drawn(answer, table)
        caption = answer.tables[table].caption.explore
        said = picture.alt.explore.removeprefix(caption)
        assert picture.nothing or any(sign.isdigit() for sign in said), table


def test_tables_that_are_only_read_have_no_picture(ask):
    answer = ask(versus="own")
    assert {name for name in answer.tables if not pictures.of(answer, name, "explore")} == {
        "comparators",
        "divergence",
        "everyone",
        "recording_unlike",
        "ethnic_groups",
        "features",
    }


@pytest.mark.parametrize(("name", "choice"), CROSSES.items())
def test_a_cross_draws_the_group_that_was_chosen_beside_all_plans(ask, name, choice):
    answer = ask("370")
    for code, words in answer.offered[choice].options.items():
        picture = drawn(answer.choosing({choice: code}), name)
        table = answer.tables[name].data
        group = table[table["category"].eq(words)].dropna(subset=["share"])
        marks = picture.data[picture.data["series"].eq(words)]
        assert key_of(picture)[0] == words
        assert marks.set_index("label")["share"].to_dict() == group.set_index("name")["share"].to_dict()
        beside = picture.data[picture.data["series"].eq(key_of(picture)[1])].set_index("label")["share"]
        everyone = answer.tables["everyone"].data.set_index("name")["share"]
        assert beside.to_dict() == everyone.to_dict()


def test_a_share_of_fewer_than_five_has_no_mark_where_people_sit_together_and_is_named_below(ask):
    answer = ask(age_group="20_to_25")
    table = answer.tables["age"].data
    few = table[table["category"].eq("20 to 25") & table["count"].between(1, 4) & table["need"].isin(list(NEEDS))]
    marks = pictures.of(answer, "age", "explore")[0]
    assert len(few) and set(few["name"]) <= set(marks.data[marks.data["series"].eq("20 to 25")]["label"])
    picture = pictures.of(answer, "age", "families")[0]
    assert picture.below[0].startswith("Not shown (fewer than 5 children), or not available: ")
    marks = picture.data[picture.data["series"].eq("20 to 25")]
    for name in few["name"]:
        assert name in picture.below[0] and name not in set(marks["label"])


@pytest.mark.parametrize(
    ("code", "name", "words"),
    [
        ("936", "age", "Not available for Surrey: its needs were published as totals only."),
        ("942", "schools", "Not available for Cumberland: these pupils were counted before it began."),
    ],
)
def test_a_cross_without_a_group_says_why(ask, code, name, words):
    assert drawn(ask(code), name).nothing == words


def test_a_cross_of_a_tiny_area_is_drawn_for_analysts_only(ask):
    answer = ask("420")
    assert not pictures.of(answer, "age", "explore")[0].nothing
    words = "With so few plans every number here would be about somebody, so none is shown."
    assert pictures.of(answer, "age", "families")[0].nothing == words


def test_new_plans_are_drawn_beside_all_plans_and_come_first(ask):
    answer = ask()
    picture = drawn(answer, "new_plans")
    assert key_of(picture) == ["New plans, 2024", "All plans, January 2025"]
    table = answer.tables["new_plans"].data.dropna(subset=["share"])
    assert len(picture.data) == len(table)
    new = picture.data[picture.data["series"].eq("New plans, 2024")]["share"]
    assert new.is_monotonic_decreasing


def test_the_what_if_draws_the_needs_that_move_and_no_others(ask):
    answer = ask(move="semh:mld:25")
    picture = drawn(answer, "recording")
    assert key_of(picture) == [
        "As published",
        "After the move",
        "Range of those compared",
        "Mean of its ten statistical neighbours",
    ]
    assert picture.data["name"].tolist() == [NEEDS["semh"], NEEDS["mld"]]
    first = picture.data.iloc[0]
    assert first["share_moved"] == pytest.approx(0.75 * first["share"])
    assert f"{NEEDS['semh']}: as published 29.1%, after the move 21.8%, range of those compared" in picture.alt.explore
    assert "Social, emotional and mental health: 29.1% → 21.8%" in str(picture.spec)


def test_several_moves_are_drawn_together_and_in_their_order(ask):
    picture = drawn(ask(move="pd:mld:25,semh:asd:10"), "recording", "show")
    assert picture.data["name"].tolist() == [NEEDS[need] for need in ("pd", "mld", "semh", "asd")]


def test_the_what_if_beside_one_area_has_its_share_and_no_range(ask):
    answer = ask(versus="878", move="semh:mld:10")
    assert key_of(drawn(answer, "recording")) == ["As published", "After the move", "Devon"]


def test_where_nothing_is_moved_yet_nothing_is_after_the_move(ask):
    assert key_of(drawn(ask(versus="878"), "recording")) == ["As published", "Devon"]


@pytest.mark.parametrize("mode", MODES)
def test_the_what_if_of_a_handful_of_children_is_not_drawn(ask, mode):
    assert drawn(ask("201", move="asd:slcn:50"), "recording", mode).nothing == "No picture is drawn of so few plans."


@pytest.mark.parametrize("need", ["asd", "pd"])
def test_the_funnel_is_of_the_need_that_was_chosen_and_counts_who_lies_outside(ask, need):
    answer = ask("873", funnel_need=need)
    picture = drawn(answer, "funnel")
    table = answer.tables["funnel"].data
    held = table[table["need"].eq(need) & table["group"].ne("England")]
    outside = (~held["share"].between(held["low_998"], held["high_998"])).sum()
    assert len(picture.data) == len(held) == 153
    assert f"{outside} of 153 lie outside the outer limits here." in picture.below[0]
    assert f": {NEEDS[need]}. Cambridgeshire: " in picture.alt.explore


def test_the_relative_view_has_a_bar_for_every_need_and_nobody_to_draw_against_without_a_mean(ask):
    picture = drawn(ask(), "log_ratio")
    assert len(picture.data) == 10 and picture.data["difference"].is_monotonic_decreasing
    nothing = drawn(ask(versus="878,880"), "log_ratio")
    assert not nothing.spec and nothing.nothing == "There is no mean to compare with."


@pytest.mark.parametrize(("table", "column"), [("new_plans", "share"), ("recording", "share_moved")])
def test_where_there_is_nothing_to_draw_the_picture_says_so(ask, table, column):
    answer = ask()
    held = answer.tables[table]
    emptied = replace(held, data=held.data.assign(**{column: np.nan}))
    picture = drawn(replace(answer, tables={**answer.tables, table: emptied}), table)
    assert picture.nothing == "Not available for Plymouth." and not picture.spec
