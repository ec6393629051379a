"""Who lives in an area and what they may need: counts beside shares, by district, and nothing that was hidden."""

import re
from functools import cache

import numpy as np
import pytest

from sendlib import service
from sendlib.compared import means, widened
from sendlib.questions.places import QUESTION

IN_NEED = "Children in need, not on a protection plan nor looked after"
IN_NEED_SHORT = "In need, no protection plan or care"


@pytest.fixture(scope="module")
def asked(store):
    def ask(text, versus=""):
        return service.answer_of(store, QUESTION, widened.directory(store).find(text).area, versus, {})

    return cache(ask)


def row(answer, measure, when=""):
    table = answer.tables["residence"].data
    rows = table[table["measure"].eq(measure) & table["when"].str.contains(when, regex=False)]
    return rows.iloc[0]


def test_lancashire_has_actual_numbers_of_children_in_need_beside_their_shares(asked):
    answer = asked("Lancashire")
    assert row(answer, IN_NEED)["count"] == 2001
    assert row(answer, f"{IN_NEED_SHORT}: with SEN")[["count", "rate"]].tolist() == [1172, 58.6]
    assert row(answer, f"{IN_NEED_SHORT}: with an EHC plan")[["count", "rate"]].tolist() == [823, 41.1]


def test_plans_are_a_count_and_a_rate_of_the_same_january(asked):
    found = row(asked("Plymouth"), "EHC plans of those who live here")
    assert found["count"] == 3646 and found["when"] == "January 2026"
    assert found["rate"] == pytest.approx(42.4, abs=0.05) and found["rate_is"].startswith("per 1,000 residents")


def test_a_mean_is_that_of_the_one_rule(store, asked):
    answer = asked("Plymouth")
    meals = store.table("features").astype({"area_code": str, "feature": str})
    meals = meals[meals["feature"].eq("free_school_meals")].set_index("area_code")["value"]
    table = answer.tables["same_position"].data
    neighbours = table.loc[table["list"].str.contains("tatistical neighbour"), "area_code"]
    assert len(neighbours) == 10
    found = row(answer, "Pupils eligible for free school meals, in schools here")
    assert found["mean"] == pytest.approx(means.of_series(store, meals, neighbours)[0])


def test_what_the_publisher_hid_stays_hidden(asked):
    answer = asked("City of London")
    found = row(answer, f"{IN_NEED_SHORT}: with an EHC plan")
    assert found["status"] == "hidden" and np.isnan(found["count"]) and np.isnan(found["rate"])
    shown = answer.tables["residence"].readable()
    assert shown.loc[shown["Who"].eq(f"{IN_NEED_SHORT}: with an EHC plan"), "Number"].str.contains("Hidden").all()


def test_no_mean_is_made_where_one_of_those_compared_is_hidden(asked):
    found = row(asked("England"), f"{IN_NEED_SHORT}: with an EHC plan")
    assert np.isnan(found["mean"]) and found["rate"] == 26.9


def test_of_several_authorities_children_are_added_up_and_the_share_is_made_of_the_sum(asked):
    parts = [row(asked(name), f"{IN_NEED_SHORT}: with SEN")["count"] for name in ("Devon", "Plymouth", "Torbay")]
    wholes = [row(asked(name), IN_NEED)["count"] for name in ("Devon", "Plymouth", "Torbay")]
    together = row(asked("Devon, Plymouth, Torbay"), f"{IN_NEED_SHORT}: with SEN")
    assert together["count"] == sum(parts) and together["rate"] == pytest.approx(100 * sum(parts) / sum(wholes))


ELSEWHERE = "State special-school pupils: at a school elsewhere"


def test_those_who_left_an_authority_stand_beside_those_who_left_others(asked):
    found = row(asked("Plymouth"), ELSEWHERE)
    assert found[["rate", "mean", "england_rate", "england_count"]].notna().all()


@pytest.mark.parametrize("text", ["Devon, Plymouth, Torbay", "South West", "QJK"])
def test_those_who_left_several_authorities_together_stand_beside_nobody_who_left_a_single_one(asked, text):
    answer = asked(text)
    found = row(answer, ELSEWHERE)
    assert "left all of these authorities" in answer.tables["residence"].how_to_read.explore
    assert found["rate"] > 0 and found["count"] > 0
    assert found.reindex(["mean", "england_rate", "england_count"]).isna().all()


def test_an_area_that_began_within_the_years_of_the_flows_says_of_when_the_others_are(asked):
    whens = [row(asked("North Northamptonshire", versus), ELSEWHERE)["when"] for versus in ("", "England")]
    assert whens == [
        "2021/22; England and those compared 2019/20 to 2021/22, a typical year",
        "2021/22; England 2019/20 to 2021/22, a typical year",
    ]
    assert row(asked("Plymouth"), ELSEWHERE)["when"] == "2019/20 to 2021/22, a typical year"


def test_a_county_s_deprivation_says_that_it_is_derived_and_a_district_s_does_not(asked):
    measure = "Children 0 to 15 in low-income families (IDACI)"
    assert "derived from its 12 districts" in row(asked("Lancashire"), measure)["source"]
    assert "derived" not in row(asked("Plymouth"), measure)["source"]
    assert row(asked("England"), measure)["rate"] == pytest.approx(36.7, abs=0.05)


def test_each_row_names_its_date_and_the_table_that_holds_it(store, everywhere):
    for answer in everywhere("places").values():
        rows = answer.tables["residence"].data
        assert rows["when"].str.contains(r"\d{4}").all()
        named = {name for source in rows["source"] for name in re.findall(r"[a-z_]+", source.rpartition("(")[2])}
        assert named <= set(store.tables)


def test_an_area_compared_with_england_alone_and_england_itself_name_england_once(asked):
    for answer in (asked("Plymouth", "England"), asked("England")):
        assert "england_rate" not in answer.tables["residence"].data


# By district


def test_the_districts_of_a_county_have_what_is_published_of_them_and_the_page_says_what_is_not(asked):
    table = asked("Lancashire").tables["by_district"]
    burnley = table.data.set_index("district").loc["Burnley"]
    assert len(table.data) == 12 and table.caption.explore.startswith("The 12 districts of Lancashire")
    assert burnley[["residents", "idaci"]].tolist() == pytest.approx([32_103, 52.9])
    assert "EHC plans, SEN support and children in need: not published below the authority" in (
        table.how_to_read.explore
    )


def test_an_authority_that_is_one_district_says_so(everywhere):
    for code, answer in everywhere("places").items():
        table = answer.tables["by_district"]
        one = len(table.data) == 1
        assert ("which is one district and has no smaller ones" in table.caption.explore) == one, code


def test_several_authorities_name_the_one_that_each_district_is_in(asked):
    table = asked("Devon, Plymouth, Torbay").tables["by_district"].data
    assert set(table["area"]) == {"Devon", "Plymouth", "Torbay"} and len(table) == 10
