"""Pupils with SEN support and with an EHC plan: DfE's school census, from the API of Explore Education Statistics."""

from __future__ import annotations

import hashlib
import re

import pandas as pd

from sendlib.errors import ContractBroken
from sendlib.provenance import OPEN_GOVERNMENT_LICENCE, Provenance
from sendlib.refresh.source import Source
from sendlib.refresh.work import Look, Work, held_release, merged, new_table
from sendlib.sources.ees import DataSet, Ees
from sendlib.sources.ees_query import Query
from sendlib.store import NewTable
from sendlib.tables import ees_rows, reading, school_sen
from sendlib.tables.symbols import parse

TITLE = "Special educational needs in England"
ALL_PHASES = "all"
"""What this source brings: primary and secondary schools by themselves come with the shipped table only."""
PUBLICATION = "f657afb4-8f4a-427d-a683-15f11a2aefb5"
DATA_SET = re.compile(r"pupils in all schools.*type of sen provision", re.IGNORECASE)
"""The title of the data set; its id changes with every release."""
PROVISION = {
    "Education, health and care plan": "ehc_plan",
    "SEN support / SEN without an EHC plan": "sen_support",
}


def look(work: Work) -> Look:
    """The data sets of the publication, and which of them has pupils by type of SEN provision."""
    work.report(0.0, f"{TITLE}: asking DfE's API for its data sets")
    offered = _client(work).data_sets(PUBLICATION)
    found = [item for item in offered if DATA_SET.search(item.title) and item.status == "Published"]
    if len(found) != 1:
        raise ContractBroken(
            TITLE,
            f"{len(found)} data sets of the publication are called 'Pupils in all schools, by type of SEN provision';"
            " there must be exactly one.",
        )
    data_set = found[0]
    key = f"{data_set.id} {data_set.version}"
    year = held_release(work.store, "school_sen") if key == work.seen else _newest_year(work, data_set)
    release = (
        year if key == work.seen else f"academic year {year} (January {int(year[:4]) + 1}), version {data_set.version}"
    )
    return Look(key, release, data_set, period="" if key == work.seen else year, published=data_set.published[:10])


def _newest_year(work: Work, data_set: DataSet) -> str:
    """The last school year of a data set, such as 2024/25: one more request, kept for ever. Raises ContractBroken."""
    years = sorted(str(period["label"]) for period in _client(work).meta(data_set)["timePeriods"])
    if not years or not re.fullmatch(r"20\d\d/\d\d", years[-1]):
        raise ContractBroken(TITLE, f"its periods are not school years: {', '.join(years[-3:]) or 'none'}.")
    return years[-1]


def fetch(work: Work, look: Look) -> list[NewTable]:
    """Per cent of pupils by SEN provision, all schools together, with phases and earlier years from what is held."""
    data_set = look.parts
    assert isinstance(data_set, DataSet)
    query = Query(
        filters={
            "phase_type_grouping": ["Total"],
            "establishment_type": ["Total"],
            "hospital_school": ["Total"],
            "sen_provision": list(PROVISION),
        },
        levels=["NAT", "REG", "LA"],
        indicators=["pupil_percent"],
    )
    work.report(0.2, f"{TITLE}: asking for pupils by authority")
    answered = _client(work).query(data_set.id, query)
    if not answered.fresh:
        raise ContractBroken(TITLE, "the service could not be reached, so this is an old answer; it was not taken.")
    work.report(0.7, f"{TITLE}: reading")
    frame = merged(work.store.table("school_sen"), read(answered.rows), ["area_code", "period", "phase", "measure"])
    origin = Provenance(
        publisher="Department for Education",
        publication=TITLE,
        release=look.release,
        published=answered.data_set.published[:10] or None,
        retrieved=work.retrieved,
        url=f"{work.http.settings.address('SENDLIB_EES_SITE')}/find-statistics/special-educational-needs-in-england",
        licence=OPEN_GOVERNMENT_LICENCE,
        sha256=hashlib.sha256(answered.rows.to_csv(index=False, lineterminator="\n").encode()).hexdigest(),
        status="Official statistics",
        note=" ".join(
            ["January school census, from DfE's API. Pupils are counted where they go to school.", *answered.notes]
        ),
    )
    table = reading.as_categories(frame, school_sen.KEYS).astype({"status": "category"})
    return [new_table(school_sen.TABLE, table, work.store.info("school_sen").notes, origin, work.store)]


def read(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of the query as rows of school_sen. Raises ContractBroken."""
    code = ees_rows.area_codes(rows, TITLE)
    value, status = parse(rows["pupil_percent"], ees_rows.SYMBOLS, TITLE)
    frame = pd.DataFrame(
        {
            "area_code": code,
            "period": rows["time"],
            "phase": ALL_PHASES,
            "measure": rows["sen_provision"].map(PROVISION),
            "value": value,
            "status": status,
        }
    ).dropna(subset=["area_code"])
    return ees_rows.once(frame, school_sen.KEYS, TITLE).reset_index(drop=True)


def _client(work: Work) -> Ees:
    return Ees(work.http, work.kept or work.folder)


SOURCE = Source(
    name="pupils",
    group="ees",
    title=TITLE,
    tables=("school_sen",),
    look=look,
    fetch=fetch,
    brings=ALL_PHASES,
)
