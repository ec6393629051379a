"""The shipped figures against figures that are known from elsewhere, and against the publishers' files."""

import pytest

from sendlib.tables.needs import NEEDS, PLANS, UNKNOWN
from sendlib.tables.symbols import NOT_APPLICABLE, NOT_AVAILABLE, VALUE

ENGLAND = "E92000001"
PLANS_IN_ENGLAND = {
    "2019-01": 353_995,
    "2020-01": 390_109,
    "2021-01": 430_697,
    "2022-01": 473_255,
    "2023-01": 517_048,
    "2024-01": 576_474,
    "2025-01": 638_745,
    "2026-01": 718_838,
}


def totals(store, name, code, **pinned):
    rows = store.rows(name, code)
    for column, label in pinned.items():
        rows = rows[rows[column].eq(label)]
    return rows


def test_plans_in_england_are_the_published_ones(store):
    rows = totals(store, "plans", ENGLAND, measure="plans", characteristic="total").set_index("period").value
    assert {period: rows[period] for period in PLANS_IN_ENGLAND} == PLANS_IN_ENGLAND


def test_plans_run_from_2010_to_2026_without_a_double_year(store):
    rows = totals(store, "plans", ENGLAND, measure="plans", characteristic="total")
    assert sorted(rows.period.astype(str)) == [f"{year}-01" for year in range(2010, 2027)]


def test_needs_in_january_2025_are_the_published_ones(store):
    rows = totals(store, "needs", ENGLAND, scope="all", characteristic="total").set_index("need").value
    assert (rows["asd"], rows["slcn"], rows["semh"], rows[UNKNOWN]) == (201_183, 135_835, 132_218, 4_870)


def test_needs_of_every_authority_add_up_to_its_plans(store):
    table = store.table("needs")
    rows = table[table.scope.eq("all") & table.characteristic.eq("total")].pivot(
        index="area_code", columns="need", values="value"
    )
    assert (rows[[*NEEDS, UNKNOWN]].sum(axis=1) == rows[PLANS]).all()


def test_the_placements_of_england_add_up_in_groups(store):
    rows = totals(store, "placements", ENGLAND, period="2025-01").set_index("placement").value
    groups = [
        "mainstream_total",
        "special_total",
        "ap_pru_total",
        "fe_total",
        "ed_elsewhere",
        "nm_early_years",
        "placement_unknown",
    ]
    assert rows[groups].sum() == rows["all"] == 638_745


@pytest.mark.parametrize(
    "name",
    [
        "Barnsley",
        "Sheffield",
        "Somerset",
        "North Yorkshire",
        "Buckinghamshire",
        "Cumberland",
        "Westmorland and Furness",
        "City of London",
        "Isles of Scilly",
    ],
)
@pytest.mark.parametrize("table", ["plans", "needs", "placements", "process", "school_sen", "population", "neighbours"])
def test_the_authorities_that_joins_lose_are_in_every_table(store, areas, name, table):
    area = areas.find(name).areas[0]
    assert area.name == name
    assert areas.find(area.ons_code).areas == (area,)
    assert len(store.rows(table, area.code)) > 0


def test_every_authority_of_today_has_plans_and_needs_for_january_2025(store, areas):
    for table in ("plans", "needs"):
        frame = store.table(table)
        rows = frame[frame.period.eq("2025-01") & frame.characteristic.eq("total")]
        assert set(areas.authorities) <= set(rows.area_code)


def test_plymouths_shares_are_those_that_the_bulletin_asked_about(store, areas):
    from sendlib.questions import needs

    mix = needs.ask(store, areas.find("Plymouth").areas[0]).tables["mix"].data.set_index("need").round(1)
    assert (mix.share["semh"], mix.comparator_mean["semh"]) == (29.1, 22.4)
    assert (mix.share["asd"], mix.comparator_mean["asd"]) == (19.1, 27.1)


