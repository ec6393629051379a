"""Where young people went at 16 and 18: England is that of the table of England, and parts make wholes."""

import pytest

from sendlib.errors import ContractBroken
from sendlib.tables import next_steps
from tests.made_up import as_csv

ENGLAND = "E92000001"


@pytest.fixture(scope="module")
def table(store):
    return store.table("next_steps").astype(dict.fromkeys([*next_steps.KEYS, "status"], "str"))


def test_england_at_16_is_that_of_the_table_of_england(store, table):
    held = store.table("destinations").astype(dict.fromkeys(["period", "group", "destination", "unit"], "str"))
    held = held[held["destination"].eq("cohort") | held["unit"].eq("percent")]
    same = {"overall": "overall", "education": "education", "appren": "apprenticeship", "all_work": "work"}
    same |= {"all_notsust": "not_stayed", "all_unknown": "unknown", "cohort": "cohort"}
    held = held.assign(destination=held["destination"].map(same)).dropna(subset=["destination"])
    of_england = table[table["area_code"].eq(ENGLAND) & table["stage"].eq("16")]
    both = of_england.merge(held, on=["period", "group", "destination"], suffixes=("", "_held"))
    assert len(both) == len(of_england) and both["value"].eq(both["value_held"]).all()


def test_england_at_18_is_as_published_and_the_authorities_young_people_are_all_of_it(table):
    rows = table[table["stage"].eq("18") & table["period"].eq("2020/21")]
    england = rows[rows["area_code"].eq(ENGLAND)].set_index(["group", "destination"])["value"]
    assert england["any_sen", "cohort"] == 13_246 and england["any_sen", "overall"] == 83.9
    assert england["lldd", "cohort"] == 52_621 and england["lldd", "he"] == 21.9
    cohorts = rows[rows["destination"].eq("cohort") & rows["area_code"].str.isdigit()].groupby("group")["value"].sum()
    assert cohorts["any_sen"] == 13_246 and cohorts["lldd"] == 52_621


def test_dorset_is_the_county_to_2018_and_the_council_after_it(table):
    rows = table[table["stage"].eq("18") & table["group"].eq("any_sen") & table["destination"].eq("cohort")]
    held = {code: sorted(rows.loc[rows["area_code"].eq(code), "period"]) for code in ("835", "838")}
    assert held == {"835": ["2016/17", "2017/18"], "838": ["2018/19", "2019/20", "2020/21"]}


def test_parts_that_do_not_make_a_hundred_are_refused(areas):
    rows = [
        ("202122", "National", "Identified SEN", "10", "80.0", destination, share)
        for destination, share in (("overall", "80.0"), ("all_notsust", "15.0"), ("all_unknown", "15.0"))
    ]
    names = ["time_period", "geographic_level", "characteristic", "cohort", "education", "destination_raw"]
    file = as_csv([dict(zip([*names, "% of pupils"], row, strict=True)) for row in rows])
    with pytest.raises(ContractBroken, match="do not make 100 per cent"):
        next_steps.read(file, "made-up.csv", "16", areas)
