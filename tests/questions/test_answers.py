"""Every question, every area, every mode: an answer that is complete and true."""

import math
import re

import pytest

from sendlib import pictures, questions
from sendlib.answer import MODES, Figure, Text
from sendlib.answer.numbers import count_of, percent, written
from sendlib.compared import comparators
from sendlib.errors import UnknownChoice
from sendlib.exports.csv import as_csv
from sendlib.exports.numbers import numbers_of
from sendlib.questions import my_area, needs

CHOICES = ["neighbours-2021", "region", "type", "england", "own", "301,302"]
"""Every kind of comparators but the usual one, which all areas meet below."""


@pytest.fixture(scope="module")
def answers(everywhere):
    return {(name, code): answer for name in questions.names() for code, answer in everywhere(name).items()}


def test_areas_all_over_england_get_an_answer_to_every_question_in_every_mode(answers, areas):
    assert len(answers) >= len(areas.authorities) * len(questions.names()) / 2
    for answer in answers.values():
        for mode in MODES:
            sentence = answer.headline.in_mode(mode)
            assert sentence.endswith(".") and "nan" not in sentence and "None" not in sentence
            assert not re.search(r"\s{2,}|\(\)|\.\.", sentence), sentence
        assert 1 <= len(answer.figures) <= (4 if answer.question == "getting_help" else 3)
        for figure in answer.figures:
            assert not re.search(
                r"\bnan\b", " ".join([figure.text, *(figure.comparison.in_mode(mode) for mode in MODES)])
            )
        assert answer.cannot_tell and answer.could_change and answer.sources
        assert len(answer.title.explore.split()) <= (13 if answer.question == "places" else 10)


@pytest.mark.parametrize("choice", ["neighbours-2025", *CHOICES])
def test_nobody_is_compared_with_itself(store, areas, choice):
    for area in areas.authorities.values():
        assert area.code not in comparators.choose(store, area, choice).codes


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("name", questions.names())
def test_every_kind_of_comparators_works(store, areas, name, choice):
    """Each kind with every 24th of the areas, other ones for each kind and question."""
    first = (4 * CHOICES.index(choice) + list(questions.names()).index(name)) % 24
    for area in list(areas.authorities.values())[first::24]:
        answer = questions.named(name).ask(store, area, choice, {})
        assert len(answer.title.explore.split()) <= (13 if answer.question == "places" else 10)


def test_every_table_can_be_read_and_downloaded(answers):
    for (_, code), answer in answers.items():
        if code not in ("879", "201", "420", "942", "204", "839"):
            continue
        for name, table in answer.tables.items():
            shown = table.readable()
            assert len(shown) == len(table.data)
            assert not shown.isin(["nan", "NaN", "None", ""]).to_numpy().any() or "closeness" in table.data, name
            assert as_csv(numbers_of(answer, name)).count(b"\r\n") >= len(table.data) + 1


@pytest.mark.parametrize("name", questions.names())
def test_every_table_with_a_picture_says_in_words_what_it_shows_or_why_there_is_none(answers, name):
    for code in ("879", "201", "420", "942", "204", "839", "873"):
        answer = answers[name, code]
        for table in answer.tables:
            for mode in MODES:
                for picture in pictures.of(answer, table, mode):
                    assert len(picture.alt.in_mode(mode)) > 20 or picture.nothing, (table, mode)
                    assert bool(picture.nothing) or bool(picture.spec) or getattr(picture, "drawing", None)
                    assert not re.search(
                        r"\bnan\b|None", f"{picture.alt.in_mode(mode)} {picture.below} {picture.nothing}"
                    )


@pytest.mark.parametrize("name", questions.names())
def test_what_could_be_answered_is_said_by_the_state_and_not_by_the_title(answers, name):
    states = {answers[name, code].state for code in ("879", "201", "420", "942", "936")}
    assert states <= {"full", "too_few", "nobody", "not_available"} and "full" in states


def test_a_note_stands_beside_a_table_that_there_is_and_is_of_one_of_four_kinds(answers):
    for answer in answers.values():
        assert {note.kind for note in answer.notes} <= {"missing", "definition", "break", "caution"}
        assert {note.about for note in answer.notes} <= {"", *answer.tables}


def test_a_missing_figure_is_never_written_as_a_number(answers):
    cumberland = answers["my_area", "942"].figures[2]
    assert cumberland.value is None and cumberland.text == "Not available"
    assert any("began in 2023" in note.text.explore for note in answers["my_area", "942"].notes)


def test_the_hundred_figures_add_up_to_a_hundred(answers):
    for (name, _), answer in answers.items():
        if name == "my_area":
            table = answer.tables["hundred"].data
            assert (table.dropna(subset=["figures"]).groupby("group")["figures"].sum() == 100).all()


def test_the_title_of_my_area_is_true_for_the_picture(answers):
    for (name, _), answer in answers.items():
        if name != "my_area" or answer.state != "full":
            continue
        rows = answer.tables["hundred"].data.query("kind == 'EHC plan'")
        (own, theirs), (share, mean) = rows["figures"], rows["share"]
        card = answer.figures[0].direction
        if "a larger share" in answer.title.explore:
            assert own > theirs and card == "higher"
        elif "a smaller share" in answer.title.explore:
            assert own < theirs and card == "lower"
        elif "slightly" in answer.title.explore:
            assert own == theirs and card == ("higher" if share > mean else "lower")
        else:
            assert "a similar share" in answer.title.explore and card == "about the same"


