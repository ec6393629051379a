"""Who has which need, further: by ethnicity, age when the plan started, years in place, kind of school, and of children
in need; as a reader meets it beside those compared."""

import numpy as np
import pandas as pd
import pytest

from sendlib import pictures, service
from sendlib.answer import DOUBTFUL, MODES, TOO_FEW
from sendlib.compared import crosses_further, needs_in_care, widened
from sendlib.questions import needs
from sendlib.tables.needs import NEEDS
from tests.spoiled import Spoiled, without

FURTHER = ("ethnicity", "ethnic_groups", "started", "in_place", "schools", "in_need")


@pytest.fixture
def ask(store):
    def of(code="879", versus="", held=store, **asked):
        area = widened.directory(held).get(code) if "," in code else widened.directory(held).find(code).area
        return service.answer_of(held, needs.QUESTION, area, versus, asked)

    return of


def drawn(answer, name, mode="explore"):
    (picture,) = pictures.of(answer, name, mode)
    return picture


def told(answer, name, mode="explore"):
    return " ".join(note.text.in_mode(mode) for note in answer.notes_about(name))


def rows_of(answer, name, category):
    data = answer.tables[name].data
    return data[data["category"].eq(category)].set_index("need")


# By kind of school


def test_pupils_of_plymouths_schools_stand_beside_those_of_its_neighbours(ask):
    rows = rows_of(ask(), "schools", "All schools")
    semh, mld = rows.loc["semh"], rows.loc["mld"]
    assert (round(semh["share"], 1), round(semh["comparator_mean"], 1)) == (27.5, 19.8)
    assert (round(semh["comparator_min"], 1), round(semh["comparator_max"], 1)) == (17.2, 22.4)
    assert (round(mld["share"], 1), round(mld["comparator_mean"], 1)) == (10.2, 16.3)


def test_a_kind_of_school_is_set_beside_the_same_kind_elsewhere(ask, store):
    answer = ask(school_kind="state_funded_secondary")
    rows, table = rows_of(answer, "schools", "State-funded secondary"), store.table("school_needs")
    secondary = table[table["phase"].eq("secondary")].pivot(index="area_code", columns="need", values="value").fillna(0)
    shares = 100 * secondary["semh"] / secondary.sum(axis=1)
    compared = ask().tables["comparators"].data
    codes = compared.loc[compared["whose"].eq("compared"), "area_code"].unique()
    assert rows.at["semh", "comparator_mean"] == pytest.approx(shares[codes].mean())
    assert rows.at["semh", "share"] == pytest.approx(shares["879"])
    picture = drawn(answer, "schools")
    assert [entry.words for entry in picture.legend] == [
        "Plymouth",
        "Mean of its ten statistical neighbours",
        "England",
        "Range of those compared",
    ]
    semh = picture.data[picture.data["label"].eq(NEEDS["semh"])].set_index("series")["share"]
    assert semh["Plymouth"] == rows.at["semh", "share"] and semh["England"] == rows.at["semh", "england"]


def test_pupils_whose_need_is_not_assessed_come_last_however_many_they_are(ask):
    assert list(dict.fromkeys(drawn(ask("201"), "schools").data["label"]))[-1].startswith("SEN support, type of need")


def test_who_was_not_there_at_the_census_is_left_out_of_the_mean_and_named(ask):
    answer = ask("370", "202,203,204,942")
    assert told(answer, "schools") == "Left out of the mean and the range: Cumberland (not available)."
    assert set(rows_of(answer, "schools", "All schools")["areas_known"]) == {3}


