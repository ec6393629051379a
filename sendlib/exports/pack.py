"""What a group takes into a meeting: slides, a sheet for families, a chapter, or all of it with pictures and numbers in
one file. Each is made from the same answers as the screen."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from sendlib.answer import Answer, Mode, Text
from sendlib.board import Thoughts
from sendlib.catalogue import linkage
from sendlib.exports import own_figures, picture, pixels, report, slides
from sendlib.exports.csv import as_archive
from sendlib.exports.numbers import numbers_of, stem
from sendlib.exports.xlsx import as_xlsx
from sendlib.own_figures.model import OwnFigure
from sendlib.questions.joining_up import readiness
from sendlib.questions.joining_up.readiness import Readiness
from sendlib.store import Store

Link = Callable[[str, Mode], str]
"""The address of a page's view in a mode, by the page's name; empty where there is none, as on the command line."""
Told = Callable[[float, str], None]
"""Told how much is made, from 0 to 1, and what is being made."""
File = tuple[str, bytes | Callable[[], bytes]]
"""Its path within the pack, and what is in it, or what waits for that."""
_SAME_DAY = (1980, 1, 1, 0, 0, 0)
"""The day of all files in the pack: the same choices give the same bytes."""


_PACKED = (".png", ".xlsx", ".pptx", ".zip")
"""Endings of files that packing makes no smaller."""


def nowhere(page: str, mode: Mode) -> str:
    """No address at all."""
    return ""


def nobody(part: float, words: str) -> None:
    """Tells nobody."""


@dataclass(frozen=True)
class Contents:
    """What files are made of: the answers of the questions that were chosen, and what a group brought to them.

    `board` and `changes` are answers too. `own`: the group's own figures, which are in memory only and go into a file
    because the group asked for it; `readiness` likewise is how it answered the readiness check of Joining up.
    `template`: a council's own slides, as a .pptx. `unanswered`: why a question has no answer for this area.
    """

    answers: tuple[Answer, ...]
    board: Answer | None = None
    changes: Answer | None = None
    thoughts: Thoughts = Thoughts()
    own: tuple[OwnFigure, ...] = ()
    readiness: Readiness = Readiness()
    template: bytes | None = None
    unanswered: tuple[str, ...] = ()
    link: Link = nowhere

    @property
    def whole(self) -> tuple[Answer, ...]:
        """All answers: what was added to the questions stands last."""
        return (*self.answers, *self.brought)

    @property
    def brought(self) -> tuple[Answer, ...]:
        """The board and what changed, as far as they are there."""
        return tuple(one for one in (self.board, self.changes) if one)

    @property
    def area_code(self) -> str:
        """The area, as a file's name has it."""
        return self.answers[0].area.code.replace(",", "-")


@dataclass(frozen=True)
class Kind:
    """A kind of file: what it is called, what it is for, and what makes it."""

    title: str
    short: str
    says: Text
    ending: str
    mime: str
    make: Callable[[Store, Contents, Told], bytes]
    for_families: bool = False
    analysts_only: bool = False

    def file_name(self, contents: Contents) -> str:
        """`send-explorer-slides-879.pptx`."""
        return f"send-explorer-{self.short.split()[-1]}-{contents.area_code}{self.ending}"


def as_slides(store: Store, contents: Contents, told: Told = nobody) -> bytes:
    """A slide for each question, as PowerPoint has them. Raises TemplateRefused."""
    told(0.1, "Drawing the slides")
    return slides.as_pptx(
        store,
        contents.answers,
        contents.thoughts,
        contents.template,
        lambda answer: contents.link(answer.question, "show"),
        also=contents.brought,
    )


def as_sheet(store: Store, contents: Contents, told: Told = nobody) -> bytes:
    """One page for families, as HTML that prints to A4."""
    told(0.1, "Drawing the sheet")
    return _report(contents, "families")


def as_chapter(store: Store, contents: Contents, told: Told = nobody) -> bytes:
    """A chapter of at most eight pages, as HTML that prints to A4."""
    told(0.1, "Drawing the chapter")
    return _report(contents, "explore")


def _report(contents: Contents, mode: report.Kind) -> bytes:
    return report.as_html(
        contents.answers,
        mode,
        thoughts=contents.thoughts,
        board=contents.board,
        changes=contents.changes,
        link=contents.link("start", mode),
        unanswered=contents.unanswered,
    )


def as_zip(store: Store, contents: Contents, told: Told = nobody) -> bytes:
    """All of it in one ZIP. Raises TemplateRefused for a template that can not be used, and SnapshotDamaged."""
    held = io.BytesIO()
    with pixels.Beside() as beside, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        steps = list(_steps(store, contents, beside))
        later = []
        for place, (words, made) in enumerate(steps):
            told(place / len(steps), words)
            for name, content in made():
                if isinstance(content, bytes):
                    _put(archive, name, content)
                else:
                    later.append((name, content))
        for name, wait in later:
            _put(archive, name, wait())
    told(1, "The pack is ready")
    return held.getvalue()


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    kind = zipfile.ZIP_STORED if name.endswith(_PACKED) else zipfile.ZIP_DEFLATED
    archive.writestr(zipfile.ZipInfo(name, _SAME_DAY), content, kind)


