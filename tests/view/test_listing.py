"""A list on a page: found by words, put in an order, and said how many there are."""

import pandas as pd
import pytest

from sendlib.view.listing import MOST_ROWS, matching
from tests.view.shown_tables import tables_of
from tests.view.test_pages import opened, text_of

SCHOOLS = pd.DataFrame({"School": ["St Mary’s", "École Élan", "Ash"], "Kind": ["Special school", "Academy", "Academy"]})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [True, True, True]),
        ("st marys", [True, False, False]),
        ("ECOLE", [False, True, False]),
        ("academy ash", [False, False, True]),
        ("a.*", [False, False, False]),
    ],
)
def test_rows_are_found_by_all_words_whatever_case_accents_and_apostrophes(text, found):
    assert matching(SCHOOLS, text).tolist() == found


def listed(**query):
    test = opened("places", open="schools_here", **query)
    assert not test.exception
    rows = [table.value for table in tables_of(test) if "School" in table.value]
    return test, rows[0] if rows else None


def test_the_schools_of_plymouth_are_found_and_put_in_order():
    test, rows = listed(area="879", find_schools_here="academy", sort="schools_here:places")
    assert "**1 of 7 schools** found." in text_of(test) and rows["School"].tolist() == ["Courtlands School"]
    (box,) = (one for one in test.text_input if one.label.startswith("Find a school"))
    box.set_value("").run()
    (rows,) = (table.value for table in tables_of(test) if "School" in table.value)
    assert rows["School"].tolist()[0] == "Longcause Community Special School" and "**7 schools**." in text_of(test)
    assert "find_schools_here" not in test.query_params


def test_of_a_long_list_the_first_rows_are_shown_and_it_says_so():
    test, rows = listed(area="E12000009")
    assert len(rows) == MOST_ROWS and "**144 schools**; the first 100 in this order are shown." in text_of(test)


def test_where_there_is_no_school_or_none_is_found_it_says_so():
    test, rows = listed(area="420")
    assert rows is None and "There is no school in this list." in text_of(test)
    test, rows = listed(area="879", find_schools_here="zzz")
    assert rows is None and "**0 of 7 schools** found." in text_of(test)


def test_families_have_the_list_too():
    test, rows = listed(area="879", mode="families")
    assert len(rows) == 7
