"""Looking ahead of a region, England, a health area and a group of authorities that a reader picked."""

import pytest

from sendlib import pictures, service
from sendlib.answer import MODES
from sendlib.compared import comparators, widened
from sendlib.compared.comparators import DEFAULT
from sendlib.errors import NoData
from sendlib.questions.looking_ahead import QUESTION, places, send_past
from tests.questions.looking_ahead.asking import all_words
from tests.spoiled import without

PENINSULA = "Devon, Plymouth, Torbay"


@pytest.fixture(scope="module")
def asked(store):
    def ask(text: str, versus: str = DEFAULT, **chosen: str):
        directory = widened.directory(store)
        area = directory.get(text) if text.endswith(",") else directory.find(text).area
        return service.answer_of(store, QUESTION, area, versus, chosen)

    return ask


def in_areas(answer, code):
    table = answer.tables["areas"].data
    return table[table["area_code"].eq(code)].set_index("scenario")


def test_a_group_could_have_the_children_of_its_members_together(asked):
    answer = asked(PENINSULA, "Devon, Plymouth, Torbay")
    together = in_areas(answer, "878,879,880")
    members = sum(in_areas(answer, code)["children"] for code in ("878", "879", "880"))
    assert (together["children"] - members).abs().max() <= 10  # each is rounded to five
    thousands = sum(in_areas(answer, code)["residents"] for code in ("878", "879", "880"))
    assert together["residents"].to_numpy() == pytest.approx(thousands.to_numpy())
    assert answer.headline.explore.startswith("Devon, Plymouth and Torbay could have about 1,625 children and young")
    assert "Across Devon, Plymouth and Torbay there may have been about 1,645" in answer.headline.families


def test_its_range_is_narrower_for_its_size_than_that_of_one_authority(asked):
    answer = asked(PENINSULA, "879")
    group, alone = (in_areas(answer, code) for code in ("878,879,880", "879"))
    wide_group, wide_alone = ((rows["range_to"] - rows["range_from"]) / rows["children"] for rows in (group, alone))
    assert (wide_group < wide_alone).all()


@pytest.mark.parametrize("code", ["879", "201", "207", "383", "926"])
def test_a_group_of_one_is_told_of_with_the_numbers_of_the_authority(asked, code):
    alone, one = asked(f"{code},", "303, 330"), asked(code, "303, 330")
    assert [figure.text for figure in alone.figures] == [figure.text for figure in one.figures]
    assert alone.headline == one.headline and alone.title == one.title
    for name, table in one.tables.items():
        other = alone.tables[name].data
        if name == "areas":
            other = other.assign(area_code=other["area_code"].str.rstrip(","))
        assert other.equals(table.data), name
        assert alone.tables[name].how_to_read == table.how_to_read


def test_a_region_and_england_have_what_they_had_and_stand_beside_regions_and_authorities(asked):
    region, england = asked("South West"), asked("England")
    assert set(region.tables["areas"].data["area_code"]) == {
        area.code for area in widened.directory(service.store()).of_kind("region", "england")
    }
    assert region.tables["areas"].heading == "England and its regions"
    assert "The authorities of the South West had " in region.tables["send"].how_to_read.explore
    assert "Tried on the plans of regions" in region.tables["send"].how_to_read.explore
    assert england.tables["areas"].heading == "England, its regions and its authorities"
    listed = england.tables["areas"].data
    assert listed["area_code"].eq("E92000001").sum() == 2  # one row a published rate, and England once


def test_a_health_area_is_its_authorities_and_says_whose_area_it_is(asked):
    board, group = asked("QJK"), asked(PENINSULA)
    assert [figure.value for figure in board.figures] == [figure.value for figure in group.figures]
    assert board.headline.explore.startswith("The area of NHS Devon could have about ")
    assert "In the area of NHS Devon there may have been" in board.headline.families
    assert "The authorities of NHS Devon had " in board.tables["send"].how_to_read.explore
    assert "NHS Cornwall and the Isles of Scilly" in set(board.tables["areas"].data["area"])


