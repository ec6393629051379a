"""Numbers in the words of Looking ahead, and what it cannot tell. headline.py and notes.py have the rest."""

from __future__ import annotations

import math

import pandas as pd

from sendlib.answer import Text
from sendlib.answer.numbers import capital, listed, percent, written
from sendlib.areas import Area
from sendlib.methods import scenarios as paths
from sendlib.questions.looking_ahead import places, residents, send_past
from sendlib.questions.looking_ahead.fitted_trend import Fitted
from sendlib.questions.looking_ahead.places import FEW
from sendlib.questions.looking_ahead.scenarios import NAMES
from sendlib.store import Store
from sendlib.tables.life_limiting import Evidence
from sendlib.tables.symbols import VALUE

GENTLY = (
    "A life-limiting or life-threatening condition is a very serious health condition."
    " A child who lives with one may need extra care, and so may the family."
)
GENTLE = Text(
    GENTLY,
    show="A life-limiting condition is a very serious health condition that may need extra care.",
    families=None,
)
"""Said over the picture, in one line on a shared screen; in Families the sentence above begins with it."""
COULD_CHANGE = (
    Text(
        "Plans for children's palliative care, community nursing and short breaks,"
        " with a low and a high number instead of one.",
        families="Plans for nursing at home, short breaks and support for families.",
    ),
    Text(
        "When to plan with adult services: those who turn 18 by 2030 are children today.",
        families="Planning early for young people who will soon be adults.",
    ),
    Text(
        "What to ask local hospitals and hospices for: a local count would be worth more than any of these scenarios.",
        families=None,
    ),
)


def per_10000(rate: float) -> str:
    """A rate as it is published: `66.4`, `84.22`; one that was worked out has no more figures than those."""
    return f"{round(rate, 2):g}"


def end_of(ends: pd.DataFrame, name: str) -> pd.Series:
    """The row of a scenario in the table of where they end."""
    return ends[ends["scenario"].eq(NAMES[name])].iloc[0]


def is_known(end: pd.Series) -> bool:
    """Whether the area's children of a row of the table of where scenarios end are known, be they fewer than ten."""
    return bool(end["status"] == VALUE)


def about(number: float) -> str:
    """`about 365`, or `fewer than 10`; of a number that is known."""
    return FEW if math.isnan(number) else f"about {written(number)}"


def span(end: pd.Series) -> str:
    """`285 to 450`; empty where there is nothing to give."""
    if not end["range_holds"]:
        return ""
    low, high = (
        (end["range_from"], end["range_to"]) if "range_from" in end else (end["published_from"], end["published_to"])
    )
    return " to ".join(FEW if math.isnan(number) else written(number) for number in (low, high))


def limits(end: pd.Series) -> str:
    """`285 to 450 with chance, differences between areas and the study's published interval`; empty where there is
    nothing to give."""
    return f"{span(end)} with {end['range_holds']}" if span(end) else ""


def cannot_tell(store: Store, evidence: Evidence, basis: str, fitted: Fitted | None) -> tuple[Text, ...]:
    """What the page cannot tell; Families read of three things, in their own words."""
    last = evidence.last
    tested = fitted.tested if fitted else "That of life-limiting conditions could not be tested."
    return (
        Text(
            f"How many children there are today: no count after {last.year} was found.",
            families=f"How many children there are today. We found no count since {last.year}.",
        ),
        *(Text(text, families=None) for text in _not_available(evidence)),
        Text(
            "Which child, how ill, or what care a family needs. Complexity is not measured: 'How complex are the"
            " needs?' has what would be needed.",
            show="Which child, how ill, or what care a family needs. Complexity is not measured.",
            families="Which child, or what care a family needs.",
        ),
        Text(
            f"What would make the low or the high come true. {evidence.facts['variants_apart']['text']}",
            families=(
                "What will really happen. Lower and higher are two possibilities that researchers published;"
                " nobody knows which will be nearer."
            ),
        ),
        Text(f"How much of the rise was real. {forecast(evidence)}", families=None),
        Text(_now(store, basis), families=None),
        Text(f"How near any projection comes. {tested} {send_past.how_wrong(store)}", families=None),
    )


def _not_available(evidence: Evidence) -> list[str]:
    missing = evidence.not_published()
    if not missing:
        return []
    promise = "" if evidence.problems else " When somebody types them into the tables of this app, it uses them."
    return [
        f"What is not available here: {listed(missing)}. The study's full report has more of it, with"
        " figures of regions, and Together for Short Lives has numbers of smaller areas; neither could be"
        f" read for this page.{promise}"
    ]


def now_two_ways(store: Store, basis: str) -> tuple[float, float]:
    """Residents aged 0 to 19 at the newest mid-year as estimated, and as a projection had them."""
    when = residents.estimated(store)
    return residents.in_england(store, residents.LATER, when), float(residents.england(store).loc[basis, when, "0-19"])


def _now(store: Store, basis: str) -> str:
    """How far the newest estimate of residents lies from the chosen projection, both ways."""
    estimate, projected = now_two_ways(store, basis)
    off = 100 * (estimate / projected - 1)
    if math.isnan(off):
        return (
            f"How many residents there will be: how far ONS' newest estimate lies from {residents.projection(basis)} is"
            " not available."
        )
    if abs(off) < 0.05:
        return (
            f"How many residents there will be: {residents.projection(basis)} agrees with ONS' newest estimate so far,"
            f" and may not in {residents.TARGET[:4]}."
        )
    return (
        f"How many residents there will be. ONS' newest estimate is {percent(abs(off))}"
        f" {'above' if off > 0 else 'below'} {residents.projection(basis)}, from which {residents.now(store)} and"
        f" {residents.TARGET[:4]} are both taken: both may be that much too {'low' if off > 0 else 'high'}."
    )


def forecast(evidence: Evidence) -> str:
    """The one test against the past that life-limiting conditions themselves allow."""
    earlier = evidence.facts["earlier_series"]
    low, high = sorted(forecast_of_2010(evidence))
    return (
        f"A forecast made in 2010 from an earlier series would have said {written(low)} to {written(high)} in 10,000"
        f" for {earlier['reported_year']}; {earlier['reported']:g} was reported, with another definition, so part of"
        " the rise may be how conditions are recorded."
    )


def forecast_of_2010(evidence: Evidence) -> tuple[float, float]:
    """What somebody in 2010 would have said for the year reported later: the earlier series in a straight line, and by
    percentage."""
    earlier = evidence.facts["earlier_series"]
    first, last, target = (int(earlier[name][:4]) for name in ("first_year", "last_year", "reported_year"))
    slope = paths.yearly_slope(earlier["first"], earlier["last"], last - first)
    growth = paths.yearly_growth(earlier["first"], earlier["last"], last - first)
    return float(paths.linear_path(earlier["last"], slope, 1, target - last)), float(
        paths.path(earlier["last"], growth, 1, target - last)
    )


def unusable(evidence: Evidence) -> Text:
    """What is wrong with the files that somebody filled in: line by line for those who can mend it, and in a sentence
    for everybody else."""
    if not evidence.problems:
        return Text("")
    plainly = "Some figures that were typed in for this page could not be used. It shows what can be said without them."
    return Text(
        f"Not all that was filled in for this page could be used. {' '.join(evidence.problems)}",
        show=plainly,
        families=plainly,
    )


def area_of(area: Area) -> str:
    """The area at the beginning of a sentence."""
    return capital(places.together(area))
