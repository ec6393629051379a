"""The NHS tables of Getting help, and what is said beside each of them.

Lists of community services are counted where the service is run; mental health
contacts and waits and suspected autism where the child lives or is registered
with a GP. The two kinds have different sentences, and each table has its own.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from sendlib.answer import Note, Table, Text
from sendlib.answer.numbers import count_of, listed, written
from sendlib.areas import Area
from sendlib.questions.getting_help import (
    columns,
    health_changes,
    health_elsewhere,
    health_gaps,
    health_people,
    health_providers,
    health_standards,
    health_waits,
    nhs_areas,
)
from sendlib.questions.getting_help.health_changes import month_of
from sendlib.questions.getting_help.health_spread import DEFINITION
from sendlib.store import Store, kept_with_store
from sendlib.tables import waits_autism, waits_community, waits_mental_health
from sendlib.tables.community_workbook import SERVICES
from sendlib.tables.periods import spoken
from sendlib.tables.symbols import NOT_AVAILABLE

NOT_HELD = (
    "Health checks of people with a learning disability are not held: NHS England publishes them by GP practice, and"
    " that file is not part of this snapshot."
)
_NOT_HELD = Note(
    "definition", Text(NOT_HELD, families="Health checks of people with a learning disability are not here.")
)
ICBS_CHANGED = (
    "On 1 April 2026 twelve of the 42 ICBs were abolished and six new ones began; a figure of March 2026 or before is"
    " of the ICBs of 2022, and no series goes on from an old one to a new one."
)
ICBS_CHANGED_PLAIN = (
    "NHS areas changed on 1 April 2026: twelve were abolished. Numbers from before are for the old areas."
)
_RUN = (
    "Counted where the service is run, by the organisation that runs it: not figures of the children who live in"
    " {area}."
)
_PEOPLE = (
    "Counted by where children live, or by their GP practice, and not by who runs the service; but these are figures of"
    " whole NHS areas, not"
    " of {area}. Of the children of {area}, {overlaps}."
)
_BY_HOME = "Counted by where children live, or by their GP practice, and not by who runs the service."
_OF_LOCATIONS = "NHS England gives these figures for sub-ICB locations and not for boards."
_OF_BOARDS = "NHS England gives these figures for boards and not for sub-ICB locations."
_NAMELESS = (
    "NHS England's workbook gives how many organisations sent nothing, for England, regions and ICBs; it does not name"
    " them. An area without any list has no figure and is never drawn as nought."
)


_NEVER_ADD_UP = "The area of some children is not known, so areas never add up to England."
_ELSEWHERE = Text(
    "Where an ICB has no list of community paediatrics, a service that is counted in another ICB may serve the children"
    " who live there."
)
_IN_FULL = Text("The clock stops in full when there was help that the publisher counts as meaningful.")
_NOT_IN_THE_FILES = Text(
    "ASD19f (no appointment yet) and ASD16c (how many referrals are open for 13 weeks or more) are not in the files"
    " held, so neither the children who still wait nor their number can be shown beside it. ASD19c (within 13 weeks) is"
    " not in them either."
)
GROUP = "Waits for the NHS: figures of NHS areas"
"""The heading over the parts of Look closer that are about NHS areas."""


@kept_with_store(256)
def tables(store: Store, area: Area) -> dict[str, Table]:
    """All NHS tables of an authority, and the breaks of every series of the page."""
    return {
        **_overlaps(store, area),
        **health_standards.table(store, area, GROUP),
        **_community(store, area),
        **health_providers.table(store, area, GROUP),
        **_people(store, area),
        **health_elsewhere.table(store, area, GROUP),
    }


def _icbs(store: Store, area: Area) -> str:
    """The ICBs whose figures stand beside England's."""
    return listed([one.name for one in nhs_areas.boards(store, area, health_waits.months_of(store, area)[-1])])


def _in_them(store: Store, area: Area) -> str:
    """Where services are run: `run in NHS Devon, and in England`."""
    return "run in England" if area.kind == "england" else f"run in {_icbs(store, area)}, and in England"


