"""The other layouts, each with a small made-up file: 2022, tribunal, LAIT, population, neighbours."""

import io

import openpyxl
import pandas as pd
import pytest

from sendlib.errors import ContractBroken
from sendlib.tables import neighbours, plans, population, process, school_sen, symbols
from tests.made_up import adding_up, areas_of_a_release, as_csv, release

FILE = "made-up.csv"


def rows_of_2022(**figures):
    return [
        {"time_period": "2018", "time_identifier": "Calendar year", "region_name": "", "new_la_code": "", "la_name": "", **area,
         **{name: figure(area) if callable(figure) else figure for name, figure in figures.items()}}
        for area in areas_of_a_release()
    ]  # fmt: skip


def ages_of_2022():
    rows = []
    for label, each in (("Total", 10), ("Under 5", 4), ("Age 5 to 10", 6)):
        rows += rows_of_2022(
            characteristic_age=label, Total_st="z", Total_st_pc="z",
            Total_ehc=lambda a, e=each: adding_up(a, e), Total_all=lambda a, e=each: adding_up(a, e),
        )  # fmt: skip
    return rows


def test_the_layout_of_2022_gives_totals_bands_and_statements_apart():
    frame = plans.read_ages_to_2022(as_csv(ages_of_2022(), bom=False), FILE)
    england = frame[frame.area_code.eq("E92000001")].set_index(["measure", "characteristic", "category"])
    assert england.value[("plans", "total", "All")] == 1500
    assert england.value[("plans", "age_band", "Under 5")] == 600
    assert england.status[("statements", "total", "All")] == symbols.NOT_APPLICABLE
    assert set(frame.period) == {"2018-01"}


def test_a_new_age_band_is_refused():
    rows = ages_of_2022()
    rows[-1]["characteristic_age"] = "Age 5 to 11"
    with pytest.raises(ContractBroken, match="age 5 to 11"):
        plans.read_ages_to_2022(as_csv(rows), FILE)


def test_two_releases_that_disagree_on_a_total_are_refused():
    recent = plans.read_caseload(as_csv(release([("All EHC plans", "All EHC plans")], {"ehcplans": adding_up}, "201718")), FILE)
    older = plans.read_ages_to_2022(as_csv(ages_of_2022()), FILE)
    older.loc[older.area_code.eq("201"), "value"] = 11
    with pytest.raises(ContractBroken, match="area 201 has 11 plans"):
        plans._check_same(recent, older[older.measure.eq("plans")])


def test_the_newest_release_with_a_figure_is_used_and_never_both():
    recent = pd.DataFrame({"area_code": ["201"] * 2, "period": ["2018", "2019"], "measure": ["issued"] * 2,
                           "value": [float("nan"), 5.0], "status": ["not_available", "value"]})  # fmt: skip
    older = pd.DataFrame({"area_code": ["201"] * 2, "period": ["2018", "2019"], "measure": ["issued"] * 2,
                          "value": [3.0, 4.0], "status": ["value"] * 2})  # fmt: skip
    both = process.newest_with_a_figure(recent, older).set_index("period").value
    assert both.to_dict() == {"2018": 3.0, "2019": 5.0}


TRIBUNAL = """\ufeffA title,,,,,
Local Authority,LA code,2023,,,2024,,
,,Appeals,Decisions,Rate,Appeals,Decisions,Rate
NORTH EAST,,,,,,,
Barnsley,370, - ,100,0.00%,2,"1,000",0.20%
Plymouth3,201,4,200,2.00%,5,900,0.60%
Cumbria8,909,1,50,2.00%, .. , .. ,..
"England Total4,9",,5,350,1.40%,7,"1,900",0.40%
Sources:,Courts,,,,,,
"""


def made_up_plans(plymouth):
    return pd.DataFrame({"area_code": ["879", "370"], "period": ["2025-01"] * 2, "characteristic": ["total"] * 2, "value": [plymouth, 950.0]})


def tribunal(areas, plymouth=800.0, text=TRIBUNAL):
    frame, notes = process.read_tribunal(text.encode(), FILE, areas, made_up_plans(plymouth))
    return frame.set_index(["area_code", "period", "measure"]), notes


