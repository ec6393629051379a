"""Pupils with SEN by primary need out of DfE's API: the rows of the table school_needs that a refresh brings.

Layout: data sets of "Special educational needs in England" as DfE shows them in its data catalogue in 2026: filters
phase_type_grouping, sen_provision and sen_primary_need, and a count of pupils.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from sendlib.errors import ContractBroken
from sendlib.tables import ees_rows, reading
from sendlib.tables.needs import DOWN_SYNDROME, UNKNOWN
from sendlib.tables.school_needs import ANY, KEYS, UNASSESSED
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE, parse

TOTAL = "total"
PHASES = {
    "state-funded primary": "primary",
    "state-funded secondary": "secondary",
    "state-funded special school": "special",
    "state-funded nursery": "nursery",
    "state-funded ap school": "alternative",
    "state-funded alternative provision school": "alternative",
    "state-funded alternative provision": "alternative",
    "pupil referral unit": "alternative",
    "non-maintained special school": "non_maintained",
}
OTHER_PHASES = ("total", "all schools", "independent school", "independent", "special schools")
"""Known and not read: wholes, and schools that do not say which need their pupils have."""
PROVISIONS = {
    "education, health and care plan": "ehc_plan",
    "education, health and care plans": "ehc_plan",
    "sen support / sen without an ehc plan": "sen_support",
    "sen support": "sen_support",
}
OTHER_PROVISIONS = (
    "total",
    "all pupils",
    "all sen provision",
    "no sen provision",
    "no identified sen",
    "unknown",
    "unknown sen provision",
)
NEEDS = {
    "autistic spectrum disorder": "asd",
    "speech, language and communication needs": "slcn",
    "speech, language and communications needs": "slcn",
    "social, emotional and mental health": "semh",
    "moderate learning difficulty": "mld",
    "severe learning difficulty": "sld",
    "physical disability": "pd",
    "specific learning difficulty": "spld",
    "hearing impairment": "hi",
    "profound and multiple learning difficulty": "pmld",
    "profound & multiple learning difficulty": "pmld",
    "other difficulty or disability": "oth",
    "other difficulty/disability": "oth",
    "vision impairment": "vi",
    "visual impairment": "vi",
    "multi-sensory impairment": "msi",
    "multi- sensory impairment": "msi",
    "down syndrome": DOWN_SYNDROME,
    "sen support but no specialist assessment of type of need": UNASSESSED,
    "unknown": UNKNOWN,
    "not reported": UNKNOWN,
    "no primary need": UNKNOWN,
    "missing": UNKNOWN,
    "total": TOTAL,
    "all primary need": TOTAL,
}
"""DfE's labels of every year, without capitals -> code; the total of needs is read to check their sum."""
MOST_APART = 0.01
"""Authorities' pupils may differ from England's by this part, and no more."""
MOST_NAMED = 5


def read(rows: pd.DataFrame, phases: dict[str, str], counted: str, title: str) -> pd.DataFrame:
    """One answer of the API as area_code, period, phase, provision, need, value and status; `total` is a need here.

    `phases` are the labels that are read, `counted` is the column of pupils.
    """
    needs = {label: NEEDS[ees_rows.plain(label)] for label in rows["sen_primary_need"].unique()}
    provisions = {label: PROVISIONS[ees_rows.plain(label)] for label in rows["sen_provision"].unique()}
    value, status = parse(rows[counted], ees_rows.SYMBOLS, title)
    frame = pd.DataFrame(
        {
            "area_code": ees_rows.area_codes(rows, title),
            "period": rows["time"],
            "phase": rows["phase_type_grouping"].map(phases),
            "provision": rows["sen_provision"].map(provisions),
            "need": rows["sen_primary_need"].map(needs),
            "value": value,
            "status": status,
        }
    ).dropna(subset=["area_code", "phase"])
    # Two labels of a need without a name of its own (not reported, unknown) count different pupils.
    unnamed = frame["need"].eq(UNKNOWN)
    parts = [ees_rows.once(frame[~unnamed], KEYS, title), _added(frame[unnamed], KEYS)]
    return pd.concat([part for part in parts if len(part)], ignore_index=True)


def whole(frame: pd.DataFrame, title: str) -> tuple[pd.DataFrame, list[str]]:
    """Rows of every census, checked, with both provisions together and with pupils of none as 0; and notes.

    Raises ContractBroken where England's needs do not add up to its pupils, or
    its authorities not to England.
    """
    _check_authorities(frame, title)
    frame, notes = _without_what_does_not_add_up(frame, title)
    frame = _with_none(frame[frame["need"].ne(TOTAL)])
    both = _added(frame.assign(provision=ANY), KEYS)
    return pd.concat([frame, both], ignore_index=True)[[*KEYS, "value", "status"]], [*notes, *_down_syndrome(frame)]


