"""What is said of several authorities together, whose outcomes nobody publishes: the sum of those who are in no
setting, children in need by SEN and home education, which are made of counts."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from sendlib.answer import Figure, Note, Text
from sendlib.answer.numbers import in_so_many, listed, of_every, out_of, percent, said
from sendlib.areas import Area
from sendlib.compared import widened
from sendlib.compared.comparators import Comparators, known_areas
from sendlib.compared.means import of_how_many
from sendlib.questions.doing_well import care, plainly, show_the_sum, sum_plainly
from sendlib.questions.doing_well import words as wording
from sendlib.questions.doing_well.beside import not_available
from sendlib.questions.doing_well.columns import COMPARED, KNOWN
from sendlib.questions.doing_well.sum_definitions import NOT_BEING_EDUCATED, NOT_IN_SETTING, WAITING
from sendlib.questions.doing_well.tables import Sums
from sendlib.store import Store
from sendlib.tables import periods
from sendlib.tables.symbols import VALUE

LEAD = "sum_by_january"
"""The picture that leads, in place of the gaps."""
_IN_NEED = "in_need"
_IN_TITLE = {
    NOT_IN_SETTING: ("Not in a setting", "No school or college"),
    NOT_BEING_EDUCATED: ("Not being educated", "Not being educated"),
    WAITING: ("Awaiting provision", "Waiting for a place"),
}
CANNOT_TELL = (
    Text(
        "Which of those in no setting are learning all the same: many are taught at home or by arrangement.",
        families="Which of them are learning all the same, at home or in another arranged way.",
    ),
    Text(
        "How far the authorities differ within a year of age or a need: the sum has neither.",
        families=None,
    ),
)
COULD_CHANGE = (
    Text(
        "Which of the authorities to ask first, and what they could look for together: places, and who follows up.",
        families="What the councils could do together for children who have no place.",
    ),
)


def title(found: Sums) -> Text:
    """The sum as a share of all plans, or that it is not known, in ten words or fewer."""
    trade, plain = _IN_TITLE[found.definition]
    row = found.compared.iloc[0]
    if found.doubted:
        share = plain_share = "the number of plans is doubtful"
    elif show_the_sum.says_nothing(found.own) or show_the_sum.share_in_words(row) == "not known":
        share = plain_share = "not known"
    else:
        share, plain_share = f"{show_the_sum.share_in_words(row)} of plans", sum_plainly.share(row)
    return Text(f"{trade}: {share}", families=f"{plain}: {plain_share}")


def headline(area: Area, found: Sums, children: pd.DataFrame, unsent: dict[str, int]) -> Text:
    """The sum with England's, and how many children in need have a plan; `children`: care.care."""
    whose = f" from {authorities(area)}"
    need = _need_in_words(_of_need(children))
    if found.doubted:
        doubtful = wording.doubtful(found.january, found.definition)
        return Text(f"{doubtful.explore.strip()}{need}", families=doubtful.in_mode("families").strip())
    england = show_the_sum.share_of(found.england)
    beside = f" In England it was {england} of those with a plan." if england != "not known" else ""
    long, short = (
        wording.sum_sentence(found.own, found.january, found.definition, unsent, short=brief, whose=whose).strip()
        for brief in (False, True)
    )
    plain = wording.plain_sum(found.own, found.january, found.definition, whose=whose).strip()
    # For families the large numbers have England's, and children in need.
    return Text(f"{long}{beside}{need}", show=f"{short}{beside}", families=plain)


def _need_in_words(row: pd.Series) -> str:
    """How many children in need have a plan, here and in England."""
    if row["status"] != VALUE or pd.isna(row["england_reached"]):
        return ""
    return (
        f" On 31 March 20{str(row['measured_in'])[-2:]}, {percent(row['reached'])} of the children in need there had an"
        f" EHC plan; in England it was {percent(row['england_reached'])}."
    )


def authorities(area: Area) -> str:
    """Whose plans they are: `Devon, Plymouth and Torbay`, `the authorities of NHS Devon`."""
    return area.in_text if area.kind == "group" else f"the authorities of {area.in_text}"


def figures(
    sum_of_all: Figure, tables: tuple[pd.DataFrame, pd.DataFrame], area: Area, others: Comparators | None, found: Sums
) -> tuple[Figure, ...]:
    """The sum, then children in need with a plan and home education, each beside those compared and England.

    `tables`: care.care and closer.home_education. Of so few children there is only the sum, which is not shown.
    """
    if found.few:
        return (sum_of_all,)
    children, home = tables
    return (sum_of_all, _in_need(children, others), *([] if found.doubted else [_at_home(home, area, others)]))


def _of_need(children: pd.DataFrame) -> pd.Series:
    """The row of children in need with an EHC plan."""
    of_need = children["children_who"].eq(care.CARE_BY_AREA[_IN_NEED])
    return children[of_need & children["pupils_with"].eq(care.CARE_SEN["ehc_plan"])].iloc[0]