def test_the_tribunals_report_is_read_by_name_with_dashes_as_none(areas):
    frame, notes = tribunal(areas)
    assert frame.value[("370", "2023", "appeals")] == 0
    assert frame.value[("879", "2024", "appeals")] == 5
    assert frame.value[("879", "2024", "appeal_rate")] == pytest.approx(100 * 5 / 900)
    assert frame.status[("909", "2024", "appeals")] == symbols.NOT_AVAILABLE
    assert frame.value[("E92000001", "2024", "appealable_decisions")] == 1900
    assert not notes


@pytest.mark.parametrize("held", [2000.0, 300.0])
def test_decisions_under_anothers_code_that_can_not_be_right_are_not_available(areas, held):
    frame, notes = tribunal(areas, plymouth=held)
    assert frame.status[("879", "2024", "appealable_decisions")] == symbols.NOT_AVAILABLE
    assert frame.status[("879", "2024", "appeal_rate")] == symbols.NOT_AVAILABLE
    assert frame.value[("879", "2024", "appeals")] == 5
    assert "under code 201" in notes[0]


def test_a_report_without_its_heading_is_refused(areas):
    with pytest.raises(ContractBroken, match="Local Authority"):
        tribunal(areas, text="a,b\n1,2\n")


def lait(**changes):
    rows = []
    for short in ("SEN_TotStat", "SEN_TotSENSuP", "PrimStatements", "PrimNoStatements", "SecStatements", "SecNoStatements"):
        for name, number, value in (("England", 970, "4.5999999999999996"), ("Plymouth", 879, "0"), ("Isles of Scilly", 420, "-"),
                                    ("Cumberland", 942, "-"), ("South West", 990, "5"), ("London (Inner)", 987, "9")):  # fmt: skip
            rows.append({"Short Desc": short, "Years": "2016", "LA and Regions": name, "Values": value, "LA Number": float(number), **changes})
    return pd.DataFrame(rows)


def test_lait_keeps_zero_missing_and_not_yet_there_apart(areas):
    frame = school_sen.read(lait(), FILE, areas)
    rows = frame[frame.phase.eq("all") & frame.measure.eq("ehc_plan")].set_index("area_code")
    assert rows.value["E92000001"] == 4.6
    assert (rows.value["879"], rows.status["879"]) == (0, symbols.VALUE)
    assert rows.status["420"] == symbols.NOT_AVAILABLE
    assert rows.status["942"] == symbols.NOT_APPLICABLE
    assert set(rows.index) == {"E92000001", "879", "420", "942", "E12000009"}
    assert set(frame.period) == {"2015/16"}


def test_lait_without_a_measure_or_with_two_englands_is_refused(areas):
    table = lait()
    with pytest.raises(ContractBroken, match="SecStatements"):
        school_sen.read(table[table["Short Desc"].ne("SecStatements")], FILE, areas)
    with pytest.raises(ContractBroken, match="England must have exactly one row"):
        school_sen.read(pd.concat([table, table[table["LA Number"].eq(970)]]), FILE, areas)
    with pytest.raises(ContractBroken, match="'Nowhere'"):
        school_sen.read(lait(**{"LA Number": 999.0, "LA and Regions": "Nowhere"}), FILE, areas)


def single_years(areas, leave_out=()):
    ages = {str(age): age + 1 for age in range(90)}
    today = areas.table[areas.table["level"].eq("authority")]
    rows = [{"Code": code, "Name": "x", "Geography": "y", "All ages": 1, **ages} for code in today["boundary_code"] if code not in leave_out]
    rows += [{"Code": "E92000001", "Name": "ENGLAND", "Geography": "Country", "All ages": 1, **ages},
             {"Code": "E07000008", "Name": "Cambridge", "Geography": "District", "All ages": 1, **ages}]  # fmt: skip
    return as_csv(rows)


def test_single_years_find_barnsley_and_sheffield_under_their_old_codes(areas):
    frame = population.read_single_years(single_years(areas), FILE, areas)
    assert {"370", "373", "879", "E92000001"} <= set(frame.area_code)
    assert frame[frame.area_code.eq("370") & frame.age.eq("25")].value.item() == 26
    assert set(frame.age) == {str(age) for age in range(26)}


def test_single_years_without_an_authority_are_refused(areas):
    with pytest.raises(ContractBroken, match="missing: 879"):
        population.read_single_years(single_years(areas, leave_out=("E06000026",)), FILE, areas)


def test_the_series_of_children_leaves_out_inner_and_outer_london():
    rows = release([("", "")], {"age_group": lambda a: "Children aged 0 to 17 years", "population_estimate": adding_up}, "2024", "Reporting year")
    rows.append({**rows[1], "region_code": "E13000001"})
    frame = population.read_series(as_csv(rows), FILE)
    assert "E13000001" not in set(frame.area_code) and set(frame.period) == {"2024-06"}


