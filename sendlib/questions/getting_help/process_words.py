"""What Getting help says of plans on time: its title, its sentence, and when a figure is out of line.

Two tests tell what an average would hide. A share is *far from the standard*
below FAR per cent. It is *outside its own usual range* when it lies more than
MARGIN points below or above every earlier year, with at least FEWEST_YEARS such
years, counted from the first whole year of the law and with FEW plans or more
in each; the newest year and the one before it are looked at. The thresholds are
choices of ours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from sendlib.answer import DOUBTFUL, FULL, NOBODY, NOT_SHOWN, TOO_FEW, Note, State, Text
from sendlib.answer.numbers import capital, count_of, listed, of_every, percent, said, written
from sendlib.answer.table import LARGEST_OF_FEW
from sendlib.areas import Area
from sendlib.compared import means
from sendlib.compared.comparators import Comparators
from sendlib.compared.plainly import wholly
from sendlib.methods import compare
from sendlib.questions.getting_help import plainly, waited_longer
from sendlib.questions.getting_help.few import COVERED, FEW, NEARLY_ALL
from sendlib.questions.getting_help.plans_on_time import Before
from sendlib.questions.getting_help.process_tables import DOUBTFUL as DOUBTED
from sendlib.questions.getting_help.process_tables import HALF_COUNTED

FAR, HALF = 25.0, 50.0
COLLAPSE = 0.25
"""A year with fewer than this part of the plans of the year before may be an incomplete return."""
MARGIN = 5.0
FEWEST_YEARS = 5
FIRST_WHOLE_YEAR = "2015"
STANDARD = Text(
    "**The 20-week standard.** The law gives a council 20 weeks from the day it receives a request for an assessment to"
    " the day it issues the final plan. It applies to every plan, apart from a few exceptions, such as appointments"
    " that a family missed or a child away from the area for four weeks or more (Special Educational Needs and"
    " Disability Regulations 2014, regulations 10 and 13). Plans that may be exceptions are counted here with the"
    " rest.",
    show="By law a plan must be issued within 20 weeks of the request, with few exceptions.",
    families="What is on time? By law, a plan should be ready 20 weeks after somebody asked for an assessment."
    " There are a few exceptions, for example when a child is away for a long time. They are counted here with the"
    " rest.",
)
FIRST_YEAR = Text(
    "2014 is only the first four months of the law, with few plans.",
    show=None,
    families="The law began in September 2014, so 2014 has few plans.",
)
_ON_AVERAGE = "england"
"""The choice of all authorities: a title says `on average` of them."""


def state(row: pd.Series) -> State:
    """What can be said of the newest year of the lead table (`row`)."""
    if np.isnan(row["share"]):
        return NOT_SHOWN
    if row["left_out"] in (HALF_COUNTED, DOUBTED):
        return DOUBTFUL
    if row["issued"] < FEW:
        return TOO_FEW
    return NOBODY if np.isnan(row["comparator_mean"]) else FULL


def beside_its_own(area: Area, others: Comparators) -> bool:
    """Whether England stands beside its own authorities: then it is no more or less than they are, and their spread
    is what is told."""
    return area.kind == "england" and others.choice == _ON_AVERAGE


def title(area: Area, others: Comparators, row: pd.Series) -> Text:
    """At most ten words, true for the area: `row` is the newest year of the lead table."""
    own, mean, told = row["share"], row["comparator_mean"], state(row)
    # The names of several authorities in a row are too long for a title.
    name = "this group" if area.kind == "group" else area.in_text
    if told == NOT_SHOWN:
        return Text(f"Not {'published' if area.is_authority else 'available'} for {name} in {row['period']}")
    if told == TOO_FEW:
        return Text(f"Too few plans in {name} to compare")
    if told == DOUBTFUL:
        few = row["left_out"] == HALF_COUNTED
        return Text(f"{capital(name)}: {'too few plans counted to say' if few else 'the number of plans is doubtful'}")
    if beside_its_own(area, others) and own < HALF:
        return Text(
            f"Most plans late: {percent(own)} were on time in {row['period']}",
            families=f"Most plans late: {of_every(own)} were on time",
        )
    if told == NOBODY or beside_its_own(area, others):
        return Text(
            f"{percent(own)} of plans were on time in {row['period']}", families=plainly.on_time(own, row["period"])
        )
    among = "on average" if others.choice == _ON_AVERAGE else others.among
    begins = _set_beside(own, compare.direction(own, mean))
    return Text(f"{begins} {among}", families=f"{begins} {plainly.than(others)}")


def _set_beside(own: float, word: str) -> str:
    """The title up to whom the area is set beside."""
    if own < HALF:  # an average hides failure: that most were late comes first, whoever was later still
        than = {
            compare.HIGHER: "but less often than",
            compare.LOWER: "more often than",
            compare.SAME: "about as often as",
        }
        return f"Most plans late, {than[word]}"
    if word == compare.SAME:
        return "Plans about as often on time as"
    return f"Plans {'more' if word == compare.HIGHER else 'less'} often on time than"


def headline(
    area: Area,
    others: Comparators,
    row: pd.Series,
    refused: tuple[str, float],
    appeals: tuple[str, float],
    without: Sequence[str] = (),
) -> Text:
    """The sentence in three lengths; `refused` per cent and `appeals` per 100, each with its year, may be NaN.

    `without`: the authorities of an area of several that have no figure, so that there is none of all of them.
    """
    name, year, england = area.in_text, row["period"], row.get("england", np.nan)
    more, told = _more(refused, appeals), state(row)
    if told == NOT_SHOWN:
        none = "was not published" if area.is_authority else "is not available"
        lack = f" (no figure of {few_names(without)})" if without else ""
        whole = (
            f"The share of plans issued within 20 weeks in {name} {none} for {year}{lack};"
            f" in England it was {percent(england)}.{more}"
        )
        plain = f"How many plans were on time in {name} in {year} {none}{lack}."
        return Text(whole, families=f"{plain} In England it was {plainly.of_100(england)} of every 100.")
    if told == TOO_FEW:
        plans = count_of(int(row["issued"]), "plan", "plans")
        counted = f"In {name}, {written(row['in_20_weeks'])} of {plans} issued in {year} came within 20 weeks."
        if np.isnan(row["in_20_weeks"]):
            counted = f"In {name}, {percent(row['share'])} of {plans} issued in {year} came within 20 weeks."
        few = f"{counted} That is too few to compare"
        plain = f"In {name}, {few_of(row['issued'])} issued in {year}: too few to say how many were in time."
        return Text(f"{few} (England {percent(england)}).", show=plain, families=plain)
    if told == DOUBTFUL:
        return _not_counted(name, row, more)
    if beside_its_own(area, others):
        return _spread(name, row, more)
    return _compared(area, others, row, more)


MOST_NAMED = 5


def few_names(names: Sequence[str]) -> str:
    """Names of authorities, of many how many they are."""
    return listed(list(names)) if len(names) <= MOST_NAMED else f"{len(names)} authorities"


def _spread(name: str, row: pd.Series, more: str) -> Text:
    """The sentence of England, beside the spread of its authorities."""
    year, own = row["period"], row["share"]
    counted = f"{percent(own)} of the {written(row['issued'])} plans issued in {year} came within 20 weeks"
    half = f"between {percent(row['low'])} and {percent(row['high'])}"
    many = written(row["in_the_mean"])
    exactly = 100 * row["in_20_weeks"] / row["issued"] if row["in_20_weeks"] <= row["issued"] else own
    return Text(
        f"In {name}, {counted} (exceptions included). Of its {many} authorities with a share that counts, the middle"
        f" half has {half}; the lowest has {percent(row['lowest'])}, the highest {percent(row['highest'])}.{more}",
        show=f"In {name}, {counted}; the middle half of its authorities has {half}.{more}",
        families=f"In {name}, {plainly.ready(exactly, year)} in the 20 weeks that the law gives."
        f" {plainly.half_of_councils(row['low'], row['high'])}",
    )


def few_of(number: float) -> str:
    """`fewer than 5 plans were`, `12 plans were`: a count as it is said where people sit together."""
    if number == 0:
        return "no plan was"
    plans = "fewer than 5 plans" if number <= LARGEST_OF_FEW else f"{written(number)} plans"
    return f"{plans} were"


def _not_counted(name: str, row: pd.Series, more: str) -> Text:
    """The sentence where the return leaves out most plans, or can not be right."""
    year, england = row["period"], percent(row.get("england", np.nan))
    if np.isnan(row["coverage"]) or row["coverage"] >= COVERED:
        why, plain = str(row["doubtful"]), f"The number of plans that {name} reported for {year} can not be right."
    else:
        started = written(100 * row["issued"] / row["coverage"])
        why = (
            f"The return of {name} for {year} counts {count_of(int(row['issued']), 'plan', 'plans')} for the 20 weeks,"
            f" of the {started} that started."
        )
        plain = why
    silent = "How many were on time is not said."
    return Text(f"{why} {silent} England {england}.{more}", f"{plain} {silent}", f"{plain} {silent}")


def uncovered(area: Area, row: pd.Series) -> Note | None:
    """How many of the plans that started the newest year's share is of, where that is not nearly all."""
    part = row["coverage"]
    if np.isnan(part) or part >= NEARLY_ALL or np.isnan(row["share"]) or part < COVERED:
        return None
    started = written(100 * row["issued"] / part)
    told = (
        f"Plans on time in {row['period']} are told of {written(row['issued'])} of the {started} plans that started in"
        f" {area.in_text} ({percent(part, 0)}): the return on the 20 weeks leaves out the rest."
    )
    # Families have it in the sentence of the page.
    return Note("caution", Text(told, f"Counted: {percent(part, 0)} of the plans that started.", None))


