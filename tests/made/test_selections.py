"""Make a table: what an address picks, written and read; what is wrong in it is told of and left out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sendlib.compared import widened
from sendlib.errors import NoData, SendlibError
from sendlib.made import building, query
from sendlib.made.selection import EVERY, Selection, begins, joined, of_query, parted, resolve


def area(store, code):
    return widened.directory(store).get(code)


def names(picked):
    return [picked.held.areas[code].name for code in picked.codes]


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Z")), min_size=1, max_size=12)


@given(
    st.builds(
        Selection,
        table=TEXTS,
        areas=st.lists(TEXTS, max_size=4, unique=True).map(tuple),
        periods=TEXTS,
        values=st.dictionaries(TEXTS, st.lists(TEXTS, min_size=1, max_size=3, unique=True).map(tuple), max_size=3),
        across=TEXTS,
        first=TEXTS,
        find=TEXTS,
    )
)
def test_a_selection_comes_back_out_of_the_address_that_it_was_written_into(selection):
    assert of_query(selection.as_query()) == selection


def test_values_with_commas_and_percent_signs_stay_whole():
    assert parted(joined(("White, British", "50%2C", "a"))) == ("White, British", "50%2C", "a")


NASTY = (
    "'; DROP TABLE held; --",
    "../../etc/passwd",
    "*,*",
    "$file",
    "read_parquet('x')",
    "\u202e",
    "9" * 500,
    "-",
    "..",
)


@pytest.mark.parametrize("text", NASTY)
def test_what_is_wrong_in_an_address_is_told_of_and_the_rest_is_made(store, text):
    names_of = ("make_areas", "make_periods", "make_across", "make_first", "find_made", "by_measure", "by_nothing")
    asked = of_query({"make": "plans", **dict.fromkeys(names_of, text)}, order=text)
    chosen, _ = begins(store, asked)
    picked = resolve(store, chosen, area(store, "879"))
    assert {"make_areas", "make_periods", "make_across", "by_nothing"} <= set(picked.wrong) and picked.told
    assert query.count(picked) == building.make(store, picked).total


@given(st.dictionaries(st.sampled_from(["make_areas", "make_periods", "make_across", "by_need", "find_made"]), TEXTS))
@settings(max_examples=20)
def test_no_address_breaks_the_table(store, asked):
    picked = resolve(store, of_query({"make": "phase_transfers", **asked}), None)
    assert query.count(picked) == building.make(store, picked, 3).total or not picked.codes


def test_a_table_that_there_is_not_is_told_of_and_the_first_is_offered(store):
    chosen, told = begins(store, of_query({"make": "shapes"}))
    assert chosen == Selection("plans") and told == ("There is no table 'shapes'. This is 'EHC plans, each January'.",)
    with pytest.raises(NoData):
        resolve(store, Selection("shapes"), None)


def test_it_begins_with_the_area_and_england_the_newest_and_totals(store):
    picked = resolve(store, Selection("plans"), area(store, "879"))
    assert names(picked) == ["Plymouth", "England"] and picked.newest
    assert picked.values == {"measure": ("plans",), "characteristic": ("total",), "category": ("All",)}
    assert query.count(picked) == 2


def test_all_of_a_breakdown_is_all_of_its_parts_too(store):
    picked = resolve(store, Selection("plans", ("here",), "", {"characteristic": (EVERY,)}), area(store, "879"))
    assert {"All", "16 to 19", "Female"} <= set(picked.values["category"])


def test_neighbours_come_in_one_word_and_in_their_order(store):
    picked = resolve(store, Selection("plans", ("near",)), area(store, "879"))
    assert len(picked.codes) == 10 and names(picked)[:2] == ["Tameside", "Torbay"]


@pytest.mark.parametrize(
    ("code", "table", "expected", "said"),
    [
        ("E12000009", "plans", ["South West", "England"], ""),
        (
            "E12000009",
            "school_pupils",
            15,
            "This table has no row of the South West: each of its authorities has its own.",
        ),
        ("878,879,880", "plans", ["Devon", "Plymouth", "Torbay", "England"], "each of its authorities has its own"),
        ("QJK", "waits_mental_health", ["NHS Devon", "England"], ""),
        ("879", "waits_mental_health", None, "This table is by NHS area: these are the ones that Plymouth lies in."),
        ("879", "adhd", ["England"], "This table has nothing for Plymouth."),
        ("942", "school_pupils", [], "This table has nothing for Cumberland."),
        ("420", "plans", ["Isles of Scilly", "England"], ""),
        ("E92000001", "plans", ["England"], ""),
    ],
)
def test_an_area_of_any_kind_has_its_own_row_or_is_said_to_have_none(store, code, table, expected, said):
    picked = resolve(store, Selection(table), area(store, code))
    if isinstance(expected, int):
        assert len(picked.codes) == expected
    elif expected is not None:
        assert names(picked) == expected
    assert said in " ".join(picked.told) and bool(picked.told) == bool(said)


def test_words_that_a_row_must_have_are_found_in_its_cells(store):
    picked = resolve(store, Selection("process", ("879", "878"), "all", find="Plymouth tribunal"), None)
    made = building.make(store, picked).readable()
    assert set(made["area_code"]) == {"Plymouth"} and made["measure"].str.contains("ribunal").all() and len(made)


def test_a_link_that_names_areas_in_words_is_understood(store):
    picked = resolve(store, Selection("plans", ("plymouth", "Devon, Torbay")), None)
    assert names(picked) == ["Plymouth", "Devon", "Torbay"]


def test_an_error_is_one_that_a_page_can_show(store):
    with pytest.raises(SendlibError):
        resolve(store, Selection(""), None)
