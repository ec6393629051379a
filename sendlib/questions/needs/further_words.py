"""What is said of who has which need, further (further.py): how its pictures are read, a sentence on each, and what is
missing."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sendlib.answer import DOUBTFUL, TOO_FEW, Note, State, Table, Text
from sendlib.answer.numbers import capital, count_of, listed, percent
from sendlib.answer.table import LARGEST_OF_FEW
from sendlib.areas import ENGLAND, Area
from sendlib.compared import crosses, crosses_further, doubtful, doubts, latest, means, needs_in_care, parts
from sendlib.compared.cohorts import Cohort
from sendlib.compared.comparators import Comparators
from sendlib.questions.needs.words import LARGE, in_sentence, is_or_are
from sendlib.store import Store
from sendlib.tables.symbols import NOT_AVAILABLE

FEWEST_TOLD = 30
"""Plans of a need, below which no sentence is made of its parts, and its bar comes after the others."""
_BY_CHANCE = 50
"""Plans of a group, below which a sentence says how little sets the need named most often."""
Floats = NDArray[np.float64]


# How the pictures are read


def age_is(store: Store) -> str:
    """What the age of a new plan's child is an age at, for the codebook."""
    if crosses_further.age_of_new_plans(store) == crosses_further.AT_START:
        return "age in years on the day the plan started"
    return "age in years; DfE's guide to the file calls it the age when the plan started"


def on_age(store: Store) -> str:
    """The same as a sentence, with what it can not tell."""
    told = "The age is that on the day the plan started."
    if crosses_further.age_of_new_plans(store) == crosses_further.AGE:
        told = (
            "The age is what DfE's guide to the file calls the age when the plan started; the file itself says the age"
            " of the child or young person."
        )
    return f"{told} When a need was first noticed, or first had support without a plan, is not known."


def on_bars(others: Comparators) -> str:
    """What stands beside the bars in parts, and in which order they are."""
    marks = ""
    if others.codes:
        where = f"in {others.label}" if others.alone else "on average among those compared"
        marks = f"A triangle under a bar shows where its first part ends {where}. "
    few = on_few(others, "plans that name the need")
    return f"{marks}Needs with fewer than {FEWEST_TOLD} plans come last: a child or two would move their parts.{few}"


def on_few(others: Comparators, counted: str) -> str:
    """Who of several areas has too few children for a mean; `counted`: which, such as `plans that name the need`."""
    if len(others.codes) < 2:
        return ""
    return f" An area compared that has fewer than {crosses_further.FEWEST} {counted} counts for no mean and no range."


def on_schools(area: Area, cohort: Cohort) -> str:
    """Whom the figures of schools are about, and whom not."""
    shares = (
        "Shares are of all pupils with SEN of that kind of school, those whose type of need is not assessed included."
    )
    if not cohort.is_plans:
        return f"Pupils with SEN support or a plan in the schools located here, wherever they live. {shares}"
    maintain = "maintains" if area.is_authority else "maintain"
    return (
        "**Other children.** These are pupils with SEN support or a plan in the schools located here, wherever they"
        f" live. The plans that {parts.maintained_by(area)} {maintain}, wherever those children learn, are counted"
        f" apart and never added to them. {shares}"
    )


def day_of_care(store: Store) -> str:
    """The day of the count: `31 March 2022`."""
    return latest.said(f"20{needs_in_care.year(store)[-2:]}-03-31")


def on_care(store: Store) -> str:
    """Who these children are, and where the rest of the story is."""
    return (
        "**Other children.** These are the children known to social care on that day who were found in the school"
        " census and have SEN support or a plan. How many of all these children have SEN is in Doing well. DfE hides"
        " numbers, mostly small ones, and they stay hidden here: where one of those compared has a hidden figure, no"
        " mean is given, since that of the others would not be theirs."
    )


# Sentences and what is missing


