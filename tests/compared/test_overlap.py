"""How far authorities stand for an NHS area is said once, with both halves of the overlap."""

import re

import pytest

from sendlib import questions, service
from sendlib.answer import MODES
from sendlib.compared import overlap, widened


def said(store, name):
    return "".join(note.text.explore for note in overlap.note(store, widened.directory(store).find(name).area))


def test_a_board_of_three_whole_councils_says_that_they_have_all_of_its_children(store):
    assert said(store, "QJK") == (
        "NHS Devon: figures of authorities are those of Devon, Plymouth and Torbay together. All of its children live"
        " in these three councils' areas; none of theirs live elsewhere (aged 0 to 17, mid-2020)."
    )


def test_a_board_that_is_gone_has_its_own_overlap(store):
    assert "are those of Norfolk. 88% of its children live in that council's area; none of theirs" in said(store, "QMM")


def test_a_sliver_is_never_none_and_never_all(store):
    assert "less than 1% of theirs live elsewhere" in said(store, "QNX")


def test_of_a_board_whose_border_is_not_known_the_first_half_is_not_known(store):
    assert "Where it ends is not known here, and so not what part of its children" in said(store, "T6Y0W")
    assert "at most 9% of theirs live elsewhere" in said(store, "QRL")


def test_of_many_authorities_it_is_said_how_many(store):
    assert "those of its nine authorities together" in said(store, "QYG")


def test_a_location_in_which_no_authority_mostly_lies_says_why_there_are_no_figures_of_authorities(store):
    assert said(store, "05D").endswith(
        ": no authority's children mostly live in it, so figures of authorities are not shown. All of its children live"
        " in Staffordshire, and 17% of the children of Staffordshire live in it (aged 0 to 17, mid-2020)."
    )


@pytest.mark.parametrize("name", ["Barnsley", "South West", "England", "Devon, Plymouth, Torbay"])
def test_other_kinds_of_area_have_no_overlap_to_tell_of(store, name):
    assert said(store, name) == ""


def test_every_health_area_has_a_sentence_without_a_missing_number(store):
    for area in widened.directory(store).of_kind("board", "location"):
        told = overlap.note(store, area)[0].text.explore
        assert told.startswith(f"{area.name}: ")
        assert "nan" not in told.split()
        assert "not available" not in told


def test_shares_of_those_of_its_children_are_of_all_of_them(store):
    """Counted again from the children of each small part: what the authorities have, of all."""
    table = store.table("health_areas")
    for area in widened.directory(store).of_kind("location"):
        rows = table[table["level"].eq("sub_icb") & table["health_code"].eq(area.code)]
        own = rows.loc[rows["area_code"].isin(area.members), "children"].sum()
        assert overlap.of(store, area).held == pytest.approx(100 * own / rows["children"].sum())


@pytest.mark.parametrize("question", [one.name for one in questions.QUESTIONS])
def test_every_page_says_it_over_its_figures_in_every_mode(question):
    answer = service.ask(questions.named(question), "06N", "", {})
    plain = [answer.headline.in_mode("families"), *(figure.label.in_mode("families") for figure in answer.figures)]
    folded = any(re.search("The figures are those of|its council|its \\d+ councils", words) for words in plain)
    told = [note for note in answer.notes if not note.about and (note.kind == "caution" or folded)]
    said = dict.fromkeys(MODES, "of theirs live elsewhere") | {"families": "live outside this NHS area"}
    for mode, words in said.items():
        assert any(words in note.text.in_mode(mode) for note in told), mode
