"""ADHD referrals: one edition of two, ages that add up, the break, and broken files."""

import pytest

from sendlib.errors import ContractBroken
from sendlib.tables import adhd
from tests.made_up import as_csv


@pytest.fixture(scope="module")
def table(store):
    return store.table("adhd").astype(dict.fromkeys(adhd.KEYS, "str"))


def test_shipped_figures_are_those_of_the_later_edition(table):
    rows = table.set_index(["measure", "age", "open_for", "period"])["value"].sort_index()
    of_all = rows["open", "all", "any"]
    assert of_all["2024-09-30"] == 334_525, "the earlier edition has 334,570"
    assert of_all["2025-06-30"] == 513_880 and of_all["2025-09-30"] == 526_980 and len(of_all) == 13
    assert rows["new", "all", "any", "2025-06-30"] == 23_275, "the earlier edition has 18,045"
    assert rows["no_contact", "5-17", "any", "2025-09-30"] == 85_775
    assert rows["open", "all", "104 weeks or more", "2025-09-30"] == 185_180


def test_ages_add_up_and_bands_nearly_do_for_each_is_rounded(table):
    any_time = table[table.open_for.eq("any")].set_index(["measure", "period", "age"])["value"].unstack("age")
    assert (any_time.drop(columns="all").sum(axis=1) == any_time["all"]).all() and len(any_time) == 3 * 13
    bands = table[table.open_for.ne("any")].groupby("period")["value"].sum()
    assert (bands - any_time.loc["open", "all"]).abs().max() <= 15


def test_the_break_and_what_is_left_out_travel_with_the_table(table, store):
    info = store.info("adhd")
    rows = table[table.measure.eq("open") & table.open_for.eq("any")].set_index(["age", "period"])["value"]
    rise = rows["all", "2025-02-28"] - rows["all", "2025-01-31"]
    assert f"{rise:,.0f} (23 per cent)" in info.breaks[0] and round(rise / rows["all", "2025-01-31"] * 100) == 23
    grown = sum(rows[age, "2025-02-28"] - rows[age, "2025-01-31"] for age in ("18-24", "25+"))
    assert grown / rise > 0.95
    assert "not the wait for an assessment" in info.breaks[1]
    assert "June 2024, July 2024, August 2024" in info.notes[0]


def files(**changes):
    """Two months of the later edition, one of them in the earlier as well; `changes`: cells by file of its last row."""
    ages = {"age_0_to_4": 5, "age_5_to_17": 20, "age_18_to_24": 10, "age_25": 5, "unknown": 0, "total": 40}
    bands = dict.fromkeys(adhd._BANDS, 10)
    days = {adhd.OPEN: ["2025-06-01", "2025-06-25", "2025-07-01"]}
    days[adhd.NEW] = days[adhd.OPEN]
    rows = {}
    for name in ("OPEN", "LATER", "BANDS", "NO_CONTACT", "NEW"):
        file = getattr(adhd, name)
        figures = bands if name == "BANDS" else ages
        rows[file] = [{"date_val": day, **figures} for day in days.get(file, ["2025-06-25", "2025-07-01"])]
        if file in days:
            rows[file][0] |= {"age_5_to_17": 25, "total": 45}
        rows[file][-1] |= changes.get(name, {})
    return {file: as_csv(lines) for file, lines in rows.items()}


def test_a_made_up_month_of_two_editions_is_read_once():
    frame, notes = adhd.read(files())
    months = {"2025-06-30", "2025-07-31"}
    assert set(frame["period"]) == months and not notes and len(frame) == 2 * (3 * 6 + 4)
    assert set(frame.loc[frame["age"].eq("all") & frame["open_for"].eq("any"), "value"]) == {40}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"OPEN": {"total": 45}}, "do not add up to the total"),
        ({"OPEN": {"age_25": 10, "total": 45}}, "open referrals are not those"),
        ({"BANDS": {"waiting_time_13_to_52_weeks": 50}}, "bands do not add up"),
        ({"NO_CONTACT": {"age_25": 10, "total": 45}}, "more referrals are without a contact"),
        ({"NEW": {"age_25": 7}}, "not rounded to 5"),
        ({"NEW": {"age_25": "*"}}, "neither a number nor a known symbol"),
        ({"NEW": {"date_val": "2025-07-31"}}, "neither the first of a month"),
        ({"NEW": {"date_val": "July 2025"}}, "not a day"),
        ({"NEW": {"date_val": "2025-08-01"}}, "no row for 2025-07"),
        ({"LATER": {"date_val": "2025-06-25"}}, "two rows for 2025-06"),
    ],
)
def test_files_that_do_not_agree_are_refused(changes, said):
    with pytest.raises(ContractBroken, match=said):
        adhd.read(files(**changes))
