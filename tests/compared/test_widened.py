"""A store with rows of further areas: what is worked out area by area is the same as what is worked out at once."""

import pandas as pd
import pytest

from sendlib.compared import widened
from sendlib.compared.rates import plans_in_place
from sendlib.store import Store, Widened, kept_with_store

PENINSULA = ("878", "879", "880")


@pytest.fixture(scope="module")
def joined(store) -> Store:
    return widened.with_rows_of(store, widened.directory(store).group(PENINSULA))


def growth(store: Store) -> pd.DataFrame:
    table = plans_in_place(store)
    return table.div(table.loc["E92000001"], axis=1)


def long(store: Store) -> pd.DataFrame:
    rows = store.table("needs")
    rows = rows[rows["characteristic"].eq("total")]
    return pd.DataFrame({"area_code": rows["area_code"].astype(str), "need": rows["need"], "value": rows["value"]})


def test_worked_out_area_by_area_it_is_the_same_as_at_once(store, joined):
    by_area = kept_with_store(area_by_area=True)
    pd.testing.assert_frame_equal(by_area(growth)(joined), growth(joined), check_like=True)
    found, whole = (
        frame(joined).sort_values(["area_code", "need"], ignore_index=True) for frame in (by_area(long), long)
    )
    pd.testing.assert_frame_equal(found, whole, check_categorical=False)
    # The group has plans of its own in it, and nobody is in it twice.
    code = widened.directory(store).group(PENINSULA).code
    assert code in by_area(growth)(joined).index and by_area(growth)(joined).index.is_unique


def test_only_the_areas_added_are_worked_out_anew(joined):
    asked = []

    def seen(store: Store) -> pd.Series:
        asked.append(sorted(store.table("plans")["area_code"].astype(str).unique()))
        return store.table("plans").groupby("area_code", observed=True)["value"].sum()

    kept_with_store(area_by_area=True)(seen)(joined)
    assert asked[-1] == sorted(["E92000001", "878,879,880"]) and len(asked) <= 2


def test_what_groups_change_nothing_in_is_shared(store, joined):
    made = []

    def names(asked: Store) -> object:
        made.append(asked)
        return object()

    kept = kept_with_store(of_base=True)(names)
    assert kept(joined) is kept(store) and made == [store.base]


def test_an_authority_needs_no_rows_added(store, areas):
    assert widened.with_rows_of(store, areas.get("879")) is store
    assert isinstance(widened.with_rows_of(store, areas.get("E12000009")), Widened)
