"""From early years to 19: how far children with SEND are from those without, stage by stage.

A gap is the figure of the children without SEND less that of the children with SEND of the same
area and school year, so it is above zero where children with SEND reach the standard less often.
A gap can be narrow because children with SEND reach more, or because the others reach less: it
says nothing of which. Early years have no series of children without SEND: there, all children
stand in their place, who include those with SEND, so that the gap looks smaller than it is.

Source: the table `outcomes` (DfE's LAIT, which gives rates and no numbers of children).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from sendlib.answer import Column, Text
from sendlib.answer.numbers import capital, listed
from sendlib.areas import ENGLAND, Area
from sendlib.compared import means
from sendlib.compared.comparators import Comparators, known_areas
from sendlib.compared.plainly import shortly
from sendlib.methods import compare
from sendlib.questions.doing_well import plainly
from sendlib.questions.doing_well.beside import Beside, is_spread, of_those_compared
from sendlib.questions.doing_well.columns import OF_THE_MEAN, REACHED, STATUS, YEAR_OF_REACHED
from sendlib.questions.doing_well.outcome_cube import Floats, cube, newest
from sendlib.store import Store, kept_with_store
from sendlib.tables.outcomes import GROUPS, MEASURES, YEARS_WITHOUT_TESTS, is_provisional
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE

STAGES = {
    "good_level_of_development": "Early years, age 5",
    "phonics_standard": "Phonics (letters and sounds), age 6",
    "key_stage_2_standard": "Key stage 2 (end of primary), age 11",
    "attainment_8": "Key stage 4 score, age 16",
    "sustained_destination": "After key stage 4, age 16 to 17",
    "level_2": "Level 2 (as 5 GCSEs), by age 19",
    "level_3": "Level 3 (as 2 A levels), by age 19",
}
"""The measure of each stage -> its name in the picture, in the order of age; the same in every mode, so with a
gloss."""
SHORT = {
    "good_level_of_development": "early years",
    "phonics_standard": "phonics",
    "key_stage_2_standard": "key stage 2",
    "attainment_8": "key stage 4 score",
    "sustained_destination": "after key stage 4",
    "level_2": "level 2",
    "level_3": "level 3",
}
"""The same within a sentence that lists several."""
_IN_TITLE = {
    "good_level_of_development": "Early years",
    "phonics_standard": "Phonics",
    "key_stage_2_standard": "Key stage 2",
    "attainment_8": "Key stage 4",
    "sustained_destination": "After 16",
    "level_2": "Level 2",
    "level_3": "Level 3",
}
"""The same in as few words as a title allows."""
_IN_FAMILIES = {
    "good_level_of_development": "Early years",
    "phonics_standard": "Early reading",
    "key_stage_2_standard": "End of primary",
    "attainment_8": "GCSE score",
    "sustained_destination": "After 16",
    "level_2": "GCSEs by 19",
    "level_3": "A levels",
}
"""The same without words of the trade."""
_AT_THE_ROW = {"good_level_of_development": "to all children", "attainment_8": "out of 90"}
"""What must be known where a row is read, in every mode."""
_YEAR_OF_ROW = {"sustained_destination": "After key stage 4, finished in {year}"}
"""Rows whose school year is not that of the figure: those who finished key stage 4 in it were followed in the next."""
_STAGE_OF = {name: measure for measure, name in STAGES.items()}
WITH_SEND = {"ehc_plan": "EHC plan", "sen_support": "SEN support"}
FEWEST = 4
"""Fewer gaps than these that can be compared say nothing of the area as a whole."""
NOT_COMPARED = "not compared"
ABOVE, BELOW, WITHIN = "above", "below", "within"
"""Where a gap stands to the range of those compared: above it, children with SEND are further behind than anywhere."""
LEAST_POINTS = 2
"""A gap that differs by fewer points from those compared is about the same as theirs, whatever part of theirs that
is."""

GAP_COLUMNS = {
    "stage": Column("Stage", "stage of a child's education, in the order of age"),
    "what": Column("What is measured", REACHED, analysts_only=True),
    "pupils_with": Column(
        "SEN status", "which children with SEND: those with an EHC plan, or those with SEN support", plain="Whose"
    ),
    "measured_in": Column("School year", YEAR_OF_REACHED, analysts_only=True),
    "compared_group": Column(
        "Set against",
        "whom they are set against: children with no identified SEN, or all children where there are no such figures",
        analysts_only=True,
    ),
    "reached": Column(
        "Here", "the figure of the children with SEND here: per cent, at key stage 4 a score out of 90", decimals=1
    ),
    "reached_without": Column(
        "Here, those set against",
        "the same figure of the children they are set against here: those without SEN, in early years all children",
        decimals=1,
        plain="Other children here",
    ),
    "gap": Column(
        "Gap",
        "the figure of the children they are set against, less that of the children with SEND, here",
        "points",
        1,
        plain="How many fewer",
    ),
    "comparator_gap": Column(
        "Mean gap of those compared",
        "plain mean of the same gap among those compared; missing where fewer than half or fewer than three have one",
        "points",
        1,
        plain="Average of those compared",
        analysts_only=True,
    ),
    "comparator_low": Column(
        "Narrowest of those compared", "narrowest of the gaps of those compared", "points", 1, analysts_only=True
    ),
    "comparator_high": Column(
        "Widest of those compared", "widest of the gaps of those compared", "points", 1, analysts_only=True
    ),
    "outside": Column(
        "Outside the range?",
        "whether the gap, to one decimal, is above the widest or below the narrowest of those compared",
        analysts_only=True,
    ),
    **OF_THE_MEAN,
    "england_gap": Column("Gap in England", "the same gap in England", "points", 1, analysts_only=True),
    "gap_is": Column(
        "Gap against those compared",
        f"wider or narrower than theirs by at least 5% and {LEAST_POINTS} points, about the same, or not compared",
        analysts_only=True,
    ),
    "few_in_year": Column(
        "Few in a year group",
        "whether fewer than 50 children with a plan are of that age here, so that the figure makes no headline",
        only_in_files=True,
    ),
    "status": STATUS,
}
_WORDS = {compare.HIGHER: "wider", compare.LOWER: "narrower", compare.SAME: compare.SAME}


@dataclass(frozen=True)
class Widths:
    """How many gaps are wider, narrower and about the same as among those compared; `known` of the area's own, compared
    or not."""

    wider: int
    narrower: int
    same: int
    known: int

    @property
    def compared(self) -> int:
        """Gaps that have something to be compared with."""
        return self.wider + self.narrower + self.same


def without(measure: str) -> str:
    """The group that children with SEND are set against."""
    return "no_sen" if "no_sen" in MEASURES[measure].series else "all"


@kept_with_store()
def gap_places(store: Store) -> tuple[list[int], list[int], list[dict[str, str]]]:
    """For each stage and group: the column with SEND, the column without, and what the rows of all areas share."""
    held = cube(store).columns
    with_send, beside, words = [], [], []
    for measure, stage in STAGES.items():
        for group, name in WITH_SEND.items():
            year = newest(store, measure, group, without(measure))
            with_send.append(held[measure, group, year])
            beside.append(held[measure, without(measure), year])
            words.append(
                {
                    "stage": stage,
                    "what": MEASURES[measure].name,
                    "pupils_with": name,
                    "measured_in": year,
                    "compared_group": GROUPS[without(measure)],
                }
            )
    return with_send, beside, words


def gap_columns(others: Comparators | None) -> dict[str, Column]:
    """GAP_COLUMNS with the name of those compared."""
    column = GAP_COLUMNS["comparator_gap"]
    if others and others.alone:
        column = replace(column, heading=f"Gap in {others.label}")
    if others:
        column = replace(column, plain=plainly.average_heading(others))
    return {**GAP_COLUMNS, "comparator_gap": column}


def gaps(store: Store, area: Area, others: Comparators | None, few_at: Collection[str] = ()) -> pd.DataFrame:
    """Every stage and both groups with SEND; columns GAP_COLUMNS.

    `few_at`: measures of stages at whose age so few have a plan that the figure makes no headline.
    """
    with_send, beside, words = gap_places(store)
    own, why = cube(store).own(area.code, with_send)
    set_against, why_beside = cube(store).own(area.code, beside)
    gap = (set_against - own).round(5)
    compared, spread = _of_those_compared(store, others), is_spread(area, others)
    pairs = zip(gap, compared.values, strict=True)
    why = [first if first != VALUE else second for first, second in zip(why, why_beside, strict=True)]
    frame = pd.DataFrame(words).assign(
        reached=own,
        reached_without=set_against,
        gap=gap,
        comparator_gap=compared.values,
        **compared.columns,
        comparator_low=compared.low,
        comparator_high=compared.high,
        outside=_outside(gap, compared, None if spread else others),
        england_gap=_every_gap(store)[cube(store).rows[ENGLAND]],
        few_in_year=[
            word["pupils_with"] == WITH_SEND["ehc_plan"] and _STAGE_OF[word["stage"]] in few_at for word in words
        ],
        gap_is=[
            NOT_COMPARED if spread or np.isnan(one) or np.isnan(other) else _width(one, other) for one, other in pairs
        ],
        status=means.statuses(gap, why, NOT_AVAILABLE),
    )
    return frame[list(GAP_COLUMNS)]


def _of_those_compared(store: Store, others: Comparators | None) -> Beside:
    """The mean gap of those compared, a column a stage and group."""
    with_send, beside, _ = gap_places(store)
    codes = others.codes if others else ()
    reached, why = cube(store).each(codes, with_send)
    set_against, why_beside = cube(store).each(codes, beside)
    return of_those_compared(store, others, (set_against - reached).round(5), np.where(why == VALUE, why_beside, why))


@kept_with_store()
def _every_gap(store: Store) -> Floats:
    """The gaps of all areas that may be compared: a row an area of the cube, a column a stage and group."""
    with_send, beside, _ = gap_places(store)
    values = cube(store).comparable
    found: Floats = (values[:, beside] - values[:, with_send]).round(5)
    return found


def _outside(gap: Floats, compared: Beside, others: Comparators | None) -> list[str]:
    """Where each gap stands to the range of those compared, as they are written."""
    if others is None or others.alone:
        return [NOT_COMPARED] * len(gap)
    own, low, high = (np.round(values, 1) for values in (gap, compared.low, compared.high))
    known = ~np.isnan(own) & ~np.isnan(low)
    return [str(word) for word in np.select([~known, own > high, own < low], [NOT_COMPARED, ABOVE, BELOW], WITHIN)]


def _width(own: float, other: float) -> str:
    """Whether a gap is wider or narrower than another, by at least a twentieth of it and LEAST_POINTS, or about the
    same."""
    if abs(own - other) < LEAST_POINTS:
        return compare.SAME
    return _WORDS[compare.direction(own, other)]


def short(stage: str) -> str:
    """A stage within a sentence: `key stage 2`."""
    return SHORT[_STAGE_OF[stage]]


def widths(table: pd.DataFrame) -> Widths:
    """Counts of a table of gaps."""
    counts = table["gap_is"].value_counts()
    return Widths(
        int(counts.get("wider", 0)),
        int(counts.get("narrower", 0)),
        int(counts.get(compare.SAME, 0)),
        int(table["gap"].notna().sum()),
    )


def row_label(stage: str, year: str) -> str:
    """A row of the picture: its stage, its school year, and what must be known there."""
    if words := _YEAR_OF_ROW.get(_STAGE_OF[stage]):
        return words.format(year=year)
    extra = _AT_THE_ROW.get(_STAGE_OF[stage], "")
    return f"{stage}: {year}{f', {extra}' if extra else ''}"


def largest(table: pd.DataFrame) -> pd.Series | None:
    """The row whose gap is farthest from the mean of those compared, in percentage points; the score of key stage 4 is
    left out. None where none is compared."""
    apart = (table["gap"] - table["comparator_gap"]).abs()
    apart = apart[table["stage"].ne(STAGES["attainment_8"]) & ~table["few_in_year"]].dropna()
    return table.loc[apart.idxmax()] if len(apart) else None


def no_less(store: Store, others: Comparators | None, row: pd.Series) -> list[str]:
    """Names of those compared whose gap at a row is narrower (by `_width`) while their children with SEND reach no less
    than here, narrowest first."""
    with_send, _, words = gap_places(store)
    place = next(
        number
        for number, word in enumerate(words)
        if (word["stage"], word["pupils_with"]) == (row["stage"], row["pupils_with"])
    )
    held = cube(store)
    found = []
    for code in others.codes if others else ():
        if code not in held.rows:
            continue
        gap, reached = _every_gap(store)[held.rows[code], place], held.comparable[held.rows[code], with_send[place]]
        if not np.isnan(gap) and _width(gap, row["gap"]) == "narrower" and reached >= row["reached"]:
            found.append((gap, known_areas(store).get(code).in_text))
    return [name for _, name in sorted(found)]


def years_without_tests() -> Text:
    """Which years have no tests, and of which stages."""
    tested = listed([SHORT[name] for name in STAGES if MEASURES[name].assessed])
    years = listed(YEARS_WITHOUT_TESTS)
    return Text(
        f"There were no tests in the school years {years} at {tested}, because of"
        " coronavirus: those years have no figure and no gap. Grades of key stage 4 were set by teachers in both.",
        show=None,
        families=f"Because of coronavirus there were no tests at {tested} in the school years {years}. In both years"
        " teachers set the grades of GCSEs.",
    )


def provisional(store: Store) -> list[Text]:
    """A sentence for each stage whose newest school year LAIT calls provisional, as the notes of the table have it."""
    notes = store.info("outcomes").notes
    found = []
    for measure, stage in STAGES.items():
        year = newest(store, measure, "ehc_plan", without(measure))
        if is_provisional(measure, year) in notes:
            found.append(
                Text(
                    f"{stage}: the figures of the school year {year} are provisional.",
                    show=f"{_IN_TITLE[measure]} {year}: provisional.",
                    families=f"{_IN_FAMILIES[measure]}: the figures of the school year {year} may still change.",
                )
            )
    return found


def title(table: pd.DataFrame, others: Comparators) -> Text:
    """The largest gap outside the whole range of those compared, or that there is none, in ten words or fewer.

    Counts of gaps are not given: they would add up measures, years and units that hang together.
    """
    found = widths(table)
    if not found.known:
        return Text("No gap between children can be shown here")
    if not found.compared:
        known = f"{found.known} {'gap' if found.known == 1 else 'gaps'} known"
        return Text(
            f"{known}, {_why_not_compared(others)}", families=f"{known}, {_why_not_compared(others, 'an average')}"
        )
    if found.compared < FEWEST:
        return Text("Too few gaps are known to compare")
    if others.alone:
        row = largest(table)
        if row is None or row["gap_is"] not in ("wider", "narrower"):
            return Text(f"Gaps about as wide as {others.among}")
        return _named(row, f"{row['gap_is']} gap than {others.label}")
    row = furthest_outside(table)
    if row is None:
        return Text(
            "No gap is outside the range of those compared",
            families=f"No gap stands out from those in {shortly(others)}",
        )
    width = "wider" if row["outside"] == ABOVE else "narrower"
    return _named(row, f"{width} gap than {others.than_any}", f"{width} gap than {plainly.than_any(others)}")


def _named(row: pd.Series, what: str, plain: str = "") -> Text:
    """`Level 3, EHC plan: wider gap than any neighbour`, in the words of each mode."""
    measure, whose = _STAGE_OF[row["stage"]], row["pupils_with"]
    return Text(f"{_IN_TITLE[measure]}, {whose}: {what}", families=f"{_IN_FAMILIES[measure]}, {whose}: {plain or what}")


def outside(table: pd.DataFrame) -> pd.DataFrame:
    """The gaps outside the range of those compared, the furthest from their mean first; the score of key stage 4 comes
    last, since its points are others. Gaps of a year group that is too small are left out (`few_in_year`)."""
    found = table[table["outside"].isin([ABOVE, BELOW]) & ~table["few_in_year"]]
    apart = (found["gap"] - found["comparator_gap"]).abs()
    order = pd.DataFrame({"score": found["stage"].eq(STAGES["attainment_8"]), "apart": -apart})
    return found.loc[order.sort_values(["score", "apart"], kind="stable").index]


def furthest_outside(table: pd.DataFrame) -> pd.Series | None:
    """The first of `outside`; None where there is none."""
    found = outside(table)
    return None if found.empty else found.iloc[0]


def group_for_families(table: pd.DataFrame) -> str:
    """Whose gaps a phone has room for: those that the title names, else those with an EHC plan, as far as there are
    any."""
    plan, support = WITH_SEND["ehc_plan"], WITH_SEND["sen_support"]
    row = furthest_outside(table)
    if row is None and table["outside"].eq(NOT_COMPARED).all():
        row = largest(table)
        row = row if row is not None and row["gap_is"] in ("wider", "narrower") else None
    group = plan if row is None else str(row["pupils_with"])
    known = set(table.loc[table["gap"].notna(), "pupils_with"])
    return group if group in known or not known else support if group == plan else plan


def _why_not_compared(others: Comparators, mean: str = "a mean") -> str:
    number = len(others.codes)
    if not number:
        return "with nobody to compare with"
    if others.alone:
        return f"none in {others.label}"
    return f"but {mean} needs {means.FEWEST} areas" if number < means.FEWEST else "but too few of those compared"


def title_of_wider(table: pd.DataFrame) -> Text:
    """The title for England, which is set beside its own parts."""
    behind, known = int(table["gap"].gt(0).sum()), int(table["gap"].notna().sum())
    if not known:
        return Text("No gap between children can be shown here")
    if behind == known:
        return Text("Children with SEND reach less at every stage")
    return Text(f"Children with SEND reach less in {behind} of {known} gaps")


def before(store: Store, area: Area) -> str:
    """What to know where the authority began after a year that is shown; empty otherwise."""
    old = known_areas(store).predecessors(area.code)
    if not old:
        return ""
    names = listed([name for _, name, _ in old])
    return (
        f"{capital(area.in_text)} began in {area.valid_from[:4]}: what was measured before is that of {names} and is"
        " not shown as its own."
    )
