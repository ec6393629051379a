"""What is published by district, and in words what is not: nothing on SEND is."""

from __future__ import annotations

import pandas as pd

from sendlib.answer import Column, Table, Text
from sendlib.answer.numbers import capital, count_of
from sendlib.areas import Area
from sendlib.compared.comparators import known_areas
from sendlib.questions.places.naming import place
from sendlib.store import Store, kept_with_store

NAME = "by_district"
_COLUMNS = {
    "district_code": Column("District (code)", "ONS code of the district", only_in_files=True),
    "district": Column("District", "each district, as the indices of deprivation name it"),
    "area": Column("Authority", "authority with the duties for SEND that the district lies in"),
    "residents": Column("Residents aged 0 to 25", "residents aged 0 to 25, estimate of mid-2024", "residents", 0),
    "idaci": Column(
        "Children in families with a low income",
        "children aged 0 to 15 in families with a low income (IDACI 2025), as published for the district",
        "%",
        1,
    ),
    "imd": Column(
        "Deprivation (IMD score)",
        "Index of Multiple Deprivation 2025, average score: higher is more deprived, and it is no share",
        decimals=1,
    ),
}
_NOT_PUBLISHED = (
    "EHC plans, SEN support and children in need: not published below the authority. Nobody can say from public figures"
    " how they are spread within it."
)


def table(store: Store, area: Area) -> Table:
    """The districts of an area of any kind."""
    held = _districts(store)
    rows = held[held["area_code"].isin(area.parts)].reset_index(drop=True)
    shown = {name: column for name, column in _COLUMNS.items() if name != "area" or len(area.parts) > 1}
    return Table(
        rows[list(shown)],
        Text(f"{_how_many(area, len(rows))}: residents of mid-2024, and deprivation of 2025"),
        shown,
        ("district_figures",),
        "By district",
        how_to_read=Text(_NOT_PUBLISHED),
    )


@kept_with_store(of_base=True)
def _districts(store: Store) -> pd.DataFrame:
    """One row a district with the columns of the table, by authority and name."""
    rows = store.table("district_figures").astype({"area_code": str, "district_code": str, "measure": str, "name": str})
    wide = rows.pivot(index=["area_code", "district_code", "name"], columns="measure", values="value")
    wide = wide.rename_axis(columns=None).reset_index().rename(columns={"name": "district"})
    names = {code: area.name for code, area in known_areas(store).authorities.items()}
    wide = wide.assign(area=wide["area_code"].map(names), idaci=100 * wide["idaci"])
    return wide.sort_values(["area", "district"], ignore_index=True)


def _how_many(area: Area, number: int) -> str:
    """`The 12 districts of Lancashire`; of an authority that is one district, that it is one."""
    if number == len(area.parts) == 1:
        return f"{capital(place(area))}, which is one district and has no smaller ones"
    return f"The {count_of(number, 'district', 'districts')} of {place(area)}"
