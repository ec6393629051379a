"""My area of regions, England, health areas and groups: sentences as a reader meets them, and numbers that fit."""

import numpy as np
import pandas as pd
import pytest

from sendlib import pictures, service
from sendlib.answer import MODES
from sendlib.compared import widened
from sendlib.errors import NoData
from sendlib.questions import my_area

PENINSULA = "878,879,880"
NORFOLK_AND_SUFFOLK = "T6Y0W"


@pytest.fixture
def ask(store):
    def of(text, versus="", **asked):
        area = widened.directory(store).find(text).area if "," not in text else widened.directory(store).get(text)
        return service.answer_of(store, my_area.QUESTION, area, versus, asked)

    return of


def notes(answer, kind="missing", about=""):
    return [note.text.explore for note in answer.notes_about(about, kind)]


def numbers(answer, name):
    """The numbers of a table, without its codes and names."""
    return answer.tables[name].data.select_dtypes("number").to_numpy()


def test_a_region_stands_among_the_regions(ask):
    answer = ask("South West")
    assert answer.headline.explore.startswith("In the South West, 5.5% of pupils had an EHC plan and 14.9% had SEN")
    assert "among the other eight regions" in answer.headline.explore
    assert answer.title.explore == "Pupils with plans: a similar share to the average region"
    assert any("a region without a figure" in text for text in notes(answer, "definition"))
    assert len(answer.tables["comparators"].data) == 10


@pytest.mark.parametrize("mode", MODES)
def test_england_is_beside_the_spread_of_its_authorities_and_never_beside_itself(ask, mode):
    answer = ask("England")
    told = answer.headline.in_mode(mode)
    assert "England +" not in told and "England 5" not in told and "of its" in told.casefold()
    for figure in answer.figures:
        half = "in half of its councils" if mode == "families" else "half of its authorities between"
        assert figure.comparison.in_mode(mode).startswith(half)
        assert "England" not in figure.comparison.in_mode(mode) and not figure.direction


def test_england_is_listed_once(ask):
    answer = ask("England")
    each = answer.tables["comparators"].data
    assert each["area"].eq("England").sum() == 1 and len(each) == 1 + 153
    assert "and England" not in answer.tables["comparators"].caption.explore
    for name in ("pupils_over_time", "rates"):
        keys = [column for column in ("period", "kind", "rate", "group") if column in answer.tables[name].data]
        assert not answer.tables[name].data.duplicated(keys).any(), name
        assert set(answer.tables[name].data["group"]) == {"England", "Mean of its 153 authorities"}


def test_a_region_beside_england_alone_names_england_once_a_figure(ask):
    answer = ask("South West", "England")
    assert [figure.comparison.explore.count("England") for figure in answer.figures] == [1, 1, 1]
    assert answer.tables["comparators"].data["area"].tolist() == ["South West", "England"]


def test_the_plans_of_a_group_are_those_of_its_members(ask):
    answer = ask(PENINSULA)
    parts = [ask(code).tables["stock"].data.set_index("period")["plans"] for code in PENINSULA.split(",")]
    together = answer.tables["stock"].data.set_index("period")["plans"]
    assert together.to_dict() == (parts[0] + parts[1] + parts[2]).to_dict()
    assert "from 11,138 to 15,779" in answer.headline.explore


def test_a_group_leads_with_the_last_year_of_which_there_are_numbers_of_pupils_and_says_why_once(ask):
    answer = ask(PENINSULA)
    assert answer.lead == "hundred" and answer.figures[0].label.explore == "Pupils with an EHC plan, 2022/23"
    assert "(school year 2022/23" in answer.headline.explore and "2024/25" not in answer.headline.explore
    (why,) = [text for text in notes(answer) if "without the numbers of pupils" in text]
    assert why.startswith("LAIT publishes the shares of later years") and "2022/23 is the last year" in why
    assert notes(answer, about="pupils_over_time")[0] == "Devon, Plymouth and Torbay: shares for 2022/23 only."


def test_the_share_of_a_group_lies_between_those_of_its_members_and_beside_those_of_the_same_year(ask, store):
    answer = ask(PENINSULA)
    rows = store.table("school_sen").query("phase == 'all' and measure == 'ehc_plan' and period == '2022/23'")
    of_each = rows.set_index(rows["area_code"].astype(str))["value"]
    own = answer.figures[0].value
    parts = of_each[PENINSULA.split(",")]
    assert parts.min() < own < parts.max() and own != pytest.approx(parts.mean(), abs=1e-6)
    assert f"England {of_each['E92000001']:.1f}%" in answer.figures[0].comparison.explore


