"""The tables of Needs."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sendlib.answer import COMPARED, OWN, WHOLE, Column, Table, Text, as_code
from sendlib.answer.numbers import capital, listed
from sendlib.areas import ENGLAND, Area
from sendlib.compared import cohorts, crosses, latest, means, parts
from sendlib.compared import mixes as mixing
from sendlib.compared.alike import among
from sendlib.compared.cohorts import Cohort
from sendlib.compared.comparators import ALIKE, Comparators, known_areas
from sendlib.compared.mixes import UNUSUAL, Mixes
from sendlib.compared.rates import middle_half
from sendlib.methods import mix
from sendlib.questions.needs import columns, further, over_time, plainly, recording, recording_words, two_cohorts
from sendlib.questions.needs.words import in_sentence
from sendlib.store import Store
from sendlib.tables.features import FEATURES
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE

ABOVE, BELOW, WITHIN = "above", "below", "within"
"""Where a share stands to the range of those compared."""
_SENSORY = {"sensory": ["hi", "vi", "msi"]}


def all_of(
    store: Store, area: Area, others: Comparators, mixes: Mixes, table: pd.DataFrame, moves: recording.Moves
) -> dict[str, Table]:
    """Every table of the answer; `mix` is the lead picture's."""
    return {
        **_of_the_mix(store, area, others, mixes, table),
        **(_of_crosses(store, area, others) if mixes.cohort.is_plans else {}),
        **further.of_other_children(store, area, others, mixes.cohort),
        two_cohorts.NAME: two_cohorts.table(store, area, mixes.cohort),
        **_of_recording(store, area, others, mixes, moves),
        **(_of_alike(store, area, others) if others.choice in ALIKE else {}),
        **over_time.tables(store, area, others, mixes.cohort),
    }


def _of_recording(
    store: Store, area: Area, others: Comparators, mixes: Mixes, moves: recording.Moves
) -> dict[str, Table]:
    """The what-if, and who records most unlike the area; the latter only where there is somebody."""
    cohort, names = mixes.cohort, cohorts.needs(store, mixes.cohort.code)
    when, first = cohorts.said(store, cohort.code), moves[0]
    unlike = recording.unlike(store, mixes, area, others, first)
    found = {
        "recording": Table(
            recording.moved_table(mixes, area.code, others, moves, names)[0],
            recording_words.caption(moves, names, f"{cohort.short} {cohort.where} {area.in_text}, {when}"),
            columns.recording(others, cohort),
            (cohort.table,),
            "Could it be recording?",
        )
    }
    if len(unlike):
        found["recording_unlike"] = _table(
            unlike,
            f"{capital(cohort.of)} {cohort.where} {area.in_text}, and those compared whose mix as a whole is furthest"
            f" from that, {when}",
            columns.recording_unlike(cohort, names[first.source], names[first.target]),
            (cohort.table,),
            "Who records most unlike this area?",
            "Whoever records otherwise may have other children, other habits, or both: they can be asked.",
        )
    return found


def _table(
    data: pd.DataFrame,
    caption: str,
    described: Mapping[str, Column],
    sources: tuple[str, ...],
    heading: str = "",
    how_to_read: str = "",
    of_few: tuple[str, ...] = (),
    closed: bool = False,
    group: str = "",
) -> Table:
    return Table(data, Text(caption), described, sources, heading, group, Text(how_to_read), of_few, closed)


def _those(others: Comparators) -> str:
    return others.label if others.alone else "those compared"


def _now(store: Store) -> str:
    return latest.said(latest.needs_period(store, "all"))


def _relative(others: Comparators) -> str:
    return (
        "Rare needs count as much as common ones here. One step to the right of nought is twice as common, relative to"
        f" the area's other needs, as {f'in {others.label}' if others.alone else 'among those compared'}; one step to"
        " the left is half as common."
    )


