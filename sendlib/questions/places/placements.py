"""Kinds of placement over time: the area's share, that of those compared and England's, and what is missing of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import numpy as np
import pandas as pd

from sendlib.answer import Note, Text
from sendlib.answer.missing import named
from sendlib.answer.numbers import capital, listed
from sendlib.areas import ENGLAND, Area
from sendlib.compared import doubtful, means
from sendlib.compared.comparators import Comparators, known_areas
from sendlib.questions.places import lacking
from sendlib.questions.places.choices import INDEPENDENT, INDEPENDENT_SPECIAL, PLACEMENT_KINDS
from sendlib.questions.places.naming import place
from sendlib.store import Store, kept_with_store
from sendlib.tables.periods import spoken
from sendlib.tables.placements import ALL_PLACEMENTS
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE, WORDS

EACH_PLAN = "From January 2023 DfE collects each plan by itself: compare across 2022 and 2023 with care."


@kept_with_store(area_by_area=True)
def placed(store: Store) -> pd.DataFrame:
    """Plans by area and January (rows) and placement column."""
    table = store.table("placements").astype({"area_code": str, "period": str, "placement": str})
    return table.pivot(index=["area_code", "period"], columns="placement", values="value")


@kept_with_store(area_by_area=True)
def _shares(store: Store) -> pd.DataFrame:
    """Per cent of all plans, areas x (January, kind of placement); a kind with a missing part is missing."""
    table = placed(store)
    shares = pd.DataFrame(
        {
            kind: 100 * table[list(parts)].sum(axis=1, min_count=len(parts)) / table["all"]
            for kind, parts in PLACEMENT_KINDS.items()
        }
    )
    wide = shares.unstack("period").swaplevel(axis=1)
    januaries = sorted(set(wide.columns.get_level_values(0)))
    return wide[[(january, kind) for january in januaries for kind in PLACEMENT_KINDS]]


def doubts_of(store: Store, area: Area, kind: str) -> dict[str, str]:
    """January -> why the share of a kind of placement of an area is doubtful.

    Of several authorities it is where that of one of them is. A region and England are not judged so: one in many
    changes little, and `notes` says whose number is doubtful.
    """
    if not judged_by_parts(area):
        return {}
    found: dict[str, list[str]] = {}
    for code in area.parts:
        for january, why in doubts(store, code, kind).items():
            found.setdefault(january, []).append(why if len(area.parts) == 1 else f"{_name(store, code)}, {why}")
    return {january: "; ".join(whys) for january, whys in found.items()}


def judged_by_parts(area: Area) -> bool:
    """Whether a number of an area is doubtful where that of one of its authorities is."""
    return area.kind not in ("region", "england")


def _name(store: Store, code: str) -> str:
    return known_areas(store).get(code).in_text


def doubts(store: Store, code: str, kind: str) -> dict[str, str]:
    """January -> why the share of a kind of placement of an authority is doubtful: all plans, or those so placed."""
    found: dict[str, str] = {}
    for measure in (doubtful.PLANS, *_JUDGED[kind]):
        # Only authorities are judged, which are the same in every widened store.
        for january, why in doubtful.reasons(store.base, code, measure).items():
            found.setdefault(january, f"{doubtful.NAMES[measure]}: {why}")
    return found


_JUDGED: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(PLACEMENT_KINDS, ()),
    **dict.fromkeys(("Mainstream class", "Resourced provision", "SEN unit"), ("mainstream_total",)),
    "State special school": ("special_total",),
    INDEPENDENT_SPECIAL: (*INDEPENDENT, "special_total"),
    "Further education": ("fe_total",),
    "Educated elsewhere or not in education": ("ed_elsewhere",),
}
"""The numbers that are judged (compared.doubtful) and that a kind of placement is made of, or is part of."""


@kept_with_store(area_by_area=True)
def shares_for_means(store: Store) -> pd.DataFrame:
    """The same shares without those that are doubtful: a mean is made of the others."""
    kept = _shares(store).copy()
    for code in kept.index.intersection(list(known_areas(store).authorities)):
        for kind in PLACEMENT_KINDS:
            for january in doubts(store, code, kind):
                if (january, kind) in kept.columns:
                    kept.loc[code, (january, kind)] = np.nan
    return kept


def placements(store: Store, area: Area, others: Comparators) -> pd.DataFrame:
    """Shares by January and kind of the area, of those compared (none where nobody is) and of England; of England
    itself beside the quarters of its authorities."""
    wide = _shares(store)
    table = wide if others.alone else shares_for_means(store)
    mean = means.of_table(store, table, others.codes)
    shares = {area.name: wide.reindex([area.code]).to_numpy()[0]}
    if shows_spread(area, others):
        low, middle, high = spread(store, table)
        shares |= dict(zip(SPREAD, (low, middle, high), strict=True))
    elif others.codes:
        shares[others.mean_heading] = mean.mean
    shares["England"] = wide.loc[ENGLAND].to_numpy()
    share = np.concatenate(list(shares.values()))
    group = np.repeat(list(shares), wide.shape[1])
    of_mean = np.isin(group, [others.mean_heading, *SPREAD]) & (not others.alone)
    counted = means.counted(np.tile(mean.known, len(shares)), mean.number)
    told = {(area.name, kind): doubts_of(store, area, kind) for kind in PLACEMENT_KINDS}
    if others.alone:
        (code,) = others.codes
        told |= {
            (others.mean_heading, kind): doubts_of(store, known_areas(store).get(code), kind)
            for kind in PLACEMENT_KINDS
        }
    januaries, kinds = (np.tile(wide.columns.get_level_values(level).astype(str), len(shares)) for level in (0, 1))
    rows = zip(group, kinds, januaries, strict=True)
    return pd.DataFrame(
        {
            "period": januaries,
            "kind": kinds,
            "group": group,
            "share": share,
            "of_how_many": np.where(of_mean, counted, ""),
            "doubtful": [told.get((name, kind), {}).get(january, "") for name, kind, january in rows],
            "status": np.where(np.isnan(share), NOT_AVAILABLE, VALUE),
        }
    ).astype({"period": object, "kind": object, "group": object, "doubtful": object})


SPREAD = ("A quarter of authorities are below", "Middle authority", "A quarter of authorities are above")
"""Beside England stand not those compared, which are its own parts, but how far they are spread."""


def shows_spread(area: Area, others: Comparators) -> bool:
    """Whether those compared are the authorities that England is made of."""
    return area.kind == "england" and others.choice == "england"


def spread(store: Store, table: pd.DataFrame) -> np.ndarray:
    """Lower quartile, median and upper quartile (rows) of the authorities by column, without those too small to
    count."""
    codes = [code for code in known_areas(store).authorities if code not in means.too_small(store)]
    return np.asarray(np.nanquantile(table.reindex(codes).to_numpy(dtype=float), (0.25, 0.5, 0.75), axis=0))


def notes(store: Store, area: Area, others: Comparators) -> list[Note]:
    """What is missing of each kind of placement, for whom and when, and what breaks its lines."""
    found = [Note("break", Text(EACH_PLAN), "placement")]
    wide = _shares(store)
    for kind in PLACEMENT_KINDS:
        shares = wide.xs(kind, axis=1, level=1)
        own = shares.reindex([area.code]).iloc[0]
        without = lacking.who(store, "placements", area, placement=(ALL_PLACEMENTS, *PLACEMENT_KINDS[kind]))
        told = [
            *_gaps(place(area), own),
            *lacking.said(without),
            *_of_those_compared(store, kind, area, others),
        ]
        if told:
            found.append(Note("missing", Text(" ".join(dict.fromkeys(told))), "placement", kind))
        for january, why in doubts_of(store, area, kind).items():
            found.append(Note("caution", Text(f"{spoken(january)} is doubtful: {why}."), "placement", kind))
        if within := _doubtful_within(store, area, kind):
            found.append(Note("caution", Text(within), "placement", kind))
    return found


def _doubtful_within(store: Store, area: Area, kind: str) -> str:
    """Whose numbers are doubtful among those that a region or England is made of."""
    if judged_by_parts(area):
        return ""
    doubted = {_name(store, code): [spoken(one) for one in sorted(doubts(store, code, kind))] for code in area.parts}
    told = [f"{name} ({', '.join(januaries)})" for name, januaries in doubted.items() if januaries]
    return f"The numbers of {area.in_text} have doubtful ones in them: {listed(told)}." if told else ""


def _gaps(name: str, shares: pd.Series) -> list[str]:
    """The Januaries without a figure of one area: `Not available for Cumberland: January 2019 to January 2023.`"""
    rows = [(spoken(str(january)), NOT_AVAILABLE if pd.isna(share) else VALUE) for january, share in shares.items()]
    return named(name, rows, in_time=True)


def _of_those_compared(store: Store, kind: str, area: Area, others: Comparators) -> list[str]:
    """When there is no mean of one kind and why, and whom it leaves out."""
    if others.alone:
        return _gaps(others.label, _shares(store).xs(kind, axis=1, level=1).reindex(list(others.codes)).iloc[0])
    shares = shares_for_means(store).xs(kind, axis=1, level=1)
    mean = means.of_table(store, shares, others.codes)
    why: dict[str, list[str]] = {}
    for january, known in zip(shares.columns, mean.known, strict=True):
        if reason := means.why_none(int(known), mean.number):
            why.setdefault(reason, []).append(spoken(str(january)))
    no_mean = [
        f"{capital(WORDS[NOT_AVAILABLE])} for {others.the_mean}, {'; '.join(januaries)}: {reason}."
        for reason, januaries in why.items()
    ]
    without = _who_lacks(store, kind, shares.reindex(list(others.codes)), others)
    if shows_spread(area, others):
        return [f"The quarters of the authorities are without {means.lacking(without)}."] if without else []
    return [*no_mean, *([f"{capital(others.the_mean)} is without {means.lacking(without)}."] if without else [])]


def _who_lacks(store: Store, kind: str, shares: pd.DataFrame, others: Comparators) -> dict[str, str]:
    """Who is left out of the mean in some January, and why: area -> reason."""
    areas, known, found = known_areas(store), _gaps_of_authorities(store, kind), {}
    for code in others.codes:
        area = areas.get(code)
        if code in others.too_small:
            found[area.in_text] = means.TOO_SMALL
        elif why := known.get(code, "") if area.is_authority else _why_gaps(shares.loc[code], ()):
            found[area.in_text] = why
    return found


@kept_with_store(16, of_base=True)
def _gaps_of_authorities(store: Store, kind: str) -> dict[str, str]:
    """Why authorities have no share of a kind that counts in some January: code -> reason."""
    shares = shares_for_means(store).xs(kind, axis=1, level=1).reindex(list(known_areas(store).authorities))
    return {
        str(code): _why_gaps(row, list(doubts(store, str(code), kind)))
        for code, row in shares[shares.isna().any(axis=1)].iterrows()
    }


def _why_gaps(shares: pd.Series, doubted: Sequence[str]) -> str:
    """`doubtful: January 2020; not available: January 2019`, of one area."""
    in_doubt = shares.index.isin(list(doubted))
    spans = {
        "doubtful": _spans(shares.where(in_doubt, 0.0)),
        WORDS[NOT_AVAILABLE]: _spans(shares.mask(in_doubt, 0.0)),
    }
    return "; ".join(f"{why}: {', '.join(januaries)}" for why, januaries in spans.items() if januaries)


def _spans(shares: pd.Series) -> list[str]:
    """The Januaries without a share, those that follow one another as one: `January 2019 to January 2022`."""
    spans = []
    for missing, run in groupby(shares.items(), key=lambda item: bool(pd.isna(item[1]))):
        januaries = [spoken(str(january)) for january, _ in run]
        if missing:
            spans.append(januaries[0] if len(januaries) == 1 else f"{januaries[0]} to {januaries[-1]}")
    return spans
