"""Pupils by primary need are refreshed from the stand-in for DfE's API, every census that it has."""

import pytest

from sendlib import store as stores
from sendlib.compared import crosses
from sendlib.compared.comparators import DEFAULT, known_areas
from sendlib.questions.places import QUESTION
from sendlib.refresh import needs_in_schools
from sendlib.store import Store
from tests.fakes import ees_census as fakes
from tests.fakes import ees_samples as samples
from tests.fakes.ees import EesStandIn
from tests.refresh import ees, small

FEW_PHASES = ("special", "alternative", "non_maintained")
"""Kinds of school of the made-up publisher: not all, so that the tests stay quick."""


@pytest.fixture
def start(store, tmp_path, monkeypatch):
    """A small snapshot, with the kinds of school that the publisher has."""

    def of_few(frame):
        return frame[frame["phase"].isin(FEW_PHASES)]

    folder = small.snapshot(
        store, tmp_path / "snapshot", school_needs=of_few, places=lambda frame: frame, plans=None, needs=None
    )
    return small.used(monkeypatch, folder)


@pytest.fixture(scope="module")
def counted(store):
    frame = fakes.counts(store)
    return frame[frame["phase"].isin(FEW_PHASES)].reset_index(drop=True)


def of_2025(counted):
    """A census three years later: Cumbria's schools are Cumberland's, and Down syndrome is told apart."""
    return fakes.with_down_syndrome(counted.assign(area_code=counted["area_code"].replace({"909": "942"})))


@pytest.fixture(scope="module")
def by_year_group(store, counted):
    return fakes.data_set(store, {2021: counted, 2022: counted, 2025: of_2025(counted)})


def served(*data_sets):
    return EesStandIn(data_sets)


def refresh(server, tmp_path, **options):
    return ees.refresh(server, tmp_path, [needs_in_schools.SOURCE], **options)


def text(table):
    return table.astype({name: str for name in table if name != "value"})


def test_every_census_comes_in_by_kind_of_school_provision_and_need(by_year_group, start, store, tmp_path, counted):
    other = samples.made_up_sen_provision()
    with served(other, by_year_group) as server:
        rows = refresh(server, tmp_path)
        assert ees.outcomes(rows) == {"school_needs": "new", "places": "new"}, rows
        assert rows[0].before.startswith("academic year 2022/23") and "2021/22 to 2025/26" in rows[0].now
        before = len(server.log)
        again = refresh(server, tmp_path)
        assert ees.outcomes(again) == {"school_needs": "same", "places": "same"} and len(server.log) - before == 1
    now = start(live=tmp_path / "live")
    table = text(now.table("school_needs"))
    assert set(table["period"]) == {"2021/22", "2022/23", "2025/26"}
    assert set(table["provision"]) == {"any", "sen_support", "ehc_plan"}
    # The two provisions are the whole, for every area, census, kind of school and need.
    wide = table.pivot(index=["area_code", "period", "phase", "need"], columns="provision", values="value").fillna(0)
    assert wide["any"].eq(wide["sen_support"] + wide["ehc_plan"]).all()
    # What was shipped of 2022/23 is what DfE's rows add up to.
    shipped = text(store.table("school_needs"))
    shipped = shipped[shipped["phase"].isin(FEW_PHASES) & shipped["value"].gt(0)]
    both = shipped.merge(table, on=[name for name in shipped if name != "value"], suffixes=("", "_now"))
    assert len(both) == len(shipped) and both["value"].eq(both["value_now"]).all()
    england = table[table["area_code"].eq("E92000001") & table["provision"].eq("any")]
    assert england.groupby("period")["value"].sum().nunique() == 1 and england["value"].sum() > 300_000


def test_down_syndrome_begins_where_dfe_tells_it_apart_and_is_said(by_year_group, start, tmp_path):
    with served(by_year_group) as server:
        refresh(server, tmp_path)
    now = start(live=tmp_path / "live")
    table = text(now.table("school_needs"))
    assert set(table.loc[table["need"].eq("ds"), "period"]) == {"2025/26"}
    assert any("Down syndrome is a need of its own from 2025/26 on" in note for note in now.info("school_needs").notes)
    shown = crosses.in_schools(now, "879")
    assert crosses.school_census(now) == "2025/26" and "Down syndrome" in set(shown["name"])
    assert "Down syndrome" not in set(crosses.in_schools(Store(), "879")["name"])
    # A new authority has its own figures from the census on in which it is.
    assert crosses.in_schools(now, "942")["count"].sum() > 0


def test_pupils_of_special_schools_come_with_them_and_the_places_of_the_register_stay(by_year_group, start, tmp_path):
    with served(by_year_group) as server:
        refresh(server, tmp_path)
    now = text(start(live=tmp_path / "live").table("places"))
    pupils = now[now["measure"].eq("pupils") & now["kind"].eq("state_special") & now["area_code"].eq("879")]
    assert set(pupils["period"]) == {"2021/22", "2022/23", "2025/26"} and pupils["value"].nunique() == 1
    assert now["period"].eq("2021-06").sum() == Store().table("places")["period"].astype(str).eq("2021-06").sum()


