"""Make a table on the page: what a reader picks stands in the address, and a link makes the same."""

import pytest

from sendlib.view.take_away import making
from tests.reading import grade, too_long
from tests.view.shown_tables import tables_of
from tests.view.test_pages import opened, text_of


def made(**query):
    test = opened("take_away", part="table", **query)
    assert not test.exception
    return test


def control(test, kind, label):
    (found,) = (one for one in getattr(test, kind) if one.label == label)
    return found


def test_it_begins_with_the_area_and_england_and_says_how_many_rows_before_the_table():
    test = made(area="879")
    assert "**This makes 2 rows.**" in text_of(test)
    (table,) = tables_of(test)
    assert table.value["Area"].tolist() == ["Plymouth", "England"] and table.marks == ["own", "england"]
    assert "Number (children and young people)" in table.value and "The same data at the publisher" in text_of(test)


def test_what_is_picked_stands_in_the_address_and_the_link_makes_the_same():
    test = made(area="879")
    control(test, "selectbox", "Table").set_value("absence").run()
    control(test, "multiselect", "Areas").set_value(["here", "near"]).run()
    control(test, "selectbox", "Periods").set_value("range").run()
    control(test, "selectbox", "From").set_value("2020/21").run()
    control(test, "multiselect", "Group").set_value(["ehc_plan"]).run()
    query = {name: value[0] if isinstance(value, list) else value for name, value in test.query_params.items()}
    assert query["make_areas"] == "here,near" and query["make_periods"] == "2020/21..2022/23"
    (table,) = tables_of(test)
    assert "**This makes 11 rows.**" in text_of(test) and "School year 2020/21, %" in table.value
    (again,) = tables_of(opened("take_away", **query))
    assert again.value.equals(table.value)


def test_another_table_begins_anew_with_the_same_areas():
    test = made(area="879", make="needs", make_areas="near", by_need="asd", make_across="need", sort="made:of_asd")
    control(test, "selectbox", "Table").set_value("plans").run()
    query = test.query_params
    assert query["make_areas"] in ("near", ["near"]) and not {"by_need", "make_across", "sort"} & set(query)


def test_more_rows_than_a_page_shows_are_said_and_begin_in_the_order_that_was_asked_for():
    test = made(make="placements", make_areas="authorities", make_periods="all", make_across="list", sort="made:value")
    assert f"Here are the first {making.MOST_ROWS:,} of " in text_of(test)
    (table,) = tables_of(test)
    assert len(table.value) == making.MOST_ROWS and table.value.iloc[0, 0] == "Kent"


def test_a_large_file_is_made_on_request_and_shows_that_it_is_at_work(monkeypatch):
    monkeypatch.setattr(making, "MANY_CELLS", 10)
    test = made(area="879")
    assert not test.get("download_button")
    (button,) = (one for one in test.button if one.label == "Make Parquet")
    button.click().run()
    assert [one.label for one in test.get("status")] == ["Parquet is made"] and len(test.get("download_button")) == 1


def test_a_wrong_address_is_told_of_and_the_rest_is_made():
    test = made(area="879", make="plans", make_areas="here,nowhere", make_periods="1999", by_measure="';--")
    (told,) = (one.value for one in test.info)
    assert "There is no area 'nowhere' in this table." in told and len(told.split("\n\n")) == 3
    assert len(tables_of(test)) == 1 and not test.error
    control(test, "selectbox", "First column").set_value("period").run()
    query = test.query_params
    assert "here" in "".join(query["make_areas"]) and not {"make_periods", "by_measure"} & set(query), (
        "what was right stays"
    )


def test_a_message_repeats_an_address_as_text():
    test = made(area="879", make_areas="![a](https://elsewhere/x.png)")
    (told,) = (one.value for one in test.info)
    assert "![" not in told and r"\!\[a\]\(" in told


def test_nothing_that_fits_is_said():
    test = made(area="879", find_made="nobody is called so")
    assert "**This makes 0 rows.**" in text_of(test) and "Nothing fits" in text_of(test) and not tables_of(test)


@pytest.mark.parametrize("area", ["201", "420", "942", "QJK", "E12000009", "878,879,880", "E92000001"])
@pytest.mark.parametrize("table", ["process", "waits_community"])
def test_it_works_for_areas_of_every_kind(area, table):
    test = made(area=area, make=table)
    assert not test.error and "rows.**" in text_of(test)


def test_families_are_told_in_plain_words_where_it_is_and_come_there():
    test = made(area="879", mode="families")
    words = making._ONLY_IN_EXPLORE["families"][0]
    assert words in text_of(test) and grade([words]) <= 8 and not too_long(words)
    (button,) = (one for one in test.button if one.label == "Open it in Explore")
    button.click().run()
    assert tables_of(test) and "mode" not in test.query_params
