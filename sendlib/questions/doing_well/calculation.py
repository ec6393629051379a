"""The sum of one area and January by one definition, as not_in_education.py works it out and sum_words.py says it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Calculation:
    """The sum of one area and January by one definition.

    `steps`: columns not_in_education.STEP_COLUMNS. `total` is None unless every part is known;
    `low` and `high` are what it lies between, None where there is no bound.
    Shares are per cent of `plans`. `says`: what this January can and cannot give.
    """

    area_code: str
    period: str
    definition: str
    steps: pd.DataFrame
    total: float | None
    low: float | None
    high: float | None
    certainty: str
    status: str
    plans: float
    share: float | None
    share_low: float | None
    share_high: float | None
    says: tuple[str, ...]
