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


@pytest.mark.parametrize(
    "cell", ["12,5", "1,23", "1234,567", ",123", "1,,234", "inf", "-inf", "Infinity", "nan", "NaN", "1e5", "1E5",
             "0x1F", "1_000", "+5", "--5", "1 234", "1.2.3", "-", ".", "%", "٣", "½", "1,234,56"]
)  # fmt: skip
def test_what_is_not_plainly_a_number_never_becomes_one(cell):
    with pytest.raises(ContractBroken, match="column 'plans' holds .* neither a number nor a known symbol"):
        symbols.parse(pd.Series(["1", cell], name="plans"), MISSING, FILE)


def test_numbers_that_a_program_wrote_out_are_read_where_a_file_has_them():
    value, _ = symbols.parse(pd.Series(["1.005E-2", "2e+3", "7"]), MISSING, FILE, exponents=True)
    assert list(value) == [0.01005, 2000, 7]
    with pytest.raises(ContractBroken, match="'10e5'"):
        symbols.parse(pd.Series(["10e5"]), MISSING, FILE, exponents=True)


@given(st.text(max_size=8))
def test_any_cell_is_its_number_or_its_symbol_or_refused(cell):
    try:
        value, status = symbols.parse(pd.Series([cell]), MISSING, FILE)
    except ContractBroken:
        return
    plain = cell.strip()
    if status[0] == symbols.VALUE:
        assert float(plain.replace(",", "").removesuffix("%")) == value[0] and "e" not in plain.casefold()
    else:
        assert plain.casefold() in MISSING and pd.isna(value[0])


@given(st.integers(-(10**9), 10**9), st.integers(0, 3))
def test_a_number_is_itself_with_separators_and_without(number, decimals):
    for text in (f"{number:,}", f"{number}", f"{number:,.{decimals}f}"):
        assert symbols.parse(pd.Series([text]), MISSING, FILE)[0][0] == number


def test_symbols_are_known_in_any_case():
    assert symbols.parse(pd.Series(["X", "Low"]), MISSING, FILE)[1].tolist() == [symbols.NOT_AVAILABLE, symbols.LOW]


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


@given(st.binary(max_size=60))
def test_any_bytes_are_a_table_or_refused_by_name(content):
    for start in (b"", b"a,b\n", "\ufeff".encode("utf-16-le"), b'a,b\n1,"'):
        try:
            frame = reading.read_csv(start + content, FILE, ["a"])
        except ContractBroken as refused:
            assert str(refused).startswith(FILE)
        else:
            assert "a" in frame and len(frame)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_means_the_same_in_every_encoding_that_it_can_have(encoding):
    frame = reading.read_csv("name,number\nBrontë,1\n".encode(encoding), FILE, ["name"])
    assert frame.to_dict("list") == {"name": ["Brontë"], "number": ["1"]}


def test_a_figure_in_quotes_may_have_commas_and_lines_in_it():
    frame = reading.read_csv(b'a,"b\r\nc"\r\n"1,234","two\r\nlines"\r\n', FILE, ["a"])
    assert frame.to_dict("list") == {"a": ["1,234"], "b\r\nc": ["two\r\nlines"]}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("a,b\n1,2\n".encode("utf-16-le"), "line 1 holds a NUL character"),
        (b"a,b\n1,\x00\n", "line 2 holds a NUL character"),
        (b"\xff\xfea", "byte 0x61 in line 1 is no character of utf-16"),
        ("a,b\nBrontë,1\n".encode() + b"\xff,2\n", "byte 0xff in line 3 is no character of utf-8"),
        (b"a,b\n\x81,2\n", "byte 0x81 in line 2 is no character of Windows-1252"),
        (b"a;b;c\n1;2;3\n", "Its cells are separated by semicolons"),
        (b"a\tb\tc\n1\t2\t3\n", "Its cells are separated by tabs"),
        (b"a,b\n", "a header and no rows"),
        (b"a,b\n1,2\nA,B\n3,4\n", "line 3 is the header again"),
        (b"a,b\n1,2\n\n3,4\n", "line 3 is blank, with rows below it"),
        (b'a,b\n1,"2\n3,4\n', "a quotation mark may be open"),
        (b'a,b\n1,"2"x\n', "line 2: .*a quotation mark may be open"),
        (b"a,b\n1,2,3\n", "line 2 has 3 cells where the header has 2"),
    ],
)
def test_a_file_that_is_odd_is_refused_with_its_line_and_what_is_wrong(content, problem):
    with pytest.raises(ContractBroken, match=problem):
        reading.read_csv(content, FILE, ["a", "b"])


