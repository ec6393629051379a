"""Which needs do children have, and is that unusual?

The mix of primary needs of a cohort (compared.cohorts: the EHC plans that an authority maintains, or the pupils with
SEN of the schools in it), beside the mixes of its comparators. Plans without a recorded need, and pupils whose type of
need is not assessed, are shown and left out of the mix. Its tables are in tables.py, its sentences in headline.py,
plainly.py (those for families) and titles.py, its notes in notes.py and the what-if in recording.py.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from sendlib.answer import (
    DOUBTFUL,
    FULL,
    NOBODY,
    NOT_SHOWN,
    NOTHING_ASKED,
    TOO_FEW,
    Answer,
    Asked,
    Offered,
    Question,
    State,
    Table,
    Text,
)
from sendlib.areas import Area
from sendlib.compared import cohorts, doubtful, latest, means, overlap, parts
from sendlib.compared import mixes as mixing
from sendlib.compared.cohorts import COHORTS, PLANS, Cohort, counts
from sendlib.compared.comparators import DEFAULT, choose
from sendlib.compared.doubtful import Doubt
from sendlib.compared.mixes import SMALL
from sendlib.compared.plainly import wholly
from sendlib.questions.needs import (
    figures,
    further,
    further_words,
    headline,
    notes,
    over_time,
    over_time_words,
    recording,
    recording_words,
    tables,
    titles,
    two_cohorts,
    verdicts,
    words,
)
from sendlib.questions.needs.choices import (
    AWAY,
    CHOICES,
    CROSSES,
    DRAWINGS,
    DRAWN,
    FUNNEL_NEED,
    MEASURES,
    MOVE,
    PER,
    RECORDING,
    SCHOOL_PROVISION,
    WHO,
)
from sendlib.questions.needs.glance import of as at_a_glance
from sendlib.store import Store
from sendlib.tables.needs import NEEDS

_COULD_CHANGE = (
    Text(
        "What schools and services are commissioned for, and where specialist teachers are needed.",
        families="Where specialist teachers and services are needed most.",
    ),
    Text(
        "How needs are recorded: a question for SENCOs and panels before it is one about children.",
        families="How schools and councils write down what a child needs.",
    ),
)


_OTHER_NEEDS = Text(
    "More than one need for each child, and how complex needs are.",
    families="What other needs a child has, and how much help they take.",
)


def _cannot_tell(area: Area, cohort: Cohort) -> tuple[Text, ...]:
    if not cohort.is_plans:
        return (
            Text(
                "Whether the children differ or the recording does: the primary need is what each school recorded.",
                families="Whether the children or the notes differ.",
            ),
            _OTHER_NEEDS,
            Text(
                "Needs of children who live here and learn elsewhere, or in independent schools, or at home.",
                families="Needs of children who live here and learn elsewhere.",
            ),
        )
    who = "the authority" if area.is_authority else "each authority"
    return (
        Text(
            f"Whether the children differ or the recording does: the primary need is what {who} wrote in the plan.",
            families="Whether children here are different, or whether plans are written in another way.",
        ),
        _OTHER_NEEDS,
        Text(
            "Needs of children without a plan, and needs that nobody has identified.",
            families="The needs of children without a plan, and needs that nobody has noticed.",
        ),
    )


def ask(store: Store, area: Area, comparators: str = DEFAULT, asked: Asked = NOTHING_ASKED) -> Answer:
    """The answer for an area.

    `asked` may have who is counted, `who`: `sen_support`, and a what-if, `move`: `semh:mld:25`. Raises UnknownChoice,
    UnknownArea and SnapshotDamaged.
    """
    who = WHO.offer(_whom(store), PLANS, asked)
    cohort = COHORTS[who.value]
    others = choose(store, area, comparators)
    mixes = mixing.of(store, area, others, cohort.code)
    row = mixes.row(area.code)
    own = counts(store, cohort.code).reindex([area.code]).iloc[0]
    table = tables.mix_table(store, mixes, area, others)
    compared = not parts.of_itself(area, others)
    first = recording.usual(table, float(mixes.recorded[row]), compared=compared)
    move = MOVE.offer({}, recording.written_out(first), asked)
    moves = recording.of_cohort(recording.parse(move.value), mixes)
    held = tables.all_of(store, area, others, mixes, table, moves)
    further_than = float(mixes.further_than[row])
    doubt, now = _doubt(store, area, cohort), cohorts.said(store, cohort.code)
    halves = tables.halves(store, others, cohort.code) if parts.of_itself(area, others) else {}
    unknown = figures.unrecorded(own)
    state = _state(own, table, doubt, small=area.code in means.too_small(store))
    names = cohorts.needs(store, cohort.code)
    what_if, typical = recording_words.told(mixes, area, others, state, moves, first, names)
    told_apart = bool(cohorts.periods(store, cohort.code))
    answer = Answer(
        question=QUESTION.name,
        words=QUESTION.words,
        area=area,
        comparators=others.label,
        state=state,
        title=titles.title(area, others, cohort, state, table, further_than),
        headline=_with_whose(
            overlap.whose(store, area),
            headline.of(area, others, cohort, state, own, table, halves, doubt, now, told_apart=told_apart),
        ),
        figures=figures.all_of(store, area, others, cohort, state, table, halves, unknown),
        lead="mix",
        tables=held,
        cannot_tell=_cannot_tell(area, cohort),
        could_change=_COULD_CHANGE,
        sources={name: store.info(name).sources for name in _sources(area, cohort)},
        notes=(
            *notes.of_the_mix(store, area, others, state, mixes, own, unknown, table),
            *notes.about_the_whole(store, area, others, state, mixes, further_than, table),
            two_cohorts.note(store, area, cohort, held[two_cohorts.NAME], told=state not in (TOO_FEW, DOUBTFUL)),
            *recording_words.notes(what_if, typical, recording_words.to_ring_up(area, held, moves[0])),
            *over_time_words.notes(store, area, others, cohort),
            *further_words.notes(store, area, others, held, state),
        ),
        plain_comparators=wholly(others),
        verdicts=verdicts.of(area, others, cohort, state, mixes, table, further_than),
        offered={WHO.name: who, **_offered(held, table, move, asked, state)},
    )
    return _led_by_what_if(answer, what_if) if answer.chosen(DRAWN.name) == RECORDING else answer


def _with_whose(whose: str, said: Text) -> Text:
    """The sentence over the picture; families read first whose the figures of an NHS area are."""
    return replace(said, families=f"{whose} {said.in_mode('families')}") if whose else said


def _led_by_what_if(answer: Answer, what_if: Text) -> Answer:
    """The same answer, with the what-if as the lead picture and, on a shared screen, as its sentence; the choice of the
    picture stands beside it."""
    lead, drawn = MOVE.about, answer.offered[DRAWN.name]
    return replace(
        answer,
        lead=lead,
        headline=replace(answer.headline, show=what_if.in_mode("show")),
        offered={**answer.offered, DRAWN.name: replace(drawn, choice=replace(drawn.choice, about=lead))},
    )


def _whom(store: Store) -> dict[str, str]:
    """Who can be counted, code -> words, with a word on those that the census held does not tell apart."""
    later = " (not in the census held)"
    return {code: one.label if cohorts.periods(store, code) else f"{one.label}{later}" for code, one in COHORTS.items()}


def _doubt(store: Store, area: Area, cohort: Cohort) -> Doubt | None:
    """Why the area's number of plans is doubtful: its own, or that of an authority that is a large part of it."""
    if not cohort.is_plans:
        return None
    january = latest.needs_period(store, "all")
    if len(area.parts) < 2:
        return doubtful.of(store, parts.one_of(area), doubtful.PLANS, january)
    in_doubt = doubtful.areas_in_doubt(store, doubtful.PLANS, january)
    told = [
        f"{parts.name_of(store, code)}, {doubtful.reasons(store, code, doubtful.PLANS)[january]}"
        for code in parts.large_in_doubt(store, area, in_doubt)
    ]
    return Doubt(doubtful.PLANS, january, f"that of a large part of it is ({'; '.join(told)})") if told else None