def _not_residents(area: Area) -> str:
    """That lists are counted where the service is run."""
    return "" if area.kind == "england" else f": not the residents of {area.in_text}"


def _people_of(area: Area) -> str:
    """Whose figures those are that follow the child."""
    return {
        "england": "England",
        "board": f"sub-ICB locations of {area.name}",
        "location": area.name,
    }.get(area.kind, f"NHS areas that {area.in_text} {area.verb('lies', 'lie')} in")


def _and_england(area: Area) -> str:
    return "" if area.kind == "england" else " and England"


def _overlaps(store: Store, area: Area) -> dict[str, Table]:
    health_area = area.kind in ("board", "location")
    lies = f"{area.in_text} {area.verb('lies', 'lie')}"
    return {
        "health_areas": Table(
            health_waits.overlaps(store, area),
            Text(
                f"Authorities that lie in {area.name}, by children aged 0 to 17, mid-2020, per cent"
                if health_area
                else f"NHS areas that {lies} in, by children aged 0 to 17, mid-2020, per cent"
            ),
            columns.AUTHORITIES if health_area else columns.overlaps_of(area),
            ("health_areas",),
            heading="Which authorities lie in it" if health_area else f"Which NHS areas {lies} in",
            group=GROUP,
            how_to_read=Text(health_waits.overlap_lines(store, area)),
        ),
        "breaks": Table(
            health_changes.breaks(),
            Text("Breaks in the series of this page, as its pictures draw them"),
            columns.BREAKS,
            ("process", "waits_community", "waits_mental_health"),
            heading="Breaks in the series of this page",
        ),
    }


def _community(store: Store, area: Area) -> dict[str, Table]:
    lists = ("waits_community", "health_areas")
    held = health_waits.months_of(store, area)
    first, month = spoken(held[0]), spoken(held[-1])
    run = f"Children waiting for community health services {_in_them(store, area)}"
    return {
        "community": Table(
            health_waits.community_now(store, area),
            Text(f"{run}, {month}{_not_residents(area)}"),
            columns.LISTS,
            lists,
            heading="Community services: who waits over 52 weeks",
            group=GROUP,
        ),
        "community_over_time": Table(
            health_waits.community_over_time(store, area),
            Text(f"{run}, months of {first} to {month}{_not_residents(area)}"),
            columns.LISTS_OVER_TIME,
            lists,
            heading="Community services over time",
            group=GROUP,
        ),
        "bands": Table(
            health_waits.bands_now(store, area),
            Text(f"{run}, by weeks waited, {month}{_not_residents(area)}"),
            columns.BANDS,
            lists,
            heading="Community services by weeks waited",
            group=GROUP,
        ),
        "silent": _silent(store, spoken(health_waits.months(store)[-1])),
    }


def _silent(store: Store, month: str) -> Table:
    rows = health_waits.silent_organisations(store)
    each = zip(rows["health_area"], rows["not_submitting"], strict=True)
    return Table(
        rows,
        Text(f"Organisations in scope that sent no waiting list, England and the ICBs that have any, {month}"),
        columns.SILENT,
        ("waits_community",),
        heading="How many organisations sent nothing",
        group=GROUP,
        how_to_read=Text("\n".join(f"- {name}: {written(number)}" for name, number in each)),
    )


def _people(store: Store, area: Area) -> dict[str, Table]:
    return {"contacts": _contacts(store, area), "four_weeks": _four_weeks(store, area), "autism": _autism(store, area)}


def _contacts(store: Store, area: Area) -> Table:
    rows = health_people.contacts(store, area)
    told = f"{month_of(rows['period'].min())} to twelve months to {month_of(rows['period'].max())}"
    return Table(
        rows,
        Text(
            "Children under 18 with at least one NHS mental health contact in twelve months (MHS95),"
            f" {_people_of(area)}, twelve months to {told}",
            show=f"Under-18s with an NHS mental health contact, by twelve months to {month_of(rows['period'].max())}",
            families="Children under 18 in contact with an NHS mental health service, in twelve months",
        ),
        columns.CONTACTS,
        ("waits_mental_health", "health_areas"),
        heading="Mental health: children with a contact",
        group=GROUP,
    )


