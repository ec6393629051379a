"""From early years to 19: LAIT's series are the agreed ones, and its blanks and zeros are what they say."""

import pandas as pd
import pytest

from sendlib.errors import ContractBroken
from sendlib.tables import outcomes, symbols
from sendlib.tables.outcomes import GROUPS, MEASURES, STAGES

FILE = "made-up.parquet"
ENGLAND = "E92000001"


def england(store, measure, group):
    rows = store.rows("outcomes", ENGLAND)
    rows = rows[rows.measure.eq(measure) & rows.group.eq(group)]
    return rows.assign(period=rows.period.astype(str)).set_index("period")


@pytest.mark.parametrize(
    ("measure", "group", "period", "published"),
    [
        ("good_level_of_development", "ehc_plan", "2024/25", 4.0),
        ("good_level_of_development", "sen_support", "2024/25", 26.4),
        ("phonics_standard", "no_sen", "2023/24", 88),
        ("key_stage_2_standard", "ehc_plan", "2018/19", 9),
        ("key_stage_2_standard", "sen_support", "2024/25", 29),
        ("attainment_8", "ehc_plan", "2024/25", 14.8),
        ("attainment_8", "no_sen", "2020/21", 54.5),
        ("sustained_destination", "ehc_plan", "2022/23", 87.0),
        ("in_education_or_training", "send", "2024/25", 87.4),
        ("level_2", "sen_support", "2023/24", 64.86),
        ("level_3", "ehc_plan", "2023/24", 14.15),
        ("persistent_absence", "special_schools", "2024/25", 35.26),
        ("suspensions", "all_schools", "2023/24", 11.30744),
        ("share_of_looked_after", "ehc_plan", "2024/25", 33.9),
        ("share_of_in_need", "no_sen", "2024/25", 46.7),
    ],
)
def test_the_figures_of_england_are_the_published_ones(store, measure, group, period, published):
    assert england(store, measure, group).value[period] == published


def test_the_snapshot_holds_what_lait_says_for_every_area(originals, store):
    """By another way than the reader: LAIT's own numbers of areas, straight from the file."""
    import io

    raw = pd.read_parquet(io.BytesIO(originals.read("lait/bds_long_0.parquet")))
    rows = raw[raw["Short Desc"].eq("SEN_Stat_AVG_Attain8_Score") & raw["LA Number"].lt(970)]
    held = store.table("outcomes")
    held = held[held.measure.eq("attainment_8") & held.group.eq("ehc_plan")].set_index(["area_code", "period"])
    for code, year, text in zip(rows["LA Number"], rows["Years"], rows["Values"], strict=True):
        cell = held.loc[(str(int(code)), f"{int(year) - 1}/{year[2:]}")]
        assert (
            (cell["status"] != symbols.VALUE) if text == "-" else cell["value"] == pytest.approx(float(text), abs=1e-5)
        )


def test_years_without_tests_do_not_apply_and_results_by_teachers_stand(store):
    table = store.table("outcomes")
    for period in ("2019/20", "2020/21"):
        for measure in ("good_level_of_development", "phonics_standard", "key_stage_2_standard"):
            rows = table[table.period.eq(period) & table.measure.eq(measure)]
            assert set(rows.status.astype(str)) == {symbols.NOT_APPLICABLE}
        assert england(store, "attainment_8", "all").status[period] == symbols.VALUE
    assert england(store, "absence", "all_schools").status["2019/20"] == symbols.NOT_AVAILABLE


def test_the_more_support_a_child_has_the_lower_the_result_in_england(store):
    for measure in (
        "phonics_standard",
        "key_stage_2_standard",
        "attainment_8",
        "level_2",
        "level_2_english_maths",
        "level_3",
    ):
        none, support, plan = (
            england(store, measure, group).value.dropna() for group in ("no_sen", "sen_support", "ehc_plan")
        )
        assert (none > support).all() and (support > plan).all(), measure


@pytest.mark.parametrize(
    ("code", "period", "status"),
    [
        ("839", "2015/16", symbols.NOT_APPLICABLE),
        ("839", "2020/21", symbols.NOT_AVAILABLE),
        ("836", "2023/24", symbols.NOT_APPLICABLE),
    ],
)
def test_no_zero_stands_for_an_authority_without_any_figure(store, code, period, status):
    rows = store.rows("outcomes", code)
    rows = rows[rows.measure.eq("level_2") & rows.period.eq(period)].set_index("group")
    assert rows.value.isna().all() and rows.status["sen_support"] == status
    assert any("11 zeros" in note for note in store.info("outcomes").notes)


def test_phonics_of_the_last_year_is_said_to_be_provisional(store):
    assert any("phonics" in note and "2024/25 is provisional" in note for note in store.info("outcomes").notes)


