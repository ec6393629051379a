"""The two columns of needs, and shares of residents beside those compared."""

from functools import cache

import pytest

from sendlib import pictures, service
from sendlib.answer import MODES
from sendlib.compared import widened
from sendlib.questions.places import QUESTION


@pytest.fixture(scope="module")
def drawn(store):
    def draw(text, name, mode="explore"):
        area = widened.directory(store).find(text).area
        (picture,) = pictures.of(service.answer_of(store, QUESTION, area, "", {}), name, mode)
        return picture

    return cache(draw)


def test_two_columns_share_one_scale_and_every_bar_is_its_number(drawn):
    data = drawn("Plymouth", "against").data
    length = (data["to"] - data["from"]) / data["value"]
    assert length[data["value"].gt(0)].to_numpy() == pytest.approx(length.iloc[0])
    assert data.groupby("what", sort=False)["from"].nunique().tolist() == [1, 1]
    assert list(data["what"].unique()) == ["Plans of residents", "Pupils in state special schools here"]


def test_a_number_has_room_behind_the_longest_bar_and_columns_do_not_touch(drawn):
    left, right = (part for _, part in drawn("Plymouth", "against").data.groupby("what", sort=False))
    assert left["to"].max() < right["from"].min() - 0.15 and right["to"].max() < 0.9


def test_the_words_of_the_picture_have_both_numbers_of_each_need(drawn):
    told = drawn("Plymouth", "against").alt.explore
    assert "Autism: plans of residents 586, pupils in state special schools here 148" in told


@pytest.mark.parametrize("text", ["City of London", "Isles of Scilly", "Cumberland", "England", "QJK"])
def test_areas_without_one_of_the_columns_are_drawn_or_say_why(drawn, text):
    for name in ("against", "residence"):
        for mode in MODES:
            picture = drawn(text, name, mode)
            assert picture.nothing or (len(picture.data) and "nan" not in picture.alt.in_mode(mode).split())


def test_in_a_room_few_plans_are_not_counted_out(drawn):
    data = drawn("City of London", "against", "show").data
    plans = data[data["what"].eq("Plans of residents")].set_index("need")
    assert plans["words"]["Social, emotional and mental health"] == "Fewer than 5"
    assert plans["value"].isna()["Social, emotional and mental health"]


def test_shares_of_residents_are_marks_beside_those_compared_and_england(drawn):
    picture = drawn("Plymouth", "residence")
    assert [entry.words for entry in picture.legend] == [
        "Plymouth",
        "Mean of its ten statistical neighbours",
        "England",
    ]
    assert picture.data["label"].map(len).max() <= 56  # as many letters as a narrow screen has room for
