"""About the data: one calm screen first, then a search, then parts that open; plain words for families."""

import shutil

import pytest

from sendlib import service
from sendlib.about import accessibility
from sendlib.answer import MODES
from sendlib.catalogue.indicators import indicators, lenses
from sendlib.store import Store
from tests.reading import HIGHEST_GRADE, grade, too_long
from tests.view.shown_tables import tables_of
from tests.view.test_pages import html_of, opened, text_of


def test_a_room_sees_three_sentences_and_a_calendar_alone():
    test = opened("about_data", mode="show")
    assert not test.exception
    assert [len(one.value) for one in tables_of(test)] == [len(service.about().calendar.first)]
    assert not test.expander and not test.text_input
    assert all(said.in_mode("show") in text_of(test) for said in service.about().sentences)


def test_families_read_plain_words():
    about = service.about()
    said = [text.in_mode("families") for text in [*about.sentences, about.calendar.said]]
    said += [text.in_mode("families") for part in accessibility.STATEMENT for text in part.texts]
    said += [text.in_mode("families") for part in about.parts for text in part.said if part.heading.in_mode("families")]
    said += [one.in_mode("families") for one in (accessibility.TELL_US, accessibility.TELL_WHOM)]
    said += [accessibility.WHAT_TO_SAY.in_mode("families")]
    missing = next(part for part in about.parts if part.name == "missing")
    said += missing.table("families")["What it means"].tolist()
    assert all(said) and not [text for text in said if too_long(text)]
    assert grade(said) <= HIGHEST_GRADE


def test_what_belongs_to_whoever_runs_this_copy_is_in_explore_alone():
    for mode in ("families", "show"):
        words = text_of(opened("about_data", mode=mode, open="all"))
        for term in ("SENDLIB", "python -m", "command line", "Fetch newer", "SHA-256"):
            assert term not in words, (mode, term)
    assert "Fetch newer figures" in [one.label for one in opened("about_data").expander]


@pytest.mark.parametrize("mode", ["explore", "families"])
def test_every_part_opens(mode):
    test = opened("about_data", mode=mode, open="all")
    assert not test.exception
    parts = [part for part in service.about().parts if part.heading.in_mode(mode)]
    labels = [one.label for one in test.expander]
    assert [part.heading.in_mode(mode) for part in parts if part.heading.in_mode(mode) not in labels] == []
    assert len(tables_of(test)) >= sum(part.table(mode) is not None for part in parts)


def test_a_search_leads_to_the_part_and_the_table_it_found():
    test = opened("about_data", find="tribunal")
    links = [element.proto for element in test.get("page_link")]
    assert any("part" not in one.query_string and "open=words" in one.query_string for one in links)
    assert "found" in "".join(html_of(test))
    nothing = opened("about_data", find="zebra")
    assert "Nothing here has these words" in "".join(html_of(nothing))


def test_a_table_is_told_in_detail():
    test = opened("about_data", open="details", table="needs")
    assert next(one for one in test.selectbox if one.label == "Which table?").value == "needs"
    assert "SHA-256 of this table" in text_of(test)
    assert not opened("about_data", open="details", table="<b>nothing").exception


@pytest.mark.parametrize("lens", ["", *(one.code for one in lenses())])
def test_a_lens_shows_its_own_indicators(lens):
    test = opened("about_data", open="indicators", lens=lens)
    own = [one for one in indicators() if lens in ("", one.lens)]
    shown = [table.value for table in tables_of(test) if "Indicator" in table.value]
    assert [len(table) for table in shown] == ([len(own)] if own else [])
    why = next((one.note for one in lenses() if one.code == lens), "")
    assert own or (why and why in text_of(test))


def test_the_statement_on_accessibility_claims_no_audit_and_says_whom_to_tell():
    for mode in set(MODES) - {"show"}:
        words = text_of(opened("about_data", mode=mode, open="accessibility"))
        assert "obody from outside has" in words
        assert accessibility.TELL_WHOM.in_mode(mode) in words


def test_a_damaged_list_is_told_and_the_rest_of_the_page_stands(monkeypatch, tmp_path, store):
    folder = tmp_path / "snapshot"
    shutil.copytree(store.folder, folder)
    for name in ("neighbours", "needs"):
        (folder / store.info(name).file).write_bytes(b"not a table")
    monkeypatch.setattr(service, "store", lambda: Store(folder))
    test = opened("about_data", open="all")
    assert not test.exception
    assert any("neighbours" in error.value for error in test.error)
    assert "Changes of areas" in [one.label for one in test.expander]
    assert "Statistical neighbours" not in [one.label for one in test.expander]
