"""Joining up: what is known of an area is said, and what is not known too."""

import pytest

from sendlib import pictures, service
from sendlib.answer import MODES
from sendlib.areas import ENGLAND
from sendlib.catalogue import linkage
from sendlib.compared import cohorts
from sendlib.compared.comparators import DEFAULT
from sendlib.errors import UnknownChoice
from sendlib.questions.joining_up import QUESTION, match, readiness
from sendlib.questions.joining_up.match import Effect
from sendlib.questions.joining_up.readiness import Readiness


def asked(code, beside="", **choices):
    return service.ask(QUESTION, code, DEFAULT, choices, beside)


def squares(answer):
    (picture,) = pictures.of(answer, "squares", "explore")
    return picture


@pytest.mark.parametrize(("which", "counts"), [("care", [67, 17, 7]), ("health", [22, 20, 49])])
def test_there_is_a_square_for_each_council_that_answered(which, counts):
    data = squares(asked("879", joined=which)).data
    assert len(data) == 91 and list(data["kind"].value_counts(sort=False)) == counts


def test_the_title_is_true_for_what_was_switched_to():
    assert asked("879").title.explore.startswith("67 of 91")
    assert asked("879", joined="health").title.explore.startswith("22 of 91")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (
            "352",
            "is one of the 22 councils that named the health data they link, in 2023: primary care (GP)",
        ),
        ("933", "accident and emergency (in part)"),
        ("879", "Plymouth is not among the 22 councils"),
        ("204", "the request could not be sent"),
        ("420", "The Isles of Scilly: not known"),
        ("941", "it was not asked, by an oversight"),
        ("942", "Cumberland: not known. The council began on 1 April 2023"),
        ("E12000009", "Of the 15 councils in the South West, 4 are among the 22"),
        ("QJK", "Of the 3 councils in NHS Devon, none is among the 22"),
        ("878,879,880", "none is among the 22"),
        (ENGLAND, "67 said that they link education and social care data, and 22 that they link health data"),
        ("99E", "No authority's children mostly live in"),
    ],
)
def test_what_is_known_of_an_area_is_said(code, said):
    assert said in asked(code).headline.explore


def test_no_area_is_said_to_link_or_not_to_link_where_that_is_not_known(everywhere):
    named = {one.code for one in linkage.of().councils}
    for code, answer in everywhere("joining_up").items():
        for mode in MODES:
            words = answer.headline.in_mode(mode)
            assert code in named or "not" in words, answer.area.name


def test_only_the_councils_of_the_area_have_an_edge_and_only_where_names_are_known():
    assert squares(asked("352", joined="health")).data["own"].sum() == 1
    assert squares(asked("E12000009", joined="health")).data["own"].sum() == 4
    assert squares(asked("352", "E12000009", joined="health")).data["own"].sum() == 5
    assert not squares(asked("352")).data["own"].any(), "which of the 67 it is is not known"
    assert not squares(asked(ENGLAND, joined="health")).data["own"].any()


def test_two_areas_have_the_numbers_of_all_councils_once():
    both = asked("352", "879")
    assert both.title == asked("352").title and both.figures == asked("352").figures
    assert "Manchester is one of" in both.headline.explore and "Plymouth is not among" in both.headline.explore


def test_bedfords_match_would_miss_one_in_seven_children_here_and_one_in_fifty_after():
    table = asked("879").tables["match"].data.set_index("whose")
    number = float(cohorts.counts(service.store(), cohorts.ALL_SEN)[cohorts.WHOLE]["879"])
    assert table.loc[match.BEFORE, "one_in"] == "about 1 in 7" and table.loc[match.AFTER, "one_in"] == "1 in 50"
    assert table.loc[match.BEFORE, "missed"] == number - round(0.85 * number)
    assert (table["found"] + table["missed"]).eq(number).all()


def test_the_calculator_takes_the_readers_own_match_and_children():
    table = asked("879", match="95", match_of="plans").tables["match"]
    plans = float(cohorts.counts(service.store(), cohorts.PLANS)[cohorts.WHOLE]["879"])
    assert table.data.set_index("whose").loc[match.YOURS, "missed"] == plans - round(0.95 * plans)
    assert "1 in 20" in table.how_to_read.explore
    with pytest.raises(UnknownChoice):
        asked("879", match="101")


@pytest.mark.parametrize("code", ["201", "420", "942", "940", "E12000009", ENGLAND, "QJK", "878,879,880"])
def test_areas_of_every_kind_have_a_number_of_children(code):
    assert asked(code).tables["match"].data["missed"].ge(0).all()


def test_an_area_without_a_number_of_children_says_so_and_still_has_the_rates():
    answer = asked("99E")
    assert answer.tables["match"].data["missed"].isna().all()
    assert "not available" in answer.tables["match"].caption.explore
    (picture,) = pictures.of(answer, "match", "explore")
    assert list(picture.data["of_1000"]) == [150, 150, 20]


def test_whom_a_match_misses_bounds_what_the_list_can_say():
    one = Effect(rate=85, listed=33)
    assert (round(one.low, 2), round(one.high, 2)) == (28.05, 43.05)
    everybody = Effect(rate=100, listed=33)
    assert everybody.low == everybody.high == 33
    assert match.one_in(100) == "nobody"


def test_every_table_of_words_says_where_each_row_stands():
    answer = asked("879")
    told = [table for table in answer.tables.values() if "document" in table.data]
    assert len(told) == 16
    for table in told:
        assert table.data["document"].str.len().gt(0).all() and set(table.sources) <= set(answer.sources)


def test_the_places_of_the_area_stand_first():
    assert asked("822").tables["cards"].data["place"].iloc[0] == "Bedford"
    assert asked("394").tables["cards"].data["place"].iloc[0] == "Sunderland and South Tyneside"


def test_a_readiness_check_is_placed_among_the_councils_that_answered():
    checked = Readiness({"care": ("building",), "used": ("review",), "health_data": ("csds",)}, ("consent",), ("few",))
    text = readiness.as_text(linkage.of(), checked, "Plymouth")
    assert "In development: as 17 of the 91 councils (18.7%)." in text
    assert "Service review: how many councils said so is not available." in text
    assert "as 3 of the 22 councils that link health data" in text
    assert "Consent, and what may be shared" in text and "A few questions, set by the parent carer forum" in text
    assert "Answered by the group itself (3 questions of 6)" in text and "Interim and self-reported" in text
    assert readiness.as_text(linkage.of(), Readiness(), "Plymouth") == ""
