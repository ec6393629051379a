"""The readiness check: a group answers the survey's six questions for its own area and sees where that puts it among
the 91 councils. Nothing here keeps what was answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from sendlib.answer import Column, Table, Text
from sendlib.answer.numbers import count_of, percent
from sendlib.catalogue.linkage import Given, Linkage, Question
from sendlib.questions.joining_up.documents import READY
from sendlib.questions.joining_up.survey import SOURCE

HEADING = "Readiness check"


@dataclass(frozen=True)
class Readiness:
    """What a group answered: question -> codes of the answers; and which barriers and which helps it sees."""

    given: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    barriers: tuple[str, ...] = ()
    enablers: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any(self.given.values()) or bool(self.barriers or self.enablers)


@dataclass(frozen=True)
class Placed:
    """A question that was answered: the question, and for each answer how many of the councils gave it."""

    question: str
    lines: tuple[str, ...]


def placed(linkage: Linkage, checked: Readiness) -> list[Placed]:
    """Each question that was answered, with where the answers stand among the councils."""
    return [
        Placed(
            f"{question.number}. {question.words}",
            tuple(
                _beside(linkage, question, one) for one in question.answers if one.code in checked.given[question.code]
            ),
        )
        for question in linkage.questions
        if checked.given.get(question.code)
    ]


def _beside(linkage: Linkage, question: Question, one: Given) -> str:
    """`In development: as 17 of the 91 councils (18.7%).`"""
    if one.count is None:
        return f"{one.words}: how many councils said so is not available."
    if one.share is None:
        many = len(linkage.councils)
        return f"{one.words}: as {one.count} of the {many} councils that link health data."
    return f"{one.words}: as {one.count} of the {linkage.base} councils ({percent(one.share)})."


def table(linkage: Linkage) -> Table:
    """The six questions with the answers offered and how many councils gave each."""
    rows = [
        {
            "question": f"{question.number}. {question.words}",
            "answer": one.words,
            "councils": float("nan") if one.count is None else float(one.count),
            "of": len(linkage.councils) if question.code == "health_data" else linkage.base,
        }
        for question in linkage.questions
        for one in question.answers
    ]
    return Table(
        pd.DataFrame(rows),
        Text(f"The six questions of the survey, and what {linkage.base} councils answered, {linkage.when}"),
        {
            "question": Column("Question", "of the survey"),
            "answer": Column("Answer", "as the survey offered it"),
            "councils": Column("Councils", "councils that gave this answer", "councils", 0, otherwise="Not available"),
            "of": Column("Of", "all that answered in full; for question 6 those that link health data", "councils", 0),
        },
        (SOURCE,),
        heading="Readiness check: where would we stand?",
        group=READY,
        how_to_read=Text("The same six questions that councils were asked, and what stands in the way or helps."),
    )


def as_text(linkage: Linkage, checked: Readiness, area: str) -> str:
    """What a group answered, as a text to take away; empty where it answered nothing."""
    if not checked:
        return ""
    return "\r\n".join([f"Readiness check on joining up records: {area}", "", *_lines(linkage, checked), ""])


def _lines(linkage: Linkage, checked: Readiness) -> Iterator[str]:
    for one in placed(linkage, checked):
        yield one.question
        yield from (f"- {line}" for line in one.lines)
        yield ""
    for heading, topic, word, codes in (
        ("What stands in our way:", "barriers", "barrier", checked.barriers),
        ("What we have, or could have:", "enablers", "enabler", checked.enablers),
    ):
        if chosen := [str(one[word]) for one in linkage.lists[topic] if one["code"] in codes]:
            yield heading
            yield from (f"- {words}" for words in chosen)
            yield ""
    answered = count_of(sum(bool(codes) for codes in checked.given.values()), "question", "questions")
    document = linkage.documents[linkage.document]
    yield f"Answered by the group itself ({answered} of {len(linkage.questions)}); nobody checked it."
    yield (
        f"The {linkage.base} councils are those that answered the survey of {linkage.when} in full, of {linkage.asked}"
        f" asked: {document.title}, {document.publisher}, {document.release}. Interim and self-reported."
    )
