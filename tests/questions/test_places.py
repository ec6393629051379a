"""Places: flows, balance, shapes and a reader's own points."""

import json
import math

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from sendlib.methods import places as method
from sendlib.questions import own_points, places
from sendlib.snapshot import STATIC, static_files
from sendlib.view import words


@pytest.mark.parametrize(
    ("name", "share"), [("Kensington and Chelsea", 94), ("Rutland", 87), ("Isle of Wight", 0.2)]
)
def test_who_travels_out_is_what_was_worked_out_elsewhere(store, areas, name, share):
    assert places.travel_out(store)[areas.find(name).areas[0].code] == pytest.approx(share, abs=0.5 if share > 1 else 0.05)
    assert places.travel_out(store)["E92000001"] == pytest.approx(8.8, abs=0.05)


def test_the_largest_flows_are_the_known_ones(store, areas):
    table = store.table("flows")
    away = table[table["home_code"].ne(table["school_code"]) & table["home_code"].ne("unknown")].nlargest(3, "pupil_years")
    pairs = {(areas.names[a], areas.names[b]) for a, b in zip(away["home_code"], away["school_code"], strict=True)}
    assert ("Cheshire East", "Cheshire West and Chester") in pairs and ("Reading", "West Berkshire") in pairs


def test_flows_are_given_for_a_typical_year(store, areas):
    out = places.flows_of(store, "895", "home_code").set_index("area_code")
    assert out["pupils"]["896"] == round(332 / 3) and out["share"]["896"] == 17.9


def test_small_flows_are_shown_together_and_never_one_by_one(store, areas):
    for code in areas.authorities:
        for end in ("home_code", "school_code"):
            rows = places.flows_of(store, code, end)
            one_by_one = rows[rows["area_code"].ne("")]
            assert (one_by_one["pupils"] >= places.FEWEST_A_YEAR).all()
            assert rows.loc[rows["status"].eq("hidden"), "pupils"].isna().all()


def test_unknown_homes_stay_out_of_the_shares(store):
    table = store.table("flows")
    assert table.loc[table["home_code"].eq("unknown"), "share"].isna().all()
    sums = table[table["home_code"].ne("unknown")].groupby("home_code")["share"].sum()
    assert sums.to_numpy() == pytest.approx(np.full(len(sums), 100.0))


def test_a_divided_county_has_no_flows_of_its_parts_and_says_so(store, areas):
    answer = places.ask(store, areas.find("Cumberland").areas[0])
    assert answer.figures[1].value is None
    assert any("For Cumbria it was 1.4%" in note.text for note in answer.notes)


def test_a_share_of_a_handful_of_children_is_hidden(store, areas):
    for name in ("City of London", "Isles of Scilly"):
        answer = places.ask(store, areas.find(name).areas[0])
        assert answer.figures[1].value is None
        assert not any("began" in note.text for note in answer.notes if note.kind == "missing")


def test_the_balance_is_a_comparison_of_the_same_january(store, areas):
    row = places.balance(store).set_index("area_code").loc["879"]
    assert (row["plans"], row["pupils_here"]) == (2678, 737)
    assert row["balance"] == row["pupils_here"] - row["placed"]
    assert "not a count of placements" in places.ask(store, areas.get("879")).figures[0].comparison


def test_placements_of_a_kind_with_a_missing_part_are_missing(store, areas):
    table = places.ask(store, areas.find("Cambridgeshire").areas[0]).tables["placement"].data
    own = table[table["group"].eq("Cambridgeshire") & table["period"].eq("2025-01")]
    assert set(own["status"]) == {"not_available"} and own["share"].isna().all()


def test_needs_in_special_schools_stand_beside_those_of_plans(store, areas):
    table = places.ask(store, areas.find("Cheshire East").areas[0]).tables["need_here"].data
    assert table["pupils"].notna().sum() >= 4 and not table["pupils"].between(1, 4).any()


def test_every_authority_has_an_outline_and_a_hexagon(store, areas):
    table = store.table("shapes")
    for kind in ("map", "hexagon"):
        assert set(table.loc[table["kind"].eq(kind), "area_code"]) == set(areas.authorities)


def test_outlines_are_valid_and_neighbours_share_their_edges(store):
    table = store.table("shapes")
    outlines = np.array([shapely.geometry.shape(json.loads(text)) for text in table.loc[table["kind"].eq("map"), "geometry"]])
    assert shapely.is_valid(outlines).all()
    assert shapely.coverage_is_valid(outlines)
    assert sum(shapely.get_num_geometries(outlines)) == 187  # the islands of the original are all there


