"""From request to review: what the releases get wrong must not be shown."""

import pytest

from sendlib.tables import process, symbols
from tests.made_up import adding_up, as_csv, release

FILE = "made-up.csv"
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
        release(NEW, {"new_ehc_plans": lambda area: -3 if area["old_la_code"] == "201" else adding_up(area)}, "2022", "Calendar year")
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


REVIEWS = {
    "review_expected": "reviews_due", "review_meeting_in_year": "review_meetings_in_year", "review_meeting_before": "review_meetings_before",
    "review_meeting_after": "review_meetings_after",
}  # fmt: skip


def made_up_reviews(*columns, year="2024"):
    figures = {"review_expected": adding_up, **dict.fromkeys(columns, adding_up)}
    return as_csv(release([("All annual reviews", "All annual reviews")], figures, year, "Calendar year"))


@pytest.mark.parametrize(("year", "number"), [("2024", 24), ("2025", 25)])
def test_the_columns_of_reviews_are_found_whatever_year_they_carry(year, number):
    rows = made_up_reviews(f"review_meeting_{number}", f"review_meeting_{number + 1}", f"review_meeting_prior_{number}", year=year)
    frame, _ = process.read_2025(rows, FILE, "flow", REVIEWS)
    assert set(frame.measure) == set(REVIEWS.values()) and set(frame.period) == {year}


@pytest.mark.parametrize(
    ("columns", "message"),
    [(("review_meeting_24", "review_meeting_25"), "before"), (("review_meeting_23", "review_meeting_25", "review_meeting_prior_24"), "in the year"), (("review_meeting_24", "review_meeting_26", "review_meeting_prior_24"), "later year")],
)
def test_columns_of_reviews_of_another_year_or_none_are_refused(columns, message):
    with pytest.raises(process.ContractBroken, match=message):
        process.read_2025(made_up_reviews(*columns), FILE, "flow", REVIEWS)


def test_a_file_of_two_years_tells_of_meetings_in_its_newest_year_only():
    columns = ("review_meeting_23", "review_meeting_24", "review_meeting_25", "review_meeting_prior_24")
    newest = made_up_reviews(*columns).decode()
    older = made_up_reviews(*columns, year="2023").decode().split("\n", 1)[1]
    frame, _ = process.read_2025((newest + older).encode(), FILE, "flow", REVIEWS)
    met = frame[frame.measure.eq(REVIEWS["review_meeting_in_year"])].groupby("period")["status"].unique().map(list).to_dict()
    assert met == {"2023": [symbols.NOT_AVAILABLE], "2024": [symbols.VALUE]}
    due = frame[frame.measure.eq(REVIEWS["review_expected"])].groupby("period")["status"].unique().map(list).to_dict()
    assert due == {"2023": [symbols.VALUE], "2024": [symbols.VALUE]}


def test_reviews_add_up_in_every_authority(store):
    table = store.table("process").astype({"measure": str, "area_code": str, "period": str})
    wide = table[table.measure.str.startswith("review")].pivot(index=["area_code", "period"], columns="measure", values="value").dropna(
        subset=["reviews_due", "review_meetings_in_year", "review_meetings_before", "review_meetings_after", "review_meetings_not_held"]
    )
    assert len(wide) > 140
    met = wide.review_meetings_in_year + wide.review_meetings_before + wide.review_meetings_after
    assert met.eq(wide.review_meetings_held).all() and (met + wide.review_meetings_not_held).eq(wide.reviews_due).all()
    decided = wide.review_decisions_in_4_weeks + wide.review_decisions_later + wide.review_decisions_not_due + wide.review_decisions_outstanding
    assert (decided - wide.review_meetings_held).dropna().abs().le(5).all()


@pytest.mark.parametrize(("code", "year"), [("888", "2022"), ("874", "2023"), ("921", "2023"), ("420", "2024")])
def test_fewer_decisions_than_plans_or_many_more_are_not_believed_of_any_authority(store, code, year):
    rows = store.rows("process", code)
    assert rows[rows.measure.eq("appeal_rate")].pipe(by_period)["status"][year] == symbols.NOT_AVAILABLE


def test_the_rate_in_development_is_of_the_newest_year_only(store):
    rows = store.rows("process", "E92000001")
    rate = rows[rows.measure.eq("appeal_rate_in_development")]
    assert rate.period.astype(str).tolist() == ["2024"] and round(rate.value.item(), 1) == 5.7


def test_englands_rate_in_development_leaves_out_the_appeals_of_authorities_without_a_count(store):
    table = store.table("process").astype({"area_code": str, "period": str, "measure": str}).query("period == '2024'")
    wide = table.pivot(index="area_code", columns="measure", values="value")
    counted = wide.drop(index="E92000001").dropna(subset=["decisions_in_development"])
    assert counted["decisions_in_development"].sum() == wide.loc["E92000001", "decisions_in_development"] == 364_912
    assert counted["appeals"].sum() == 20_771 and wide.loc["E92000001", "appeals"] == 22_276
    assert wide.loc["E92000001", "appeal_rate_in_development"] == pytest.approx(100 * 20_771 / 364_912)


def test_a_rate_without_the_suppressed_that_does_not_follow_from_its_authorities_is_refused(originals, areas):
    changed = originals.read(process.TRIBUNAL).replace(b'"364,912",5.70%', b'"364,912",6.30%')
    plans = process.read_caseload(originals.read(process.CASELOAD), process.CASELOAD)
    with pytest.raises(process.ContractBroken, match="excluding suppressed"):
        process.read_tribunal(changed, FILE, areas, plans)


# What the release's data guidance says


@pytest.fixture(scope="module")
def guidance(originals):
    return " ".join(originals.read("ehcp/education-health-and-care-plans_2025.zip::data-guidance/data-guidance.txt").decode("utf-8-sig").split())


def test_the_footnotes_are_those_of_the_release(guidance, areas):
    assert "Blackpool and Reading were unable to return data on annual reviews in 2025." in guidance
    assert "quality of reviews data returned by Waltham Forest, Surrey, Redbridge, Hertfordshire and Plymouth. Data for these authorities has been suppressed pending further checks." in guidance
    unable, doubted = process.FOOTNOTES
    assert {areas.get(code).name for code in unable.areas} == {"Blackpool", "Reading"}
    assert {areas.get(code).name for code in doubted.areas} == {"Waltham Forest", "Surrey", "Redbridge", "Hertfordshire", "Plymouth"}


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
        assert process.FILES["personal_budgets"][1][column] == code and ours in measures[code].name and f"{column} | {theirs}" in guidance


def test_the_guidance_still_names_two_reasons_the_other_way_round(guidance):
    assert "not_rec | Number ceased for other reasons" in guidance and "other | Number where reason is not recorded" in guidance
