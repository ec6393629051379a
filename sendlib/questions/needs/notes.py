"""What is said beside the numbers of Needs: what they are made of, what is missing, and how far the whole mix is from
others."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from sendlib.answer import DOUBTFUL, FULL, NOT_SHOWN, TOO_FEW, Note, State, Text
from sendlib.answer.model import Kind
from sendlib.answer.numbers import capital, listed, of_every, percent, written
from sendlib.areas import ENGLAND, Area
from sendlib.compared import cohorts, doubtful, latest, means, overlap, parts
from sendlib.compared import mixes as mixing
from sendlib.compared.alike import among
from sendlib.compared.cohorts import APART, WHOLE, Cohort, counts
from sendlib.compared.comparators import ALIKE, Comparators, known_areas
from sendlib.compared.plainly import wholly
from sendlib.questions.needs import judging, tables
from sendlib.questions.needs.words import LARGE, WARN_UNKNOWN, in_sentence
from sendlib.store import Store
from sendlib.tables.features import FEATURES
from sendlib.tables.needs import NEEDS

_PER_1000 = "Pupils per 1,000"


def of_the_mix(
    store: Store,
    area: Area,
    others: Comparators,
    state: State,
    mixes: mixing.Mixes,
    own: pd.Series,
    unknown: float,
    table: pd.DataFrame,
) -> list[Note]:
    """All that is said of the mix and of nothing else."""
    cohort = mixes.cohort
    calls = f"all {mixes.among} and needs" if mixes.of_many else "the needs of this area"
    as_dfe = ", as DfE works it out" if area.is_authority else ""
    notes = [
        *_on_shares(cohort, own),
        *(
            [
                _definition(
                    f"The mean is the plain mean of the shares of {others.label}{as_dfe}.",
                    f"The average counts each of {wholly(others)} once, however large it is.",
                )
            ]
            if len(others.codes) > 1
            else []
        ),
        *(_on_tests(mixes, others, calls) if state == FULL and not parts.of_itself(area, others) else []),
        *_on_one(store, area, others, cohort),
        *_on_several(store, area, others, cohort),
        *overlap.folded(store, area),
        *_on_rates(store, area, cohort, unknown),
        *(_on_england(store, area) if cohort.is_plans else []),
        *_on_breaks(store, cohort),
    ]
    if others.choice in ALIKE:
        plain = "Those compared were chosen because many published figures of them are near those of this area."
        notes.append(_definition(_how_alike(store, area), plain))
    out = mixing.left_out(store, cohort.code)
    if not others.alone and any(code in out for code in others.codes):
        names = means.lacking({tables.name_of(store, code): out[code] for code in others.codes if code in out})
        left_out = Text(
            f"Left out of the mean, the range and the picture of those compared: {names}.",
            show=None,
            families=_left_out_plainly([tables.name_of(store, code) for code in others.codes if code in out]),
        )
        notes.append(Note("missing", left_out, about="mix"))
    notes += _on_gaps(store, area, others, mixes, table)
    if others.caution:
        notes.append(Note("caution", others.cautioned))
    if unknown > WARN_UNKNOWN:
        what = "have no recorded need" if cohort.is_plans else "have no specialist assessment of their type of need"
        text = f"{percent(unknown)} of the {cohort.of} {what}: the mix of the rest may be another."
        plain = f"{of_every(unknown, 100)} {cohort.of} {what}. The mix of the rest may be another."
        notes.append(Note("caution", Text(text, families=plain)))
    none = [in_sentence(str(name)) for name in table.loc[table["count"].eq(0), "name"]]
    if none:
        has = "No plan names" if cohort.is_plans else f"Of the {cohort.of} none has"
        told = f"{has} {listed(none, 'or')} as the"
        notes.append(_definition(f"{told} primary need.", f"{told} main need."))
    return notes


def _on_shares(cohort: Cohort, own: pd.Series) -> list[Note]:
    """Of whom the shares are."""
    if cohort.is_plans:
        return [
            _definition(
                "A share is of the plans with a recorded primary need; plans without one are left out of the mix.",
                "Shares are of the plans with a recorded main need. Plans without one are left out.",
            )
        ]
    number = ""
    if own[[APART, WHOLE]].notna().all():
        number = f": here {written(own[APART])} of {written(own[WHOLE])}"
    return [
        _definition(
            f"A share is of all {cohort.of} in the state-funded schools and non-maintained special schools here,"
            " wherever they live, as DfE publishes it. Those with SEN support but no specialist assessment of the type"
            f" of need are among them and are no need{number}. The mix as a whole is compared without them.",
            f"Shares are of all {cohort.of} in state schools and non-maintained special schools here, wherever they"
            " live. The type of need of some pupils with SEN support was not assessed. They are counted among all, and"
            " have no need here.",
        ),
    ]


def _on_breaks(store: Store, cohort: Cohort) -> list[Note]:
    """Where the counting changed."""
    if cohort.is_plans:
        return [
            Note(
                "break",
                Text(
                    "Needs by authority were first published for January 2025: no earlier year is held.",
                    families="Needs by council were first published for January 2025.",
                ),
            )
        ]
    return [Note("break", Text(text)) for text in store.info("school_needs").breaks[1:2]]


def _on_one(store: Store, area: Area, others: Comparators, cohort: Cohort) -> list[Note]:
    """That the one area compared is one whose figures count for no mean, and why."""
    why = mixing.left_out(store, cohort.code).get(others.codes[0], "") if others.alone else ""
    if not why:
        return []
    told = f"{capital(others.label)}: {why}. What is set beside it here may be chance, or wrong."
    return [Note("caution", Text(told))]


def _on_tests(mixes: mixing.Mixes, others: Comparators, calls: str) -> list[Note]:
    """What is called unusual, and what ordinary; `calls`: among which calls false alarms are counted."""
    tests = _definition(
        "Two tests are told of. The first: is the share above the highest, or below the lowest, of those compared?"
        f" {judging.by_chance(others, len(mixes.needs))} The second is strict and"
        " allows for looking at so many: the share lies outside the range that one more area like those"
        " compared would be expected in (a prediction interval on logit shares), with false alarms held below one"
        f" in twenty of such calls among {calls}. Only what passes the second is called unusual. No chi-square"
        " test is used: it calls every authority different.",
        None,  # the rules beside the verdicts say so
    )
    ordinary = _definition(
        "A mix is called ordinary where no need passes the strict test, none with a difference of"
        f" {LARGE:.0f} points or more lies outside the range of those compared with its whole 95% interval, no"
        " more needs lie outside that range than would by chance,"
        f" and the mix as a whole is not among the tenth of {mixes.among} furthest from those they are compared with.",
        "A mix is called ordinary where no need stands far out, and the mix as a whole does not either.",
    )
    return [tests, ordinary] if mixes.of_many else [tests]


def _on_several(store: Store, area: Area, others: Comparators, cohort: Cohort) -> list[Note]:
    """What is so of several authorities together: they vary less than one, and may have a member's doubtful numbers."""
    if len(area.parts) < 2 or area.kind == "england":
        return []
    found = []
    if all(code in known_areas(store).authorities for code in others.codes) and others.codes:
        found.append(
            _definition(
                "Several authorities together vary less than one does, so beside single authorities fewer differences"
                " pass these tests than are there.",
                "Several councils together vary less than one does. So beside single councils, fewer differences are"
                " called unusual than there are.",
            )
        )
    if not cohort.is_plans:
        return found
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


