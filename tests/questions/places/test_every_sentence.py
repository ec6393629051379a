"""Every sentence of Places is true: of every authority, in three modes."""

import re

import numpy as np
import pytest

from sendlib import pictures
from sendlib.answer import MODES
from sendlib.compared import doubtful, latest
from sendlib.compared.comparators import DEFAULT
from sendlib.methods import compare
from sendlib.questions.places import QUESTION, facts, flows, register, tables
from sendlib.tables.flows import PERIOD

NEEDS_ARTICLE = re.compile(r"(?<!the )(?<!The )\b(Isle of Wight|City of London|Isles of Scilly)\b")


@pytest.fixture(scope="module")
def answers(everywhere):
    return everywhere("places")


@pytest.fixture(scope="module")
def numbers(store, areas):
    return {code: facts.numbers(store, area) for code, area in areas.authorities.items()}


def sentences(answer, mode):
    """Everything that stands as a sentence or part of one: no cells of tables."""
    texts = [answer.title, answer.headline, *(note.text for note in answer.notes)]
    for figure in answer.figures:
        texts += [figure.label, figure.comparison, figure.detail]
    for table in answer.tables.values():
        texts += [table.caption, table.how_to_read]
    return [text.in_mode(mode) for text in texts] + [table.heading for table in answer.tables.values()]


def test_the_title_speaks_of_a_rate_and_is_true_of_most_authorities(store, areas, answers, numbers):
    newest = latest.january_with_residents(store)
    rates = np.array([found.rate for found in numbers.values() if found.january == newest])
    for code, answer in answers.items():
        if numbers[code].january != newest:
            continue
        title, plainly, found = answer.title.explore, answer.title.in_mode("families"), numbers[code]
        assert len(title.split()) <= 13 and "children" not in title.lower()
        # One line at 36 px across 1,208 px of a shared screen 1,280 px wide: its letters are 16.5 px wide or less.
        assert len(answer.title.in_mode("show")) <= 73
        if title.startswith("Plan rate above most authorities; "):
            assert plainly == "More plans for its size than most councils"
            assert (rates < found.rate).mean() > 0.5
        elif title.startswith("Plan rate below most authorities; "):
            assert plainly == "Fewer plans for its size than most councils"
            assert (rates > found.rate).mean() > 0.5
        elif answer.state == "full":
            assert title.startswith("Plan rate typical; ")
            assert 0.35 < (rates < found.rate).mean() < 0.65


def test_the_title_speaks_of_travel_with_the_larger_share_and_never_of_one_that_is_not_known(answers, numbers):
    for code, answer in answers.items():
        if answer.state == "too_few":
            continue
        travel, said = numbers[code].travel, answer.title.explore.partition("; ")[2]
        shares = [share for share in (travel.outside, travel.inward) if not np.isnan(share)]
        if not shares:
            assert said == "state special-school travel not known"
            continue
        written = re.fullmatch(
            r"([\d.]+)% (of state special-school pupils went|at its state special schools lived) elsewhere", said
        )
        share = travel.outside if written[2].endswith("went") else travel.inward
        assert share == max(shares) and float(written[1]) == pytest.approx(share, abs=0.5)


def test_essex_which_has_the_fourth_most_plans_is_not_said_to_have_fewer(answers):
    (essex,) = (answer for answer in answers.values() if answer.area.name == "Essex")
    assert essex.title.explore.startswith("Plan rate below most authorities; ")


def test_nothing_of_these_years_is_told_in_the_present(answers):
    now = re.compile(r"\b(go|goes|travel|travels|cross|crosses|live|lives) (to|from|in|the)\b")
    for answer in answers.values():
        for mode in MODES:
            told = answer.headline.in_mode(mode)
            for sentence in told.replace("St. Helens", "St Helens").split(". "):
                if "of another authority" in sentence and "not available" not in sentence:
                    assert flows.when(answer.area) in sentence, sentence
                assert not now.search(sentence), sentence
            for name in ("flows_out", "flows_in"):
                assert not now.search(answer.tables[name].caption.in_mode(mode))


