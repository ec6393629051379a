"""The ways out of a page: who helps, whom to tell what is wrong, and the link that a phone takes along."""

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from sendlib import catalogue, settings
from sendlib.errors import SourceUnavailable
from sendlib.view import bar, help_lines
from tests.view.test_pages import html_of, opened

PAGE = "https://send.council.example/app/needs?area=879&vs=region"


def of(text):
    return settings.read({"SENDLIB_FEEDBACK": text}, Path("no-such-file")).feedback


@pytest.mark.parametrize("text", ["", "send@council.example", "https://council.example/tell?form=1"])
def test_an_address_or_a_page_to_tell_is_taken(text):
    assert of(text) == text


@pytest.mark.parametrize("text", ["javascript:alert(1)", "http://council.example", "send at council", "a@b.c?cc=d@e.f"])
def test_anything_else_is_refused_by_name(text):
    with pytest.raises(SourceUnavailable, match="SENDLIB_FEEDBACK"):
        of(text)


def test_what_is_told_holds_the_link_of_the_view():
    by_mail = help_lines.way_to_tell("send@council.example", PAGE)
    assert by_mail.startswith("mailto:send@council.example?") and PAGE in unquote(by_mail)
    by_page = help_lines.way_to_tell("https://council.example/tell?form=1", PAGE)
    assert parse_qs(urlsplit(by_page).query) == {"form": ["1"], "page": [PAGE]}
    assert help_lines.way_to_tell("", PAGE) == ""


def test_a_page_leads_there_only_where_somebody_is_named(monkeypatch):
    assert not any("mailto:" in part for part in html_of(opened("needs", area="879")))
    monkeypatch.setenv("SENDLIB_FEEDBACK", "send@council.example")
    assert any("mailto:send@council.example" in part for part in html_of(opened("needs", area="879")))


def test_the_link_for_families_is_the_same_view_in_their_mode():
    link = bar.in_families(f"{PAGE}&mode=show&open=a%2Cb")
    assert link.startswith("https://send.council.example/app/needs?")
    assert parse_qs(urlsplit(link).query) == {
        "area": ["879"],
        "vs": ["region"],
        "mode": ["families"],
        "open": ["a,b"],
    }


def test_families_find_who_helps_before_the_picture():
    shown = html_of(opened("needs", area="879", mode="families"))
    (at,) = [place for place, part in enumerate(shown) if 'class="help"' in part]
    assert all(line.address in shown[at] for line in catalogue.help_lines())
    assert at < next(place for place, part in enumerate(shown) if 'class="key"' in part)
