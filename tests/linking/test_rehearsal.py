"""The rehearsal: what Bedford saw, worked out of made-up slips, and held against a truth that is known."""

import pytest

from sendlib import pictures
from sendlib.catalogue import linkage
from sendlib.exports import picture as saved
from sendlib.exports.formats import FORMATS
from sendlib.exports.numbers import numbers_of
from sendlib.linking import engine, fields, groups, rehearsal, telling
from sendlib.linking.fields import WAYS

USUAL = rehearsal.USUAL


def test_it_goes_from_about_85_to_over_98_per_cent_as_bedford_did(rehearsed):
    first, middle, last = (rehearsal.found(rehearsed, way, USUAL) for way in WAYS)
    known = linkage.of()
    assert abs(first.rate - known.first) < 2 and last.rate > known.after
    assert first.rate + 5 < middle.rate < last.rate - 2


def test_links_are_counted_against_the_truth(rehearsed):
    truth = rehearsed.lists.truth.set_index("unique_id")["health_id"]
    for way in WAYS:
        links = rehearsed.links(way, USUAL)
        right = links["unique_id_l"].map(truth).eq(links["unique_id_r"]).sum()
        found = rehearsal.found(rehearsed, way, USUAL)
        assert (found.right, found.wrong) == (right, len(links) - right)
        assert found.precision == pytest.approx(100 * right / len(links))
        assert found.recall == pytest.approx(100 * right / truth.ne("").sum())
        assert links["unique_id_l"].is_unique and links["unique_id_r"].is_unique


def test_hyphens_are_what_the_first_pass_misses_and_mending_them_finds(rehearsed):
    rows = telling.of(rehearsed, USUAL, "double").tables["groups"].data.set_index("group")
    written_otherwise = rows.loc["Double surname written otherwise"]
    assert written_otherwise["written"] < 5 and written_otherwise["hyphens"] > 90
    assert rows.loc["A double surname", "written"] < rows.loc["One surname", "written"] - 40
    assert rows.loc["A name spelt in several ways", "mended"] < rows.loc["One surname", "mended"]


def test_groups_of_one_kind_hold_every_child_once(rehearsed):
    truth = rehearsed.lists.truth
    for grouped in ("Name", "Home"):
        assert sum(rows.sum() for kind, _, rows in groups.of(truth) if kind == grouped) == len(truth)


def test_a_higher_certainty_never_links_more(rehearsed):
    linked = telling.of(rehearsed, USUAL, "double").tables["certainty"].data["linked"]
    assert linked.is_monotonic_decreasing


def test_the_weights_of_a_pair_add_up_to_what_splink_gives_it(rehearsed):
    pairs = rehearsed.pairs["mended"]
    for _, pair in pairs.iloc[:: len(pairs) // 20].iterrows():
        weights = [step.weight for step in rehearsal.steps(rehearsed, "mended", pair)]
        assert sum(weights) == pytest.approx(pair["weight"], abs=1e-4)


@pytest.mark.parametrize("example", telling.EXAMPLES)
def test_each_kind_of_pair_is_told_and_drawn(rehearsed, example):
    answer = telling.of(rehearsed, USUAL, example)
    assert example in telling.examples(rehearsed, USUAL)
    (drawn,) = pictures.of(answer, "pair", "explore")
    assert drawn.alt.explore.startswith("MADE UP") and drawn.data["number"].iloc[-1] in drawn.alt.explore
    assert saved.FORMATS["svg"].make([drawn], "")


def test_everything_that_is_shown_says_that_it_is_made_up(rehearsed):
    answer = telling.of(rehearsed, USUAL, "moved")
    said = [
        answer.title,
        *(figure.label for figure in answer.figures),
        *(table.caption for table in answer.tables.values()),
    ]
    assert all("MADE UP" in text.explore for text in said)
    for name in answer.tables:
        assert all("MADE UP" in one.alt.explore for one in pictures.of(answer, name, "explore"))
        numbers = numbers_of(answer, name)
        assert "MADE UP" in numbers.caption and numbers.area == "MADE-UP children"
        assert all(made.make(numbers) for made in FORMATS.values())


def test_the_same_choices_give_the_same_links(rehearsed):
    lists = [rehearsal.prepared_of(held) for held in (rehearsed.lists.education, rehearsed.lists.health)]
    with engine.lists_in_memory(*lists) as database:
        again = engine.pairs(engine.learnt(database, "written"), database)
    assert again.equals(rehearsed.pairs["written"])


def test_without_splink_it_is_said_how_to_get_it(monkeypatch):
    monkeypatch.setattr(engine.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(engine.LinkingUnavailable, match="pip install -r requirements-link.txt"):
        rehearsal.rehearse(100, 1)


def test_every_level_of_a_field_can_be_told_in_words():
    for way in WAYS:
        for field in fields.FIELDS:
            levels = fields.levels(field, way)
            told = [fields.words_of(field, way, gamma) for gamma in range(-1, len(levels) + 1)]
            assert len(set(told)) == len(levels) + 2 and told[1] == field.otherwise and told[-1] == "the same"
