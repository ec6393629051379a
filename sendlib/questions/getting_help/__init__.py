"""How long do families wait, and who decides?

Plans on time over the years, four figures that are always shown, good or bad
(plans on time, requests turned down, appeals, a health service's waits), and
the steps from request to review (help_tables.py). Health figures belong to an
NHS area and are titled so (health_waits.py, health_people.py, health_tables.py).
"""

from __future__ import annotations

import pandas as pd

from sendlib.answer import Answer, Asked, Note, Question, Text
from sendlib.answer.numbers import capital, listed
from sendlib.areas import Area
from sendlib.compared import means
from sendlib.compared.comparators import Comparators, choose, known_areas
from sendlib.questions.getting_help import (
    choices,
    health_figure,
    health_tables,
    help_tables,
    plans_on_time,
    process_figures,
    process_tables,
    process_words,
)
from sendlib.questions.getting_help.few import FEW
from sendlib.questions.getting_help.process_figures import NEEDED_APPEALS, sure
from sendlib.questions.getting_help.process_tables import APPEALS, ON_TIME, REFUSED
from sendlib.store import Store

NAME = "getting_help"
WORDS = "How long do families wait, and who decides?"
CANNOT_TELL = (
    Text(
        "How long a family waited before the request was made, and who was told not to ask.",
        families="How long you waited before the request was made.",
    ),
    Text(
        "Whether a plan is good, and whether what it promises is given: only its date is counted.",
        families="Whether a plan is a good one, and whether it is kept.",
    ),
    Text(
        "How long children here wait for a health service: lists of community services are counted where the service is"
        f" run, and all NHS figures are those of an NHS area. {health_tables.ICBS_CHANGED_PLAIN}",
        families="How long children here wait for the NHS. These lists are for a larger NHS area."
        f" {health_tables.ICBS_CHANGED_PLAIN}",
    ),
)
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
_SOURCES = (
    "process",
    "neighbours",
    "designated_officers",
    "waits_community",
    "waits_mental_health",
    "waits_autism",
    "health_areas",
    "health_boards",
)
_BREAKS_OF = (
    "process",
    "waits_community",
    "waits_mental_health",
    "waits_autism",
    "health_areas",
    "designated_officers",
)


def ask(store: Store, area: Area, comparators: str, asked: Asked) -> Answer:
    """The answer for an area. Raises UnknownChoice, UnknownArea and SnapshotDamaged."""
    others = choose(store, area, comparators)
    table = plans_on_time.on_time(store, area, others)
    last = table.iloc[-1]
    refused, appeals = (sure(store, measure, area.code) for measure in (REFUSED, APPEALS))
    tables = {**help_tables.tables(store, area, others, table), **health_tables.tables(store, area)}
    return Answer(
        question=NAME,
        words=WORDS,
        area=area,
        comparators=others.label,
        state=process_words.state(last),
        title=Text(process_words.title(area, others, last)),
        headline=process_words.headline(area, others, last, refused, appeals),
        figures=(*process_figures.figures(store, area, others), health_figure.figure(store, area)),
        lead="on_time",
        tables=tables,
        cannot_tell=CANNOT_TELL,
        could_change=COULD_CHANGE,
        sources={name: store.info(name).sources for name in _SOURCES},
        notes=tuple(_notes(store, area, others, table)),
        offered=choices.offered(store, area, tables, asked),
    )


QUESTION = Question(NAME, "Getting help", WORDS, ask, choices.CHOICES)


def _notes(store: Store, area: Area, others: Comparators, table: pd.DataFrame) -> list[Note]:
    last = table.iloc[-1]
    doubt = process_words.uncovered(area, last) or (None if last["left_out"] else process_words.incomplete(table))
    before = plans_on_time.predecessor(store, area)
    lacking = {str(year): process_tables.lacking(store, ON_TIME, others, str(year)) for year in table["period"]}
    return [
        *process_words.standing(table),
        *([doubt] if doubt else []),
        *([Note("caution", Text(others.caution))] if others.caution else []),
        *([_began(store, area, before)] if before else []),
        *process_words.of_the_mean(others, str(table["period"].iloc[-1]), lacking),
        *process_words.left_out(table, others, before, lacking),
        *process_words.of_the_picture(),
        *_definitions(others),
        *help_tables.notes(store, area),
        *health_tables.notes(store, area),
        *(Note("break", Text(text)) for name in _BREAKS_OF for text in store.info(name).breaks),
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


def _definitions(others: Comparators) -> list[Note]:
    far, half, margin = (f"{number:.0f}" for number in (process_words.FAR, process_words.HALF, process_words.MARGIN))
    few = f"with fewer than {FEW} plans, requests or decisions"
    mean = (
        f"Beside the area stand the figures of {others.label}; a share {few} is left out."
        if others.alone
        else f"The mean is the plain mean of {others.label}, as DfE has it; an authority without a figure, {few}, or"
        f" with {means.TOO_SMALL} in place, is left out of it. It is given where at least half of them, and at least"
        f" {means.FEWEST}, have a figure."
    )
    texts = (
        f"'Far from the standard' is below {far}%; below {half}% more than half were late. 'Outside its own usual"
        f" range' is more than {margin} points below or above every earlier year since"
        f" {process_words.FIRST_WHOLE_YEAR}, with at least {process_words.FEWEST_YEARS} such years of {FEW} plans or"
        " more; the newest two years are looked at. These thresholds are choices of ours.",
        "Requests turned down: the authority decided not to assess, as a share of the requests received in the year, as"
        " published.",
        "Appeals: those registered with the SEND tribunal, for every 100 decisions of the authority that can be"
        f" appealed. {help_tables.APPEALABLE} 'Higher' or 'lower' is said only where {NEEDED_APPEALS:.0f} appeals or"
        " more would be expected at the rate of those compared.",
        mean,
    )
    return [Note("definition", Text(text)) for text in texts]
