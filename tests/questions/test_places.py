"""Places: flows, pupils beside plans, and shapes."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from sendlib.compared import means
from sendlib.compared.comparators import DEFAULT
from sendlib.errors import UnknownChoice
from sendlib.methods import places as method
from sendlib.questions.places import QUESTION, flows, map_tables, tables
from sendlib.questions.places.choices import INDEPENDENT_SPECIAL, PLACEMENT_KINDS
from sendlib.questions.places.columns import FEWEST_A_YEAR


def ask(store, area, versus=DEFAULT, **asked):
    return QUESTION.ask(store, area, versus, asked)


def headings(table):
    return {name: column.titled for name, column in table.columns_in("explore").items()}


@pytest.mark.parametrize(("name", "share"), [("Kensington and Chelsea", 94), ("Rutland", 87), ("Isle of Wight", 0.2)])
def test_who_travels_out_is_what_was_worked_out_elsewhere(store, areas, name, share):
    assert flows.travel_out(store)[areas.find(name).areas[0].code] == pytest.approx(
        share, abs=0.5 if share > 1 else 0.05
    )
    assert flows.travel_out(store)["E92000001"] == pytest.approx(8.8, abs=0.05)


def test_the_largest_flows_are_the_known_ones(store, areas):
    table = store.table("flows")
    away = table[table["home_code"].ne(table["school_code"]) & table["home_code"].ne("unknown")].nlargest(
        3, "pupil_years"
    )
    pairs = {(areas.names[a], areas.names[b]) for a, b in zip(away["home_code"], away["school_code"], strict=True)}
    assert ("Cheshire East", "Cheshire West and Chester") in pairs and ("Reading", "West Berkshire") in pairs


def test_flows_are_given_for_a_typical_year(store, areas):
    out = flows.flows_of(store, areas.get("895"), "home_code").set_index("area_code")
    assert out["pupils"]["896"] == round(332 / 3) and out["share"]["896"] == 17.9


def test_small_flows_are_shown_together_and_never_one_by_one(store, areas):
    for code in areas.authorities:
        for end in ("home_code", "school_code"):
            rows = flows.flows_of(store, areas.get(code), end)
            assert (rows.loc[rows["area_code"].ne(""), "pupils"] >= FEWEST_A_YEAR).all()
            assert rows["status"].eq("value").all() and (rows["pupils"] >= 1).all()


def test_unknown_homes_stay_out_of_the_shares(store):
    table = store.table("flows")
    assert table.loc[table["home_code"].eq("unknown"), "share"].isna().all()
    sums = table[table["home_code"].ne("unknown")].groupby("home_code")["share"].sum()
    assert sums.to_numpy() == pytest.approx(np.full(len(sums), 100.0))


def test_a_divided_county_has_no_flows_of_its_parts_and_says_so(store, areas):
    answer = ask(store, areas.find("Cumberland").areas[0])
    assert answer.figures[1].value is None
    assert any(
        "who lived in Cumbria, 1.4% went to a school of another authority" in note.text.explore for note in answer.notes
    )


def test_a_share_of_a_handful_of_children_is_hidden(store, areas):
    for name in ("City of London", "Isles of Scilly"):
        answer = ask(store, areas.find(name).areas[0])
        assert answer.figures[1].value is None
        assert not any("began" in note.text.explore for note in answer.notes if note.kind == "missing")


def test_pupils_and_plans_are_of_the_same_january_and_stand_beside_each_other(store, areas):
    row = tables.beside(store).set_index("area_code").loc["879"]
    assert (row["plans"], row["pupils_here"]) == (2678, 737)
    figure = ask(store, areas.get("879")).figures[0]
    assert figure.value == row["pupils_here"] and not figure.signed
    assert f"{row['placed']:,.0f} of the {row['plans']:,.0f} plans of Plymouth" in figure.comparison.explore
    assert "Not the same children" in figure.detail.explore


def test_placements_of_a_kind_with_a_missing_part_are_missing(store, areas):
    table = ask(store, areas.find("Cambridgeshire").areas[0]).tables["placement"].data
    own = table[table["group"].eq("Cambridgeshire") & table["period"].eq("2025-01")]
    assert set(own["status"]) == {"not_available"} and own["share"].isna().all()


def test_needs_in_special_schools_stand_beside_those_of_plans(store, areas):
    table = ask(store, areas.find("Cheshire East").areas[0]).tables["need_here"].data
    assert table["pupils"].notna().sum() >= 4 and table["plans_share"].notna().sum() >= 4


def test_the_map_is_fitted_to_where_each_authority_ends(store):
    outlines = store.table("shapes").query("kind == 'map'")["geometry"]
    found = np.column_stack(list(map_tables.ends(outlines).values()))
    assert found == pytest.approx(shapely.bounds(shapely.from_geojson(outlines.to_numpy())))


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


@pytest.fixture(scope="module")
def held(store, areas):
    return ask(store, areas.get("879")).tables


def test_flows_say_which_way_they_go_and_of_whom_they_are_a_share(held):
    out, into = (list(headings(held[name]).values()) for name in ("flows_out", "flows_in"))
    assert out == ["Went to a school of", "Pupils in a typical year", "Share of those who lived here, %"]
    assert into == [
        "Lived in",
        "Pupils in a typical year",
        "Share of those who lived there, %",
        "Share of those at school here, %",
    ]


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
        ("beside", "plans", "Plans"),
        ("need_here", "plans_share", "Share of plans, %"),
    ],
)
def test_one_name_of_a_column_has_the_heading_of_its_table(held, name, column, heading):
    assert headings(held[name])[column] == heading


def test_a_table_of_all_authorities_calls_none_of_them_here(held):
    for name in ("map", "beside"):
        assert not any("here" in heading.split() for heading in headings(held[name]).values())


def test_the_classes_of_the_map_and_what_only_the_picture_needs_are_for_files(held):
    hidden = {name for name, column in held["map"].columns.items() if column.only_in_files}
    in_pictures = {"longitude", "latitude", "hexagon_x", "hexagon_y", "west", "south", "east", "north", "whose"}
    assert hidden == {"area_code", "vintage", "per_1000_class", "free_school_meals_class"} | in_pictures


def test_an_area_without_flows_has_tables_without_rows(store, areas):
    table = ask(store, areas.get("201")).tables["flows_in"]
    assert table.data.empty and list(table.readable().columns) == list(headings(table).values())


def test_every_column_says_what_it_is_in_one_phrase(held):
    for name, table in held.items():
        for column, described in table.columns.items():
            assert len(described.meaning.split()) >= 3 and not described.meaning.endswith("."), (name, column)


def placed(answer, kind=INDEPENDENT_SPECIAL):
    table = answer.tables["placement"].data
    return table[table["kind"].eq(kind)]


def about_placements(answer):
    return " ".join(note.text.explore for note in answer.notes_about("placement", "missing"))


def test_with_one_area_compared_its_own_name_and_figures_stand(store, areas):
    answer = ask(store, areas.get("879"), "Barnsley")
    own = placed(ask(store, areas.find("Barnsley").areas[0]))
    beside = placed(answer)
    assert list(beside["group"].unique()) == ["Plymouth", "Barnsley", "England"]
    assert "Barnsley and England" in answer.tables["placement"].caption.explore
    there = beside.loc[beside["group"].eq("Barnsley"), "share"]
    assert there.tolist() == own.loc[own["group"].eq("Barnsley"), "share"].tolist()
    assert beside["of_how_many"].eq("").all() and "mean" not in about_placements(answer).lower()


def test_of_two_compared_no_mean_is_given_and_the_page_says_why(store, areas):
    answer = ask(store, areas.get("879"), "Barnsley,Newham")
    group = placed(answer).loc[placed(answer)["group"].str.startswith("Mean of")]
    assert len(group) and group["share"].isna().all()
    assert f"a mean needs {means.FEWEST} areas" in about_placements(answer)


def test_a_mean_of_many_leaves_out_the_smallest_and_says_of_how_many_it_is(store, areas):
    answer = ask(store, areas.get("879"), "region")
    table = placed(answer)
    group = table[table["group"].str.startswith("Mean of")].set_index("period")
    assert "Isles of Scilly (fewer than 50 plans)" in about_placements(answer)
    rest = [code for code in areas.in_region(areas.get("879").region_code) if code not in ("879", "420")]
    shares = [tables.independent_share(store)["2025-01"][code] for code in rest]
    assert group["share"]["2025-01"] == pytest.approx(np.nanmean(shares))
    assert group["of_how_many"]["2025-01"] == f"{np.isfinite(shares).sum()} of {len(rest) + 1}"


def test_where_nobody_is_compared_there_is_no_line_of_theirs(store, areas):
    answer = ask(store, areas.find("Cumberland").areas[0], "neighbours-2021")
    assert answer.state == "nobody"
    assert list(placed(answer)["group"].unique()) == ["Cumberland", "England"]
    assert "those compared" not in answer.tables["placement"].caption.explore


def test_januaries_before_an_authority_began_are_named_as_missing(store, areas):
    said = about_placements(ask(store, areas.find("Cumberland").areas[0]))
    assert "Not available for Cumberland: January 2019 to January 2023." in said


def test_what_is_missing_of_a_kind_of_placement_is_said_while_that_kind_is_shown(store, areas):
    area = areas.get("879")
    for kind in PLACEMENT_KINDS:
        answer = ask(store, area, "region", placement_kind=kind)
        assert all(note.of == kind for note in answer.notes_about("placement", "missing"))


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("layout", "hexagons", "hexagons"),
        ("shade", "free_school_meals", "free_school_meals"),
        ("show", "both", "both"),
        ("from", "20", "20"),
        ("placement_kind", "sen unit", "SEN unit"),
    ],
)
def test_every_choice_is_taken_as_it_stands_in_the_address(store, areas, name, text, value):
    assert ask(store, areas.get("879"), **{name: text}).chosen(name) == value
    with pytest.raises(UnknownChoice) as wrong:
        ask(store, areas.get("879"), **{name: "globe"})
    assert wrong.value.choice == name


def test_what_a_reader_can_choose_has_today_s_names_and_defaults(store, areas):
    offered = ask(store, areas.get("879")).offered
    assert {name: one.value for name, one in offered.items()} == {
        "layout": "map",
        "shade": "per_1000",
        "show": "schools",
        "from": "5",
        "travel_as": "pupils",
        "fit": "area",
        "placement_kind": INDEPENDENT_SPECIAL,
    }
    # The measures of other pages come from sendlib.measures, and with them the figures of a shade.
    assert {choice.name for choice in QUESTION.choices} == {*offered, "shade_measure"}
    assert {choice.name for choice in QUESTION.choices if choice.figures_change} == {"shade", "shade_measure"}


def test_every_table_has_its_sources_in_the_answer(store, areas):
    answer = ask(store, areas.get("879"))
    for table in answer.tables.values():
        assert set(table.sources) <= set(answer.sources) and table.heading


def test_the_schools_themselves_travel_only_with_a_register_that_a_refresh_brought(held):
    assert "schools" not in held


def test_one_small_flow_is_called_one(store, areas):
    for code in areas.authorities:
        for end in ("home_code", "school_code"):
            assert not flows.flows_of(store, areas.get(code), end)["area"].str.contains("^1 other authorities").any()
