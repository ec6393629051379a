"""Pictures of My area: a hundred figures a group, lines that were chosen, and nothing drawn of what is missing."""

from dataclasses import replace

import numpy as np
import pytest

from sendlib import pictures
from sendlib.answer import MODES
from sendlib.questions import my_area

TABLES = ("hundred", "stock", "flow", "rates", "pupils_over_time", "age", "sex", "placement")


@pytest.fixture
def ask(store, areas):
    def of(code="879", versus="neighbours-2025", **asked):
        return my_area.ask(store, areas.get(code), versus, asked)

    return of


def drawn(answer, table, mode="explore"):
    return pictures.of(answer, table, mode)


def without(answer, table, column):
    """The answer as if nobody had published a column of one of its tables."""
    held = answer.tables[table]
    emptied = replace(held, data=held.data.assign(**{column: np.nan}))
    return replace(answer, tables={**answer.tables, table: emptied})


@pytest.mark.parametrize("mode", MODES)
def test_a_hundred_figures_stand_side_by_side_one_picture_a_group(ask, mode):
    own, theirs = drawn(ask(), "hundred", mode)
    compared = "Average of ten similar areas" if mode == "families" else "Mean of its ten statistical neighbours"
    assert (own.heading, theirs.heading) == ("Plymouth", compared)
    assert own.across and theirs.across and own.key != theirs.key
    for picture in (own, theirs):
        assert len(picture.data) == 100 and not picture.data.duplicated(["x", "y"]).any()


def test_the_key_and_the_words_of_a_hundred_figures_have_the_numbers_that_are_drawn(ask):
    own = drawn(ask(), "hundred")[0]
    numbers = [int(own.data["kind"].eq(kind).sum()) for kind in ("EHC plan", "SEN support", "Neither")]
    assert own.alt.explore == (
        "Plymouth: of 100 pupils, {} have an EHC plan, {} have SEN support and {} neither.".format(*numbers)
    )
    assert [int(entry.words.split()[0]) for entry in own.legend] == numbers


def test_without_a_mean_the_area_is_drawn_and_beside_it_stands_why_there_is_none(ask):
    own, theirs = drawn(ask(versus="301,302"), "hundred")
    assert own.spec and not theirs.spec and theirs.across
    assert theirs.nothing == "Not available: a mean needs 3 areas."


def test_with_nobody_to_compare_with_there_is_one_picture(ask):
    (own,) = drawn(ask("942", "neighbours-2021"), "hundred")
    assert own.heading == "Cumberland" and own.spec


def test_the_lines_of_pupils_are_of_the_kind_that_was_chosen(ask):
    for kind, words in (("ehc_plan", "EHC plan"), ("sen_support", "SEN support")):
        answer = ask(pupils_kind=kind)
        (picture,) = drawn(answer, "pupils_over_time")
        table = answer.tables["pupils_over_time"].data
        newest = table[table["kind"].eq(words) & table["group"].eq("England")].iloc[-1]
        last = picture.data[picture.data["line"].eq("England")].iloc[-1]
        assert last["number"] == newest["share"] and last["period"] == newest["period"]


@pytest.mark.parametrize("name", ["age", "sex", "placement"])
def test_a_breakdown_draws_the_lines_that_were_chosen_and_no_others(ask, name):
    offered = ask().offered[f"{name}_lines"]
    code, words = list(offered.options.items())[0]
    (picture,) = drawn(ask(**{f"{name}_lines": code}), name)
    assert [entry.words for entry in picture.legend] == [words]
    assert set(picture.data["line"]) == {words}


def test_with_no_line_chosen_there_is_no_picture_and_no_word_that_figures_are_missing(ask):
    assert drawn(ask(age_lines="none"), "age") == []


def test_a_january_without_ages_is_a_gap_in_the_lines(ask):
    """Bradford's bands of January 2023 do not add up to its plans."""
    (picture,) = drawn(ask(), "age")
    assert picture.data.loc[picture.data["period"].eq("2023"), "number"].notna().all()
    (picture,) = drawn(ask("380"), "age")
    assert picture.data.loc[picture.data["period"].eq("2023"), "number"].isna().all()
    assert "2023" in set(picture.data["period"])


def test_a_rate_that_is_missing_has_no_bar(ask):
    (picture,) = drawn(ask(versus="301,302"), "rates")
    assert list(picture.data["group"]) == ["Plymouth", "England"] and picture.data["value"].gt(0).all()


@pytest.mark.parametrize(
    ("table", "column"),
    [("stock", "plans"), ("flow", "plans"), ("rates", "value"), ("pupils_over_time", "share"), ("age", "share")],
)
def test_where_there_is_nothing_to_draw_the_picture_says_so(ask, table, column):
    (picture,) = drawn(without(ask(), table, column), table)
    assert picture.nothing == "Not available for Plymouth." and not picture.spec


def test_every_picture_in_words_has_numbers_and_not_a_caption_alone(ask):
    answer = ask("370")
    for table in TABLES:
        for picture in drawn(answer, table):
            caption = answer.tables[table].caption.explore
            assert any(sign.isdigit() for sign in picture.alt.explore.removeprefix(caption)), table


def test_before_an_area_began_the_line_is_that_of_the_one_before_it(ask):
    (picture,) = drawn(ask("942"), "stock")
    known = picture.data.dropna(subset=["number"])
    assert known[known["line"].eq("Cumberland")]["period"].min() == "2024"
    assert known[known["line"].eq("Cumbria")]["period"].max() < "2024"
