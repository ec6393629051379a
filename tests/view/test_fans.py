"""The fan of scenarios: words at the ends that do not touch, and a key that names what is drawn."""

from hypothesis import given
from hypothesis import strategies as st

from sendlib.questions import looking_ahead
from sendlib.view import fans


@given(st.lists(st.floats(0, 200), min_size=1, max_size=8), st.floats(0.5, 12))
def test_labels_keep_their_order_and_their_distance(values, least):
    heights = fans.spread_apart(values, least)
    order = sorted(range(len(values)), key=lambda place: values[place])
    placed = [heights[place] for place in order]
    assert all(later - earlier >= least - 0.05 for earlier, later in zip(placed, placed[1:], strict=False))


def test_labels_that_are_far_apart_stay_where_they_are():
    assert fans.spread_apart([10.0, 90.0, 50.0], 5) == [10.0, 90.0, 50.0]


def test_show_and_families_draw_the_published_two_and_the_one_that_was_chosen(store, areas):
    answer = looking_ahead.ask(store, areas.get("879"), growth="3")
    assert fans.drawn(answer, "show", "") == ["published-low", "published-high"]
    assert fans.drawn(answer, "families", "own") == ["published-low", "published-high", "own"]
    assert len(fans.drawn(answer, "explore", "")) == 7


def test_every_line_that_is_drawn_has_its_words_and_its_place_in_the_key(store, areas):
    answer = looking_ahead.ask(store, areas.get("879"), growth="3")
    names = fans.drawn(answer, "explore", "")
    data = fans.fan_data(answer, names)
    labels = data[data["line"].eq("label")]
    assert len(labels) == 7 and labels["long"].str.contains("Published high: 84.2, about 485").any()
    assert labels["short"].str.len().max() <= 20
    for group in set(data["group"].dropna()):
        assert group in fans.fan_key(names)
