"""The labels of DfE's EHC plan files, and what they are called here.

DfE changes labels between and within releases ("Special - Academy/free
schools", "Special - academy/free school"); every spelling that we have read is
listed, compared without case, and a new one is refused by name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from sendlib.errors import ContractBroken
from sendlib.tables.symbols import HIDDEN, NOT_APPLICABLE, NOT_AVAILABLE, VALUE

MISSING = {"x": NOT_AVAILABLE, "z": NOT_APPLICABLE, "": NOT_AVAILABLE, "no data": NOT_AVAILABLE, "c": HIDDEN}
"""Symbols of the EHC plan releases from 2022 on (x unavailable, z not applicable; no data where dates were not sent),
and the one that DfE's other files have for suppressed figures."""

TOTAL = "total"
ALL = "All"
NOT_RECORDED = "Not recorded"

TOPICS = {
    "all ehc plans": TOTAL,
    "new ehc plans": TOTAL,
    "all new ehc plans": TOTAL,
    "child or young persons age": "age",
    "age at start of academic year": "age",
    "age when plan started": "age_at_start",
    "age on plan start date": "age_at_start",
    "ethnicity": "ethnicity",
    "sex": "sex",
    "type of placement": "placement",
    "years ehc plan in place": "years_in_place",
}
CHARACTERISTICS = ["total", "age", "age_band", "age_at_start", "ethnicity", "placement", "sex", "years_in_place"]
WORDS = {
    TOTAL: "the totals",
    "age": "age",
    "age_band": "age bands",
    "age_at_start": "age when the plan started",
    "ethnicity": "ethnicity",
    "placement": "placement",
    "sex": "sex",
    "years_in_place": "years that the plan is in place",
}
"""What each characteristic breaks down, as it stands in a sentence."""

AGE_BANDS = {"Under 5": (0, 4), "5 to 10": (5, 10), "11 to 15": (11, 15), "16 to 19": (16, 19), "20 to 25": (20, 25)}
"""Band -> first and last age in it, in whole years."""


@dataclass(frozen=True)
class Placement:
    """A kind of setting: its group and its plain name."""

    group: str
    name: str


PLACEMENTS = {
    "mainstream_la_maintained": Placement("mainstream", "Mainstream: local authority maintained"),
    "mainstream_la_maintained_resourced_provision": Placement(
        "mainstream", "Mainstream: local authority maintained, resourced provision"
    ),
    "mainstream_la_maintained_senunit": Placement("mainstream", "Mainstream: local authority maintained, SEN unit"),
    "mainstream_academy": Placement("mainstream", "Mainstream: academy"),
    "mainstream_academy_resourced_provision": Placement("mainstream", "Mainstream: academy, resourced provision"),
    "mainstream_academy_senunit": Placement("mainstream", "Mainstream: academy, SEN unit"),
    "mainstream_free_school": Placement("mainstream", "Mainstream: free school"),
    "mainstream_free_school_resourced_provision": Placement(
        "mainstream", "Mainstream: free school, resourced provision"
    ),
    "mainstream_free_school_senunit": Placement("mainstream", "Mainstream: free school, SEN unit"),
    "mainstream_independent": Placement("mainstream", "Mainstream: independent"),
    "mainstream_total": Placement("mainstream", "Mainstream schools"),
    "special_la_maintained": Placement("special", "Special: local authority maintained"),
    "special_academy_free": Placement("special", "Special: academy or free school"),
    "special_independent": Placement("special", "Special: independent"),
    "special_non_maintained": Placement("special", "Special: non-maintained"),
    "special_total": Placement("special", "Special schools"),
    "ap_pru_academy": Placement("alternative", "Alternative provision: academy"),
    "ap_pru_free_school": Placement("alternative", "Alternative provision: free school"),
    "ap_pru_la_maintained": Placement("alternative", "Alternative provision: pupil referral unit"),
    "ap_pru_total": Placement("alternative", "Alternative provision"),
    "general_fe_tertiary_colleges": Placement("further_education", "Further education and sixth-form colleges"),
    "specialist_post_16_institutions": Placement("further_education", "Specialist post-16 institutions"),
    "ukrlp_provider": Placement("further_education", "Other registered learning providers"),
    "fe_total": Placement("further_education", "Further education"),
    "elective_home_education": Placement("elsewhere", "Elective home education"),
    "other_arrangements_la": Placement("elsewhere", "Other arrangements by the local authority"),
    "other_arrangements_parents": Placement("elsewhere", "Other arrangements by parents"),
    "online_provider": Placement("elsewhere", "Online provider"),
    "w_settings": Placement("elsewhere", "Welsh schools and settings"),
    "other_schools": Placement("elsewhere", "Other schools and settings"),
    "other_placement_settings": Placement("elsewhere", "Other placements"),
    "neet": Placement("elsewhere", "Not in education, employment or training"),
    "neet_ntci": Placement("elsewhere", "Not in education or training: notice to cease issued"),
    "neet_other": Placement("elsewhere", "Not in education or training: other ages"),
    "neet_other_csa": Placement("elsewhere", "Not in education or training: compulsory school age"),
    "ed_elsewhere": Placement("elsewhere", "Educated elsewhere or not in education"),
    "nm_early_years": Placement("early_years", "Non-maintained early years"),
    "placement_unknown": Placement("not_recorded", "Placement not recorded"),
    "await_prov_2022": Placement("elsewhere", "Awaiting provision (to January 2022)"),
    "perm_ex_2022": Placement("elsewhere", "Permanently excluded (to January 2022)"),
}
"""DfE's placement columns in the order of the file; the totals of groups among them."""

