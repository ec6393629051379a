"""How long do families wait, and who decides?

Plans on time over the years, four figures that are always shown, good or bad
(plans on time, requests turned down, appeals, a health service's waits), and
the steps from request to review (help_tables.py). Health figures belong to an
NHS area and are titled so (health_waits.py, health_people.py, health_tables.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pandas as pd

from sendlib.answer import Answer, Asked, Note, Question, Text
from sendlib.answer.numbers import capital, listed
from sendlib.areas import Area
from sendlib.compared import doubtful, means, overlap
from sendlib.compared.comparators import Comparators, choose_beside_england, known_areas
from sendlib.compared.plainly import wholly
from sendlib.provenance import Provenance
from sendlib.questions.getting_help import (
    choices,
    health_elsewhere,
    health_figure,
    health_lead,
    health_tables,
    help_tables,
    inspections,
    lead_table,
    next_steps,
    one_by_one,
    plans_on_time,
    process_figures,
    process_tables,
    process_words,
)
from sendlib.questions.getting_help.few import FEW
from sendlib.questions.getting_help.glance import of as at_a_glance
from sendlib.questions.getting_help.process_figures import NEEDED_APPEALS, sure
from sendlib.questions.getting_help.process_tables import APPEALS, ON_TIME, REFUSED
from sendlib.store import Store

NAME = "getting_help"
WORDS = "How long do families wait, and who decides?"
_BEFORE_AND_AFTER = (
    Text(
        "How long a family waited before the request was made, and who was told not to ask.",
        families="How long you waited before the request was made.",
    ),
    Text(
        "Whether a plan is good, and whether what it promises is given: only its date is counted.",
        families="Whether a plan is a good one, and whether it is kept.",
    ),
)
_HEALTH_OF_AREAS = Text(
    "How long children here wait for a health service: lists of community services are counted where the service is"
    f" run, and all NHS figures are those of an NHS area. {health_tables.ICBS_CHANGED_PLAIN}",
    families="How long children here wait for community paediatrics: the list is for a larger NHS area.",
)
_HEALTH_OF_BOARDS = Text(
    "How long the children who live here wait for a health service: lists of community services are counted where the"
    f" service is run. {health_tables.ICBS_CHANGED_PLAIN}",
    families="How long the children who live here wait for the NHS: a list counts those whose service is run here.",
)
_HEALTH_OF_ENGLAND = Text(
    "How long a child waits in one place: lists differ widely between NHS areas, and some send none.",
    families="How long you will wait: it differs widely between NHS areas.",
)
CANNOT_TELL = (*_BEFORE_AND_AFTER, _HEALTH_OF_AREAS)


def _cannot_tell(area: Area) -> tuple[Text, ...]:
    """What the figures do not tell of an area of its kind."""
    if area.kind == "england":
        return (*_BEFORE_AND_AFTER, _HEALTH_OF_ENGLAND)
    if area.kind in ("board", "location"):
        return (*(_BEFORE_AND_AFTER if area.parts else ()), _HEALTH_OF_BOARDS)
    return CANNOT_TELL


COULD_CHANGE = (
    Text(
        "Where in the 20 weeks to look first: advice from professionals, the decision, or the writing of plans.",
        families="What you ask your council about waiting and about being turned down.",
    ),
    Text(
        "Which refusals to look at again, before they become appeals.",
        families="What your forum brings to the next meeting with the council and the NHS.",
    ),
    Text("Which wait councils and the NHS tackle together.", families=None),
)
_COULD_CHANGE_OF_NHS = (
    Text(
        "Which wait the NHS and the council tackle together, and where a list is too short to be the whole of it.",
        families="What your forum brings to the next meeting with the NHS.",
    ),
)
GROUPS = (lead_table.ACCESS, health_tables.GROUP, lead_table.DEMAND, lead_table.CAPACITY)
"""The groups of the parts of Look closer, in their order."""
_SOURCES = (
    "process",
    "neighbours",
    "population",
    "designated_officers",
    "inspections",
    "waits_community",
    "waits_mental_health",
    "waits_autism",
    "health_areas",
    "health_boards",
)
_OF_COUNCILS = ("process", "neighbours", "population", "designated_officers", "inspections")
"""Sources of figures that are returned by authorities."""
_BREAKS_OF = (
    "process",
    "waits_community",
    "waits_mental_health",
    "waits_autism",
    "health_areas",
    "designated_officers",
)


def ask(store: Store, area: Area, comparators: str, asked: Asked) -> Answer:
    """The answer for an area of any kind. Raises UnknownChoice, UnknownArea and SnapshotDamaged."""
    others, asked_for = choose_beside_england(store, area, comparators), area
    if area.kind == "group" and len(area.parts) == 1:
        # A group of one is that authority, with its duties and its history; only the name is the group's.
        area = replace(known_areas(store).get(area.parts[0]), name=area.name)
    if area.kind in ("board", "location"):
        return _of_health_area(store, area, others, asked)
    table = plans_on_time.on_time(store, area, others)
    last = table.iloc[-1]
    refused, appeals = (sure(store, measure, area.code) for measure in (REFUSED, APPEALS))
    without = process_tables.who_lacks(store, area, process_tables.OF[ON_TIME], str(last["period"]))
    tables = {
        **help_tables.tables(store, area, others, table),
        **one_by_one.tables(store, area, others),
        **health_tables.tables(store, area),
    }
    return Answer(
        question=NAME,
        words=WORDS,
        area=asked_for,
        comparators=others.label,
        plain_comparators=wholly(others),
        state=process_words.state(last),
        title=process_words.title(area, others, last),
        headline=process_words.headline(area, others, last, refused, appeals, without),
        figures=(*process_figures.figures(store, area, others), health_figure.figure(store, area)),
        lead="on_time",
        tables=tables,
        cannot_tell=_cannot_tell(area),
        could_change=COULD_CHANGE,
        sources=_sources(store, _SOURCES),
        notes=tuple(_notes(store, area, others, table)),
        offered=one_by_one.offered(tables, asked) | choices.offered(store, area, tables, asked),
        cards=(*inspections.cards(store, area), next_steps.card()),
        groups=GROUPS,
    )


def _of_health_area(store: Store, area: Area, others: Comparators, asked: Asked) -> Answer:
    """A board or a sub-ICB location: what the NHS publishes of it leads; figures of its authorities follow, if any."""
    table = plans_on_time.on_time(store, area, others) if area.parts else None
    health, breaks = health_tables.tables(store, area), "breaks"
    process = (
        {**help_tables.tables(store, area, others, table), **one_by_one.tables(store, area, others)}
        if table is not None
        else {}
    )
    tables = {**health_lead.table(store, area), **process, **health}
    if table is None:
        told = tables[breaks].data
        tables[breaks] = replace(tables[breaks], data=told[told["about"].isin(list(tables))].reset_index(drop=True))
    figures = (
        process_figures.figures(store, area, others)
        if table is not None
        else (health_lead.contacts_figure(store, area),)
    )
    return Answer(
        question=NAME,
        words=WORDS,
        area=area,
        comparators=others.label if table is not None else "England",
        plain_comparators=wholly(others) if table is not None else "England",
        state=health_lead.state(store, area),
        title=health_lead.title(store, area),
        headline=health_lead.headline(store, area, None if table is None else table.iloc[-1]),
        figures=(health_figure.figure(store, area), *figures),
        lead=health_lead.lead_of(area),
        tables=tables,
        cannot_tell=_cannot_tell(area),
        could_change=COULD_CHANGE if table is not None else _COULD_CHANGE_OF_NHS,
        sources=_sources(store, [name for name in _SOURCES if table is not None or name not in _OF_COUNCILS]),
        notes=tuple(_notes_of_health_area(store, area, others, table)),
        offered=one_by_one.offered(tables, asked) | choices.offered(store, area, tables, asked),
        cards=(*inspections.cards(store, area), next_steps.card()),
        groups=GROUPS,
    )


def _sources(store: Store, names: Iterable[str]) -> dict[str, tuple[Provenance, ...]]:
    """Where the tables of the store come from; of health checks where a refresh has brought them."""
    held = [*names, *([health_elsewhere.CHECKS] if health_elsewhere.holds_checks(store) else [])]
    return {name: store.info(name).sources for name in held}


def _notes_of_health_area(store: Store, area: Area, others: Comparators, table: pd.DataFrame | None) -> Iterator[Note]:
    """How far its authorities stand for it, then what is said of its own figures; what is said of theirs stands
    beside plans on time."""
    for note in overlap.note(store, area):
        # The numbers of councils are named as theirs, so that families find the rest behind a heading.
        yield replace(note, text=replace(note.text, families=None))
        yield Note("definition", Text("", None, note.text.in_mode("families")))
    if table is None:
        yield from health_tables.notes(store, area)
        tables = [name for name in _BREAKS_OF if name not in _OF_COUNCILS]
        yield from (_break(text) for name in tables for text in store.info(name).breaks)
        return
    for note in _notes(store, area, others, table):
        theirs = note.kind in ("caution", "missing") and not note.about and note.text.explore != ""
        yield replace(note, about="on_time") if theirs and note not in health_tables.notes(store, area) else note


QUESTION = Question(
    NAME,
    "Getting help",
    WORDS,
    ask,
    (*one_by_one.CHOICES, *choices.CHOICES),
    of_health_areas=True,
    ask_the_room="Where do families wait longest? What would help them there?",
    glance=at_a_glance,
)


def _notes(store: Store, area: Area, others: Comparators, table: pd.DataFrame) -> list[Note]:
    last = table.iloc[-1]
    overlaps = health_figure.overlap_note(store, area)
    doubt = process_words.uncovered(area, last) or (None if last["left_out"] else process_words.incomplete(table))
    before = plans_on_time.predecessor(store, area)
    lacking = {str(year): process_tables.lacking(store, ON_TIME, others, str(year)) for year in table["period"]}
    return [
        *process_words.standing(table),
        *([doubt] if doubt else []),
        *_doubted_parts(store, area),
        *([Note("caution", others.cautioned)] if others.caution else []),
        *overlaps,
        *([_began(store, area, before)] if before else []),
        *process_words.of_the_mean(area, others, str(table["period"].iloc[-1]), lacking),
        *process_words.left_out(area, table, others, before, lacking),
        *process_words.of_the_picture(),
        *_definitions(area, others),
        *help_tables.notes(store, area),
        *health_tables.notes(store, area),
        *(_break(text) for name in _BREAKS_OF for text in store.info(name).breaks),
    ]


def _break(text: str) -> Note:
    """A break of a table of the store, which is written for analysts."""
    return Note("break", Text(text, families=None))


def _doubted_parts(store: Store, area: Area) -> list[Note]:
    """Which authorities of an area of several have a number of the newest year that can not be right: it is in the
    sum."""
    if len(area.parts) < 2:
        return []
    known, told, every = known_areas(store), list[str](), list[str]()
    for measure, (_, whole) in process_tables.OF.items():
        year = process_tables.newest_of(store, measure)
        names = [known.get(code).in_text for code in area.parts if process_tables.doubt(store, code, measure, year)]
        if names:
            told.append(f"{doubtful.NAMES.get(whole, whole)} in {year}: {process_words.few_names(names)}")
            every += names
    if not told:
        return []
    begins = "Numbers of single authorities that can not be right are in the sums"
    return [
        Note(
            "caution",
            Text(
                f"{begins}: {'; '.join(told)}.",
                show="Doubtful numbers of single authorities are in the sums.",
                families="Some numbers in these sums can not be right: those of"
                f" {process_words.few_names(list(dict.fromkeys(every)))}.",
            ),
        )
    ]


def _began(store: Store, area: Area, before: plans_on_time.Before) -> Note:
    """Whose figures there are of the years before an authority began."""
    known = known_areas(store).predecessors(area.code)
    names = listed(sorted({_former(name, kind) for _, name, kind in known}))
    began = f"{capital(area.in_text)} began in {before.until}"
    told = (
        f"{began}; earlier figures are those of {names}. Only the picture of plans on time shows them, as a line of"
        " their own."
    )
    return Note("missing", Text(told, families=f"{began}. Before, there was {names}."))


def _former(name: str, kind: str) -> str:
    """An authority that is gone; a county that was divided is told apart from an authority of today with its name."""
    return f"the former {name} (county)" if kind == "split" else name


def _definitions(area: Area, others: Comparators) -> list[Note]:
    far, half, margin = (f"{number:.0f}" for number in (process_words.FAR, process_words.HALF, process_words.MARGIN))
    councils = "authority" if len(area.parts) == 1 else "authorities"
    who = "authority" if others.choice not in ("regions", "boards", "boards-alike", "locations") else "area"
    few = f"with fewer than {FEW} plans, requests or decisions"
    mean = (
        f"Beside the area stand the figures of {others.label}; a share {few} is left out."
        if others.alone
        else f"The mean is the plain mean of {others.label}, as DfE has it; an {who} without a figure, {few}, or"
        f" with {means.TOO_SMALL} in place, is left out of it. It is given where at least half of them, and at least"
        f" {means.FEWEST}, have a figure."
    )
    appealed = (
        f"those registered with the SEND tribunal, for every 100 decisions of the {councils} that can be appealed"
    )
    texts = (
        Text(
            f"'Far from the standard' is below {far}%; below {half}% more than half were late. 'Outside its own usual"
            f" range' is more than {margin} points below or above every earlier year since"
            f" {process_words.FIRST_WHOLE_YEAR}, with at least {process_words.FEWEST_YEARS} such years of {FEW} plans"
            " or more; the newest two years are looked at. These thresholds are choices of ours.",
            families=None,
        ),
        Text(
            "Requests turned down: the authority decided not to assess, as a share of the requests received in the year"
            f"{', as published' if area.is_authority else ''}.",
            families="Told no: the council decided not to assess. Counted of all requests of the year.",
        ),
        Text(
            f"Appeals: {appealed}. {help_tables.APPEALABLE} 'Higher' or 'lower' is said only where"
            f" {NEEDED_APPEALS:.0f} appeals or more would be expected at the rate of those compared.",
            families="Appeals: those that families made to the SEND tribunal, for every 100 decisions they could"
            " appeal.",
        ),
        Text(mean, families="An average leaves out who has no number, or very few plans."),
    )
    return [Note("definition", text) for text in texts]
