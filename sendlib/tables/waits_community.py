"""waits_community: children's waiting lists of community health services.

Grain: area_code x period x service x band.

- `level`: `england`, `region` (NHS region), `icb` or `provider`. `area_code`: `E92000001` or an ODS
  code. `name`: the area or organisation to read. Providers begin with October 2023, when the
  workbooks begin to give codes, and have rows only for services of which they gave a figure.
- `period`: the last day of the month that the list was counted for, `2023-01-31` to `2025-10-31`.
- `service`: SERVICES gives each its published name; `all` is the publisher's total of England.
- `band`: weeks waited: `total`, `0-1`, `1-2`, `2-4`, `4-12`, `12-18`, `18-52`, then `over-52` until
  November 2024 and `52-104` and `over-104` from December 2024.
- `value`: children and young people on the list. The bands need not add up to the total: some
  providers count weeks in another way (the workbooks say so).
- `status`: `hidden` where the publisher gives no figure "to prevent risk of disclosing sensitive
  information" (looked after children teams and safeguarding, below England and in bands); the hidden
  number need not be small. `not_available` where no organisation submitted a list for that service.
- `not_submitting`: organisations of the area that were in scope that month and sent nothing at all;
  missing where the workbook does not say (providers, and ICBs without an organisation in scope).

Lists are by the organisation that runs the service, not by where children live: the figure of an
ICB is that of the providers placed in it, and never that of an authority's residents.

Source: NHS England, Community Health Services SitRep, the monthly workbooks. They are unvalidated
management information.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import health, periods, reading, schema
from sendlib.tables.community_workbook import BANDS, SERVICES, read_in_scope, read_workbook
from sendlib.tables.definition import TableDefinition
from sendlib.tables.symbols import VALUE

if TYPE_CHECKING:
    import pandera.pandas as pa

_FOLDER = "nhs/community_waits/"
_MONTHS_BY_NAME = (
    "2024-25-August",
    "2024-25-September",
    "2024-25-October",
    "2024-25-November",
    "2024-25-December",
    "2024-25-January",
    "2024-25-February",
    "2024-25-March",
    "2025-26-April",
    "2025-26-May",
    "2025-26-June",
    "2025-26-July",
    "2025-26-October",
)
WORKBOOKS = (
    *(f"{_FOLDER}community_health_{published}.xlsx" for published in ("2023-03-01", "2023-07-01", "2023-12-01")),
    *(f"{_FOLDER}Community-health-services-waiting-lists-{month}.xlsx" for month in _MONTHS_BY_NAME),
)
"""The workbooks, oldest first. Those of 2023 are named by the month of publication, two months after the data."""
MONTHS_HELD = (
    "Months in it: January, May and October 2023, August 2024 to July 2025, October 2025;"
    " others are not in this snapshot."
)
SCOPE_CHANGES = (
    "The organisations in scope change: 137 in 2023, 151 in August 2024,"
    " 141 in October 2025, with 13 more from February 2024. A longer list is not only growth."
)
IN_TOTAL_ONLY = "Looked after children teams and safeguarding are published for England and in total only."
BREAKS = (
    "By provider, not by residence: a list is counted where the service is run."
    " An ICB's figure is never an authority's.",
    MONTHS_HELD,
    SCOPE_CHANGES,
    "January 2025: Birmingham Community Healthcare began to report its neurodevelopmental pathway,"
    " about 15,000 children in community paediatrics who were not counted before.",
    "Providers begin with October 2023: the workbooks before it give their names without codes.",
    "Until November 2024 the longest band is over 52 weeks; from December 2024 it is divided at 104 weeks.",
    IN_TOTAL_ONLY,
    "The bands of a service need not add up to its total: some providers count weeks in another way.",
)
KEYS = ["area_code", "period", "service", "band"]
PROVIDERS_OF = {
    "QE1": "RTX RW5 RXL RXR",  # Lancashire and South Cumbria
    "QF7": "RCU RFF RFR RP5",  # South Yorkshire
    "QGH": "R1A RLQ",  # Herefordshire and Worcestershire
    "QH8": "R1L",  # Mid and South Essex
    "QHG": "RC9",  # Bedfordshire, Luton and Milton Keynes
    "QHL": "RRK RYW",  # Birmingham and Solihull
    "QHM": "R0B RNN RR7 RTD RTF RTR RVW RXP",  # North East and North Cumbria
    "QJ2": "RXM RY8",  # Derby and Derbyshire
    "QJG": "NQA RDE RGR",  # Suffolk and North East Essex
    "QJK": "NR5 RA9 RH8 RK9",  # Devon
    "QJM": "RWD RY5",  # Lincolnshire
    "QK1": "RT5",  # Leicester, Leicestershire and Rutland
    "QKK": "NQV RJ1 RJ2 RPG",  # South East London
    "QKS": "NQ7 RPA RVV RYY",  # Kent and Medway
    "QM7": "RWH RY4",  # Hertfordshire and West Essex
    "QMF": "R1H RAT RQX RWK",  # North East London
    "QMJ": "RAL RAP RKE",  # North Central London
    "QMM": "NAX RGP RY3",  # Norfolk and Waveney
    "QNC": "RJE RRE",  # Staffordshire and Stoke-on-Trent
    "QNX": "RDR RXC RYR",  # Sussex
    "QOC": "R1D",  # Shropshire, Telford and Wrekin
    "QOP": "R0A RM3 RMC RMP RRF RWJ",  # Greater Manchester
    "QOQ": "NNF RCB RCD RJL RV9",  # Humber and North Yorkshire
    "QOX": "RN3",  # Bath and North East Somerset, Swindon and Wiltshire
    "QPM": "RP1",  # Northamptonshire
    "QR1": "RTE RTQ",  # Gloucestershire
    "QRL": "R1C R1F RW1",  # Hampshire and Isle of Wight
    "QRV": "R1K RKL RV3 RYX",  # North West London
    "QSL": "RH5",  # Somerset
    "QT1": "NR3 RHA RK5 RX1",  # Nottingham and Nottinghamshire
    "QT6": "REF RJ8",  # Cornwall and the Isles of Scilly
    "QU9": "RNU RTH RWX RXQ",  # Buckinghamshire, Oxfordshire and Berkshire West
    "QUA": "RBK RL4 RNA RXK TAJ",  # Black Country
    "QUE": "RT1 RYV",  # Cambridgeshire and Peterborough
    "QUY": "NLX",  # Bristol, North Somerset and South Gloucestershire
    "QVV": "R0D RBD RDY",  # Dorset
    "QWE": "NNV RAX RJ6 RJ7 RVR RY9",  # South West London
    "QWO": "NL8 RAE RCF RWY RXF RXG RY6 TAD",  # West Yorkshire
    "QWU": "RJC RYG",  # Coventry and Warwickshire
    "QXU": "NDJ NTV",  # Surrey Heartlands
    "QYG": "NDA RBL RBN RBS RBT RJN RJR RW4 RXA RY2 RY7",  # Cheshire and Merseyside
}
"""The ICB (by code) whose lists the lists of each provider are part of, by ODS code.

