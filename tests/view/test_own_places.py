"""A reader's own places and own count on Places: they stay for the visit, in no address, until they are taken out."""

import json

import pytest
import streamlit as st

from sendlib.view import own_places
from tests.view.test_pages import opened, text_of

FILE = b"name,lat,lon,type,places\nZebra House,50.37,-4.14,respite,6\nSwapped,-4.1,50.4,,\n<b>Bold</b>,50.4,-4.1,,\n"


@pytest.fixture
def brought():
    """Places with the part opened and a file brought."""
    test = opened("places", area="879", open="own_places")
    return test.get("file_uploader")[0].set_value(("mine.csv", FILE, "text/csv")).run()


def pages_html(test):
    return "".join(element.proto.body for element in test.get("html"))


def test_places_stay_while_the_part_is_closed_and_another_area_is_looked_at(brought):
    assert "Zebra House" in pages_html(brought) and "2 places read." in text_of(brought)
    brought.query_params["open"] = "none"
    assert "Zebra House" not in pages_html(brought.run())
    assert [point.name for point in brought.session_state[own_places.POINTS]] == ["Zebra House", "<b>Bold</b>"]
    brought.query_params["area"], brought.query_params["open"] = "370", "own_places"
    assert "Zebra House" in pages_html(brought.run())


def test_the_line_that_is_wrong_is_named_and_nothing_of_a_file_is_markup(brought):
    assert "<li>Line 3: &#x27;-4.1&#x27; and &#x27;50.4&#x27; are not in England" in pages_html(brought)
    assert "&lt;b&gt;Bold&lt;/b&gt;" in pages_html(brought) and "<b>Bold" not in pages_html(brought)


def test_another_file_takes_the_place_of_the_first(brought):
    second = b"name,lat,lon\nThe Cabin,50.4,-4.1\n"
    test = brought.get("file_uploader")[0].set_value(("second.csv", second, "text/csv")).run()
    assert "The Cabin" in pages_html(test) and "Zebra House" not in pages_html(test)


def test_places_are_taken_out_by_a_button(brought):
    test = brought.button(key="take_places_out").click().run()
    assert "Zebra House" not in pages_html(test) and own_places.POINTS not in test.session_state


def test_within_another_site_the_part_leads_out_of_it_with_the_same_view(monkeypatch):
    monkeypatch.setattr(type(st.context), "is_embedded", property(lambda _: True))
    test = opened("places", area="879", vs="region", open="own_places,provision")
    assert "stands within another site" in text_of(test) and not test.get("file_uploader")
    (link,) = test.get("link_button")
    assert link.proto.url == "?area=879&vs=region&open=own_places"


def count_typed(out, of=""):
    test = opened("places", area="879", open="own_count")
    test.text_input(key="own_count_out_879").set_value(out)
    test.text_input(key="own_count_of_879").set_value(of)
    return next(one for one in test.button if "beside DfE" in one.label).click().run()


def test_an_own_count_is_said_kept_in_no_address_and_taken_out():
    test = count_typed("120", "2,700")
    assert "120 placed out of area, of 2,700 plans (4.4%)" in text_of(test)
    assert "2,700" not in json.dumps(test.query_params) and "2700" not in json.dumps(test.query_params)
    test.query_params["area"] = "370"
    assert "120 placed" not in text_of(test.run())
    test.query_params["area"] = "879"
    assert "120 placed" in text_of(test.run())
    assert "120 placed" not in text_of(test.button(key="take_count_out").click().run())


def test_a_small_count_is_hidden_until_the_reader_asks():
    test = count_typed("3")
    assert "fewer than 5 placed" in text_of(test)
    assert "Your own count: 3 placed" in text_of(test.checkbox(key="own_count_all_879").check().run())


def test_a_count_that_can_not_be_right_is_not_taken():
    assert "Placed out of area: '-3' is not" in text_of(count_typed("-3"))
    assert "More are placed out of area (9) than there are plans (5)." in text_of(count_typed("9", "5"))