def _in_need(children: pd.DataFrame, others: Comparators | None) -> Figure:
    row = _of_need(children)
    day = f"31 March 20{str(row['measured_in'])[-2:]}"
    return _share(
        Text(
            f"Children in need who have an EHC plan, {day}",
            show=f"Children in need with a plan, {day}",
            families=f"Children in need who have a plan, {day}",
        ),
        row,
        _Shares(float(row["reached"]), float(row["comparator_reached"]), float(row["england_reached"])),
        str(row["status"]),
        others,
        "care",
    )


def _at_home(home: pd.DataFrame, area: Area, others: Comparators | None) -> Figure:
    newest = home[home["period"].eq(home["period"].max())].set_index("group")
    row, england = newest.loc[area.name], float(newest.at["England", "share_of_plans"])
    of = newest.loc[others.mean_heading] if others and others.mean_heading in newest.index else row
    mean = float(of["share_of_plans"]) if of is not row else float("nan")
    when = periods.spoken(str(home["period"].max()))
    return _share(
        Text(
            f"In elective home education, of all plans, {when}",
            show=f"Taught at home, of all plans, {when}",
            families=f"With a plan and taught at home, {when}",
        ),
        of,
        _Shares(float(row["share_of_plans"]), mean, england),
        str(row["status"]),
        others,
        "placements",
    )


@dataclass(frozen=True)
class _Shares:
    """A share (per cent) of the area, the mean of those compared and England's."""

    own: float
    mean: float
    england: float


def _share(
    label: Text, of_mean: pd.Series, shares: _Shares, status: str, others: Comparators | None, table: str
) -> Figure:
    """A share as a large number; `of_mean`: the row that says of how many the mean is."""
    known, many = shares.own == shares.own, out_of(shares.own, shares.mean, shares.england)
    beside = _beside(others, of_mean, shares, many, alone=not known)
    return Figure(
        label,
        shares.own if known else None,
        "%",
        beside,
        status=VALUE if known else status,
        table=table,
        out_of=many,
    )


def _beside(others: Comparators | None, row: pd.Series, shares: _Shares, many: int, *, alone: bool) -> Text:
    """`all authorities (149 of 150) 24.1%, England 22.8%`; for families an average in plain words, out of so many,
    which is said where it stands `alone`, without a number of the area."""
    mean, england = shares.mean, shares.england
    compared = plain = ""
    if others and others.codes:
        known, number = int(row[KNOWN]), int(row[COMPARED])
        compared = f"{others.short}{of_how_many(known, number)} {percent(mean)}"
        plain = f"{plainly.average(others, known)} is {_of_so_many(mean, many, alone=alone)}"
        if mean != mean:
            compared = f"{others.short} {not_available(known, number)}"
            plain = f"{plainly.average(others)} is {plainly.not_available(known, number)}"
    of_england = f"England {percent(england)}" if england == england else ""
    plain_england = f"England {_of_so_many(england, many, alone=alone)}" if of_england else ""
    return Text(
        ", ".join(said([compared, of_england])), families=plainly.sentences(", ".join(said([plain, plain_england])))
    )


def _of_so_many(share: float, many: int, *, alone: bool) -> str:
    return of_every(share, many) if alone or share != share else in_so_many(share, many)


def notes(store: Store, area: Area) -> tuple[Note, ...]:
    """Why there are no outcomes and where they are to be seen, and who has no figure of children in need."""
    names = listed([known_areas(store).get(code).in_text for code in area.parts[:_MOST_NAMED]])
    more = len(area.parts) - _MOST_NAMED
    whose = f"{names} and {more} more" if more > 0 else names
    plainly = whose if len(area.parts) <= _FEW_NAMED else f"any of the {len(area.parts)} here"
    text = (
        "How children get on at each stage, absence and suspensions, what follows 16 and money are not available for"
        " several authorities together: the sources (DfE's LAIT and others) give shares without the numbers that they"
        f" are shares of. They are on the page of each authority by itself: {whose}."
    )
    plain = (
        "How children get on at school is not published for several councils together. Choose one council alone to see"
        f" it: {plainly}."
    )
    found = [Note("missing", Text(text, families=plain))]
    if lacking := _without_children(store, area):
        found.append(Note("missing", Text(lacking), "care"))
    return tuple(found)


_MOST_NAMED, _FEW_NAMED = 15, 5
"""Authorities that are named in a sentence, and in one for families."""


def _without_children(store: Store, area: Area) -> str:
    """Who has no number of children in need or looked after, so that there is none of all together."""
    rows = widened.lacking(store, "care", area.code)
    if rows.empty:
        return ""
    wanted = rows["need"].eq("all") & rows["unit"].eq("children") & rows["period"].eq(care.care_year(store))
    told: dict[str, list[str]] = {}
    for group, sen, without in rows.loc[wanted, ["group", "sen", "without"]].astype(str).itertuples(index=False):
        if group in care.CARE_BY_AREA and sen in ("all", "ehc_plan", "sen_support", "no_sen"):
            told.setdefault(care.CARE_BY_AREA[group], []).extend(without.split(","))
    parts = []
    for group, codes in told.items():
        names = listed([known_areas(store).get(code).in_text for code in dict.fromkeys(codes)])
        parts.append(
            f"{group}: a number of {names} is hidden to protect children's privacy, or not published, so that there is"
            " no share of all together."
        )
    return " ".join(parts)
