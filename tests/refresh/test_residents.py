"""Residents and projections are refreshed from Nomis; boundaries are told of and not fetched."""

import pytest

from sendlib.areas import ENGLAND
from sendlib.compared import latest
from sendlib.compared.comparators import known_areas
from sendlib.questions import looking_ahead
from sendlib.questions.looking_ahead import expected_children as children
from sendlib.questions.looking_ahead import residents as residents_ahead
from sendlib.refresh import boundaries, core, projections, residents
from sendlib.store import Store
from sendlib.tables import life_limiting
from tests.fakes import ons as fakes
from tests.sources.test_http import quick, settings_for
from tests.sources.test_ons import SERVICE, regions_of

SOURCES = [residents.SOURCE, projections.SOURCE, boundaries.SOURCE]
FOREVER = 1000


@pytest.fixture(scope="module")
def people(areas, store):
    """The shipped mid-2024 with one more child of each age in each authority."""
    table = store.table("population").astype({"area_code": str, "period": str, "age": str})
    table = table[table["period"].eq("2024-06") & table["age"].ne("0-17")].astype({"age": int})
    wide = table.pivot(index="area_code", columns="age", values="value")
    return fakes.with_wider_areas(
        {
            row.boundary_code: [int(value) + 1 for value in wide.loc[row.area_code]]
            for row in areas.table[areas.table["level"].eq("authority")].itertuples()
        },
        regions_of(areas, "boundary_code"),
    )


@pytest.fixture
def site(people):
    content = fakes.Content(
        services=[SERVICE],
        people=people,
        latest="2025",
        projected=range(2022, 2032),
        described="These 2022-based projections",
    )
    with fakes.stand_in(content) as running:
        yield running


def refresh(site, tmp_path, sources=SOURCES, **options):
    settings = settings_for(tmp_path, site.address, **site.environment)
    return core.run(settings=settings, sources=sources, http=quick(settings), **options)


def held(tmp_path):
    return Store(live=tmp_path / "live")


def outcomes(rows):
    return {row.table: row.outcome for row in rows}


def test_a_new_mid_year_comes_in_and_rates_keep_to_the_summer_before_their_plans(site, tmp_path, store, people):
    rows = refresh(site, tmp_path, [residents.SOURCE])
    assert outcomes(rows) == {"population": "new"} and rows[0].now == "mid-2025" and rows[0].before == "mid-2024"
    now = held(tmp_path)
    assert (
        latest.newest(now, "population", age="0-17") == "2025-06"
        and latest.newest(store, "population", age="0-17") == "2024-06"
    )
    assert latest.january_with_residents(now) == latest.january_with_residents(store) == "2026-01"
    assert latest.summer_of_residents(store, "2026-01") == "2024-06"
    assert latest.summer_of_residents(now, "2026-01") == "2025-06"
    assert not latest.on_residents(now, "2026-01") and "mid-2025" in latest.on_residents(store, "2026-01")
    old, new = (
        s.table("population").astype({"area_code": str, "period": str, "age": str, "status": str}) for s in (store, now)
    )
    kept = new[new["period"].ne("2025-06")].reset_index(drop=True)
    assert kept.equals(old[kept.columns].sort_values(["area_code", "period", "age"], ignore_index=True))
    england = new[new["area_code"].eq(ENGLAND) & new["period"].eq("2025-06")].set_index("age")["value"]
    assert england["0-17"] == sum(people["TYPE499"][ENGLAND][:18]) and len(england) == 27
    assert residents_ahead.now(now) == "mid-2025" and residents_ahead.now(store) == "mid-2024"


def test_a_second_refresh_makes_one_small_request_for_each_data_set(site, tmp_path):
    refresh(site, tmp_path)
    before = len(site.log)
    rows = refresh(site, tmp_path)
    assert outcomes(rows) == {"population": "same", "population_local": "same", "shapes": "newer"}
    assert len(site.log) - before == 3
    assert not [path for path, _ in site.log[before:] if "query" in path]


def test_a_revision_of_the_same_mid_year_is_newer(site, tmp_path, people):
    refresh(site, tmp_path, [residents.SOURCE])
    site.content.people = {
        kind: {
            code: [value + (age == 3) * 10 * (kind == "TYPE499") for age, value in enumerate(values)]
            for code, values in of.items()
        }
        for kind, of in people.items()
    }
    row = refresh(site, tmp_path, [residents.SOURCE])[0]
    assert row.outcome == "failed" and "do not add up to England" in row.note  # asked for again, and found to be torn


