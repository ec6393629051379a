"""Everything that the five documents name ends in one of four states, and what is said of it is true."""

import copy

import pytest

from sendlib import catalogue
from sendlib.catalogue.checklist import checked, checklist
from sendlib.catalogue.indicators import indicators
from sendlib.errors import ContractBroken

COUNTS = {"A": 52, "C": 7, "D": 112, "E": 21, "F": 30, "G": 11}
"""How many things are numbered under a letter, beginning with 01."""
CODES = {
    *(f"{letter}{number:02}" for letter, last in COUNTS.items() for number in range(1, last + 1)),
    *(f"B{number:02}" for number in range(1, 97)),
    "B18b",
    *(f"B-{kind}{number}" for kind in "OI" for number in range(1, 7)),
}
"""All codes of the list of what the documents name."""


def test_every_item_is_there_and_no_other():
    assert {one.code for one in checklist()} == CODES
    assert len(checklist()) == len(CODES) == 342


@pytest.mark.parametrize(
    ("held", "problem"),
    [
        ({"state": "forgotten"}, "has the state 'forgotten'"),
        ({"state": "shown"}, "does not say where or why"),
        ({"state": "linked"}, "does not say where or why"),
        ({"state": "refused"}, "does not say where or why"),
        ({"state": "refused", "says": "Not here."}, "does not say where or why"),
        ({"state": "nothing"}, "does not say where or why"),
        ({"state": "linked", "resources": ["Z99"]}, "names the resource 'Z99'"),
        ({"state": "refused", "gap": "none_such"}, "names the gap 'none_such'"),
        ({}, "lacks 'state'"),
    ],
)
def test_none_is_silent(held, problem):
    facts = copy.deepcopy(catalogue.load("checklist"))
    facts["A01"] = {"name": "Something", **held}
    with pytest.raises(ContractBroken, match=problem):
        checked(facts)


def test_an_indicator_is_shown_here_where_the_list_of_indicators_says_so():
    items = {one.code: one for one in checklist()}
    for indicator in indicators():
        item = items[indicator.code]
        assert (item.state == "shown") == (indicator.state == "shown"), indicator.code
        assert item.places == indicator.places, indicator.code


def test_no_two_items_have_one_name():
    assert len({one.name for one in checklist()}) == len(checklist())
