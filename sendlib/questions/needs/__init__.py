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
    FULL,
    NOBODY,
    NOTHING_ASKED,
    TOO_FEW,
    Answer,
    Asked,
    Figure,
    Note,
    Offered,
    Question,
    State,
    Table,
    Text,
)
from sendlib.answer.numbers import listed, percent
from sendlib.areas import ENGLAND, Area
from sendlib.compared import means
from sendlib.compared import mixes as mixing
from sendlib.compared.alike import alike
from sendlib.compared.comparators import CHOICES as COMPARATORS
from sendlib.compared.comparators import DEFAULT, Comparators, choose
from sendlib.compared.mixes import SMALL
from sendlib.methods import compare
from sendlib.questions.needs import recording, tables, words
from sendlib.questions.needs.choices import CHOICES, CROSSES, FUNNEL_NEED, MOVE
from sendlib.questions.needs.words import extremes, in_sentence, tied
from sendlib.store import Store
from sendlib.tables.features import FEATURES
from sendlib.tables.needs import NEEDS, PLANS, UNKNOWN
from sendlib.tables.symbols import NOT_AVAILABLE

WARN_UNKNOWN = 5.0
"""Per cent of plans without a recorded need above which the page warns."""
_CANNOT_TELL = (
    Text(
        "Whether the children differ or the recording does: the primary need is what the authority wrote in the plan."
    ),
    Text("More than one need for each child, and how complex needs are."),
    Text("Needs of children without a plan, and needs that nobody has identified."),
)
_COULD_CHANGE = (
    Text("What schools and services are commissioned for, and where specialist teachers are needed."),
    Text("How needs are recorded: a question for SENCOs and panels before it is one about children."),
)


def ask(store: Store, area: Area, comparators: str = DEFAULT, asked: Asked = NOTHING_ASKED) -> Answer:
    """The answer for an area.

    `asked` may have a what-if, `move`: `semh:mld:25`. Raises UnknownChoice, UnknownArea and SnapshotDamaged.
    """
    others = choose(store, area, comparators)
    mixes = mixing.of(store, area.code, others)
    row = mixes.row(area.code)
    own = mixing.counts(store).loc[area.code]
    table = tables.mix_table(store, mixes, area)
    move = MOVE.offer({}, str(recording.usual(table)), asked)
    what_if = recording.parse(move.value)
    held = tables.all_of(store, area, others, mixes, table, what_if)
    more_than = float("nan") if own[PLANS] < SMALL else float(mixes.more_unusual_than[row])
    unknown = 100 * own[UNKNOWN] / own[PLANS]
    state = _state(own, table)
    return Answer(
        question=QUESTION.name,
        words=QUESTION.words,
        area=area,
        comparators=others.label,
        state=state,
        title=words.title(area, others, state, table),
        headline=words.headline(area, others, state, own, table, float(mixes.divergence[row]), more_than),
        figures=_figures(others, own, unknown, table, mixing.counts(store).loc[ENGLAND]),
        lead="mix",
        tables=held,
        cannot_tell=_CANNOT_TELL,
        could_change=_COULD_CHANGE,
        sources={name: store.info(name).sources for name in ("needs", "neighbours", "school_needs", "features")},
        notes=(
            *_notes(store, area, others, own, unknown, table),
            *_about_the_whole(area, others, own, mixes, more_than, table),
            Note("definition", Text(recording.sentence(mixes, area, others, what_if)), about="recording"),
        ),
        offered=_offered(held, table, move, asked),
    )


def _state(own: pd.Series, table: pd.DataFrame) -> State:
    if own[PLANS] < SMALL:
        return TOO_FEW
    return NOBODY if table["comparator_mean"].isna().all() else FULL


def _offered(held: dict[str, Table], table: pd.DataFrame, move: Offered, asked: Asked) -> dict[str, Offered]:
    """The what-if, the need of the funnel (that furthest from the mean at first), and one group of each cross."""
    furthest = table["difference"].abs()
    first = str(table["need"].iloc[int(furthest.argmax())]) if furthest.notna().any() else next(iter(NEEDS))
    found = {MOVE.name: move, FUNNEL_NEED.name: FUNNEL_NEED.offer(NEEDS, first, asked)}
    for choice in CROSSES:
        groups = tables.groups_of(held[choice.about].data)
        found[choice.name] = choice.offer(groups, next(iter(groups), ""), asked) if groups else choice.offer({}, "", {})
    return found