def _compared(area: Area, others: Comparators, row: pd.Series, more: str) -> Text:
    """The sentence where the area has a share of enough plans."""
    name, year, own, mean = area.in_text, row["period"], row["share"], row["comparator_mean"]
    is_england = area.kind == "england"
    england = "" if is_england else f" England {percent(row['england'])}."
    average = against = ""
    if not np.isnan(mean):
        average = f"{others.label} {percent(mean)}" if others.alone else f"{others.label} average {percent(mean)}"
        of_those = (
            f"{percent(mean)} in {others.label}" if others.alone else f"a mean of {percent(mean)} among {others.label}"
        )
        against = f", against {of_those}: {compare.direction(own, mean)}"
    part = "" if not row["coverage"] < NEARLY_ALL else f" ({percent(row['coverage'], 0)} of those that started)"
    started = written(100 * row["issued"] / row["coverage"]) if part else ""
    plain = f" That counts {written(row['issued'])} of the {started} plans that started." if part else ""
    # From the counts: a published share is rounded already, and to round it again can miss by one.
    exactly = 100 * row["in_20_weeks"] / row["issued"] if row["in_20_weeks"] <= row["issued"] else own
    counted = f"plans counted for {year}{part}" if part else f"plans issued in {year}"
    if not np.isnan(row["issued"]):
        counted = f"{written(row['issued'])} {counted}"
    beside = ", ".join(said([average, "" if is_england else f"England {percent(row['england'])}"]))
    longer = f" {waited_longer.of_row(row)} families waited longer." if waited_longer.of_row(row) else ""
    return Text(
        f"In {name}, {percent(own)} of the {counted} came within 20 weeks"
        f" (exceptions included){against}.{england}{more}",
        show=f"In {name}, {percent(own)} of {'the ' if part else ''}{counted} came within 20 weeks"
        f"{'; ' if beside else ''}{beside}.{more}",
        families=f"In {name}, {plainly.ready(exactly, year)} in the 20 weeks that the law gives.{longer}{plain}",
    )


