"""What authorities spent on top-ups for pupils with high needs, of DfE's high needs benchmarking tool: a layout made
for people, read as agreed or refused.

A top-up is what an authority pays for a pupil over what a place costs anyway. The tool has the outturn of 2021-22 (what
was spent, Section 251) beside the budget; the outturn is read, of all kinds of school together, less what others paid
back. That it is of 2021-22 its name says, and that North and West Northamptonshire, begun in April 2021, are in it.
"""

from __future__ import annotations

import io
import zipfile

import numpy as np
import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.tables import reading
from sendlib.tables.symbols import NOT_APPLICABLE, NOT_AVAILABLE, VALUE

YEAR = "2021-22"
_CODE, _RESIDENTS, _BEGINS = 2, 4, 7
_HEADINGS = {
    (4, _CODE): "LA code",
    (4, _RESIDENTS): "2-18 Population (ONS mid-2021 projection)",
    (2, 60): "Section 251 outturn",
    (5, 67): "(maintained schools, academies, free schools and colleges)",
    (5, 75): "(non-maintained\nand independent schools and colleges)",
}
"""(Row, column) -> what stands there."""
_MEASURES = {"top_ups_state": (67, range(68, 74), 74), "top_ups_independent": (75, range(76, 82), 82)}
"""Measure -> its column, those of its parts, and that of the income which is taken off."""
_POUNDS = 2.0


def read(content: bytes, file: str, areas: Areas) -> pd.DataFrame:
    """Long rows area_code, period, measure, value (pounds for each resident aged 2 to 18), status.

    Raises ContractBroken where the layout is another, or parts do not make a whole.
    """
    number = _numbers(content, file, areas)
    people = number[_RESIDENTS].where(number[_RESIDENTS].gt(0))
    region = dict(zip(areas.table["area_code"], areas.table["region_code"], strict=True))
    parts = []
    for measure, (whole, pieces, income) in _MEASURES.items():
        off = (number[list(pieces)].sum(axis=1) - number[income].fillna(0) - number[whole]).abs()
        if off.gt(_POUNDS).any():
            raise ContractBroken(file, f"the top-ups of area {off.idxmax()} do not add up.")
        of_each = pd.DataFrame({"pounds": number[whole], "people": people}).dropna()
        sums = of_each.groupby(of_each.index.map(region)).sum()
        sums.loc[reading.ENGLAND] = of_each.sum()
        held = pd.concat([of_each.reindex(number.index), sums])
        value = (held["pounds"] / held["people"]).round(2)
        today = held.index.isin(list(areas.authorities))
        status = np.where(value.notna(), VALUE, np.where(today, NOT_AVAILABLE, NOT_APPLICABLE))
        names = {"area_code": held.index, "period": YEAR, "measure": measure}
        parts.append(pd.DataFrame({**names, "value": value.to_numpy(), "status": status}))
    return pd.concat(parts, ignore_index=True)


def _numbers(content: bytes, file: str, areas: Areas) -> pd.DataFrame:
    """The sheet's numbers by authority. Raises ContractBroken."""
    try:
        sheet = pd.read_excel(io.BytesIO(content), header=None, dtype=object)
    except (zipfile.BadZipFile, OSError, KeyError, ValueError) as error:
        raise ContractBroken(file, f"this is not a complete Excel workbook ({error}).") from error
    for (row, column), words in _HEADINGS.items():
        if sheet.shape[0] <= row or sheet.shape[1] <= column or sheet.iat[row, column] != words:
            raise ContractBroken(file, f"row {row + 1} has no '{words}' where it was agreed.")
    rows = sheet.iloc[_BEGINS:].dropna(subset=[_CODE])
    code = rows[_CODE].astype(str).str.strip()
    unknown = sorted(set(code) - set(areas.names))
    if unknown or code.duplicated().any() or len(code) < reading.FEWEST_AUTHORITIES:
        raise ContractBroken(file, f"its {len(code)} authorities are not those that are known {unknown}.")
    return rows.set_axis(code.to_numpy()).apply(pd.to_numeric, errors="coerce").rename_axis(None)
