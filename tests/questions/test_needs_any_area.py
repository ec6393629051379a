"""Needs of regions, England, health areas and groups: sentences as a reader meets them, and numbers that fit."""

import numpy as np
import pytest

from sendlib import pictures, service
from sendlib.answer import MODES
from sendlib.compared import comparators, mixes, widened
from sendlib.errors import NoData
from sendlib.questions import needs
from sendlib.tables.needs import NEEDS
from tests.spoiled import without

PENINSULA = "878,879,880"
NEWEST = {"scope": "all", "characteristic": "total", "period": "2025-01"}


@pytest.fixture
def ask(store):
    def of(text, versus="", held=store, **asked):
        known = widened.directory(held)
        area = known.get(text) if "," in text else known.find(text).area
        return service.answer_of(held, needs.QUESTION, area, versus, asked)

    return of


def notes(answer, kind="definition", about=""):
    return [note.text.explore for note in answer.notes_about(about, kind)]


def every_word(answer, mode="explore"):
    texts = [answer.title, answer.headline, *(figure.comparison for figure in answer.figures)]
    return [text.in_mode(mode) for text in (*texts, *(note.text for note in answer.notes))]


def test_a_group_has_the_sum_of_its_members_needs(ask):
    together = ask(PENINSULA).tables["mix"].data.set_index("need")["count"]
    parts = [ask(code).tables["mix"].data.set_index("need")["count"] for code in PENINSULA.split(",")]
    assert all(together[need] == sum(part[need] for part in parts) for need in NEEDS)


def test_a_region_stands_among_the_regions_and_no_place_among_authorities_is_said_of_it(ask):
    answer = ask("South West")
    assert answer.title.explore == "Social and emotional: larger share of plans than all compared"
    assert "among the other eight regions" in answer.headline.explore
    assert not any("in 100 authorities" in text or "every other authority" in text for text in every_word(answer))
    assert np.isnan(answer.tables["divergence"].data["further_than"]).all()
    assert not any("is called ordinary" in text for text in notes(answer))


def test_a_board_is_placed_among_boards(ask):
    answer = ask("QJK")
    assert "in 100 integrated care boards" in answer.verdicts[-1].words.explore
    assert answer.title.explore == "NHS Devon: an ordinary mix of needs"
    assert any("the middle of all integrated care boards is" in text for text in notes(answer, about="divergence"))
    assert "Further than, % of integrated care boards" in [
        column.titled for column in answer.tables["divergence"].columns_in("explore").values()
    ]
    assert any("such calls among all integrated care boards and needs" in text for text in notes(answer))
    assert any(
        text.startswith("NHS Devon: figures of authorities are those of Devon") for text in notes(answer, "caution")
    )


@pytest.mark.parametrize("mode", MODES)
def test_england_shows_what_is_named_most_often_beside_the_spread_of_its_authorities(ask, mode):
    answer = ask("England")
    share = "32 of every 100 plans" if mode == "families" else "31.7% of plans"
    assert answer.title.in_mode(mode) == f"Named most often: autism, in {share}"
    assert [figure.label.explore for figure in answer.figures] == [
        "Named most often: Autism",
        "Named second most often: Speech, language and communication needs",
        "Plans without a recorded need",
    ]
    for figure in answer.figures:
        half = "in half of its councils " if mode == "families" else "half of its authorities between"
        assert figure.comparison.in_mode(mode).startswith(half) and not figure.direction
    assert not any("strict test" in text or "than in England" in text for text in every_word(answer, mode))


def test_england_is_in_no_table_and_no_picture_twice(ask):
    answer = ask("England")
    assert not {"england", "england_rate", "unusual"} & set(answer.tables["mix"].data)
    each = answer.tables["comparators"].data
    assert each["area"].eq("England").sum() == len(NEEDS) and each["area"].nunique() == 154
    assert answer.tables["divergence"].data["compared_with"].tolist() == ["Mean of its 153 authorities"]
    (drawn,) = pictures.of(answer, "mix", "explore")
    assert not drawn.data.duplicated(["need", "series", "who"]).any()
    assert [entry.words for entry in drawn.legend].count("England") == 1


def test_a_region_beside_england_alone_names_england_once(ask):
    answer = ask("South West", "England")
    assert [figure.comparison.explore.count("England") for figure in answer.figures] == [1, 1, 1]
    (drawn,) = pictures.of(answer, "mix", "explore")
    assert set(drawn.data["who"]) == {"South West"} and "Points from England" in str(drawn.spec)


