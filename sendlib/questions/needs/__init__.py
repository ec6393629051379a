"""Which needs do children have, and is that unusual?

The mix of primary needs in the EHC plans that an authority maintains, beside
the mixes of its comparators. Shares are of plans with a recorded need; plans
without one are shown and left out of the mix. Its tables are in tables.py, its
sentences in words.py, and the what-if in recording.py.
"""

from __future__ import annotations

import numpy as np
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
    Note,
    Offered,
    Question,
    State,
    Table,
    Text,
)
from sendlib.answer.model import Kind
from sendlib.answer.numbers import capital, listed, percent, written
from sendlib.areas import ENGLAND, Area
from sendlib.compared import doubtful, latest, means, overlap, parts
from sendlib.compared import mixes as mixing
from sendlib.compared.alike import among
from sendlib.compared.comparators import ALIKE, DEFAULT, Comparators, choose, known_areas
from sendlib.compared.doubtful import Doubt
from sendlib.compared.mixes import SMALL
from sendlib.questions.needs import figures, further, further_words, recording, tables, words
from sendlib.questions.needs.choices import CHOICES, CROSSES, FUNNEL_NEED, MOVE, SCHOOL_PROVISION
from sendlib.questions.needs.words import in_sentence
from sendlib.store import Store
from sendlib.tables.features import FEATURES
from sendlib.tables.needs import NEEDS

WARN_UNKNOWN = 5.0
"""Per cent of plans without a recorded need above which the page warns."""
_COULD_CHANGE = (
    Text("What schools and services are commissioned for, and where specialist teachers are needed."),
    Text("How needs are recorded: a question for SENCOs and panels before it is one about children."),
)


def _cannot_tell(area: Area) -> tuple[Text, ...]:
    who = "the authority" if area.is_authority else "each authority"
    return (
        Text(f"Whether the children differ or the recording does: the primary need is what {who} wrote in the plan."),
        Text("More than one need for each child, and how complex needs are."),
        Text("Needs of children without a plan, and needs that nobody has identified."),
    )


def ask(store: Store, area: Area, comparators: str = DEFAULT, asked: Asked = NOTHING_ASKED) -> Answer:
    """The answer for an area.

    `asked` may have a what-if, `move`: `semh:mld:25`. Raises UnknownChoice, UnknownArea and SnapshotDamaged.
    """
    others = choose(store, area, comparators)
    mixes = mixing.of(store, area, others)
    row = mixes.row(area.code)
    own = mixing.counts(store).reindex([area.code]).iloc[0]
    table = tables.mix_table(store, mixes, area, others)
    move = MOVE.offer({}, str(recording.usual(table)), asked)
    what_if = recording.parse(move.value)
    held = tables.all_of(store, area, others, mixes, table, what_if)
    further_than = float(mixes.further_than[row])
    january = latest.needs_period(store, "all")
    doubt, now = _doubt(store, area, january), latest.said(january)
    halves = tables.halves(store, others) if parts.of_itself(area, others) else {}
    unknown = figures.unrecorded(own)
    state = _state(own, table, doubt)
    return Answer(
        question=QUESTION.name,
        words=QUESTION.words,
        area=area,
        comparators=others.label,
        state=state,
        title=words.title(area, others, state, table, further_than),
        headline=words.headline(
            area, others, state, own, table, words.how_far(further_than, mixes.among), halves, doubt, now
        ),
        figures=figures.all_of(store, area, others, state, table, halves, unknown),
        lead="mix",
        tables=held,
        cannot_tell=_cannot_tell(area),
        could_change=_COULD_CHANGE,
        sources={name: store.info(name).sources for name in _sources(area)},
        notes=(
            *_notes(store, area, others, mixes, own, unknown, table),
            *_about_the_whole(area, others, state, mixes, further_than, table),
            Note("definition", Text(recording.sentence(mixes, area, others, what_if)), about="recording"),
            *further_words.notes(store, area, others, held),
        ),
        offered=_offered(held, table, move, asked),
    )


