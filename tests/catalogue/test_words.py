"""The lists' words: plain for families, and nothing in them that the glossary does not explain."""

import re

import pytest

from sendlib import catalogue
from sendlib.answer import glossary
from sendlib.catalogue.gaps import gaps
from sendlib.catalogue.indicators import indicators, lenses, statements
from sendlib.catalogue.resources import resources
from tests import reading

LISTS = {
    "indicators": [(one.families, one.families_note) for one in indicators()],
    "statements": [(one.families,) for one in statements()],
    "lenses": [(one.families_name, one.families, one.families_note) for one in lenses()],
    "resources": [(one.families,) for one in resources()],
    "gaps": [(one.families, one.families_who) for one in gaps()],
}
"""What families read of each list."""
NAMES = {"ADR", "BI", "CIPFA", "CQC", "COVID", "GCSE", "GP", "HM", "IPSEA", "LA", "LG", "NHS", "NICE", "PANSI", "UK"}
"""Abbreviations that are names, stand in the title of a publication, or that everybody says."""


@pytest.mark.parametrize("name", LISTS)
def test_families_words_are_plain(name):
    said = [text for texts in LISTS[name] for text in texts if text]
    assert [one for text in said for one in reading.too_long(text)] == []
    assert reading.grade(said) <= reading.HIGHEST_GRADE


def test_each_of_the_drivers_that_the_documents_name_is_explained():
    named = {way for term in glossary.terms() for way in (term.name, *term.spellings)}
    assert {
        "Transforming Care",
        "Children and Families Act 2014",
        "Aiming High",
        "Community Services Data Set",
        "CSDS",
        "SEND code of practice",
        "Graduated approach",
        "Local offer",
        "Portage",
        "Early Help",
        "Joint strategic needs assessment",
        "Written statement of action",
    } <= named


def test_every_abbreviation_of_the_pages_and_the_lists_is_explained(written):
    lists = [str(catalogue.load(name)) for name in ("indicators", "resources", "gaps", "checklist")]
    explained = " ".join(f"{one.name} {one.meaning} {' '.join(one.spellings)}" for one in glossary.terms())
    said = " ".join((*written.values(), *lists))
    short = {word.removesuffix("s") for word in re.findall(r"\b[A-Z]{2,}s?\b", said) if f"({word})" not in said} - NAMES
    assert {word for word in short if not re.search(rf"\b{word}s?\b", explained)} == set()