def test_a_group_with_a_member_that_began_later_leads_with_plans_and_draws_no_empty_hundred(ask):
    answer = ask("942,878")
    assert answer.lead == "stock" and "hundred" not in answer.tables
    assert answer.title.explore == "13,428 plans in January 2026"
    assert "is not available: LAIT publishes shares without the numbers of pupils" in answer.headline.explore
    assert any("no number of plans of Cumberland is held for it (the rest of it had 7,295)" in t for t in notes(answer))
    for mode in MODES:
        assert all(picture.spec for picture in pictures.of(answer, "stock", mode))


def test_a_group_that_lacks_a_member_s_number_names_it_and_says_what_there_is_at_least(ask):
    answer = ask("204,209")
    (told,) = [text for text in notes(answer) if "Lewisham" in text and "January 2026" in text]
    assert "so there is none of Hackney and Lewisham; the rest of it has 3,721 plans, so it has at least" in told
    assert "five years to January 2025" in answer.headline.explore
    assert notes(answer, about="age") == ["Plans by age: no sum for January 2024 (no number of Hackney)."]


def test_a_board_is_compared_with_boards_in_the_same_year(ask):
    answer = ask("QJK")
    assert "among the other 35 integrated care boards" in answer.headline.explore
    assert answer.figures[0].comparison.explore.startswith("boards ")
    assert answer.title.explore == "Pupils with plans: a larger share than the average board"


def test_a_board_that_is_gone_and_a_group_of_what_was_divided_are_answered(ask):
    assert ask("QMM").figures[2].comparison.explore.startswith("boards ")
    assert "4.7% of pupils had an EHC plan" in ask("Cumbria").headline.explore


def test_a_location_without_authorities_is_not_answered_and_it_is_said_where_it_is(ask):
    with pytest.raises(NoData, match="No authority's children mostly live in .* Getting help"):
        ask("05D")


def test_a_tiny_group_is_not_compared(ask):
    answer = ask("201,420")
    assert answer.state == "too_few" and answer.title.explore == "Too few plans to compare"
    assert all(not figure.direction for figure in answer.figures)


@pytest.mark.parametrize("code", ["879", "942", "316", "209", "201", "391"])
def test_a_group_of_one_has_every_number_of_the_authority(ask, code):
    one, authority = ask(f"{code},", "england"), ask(code, "england")
    assert [figure.text for figure in one.figures] == [figure.text for figure in authority.figures]
    assert one.headline == authority.headline and one.title == authority.title and one.state == authority.state
    for name in authority.tables:
        np.testing.assert_array_equal(numbers(one, name), numbers(authority, name), err_msg=name)
    for name in ("stock", "rates", "comparators", "flow", "placement"):
        column = "change_doubtful" if name == "comparators" else "doubtful"
        pd.testing.assert_series_equal(one.tables[name].data[column], authority.tables[name].data[column])


def test_a_small_part_whose_numbers_are_doubtful_is_told_of_where_they_stand(ask):
    answer = ask("886,887")
    assert "the doubtful numbers of Medway among them" in answer.headline.explore
    assert any(text.startswith("How the plans of Medway have changed is doubtful") for text in notes(answer, "caution"))
    newham = ask("316,317").tables["stock"].data.set_index("period")
    assert newham.loc["2025-01", "doubtful"].startswith("Newham: ")


def test_a_large_part_whose_numbers_are_doubtful_makes_no_headline(ask):
    answer = ask("301,316")
    assert answer.figures[2].text == "Doubtful" and not answer.figures[2].direction
    assert "since their numbers are doubtful: those of a large part of it are (Newham" in answer.headline.explore
    assert "Plans rose" not in answer.headline.explore and "Plans fell" not in answer.headline.explore


def test_a_board_says_once_how_far_its_authorities_stand_for_it(ask):
    (told,) = [text for text in notes(ask("QJK"), "caution") if "live elsewhere" in text]
    assert told.startswith("NHS Devon: figures of authorities are those of Devon, Plymouth and Torbay together.")
    assert not [text for text in notes(ask(PENINSULA), "definition") if "live elsewhere" in text]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    "code", ["South West", "England", "QJK", NORFOLK_AND_SUFFOLK, PENINSULA, "942,878", "204,209", "879,"]
)
def test_every_picture_can_be_drawn_and_no_sentence_has_a_hole(ask, code, mode):
    answer = ask(code)
    texts = [answer.title, answer.headline, *(figure.comparison for figure in answer.figures)]
    texts += [note.text for note in answer.notes]
    for text in texts:
        told = text.in_mode(mode)
        assert "nan" not in told.split() and "None" not in told and "  " not in told
    assert len(answer.title.in_mode(mode).split()) <= 10
    for name in answer.tables:
        for picture in pictures.of(answer, name, mode):
            assert picture.alt.in_mode(mode)
            assert picture.spec or picture.nothing
