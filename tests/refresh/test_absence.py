"""Absence by SEN is fetched from the stand-in for DfE's catalogue: the file of full years, not those of terms."""

from dataclasses import replace

import pytest

from sendlib.refresh import absence
from sendlib.store import Store
from tests.fakes import ees_by_sen as fakes
from tests.fakes.ees import EesStandIn
from tests.refresh import ees


def refresh(files, tmp_path):
    with EesStandIn(files=files) as server:
        return ees.refresh(server, tmp_path, [absence.SOURCE])[0]


def table_of(tmp_path):
    table = Store(live=tmp_path / "live").table("absence_by_school")
    return table.astype({name: str for name in table if name != "value"})


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
    assert "absence_by_school" not in Store(live=tmp_path / "live").tables
