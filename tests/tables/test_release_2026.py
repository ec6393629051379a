"""Every file of the release of 2026 is read, and means what that of 2025 meant or says where it does not."""

import pytest

from sendlib.tables import designated_officers, needs, placements, plans, process, symbols
from sendlib.tables.process_measures import COMPLETED_REVIEWS, FILES, MEASURES
from tests.fakes import ees_samples as samples
from tests.fakes.ees_2026 import ENGLAND, Sheet

pytestmark = pytest.mark.skipif(
    not samples.has_originals(), reason="the publishers' original files are not beside the project"
)
BRIGHTON, ISLE_OF_WIGHT, LEICESTER, PLYMOUTH, SURREY = "846", "921", "856", "879", "936"


@pytest.fixture(scope="module")
def release():
    return samples.ehc_plans_2026()


@pytest.fixture(scope="module")
def of_process(release):
    return {name: process.read_2025(release[f"{name}.csv"], f"{name}.csv", *FILES[name])[0] for name in FILES}


def figures(frame, area, period):
    rows = frame[frame.area_code.eq(area) & frame.period.eq(period)]
    return rows.set_index("measure")["value"].to_dict()


def test_plans_of_january_2026_are_read_and_one_authority_without_them_touches_no_other(release):
    frame = plans.read_caseload(release["caseload.csv"], "caseload.csv")
    totals = frame[frame.characteristic.eq("total") & frame.period.eq("2026-01")].set_index("area_code")
    assert totals.value[ENGLAND] == 718838 and totals.value[PLYMOUTH] == 3646
    assert list(totals.index[totals.status.ne(symbols.VALUE)]) == [ISLE_OF_WIGHT]
    years = set(frame.loc[frame.characteristic.eq("years_in_place") & frame.period.eq("2026-01"), "category"])
    assert "1 or less" in years and not {"1", "Less than 1"} & years


def test_placements_of_special_academies_and_free_schools_are_one_as_in_every_year_before(release):
    frame = placements.read(release["caseload.csv"], "caseload.csv")
    england = frame[frame.area_code.eq(ENGLAND)].set_index(["period", "placement"]).value
    assert england["2026-01", "special_academy_free"] == england["2025-01", "special_academy_free"] > 70000
    assert frame[frame.area_code.eq(BRIGHTON) & frame.period.eq("2025-01")].status.ne(symbols.VALUE).sum() > 30


@pytest.mark.parametrize("name", FILES)
def test_every_measure_of_2025_has_a_figure_of_the_newest_year_too_but_for_those_dfe_dropped(of_process, name):
    newest = of_process[name].period.max()
    held = {measure for measure, value in figures(of_process[name], ENGLAND, newest).items() if value == value}
    expected = set(FILES[name][1].values())
    if name == "annual_reviews":
        expected = {"reviews_due", "reviews_not_due", *COMPLETED_REVIEWS.values()}
    assert held == expected and newest == ("2026-01" if FILES[name][0] == "stock" else "2025")


def test_reviews_completed_add_up_to_those_due_and_are_no_meetings(of_process):
    england = figures(of_process["annual_reviews"], ENGLAND, "2025")
    parts = ("reviews_completed_in_year", "reviews_completed_before", "reviews_not_completed")
    assert sum(england[part] for part in parts) == england["reviews_due"]
    assert england["completed_reviews_in_4_weeks"] + england["completed_reviews_later"] == england[parts[0]]
    assert not any("meeting" in measure for measure in england)


def test_the_real_rows_of_reviews_hold_to_the_sums_that_tell_what_completed_means(originals):
    real = Sheet.read(originals.read("ehcp/release_2026/annual_reviews_2026_release_excerpt.csv"))
    for row in real.rows:
        number = {name: int(cell) for name, cell in row.items() if cell.isdigit()}
        completed = number["review_completed_2025"]
        assert number["decision_4_weeks"] + number["decision_over_4_weeks"] == completed
        outcomes = ("outcome_amended", "outcome_ceased", "outcome_maintained", "no_outcome_recorded")
        assert sum(number[name] for name in outcomes) == completed
        due = completed + number["review_completed_prior_2025"] + number["review_not_completed"]
        assert due == number["review_expected_2025"]


