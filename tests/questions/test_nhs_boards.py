"""A month after March 2026 is shown by the NHS boards of then, and what they took the place of is said.

The month is made up.
"""

from dataclasses import replace

import pandas as pd
import pytest

from sendlib import pictures
from sendlib import store as stores
from sendlib.compared.comparators import DEFAULT, known_areas
from sendlib.errors import ContractBroken
from sendlib.questions.getting_help import QUESTION, health_waits, nhs_areas
from sendlib.refresh import judging, nhs_waits
from sendlib.store import NewTable, Store
from sendlib.tables import health, waits_community

NAME, LAST, MONTH = "waits_community", "2025-10-31", "2026-05-31"


def made_up(store):
    """The table with a month of 36 boards, whose lists are those of their boards of October 2025 added up."""
    held = store.table(NAME).astype(
        dict.fromkeys(["level", "area_code", "name", "period", "service", "band", "status"], str)
    )
    last = held[held["period"].eq(LAST) & held["level"].isin(["icb", "england", "region", "provider"])]
    pairs = store.table("health_boards").astype(str).drop_duplicates("before_code").set_index("before_code")
    icb = last["level"].eq("icb")
    code = last["area_code"].where(~icb, last["area_code"].map(pairs["board_code"]))
    name = last["name"].where(~icb, last["area_code"].map(pairs["name"]))
    keys = ["level", "area_code", "name", "service", "band"]
    new = last.assign(area_code=code, name=name)
    new = (
        new[new["status"].eq("value")]
        .groupby(keys, as_index=False)
        .agg(value=("value", "sum"), status=("status", "first"), not_submitting=("not_submitting", "max"))
    )
    return pd.concat([held, new.assign(period=MONTH)[list(held)]], ignore_index=True)


def new_table(store):
    info = store.info(NAME)
    return NewTable(NAME, made_up(store), info.title, info.grain, info.breaks, info.notes, info.sources)


@pytest.fixture(scope="module")
def later(store, tmp_path_factory):
    live = tmp_path_factory.mktemp("live")
    stores.add_releases(live, [new_table(store)], NAME, "made up")
    return Store(live=live)


def asked(later, name):
    areas = known_areas(later)
    return QUESTION.ask(later, areas.find(name).areas[0], DEFAULT, {})


def test_fewer_boards_are_no_fault_of_a_month_after_march_2026(store):
    table = new_table(store)
    judging.checked(table, store)
    boards = table.frame["level"].eq("icb") & table.frame["period"].eq(MONTH)
    assert table.frame.loc[boards, "area_code"].nunique() == 35  # one has no children's list at all
    some = table.frame.loc[boards, "area_code"].drop_duplicates().iloc[:15]
    cut = table.frame[~(boards & table.frame["area_code"].isin(some))]
    with pytest.raises(ContractBroken, match="integrated care boards"):
        judging.checked(replace(table, frame=cut), store)


def test_norfolk_has_the_waits_of_the_board_that_took_the_place_of_its_own(later):
    answer = asked(later, "Norfolk")
    figure = answer.figures[3]
    assert "in NHS Norfolk and Suffolk, May 2026" in figure.label.explore
    assert "NHS Norfolk and Suffolk took the place of NHS Norfolk and Waveney in April 2026" in figure.detail.explore
    assert "no organisation" not in f"{figure.comparison.explore} {figure.detail.explore}"
    assert figure.value is not None


def test_the_old_line_ends_and_the_new_one_begins(later):
    rows = asked(later, "Norfolk").tables["community_over_time"].data
    spans = rows.groupby("health_area")["period"].agg(["min", "max"])
    assert spans.loc["NHS Norfolk and Waveney", "max"] == LAST
    assert spans.loc["NHS Norfolk and Suffolk"].tolist() == [MONTH, MONTH]
    assert spans.loc["England", "max"] == MONTH
    assert not rows.loc[rows["period"].eq(MONTH), "changed"].astype(bool).any()


def test_a_board_that_goes_on_has_one_line_and_a_wider_one_does_not(later):
    devon = asked(later, "Plymouth").tables["community_over_time"].data
    assert set(devon["health_area"]) == {"NHS Devon", "England"}
    assert devon["period"].max() == MONTH
    rows = asked(later, "Portsmouth").tables["community_over_time"].data
    spans = rows.groupby("health_area")["period"].agg(["min", "max"])
    assert spans.loc["NHS Hampshire and Isle of Wight", "max"] == LAST
    assert spans.loc["NHS Hampshire and Isle of Wight (wider since April 2026)", "min"] == MONTH


def test_where_a_board_was_divided_the_area_is_given_to_none(later):
    answer = asked(later, "Slough")
    figure = answer.figures[3]
    assert "3 NHS areas (ICBs) of which the area lies in one or more" in figure.label.explore
    assert figure.direction == "" and "an unknown part" in figure.detail.explore
    notes = " ".join(note.text.explore for note in answer.notes)
    assert "NHS Frimley was divided among" in notes and "which of them has which part of it is not known here" in notes


def test_what_is_presumed_only_is_called_so(later):
    answer = asked(later, "Essex")
    assert "at least 56% of the area's children" in answer.figures[3].detail.explore
    notes = " ".join(note.text.explore for note in answer.notes)
    assert "West Essex is presumably in NHS Essex; the list held does not say" in notes


def test_every_area_is_answered_and_drawn(later):
    areas = known_areas(later)
    for area in areas.authorities.values():
        boards = nhs_areas.boards(later, area, MONTH)
        assert boards and all(one.code in set(later.table("health_boards")["board_code"]) for one in boards)
    for name in ("Norfolk", "Slough", "Essex", "Surrey", "Hampshire", "Camden"):
        answer = asked(later, name)
        for table in ("community", "community_over_time", "bands"):
            assert pictures.of(answer, table, "explore")
        assert set(answer.tables["community"].data["period"]) == {MONTH}
        assert "nan" not in " ".join(note.text.explore for note in answer.notes)


def test_months_shipped_are_of_the_boards_of_2022(store, areas):
    norfolk = areas.find("Norfolk").areas[0]
    assert [one.name for one in nhs_areas.boards(store, norfolk, health_waits.months(store)[-1])] == [
        "NHS Norfolk and Waveney"
    ]
    assert nhs_areas.became(store, norfolk) == "NHS Norfolk and Suffolk took the place of NHS Norfolk and Waveney."


def test_a_workbook_that_names_the_new_boards_without_codes_is_read(store):
    rows = pd.DataFrame(
        {"level": "icb", "area_code": "", "name": ["NORFOLK AND SUFFOLK", "Hampshire and Isle of Wight"]}
    )
    known = nhs_waits.known_areas(store)
    assert waits_community.with_codes(rows, known, "made-up.xlsx")["area_code"].tolist() == ["T6Y0W", "QRL"]
    named = health.with_names(rows.assign(area_code=["T6Y0W", "QRL"]), known)["name"].tolist()
    assert named == ["NHS Norfolk and Suffolk", "NHS Hampshire and Isle of Wight"]
