"""The bulletin's sum: exact where every part was collected, and never a smaller number where one was not."""

import csv
import io
import math

import pandas as pd
import pytest

from sendlib.errors import NoData
from sendlib.questions.doing_well import not_in_education as sums
from sendlib.questions.doing_well.not_in_education import STEP_COLUMNS
from sendlib.questions.doing_well.sum_definitions import (
    AT_LEAST,
    DEFINITIONS,
    EXACT,
    NOT_BEING_EDUCATED,
    NOT_IN_SETTING,
    RANGE,
    UNKNOWN,
    WAITING,
)
from sendlib.store import Store
from sendlib.tables import reading
from sendlib.tables.symbols import HIDDEN, NOT_APPLICABLE, NOT_AVAILABLE, VALUE

ENGLAND = "E92000001"


def test_the_originals_hold_every_number_of_the_bulletin(originals):
    """Straight from the publisher's file, by another way than the readers."""
    content = originals.read("ehcp/education-health-and-care-plans_2022.zip::data/sen2_estab_caseload.csv").decode(
        "utf-8-sig"
    )
    rows = [
        row
        for row in csv.DictReader(io.StringIO(content))
        if row["time_period"] == "2020" and row["geographic_level"] == "National"
    ]
    count = {(row["establishment_group"], row["establishment_type"]): int(row["Total_all"]) for row in rows}
    elsewhere = {kind: number for (group, kind), number in count.items() if group == "Educated elsewhere"}
    assert elsewhere["Total"] == 12_673
    assert sum(number for kind, number in elsewhere.items() if "and in education" in kind) == 1_738
    assert (count[("NEET", "NEET")], count[("Other", "Other")], count[("Total", "Total")]) == (8_108, 2_329, 390_109)


def test_january_2020_is_the_bulletins_sum_step_by_step(store):
    found = sums.calculate(store, ENGLAND, "2020-01", NOT_IN_SETTING)
    assert list(found.steps.columns) == list(STEP_COLUMNS)
    assert found.steps["count"].tolist() == [121, 3_984, 2_983, 618, 4_967, 8_108, 2_329, -1_738]
    assert found.steps["running_total"].tolist() == [121, 4_105, 7_088, 7_706, 12_673, 20_781, 23_110, 21_372]
    assert (found.total, found.low, found.high, found.plans) == (21_372, 21_372, 21_372, 390_109)
    assert round(found.share, 2) == 5.48 and round(found.share, 1) == 5.5
    assert (found.certainty, found.status) == (EXACT, VALUE)
    assert sums.in_words(found) == "21,372 (5.48%)"


def test_the_other_two_definitions_of_january_2020(store):
    narrow = sums.calculate(store, ENGLAND, "2020-01", NOT_BEING_EDUCATED)
    assert narrow.steps["count"].tolist() == [179, 1_260, 1_790, 8_108] and sum(narrow.steps["count"][:3]) == 3_229
    assert narrow.total == 11_337 and round(narrow.share, 1) == 2.9 and narrow.certainty == EXACT
    waiting = sums.calculate(store, ENGLAND, "2020-01", WAITING)
    assert waiting.total == 4_967 and waiting.steps["count"].tolist() == [179, 1_260, 1_790, 131, 992, 615]


def test_home_education_is_in_no_setting_and_never_called_not_being_educated(store):
    for period in ("2020-01", "2025-01"):
        steps = {name: set(sums.calculate(store, ENGLAND, period, name).steps["step"]) for name in DEFINITIONS}
        assert "elective_home_education" in steps[NOT_IN_SETTING]
        assert not steps[NOT_BEING_EDUCATED] & {
            "elective_home_education",
            "arrangements_by_authority",
            "arrangements_by_parents",
            "permanently_excluded",
        }
    assert (
        "Those taught at home may well be learning" in DEFINITIONS[NOT_IN_SETTING].aside
        and "not in a setting is not the same as not in education" in DEFINITIONS[NOT_IN_SETTING].words
    )


def test_the_sum_of_2020_is_all_plans_that_are_in_no_setting(store):
    rows = store.rows("placements", ENGLAND)
    value = rows[rows.period.eq("2020-01")].set_index("placement").value
    settings = value[["mainstream_total", "special_total", "ap_pru_total", "fe_total", "nm_early_years"]].sum()
    assert value["all"] - settings == 23_110


