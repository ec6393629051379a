"""Every comparative sentence with the numbers that it rests on: none is false, and none goes unchecked.

A sentence of a title, a headline or a large number that says more, fewer, higher, outside, rose, ... must be one that a
rule below knows; the rule takes its numbers out of the sentence, or out of the table that it is about, and checks them.
The suite asks a sample of areas in all three modes; `SENDLIB_EVERY_AREA=1` asks all of them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable

import pytest

from sendlib import questions
from sendlib.answer import MODES
from sendlib.answer.numbers import percent
from sendlib.methods import compare
from sendlib.questions import needs
from sendlib.questions.needs.words import SHORT
from sendlib.tables.needs import NEEDS

SAMPLE = (
    "City of London",
    "Isles of Scilly",
    "Isle of Wight",
    "Newham",
    "Medway",
    "Wirral",
    "Rutland",
    "Kent",
    "Essex",
    "Surrey",
    "Hackney",
    "Dorset",
    "Nottingham",
    "Oxfordshire",
    "Tameside",
    "Lewisham",
    "Lancashire",
    "Cumberland",
    "West Northamptonshire",
    "Knowsley",
    "Redcar and Cleveland",
    "Bristol",
    "Plymouth",
    "Gloucestershire",
)
"""Small and large, divided, doubtful, without a figure of this or that, and some that nobody had in mind."""
COMPARES = re.compile(
    r"\b(more|fewer|less|larger|smaller|higher|lower|above|below|rose|fell|wider|narrower|further|nearer|highest|lowest|"
    r"outside|unusual|unusually|ordinary|similar|same|than|late|far)\b",
    re.IGNORECASE,
)
NUMBER = r"(−?[\d,]+(?:\.\d+)?)"
PLAINLY = r"(?:about )?(fewer than 1|[\d,]+)"
"""A number as families are told it."""
WHO = r"(?:plans|pupils with SEN)"
"""Of whom a share of needs is."""


def number(text: str) -> float:
    return float(text.replace(",", "").replace("−", "-").rstrip("%"))


def agrees(word: str, own: float, other: float, decimals: int = 1) -> bool:
    """Whether a word is true of two numbers as they are written: up to their rounding."""
    slack = 0.6 * 10.0**-decimals
    if word in ("higher", "more", "larger", "above"):
        return own > other - slack and own >= other
    if word in ("lower", "fewer", "less", "smaller", "below"):
        return own < other + slack and own <= other
    return abs(own - other) <= 0.05 * abs(other) + 2 * slack


# Rules: a pattern, and whether the sentence is true of the numbers it found and of the answer


def of_share(match: re.Match[str], answer) -> bool:
    own, low, high, mean, least, most = (number(match[place]) for place in range(1, 7))
    points = number(match[7].replace("+", ""))
    return low <= own <= high and least <= mean <= most and abs(own - mean - points) < 0.11


def of_rate(match: re.Match[str], answer) -> bool:
    word = {"more": "more", "fewer": "fewer", "about as many": "same"}[match[3]]
    table = answer.tables["mix"].data
    name = next(name for name in NEEDS.values() if name.casefold() == match[2].casefold())
    row = table[table["name"].eq(name)].iloc[0]
    return agrees(word, row["rate"], row["comparator_rate"]) and abs(number(match[1]) - row["rate"]) < 0.06


def of_share_plainly(match: re.Match[str], answer) -> bool:
    """`autism was named in about 39 of every 100 plans here. In ten similar areas on average it was about 30`."""
    own, theirs = _plainly(match[2]), _plainly(match[4])
    row = _row(answer, match[1])
    of_100 = 100 / number(match[3])
    return (own > theirs) == (row["difference"] > 0) and _near(own, row["share"], of_100) and own != theirs


def of_rate_plainly(match: re.Match[str], answer) -> bool:
    own, theirs, row = _plainly(match[2]), _plainly(match[5]), _row(answer, match[3])
    word = {"more": "higher", "fewer": "lower", "about as many": "about the same"}[match[4]]
    of_1000 = 1000 / number(match[1])
    shown = (own > theirs) if word == "higher" else (own < theirs) if word == "lower" else True
    return shown and word == compare.direction(row["rate"], row["comparator_rate"]) and _near(own, row["rate"], of_1000)


def _plainly(text: str) -> float:
    return 0.4 if text.startswith("fewer") else number(text)


def _row(answer, name: str):
    table = answer.tables["mix"].data
    return table[table["name"].str.casefold().eq(name.casefold())].iloc[0]


def _near(told: float, value: float, unit: float) -> bool:
    return abs(told * unit - value) <= 0.51 * unit


def beyond_all(match: re.Match[str], answer) -> bool:
    """`Above all of ten similar areas: autism, hearing impairment and 1 more; below all: physical disability`."""
    table = answer.tables["mix"].data
    for side in ("above", "below"):
        beyond = {SHORT[need] for need in table.loc[table["outside"].eq(side), "need"]}
        part = re.search(rf"{side} all[^:]*: ([^;]+)", match[0], re.IGNORECASE)
        told = part[1] if part else ""
        named = {name for name in SHORT.values() if name in told}
        counted = re.search(r"and (\d+) more", told)
        more = int(counted[1]) if counted else 0
        if not named <= beyond or len(beyond) != len(named) + more:
            return False
    return True


def of_the_range(match: re.Match[str], answer) -> bool:
    """Each need that is named is on its side of the range, and named or counted are all that are outside it."""
    shares = answer.tables["mix"].data.set_index("name")[["share", "comparator_min", "comparator_max"]].round(1)
    sides = {
        name.lower(): "above" if row.share > row.comparator_max else "below"
        for name, row in zip(shares.index, shares.itertuples(), strict=True)
        if not row.comparator_min <= row.share <= row.comparator_max
    }
    told = {
        name: side for name in map(str.lower, NEEDS.values()) for side in re.findall(rf"{name} \((\w+)\)", match[0])
    }
    more = re.search(r"and (\d+) more", match[0])
    return all(sides.get(name) == side for name, side in told.items()) and len(sides) == len(told) + (
        int(more[1]) if more else 0
    )


def nothing_outside(match: re.Match[str], answer) -> bool:
    table = answer.tables["mix"].data
    shares = table[["share", "comparator_min", "comparator_max"]].round(1)
    return bool(shares["share"].between(shares["comparator_min"], shares["comparator_max"]).all())


def of_strict_test(match: re.Match[str], answer) -> bool:
    table = answer.tables["mix"].data
    passed = list(table.loc[table["q_value"].lt(0.05), "name"])
    return (
        not passed if match[0].strip().startswith("No need") else bool(passed) and passed[0].lower() in match[0].lower()
    )


def of_the_range_briefly(match: re.Match[str], answer) -> bool:
    table = answer.tables["mix"].data
    shares = table[["share", "comparator_min", "comparator_max"]].round(1)
    outside = table[~shares["share"].between(shares["comparator_min"], shares["comparator_max"])]
    if counted := re.match(r"(\d+) of (\d+) needs", match[1]):
        return (int(counted[1]), int(counted[2])) == (len(outside), len(table))
    return len(outside) == 1 and match[1] == SHORT[outside["need"].iloc[0]]


def of_strict_test_briefly(match: re.Match[str], answer) -> bool:
    table = answer.tables["mix"].data
    passed = [SHORT[need] for need in table.loc[table["q_value"].lt(0.05), "need"]]
    return match[1] in ("no need", "none") if not passed else all(name in match[1] for name in passed)


def of_the_whole(match: re.Match[str], answer) -> bool:
    part = answer.tables["divergence"].data["further_than"][0]
    if match[2].startswith("almost every other "):
        return part >= 99 and match[1] == "further"
    of, whole = (int(value) for value in re.findall(r"\d+", match[2])[:2])
    share = 100 * of / whole
    return part >= share - 1e-9 if match[1] == "further" else 100 - part >= share - 1e-9


def of_pupils(match: re.Match[str], answer) -> bool:
    rows = answer.tables["hundred"].data.pivot(index="group", columns="kind", values="share")
    own = rows.loc[answer.area.name]
    theirs = rows.drop(index=answer.area.name).iloc[0]
    return all(
        agrees("same" if word == "about the same" else word, own[kind], theirs[kind])
        for word, kind in ((match[1], "EHC plan"), (match[2], "SEN support"))
    )


def of_growth(match: re.Match[str], answer) -> bool:
    part, before, after = number(match[2]), number(match[3]), number(match[4])
    grown = 100 * (after / before - 1)
    return abs(abs(grown) - part) < 0.6 and (grown > 0) == (match[1] == "rose")


def of_plans_on_time(match: re.Match[str], answer) -> bool:
    word = "same" if match[4] == "about the same" else match[4]
    return agrees(word, number(match[1]), number(match[3]))


def of_gaps(match: re.Match[str], answer) -> bool:
    gap, low, high = number(match[2]), number(match[3]), number(match[4])
    return gap > high if match[1] == "wider" else gap < low


def no_gap_outside(match: re.Match[str], answer) -> bool:
    table = answer.tables["stages"].data
    table = table[table["outside"].ne("not compared") & ~table["few_in_year"]]
    rounded = table[["gap", "comparator_low", "comparator_high"]].round(1)
    return bool(rounded["gap"].between(rounded["comparator_low"], rounded["comparator_high"]).all())


Rule = Callable[[re.Match[str], object], bool]
RULES: tuple[tuple[str, Rule], ...] = (
    (
        rf"{NUMBER}% of {WHO} \(95% interval (?:less than )?{NUMBER}% to {NUMBER}%\) against a mean of {NUMBER}% and a"
        rf" range of (?:less than )?{NUMBER}% to {NUMBER}% among [^;]+; (\+?{NUMBER}) points",
        of_share,
    ),
    (
        rf"In January 20\d\d, ([^.]+?) (?:was|were) (?:named in|recorded for) {PLAINLY} of every {NUMBER} {WHO} here\."
        rf" In [^.]+? it was {PLAINLY}",
        of_share_plainly,
    ),
    (
        rf"of every {NUMBER} (?:children and young people aged 0 to 25|pupils), {PLAINLY} had (?:a plan that named|SEN"
        rf" with) ([^.]+?)(?: as the main need)?\. That is (more|fewer|about as many) [^.(]+\({PLAINLY}\)",
        of_rate_plainly,
    ),
    (r"(?:Above|Below) all of [^.]+", beyond_all),
    (r"Every need lies between the lowest and the highest of", nothing_outside),
    (r"Outside the whole range of those compared: [^.]+", of_the_range),
    (r"Every need lies within the whole range of those compared|Every need is within the range", nothing_outside),
    (r"Outside the range: ([^.]+)", of_the_range_briefly),
    (r"(?:No need|[^.]+?) pass(?:es)? the strict test[^.]*", of_strict_test),
    (r"Unusual beyond chance: ([^.]+)", of_strict_test_briefly),
    (r"as a whole: (further|nearer) (?:from|to) the mean of those compared than ([^.]+)", of_the_whole),
    (r"mix(?: as a whole)?: (further|less far) out than ([^.]+)", of_the_whole),
    (
        rf"of every 1,000 (?:residents aged 0 to 25|pupils), {NUMBER} had (?:a plan that named|SEN with)"
        r" (.+?)(?: as the primary need)?: (more|fewer|about as many)",
        of_rate,
    ),
    (r": (higher|lower|about the same) for EHC plans and (higher|lower|about the same) for SEN support", of_pupils),
    (
        rf"Plans (rose|fell) by {NUMBER}% in (?:the )?five years(?: to January 20\d\d)?, from {NUMBER} to {NUMBER}",
        of_growth,
    ),
    (
        rf"In (?:St\. )?[^.]+?, {NUMBER}% of the {NUMBER} plans .+? came within 20 weeks .*?against a mean of"
        rf" {NUMBER}% .+?: (higher|lower|about the same)",
        of_plans_on_time,
    ),
    (rf"\((wider|narrower): {NUMBER} points, theirs {NUMBER} to {NUMBER}\)", of_gaps),
    (r"No gap is outside the range of", no_gap_outside),
)
"""Pattern -> what must be true of a sentence that matches."""
GIVES_BOTH = (
    rf"(?:named in|recorded for) (?:less than )?{NUMBER}% of {WHO}, against",
    r"without identified SEN|without SEND it was",
    r"were not in an education setting|in no school, college or nursery",
    r"average of|on average",
    rf"(?:named in|recorded for) a (?:larger|smaller) share of {WHO} than .+? \(by {NUMBER} in 100 (?:plans|pupils)",
)
"""Sentences that give both numbers and no verdict."""
NOT_COMPARATIVE = re.compile(
    r"one (?:child )?more or less moves|too few|is doubtful|may be wrong|is not said|hardly any other authority|"
    r"can not be made|fewer than 1 had|"
    r"than follow from the year before|shares of needs are of these plans|no comparison|should not be compared|"
    r"nobody to compare|(?:is|are) not available|not published|(?:Named|Recorded) most often|more got SEN support|"
    r"below zero|can not be said|"
    r"neither higher nor lower|if the (?:published )?(?:low|high)|lower share|higher (?:one|share)|"
    r"out of 100|fewer than 1 had an EHC plan|cannot tell|mean of .+ is not available",
    re.IGNORECASE,
)
"""Sentences with such a word that set no two numbers beside each other."""


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?])(?<!St\.)\s+(?=[A-Z])", text) if part]


@pytest.fixture(scope="module")
def asked(store, areas, everywhere):
    every = os.environ.get("SENDLIB_EVERY_AREA")
    chosen = list(areas.authorities) if every else [areas.find(name).areas[0].code for name in SAMPLE]
    answers = [everywhere(name)[code] for name in questions.names() for code in chosen]
    return answers + [needs.ask(store, areas.get(code), asked={"who": "all_sen"}) for code in chosen]


def judged(answer, mode: str) -> str:
    """The headline, and what the tests of the page say."""
    return " ".join(text.in_mode(mode) for text in (answer.headline, *(one.words for one in answer.verdicts)))


def told(answer, mode: str) -> str:
    return f"{answer.area.name}, {answer.question}, {mode}"


@pytest.mark.parametrize("mode", MODES)
def test_no_comparative_sentence_is_false(asked, mode):
    checked = 0
    for answer in asked:
        text = judged(answer, mode)
        for pattern, rule in RULES:
            for match in re.finditer(pattern, text, re.IGNORECASE):
                assert rule(match, answer), f"{told(answer, mode)}: {match[0]}"
                checked += 1
    assert checked > 30


@pytest.mark.parametrize("mode", MODES)
def test_no_comparative_sentence_goes_unchecked(asked, mode):
    for answer in asked:
        if answer.question in ("places", "looking_ahead"):
            continue  # their sentences set numbers side by side without a verdict; their tests hold them
        for sentence in sentences(judged(answer, mode)):
            if not COMPARES.search(sentence) or NOT_COMPARATIVE.search(sentence):
                continue
            patterns = [*(pattern for pattern, _ in RULES), *GIVES_BOTH]
            known = any(re.search(pattern, sentence, re.IGNORECASE) for pattern in patterns)
            assert known, f"{told(answer, mode)}: {sentence}"


@pytest.mark.parametrize("mode", MODES)
def test_higher_and_lower_stand_before_the_number_they_are_of(asked, mode):
    """`Higher: neighbours 5.4%, England 5.3%`: the word is of the first number that follows, as it is written."""
    checked = 0
    for answer in asked:
        for figure in answer.figures:
            if not figure.direction or figure.value is None:
                continue
            beside = figure.comparison.in_mode(mode)
            if figure.unit == "points":  # of a share in Needs: its sign
                assert (figure.value > 0) == (figure.direction == "higher"), told(answer, mode)
                checked += 1
                continue
            first = re.search(rf"[+]?{NUMBER}%?(?: to {NUMBER})?", re.sub(r"\(\d+ of \d+\)|ten ", "", beside))
            assert first, f"{told(answer, mode)}: {beside}"
            low, high = number(first[1]), number(first[2] or first[1])
            plainly = mode == "families" and figure.out_of_so_many and "%" not in beside
            scale = figure.out_of_so_many / 100 if plainly else 1.0
            own_low, own_high = (
                figure.value * scale,
                scale * (figure.upper if figure.upper is not None else figure.value),
            )
            word = "same" if figure.direction == compare.SAME else figure.direction
            decimals = figure.decimals if mode != "families" else 0
            where = f"{told(answer, mode)}: {figure.label.in_mode(mode)} {figure.text} {figure.direction}: {beside}"
            if word == "higher":
                assert own_low > high - 0.6 * 10.0**-decimals, where
            elif word == "lower":
                assert own_high < low + 0.6 * 10.0**-decimals, where
            else:
                assert agrees(word, own_low, low, decimals), where
            checked += 1
    assert checked > 100


@pytest.mark.parametrize("mode", MODES)
def test_no_share_becomes_a_number_of_children(asked, mode):
    """'More autism', 'fewer children have plans': a share or a rate is no number of children."""
    for answer in asked:
        said = [answer.title.in_mode(mode), *sentences(answer.headline.in_mode(mode))]
        for sentence in said:
            found = re.search(
                r"\b(more|fewer|less) (autism|children|pupils|young people|need)", sentence, re.IGNORECASE
            )
            assert found is None or "than 5" in sentence, f"{told(answer, mode)}: {sentence}"


@pytest.mark.parametrize("mode", MODES)
def test_the_isle_of_wight_and_its_like_have_their_article_in_a_sentence(asked, mode):
    for answer in asked:
        for text in (answer.headline.in_mode(mode), *(note.text.in_mode(mode) for note in answer.notes)):
            for name in ("Isle of Wight", "City of London", "Isles of Scilly"):
                for match in re.finditer(rf"(?<!the )(?<!The ){name}", text):
                    before = text[: match.start()]
                    # In a list of names, a heading or an NHS area's own name there is none.
                    in_a_name = re.search(r"(, | and |\(|: |; |NHS [A-Z][\w ]*)$", before)
                    assert in_a_name or not before.strip(), f"{told(answer, mode)}: {text}"


@pytest.mark.parametrize("mode", MODES)
def test_the_isles_of_scilly_have_and_are(asked, mode):
    for answer in asked:
        for text in (answer.title, answer.headline, *(note.text for note in answer.notes)):
            found = re.search(r"(?<![a-z] )the Isles of Scilly (has|is|was|lies)\b", text.in_mode(mode), re.IGNORECASE)
            assert not found, f"{told(answer, mode)}: {text.in_mode(mode)}"


def test_a_share_that_rounds_to_nothing_is_not_written_as_nought(asked):
    for answer in asked:
        for table in answer.tables.values():
            for name, column in table.columns.items():
                if column.unit != "%" or column.decimals is None or name not in table.data:
                    continue
                values = table.data[name].dropna()
                tiny = values[(values != 0) & (values.abs() < 0.5 * 10.0**-column.decimals)]
                assert all(column.written(value).startswith(("less than", "between")) for value in tiny)
    assert percent(0.01) == "less than 0.1%"