def test_support_and_plans_are_told_apart_only_where_the_census_does(ask, store):
    assert not ask().offered["school_provision"].options and "SEN status" not in ask().tables["schools"].readable()
    table = store.table("school_needs")
    parts = [
        table.assign(provision=one, value=table["value"] * part)
        for one, part in (("sen_support", 0.75), ("ehc_plan", 0.25))
    ]
    frame = pd.concat([table.astype({"provision": str}), *parts], ignore_index=True)
    frame = frame.astype(dict.fromkeys(("area_code", "period", "phase", "provision", "need", "status"), "category"))
    answer = ask(held=Spoiled(store, {"school_needs": frame}), school_provision="ehc_plan")
    assert list(answer.offered["school_provision"].options) == ["any", "sen_support", "ehc_plan"]
    chosen = rows_of(answer, "schools", "All schools").query("provision == 'EHC plan'")
    picture = drawn(answer, "schools")
    own = picture.data[picture.data["series"].eq("Plymouth")].set_index("label")["share"]
    assert own[NEEDS["semh"]] == chosen.at["semh", "share"] and not picture.data.duplicated(["label", "series"]).any()


# By ethnicity


def test_gypsy_roma_and_irish_traveller_children_are_named_with_their_commonest_need(ask):
    words = told(ask("North West"), "ethnicity")
    assert words.startswith("Gypsy, Roma and Irish Traveller children in the North West: Gypsy or Roma, ")
    assert "most often for" in words and "In England: Gypsy or Roma, 2,349 plans" in words
    assert "In England:" not in told(ask("England"), "ethnicity")


def test_few_children_of_a_group_are_not_counted_where_people_sit_together(ask):
    answer = ask()
    assert "Gypsy or Roma, 4 plans" in told(answer, "ethnicity")
    for mode in ("show", "families"):
        assert "4 plans" not in told(answer, "ethnicity", mode)
        assert "Gypsy or Roma, fewer than 5 plans; " in told(answer, "ethnicity", mode)
        row = answer.tables["ethnic_groups"].readable(mode).set_index("Ethnic group").loc["Gypsy or Roma"]
        assert row["Plans"] == "Fewer than 5" and row["Share of plans, %"] == row["Need named most often"] == "–"


def test_of_a_tiny_area_no_group_is_told_of_where_people_sit_together(ask):
    answer = ask("201")
    assert "are not shown" in told(answer, "ethnicity", "families") and "no plan" in told(answer, "ethnicity")
    for name in ("ethnicity", "started", "in_place"):
        assert drawn(answer, name, "families").nothing.startswith("With so few plans")


def test_every_group_adds_up_to_all_plans_with_a_group(ask):
    data = ask("316").tables["ethnic_groups"].data
    assert data["share"].sum() == pytest.approx(100)
    assert data["count"].sum() == ask("316").tables["everyone"].data["count"].sum()
    named = data[data["most"].ne("")]
    assert (named["most_count"] >= 5).all() and (named["most_count"] <= named["count"]).all()


def test_a_group_is_drawn_beside_all_plans_and_the_same_group_in_england(ask):
    picture = drawn(ask("316", ethnic_group="black_african"), "ethnicity")
    assert [entry.words for entry in picture.legend] == ["Black African", "All plans", "England, the same group"]


# In bands


@pytest.mark.parametrize("code", ["370", "E12000007", "878,879,880"])
@pytest.mark.parametrize("name", ["started", "in_place"])
def test_the_parts_of_every_need_add_up_to_a_hundred(ask, code, name):
    data = ask(code).tables[name].data
    sums = data.groupby("need", sort=False)[["count", "share"]].sum(min_count=1)
    assert np.allclose(sums.loc[sums["count"].gt(0), "share"], 100)


def test_the_age_at_which_plans_start_is_told_beside_those_compared(ask, store):
    answer = ask()
    rows = store.table("needs").query(
        "area_code == '879' and scope == 'new' and characteristic == 'age' and need == 'slcn'"
    )
    young = rows.loc[rows["category"].isin(["Under 3", "3", "4"]), "value"].sum()
    data = answer.tables["started"].data.set_index(["need", "band"])
    assert data.at[("slcn", "Under 5"), "count"] == young == 56
    assert told(answer, "started").startswith(
        "26.7% of the new plans here started under the age of 5, against 35.3% on average among its ten statistical"
        " neighbours and 32.1% in England; 45.1% started at 5 to 10 (42.9% and 44.1%)."
    )
    assert "DfE's guide to the file calls the age when the plan started" in answer.tables["started"].how_to_read.explore


