"""The further parts of Doing well: figures are those of their tables, and what is not held or not measured is said."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from sendlib import pictures, service
from sendlib import store as stores
from sendlib.compared import comparators
from sendlib.questions.doing_well import QUESTION, not_measured
from sendlib.questions.doing_well.order import CLOSER
from sendlib.refresh.work import new_table
from sendlib.store import Store
from sendlib.tables import exclusions, reading

ENGLAND, PLYMOUTH, KENT, CUMBERLAND, SCILLY, GROUP = "E92000001", "879", "886", "942", "420", "878,879,880"
KINDS = [ENGLAND, PLYMOUTH, KENT, CUMBERLAND, SCILLY, GROUP, "QJK", "E12000009"]
BY_SEN = ("attendance_by_sen", "progress", "neet", "next_steps")


@pytest.fixture(scope="module")
def answers():
    return {code: service.ask(QUESTION, code, comparators.DEFAULT, {}) for code in KINDS}


def england(table, group, value="reached", **where):
    rows = table.data[table.data["group"].eq("England")]
    for column, wanted in where.items():
        rows = rows[rows[column].eq(wanted)]
    return rows.set_index(group)[value].dropna().to_dict()


def test_absence_and_neet_of_england_are_as_published_in_their_years(answers):
    tables = answers[PLYMOUTH].tables
    absence = {"2016/17": 8.19, "2017/18": 8.73, "2018/19": 8.64, "2020/21": 14.58, "2021/22": 12.07, "2022/23": 12.42}
    held = england(tables["absence_over_time"], "year", what="Half days missed", pupils_with="EHC plan or statement")
    assert held == absence
    neet = {"2021/22": 8.6, "2022/23": 10.1, "2023/24": 10.2, "2024/25": 10.1}
    assert england(tables["neet_over_time"], "year", pupils_with="EHC plan") == neet
    newest = tables["neet"].data.set_index("pupils_with")
    assert set(newest["measured_in"]) == {"2024/25"} and newest.loc["EHC plan", "england_reached"] == 10.1
    said = " ".join(note.text.explore for note in answers[PLYMOUTH].notes_about("neet_over_time"))
    assert "The file of 2021 (school year 2020/21) has no figure by SEND of any authority." in said


@pytest.mark.parametrize(
    ("table", "of", "where"),
    [
        ("neet", "neet", {"group": "ehc_plan", "measure": "neet_or_not_known", "period": "2024/25"}),
        ("attendance_by_sen", "absence", {"group": "ehc_plan", "kind": "overall", "period": "2022/23"}),
        ("progress", "progress", {"group": "ehc_plan", "measure": "reading", "period": "2022/23"}),
        (
            "next_steps",
            "next_steps",
            {"group": "ehc_plan", "stage": "16", "destination": "overall", "period": "2020/21"},
        ),
    ],
)
def test_a_part_has_the_figures_of_its_table_and_the_plain_mean_of_those_compared(
    store, areas, answers, table, of, where
):
    rows = store.table(of).astype(dict.fromkeys([*where, "area_code"], str))
    for column, wanted in where.items():
        rows = rows[rows[column].eq(wanted)]
    values = rows.set_index("area_code")["value"]
    data = answers[PLYMOUTH].tables[table].data
    first = data[data["pupils_with"].str.startswith("EHC plan") & data["reached"].notna()].iloc[0]
    others = comparators.choose_beside_england(store, areas.get(PLYMOUTH), comparators.DEFAULT)
    assert first["reached"] == values[PLYMOUTH] and first["england_reached"] == values[ENGLAND]
    assert np.isclose(first["comparator_reached"], values.reindex(list(others.codes)).mean())


def test_what_is_not_held_by_sen_is_not_available_and_says_who_publishes_it(answers):
    answer = answers[PLYMOUTH]
    data = answer.tables["attendance_by_sen"].data
    lacking = data[data["what"].ne("Half days missed, %")]
    assert len(lacking) == 15 and set(lacking["status"]) == {"not_available"} and set(lacking["measured_in"]) == {""}
    said = " ".join(note.text.explore for note in answer.notes_about("attendance_by_sen", "missing"))
    assert "'Pupil absence in schools in England'" in said
    assert "'Suspensions and permanent exclusions in England'" in said
    (picture,) = pictures.of(answer.choosing({"attendance_sen_measure": "suspensions"}), "attendance_by_sen", "explore")
    assert picture.nothing and not picture.spec


def made_up_exclusions(store, folder):
    """A live store with suspensions by SEN: 3 for every 100 without SEN, 9 with SEN support, 12 with a plan."""
    rates = {"no_sen": 3.0, "sen_support": 9.0, "ehc_plan": 12.0, "all": 5.0}
    codes = [code for code in store.table("areas")["area_code"].astype(str) if code not in ("420", "201")]
    rows = [
        (code, "2024/25", "all_schools", group, measure, rate)
        for code in codes
        for group, rate in rates.items()
        for measure in exclusions.NAMES
    ]
    frame = pd.DataFrame(rows, columns=[*exclusions.KEYS, "value"]).assign(status="value")
    table = reading.as_categories(frame, exclusions.KEYS).astype({"status": "category"})
    origin = replace(store.info("absence").sources[0], release="made up")
    stores.add_releases(folder, [new_table(exclusions.TABLE, table, (), origin, store)], "made up", "made up")
    return Store(live=folder)


def test_suspensions_by_sen_are_shown_as_soon_as_a_refresh_has_brought_them(store, areas, tmp_path):
    live = made_up_exclusions(store, tmp_path / "live")
    answer = QUESTION.ask(live, areas.get(PLYMOUTH), comparators.DEFAULT, {})
    data = answer.tables["attendance_by_sen"].data
    rows = data[data["what"].eq("Suspensions, per 100 pupils")].set_index("pupils_with")
    assert rows["reached"].to_dict() == {"No identified SEN": 3, "SEN support": 9, "EHC plan or statement": 12}
    assert set(rows["measured_in"]) == {"2024/25"} and "exclusions" in answer.tables["attendance_by_sen"].sources
    said = " ".join(note.text.explore for note in answer.notes_about("attendance_by_sen", "missing"))
    assert "persistent" in said and "suspensions" not in said


def test_progress_says_when_and_why_it_ended(answers):
    answer = answers[KENT]
    said = " ".join(note.text.explore for note in answer.notes_about("progress", "break"))
    assert "ended with 2022/23" in said and "tests at the end of key stage 1" in said and "ended with 2023/24" in said
    (picture,) = pictures.of(answer, "progress", "explore")
    table = answer.tables["progress"].data
    last = table[table["last"].eq("last") & table["what"].eq("Reading, key stage 1 to 2")]
    assert set(last["year"]) == {"2022/23"} and len(picture.data) == 9


def test_alternative_provision_counts_add_up_and_few_pupils_have_no_mark(answers):
    of_england = answers[ENGLAND].tables["alternative"].data
    state = of_england[of_england["kind"].str.startswith("Pupils of state") & of_england["year"].eq("2022/23")]
    counts = state.set_index("pupils_with")["children"]
    assert counts["All pupils"] == 13_191 and counts["EHC plan"] == 3_368
    assert counts.drop("All pupils").sum() == counts["All pupils"]
    (picture,) = pictures.of(answers[KENT], "alternative", "explore")  # 7 pupils
    assert "Kent" not in set(picture.data["series"]) and "fewer than 10 pupils" in picture.below[0]
    school = pictures.of(answers[KENT].choosing({"alternative_kind": "school"}), "alternative", "explore")[0]
    assert "Kent" in set(school.data["series"])


def test_plans_in_alternative_provision_are_those_of_the_placements(store, answers):
    table = store.table("placements").astype({"area_code": str, "period": str, "placement": str})
    held = table[table["area_code"].eq(ENGLAND) & table["placement"].eq("ap_pru_total")].set_index("period")["value"]
    data = answers[ENGLAND].tables["alternative_plans"].data
    own = data[data["group"].eq("England")].set_index("period")["plans"]
    assert own.equals(held.loc["2020-01":].rename("plans")) and own["2025-01"] == 4_858


def test_children_in_need_and_looked_after_are_numbers_too(store, answers):
    data = answers[ENGLAND].tables["care"].data
    plans = data[data["pupils_with"].eq("EHC plan or statement")].set_index("children_who")["children"]
    assert plans["In need, not on a protection plan and not looked after"] == 37_460
    assert plans["Looked after for a year or more"] == 12_650
    row = answers[KENT].tables["care"].data.iloc[1]
    assert np.isclose(100 * row["children"] / row["of_children"], row["reached"], atol=0.06)
    said = " ".join(note.text.explore for note in answers[KENT].notes_about("care"))
    assert "830 with SEN support and 1,608 with an EHC plan or statement, of 4,721" in said


def test_of_several_authorities_the_parts_are_those_that_are_counted(store, answers):
    for code in (GROUP, "QJK"):
        held = answers[code].tables
        assert {"alternative", "alternative_plans", "not_measured"} <= set(held) and not set(BY_SEN) & set(held)
    table = store.table("alternative_provision").astype({"area_code": str, "period": str, "kind": str, "group": str})
    rows = table[table["area_code"].isin(GROUP.split(",")) & table["period"].eq("2022/23")]
    own = answers[GROUP].tables["alternative"].data
    own = own[own["year"].eq("2022/23") & own["pupils_with"].eq("EHC plan") & own["kind"].str.contains("state")]
    assert own["children"].iloc[0] == rows[rows["kind"].eq("state") & rows["group"].eq("ehc_plan")]["value"].sum()


def test_money_stands_beside_need_in_its_own_years_and_is_not_called_a_cause(answers):
    table = answers[PLYMOUTH].tables["money"]
    assert table.how_to_read.explore.startswith("This is not cause and effect.")
    balance = "Balance of the dedicated schools grant, % of the grant"
    assert england(table, "year", what=balance) == {"2019-20": -1.08, "2020-21": -1.69, "2021-22": -2.26}
    services = england(table, "year", what="SEN services, £ a week for each child with a plan")
    assert min(services) == "2016-17" and max(services) == "2024-25" and services["2024-25"] == 110
    grant = table.data[table.data["what"].eq("Dedicated schools grant, £ million")]
    assert set(grant["group"]) == {"Plymouth", "England"}, "a sum of a whole area has no mean"
    money, need = pictures.of(answers[PLYMOUTH], "money", "explore")
    assert money.across and need.across and need.heading == "Need: pupils with an EHC plan, %"


def test_gaps_are_named_each_with_who_would_know(answers):
    table = answers[SCILLY].tables["not_measured"]
    assert len(table.data) == len(not_measured.HELD) and not table.data.eq("").any(axis=None)
    asked = " ".join(table.data["asked"])
    for words in ("size of a family", "attachment", "heard"):
        assert words in asked
    assert answers[GROUP].tables["not_measured"].data.equals(table.data), "the same for every area"


def test_a_year_before_a_council_began_does_not_apply_to_it(answers):
    tables = answers[CUMBERLAND].tables
    assert set(tables["next_steps"].data["status"]) == {"not_applicable"}
    assert "not_applicable" in set(tables["money"].data["status"])
    assert tables["neet"].data["reached"].notna().all()


def test_of_a_handful_of_children_show_and_families_have_no_figure_by_sen(answers):
    for name in (*BY_SEN, "alternative", "alternative_plans"):
        table = answers[SCILLY].tables[name]
        column = "plans" if "plans" in table.columns else "reached"
        assert table.data_in("show")[column].isna().all() and table.data_in("families")[column].isna().all()
        for picture in pictures.of(answers[SCILLY], name, "explore"):
            assert picture.nothing and not picture.spec


def test_every_part_of_the_page_has_its_place_and_its_words(answers):
    for answer in answers.values():
        for name, table in answer.tables.items():
            assert not name.endswith(("_england", "_each")) or name not in CLOSER
            if name in CLOSER:
                assert table.heading and table.group and table.caption.explore
    assert {*BY_SEN, "absence_over_time", "neet_over_time", "alternative", "alternative_plans", "money"} <= set(CLOSER)


@pytest.mark.parametrize("measure", ["persistent_absence", "pupils_suspended"])
def test_a_choice_is_drawn_or_says_that_there_is_nothing(answers, measure):
    answer = answers[ENGLAND]
    for asked in ({"attendance_sen_measure": measure}, {"next_stage": "18"}, {"next_stage": "16", "next_step": "he"}):
        for name in ("attendance_by_sen", "next_steps"):
            for picture in pictures.of(answer.choosing(asked), name, "explore"):
                assert bool(picture.spec) != bool(picture.nothing)


def test_absence_of_all_pupils_lies_between_that_without_sen_and_that_with_it(store):
    table = store.table("absence").astype({"area_code": str, "period": str, "group": str, "kind": str})
    by_sen = table[table["kind"].eq("overall")].set_index(["area_code", "period", "group"])["value"].unstack("group")
    held = store.table("outcomes").astype({"area_code": str, "period": str, "measure": str, "group": str})
    whole = held[held["measure"].eq("absence") & held["group"].eq("all_schools")]
    every = by_sen.join(whole.set_index(["area_code", "period"])["value"].rename("all")).dropna()
    every = every.drop(index=["201", "420"], level="area_code")  # a school or two
    assert len(every) > 900 and every["all"].between(every["no_sen"] - 0.1, every["sen"] + 0.1).all()