def test_a_location_in_which_no_authority_mostly_lies_is_refused_with_where_to_look(asked):
    with pytest.raises(NoData, match="Getting help shows what the NHS publishes of it"):
        asked("05D")


def test_plans_ahead_are_those_of_the_group_and_are_tried_on_its_own_past(store, asked):
    answer = asked(PENINSULA)
    said = answer.tables["send"].how_to_read.explore
    assert said.startswith("Devon, Plymouth and Torbay had ") and "Tried on its own plans from " in said
    held = answer.tables["send"].data
    held = held[held["series"].eq(send_past.SERIES["plans"]) & held["line"].eq(send_past.HELD)]
    plans = send_past.published(store)["plans"].loc[["878", "879", "880"]].sum(skipna=False)
    assert held.set_index("period")["number"].to_dict() == pytest.approx(plans.to_dict(), nan_ok=True)


def test_who_lacks_plans_in_the_newest_january_is_named(asked):
    said = asked("Hackney, Lewisham").tables["send"].how_to_read.explore
    assert "plans in January 2025 (for January 2026 there is no number of Lewisham; the others had " in said


def test_shares_of_pupils_of_a_group_are_said_not_to_be_available_and_why(asked):
    answer = asked(PENINSULA, send_series="ehc_plan")
    drawn = pictures.of(answer, "send", "explore")[0]
    assert "not available for several authorities together, because LAIT publishes these shares" in str(drawn)


def test_a_group_whose_member_has_a_doubtful_number_is_projected_from_none(store, asked):
    doubted = next(
        code for code in send_past.published(store)["plans"].index if code.isdigit() and in_doubt(store, code)
    )
    period = in_doubt(store, doubted)[-1]
    other = "879" if doubted != "879" else "878"
    group = widened.directory(store).group([doubted, other])
    joined = comparators.store_for(store, group)
    assert send_past.published(joined)["plans"].loc[group.code].notna()[period]
    assert send_past.judged(joined)["plans"].loc[group.code].isna()[period]


def in_doubt(store, code):
    return [period for period in send_past.published(store)["plans"].columns if send_past.doubted(store, code, period)]


def test_a_group_without_the_residents_of_a_member_has_no_number_and_names_the_member(store):
    lacking = without(store, "population", area_code="879", age="3", period="2024-06")
    group = widened.directory(lacking).find(PENINSULA).area
    answer = service.answer_of(lacking, QUESTION, group, DEFAULT, {})
    assert answer.title.explore == "Not available for Devon, Plymouth and Torbay"
    assert "the residents of Plymouth in mid-2024 are not available at every age" in answer.headline.explore
    assert [figure.text for figure in answer.figures] == ["Not available"] * 3
    region = service.answer_of(lacking, QUESTION, widened.directory(lacking).find("South West").area, DEFAULT, {})
    assert "8,000" in region.headline.explore  # its own number is published


def test_large_groups_are_rounded_as_regions_are(store):
    directory = widened.directory(store)
    assert places.step_of(directory.get("E12000007")) == places.step_of(directory.get("QOP")) == 100
    assert places.step_of(directory.find(PENINSULA).area) == places.step_of(directory.get("879")) == 5


@pytest.mark.parametrize(
    "text",
    ["London", "England", "QJK", "T6Y0W", "QMM", "Cumbria", PENINSULA, "Isles of Scilly, City of London", "880,"],
)
def test_every_kind_is_answered_in_every_mode_with_pictures(asked, text):
    answer = asked(text)
    for mode in MODES:
        assert 0 < len(answer.title.in_mode(mode).split()) <= 10
        assert pictures.of(answer, answer.lead, mode)
    for name in answer.tables:
        pictures.of(answer, name, "explore")
    said = " ".join(all_words(answer))
    assert "  " not in said and "nan" not in said.split() and "None" not in said.split()