def test_every_measure_has_a_stage_a_unit_and_known_groups():
    for code, measure in MEASURES.items():
        assert measure.stage in STAGES and set(measure.series) <= set(GROUPS), code
        assert measure.unit in ("%", "points", "per 100 pupils") and measure.name, code
    assert {measure.stage for measure in MEASURES.values()} == set(STAGES)
    shorts = [series.short for measure in MEASURES.values() for series in measure.series.values()]
    assert len(shorts) == len(set(shorts))


def test_every_area_has_every_measure(store, areas):
    table = store.table("outcomes")
    for code in MEASURES:
        assert set(areas.authorities) - set(table.loc[table.measure.eq(code), "area_code"]) <= {"420"}, code


def lait(years=("2024",), changes=None):
    rows = []
    for measure in MEASURES.values():
        for series in measure.series.values():
            for year in years:
                for name, number, value in (
                    ("England", 970, "40"),
                    ("Plymouth", 879, "30.000000000000004"),
                    ("Cumberland", 942, "-"),
                    ("London", 986, "-"),
                    ("London (Inner)", 987, "9"),
                ):
                    text = (changes or {}).get((series.short, number), value)
                    rows.append(
                        {
                            "Short Desc": series.short,
                            "Years": year,
                            "LA and Regions": name,
                            "Values": text,
                            "LA Number": float(number),
                        }
                    )
    return pd.DataFrame(rows)


def test_made_up_lait_is_read_and_inner_london_left_out(areas):
    frame, notes = outcomes.read(lait(("2024", "2025 (prov)")), FILE, areas)
    assert set(frame.period) == {"2023/24", "2024/25"} and not any("E13" in code for code in frame.area_code)
    assert frame.loc[frame.area_code.eq("879"), "value"].eq(30).all()
    assert len(notes) == len(MEASURES) and all("2024/25 is provisional" in note for note in notes)


def test_a_lone_zero_is_not_available_but_a_zero_among_figures_is_a_zero(areas):
    empty = {(series.short, 879): "-" for series in MEASURES["level_2"].series.values()}
    frame, notes = outcomes.read(
        lait(changes={**empty, ("Age19_SENwoS", 879): "0", ("KS1P_EHCP", 879): "0"}), FILE, areas
    )
    rows = frame[frame.area_code.eq("879")].set_index(["measure", "group"])
    assert rows.status[("level_2", "sen_support")] == symbols.NOT_AVAILABLE
    assert (rows.value[("phonics_standard", "ehc_plan")], rows.status[("phonics_standard", "ehc_plan")]) == (
        0,
        symbols.VALUE,
    )
    assert len(notes) == 1 and "area 879" in notes[0]


def test_a_test_that_was_held_in_2020_would_be_shown(areas):
    frame, _ = outcomes.read(lait(("2020",)), FILE, areas)
    rows = frame[frame.measure.eq("phonics_standard")].set_index(["area_code", "group"])
    assert rows.status[(ENGLAND, "ehc_plan")] == symbols.VALUE
    assert rows.status[("E12000007", "ehc_plan")] == symbols.NOT_AVAILABLE


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda t: t[t["Short Desc"].ne("KS1P_EHCP")], "KS1P_EHCP"),
        (lambda t: pd.concat([t, t[t["LA Number"].eq(970)]]), "exactly one row"),
        (lambda t: pd.concat([t, t[t["LA Number"].eq(879)]]), "two rows for area 879"),
        (lambda t: t.assign(Years="2024-25 (OT)"), "is not a year"),
        (lambda t: t.assign(Years="2023/25"), "is not a year"),
        (lambda t: t.assign(Values=t["Values"].replace("40", "c")), "neither a number nor a known symbol"),
        (lambda t: t.assign(Values=t["Values"].replace("40", "140")), "140 per cent"),
        (lambda t: t.drop(columns="Values"), "agreed columns Values"),
        (lambda t: t.replace("Plymouth", "Nowhere").replace(879.0, 999.0), "'Nowhere'"),
        (lambda t: t[~(t["Short Desc"].eq("TotAbs") & t["LA Number"].eq(879))], "only 3 areas"),
    ],
)
def test_a_changed_lait_is_refused_by_name(areas, spoil, problem):
    with pytest.raises(ContractBroken, match=problem) as refused:
        outcomes.read(spoil(lait()), FILE, areas)
    assert FILE in str(refused.value)


def test_a_series_that_changed_its_name_in_the_dictionary_is_refused(originals):
    content = originals.read(outcomes.DICTIONARY)
    outcomes.check_names(content, outcomes.DICTIONARY)
    with pytest.raises(ContractBroken, match="'KS1P_EHCP' is called"):
        outcomes.check_names(
            content.replace(b"Phonics Decoding - EHCPs", b"Phonics Decoding - others"), outcomes.DICTIONARY
        )


def test_a_parquet_file_that_is_cut_short_is_refused(areas):
    class Broken:
        def read(self, name):
            return b"PAR1 but not really"

    with pytest.raises(ContractBroken, match="complete Parquet"):
        outcomes.lait.open_file(Broken())