def _four_weeks(store: Store, area: Area) -> Table:
    rows = health_people.four_weeks(store, area)
    return Table(
        rows,
        Text(
            "Children's waits for NHS mental health services,"
            f" {'England' if area.kind == 'england' else f'{_icbs(store, area)} and England'},"
            f" {month_of(rows['period'].min())} to {month_of(rows['period'].max())}"
        ),
        columns.FOUR_WEEKS,
        ("waits_mental_health", "health_areas"),
        heading="Mental health: waits",
        group=GROUP,
    )


def _autism(store: Store, area: Area) -> Table:
    rows = health_people.autism(store, area)
    newest = month_of(rows["period"].max())
    return Table(
        rows,
        Text(
            f"Suspected autism, under 18, {newest} (the numbers begin with {month_of(rows['period'].min())}): referrals"
            f" open for 13 weeks or more, {_people_of(area)}{_and_england(area)}, per cent"
        ),
        columns.AUTISM,
        ("waits_autism", "health_areas"),
        heading=f"Autism: suspected autism referrals open for 13 weeks or more, {newest}",
        group=GROUP,
    )


def notes(store: Store, area: Area) -> list[Note]:
    """What is said of the NHS figures, beside each table and of all of them."""
    held = health_waits.months_of(store, area)
    run = Text("" if area.kind == "england" else _RUN.format(area=area.in_text))
    changed = Text(f"{ICBS_CHANGED} {nhs_areas.became(store, area)}".strip(), families=ICBS_CHANGED_PLAIN)
    found = nhs_areas.boards(store, area, held[-1])
    overlaps = [
        replace(sentence, explore=f"{sentence.explore}{_never(area, one)}")
        for one in found
        if (sentence := nhs_areas.overlap_sentence(area, one))
    ]
    return [
        *(Note("definition", sentence) for sentence in overlaps),
        *([Note("missing", began)] if (began := _begins(store, area)) else []),
        *([Note("missing", Text(told), "health_areas")] if (told := _further(store, area)) else []),
        *(Note("definition", run, table) for table in ("community", "community_over_time", "bands") if run.explore),
        *(Note("break", changed, table) for table in ("", "health_areas", "community", "community_over_time", "bands")),
        *([Note("definition", DEFINITION)] if area.kind in ("board", "location") else []),
        *_of_community(store, area),
        *_of_people(store, area),
        *health_standards.notes(area),
        *health_providers.notes(store, area),
        *health_elsewhere.notes(),
        *([] if health_elsewhere.holds_checks(store) else [_NOT_HELD]),
    ]


def _never(area: Area, one: nhs_areas.NhsArea) -> str:
    """That an NHS area's figures are those of another area."""
    return f" Its figures are never those of {area.in_text}." if one.how in ("overlap", "around") else ""


def _begins(store: Store, area: Area) -> Text:
    """That a board began, or was widened, after all that is held; and that one is gone."""
    newest = month_of(health_waits.months(store)[-1])
    became = nhs_areas.became(store, area)
    if nhs_areas.ends(area):
        told = f"{area.name}: figures end in March 2026. {became}".strip()
        return Text(told, families="This NHS area is no more: its numbers end in March 2026.")
    found = nhs_areas.boards(store, area, health_waits.months_of(store, area)[-1])
    if not found or found[0].how != "before":
        return Text("")
    shown = listed([one.name for one in found])
    return Text(
        f"{became} The newest waiting lists held are of {newest}, so there is none of {area.name} itself yet: shown are"
        f" those of {shown}, never added up.",
        families=f"This NHS area is as it is since April 2026, and the newest lists are from {newest}. Shown: {shown}.",
    )