def test_a_release_with_the_age_on_the_day_of_the_start_is_said_to_have_it(ask, store):
    frame = store.table("needs").astype({"characteristic": str})
    new = frame["scope"].eq("new") & frame["characteristic"].eq("age")
    frame = frame.assign(characteristic=frame["characteristic"].mask(new, "age_at_start").astype("category"))
    answer = ask(held=Spoiled(store, {"needs": frame}))
    assert "The age is that on the day the plan started." in answer.tables["started"].how_to_read.explore
    assert answer.tables["started"].data["share"].equals(ask().tables["started"].data["share"])


def test_one_year_or_less_in_place_is_under_two_years(ask, store):
    frame = store.table("needs").astype({"category": str})
    young = frame["characteristic"].eq("years_in_place") & frame["category"].isin(["1", "Less than 1"])
    keys = ["area_code", "period", "scope", "characteristic", "need"]
    together = frame[young].groupby(keys, observed=True, as_index=False)["value"].sum(min_count=1)
    together = together.assign(category="1 or less", status="value")[list(frame.columns)]
    frame = pd.concat([frame[~young].astype({"status": str}), together], ignore_index=True)
    frame = frame.astype(dict.fromkeys([*keys, "category", "status"], "category"))
    before, after = ask().tables["in_place"].data, ask(held=Spoiled(store, {"needs": frame})).tables["in_place"].data
    assert before["count"].equals(after["count"])


def test_needs_with_few_plans_come_last_and_all_plans_first(ask):
    picture = drawn(ask(), "started")
    labels = list(dict.fromkeys(picture.data["label"]))
    order = [layer for layer in picture.spec["layer"] if "values" in str(layer.get("data", ""))][0]["data"]["values"]
    names = [row["label"] for row in order]
    assert names[0] == "All together (337 plans)" and set(names) == set(labels)
    assert names.index("Moderate learning difficulty (32 plans)") < names.index("Hearing impairment (3 plans)")
    assert "No plan: Other difficulty or disability." in picture.below


def test_of_an_area_whose_needs_are_totals_all_plans_are_drawn_and_the_needs_named(ask):
    picture = drawn(ask("936"), "started")
    assert list(dict.fromkeys(picture.data["label"])) == ["All together (2,580 plans)"]
    assert picture.below[0].startswith("Not available for Surrey: Autism, ")


# Children in need


def test_what_dfe_hid_stays_hidden_and_no_mean_is_made_of_the_rest(ask, store):
    answer = ask()
    data = answer.tables["in_need"].data
    hidden = data[data["status"].eq("hidden")]
    assert len(hidden) and hidden[["count", "share"]].isna().all(axis=None)
    assert data.loc[data["areas_hidden"].gt(0), ["comparator_mean", "comparator_min"]].isna().all(axis=None)
    known = data[data["areas_hidden"].eq(0) & data["areas_known"].eq(10)]
    assert known["comparator_mean"].notna().all() and len(known)
    row = answer.tables["in_need"].readable().loc[hidden.index[0]]
    assert row["Share, %"].startswith("Hidden") and row["Mean of those compared, %"] == "Not available"


def test_a_share_of_children_in_need_is_the_published_one(ask, store):
    table = store.table("care")
    wanted = table[table["area_code"].eq("370") & table["period"].eq("2021/22") & table["sen"].eq("any_sen")]
    published = wanted[wanted["unit"].eq("percent") & wanted["group"].eq("in_need")].astype({"need": str})
    published = published.set_index("need")["value"]
    own = rows_of(ask("370"), "in_need", needs_in_care.BY_AREA["in_need"])["share"]
    assert own.dropna().to_dict() == {need: published[need] for need in own.dropna().index}


def test_an_authority_that_sent_none_is_said_to_have_none_of_these_children(ask):
    answer = ask("204")
    assert "Not available for Hackney: children in need, not on a protection plan" in told(answer, "in_need")
    assert "looked_after_for_a_year_or_more" in answer.offered["in_need_group"].options
    assert "in_need_not_on_a_protection_plan_and_not_looked_after" not in answer.offered["in_need_group"].options


