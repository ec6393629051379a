"""Who leaves and who comes in: totals, shares of two wholes, and sentences that name places with their numbers."""

import re

import numpy as np
import pytest

from sendlib import pictures
from sendlib.answer import MODES
from sendlib.compared.comparators import DEFAULT
from sendlib.questions.places import QUESTION, flows, travel
from sendlib.questions.places.columns import FEWEST_A_YEAR
from sendlib.tables.flows import UNKNOWN


@pytest.fixture(scope="module")
def answers(everywhere):
    return everywhere("places")


def named(sentence):
    """Places in a sentence with their pupils: `Devon (52)`; of three that tie `Devon, Kent and Torbay (9 each)`."""
    if each := re.search(r"(?: to | in )(.+) \(([\d,]+) each\)", sentence):
        return [(name, int(each[2].replace(",", ""))) for name in re.split(r", | and ", each[1])]
    found = re.findall(r"(?: to | in |, | and )([A-Z][^()]*?|the [A-Z][^()]*?) \(([\d,]+)\)", sentence)
    return [(name, int(number.replace(",", ""))) for name, number in found]


def parts(answer):
    """The sentences out and in."""
    found = re.split(r"(?<=\.) (?=Of pupils at)", answer.headline.explore)
    return (found[0].rpartition(". ")[2] if "went to a school" in found[0] else "", found[1] if len(found) > 1 else "")


# Numbers


def test_who_came_in_is_a_share_of_those_at_school_here_and_unknown_homes_are_in_no_share(store, areas):
    table = store.table("flows")
    for code in ("205", "879", "888", "940"):
        here = table[table["school_code"].eq(code) & table["home_code"].ne(UNKNOWN)]
        others = here.loc[here["home_code"].ne(code), "pupil_years"].sum()
        of_area = travel.travel_of(store, areas.get(code))
        assert of_area.inward == pytest.approx(100 * others / here["pupil_years"].sum())
        assert (
            of_area.unknown
            == table.loc[table["school_code"].eq(code) & table["home_code"].eq(UNKNOWN), "pupil_years"].sum()
        )


def test_more_than_half_at_school_in_hammersmith_and_fulham_came_from_elsewhere(store, areas):
    assert travel.travel_of(store, areas.get("205")).inward == pytest.approx(52.2, abs=0.05)


def test_nobody_who_crossed_a_border_is_lost_or_counted_twice(store, areas):
    every = [travel.travel_of(store, area) for area in areas.authorities.values()]
    table = store.table("flows")
    crossed = table[table["home_code"].ne(table["school_code"]) & table["home_code"].ne(UNKNOWN)]
    for end, way in (("home_code", "left"), ("school_code", "came")):
        of_today = crossed.loc[crossed[end].isin(list(areas.authorities)), "pupil_years"].sum()
        assert np.nansum([getattr(one, way) for one in every]) == of_today


def test_the_totals_add_up_to_their_wholes(answers):
    for answer in answers.values():
        rows = answer.tables["travel"].data.set_index("who")
        if rows.empty:
            assert answer.area.code in ("420", "942", "943")
            continue
        pupils = rows["pupils"].to_numpy()
        assert pupils[0] == pytest.approx(pupils[1] + pupils[2], abs=1.5)
        assert pupils[3] == pytest.approx(pupils[4] + pupils[5], abs=1.5)
        for whole, inside, across in ((0, 1, 2), (3, 4, 5)):
            shares = rows["share"].to_numpy()
            if np.isnan(shares[inside]):
                assert pupils[whole] <= 5 and list(rows["status"])[inside] == "not_available"
            else:
                assert shares[inside] + shares[across] == pytest.approx(100, abs=0.11)
        assert rows["share"].isna().iloc[-1] and rows["status"].iloc[-1] == "not_applicable"


def test_rows_of_flows_add_up_to_the_totals(answers):
    for answer in answers.values():
        totals = answer.tables["travel"].data["share"].to_numpy()
        if not len(totals):
            continue
        for name, column, at in (("flows_out", "share", 2), ("flows_in", "share_here", 5)):
            rows = answer.tables[name].data
            if not np.isnan(totals[at]):
                assert rows[column].sum() == pytest.approx(totals[at], abs=0.06 * len(rows) + 0.06)