def test_missing_and_zero_are_kept_apart_in_the_school_census(store):
    scilly = totals(store, "school_sen", "420", phase="primary")
    assert set(scilly.status.astype(str)) == {NOT_AVAILABLE}
    cumberland = totals(store, "school_sen", "942", phase="all", measure="ehc_plan").set_index("period").status
    assert cumberland["2015/16"] == NOT_APPLICABLE and cumberland["2024/25"] == VALUE


def test_the_rate_uses_residents_of_the_same_ages_and_the_newest_summer_held(store):
    from sendlib.compared import rates as rates_of_areas

    people = store.rows("population", "879")
    residents = people[people.period.eq("2024-06") & people.age.ne("0-17")].value.sum()
    now, before = (rates_of_areas.rates(store, january).loc["879", "all_ages"] for january in ("2026-01", "2025-01"))
    assert now == rates_of_areas.rates(store).loc["879", "all_ages"] == pytest.approx(1000 * 3_646 / residents)
    assert before == pytest.approx(1000 * 3_081 / residents)
    said = rates_of_areas.rate_labels(store)["all_ages"]
    assert "January 2026" in said and "mid-2024 (the estimate of mid-2025 is not held here)" in said
    assert "not held" not in rates_of_areas.rate_labels(store, "2025-01")["all_ages"]


@pytest.mark.parametrize(("code", "plans"), [("209", 3_696), ("921", 1_799)])
def test_an_authority_without_plans_of_january_2026_leads_with_those_of_2025(store, areas, code, plans):
    from sendlib.answer import NOTHING_ASKED
    from sendlib.compared import latest
    from sendlib.questions import my_area, places

    assert latest.january_of(store, code) == latest.january_with_residents(store, code) == "2025-01"
    answer = my_area.ask(store, areas.get(code))
    assert "in the five years to January 2025, from" in answer.headline.explore
    assert f"to {plans:,} (England +64%)" in answer.headline.explore
    assert "January 2020 to 2025" in answer.figures[2].label.explore
    assert any("gives no number of plans" in note.text.explore for note in answer.notes)
    there = places.ask(store, areas.get(code), "neighbours-2025", NOTHING_ASKED)
    assert there.headline.explore.startswith("In January 2025, ")
    assert "plans of January 2025, residents of mid-2024" in there.tables["map"].caption.explore


def test_the_children_under_18_of_hackney_in_2024_are_not_guessed(store):
    import math

    from sendlib.compared import rates as rates_of_areas

    assert math.isnan(rates_of_areas.rates(store).loc["204", "under_18_2024"])
    assert rates_of_areas.rates(store).loc["204", "under_18_2025"] > 0


def test_single_years_of_age_add_up_to_the_series_of_children(store):
    table = store.table("population").astype({"age": str})
    now = table[table.period.eq("2024-06") & table.age.ne("0-17")]
    young = now[now.age.astype(int) < 18].groupby("area_code", observed=True).value.sum()
    series = table[table.period.eq("2024-06") & table.age.eq("0-17")].set_index("area_code").value
    assert (young[series.index] == series).all()


def test_the_snapshot_holds_what_the_publishers_files_say(originals, store):
    """Figures read straight from the original, by another way than the readers."""
    import csv
    import io

    content = originals.read("ehcp/education-health-and-care-plans_2025.zip::data/caseload.csv").decode("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(content)) if row["breakdown_topic"] == "All EHC plans"]
    held = store.table("placements").set_index(["area_code", "period", "placement"])
    checked = 0
    for row in rows[::7]:
        code = {"National": ENGLAND, "Regional": row["region_code"]}.get(row["geographic_level"], row["old_la_code"])
        period = f"20{row['time_period'][4:]}-01"
        for column in ("special_total", "elective_home_education", "fe_total"):
            cell = held.loc[(code, period, column)]
            assert (cell["value"] == float(row[column])) if row[column] != "x" else cell["status"] == NOT_AVAILABLE
            checked += 1
    assert checked > 400