def test_the_title_of_needs_is_true_for_the_table(answers):
    for (name, code), answer in answers.items():
        if name != "needs" or answer.state != "full":
            continue
        table, title = answer.tables["mix"].data, answer.title.explore
        beyond = (table["low"] > table["comparator_max"]) | (table["high"] < table["comparator_min"])
        far = table[table["outside"].isin(["above", "below"]) & table["difference"].abs().ge(2) & beyond]
        passed = table[table["unusual"].eq("yes")]
        if "share of plans than any neighbour" in title:
            row = far.loc[far["difference"].abs().idxmax()]
            beyond = row["share"] > row["comparator_max"] if "larger" in title else row["share"] < row["comparator_min"]
            assert beyond and passed.empty, code
        elif "unusually" in title:
            row = passed.loc[passed["difference"].abs().idxmax()]
            assert ("large share" in title) == (row["difference"] > 0), code
        else:
            assert far.empty and passed.empty, code
            far_out = answer.tables["divergence"].data["further_than"][0] >= 90
            outside = int(table["outside"].isin(["above", "below"]).sum())
            compared = answer.tables["comparators"].data.query("whose == 'compared'")["area_code"].nunique()
            ordinary = outside <= round(2 * len(table) / (compared + 1))
            ends = "an ordinary mix of needs" if ordinary else "some needs outside the range, none unusual"
            assert title.lower().endswith("a mix far from others'" if far_out else ends), code


def test_needs_are_sorted_by_their_difference(answers):
    for (name, _), answer in answers.items():
        if name == "needs":
            assert answer.tables["mix"].data["difference"].is_monotonic_decreasing


def test_shares_of_needs_add_up_to_a_hundred_and_stay_in_their_intervals(answers):
    for (name, _), answer in answers.items():
        if name == "needs":
            table = answer.tables["mix"].data
            assert table["share"].sum() == pytest.approx(100)
            assert ((table["low"] <= table["share"] + 1e-9) & (table["share"] <= table["high"] + 1e-9)).all()


@pytest.mark.parametrize("code", ["201", "420"])
def test_tiny_areas_say_what_can_not_be_said(answers, code):
    answer = answers["needs", code]
    assert answer.title.explore.startswith("Too few plans")
    assert answer.figures[0].value is None
    assert any("None of the neighbours" in note.text.explore for note in answer.notes)


def test_many_plans_without_a_need_are_warned_of(answers):
    redcar = answers["needs", "807"]
    assert any(
        "23.7% of the plans have no recorded need" in note.text.explore
        for note in redcar.notes
        if note.kind == "caution"
    )


def test_the_mean_of_the_neighbours_is_the_plain_mean(store, areas):
    answer = needs.ask(store, areas.get("879"))
    each = answer.tables["comparators"].data
    mix = answer.tables["mix"].data.set_index("need")
    for need, shares in each[each["whose"].eq("compared")].groupby("need")["share"]:
        assert shares.mean() == pytest.approx(mix["comparator_mean"][need])


def test_the_neighbours_are_those_of_the_list_that_was_asked_for(store, areas):
    table = store.table("neighbours")
    for year in ("2025", "2021"):
        chosen = comparators.choose(store, areas.get("879"), f"neighbours-{year}")
        rows = table[table["list"].eq(year) & table["area_code"].eq("879")].sort_values("rank")
        assert list(chosen.codes) == list(rows["neighbour_code"])


def test_an_authority_without_neighbours_in_the_old_list_says_so(store, areas):
    answer = needs.ask(store, areas.find("Cumberland").areas[0], "neighbours-2021")
    assert any("gives Cumberland no neighbours" in note.text.explore for note in answer.notes)
    assert answer.title.explore == "There is nobody to compare Cumberland with"
    assert "0 statistical" not in answer.comparators
    assert math.isnan(answer.tables["mix"].data["comparator_mean"].iloc[0])


def test_too_many_authorities_are_refused(store, areas):
    with pytest.raises(UnknownChoice, match="up to 15"):
        comparators.choose(
            store, areas.get("879"), ",".join(code for code in list(areas.authorities)[:17] if code != "879")
        )


def test_before_an_authority_began_its_predecessors_are_named(store, areas):
    stock = my_area.ask(store, areas.find("Cumberland").areas[0]).tables["stock"].data
    assert set(stock.loc[stock["period"].lt("2024"), "area"]) == {"Cumbria"}
    assert set(stock.loc[stock["period"].ge("2024"), "area"]) == {"Cumberland"}


@pytest.mark.parametrize(
    ("value", "decimals", "signed", "text"),
    [
        (-0.04, 1, False, "0.0"),
        (-1.26, 1, True, "−1.3"),
        (1234.4, 0, False, "1,234"),
        (2.0, 1, True, "+2.0"),
        (0.0, 1, True, "0.0"),
    ],
)
def test_numbers_are_written_for_reading(value, decimals, signed, text):
    assert written(value, decimals, signed) == text


def test_a_share_that_rounds_to_nothing_is_not_called_nothing():
    assert percent(0.04) == "less than 0.1%" and percent(0.0) == "0.0%"
    assert count_of(1, "plan", "plans") == "1 plan"


def test_a_figure_without_a_value_reads_as_its_kind_of_missing():
    assert Figure(Text("x"), None, "%", Text(""), status="hidden").text == "Hidden to protect children's privacy"
    assert Figure(Text("x"), None, "%", Text(""), status="not_applicable").text == "Does not apply"