def test_the_direction_of_a_figure_is_of_the_comparison_that_stands_with_it(answers, numbers):
    for code, answer in answers.items():
        found = numbers[code]
        for figure, england in zip(answer.figures[1:], (found.england_away, found.england_now), strict=True):
            if figure.value is None:
                assert not figure.direction
                continue
            assert figure.comparison.explore == f"England {england:.1f}%"
            assert figure.direction == compare.direction(figure.value, england)
            assert "points" not in figure.comparison.explore


def test_the_change_of_the_share_is_the_difference_of_the_two_that_are_published(answers, numbers):
    told = 0
    for code, answer in answers.items():
        found, detail = numbers[code], answer.figures[2].detail.explore
        if change := re.search(r"([\d.]+) points? (more|less) than in January 2019", detail):
            told += 1
            sign = 1 if change[2] == "more" else -1
            assert sign * float(change[1]) == pytest.approx(found.now - found.then, abs=0.0501)
    assert told > 0.6 * len(answers)


def test_pupils_and_plans_stand_beside_each_other_and_are_nowhere_subtracted(store, answers):
    assert list(tables.beside(store)) == ["area_code", "area", "plans", "placed", "pupils_here"]
    for answer in answers.values():
        assert "balance" not in answer.tables and not any(figure.signed for figure in answer.figures)
        assert not any(" less " in figure.label.explore for figure in answer.figures)


@pytest.mark.parametrize("versus", ["region", "Isle of Wight", "City of London, Isles of Scilly, Rutland"])
def test_three_areas_have_their_article_whoever_is_compared(store, areas, versus):
    for name in ("Cornwall", "Plymouth", "Hackney", "Portsmouth"):
        answer = QUESTION.ask(store, areas.find(name).areas[0], versus, {})
        for mode in MODES:
            for sentence in sentences(answer, mode):
                assert not NEEDS_ARTICLE.search(sentence), sentence


def test_three_areas_have_their_article_wherever_they_stand_in_a_sentence(answers):
    for answer in answers.values():
        for mode in MODES:
            for sentence in sentences(answer, mode):
                assert not NEEDS_ARTICLE.search(sentence), sentence
                assert not re.search(r"(^|\. )the ", sentence), sentence


@pytest.mark.parametrize("code", ["921", "201", "420"])
def test_pictures_and_their_words_have_the_article_too(answers, code):
    answer = answers[code]
    for name in answer.tables:
        for mode in MODES:
            for picture in pictures.of(answer, name, mode):
                # A name in a key or beside a bar is no part of a sentence.
                told = [picture.nothing, *picture.below]
                told += [re.split(r"Lines[,:]", picture.alt.in_mode(mode))[0]]
                assert not any(NEEDS_ARTICLE.search(text) for text in told), (name, mode, told)


def test_out_of_area_is_out_of_county_for_counties_and_for_no_one_else(answers):
    for answer in answers.values():
        (said,) = (note.text.explore for note in answer.notes if note.text.explore.startswith("Out of area"))
        assert ("so that is out of county as well" in said) == (answer.area.authority_type == "County")
        assert ("so out of county says nothing more" in said) != (answer.area.authority_type == "County")
        told_of_a_neighbour = "may be in the same county of old" in said
        unitary = answer.area.authority_type == "Unitary authority"
        assert told_of_a_neighbour == (unitary and answer.area.code not in ("420", "921"))  # islands have none
        kind = {"London borough": "London has no", "Metropolitan district": "metropolitan county has no"}
        assert kind.get(answer.area.authority_type, "county council") in said
        assert "No public count of EHC placements out of an area exists." in said and "balance" not in said


def test_the_page_says_what_was_not_read_from_the_publisher_s_own_files(answers):
    for answer in answers.values():
        (said,) = (note.text.explore for note in answer.notes if note.text.explore.startswith("Not read from"))
        assert "flows" in said and "section 41" in said and "register" in said


