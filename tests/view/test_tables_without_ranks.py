"""No table of an answer has an unnamed column: of sorted rows it would read like a rank, and no rank stands alone."""

import pytest

from sendlib import questions
from tests.view.test_pages import opened


@pytest.mark.parametrize("sort", ["", "map:per_1000", "map:free_school_meals"])
def test_sorting_the_table_of_the_map_brings_no_unnamed_column(sort):
    test = opened("places", area="879", open="numbers-map", sort=sort)
    assert not test.exception and len(test.table) == 1
    assert test.table[0].proto.hide_index


@pytest.mark.parametrize("page", questions.names())
def test_no_table_that_can_be_opened_has_one(page):
    test = opened(page, area="879", open="all")
    assert not test.exception and test.table
    assert all(table.proto.hide_index for table in test.table)
