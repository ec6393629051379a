"""Alternative provision: how many pupils are in it and how many of them have SEN, and plans placed in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from sendlib.answer import Asked, Choice, Column, Note, Offered, Table, Text
from sendlib.areas import Area
from sendlib.compared.comparators import Comparators
from sendlib.questions.doing_well import closer, held
from sendlib.questions.doing_well.outcome_cube import Cube
from sendlib.store import Store, kept_with_store
from sendlib.tables.alternative_provision import BREAKS, GROUPS, KINDS

PUPILS, PLANS = "alternative", "alternative_plans"
_AP = "ap_pru_total"
_KEYS = ("kind", "group", "period")
FEWEST = 10
"""Pupils, below which a share counts for no mean: one child would set it."""
_WITH_SEN = ("state", "school")
"""Kinds of which SEN is known."""
COLUMNS = {
    "kind": Column("Provision", "kind of alternative provision; a pupil may be in more than one of them"),
    "pupils_with": Column("SEN status", "the SEN status of these pupils, or all of them"),
    "year": Column("School year", "school year of the January in which they were counted", period=True),
    "children": Column("Pupils here", "pupils, or places that the authority pays for, here", "pupils", 0),
    "england_children": Column("Pupils, England", "the same number in England", "pupils", 0),
    **held.columns_beside("share of the pupils in this provision who have this SEN status,", "%"),
}
PLAN_COLUMNS = {
    **{name: column for name, column in closer.HOME_COLUMNS.items() if name not in ("home_educated", "share_of_plans")},
    "plans": Column(
        "Plans placed there",
        "plans of children placed in alternative provision; of a mean, how many on average",
        "plans",
        0,
        measure="Plans of children placed in alternative provision",
    ),
    "share_of_plans": Column(
        "Share of all plans",
        "plans of children placed in alternative provision, out of all EHC plans",
        "%",
        1,
        measure="Share of plans of children placed in alternative provision",
    ),
}
KIND = Choice(
    "alternative_kind", "Provision", "of which alternative provision the SEN of its pupils is drawn", about=PUPILS
)
CHOICES = (KIND,)


def tables(store: Store, area: Area, others: Comparators | None, whom: str) -> dict[str, Table]:
    """Pupils of alternative provision by SEN, and plans placed there each January."""
    return {
        PUPILS: Table(
            _pupils(store, area, others),
            Text(f"Pupils in alternative provision by SEN, {whom}, each January to 2023"),
            COLUMNS,
            ("alternative_provision",),
            "Alternative provision: pupils, and how many have SEN",
            of_few=("children", "reached"),
        ),
        PLANS: Table(
            _plans(store, area, others),
            Text(f"Children with an EHC plan placed in alternative provision each January, {whom}"),
            PLAN_COLUMNS,
            ("placements", "neighbours"),
            "Alternative provision: plans placed there",
            of_few=("plans", "share_of_plans"),
        ),
    }


@kept_with_store()
def _counts(store: Store) -> Cube:
    return held.as_cube(store, store.table("alternative_provision"), _KEYS)


@kept_with_store()
def _shares(store: Store) -> Cube:
    """Per cent of all pupils of a kind, of the same area and year."""
    counts = _counts(store)
    whole = [counts.columns[kind, "all", year] for kind, _, year in counts.columns]

    def share(
        values: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    ) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        among = values[:, whole]
        return 100 * values / np.where(among > 0, among, np.nan)

    enough = np.where(counts.comparable[:, whole] >= FEWEST, counts.comparable, np.nan)
    return replace(counts, values=share(counts.values), comparable=share(enough))


def _pupils(store: Store, area: Area, others: Comparators | None) -> pd.DataFrame:
    counts, shares = _counts(store), _shares(store)
    keys = [
        (kind, group, year)
        for kind in KINDS
        for year in reversed(held.years(counts, (kind,)))
        for group in GROUPS
        if (kind, group, year) in counts.columns
    ]
    words = pd.DataFrame(
        [(KINDS[kind], GROUPS[group], year) for kind, group, year in keys], columns=["kind", "pupils_with", "year"]
    )
    numbers = held.side_by_side(store, area, None, counts, keys, words)
    found = held.side_by_side(store, area, others, shares, keys, words)
    return found.assign(
        children=numbers["reached"], england_children=numbers["england_reached"], status=numbers["status"]
    )[list(COLUMNS)]


def _plans(store: Store, area: Area, others: Comparators | None) -> pd.DataFrame:
    found = closer.placed_each_january(store, area, others, _AP)
    return found.rename(columns={"home_educated": "plans"})[list(PLAN_COLUMNS)]


def offered(asked: Asked) -> tuple[Offered, ...]:
    """Of which provision SEN is drawn. Raises UnknownChoice."""
    return (KIND.offer({kind: KINDS[kind] for kind in _WITH_SEN}, "state", asked),)


def newest(table: pd.DataFrame, kind: str) -> str:
    """The newest school year of a kind (its words) in the table of pupils."""
    return str(table.loc[table["kind"].eq(kind), "year"].max())


_READ = (
    "State-funded provision is counted where the school is, the other two by who pays. DfE prepared these numbers for"
    " its SEND and alternative provision dashboard (February 2024), and others keep them; authorities and regions add"
    " up to England in every one of them. A share of few pupils moves with each child: an area with fewer than 10"
    " counts for no mean."
)


def notes() -> Sequence[Note]:
    """What is counted, and what changed."""
    said = [Note("definition", Text(_READ), PUPILS), *(Note("break", Text(text), PUPILS) for text in BREAKS[:2])]
    plans = "Only plans: pupils with SEN support who are in alternative provision are in the part above."
    return [*said, Note("definition", Text(plans), PLANS)]