TOLD_APART = ("special_academy", "special_free_school")
"""Two kinds of placement from 2026 on, counted as `special_academy_free` until 2025 and, so that years can be compared,
here."""

PLACEMENT_GROUP_TOTALS = {
    "mainstream_total": "Mainstream schools",
    "special_total": "Special schools",
    "ap_pru_total": "Alternative provision",
    "fe_total": "Further education",
    "ed_elsewhere": "Educated elsewhere or not in education",
    "nm_early_years": "Non-maintained early years",
    "placement_unknown": "Placement not recorded",
}

_PLACEMENT_LABELS = {
    "ap/pru - academy": "ap_pru_academy",
    "ap/pru - free school": "ap_pru_free_school",
    "ap/pru - la maintained": "ap_pru_la_maintained",
    "ap/pru - total": "ap_pru_total",
    "educated elsewhere - elective home education": "elective_home_education",
    "educated elsewhere - neet": "neet",
    "educated elsewhere - not in education or training (compulsory school age)": "neet_other_csa",
    "educated elsewhere - not in education or training (notice to cease issued)": "neet_ntci",
    "educated elsewhere - not in education or training (other)": "neet_other",
    "educated elsewhere - online provider": "online_provider",
    "educated elsewhere - other arrangements by la": "other_arrangements_la",
    "educated elsewhere - other arrangements by parents": "other_arrangements_parents",
    "educated elsewhere - other placement settings": "other_placement_settings",
    "educated elsewhere - other schools and establishments": "other_schools",
    "educated elsewhere - total": "ed_elsewhere",
    "educated elsewhere - welsh establishment": "w_settings",
    "fe - general fe and tertiary colleges": "general_fe_tertiary_colleges",
    "fe - specialist post-16 institutions": "specialist_post_16_institutions",
    "fe - total": "fe_total",
    "fe - ukrlp provider": "ukrlp_provider",
    "mainstream - academy": "mainstream_academy",
    "mainstream - academy (resourced provision)": "mainstream_academy_resourced_provision",
    "mainstream - academy (sen unit)": "mainstream_academy_senunit",
    "mainstream - free school": "mainstream_free_school",
    "mainstream - free school (resourced provision)": "mainstream_free_school_resourced_provision",
    "mainstream - free school (sen unit)": "mainstream_free_school_senunit",
    "mainstream - independent": "mainstream_independent",
    "mainstream - la maintained": "mainstream_la_maintained",
    "mainstream - la maintained (resourced provision)": "mainstream_la_maintained_resourced_provision",
    "mainstream - la maintained (sen unit)": "mainstream_la_maintained_senunit",
    "mainstream - total": "mainstream_total",
    "non-maintained early years": "nm_early_years",
    "placement not recorded": "placement_unknown",
    "special - academy": "special_academy",
    "special - academy/free school": "special_academy_free",
    "special - academy/free schools": "special_academy_free",
    "special - free school": "special_free_school",
    "special - independent": "special_independent",
    "special - la maintained": "special_la_maintained",
    "special - non-maintained": "special_non_maintained",
    "special - total": "special_total",
}