@pytest.mark.parametrize(("service", "outcome"), [(SERVICE.replace("2025", "2024"), "same"), (SERVICE, "newer")])
def test_newer_boundaries_are_told_of_with_the_reason_that_they_are_not_fetched(site, tmp_path, service, outcome):
    site.content.services = [service]
    row = refresh(site, tmp_path, [boundaries.SOURCE])[0]
    # The vintage of the outlines stands first among the origins of the shapes shipped.
    assert row.outcome == outcome and row.before == "December 2024"
    assert outcome == "same" or ("not fetched" in row.note and row.now == "December 2025")
    assert not held(tmp_path).info("shapes").live and len(site.log) == 1


@pytest.mark.parametrize("fault", ["down", "page", "cut", "torn", "away"])
@pytest.mark.parametrize("on", ["NM_2002_1.data", "NM_2006_1.data", "arcgis"])
def test_a_fault_leaves_its_table_and_lets_the_others_through(site, tmp_path, fault, on, monkeypatch):
    monkeypatch.setattr("sendlib.sources.ons.time.sleep", lambda seconds: None)
    site.fail(fault, on, FOREVER)
    rows = {row.table: row for row in refresh(site, tmp_path)}
    hit = {"NM_2002_1.data": "population", "NM_2006_1.data": "population_local", "arcgis": "shapes"}[on]
    assert {name for name, row in rows.items() if row.outcome == "failed"} == {hit}
    assert len(rows[hit].note) > 20
    now = held(tmp_path)
    assert not now.problems and not now.damaged()
    assert [name for name in ("population", "population_local") if name in now.tables and now.info(name).live] == [
        name for name in ("population", "population_local") if name != hit
    ]


def test_projections_that_change_their_base_while_they_are_read_are_refused(site, tmp_path):
    site.content.described = "These 2024-based projections"
    row = refresh(site, tmp_path, [projections.SOURCE])[0]
    assert row.outcome == "failed" and "2024-based" in row.note and "population_local" not in held(tmp_path).tables


def test_looking_ahead_takes_the_local_projection_of_the_same_base_and_says_so(site, tmp_path, store, areas):
    row = refresh(site, tmp_path, [projections.SOURCE])[0]
    assert (row.outcome, row.before, row.now) == ("new", "none", "2022-based")
    now = held(tmp_path)
    evidence, barnsley = life_limiting.shipped(), known_areas(now).get("370")
    local = residents_ahead.by_authority(now, "ons-2022", residents_ahead.TARGET)
    england = residents_ahead.england(now).loc["ons-2022", residents_ahead.TARGET]
    assert local.sum().to_dict() == pytest.approx({band: england[band] for band in local.columns})
    made_up = now.table("population_local").astype({"area_code": str, "period": str, "age": str})
    of_2030 = (
        made_up[made_up["period"].eq(residents_ahead.TARGET) & made_up["age"].isin(["1", "2", "3", "4", "5"])]
        .groupby("area_code")["value"]
        .sum()
    )
    assert local.loc["370", "1-5"] == pytest.approx(of_2030["370"] * england["1-5"] / of_2030[ENGLAND])
    assert residents_ahead.by_authority(now, "ons-2018", residents_ahead.TARGET).equals(
        residents_ahead.by_authority(store, "ons-2018", residents_ahead.TARGET)
    )
    assert children.shared_out(now, evidence, "ons-2022", residents_ahead.TARGET).residents == pytest.approx(
        england["0-19"]
    )
    answer = looking_ahead.ask(now, barnsley, asked={"population": "ons-2022"})
    said = " ".join(note.text.explore for note in answer.notes)
    assert (
        "those that ONS projects for each authority (ONS 2022-based projection by authority)" in said
        and "are not held" not in said
    )
    assert (
        "ONS 2022-based projection by authority" in answer.tables["areas"].caption.explore
        and "population_local" in answer.sources
    )
    other = looking_ahead.ask(now, barnsley, asked={"population": "ons-2018"})
    said = " ".join(note.text.explore for note in other.notes)
    assert (
        "England's growth of their age band: the one held is ONS 2022-based projection by authority, of another base"
        in said
    )
    assert "population_local" not in other.sources
    shipped = looking_ahead.ask(store, areas.get("370"))
    assert "local projections are not held" in " ".join(note.text.explore for note in shipped.notes)