def test_the_data_set_by_free_school_meals_does_where_that_by_year_group_is_not(store, counted, start, tmp_path):
    with served(fakes.data_set(store, {2025: of_2025(counted)}, fakes.BY_MEALS)) as server:
        rows = refresh(server, tmp_path)
    assert ees.outcomes(rows)["school_needs"] == "new", rows
    table = text(start(live=tmp_path / "live").table("school_needs"))
    assert set(table["period"]) == {"2022/23", "2025/26"}, "what was held of the year before stays"


def spoiled(column, old, new):
    def change(row):
        return {**row, column: new} if row[column] == old else row

    return change


def authority_that_does_not_add_up(row):
    hit = row["old_la_code"] == "879" and row["sen_primary_need"] == "Total" and row["time_period"] == "202526"
    return {**row, "total_pupil_count": "9"} if hit else row


def england_that_does_not_add_up(row):
    hit = row["geographic_level"] == "National" and row["sen_primary_need"] == "Vision impairment"
    return {**row, "total_pupil_count": "9999"} if hit else row


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (spoiled("sen_primary_need", "Vision impairment", "Sight"), "primary need that was not agreed: Sight"),
        (
            spoiled("sen_provision", "Education, health and care plan", "Plan"),
            "SEN provision that was not agreed: Plan",
        ),
        (spoiled("geographic_level", "Regional", "Ward"), "none of its data sets has the filters"),
        (spoiled("time_identifier", "Academic year", "Autumn term"), "periods are not school years"),
        (england_that_does_not_add_up, "England's needs"),
        (spoiled("geographic_level", "Local authority", "Local authority district"), "none of its data sets"),
    ],
)
def test_what_is_not_as_agreed_is_refused_in_words(store, counted, start, tmp_path, change, said):
    with served(fakes.data_set(store, {2025: of_2025(counted)}, change=change)) as server:
        rows = refresh(server, tmp_path)
    assert {row.outcome for row in rows} == {"failed"} and all(said in row.note for row in rows), rows
    assert not start(live=tmp_path / "live").info("school_needs").live


def test_one_authority_whose_needs_do_not_add_up_is_not_available_and_named(store, counted, start, tmp_path):
    made = fakes.data_set(store, {2025: of_2025(counted)}, change=authority_that_does_not_add_up)
    with served(made) as server:
        rows = refresh(server, tmp_path)
    assert ees.outcomes(rows)["school_needs"] == "new", rows
    now = start(live=tmp_path / "live")
    assert any("Plymouth" in note and "2025/26" in note for note in now.info("school_needs").notes)
    table = text(now.table("school_needs"))
    hit = table[table["area_code"].eq("879") & table["period"].eq("2025/26")]
    assert hit["value"].isna().all() and hit["status"].eq("not_available").all()
    assert crosses.in_schools(now, "370")["count"].sum() > 0 and crosses.in_schools(now, "879")["count"].isna().all()


def test_a_kind_of_school_that_is_not_known_is_left_out_and_said(store, counted, start, tmp_path):
    change = spoiled("phase_type_grouping", "State-funded AP school", "Virtual school")
    with served(fakes.data_set(store, {2022: counted, 2025: of_2025(counted)}, change=change)) as server:
        rows = refresh(server, tmp_path)
    # The shipped year has pupils of alternative provision, and must not lose them unseen.
    assert ees.outcomes(rows)["school_needs"] == "kept" and "gone for" in rows[0].note, rows


def test_two_data_sets_that_could_be_meant_are_refused_by_name(store, counted, by_year_group, start, tmp_path):
    twin = fakes.data_set(store, {2025: of_2025(counted)})
    twin.id, twin.title = "0197ab00-0000-7000-8000-00000000aaaa", "Year group once more"
    with served(by_year_group, twin) as server:
        rows = refresh(server, tmp_path)
    assert {row.outcome for row in rows} == {"failed"} and "Year group once more" in rows[0].note
    assert not stores.seen(tmp_path / "live")


def test_places_sets_pupils_beside_plans_of_the_newest_january_that_both_have(store, tmp_path):
    every = fakes.counts(store)
    with served(fakes.data_set(store, {2024: of_2025(every)})) as server:
        rows = refresh(server, tmp_path)
    assert ees.outcomes(rows) == {"school_needs": "new", "places": "new"}, rows
    now = Store(live=tmp_path / "live")
    for code in ("879", "942"):  # Cumberland began after the census that is shipped
        answer = QUESTION.ask(now, known_areas(now).get(code), DEFAULT, {})
        assert "January 2025" in answer.tables["beside"].caption.explore
        assert answer.figures[0].value > 0 and "January 2025" in answer.figures[0].comparison.explore
        assert not any("counts of pupils by school" in note.text.explore for note in answer.notes)
    before = QUESTION.ask(store, known_areas(store).get("879"), DEFAULT, {})
    assert "January 2023" in before.figures[0].comparison.explore