def _sources(area: Area, cohort: Cohort) -> tuple[str, ...]:
    """Tables that the answer is made of; only an authority has neighbours, and others that are like it."""
    chosen_by = ("neighbours", "features") if area.is_authority else ()
    other = ("school_needs",) if cohort.is_plans else ("school_pupils", "needs")
    return (cohort.table, *chosen_by[:1], *other, *chosen_by[1:], "care")


def _state(own: pd.Series, table: pd.DataFrame, doubt: Doubt | None, *, small: bool) -> State:
    """`small`: whether the area is one of those with so few plans that they count for nobody's mean."""
    # Whose pupils are few as well, and could be set beside nobody by the tests.
    if words.whole_of(own) < SMALL or (small and table["share"].notna().any()):
        return TOO_FEW
    if doubt is not None:
        return DOUBTFUL
    if table["share"].isna().all():
        return NOT_SHOWN
    return NOBODY if table["comparator_mean"].isna().all() else FULL


def _offered(
    held: dict[str, Table], table: pd.DataFrame, move: Offered, asked: Asked, state: State
) -> dict[str, Offered]:
    """The what-if, the need of the funnel (that furthest from the mean at first), one group of each cross, and
    what the lead picture draws."""
    furthest = table["difference"].abs()
    needs = dict(zip(table["need"], table["name"], strict=True))
    in_order = {need: needs[need] for need in [*NEEDS, *needs] if need in needs}
    first = str(table["need"].iloc[int(furthest.argmax())]) if furthest.notna().any() else next(iter(in_order))
    found = {MOVE.name: move, FUNNEL_NEED.name: FUNNEL_NEED.offer(in_order, first, asked)}
    for choice in (one for one in CROSSES if one.about in held):
        groups = tables.groups_of(held[choice.about].data)
        found[choice.name] = choice.offer(groups, next(iter(groups), ""), asked) if groups else choice.offer({}, "", {})
    # Nothing is said to differ that can not be right, has no mean, or is England's beside its own authorities.
    apart = state == FULL and "outside" in held["mix"].data
    drawings = {name: words for name, words in DRAWINGS.items() if apart or name != AWAY}
    found[DRAWN.name] = DRAWN.offer(drawings, next(iter(drawings)), asked)
    found[PER.name] = PER.offer(MEASURES, next(iter(MEASURES)), asked)
    kinds = further.provisions_of(held["schools"].data)
    found[SCHOOL_PROVISION.name] = SCHOOL_PROVISION.offer(kinds, next(iter(kinds), ""), asked if kinds else {})
    return found | over_time.offered(held, asked)


QUESTION = Question(
    name="needs",
    title="Needs",
    words="Which needs do children have, and is that unusual?",
    ask_the_room="Are these the needs that you see? Which of them may be written down differently elsewhere?",
    glance=at_a_glance,
    ask=ask,
    choices=CHOICES,
)
