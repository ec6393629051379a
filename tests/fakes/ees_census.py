"""Data sets of "Special educational needs in England" in the columns that DfE's catalogue shows, for the stand-in.

The numbers of 2022/23 are the shipped ones, divided between plans and support by a made-up rule; those of other years
are made up of them.
"""

from __future__ import annotations

import csv
import io

import pandas as pd

from tests.fakes import ees_samples as samples
from tests.fakes.ees_data import DataSet

BY_YEAR_GROUP = "NC year by type of SEN provision and type of need - 2016 to 2026"
BY_MEALS = "Free school meal eligibility by type of SEN provision and type of need - 2016 to 2026"
ENGLAND = "E92000001"
PLACES = [
    "geographic_level",
    "country_code",
    "country_name",
    "region_name",
    "region_code",
    "old_la_code",
    "la_name",
    "new_la_code",
]
PHASES = {
    "primary": "State-funded primary",
    "secondary": "State-funded secondary",
    "special": "State-funded special school",
    "nursery": "State-funded nursery",
    "alternative": "State-funded AP school",
    "non_maintained": "Non-maintained special school",
}
PROVISIONS = {"ehc_plan": "Education, health and care plan", "sen_support": "SEN support / SEN without an EHC plan"}
NEEDS = {
    "asd": "Autistic spectrum disorder",
    "slcn": "Speech, language and communication needs",
    "semh": "Social, emotional and mental health",
    "mld": "Moderate learning difficulty",
    "sld": "Severe learning difficulty",
    "pd": "Physical disability",
    "spld": "Specific learning difficulty",
    "hi": "Hearing impairment",
    "pmld": "Profound and multiple learning difficulty",
    "oth": "Other difficulty or disability",
    "vi": "Vision impairment",
    "msi": "Multi-sensory impairment",
    "nsa": "SEN support but no specialist assessment of type of need",
    "ds": "Down syndrome",
}


def counts(store) -> pd.DataFrame:
    """Shipped pupils by provision: columns area_code, phase, provision, need, pupils; every second one has a plan."""
    table = store.table("school_needs").astype(dict.fromkeys(("area_code", "period", "phase", "need"), str))
    table = table[table["period"].eq("2022/23") & table["value"].gt(0)]
    plans = (table["value"] // 2).where(table["need"].ne("nsa"), 0.0)
    parts = {"ehc_plan": plans, "sen_support": table["value"] - plans}
    long = pd.concat(
        [table[["area_code", "phase", "need"]].assign(provision=name, pupils=part) for name, part in parts.items()],
        ignore_index=True,
    )
    return long[long["pupils"].gt(0)]


def with_down_syndrome(frame: pd.DataFrame) -> pd.DataFrame:
    """The counts of a later census: one child in ten of other difficulties is told apart."""
    other = frame[frame["need"].eq("oth")]
    apart = (other["pupils"] // 10).astype(float)
    told = other.assign(need="ds", pupils=apart)
    frame = frame.assign(pupils=frame["pupils"].sub(apart, fill_value=0.0))
    return pd.concat([frame[frame["pupils"].gt(0)], told[told["pupils"].gt(0)]], ignore_index=True)


def with_wholes(frame: pd.DataFrame, regions: dict[str, str]) -> pd.DataFrame:
    """Regions, England, and the total of needs, as sums; what DfE writes beside the parts."""
    wide = [
        frame,
        frame.assign(area_code=ENGLAND),
        frame.assign(area_code=frame["area_code"].map(regions)).dropna(subset=["area_code"]),
    ]
    keys = ["area_code", "phase", "provision", "need"]
    every = pd.concat(wide).groupby(keys, as_index=False)["pupils"].sum()
    totals = every.groupby(keys[:3], as_index=False)["pupils"].sum().assign(need="total")
    return pd.concat([every, totals], ignore_index=True)


def data_set(store, years: dict[int, pd.DataFrame], title: str = BY_YEAR_GROUP, change=lambda row: row) -> DataSet:
    """A data set of some censuses (year in which the school year begins -> counts); `change` may spoil a row."""
    areas = store.table("areas").astype({"area_code": str, "name": str}).set_index("area_code")
    names = areas["name"].to_dict()
    regions = {str(code): str(region) for code, region in areas["region_code"].items() if str(code).isdigit()}
    counted = {BY_YEAR_GROUP: "total_pupil_count"}.get(title, "pupil_count")
    more = {BY_YEAR_GROUP: []}.get(title, ["fsm_eligibility"])
    text = io.StringIO()
    writer = csv.DictWriter(
        text,
        [
            *("time_period", "time_identifier"),
            *PLACES,
            *("phase_type_grouping", "sen_provision", "sen_primary_need"),
            *more,
            counted,
            "pupil_percent" if more else "nc_reception_pupil_count",
        ],
        lineterminator="\n",
    )
    writer.writeheader()
    for year, frame in years.items():
        for row in with_wholes(frame, regions).itertuples():
            cells = {
                "time_period": f"{year}{(year + 1) % 100:02}",
                "time_identifier": "Academic year",
                **_place(row.area_code, names, regions),
                "phase_type_grouping": PHASES[row.phase],
                "sen_provision": PROVISIONS[row.provision],
                "sen_primary_need": {**NEEDS, "total": "Total"}[row.need],
                counted: str(int(row.pupils)),
                "pupil_percent" if more else "nc_reception_pupil_count": "0",
            }
            for option in ("Total", "Eligible for free school meals") if more else ("",):
                writer.writerow(change({**cells, **dict.fromkeys(more, option)}))
    made = DataSet(title, samples.SEN_IN_ENGLAND)
    made.add_version("1.0", text.getvalue(), published="2026-06-11T08:30:00+00:00")
    return made


def _place(code: str, names: dict[str, str], regions: dict[str, str]) -> dict[str, str]:
    level = "National" if code == ENGLAND else "Local authority" if code.isdigit() else "Regional"
    region = code if level == "Regional" else regions.get(code, "")
    own = level == "Local authority"
    return {
        "geographic_level": level,
        "country_code": ENGLAND,
        "country_name": "England",
        "region_code": region,
        "region_name": names.get(region, ""),
        "old_la_code": code if own else "",
        "new_la_code": f"E06000{code}" if own else "",
        "la_name": names.get(code, code) if own else "",
    }
