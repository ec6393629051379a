"""Reading DfE's Local Authority Interactive Tool (LAIT), one long file of text cells.

Each row is a measure (`Short Desc`), a year, an area and a value. LAIT writes one sign (`-`) for
missing and for suppressed; both are `not_available` here, and `not_applicable` where the
authority did not exist in that year. Years are `2025`, `2025 (prov)` or `2024/25`: the school
year that ends then; for money `2024-25 (OT)`, the outturn of a financial year.
Rows for inner and outer London are left out: London has its own.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import periods, reading
from sendlib.tables.symbols import NOT_APPLICABLE, NOT_AVAILABLE, parse

FILE = "lait/bds_long_0.parquet"
_COLUMNS = ["Short Desc", "Years", "LA and Regions", "Values", "LA Number"]
_INNER_AND_OUTER_LONDON = (987, 988)
_ENGLAND = 970
_ONE_YEAR = re.compile(r"^(20\d{2})( \(prov\))?$")
_TWO_YEARS = re.compile(r"^(20\d{2})/(\d{2})$")
_OUTTURN = re.compile(r"^(20\d{2}-\d{2}) \(OT\)$")
_DECIMALS = 5  # 4.5999999999999996 is 4.6, stored as text by a spreadsheet


def open_file(originals: Originals) -> pd.DataFrame:
    """LAIT's long table as it is. Raises ContractBroken."""
    try:
        return pd.read_parquet(io.BytesIO(originals.read(FILE)))
    except (OSError, ValueError) as error:
        raise ContractBroken(FILE, f"this is not a complete Parquet file ({error}).") from error


def school_year(year: str, file: str) -> str:
    """The school year of LAIT's `2025`, `2025 (prov)` or `2024/25`. Raises ContractBroken."""
    if match := _ONE_YEAR.match(year):
        return periods.school_year(int(match[1]))
    if (match := _TWO_YEARS.match(year)) and (int(match[1]) + 1) % 100 == int(match[2]):
        return year
    raise ContractBroken(file, f"'{year}' is not a year such as 2025, 2025 (prov) or 2024/25.")


def financial_year(year: str, file: str) -> str:
    """The financial year of LAIT's `2024-25 (OT)`, where OT is the outturn. Raises ContractBroken."""
    match = _OUTTURN.match(year)
    if not match:
        raise ContractBroken(file, f"'{year}' is not the outturn of a financial year such as 2024-25 (OT).")
    return periods.financial_year(match[1], file)


def read(
    raw: pd.DataFrame,
    file: str,
    labels: Mapping[str, Mapping[str, str]],
    areas: Areas,
    period_of: Callable[[str, str], str] = school_year,
) -> pd.DataFrame:
    """The rows of some measures: area_code, period, the labels of each measure, value, status.

    `labels` maps LAIT's short name of a measure to what stands in each
    label column. Also `provisional`: whether LAIT marks the year so; `existed`: whether
    the authority did in the January of that year. `period_of`: the period of a
    year as LAIT writes it (and the file, for its error).
    """
    missing = [name for name in _COLUMNS if name not in raw.columns]
    if missing:
        raise ContractBroken(file, f"the agreed columns {', '.join(missing)} are not in it.")
    frame = raw[raw["Short Desc"].isin(labels) & ~raw["LA Number"].isin(_INNER_AND_OUTER_LONDON)].reset_index(drop=True)
    gone = sorted(set(labels) - set(frame["Short Desc"]))
    if gone:
        raise ContractBroken(file, f"the agreed measures {', '.join(gone)} are not in it.")
    frame["area_code"] = _area_codes(frame, areas, file)
    years = frame["Years"].astype(str)
    frame["period"] = years.map({year: period_of(year, file) for year in years.unique()})
    frame["provisional"] = years.str.contains("prov")
    for column in next(iter(labels.values())):
        frame[column] = frame["Short Desc"].map(lambda short, column=column: labels[short][column])
    cells = frame["Values"].fillna("NA")
    frame["value"], frame["status"] = parse(
        cells, {"-": NOT_AVAILABLE, "NA": NOT_AVAILABLE, "": NOT_AVAILABLE}, file, exponents=True
    )
    frame["value"] = frame["value"].round(_DECIMALS)
    frame["existed"] = _existed(frame, areas)
    frame.loc[frame["value"].isna() & ~frame["existed"], "status"] = NOT_APPLICABLE
    _check_england(frame, file)
    return frame


def _check_england(frame: pd.DataFrame, file: str) -> None:
    keys = ["Short Desc", "period"]
    whole = frame[frame["area_code"].eq(reading.ENGLAND)]
    if whole.duplicated(keys).any() or len(whole) != len(frame.drop_duplicates(keys)):
        raise ContractBroken(file, "England must have exactly one row for each measure and year.")
    twice = frame[frame.duplicated([*keys, "area_code"])]
    if len(twice):
        row = twice.iloc[0]
        raise ContractBroken(
            file, f"'{row['Short Desc']}' has two rows for area {row['area_code']} in {row['period']}."
        )
    sizes = frame.groupby(keys)["area_code"].size()
    if sizes.min() != sizes.max() and sizes.min() < reading.FEWEST_AUTHORITIES:
        short, period = sizes.idxmin()
        raise ContractBroken(file, f"'{short}' has only {sizes.min()} areas in {period}; the file may be cut short.")


def _area_codes(frame: pd.DataFrame, areas: Areas, file: str) -> list[str]:
    pairs = list(zip(frame["LA Number"], frame["LA and Regions"], strict=True))
    known = {pair: _area_code(int(pair[0]), pair[1], areas, file) for pair in set(pairs)}
    return [known[pair] for pair in pairs]


def _area_code(number: int, name: str, areas: Areas, file: str) -> str:
    """LAIT numbers England 970 and the regions 980 and on; authorities have DfE's code."""
    if number == _ENGLAND:
        return reading.ENGLAND
    if number > _ENGLAND:
        regions = areas.table[areas.table["level"].eq("region")]
        match = regions.loc[regions["name"].str.casefold().eq(name.casefold()), "area_code"]
        if len(match) != 1:
            raise ContractBroken(file, f"'{name}' is not a region that we know.")
        return str(match.iloc[0])
    if str(number) not in areas.names:
        raise ContractBroken(file, f"'{name}' ({number}) is not an authority that we know.")
    return str(number)


def _existed(frame: pd.DataFrame, areas: Areas) -> pd.Series:
    """Whether each row's authority existed in the January of its year, of schools or of money."""
    begun = dict(zip(areas.table["area_code"], areas.table["valid_from"], strict=True))
    changes = areas.changes[areas.changes["kind"].ne("recode")]
    ended = dict(zip(changes["old_area_code"], changes["effective"], strict=True))
    january = frame.period.str[:2] + frame.period.str[5:] + "-01-31"
    # Dorset's 3-digit code changed in 2019: 838 is the new one, 835 the abolished one.
    return (january >= frame.area_code.map(begun).fillna("")) & (
        january
        < frame.area_code.map(lambda code: ended.get(code) if code not in areas.authorities else None).fillna("9")
    )