def _of_the_mix(store: Store, area: Area, others: Comparators, mixes: Mixes, table: pd.DataFrame) -> dict[str, Table]:
    """The mix, and how far it is from others."""
    cohort = mixes.cohort
    name, now = area.short_name, cohorts.said(store, cohort.code)
    told_of = columns.mix(others, cohort)
    whose = "EHC plans" if cohort.is_plans else capital(cohort.of)
    where = name if cohort.is_plans else f"schools in {area.in_text}"
    # England would be listed twice, and is no authority that could be unlike its own.
    gone = [
        *(() if parts.england_stands(area, others) else columns.OF_ENGLAND),
        *(columns.TESTS if parts.of_itself(area, others) else ()),
    ]
    table = table.drop(columns=gone)
    told_of = {column: told_of[column] for column in table.columns}
    chosen_by = ("neighbours", "features") if area.is_authority else ()
    in_england = " and in England" if parts.england_stands(area, others) else ""
    return {
        "mix": Table(
            table,
            Text(
                f"{whose} by primary need, {where}, {now}, per cent of the {cohort.whole}",
                show=f"{whose} by primary need, {where}, {now}",
                families=plainly.caption(area, cohort, now),
            ),
            told_of,
            (cohort.table,),
        ),
        "comparators": _table(
            _each_comparator(store, area, others, cohort),
            f"Shares of each need among {cohort.of} in {area.in_text}{',' if in_england else ' and'} in each of those"
            f" compared{in_england}, {now}, per cent",
            columns.each(now, cohort),
            (cohort.table, *chosen_by),
            "Each of those compared",
        ),
        "divergence": _table(
            _divergence(store, others, mixes, area),
            f"How far the whole mix of {cohort.of} in {area.in_text} is from others, {now} (Jensen-Shannon divergence:"
            " 0 the same, 1 nothing in common)",
            columns.divergence(mixes.among),
            (cohort.table, *chosen_by[:1]),
            "How far is the whole mix from others?",
        ),
        "log_ratio": _table(
            _log_ratios(store, area, others, mixes),
            f"Each need relative to the typical need, {name} and {_those(others)}, {now}, hearing, vision and"
            " multi-sensory impairment together (doublings)",
            columns.log_ratio(others),
            (cohort.table,),
            "Rare needs: a relative view",
            _relative(others),
        ),
        "funnel": _table(
            _funnel(store, area, others, cohort),
            f"Share of each need in every authority by its number of {cohort.of}, {now}, with limits for an authority"
            " like the others",
            columns.funnel(cohort),
            (cohort.table,),
            "Every authority in England",
        ),
    }


def _of_crosses(store: Store, area: Area, others: Comparators) -> dict[str, Table]:
    """Who has which need, of plans: by age, sex and placement, of new plans and further; and of all, to set beside."""
    name, now = area.short_name, _now(store)
    flow = latest.said(latest.needs_period(store, "new"))
    return {
        **{
            by: _table(
                crosses.by(store, by, area.code),
                f"EHC plans by primary need and {by}, {name}, {now}",
                crosses.OF_A_CROSS[by],
                ("needs",),
                f"Needs by {by}",
                further.OF_THE_GROUP,
                ("count", "share"),
                area.code in means.too_small(store),
                further.WHO,
            )
            for by in ("age", "sex", "placement")
        },
        "everyone": _table(
            _everyone(store, area),
            f"All EHC plans by primary need, {name}, {now}, those without a recorded need included",
            columns.EVERYONE,
            ("needs",),
            "All plans, those without a recorded need included",
        ),
        "new_plans": _table(
            crosses.new_and_all(store, area.code),
            f"Primary needs of all plans ({now}) and of the plans that started in {flow}, {name}",
            crosses.OF_NEW_AND_ALL,
            ("needs",),
            "Is the mix changing? New plans beside all plans",
            "Where new plans name a need more often than all plans do, the mix may be changing.",
        ),
        **further.of_plans(store, area, others),
    }


def _of_alike(store: Store, area: Area, others: Comparators) -> dict[str, Table]:
    """What those of our own list are like."""
    found = among(store, area)
    kept = [code for code in FEATURES if code in found.features.columns]
    several = "boards" if area.kind == "board" else "authorities"
    return {
        "features": _table(
            _features(store, area, others),
            f"What {area.in_text} and {others.label} are like, and how far each is",
            columns.features(kept, area),
            ("features",),
            f"What the {several} compared are like",
        )
    }


def _everyone(store: Store, area: Area) -> pd.DataFrame:
    """All plans by need as shares of all plans, as in the crosses that they are set beside."""
    return crosses.all_plans(store, area.code)[list(columns.EVERYONE)]


def groups_of(data: pd.DataFrame) -> dict[str, str]:
    """The groups of a cross with any share: code -> words."""
    known = data.loc[data["share"].notna(), "category"]
    return {as_code(name): str(name) for name in dict.fromkeys(known)}


def name_of(store: Store, code: str) -> str:
    """The name of an area."""
    return known_areas(store).names[code]


