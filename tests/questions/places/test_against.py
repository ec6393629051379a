"""Residence against provision: two numbers beside each other, each with its date, and never one less the other."""

import re
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest

from sendlib import service
from sendlib import store as stores
from sendlib.compared import comparators, widened
from sendlib.questions.looking_ahead import send_ahead
from sendlib.questions.looking_ahead.send_past import METHOD_NAMES
from sendlib.questions.places import QUESTION, against, against_ahead, special_here
from sendlib.store import Store
from sendlib.tables import schools

THREE = "Devon, Plymouth, Torbay"
SEVERAL = (THREE, "South West", "England", "QJK", "Cumbria", "Cornwall, Cumberland", "Isles of Scilly, City of London")


@pytest.fixture(scope="module")
def area_of(store):
    return lambda text: widened.directory(store).find(text).area


@pytest.fixture(scope="module")
def asked(store, area_of):
    return cache(lambda text: service.answer_of(store, QUESTION, area_of(text), "", {}))


@pytest.fixture(scope="module")
def said(store, area_of):
    def say(text, mode="explore"):
        area = area_of(text)
        return against.said(comparators.store_for(store, area), area, mode)

    return say


@pytest.fixture(scope="module")
def fetched(store, tmp_path_factory):
    """The shipped schools as a register of June 2026 would have them: of Plymouth's seven all are approved for autism,
    the first for severe learning difficulty too; nobody else's is approved for anything."""
    frame = store.table("schools").assign(vintage="2026-06", lacks="", needs="", in_school_file=False)
    own = frame["area_code"].eq("879")
    frame.loc[own, "needs"] = ["asd;sld", *["asd"] * (own.sum() - 1)]
    folder = tmp_path_factory.mktemp("register")
    origin = replace(store.info("schools").sources[0], release="15 June 2026")
    stores.add_releases(folder, [schools.TABLE.new(frame, (), [origin], "made up")], "made up", "made up")
    return Store(live=folder)


# The sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "Plymouth",
            "In January 2025, 788 plans of Plymouth were placed in special schools, there or elsewhere; 6 of the 7"
            " special schools found there in the register of June 2021 had 597 places, and those of the other are not"
            " given.",
        ),
        (
            "North Northamptonshire",
            "In January 2025, 1,595 plans of North Northamptonshire were placed in special schools, there or elsewhere;"
            " the 8 special schools found there in the register of June 2021 had 985 places.",
        ),
        (
            "Cumberland",
            "In January 2025, 597 plans of Cumberland were placed in special schools, there or elsewhere; the register"
            " of June 2021 has special schools there under Cumbria, which was divided since.",
        ),
        (
            "Cambridgeshire",
            "In January 2024, 1,936 plans of Cambridgeshire were placed in special schools, there or elsewhere; 21 of"
            " the 22 special schools found there in the register of June 2021 had 1,758 places, and those of the other"
            " are not given.",
        ),
        (
            "Newham",
            "The number of plans of Newham placed in special schools in January 2025 is doubtful; the 3 special schools"
            " found there in the register of June 2021 had 364 places.",
        ),
        (
            "Sandwell",  # 245 places found, and 787 pupils
            "In January 2025, 1,165 plans of Sandwell were placed in special schools, there or elsewhere; the register"
            " of June 2021 gives the places of too few special schools there to say how many they have.",
        ),
        (
            "Isles of Scilly",
            "In January 2025, no plans of the Isles of Scilly were placed in special schools; no special school was"
            " found there in the register of June 2021.",
        ),
    ],
)
def test_plans_in_special_schools_stand_beside_the_places_there_with_both_dates(said, text, sentence):
    assert said(text) == sentence


def test_the_sentence_is_whole_for_every_authority_and_never_says_that_places_are_short(store, areas):
    for area in areas.authorities.values():
        sentence = against.said(store, area)
        assert re.fullmatch(r"[A-Z].*; .*[a-z0-9]\.", sentence) and "nan" not in sentence.split(), sentence
        assert re.search(r"register of June 2021", sentence) and "short of" not in sentence, sentence


@pytest.mark.parametrize("text", SEVERAL)
def test_the_sentence_is_whole_for_areas_of_every_kind(said, text):
    assert re.fullmatch(r"[A-Z].*; .*[a-z0-9]\.", said(text))


def test_of_england_nothing_is_placed_elsewhere(said):
    assert "were placed in special schools; 1,410 of the 1,603 special schools" in said("England")