def _doubt(store: Store, area: Area, january: str) -> Doubt | None:
    """Why the area's number of plans is doubtful: its own, or that of an authority that is a large part of it."""
    if len(area.parts) < 2:
        return doubtful.of(store, parts.one_of(area), doubtful.PLANS, january)
    in_doubt = doubtful.areas_in_doubt(store, doubtful.PLANS, january)
    told = [
        f"{parts.name_of(store, code)}, {doubtful.reasons(store, code, doubtful.PLANS)[january]}"
        for code in parts.large_in_doubt(store, area, in_doubt)
    ]
    return Doubt(doubtful.PLANS, january, f"that of a large part of it is ({'; '.join(told)})") if told else None


def _sources(area: Area) -> tuple[str, ...]:
    """Tables that the answer is made of; only an authority has neighbours, and others that are like it."""
    made_of = ("needs", "school_needs", "care")
    return ("needs", "neighbours", "school_needs", "features", "care") if area.is_authority else made_of


def _state(own: pd.Series, table: pd.DataFrame, doubt: Doubt | None) -> State:
    if words.plans_of(own) < SMALL:
        return TOO_FEW
    if doubt is not None:
        return DOUBTFUL
    if table["share"].isna().all():
        return NOT_SHOWN
    return NOBODY if table["comparator_mean"].isna().all() else FULL


def _offered(held: dict[str, Table], table: pd.DataFrame, move: Offered, asked: Asked) -> dict[str, Offered]:
    """The what-if, the need of the funnel (that furthest from the mean at first), and one group of each cross."""
    furthest = table["difference"].abs()
    first = str(table["need"].iloc[int(furthest.argmax())]) if furthest.notna().any() else next(iter(NEEDS))
    found = {MOVE.name: move, FUNNEL_NEED.name: FUNNEL_NEED.offer(NEEDS, first, asked)}
    for choice in CROSSES:
        groups = tables.groups_of(held[choice.about].data)
        found[choice.name] = choice.offer(groups, next(iter(groups), ""), asked) if groups else choice.offer({}, "", {})
    kinds = further.provisions_of(held["schools"].data)
    found[SCHOOL_PROVISION.name] = SCHOOL_PROVISION.offer(kinds, next(iter(kinds), ""), asked if kinds else {})
    return found


def _notes(
    store: Store,
    area: Area,
    others: Comparators,
    mixes: mixing.Mixes,
    own: pd.Series,
    unknown: float,
    table: pd.DataFrame,
) -> list[Note]:
    calls = f"all {mixes.among} and needs" if mixes.of_many else "the needs of this area"
    as_dfe = ", as DfE works it out" if area.is_authority else ""
    notes = [
        _definition("A share is of the plans with a recorded primary need; plans without one are left out of the mix."),
        *(
            [_definition(f"The mean is the plain mean of the shares of {others.label}{as_dfe}.")]
            if len(others.codes) > 1
            else []
        ),
        *(_on_tests(mixes, calls) if not parts.of_itself(area, others) else []),
        *_on_several(store, area, others),
        *overlap.note(store, area),
        *_on_rates(store, unknown),
        *_on_england(store, area),
        Note("break", Text("Needs by authority were first published for January 2025: no earlier year is held.")),
    ]
    if others.choice in ALIKE:
        notes.append(_definition(_how_alike(store, area)))
    out = mixing.left_out(store)
    if not others.alone and any(code in out for code in others.codes):
        names = means.lacking({tables.name_of(store, code): out[code] for code in others.codes if code in out})
        left_out = Text(f"Left out of the mean, the range and the picture of those compared: {names}.")
        notes.append(Note("missing", left_out, about="mix"))
    notes += _on_gaps(store, area, others, table)
    if others.caution:
        notes.append(Note("caution", Text(others.caution)))
    if unknown > WARN_UNKNOWN:
        text = f"{percent(unknown)} of the plans have no recorded need: the mix of the rest may be another."
        notes.append(Note("caution", Text(text)))
    none = [in_sentence(str(name)) for name in table.loc[table["count"].eq(0), "name"]]
    if none:
        notes.append(_definition(f"No plan names {listed(none, 'or')} as the primary need."))
    return notes


