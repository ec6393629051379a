"""inspections: Ofsted's and CQC's area inspections of SEND, under both frameworks.

Grain: area_code x framework (the newest inspection of the area that the list has).

- `framework`: `2023` (area SEND inspections since 2023) or `2016` (local area SEND inspections from
  2016, list of 31 August 2022). The two ask other questions: never one scale.
- `state`: `inspected`, or `not_found`: no inspection found in the list. That is neither a good nor a
  bad result, nor proof that there was none. Every authority of today has
  a row in each framework; Cumbria stands under its own code (909) in 2016, and Dorset and the two
  parts of Northamptonshire are not in that list.
- `started`, `ended`, `published`: ISO days, empty where the list has none.
- `outcome`: 2023: `positive`, `inconsistent`, `failings`, or `not_read` where those who made the list
  could not read the report; 2016: `statement` or `no_statement` (written statement of action required).
- `words`: 2023: the outcome in Ofsted's words, as in the list. Empty elsewhere.
- `weaknesses`: significant weaknesses in the written statement of action (2016).
- `revisited`, `revisit_published`: ISO days; `revisit`: `none_needed`, `not_yet` (by 31 August 2022),
  or whether there was sufficient progress on the weaknesses: `yes`, `some`, `no`.
- `link`: the report on Ofsted's site by the number that the list has for it (2023).

Sources: reports of Ofsted and the Care Quality Commission, as read by others (Data to Insight) on 29
June 2026; Ofsted's own list of the 2016 framework as kept in DfE's SEND and AP dashboard.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import flows, reading, schema
from sendlib.tables.definition import TableDefinition

if TYPE_CHECKING:
    import pandera.pandas as pa

FILE_2023 = "ofsted/area_send_inspections_2023_framework_2026-06-29.csv"
FILE_2016 = "ofsted/area_send_inspections_2016_framework_to_2022-08-31.csv"
READ_ON = "2026-06-29"
BREAKS = (
    "The frameworks of 2016 and 2023 ask different questions: their outcomes do not compare.",
    "The list of the 2023 framework is as read by others on 29 June 2026; later reports are not in it.",
)
FRAMEWORKS = {"2016": "2016 framework", "2023": "2023 framework"}
STATES = {"inspected": "Inspected", "not_found": "No inspection found in the list"}
OUTCOMES = {
    "positive": "typically positive experiences and outcomes",
    "inconsistent": "inconsistent experiences and outcomes",
    "failings": "widespread and/or systemic failings",
    "not_read": "The outcome could not be read from the report by those who made the list",
    "statement": "Written statement of action required",
    "no_statement": "No written statement of action required",
}
REVISITS = {
    "none_needed": "No revisit needed",
    "not_yet": "Not revisited by 31 August 2022",
    "yes": "Sufficient progress on all significant weaknesses",
    "some": "Sufficient progress on some significant weaknesses",
    "no": "Sufficient progress on none of the significant weaknesses",
}
COLUMNS = [
    *("area_code", "framework", "state", "started", "ended", "published", "outcome", "words"),
    *("weaknesses", "revisited", "revisit_published", "revisit", "link"),
]
FEWEST_INSPECTIONS = 96
"""The list of 29 June 2026 has so many: one with fewer is cut short."""
_GRADES = {"1.0": "positive", "2.0": "inconsistent", "3.0": "failings", "": "not_read"}
_WORDS = {
    "positive": "typically lead to positive experiences",
    "inconsistent": "lead to inconsistent experiences",
    "failings": "widespread and/or systemic failings",
    "not_read": "outcome section not found",
}
_WRONGLY_DECODED = "\u00e2\u0080\u0099"  # an apostrophe in UTF-8 that was read as Latin-1
_REPORT = "https://files.ofsted.gov.uk/v1/file/"


def expected() -> pa.DataFrameSchema:
    import pandera.pandas as pa

    day = r"^(20\d{2}-\d{2}-\d{2})?$"
    return pa.DataFrameSchema(
        {
            "area_code": schema.text(r"^\d{3}$"),
            "framework": schema.text(allowed=list(FRAMEWORKS)),
            "state": schema.text(allowed=list(STATES)),
            **{name: schema.text(day) for name in ("started", "ended", "published")},
            "outcome": schema.text(allowed=["", *OUTCOMES]),
            "words": schema.text(),
            "weaknesses": pa.Column(float, pa.Check.ge(1), nullable=True),
            **{name: schema.text(day) for name in ("revisited", "revisit_published")},
            "revisit": schema.text(allowed=["", *REVISITS]),
            "link": schema.text(rf"^({re.escape(_REPORT)}\d+)?$"),
        },
        checks=pa.Check(
            lambda frame: frame["state"].astype("str").eq("inspected") == frame["outcome"].astype("str").ne(""),
            error="an outcome is there exactly where there was an inspection",
        ),
        unique=["area_code", "framework"],
        strict=True,
    )


def build(originals: Originals, areas: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The inspections table, with notes on what a list does not have. Raises ContractBroken."""
    new = read_2023(originals.read(FILE_2023), FILE_2023, areas)
    old = read_2016(originals.read(FILE_2016), FILE_2016, areas)
    table = pd.concat([with_all_authorities(part, areas) for part in (old, new)], ignore_index=True)
    table = table.sort_values(["framework", "area_code"], ignore_index=True)[COLUMNS]
    return table, notes(table)