def test_a_divided_county_has_its_schools_again_when_its_parts_are_asked_for_together(said):
    assert said("Cumbria").endswith("the 12 special schools found there in the register of June 2021 had 674 places.")
    assert "the register of June 2021 has some of the special schools there under Cumbria" in said(
        "Cornwall, Cumberland"
    )


def test_so_few_plans_that_a_room_may_know_them_are_fewer_than_five_there(store, areas):
    few = [
        area for area in areas.authorities.values() if 0 < against.placed_of(store, area).special <= 4
    ]  # the rule holds whether or not there is one today
    for area in few:
        assert "fewer than 5 plans" in against.said(store, area, "show")


# By need


def test_each_need_has_plans_of_residents_beside_pupils_of_the_schools_here(asked):
    answer = asked("Plymouth")
    table, beside = answer.tables["against"].data.set_index("need"), answer.tables["need_here"].data.set_index("need")
    assert table["plans"]["asd"] == 586 and table["pupils"]["asd"] == 148
    assert table["pupils"].drop("unknown").equals(beside["pupils"])
    assert not any(column.signed for column in answer.tables["against"].columns.values())


def test_in_a_room_few_plans_and_few_pupils_are_fewer_than_five_each_by_itself(asked):
    table = asked("Plymouth").tables["against"]
    shown = table.readable("show").set_index("Need")
    assert shown.loc["Multi-sensory impairment"].tolist() == ["24", "0.8", "Fewer than 5"]
    assert shown["Pupils in state special schools here"]["Hearing impairment"] == "0"
    assert np.isnan(table.data_in("families").set_index("need")["pupils"]["msi"])
    assert table.readable().set_index("Need").loc["Multi-sensory impairment"].tolist() == ["24", "0.8", "4"]


def test_of_so_few_plans_that_no_share_is_made_no_need_has_one(asked):
    for name in ("against", "need_here"):
        assert asked("City of London").tables[name].data["plans_share"].isna().all()
        assert asked("Plymouth").tables[name].data["plans_share"].notna().any()


def test_plans_by_need_add_up_to_all_plans(store, everywhere):
    rows = store.table("needs").astype({"area_code": str})
    rows = rows[rows["scope"].eq("all") & rows["characteristic"].eq("total") & rows["need"].eq("plans")]
    all_plans = rows.set_index("area_code")["value"]
    for code, answer in everywhere("places").items():
        plans = answer.tables["against"].data["plans"]
        assert plans.isna().any() or plans.sum() == all_plans[code]


def test_without_the_register_the_page_says_that_approved_needs_are_not_available_until_it_is_fetched(asked):
    answer = asked("Plymouth")
    assert not {"schools", "places"} & set(answer.tables["against"].data)
    (note,) = answer.notes_about("against", "missing")
    assert "not available until the register of schools is fetched" in note.text.explore
    assert "stand here instead" in note.text.explore


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Cumberland", "for Cumberland: they were counted for Cumbria, since divided."),
        ("Isles of Scilly", "for the Isles of Scilly: none are published of schools located there."),
        ("Cornwall, Cumberland", "some of them were counted for Cumbria, since divided."),
    ],
)
def test_where_no_pupils_stand_the_page_says_why_and_not_that_they_do(asked, text, why):
    answer = asked(text)
    notes = [note.text.explore for note in answer.notes_about("against", "missing")]
    assert any(note.endswith(why) for note in notes) and not any("instead" in note for note in notes)
    assert set(answer.tables["against"].data["pupils_status"]) == {"not_available"}


def test_with_the_register_places_stand_beside_plans_and_a_school_counts_for_each_of_its_needs(fetched, areas):
    answer = service.answer_of(fetched, QUESTION, areas.get("879"), "", {})
    table = answer.tables["against"]
    data = table.data.set_index("need")
    assert data["schools"][["asd", "sld", "semh"]].tolist() == [7, 1, 0]
    own = special_here.schools(fetched, areas.get("879"))
    assert data["places"]["asd"] == own["places"].sum() == 597
    assert data["places"]["sld"] == own["places"].iloc[0]
    assert "counts for each of them, so schools and places do not add up" in table.how_to_read.explore
    assert table.columns["places"].heading == "Places in schools approved for it"
    assert not answer.notes_about("against", "missing")


# As a whole


def whole(answer):
    return answer.tables["against_whole"].data


def test_every_row_has_its_own_date_and_source_and_none_is_a_difference(everywhere):
    for answer in everywhere("places").values():
        rows = whole(answer)
        assert rows["when"].ne("").all() and rows["source"].str.contains(r"\([a-z_]+\)$").all()
        assert not rows["number"].lt(0).any()
        assert not rows["what"].str.contains("balance|less|short", case=False).any()