def _steps(
    store: Store, contents: Contents, beside: pixels.Beside
) -> Iterator[tuple[str, Callable[[], Iterable[File]]]]:
    """What is made one after the other: in words, and its files. Pictures first, since they become pixels meanwhile."""
    for answer in contents.whole:
        yield f"Pictures: {answer.words}", partial(_pictures, answer, contents, beside)
    yield "What is in the pack", lambda: [("read-me.txt", read_me(contents).encode("utf-8-sig"))]
    yield "Slides", lambda: [("slides.pptx", as_slides(store, contents))]
    yield "A sheet for families", lambda: [("for-families.html", as_sheet(store, contents))]
    yield "A chapter", lambda: [("chapter.html", as_chapter(store, contents))]
    if contents.own:
        yield "Your own figures", lambda: [("our-own-figures.xlsx", own_figures.as_xlsx(contents.own))]
    if contents.readiness:
        yield "Your readiness check", lambda: [("readiness-check.txt", _checked(contents).encode("utf-8-sig"))]
    for answer in contents.whole:
        yield f"Numbers: {answer.words}", partial(_numbers, answer, contents)


def _checked(contents: Contents) -> str:
    """The readiness check as a text."""
    return readiness.as_text(linkage.of(), contents.readiness, contents.answers[0].area.name)


def _pictures(answer: Answer, contents: Contents, beside: pixels.Beside) -> Iterator[File]:
    """The pictures of an answer's lead."""
    link = contents.link(answer.question, "explore")
    for drawing in picture.files_of(answer, answer.lead, "explore", link):
        yield f"pictures/{drawing.stem}.svg", drawing.svg.encode()
        yield f"pictures/{drawing.stem}.png", beside.of(drawing.svg)


def _numbers(answer: Answer, contents: Contents) -> Iterator[File]:
    """The numbers of an answer's lead as a workbook, and all its tables as CSV with what their columns are."""
    link = contents.link(answer.question, "explore")
    for name in answer.tables:
        numbers = numbers_of(answer, name, link)
        if name in (answer.lead, answer.each(answer.lead)):
            yield f"numbers/{stem(answer, name)}.xlsx", as_xlsx(numbers)
        yield f"numbers/all/{stem(answer, name)}.zip", as_archive(numbers)


def read_me(contents: Contents) -> str:
    """What is in the pack, of whom, of when, and under which licence."""
    first = contents.answers[0]
    sources = dict.fromkeys(
        source.citation() for answer in contents.whole for found in answer.sources.values() for source in found
    )
    return "\r\n".join(
        [
            f"SEND Explorer: {first.area.name}{f' beside {first.beside.area.name}' if first.beside else ''}",
            f"Compared with: {first.comparators or 'nobody'}",
            "",
            *(f"- {answer.words}" for answer in contents.whole),
            *(f"- Left out. {words}" for words in contents.unanswered),
            "",
            "slides.pptx: a slide for each question; what to ask the room is in the notes.",
            "for-families.html: one page in plain words. chapter.html: at most eight pages. Open them in a browser;"
            " they print to A4.",
            "pictures: each picture as PNG and SVG. numbers: each picture's numbers as a workbook; in numbers/all every"
            " table as CSV with what its columns are.",
            *_of_the_group(contents),
            "",
            "Where the figures come from:",
            *(f"- {source}" for source in sources),
            "",
        ]
    )


def _of_the_group(contents: Contents) -> list[str]:
    """What the group itself wrote, word by word."""
    told = []
    if contents.own:
        told.append("our-own-figures.xlsx: your own figures, as you gave them; nobody checked them.")
    if contents.readiness:
        told.append("readiness-check.txt: how your group answered the survey's six questions on joining up records.")
    for heading, words in (
        ("What we think is going on:", contents.thoughts.hypothesis),
        ("What we want to find out:", contents.thoughts.questions),
    ):
        if words.strip():
            told += ["", heading, words.strip()]
    return told


KINDS: Mapping[str, Kind] = {
    "slides": Kind(
        "Slides",
        "the slides",
        Text("A slide for each question, with charts that can be changed in PowerPoint and what to ask in the notes."),
        ".pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        as_slides,
    ),
    "sheet": Kind(
        "A sheet for families",
        "the sheet",
        Text("Our council compared: one page in plain words. It opens in a browser and prints on A4."),
        ".html",
        "text/html",
        as_sheet,
        for_families=True,
    ),
    "chapter": Kind(
        "A chapter for a needs assessment",
        "the chapter",
        Text("At most eight pages with every test and source. It opens in a browser and prints on A4."),
        ".html",
        "text/html",
        as_chapter,
        analysts_only=True,
    ),
    "pack": Kind(
        "Everything in one file",
        "the pack",
        Text(
            "All of these, every picture (PNG, SVG) and every table (Excel, CSV), in one ZIP.",
            families="All of these, with every picture and every table, in one ZIP file.",
        ),
        ".zip",
        "application/zip",
        as_zip,
    ),
}
