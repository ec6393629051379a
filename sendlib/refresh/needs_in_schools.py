"""Pupils with SEN by primary need and kind of school, every census there is, from DfE's API.

The publication has no data set of this alone: it is read out of the one by year group, whose rows have a total, or
where that is not there out of the one by free school meals or by language, whose Total is asked for.
"""

from __future__ import annotations

import hashlib

import pandas as pd

from sendlib.errors import ContractBroken
from sendlib.provenance import OPEN_GOVERNMENT_LICENCE, Provenance
from sendlib.refresh import ees_discovery
from sendlib.refresh.ees_discovery import Found, Shape
from sendlib.refresh.source import Source
from sendlib.refresh.work import Look, Work, held_release, merged, new_table
from sendlib.sources.ees_query import Query
from sendlib.store import NewTable
from sendlib.tables import ees_rows, places, reading, school_census, school_needs
from sendlib.tables.definition import TableDefinition

TITLE = "Special educational needs in England: pupils by primary need"
PUBLICATION = "f657afb4-8f4a-427d-a683-15f11a2aefb5"
ADDRESS = "find-statistics/special-educational-needs-in-england"
FILTERS = ("phase_type_grouping", "sen_provision", "sen_primary_need")
LEVELS = ("NAT", "REG", "LA")
SHAPES = (
    Shape(FILTERS, ("total_pupil_count", "pupil_count"), LEVELS, {}),
    Shape(FILTERS, ("pupil_count",), LEVELS, {"fsm_eligibility": "Total"}),
    Shape(FILTERS, ("pupil_count",), LEVELS, {"first_language": "Total"}),
)


def look(work: Work) -> Look:
    """The data set that has the counts, by what it has, and its newest census."""
    work.report(0.0, f"{TITLE}: asking DfE's API for its data sets")
    found = ees_discovery.by_shape(work, PUBLICATION, TITLE, SHAPES)
    years = ees_discovery.school_years(found, TITLE)
    key = f"{found.data_set.id} {found.data_set.version}"
    release = f"school years {years[0]} to {years[-1]}, version {found.data_set.version}"
    if key == work.seen:
        release = held_release(work.store, "school_needs")
    return Look(key, release, found, period=years[-1], published=found.data_set.published[:10])


def fetch(work: Work, look: Look) -> list[NewTable]:
    """Both tables, with what is held of other years and from other sources."""
    found = look.parts
    assert isinstance(found, Found)
    frame, digest = _asked(work, found)
    work.report(0.9, f"{TITLE}: adding up")
    needs, notes = school_census.whole(frame, TITLE)
    notes = [ees_discovery.with_names(note, work.areas) for note in notes]
    unread = school_census.unread(ees_rows.labels(found.meta, "phase_type_grouping"))
    if unread:
        notes.append(f"Kinds of school that are not known here are left out: {', '.join(unread)}.")
    origin = Provenance(
        publisher="Department for Education",
        publication="Special educational needs in England",
        release=look.release,
        published=look.published or None,
        retrieved=work.retrieved,
        url=f"{work.http.settings.address('SENDLIB_EES_SITE')}/{ADDRESS}",
        licence=OPEN_GOVERNMENT_LICENCE,
        sha256=digest,
        status="Official statistics",
        note=(
            f"January school census, from DfE's API (data set '{found.data_set.title}'). Pupils are counted where"
            " they go to school."
        ),
    )
    return [
        _table(school_needs.TABLE, needs, notes, origin, work),
        _table(places.TABLE, places.from_census(needs), (), origin, work),
    ]


def _asked(work: Work, found: Found) -> tuple[pd.DataFrame, str]:
    """The rows of every census, one question for each census and provision, and one hash over the answers.

    A question is so small that its answer comes in one page; all at once would
    be a file of a million rows.
    """
    phases = ees_rows.meant(
        [
            label
            for label in ees_rows.labels(found.meta, "phase_type_grouping")
            if ees_rows.plain(label) in (*school_census.PHASES, *school_census.OTHER_PHASES)
        ],
        school_census.PHASES,
        school_census.OTHER_PHASES,
        TITLE,
        "kind of school",
    )
    provisions = ees_rows.meant(
        ees_rows.labels(found.meta, "sen_provision"),
        school_census.PROVISIONS,
        school_census.OTHER_PROVISIONS,
        TITLE,
        "kind of SEN provision",
    )
    needs = ees_rows.meant(
        ees_rows.labels(found.meta, "sen_primary_need"), school_census.NEEDS, (), TITLE, "primary need"
    )
    gone = sorted({"ehc_plan", "sen_support"} - set(provisions.values()))
    if gone or not phases:
        raise ContractBroken(TITLE, f"it has no pupils with {' or '.join(gone) or 'any kind of school'}.")
    years = ees_discovery.school_years(found, TITLE)
    parts, digest = [], hashlib.sha256()
    for place, year in enumerate(years):
        for provision in provisions:
            work.report(0.05 + 0.85 * place / len(years), f"{TITLE}: {year}")
            query = Query(
                filters={
                    "phase_type_grouping": list(phases),
                    "sen_provision": [provision],
                    "sen_primary_need": list(needs),
                    **{name: [label] for name, label in found.shape.pinned.items()},
                },
                levels=list(LEVELS),
                indicators=[found.indicator],
                first=year,
                last=year,
            )
            answered = ees_discovery.client(work).query(found.data_set.id, query)
            if not answered.fresh or answered.data_set.version != found.data_set.version:
                raise ContractBroken(TITLE, "the data set changed, or could not be reached, while it was read.")
            digest.update(answered.rows.to_csv(index=False, lineterminator="\n").encode())
            if len(answered.rows):
                parts.append(school_census.read(answered.rows, phases, found.indicator, TITLE))
    if not parts:
        raise ContractBroken(TITLE, "it has no rows for the pupils that were asked for.")
    return pd.concat(parts, ignore_index=True), digest.hexdigest()


def _table(
    definition: TableDefinition, come: pd.DataFrame, notes: list[str] | tuple[str, ...], origin: Provenance, work: Work
) -> NewTable:
    """A table of what came and what is held beside it."""
    of_needs = definition.name == school_needs.TABLE.name
    keys = school_needs.KEYS if of_needs else places.KEYS
    # A census of an area is taken as a whole: what it had before and has no more is not held beside it.
    own = ["area_code", "period"] if of_needs else ["area_code", "period", "kind"]
    frame = merged(work.store.table(definition.name), come, own)
    table = reading.as_categories(frame[[*keys, "value", "status"]], keys).astype({"status": "category"})
    return new_table(definition, table, notes, origin, work.store)


SOURCE = Source(
    name="needs_in_schools",
    group="ees",
    title=TITLE,
    tables=("school_needs", "places"),
    look=look,
    fetch=fetch,
)
