"""A report: one HTML file that a browser opens without a network and prints to A4.

- `sheet`: for families, one page: how an area compares, in plain words;
- `chapter`: for analysts, at most eight pages: a section a question, as a chapter of a joint needs assessment;
- `parts`: what both are put together of; `drawn`: pictures within a page.

It is made for the browser's own print: a library that makes PDFs (weasyprint) needs Pango and GTK, which an ordinary
Windows machine has not, and the browser is there anyway.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sendlib.answer import Answer
from sendlib.board import Thoughts
from sendlib.exports.report import chapter, sheet
from sendlib.exports.report.parts import Extras

Kind = Literal["families", "explore"]
KINDS: tuple[Kind, ...] = ("families", "explore")
"""In whose words a report can be: the sheet of one page, and the chapter."""


def as_html(
    answers: Sequence[Answer],
    mode: Kind,
    *,
    thoughts: Thoughts | None = None,
    board: Answer | None = None,
    changes: Answer | None = None,
    link: str = "",
    unanswered: Sequence[str] = (),
) -> bytes:
    """The report of an area out of its answers, in their order. The same answers give the same bytes.

    `thoughts`: a group's hypothesis and questions; `board` and `changes`: the answers of these names. `link` is the
    address of the view, which stands on it with a QR code where others can open it. `unanswered`: why a question has
    no answer for this area. Raises ValueError without an answer.
    """
    if not answers:
        raise ValueError("a report needs at least one answer")
    extras = Extras(thoughts, board, changes, link, tuple(unanswered))
    made = sheet.of(answers, extras) if mode == "families" else chapter.of(answers, extras)
    return made.encode("utf-8")


def stem(answer: Answer, mode: Kind) -> str:
    """What the file of a report is called, without its ending."""
    name = "compared" if mode == "families" else "chapter"
    return f"{name}-{answer.area.code.replace(',', '-')}"
