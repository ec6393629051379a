"""Money beside need: what is spent on SEN, the grant and its balance, and the share of pupils with a plan, each in its
own years. That they stand side by side says nothing of cause and effect, and the page says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from sendlib.answer import Asked, Choice, Column, Note, Offered, Table, Text
from sendlib.areas import Area
from sendlib.compared.comparators import Comparators
from sendlib.questions.doing_well import held
from sendlib.questions.doing_well.outcome_cube import Cube
from sendlib.store import Store, kept_with_store
from sendlib.tables.money import BREAKS

MONEY = "money"
NEED = "Need: pupils with an EHC plan, %"
MEASURES = {
    "sen_services_weekly": "SEN services, £ a week for each child with a plan",
    "grant_balance": "Balance of the dedicated schools grant, % of the grant",
    "top_ups_state": "Top-ups, state-funded schools and colleges, £ for each resident aged 2 to 18",
    "top_ups_independent": "Top-ups, independent schools and colleges, £ for each resident aged 2 to 18",
    "grant": "Dedicated schools grant, £ million",
    "high_needs_block": "High needs block of the grant, £ million",
}
_IN_MILLIONS = ("grant", "high_needs_block")
"""Sums of a whole area, which are set beside no other's: a larger area has more."""
OF_A_WHOLE = frozenset(MEASURES[name] for name in _IN_MILLIONS)
"""The same in words, as the table has them."""
COLUMNS = {
    "what": Column("What is measured", "which money, or how many pupils have a plan, with its unit"),
    "year": Column(
        "Financial year",
        "financial year of the money, April to March; of pupils with a plan, that of the January in which they were"
        " counted",
        period=True,
    ),
    **held.columns_over_time(
        Column(
            "Figure",
            "the figure in the unit that the row names; below nought is a deficit",
            decimals=1,
        )
    ),
}
MEASURE = Choice("money_measure", "Money", "which money is drawn beside the share of pupils with a plan", about=MONEY)
CHOICES = (MEASURE,)
CAUSE = (
    "This is not cause and effect. More money may follow more need, be spent on dearer places, or buy earlier help; and"
    " each line is of its own kind of money and its own years."
)


def tables(store: Store, area: Area, others: Comparators | None, whom: str) -> dict[str, Table]:
    """Each kind of money in its years, and the share of pupils with a plan."""
    return {
        MONEY: Table(
            _table(store, area, others),
            Text(
                f"Money for SEND beside the share of pupils with an EHC plan, {whom}, each in its own financial years"
            ),
            COLUMNS,
            ("money", "school_sen"),
            "Money beside need",
            how_to_read=Text(CAUSE),
        )
    }


def _table(store: Store, area: Area, others: Comparators | None) -> pd.DataFrame:
    cube, need = _money(store), _need(store)
    parts = []
    for measures, beside in ((tuple(MEASURES)[:-2], others), (_IN_MILLIONS, None)):
        keys = [(measure, year) for measure in measures for year in _known(cube, measure)]
        words = pd.DataFrame([(MEASURES[measure], year) for measure, year in keys], columns=["what", "year"])
        parts.append(held.over_time(store, area, beside, cube, keys, words))
    keys = [("ehc_plan", year) for year in held.years(need)]
    words = pd.DataFrame({"what": NEED, "year": [year for _, year in keys]})
    parts.append(held.over_time(store, area, others, need, keys, words))
    found = pd.concat(parts, ignore_index=True)
    order = {name: place for place, name in enumerate((*MEASURES.values(), NEED))}
    return found.sort_values("what", key=lambda what: what.map(order), kind="stable", ignore_index=True)[list(COLUMNS)]


def _known(cube: Cube, measure: str) -> list[str]:
    return [year for name, year in sorted(cube.columns) if name == measure]


@kept_with_store(of_base=False)
def _money(store: Store) -> Cube:
    """Table money, with sums in millions."""
    found = held.cube(store, "money", ("measure", "period"))
    values, comparable = found.values.copy(), found.comparable.copy()
    for (measure, _), place in found.columns.items():
        if measure in _IN_MILLIONS:
            values[:, place] /= 1e6
            comparable[:, place] /= 1e6
    return replace(found, values=values, comparable=comparable)


@kept_with_store()
def _need(store: Store) -> Cube:
    """Per cent of pupils with a plan, by the financial year in which the January of the school year lies."""
    found = held.cube(store, "school_sen", ("measure", "period"), (("phase", "all"),))
    return replace(
        found, columns={(measure, year.replace("/", "-")): at for (measure, year), at in found.columns.items()}
    )


def offered(asked: Asked) -> tuple[Offered, ...]:
    """Which money is drawn. Raises UnknownChoice."""
    return (MEASURE.offer(MEASURES, "sen_services_weekly", asked),)


_READ = (
    "SEN services are SEN support services, direct payments, SEN transport, and assessment and administration: places,"
    " top-ups and fees of schools are not among them. The balance is what is carried forward of the whole dedicated"
    " schools grant, not of its high needs block. Prices are those of each year."
)
_SOURCES = (
    "The balance was derived by DfE for its SEND and alternative provision dashboard (2019-20 to 2021-22), and is kept"
    " by others. DfE's statistics 'LA and school expenditure' (Section 251) have newer ones, which are not in this"
    " snapshot."
)


_SWINGS = "With so few plans, spending for each child with a plan swings from year to year."


def notes(few: bool) -> Sequence[Note]:
    """How to read money beside need; `few`: of an area with very few plans."""
    return [
        *([Note("caution", Text(_SWINGS), MONEY)] if few else []),
        Note("definition", Text(_READ), MONEY),
        Note("missing", Text(_SOURCES), MONEY),
        Note("break", Text(BREAKS[0]), MONEY),
    ]
