"""The three large numbers of Getting help that are the authority's own: plans on time, requests turned down,
appeals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from sendlib.answer import Figure, Text
from sendlib.answer.numbers import in_so_many, of_every, out_of, percent, said, written
from sendlib.answer.standing import Standing
from sendlib.areas import ENGLAND, Area
from sendlib.compared import means, standing
from sendlib.compared.comparators import Comparators
from sendlib.methods import compare
from sendlib.questions.getting_help import plainly, process_tables, process_words
from sendlib.questions.getting_help.few import COVERED, FEW
from sendlib.questions.getting_help.process_tables import (
    APPEALS,
    DOUBTFUL,
    HALF_COUNTED,
    OF,
    ON_TIME,
    REFUSED,
    set_aside,
)
from sendlib.store import Store
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE, WORDS

NEEDED_APPEALS = 5.0
"""Appeals that would be expected at the rate of those compared; with fewer, chance decides and no direction is
named."""
MANY_WITHDRAWN = 10
"""Per cent of requests: so many withdrawn, and twice England's share, is said beside the share turned down."""
_LABELS = {
    ON_TIME: Text("Plans issued within 20 weeks", "Plans within 20 weeks", "Plans ready in 20 weeks"),
    REFUSED: Text("Requests turned down", families="Asked for an assessment and told no"),
    APPEALS: Text(
        "Appeals per 100 decisions that can be appealed",
        show=None,
        families="Appeals for every 100 decisions that families can appeal",
    ),
}
"""What each number is called. A shared screen has room for three numbers, so it leaves out appeals."""
_UNITS = {ON_TIME: "%", REFUSED: "%", APPEALS: ""}


def figures(store: Store, area: Area, others: Comparators) -> tuple[Figure, ...]:
    """The three, in the order in which they stand."""
    return tuple(_figure(store, area, others, measure) for measure in _LABELS)


def of_authorities(area: Area) -> str:
    """Whose the figures of authorities are that a health area is shown beside."""
    return "its authority" if len(area.parts) == 1 else f"its {len(area.parts)} authorities"


def newest(store: Store, measure: str, code: str) -> tuple[str, float]:
    """The newest year that England has a figure for, and the area's figure of it."""
    values = process_tables.series(store, measure).iloc[:, -1]
    return str(values.name), float(values.get(code, np.nan))


def sure(store: Store, measure: str, code: str) -> tuple[str, float]:
    """The same without a figure that can not be right: what a sentence may say."""
    year, value = newest(store, measure, code)
    aside = set_aside(store, measure)
    return year, np.nan if code in aside.index and aside.at[code, year] == DOUBTFUL else value


def _figure(store: Store, area: Area, others: Comparators, measure: str) -> Figure:
    """The area's newest, with the mean of those compared and England beside it."""
    year, own = newest(store, measure, area.code)
    of_those = process_tables.mean_of(store, measure, others).iloc[-1]
    mean = float(of_those["mean"])
    part, whole = (process_tables.counts(store)[name].get((area.code, year), np.nan) for name in OF[measure])
    missing, few = np.isnan(own), not whole >= FEW
    # A number that can not be right, or a return that leaves out most plans, is set beside nothing.
    doubted = not missing and set_aside(store, measure).at[area.code, year] in (DOUBTFUL, HALF_COUNTED)
    own_parts = process_words.beside_its_own(area, others)
    alike = missing or few or doubted or own_parts or np.isnan(mean) or _by_chance(measure, whole, mean)
    direction = "" if alike else compare.direction(own, mean)
    counted = few and not missing and not np.isnan(part + whole)
    england = float(process_tables.series(store, measure).iloc[:, -1][ENGLAND])
    # Of how many families are told the share and those beside it, so that two that are said to differ read so.
    many = 0 if not _UNITS[measure] else out_of(own, mean, england, apart=plainly.differ(direction))
    return Figure(
        label=_label(area, measure, year),
        value=None if missing else own,
        unit=_UNITS[measure],
        comparison=_with_brief(
            _spread(store, others, measure, many)
            if own_parts
            else _beside(store, area, others, measure, (mean, int(of_those["number"])), few and not missing, many),
            "" if missing else _in_brief(store, area, measure, year, doubted),
        ),
        direction=direction,
        status=VALUE if not missing else process_tables.why_no_share(store, area.code, measure, year),
        instead=_in_place(counted, doubted, part, whole),
        detail=_lacking(store, area, measure, year) if missing else _detail(store, area, measure, year, doubted),
        table="process",
        out_of=0 if missing else many,
        standing=None if missing or few or doubted else _standing(store, area, measure, year, float(whole)),
    )


def _standing(store: Store, area: Area, measure: str, year: str, whole: float) -> Standing | None:
    """Where the figure stands among those of all authorities that count for a mean."""
    every = process_tables.for_means(store, measure)[year]
    # An appeal can be of a decision of the year before: appeals are no part of the year's decisions.
    placed = standing.of_ratio if measure == APPEALS else standing.of_share
    return placed(store, every, area.code, whole)


def _in_place(counted: bool, doubted: bool, part: float, whole: float) -> Text:
    """What stands instead of a share: the two numbers where they are few, that it is doubtful, or nothing."""
    if not counted and not doubted:
        return Text("")
    if doubted and not counted:
        return Text("Doubtful")
    # The sentence above says that they are too few to say; where people sit together the figure does not say it either.
    return Text(f"{written(part)} of {written(whole)}", "Too few", "Too few")


def _lacking(store: Store, area: Area, measure: str, year: str) -> Text:
    """Who of an area of several authorities has no figure, so that there is none of all of them."""
    names = process_tables.who_lacks(store, area, OF[measure], year)
    return Text(f"No figure of {process_words.few_names(names)}." if names else "", show=None)