@pytest.mark.parametrize("definition", DEFINITIONS)
def test_every_area_and_january_has_a_finite_sum_or_a_reason(store, definition):
    table = sums.every(store, definition)
    plans = store.table("plans")
    plans = plans[plans.measure.eq("plans") & plans.characteristic.eq("total")]
    plans = plans[plans.period.isin(sums.januaries(store))]  # of a newer one only totals are shipped
    assert len(table) == len(plans) and sorted(table.period.unique()) == sums.januaries(store)
    assert (
        set(table.certainty) <= {EXACT, RANGE, AT_LEAST, UNKNOWN}
        and (table.total.notna() == table.status.eq(VALUE)).all()
    )
    assert (table.total.notna() == table.certainty.eq(EXACT)).all()
    assert table.loc[table.certainty.isin([EXACT, RANGE, AT_LEAST]), "low"].ge(0).all()
    between = table[table.certainty.eq(RANGE)]
    assert (between.low < between.high).all() and (between.high <= between.plans).all()
    assert table.loc[table.certainty.eq(UNKNOWN), ["total", "low", "high"]].isna().all(axis=None)
    for area, period in (
        table.loc[table.certainty.ne(EXACT), ["area_code", "period"]].drop_duplicates("period").itertuples(index=False)
    ):
        assert sums.calculate(store, area, period, definition).says


@pytest.mark.parametrize("definition", DEFINITIONS)
@pytest.mark.parametrize("code", [ENGLAND, "E12000009", "879", "204", "873", "874", "909", "942", "420", "201"])
def test_each_calculation_adds_up_and_says_what_it_can_not_give(store, definition, code):
    for period in sums.every(store, definition).query("area_code == @code").period:
        found = sums.calculate(store, code, period, definition)
        steps = found.steps
        assert steps["count"].notna().eq(steps["status"].eq(VALUE)).all()
        assert found.says and all(line.endswith(".") for line in found.says)
        unknown = steps["count"].isna() & steps["status"].ne(NOT_APPLICABLE)
        assert steps.loc[unknown.cummax(), "running_total"].isna().all(), (
            "a sum with a missing part must not look complete"
        )
        if found.certainty in (EXACT, RANGE):
            assert steps["running_total"].iloc[-1] == found.high == steps["count"].sum()
        if found.total is not None and found.plans:
            assert found.share == pytest.approx(100 * found.total / found.plans)


def test_authorities_add_up_to_england_where_all_are_known(store, areas):
    for definition in DEFINITIONS:
        table = sums.every(store, definition)
        # In 2019 children below school age who wait were not asked for apart, so the narrow sum has no total.
        for period in ("2020-01", "2021-01", "2022-01", *(() if definition == NOT_BEING_EDUCATED else ("2019-01",))):
            rows = table[table.period.eq(period)].set_index("area_code").total
            assert rows[rows.index.str.len() == 3].sum() == rows[ENGLAND]


@pytest.mark.parametrize(("period", "low"), [("2010-01", 2_604), ("2018-01", 4_832)])
def test_before_2019_the_sum_is_only_known_in_part(store, period, low):
    found = sums.calculate(store, ENGLAND, period, NOT_IN_SETTING)
    assert (found.certainty, found.total, found.low, found.high) == (AT_LEAST, None, low, None)
    assert any("first collected in January 2019" in line for line in found.says)
    narrow = sums.calculate(store, ENGLAND, period, NOT_BEING_EDUCATED)
    assert narrow.certainty == UNKNOWN and "is not known" in narrow.says[0] and not narrow.steps["certain"].iloc[0]


def test_in_2019_home_education_is_within_arrangements_by_parents(store):
    found = sums.calculate(store, ENGLAND, "2019-01", NOT_IN_SETTING)
    assert found.total == 9_327 + 5_876 + 1_902 - 775 and found.certainty == EXACT
    home = found.steps.set_index("step").loc["elective_home_education"]
    assert home["status"] == NOT_APPLICABLE and math.isnan(home["count"])
    assert any("within arrangements by parents" in line for line in found.says)
    narrow = sums.calculate(store, ENGLAND, "2019-01", NOT_BEING_EDUCATED)
    assert (narrow.certainty, narrow.low) == (AT_LEAST, 1_203 + 1_508 + 5_876) and not any(
        "parents" in line for line in narrow.says
    )


