"""Getting help: inspections in Ofsted's words, the two frameworks apart."""

import pytest

from sendlib import questions, service
from sendlib.answer import MODES
from sendlib.compared.comparators import DEFAULT


@pytest.fixture(scope="module")
def answers(everywhere):
    return everywhere("getting_help")


def cards(answer):
    return [card for card in answer.cards if card.of_area]


def test_an_inspection_is_told_in_ofsteds_words_with_its_day_and_its_report(answers, store):
    held = store.table("inspections").astype({"area_code": str, "framework": str, "words": str, "link": str})
    row = held[held["area_code"].eq("879") & held["framework"].eq("2023")].iloc[0]
    new, old = cards(answers["879"])
    assert f"“{row['words']}”" in [line.explore for line in new.lines]
    assert "published 22 August 2023" in new.lines[1].explore and new.links[0].address == row["link"]
    assert "framework of 2023" in new.heading.explore and "framework of 2016" in old.heading.explore
    assert "widespread" not in " ".join(line.explore for line in old.lines)


def test_no_inspection_yet_is_a_state_of_its_own_and_neither_good_nor_bad(answers):
    new, old = cards(answers["420"])
    assert (new.state, old.state) == ("not_found", "inspected")
    for mode in MODES:
        assert new.lines[0].in_mode(mode).startswith("No inspection yet in the list of 29 June 2026.")
        assert "bad" in new.lines[0].in_mode(mode)


def test_who_stood_here_before_keeps_its_own_inspection(answers):
    told = [card.heading.explore for card in cards(answers["942"])]
    assert told[1].endswith("Cumberland") and told[2].endswith("Cumbria, which stood here before")


def test_the_authorities_of_a_region_are_counted_by_outcome_and_add_up():
    answer = service.ask(questions.named("getting_help"), "E12000009", DEFAULT, {})
    table = answer.tables["inspections"].data
    for card, framework in zip(cards(answer), ("2023 framework", "2016 framework"), strict=True):
        numbers = [int(line.explore.rstrip(".").rpartition(": ")[2]) for line in card.lines if line.explore]
        assert sum(numbers) == table["framework"].eq(framework).sum() == 15


def test_an_outcome_that_could_not_be_read_is_not_made_up(answers):
    slough = cards(answers["871"])[0]
    assert "could not be read" in slough.lines[0].explore and slough.links[0].address.startswith("https://files.ofsted")