def _figures(
    others: Comparators, own: pd.Series, unknown: float, table: pd.DataFrame, england: pd.Series
) -> tuple[Figure, ...]:
    named = (("Furthest above", "above"), ("Furthest below", "below"))
    figures = [
        _furthest(others, own, table, row, label, side)
        for row, (label, side) in zip(extremes(table), named, strict=True)
    ]
    of_england = 100 * england[UNKNOWN] / england[PLANS]
    direction = compare.direction(unknown, of_england)
    comparison = Text(f"England {percent(of_england)}")
    figures.append(Figure(Text("Plans without a recorded need"), float(unknown), "%", comparison, direction))
    return tuple(figures)


def _furthest(
    others: Comparators, own: pd.Series, table: pd.DataFrame, row: pd.Series | None, label: str, side: str
) -> Figure:
    """The need furthest above or below those compared."""
    if own[PLANS] < SMALL:
        return Figure(Text(label), None, "points", Text("too few plans to compare"), status=NOT_AVAILABLE)
    if row is None:
        nobody = table["comparator_mean"].isna().all()
        beside = words.why_nobody(others) if nobody else f"no need is {side} {others.the_mean}"
        return Figure(Text(label), None, "points", Text(beside), status=NOT_AVAILABLE)
    more = len(tied(table, row)) - 1
    return Figure(
        Text(f"{label}: {row['name']}{f' (and {more} more)' if more else ''}"),
        float(row["difference"]),
        "points",
        Text(
            f"{percent(row['share'])} of plans; {others.short} {percent(row['comparator_mean'])},"
            f" England {percent(row['england'])}"
        ),
        compare.HIGHER if row["difference"] > 0 else compare.LOWER,
        signed=True,
    )


def _notes(
    store: Store, area: Area, others: Comparators, own: pd.Series, unknown: float, table: pd.DataFrame
) -> list[Note]:
    calls = "all authorities and needs" if others.choice in COMPARATORS else "the needs of this area"
    notes = [
        _definition("A share is of the plans with a recorded primary need; plans without one are left out of the mix."),
        *(
            [_definition(f"The mean is the plain mean of the shares of {others.label}, as DfE works it out.")]
            if len(others.codes) > 1
            else []
        ),
        _definition(
            "A need is called unusual when its share stands outside the range that one more authority like those"
            " compared would be expected in (a prediction interval on logit shares), with false alarms held below one"
            f" in twenty of such calls among {calls}. That is stricter than to lie outside the range of those"
            " compared. No chi-square test is used: it calls every authority different."
        ),
        Note("break", Text("Needs by authority were first published for January 2025: no earlier year is held.")),
    ]
    if others.choice == "own":
        notes.append(_definition(_how_alike(store)))
    if others.too_small and not others.alone:
        names = means.lacking({tables.name_of(store, code): means.TOO_SMALL for code in others.too_small})
        left_out = Text(f"Left out of the mean and the range of those compared: {names}.")
        notes.append(Note("missing", left_out, about="mix"))
    if others.caution:
        notes.append(Note("caution", Text(others.caution)))
    if unknown > WARN_UNKNOWN:
        text = f"{percent(unknown)} of the plans have no recorded need: the mix of the rest may be another."
        notes.append(Note("caution", Text(text)))
    none = [in_sentence(str(name)) for name in table.loc[table["count"].eq(0), "name"]]
    if none:
        notes.append(_definition(f"No plan names {listed(none)} as the primary need."))
    return notes


def _definition(text: str) -> Note:
    return Note("definition", Text(text))


def _how_alike(store: Store) -> str:
    """In what authorities of our own list are alike, and what was left out of that."""
    found = alike(store)
    kept = [in_sentence(FEATURES[name].name) for name in found.features.columns if name in FEATURES]
    gone = [in_sentence(FEATURES[name].name) for name in found.dropped if name in FEATURES]
    left_out = f" Left out because it says the same again: {listed(gone)}." if gone else ""
    return f"Authorities alike are near in {listed(kept)}, and in being in London or a county, as z-scores.{left_out}"


def _about_the_whole(
    area: Area, others: Comparators, own: pd.Series, mixes: mixing.Mixes, more_than: float, table: pd.DataFrame
) -> list[Note]:
    """The divergence in words, and what drives it."""
    row = mixes.row(area.code)
    divergence = float(mixes.divergence[row])
    if own[PLANS] < SMALL or np.isnan(divergence):
        said = [f"How unusual the mix of {area.short_name} is as a whole can not be said."]
    else:
        drivers = tables.drivers(mixes.parts[row])
        said = [words.of_the_whole(area, others, mixes, divergence, more_than, drivers), words.unusual_sentence(table)]
    return [Note("definition", Text(text), about="divergence") for text in said]


QUESTION = Question(
    name="needs",
    title="Needs",
    words="Which needs do children have, and is that unusual?",
    ask=ask,
    choices=CHOICES,
)
