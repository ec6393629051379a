"""The rehearsal on Joining up: Explore only, MADE UP in every part, no file can be brought, and lists are refused."""

import pytest

from sendlib.linking import engine, rehearsal
from sendlib.own_figures import people
from sendlib.view import own_places
from sendlib.view.joining_up import rehearsal as page
from tests.view.test_own_places import pages_html
from tests.view.test_pages import opened, text_of


@pytest.fixture
def shown(rehearsed, monkeypatch):
    """The page with the rehearsal opened, which is worked out once for all tests."""
    asked = []
    monkeypatch.setattr(page, "_SHARED", page._Shared())
    monkeypatch.setattr(rehearsal, "rehearse", lambda *choices: asked.append(choices[:2]) or rehearsed)

    def show(**query):
        return opened("joining_up", area="879", open="rehearsal", rehearsal="linked", **query), asked

    return show


def test_it_tells_bedfords_story_with_figures_pictures_and_the_pair(shown):
    test, asked = shown()
    told = text_of(test)
    assert not test.exception and asked == [(2_000, 1)]
    assert "Bedford's first trace found 85%" in told and "MADE UP here, to show what Bedford saw" in told
    assert "it is measured nowhere" in told and "python -m sendlib link" in test.code[-1].value
    assert not test.get("file_uploader")
    test.selectbox(key="rehearsal_pair").select("wrong").run()
    assert test.query_params["rehearsal_pair"] == "wrong" and "a link that is wrong" in text_of(test)
    assert asked == [(2_000, 1)]


def test_nothing_is_worked_out_before_a_reader_asks_and_then_once_for_all(rehearsed, monkeypatch):
    asked = []
    monkeypatch.setattr(page, "_SHARED", page._Shared())
    monkeypatch.setattr(rehearsal, "rehearse", lambda *choices: asked.append(choices[:2]) or rehearsed)
    test = opened("joining_up", area="879", open="rehearsal")
    assert not asked and "MADE UP." in text_of(test) and "python -m sendlib link" in test.code[-1].value
    test.button(key="rehearsal").click().run()
    assert test.query_params["rehearsal"] == "linked" and "Bedford's first trace" in text_of(test)
    assert "Bedford's first trace" in text_of(opened("joining_up", area="370", open="rehearsal"))
    assert asked == [(2_000, 1)]


def test_choices_of_the_address_are_taken_and_what_is_none_of_them_is_not(shown):
    test, asked = shown(rehearsal_children="1000", rehearsal_draw="99", rehearsal_pair="moved")
    assert asked == [(1_000, 1)] and "a child who moved house" in text_of(test)


def test_without_splink_the_page_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(engine, "is_there", lambda *_: False)
    test = opened("joining_up", area="879", open="rehearsal")
    assert not test.exception and "Whoever runs the app can add it" in text_of(test)
    assert [code.value for code in test.code] == ["pip install -r requirements-link.txt"]


@pytest.mark.parametrize("mode", ["show", "families"])
def test_a_room_and_families_have_no_rehearsal_and_no_command(mode, monkeypatch):
    monkeypatch.setattr(page, "draw", lambda: pytest.fail("it was drawn"))
    test = opened("joining_up", area="879", open="rehearsal", mode=mode)
    assert "python -m" not in text_of(test) and "pip install" not in text_of(test)


LISTS = {
    "headings": "Forename,Surname,DOB,lat,lon\nA,B,01/02/2015,50.4,-4.1\n",
    "NHS number": "name,lat,lon,type\nThe Cabin,50.4,-4.1,943 476 5919\n",
    "pupil number": "name,lat,lon,type\nH801200001001,50.4,-4.1,x\n",
    "date of birth": "name;lat;lon;date_of_birth\nA;50,4;-4,1;01/02/2015\n",
}


@pytest.mark.parametrize("content", LISTS.values(), ids=LISTS)
def test_a_list_of_people_is_refused_among_own_places_with_where_it_can_be_linked(content):
    test = opened("places", area="879", open="own_places")
    test = test.get("file_uploader")[0].set_value(("mine.csv", content.encode(), "text/csv")).run()
    told = pages_html(test)
    assert "looks like a list of people" in told and "linked at your own desk" in told
    assert test.session_state[own_places.POINTS] == []
    assert "943 476" not in told and "H801200001001" not in told


def test_a_file_of_places_with_addresses_and_telephones_is_no_list_of_people():
    heads, cells = (
        "name,address,postcode,telephone,lat,lon,opened",
        "The Cabin,1 High St,PL1 2AB,01752 668000,50.37,-4.14",
    )
    assert people.refusal(f"{heads}\n{cells},01/09/2020\n".encode()) == ""
    assert people.refusal(b"\xd0\xcf\x11\xe0") == ""