def _on_gaps(store: Store, area: Area, others: Comparators, mixes: mixing.Mixes, table: pd.DataFrame) -> list[Note]:
    """Which needs have no figure: of the area, of those compared (and so of how many their mean is), and of England."""
    cohort, who = mixes.cohort, mixes.cohort.code
    if not cohorts.periods(store, who):
        return []
    gaps, every = mixing.missing(store, who), mixes.needs
    counted = [code for code in others.codes if code not in mixing.left_out(store, who)]
    name_of = partial(_all_or, cohorts.needs(store, who))
    told, others_lack = [], Text("")
    if own := gaps.get(area.code, ()):
        lack = _who_lacks(store, area, cohort)
        told.append(
            f"{capital(name_of(own))}: not available for {area.in_text}{lack}. The other shares stand as published; how"
            " far the mix as a whole is from others can not be said."
            if len(own) < len(every)
            else f"{capital(cohort.of)} by need are not available for {area.in_text}{lack}."
        )
    lacking = {tables.name_of(store, code): gaps[code] for code in counted if code in gaps}
    if lacking and not others.alone:
        by_needs: dict[tuple[str, ...], list[str]] = {}
        for name, needs in lacking.items():
            by_needs.setdefault(needs, []).append(name)
        each = "; ".join(f"{listed(names)} ({name_of(needs)})" for needs, names in by_needs.items())
        others_lack = Text(
            f"Left out of the mean, the range and the test where they have no figure: {each}. Who lacks a need is left"
            " out of the mean of the whole mix.",
            show=None,
            families="Some of those compared have no figure for some needs. They are left out of the average there.",
        )
    elif lacking:
        told.append(f"Not available for {others.label}: {name_of(next(iter(lacking.values())))}.")
    if table["england"].isna().any():
        needs = table.loc[table["england"].isna(), "need"]
        told.append(f"England: {name_of(tuple(need for need in every if need in set(needs)))} not available.")
    # Who else lacks a figure is no matter for a shared screen, which has little room.
    found = [*(Text(text) for text in told), *([others_lack] if others_lack else [])]
    return [Note("missing", text, about="mix") for text in found]