def test_of_fewer_than_five_pupils_a_year_no_row_of_flows_is_a_share(store, areas):
    found = 0
    for code, area in areas.authorities.items():
        went = travel.travel_of(store, area)
        for end, whole, share in (("home_code", went.lived, "share"), ("school_code", went.here, "share_here")):
            if 0 < whole < flows.YEARS * FEWEST_A_YEAR and flows.years_of(area) == flows.YEARS:
                rows = flows.flows_of(store, area, end)
                assert rows[share].isna().all(), code
                found += len(rows)
    assert found


def test_homes_not_known_have_a_row_of_their_own_and_no_share(answers):
    found = 0
    for answer in answers.values():
        rows = answer.tables["flows_in"].data
        unknown = rows[rows["area"].str.startswith("Home not known")]
        assert len(unknown) <= 1 and unknown["share_here"].isna().all() and unknown["share"].isna().all()
        assert not rows["area"].str.contains("authorities and homes").any()
        found += len(unknown)
    assert found > 0.6 * len(answers)


def test_a_share_of_those_who_lived_there_is_of_the_same_year_where_an_authority_began_late(store, areas):
    """Of North Northamptonshire one year is held: its pupils are set against a typical year of those of others."""
    into = flows.flows_of(store, areas.get("940"), "school_code").set_index("area_code")
    table = store.table("flows")
    lived = table.loc[table["home_code"].eq("855"), "pupil_years"].sum() / flows.YEARS
    came = table.loc[table["home_code"].eq("855") & table["school_code"].eq("940"), "pupil_years"].sum()
    assert into["share"]["855"] == pytest.approx(100 * came / lived, abs=0.05)


# Sentences


def test_a_sentence_names_places_of_the_tables_with_their_numbers(areas, answers):
    told = 0
    for answer in answers.values():
        for sentence, table in zip(parts(answer), ("flows_out", "flows_in"), strict=True):
            after = sentence.partition(", the largest number")[2]
            rows = answer.tables[table].data
            rows = rows[~rows["area_code"].isin(["", UNKNOWN])]
            names = [
                areas.get(code).in_text if code in areas.authorities else name.partition(" (divided")[0]
                for code, name in zip(rows["area_code"], rows["area"], strict=True)
            ]
            expected = list(zip(names, rows["pupils"].astype(int), strict=True))
            said = named(re.sub(r"^s? (to|in) ", " to ", after))
            assert said == expected[: len(said)], (answer.area.name, said)
            assert all(number > smaller for _, number in said for _, smaller in expected[len(said) :]) or len(said) == 0
            told += len(said)
    assert told > 1.9 * len(answers)


def test_both_shares_stand_in_the_sentences_of_all_modes(answers):
    for answer in answers.values():
        totals = answer.tables["travel"].data["share"].to_numpy()
        for at in (2, 5):
            if not len(totals) or np.isnan(totals[at]):
                continue
            for mode in ("explore", "show"):
                assert f"{totals[at]:.1f}%" in answer.headline.in_mode(mode), answer.area.name


def test_a_shared_screen_has_two_short_sentences(answers):
    words = [len(answer.headline.in_mode("show").split()) for answer in answers.values()]
    assert max(words) <= 63 and np.mean(words) <= 57
    letters = [len(answer.headline.in_mode("show")) for answer in answers.values()]
    assert np.mean(letters) <= 345  # two lines and a half of 1,208 px
    for answer in answers.values():
        assert len(re.findall(r"\.(?: |$)", answer.headline.in_mode("show").replace("St. ", "St "))) == 2
        assert len(answer.headline.explore.split()) <= 115


def test_nothing_is_called_a_balance_or_a_lack(answers):
    for answer in answers.values():
        for mode in MODES:
            texts = [answer.title, answer.headline, *(note.text for note in answer.notes)]
            texts += [text for figure in answer.figures for text in (figure.label, figure.comparison, figure.detail)]
            told = " ".join(text.in_mode(mode) for text in texts).lower()
            assert not re.search(r"\b(balance|short of|shortfall|deficit|surplus|net)\b", told), answer.area.name


