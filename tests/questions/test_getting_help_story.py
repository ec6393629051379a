"""Getting help: plans on time as a story, those who waited longer, appeals by residents, and what a family can do."""

import numpy as np
import pytest

from sendlib import catalogue, pictures
from sendlib.answer import MODES
from sendlib.exports import text
from sendlib.questions.getting_help import appeals_by_residents, lead_table, plans_on_time, waited_longer
from sendlib.tables.symbols import VALUE


@pytest.fixture(scope="module")
def answers(everywhere):
    return everywhere("getting_help")


def drawn(answer, table="on_time", mode="explore"):
    return pictures.of(answer, table, mode)


# The story of the line


def test_the_largest_change_is_told_at_its_year_and_is_the_largest(answers):
    for code in ("879", "888", "896", "330"):
        table = answers[code].tables["on_time"].data.set_index("period")
        row = plans_on_time.largest_change(table.reset_index())
        shares = table["share"].where(table["left_out"].eq(""))
        steps = shares.diff()[lambda year: year.index >= plans_on_time.FIRST_CHANGE]
        assert abs(row["change"]) == pytest.approx(steps.abs().max())
        assert row["change"] == pytest.approx(shares[row["period"]] - shares[str(int(row["period"]) - 1)])
    (picture,) = drawn(answers["888"])
    assert "The largest change from one year to the next: 63.1 points down, in 2024." in picture.alt.explore


def test_the_band_is_the_range_of_those_who_count_for_the_mean(answers):
    table = answers["879"].tables
    newest, each = table["on_time"].data.iloc[-1], table["on_time_each"].data
    theirs = each[each["whose"].eq("compared") & each["period"].eq(newest["period"]) & each["left_out"].eq("")]["share"]
    assert (newest["others_lowest"], newest["others_highest"]) == (theirs.min(), theirs.max())
    (picture,) = drawn(answers["879"])
    assert "Lowest to highest of its ten statistical neighbours" in [entry.words for entry in picture.legend]


@pytest.mark.parametrize("mode", MODES)
def test_the_law_is_a_rule_in_every_mode_and_is_no_target_of_ours(answers, mode):
    picture = drawn(answers["879"], mode=mode)[0]
    assert "the law asks for a plan within 20 weeks, with few exceptions" in picture.alt.in_mode(mode)
    assert "target" not in picture.alt.in_mode(mode)


def test_an_area_of_few_plans_has_no_change_and_no_people(answers):
    assert plans_on_time.largest_change(answers["201"].tables["on_time"].data) is None
    assert [one.key for one in drawn(answers["201"], mode="families")] == ["on_time"]
    (people,) = drawn(answers["201"], "longer")
    assert people.nothing


# Those who waited longer


def test_lancashires_families_who_waited_longer_are_counted(answers):
    found = answers["888"].tables["longer"].data
    assert (
        waited_longer.in_words(found) == "In 2024, 1,422 of 1,720 families waited longer than 20 weeks for a new plan."
    )
    lines, people = drawn(answers["888"], mode="families")
    assert people.later and not lines.later, "families have room for it on request"
    assert people.data["kind"].value_counts().to_dict() == {
        "Waited longer than 20 weeks": 83,
        "Had the plan within 20 weeks": 17,
    }


def test_a_few_families_who_waited_longer_are_not_counted_where_people_may_know_them(answers):
    found = answers["888"].tables["longer"].data.copy()
    found.loc[0, ["longer", "in_20_weeks", "issued"]] = [3.0, 57.0, 60.0]
    assert "3 of 60 families" in waited_longer.in_words(found)
    for mode in ("show", "families"):
        assert "fewer than 5 of 60 families" in waited_longer.in_words(found, mode)


def test_who_waited_longer_is_the_plans_less_those_in_time(answers):
    for answer in answers.values():
        found, lead = answer.tables["longer"].data, answer.tables["on_time"].data.iloc[::-1].reset_index(drop=True)
        known = found["status"].eq(VALUE)
        assert (found["longer"] + found["in_20_weeks"])[known].equals(found["issued"][known])
        share = (100 * found["longer"] / found["issued"]).round(1)
        whole = lead["left_out"].eq("") & known
        assert np.allclose(share[whole], (100 - lead["share"])[whole], atol=0.11, equal_nan=True), answer.area.name


# Appeals by residents


def test_appeals_by_residents_are_of_one_year_and_are_recomputed(answers, store):
    found = answers["879"].tables[appeals_by_residents.NAME].data
    people = store.table("population").astype({"area_code": str, "age": str, "period": str})
    people = people[people["age"].ne("0-17") & people["period"].eq("2024-06")].groupby("area_code")["value"].sum()
    appeals = store.table("process").astype({"area_code": str, "measure": str, "period": str})
    appeals = appeals[appeals["measure"].eq("appeals") & appeals["period"].eq("2024")].set_index("area_code")["value"]
    assert set(found["period"]) == {"2024"}
    for row in found.to_dict("records"):
        assert row["rate"] == pytest.approx(10_000 * appeals[row["area_code"]] / people[row["area_code"]])
    told = " ".join(note.text.explore for note in answers["879"].notes_about(appeals_by_residents.NAME))
    assert "no rate is available for 2014, 2015" in told and "another rate" in told


# What a family can do


def test_what_a_family_can_do_is_said_in_every_mode_with_links(answers):
    for code in ("879", "201", "942"):
        card = answers[code].cards[-1]
        assert not card.of_area
        for mode in MODES:
            assert len([line for line in card.lines if line.in_mode(mode)]) == len(catalogue.help_steps())
        addresses = " ".join(link.address for link in card.links)
        for known in ("ipsea.org.uk", "councilfordisabledchildren", "gov.uk/appeal-ehc-plan-decision", "mediation"):
            assert known in addresses
    assert "ipsea.org.uk" in text.as_text(answers["879"])


# Groups


def test_parts_stand_in_four_groups(answers):
    for answer in answers.values():
        assert len(answer.groups) == 4 and answer.groups[0] == lead_table.ACCESS
        assert {table.group for table in answer.tables.values()} <= {"", *answer.groups}