def read_2023(content: bytes, file: str, areas: Areas) -> pd.DataFrame:
    """Inspections under the framework of 2023: the grade must agree with the words."""
    frame = reading.read_csv(
        content,
        file,
        ["La Code", "Local Authority", "Inspection Start Date", "Inspection End Date", "Outcome Grade"]
        + ["Inspection Outcome Text", "Publication Date", "Inspection Link"],
    )
    if len(frame) < FEWEST_INSPECTIONS:
        raise ContractBroken(file, f"it has {len(frame)} inspections; the file may be cut short.")
    _check_areas(frame["la code"], set(areas.authorities), file)
    reading.check_labels(frame["outcome grade"], _GRADES, file, "outcome grade")
    outcome = frame["outcome grade"].map(_GRADES)
    words = frame["inspection outcome text"].str.replace(_WRONGLY_DECODED, "\u2019", regex=False).str.strip()
    for area, grade, said in zip(frame["la code"], outcome, words, strict=True):
        if _WORDS[grade] not in said:
            raise ContractBroken(file, f"the grade of area {area} does not agree with the words of its outcome.")
    numbers = frame["inspection link"].str.extract(r"^ofsted\.gov\.uk/(\d+)$")[0]
    if numbers.isna().any():
        raise ContractBroken(file, f"'{frame.loc[numbers.isna(), 'inspection link'].iloc[0]}' is not a report's link.")
    return _rows(
        frame["la code"],
        "2023",
        started=_days(frame["inspection start date"], "%d/%m/%y", file),
        ended=_days(frame["inspection end date"], "%d/%m/%y", file),
        published=_days(frame["publication date"], "%d/%m/%y", file),
        outcome=outcome,
        words=words.where(outcome.ne("not_read"), ""),
        link=_REPORT + numbers,
    )