def test_a_typical_year_is_a_third_of_three_years_however_authorities_were_divided(store, areas):
    table = store.table("flows")
    for code in areas.authorities:
        for end, other in (("home_code", "school_code"), ("school_code", "home_code")):
            rows = flows.flows_of(store, areas.get(code), end)
            years = table.loc[table[end].eq(code) & table[other].ne(code), "pupil_years"].sum()
            # Each row is rounded, and one of less than a pupil is written as one.
            assert rows["pupils"].sum() == pytest.approx(
                years / flows.years_of(areas.get(code)), abs=0.5 * len(rows) + 0.7
            )


def test_a_divided_county_and_its_parts_are_one_row(store, areas):
    rutland = flows.flows_of(store, areas.find("Rutland").areas[0], "home_code")
    assert rutland.iloc[-1]["pupils"] == 5 and rutland.iloc[-1]["area"].startswith("2 other authorities")
    into_milton_keynes = flows.flows_of(store, areas.find("Milton Keynes").areas[0], "school_code")
    assert into_milton_keynes["area"].str.contains("Northampton").sum() == 1
    row = into_milton_keynes.set_index("area").loc["Northamptonshire (divided in 2021)"]
    assert row["area_code"] == "940;941" and row["pupils"] == round((41 + 2 + 17) / 3)


def test_an_area_of_one_of_the_three_years_says_which(answers):
    west = next(answer for answer in answers.values() if answer.area.name == "West Northamptonshire")
    assert "In 2021/22, 9.8% of" in west.headline.explore and "In 2021/22, 10 of every 100" in west.headline.families
    assert "England 8.8%, 2019/20 to 2021/22" in west.headline.explore
    assert PERIOD not in west.tables["flows_out"].caption.explore


def test_the_kinds_of_schools_add_up_to_the_schools_of_an_area(store, answers):
    held = store.table("schools").groupby("area_code", observed=True).size()
    for code, answer in answers.items():
        provision = answer.tables["provision"].data.set_index("kind_code")
        told = provision.loc[list(register.kinds_of_school(store))]
        assert list(told["kind"]) == list(register.kinds_of_school(store).values())
        if code in ("942", "943"):  # the register shipped has their schools as those of Cumbria
            assert told["schools"].isna().all() and told["origin"].str.contains("under Cumbria").all()
        else:
            assert told["schools"].sum() == held.get(code, 0) == len(answer.tables["schools_here"].data)


def test_no_kind_of_school_is_called_nought_that_the_register_does_not_tell_apart(answers):
    for answer in answers.values():
        rows = answer.tables["provision"].data.set_index("kind_code")
        untold = rows.loc[["maintained_special", "special_academy", "pupil_referral_unit", "hospital"]]
        assert untold["schools"].isna().all() and set(untold["status"]) == {"not_available"}


def test_a_doubtful_number_makes_no_title_no_headline_and_no_mean(store, areas, monkeypatch):
    """None of January 2026 is doubtful; Newham's of January 2025 is."""
    monkeypatch.setattr(latest, "january_with_residents", lambda store, code="": "2025-01")
    for code in ("316",):
        assert doubtful.of(store, code, doubtful.PLANS, "2025-01")
        answer = QUESTION.ask(store, areas.get(code), DEFAULT, {})
        assert answer.state == "doubtful" and "doubtful" in answer.title.explore
        assert "in every 1,000" not in answer.headline.explore and answer.figures[2].value is None
        assert answer.tables["map"].data.set_index("area_code")["doubtful"][code]


def test_of_a_handful_of_pupils_in_special_schools_no_shares_by_need_are_made(answers):
    rutland = next(answer for answer in answers.values() if answer.area.name == "Rutland")
    table = rutland.tables["need_here"].data
    assert table["pupils"].sum() <= 8 and table["pupils_share"].isna().all()
    (why,) = rutland.notes_about("need_here", "missing")
    assert "had 8 pupils with SEN" in why.text.explore and "8" not in why.text.families


def test_of_fewer_than_fifty_plans_no_share_is_made(answers):
    for code in ("201", "420"):
        answer = answers[code]
        assert answer.state == "too_few" and answer.figures[2].value is None
        assert "one more or less moves every rate" in answer.headline.explore
    assert answers["201"].figures[0].comparison.families.endswith(": fewer than 5")
    assert "2 of the 21 plans" in answers["201"].figures[0].comparison.explore