def _more(refused: tuple[str, float], appeals: tuple[str, float]) -> str:
    """` In 2024, 25.2% of requests were turned down, and ...`: the year of each figure is said."""
    parts_of: dict[str, list[str]] = {}
    if not np.isnan(refused[1]):
        parts_of.setdefault(refused[0], []).append(
            f"{percent(refused[1])} of requests for an assessment were turned down"
        )
    if not np.isnan(appeals[1]):
        rate = f"there were {written(appeals[1], 1)} appeals for every 100 decisions that can be appealed"
        parts_of.setdefault(appeals[0], []).append(rate)
    return "".join(f" In {year}, {' and '.join(parts)}." for year, parts in parts_of.items())


def standing(table: pd.DataFrame) -> list[Note]:
    """Cautions: far from the standard, and outside its own usual range. `table` is the lead table."""
    whole_years = table["period"].ge(FIRST_WHOLE_YEAR)
    known = table[table["share"].notna() & table["left_out"].eq("") & whole_years].reset_index(drop=True)
    if known.empty or known["period"].iloc[-1] != table["period"].iloc[-1]:
        return []
    texts = [text for text in (_far(known), _unusual(known)) if text]
    if len(texts) > 1:  # families have them in one
        together = " ".join(text.in_mode("families") for text in texts)
        texts = [replace(texts[0], families=together), *(replace(text, families=None) for text in texts[1:])]
    return [Note("caution", text) for text in texts]


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
        Text(
            f"The number of plans issued fell {fell}: the return may be incomplete.",
            families=f"The number of new plans fell {fell}. Some may be missing from these figures.",
        ),
    )


