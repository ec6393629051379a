"""MADE-UP children: the same choices make the same ones, nobody in them is real, and they slip as real lists do."""

import re

import pandas as pd
import pytest

from sendlib.linking import preparing
from sendlib.linking.made_up import lists, names
from sendlib.linking.made_up.children import DOUBLE, KINDS, SEVERAL
from sendlib.linking.made_up.slips import SLIPS

REAL_AREAS = ["AB", "B", "E", "EX", "M", "PL", "SW", "TQ", "XL", "ZE"]


@pytest.fixture(scope="module")
def made():
    return lists.made(3_000, 7)


def test_the_same_choices_make_the_same_children_and_another_draw_others(made):
    again, other = lists.made(3_000, 7), lists.made(3_000, 8)
    assert made.education.equals(again.education) and made.health.equals(again.health)
    assert not made.education.equals(other.education)


def test_no_postcode_is_one_of_the_united_kingdom_and_no_name_is_a_usual_one(made):
    assert set(made.health["postcode"].str[:2]) == {"XX"} and "XX" not in REAL_AREAS
    common = set(preparing.short_forms()) | set(preparing.short_forms().values())
    assert not set(made.health["forename"].str.casefold()) & common


def test_education_is_a_part_of_health_but_for_few_and_every_record_has_its_own_number(made):
    known = made.truth["health_id"]
    assert made.health["unique_id"].is_unique and made.education["unique_id"].is_unique
    assert 0 < known.eq("").sum() < 60 and known[known.ne("")].is_unique
    assert set(known) - {""} <= set(made.health["unique_id"])


def test_slips_happen_as_often_as_the_page_says(made):
    held = made.truth["slips"].str.split()
    for name, slip in SLIPS.items():
        of_kinds = held[made.truth["kind"].isin(slip.kinds)]
        share = of_kinds.map(lambda slips, name=name: name in slips).mean()
        # Some need more: a day up to the 12th to be swapped, a brother or sister to be mixed up with.
        assert share <= slip.rate * 1.3 + 0.01, name
        assert share >= slip.rate * (0.2 if name in ("swapped", "mixed") else 0.6), name


def test_a_record_without_a_slip_is_the_same_in_both_lists(made):
    both = made.education.merge(made.truth, on="unique_id").merge(
        made.health, left_on="health_id", right_on="unique_id", suffixes=("_l", "_r")
    )
    same = pd.concat(
        [both[f"{field}_l"].eq(both[f"{field}_r"]) for field in ("forename", "surname", "dob", "postcode")], axis=1
    )
    assert same.all(axis=1).equals(both["slips"].eq(""))


def test_kinds_of_name_are_as_many_as_is_said(made):
    shares = made.truth["kind"].value_counts(normalize=True)
    assert all(abs(shares[kind] - share) < 0.05 for kind, share in KINDS.items())
    written = made.health.merge(made.truth, left_on="unique_id", right_on="health_id")
    assert written[written["kind"].eq(DOUBLE)]["surname"].str.contains("-").all()
    assert not written[written["kind"].eq(SEVERAL)]["surname"].str.contains("-").any()


def test_dates_are_written_as_in_england(made):
    assert made.education["dob"].map(lambda day: bool(re.fullmatch(r"\d\d/\d\d/\d{4}", day))).all()
    assert made.education["dob"].map(preparing.day).ne("").all()


def test_a_short_form_leads_back_to_a_name_that_it_is_short_for():
    for name in names.forenames():
        short = names.short_form(name)
        assert names.short_forms()[short.casefold()][: len(short) - 1] == name.casefold()[: len(short) - 1]