def notes(store: Store, area: Area, others: Comparators, tables: Mapping[str, Table], state: State) -> list[Note]:
    """What stands beside these tables; `state`: that of the answer."""
    travellers = (
        [Note("definition", _on_travellers(store, area, tables["ethnic_groups"]), about="ethnicity")]
        if "ethnic_groups" in tables
        else []
    )
    found = [
        *travellers,
        *(
            # Made of counts that only Explore shows, as it alone shows these parts.
            Note("definition", Text(_on_bands(others, tables[kind].data, kind, why), None, None), about=kind)
            for kind, why in ((kind, _why_alone(store, area, kind, state)) for kind in _SAID)
            if kind in tables and state != TOO_FEW
        ),
        *_on_those_without(store, others, tables),
    ]
    found.append(Note("missing", Text(_lacking_groups(area, tables["in_need"].data)), about="in_need"))
    several = len(area.parts) > 1 and area.kind not in ("region", "england")
    if several and tables["in_need"].data["share"].notna().any():
        text = "The figures of its authorities are added up; where that of one of them is hidden, so is the sum."
        found.append(Note("definition", Text(text), about="in_need"))
    return [note for note in found if note.text.explore]


@dataclass(frozen=True)
class _Group:
    """An ethnic group's plans, and the need that most of them name (empty where none is said)."""

    name: str
    plans: int
    most: str
    share: float

    def said(self, plans: str) -> str:
        """`Gypsy or Roma, 12 plans, most often for moderate learning difficulty (41.7%)`."""
        most = f", most often for {in_sentence(self.most)} ({percent(self.share)})" if self.most else ""
        return f"{self.name}, {plans}{most}"

    @property
    def counted(self) -> str:
        """`12 plans`."""
        return count_of(self.plans, "plan", "plans") if self.plans else "no plan"


@cache
def _places() -> tuple[int, ...]:
    groups = list(crosses.ETHNIC_GROUPS.values())
    return tuple(groups.index(name) for name in (crosses.GYPSY_OR_ROMA, crosses.TRAVELLER))


def _named(data: pd.DataFrame) -> list[_Group]:
    """Gypsy or Roma children and Travellers of Irish heritage, out of the table of every group; none where one has no
    figure."""
    columns = [data[name].tolist() for name in ("category", "count", "most", "most_count")]
    found = [[column[place] for column in columns] for place in _places()]
    if any(math.isnan(count) for _, count, _, _ in found):
        return []
    return [_Group(name, int(count), most, 100 * number / max(count, 1)) for name, count, most, number in found]


def _on_travellers(store: Store, area: Area, table: Table) -> Text:
    """Gypsy, Roma and Irish Traveller children: how many plans, and the need they name most often, here and in
    England."""
    groups = _named(table.data)
    if not groups:
        return Text("")
    whole, england = "Gypsy, Roma and Irish Traveller children", ""
    if area.code != ENGLAND and (of_england := _named(crosses_further.england_in_groups(store))):
        england = f" In England: {'; '.join(group.said(group.counted) for group in of_england)}."
    begins = f"{whole} in {area.in_text}: "
    told = "; ".join(group.said(group.counted) for group in groups)
    chance = ""
    if any(group.most and group.plans < _BY_CHANCE for group in groups):
        chance = " Of so few plans, one more or less can change which need comes first."
    few = "; ".join(
        f"{group.name}, fewer than 5 plans" if 1 <= group.plans <= LARGEST_OF_FEW else group.said(group.counted)
        for group in groups
    )
    plain = f"{begins}{few}.{chance}{england}"
    if table.closed:
        plain = f"With so few plans here, those of {whole} are not shown.{england}"
    return Text(f"{begins}{told}.{chance}{england}", plain, plain)


_SAID = {
    "started": (0, "of the new plans here started under the age of 5", 1, "started at 5 to 10"),
    "in_place": (0, "of all plans here have been in place for less than two years", 3, "for eight years or more"),
}
"""Kind of bands -> the two that say most, by their place among them, and their words."""