Lacking = Mapping[str, Mapping[str, str]]
"""Year -> who of those compared counts for no mean in it, and why."""


def named(others: Comparators, reasons: Mapping[str, str]) -> Mapping[str, str]:
    """Who is left out of a mean and why; nobody where so many are left out that they would be counted as authorities,
    and are none."""
    return {} if others.choice in _NO_AUTHORITIES and len(reasons) > means.MOST_NAMED else reasons


_NO_AUTHORITIES = ("regions", "boards", "boards-alike", "locations")
"""Choices of comparators that are no authorities."""


def of_the_mean(area: Area, others: Comparators, year: str, lacking: Lacking) -> list[Note]:
    """Who is left out of the mean of the newest year, or why there is none."""
    known, reasons = len(others.codes) - len(lacking[year]), named(others, lacking[year])
    why = means.why(known, len(others.codes), reasons)
    what = "mean" if not beside_its_own(area, others) else "mean and of the middle half"
    if others.alone and why:
        told = f"{capital(others.label)} has no share of plans on time in {year} to compare with: {why}."
        return [Note("missing", Text(told))]
    if why:
        told, plain = f"No mean of plans on time in {year}: {why}.", f"No average for {year}: {why}."
        return [Note("missing", Text(told, families=plain))]
    if not reasons:
        return []
    left = means.lacking(reasons)
    told = f"Left out of the {what} of plans on time in {year}: {left}."
    by_reason = [
        means.lacking({name: why for name, why in reasons.items() if why == one})
        for one in dict.fromkeys(reasons.values())
    ]
    plain = " Also left out: ".join(
        [f"Not in the average for {year}: {by_reason[0]}.", *(f"{each}." for each in by_reason[1:])]
    )
    return [Note("missing", Text(told, families=plain))]


def left_out(
    area: Area, table: pd.DataFrame, others: Comparators, before: Before | None, lacking: Lacking
) -> list[Note]:
    """What the picture of plans on time leaves out, or draws of the authority that was here before.

    `table` is the lead table.
    """
    texts = []
    few = table[table["left_out"].ne("")]
    if len(few):
        numbers = [count_of(int(number), "plan", "plans") for number in few["issued"]]
        years = listed(
            [
                f"{year} ({number}: {why})"
                for year, number, why in zip(few["period"], numbers, few["left_out"], strict=True)
            ]
        )
        told = f"Not drawn here, because the share says too little: {years}."
        plain = f"Not drawn here, because the share says too little: {listed(list(few['period']))}."
        texts.append(Text(told, show=None, families=plain))
    texts += _no_mean(area, table, others, lacking)
    if before:
        told = (
            f"Until {before.until} the line is that of {before.name}, another area than today's; it is in no other"
            " figure here."
        )
        plain = f"The line until {before.until} is for {before.name}, the area before."
        texts.append(Text(told, show=None, families=plain))
    return [Note("missing", text, "on_time") for text in texts]


