"""What a page says of releases that are newer than those it shows."""

from dataclasses import replace

from sendlib.answer import newer
from sendlib.provenance import Following, Provenance

PLANS = Provenance(
    publisher="Department for Education",
    publication="Education, health and care plans",
    release="reporting year 2025",
    published="2025-06-26",
    retrieved=None,
    url="https://example.org",
    licence="OGL",
    sha256="",
    status="",
    note="",
    shows="January 2025",
    following=Following("January 2026", "2026-06-25", published=True),
)


def said(*sources, offered=None, today="2026-11-27"):
    found = newer.lines({"needs": sources}, {"needs": offered} if offered else {}, "2026-11-20", today)
    return [line.explore for line in found.get("needs", ())]


def test_a_release_that_is_known_to_be_out_is_told_of_with_its_day():
    assert said(PLANS) == [
        "Education, health and care plans: the Department for Education published January 2026 on 25 June 2026."
        " This copy shows January 2025."
    ]


def test_a_release_that_is_due_is_told_of_once_its_month_is_over_and_not_before():
    due = replace(PLANS, following=Following("an update", "2026-06"))
    assert said(due, today="2026-06-30") == []
    assert said(due, today="2026-07-01") == [
        "Education, health and care plans: due since June 2026: an update. This copy shows January 2025."
    ]


def test_what_was_replaced_by_a_newer_release_of_the_same_publication_says_nothing():
    fetched = replace(PLANS, release="reporting year 2026", shows="", following=None)
    assert said(fetched, PLANS) == []
    assert len(said(replace(fetched, publication="Another"), PLANS)) == 1


def test_what_the_last_look_found_stands_in_place_of_what_was_known_before():
    assert said(PLANS, offered="reporting year 2027") == [
        "Education, health and care plans: the Department for Education had reporting year 2027 when this copy looked,"
        " on 20 November 2026. This copy shows January 2025."
    ]


def test_a_provenance_survives_the_way_into_a_manifest_and_back_and_older_manifests_are_read():
    assert Provenance.from_dict(PLANS.to_dict()) == PLANS
    old = {name: value for name, value in PLANS.to_dict().items() if name not in ("shows", "following")}
    assert Provenance.from_dict(old) == replace(PLANS, shows="", following=None)
