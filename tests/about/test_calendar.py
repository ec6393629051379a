"""The calendar of About says what is held, and never that something is still to come that is held already."""

import pandas as pd

from sendlib import service
from sendlib.about import calendar
from sendlib.answer import MODES
from sendlib.store import Looked


def test_the_calendar_has_the_newest_release_of_each_publication_once(store):
    first = service.about().calendar.first
    assert first["Source"].is_unique and len(first) >= 4
    plans = first.set_index("Source").loc["Education, health and care plans"]
    assert plans["Published"] == "25 June 2026" and plans["Comes next"] == "January 2027: announced for June 2027"


def test_nothing_is_said_to_come_that_is_held(store):
    held = {(source.publication, source.published) for info in store.tables.values() for source in info.sources}
    first = service.about().calendar.first
    spoken = {(publication, calendar.spoken_date(day)) for publication, day in held if day}
    for row in first.to_dict("records"):
        after = row["Comes next"].rpartition(": ")[2].removeprefix("published ").removeprefix("announced for ")
        assert (row["Source"], after) not in spoken, row


def test_every_release_held_is_in_the_whole_calendar(store):
    whole = service.about().calendar.whole
    held = {(source.publication, source.release) for info in store.tables.values() for source in info.sources}
    assert set(zip(whole["Source"], whole["Release here"], strict=True)) == held
    assert whole["Next"].str.len().min() > 0


def test_what_was_seen_at_a_publisher_is_in_the_calendar(store):
    seen = Looked(on="2026-11-20", offered={"waits_community": "March 2031"})
    found = calendar.of(store.tables.values(), seen).first.set_index("Source")
    assert found.loc["Community health services waiting lists", "Comes next"].startswith("March 2031: seen at the publ")


def test_the_rest_is_counted_in_every_mode(store):
    said = service.about().calendar.said
    publications = {source.publication for info in store.tables.values() for source in info.sources}
    first = service.about().calendar.first
    numbers = pd.Series(said.explore).str.extractall(r"(\d+)")[0].astype(int).tolist()
    assert sum(numbers) + len(first) == len(publications)
    assert all(said.in_mode(mode) for mode in MODES)
