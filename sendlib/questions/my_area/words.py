"""The sentences of My area, made from its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from sendlib.answer import NOT_SHOWN, TOO_FEW, Figure, Note, State, Text
from sendlib.answer.numbers import capital, listed, percent, written
from sendlib.answer.standing import Standing
from sendlib.areas import ENGLAND, Area
from sendlib.compared import doubtful, latest, means, overlap, parts
from sendlib.compared.comparators import Comparators, known_areas
from sendlib.compared.rates import pupils_by_year, rate_labels, rates
from sendlib.methods import compare
from sendlib.questions.my_area import plainly, together, without_mean
from sendlib.questions.my_area.tables import Change, Shares, shares_from
from sendlib.store import Store
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE


def title(area: Area, share: Shares, others: Comparators, change: Change, state: State) -> Text:
    """True for the share that the figure gives and for what the picture shows."""
    if state == NOT_SHOWN:
        return Text(f"Not published for {share.year}")
    if state == TOO_FEW:
        few = f"Too few plans in {area.in_text} to compare"
        return Text(few if len(few.split()) <= _LONGEST else "Too few plans to compare")
    if not share.own:
        return _of_plans(change)
    if not share.others or parts.of_itself(area, others):
        return Text(
            f"{written(share.whole[0])} in 100 pupils had an EHC plan", families=plainly.title(area, others, share, "")
        )
    word = compare.direction(share.own["ehc_plan"], share.others["ehc_plan"])
    plain = plainly.title(area, others, share, word)
    if word == compare.SAME:
        return Text(f"Pupils with plans: a similar share to {others.those}", families=plain)
    # Where whole figures look the same, the difference is a slight one.
    much = "slightly" if share.whole[0] == share.whole_of_others[0] else "a"
    size = f"{much} {'larger' if word == compare.HIGHER else 'smaller'} share than {others.those}"
    return Text(f"Pupils with plans: {size}", f"Plans: {size}" if len(size) > _LONGEST_SIZE else "", plain)


_LONGEST, _LONGEST_SIZE = 10, 48
"""Words of a title, and letters of its end, above which a shared screen has room for one word before it."""


def _of_plans(change: Change) -> Text:
    """A title where there is no share of pupils: how plans have grown, or how many there are."""
    if np.isnan(change.own) or change.few or change.doubted:
        return Text(f"{written(change.after)} plans in {latest.said(change.last)}")
    moved = round(change.own)
    if moved == 0:
        return Text("About as many plans as five years before")
    return Text(f"Plans {'rose' if moved > 0 else 'fell'} by {written(abs(change.own))}% in five years")


def headline(store: Store, area: Area, others: Comparators, share: Shares, change: Change, state: State) -> Text:
    """The share of pupils with a plan and with SEN support, beside those compared, and how plans have grown."""
    name, year = area.in_text, share.year
    plain = plainly.headline(area, others, share, change, state)
    if state == NOT_SHOWN:
        none = f"The share of pupils with SEN in {name} was not published for the school year {year}."
        return Text(none, families=plain)
    grown = _growth(area, others, change)
    if not share.own:
        number = f" There were {written(change.after)} plans in {latest.said(change.last)}."
        return Text(f"{_no_share(area, year)}{grown or number}", families=plain)
    plan, support = share.own["ehc_plan"], share.own["sen_support"]
    here = f"In {name}, {percent(plan)} of pupils had an EHC plan and {percent(support)} had SEN support"
    if state == TOO_FEW:
        few = "With so few children one more or less moves every figure, so a difference from others may be chance."
        return Text(f"{here} (school year {year}). {few}{grown}", f"{here} in {year}. {few}{grown}", plain)
    if not share.others:
        return Text(f"{here} (school year {year}).{grown}", show=f"{here} in {year}.{grown}", families=plain)
    if parts.of_itself(area, others):
        spread = (
            f" Half of its authorities lie {_between(share.halves['ehc_plan'])} for EHC plans and"
            f" {_between(share.halves['sen_support'])} for SEN support."
        )
        by_place = f"{here} (school year {year}, by location of the school)."
        return Text(f"{by_place}{spread}{grown}", f"{here} in {year}.{spread}{grown}", plain)
    their_plan, their_support = share.others["ehc_plan"], share.others["sen_support"]
    compared = listed(
        [
            f"{compare.direction(plan, their_plan)} for EHC plans",
            f"{compare.direction(support, their_support)} for SEN support",
        ]
    )
    if others.alone:
        against = f"against {percent(their_plan)} and {percent(their_support)} in {others.label}"
        beside = f"in {others.label} it was {percent(their_plan)} and {percent(their_support)}"
    else:
        against = f"against means of {percent(their_plan)} and {percent(their_support)} among {others.label}"
        beside = f"{others.label} averaged {percent(their_plan)} and {percent(their_support)}"
    return Text(
        explore=f"{here} (school year {year}, by location of the school), {against}: {compared}.{grown}",
        show=f"{here} in {year}; {beside}.{grown if not change.doubted else _NOT_SAID}",
        families=plain,
    )


_NOT_SAID = " How plans have grown is not said here, since their numbers are doubtful."


def _no_share(area: Area, year: str) -> str:
    """That there is no share of pupils, and why."""
    if len(area.parts) > 1:
        return (
            f"The share of pupils with SEN in {area.in_text} is not available: LAIT publishes shares without the"
            " numbers of pupils that they are shares of, and the numbers held lack a part of it."
        )
    return f"The share of pupils with SEN in {area.in_text} was not published for the school year {year}."


def _between(half: tuple[float, float]) -> str:
    return f"between {percent(half[0])} and {percent(half[1])}"


def _growth(area: Area, others: Comparators, change: Change) -> str:
    """A sentence on the change of plans over five years, or none where it is not known."""
    if np.isnan(change.own):
        return ""
    last = latest.said(change.last)
    if change.doubted:
        return f"{_NOT_SAID[:-1]}: {change.doubted}."
    if change.few:
        return f" There were {written(change.before)} plans five years before {last}, and {written(change.after)} then."
    moved = round(change.own)
    if moved == 0:
        return f" Plans numbered about the same in {last} as five years before ({written(change.after)})."
    verb = "rose by" if moved > 0 else "fell by"
    in_doubt = change.doubted_parts if area.kind != "england" else ()
    doubtful_part = f", the doubtful numbers of {parts.some(in_doubt)} among them" if in_doubt else ""
    beside = _beside_england(area, others, change)
    return (
        f" Plans {verb} {written(abs(change.own))}% in the five years to {last}, from {written(change.before)} to"
        f" {written(change.after)}{doubtful_part}{f' ({beside})' if beside else ''}."
    )


def _beside_england(area: Area, others: Comparators, change: Change) -> str:
    """`England +77%`, or that it is not available; of England itself the spread of its authorities."""
    if parts.of_itself(area, others) and not np.isnan(change.half[0]):
        low, high = (written(end, signed=True) for end in change.half)
        return f"half of its authorities between {low}% and {high}%"
    if area.code == ENGLAND:
        return ""
    known = not np.isnan(change.england)
    return f"England {written(change.england, signed=True)}%" if known else "England not available"


def figures(
    area: Area,
    share: Shares,
    others: Comparators,
    change: Change,
    state: State,
    standings: Mapping[str, Standing | None],
) -> tuple[Figure, ...]:
    """Pupils with a plan, pupils with SEN support, and how plans have changed in five years. `standings`: where the
    shares stand among all authorities, by kind."""
    return (
        replace(
            _of_pupils(area, share, others, "ehc_plan", "Pupils with an EHC plan", state),
            standing=standings["ehc_plan"],
        ),
        replace(
            _of_pupils(area, share, others, "sen_support", "Pupils with SEN support", state),
            standing=standings["sen_support"],
        ),
        _of_change(area, others, change),
    )


def _of_pupils(area: Area, share: Shares, others: Comparators, kind: str, label: str, state: State) -> Figure:
    own, theirs = share.own.get(kind), share.others.get(kind)
    itself = parts.of_itself(area, others)
    beside = [] if theirs is None or itself else [f"{others.short} {percent(theirs)}"]
    if itself and not np.isnan(share.halves[kind][0]):
        beside = [f"half of its authorities {_between(share.halves[kind])}"]
    if parts.england_stands(area, others):
        beside.append(f"England {percent(share.england[kind])}")
    silent = own is None or theirs is None or state == TOO_FEW or itself
    direction = "" if own is None or theirs is None or silent else compare.direction(own, theirs)
    many = plainly.out_of_so_many(own, theirs, share.england[kind], direction)
    return Figure(
        Text(label if share.year == share.newest else f"{label}, {share.year}"),
        own,
        "%",
        Text(", ".join(beside), families=plainly.beside(area, others, share, kind, many)),
        direction,
        NOT_AVAILABLE if own is None else VALUE,
        table=shares_from(area)[0],
        out_of=many,
    )


def _of_change(area: Area, others: Comparators, change: Change) -> Figure:
    missing, alone = bool(np.isnan(change.own)), bool(np.isnan(change.others))
    itself = parts.of_itself(area, others)
    numbers = f"{written(change.before)} to {written(change.after)} plans"
    silent = missing or alone or change.few or bool(change.doubted) or itself
    beside = [] if alone or itself else [f"{others.short} {written(change.others, signed=True)}%"]
    if itself or parts.england_stands(area, others):
        beside.append(_beside_england(area, others, change))
    years = f"January {change.first[:4]} to {change.last[:4]}"
    return Figure(
        Text(f"Change in EHC plans, {years}", families=f"How the number of EHC plans changed, {years}"),
        None if missing else change.own,
        "%",
        Text(
            ", ".join(beside),
            show=f"{numbers}, which are in doubt" if change.doubted else "",
            families=plainly.beside_change(area, others, change),
        ),
        "" if silent else compare.direction(change.own, change.others, decimals=0),
        NOT_AVAILABLE if missing else VALUE,
        decimals=0,
        signed=True,
        instead=Text("" if missing else "Doubtful" if change.doubted else numbers if change.few else ""),
        detail=Text(capital(f"{change.doubted}."), None, _DOES_NOT_FIT) if change.doubted else Text(""),
        table="plans",
    )


_DOES_NOT_FIT = "The numbers do not fit together, so one of them may be wrong."


def notes(store: Store, area: Area, others: Comparators, share: Shares, change: Change) -> tuple[Note, ...]:
    """What a reader should know of the whole page."""
    found = [
        Note(
            "definition",
            Text(
                "Pupils are counted where they go to school; EHC plans by the authority that maintains them,"
                " wherever the child learns."
            ),
        ),
        *_on_the_mean(others, [known_areas(store).get(code).name for code in others.too_small]),
        Note(
            "definition",
            Text("A stock is counted on one day in January; a flow over a calendar year. They are never added."),
        ),
        *(Note("break", Text(text)) for text in store.info("plans").breaks),
    ]
    if others.caution:
        found.append(Note("caution", others.cautioned))
    found += overlap.note(store, area)
    found += [*_on_the_year(area, share), *_on_the_newest(store, area)]
    if doubt := doubtful.of(store, parts.one_of(area), doubtful.PLANS, change.last):
        found.append(Note("caution", Text(doubt.said, families=doubt.plainly)))
    if change.doubted_parts and not change.doubted and area.kind != "england":
        told = (
            f"How the plans of {listed(change.doubted_parts)} have changed is doubtful, and they are part of"
            f" {area.in_text}: the change may have another size."
        )
        plain = (
            f"The numbers of plans of {parts.some(change.doubted_parts)} may be wrong, and they are a part of the"
            " number here."
        )
        found.append(Note("caution", Text(told, f"Doubtful: plans of {parts.some(change.doubted_parts)}.", plain)))
    if np.isnan(change.own):
        found += _on_no_change(store, area, change)
    rated = latest.january_with_residents(store, area.code)
    found += [*_on_the_change(others, change), *without_mean.notes(store, others, rated)]
    found += together.notes(store, area, years_of(store, area))
    if told := latest.on_residents(store, rated):
        found.append(Note("caution", Text(told), "rates"))
    if np.isnan(rates(store)[list(rate_labels(store))[-1]].get(area.code, np.nan)):
        text = "The rate of children under 18 is not available: the ages of the plans do not add up to all plans."
        found.append(Note("missing", Text(text, families=None)))
    return tuple(found)


def years_of(store: Store, area: Area) -> list[str]:
    """The school years in which an area has both shares of pupils."""
    table = pupils_by_year(store)
    if area.code not in table.index:
        return []
    held = table.loc[area.code].unstack("period").notna().all()
    return [str(year) for year in held.index[held]]


def _on_the_year(area: Area, share: Shares) -> list[Note]:
    """Why the shares of pupils are those of an older school year."""
    if share.year == share.newest or not share.own:
        return []
    if len(area.parts) > 1:
        told = f"{together.WHY_OLDER.format(year=share.year)}; those compared are of that year too."
    else:
        told = (
            f"No shares of pupils in {area.in_text} were published for {share.newest}: they are those of {share.year},"
            " those of other areas beside them too."
        )
    plain = f"The newest shares of pupils here are those of {share.year}. Those of other areas are of that year too."
    return [Note("missing", Text(told, families=plain))]


def _on_no_change(store: Store, area: Area, change: Change) -> list[Note]:
    """Why the plans of an area have no change over five years."""
    areas = known_areas(store)
    before = parts.before(store, area)
    if not before:
        told = together.on_a_missing_change(store, area, change.first)
        plain = f"How the number of plans has changed is not known: a part of it had no number in {change.first[:4]}."
        return [Note("missing", Text(told, families=plain))] if told else []
    names, began_in = listed([name for _, name, _ in before]), areas.get(parts.one_of(area)).valid_from[:4]
    began = (
        f"{capital(area.in_text)} began in {began_in}, so there is no change over five years. Earlier figures are those"
        f" of {names}, which covered a different area."
    )
    plain = f"This council began in {began_in}, so there is no change over five years."
    return [Note("missing", Text(began, families=plain))]


def _on_the_mean(others: Comparators, small: list[str]) -> list[Note]:
    """How the mean is made, where there is anything to average; `small`: those who are too small to count."""
    if len(others.codes) < 2:
        return []
    names = f" ({listed(small)})" if small else ""
    text = (
        f"The mean is the plain mean of {others.label}; {_one_of(others)} without a figure, or with"
        f" {means.TOO_SMALL}{names}, is left out of it. It is given where at least half of them, and at least"
        f" {means.FEWEST}, have a figure."
    )
    return [Note("definition", Text(text))]


def _one_of(others: Comparators) -> str:
    """What one of those compared is, after `the mean of the other 35 boards;`."""
    known = {"regions": "a region", "boards": "a board", "boards-alike": "a board", "locations": "a location"}
    return known.get(others.choice, "an authority")


def _on_the_newest(store: Store, area: Area) -> list[Note]:
    """That DfE gives no number for the newest January, so that the page leads with an older one; or that of the newest
    there is but the number of all plans."""
    newest, aged = latest.january(store), latest.newest(store, "plans", characteristic="age")
    if told := together.on_older_plans(store, area):
        own = latest.said(latest.january_of(store, area.code))
        plain = f"There is no number of plans here for {latest.said(newest)}: those shown are of {own}."
        return [Note("missing", Text(told, families=plain))]
    if aged == newest:
        return []
    told = (
        f"Of {latest.said(newest)} only the number of all plans is held here; age, sex and placement stop at"
        f" {latest.said(aged)}."
    )
    return [Note("missing", Text(told, families=None))]


def _on_the_change(others: Comparators, change: Change) -> list[Note]:
    """Who is not in the mean change and why, or why there is none."""
    since = latest.said(change.first)
    if change.why_none:
        told = f"The change since {since} is not available for {others.the_mean}: {change.why_none}."
    elif change.left_out:
        told = f"Left out of the mean change since {since}: {means.lacking(change.left_out)}."
    else:
        return []
    return [Note("missing", Text(told, families=plainly.left_out(others, change)))]