def workbook(areas, word="Very Close", own="879"):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["A"])
    sheet.append([1])
    sheet.append(["LA num", "LA Name", "LA number", "GOInd", "GOReg", *[cell for n in range(1, 11) for cell in (f"SN{n}", "SNP")]])
    codes = list(areas.authorities)
    for place, code in enumerate(codes):
        others = [codes[(place + n) % len(codes)] for n in range(1, 11)]
        sheet.append([int(code), "x", int(code), 1, "y", *[cell for other in others for cell in (int(other), word)]])
    sheet.append([])
    sheet.append(["Old SNs:"])
    sheet.append([835, "Dorset", 835, 1, "y", *[201, "Close"] * 10])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_neighbours_are_read_with_their_words_and_without_abolished_authorities(areas):
    frame = neighbours.read(workbook(areas), FILE, areas)
    assert len(frame) == 10 * len(areas.authorities)
    assert set(frame.closeness) == {"very close"}
    assert "835" not in set(frame.area_code)


def test_a_new_word_for_closeness_is_refused(areas):
    with pytest.raises(ContractBroken, match="'near enough'"):
        neighbours.read(workbook(areas, word="Near enough"), FILE, areas)


def test_a_workbook_that_is_none_is_refused(areas):
    with pytest.raises(ContractBroken, match="workbook"):
        neighbours.read(b"PK but not really", FILE, areas)


def test_school_needs_are_read_by_name_and_refuse_a_new_label(areas, originals):
    from sendlib.tables import school_needs

    content = originals.read(school_needs.FILE)
    frame = school_needs.read(content, FILE, areas)
    assert frame.loc[frame.area_code.eq("909"), "value"].sum() > 0 and "942" not in set(frame.area_code)
    with pytest.raises(ContractBroken, match="visual loss"):
        school_needs.read(content.replace(b"Visual Impairment", b"Visual Loss"), FILE, areas)
    with pytest.raises(ContractBroken, match="'Nowhere'"):
        school_needs.read(content.replace(b"\nPlymouth,", b"\nNowhere,"), FILE, areas)


def made_up_school_needs(areas):
    from sendlib.tables import school_needs

    rows = []
    for area in areas.authorities.values():
        for number, need in enumerate(school_needs._NEEDS):
            rows.append({"la_name": area.name, "phase_type_grouping": "State-funded primary", "primary_need": need, "number_of_pupils": number})
    return rows


def test_made_up_school_needs_are_read_and_a_double_row_is_refused(areas):
    from sendlib.tables import school_needs

    rows = made_up_school_needs(areas)
    frame = school_needs.read(as_csv(rows), FILE, areas)
    assert len(frame) == 13 * len(areas.authorities)
    with pytest.raises(ContractBroken, match="two rows"):
        school_needs.read(as_csv([*rows, rows[0]]), FILE, areas)
    with pytest.raises(ContractBroken, match="no rows for msi"):
        school_needs.read(as_csv([row for row in rows if not row["primary_need"].startswith("multi")]), FILE, areas)


def pupils_file(label, number="number_of_pupils"):
    return [
        {"time_period": "202122", "time_identifier": "Academic year", "geographic_level": "Local authority", "region_code": "E12000001",
         "old_la_code": str(code), "la_name": "x", "phase_type_grouping": "Total", "characteristic_group": "Total", "fsm_eligibility": label,
         number: 25, "denominator": 100}
        for code in range(201, 361)
    ]  # fmt: skip


def test_free_school_meals_pin_every_filter(areas):
    from sendlib.tables import features

    known = "Known to be eligible for free school meals"
    rows = pupils_file(known)
    others = [{**row, "phase_type_grouping": "State-funded primary"} for row in rows]
    assert set(features.read_meals(as_csv(rows + others), FILE)) == {25.0}
    with pytest.raises(ContractBroken, match="two totals"):
        features.read_meals(as_csv(rows + rows[:1]), FILE)
    with pytest.raises(ContractBroken, match="only 20 authorities"):
        features.read_meals(as_csv(rows[:20]), FILE)


def test_a_boundary_file_that_is_none_is_refused(areas):
    from sendlib.tables import features

    with pytest.raises(ContractBroken, match="boundary file"):
        features.square_kilometres(b"{", FILE, areas)
