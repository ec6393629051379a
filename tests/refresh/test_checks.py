"""What keeps a new release out: figures that are lost, changed or jump beyond belief. Real history passes."""

import numpy as np
import pandas as pd
import pytest

from sendlib.errors import ContractBroken
from sendlib.refresh import checks, core, judging, vanished
from sendlib.refresh.figures import figures
from sendlib.store import NewTable
from tests.fakes import ees_samples as samples

ENGLAND = "E92000001"
HELD, LATER = "2024/25", "2025/26"
WHOLE, NEXT = "2025-01", "2027-01"
"""The newest January of which more than totals is shipped, and a made-up one."""
REAL_BUT_REFUSED = {
    **{
        ("plans", f"{year}-01"): "statements were turned into EHC plans from 2014 to 2018"
        for year in (2016, 2017, 2018)
    },
    **{
        ("plans", f"{year}-01"): "from 2019 there are no statements, and 2023 has age bands for the first time again"
        for year in (2019, 2023)
    },
    ("process", "2015"): "2014 has four months of the new kind of plan",
    ("plans", "2026-01"): "only totals of January 2026 are shipped",
    ("process", "2025"): "only appeals of 2025 are shipped",
    ("population_england", "2036-06"): "the 2018-based projections are held to 2035",
}
"""Steps of the tables shipped that a check would have kept out, each with the reason: a person had to accept them."""


def tables(store):
    names = [name for source in core.SOURCES for name in source.tables if name in store.tables]
    return [name for name in names if {"area_code", "period", "value"} <= set(store.info(name).columns)]


def test_every_step_of_real_history_would_have_passed_but_for_the_known_ones(store):
    refused = {}
    for name in tables(store):
        held = figures(store.table(name))
        for period in sorted(held["period"].unique()):
            before = checks.before_it(held, period)
            if len(before) and (said := list(checks.step(before, held[held["period"].eq(period)]))):
                refused[name, period] = said
    assert set(refused) == set(REAL_BUT_REFUSED), refused
    assert len(tables(store)) >= 9


def test_real_history_never_lost_more_than_a_few_authorities_without_a_word(store):
    past, most = vanished.abolished(store), 0
    for name in tables(store):
        held = figures(store.table(name))
        first = {held["period"].min()} if len(held) else set()
        without = vanished.authorities_without(held, first, past)
        assert not list(vanished.gone(without, store)), name
        silent = without[without["silent"].astype(bool)]
        most = max(most, silent.groupby(["period", "measure"])["area"].nunique().max() if len(silent) else 0)
    assert most == vanished.MOST_GONE  # no wider than it must be


@pytest.fixture(scope="module")
def pupils(store):
    """school_sen with a made-up year, as text: the last one again, one per cent higher."""
    frame = plain(store.table("school_sen"))
    later = frame[frame["period"].eq(HELD)]
    return pd.concat([frame, later.assign(period=LATER, value=(later["value"] * 1.01).round(1))], ignore_index=True)


@pytest.fixture(scope="module")
def plans(store):
    """Plans have counts that add up: the newest January of which all is held once more, larger, as a made-up one."""
    frame = plain(store.table("plans"))
    later = frame[frame["period"].eq(WHOLE)]
    return pd.concat([frame, later.assign(period=NEXT, value=(later["value"] * 1.2).round())], ignore_index=True)


def plain(frame):
    return frame.astype({column: str for column in frame if column != "value"})


def said(store, name, frame, **options):
    info = store.info(name)
    return judging.checked(
        NewTable(name, frame, info.title, info.grain, info.breaks, info.notes, info.sources), store, **options
    )


def authorities(frame):
    return frame["area_code"].str.isdigit()


def test_a_plausible_year_and_the_table_held_itself_pass(store, pupils, plans):
    assert said(store, "school_sen", pupils) == said(store, "plans", plans) == ""
    assert said(store, "school_sen", store.table("school_sen")) == ""


def spoilt(frame, spoil):
    frame = frame.copy()
    found = spoil(frame)
    return frame if found is None else found


def no_authority(frame):
    frame.loc[authorities(frame), ["value", "status"]] = [np.nan, "not_available"]


def a_fifth(frame):
    frame.loc[authorities(frame), "value"] /= 5


def england_times_eight(frame):
    frame.loc[frame["area_code"].eq(ENGLAND) & frame["period"].eq(LATER), "value"] *= 8


def authorities_times_four(frame):
    frame.loc[authorities(frame) & frame["period"].eq(LATER), "value"] *= 4


def empty_new_year(frame):
    frame.loc[authorities(frame) & frame["period"].eq(LATER), "value"] = np.nan