def _detail(store: Store, area: Area, measure: str, year: str, doubted: bool) -> Text:
    """A sentence of its own: why a figure is doubtful, or that far more requests were withdrawn than elsewhere; a
    shared screen has it beside the number (_in_brief)."""
    if doubted:
        why = process_tables.doubt(store, area.code, measure, year)
        part = process_tables.coverage(store)[year].get(area.code, np.nan) if measure == ON_TIME else np.nan
        covered = f"Only {percent(part, 0)} of the plans that started are counted." if part < COVERED else ""
        plain = "Too few plans are counted." if covered else "The number can not be right."
        return Text(covered or why, None, plain)
    return _withdrawn(store, area, year) if measure == REFUSED else Text("")


def _with_brief(beside: Text, brief: str) -> Text:
    """What stands beside a number, with what a shared screen has no line of its own for."""
    return replace(beside, show="; ".join(said([beside.in_mode("show"), brief])))


def _in_brief(store: Store, area: Area, measure: str, year: str, doubted: bool) -> str:
    """The sentence of `_detail` in a few words."""
    if doubted:
        part = process_tables.coverage(store)[year].get(area.code, np.nan) if measure == ON_TIME else np.nan
        return "too few plans are counted" if part < COVERED else "the number can not be right"
    withdrawn = _share_withdrawn(store, area, year) if measure == REFUSED else None
    return f"{percent(withdrawn[0], 0)} were withdrawn" if withdrawn else ""


def _label(area: Area, measure: str, year: str) -> Text:
    """What the number is; beside a health area's own waits, that it is of its authorities."""
    label = _LABELS[measure]
    whose = f", {of_authorities(area)}" if area.kind in ("board", "location") else ""
    whose_plainly = f", {plainly.councils(area)}" if whose else ""
    brief = whose if len(area.parts) == 1 else whose.replace(" its ", " ")
    show = label.in_mode("show")
    return Text(
        f"{label.explore}{whose}, {year}",
        f"{show}{brief}, {year}" if show else None,
        f"{label.in_mode('families')}{whose_plainly}, {year}",
    )


def _spread(store: Store, others: Comparators, measure: str, many: int) -> Text:
    """England's authorities, which stand where another area has England beside it."""
    row = process_tables.spread_of(store, measure, others).iloc[-1]
    short = _written(measure)
    plain = (
        plainly.half_of_councils(row["low"], row["high"], many)
        if many
        else f"In half of its councils it was between {short(row['low'])} and {short(row['high'])}."
    )
    return Text(
        f"the middle half of its authorities {short(row['low'])} to {short(row['high'])}, the middle one"
        f" {short(row['median'])}",
        families=plain,
    )


def _beside(
    store: Store,
    area: Area,
    others: Comparators,
    measure: str,
    of_those: tuple[float, int],
    few: bool,
    many: int,
) -> Text:
    """Those compared (mean, and how many have a figure) and England, after the direction where there is one; a share
    is told to families of so `many`."""
    mean, known = of_those
    england = float(process_tables.series(store, measure).iloc[:, -1][ENGLAND])
    short = _written(measure)
    too_few = "Too few to compare. " if few else ""
    is_england = area.kind == "england"
    of_england = "" if is_england else f"England {short(england)}"
    if np.isnan(mean) or few:
        none = "" if few else _none(others, known)
        brief = f"{too_few}{of_england}"
        # Without a number of the area's own above it, a share says of how many it is.
        plain = "" if is_england else f"England {of_every(england, many) if many else short(england)}"
        return Text(f"{too_few}{none}{of_england}", show=brief, families=f"{too_few}{plain}")
    beside = ", ".join(said([f"{others.short} {short(mean)}", of_england]))
    theirs, its = (in_so_many(one, many) if many else short(one) for one in (mean, england))
    return Text(beside, families=plainly.beside(others, theirs, "" if is_england else its))


def _none(others: Comparators, known: int) -> str:
    """Why no mean stands beside the number; nothing where there is nobody to compare with."""
    if not others.codes:
        return ""
    why = "" if others.alone else f" ({means.why_none(known, len(others.codes))})"
    return f"{others.short} {WORDS[NOT_AVAILABLE]}{why}, "


def _written(measure: str) -> Callable[[float], str]:
    if _UNITS[measure]:
        return percent
    return lambda value: WORDS[NOT_AVAILABLE] if np.isnan(value) else written(value, 1)


def _withdrawn(store: Store, area: Area, year: str) -> Text:
    """A sentence where far more requests were withdrawn than elsewhere: few are then turned down for another reason."""
    shares = _share_withdrawn(store, area, year)
    if shares is None:
        return Text("")
    here, england = shares
    begins = f"{percent(here)} of requests were withdrawn (England {percent(england)})"
    return Text(
        f"{begins}: few turned down need not mean that most were assessed.",
        show=None,
        families=f"{of_every(here)} requests were withdrawn (England {in_so_many(england, out_of(here))}).",
    )


def _share_withdrawn(store: Store, area: Area, year: str) -> tuple[float, float] | None:
    """Per cent of requests that were withdrawn here and in England, where far more were than elsewhere; else None."""
    counted = process_tables.counts(store)
    withdrawn, received = counted["requests_withdrawn"], counted["requests_received"]
    here, england = (
        100 * withdrawn.get((code, year), np.nan) / received.get((code, year), np.nan) for code in (area.code, ENGLAND)
    )
    if not here >= max(MANY_WITHDRAWN, 2 * england) or received[(area.code, year)] < FEW:
        return None
    return here, england


def _by_chance(measure: str, decisions: float, mean: float) -> bool:
    """Whether so few appeals would be expected that a difference may be chance alone."""
    return measure == APPEALS and not decisions * mean / 100 >= NEEDED_APPEALS
