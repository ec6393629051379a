"""Our own figures on Take away and My area: they stay for the visit, in no address and for no other reader, until they
are taken out."""

import json

import pytest
import streamlit as st

from sendlib.view import own_figures
from tests.reading import grade, too_long
from tests.view.test_pages import html_of, opened, text_of

FILE = (
    b"Indicator,Period,Of whom,Figure,Unit,Note\n"
    b"EHC plans completed within 20 weeks,2025,,61.5,%,exceptions left out\n"
    b"Short breaks,2025/26,aged 5 to 10,3,children,<b>Bold</b>\n"
    b"Short breaks,2024/25,aged 5 to 10,412,children,\n"
    b"Early Help,2025,,4120,families,\n"
)
WRONG = b"Indicator,Period,Figure,Unit\nEarly Help,2025,many,families\n"


def bring(test, content, name="mine.csv"):
    return test.get("file_uploader")[0].set_value((name, content, "text/csv")).run()


def take_away(**query):
    return opened("take_away", area="879", part="own", **query)


def in_mode(test, mode):
    test.query_params["mode"] = mode
    return test.run()


@pytest.fixture
def brought():
    return bring(take_away(), FILE)


def test_figures_are_shown_beside_the_published_one_of_the_same_subject(brought):
    said = text_of(brought)
    assert "4 figures were read, of Plymouth." in said and "61.5%" in said
    assert "Published for 2024: 6.0%" in said and "may be counted in different ways" in said
    assert own_figures.UNCHECKED in said and not brought.exception


def test_nothing_of_a_file_is_markup_or_in_the_address(brought):
    content = FILE.replace(b"Short breaks,2024/25,aged 5 to 10,412,children,\n", b"")
    said = "".join(html_of(bring(brought, content)))
    assert "&lt;b&gt;Bold&lt;/b&gt;" in said and "<b>Bold" not in said
    assert "61.5" not in json.dumps(brought.query_params)


def test_1_to_4_are_written_only_where_the_reader_asks_for_it():
    content = FILE.replace(b"Short breaks,2024/25,aged 5 to 10,412,children,\n", b"")
    three = '>3 <span class="unit">children</span>'
    test = bring(take_away(), content)
    assert "Fewer than 5" in text_of(test) and three not in text_of(test)
    assert three in text_of(test.checkbox(key="own_figures_all_879").check().run())
    for mode in ("show", "families"):
        said = text_of(in_mode(test, mode))
        assert three not in said and "3 children" not in said and "Fewer than 5" in said


def test_what_is_wrong_is_named_by_its_cell_and_the_figures_before_stay(brought):
    test = bring(brought, WRONG)
    assert "C2: &#x27;many&#x27; is no number" in text_of(test)
    assert "The figures that you had before are still here." in text_of(test) and "61.5%" in text_of(test)


def test_they_are_kept_by_area_and_taken_out_by_a_button(brought):
    brought.query_params["area"] = "370"
    assert "61.5%" not in text_of(brought.run())
    brought.query_params["area"] = "879"
    assert "61.5%" in text_of(brought.run())
    test = brought.button(key="take_own_figures_out").click().run()
    assert "61.5%" not in text_of(test) and "were read" not in text_of(test)


def test_another_session_does_not_see_them(brought):
    other = take_away()
    assert "61.5%" in text_of(brought.run()) and "61.5%" not in text_of(other)
    assert "61.5%" not in text_of(bring(other, WRONG)) and "61.5%" in text_of(brought.run())


@pytest.mark.parametrize("mode", ["explore", "show", "families"])
def test_my_area_has_them_under_its_numbers_only_where_there_are_any(mode, brought):
    test = opened("my_area", area="879", mode=mode)
    assert "Our own" not in text_of(test)
    test.session_state["own_figures"] = brought.session_state["own_figures"]
    said = text_of(test.run())
    assert "61.5%" in said and "Our own" in said and not test.exception


@pytest.mark.parametrize("code", ["201", "E12000009", "E92000001", "QJK", "878,879,880", "942"])
def test_an_area_of_any_kind_has_them(code):
    test = bring(opened("take_away", area=code, part="own"), FILE)
    assert "61.5%" in text_of(test) and not test.exception
    for mode in ("show", "families"):
        assert "61.5%" in text_of(in_mode(test, mode)) and not test.exception


def test_families_read_short_plain_sentences(brought):
    test = bring(take_away(), FILE)
    words = [str(one.value) for one in in_mode(test, "families").markdown]
    own = [line for line in words if "number" in line or "none yet" in line or "reload" in line]
    assert own and not [one for line in own for one in too_long(line)] and grade(own) <= 8


def test_within_another_site_the_part_leads_out_of_it(monkeypatch):
    monkeypatch.setattr(type(st.context), "is_embedded", property(lambda _: True))
    test = take_away()
    assert "stands within another site" in text_of(test) and not test.get("file_uploader")
    (link,) = test.get("link_button")
    assert link.proto.url == "?area=879&part=own"


def test_without_an_area_one_is_asked_for():
    assert "Choose an area above to begin" in text_of(opened("take_away", part="own"))
