"""Appeals and decisions that can be appealed: names, dashes, and decisions that can not be right."""

import pandas as pd
import pytest

from sendlib.errors import ContractBroken
from sendlib.tables import process, symbols
from sendlib.tables import tribunal as tribunal_module

FILE = "made-up.csv"
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
    return pd.DataFrame(
        {
            "area_code": ["879", "370"],
            "period": ["2025-01"] * 2,
            "characteristic": ["total"] * 2,
            "value": [plymouth, 950.0],
        }
    )


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


def by_period(rows):
    return rows.assign(period=rows["period"].astype(str)).set_index("period")


@pytest.mark.parametrize("code", ["823", "873"])
def test_central_bedfordshire_and_cambridgeshire_do_not_get_each_others_decisions(store, code):
    rows = store.rows("process", code)
    rate = rows[rows.measure.eq("appeal_rate")].pipe(by_period)
    assert rate["status"]["2024"] == symbols.NOT_AVAILABLE
    assert rate["status"]["2023"] == symbols.VALUE


def test_the_appeal_rate_is_appeals_for_every_hundred_decisions(store):
    table = store.table("process")
    wide = table[table.measure.isin(["appeals", "appealable_decisions", "appeal_rate"])].pivot(
        index=["area_code", "period"], columns="measure", values="value"
    )
    wide = wide.dropna()
    assert len(wide) > 1500
    assert (abs(100 * wide.appeals / wide.appealable_decisions - wide.appeal_rate) < 1e-9).all()


def test_nottingham_is_found_by_its_name_and_not_by_the_files_wrong_code(store):
    rows = store.rows("process", "892")
    appeals = rows[rows.measure.eq("appeals")].pipe(by_period)["value"]
    assert appeals["2024"] == 52


@pytest.mark.parametrize(("code", "year"), [("888", "2022"), ("874", "2023"), ("921", "2023"), ("420", "2024")])
def test_fewer_decisions_than_plans_or_many_more_are_not_believed_of_any_authority(store, code, year):
    rows = store.rows("process", code)
    assert rows[rows.measure.eq("appeal_rate")].pipe(by_period)["status"][year] == symbols.NOT_AVAILABLE


def test_the_newer_count_has_the_years_of_the_newer_report_and_its_known_figures(store):
    rows = store.rows("process", "E92000001")
    rate = rows[rows.measure.eq("appeal_rate_in_development")].pipe(by_period)["value"]
    assert list(rate.index) == ["2024", "2025"] and rate.round(1).tolist() == [5.7, 6.6]
    of_2025 = rows[rows.period.eq("2025")].set_index("measure")["value"]
    assert (of_2025["appeals"], of_2025["decisions_in_development"]) == (26_977, 405_735)
    plymouth = store.rows("process", "879").query("period == '2025'").set_index("measure")["value"]
    assert (plymouth["appeals"], plymouth["decisions_in_development"]) == (221, 2_290)
    assert round(plymouth["appeal_rate_in_development"], 1) == 9.7


@pytest.mark.parametrize("code", ["823", "873"])
def test_decisions_under_anothers_code_are_nobodys_while_appeals_go_on_by_name(store, code):
    rows = store.rows("process", code).astype({"period": str, "measure": str, "status": str})
    rows = rows[rows["period"].isin(["2024", "2025"])].set_index(["period", "measure"])["status"]
    for year in ("2024", "2025"):
        assert rows[year, "appeals"] == symbols.VALUE
        assert rows[year, "decisions_in_development"] == rows[year, "appeal_rate_in_development"]
        assert rows[year, "decisions_in_development"] == symbols.NOT_AVAILABLE


RATES = """A title,,,,,,,
,,2024,,,2025,,
,Old LA code,Appeals registered,Total Appealable Decisions,Rate2,Appeals,Total Appealable decisions,Rate
Barnsley,370,2,100,2.00%,3,100,3.00%
Plymouth,879,4,x,x,5,100,5.00%
England Total,,6,100,6.00%,8,200,4.00%
"""


def test_the_newer_report_is_read_and_england_leaves_out_appeals_without_decisions(areas):
    frame, notes = tribunal_module.read_rates(RATES.encode(), FILE, areas)
    rate = frame[frame.measure.eq("appeal_rate_in_development")].set_index(["area_code", "period"])["value"]
    assert rate["E92000001", "2024"] == pytest.approx(2) and rate["E92000001", "2025"] == pytest.approx(4)
    assert rate["879", "2025"] == 5 and pd.isna(rate["879", "2024"]) and not notes


def test_an_authority_that_is_not_known_goes_by_its_code_and_keeps_no_other_back(areas):
    report = RATES.replace("Plymouth,879,", "Newtown,999,")
    assert "Newtown" in report
    frame, _ = tribunal_module.read_rates(report.encode(), FILE, areas)
    appeals = frame[frame.measure.eq("appeals") & frame.period.eq("2025")].set_index("area_code")["value"]
    assert appeals["999"] > 0 and appeals["E92000001"] == appeals.drop("E92000001").sum()


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("8,200,4.00%", "9,200,4.50%", "which is not England's"),
        ("Old LA code", "Code", "Old LA code"),
        ("Total Appealable decisions,Rate", "Something,Rate", "are not appeals, decisions and rate"),
        ("3,100,3.00%", "3,1e2,3.00%", "neither a number"),
    ],
)
def test_a_newer_report_that_can_not_be_right_is_refused(areas, old, new, why):
    assert old in RATES
    with pytest.raises(ContractBroken, match=why):
        tribunal_module.read_rates(RATES.replace(old, new).encode(), FILE, areas)


def test_englands_rate_in_development_leaves_out_the_appeals_of_authorities_without_a_count(store):
    table = store.table("process").astype({"area_code": str, "period": str, "measure": str}).query("period == '2024'")
    wide = table.pivot(index="area_code", columns="measure", values="value")
    counted = wide.drop(index="E92000001").dropna(subset=["decisions_in_development"])
    unsure = wide.loc[["823", "873"], "appeals"].sum()  # their decisions are in England's, 4,894 and 2,931
    assert counted["decisions_in_development"].sum() + 4_894 + 2_931 == 364_912
    assert counted["appeals"].sum() + unsure == 20_771 and wide.loc["E92000001", "appeals"] == 22_276
    assert wide.loc["E92000001", "appeal_rate_in_development"] == pytest.approx(100 * 20_771 / 364_912)


def test_a_rate_without_the_suppressed_that_does_not_follow_from_its_authorities_is_refused(originals, areas):
    changed = originals.read(process.TRIBUNAL).replace(b'"364,912",5.70%', b'"364,912",6.30%')
    plans = process.read_caseload(originals.read(process.CASELOAD), process.CASELOAD)
    with pytest.raises(process.ContractBroken, match="excluding suppressed"):
        process.read_tribunal(changed, FILE, areas, plans)
