"""The columns of SEND numbers ahead, and of how wrong past projections of them were."""

from __future__ import annotations

from sendlib.answer import Column
from sendlib.questions.looking_ahead.send_past import SINCE

_SERIES = Column(
    "Series", "which of the SEND numbers: plans in January, all or those in special schools, or a share of pupils"
)

BACKTEST = {
    "series": _SERIES,
    "method": Column("Method", "how it was projected"),
    "years_ahead": Column("Years ahead", "how many years ahead was projected", "years", 0),
    "starting_years": Column(
        "Starting years", f"number of years, since {SINCE}, that projections were made from", "years", 0
    ),
    "projections": Column(
        "Projections tested", "number of projections that were set against what came", "projections", 0
    ),
    "error": Column(
        "Middle error", "how far the projection was from what came, in the middle case, whichever way", "%", 0
    ),
    "bias": Column(
        "Too high (+) or too low (−)",
        "how far it was from what came, in the middle case; below nought is too low",
        "%",
        0,
    ),
    "missed_from": Column(
        "Missed from",
        "how far it was from what came, the tenth of the tries that were lowest left out; below nought is too low",
        "%",
        0,
    ),
    "missed_to": Column("Missed to", "the same, the tenth of the tries that were highest left out", "%", 0),
}

SEND = {
    "series": _SERIES,
    "line": Column("Line", "published, or the method by which it was projected"),
    "period": Column("When", "January of the plans, or school year of the pupils", period=True),
    "number": Column("Number", "plans, pupils or per cent of pupils, as the series says", decimals=1),
    "lowest": Column("Lowest of the ways on", "range of the number: the lowest of all the methods", decimals=1),
    "highest": Column("Highest of the ways on", "range of the number: the highest of all the methods", decimals=1),
}
"""The range stands beside the method in the middle, and is drawn from all of them."""