def _who_lacks(store: Store, area: Area, cohort: Cohort) -> str:
    """`, as Surrey has no figure`: who of several authorities lacks one; empty of one alone."""
    period = cohorts.newest(store, cohort.code)
    pinned = {"scope": "all", "characteristic": "total"} if cohort.is_plans else {"provision": cohort.provision}
    _, names = parts.lacking(store, area, cohort.table, period=period, **pinned)
    return f", as {parts.some(names)} {'has' if len(names) == 1 else 'have'} no figure" if names else ""


def _all_or(names: dict[str, str], needs: tuple[str, ...]) -> str:
    """Needs as they stand in a sentence; `every need` where it is all of them."""
    return "every need" if len(needs) == len(names) else listed([in_sentence(names[need]) for need in needs])


def _on_rates(store: Store, area: Area, cohort: Cohort, unknown: float) -> list[Note]:
    """What the children for every 1,000 residents, or pupils, are made of."""
    if mixing.rates(store, cohort.code).reindex([area.code]).isna().all(axis=None):
        if cohort.is_plans or np.isnan(counts(store, cohort.code)[WHOLE].get(area.code, np.nan)):
            return []
        gone = f"{_PER_1000}: how many pupils there were is not held for this census and area."
        plain = "How many pupils there were is not known for this census and area."
        return [Note("missing", Text(gone, show=None, families=plain), about="mix")]
    if not cohort.is_plans:
        return [
            _definition(
                f"{_PER_1000}: {cohort.of} with the need over all pupils of the schools located here in the same"
                " census, independent schools included, which do not report needs. A larger share goes with fewer"
                f" children where few pupils are counted among {cohort.of}.",
                "Of every 1,000 pupils: independent schools have pupils among them, and report no needs. A larger share"
                f" can go with fewer children, where there are few {cohort.of}.",
            )
        ]
    now = latest.needs_period(store, "all")
    doubted = area.code in mixing.left_out(store)
    without = " They are too low here, as many plans name no need." if unknown > WARN_UNKNOWN and not doubted else ""
    return [
        _definition(
            f"Plans per 1,000 residents: plans of {latest.said(now)} that name the need, over residents aged 0 to 25 in"
            f" {latest.said(latest.summer_before(now))}. A larger share of plans goes with fewer children where few"
            f" children have a plan at all.{without}",
            f"Of every 1,000 children and young people: plans are of {latest.said(now)}, and people aged 0 to 25 of"
            f" {latest.said(latest.summer_before(now))}. A larger share of plans can go with fewer children, where few"
            f" children have a plan at all.{without}",
        )
    ]


def _on_england(store: Store, area: Area) -> list[Note]:
    """Where the publisher's own row of England, or of the region that is asked about, differs from the sum of its
    authorities, which stands here."""
    code = area.code if area.kind == "region" and len(mixing.published_of(store, area.code)) else ENGLAND
    ours, published = counts(store).reindex([code]).iloc[0], mixing.published_of(store, code)
    if published.empty:
        return []
    apart = {need: published[need] for need in published.index if abs(published[need] - ours[need]) > 1}
    if not apart:
        return []
    whole = float(ours[list(NEEDS)].sum(skipna=False))
    told = listed(
        [
            f"{in_sentence(NEEDS[need])} {percent(100 * value / whole)} ({written(value)} plans, here"
            f" {percent(100 * ours[need] / whole)} and {written(ours[need])})"
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


def _definition(text: str, families: str | None) -> Note:
    return Note("definition", Text(text, families=families))


def _left_out_plainly(names: list[str]) -> str:
    """Who counts for no average, by name where there are few."""
    who = listed(names) if len(names) <= _MOST_LEFT_OUT else f"{len(names)} areas"
    whose = "Its numbers are" if len(names) == 1 else "Their numbers are"
    return f"The average and the picture leave out {who}. {whose} very small or may be wrong."


_MOST_LEFT_OUT = 3
"""Names that a sentence for families has room for."""


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


def about_the_whole(
    store: Store,
    area: Area,
    others: Comparators,
    state: State,
    mixes: mixing.Mixes,
    further_than: float,
    table: pd.DataFrame,
) -> list[Note]:
    """The divergence in words, and what drives it."""
    row = mixes.row(area.code)
    divergence = float(mixes.divergence[row])
    tests = [judging.range_sentence(table, others), judging.strict_sentence(table, mixes)]
    if state in (TOO_FEW, DOUBTFUL, NOT_SHOWN) or np.isnan(divergence):
        said = [f"How far the mix of {area.in_text} is from others as a whole can not be said."]
        if state == FULL:
            said += tests
    else:
        names = list(cohorts.needs(store, mixes.cohort.code).values())
        drivers = tables.drivers(names, mixes.parts[row])
        told_of = [] if parts.of_itself(area, others) else tests
        said = [
            judging.of_the_whole(area, others, mixes, divergence, further_than, drivers),
            *told_of,
        ]
    return [Note("definition", Text(text), about="divergence") for text in said if text]