def _on_bands(others: Comparators, data: pd.DataFrame, kind: str, why: str) -> str:
    """The two bands that say most, of all plans, and the need furthest from those compared in the first of them; where
    there is a reason (`why`) to set the area beside nobody, its own bands alone, and the reason."""
    first, first_words, second, second_words = _SAID[kind]
    bands = len(crosses_further.BANDS[kind])
    share, mean, known, counts = (data[name].to_numpy(dtype=float).reshape(-1, bands) for name in _OF_BANDS)
    england = data["england"].to_numpy(dtype=float)[:bands] if "england" in data else np.full(bands, np.nan)
    if np.isnan(share[0, first]) or counts[0].sum() < FEWEST_TOLD:
        return ""
    if why:
        return f"{percent(share[0, first])} {first_words}; {percent(share[0, second])} {second_words}. {why}"
    mean = np.where(known > 0, mean, np.nan)  # one area alone may stand in the table with a figure that counts for none
    against = [
        *([f"{percent(mean[0, first])} {others.on_average}"] if not np.isnan(mean[0, first]) else []),
        *([f"{percent(england[first])} in England"] if not np.isnan(england[first]) else []),
    ]
    again = [percent(value) for value in (mean[0, second], england[second]) if not np.isnan(value)]
    sentence = f"{percent(share[0, first])} {first_words}{f', against {listed(against)}' if against else ''}; "
    sentence += f"{percent(share[0, second])} {second_words}{f' ({listed(again)})' if again else ''}."
    if kind != "started":
        return sentence
    names = data["name"].iloc[::bands].tolist()
    return sentence + _furthest(others, names, share[:, first], mean[:, first], counts.sum(axis=1))


_OF_BANDS = ("share", "comparator_mean", "areas_known", "count")


def _why_alone(store: Store, area: Area, kind: str, state: State) -> str:
    """Why the bands of an area are set beside no others in words; empty where they are."""
    if kind == "in_place":
        return "These are not set beside others, as the number of plans is doubtful." if state == DOUBTFUL else ""
    measure, year = crosses_further.NEW_PLANS, latest.needs_period(store, "new")
    in_doubt = doubtful.areas_in_doubt(store, measure, year)
    if parts.one_of(area) in in_doubt or parts.large_in_doubt(store, area, in_doubt):
        why = doubts.said(store, area, measure, year)
        return f"These are not set beside others. {why}" if why else ""
    return ""


def _furthest(others: Comparators, names: Sequence[str], share: Floats, mean: Floats, plans: Floats) -> str:
    """The need whose part that started under 5 is furthest from that of those compared, of needs with enough plans;
    the first row is of all plans."""
    away = np.where(plans >= FEWEST_TOLD, np.abs(share - mean), np.nan)[1:]
    if np.isnan(away).all() or np.nanmax(away) < LARGE:
        return ""
    row = 1 + int(np.nanargmax(away))
    name, there = in_sentence(names[row]), f"its part in {others.label}" if others.alone else others.the_mean
    return (
        f" Of the needs with {FEWEST_TOLD} new plans or more, {name} {is_or_are(name)} furthest from {there}:"
        f" {percent(share[row])} started under 5, against {percent(mean[row])}."
    )


def _lacking_groups(area: Area, data: pd.DataFrame) -> str:
    """Which children in need have no figure here, where others have: an authority may have sent none."""
    gone = data["status"].eq(NOT_AVAILABLE).to_numpy()
    if not gone.any() or gone.all():
        return ""
    groups = [in_sentence(str(name)) for name in dict.fromkeys(data.loc[gone, "category"])]
    return f"Not available for {area.name}: children {'; '.join(groups)}."


def _on_those_without(store: Store, others: Comparators, tables: Mapping[str, Table]) -> list[Note]:
    """Who of those compared is left out of the means of each of these tables that there is, and why."""
    found = []
    for about in (*_SAID, "schools", "in_need"):
        if about not in tables:
            continue
        out = crosses_further.left_out(store, about)
        aside = {} if others.alone else {code: out[code] for code in others.codes if code in out}
        gone = _unavailable(store, about, [code for code in others.codes if code not in aside])
        reasons = dict.fromkeys(_names(store, gone), "not available")
        reasons |= dict(zip(_names(store, list(aside)), aside.values(), strict=True))
        text = f"Left out of the mean and the range: {means.lacking(reasons)}." if reasons else ""
        if others.alone:
            why = out.get(others.codes[0], "") if about in _SAID else ""
            text = f"{capital(others.label)}: {why}, so nothing is said of its figures." if why else ""
            text = f"Not available for {others.label}." if gone else text
        found.append(Note("missing", Text(text), about=about))
    return found


def _unavailable(store: Store, about: str, codes: Sequence[str]) -> tuple[str, ...]:
    """Those of some areas that have no figure in a table."""
    if about == "schools":
        return crosses_further.without_pupils(store, codes)
    if about == "in_need":
        return needs_in_care.unavailable(store, codes)
    return crosses_further.without_bands(store, about, codes)


def _names(store: Store, codes: Sequence[str]) -> list[str]:
    return [parts.name_of(store, code) for code in codes]
