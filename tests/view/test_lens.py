"""A lens narrows Start to the pages that belong to its question; the address holds it."""

import pytest

from sendlib import questions
from sendlib.catalogue.indicators import lenses
from tests.view.test_pages import html_of, opened


def cards(test):
    titles = {f"**{one.title}**": one.name for one in questions.QUESTIONS}
    return [titles[link.proto.label] for link in test.get("page_link") if link.proto.label in titles]


@pytest.mark.parametrize("lens", lenses(), ids=lambda one: one.code)
def test_start_has_the_pages_of_a_lens(lens):
    shown = cards(opened("start", area="879", lens=lens.code))
    assert shown == [one.name for one in questions.QUESTIONS if lens.has(one.name)] and shown


def test_every_page_belongs_to_a_lens():
    assert all(any(lens.has(one.name) for lens in lenses()) for one in questions.QUESTIONS)


def test_without_a_lens_or_with_one_that_there_is_not_all_pages_are_there():
    every = questions.names()
    assert cards(opened("start", area="879")) == list(every)
    assert cards(opened("start", area="879", lens="zebra")) == list(every)


def test_a_lens_is_chosen_and_taken_away_on_the_page():
    test = opened("start", area="879")
    control = next(one for one in test.segmented_control if one.label == "Lens")
    control.set_value(lenses()[0].code).run()
    assert test.query_params["lens"] in (lenses()[0].code, [lenses()[0].code])
    assert cards(test) != list(questions.names()) and html_of(test)
