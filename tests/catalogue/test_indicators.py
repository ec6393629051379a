"""The indicators of the slides of 2018, the statements that they serve and the lenses: one test a rule."""

import copy

import pytest

from sendlib import catalogue
from sendlib.catalogue.indicators import checked, indicators, lenses, statements
from sendlib.errors import ContractBroken


def changed(number, **what):
    """The file with one indicator changed; None takes a thing away."""
    held = copy.deepcopy(catalogue.load("indicators"))
    one = next(one for one in held["indicator"] if one["code"] == number)
    one.update({name: value for name, value in what.items() if value is not None})
    for name in [name for name, value in what.items() if value is None]:
        one.pop(name)
    return held


def test_all_47_are_there_in_their_order():
    assert [one.code for one in indicators()] == [f"B{number}" for number in range(19, 66)]


def test_all_statements_and_lenses_are_there():
    assert [one.code for one in statements()] == [f"{kind}{number}" for kind in "OI" for number in range(1, 7)]
    assert [one.impact for one in statements()] == [False] * 6 + [True] * 6
    assert [one.name for one in lenses()] == ["Local profile", "Governance and assurance", "Key performance indicators"]


@pytest.mark.parametrize(
    ("code", "what", "problem"),
    [
        ("B19", {"lens": None}, "lacks 'lens'"),
        ("B19", {"lens": "kaleidoscope"}, "belongs to no lens"),
        ("B19", {"state": "hidden"}, "has the state 'hidden'"),
        ("B19", {"places": None}, "is shown somewhere, or it is not"),
        ("B25", {"places": ["doing_well.care"]}, "is shown somewhere, or it is not"),
        ("B25", {"link": None}, "is linked and has no link"),
        ("B21", {"note": None}, "is gone and does not say why"),
        ("B21", {"families_note": None}, "has a note for some readers only"),
        ("B19", {"words": " "}, "has an empty 'words'"),
        ("B19", {"wrods": "A slip"}, "has 'wrods', which nothing reads"),
        ("B19", {"code": "B20"}, "'B20' is listed twice"),
        ("B19", {"link": "http://www.gov.uk"}, "is no address of a website"),
    ],
)
def test_one_that_breaks_a_rule_is_refused(code, what, problem):
    with pytest.raises(ContractBroken, match=problem):
        checked(changed(code, **what))


def test_one_that_serves_no_outcome_is_refused():
    held = copy.deepcopy(catalogue.load("indicators"))
    held["block"]["tribunal"]["statements"] = ["O9"]
    with pytest.raises(ContractBroken, match="'B34' serves no statement"):
        checked(held)


def test_every_statement_is_served_by_one():
    served = {code for one in indicators() for code in one.statements}
    assert served == {one.code for one in statements()}


def test_none_is_told_twice():
    assert len({one.words for one in indicators()}) == len(indicators())
    assert len({one.words for one in statements()}) == len(statements())
