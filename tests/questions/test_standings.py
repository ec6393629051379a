"""Where a figure stands among all authorities: on every figure that has a chance interval, true for each of them."""

import numpy as np
import pytest

from sendlib.compared import means

PLACED = {
    "my_area": ("Pupils with an EHC plan", "Pupils with SEN support"),
    "needs": ("Furthest above", "Furthest below", "Plans without"),
    "places": ("Pupils of state special schools", "Plans in independent"),
    "getting_help": ("Plans issued", "Requests turned down", "Appeals"),
}
"""Question -> how the figures begin that have a place."""


@pytest.mark.parametrize("question", PLACED)
def test_a_place_is_given_with_the_figure_and_holds_the_place_of_the_figure_itself(everywhere, question):
    for code, answer in everywhere(question).items():
        for figure in answer.figures:
            if not (held := figure.standing):
                continue
            others = np.array(held.others)
            place = 1 + int((others > held.own).sum())
            assert held.first <= place <= held.last + int((others == held.own).sum()), (code, figure.label)
            assert held.number == len(others) + 1 > 140
            assert held.what or held.own == figure.value, "the place is of another number"


@pytest.mark.parametrize(("question", "begins"), [(name, begins) for name, every in PLACED.items() for begins in every])
def test_nearly_every_authority_with_a_figure_has_its_place(everywhere, store, question, begins):
    small = means.too_small(store)
    with_figure, without = 0, []
    for code, answer in everywhere(question).items():
        figure = next(one for one in answer.figures if one.label.explore.startswith(begins))
        if code in small:
            assert figure.standing is None, "of a handful of plans no place is given"
        elif figure.value is not None and not figure.instead:
            with_figure += 1
            without += [code] if figure.standing is None else []
    assert with_figure > 0.6 * len(everywhere(question))
    assert len(without) <= 5, without


def test_a_share_of_a_need_stands_where_the_table_of_all_authorities_has_it(everywhere):
    answer = everywhere("needs")["879"]
    figure = answer.figures[0]
    mix = answer.tables["mix"].data.set_index("name")["share"]
    name = figure.label.explore.removeprefix("Furthest above: ").split(" (and")[0]
    assert figure.standing and figure.standing.own == pytest.approx(mix[name])
    assert figure.standing.words.startswith("Its share of plans: between ")


def test_a_figure_without_a_chance_interval_has_no_place(everywhere):
    for question in ("doing_well", "looking_ahead"):
        assert all(figure.standing is None for answer in everywhere(question).values() for figure in answer.figures)