def test_the_reasons_that_were_two_columns_are_one_measure_in_every_year(of_process, originals):
    file = "ehcp/education-health-and-care-plans_2025.zip::data/ceased_plans.csv"
    before = process.read_2025(originals.read(file), file, *FILES["ceased_plans"])[0]
    for year in ("2022", "2023", "2024"):
        assert figures(before, ENGLAND, year) == figures(of_process["ceased_plans"], ENGLAND, year)
    assert figures(before, ENGLAND, "2022")["ceased_other_or_not_recorded"] == 2198


def test_no_data_is_not_available_and_touches_no_other_authority(of_process):
    rows = of_process["requests"][of_process["requests"].period.eq("2025")]
    assert set(rows.loc[rows.area_code.eq(LEICESTER), "status"]) == {symbols.NOT_AVAILABLE}
    counts = rows[rows.measure.eq("requests_received")]
    assert set(counts.area_code[counts.value.isna()]) == {LEICESTER, ISLE_OF_WIGHT}


def test_average_weeks_stand_only_in_the_year_that_has_them(of_process):
    rows = of_process["timeliness_20_week"]
    weeks = rows[rows.measure.isin(["average_weeks", "average_weeks_without_exceptions"])]
    assert set(weeks.period) == {"2025"} and {MEASURES[name].unit for name in weeks.measure} == {"weeks"}


@pytest.mark.parametrize(
    ("file", "scope", "years"),
    [("sen_needs_caseload.csv", "all", ("2025-01", "2026-01")), ("sen_need_newplans.csv", "new", ("2024", "2025"))],
)
def test_down_syndrome_stands_beside_and_within_other_difficulty_so_that_years_can_be_compared(
    release, file, scope, years
):
    frame, _ = needs.with_sums_of_authorities(
        needs.read(release[file], file, scope), needs.regions_of(release[file], file)
    )
    totals = frame[frame.characteristic.eq("total")]
    england = totals[totals.area_code.eq(ENGLAND)].pivot(index="need", columns="period", values="value")
    told = england.loc[needs.DOWN_SYNDROME]
    assert set(england.columns) == set(years) and told.isna()[years[0]] and told[years[1]] > 0
    assert england.loc["oth", years[1]] == england.loc["oth", years[0]]  # made up without growth in other needs
    parts = england.loc[[*needs.NEEDS, needs.UNKNOWN]].sum()
    assert (parts == england.loc[needs.PLANS]).all()
    apart = frame[frame.need.eq(needs.DOWN_SYNDROME)]
    assert {"sex", "ethnicity", "placement"} < set(apart.characteristic)
    without = totals[totals.period.eq(years[1]) & totals.need.eq("oth") & totals.value.isna()]
    assert {BRIGHTON, ISLE_OF_WIGHT} == set(without.area_code) - {SURREY}  # Surrey had no new plans by need in 2025


def test_the_guidance_of_2025_says_where_down_syndrome_was_counted(originals):
    guidance = originals.read("ehcp/education-health-and-care-plans_2025.zip::data-guidance/data-guidance.txt")
    assert "Down Syndrome are included under" in guidance.decode("utf-8-sig")


def test_officers_who_were_not_asked_about_have_an_x_that_does_not_apply(release):
    content = samples.ehc_other_members_2026()["supporting-files/sen2_dmo_dco.csv"]
    rows = designated_officers.read(content, "sen2_dmo_dco.csv")
    social = rows[rows.role.eq("social_care")]
    assert set(social.loc[social.period.lt("2025"), "status"]) == {symbols.NOT_APPLICABLE}
    assert set(social.loc[social.period.ge("2025"), "status"]) == {symbols.VALUE, symbols.NOT_AVAILABLE}
