"""Why there is no mean of those compared, and who of them is left out of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sendlib.answer.numbers import written
from sendlib.compared import means
from sendlib.compared.comparators import Comparators

FEW = 20
"""A share of fewer plans, requests or decisions is told as numbers, not drawn, not compared and in no mean."""
FEW_PLANS, FEW_SHARES = f"fewer than {FEW} plans", f"a share of fewer than {FEW}"
_MOST_NAMED = 20
"""Of more authorities than these only how many they are is said."""


def why(known: int, others: Comparators, reasons: Mapping[str, str]) -> str:
    """`only 2 of 10 have one; left out: Rutland and Luton (not available)`; nothing where there is a mean.

    `known`: how many have a share that counts; `reasons`: why each of the others has none. Of one area alone: its
    reason.
    """
    if others.alone:
        return next(iter(reasons.values()), "")
    told = means.why_none(known, len(others.codes))
    return f"{told}; left out: {who(reasons)}" if told and known and reasons else told


def who(reasons: Mapping[str, str]) -> str:
    """Who is left out and why; of many, how many for each reason."""
    if len(reasons) <= _MOST_NAMED:
        return means.lacking(reasons)
    return "; ".join(
        f"{written(number)} authorities ({reason})" for reason, number in Counter(reasons.values()).items()
    )
