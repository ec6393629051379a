"""What the lists say is in the app is there: pages, tables, parts and words."""

from sendlib import questions
from sendlib.catalogue.checklist import checklist
from sendlib.catalogue.gaps import gaps
from sendlib.catalogue.indicators import indicators, lenses


def test_each_indicator_is_shown_where_it_says(nowhere):
    assert {one.code: nowhere(one.places) for one in indicators() if nowhere(one.places)} == {}


def test_each_lens_has_pages_that_are_there_and_each_page_one_lens(nowhere):
    assert [nowhere(one.places) for one in lenses()] == [[], [], []]
    assert {page.name: sum(lens.has(page.name) for lens in lenses()) for page in questions.QUESTIONS} == {
        page.name: 1 for page in questions.QUESTIONS
    }


def test_what_is_near_a_gap_is_in_the_app(nowhere):
    assert {one.code: nowhere(one.places) for one in gaps() if nowhere(one.places)} == {}


def test_what_is_shown_is_where_it_is_said_to_be(nowhere):
    assert {one.code: nowhere(one.places) for one in checklist() if nowhere(one.places)} == {}


def test_what_is_shown_of_plymouth_has_something_in_it(answers):
    empty = [
        (one.code, str(place))
        for one in checklist()
        for place in one.places
        if place.page in answers and place.part and answers[place.page].tables[place.part].data.empty
    ]
    assert empty == []


def test_what_is_refused_is_said_on_the_page(written):
    silent = [one.code for one in checklist() if one.says and one.says not in written[one.places[0].page]]
    assert silent == []


def test_what_is_shown_in_words_is_in_the_words_of_the_page(written):
    """Items without a table of their own: each with words of the page that tell of it."""
    said = {
        "A41": ("looking_ahead", "higher in areas of higher deprivation"),
        "F16": ("looking_ahead", "rests on 13.05 million people"),
        "G03": ("looking_ahead", "better survival and to earlier recording"),
        "D54": ("getting_help", "How long a family waited before the request was made"),
        "D40": ("getting_help", "Whether a plan is good"),
        "A43": ("looking_ahead", "Complexity is not measured"),
        "D77": ("places", "Respite, short breaks"),
        "D13": ("places", "no public count exists"),
    }
    assert {code for code, (page, words) in said.items() if words not in written[page]} == set()
