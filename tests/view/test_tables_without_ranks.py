"""Sorting a table brings no unnamed column: it would read like a rank, and no rank stands alone.

That no other table has one is looked at where everything of a page is opened (test_pages.py).
"""

import pytest

from tests.view.test_pages import opened


@pytest.mark.parametrize("sort", ["", "map:per_1000", "map:free_school_meals"])
def test_sorting_the_table_of_the_map_brings_no_unnamed_column(sort):
    test = opened("places", area="879", open="numbers-map", sort=sort)
    assert not test.exception and len(test.table) == 1
    assert test.table[0].proto.hide_index