def test_places_are_those_of_the_schools_that_give_them_and_the_row_says_how_many_do(asked):
    rows = whole(asked("Lancashire")).set_index("what")
    places = rows[rows["counted"].eq("places")]
    assert places["number"].tolist() == [2356, 165, 994]
    assert places["given"].tolist() == ["34 of 39 schools", "1 of 1 school", "13 of 13 schools"]


def test_it_is_said_how_many_schools_no_area_has(asked):
    for name in ("against_whole", "provision"):
        assert "106 of the 1,709 schools of the register are given to no area" in (
            asked("Plymouth").tables[name].how_to_read.explore
        )


def test_where_no_school_was_found_there_is_no_nought(asked):
    rows = whole(asked("City of London"))
    places = rows[rows["counted"].eq("places")]
    assert places["number"].isna().all() and places["given"].tolist() == ["no school found"]


def test_few_or_doubtful_plans_make_no_share(asked):
    for text in ("City of London", "Newham"):
        assert whole(asked(text))["share"].isna().all()
    assert whole(asked("Newham"))["doubtful"].iloc[0]
    assert whole(asked("Plymouth"))["share"].iloc[0] == pytest.approx(100 * 687 / 3081)


def test_who_crossed_the_border_is_what_the_lists_of_flows_add_up_to(everywhere):
    for answer in everywhere("places").values():
        if "flows_out" not in answer.tables:
            continue
        out, into = whole(answer)["number"].iloc[-2:]
        left, came = (answer.tables[name].data["pupils"] for name in ("flows_out", "flows_in"))
        # Each row of the lists is rounded, and at least one; those whose home is not known are in the list alone.
        assert np.isnan(out) or abs(out - left.sum()) <= len(left), answer.area.name
        assert np.isnan(into) or into <= came.sum() + len(came), answer.area.name


# If plans go on to grow


def test_places_needed_are_today_s_share_of_each_scenario_of_looking_ahead(store, asked):
    table = asked("Plymouth").tables["against_ahead"].data.set_index("way")
    ahead = send_ahead.outlook(store, "879")
    ahead = ahead[ahead["series"].eq("EHC plans in January") & ahead["period"].eq("2030-01")].set_index("line")
    assert list(table.index[3:]) == list(METHOD_NAMES.values())[1:]
    for way, name in zip(METHOD_NAMES.values(), table.index[2:], strict=True):
        assert table["plans"][name] == ahead["number"][way]
        assert table["state"][name] == pytest.approx(ahead["number"][way] * 687 / 3081)
    assert table[["plans", "state", "independent"]].iloc[0].tolist() == [3081, 687, 101]


@pytest.mark.parametrize(
    ("text", "share", "ways"),
    [
        ("Plymouth", "2025", ["Plans of January 2026, at the share of January 2025", "Stays at January 2026's number"]),
        ("Cambridgeshire", "2024", ["Plans of January 2026, at the share of January 2024"]),
        ("Lewisham", "2025", ["Stays at January 2025's number", "Half the recent rise"]),
    ],
)
def test_plans_that_stay_are_those_of_the_newest_january_and_the_share_names_its_own(asked, text, share, ways):
    table = asked(text).tables["against_ahead"]
    assert table.heading == f"Places needed at the share of January {share}, if plans go on to grow"
    assert table.data["way"].tolist()[0] == f"As published, January {share}"
    assert table.data["way"].tolist()[1 : 1 + len(ways)] == ways


def test_nothing_is_a_forecast_and_the_share_stays_only_if_it_stays(asked):
    table = asked("Plymouth").tables["against_ahead"]
    assert "No forecast" in table.how_to_read.explore and "if the share stays as it is" in table.how_to_read.explore


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("City of London", "there are too few plans for a share"),
        ("Newham", "is doubtful"),
        ("Cumberland", "too few years of this stand on one footing"),
    ],
)
def test_where_no_share_may_be_said_no_places_are_worked_out_and_the_page_says_why(asked, text, why):
    answer = asked(text)
    assert against_ahead.NAME not in answer.tables
    assert any(why in note.text.explore for note in answer.notes_about("against_whole", "missing"))


@pytest.mark.parametrize("text", SEVERAL)
def test_areas_of_every_kind_have_both_tables(asked, text):
    answer = asked(text)
    assert isinstance(whole(answer), pd.DataFrame) and len(answer.tables["against"].data) == 13
