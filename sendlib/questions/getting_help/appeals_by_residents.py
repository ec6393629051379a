"""Appeals for every 10,000 residents aged 0 to 25: another rate than that for every 100 decisions.

It says how many families go to the tribunal for the size of the place, whatever the council decides. Both numbers must
be of one year: residents by single year of age are held of few mid-years, and a year without them has no rate.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sendlib.answer import COMPARED, OWN, WHOLE, Column, Note, Table, Text
from sendlib.answer.numbers import listed, written
from sendlib.areas import ENGLAND, Area
from sendlib.compared import latest, rates
from sendlib.compared.comparators import Comparators, known_areas
from sendlib.questions.getting_help.columns import status_of
from sendlib.questions.getting_help.process_tables import series, wide_statuses
from sendlib.store import Store
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE

NAME = "appeals_by_residents"
_MEASURE, _PER = "appeals", 10_000
COLUMNS = {
    "area_code": Column("Area (code)", "code of the area, three digits of an authority", only_in_files=True),
    "area": Column("Area", "the area, below it each of those compared, and England"),
    "whose": Column("Whose", "this area, one of those compared, or England"),
    "period": Column("When", "calendar year of the appeals; the residents are those of its mid-year", period=True),
    "appeals": Column("Appeals", "appeals registered with the SEND tribunal in the year", "appeals", 0),
    "residents": Column(
        "Residents aged 0 to 25",
        "people aged 0 to 25 who lived there in the middle of the year, an estimate",
        "people",
        0,
    ),
    "rate": Column(
        "Appeals per 10,000 residents aged 0 to 25",
        "appeals of the year, out of every 10,000 residents aged 0 to 25 in the middle of that year",
        "per 10,000",
        1,
    ),
    "status": status_of("a rate"),
}


def years(store: Store) -> list[str]:
    """The years with appeals whose residents aged 0 to 25 are held, newest first."""
    summers = {period[:4] for period in latest.periods(store, "population", age="0")}
    return [year for year in reversed(list(series(store, _MEASURE).columns.astype(str))) if year in summers]


def rows(store: Store, area: Area, others: Comparators) -> pd.DataFrame:
    """One row a year and area: the area, each of those compared, and England."""
    codes = list(dict.fromkeys([area.code, *others.codes, ENGLAND]))
    names, appeals, told = known_areas(store).names, series(store, _MEASURE), wide_statuses(store, _MEASURE)
    parts = []
    for year in years(store):
        residents = rates.residents_of(store, f"{year}-06").reindex(codes).to_numpy(dtype=float)
        counted = appeals[year].reindex(codes).to_numpy(dtype=float)
        why = told.reindex(index=codes, columns=[year])[year].fillna(NOT_AVAILABLE).to_numpy(dtype=object)
        rate = _PER * counted / np.where(residents > 0, residents, np.nan)
        known = np.where(why == VALUE, NOT_AVAILABLE, why)
        parts.append(
            pd.DataFrame(
                {
                    "area_code": codes,
                    "area": [names[code] for code in codes],
                    "whose": [OWN, *(WHOLE if code == ENGLAND else COMPARED for code in codes[1:])],
                    "period": year,
                    "appeals": counted,
                    "residents": residents,
                    "rate": rate,
                    "status": np.where(np.isnan(rate), known, VALUE),
                }
            )
        )
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(COLUMNS))


def table(store: Store, area: Area, others: Comparators, group: str) -> dict[str, Table]:
    """The part of Look closer; none where no year has both numbers."""
    found = rows(store, area, others)
    if found.empty:
        return {}
    held = listed(list(dict.fromkeys(found["period"])))
    whose = [
        area.in_text,
        *(["those compared"] if others.codes else []),
        *([] if area.kind == "england" else ["England"]),
    ]
    return {
        NAME: Table(
            found,
            Text(
                f"Appeals registered with the SEND tribunal for every 10,000 residents aged 0 to 25, {listed(whose)},"
                f" {held}"
            ),
            COLUMNS,
            ("process", "population", "neighbours"),
            heading="Appeals for every 10,000 residents aged 0 to 25",
            group=group,
            how_to_read=Text(_in_words(found, area)),
        )
    }


def _in_words(found: pd.DataFrame, area: Area) -> str:
    """The area's own rate of the newest year with both numbers in a sentence, with those that it is made of."""
    row = found.iloc[0]
    if np.isnan(row["rate"]):
        return f"Not available for {area.in_text} in {row['period']}."
    england = found.loc[found["area_code"].eq(ENGLAND) & found["period"].eq(row["period"]), "rate"].iloc[0]
    beside = "" if area.kind == "england" else f" (England {written(float(england), 1)})"
    return (
        f"In {row['period']}: {written(row['appeals'])} appeals and {written(row['residents'])} residents aged 0 to 25"
        f" in {area.in_text}, which is {written(row['rate'], 1)} for every 10,000{beside}."
    )


def notes(store: Store) -> list[Note]:
    """Of which years there is a rate, and that it is another one than that of decisions."""
    held = years(store)
    if not held:
        return []
    every = list(series(store, _MEASURE).columns.astype(str))
    without = [year for year in every if year not in held]
    lack = (
        f"Appeals are held for {every[0]} to {every[-1]}, residents by single year of age for mid-{listed(held)} alone:"
        f" no rate is available for {listed(without)}."
    )
    other = (
        "This is another rate than appeals for every 100 decisions: it rises where more families ask or have plans,"
        " also where the council decides as others do. A few appeals more or less move it far in a small area."
    )
    return [
        *([Note("missing", Text(lack), NAME)] if without else []),
        Note("definition", Text(other), NAME),
    ]