def test_the_authorities_of_an_area_are_its_dots_among_all_authorities(ask):
    answer = ask(PENINSULA).choosing({"funnel_need": "asd"})
    rows = answer.tables["funnel"].data.query("need == 'asd'")
    assert rows["group"].iloc[0] == "own area as a whole" and rows["area"].iloc[1] == "England" and len(rows) == 155
    assert set(rows.loc[rows["group"].eq("own area"), "area"]) == {"Devon", "Plymouth", "Torbay"}
    (drawn,) = pictures.of(answer, "funnel", "explore")
    assert drawn.legend[0].words == "authorities of Devon, Plymouth and Torbay"
    assert "Of Devon, Plymouth and Torbay: Devon" in drawn.alt.explore


def test_of_england_every_dot_of_the_funnel_is_one_of_its_authorities(ask):
    answer = ask("England")
    assert set(answer.tables["funnel"].data["group"]) == {"England", "other"}
    (drawn,) = pictures.of(answer, "funnel", "explore")
    assert drawn.legend[0].words == "authorities" and "England:" not in drawn.alt.explore


def test_a_wider_area_maintains_no_plans_and_has_no_neighbours(ask):
    answer = ask("South West")
    assert "a plan from its authorities" in answer.tables["schools"].caption.explore
    assert "its authorities maintain" in answer.tables["schools"].how_to_read.explore
    assert "neighbours" not in answer.sources and "features" not in answer.sources
    assert "features" not in answer.tables


def test_the_south_east_says_that_the_publishers_own_row_differs(ask):
    (told,) = [text for text in notes(ask("South East"), "caution", "mix") if "Surrey" in text]
    assert told.startswith("The South East is the sum of its authorities' own rows. DfE's corrected row")
    assert "severe learning difficulty 3.7% (4,042 plans, here 3.1% and 3,386)" in told


def test_a_group_that_lacks_a_members_need_names_the_member(ask, store):
    spoiled = without(store, "needs", area_code="880", need="asd", **NEWEST)
    answer = ask(PENINSULA, held=spoiled)
    (told,) = [text for text in notes(answer, "missing", "mix") if text.startswith("Autism: not available for")]
    assert told.startswith("Autism: not available for Devon, Plymouth and Torbay, as Torbay has no figure.")
    assert np.isnan(answer.tables["mix"].data.set_index("need").loc["asd", "share"])


def test_schools_are_not_shown_of_a_group_of_which_a_part_began_after_they_were_counted(ask):
    (drawn,) = pictures.of(ask("942,878"), "schools", "explore")
    assert drawn.nothing == (
        "Not available for Cumberland and Devon: these pupils were counted before a part of it began."
    )


def test_a_location_without_authorities_is_not_answered_and_it_is_said_where_it_is(ask):
    with pytest.raises(NoData, match="Getting help"):
        ask("05D")


def test_a_tiny_group_is_not_compared(ask):
    answer = ask("201,420")
    assert answer.state == "too_few" and answer.title.explore == "Too few plans to compare"
    assert "City of London and Isles of Scilly has" not in " ".join(every_word(answer))


def test_a_doubtful_number_makes_that_of_a_small_group_doubtful_and_is_told_of_in_a_large_area(ask):
    small, large = ask("301,316"), ask("London")
    assert small.state == "doubtful" and "that of a large part of it is (Newham" in small.headline.explore
    assert large.state == "full"
    assert any("plans of Newham in January 2025 is doubtful" in text for text in notes(large, "caution"))


@pytest.mark.parametrize("versus", ["england", "301,302,303,304"])
@pytest.mark.parametrize("code", ["879", "316", "201"])
def test_a_group_of_one_has_every_number_of_the_authority(ask, code, versus):
    one, authority = ask(f"{code},", versus), ask(code, versus)
    assert one.headline == authority.headline and one.title == authority.title and one.state == authority.state
    assert [figure.text for figure in one.figures] == [figure.text for figure in authority.figures]
    for name in authority.tables:
        mine, theirs = (answer.tables[name].data.select_dtypes("number").to_numpy() for answer in (one, authority))
        np.testing.assert_allclose(mine, theirs, err_msg=name)


def test_each_board_beside_the_others_is_worked_out_once_for_all(store):
    area = widened.directory(store).get("QJK")
    held = comparators.store_for(store, area)
    others = comparators.choose(held, area, "boards")
    found = mixes.of(held, area, others)
    assert mixes.of(held, area, others) is found and found.of_many
    assert (~np.isnan(found.divergence)).sum() == 36


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    "code", ["South West", "England", "QJK", "T6Y0W", "QMM", PENINSULA, "942,878", "204,209", "879,"]
)
def test_every_picture_can_be_drawn_and_no_sentence_has_a_hole(ask, code, mode):
    answer = ask(code)
    for told in every_word(answer, mode):
        assert "nan" not in told.split() and "None" not in told and "  " not in told
    assert len(answer.title.in_mode(mode).split()) <= 10
    for name in ("mix", "funnel", "recording", "new_plans", "age", "sex", "placement", "schools", "log_ratio"):
        for picture in pictures.of(answer, name, mode):
            assert picture.alt.in_mode(mode) and (picture.spec or picture.nothing)
