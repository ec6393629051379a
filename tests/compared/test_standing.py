"""The place among all authorities is a range: every place that a figure in the chance interval would have."""

import numpy as np
import pandas as pd
import pytest

from sendlib.answer.standing import Standing, ordinal
from sendlib.compared import latest, means, standing, widened
from sendlib.compared.rates import pupils_of


def shares(store) -> pd.Series:
    return pupils_of(store, latest.school_year(store))["ehc_plan"]


def test_the_range_holds_the_place_that_the_figure_itself_has(store, areas):
    counted = [code for code in areas.authorities if code not in means.too_small(store)]
    places = shares(store).reindex(counted).dropna().rank(ascending=False, method="min")
    found = {code: standing.of_share(store, shares(store), code, 40_000) for code in counted}
    held = {code: one for code, one in found.items() if one}
    assert len(held) > 140
    for code, one in held.items():
        assert one.first <= places[code] <= one.last and one.number == len(held)


def test_fewer_children_make_a_wider_range(store):
    few, many = (standing.of_share(store, shares(store), "879", number) for number in (500, 500_000))
    assert few and many and few.first <= many.first and few.last > many.last


def test_places_of_a_known_row():
    values = pd.Series({"a": 1.0, "b": 2.0})
    assert Standing(40, 75, 151, 1.0, tuple(values)).words == "Between 40th and 75th highest of 151 authorities"
    assert Standing(1, 1, 151, 9.0, ()).words == "The highest of 151 authorities"
    assert Standing(151, 151, 151, 0.0, ()).words == "The lowest of 151 authorities"
    share = Standing(3, 9, 151, 9.0, (), "Its share of plans")
    assert share.words == "Its share of plans: between 3rd and 9th highest of 151 authorities"
    assert [ordinal(number) for number in (1, 2, 3, 4, 11, 12, 13, 21, 112, 122)] == (
        ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "112th", "122nd"]
    )


@pytest.mark.parametrize("code", ["420", "201", "E12000009"])
def test_an_area_too_small_or_of_another_kind_has_no_place(store, code):
    assert standing.of_share(store, shares(store), code, 1_000) is None


def test_a_missing_figure_has_no_place_and_takes_none_from_others(store):
    values = shares(store).copy()
    values["879"] = np.nan
    assert standing.of_share(store, values, "879", 40_000) is None
    before, after = (standing.of_share(store, one, "370", 40_000) for one in (shares(store), values))
    assert before and after and after.number == before.number - 1


def test_a_group_of_one_stands_where_its_authority_stands(store):
    group = widened.directory(store).group(["879"])
    joined = widened.with_rows_of(store, group)
    alone = standing.of_share(joined, shares(joined), group.code, 40_000)
    assert alone == standing.of_share(store, shares(store), "879", 40_000)
