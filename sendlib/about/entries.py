"""What the search of About finds: tables, indicators, resources, gaps, terms, methods and pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sendlib import questions
from sendlib.about.finding import Entry
from sendlib.answer import glossary
from sendlib.catalogue.gaps import gaps
from sendlib.catalogue.indicators import indicators
from sendlib.catalogue.resources import resources
from sendlib.store import TableInfo


def of(infos: Sequence[TableInfo], methods: Mapping[str, str]) -> tuple[Entry, ...]:
    """All of them, those that explain a word first."""
    return (*_terms(), *_pages(), *_tables(infos), *_indicators(), *_of_others(), *_methods(methods))


def _terms() -> Iterator[Entry]:
    for one in glossary.terms():
        said = " ".join(dict.fromkeys(filter(None, (one.meaning, one.plain, *one.spellings))))
        yield Entry("Word", one.name, one.meaning or one.plain, said, part="words", plain=one.plain or one.meaning)


def _pages() -> Iterator[Entry]:
    for one in questions.QUESTIONS:
        yield Entry("Page", one.title, one.words, f"{one.words} {one.name}", page=one.name, plain=one.words)


def _tables(infos: Sequence[TableInfo]) -> Iterator[Entry]:
    for info in infos:
        sources = " ".join(f"{one.publication} {one.publisher} {one.release}" for one in info.sources)
        columns = " ".join(info.columns).replace("_", " ")
        shown = f"{info.grain[:1].upper()}{info.grain[1:]}."
        yield Entry("Table", info.title, shown, f"{shown} {sources} {columns}", part="details", table=info.name)


def _indicators() -> Iterator[Entry]:
    for one in indicators():
        page = one.places[0].page if one.places else ""
        says = one.note or one.today
        yield Entry("Indicator of 2018", one.words, says, f"{one.families} {one.block} {says}", "indicators", page)


def _of_others() -> Iterator[Entry]:
    for one in resources():
        yield Entry("Elsewhere", f"{one.organisation}: {one.name}", one.what, f"{one.what} {one.note}", "resources")
    for gap in gaps():
        yield Entry("Not known", gap.what, f"{gap.why} {gap.who}", f"{gap.families} {gap.why} {gap.who}", "gaps")


def _methods(methods: Mapping[str, str]) -> Iterator[Entry]:
    for heading, text in methods.items():
        first = next((line for line in text.splitlines() if line and line[0] not in "|#-"), "")
        yield Entry("Method", heading, first, text, part="method")