def test_the_card_has_both_ways(answers):
    figure = answers["205"].figures[1]
    said = "52.2% of pupils at its state special schools lived elsewhere"
    assert figure.detail.explore.startswith(f"The other way: {said}.")
    assert figure.comparison.in_mode("show").endswith("Other way: 52.2% of pupils here")
    # Families have both ways in the sentence beside it.
    assert not figure.detail.in_mode("families")
    assert "52 of every 100 pupils at its own" in answers["205"].headline.in_mode("families")


def test_of_four_as_large_none_is_the_largest_and_three_are_all_named(store, answers):
    rows = answers["205"].tables["flows_in"].data.head(4).assign(pupils=9.0)
    assert travel.largest(store, rows) == []
    assert len(travel.largest(store, rows.head(3))) == 3
    rows.loc[0, "pupils"] = 10.0
    assert [one.name for one in travel.largest(store, rows)] == ["Westminster"]


def test_the_bars_follow_the_choice_of_pupils_or_shares(store, areas):
    answer = QUESTION.ask(store, areas.get("916"), DEFAULT, {"travel_as": "shares"})
    (out,), (into,) = (pictures.of(answer, name, "explore") for name in ("flows_out", "flows_in"))
    assert "share" in out.data and "share_here" in into.data
    assert any(words.startswith("Not drawn, since in no share: Home not known") for words in into.below)


def test_three_that_tie_are_named_with_one_number(answers):
    assert "to Wandsworth, Bexley and Medway (37 each)" in answers["886"].headline.explore


def test_homes_that_are_not_known_are_told_with_the_share_where_they_are_more_than_one_in_a_hundred(store, answers):
    told = 0
    for code, answer in answers.items():
        of_area = travel.travel_of(store, answer.area)
        if np.isnan(of_area.inward):
            continue
        many = of_area.unknown / (of_area.here + of_area.unknown) > 0.01
        for text in (answer.headline.explore, answer.figures[1].detail.explore):
            assert ("state special schools whose home is known" in text) == many or np.isnan(of_area.outside), code
        told += many
    assert told


def test_a_number_of_pupils_says_once_that_it_is_of_a_typical_year(answers):
    for code in ("886", "205"):
        assert answers[code].headline.explore.count("in a typical year") == 1
    assert "typical year" not in answers["940"].headline.explore  # of one year


def test_a_school_that_stands_elsewhere_is_not_said_to_be_there(answers):
    """Wandsworth's Bradstow School is in Kent."""
    for mode in MODES:
        assert not re.search(r"schools? there|at school there", answers["212"].headline.in_mode(mode))
    assert "Its state special schools had 889 pupils with SEN" in answers["212"].headline.explore


def test_a_shared_screen_has_the_pupils_of_the_schools_in_its_first_sentence(answers):
    said = answers["886"].headline.in_mode("show")
    assert "; its state special schools had 6,046 pupils with SEN in January 2023." in said


@pytest.mark.parametrize("code", ["942", "943"])
def test_the_parts_of_cumbria_say_why_nobody_knows_who_crossed_their_border(answers, code):
    answer = answers[code]
    for mode in ("explore", "show"):
        assert answer.headline.in_mode(mode).endswith("is not available: counted for Cumbria, before it was divided.")
    assert answer.headline.in_mode("families").endswith("is not available.")
    assert answer.figures[1].comparison.in_mode("families") == "Counted for Cumbria, before it was divided"
    assert answer.figures[1].comparison.explore == "Counted for Cumbria, before it was divided"
    assert answer.figures[0].comparison.explore == f"January 2023, before {answer.area.name} began"


@pytest.mark.parametrize("code", ["873", "812"])
def test_a_share_that_is_not_in_the_file_says_so(answers, code):
    assert answers[code].figures[2].comparison.explore == "Not in DfE's file for January 2025"
