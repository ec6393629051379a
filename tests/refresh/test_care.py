"""Children in need and looked after by SEN are refreshed: England from the API, authorities from the catalogue."""

import pytest

from sendlib.compared.comparators import known_areas
from sendlib.questions.doing_well import care as page
from sendlib.refresh import care
from sendlib.store import Store
from tests.fakes import ees_care as fakes
from tests.fakes.ees import EesStandIn
from tests.refresh import ees

pytestmark = ees.needs_originals


def refresh(tmp_path, data_sets, files):
    with EesStandIn(data_sets, files) as server:
        return ees.refresh(server, tmp_path, [care.SOURCE])[0], len(server.log)


@pytest.fixture(scope="module")
def england(store):
    return fakes.of_england(store)


def test_a_later_year_comes_in_for_england_and_every_authority(store, england, tmp_path):
    row, _ = refresh(tmp_path, [england], [fakes.by_area()])
    assert row.outcome == "new" and row.now.startswith("Reporting year 2025"), row.note
    now = Store(live=tmp_path / "live")
    assert now.info("care").last_period == "2022/23" and page.care_year(now) == "2022/23"
    old, new = (
        one.table("care").astype({name: str for name in one.table("care") if name != "value"}) for one in (store, now)
    )
    kept = old.merge(new, on=[name for name in old if name not in ("value", "status")], suffixes=("", "_now"))
    same = kept["value"].eq(kept["value_now"]) | (kept["value"].isna() & kept["value_now"].isna())
    assert len(kept) == len(old) and same.all(), "what was held stays"
    plymouth = page.care(now, known_areas(now).get("879"), None)
    assert set(plymouth["measured_in"]) == {"2022/23"} and plymouth["reached"].notna().sum() >= 6
    assert any("Hackney" in note for note in now.info("care").notes)


def test_without_figures_by_authority_those_of_england_are_not_taken(england, tmp_path):
    row, _ = refresh(tmp_path, [england], [])
    assert row.outcome == "failed" and "social_care_group" in row.note
    assert not Store(live=tmp_path / "live").info("care").live


def spoiled(column, old, new):
    return lambda row: {**row, column: new} if row[column] == old else row


def wrong_share(row):
    plans = row["social_care_group"] == "All pupils comparison" and row["sen_provision"].startswith("Education")
    return {**row, "pupil_percent": "44.0"} if plans and row["sen_primary_need"] == "Total" else row


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (spoiled("sen_primary_need", "Hearing impairment", "Hearing"), "primary need that was not agreed: Hearing"),
        (spoiled("sen_provision", "All SEN provision", "Some SEN"), "SEN provision that was not agreed: Some SEN"),
        (wrong_share, "its counts give"),
    ],
)
def test_figures_of_england_that_are_not_as_agreed_are_refused(store, tmp_path, change, said):
    row, _ = refresh(tmp_path, [fakes.of_england(store, change)], [fakes.by_area()])
    assert row.outcome == "failed" and said in row.note, row


def test_a_file_by_authority_without_a_column_is_refused(england, tmp_path):
    row, _ = refresh(tmp_path, [england], [fakes.by_area(lambda content: content.replace(b"t_VI", b"t_sight"))])
    assert row.outcome == "failed" and "agreed columns t_vi" in row.note, row
