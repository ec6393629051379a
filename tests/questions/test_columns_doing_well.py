"""The columns of Doing well: headings that are true for every row of their table."""

import pytest

from sendlib.answer import MODES
from sendlib.compared import comparators
from sendlib.questions import doing_well
from sendlib.questions.doing_well import sum_definitions as named

ENGLAND, LONDON = "E92000001", "E12000007"
KINDS = ["879", "201", "942", LONDON, ENGLAND]
WHOSE = ("Here", "England", "Mean of those compared")


def _headings(table, mode="explore"):
    return {name: column.heading_in(mode) for name, column in table.columns_in(mode).items()}


def ask(store, area, versus=comparators.DEFAULT, **asked):
    return doing_well.QUESTION.ask(store, area, versus, asked)


@pytest.fixture(scope="module")
def answers(store, areas):
    return {code: ask(store, areas.get(code)) for code in KINDS}


@pytest.fixture(scope="module")
def tables(answers):
    return answers["879"].tables


@pytest.mark.parametrize("name", ["over_time", "care_over_time", "home_education"])
def test_a_value_whose_rows_are_of_the_area_the_mean_and_england_is_not_headed_by_one_of_them(tables, name):
    table = tables[name]
    assert list(dict.fromkeys(table.data["group"])) == ["Plymouth", "Mean of its ten statistical neighbours", "England"]
    for mode in MODES:
        headings = _headings(table, mode)
        assert headings["group"] == "Area or mean"
        assert not any(heading.startswith(WHOSE) for heading in headings.values()), mode


def test_a_figure_over_time_is_a_share_or_as_its_row_says(tables):
    assert _headings(tables["over_time"])["reached"] == "Per cent or score"
    assert _headings(tables["care_over_time"])["reached"] == "Share of these children, %"


def test_here_is_a_column_only_where_every_row_is_of_the_area(answers):
    for answer in answers.values():
        for name, table in answer.tables.items():
            if any(column.heading.startswith(WHOSE) for column in table.columns.values()):
                assert "group" not in table.columns, name


@pytest.mark.parametrize("name", ["care", "five_outcomes"])
def test_where_every_row_is_a_per_cent_the_heading_has_the_sign(tables, name):
    for column in ("reached", "comparator_reached", "england_reached"):
        assert _headings(tables[name])[column].endswith(", %")


@pytest.mark.parametrize("name", ["stages", "over_time", "attendance"])
def test_where_rows_have_units_of_their_own_the_heading_has_none_and_the_row_says_what(tables, name):
    table = tables[name]
    assert table.columns["reached"].unit == "" and "per cent" in table.columns["reached"].meaning
    assert table.columns["what"].heading == "What is measured"


@pytest.mark.parametrize(
    "name", ["over_time", "attendance", "care", "care_over_time", "destinations", "home_education"]
)
@pytest.mark.parametrize("mode", MODES)
def test_rows_can_be_told_apart_by_their_words_in_every_mode(tables, name, mode):
    table = tables[name]
    said = [column for column, described in table.columns_in(mode).items() if described.decimals is None]
    assert not table.data[said].duplicated().any()


def test_the_stages_have_plain_headings_in_families(tables):
    plain = ["Stage", "Whose", "Here", "Other children here", "How many fewer"]
    assert list(_headings(tables["stages"], "families").values()) == plain
    analysts = _headings(tables["stages"])
    assert (analysts["pupils_with"], analysts["gap"]) == ("SEN status", "Gap, points")
    assert (analysts["comparator_gap"], analysts["england_gap"]) == (
        "Mean gap of those compared, points",
        "Gap in England, points",
    )


def test_all_young_people_are_not_called_other_children(tables):
    column = tables["five_outcomes"].columns["reached_without"]
    assert {column.heading_in(mode) for mode in MODES} == {"Here, those without SEN or all young people, %"}


@pytest.mark.parametrize("definition", named.DEFINITIONS)
def test_every_year_and_definition_of_the_sum_has_the_same_columns(store, areas, definition):
    for code in KINDS:
        for year in ("2010", "2018", "2020", "2025"):
            tables = ask(store, areas.get(code), definition=definition, january=year).tables
            assert _headings(tables["sum"])["number_of_plans"] == "Number of plans"
            assert _headings(tables["sum_compared"])["share_low"] == "Share of plans, at least, %"


def test_every_column_says_what_it_is_in_one_phrase(answers):
    for answer in answers.values():
        for name, table in answer.tables.items():
            for column, described in table.columns.items():
                assert len(described.meaning.split()) >= 3 and not described.meaning.endswith("."), (name, column)
                assert described.meaning[0].islower() or described.meaning.startswith("January"), (name, column)


def test_each_of_those_compared_has_the_gaps_of_its_own_page(store, areas):
    """Those with too few children have none by SEN, as in every comparison."""
    each = ask(store, areas.get("879")).tables["comparators"].data
    assert each["whose"].drop_duplicates().tolist() == ["this area", "compared", "England"]
    for code in ("879", each.loc[each["whose"].eq("compared"), "area_code"].iloc[0]):
        lead = ask(store, areas.get(code)).tables["stages"].data
        assert each.loc[each["area_code"].eq(code), "gap"].tolist() == pytest.approx(lead["gap"].tolist(), nan_ok=True)
    tiny = ask(store, areas.get("201")).tables["comparators"].data
    assert tiny.loc[tiny["whose"].eq("this area"), "gap"].isna().all()