def test_of_several_authorities_the_children_are_added_and_nothing_hidden_is_worked_out(ask):
    parts = [ask(code).tables["in_need"].data for code in ("878", "879", "880")]
    whole = ask("878,879,880").tables["in_need"].data
    hidden = np.logical_or.reduce([part["status"].eq("hidden") for part in parts])
    assert whole.loc[hidden, "share"].isna().all() and hidden.any()
    known = ~hidden & whole["count"].notna()
    assert (whole["count"][known] == sum(part["count"] for part in parts)[known]).all() and known.any()


# Who counts for a mean, and whom no sentence sets beside others


def compared_with(answer):
    data = answer.tables["comparators"].data
    return list(data.loc[data["whose"].eq("compared"), "area_code"].unique())


def shares_of_all_plans(ask, codes, name, band):
    return [ask(code).tables[name].data.set_index(["need", "band"]).at[("plans", band), "share"] for code in codes]


def test_plans_in_place_of_a_doubtful_number_count_for_no_mean_and_are_named(ask):
    answer = ask("211")
    codes = [code for code in compared_with(answer) if code != "316"]
    shares = shares_of_all_plans(ask, codes, "in_place", "Under 2 years")
    row = answer.tables["in_place"].data.iloc[0]
    assert row["areas_known"] == len(codes) == 9 and row["comparator_mean"] == pytest.approx(np.mean(shares))
    assert row["comparator_max"] == pytest.approx(max(shares)) and row["comparator_max"] < 40
    assert "against 27.5% on average" in told(answer, "in_place")
    assert "Left out of the mean and the range: Newham (doubtful number of plans)." in told(answer, "in_place")


def test_new_plans_are_doubted_for_themselves(ask):
    assert ask("211").tables["started"].data["areas_known"].iloc[0] == 10
    assert "Newham" not in told(ask("211"), "started")
    answer = ask("822")
    assert "Poole (doubtful number of new plans)." in told(answer, "started")
    codes = [code for code in compared_with(answer) if code != "839"]
    mean = answer.tables["started"].data["comparator_mean"].iloc[0]
    assert mean == pytest.approx(np.mean(shares_of_all_plans(ask, codes, "started", "Under 5")))
    assert "Poole" not in told(answer, "in_place")


def test_no_mean_is_made_of_needs_that_a_handful_of_plans_name(ask):
    answer = ask("357")
    data = answer.tables["started"].data
    own = {code: ask(code).tables["started"].data.groupby("need")["count"].sum() for code in compared_with(answer)}
    enough = pd.DataFrame(own).ge(crosses_further.FEWEST).sum(axis=1)
    assert (data["areas_known"] == data["need"].map(enough)).all()
    assert data.loc[data["areas_known"].lt(5), ["comparator_mean", "comparator_max"]].isna().all(axis=None)
    assert data.loc[data["areas_known"].ge(5), "comparator_mean"].notna().all() and 0 < enough.ge(5).sum() < len(enough)
    assert "autism is furthest from the mean" in told(answer, "started") and "other diff" not in told(answer, "started")
    assert "severe learning" not in told(ask("942"), "started")
    assert "fewer than 10 plans that name the need counts for no mean" in answer.tables["started"].how_to_read.explore


def test_a_kind_of_school_with_a_handful_of_pupils_counts_for_no_mean(ask, store):
    answer, table = ask("343"), store.table("school_needs")
    nursery = table[table["phase"].eq("nursery")].pivot(index="area_code", columns="need", values="value").fillna(0)
    nursery = nursery.reindex(compared_with(answer)).dropna()
    enough = nursery[nursery.sum(axis=1).ge(10)]
    rows = rows_of(answer, "schools", "State-funded nursery")
    assert set(rows["areas_known"]) == {len(enough)} and len(enough) < len(nursery)
    assert rows.at["slcn", "comparator_mean"] == pytest.approx((100 * enough["slcn"] / enough.sum(axis=1)).mean())


