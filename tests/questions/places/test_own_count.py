"""A reader's own count of placements out of area: taken only where it can be right, and said beside what DfE counts."""

from dataclasses import replace

import pytest

from sendlib import service
from sendlib.compared.comparators import DEFAULT
from sendlib.questions.places import QUESTION
from sendlib.questions.places.own_count import NAME, Count, entered, said


def ask(code):
    return service.ask(QUESTION, code, DEFAULT, {})


@pytest.fixture(scope="module")
def plymouth():
    return ask("879")


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        (("120", "2,700", "2025"), Count(120, 2700, "2025")),
        ((" 120 ", "", "2024/25"), Count(120, None, "2024/25")),
        (("0", "", ""), Count(0)),
    ],
)
def test_a_count_is_taken_as_it_is_typed(plymouth, typed, count):
    assert entered(plymouth, *typed) == count


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        (("", "", ""), "Enter how many"),
        (("-3", "", ""), "Placed out of area: '-3' is not a whole number"),
        (("3.5", "", ""), "'3.5' is not"),
        (("12", "x" * 400, ""), "Of how many plans: 'xxxxxxxxxx"),
        (("9" * 400, "", ""), "is not a whole number"),
        (("1,2", "", ""), "'1,2' is not"),
        (("70", "60", ""), "More are placed out of area (70) than there are plans (60)."),
        (("9,999,999", "", ""), "more than the 3,646 plans that DfE counts"),
        (("12", "", "last year"), "When: give a year"),
    ],
)
def test_what_can_not_be_right_gets_a_sentence(plymouth, typed, wrong):
    found = entered(plymouth, *typed)
    assert isinstance(found, str) and wrong in found and len(found) < 200


def test_a_count_stands_beside_the_plans_that_dfe_counts(plymouth):
    assert said(plymouth, Count(120, 2700, "2025")) == (
        "Your own count (2025): 120 placed out of area, of 2,700 plans (4.4%). By DfE's count Plymouth had 3,646 plans"
        " in January 2026. Nobody here has checked your count."
    )
    assert "had 3,646 plans in January 2026; your count is 3.3% of that number." in said(plymouth, Count(120))


def test_one_to_four_are_written_as_fewer_than_five_unless_the_reader_asks(plymouth):
    few = Count(3, 60)
    assert "fewer than 5 placed out of area, of 60 plans. " in said(plymouth, few)
    assert "%" not in said(plymouth, few) and few.small
    assert "3 placed out of area, of 60 plans (5.0%)" in said(plymouth, few, all_numbers=True)
    assert "of fewer than 5 plans" in said(plymouth, Count(0, 4)) and not Count(0, 5).small


@pytest.mark.parametrize("code", ["201", "420"])
def test_of_so_few_plans_no_share_is_made(code):
    assert "%" not in said(ask(code), Count(8)) and "%" not in said(ask(code), Count(8, 20))


@pytest.mark.parametrize(
    ("code", "whose"),
    [
        ("E12000009", "the authorities of the South West had"),
        ("E92000001", "England's authorities had"),
        ("QJK", "the authorities of NHS Devon had"),
        ("878,879,880", "Devon, Plymouth and Torbay had"),
        ("942", "Cumberland had"),
        ("209", "Lewisham had 3,696 plans in January 2025"),
    ],
)
def test_the_plans_of_an_area_of_any_kind_are_named(code, whose):
    answer = ask(code)
    assert whose in said(answer, Count(20)) and answer.tables[NAME].data["plans"].notna().all()


def test_where_dfe_has_no_number_that_is_said(plymouth):
    table = plymouth.tables[NAME]
    nothing = replace(table, data=table.data.assign(plans=float("nan")))
    lacking = replace(plymouth, tables={**plymouth.tables, NAME: nothing})
    assert "How many plans Plymouth had by DfE's count is not available." in said(lacking, Count(20))
    assert entered(lacking, "20", "", "") == Count(20)