def test_what_the_browser_fetches_is_small_and_comes_from_the_snapshot(store, areas):
    made = static_files(store.table("shapes"), store.table("schools"), areas)
    for name, content in made.items():
        assert (STATIC / name).read_text("utf-8") == content
        assert len(content.encode()) <= 200_000


def test_no_school_is_given_to_an_authority_by_an_outline(store):
    table = store.table("schools")
    assert table["area_code"].eq("").any()
    assert set(table["vintage"]) == {"2021-06"}


def test_the_straight_line_from_plymouth_to_london_is_about_310_kilometres():
    assert float(method.straight_line(-4.14, 50.37, -0.1276, 51.5072)) == pytest.approx(309, abs=3)


@given(st.floats(-6, 2), st.floats(49, 56), st.floats(-6, 2), st.floats(49, 56))
def test_distance_is_the_same_both_ways(x, y, u, v):
    assert float(method.straight_line(x, y, u, v)) == pytest.approx(float(method.straight_line(u, v, x, y)), abs=1e-6)


@given(st.lists(st.floats(0, 1000), min_size=10, max_size=60))
def test_classes_run_from_low_to_high_and_missing_has_its_own(values):
    limits = method.class_limits(values)
    classes = method.class_of([*values, math.nan], limits)
    assert classes[-1] == -1 and set(classes[:-1]) <= set(range(5))
    order = np.argsort(values, kind="stable")
    assert (np.diff(classes[:-1][order]) >= 0).all()


GOOD = b"name,lat,lon,type,places\nThe Cabin,50.4,-4.1,short breaks,6\nRiver House,50.5,-4.0,,\n"


def test_own_points_are_read_with_and_without_places():
    points, messages = own_points.read(GOOD)
    assert [(p.name, p.places) for p in points] == [("The Cabin", 6), ("River House", None)] and not messages


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (b",50.4,-4.1,,\n", "Line 4: there is no name"),
        (b"X,north,-4.1,,\n", "Line 4: 'north' and '-4.1'"),
        (b"X,-4.1,50.4,,\n", "the wrong way round"),
        (b"X,50.4,-4.1,,many\n", "'many' is not a number of places"),
    ],
)
def test_each_bad_row_is_told_of_and_the_good_ones_are_kept(row, said):
    points, messages = own_points.read(GOOD + row)
    assert len(points) == 2 and len(messages) == 1 and said in messages[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "missing: name, lat, lon"), (b"a,b\n", "missing: name, lat, lon"), (b"\xff\xfe\x00", "not text in UTF-8"), (b"x" * 300_000, "are read")],
)
def test_a_file_that_is_none_is_told_of(content, said):
    points, messages = own_points.read(content)
    assert not points and said in messages[0]


@pytest.fixture(scope="module")
def tables(store, areas):
    return places.ask(store, areas.get("879")).tables


def test_flows_say_which_way_they_go_and_of_whom_they_are_a_share(tables):
    out, into = (list(words.headings(tables[name]).values()) for name in ("flows_out", "flows_in"))
    assert out == ["Go to school in", "Pupils in a typical year", "Share of those living here, %"]
    assert into == ["Live in", "Pupils in a typical year", "Share of those living there, %"]


@pytest.mark.parametrize(
    ("name", "column", "heading"),
    [
        ("placement", "kind", "Kind of placement"),
        ("placement", "group", "Whose plans"),
        ("placement", "share", "Share of all plans, %"),
        ("provision", "kind", "Kind of school"),
        ("distance", "kind", "Kind of school"),
        ("residential", "kind", "Length of placement"),
        ("residential", "plans", "Residential placements"),
        ("balance", "plans", "Plans"),
        ("need_here", "plans_share", "Share of plans, %"),
    ],
)
def test_one_name_of_a_column_has_the_heading_of_its_table(tables, name, column, heading):
    assert words.headings(tables[name])[column] == heading


def test_a_table_of_all_authorities_calls_none_of_them_here(tables):
    for name in ("map", "balance"):
        assert not any("here" in heading.split() for heading in words.headings(tables[name]).values())


def test_the_classes_of_the_map_are_for_files(tables):
    hidden = {name for name, column in tables["map"].columns.items() if column.only_in_files}
    assert hidden == {"area_code", "per_1000_class", "free_school_meals_class"}


def test_an_area_without_flows_has_tables_without_rows(store, areas):
    table = places.ask(store, areas.get("201")).tables["flows_in"]
    assert table.data.empty and list(words.readable(table).columns) == list(words.headings(table).values())


def test_every_column_says_what_it_is_in_one_phrase(tables):
    for name, table in tables.items():
        for column, described in table.columns.items():
            assert len(described.meaning.split()) >= 3 and not described.meaning.endswith("."), (name, column)
