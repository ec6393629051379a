"""The NHS tables of Getting help, and what is said beside each of them.

Lists of community services are counted where the service is run; mental health
contacts and waits and suspected autism where the child lives or is registered
with a GP. The two kinds have different sentences, and each table has its own.
"""

from __future__ import annotations

from functools import lru_cache

from sendlib.areas import Area
from sendlib.questions.answer import Note, Table, listed
from sendlib.questions.getting_help import columns, health_changes, health_gaps, health_people, health_waits
from sendlib.questions.getting_help.health_changes import month_of
from sendlib.store import Store
from sendlib.tables import waits_autism, waits_community, waits_mental_health
from sendlib.tables.community_workbook import SERVICES
from sendlib.tables.periods import spoken

NOT_HELD = (
    "Health checks of people with a learning disability are not held: NHS England publishes them by GP practice, and that file is"
    " not part of this snapshot."
)
ICBS_OF = (
    "NHS areas are those of 2022. On 1 April 2026 twelve of the 42 ICBs were abolished and six new ones began; the tables held do not say which, so an"
    " ICB that is named here may no longer exist."
)
ICBS_OF_PLAIN = "The NHS areas are those of 2022. Twelve of the 42 were abolished on 1 April 2026."
_RUN = "Counted where the service is run, by the organisation that runs it: not figures of the children who live in {area}."
_PEOPLE = (
    "Counted by where children live, or by their GP practice, and not by who runs the service; but these are figures of whole NHS areas, not"
    " of {area}. Of the children of {area}, {overlaps}."
)
_NAMELESS = (
    "NHS England's workbook gives how many organisations sent nothing, for England, regions and ICBs; it does not name them. An area without"
    " any list has no figure and is never drawn as nought."
)


@lru_cache(maxsize=256)
def tables(store: Store, area: Area) -> dict[str, Table]:
    """All NHS tables of an authority, and the breaks of every series of the page."""
    return {**_overlaps(store, area), **_community(store, area), **_people(store, area)}


def _icbs(store: Store, area: Area) -> str:
    return listed([one.name for one in health_waits.drawn(health_waits.areas_of(store, area, "icb"))])


def _overlaps(store: Store, area: Area) -> dict[str, Table]:
    return {
        "health_areas": Table(
            health_waits.overlaps(store, area),
            f"NHS areas that {area.name} lies in, by children aged 0 to 17, mid-2020, per cent",
            columns.OVERLAPS,
            ("health_areas",),
        ),
        "breaks": Table(
            health_changes.breaks(),
            "Breaks in the series of this page, as its pictures draw them",
            columns.BREAKS,
            ("process", "waits_community", "waits_mental_health"),
        ),
    }


def _community(store: Store, area: Area) -> dict[str, Table]:
    lists, icbs = ("waits_community", "health_areas"), _icbs(store, area)
    first, month = spoken(health_waits.months(store)[0]), spoken(health_waits.months(store)[-1])
    run = f"Children waiting for community health services run in {icbs}, and in England"
    return {
        "community": Table(
            health_waits.community_now(store, area),
            f"{run}, {month}: not the residents of {area.in_text}",
            columns.LISTS,
            lists,
        ),
        "community_over_time": Table(
            health_waits.community_over_time(store, area),
            f"{run}, months of {first} to {month}: not the residents of {area.in_text}",
            columns.LISTS_OVER_TIME,
            lists,
        ),
        "bands": Table(
            health_waits.bands_now(store, area),
            f"{run}, by weeks waited, {month}: not the residents of {area.in_text}",
            columns.BANDS,
            lists,
        ),
        "silent": Table(
            health_waits.silent_organisations(store),
            f"Organisations in scope that sent no waiting list, England and the ICBs that have any, {month}",
            columns.SILENT,
            ("waits_community",),
        ),
    }


