"""What nobody measures or is not held here: one test a rule."""

import copy

import pytest

from sendlib import catalogue
from sendlib.catalogue.checklist import checklist
from sendlib.catalogue.gaps import KINDS, checked, gaps
from sendlib.errors import ContractBroken


def test_each_says_who_would_know_and_why_there_is_no_figure():
    for name in ("who", "why", "families", "families_who"):
        held = copy.deepcopy(catalogue.load("gaps"))
        del held["gap"][0][name]
        with pytest.raises(ContractBroken, match=f"lacks '{name}'"):
            checked(held)


def test_one_of_another_kind_is_refused():
    held = copy.deepcopy(catalogue.load("gaps"))
    held["gap"][0]["kind"] = "secret"
    with pytest.raises(ContractBroken, match="is of the kind 'secret'"):
        checked(held)


def test_kinds_stand_together_in_their_order():
    order = [one.kind for one in gaps()]
    assert order == sorted(order, key=list(KINDS).index)


def test_each_is_of_something_in_the_documents():
    known = {item.code for item in checklist()}
    assert {code for one in gaps() for code in one.items} - known == set()


def test_what_is_refused_for_a_gap_is_among_the_items_of_that_gap():
    items = {one.code: one.items for one in gaps()}
    assert [item.code for item in checklist() if item.gap and item.code not in items[item.gap]] == []


def test_none_is_told_twice():
    assert len({one.what for one in gaps()}) == len(gaps())
