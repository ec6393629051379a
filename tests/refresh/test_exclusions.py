"""Suspensions and exclusions by SEN are fetched from the stand-in for DfE's catalogue, and found by their columns."""

import pytest

from sendlib.refresh import exclusions
from sendlib.store import Store
from tests.fakes import ees_by_sen as fakes
from tests.fakes.ees import EesStandIn
from tests.refresh import ees


def refresh(files, tmp_path, **options):
    with EesStandIn(files=files) as server:
        return ees.refresh(server, tmp_path, [exclusions.SOURCE], **options)[0]


def table_of(tmp_path):
    table = Store(live=tmp_path / "live").table("exclusions")
    return table.astype({name: str for name in table if name != "value"})


def test_every_school_year_comes_in_for_each_group_and_kind_of_school(store, tmp_path):
    files = fakes.catalogue(store, (2014, 2022, 2023))
    with EesStandIn(files=files) as server:
        row = ees.refresh(server, tmp_path, [exclusions.SOURCE])[0]
        assert row.outcome == "new" and row.now == "Autumn term 2024/25, 2014/15 to 2023/24", row
        before = len(server.log)
        again = ees.refresh(server, tmp_path, [exclusions.SOURCE])[0]
        assert again.outcome == "same" and len(server.log) - before == 1
    table = table_of(tmp_path)
    # Before 2016/17 other kinds of SEN were recorded.
    assert set(table["period"]) == {"2022/23", "2023/24"} and set(table["group"]) == {
        "no_sen",
        "sen_support",
        "ehc_plan",
        "all",
    }
    plymouth = table[
        table["area_code"].eq("879") & table["period"].eq("2023/24") & table["phase"].eq("all_schools")
    ].set_index(["group", "measure"])["value"]
    assert plymouth["ehc_plan", "suspensions_per_100"] == 10 and plymouth["no_sen", "suspensions_per_100"] == 2
    assert plymouth["ehc_plan", "pupils"] == 600 and plymouth["all", "pupils"] == 11_100
    assert not {code for code in table["area_code"] if code.startswith("E13")}
    source = Store(live=tmp_path / "live").info("exclusions").sources[0]
    assert source.release.startswith("Autumn term") and "suspensions-and-permanent-exclusions" in source.url


def without(name):
    def change(row):
        return {key: cell for key, cell in row.items() if key != name}

    return change


def labelled(new):
    def change(row):
        return {**row, "breakdown": new} if row["breakdown"] == "SEN support" else row

    return change


def cell(name, value, **at):
    def change(row):
        return {**row, name: value} if all(row.get(key) == wanted for key, wanted in at.items()) else row

    return change


IN_ENGLAND = {"geographic_level": "National", "breakdown": "EHC plan"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (without("susp_rate"), "none of the 3 files"),
        (labelled("Help at school"), "SEN provision that was not agreed: Help at school"),
        (labelled("Unclassified"), "no rows for sen_support in 2022/23"),
        (cell("suspension", "many", **IN_ENGLAND), "'many', which is neither a number nor a known symbol"),
        (cell("susp_rate", "44", **IN_ENGLAND), "its counts give 10.00"),
        (cell("headcount", "5", **IN_ENGLAND), "of the authorities add up to"),
        (cell("old_la_code", "999x", la_name="Plymouth"), "999x"),
    ],
)
def test_a_file_that_is_not_as_agreed_is_refused_in_words(store, tmp_path, change, said):
    row = refresh(fakes.catalogue(store, (2022,), change), tmp_path)
    assert row.outcome == "failed" and said in row.note, row
    assert "exclusions" not in Store(live=tmp_path / "live").tables


def test_a_missing_figure_of_one_authority_is_not_available_and_touches_no_other(store, tmp_path):
    row = refresh(fakes.catalogue(store, (2022,), cell("suspension", "x", la_name="Plymouth")), tmp_path)
    assert row.outcome == "new", row
    table = table_of(tmp_path)
    gone = table[table["measure"].eq("suspensions") & table["value"].isna() & table["area_code"].str.isdigit()]
    assert set(gone["area_code"]) == {"879"} and set(gone["status"]) == {"not_available"}


def test_a_kind_of_school_that_is_not_known_is_left_out_and_said(store, tmp_path):
    change = cell("education_phase", "Virtual school", education_phase="Special")
    assert refresh(fakes.catalogue(store, (2022,), change), tmp_path).outcome == "new"
    assert "special_schools" not in set(table_of(tmp_path)["phase"])
    assert any("Virtual school" in note for note in Store(live=tmp_path / "live").info("exclusions").notes)


def test_another_name_of_the_file_loses_nothing(store, tmp_path):
    files = fakes.catalogue(store, (2022,))
    files[1].title = "Table 7b"
    assert refresh(files, tmp_path).outcome == "new"
