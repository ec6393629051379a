"""outcomes: how children and young people with SEND get on, from early years to 19.

Grain: area_code x period x stage x measure x group.

- `period`: school year, `2015/16` to `2024/25`. A destination belongs to the school year in which
  the pupil finished key stage 4; a count on 31 March to the school year that it lies in.
- `stage`: STAGES, from early years to 19, then attendance, exclusions and social care.
- `measure`: MEASURES gives each its name, unit and LAIT series. LAIT's own polarity is not used.
- `group`: GROUPS. Early years have no series for children without SEN, only for all children.
  Absence and suspensions are not in LAIT by SEN: there the groups are kinds of school, and most
  pupils of special schools have a plan, but most pupils with a plan go elsewhere.
- `value`: in the measure's unit, rounded as LAIT has it. `status`: tables/symbols.py;
  `not_applicable` in the school years 2019/20 and 2020/21 where there was no assessment at all.

Not in LAIT, so not here: English and mathematics at key stage 4, absence, suspensions and
exclusions by SEN; home education; young people not in education, employment or training by SEN.
LAIT has Progress 8, key stage 2 progress, the English Baccalaureate and the multiplication
tables check by SEN; the first two ended in 2024 and 2023, and all four say less than these.

Source: DfE Local Authority Interactive Tool (LAIT), April 2026 (tables/lait.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import lait, reading, schema
from sendlib.tables.definition import TableDefinition
from sendlib.tables.symbols import NOT_APPLICABLE, NOT_AVAILABLE

if TYPE_CHECKING:
    import pandera.pandas as pa

DICTIONARY = "lait/lait_data_dictionary.csv"
BREAKS = (
    "2019/20 and 2020/21: no early years, phonics or key stage 2 assessments because of coronavirus.",
    "2019/20: no absence for the whole school year. 2020/21:"
    " absence leaves out sessions missed because of coronavirus.",
    "Early years: a new profile from 2021/22; do not compare with the years before.",
    "Key stage 2: writing was assessed in another way from 2017/18; 2015/16 and 2016/17 are not directly comparable.",
    "Key stage 4: Attainment 8 could reach 80 in 2015/16, 87 in 2016/17 and 90 from 2017/18;"
    " grades of 2019/20 and 2020/21 were set by teachers.",
    "Early years with an EHC plan: few authorities have a figure for 2015/16 and 2016/17.",
    "Level 2 and 3 at 19: SEN is that recorded at academic age 15."
    " Bournemouth, Poole and Dorset stand under their old areas to 2020/21.",
    "Participation at 16 and 17 comes from authorities' own tracking,"
    " which misses young people whose activity is not known; DfE says not to use it as official participation.",
    "Children in need are here those who are neither on a protection plan nor looked after.",
)
KEYS = ["area_code", "period", "stage", "measure", "group"]
YEARS_WITHOUT_TESTS = ("2019/20", "2020/21")

STAGES = {
    "early_years": "Early years",
    "phonics": "Phonics, age 6",
    "key_stage_2": "Key stage 2, age 11",
    "key_stage_4": "Key stage 4, age 16",
    "destinations": "After key stage 4",
    "participation": "Ages 16 and 17",
    "age_19": "By age 19",
    "attendance": "Attendance",
    "exclusions": "Suspensions and exclusions",
    "social_care": "Social care",
}
"""Stage -> name; the first seven in the order of age."""

GROUPS = {
    "no_sen": "No identified SEN",
    "sen_support": "SEN support",
    "ehc_plan": "EHC plan or statement",
    "send": "SEND as the authority tracks it (a plan, a statement or an earlier assessment)",
    "all": "All children or young people",
    "special_schools": "State-funded special schools",
    "primary_schools": "State-funded primary schools",
    "secondary_schools": "State-funded secondary schools",
    "all_schools": "All state-funded schools",
}
SCHOOLS = ("special_schools", "primary_schools", "secondary_schools", "all_schools")


@dataclass(frozen=True)
class Series:
    """One of LAIT's series: its short name in the data and its exact name in the dictionary."""

    short: str
    name: str


@dataclass(frozen=True)
class Measure:
    """What a measure is called, its unit, and LAIT's series by group.

    `unit`: `%`, `points` or `per 100 pupils` (a pupil can be suspended more than once).
    `assessed`: there was none in the years without tests.
    """

    stage: str
    name: str
    unit: str
    series: Mapping[str, Series]
    assessed: bool = field(default=False)