The workbooks do not say it. It was worked out from them: placed so, the providers add up to their ICB
in every service, band and month from October 2023 (a test holds this), and in no other way. Three
providers that never had a child on a list are in none.
"""


def expected() -> pa.DataFrameSchema:
    import pandera.pandas as pa

    levels = ["england", "region", "icb", "provider"]
    return schema.long_table(
        {
            "period": schema.text(schema.MONTH_END),
            "service": schema.text(allowed=list(SERVICES)),
            "band": schema.text(allowed=list(BANDS)),
        },
        area_code=schema.HEALTH_CODE,
        facts={
            "level": schema.text(allowed=levels),
            "name": schema.text(r"^\S"),
            "not_submitting": pa.Column(float, pa.Check.ge(0), nullable=True),
        },
    )


def build(originals: Originals, _: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The waits_community table and a note of who did not submit. Raises ContractBroken."""
    areas = health.read_areas(originals.read(health.LOOKUP), health.LOOKUP)
    months = []
    silent = []
    for file in WORKBOOKS:
        content = originals.read(file)
        frame = with_lists(read_workbook(content, file))
        months.append(health.with_names(with_codes(frame, areas, file), areas))
        england = frame.loc[frame["level"].eq("england"), ["period", "not_submitting"]].iloc[0]
        silent.append(
            f"{england['not_submitting']:.0f} of {read_in_scope(content, file)} on {periods.spoken(england['period'])}"
        )
    table = pd.concat(months, ignore_index=True)
    wanted = ["level", "area_code", "name", "period", "service", "band", "value", "status", "not_submitting"]
    note = f"Organisations in scope that sent nothing, England: {'; '.join(silent)}."
    return reading.as_categories(table[wanted], KEYS).astype(
        {"level": "category", "name": "category", "status": "category"}
    ), [note]


def with_lists(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of a workbook that are kept.

    Providers with a code, and of those the services with a figure in any band.
    """
    provider = frame["level"].eq("provider")
    figures = frame["status"].eq(VALUE).groupby([frame["area_code"], frame["service"]]).transform("any")
    return frame[~provider | (frame["area_code"].ne("") & figures)].reset_index(drop=True)


def with_codes(frame: pd.DataFrame, areas: pd.DataFrame, file: str) -> pd.DataFrame:
    """Codes for the regions and ICBs of workbooks that give names only, from `areas` (health.read_areas)."""
    code_of = {
        (level, name.removeprefix("NHS ").casefold()): code
        for level, name, code in zip(areas["level"], areas["name"], areas["area_code"], strict=True)
    }
    keys = zip(frame["level"], frame["name"], strict=True)
    found = pd.Series([code_of.get((level, name.casefold()), "") for level, name in keys], index=frame.index)
    code = frame["area_code"].where(frame["area_code"].ne(""), found)
    if code.eq("").any():
        raise ContractBroken(
            file, f"'{frame.loc[code.eq(''), 'name'].iloc[0]}' has no code here and is no NHS area that we know."
        )
    return frame.assign(area_code=code)


TABLE = TableDefinition(
    name="waits_community",
    title="Children waiting for community health services",
    grain="one row an NHS area or provider, month, service and time waited",
    expected=expected,
    breaks=BREAKS,
    originals={**dict.fromkeys(WORKBOOKS, "community_waits"), health.LOOKUP: "nhs_areas_2022"},
    build=build,
)
