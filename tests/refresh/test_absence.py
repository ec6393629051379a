"""Absence by SEN is fetched from the stand-in for DfE's catalogue: the file of full years, not those of terms."""

from dataclasses import replace

import pytest

from sendlib.refresh import absence
from sendlib.store import Store
from sendlib.tables import absence as tables_absence
from tests.fakes import ees_by_sen as fakes
from tests.fakes.ees import EesStandIn
from tests.refresh import ees


def refresh(files, tmp_path, table="absence_by_school"):
    with EesStandIn(files=files) as server:
        return next(row for row in ees.refresh(server, tmp_path, [absence.SOURCE]) if row.table == table)


def plain(table):
    return table.astype({name: str for name in table if name != "value"})


def table_of(tmp_path, name="absence_by_school"):
    return plain(Store(live=tmp_path / "live").table(name))


def test_every_school_year_comes_in_and_a_later_release_keeps_years_that_it_leaves_out(store, tmp_path):
    row = refresh(fakes.absence_files(store, (2018, 2023)), tmp_path)
    assert row.outcome == "new" and row.now == "Academic year 2024/25, 2018/19 to 2023/24", row
    table = table_of(tmp_path)
    plymouth = table[table["area_code"].eq("879") & table["phase"].eq("all_schools") & table["period"].eq("2023/24")]
    shown = plymouth.set_index(["group", "measure"])["value"]
    assert shown["ehc_plan", "overall"] == 12 and shown["sen_support", "persistent"] == 20
    assert shown["no_sen", "authorised"] == 4 and shown["all", "severe"] == 1.5
    assert set(table["group"]) == {"all", "ehc_plan", "no_sen", "sen_support"}
    later = replace(
        fakes.YEAR_2025, version_id="8e60aacd-d46c-416a-af4d-9d2269506ff4", published="2027-03-18T09:30:00Z"
    )
    row = refresh(fakes.absence_files(store, (2023, 2024), release=later), tmp_path)
    assert row.outcome == "new" and set(table_of(tmp_path)["period"]) == {"2018/19", "2023/24", "2024/25"}, row


def test_the_shipped_table_of_all_schools_becomes_newer_and_keeps_its_history(store, tmp_path):
    row = refresh(fakes.absence_files(store, (2023,)), tmp_path, "absence")
    assert row.outcome == "new" and row.note == "", row
    shipped, now = plain(store.table("absence")), table_of(tmp_path, "absence")
    assert set(now["period"]) == {*shipped["period"], "2023/24"}
    before = now[now["period"].ne("2023/24")].reset_index(drop=True)
    assert before.equals(shipped[before.columns])
    plymouth = now[now["area_code"].eq("879") & now["period"].eq("2023/24")].set_index(["group", "kind"])["value"]
    assert plymouth["ehc_plan", "overall"] == 12 and plymouth["no_sen", "authorised"] == 4
    # Of every four half days three are of pupils with SEN support, who missed 10 in a hundred: 10.5, and not 11.
    assert plymouth["sen", "overall"] == 10.5 and plymouth["sen", "unauthorised"] == 2


def without_half_days(row):
    return {name: cell for name, cell in row.items() if name not in tables_absence.HALF_DAYS}


def test_a_release_without_half_days_tells_of_each_group_and_says_why_of_all_sen_it_does_not(store, tmp_path):
    row = refresh(fakes.absence_files(store, (2023,), without_half_days), tmp_path, "absence")
    assert row.outcome == "new", row
    now = table_of(tmp_path, "absence")
    assert set(now.loc[now["period"].eq("2023/24"), "group"]) == {"no_sen", "sen_support", "ehc_plan"}
    assert "sen" in set(now.loc[now["period"].eq("2022/23"), "group"])
    notes = Store(live=tmp_path / "live").info("absence").notes
    assert any("SEN support and EHC plans together are told of earlier years only" in note for note in notes)


def test_all_sen_has_no_number_where_one_of_its_two_groups_is_hidden(store, tmp_path):
    hidden = {"sess_possible": "c", "sess_overall": "c", "sess_authorised": "c", "sess_unauthorised": "c"}

    def hide(row):
        return {**row, **hidden} if (row.get("la_name"), row["breakdown"]) == ("Plymouth", "EHC plan") else row

    assert refresh(fakes.absence_files(store, (2023,), hide), tmp_path, "absence").outcome == "new"
    now = table_of(tmp_path, "absence")
    rows = now[now["area_code"].eq("879") & now["period"].eq("2023/24") & now["group"].eq("sen")]
    assert set(rows["status"]) == {"hidden"} and rows["value"].isna().all()


def test_a_file_whose_earlier_years_are_another_story_than_those_shipped_is_kept_out(store, tmp_path):
    row = refresh(fakes.absence_files(store, (2018, 2023)), tmp_path, "absence")
    assert row.outcome == "kept" and "England's figure for 2018/19" in row.note, row


def cell(name, value, **at):
    def change(row):
        return {**row, name: value} if all(row.get(key) == wanted for key, wanted in at.items()) else row

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (cell("breakdown", "Extra help", breakdown="SEN support"), "SEN provision that was not agreed: Extra help"),
        (
            cell("sess_unauthorised_percent", "5", geographic_level="National"),
            "do not add up to all absence in 2023/24",
        ),
        (cell("enrolments_pa_10_exact_percent", "140", la_name="Plymouth"), "area 879 has 140 per cent"),
        (cell("geographic_level", "Regional", geographic_level="Local authority"), "none of the 2 files"),
    ],
)
def test_a_file_that_is_not_as_agreed_is_refused_in_words(store, tmp_path, change, said):
    row = refresh(fakes.absence_files(store, (2023,), change), tmp_path)
    assert row.outcome == "failed" and said in row.note, row
    held = Store(live=tmp_path / "live").tables
    assert "absence_by_school" not in held and not held["absence"].live