def mix_table(store: Store, mixes: Mixes, area: Area, others: Comparators) -> pd.DataFrame:
    """One row a need, sorted by the difference from the comparators' mean (largest first)."""
    row, who = mixes.row(area.code), mixes.cohort.code
    out = mixing.left_out(store, who)
    names = cohorts.needs(store, who)
    counts = mixes.counts[row]
    share, mean = 100 * mixes.shares[row], 100 * mixes.mean[row]
    low, high = mixing.wilson_percent(counts, float(mixes.recorded[row]))
    q = mixes.q[row]
    rates = mixing.rates(store, who).reindex([area.code, *others.codes, ENGLAND]).to_numpy(dtype=float)
    theirs = means.of(rates[1:-1], [code in out for code in others.codes])
    alike = mixing.rates_if_alike(store, who).reindex([area.code, *others.codes]).to_numpy(dtype=float)
    rate_low, rate_high = mixing.wilson_percent(counts, float(mixing.base_of_rates(store, who).get(area.code, np.nan)))
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(mean > 0, share / mean, np.nan)
    # As they are written, so that a reader of the table sees the same.
    rounded, lowest, highest = (np.round(values, 1) for values in (share, 100 * mixes.low[row], 100 * mixes.high[row]))
    table = pd.DataFrame(
        {
            "need": list(names),
            "name": list(names.values()),
            "count": counts,
            "share": share,
            "low": low,
            "high": high,
            "comparator_mean": mean,
            "areas_known": mixes.known[row],
            "comparator_median": 100 * mixes.median[row],
            "comparator_min": 100 * mixes.low[row],
            "comparator_max": 100 * mixes.high[row],
            "england": 100 * mixing.england(store, who),
            "difference": share - mean,
            "ratio": ratio,
            "divergence_part": mixes.parts[row],
            "rate": rates[0],
            "rate_low": 10 * rate_low,
            "rate_high": 10 * rate_high,
            "comparator_rate": theirs.mean,
            "comparator_rate_min": theirs.low,
            "comparator_rate_max": theirs.high,
            "england_rate": rates[-1],
            "rate_alike": alike[0],
            "comparator_rate_alike": means.of(alike[1:], [code in out for code in others.codes]).mean,
            "outside": np.where(
                np.isnan(q) | np.isnan(share),
                "not tested",
                np.select([rounded > highest, rounded < lowest], [ABOVE, BELOW], WITHIN),
            ),
            "unusual": np.where(np.isnan(q), "not tested", np.where(q < UNUSUAL, "yes", "no")),
            "q_value": q,
            "status": np.where(np.isnan(share), NOT_AVAILABLE, VALUE),
        }
    )
    order_of = [name for name in table.columns if name not in columns.TESTS]
    after = order_of.index("difference") + 1
    table = table[[*order_of[:after], *columns.TESTS, *order_of[after:]]]
    difference = share - mean
    # Beside nobody, and of England, by share; a need that lacks a figure, or a mean, comes last.
    by_share = np.isnan(mean).all() or parts.of_itself(area, others)
    order = np.argsort(-(share if by_share else difference), kind="stable")
    return table.take(order).reset_index(drop=True)


def halves(store: Store, others: Comparators, who: str) -> dict[str, tuple[float, float]]:
    """Between which shares of each need the middle half of those compared lie, per cent."""
    counted = [code for code in others.codes if code not in mixing.left_out(store, who)]
    found = middle_half(store, 100 * mixing.all_shares(store, who), counted).T
    needs = cohorts.needs(store, who)
    return {need: (float(low), float(high)) for need, (low, high) in zip(needs, found, strict=True)}


def _each_comparator(store: Store, area: Area, others: Comparators, cohort: Cohort) -> pd.DataFrame:
    """The area, each of those compared and England, which a reader of the table would otherwise look up elsewhere; each
    once."""
    areas, names = known_areas(store), cohorts.needs(store, cohort.code)
    needs = list(names)
    whole = [] if ENGLAND in (area.code, *others.codes) else [ENGLAND]
    codes = [area.code, *others.codes, *whole]
    shares = mixing.all_shares(store, cohort.code).reindex(codes).to_numpy(dtype=float)
    rates = mixing.rates(store, cohort.code).reindex(codes).to_numpy(dtype=float)
    whose = [OWN, *(COMPARED for _ in others.codes), *(WHOLE for _ in whole)]
    out = mixing.left_out(store, cohort.code)
    return pd.DataFrame(
        {
            "area_code": np.repeat(codes, len(needs)),
            "area": np.repeat([areas.get(code).name for code in codes], len(needs)),
            "whose": np.repeat(whose, len(needs)),
            "closeness": np.repeat([others.closeness.get(code, "") for code in codes], len(needs)),
            "need": np.tile(needs, len(codes)),
            "name": np.tile(list(names.values()), len(codes)),
            "share": 100 * shares.ravel(),
            "rate": rates.ravel(),
            "left_out": np.repeat([out.get(code, "") for code in codes], len(needs)),
        }
    )