@pytest.mark.parametrize(
    ("period", "low", "high"), [("2023-01", 31_640, 48_265), ("2024-01", 36_853, 50_970), ("2025-01", 45_005, 68_389)]
)
def test_from_2023_those_in_no_setting_are_a_range(store, period, low, high):
    found = sums.calculate(store, ENGLAND, period, NOT_IN_SETTING)
    assert (found.certainty, found.total, found.low, found.high) == (RANGE, None, low, high)
    assert any("columns changed" in line for line in found.says) and any(
        "no recorded placement" in line for line in found.says
    )
    waiting = sums.calculate(store, ENGLAND, period, WAITING)
    assert waiting.certainty == UNKNOWN and sums.in_words(waiting) == "not known"


def test_from_2023_those_not_being_educated_are_a_range_of_four_columns(store):
    found = sums.calculate(store, ENGLAND, "2025-01", NOT_BEING_EDUCATED)
    assert found.steps["count"].tolist()[:4] == [18_056, 1_806, 2_460, 2_992]
    assert (found.certainty, found.low, found.high) == (RANGE, 25_314, 25_314 + 4_045 + 19_339)
    said = next(line for line in found.says if line.startswith("Four columns"))
    assert (
        "children of compulsory school age who are in no education 2,460" in said and "all four are in the sum" in said
    )


@pytest.mark.parametrize(
    ("code", "period"), [("204", "2024-01"), ("874", "2024-01"), ("873", "2025-01"), ("812", "2025-01")]
)
def test_an_authority_that_sent_no_placements_is_not_known(store, code, period):
    for definition in (NOT_BEING_EDUCATED, NOT_IN_SETTING):
        found = sums.calculate(store, code, period, definition)
        assert found.certainty == UNKNOWN and found.status == NOT_AVAILABLE and found.plans > 0
        assert "not available" in found.says[0]


def test_settings_that_dfe_counts_elsewhere_are_left_out_and_said(store):
    found = sums.calculate(store, ENGLAND, "2025-01", NOT_IN_SETTING)
    assert any(line.startswith("700 with a Welsh or other school") for line in found.says)


class Changed(Store):
    """A store in which one cell of a table is not published."""

    def __init__(self, store, table, code, period, placement, status):
        super().__init__()
        self._name = table
        frame = store.table(table).copy()
        hit = frame.area_code.eq(code) & frame.period.eq(period) & frame.placement.eq(placement)
        assert hit.sum() == 1
        frame["status"] = frame["status"].astype(str)
        frame.loc[hit, ["value", "status"]] = [float("nan"), status]
        self._frame = frame

    def table(self, name):
        return self._frame if name == self._name else super().table(name)

    def rows(self, name, code):
        return self.table(name)[self.table(name).area_code.eq(code)]


@pytest.mark.parametrize("status", [HIDDEN, NOT_AVAILABLE])
@pytest.mark.parametrize(
    ("placement", "low"),
    [
        ("permanently_excluded", 21_372 - 121),
        ("neet", 21_372 - 8_108),
        ("awaiting", 21_372 - 4_967 + 1_738),
        ("awaiting_above_age_in_education", 21_372 - 4_967 + 1_738),
    ],
)
def test_a_hidden_part_makes_the_sum_a_lower_bound(store, placement, low, status):
    found = sums.calculate(Changed(store, "elsewhere", ENGLAND, "2020-01", placement, status), ENGLAND, "2020-01")
    assert (found.total, found.low, found.high, found.certainty) == (None, low, None, AT_LEAST)
    assert found.status == status and math.isnan(found.steps["running_total"].iloc[-1])
    assert "at least" in sums.in_words(found) and "at least" in found.says[0]


