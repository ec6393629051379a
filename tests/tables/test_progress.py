"""Progress between key stages, until it ended: England as LAIT has it, and years without a score."""

import pytest

from sendlib.tables import progress

ENGLAND = "E92000001"


@pytest.fixture(scope="module")
def table(store):
    return store.table("progress").astype(dict.fromkeys([*progress.KEYS, "status"], "str"))


def scores(table, measure, group, area=ENGLAND):
    rows = table[table.area_code.eq(area) & table.measure.eq(measure) & table.group.eq(group)]
    return rows.set_index("period")["value"].dropna().to_dict()


def test_england_is_as_published(table):
    reading = {"2016/17": -3.7, "2017/18": -3.8, "2018/19": -3.62, "2021/22": -4.5, "2022/23": -4.36}
    assert scores(table, "reading", "ehc_plan") == reading
    assert scores(table, "mathematics", "sen_support")["2022/23"] == -0.84
    assert scores(table, "progress_8", "ehc_plan")["2023/24"] == -1.13


def test_each_measure_ends_where_its_break_says(table):
    last = {measure: max(scores(table, measure, "no_sen")) for measure in progress.MEASURES}
    assert last == {"reading": "2022/23", "writing": "2022/23", "mathematics": "2022/23", "progress_8": "2023/24"}
    assert "ended with 2022/23" in progress.ENDED_KEY_STAGE_2 and "ended with 2023/24" in progress.ENDED_PROGRESS_8


def test_years_without_tests_do_not_apply_and_have_no_score(table):
    rows = table[table["period"].isin(progress.WITHOUT)]
    assert len(rows) and set(rows["status"]) == {"not_applicable"} and rows["value"].isna().all()