def _added(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Sums by key; where one part has no figure there is none of the whole."""
    some = frame.assign(gap=frame["value"].isna()).groupby(keys, as_index=False, sort=False)
    sums = some.agg(value=("value", "sum"), gap=("gap", "any"))
    every = ~sums.pop("gap").astype(bool)
    return sums.assign(
        value=sums["value"].where(every).astype(float), status=every.map({True: VALUE, False: NOT_AVAILABLE})
    )


def _check_authorities(frame: pd.DataFrame, title: str) -> None:
    totals = frame[frame["need"].eq(TOTAL)]
    if totals.empty:
        raise ContractBroken(title, "it has no total of needs to check their sum by.")
    authority = totals["area_code"].str.isdigit()
    for period, rows in totals.groupby("period"):
        own = rows[authority.loc[rows.index]]
        if own["area_code"].nunique() < reading.FEWEST_AUTHORITIES:
            raise ContractBroken(title, f"only {own['area_code'].nunique()} authorities in {period}.")
        england = rows.loc[rows["area_code"].eq(reading.ENGLAND), "value"].sum()
        if abs(own["value"].sum() - england) > MOST_APART * england:
            raise ContractBroken(
                title,
                f"the pupils with SEN of the authorities add up to {own['value'].sum():,.0f} in {period},"
                f" but England has {england:,.0f}.",
            )


def _without_what_does_not_add_up(frame: pd.DataFrame, title: str) -> tuple[pd.DataFrame, list[str]]:
    """Groups of pupils whose needs are not as many as the pupils are not available, and named."""
    group = [key for key in KEYS if key != "need"]
    total = frame["need"].eq(TOTAL)
    told = frame[total].set_index(group)["value"]
    summed = frame[~total].groupby(group)["value"].sum(min_count=1).reindex(told.index).fillna(0.0)
    wrong = told.index[told.notna() & told.ne(summed)]
    if england := [key for key in wrong if key[0] == reading.ENGLAND]:
        _, period, phase, provision = england[0]
        raise ContractBroken(
            title,
            f"England's needs ({phase}, {provision}) add up to {summed[england[0]]:,.0f} in {period}, and its pupils"
            f" are {told[england[0]]:,.0f}.",
        )
    hit = pd.MultiIndex.from_frame(frame[group]).isin(wrong)
    frame = frame.assign(value=frame["value"].mask(hit), status=frame["status"].mask(hit, NOT_AVAILABLE))
    notes = [
        f"{period}: the needs of pupils in area {area} ({phase}, {provision}) do not add up to the pupils;"
        " they are not available."
        for area, period, phase, provision in wrong[:MOST_NAMED]
    ]
    if len(wrong) > MOST_NAMED:
        notes.append(f"So it is with {len(wrong) - MOST_NAMED} more groups of pupils.")
    return frame, notes


def _with_none(frame: pd.DataFrame) -> pd.DataFrame:
    """A row with 0 where DfE has none: of the combinations that an area has in another census, and England in this.

    The totals have shown that no pupil is missing.
    """
    combination = ["phase", "provision", "need"]
    of_area = frame[["area_code", *combination]].drop_duplicates()
    censuses = frame[["area_code", "period"]].drop_duplicates()
    in_england = frame.loc[frame["area_code"].eq(reading.ENGLAND), ["period", *combination]].drop_duplicates()
    wanted = of_area.merge(censuses, on="area_code").merge(in_england, on=["period", *combination])
    full = frame.merge(wanted, on=KEYS, how="outer")
    absent = full["status"].isna()
    return full.assign(value=full["value"].mask(absent, 0.0), status=full["status"].mask(absent, VALUE))


def _down_syndrome(frame: pd.DataFrame) -> list[str]:
    """A note on the census from which Down syndrome is told apart."""
    had = frame[frame["need"].eq(DOWN_SYNDROME) & frame["value"].gt(0) & frame["area_code"].eq(reading.ENGLAND)]
    if had.empty:
        return []
    return [
        f"Down syndrome is a need of its own from {had['period'].min()} on. Before, these pupils were counted under"
        " other needs, and DfE does not say under which: small falls of other needs in that year may be no more than"
        " this."
    ]


def unread(offered: Iterable[str]) -> list[str]:
    """Kinds of school that are not known here: their pupils are left out, and a note says so."""
    return sorted(label for label in offered if ees_rows.plain(label) not in (*PHASES, *OTHER_PHASES))