def test_a_group_of_children_in_need_that_is_a_handful_counts_for_no_mean(ask, store):
    before, name = ask("370"), needs_in_care.BY_AREA["in_need"]
    one = compared_with(before)[0]
    where = {"area_code": one, "group": "in_need", "period": "2021/22", "sen": "any_sen", "unit": "children"}
    after = ask("370", held=without(store, "care", 9, "value", need="all", **where))
    known = [rows_of(answer, "in_need", name).at["asd", "areas_known"] for answer in (before, after)]
    assert known == [10, 9]


@pytest.mark.parametrize("code", ["316", "316,301"])
def test_plans_in_place_of_a_doubtful_number_are_set_beside_nobody_in_words(ask, code):
    answer = ask(code)
    sentence = next(note.text.explore for note in answer.notes_about("in_place") if note.kind == "definition")
    assert answer.state == DOUBTFUL and "against" not in sentence and "England" not in sentence and "(" not in sentence
    assert sentence.endswith("These are not set beside others, as the number of plans is doubtful.")
    assert "in England" in told(answer, "started")


def test_new_plans_of_a_doubtful_number_are_set_beside_nobody_in_words_with_the_reason(ask):
    assert told(ask("839"), "started").startswith(
        "24.4% of the new plans here started under the age of 5; 43.9% started at 5 to 10. These are not set beside"
        " others. The number of plans that started in 2024 is doubtful: 312 in 2023 and 1,034 in 2024"
    )
    assert "in England" in told(ask("839"), "in_place")


@pytest.mark.parametrize(("code", "reason"), [("316", "doubtful number of plans"), ("420", "fewer than 50 plans")])
def test_one_area_alone_that_counts_for_no_mean_is_in_no_sentence(ask, code, reason):
    answer = ask("370", code)
    words = told(answer, "in_place")
    assert "in Newham" not in words and "in the Isles" not in words and "32.4% in England" in words
    assert f": {reason}, so nothing is said of its figures." in words
    assert answer.tables["in_place"].data["comparator_mean"].notna().any()


def test_of_an_area_with_fewer_than_50_plans_no_sentence_is_made_of_bands(ask, store):
    few = without(store, "plans", 49, "value", area_code="370", measure="plans", characteristic="total")
    for answer in (ask("201"), ask("420"), ask("201,420"), ask("370", held=few)):
        assert answer.state == TOO_FEW
        assert not [
            note for name in ("started", "in_place") for note in answer.notes_about(name) if "%" in note.text.explore
        ]


def test_what_dfe_hides_is_not_said_to_be_small_always(ask):
    assert "DfE hides numbers, mostly small ones" in ask().tables["in_need"].how_to_read.explore


# Everywhere


@pytest.mark.parametrize(
    ("code", "versus"),
    [
        ("E92000001", ""),
        ("QJK", ""),
        ("420", ""),
        ("942", ""),
        ("370", "E92000001"),
        ("370", "201,420"),
        ("370", "202"),
    ],
)
def test_every_part_reads_and_draws_for_every_kind_of_area(ask, code, versus):
    answer = ask(code, versus)
    for name in FURTHER:
        table = answer.tables[name]
        assert table.heading and table.group and table.caption.explore
        for mode in MODES:
            assert len(table.readable(mode)) == len(table.data)
            for picture in pictures.of(answer, name, mode):
                words = [entry.words for entry in picture.legend]
                assert len(set(words)) == len(words) and (picture.nothing or picture.alt.in_mode(mode))
        assert "nan" not in told(answer, name)
    assert "care" in answer.sources


def test_with_nobody_compared_there_is_no_mean_in_the_key(ask):
    answer = ask("370", "201,420")
    for name in ("schools", "in_need", "started"):
        assert not any("authorities chosen" in entry.words for entry in drawn(answer, name).legend)


def test_one_missing_cell_takes_one_need_of_one_area(ask, store):
    spoiled = without(store, "needs", area_code="370", characteristic="age", scope="new", category="4", need="asd")
    before, after = (ask("370", held=held).tables["started"].data for held in (store, spoiled))
    gone = after["share"].isna() & before["share"].notna()
    assert set(after.loc[gone, "need"]) == {"asd"}
