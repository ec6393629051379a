"""What Getting help says of plans on time: its title, its sentence, and when a figure is out of line.

Two tests tell what an average would hide. A share is *far from the standard*
below FAR per cent. It is *outside its own usual range* when it lies more than
MARGIN points below or above every earlier year, with at least FEWEST_YEARS such
years, counted from the first whole year of the law and with FEW plans or more
in each; the newest year and the one before it are looked at. The thresholds are
choices of ours.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sendlib.areas import Area
from sendlib.methods import compare
from sendlib.questions.answer import Headline, Note, count_of, listed, percent, written
from sendlib.questions.comparators import Comparators
from sendlib.questions.getting_help.plans_on_time import Before
from sendlib.questions.getting_help.process_tables import FEW

FAR, HALF = 25.0, 50.0
COLLAPSE = 0.25
"""A year with fewer than this part of the plans of the year before may be an incomplete return."""
MARGIN = 5.0
FEWEST_YEARS = 5
FIRST_WHOLE_YEAR = "2015"
STANDARD = (
    "**The 20-week standard.** The law gives a council 20 weeks from the day it receives a request for an assessment to the"
    " day it issues the final plan. It applies to every plan, apart from a few exceptions, such as appointments that a family missed or a"
    " child away from the area for four weeks or more (Special Educational Needs and Disability Regulations 2014, regulations 10 and"
    " 13). Plans that may be exceptions are counted here with the rest."
)
STANDARD_BRIEF = "By law a plan must be issued within 20 weeks of the request, with few exceptions."
BREAKS = (
    "2014 is only the first four months of the law, with few plans. Breaks: 1: during part of 2020 the law on time limits was changed because of coronavirus."
    " 2: from 2022 DfE collects each plan by itself; before, authorities sent totals."
)
BREAKS_PLAIN = (
    "The law began in September 2014, so 2014 has few plans. 1: in part of 2020 the time limits were changed because of coronavirus."
    " 2: from 2022 plans are counted in a new way."
)
STANDARD_PLAIN = (
    "**What is on time?** By law, a plan should be ready 20 weeks after somebody asked for an assessment. There are a few"
    " exceptions, for example when a child is away for a long time. They are counted here with the rest."
)


def _beside(others: Comparators) -> str:
    return {"neighbours": "among its neighbours", "region": "in its region", "all authorities": "on average", "similar authorities": "in similar authorities"}.get(
        others.short, "among those compared"
    )


def title(area: Area, others: Comparators, row: pd.Series) -> str:
    """At most ten words, true for the area: `row` is the newest year of the lead table."""
    own, mean = row["share"], row["comparator_mean"]
    if np.isnan(own):
        return f"Not published for {area.in_text} in {row['period']}"
    if row["issued"] < FEW:
        return f"Too few plans in {area.in_text} to compare"
    if np.isnan(mean):
        return f"{percent(own)} of plans were on time in {row['period']}"
    word = compare.direction(own, mean)
    if word == compare.SAME:
        return f"Plans about as often on time as {_beside(others)}"
    return f"Plans {'more' if word == compare.HIGHER else 'less'} often on time than {_beside(others)}"


def headline(area: Area, others: Comparators, row: pd.Series, refused: tuple[str, float], appeals: tuple[str, float]) -> Headline:
    """The sentence in three lengths; `refused` per cent and `appeals` per 100, each with its year, may be NaN."""
    name, year, own, mean, england = area.in_text, row["period"], row["share"], row["comparator_mean"], row["england"]
    more = _more(refused, appeals)
    if np.isnan(own):
        told = f"The share of plans issued within 20 weeks in {name} was not published for {year}; in England it was {percent(england)}."
        plain = f"How many plans were on time in {name} in {year} was not published. In England it was {_of_100(england)} of every 100."
        return Headline(plain, told + more, told + more)
    if row["issued"] < FEW:
        told = f"In {name}, {written(row['in_20_weeks'])} of {count_of(int(row['issued']), 'plan', 'plans')} issued in {year} came within 20 weeks."
        few = f"{told} That is too few to compare."
        return Headline(few, few, f"{told} That is too few to compare (England {percent(england)}).")
    among = "" if np.isnan(mean) else f" {plain_mean(others, mean)}."
    average = "" if np.isnan(mean) else f"{others.label} average {percent(mean)}, "
    against = "" if np.isnan(mean) else f", against a mean of {percent(mean)} among {others.label}: {compare.direction(own, mean)}"
    return Headline(
        families=f"In {name}, {_ready(own, year)} in the 20 weeks that the law gives.{among}",
        councillor=f"In {name}, {percent(own)} of plans issued in {year} came within 20 weeks; {average}England {percent(england)}.{more}",
        analyst=f"In {name}, {percent(own)} of the {written(row['issued'])} plans issued in {year} came within 20 weeks (exceptions"
        f" included){against}. England {percent(england)}.{more}",
    )


def plain_mean(others: Comparators, mean: float) -> str:
    """A mean of percentages in plain words: never as so many of every 100 plans, which it is not."""
    if len(others.codes) == 1:
        return f"In {others.label} it was {percent(mean, 0)}"
    return f"The average of {others.label} was {percent(mean, 0)}"


def _ready(share: float, year: str) -> str:
    if share == 100:
        return f"all new plans in {year} were ready"
    if share == 0:
        return f"no new plan in {year} was ready"
    return f"{_of_100(share)} of every 100 new plans in {year} were ready"


def _of_100(share: float) -> str:
    if share == 0:
        return "none"
    if share < 0.5:
        return "fewer than 1"
    if share == 100:
        return "all"
    return "more than 99" if share > 99.5 else f"about {written(share)}"


def _more(refused: tuple[str, float], appeals: tuple[str, float]) -> str:
    """` In 2024, 25.2% of requests were turned down, and ...`: the year of each figure is said."""
    said: dict[str, list[str]] = {}
    if not np.isnan(refused[1]):
        said.setdefault(refused[0], []).append(f"{percent(refused[1])} of requests for an assessment were turned down")
    if not np.isnan(appeals[1]):
        said.setdefault(appeals[0], []).append(f"there were {written(appeals[1], 1)} appeals for every 100 decisions that can be appealed")
    return "".join(f" In {year}, {' and '.join(parts)}." for year, parts in said.items())


def standing(table: pd.DataFrame) -> list[Note]:
    """Cautions: far from the standard, and outside its own usual range. `table` is the lead table."""
    known = table[table["share"].notna() & table["issued"].ge(FEW) & table["period"].ge(FIRST_WHOLE_YEAR)].reset_index(drop=True)
    if known.empty or known["period"].iloc[-1] != table["period"].iloc[-1]:
        return []
    return [note for note in (_far(known), _unusual(known)) if note]


def incomplete(table: pd.DataFrame) -> Note | None:
    """A warning where so few plans were issued, against the year held before, that the return may be incomplete."""
    known = table.dropna(subset=["issued"])
    if len(known) < 2:
        return None
    before, now = known.iloc[-2], known.iloc[-1]
    if before["issued"] < FEW or now["issued"] >= COLLAPSE * before["issued"]:
        return None
    fell = f"from {written(before['issued'])} in {before['period']} to {written(now['issued'])} in {now['period']}"
    return Note(
        "caution",
        f"The number of plans issued fell {fell}: the return may be incomplete.",
        plain=f"The number of new plans fell {fell}. Some may be missing from these figures.",
    )


def left_out(table: pd.DataFrame, others: Comparators, before: Before | None) -> list[Note]:
    """What the picture of plans on time leaves out, or draws of the authority that was here before. `table` is the lead table."""
    notes = []
    few = table[table["left_out"].ne("")]
    if len(few):
        years = listed([f"{year} ({count_of(int(number), 'plan', 'plans')})" for year, number in zip(few["period"], few["issued"], strict=True)])
        notes.append(f"Not drawn here, because a share of fewer than {FEW} plans says little: {years}.")
    thin = table[table["comparator_mean"].isna()]
    if len(thin):
        years = listed([f"{year} ({written(number) if number else 'none'} of {len(others.codes)})" for year, number in zip(thin["period"], thin["in_the_mean"], strict=True)])
        notes.append(f"No mean of {others.label} is drawn where too few of them have {FEW} plans or more: {years}.")
    found = [Note("missing", text, "on_time", plain=text.replace("No mean of", "No average of")) for text in notes]
    if before:
        text = f"Until {before.until} the line is that of {before.name}, another area than today's; it is in no other figure here."
        found.append(Note("missing", text, "on_time", plain=f"The line until {before.until} is for {before.name}, the area before."))
    return found


def of_the_picture() -> list[Note]:
    """What stands under the picture of plans on time: its breaks, and the standard."""
    return [
        Note("break", BREAKS, "on_time", plain=BREAKS_PLAIN),
        Note("definition", STANDARD, "on_time", plain=STANDARD_PLAIN, brief=STANDARD_BRIEF),
    ]


def _far(known: pd.DataFrame) -> Note | None:
    now = known.iloc[-1]
    if now["share"] >= HALF:
        return None
    # An average hides a fall: the best earlier year is named, where one was better than the newest.
    best = known.loc[known["share"].idxmax()]
    fell = best["share"] > now["share"]
    was = f"; in {best['period']} it was {percent(best['share'])}" if fell else ""
    was_plain = f" In {best['period']} it was {percent(best['share'], 0)}." if fell else ""
    plain = f"Most new plans were late: {percent(now['share'], 0)} were ready in time in {now['period']}.{was_plain}"
    if now["share"] >= FAR:
        return Note("caution", f"More than half of plans were late: {percent(now['share'])} were on time in {now['period']}{was}.", plain=plain)
    far = f"Far from the 20-week standard: {percent(now['share'])} of plans were on time in {now['period']}, fewer than 1 in 4"
    return Note("caution", f"{far}{was}.", plain=plain.replace("late:", "late, far from what the law asks:"))


def _unusual(known: pd.DataFrame) -> Note | None:
    """The newest year, or else the one before, that lies outside the range of all years before it."""
    for place in range(len(known) - 1, max(len(known) - 3, 0), -1):
        before, year = known.iloc[:place], known.iloc[place]
        if len(before) < FEWEST_YEARS:
            continue
        low, high = before["share"].min(), before["share"].max()
        beyond = low - year["share"] if year["share"] < low else year["share"] - high
        if beyond <= MARGIN:
            continue
        where = "below" if year["share"] < low else "above"
        last = known.iloc[-1]
        then = "" if place == len(known) - 1 else f" In {last['period']} it was {percent(last['share'])}."
        short = f"Outside its own usual range: {percent(year['share'])} in {year['period']}, {where} every earlier year with a figure since {before['period'].iloc[0]}"
        much = "less" if where == "below" else "more"
        then_plain = then and f" In {last['period']} it was {percent(last['share'], 0)}."
        plain = (
            f"{year['period']} was not a usual year here: {percent(year['share'], 0)} of new plans were ready in time, {much} often than in any year before"
            f" it since {before['period'].iloc[0]} ({percent(low, 0)} to {percent(high, 0)}).{then_plain}"
        )
        return Note("caution", f"{short} ({percent(low)} to {percent(high)}).{then}", plain=plain, brief=f"{short}.{then}")
    return None
