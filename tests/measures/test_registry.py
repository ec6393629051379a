"""Which measures there are: those that the questions' own tables hold, each under a name of its own."""

import pytest

from sendlib import questions
from sendlib.answer import Column
from sendlib.measures import asking, on_map, over_time


def test_every_question_that_holds_measures_is_offered_and_no_other(store):
    names = questions.names()
    assert tuple(name for name in names if asking.over_time(store, name)) == over_time.PAGES
    assert tuple(name for name in names if asking.on_map(store, name)) == on_map.PAGES


@pytest.mark.parametrize("found", [asking.over_time, asking.on_map])
def test_no_two_measures_of_a_page_have_one_name(store, found):
    for page in questions.names():
        held = found(store, page)
        names = [measure.name for measure in held.values()]
        assert len(set(names)) == len(names)
        assert all(code == measure.code and code.startswith(f"{page}.") for code, measure in held.items())
        assert not any("{" in name for name in names), "a name is made of what the rows say"


def test_a_measure_is_named_by_its_column_and_what_divides_the_table():
    column = Column("Share", "part of all plans", "%", 1, measure="Share of plans by age: {age}")
    assert column.divided_by == ("age",)
    assert Column("Lower limit", "an end of an interval", "%", 1).divided_by == ()


def test_known_measures_are_there_by_their_names(store):
    held = asking.over_time(store, "getting_help")
    assert held["getting_help.on_time.share"].name == "Share of plans issued within 20 weeks, exceptions included, %"
    names = {measure.name for measure in asking.over_time(store, "my_area").values()}
    assert {"Plans in place", "Plans in the year: Ceased", "Share of plans by age: Under 5, %"} <= names
    assert "Share of plans, January 2025: Autism, %" in {one.name for one in asking.on_map(store, "needs").values()}


def test_codes_ends_of_intervals_and_counts_of_areas_are_no_measures(store):
    for page in questions.names():
        answer = asking.of_england(store, page)
        for measure in (*asking.over_time(store, page).values(), *asking.on_map(store, page).values()):
            column = answer.tables[measure.table].columns[measure.column]
            assert column.unit != "areas" and not column.only_in_files, measure.code


def test_most_authorities_have_a_figure_of_every_measure_on_the_map(store, areas):
    for page in on_map.PAGES:
        for measure in asking.on_map(store, page).values():
            rows = measure.rows(asking.of_england(store, page).tables[measure.table])
            known = rows[rows["area_code"].isin(areas.authorities)][measure.column].notna()
            assert known.mean() > 0.9 and len(known) == len(areas.authorities), measure.code


def test_the_map_is_not_shaded_by_how_large_an_authority_is(store):
    for page in on_map.PAGES:
        units = {measure.unit for measure in asking.on_map(store, page).values()}
        assert units <= {"%", "points", "per 1,000", "per 100"}