def _at_19(level: str, suffix: str) -> dict[str, Series]:
    return {
        "no_sen": Series(f"Age19_NoNSEN{suffix}", f"%19 year olds qualified to {level} - Non SEN"),
        "sen_support": Series(f"Age19_SENwoS{suffix}", f"%19 year olds qualified to {level} - with SEN Support"),
        "ehc_plan": Series(f"Age19_SEN-S{suffix}", f"%19 year olds qualified to {level} - with statement/EHCP"),
    }


def _by_school(
    special: tuple[str, str], primary: tuple[str, str], secondary: tuple[str, str], whole: tuple[str, str]
) -> dict[str, Series]:
    return {group: Series(*pair) for group, pair in zip(SCHOOLS, (special, primary, secondary, whole), strict=True)}


MEASURES: dict[str, Measure] = {
    "good_level_of_development": Measure(
        "early_years",
        "Good level of development at the end of reception",
        "%",
        {
            "sen_support": Series(
                "FSP_Gooddev_Without_SENSTATE",
                "Foundation Stage - % Good level of Development SEN without Statement/EHCP",
            ),
            "ehc_plan": Series(
                "FSP_Gooddev_With_SENSTATE", "Foundation Stage - % Good level of Development SEN with Statement/EHCP"
            ),
            "all": Series("FSP_NEW_GOODDEV", "Foundation Stage - % achieving a good level of development"),
        },
        assessed=True,
    ),
    "phonics_standard": Measure(
        "phonics",
        "Expected standard in the phonics check of year 1",
        "%",
        {
            "no_sen": Series("KS1P_NonSEND", "Phonics Decoding - No SEND"),
            "sen_support": Series("KS1P_SEND", "Phonics Decoding - SEN Support"),
            "ehc_plan": Series("KS1P_EHCP", "Phonics Decoding - EHCPs"),
            "all": Series("KS1P_all", "Phonics Decoding - All pupils"),
        },
        assessed=True,
    ),
    "key_stage_2_standard": Measure(
        "key_stage_2",
        "Expected standard in reading, writing and mathematics",
        "%",
        {
            "no_sen": Series("NoID_SEN_NEW_KS2_RWM", "Achievement of KS2  (RWM) for Pupils with no identified SEN"),
            "sen_support": Series(
                "NEW_KS2_RWM_Sen_W/Osta", "KS2 Attainment of SEN Non Statemented/EHCP Children - RWM"
            ),
            "ehc_plan": Series("NEW_KS2_RWM_Sen_Withsta", "KS2 Attainment of Statemented/EHCP Children - RWM"),
            "all": Series(
                "KS2RWM_Expected_STD", "KS2 % reading, writing and mathematics - Expected standard - All Pupils"
            ),
        },
        assessed=True,
    ),
    "attainment_8": Measure(
        "key_stage_4",
        "Average Attainment 8 score",
        "points",
        {
            "no_sen": Series("SEN_NoID_AVG_Attain8_Score", "Attainment 8 score - pupils with no identified SEN"),
            "sen_support": Series("SEN_WoStat_AVG_Attain8_Score", "Attainment 8 score - pupils with SEN Support"),
            "ehc_plan": Series("SEN_Stat_AVG_Attain8_Score", "Attainment 8 score - pupils with SEN Statement/EHCP"),
            "all": Series("AVG_Attain8_Score", "Average Attainment 8 score per pupil"),
        },
    ),
    "sustained_destination": Measure(
        "destinations",
        "In education, an apprenticeship or work for two terms after key stage 4",
        "%",
        {
            "no_sen": Series(
                "SusEdOverall_NoSEN_incSpec",
                "% KS4 None SEN Pupils going to,"
                " or remaining in education & employment/training overall (inc special schools)",
            ),
            "sen_support": Series(
                "SusEdOverall_SEN_NoStat_incSpec",
                "% KS4 SEN Pupils With SEN Support going to,"
                " or remaining in education & employment/training overall (inc special schools)",
            ),
            "ehc_plan": Series(
                "SusEdOverall_SEN_Stat_incSpec",
                "% KS4 SEN Pupils With EHCP going to,"
                " or remaining in education & employment/training overall (inc special schools)",
            ),
        },
    ),
    "in_education_or_training": Measure(
        "participation",
        "In education or training at 16 and 17, on 31 March",
        "%",
        {
            "send": Series("16-17YroldSEN_ET", "16-17 yr olds with SEN in education & training"),
            "all": Series("16-17Ed&Training", "16 & 17 year olds in Education or Training"),
        },
    ),
    "level_2": Measure("age_19", "Qualified to level 2 by 19", "%", _at_19("Level 2", "")),
    "level_2_english_maths": Measure(
        "age_19", "Qualified to level 2 with English and mathematics by 19", "%", _at_19("Level 2, inc E&M", "_L2EM")
    ),
    "level_3": Measure("age_19", "Qualified to level 3 by 19", "%", _at_19("Level 3", "_L3")),
    "absence": Measure(
        "attendance",
        "Half days missed",
        "%",
        _by_school(
            ("total_absence_special", "Total Special Absence"),
            ("PriTotAbs", "Total Primary Absence"),
            ("SecTotAbs", "Total Secondary Absence"),
            ("TotAbs", "Total School Absence"),
        ),
    ),
    "persistent_absence": Measure(
        "attendance",
        "Pupils who missed a tenth or more of their half days",
        "%",
        _by_school(
            ("SpecPerAbNew", "Special Persistent Absence (new definition)"),
            ("SFPriPerAbNew", "Primary Persistent Absence (new definition)"),
            ("SFSecPerAbNew", "Secondary Persistent Absence (new definition)"),
            ("TotPerAbNew", "Total Persistent Absence (new definition)"),
        ),
    ),
    "severe_absence": Measure(
        "attendance",
        "Pupils who missed half or more of their half days",
        "%",
        _by_school(
            ("SpecSevPerAbNew", "Special Severe Persistent Absence (new definition)"),
            ("SFPriSevPerAbNew", "Primary Severe Persistent Absence (new definition)"),
            ("SFSecSevPerAbNew", "Secondary Severe Persistent Absence (new definition)"),
            ("TotSevPerAbNew", "Total Severe Persistent Absence (new definition)"),
        ),
    ),
    "suspensions": Measure(
        "exclusions",
        "Suspensions",
        "per 100 pupils",
        _by_school(
            ("SpecFixedEx", "Special School suspensions"),
            ("PriFixedEx", "Primary Suspensions"),
            ("SecFixedEx", "Secondary suspensions"),
            ("TotFixedEx", "Total Suspensions"),
        ),
    ),
    "pupils_suspended": Measure(
        "exclusions",
        "Pupils suspended at least once",
        "%",
        _by_school(
            ("Spec_ Pup_FixedEx", "Special Pupils with one or more suspensions"),
            ("Pri_ Pup_FixedEx", "Primary Pupils with one or more suspensions"),
            ("Sec_ Pup_FixedEx", "Secondary Pupils with one or more suspensions"),
            ("Total_ Pup_FixedEx", "Total Pupils with one or more suspensions"),
        ),
    ),
    "permanent_exclusions": Measure(
        "exclusions",
        "Permanent exclusions",
        "per 100 pupils",
        _by_school(
            ("SpecPermEx", "Special Permanent Exclusions"),
            ("PriPermEx", "Primary Permanent Exclusions"),
            ("SecPermEx", "Secondary Permanent Exclusions"),
            ("TotPermEx", "Total Permanent Exclusions"),
        ),
    ),
    "share_of_looked_after": Measure(
        "social_care",
        "Share of children looked after for a year or more, on 31 March",
        "%",
        {
            "sen_support": Series("LAC_SEN", "% of CLA with SEN but without a Statement/EHCP"),
            "ehc_plan": Series("LAC_SEN_Statement", "% of CLA with a SEN Statement/EHCP"),
        },
    ),
    "share_of_in_need": Measure(
        "social_care",
        "Share of school-age children in need, on 31 March",
        "%",
        {
            "no_sen": Series("CINNoSEN", "% of school-age Children in Need with no SEN"),
            "sen_support": Series("CINSEN_SUP", "% of school-age Children in Need with SEN Support"),
            "ehc_plan": Series("CINStatement", "% of school-age Children in Need with a Statement/EHCP"),
        },
    ),
}
"""Measure -> its name, unit and LAIT series, in the order of the stages."""