def _people(store: Store, area: Area) -> dict[str, Table]:
    contacts, waits, autism = (
        ask(store, area) for ask in (health_people.contacts, health_people.four_weeks, health_people.autism)
    )
    sources = ("waits_mental_health", "health_areas")
    told = f"{month_of(contacts['period'].min())} to twelve months to {month_of(contacts['period'].max())}"
    return {
        "contacts": Table(
            contacts,
            "Children under 18 with at least one NHS mental health contact in twelve months (MHS95), NHS areas that"
            f" {area.in_text} lies in, twelve months to {told}",
            columns.CONTACTS,
            sources,
        ),
        "four_weeks": Table(
            waits,
            f"Children's waits for NHS mental health services, {_icbs(store, area)} and England,"
            f" {month_of(waits['period'].min())} to {month_of(waits['period'].max())}",
            columns.FOUR_WEEKS,
            sources,
        ),
        "autism": Table(
            autism,
            f"Suspected autism, under 18, {month_of(autism['period'].max())} (the numbers begin with"
            f" {month_of(autism['period'].min())}): referrals open for 13 weeks or more, NHS areas that {area.in_text}"
            " lies in and England, per cent",
            columns.AUTISM,
            ("waits_autism", "health_areas"),
        ),
    }


def notes(store: Store, area: Area) -> list[Note]:
    """What is said of the NHS figures, beside each table and of all of them."""
    run = _RUN.format(area=area.in_text)
    return [
        *(Note("definition", f"{health_waits.overlap_sentence(area, one)} Its figures are never those of {area.in_text}.")
          for one in health_waits.drawn(health_waits.areas_of(store, area, "icb"))),
        *(Note("definition", run, table) for table in ("community", "community_over_time", "bands")),
        *(Note("break", ICBS_OF, table) for table in ("", "health_areas", "community", "community_over_time", "bands")),
        *_of_community(store, area),
        *_of_people(store, area),
        Note("definition", NOT_HELD),
    ]  # fmt: skip


def _of_community(store: Store, area: Area) -> list[Note]:
    over_time = health_waits.community_over_time(store, area)
    main = over_time[over_time["service"].eq(SERVICES[health_waits.MAIN]) & over_time["health_area"].ne("England")]
    scope = next(text for text in waits_community.BREAKS if text.startswith("The organisations in scope change"))
    secret = next(text for text in waits_community.BREAKS if text.startswith("Looked after children teams"))
    months = next(text for text in waits_community.BREAKS if text.startswith("Months in it"))
    doubts = health_gaps.of_areas(store, health_waits.drawn(health_waits.areas_of(store, area, "icb")))
    empty = main[main["period"].eq(main["period"].max()) & main["status"].eq("not_available")]
    elsewhere = (
        [Note("missing", "Where an ICB has no list of community paediatrics, a service that is counted in another ICB may serve the children who live there.", table)
         for table in ("community", "community_over_time", "bands")] if len(empty) else []
    )  # fmt: skip
    return [
        *(Note("break", text) for text in main["changed"] if text),
        *(Note("caution", f"{SERVICES[health_waits.MAIN]}: {one.text}", table) for table in ("community", "bands") for one in doubts),
        *(Note("missing", one.incomplete, "community_over_time") for one in doubts if one.incomplete),
        *elsewhere,
        Note("break", scope, "community_over_time"),
        Note("break", months, "community_over_time"),
        Note("definition", secret, "bands"),
        Note("definition", _NAMELESS, "silent"),
    ]


def _of_people(store: Store, area: Area) -> list[Note]:
    def lived(level: str) -> str:
        found = health_waits.drawn(health_waits.areas_of(store, area, level))
        overlaps = listed([f"{health_waits.part_of(one.of_authority)} live in the NHS area called {one.name}" for one in found])
        return _PEOPLE.format(area=area.in_text, overlaps=overlaps)

    alone, uncorrected = waits_autism.BREAKS[0], waits_autism.BREAKS[2]
    return [
        Note("definition", lived("sub_icb"), "contacts"),
        *(Note("break", text, "contacts") for text in waits_mental_health.BREAKS if text.startswith(("NHS", "Areas never"))),
        Note("definition", lived("icb"), "four_weeks"),
        Note("definition", "The clock stops in full when there was help that the publisher counts as meaningful.", "four_weeks"),
        Note("caution", alone, "autism"),
        Note("caution", uncorrected, "autism"),
        Note("missing", "ASD19f (no appointment yet) and ASD16c (how many referrals are open for 13 weeks or more) are not in the files held, so neither the"
             " children who still wait nor their number can be shown beside it. ASD19c (within 13 weeks) is not in them either.", "autism"),
        Note("definition", lived("sub_icb"), "autism"),
    ]  # fmt: skip