def read_2016(content: bytes, file: str, areas: Areas) -> pd.DataFrame:
    """Inspections under the framework of 2016, by 9-character code; the header is the third line."""
    start = content.find(b"Web link to Ofsted")
    if start < 0:
        raise ContractBroken(file, "the line of headings is not in it.")
    statement = "inspection outcome: written statement of action required?"
    weaknesses = "number significant weaknesses identified in written statement of action"
    progress = "revisit outcome: sufficient progress in addressing all significant weaknesses?"
    dates = ["inspection start date", "inspection publication date", "revisit start date", "revisit publication date"]
    frame = reading.read_csv(content[start:], file, ["Local authority code", statement, weaknesses, progress, *dates])
    if len(frame) < reading.FEWEST_AUTHORITIES:
        raise ContractBroken(file, f"it has {len(frame)} inspections; the file may be cut short.")
    codes = flows.code_of(areas)
    _check_areas(frame["local authority code"], set(codes), file)
    reading.check_labels(frame[statement], {"Yes": 1, "No": 0}, file, statement)
    reading.check_labels(frame[progress], {"Yes", "Some", "No", ""}, file, progress)
    asked = frame[statement].eq("Yes")
    not_yet = frame["revisit start date"].eq("Not revisited yet")
    revisit = frame[progress].str.casefold().mask(not_yet, "not_yet").mask(~asked, "none_needed")
    if revisit.eq("").any() or (~asked & frame[progress].ne("")).any():
        raise ContractBroken(file, "a revisit and its outcome do not fit together.")
    return _rows(
        frame["local authority code"].map(codes),
        "2016",
        started=_days(frame["inspection start date"], "%Y-%m-%d %H:%M:%S", file),
        published=_days(frame["inspection publication date"], "%Y-%m-%d %H:%M:%S", file),
        outcome=asked.map({True: "statement", False: "no_statement"}),
        weaknesses=pd.to_numeric(frame[weaknesses].where(frame[weaknesses].ne(""))).astype(float),
        revisited=_days(frame["revisit start date"].mask(not_yet, ""), "%Y-%m-%d %H:%M:%S", file),
        revisit_published=_days(frame["revisit publication date"], "%Y-%m-%d %H:%M:%S", file),
        revisit=revisit,
    )


def with_all_authorities(table: pd.DataFrame, areas: Areas) -> pd.DataFrame:
    """A row for each authority of today that the list does not have, as a state of its own."""
    gone = sorted(set(areas.authorities) - set(table["area_code"]))
    empty = _rows(pd.Series(gone, dtype="str"), str(table["framework"].iloc[0])).assign(state="not_found")
    return pd.concat([table, empty], ignore_index=True)


def notes(table: pd.DataFrame) -> list[str]:
    """What the lists do not have."""
    new = table[table["framework"].eq("2023")]
    found = new[new["state"].eq("inspected")]
    no_start = found.loc[found["started"].eq(""), "area_code"]
    unread = found.loc[found["outcome"].eq("not_read"), "area_code"]
    lines = [
        f"2023 framework: {len(found)} inspections, as read from the reports by others on 29 June 2026;"
        f" no inspection found in the list for {len(new) - len(found)} authorities."
    ]
    if len(no_start):
        lines.append(f"2023 framework: the list has no start of the inspection of area {', area '.join(no_start)}.")
    if len(unread):
        lines.append(f"2023 framework: the outcome could not be read for area {', area '.join(unread)}.")
    return lines


def _rows(codes: pd.Series, framework: str, **columns: pd.Series) -> pd.DataFrame:
    if codes.duplicated().any():
        raise ContractBroken(
            FILE_2016 if framework == "2016" else FILE_2023, "an area has two inspections in the list."
        )
    table = pd.DataFrame({"area_code": codes, "framework": framework, "state": "inspected"})
    for name in COLUMNS[3:]:
        table[name] = columns.get(name, float("nan") if name == "weaknesses" else "")
    return table


def _check_areas(codes: pd.Series, known: set[str], file: str) -> None:
    unknown = sorted(set(codes) - known)
    if unknown:
        raise ContractBroken(file, f"'{unknown[0]}' is not an authority that we know.")


def _days(cells: pd.Series, form: str, file: str) -> pd.Series:
    def iso(text: str) -> str:
        try:
            return datetime.strptime(text, form).date().isoformat() if text else ""
        except ValueError as error:
            raise ContractBroken(file, f"'{text}' in {cells.name} is not a day.") from error

    return cells.map(iso)


TABLE = TableDefinition(
    name="inspections",
    title="Ofsted and CQC area inspections of SEND",
    grain="one row an area and framework",
    expected=expected,
    breaks=BREAKS,
    originals={FILE_2023: "area_inspections_2026", FILE_2016: "area_inspections_2022"},
    build=build,
)