def _divergence(store: Store, others: Comparators, mixes: Mixes, area: Area) -> pd.DataFrame:
    row = mixes.row(area.code)
    england, names = mix.shares(mixing.england(store, mixes.cohort.code)), _names(store, mixes)
    own = mixes.whole[row]
    frame = pd.DataFrame(
        {
            "compared_with": [others.mean_heading, "England"],
            "divergence": [mixes.divergence[row], float(mix.divergence(own, england))],
            "further_than": [
                100 * mixes.further_than[row],
                np.nan,
            ],
            "driven_by": [
                listed(drivers(names, mixes.parts[row])),
                listed(drivers(names, mix.divergence_parts(own, england))),
            ],
        }
    )
    return frame if parts.england_stands(area, others) else frame.iloc[:1]


def _names(store: Store, mixes: Mixes) -> list[str]:
    """The names of the needs of some mixes, in their order."""
    return list(cohorts.needs(store, mixes.cohort.code).values())


def drivers(names: list[str], added: np.ndarray) -> list[str]:
    """The fewest needs that make up half of a divergence, at most three, largest first; `added`: what each need adds to
    it."""
    if np.isnan(added).any() or added.sum() <= 0:
        return []  # also of a mix that lacks a need
    order = np.argsort(-added)
    enough = int(np.searchsorted(np.cumsum(added[order]) / added.sum(), 0.5)) + 1
    return [in_sentence(names[place]) for place in order[: min(enough, 3)]]


def _log_ratios(store: Store, area: Area, others: Comparators, mixes: Mixes) -> pd.DataFrame:
    every = cohorts.needs(store, mixes.cohort.code)
    apart = {need: name for need, name in every.items() if need not in _SENSORY["sensory"]}
    names = {**apart, "sensory": "Hearing, vision or multi-sensory impairment"}
    order = list(every)
    merged = mix.merged(mixes.counts, [[order.index(part) for part in _SENSORY.get(need, [need])] for need in names])
    ratios = mix.centred_log_ratios(merged)
    own = ratios[mixes.row(area.code)]
    theirs = ratios[[mixes.row(code) for code in others.codes]]
    mean = means.of(theirs, [code in others.too_small for code in others.codes]).mean
    frame = pd.DataFrame(
        {
            "need": list(names),
            "name": list(names.values()),
            "own": own,
            "comparator_mean": mean,
            "difference": own - mean,
        }
    )
    return frame.sort_values("difference", ascending=False, kind="stable", ignore_index=True)


def _funnel(store: Store, area: Area, others: Comparators, cohort: Cohort) -> pd.DataFrame:
    """Every authority; of an area that is several, its authorities are marked as its own; of England none is.

    Before them the shares of such an area as a whole and of England, without limits: they have more children than any
    authority, and limits for an authority say nothing of them.
    """
    frame = mixing.funnels(store, cohort.code)
    names = known_areas(store).names
    group = np.where(
        frame["area_code"].isin([] if area.code == ENGLAND else area.parts),
        "own area",
        np.where(frame["area_code"].isin([] if area.code == ENGLAND else others.codes), "compared", "other"),
    )
    frame = frame.assign(area=frame["area_code"].map(names), group=group)
    several = {} if len(area.parts) == 1 or area.code == ENGLAND else {area.code: (area.name, columns.WHOLE)}
    wholes = [
        _in_every_need(store, cohort, code).assign(area=name, group=whose)
        for code, (name, whose) in {**several, ENGLAND: ("England", WHOLE)}.items()
    ]
    return pd.concat([*wholes, frame], ignore_index=True)


def _in_every_need(store: Store, cohort: Cohort, code: str) -> pd.DataFrame:
    """The shares of an area as the funnel has them."""
    counts, whole = cohorts.counts(store, cohort.code), cohorts.denominator(store, cohort.code)
    needs, number = list(cohorts.needs(store, cohort.code)), float(whole.get(code, np.nan))
    found = counts.reindex(index=[code], columns=needs).to_numpy(dtype=float)[0]
    return pd.DataFrame({"need": needs, "area_code": code, "plans": number, "share": 100 * found / number})


def _features(store: Store, area: Area, others: Comparators) -> pd.DataFrame:
    found = among(store, area)
    codes = [area.code, *others.codes]
    row = found.codes.index(area.code)
    values = found.plain.loc[codes].reset_index(drop=True)
    frame = values[[name for name in FEATURES if name in found.features.columns]]
    frame.insert(0, "area", [known_areas(store).names[code] for code in codes])
    frame.insert(1, "distance", [float(found.distance[row, found.codes.index(code)]) for code in codes])
    for kind in ("london", "county"):
        frame[kind] = 100 * values[kind] if area.kind == "board" else values[kind].map({1.0: "yes", 0.0: "no"})
    return frame