@pytest.mark.parametrize("setting", ["w_settings", "other_schools", "online_provider"])
def test_a_setting_that_one_area_lacks_leaves_no_upper_end_there_and_is_never_nought(store, setting):
    before = sums.calculate(store, "879", "2025-01", NOT_IN_SETTING)
    found = sums.calculate(Changed(store, "placements", "879", "2025-01", setting, NOT_AVAILABLE), "879", "2025-01")
    assert (found.low, found.high, found.certainty) == (before.low, None, AT_LEAST)
    not_recorded = found.steps.set_index("step").loc["no_placement"]
    assert math.isnan(not_recorded["count"]) and not_recorded["status"] == NOT_AVAILABLE
    assert "at least" in found.says[0] and not any("so the sum is a range" in text for text in found.says)


def test_settings_that_nobody_was_asked_for_are_within_other_placements_and_leave_a_range(store):
    assert sums.calculate(store, "879", "2024-01", NOT_IN_SETTING).certainty == RANGE


@pytest.mark.parametrize("placement", ["mainstream_total", "placement_unknown", "all"])
def test_a_missing_setting_never_makes_the_upper_end_smaller(store, placement):
    whole = sums.calculate(store, ENGLAND, "2025-01")
    found = sums.calculate(
        Changed(store, "placements", ENGLAND, "2025-01", placement, NOT_AVAILABLE), ENGLAND, "2025-01"
    )
    assert found.low == whole.low and found.high in (None, whole.high)


def test_an_area_or_a_definition_that_there_is_not_is_refused(store):
    with pytest.raises(NoData, match="January 2009"):
        sums.calculate(store, ENGLAND, "2009-01")
    with pytest.raises(NoData, match="no definition 'all'"):
        sums.every(store, "all")


def test_the_tables_columns_are_described(store):
    for definition in DEFINITIONS:
        assert list(sums.every(store, definition).columns) == list(sums.SUM_COLUMNS)
    assert isinstance(sums.calculate(store, "879", "2025-01").steps, pd.DataFrame)


class WithOwnTotals(Store):
    """The store with the own total of every area and January in `elsewhere`, straight from the publisher's file."""

    def __init__(self, store, originals):
        file = "ehcp/education-health-and-care-plans_2022.zip::data/sen2_estab_caseload.csv"
        frame = reading.with_area_codes(
            reading.read_csv(
                originals.read(file), file, [*reading.EES_AREA_COLUMNS, "establishment_group", "total_all"]
            ),
            file,
        )
        totals = frame[frame["establishment_group"].eq("Total")].rename(columns={"total_all": "value"})
        rows = totals.assign(
            period=totals["time_period"].astype(str) + "-01",
            placement="all",
            status=VALUE,
            value=totals["value"].astype(float),
        )
        held = store.table("elsewhere").astype(dict.fromkeys(("area_code", "period", "placement", "status"), str))
        columns = ["area_code", "period", "placement", "value", "status"]
        super().__init__()
        self._frame = pd.concat([held[held["placement"].ne("all")][columns], rows[columns]], ignore_index=True)

    def table(self, name):
        return self._frame if name == "elsewhere" else super().table(name)

    def rows(self, name, code):
        return self.table(name)[self.table(name).area_code.eq(code)]


def test_a_share_is_of_all_plans_in_the_file_of_the_sum(store, originals):
    whole = WithOwnTotals(store, originals)
    early = sums.calculate(whole, ENGLAND, "2018-01")
    assert early.plans == 312_626 and early.share_low == pytest.approx(100 * 4_832 / 312_626)
    assert any("312,626" in line and "319,819" in line for line in early.says)
    bulletin = sums.calculate(whole, ENGLAND, "2020-01")
    assert (bulletin.total, bulletin.plans) == (21_372, 390_109) and not any(
        "The share is of" in line for line in bulletin.says
    )
    differ = sums.bases(whole)[sums.bases(whole).ne(sums.bases(store))].reset_index()
    assert set(differ["period"]) <= {"2016-01", "2018-01"}


def test_where_the_files_own_total_is_not_held_the_notes_say_so(store):
    held = store.table("elsewhere")["placement"].eq("all").any()
    says = " ".join(sums.calculate(store, ENGLAND, "2018-01").says)
    assert ("312,626" in says) if held else ("which is not held here" in says)