_ETHNICITIES = [
    "Any other ethnic group",
    "Asian - Any other Asian background",
    "Asian - Bangladeshi",
    "Asian - Chinese",
    "Asian - Indian",
    "Asian - Pakistani",
    "Black - Any other Black background",
    "Black - Black African",
    "Black - Black Caribbean",
    "Mixed - Any other Mixed background",
    "Mixed - White and Asian",
    "Mixed - White and Black African",
    "Mixed - White and Black Caribbean",
    "Unclassified",
    "White - Any other White background",
    "White - Gypsy/Roma",
    "White - Irish",
    "White - Traveller of Irish heritage",
    "White - White British",
]

_AGE_ON_A_DAY = re.compile(r"^age at 31 august 20\d\d$")
_AGE = re.compile(r"^aged? (\d{1,2})$")
_OTHER_AGES = {
    "under 3": "Under 3",
    "age 2 and under": "Under 3",
    "aged 2 and under": "Under 3",
    "age 20 and over": "20 and over",
    "aged 20 and over": "20 and over",
    "unknown": NOT_RECORDED,
    "age unknown": NOT_RECORDED,
}
_YEARS = {"less than a year": "Less than 1", "1 or less": "1 or less", "12 or more": "12 or more"}


def characteristics(frame: pd.DataFrame, file: str) -> pd.DataFrame:
    """Add `characteristic` and `category` from breakdown_topic and breakdown.

    The pair is kept: "age 10" is both a current age and an age when the plan
    started. The total is the topic that begins with "All" or is "New EHC
    plans". Raises ContractBroken at the first label that was not agreed.
    """
    pairs = frame[["breakdown_topic", "breakdown"]].drop_duplicates()
    known = {(topic, label): _pair(topic, label, file) for topic, label in pairs.itertuples(index=False, name=None)}
    both = [known[pair] for pair in zip(frame["breakdown_topic"], frame["breakdown"], strict=True)]
    return frame.assign(characteristic=[c for c, _ in both], category=[label for _, label in both])


def _pair(topic: str, label: str, file: str) -> tuple[str, str]:
    name = topic.strip().casefold()
    characteristic = TOPICS.get(name) or ("age" if _AGE_ON_A_DAY.match(name) else None)
    if characteristic is None:
        raise ContractBroken(file, f"breakdown_topic '{topic}' was not agreed.")
    plain = label.strip().casefold()
    category: str | None
    if characteristic == TOTAL:
        category = ALL if plain == name or plain in TOPICS else None
    elif characteristic in ("age", "age_at_start"):
        match = _AGE.match(plain)
        category = match[1] if match else _OTHER_AGES.get(plain)
    elif characteristic == "years_in_place":
        category = plain if plain.isdigit() else _YEARS.get(plain)
    elif characteristic == "sex":
        category = {"female": "Female", "male": "Male", "unknown": NOT_RECORDED}.get(plain)
    elif characteristic == "ethnicity":
        category = next((name for name in _ETHNICITIES if name.casefold() == plain), None)
    else:
        category = _PLACEMENT_LABELS.get(plain)
    if category is None:
        raise ContractBroken(file, f"label '{label}' under '{topic}' was not agreed.")
    return characteristic, category


def academies_and_free_schools_together(long: pd.DataFrame, column: str, file: str) -> pd.DataFrame:
    """Long rows (keys, value, status) with special academies and special free schools added up under one label.

    `column` holds the placement. The history stands in `special_academy` alone,
    with `x` for free schools. Raises ContractBroken where a file has one of the
    two twice, or the sum of both as well.
    """
    apart = long[column].isin(TOLD_APART)
    if not apart.any():
        return long
    keys = [name for name in long if name not in ("value", "status")]
    if long[apart].duplicated(keys).any() or long[column].eq("special_academy_free").any():
        raise ContractBroken(file, "special academies and special free schools are counted more than once.")
    both = (
        long[apart]
        .assign(**{column: "special_academy_free"})
        .groupby(keys, as_index=False, sort=False)
        .value.sum(min_count=1)
    )
    both["status"] = both.value.notna().map({True: VALUE, False: NOT_AVAILABLE})
    return pd.concat([long[~apart], both[long.columns]], ignore_index=True)
