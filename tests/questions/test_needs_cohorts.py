"""Needs of each cohort: its words, its tables and its verdicts."""

import re
from pathlib import Path

import pytest

from sendlib.answer import MODES, NOT_SHOWN, TOO_FEW
from sendlib.questions import needs
from sendlib.questions.needs import verdicts

ROOT = Path(__file__).parents[2]


def ask(store, areas, code, who, **asked):
    return needs.ask(store, areas.get(code), asked={"who": who, **asked})


def told(answer):
    """All that a reader is told of the mix, in every mode."""
    texts = [answer.title, answer.headline, *(one.words for one in answer.verdicts)]
    texts += [figure.label for figure in answer.figures] + [figure.comparison for figure in answer.figures]
    return " ".join(text.in_mode(mode) for text in texts for mode in MODES)


@pytest.mark.parametrize("code", ["879", "857", "306", "330", "936"])
def test_pupils_are_called_pupils_and_never_plans(store, areas, code):
    answer = ask(store, areas, code, "all-sen")
    assert "pupils" in told(answer) and "plan" not in told(answer)
    assert (
        "where they live" not in answer.tables["mix"].caption.explore
        and "schools in" in answer.tables["mix"].caption.explore
    )


def test_the_title_answers_whether_it_is_unusual_of_pupils_too(store, areas):
    answer = ask(store, areas, "879", "all_sen")
    assert answer.title.explore == "Social and emotional: larger share than any neighbour"
    assert "27.5% of pupils with SEN" in answer.headline.explore and "19.8%" in answer.headline.explore
    assert answer.figures[2].label.explore == "SEN support but no specialist assessment of the type of need"
    assert "nsa" not in set(answer.tables["mix"].data["need"])


@pytest.mark.parametrize("who", ["sen-support", "plan-in-schools"])
def test_what_the_shipped_census_does_not_tell_apart_is_not_available_and_it_is_said_what_brings_it(store, areas, who):
    answer = ask(store, areas, "879", who)
    assert answer.state == NOT_SHOWN and answer.tables["mix"].data["share"].isna().all() and not answer.verdicts
    assert "About the data fetches newer ones, which tell them apart" in answer.headline.in_mode("show")


def test_the_handful_of_pupils_of_a_tiny_area_is_not_compared(store, areas):
    answer = ask(store, areas, "201", "all_sen")
    assert answer.state == TOO_FEW and "67 pupils with SEN" in answer.headline.explore and not answer.verdicts


def test_a_part_of_a_county_that_was_divided_later_has_no_pupils_in_the_census_before(store, areas):
    answer = ask(store, areas, "942", "all_sen")
    assert answer.state == NOT_SHOWN
    assert any("not available for Cumberland" in note.text.explore for note in answer.notes)


@pytest.mark.parametrize("who", ["plans", "all_sen"])
@pytest.mark.parametrize("code", ["879", "344", "825"])
def test_the_verdicts_agree_with_the_table(store, areas, code, who):
    answer = ask(store, areas, code, who)
    table = answer.tables["mix"].data
    outside = table[
        (table["share"].round(1) > table["comparator_max"].round(1))
        | (table["share"].round(1) < table["comparator_min"].round(1))
    ]
    first, strict, whole = (one.words.explore for one in answer.verdicts)
    told = [name for name in outside["name"] if name.lower() in first.lower()]
    more = re.search(r"and (\d+) more", first)
    assert len(told) + (int(more[1]) if more else 0) == len(outside)
    assert ("lies within" in first) == outside.empty
    assert ("No need" in strict) == table["unusual"].ne("yes").all()
    assert "100 authorities" in whole or "almost every other authority" in whole


def test_each_verdict_has_its_rule_as_the_documents_have_it(store, areas):
    written = re.sub(r"\s+", " ", (ROOT / "docs" / "method.md").read_text(encoding="utf-8"))
    for rule in (verdicts.OF_THE_RANGE, verdicts.STRICT, verdicts.OF_THE_WHOLE):
        assert rule in written
    assert [one.rule.explore for one in ask(store, areas, "879", "plans").verdicts] == [
        f"{verdicts.OF_THE_RANGE} With 10 compared and 12 needs, about 2 lie outside by chance alone.",
        verdicts.STRICT,
        verdicts.OF_THE_WHOLE,
    ]


@pytest.mark.parametrize("who", ["plans", "all_sen"])
def test_what_differs_between_plans_and_pupils_is_one_sentence_with_both_numbers(store, areas, who):
    answer = ask(store, areas, "879", who)
    (note,) = answer.notes_about("cohorts")
    assert "3,070 plans with a recorded need" in note.text.explore and "7,234 pupils with SEN" in note.text.explore
    table = answer.tables["cohorts"].data.set_index("need")
    assert table.loc["semh", "plans"] == pytest.approx(29.1, abs=0.05)
    assert table.loc["semh", "pupils"] == pytest.approx(27.5, abs=0.05)
    furthest = table["difference"].abs().idxmax()
    assert table.loc[furthest, "name"].lower() in note.text.explore.lower()


def test_more_or_fewer_pupils_is_not_said_where_independent_schools_could_turn_it_round(store, areas):
    answer = ask(store, areas, "213", "all_sen")  # Westminster: many of its pupils are in schools that report no needs
    assert "Which is more can not be said, as independent schools report no needs." in answer.headline.explore
    assert "But of every" not in answer.headline.explore


def test_the_share_of_pupils_with_sen_is_called_no_share_of_pupils(store, areas):
    for code in ("879", "207", "213", "383"):
        assert "of pupils" not in ask(store, areas, code, "all_sen").title.explore


def test_one_doubtful_or_tiny_area_alone_is_compared_with_a_caution(store, areas):
    for code, why in (("316", "doubtful number of plans"), ("420", "fewer than 50 plans")):
        answer = needs.ask(store, areas.get("301"), code)
        assert any(why in note.text.explore for note in answer.notes if note.kind == "caution")


def test_of_a_doubtful_number_nothing_is_worked_out_and_no_mix_set_beside_another(store, areas):
    answer = ask(store, areas, "316", "plans")
    (note,) = answer.notes_about("cohorts")
    assert "differ most" not in note.text.explore
    assert "nothing is worked out of it" in answer.notes_about("recording")[0].text.explore
    assert not any("Two tests" in one.text.explore for one in answer.notes)


@pytest.mark.parametrize(
    ("versus", "told"),
    [("370,371,372", "With 3 compared and 12 needs, about 6 lie"), ("england", "fewer than one lies")],
)
def test_the_rule_says_how_many_needs_would_lie_outside_by_chance(store, areas, versus, told):
    answer = needs.ask(store, areas.get("383"), versus)
    assert told in answer.verdicts[0].rule.explore
    strict = answer.verdicts[1].words.explore
    assert ("needs and authorities" in strict) == (versus == "england")


def test_one_child_is_no_share_where_people_in_a_room_may_know_it(store, areas):
    """Of 23 pupils with SEN in the Isles of Scilly one has a type that is not assessed."""
    apart = ask(store, areas, "420", "all-sen").figures[-1]
    assert [apart.text_in(mode) for mode in ("explore", "show", "families")] == ["4.3%", "Fewer than 5", "Fewer than 5"]
