"""My area in the words of families: the bar over the page names the area, so that a sentence says `here`."""

from __future__ import annotations

import numpy as np

from sendlib.answer import TOO_FEW, State
from sendlib.answer.numbers import in_so_many, more_or_fewer, out_of, written
from sendlib.areas import Area
from sendlib.compared import latest, parts, plainly
from sendlib.compared.comparators import Comparators
from sendlib.methods import compare
from sendlib.questions.my_area.tables import Change, Shares

FEW = "With so few children, one more or less moves every figure. So a difference from others may be chance."
IN_DOUBT = "How the number of plans has changed is not said here, as the numbers may be wrong."


def headline(area: Area, others: Comparators, share: Shares, change: Change, state: State) -> str:
    """Of every 100 pupils, how many have a plan and how many SEN support; or how many plans there are."""
    if not share.own:
        return f"{_no_share(area, share)} {_plans(change)}".strip()
    of_100 = (
        f"Of every 100 pupils at school here in {share.year}, {_about(share.own['ehc_plan'], share.whole[0])} had an"
        f" EHC plan. {_about(share.own['sen_support'], share.whole[1]).capitalize()} more got SEN support, without a"
        " plan."
    )
    if state == TOO_FEW:
        return f"{of_100} {FEW}"
    if not share.others:
        return of_100
    if parts.of_itself(area, others):
        low, high = (written(end) for end in share.halves["ehc_plan"])
        return f"{of_100} In half of its councils, between {low} and {high} of every 100 have an EHC plan."
    theirs = [
        _about(share.others[kind], whole)
        for kind, whole in zip(("ehc_plan", "sen_support"), share.whole_of_others, strict=False)
    ]
    among = plainly.on_average(others)
    return f"{of_100} {among[0].upper()}{among[1:]} it was {theirs[0]} and {theirs[1]}."


def _about(share: float, whole: int) -> str:
    """A share out of 100 in words, `whole` being the figures that the picture shows of it."""
    return "fewer than 1" if 0 < share < 0.5 else f"about {whole}"


def _no_share(area: Area, share: Shares) -> str:
    whom = "How many pupils here have an EHC plan or SEN support"
    if len(area.parts) > 1:
        return f"{whom} is not known: a part of the area has no number."
    return f"{whom} was not published for {share.year}."


def _plans(change: Change) -> str:
    """How many plans there are, and how many more or fewer than five years before."""
    if np.isnan(change.after):
        return ""
    then = latest.said(change.last)
    if change.doubted:
        return IN_DOUBT
    if np.isnan(change.own) or change.few:
        return f"There were {written(change.after)} plans in {then}."
    if round(change.own) == 0:
        return f"There were {written(change.after)} plans in {then}, about as many as five years before."
    return f"There were {written(change.after)} plans in {then}, {more_or_fewer(change.own)} than five years before."


def out_of_so_many(own: float | None, theirs: float | None, england: float, direction: str) -> int:
    """Of how many pupils a share and those beside it are told, so that two that are said to differ read so."""
    known = [share for share in (own, theirs, england) if share is not None]
    return out_of(*known, apart=direction in (compare.HIGHER, compare.LOWER))


def beside(area: Area, others: Comparators, share: Shares, kind: str, many: int) -> str:
    """What stands under the share of pupils: `similar areas 54 on average, England 53`."""
    if parts.of_itself(area, others):
        ends = share.halves[kind]
        if np.isnan(ends[0]):
            return ""
        return f"in half of its councils {' to '.join(in_so_many(one, many) for one in ends)}"
    told = [plainly.averaging(others, in_so_many(share.others[kind], many))] if kind in share.others else []
    if parts.england_stands(area, others):
        told.append(f"England {in_so_many(share.england[kind], many)}")
    return ", ".join(told)


def beside_change(area: Area, others: Comparators, change: Change) -> str:
    """What stands under the change of plans."""
    if parts.of_itself(area, others):
        ends = " to ".join(more_or_fewer(one) for one in change.half)
        return "" if np.isnan(change.half[0]) else f"in half of its councils {ends}"
    told = [] if np.isnan(change.others) else [plainly.averaging(others, more_or_fewer(change.others))]
    if parts.england_stands(area, others):
        told.append("England not available" if np.isnan(change.england) else f"England {more_or_fewer(change.england)}")
    return ", ".join(told)


def title(area: Area, others: Comparators, share: Shares, word: str) -> str:
    """Over the picture of a hundred pupils."""
    if not share.others or parts.of_itself(area, others):
        return f"{written(share.whole[0])} of every 100 pupils had an EHC plan"
    if word == compare.SAME:
        return f"Pupils with plans: a similar share to {plainly.the_average(others)}"
    # Where whole figures look the same, the difference is a slight one.
    much = "slightly" if share.whole[0] == share.whole_of_others[0] else "a"
    size = "larger" if word == compare.HIGHER else "smaller"
    return f"Pupils with plans: {much} {size} share than {plainly.the_average(others)}"


def left_out(others: Comparators, change: Change) -> str:
    """Who is not in the average change, or why there is none."""
    if change.why_none:
        return f"The change in the number of plans is not known for enough of {plainly.shortly(others)}."
    if not change.left_out:
        return ""
    number = len(change.left_out)
    whose = "one area, whose number is" if number == 1 else f"{number} areas, whose numbers are"
    return f"The average change leaves out {whose} missing, very small, or may be wrong."
