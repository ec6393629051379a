"""From request to review: what the releases get wrong must not be shown."""

import pandas as pd
import pytest

from sendlib.tables import process, symbols
from tests.made_up import adding_up, as_csv, release

FILE = "made-up.csv"


def test_the_newest_release_with_a_figure_is_used_and_never_both():
    recent = pd.DataFrame(
        {
            "area_code": ["201"] * 2,
            "period": ["2018", "2019"],
            "measure": ["issued"] * 2,
            "value": [float("nan"), 5.0],
            "status": ["not_available", "value"],
        }
    )
    older = pd.DataFrame(
        {
            "area_code": ["201"] * 2,
            "period": ["2018", "2019"],
            "measure": ["issued"] * 2,
            "value": [3.0, 4.0],
            "status": ["value"] * 2,
        }
    )
    both = process.newest_with_a_figure(recent, older).set_index("period").value
    assert both.to_dict() == {"2018": 3.0, "2019": 5.0}


def by_period(rows):
    return rows.assign(period=rows["period"].astype(str)).set_index("period")


NEW = [("New EHC plans", "New EHC plans")]


def test_authorities_that_carry_their_regions_total_are_not_available():
    def regions_total(area):
        carries = area["region_code"] == "E12000001"
        return adding_up({**area, "geographic_level": "Regional"}) if carries else adding_up(area)

    rows = as_csv(release(NEW, {"new_ehc_plans": regions_total}, "2022", "Calendar year"))
    frame, notes = process.read_2025(rows, FILE, "flow", {"new_ehc_plans": "new_plans"})
    wrong = frame[frame.area_code.eq("201")]
    assert wrong.status.item() == symbols.NOT_AVAILABLE and wrong.value.isna().all()
    assert frame[frame.area_code.eq("340")].value.item() == 10
    assert "70 authorities of E12000001" in notes[0]


def test_a_count_below_zero_is_not_available():
    rows = as_csv(
        release(
            NEW,
            {"new_ehc_plans": lambda area: -3 if area["old_la_code"] == "201" else adding_up(area)},
            "2022",
            "Calendar year",
        )
    )
    frame, notes = process.read_2025(rows, FILE, "flow", {"new_ehc_plans": "new_plans"})
    assert frame[frame.area_code.eq("201")].status.item() == symbols.NOT_AVAILABLE
    assert "area 201 has -3" in notes[0]


def test_a_january_stock_is_not_read_from_a_calendar_year_by_mistake():
    rows = as_csv(release(NEW, {"new_ehc_plans": adding_up}, "202425", "Academic year"))
    with pytest.raises(process.ContractBroken, match="Calendar year"):
        process.read_2025(rows, FILE, "flow", {"new_ehc_plans": "new_plans"})


def test_the_twenty_week_rates_are_the_published_ones(store):
    table = store.rows("process", "E92000001")
    rates = table[table.measure.eq("issued_in_20_weeks_percent")].pipe(by_period)["value"]
    published = {"2019": 58.7, "2020": 55.6, "2021": 57.9, "2022": 47.7, "2023": 49.1, "2024": 45.9}
    assert {year: rates[year] for year in published} == published


def test_no_year_is_counted_twice(store):
    table = store.table("process")
    assert not table.duplicated(["area_code", "period", "measure"]).any()


def test_reviews_add_up_in_every_authority(store):
    table = store.table("process").astype({"measure": str, "area_code": str, "period": str})
    wide = (
        table[table.measure.str.startswith("review")]
        .pivot(index=["area_code", "period"], columns="measure", values="value")
        .dropna(
            subset=[
                "reviews_due",
                "review_meetings_in_year",
                "review_meetings_before",
                "review_meetings_after",
                "review_meetings_not_held",
            ]
        )
    )
    assert len(wide) > 140
    met = wide.review_meetings_in_year + wide.review_meetings_before + wide.review_meetings_after
    assert met.eq(wide.review_meetings_held).all() and (met + wide.review_meetings_not_held).eq(wide.reviews_due).all()
    decided = (
        wide.review_decisions_in_4_weeks
        + wide.review_decisions_later
        + wide.review_decisions_not_due
        + wide.review_decisions_outstanding
    )
    assert (decided - wide.review_meetings_held).dropna().abs().le(5).all()


@pytest.fixture(scope="module")
def guidance(originals):
    return " ".join(
        originals.read("ehcp/education-health-and-care-plans_2025.zip::data-guidance/data-guidance.txt")
        .decode("utf-8-sig")
        .split()
    )


def test_the_footnotes_are_those_of_the_release(guidance, areas):
    assert "Blackpool and Reading were unable to return data on annual reviews in 2025." in guidance
    assert (
        "quality of reviews data returned by Waltham Forest, Surrey, Redbridge, Hertfordshire and Plymouth."
        " Data for these authorities has been suppressed pending further checks." in guidance
    )
    unable, doubted = process.FOOTNOTES
    assert {areas.get(code).name for code in unable.areas} == {"Blackpool", "Reading"}
    assert {areas.get(code).name for code in doubted.areas} == {
        "Waltham Forest",
        "Surrey",
        "Redbridge",
        "Hertfordshire",
        "Plymouth",
    }


def test_reviews_are_missing_for_the_authorities_of_the_footnotes_and_no_others(store):
    table = store.table("process").astype({"area_code": str, "period": str, "measure": str})
    rows = table[table.measure.eq("reviews_due") & table.period.eq("2024") & table.area_code.str.fullmatch(r"\d{3}")]
    assert set(rows.area_code[rows.value.isna()]) == {code for note in process.FOOTNOTES for code in note.areas}


def test_personal_budgets_are_named_as_the_guidance_has_them(guidance):
    measures = process.MEASURES
    for column, code, ours, theirs in (
        ("pb_education", "personal_budgets_education", "education only", "Personal budget covers education only"),
        ("pb_social", "personal_budgets_social_care", "social care only", "Personal budget covers social care only"),
        ("pb_health", "personal_budgets_health", "health only", "Personal budget covers health only"),
        ("pb_integrated", "personal_budgets_combined", "any combination", "Personal budget covers any combination"),
    ):
        assert (
            process.FILES["personal_budgets"][1][column] == code
            and ours in measures[code].name
            and f"{column} | {theirs}" in guidance
        )


def test_the_guidance_of_2025_names_two_reasons_the_other_way_round_so_they_are_one_measure(guidance, store):
    assert (
        "not_rec | Number ceased for other reasons" in guidance
        and "other | Number where reason is not recorded" in guidance
    )
    rows = store.rows("process", "E92000001").astype({"measure": str, "period": str})
    both = rows[rows["measure"].eq("ceased_other_or_not_recorded")].set_index("period")["value"]
    assert both["2022"] == 2198  # as the release of 2026 has it in one column