def no_england(frame):
    frame.loc[frame["area_code"].eq(ENGLAND) & frame["period"].eq(LATER), "value"] = np.nan


def england_loses_a_year(frame):
    frame.loc[frame["area_code"].eq(ENGLAND) & frame["period"].eq("2020/21"), "value"] = np.nan


def a_hundred_and_twenty_lose_a_year(frame):
    some = sorted(frame.loc[authorities(frame), "area_code"].unique())[:120]
    return frame[~(frame["area_code"].isin(some) & frame["period"].eq(HELD))]


def one_in_ten_changes(frame):
    some = sorted(frame.loc[authorities(frame), "area_code"].unique())[::10]
    frame.loc[frame["area_code"].isin(some) & frame["period"].eq(HELD), "value"] *= 2


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (no_authority, "figures are gone for authorities"),
        (a_fifth, "would change by more than 20%"),
        (england_times_eight, "England's figure for .* would go from"),
        (authorities_times_four, "half of the figures would be"),
        (empty_new_year, "0 figures for 2025/26 where 2024/25 has"),
        (no_england, "England: 0 figures for 2025/26"),
        (england_loses_a_year, "England's figure for 2020/21.* to nothing"),
        (a_hundred_and_twenty_lose_a_year, "figures are gone for authorities, 2024/25"),
        (one_in_ten_changes, "would change by more than 20% for authorities, 2024/25"),
    ],
)
def test_what_can_not_be_right_is_refused(store, pupils, spoil, told):
    with pytest.raises(ContractBroken, match=told):
        said(store, "school_sen", spoilt(pupils, spoil))


@pytest.mark.parametrize("spoil", [no_authority, a_hundred_and_twenty_lose_a_year, england_loses_a_year])
def test_who_revises_the_past_may_not_lose_it(store, pupils, spoil):
    with pytest.raises(ContractBroken, match=r"gone|to nothing"):
        said(store, "school_sen", spoilt(pupils, spoil), may_revise=True)


def test_who_revises_the_past_may_change_it_and_it_is_told_of(store, pupils):
    frame = pupils.copy()
    frame.loc[frame["period"].eq("2020/21"), "value"] += 3
    assert "figures of England were revised, by up to 3.0." in said(store, "school_sen", frame, may_revise=True)
    with pytest.raises(ContractBroken, match="would change from"):
        said(store, "school_sen", frame)


def test_a_few_authorities_may_correct_their_returns(store, pupils):
    frame = pupils.copy()
    frame.loc[frame["area_code"].isin(["879", "370"]) & frame["period"].eq(HELD), "value"] *= 2
    assert said(store, "school_sen", frame) == ""


def test_authorities_must_go_on_adding_up_to_england(store, plans):
    frame = plans.copy()
    some = sorted(frame.loc[authorities(frame), "area_code"].unique())[::2]
    frame.loc[frame["area_code"].isin(some) & frame["period"].eq(NEXT), "value"] *= 1.6
    with pytest.raises(ContractBroken, match="authorities add up to 1[23]\\d% of England"):
        said(store, "plans", frame)


def test_a_measure_that_comes_from_elsewhere_need_not_have_the_new_year(store, pupils):
    frame = pupils[pupils["period"].ne(LATER) | pupils["phase"].eq("all")]
    assert said(store, "school_sen", frame, brings="all") == ""
    with pytest.raises(ContractBroken, match="too few of primary"):
        said(store, "school_sen", frame)


def test_a_projection_is_replaced_as_a_whole_and_need_not_keep_its_first_years(store):
    frame = plain(store.table("population_england"))
    assert said(store, "population_england", frame[frame["period"].gt("2010")], replaced=True) == ""
    with pytest.raises(ContractBroken):
        said(store, "population_england", frame[frame["period"].gt("2010")])


@pytest.mark.skipif(not samples.has_originals(), reason="the publishers' original files are not beside the project")
def test_what_dfe_itself_revised_in_2025_passes(store, originals):
    """The needs of all plans as first published in June 2025 against those of the release held."""
    from sendlib.tables import needs

    first = needs.read(
        originals.read("ehcp/first_publication_june_2025/sen_needs_all_plans.csv.gz"), "first publication", "all"
    )
    held = plain(store.table("needs"))
    held, first = (
        figures(held[held["scope"].eq("all") & held["period"].eq("2025-01")]),
        figures(plain(first)),
    )
    assert len(first.merge(held, on=["area", "kind", "period", "measure"])) > 50_000
    assert not list(checks.changed(first, held))


def without(frame, later, codes):
    return frame[~(frame["period"].eq(later) & frame["area_code"].isin(codes))]


