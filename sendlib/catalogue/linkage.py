"""What is known of joining up records of children: the survey of 2023, and what the source documents say beside it.

`of` reads and checks both files. A file that breaks a rule is refused by name, so that no page says what does not add
up: counts against their base, counts against the shares printed, the councils named against those who said yes, and for
every fact the document that it stands in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sendlib.catalogue import load
from sendlib.errors import ContractBroken

SURVEY, WORDS = "linkage_survey", "linkage"
OWN = "own"
"""In place of a document: our own reckoning or reading of the documents."""
YES, BUILDING, NO = "yes", "building", "no"
"""Answers to a question with one answer."""
STEPS = 7
_REPLIES = ("full", "partial", "queries", "awaiting", "no_contact")
_HALF = 0.05 + 1e-9
"""How far a printed share, in tenths of a per cent, can be from what it was rounded from."""
_LISTS = (
    "steps",
    "missed",
    "crosswalk",
    "agreement",
    "would_answer",
    "kinds",
    "csds",
    "cards",
    "barriers",
    "enablers",
    "recommendations",
    "timeline",
    "section_26",
    "used",
    "limits",
    "benefits",
)
"""What the file of words has, besides Bedford's match."""


@dataclass(frozen=True)
class Document:
    """A source document. `url` is empty where the documents give none."""

    key: str
    publisher: str
    title: str
    release: str
    published: str
    url: str


@dataclass(frozen=True)
class Given:
    """An answer that was offered, and how many of the base gave it: None where that is not in the document.

    `worked_out`: the document prints the share alone, and the count is the only one that gives it.
    """

    code: str
    words: str
    count: int | None = None
    share: float | None = None
    worked_out: bool = False


@dataclass(frozen=True)
class Question:
    """A question of the survey. `one`: one answer only."""

    number: int
    code: str
    words: str
    one: bool
    answers: tuple[Given, ...]

    def of(self, code: str) -> Given:
        """The answer of this code."""
        return next(one for one in self.answers if one.code == code)


@dataclass(frozen=True)
class Council:
    """A council that named the health data that it links, by DfE's code; `limited` are those it has in part."""

    code: str
    name: str
    kind: str
    data: tuple[str, ...]
    limited: tuple[str, ...] = ()


@dataclass(frozen=True)
class Linkage:
    """All of it. `responses`: kind of council -> kind of reply -> how many. `left_out`: code of a council that could
    not answer -> why. `lists`: what the documents say, by topic. `first` and `after`: per cent of Bedford's children
    that were found, before and after names were mended."""

    base: int
    asked: int
    when: str
    document: str
    documents: Mapping[str, Document]
    responses: Mapping[str, Mapping[str, int]]
    left_out: Mapping[str, str]
    questions: tuple[Question, ...]
    councils: tuple[Council, ...]
    first: float
    after: float
    lists: Mapping[str, tuple[Mapping[str, Any], ...]]

    def question(self, code: str) -> Question:
        """The question of this code."""
        return next(one for one in self.questions if one.code == code)

    def title_of(self, document: str) -> str:
        """Where a fact stands, shortly; of our own reckoning that it is."""
        if document == OWN:
            return "Our own reading"
        held = self.documents[document]
        return f"{held.publisher}, {held.published[:4]}"


@cache
def of() -> Linkage:
    """What ships with the app. Raises ContractBroken."""
    return checked(load(SURVEY), load(WORDS))


def checked(survey: Mapping[str, Any], words: Mapping[str, Any]) -> Linkage:
    """The facts of both files. Raises ContractBroken where they break a rule."""
    for file, problems in ((SURVEY, _of_survey(survey)), (WORDS, _of_words(words, survey["documents"]))):
        for problem in problems:
            raise ContractBroken(f"{file}.toml", problem)
    named = Counter(data for council in survey["councils"] for data in council["data"])
    return Linkage(
        survey["base"],
        survey["asked"],
        survey["when"],
        survey["document"],
        {key: Document(key, **held) for key, held in survey["documents"].items()},
        {one["kind"]: {reply: one[reply] for reply in (*_REPLIES, "asked")} for one in survey["responses"]},
        {one["code"]: one["why"] for one in survey["left_out"]},
        tuple(_question(one, named) for one in survey["questions"]),
        tuple(
            Council(one["code"], one["name"], one["kind"], tuple(one["data"]), tuple(one.get("limited", ())))
            for one in survey["councils"]
        ),
        words["bedford"]["first"],
        words["bedford"]["after"],
        {name: tuple(words[name]) for name in _LISTS},
    )


