"""Boards of the NHS are set beside the ten that are most like them, by what their authorities are like together."""

import numpy as np
import pytest

from sendlib import questions, service
from sendlib.compared import alike, widened
from sendlib.compared.comparators import choose, offered, store_for
from sendlib.errors import UnknownChoice


def boards(store, current=True):
    return [one for one in widened.directory(store).of_kind("board") if one.members and one.current == current]


def chosen(store, code):
    board = widened.directory(store).get(code)
    return choose(store_for(store, board), board, "boards-alike")


def test_a_board_is_offered_the_ten_that_are_alike_and_nobody_else_is(store, areas):
    assert "boards-alike" in offered(boards(store)[0])
    with pytest.raises(UnknownChoice, match="not offered for Plymouth"):
        choose(store, areas.get("879"), "boards-alike")


@pytest.mark.parametrize("current", [True, False])
def test_each_board_has_ten_others_of_its_own_time_the_nearest_first(store, current):
    those = {board.code for board in boards(store, current)}
    for code in those:
        found = chosen(store, code)
        assert len(set(found.codes)) == 10 and set(found.codes) <= those - {code}
        assert found.label == "the ten boards most alike in population and pupils"
        distances = [float(word.removeprefix("distance ")) for word in found.closeness.values()]
        assert distances == sorted(distances)


def test_a_board_is_like_those_that_anybody_would_name(store):
    """Rural boards beside rural ones, London's beside London's."""
    names = {board.code: board.name for board in boards(store)}
    assert "NHS Somerset" in [names[code] for code in chosen(store, "QT6").codes[:3]]
    assert all("London" in names[code] for code in chosen(store, "QKK").codes[:3])


def test_a_board_of_one_authority_has_the_features_of_that_authority(store):
    together, alone = alike.boards(store, True).plain.loc["QSL"], alike.alike(store).plain.loc["933"]
    np.testing.assert_allclose(together.astype(float), alone.astype(float))


def test_residents_are_added_and_shares_lie_between_those_of_the_authorities(store):
    parts = alike.alike(store).plain.loc[["878", "879", "880"]]
    whole = alike.boards(store, True).plain.loc["QJK"]
    assert whole["residents"] == parts["residents"].sum()
    for name in ("density", "free_school_meals", "other_language", "asian"):
        assert parts[name].min() < whole[name] < parts[name].max()


def test_it_is_said_what_to_beware_of(store):
    assert "11 other boards that are no more" in chosen(store, "QNX").caution
    assert "those of Cumbria" in chosen(store, "QHM").caution
    assert chosen(store, "QJK").caution == ""


@pytest.mark.parametrize("name", questions.names())
def test_every_question_answers_for_a_board_beside_those_alike(name):
    answer = service.ask(questions.named(name), "QJK", "boards-alike", {})
    of_nobody = ("looking_ahead", "joining_up")
    assert answer.comparators == "the ten boards most alike in population and pupils" or name in of_nobody


def test_needs_says_in_what_they_are_alike_and_shows_it():
    answer = service.ask(questions.named("needs"), "QJK", "boards-alike", {})
    said = " ".join(note.text.explore for note in answer.notes)
    assert "Boards alike are near in" in said and "put together of the authorities" in said
    table = answer.tables["features"].data
    assert list(table["area"])[0] == "NHS Devon" and len(table) == 11


@pytest.mark.parametrize("code", ["QJK", "QKK", "QNX"])
def test_the_mix_of_needs_is_judged_among_boards_and_not_among_authorities(code):
    answer = service.ask(questions.named("needs"), code, "boards-alike", {})
    said = " ".join(note.text.explore for note in answer.notes if "furthest" in note.text.explore)
    assert "authorities furthest" not in said and "% of authorities" not in answer.headline.explore