@pytest.mark.parametrize("number", [4, 30])
def test_authorities_missing_from_percentages_of_a_new_year_are_missed(store, pupils, number):
    some = sorted(pupils.loc[authorities(pupils) & pupils["period"].eq(LATER), "area_code"].unique())[:number]
    with pytest.raises(ContractBroken, match=rf"{number} authorities .* have none for 2025/26, .*: .*Camden"):
        said(store, "school_sen", without(pupils, LATER, some))


def test_a_few_authorities_missing_from_a_new_year_are_named(store, pupils):
    assert (
        said(store, "school_sen", without(pupils, LATER, ["879", "370"]))
        == "Without figures for 2025/26, some or all: Barnsley, Plymouth."
    )


@pytest.fixture(scope="module")
def process(store):
    """The flows and stocks of a made-up year; appeals, which are held of a newer one, are left aside."""
    frame = plain(store.table("process"))
    newer = frame.loc[frame["period"].eq("2025"), "measure"].unique()
    later = frame[frame["period"].isin(["2024", "2025-01"]) & ~frame["measure"].isin(newer)]
    return pd.concat(
        [frame, later.assign(period=later["period"].map({"2024": "2026", "2025-01": "2027-01"}))], ignore_index=True
    )


@pytest.mark.parametrize("measures", [("requests_received", "requests_agreed"), None])
def test_authorities_missing_from_a_file_of_process_are_missed(store, process, measures):
    some = sorted(process.loc[authorities(process) & process["period"].eq("2026"), "area_code"].unique())[5:12]
    lost = (
        process["period"].eq("2026")
        & process["area_code"].isin(some)
        & (process["measure"].isin(measures) if measures else True)
    )
    with pytest.raises(ContractBroken, match="7 authorities that had figures before have none for 2026"):
        said(store, "process", process[~lost])
    assert said(store, "process", process) == ""


def test_authorities_whose_figures_are_all_empty_are_as_good_as_missing(store, process):
    some = sorted(process.loc[authorities(process) & process["period"].eq("2026"), "area_code"].unique())[5:12]
    lost = process["period"].eq("2026") & process["area_code"].isin(some)
    frame = process.assign(value=process["value"].mask(lost))
    with pytest.raises(ContractBroken, match="7 authorities"):
        said(store, "process", frame)


def test_figures_that_the_publisher_says_are_not_available_are_only_named(store, process):
    some = sorted(process.loc[authorities(process) & process["period"].eq("2026"), "area_code"].unique())[5:12]
    lost = process["period"].eq("2026") & process["area_code"].isin(some) & process["measure"].eq("requests_received")
    note = said(store, "process", process.assign(value=process["value"].mask(lost)))
    assert note.startswith("Without figures for 2026, some or all: ") and note.count(",") == 7


def test_an_authority_that_was_abolished_is_not_missed(store, pupils):
    before = pupils[pupils["period"].eq(HELD) & pupils["area_code"].eq("879")].assign(area_code="909")
    assert said(store, "school_sen", pd.concat([pupils, before], ignore_index=True)) == ""


def test_a_table_that_shrinks_by_exactly_a_fifth_is_kept_out():
    hundred = pd.DataFrame({"area_code": range(100)})
    assert list(checks.too_short(hundred, hundred.head(80))) and not list(checks.too_short(hundred, hundred.head(81)))


@pytest.mark.parametrize("number", [5, 25])
def test_the_largest_authorities_missing_from_a_new_january_are_missed(store, plans, number):
    later = plans["period"].eq(NEXT)
    total = plans[
        plans["period"].eq(WHOLE)
        & plans["measure"].eq("plans")
        & plans["characteristic"].eq("total")
        & authorities(plans)
    ]
    largest = total.nlargest(number, "value")["area_code"]
    with pytest.raises(ContractBroken, match="add up to|too few"):
        said(store, "plans", plans[~(later & plans["area_code"].isin(largest))])


def test_an_authority_that_takes_the_place_of_two_still_adds_up(store, plans):
    later, merged = plans["period"].eq(NEXT), ["908", "878"]
    rows = plans[later & plans["area_code"].isin(merged)]
    together = (
        rows.groupby([c for c in rows if c not in ("area_code", "value", "status")], as_index=False)["value"]
        .sum()
        .assign(area_code="999", status="value")
    )
    found = said(
        store, "plans", pd.concat([plans[~(later & plans["area_code"].isin(merged))], together], ignore_index=True)
    )
    assert found == "Without figures for 2027-01, some or all: Cornwall, Devon."  # told of, and taken