def _question(held: Mapping[str, Any], named: Mapping[str, int]) -> Question:
    """A question; the counts of the one on health data are those of the councils that are named."""
    given = [Given(**one) for one in held["answers"]]
    if held.get("named"):
        given = [Given(one.code, one.words, named[one.code]) for one in given]
    return Question(held["number"], held["code"], held["words"], held["one"], tuple(given))


def _of_survey(survey: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong in the survey's file."""
    if survey["document"] not in survey["documents"]:
        yield f"the document '{survey['document']}' is not described."
    yield from _of_responses(survey)
    for question in survey["questions"]:
        yield from _of_question(question, survey["base"])
    yield from _of_councils(survey)


def _of_responses(survey: Mapping[str, Any]) -> Iterator[str]:
    for one in survey["responses"]:
        if sum(one[reply] for reply in _REPLIES) != one["asked"]:
            yield f"the replies of {one['kind']} do not add up to those asked."
    for total, column in (("base", "full"), ("asked", "asked")):
        if sum(one[column] for one in survey["responses"]) != survey[total]:
            yield f"'{column}' of all kinds of council does not add up to '{total}'."


def _of_question(question: Mapping[str, Any], base: int) -> Iterator[str]:
    said = f"question {question['number']}"
    counts = [one["count"] for one in question["answers"] if "count" in one]
    if question["one"] and sum(counts) != base:
        yield f"{said}: the answers do not add up to {base}."
    for one in question["answers"]:
        if ("count" in one) != ("share" in one):
            yield f"{said}, '{one['words']}': a count and a share stand together or not at all."
        elif "count" in one and abs(100 * one["count"] / base - one["share"]) > _HALF:
            yield f"{said}, '{one['words']}': {one['count']} of {base} is not {one['share']}%."


def _of_councils(survey: Mapping[str, Any]) -> Iterator[str]:
    by_code = {question["code"]: question for question in survey["questions"]}
    offered = {one["code"] for one in by_code["health_data"]["answers"]}
    kinds = {one["kind"] for one in survey["responses"]}
    said_yes = next(one["count"] for one in by_code["health"]["answers"] if one["code"] == YES)
    codes = [one["code"] for one in survey["councils"]]
    if len(set(codes)) != said_yes:
        yield f"{said_yes} councils link health data, and {len(set(codes))} are named."
    if both := set(codes) & {one["code"] for one in survey["left_out"]}:
        yield f"council {sorted(both)[0]} is named and left out."
    for one in survey["councils"]:
        if not one["data"] or not set(one["data"]) <= offered or not set(one.get("limited", ())) <= set(one["data"]):
            yield f"{one['name']} has health data that question 6 does not offer."
        if one["kind"] not in kinds:
            yield f"{one['name']} is of a kind of council that was not asked."


def _of_words(words: Mapping[str, Any], documents: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong in the file of words."""
    for name in _LISTS:
        for one in words[name]:
            if one["document"] not in (*documents, OWN):
                yield f"'{name}' has an entry of the document '{one['document']}', which is not described."
            if any(not str(value).strip() for value in one.values()):
                yield f"'{name}' has an entry with nothing in it."
            if "link" in one and not (one["link"].startswith("https://") and one.get("link_to")):
                yield f"'{name}' has a link that is none, or leads nowhere named: '{one['link']}'."
    if len(words["steps"]) != STEPS:
        yield f"there are {len(words['steps'])} steps of a batch trace, not {STEPS}."
    if not 0 < words["bedford"]["first"] < words["bedford"]["after"] < 100:
        yield "Bedford's match can only have become better."