def _further(store: Store, area: Area) -> str:
    """How many NHS areas that a wide area lies in are not drawn and not in the tables of waits."""
    if area.kind not in ("region", "group"):
        return ""
    level = nhs_areas.level_of(health_waits.months(store)[-1])
    icbs = nhs_areas.areas_of(store, area, level)
    more = len(icbs) - len(nhs_areas.drawn(icbs))
    if not more:
        return ""
    return (
        f"Waits are shown of the {nhs_areas.MOST_BOARDS} ICBs with most of the area's children, and of"
        f" {nhs_areas.MOST_LOCATIONS} sub-ICB locations at most; {more} more ICBs are in the table of overlaps. Figures"
        " of several NHS areas are never added up."
    )


def _of_community(store: Store, area: Area) -> list[Note]:
    over_time = health_waits.community_over_time(store, area)
    main = over_time[
        over_time["service"].eq(SERVICES[health_waits.MAIN]) & over_time["health_area"].ne(health_waits.ENGLAND_NAME)
    ]
    newest = main[main["period"].eq(main["period"].max())]
    doubts = health_gaps.of_areas(store, nhs_areas.boards(store, area, health_waits.months_of(store, area)[-1]))
    care = [Text(f"{SERVICES[health_waits.MAIN]}: {one.told.explore}") for one in doubts]
    empty = ("community", "community_over_time", "bands") if newest["status"].eq(NOT_AVAILABLE).any() else ()
    return [
        # Of a board the picture tells families of its steps.
        *(Note("break", Text(text, families=None if area.kind == "board" else "")) for text in main["changed"] if text),
        *(Note("caution", text, table) for table in ("community", "bands") for text in care),
        *(Note("missing", Text(one.incomplete), "community_over_time") for one in doubts if one.incomplete),
        *(Note("missing", _ELSEWHERE, table) for table in empty),
        *([Note("missing", _sent_nothing(newest), "community_over_time")] if len(newest) else []),
        Note("break", Text(waits_community.SCOPE_CHANGES), "community_over_time"),
        Note("break", Text(waits_community.MONTHS_HELD), "community_over_time"),
        Note("definition", Text(waits_community.IN_TOTAL_ONLY), "bands"),
        Note("definition", Text(_NAMELESS), "silent"),
    ]


def _sent_nothing(newest: pd.DataFrame) -> Text:
    """How many organisations of each NHS area sent nothing in the newest month."""
    each = [
        f"{name} {health_waits.sent_nothing(number)}"
        for name, number in zip(newest["health_area"], newest["not_submitting"], strict=True)
    ]
    return Text(f"Organisations in scope that sent nothing in the newest month: {'; '.join(each)}.")


def _of_people(store: Store, area: Area) -> list[Note]:
    def lived(level: str) -> Text:
        if area.kind == "england":
            return Text(_BY_HOME)
        if area.kind in ("board", "location"):
            return Text(f"{_BY_HOME} {_OF_LOCATIONS if level == 'sub_icb' else _OF_BOARDS}")
        every = nhs_areas.areas_of(store, area, level)
        found = nhs_areas.locations(store, area) if level == "sub_icb" else nhs_areas.drawn(every)
        overlaps = [f"{one.mine} live in the NHS area called {one.name}" for one in found]
        more = (
            f"; {count_of(rest, 'NHS area more is', 'NHS areas more are')} not shown"
            if not area.is_authority and (rest := len(every) - len(found))
            else ""
        )
        return Text(_PEOPLE.format(area=area.in_text, overlaps=f"{listed(overlaps)}{more}"))

    return [
        Note("definition", replace(lived("sub_icb"), show=None), "contacts"),
        Note("break", Text(waits_mental_health.NEVER_ADD_UP, show=None, families=_NEVER_ADD_UP), "contacts"),
        Note("definition", lived("icb"), "four_weeks"),
        Note("definition", _IN_FULL, "four_weeks"),
        Note("caution", Text(waits_autism.ALONE), "autism"),
        Note("caution", Text(waits_autism.NOT_CORRECTED), "autism"),
        Note("missing", _NOT_IN_THE_FILES, "autism"),
        Note("definition", lived("sub_icb"), "autism"),
    ]