def test_blank_lines_at_the_end_are_nothing_and_lines_may_end_in_any_way():
    assert reading.read_csv(b"a,b\r1,2\r", FILE, ["a"]).to_dict("list") == {"a": ["1"], "b": ["2"]}
    assert len(reading.read_csv(b"a,b\n1,2\n\n\r\n", FILE, ["a"])) == 1


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


@pytest.mark.parametrize(("figure", "said"), [(-3, "-3"), ("2.5", "2.5")])
def test_a_count_of_children_below_zero_or_in_parts_is_refused_with_its_area(figure, said):
    rows = caseload() + release([("Sex", "Female")], {"ehcplans": adding_up})
    rows[-1]["ehcplans"] = figure
    rows[len(caseload())]["ehcplans"] = adding_up(rows[len(caseload())]) - 10 + float(figure)
    with pytest.raises(ContractBroken, match=f"has {said} in 2025-01|area E92000001 has 1492.5"):
        plans.read_caseload(as_csv(rows), FILE)


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


def with_regions(**changed):
    """150 authorities with 10 plans each, in two regions."""
    codes = [f"{number}" for number in range(200, 350)]
    region = ["E12000001" if int(code) < 275 else "E12000008" for code in codes]
    frame = pd.DataFrame(
        {
            "area_code": [reading.ENGLAND, "E12000001", "E12000008", *codes],
            "level": ["national", "regional", "regional", *["local authority"] * 150],
            "region_code": ["", "E12000001", "E12000008", *region],
            "period": "2026-01",
            "plans": ["1500", "750", "750", *["10"] * 150],
        }
    )
    return frame.assign(
        plans=frame["plans"].where(~frame["area_code"].isin(list(changed)), frame["area_code"].map(changed))
    )


def test_one_authority_without_a_figure_lets_no_other_region_be_cut_short():
    reading.check_totals(with_regions(**{"200": "x"}), "made up", counted="plans")
    cut = with_regions(**{"200": "x"}).query("area_code not in ('348', '349')")
    with pytest.raises(ContractBroken, match="adds up to 730 in 2026-01, but area E12000008 is 750"):
        reading.check_totals(cut, "made up", counted="plans")


def test_an_authority_that_vanishes_beside_one_without_a_figure_is_named():
    both = pd.concat([with_regions().assign(period="2025-01"), with_regions(**{"200": "x"})])
    reading.check_totals(both, "made up", counted="plans")
    with pytest.raises(ContractBroken, match="area 201 is not in it in 2026-01"):
        reading.check_totals(both[~(both.area_code.eq("201") & both.period.eq("2026-01"))], "made up", counted="plans")


def test_england_without_a_total_is_refused_with_a_sentence():
    with pytest.raises(ContractBroken, match="England has no figure of 'plans' in 2026-01"):
        reading.check_totals(with_regions(E92000001="x"), "made up", counted="plans")


def characteristics(sex=(("201", 4), ("202", 6), ("E92000001", 10)), age=(("201", 4), ("202", 6), ("E92000001", 10))):
    rows = [(area, name, str(number)) for name, cells in (("sex", sex), ("age", age)) for area, number in cells]
    return pd.DataFrame(rows, columns=["area_code", "characteristic", "plans"]).assign(period="2026-01")


def test_a_characteristic_that_an_authority_did_not_send_holds_back_no_file():
    reading.check_same_sums(characteristics(), "plans", FILE)
    reading.check_same_sums(characteristics(sex=(("202", 6), ("E92000001", 6))), "plans", FILE)
    reading.check_same_sums(characteristics(sex=(("201", "x"), ("202", 6), ("E92000001", 10))), "plans", FILE)


def test_a_file_that_ends_within_its_last_area_is_caught_because_england_is_whole():
    for cut in ((("201", 4), ("E92000001", 10)), (("201", 4), ("202", 3), ("E92000001", 10))):
        with pytest.raises(ContractBroken, match="area 202 in 2026-01 do not count the same children"):
            reading.check_same_sums(characteristics(age=cut), "plans", FILE)