def _on_tests(mixes: mixing.Mixes, calls: str) -> list[Note]:
    """What is called unusual, and what ordinary; `calls`: among which calls false alarms are counted."""
    tests = _definition(
        "Two tests are told of. The first: is the share above the highest, or below the lowest, of those compared?"
        " With ten compared and twelve needs, about two needs would be by chance alone. The second is strict and"
        " allows for looking at so many: the share lies outside the range that one more area like those"
        " compared would be expected in (a prediction interval on logit shares), with false alarms held below one"
        f" in twenty of such calls among {calls}. Only what passes the second is called unusual. No chi-square"
        " test is used: it calls every authority different."
    )
    ordinary = _definition(
        "A mix is called ordinary where no need passes the strict test, none with a difference of"
        f" {words.LARGE:.0f} points or more lies outside the range of those compared with its whole 95% interval,"
        f" and the mix as a whole is not among the tenth of {mixes.among} furthest from those they are compared with."
    )
    return [tests, ordinary] if mixes.of_many else [tests]


def _on_several(store: Store, area: Area, others: Comparators) -> list[Note]:
    """What is so of several authorities together: they vary less than one, and may have a member's doubtful numbers."""
    if len(area.parts) < 2 or area.kind == "england":
        return []
    found = []
    if all(code in known_areas(store).authorities for code in others.codes) and others.codes:
        found.append(
            _definition(
                "Several authorities together vary less than one does, so beside single authorities fewer differences"
                " pass these tests than are there."
            )
        )
    january = latest.needs_period(store, "all")
    in_doubt = doubtful.areas_in_doubt(store, doubtful.PLANS, january)
    names = tuple(tables.name_of(store, code) for code in area.parts if code in in_doubt)
    if names and not parts.large_in_doubt(store, area, in_doubt):
        told = (
            f"The number of plans of {parts.some(names)} in {latest.said(january)} is doubtful, and its needs are part"
            f" of those of {area.in_text}."
        )
        found.append(Note("caution", Text(told)))
    return found


def _on_gaps(store: Store, area: Area, others: Comparators, table: pd.DataFrame) -> list[Note]:
    """Which needs have no figure: of the area, of those compared (and so of how many their mean is), and of England."""
    gaps, counted = mixing.missing(store), [code for code in others.codes if code not in mixing.left_out(store)]
    told = []
    if own := gaps.get(area.code, ()):
        lack = _who_lacks(store, area)
        told.append(
            f"{capital(_all_or(own))}: not available for {area.in_text}{lack}. The other shares stand as published; how"
            " far the mix as a whole is from others can not be said."
            if len(own) < len(NEEDS)
            else f"Plans by need are not available for {area.in_text}{lack}."
        )
    lacking = {tables.name_of(store, code): gaps[code] for code in counted if code in gaps}
    if lacking and not others.alone:
        by_needs: dict[tuple[str, ...], list[str]] = {}
        for name, needs in lacking.items():
            by_needs.setdefault(needs, []).append(name)
        each = "; ".join(f"{_all_or(needs)} (without {listed(names)})" for needs, names in by_needs.items())
        told.append(
            f"Those without a figure are left out of the mean, the range and the test: {each}. A mix that lacks a need"
            " counts for none of the whole mix."
        )
    elif lacking:
        told.append(f"Not available for {others.label}: {_all_or(next(iter(lacking.values())))}.")
    if table["england"].isna().any():
        needs = table.loc[table["england"].isna(), "need"]
        told.append(f"England: {_all_or(tuple(need for need in NEEDS if need in set(needs)))} not available.")
    return [Note("missing", Text(text), about="mix") for text in told]


def _who_lacks(store: Store, area: Area) -> str:
    """`, as Surrey has no figure`: who of several authorities lacks one; empty of one alone."""
    january = latest.needs_period(store, "all")
    _, names = parts.lacking(store, area, "needs", scope="all", characteristic="total", period=january)
    return f", as {parts.some(names)} {'has' if len(names) == 1 else 'have'} no figure" if names else ""


def _all_or(needs: tuple[str, ...]) -> str:
    """Needs as they stand in a sentence; `every need` where it is all of them."""
    return "every need" if len(needs) == len(NEEDS) else listed([in_sentence(NEEDS[need]) for need in needs])


def _on_rates(store: Store, unknown: float) -> list[Note]:
    """What the plans for every 1,000 residents are made of."""
    if mixing.rates(store).isna().all(axis=None):
        return []
    now = latest.needs_period(store, "all")
    without = "" if unknown <= WARN_UNKNOWN else " They are too low here, as many plans name no need."
    return [
        _definition(
            f"Plans per 1,000 residents: plans of {latest.said(now)} that name the need, over residents aged 0 to 25 in"
            f" {latest.said(latest.summer_before(now))}. A larger share of plans goes with fewer children where few"
            f" children have a plan at all.{without}"
        )
    ]