def expected() -> pa.DataFrameSchema:
    return schema.long_table(
        {
            "period": schema.text(schema.SCHOOL_YEAR),
            "stage": schema.text(allowed=list(STAGES)),
            "measure": schema.text(allowed=list(MEASURES)),
            "group": schema.text(allowed=list(GROUPS)),
        }
    )


def build(originals: Originals, areas: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The outcomes table and notes on figures that were left out. Raises ContractBroken."""
    check_names(originals.read(DICTIONARY), DICTIONARY)
    return read(lait.open_file(originals), lait.FILE, areas)


def check_names(content: bytes, file: str) -> None:
    """Every series must still go by the agreed name in LAIT's dictionary.

    A short name that changed its meaning is refused.
    """
    frame = reading.read_csv(content, file, ["Measure", "Measure_short"])
    names = frame.groupby("measure_short")["measure"].agg(set).to_dict()
    for measure in MEASURES.values():
        for series in measure.series.values():
            found = names.get(series.short, set())
            if series.name not in found:
                raise ContractBroken(
                    file, f"'{series.short}' is called {sorted(found) or 'nothing'} where '{series.name}' was agreed."
                )


def read(raw: pd.DataFrame, file: str, areas: Areas) -> tuple[pd.DataFrame, list[str]]:
    """LAIT's long table (text values) -> outcomes, with notes."""
    labels = {
        series.short: {"stage": measure.stage, "measure": code, "group": group}
        for code, measure in MEASURES.items()
        for group, series in measure.series.items()
    }
    frame = lait.read(raw, file, labels, areas)
    percent = frame["measure"].map(lambda code: MEASURES[code].unit == "%")
    if (frame.loc[percent, "value"] > 100).any():
        row = frame[percent & frame["value"].gt(100)].iloc[0]
        raise ContractBroken(file, f"'{row['Short Desc']}' is {row['value']:g} per cent in area {row['area_code']}.")
    frame = _years_without_tests(frame)
    frame, notes = without_lone_zeros(frame)
    provisional = frame.loc[frame["provisional"] & frame["value"].notna(), ["measure", "period"]].drop_duplicates()
    notes += [is_provisional(str(code), str(year)) for code, year in provisional.itertuples(index=False)]
    return reading.as_categories(frame[[*KEYS, "value", "status"]], KEYS).astype({"status": "category"}), notes


def is_provisional(measure: str, year: str) -> str:
    """The note that the table has where a measure's figures of a school year are provisional."""
    return f"{MEASURES[measure].name}: {year} is provisional."


def _years_without_tests(frame: pd.DataFrame) -> pd.DataFrame:
    """A year without tests, in which England has no figure either, does not apply."""
    assessed = frame["measure"].map(lambda code: MEASURES[code].assessed)
    untested = assessed & frame["period"].isin(YEARS_WITHOUT_TESTS)
    held = frame[untested & frame["value"].notna()]
    tested = set(zip(held["measure"], held["group"], held["period"], strict=True))
    keys = zip(frame["measure"], frame["group"], frame["period"], strict=True)
    untested &= pd.Series([key not in tested for key in keys], index=frame.index)
    frame.loc[untested, "status"] = NOT_APPLICABLE
    return frame


def without_lone_zeros(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """A zero where no other group of the measure has a figure is taken out, as those are missing.

    LAIT fills one series with zeros where an authority has no figure at all:
    0 per cent reach level 2 with SEN support in Poole after Poole was
    abolished, with nothing for the other groups.
    """
    keys = ["area_code", "period", "measure"]
    held = frame["value"].notna()
    alone = frame[held].groupby(keys)["value"].agg(["size", "max"])
    groups = frame["measure"].map(lambda code: len(MEASURES[code].series))
    lone = alone[alone["size"].eq(1) & alone["max"].eq(0)].index
    hit = held & groups.gt(1) & pd.MultiIndex.from_frame(frame[keys]).isin(lone)
    notes = [
        f"{MEASURES[str(measure)].name}: {len(rows)} zeros of LAIT stand where no other group has a figure"
        f" (area {', area '.join(sorted(rows['area_code'].unique()))}); they are taken out."
        for measure, rows in frame[hit].groupby("measure")
    ]
    frame.loc[hit, "value"] = float("nan")
    frame.loc[hit, "status"] = frame.loc[hit, "existed"].map({True: NOT_AVAILABLE, False: NOT_APPLICABLE})
    return frame, notes


TABLE = TableDefinition(
    name="outcomes",
    title="How children and young people with SEND get on",
    grain="one row an area, school year, stage, measure and group",
    expected=expected,
    breaks=BREAKS,
    originals={lait.FILE: "lait_outcomes_2026", DICTIONARY: "lait_outcomes_2026"},
    build=build,
)