def _no_mean(area: Area, table: pd.DataFrame, others: Comparators, lacking: Lacking) -> list[Text]:
    """Years without a mean of those compared, each with its reason; a reason that several share is said once."""
    years, number = list(table.loc[table["comparator_mean"].isna(), "period"].astype(str)), len(others.codes)
    known = {year: number - len(lacking[year]) for year in years}
    whys = {year: means.why(known[year], number, named(others, lacking[year])) for year in years}
    told = _by_reason(whys, len(table))
    if not told:
        return []
    if others.alone:
        return [Text(f"No point of {others.label} is drawn for {told}.", show=None)]
    if beside_its_own(area, others):
        plain = _by_reason({year: means.why_none(known[year], number) for year in years}, len(table))
        return [
            Text(
                f"No middle half of its authorities is drawn for {told}.",
                show=None,
                families=f"No middle half of its councils is drawn for {plain}.",
            )
        ]
    plain = _by_reason({year: means.why_none(known[year], number) for year in years}, len(table))
    return [
        Text(
            f"No mean of {others.label} is drawn for {told}.",
            show=None,
            families=f"No average of {wholly(others)} is drawn for {plain}.",
        )
    ]


def _by_reason(reasons: Mapping[str, str], every: int) -> str:
    """`2014 and 2015 (only 3 of 10 have one)`: years by what is said of them; `every` is how many years there are."""
    years: dict[str, list[str]] = {}
    for year, why in reasons.items():
        if why:
            years.setdefault(why, []).append(year)
    return "; ".join(f"{'any year' if len(which) == every else listed(which)} ({why})" for why, which in years.items())


def of_the_picture() -> list[Note]:
    """What stands under the picture of plans on time: how its first year is to be read, and the standard."""
    return [Note("break", FIRST_YEAR, "on_time"), Note("definition", STANDARD, "on_time")]


def _far(known: pd.DataFrame) -> Text | None:
    now = known.iloc[-1]
    if now["share"] >= HALF:
        return None
    # An average hides a fall: the best earlier year is named, where one was better than the newest.
    best = known.loc[known["share"].idxmax()]
    fell = best["share"] > now["share"]
    was_then = f"; in {best['period']} it was {percent(best['share'])}" if fell else ""
    was_plain = f" In {best['period']}, {plainly.of_100(best['share'])} of every 100 were on time." if fell else ""
    far = now["share"] < FAR
    plain = f"{'That is far from what the law asks.' if far else 'Most new plans were late.'}{was_plain}"
    on_time = f"on time in {now['period']}"
    told = (
        f"Far from the 20-week standard: {percent(now['share'])} of plans were {on_time}, fewer than 1 in 4{was_then}."
        if far
        else f"More than half of plans were late: {percent(now['share'])} were {on_time}{was_then}."
    )
    return Text(told, "Far from the standard." if far else None, plain)


def _unusual(known: pd.DataFrame) -> Text | None:
    """The newest year, or else the one before, that lies outside the range of all years before it."""
    for place in range(len(known) - 1, max(len(known) - 3, 0), -1):
        before, year = known.iloc[:place], known.iloc[place]
        if len(before) < FEWEST_YEARS:
            continue
        low, high = before["share"].min(), before["share"].max()
        beyond = low - year["share"] if year["share"] < low else year["share"] - high
        if beyond > MARGIN:
            last = None if place == len(known) - 1 else known.iloc[-1]
            return _out_of_range(year, low, high, before["period"].iloc[0], last)
    return None


def _out_of_range(year: pd.Series, low: float, high: float, since: str, last: pd.Series | None) -> Text:
    """A year (period, share) outside the range of the years before it; `last` is the newest, where that is another
    one."""
    below = year["share"] < low
    then = "" if last is None else f" In {last['period']} it was {percent(last['share'])}."
    where = "below" if below else "above"
    short = (
        f"Outside its own usual range: {percent(year['share'])} in {year['period']}, {where} every earlier year with a"
        f" figure since {since}"
    )
    brief = f"{year['period']}: {where} every year since {since}."
    return Text(
        f"{short} ({percent(low)} to {percent(high)}).{then}",
        show=brief,
        families=plainly.not_usual(year, low, high, since),
    )