def _on_england(store: Store, area: Area) -> list[Note]:
    """Where the publisher's own row of England, or of the region that is asked about, differs from the sum of its
    authorities, which stands here."""
    code = area.code if area.kind == "region" and len(mixing.published_of(store, area.code)) else ENGLAND
    ours, published = mixing.counts(store).reindex([code]).iloc[0], mixing.published_of(store, code)
    if published.empty:
        return []
    apart = {need: published[need] for need in published.index if abs(published[need] - ours[need]) > 1}
    if not apart:
        return []
    told = listed(
        [
            f"{in_sentence(NEEDS[need])} {percent(100 * value / published_whole(ours))} ({written(value)} plans, here"
            f" {percent(100 * ours[need] / published_whole(ours))} and {written(ours[need])})"
            for need, value in apart.items()
        ]
    )
    whose, corrected = "England", "England, and of the South East,"
    if code != ENGLAND:
        whose, corrected = capital(area.in_text), f"{area.in_text}, and of England,"
    text = (
        f"{whose} is the sum of its authorities' own rows. DfE's corrected row of {corrected} has"
        f" Surrey's amended figures, which Surrey's own row has not: {told}."
    )
    # A shared screen has no room for it; its numbers are the same to a few tenths.
    kind: Kind = "caution" if area.short_name == "Surrey" or code != ENGLAND else "missing"
    plain = (
        f"The numbers of {'England' if code == ENGLAND else area.in_text} are the sum of what all councils sent. The"
        " Department for Education's own total differs a little for"
        f" {listed([in_sentence(NEEDS[need]) for need in apart])}."
    )
    return [Note(kind, Text(text, show=None, families=plain), about="mix")]


def published_whole(counts: pd.Series) -> float:
    """Plans with a recorded need of an area; NaN where one is missing."""
    return float(counts[list(NEEDS)].sum(skipna=False))


def _definition(text: str) -> Note:
    return Note("definition", Text(text))


def _how_alike(store: Store, area: Area) -> str:
    """In what those of our own list are alike, and what was left out of that."""
    found = among(store, area)
    names = [in_sentence(FEATURES[name].name) for name in found.features.columns if name in FEATURES]
    gone = [in_sentence(FEATURES[name].name) for name in found.dropped if name in FEATURES]
    kept, left_out = listed(names), f" Left out because it says the same again: {listed(gone)}." if gone else ""
    if area.kind != "board":
        return f"Authorities alike are near in {kept}, and in being in London or a county, as z-scores.{left_out}"
    where = {"london": "London", "county": "counties"}
    parts = listed([f"how many of these residents live in {where[name]}" for name in where if name in found.features])
    return (
        f"Boards alike are near in {kept}, and in {parts}, as z-scores.{left_out} A board's features are put together"
        " of the authorities whose children mostly live in it; a share of pupils is the mean of theirs, in which each"
        " counts by its residents aged 0 to 25, because the pupils of that year are not held for all."
    )


def _about_the_whole(
    area: Area, others: Comparators, state: State, mixes: mixing.Mixes, further_than: float, table: pd.DataFrame
) -> list[Note]:
    """The divergence in words, and what drives it."""
    row = mixes.row(area.code)
    divergence = float(mixes.divergence[row])
    tests = [words.range_sentence(table, others), words.strict_sentence(table)]
    if state in (TOO_FEW, DOUBTFUL, NOT_SHOWN) or np.isnan(divergence):
        said = [f"How far the mix of {area.in_text} is from others as a whole can not be said."]
        if state == FULL:
            said += tests
    else:
        drivers = tables.drivers(mixes.parts[row])
        told_of = [] if parts.of_itself(area, others) else tests
        said = [
            words.of_the_whole(area, others, mixes, divergence, further_than, drivers),
            *told_of,
        ]
    return [Note("definition", Text(text), about="divergence") for text in said if text]


QUESTION = Question(
    name="needs",
    title="Needs",
    words="Which needs do children have, and is that unusual?",
    ask=ask,
    choices=CHOICES,
)
