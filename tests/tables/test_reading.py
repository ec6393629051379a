"""A publisher's file is read as agreed, or refused by name."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendlib.errors import ContractBroken
from sendlib.tables import periods, plans, reading, symbols
from tests.made_up import adding_up, as_csv, release

MISSING = {"x": symbols.NOT_AVAILABLE, "z": symbols.NOT_APPLICABLE, "c": symbols.HIDDEN, "low": symbols.LOW}
FILE = "made-up.csv"
TOTALS = [("All EHC plans", "All EHC plans")]


def caseload(**changes):
    return release(TOTALS, {"ehcplans": adding_up}, **changes)


@given(st.lists(st.one_of(st.integers(0, 10**7), st.sampled_from(list(MISSING))), min_size=1))
def test_every_cell_is_a_number_or_has_its_kind_of_missing(cells):
    value, status = symbols.parse(pd.Series([str(cell) for cell in cells]), MISSING, FILE)
    for cell, number, word in zip(cells, value, status, strict=True):
        assert (word == symbols.VALUE and number == cell) or (word == MISSING[cell] and pd.isna(number))


@given(st.text(alphabet="abdefghijkmnpqrs~:*?", min_size=1, max_size=4))
def test_an_unknown_symbol_is_refused_and_never_becomes_a_blank(symbol):
    if symbol in MISSING or symbol in ("nan", "inf"):
        return
    with pytest.raises(ContractBroken, match="neither a number nor a known symbol"):
        symbols.parse(pd.Series(["1", symbol]), MISSING, FILE)


def test_thousands_separators_and_percent_signs_are_understood():
    value, _ = symbols.parse(pd.Series(["1,234", "5.9%"]), {}, FILE)
    assert list(value) == [1234, 5.9]


@given(st.integers(2001, 2098))
def test_a_january_stock_is_dated_alike_from_both_layouts(year):
    academic = f"{year - 1}{year % 100:02d}"
    assert periods.january_of(academic, "Academic year", FILE) == f"{year}-01"
    assert periods.january_of(str(year), "Calendar year", FILE) == f"{year}-01"


@given(st.integers(1990, 2099))
def test_a_school_year_never_looks_like_a_bare_number(ending):
    assert periods.school_year(ending) == f"{ending - 1}/{ending % 100:02d}"


@pytest.mark.parametrize("period", ["202427", "2024", "20242", "x", ""])
def test_a_period_that_is_no_academic_year_is_refused(period):
    with pytest.raises(ContractBroken):
        periods.january_of(period, "Academic year", FILE)


def test_a_made_up_release_is_read():
    frame = plans.read_caseload(as_csv(caseload()), FILE)
    assert frame.loc[frame.area_code.eq("E92000001"), "value"].tolist() == [1500]
    assert set(frame.period) == {"2025-01"}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "the file is empty"),
        (b"\n\n", "the file is empty"),
        (b"<!DOCTYPE html><html><body>Not found</body></html>", "web page"),
        (b"\xef\xbb\xbf<html></html>", "web page"),
        (b"a,b\n1,2\n", "agreed columns"),
    ],
)
def test_what_is_not_the_table_is_refused_by_name(content, problem):
    with pytest.raises(ContractBroken, match=problem) as refused:
        plans.read_caseload(content, FILE)
    assert FILE in str(refused.value)


def test_a_file_that_ends_in_the_middle_of_a_row_is_refused():
    with pytest.raises(ContractBroken, match="cut short"):
        plans.read_caseload(as_csv(caseload())[:-30], FILE)


def test_a_file_that_ends_after_a_whole_row_is_refused():
    lines = as_csv(caseload()).splitlines(keepends=True)
    with pytest.raises(ContractBroken, match="cut short|adds up"):
        plans.read_caseload(b"".join(lines[:60]), FILE)
    with pytest.raises(ContractBroken, match="adds up"):
        plans.read_caseload(b"".join(lines[:-3]), FILE)


def test_a_file_that_ends_within_its_last_area_is_refused():
    rows = caseload() + release([("Sex", "Female"), ("Ethnicity", "Unclassified")], {"ehcplans": adding_up})
    plans.read_caseload(as_csv(rows), FILE)
    with pytest.raises(ContractBroken, match="area 350 in 2025-01 do not count the same children"):
        plans.read_caseload(as_csv(rows[:-1]), FILE)


def test_a_second_total_for_england_is_refused():
    rows = caseload()
    with pytest.raises(ContractBroken, match="2 totals for England"):
        plans.read_caseload(as_csv([rows[0], *rows]), FILE)


def test_a_release_without_a_total_for_england_is_refused():
    with pytest.raises(ContractBroken, match="0 totals for England"):
        plans.read_caseload(as_csv(caseload()[1:]), FILE)


def test_a_changed_label_is_refused_by_name():
    rows = caseload() + release([("Sex", "Women")], {"ehcplans": adding_up})
    with pytest.raises(ContractBroken, match="label 'Women' under 'Sex'"):
        plans.read_caseload(as_csv(rows), FILE)


def test_a_changed_topic_is_refused_by_name():
    rows = caseload() + release([("Gender", "Female")], {"ehcplans": adding_up})
    with pytest.raises(ContractBroken, match="breakdown_topic 'Gender'"):
        plans.read_caseload(as_csv(rows), FILE)


def test_joint_rows_and_armed_forces_bases_are_no_authorities():
    rows = caseload()
    for code in ("702", "z", "940 / 941"):
        rows.append({**rows[-1], "old_la_code": code})
    assert set(plans.read_caseload(as_csv(rows), FILE).area_code) == set(
        plans.read_caseload(as_csv(caseload()), FILE).area_code
    )


def test_column_names_are_found_in_any_case():
    rows = [{key.upper(): value for key, value in row.items()} for row in caseload()]
    assert len(plans.read_caseload(as_csv(rows), FILE)) == 153


def test_the_same_age_now_and_at_the_start_of_the_plan_are_kept_apart():
    rows = caseload() + release(
        [("Child or young persons age", "age 10"), ("Age when plan started", "age 10")], {"ehcplans": adding_up}
    )
    frame = plans.read_caseload(as_csv(rows), FILE)
    assert {("age", "10"), ("age_at_start", "10")} <= set(zip(frame.characteristic, frame.category, strict=True))


def test_age_bands_are_left_out_where_the_ages_do_not_add_up_to_the_total():
    ages = [("Child or young persons age", f"age {age}") for age in range(3, 26)]
    rows = caseload() + release(ages, {"ehcplans": lambda area: 1 if area["old_la_code"] == "201" else 0})
    bands = plans.age_bands(plans.read_caseload(as_csv(rows), FILE))
    assert set(bands.loc[bands.area_code.eq("201"), "status"]) == {symbols.NOT_AVAILABLE}


def test_an_authority_that_is_hidden_does_not_stop_a_release_but_too_many_children_do():
    codes = [f"{number}" for number in range(200, 350)]
    frame = pd.DataFrame(
        {
            "area_code": [reading.ENGLAND, *codes],
            "level": ["national", *["local authority"] * 150],
            "period": "2026-01",
            "plans": ["1500", *["10"] * 150],
        }
    )
    reading.check_totals(frame, "made up", counted="plans")
    frame.loc[1, "plans"] = "c"
    reading.check_totals(frame, "made up", counted="plans")
    frame.loc[2, "plans"] = "900"
    with pytest.raises(ContractBroken, match="adds up to"):
        reading.check_totals(frame, "made up", counted="plans")
