"""Pictures of Places beside its map: flows, placements and needs, and when there is nothing to draw."""

from dataclasses import replace

import numpy as np
import pytest

from sendlib import pictures, service
from sendlib.compared import widened
from sendlib.compared.comparators import DEFAULT
from sendlib.questions.places import QUESTION
from sendlib.questions.places.placements import SPREAD


@pytest.fixture(scope="module")
def asked(store, areas):
    def ask(code, versus=DEFAULT, **choices):
        return QUESTION.ask(store, areas.get(code), versus, choices)

    return ask


def with_table(answer, name, **changed):
    """The same answer with other values in some columns of a table."""
    table = answer.tables[name]
    return replace(answer, tables={**answer.tables, name: replace(table, data=table.data.assign(**changed))})


def test_bars_of_flows_have_their_numbers_and_name_what_they_leave_out(asked):
    answer = asked("895")
    (picture,) = pictures.of(answer, "flows_out", "explore")
    assert "Cheshire West and Chester: 111" in picture.alt.explore
    (together,) = answer.tables["flows_out"].data.query("area_code == ''")["area"]
    assert picture.below[-1] == f"Not drawn: {together}."


def test_without_a_flow_that_is_large_enough_nothing_is_drawn(asked):
    (small,), (none,) = (pictures.of(asked(code), "flows_in", "explore") for code in ("201", "942"))
    assert none.nothing == "No flow of 5 or more pupils a year, or not available for Cumberland."
    assert small.nothing and small.data.empty


def test_placements_are_lines_of_the_kind_that_was_chosen(asked):
    (picture,) = pictures.of(asked("879", placement_kind="SEN unit"), "placement", "explore")
    names = [entry.words for entry in picture.legend]
    assert names == ["Plymouth", "Mean of its ten statistical neighbours", "England"]
    assert ": SEN unit. Lines" in picture.alt.explore


def test_a_january_without_a_figure_is_a_gap_and_never_nought(asked):
    (picture,) = pictures.of(asked("942"), "placement", "explore")
    own = picture.data[picture.data["line"].eq("Cumberland")].set_index("period")["number"]
    assert own[["2019", "2020"]].isna().all() and own["2025"] > 0


def test_residential_placements_are_one_line_or_a_word_why_there_is_none(asked):
    answer = asked("879")
    (picture,) = pictures.of(answer, "residential", "explore")
    assert [entry.words for entry in picture.legend] == ["All residential placements"]
    (empty,) = pictures.of(with_table(answer, "residential", plans=np.nan), "residential", "explore")
    assert empty.nothing == "Not available for Plymouth."


def test_needs_are_marks_and_one_that_is_hidden_says_why(asked):
    answer = asked("895")
    table = answer.tables["need_here"].data
    (picture,) = pictures.of(answer, "need_here", "explore")
    hidden = table.loc[table["pupils_share"].isna(), "name"]
    names = [value["words"] for value in picture.spec["layer"][1]["data"]["values"]]
    assert len(names) == len(table)
    assert all(any(name.startswith(f"{need} (") for name in names) for need in hidden)


def test_without_a_special_school_no_needs_are_drawn(asked):
    (picture,) = pictures.of(asked("420"), "need_here", "explore")
    assert picture.nothing == (
        "Not available for the Isles of Scilly: there is no state special school, or too few pupils for shares."
    )


@pytest.mark.parametrize("name", ["schools_here", "distance", "beside"])
def test_what_is_only_read_has_no_picture(asked, name):
    assert pictures.of(asked("879"), name, "explore") == []


# Areas of several authorities


@pytest.fixture(scope="module")
def of_kind(store):
    def ask(text, **choices):
        return service.answer_of(store, QUESTION, widened.directory(store).find(text).area, "", choices)

    return ask


def test_placements_of_england_are_drawn_with_the_quarters_of_its_authorities(of_kind):
    (picture,) = pictures.of(of_kind("England"), "placement", "explore")
    assert [entry.words for entry in picture.legend] == ["England", *SPREAD]
