"""Children in need and looked-after children by SEN: England from DfE's API, authorities from its catalogue of files.

One without the other is not taken: every figure of an authority is shown beside England's of the same year.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from sendlib.errors import ContractBroken
from sendlib.refresh import ees_discovery, ees_files
from sendlib.refresh.ees_discovery import Found, Shape
from sendlib.refresh.source import Source
from sendlib.refresh.work import Look, Work, merged, new_table
from sendlib.sources.ees_query import EVERY, Query
from sendlib.store import NewTable
from sendlib.tables import care, care_live, reading

TITLE = "Outcomes for children in need, including children looked after by local authorities in England"
PUBLICATION = "f51895df-c682-45e6-b23e-3138ddbfdaeb"
ADDRESS = (
    "find-statistics/outcomes-for-children-in-need-including-children-looked-after-by-local-authorities-in-england"
)
FILTERS = ("social_care_group", "sen_provision", "sen_primary_need")
SHAPES = (Shape(FILTERS, ("pupil_count",), ("NAT",), {}, only=True),)
BY_AREA = ees_files.Wanted(
    columns=[
        ("social_care_group",),
        ("old_la_code",),
        ("t_pupils",),
        ("t_all_sen",),
        ("t_sen_support",),
        ("t_statement_or_ehc_plan", "t_ehc_plan"),
        ("t_asd",),
        ("pt_semh",),
    ],
    likely=r"special educational needs",
)


@dataclass(frozen=True)
class _Offered:
    england: Found
    by_area: ees_files.FoundFile


def look(work: Work) -> Look:
    """The data set of England and the file by authority; the newest year is the last that both have."""
    work.report(0.0, f"{TITLE}: asking DfE for its data sets and files")
    england = ees_discovery.by_shape(work, PUBLICATION, TITLE, SHAPES)
    by_area = ees_files.by_columns(work, PUBLICATION, TITLE, BY_AREA)
    own = ees_files.looked(by_area)
    newest = min(max(ees_discovery.school_years(england, TITLE)), by_area.described.last)
    key = f"{england.data_set.id} {england.data_set.version} {own.key}"
    return replace(own, key=key, parts=_Offered(england, by_area), period=newest)


def fetch(work: Work, look: Look) -> list[NewTable]:
    """Years that both have, with what is held of others and of figures that are no more published."""
    offered = look.parts
    assert isinstance(offered, _Offered)
    path, digest = ees_files.fetched(work, offered.by_area, TITLE, "care.csv")
    work.report(0.75, f"{TITLE}: reading")
    name = offered.by_area.file.filename
    local, notes = care.without_missing_returns(care.read_areas(path.read_bytes(), name, work.areas))
    path.unlink(missing_ok=True)
    england, more = care_live.read(_of_england(work, offered.england), TITLE)
    years = set(local["period"]) & set(england["period"])
    if not years:
        raise ContractBroken(TITLE, "England's figures and those of authorities have no year in common.")
    found = care.together(*(part[part["period"].isin(years)] for part in (local, england)))
    held = work.store.table("care")
    frame = merged(held, found.astype(dict.fromkeys([*care.KEYS, "status"], str)), care.KEYS)
    table = reading.as_categories(frame[[*care.KEYS, "value", "status"]], care.KEYS).astype({"status": "category"})
    said = "Children who were matched to the school census only. From DfE's API (England) and its catalogue of files."
    notes = [*work.store.info("care").notes, *(ees_discovery.with_names(note, work.areas) for note in notes), *more]
    origin = ees_files.origin(work, look, TITLE, ADDRESS, digest, said)
    return [new_table(care.TABLE, table, list(dict.fromkeys(notes)), origin, work.store)]


def _of_england(work: Work, found: Found) -> pd.DataFrame:
    """Every row of the data set of England. Raises ContractBroken where an old answer came in its place."""
    query = Query(filters={name: [EVERY] for name in FILTERS}, levels=["NAT"], indicators=list(care_live.INDICATORS))
    answered = ees_discovery.client(work).query(found.data_set.id, query)
    if not answered.fresh or answered.data_set.version != found.data_set.version:
        raise ContractBroken(TITLE, "the data set changed, or could not be reached, while it was read.")
    return answered.rows


SOURCE = Source(
    name="care",
    group="ees",
    title=TITLE,
    tables=("care",),
    look=look,
    fetch=fetch,
)
