"""What the page says in each mode."""

import math
import re
from dataclasses import replace

import pytest

from sendlib.answer import FULL, MODES
from sendlib.areas import ENGLAND
from sendlib.questions import looking_ahead
from sendlib.questions.looking_ahead import choices, places, residents
from sendlib.questions.looking_ahead import expected_children as children
from sendlib.questions.looking_ahead import scenarios as ahead_scenarios
from sendlib.questions.looking_ahead import words as ahead_words
from sendlib.questions.looking_ahead.headline import Ahead, headline, title
from sendlib.tables import life_limiting
from tests.questions.looking_ahead.asking import (
    all_words,
    ask,
    beside_the_lead,
    everything_said,
    lines,
)


def test_the_bulletins_slips_are_not_repeated(england):
    said = " ".join([everything_said(england), *lines(england.cannot_tell)])
    assert "rose 2.49 times" in said and "children rose 2.63 times" in said
    assert "2.6 times" not in said
    assert (
        "no longer follows: it needs 14.35 million" in said
        and "13.02 million" in said
        and "+0.7% against the 86,625 counted" in said
    )
    assert (
        "0.9% above that of 2017/18" in said
        and "1.1% below that of 2017. Together that is −0.2%" in said
        and "13.05 million people, 0.9% below" in said
    )


def test_a_forecast_of_2010_would_have_said_38_to_40():
    low, high = ahead_words.forecast_of_2010(life_limiting.shipped())
    assert (round(low), round(high)) == (38, 40)


def test_what_damping_reproduces_the_published_high_is_told_in_both_conventions(england):
    said = everything_said(england)
    assert (
        "each year keeps 0.77 of the growth of the year before, it ends at the published high of 84.22 in 2030" in said
    )
    solved = next(note.text.explore for note in england.notes if note.of == "published-high")
    assert "damping of 0.771" in solved and "0.822 by a percentage" in solved and "0.918 by the past amount" in solved
    low = next(note.text.explore for note in england.notes if note.of == "published-low")
    assert "No damping reaches 67" in low
    rise, fades = ahead_scenarios.start_of_own(life_limiting.shipped())
    own = ahead_scenarios.named(life_limiting.shipped(), rise / 100, fades)["own"]
    assert own.end == pytest.approx(84.22, abs=0.3)


@pytest.mark.parametrize(
    ("code", "together"), [("201", "Hackney and the City of London"), ("420", "Cornwall and the Isles of Scilly")]
)
def test_tiny_areas_are_kindly_taken_with_their_neighbour(store, areas, code, together):
    answer = ask(store, areas.get(code))
    assert answer.headline.show.startswith(together) and answer.headline.explore.startswith(together)
    assert f"In {together} there may have been" in answer.headline.families
    for mode in MODES:
        assert answer.title.in_mode(mode).startswith(together)
        # A shared screen has room for both names in its title alone.
        named = "Children in" if mode == "show" else f"{together}: children in"
        assert all(figure.label.in_mode(mode).startswith(named) for figure in answer.figures)
    assert any(note.kind == "caution" and "so few children" in note.text.explore for note in answer.notes)
    shared = children.shared_out(store, life_limiting.shipped(), "ons-2022", "2030-06")
    neighbour = places.GROUPED[code][0]
    assert shared.part[code] == pytest.approx(shared.alone[code] + shared.alone[neighbour]) and shared.alone[code] > 0


def test_areas_are_named_as_one_says_them(store, areas):
    said = {code: ask(store, areas.get(code)).headline.families for code in ("E12000001", "801", "921", ENGLAND)}
    assert (
        "In the North East there" in said["E12000001"]
        and "In Bristol there" in said["801"]
        and "On the Isle of Wight there" in said["921"]
        and "In England there" in said[ENGLAND]
    )


def test_the_rate_of_all_ages_together_is_not_that_of_each_age(store, england):
    assert children.rate_with_ages_held(store, life_limiting.shipped(), "ons-2022") == pytest.approx(65.7, abs=0.05)
    said = everything_said(england)
    assert "it would be about 65.7 in 2030, because there are fewer children under 1" in said


def test_readers_learn_what_is_not_known_of_the_published_pair_and_what_the_growth_of_wales_is(england):
    said = " ".join([everything_said(england), *lines(england.cannot_tell)])
    assert "What separates the published low from the published high is not stated" in said
    assert "That is growth of a count, so it holds the growth of the population as well" in said


def test_a_range_of_an_area_is_never_named_as_certainty(store, areas):
    for code in ("879", "857", ENGLAND):
        answer = ask(store, areas.get(code))
        for sentence in (answer.headline.families, answer.headline.show, answer.headline.explore):
            assert "could" in sentence and " will " not in sentence


def test_every_mode_says_that_the_numbers_were_worked_out_and_whose_residents_they_rest_on(store, areas, england):
    answer = ask(store, areas.get("370"))
    for sentence in vars(answer.headline).values():
        assert "worked out from england's rate and local residents, not counted" in sentence.casefold()
    for sentence in vars(england.headline).values():
        assert "worked out from a rate and projected residents, not counted" in sentence.casefold()
    for found in (answer, england):
        publishers = {source.publisher for name in found.tables["fan"].sources for source in found.sources[name]}
        assert "University of York" in publishers and "Office for National Statistics" in publishers
        assert all(
            "Office for National Statistics" in {source.publisher for source in found.sources[figure.table]}
            for figure in found.figures
        )


def test_englands_range_in_families_is_a_rate_that_researchers_gave_and_never_a_number_they_gave(england):
    low, high = (figure.comparison.families for figure in england.figures[1:])
    assert low == "From 86,300 to 88,200, if the rate is 66.3 to 67.7 in every 10,000, as researchers gave"
    assert high == "From 102,400 to 117,400, if the rate is 78.66 to 90.17 in every 10,000, as researchers gave"


def test_nothing_is_said_to_be_expected(store, areas):
    for code in ("370", ENGLAND):
        answer = ask(store, areas.get(code), scenario="wales-like")
        said = " ".join(
            [
                everything_said(answer),
                *lines(answer.cannot_tell),
                *vars(answer.headline).values(),
                *(table.caption.explore for table in answer.tables.values()),
            ]
        )
        quoted = life_limiting.shipped().facts["in_full"]["text"]  # the bulletin's own words, which are marked as such
        assert "expect" not in said.replace(quoted, "").casefold()


def test_titles_say_what_the_number_counts_in_ten_words(store, areas):
    titles = {code: ask(store, areas.get(code)).title.explore for code in (*areas.authorities, "E12000003", ENGLAND)}
    assert titles["370"] == "Barnsley 2030: perhaps 365 or 460 children with life-limiting conditions"
    assert titles["839"].startswith("Perhaps ") and titles["839"].endswith(
        " children with life-limiting conditions by 2030"
    )
    # Two names leave room for nothing else; the page's question, which stands above, says what is counted.
    assert titles.pop("420") == "Cornwall and the Isles of Scilly 2030: 750 or 945"
    assert titles.pop("201") == "Hackney and the City of London 2030: 415 or 520"
    assert all(
        len(title.split()) <= 10 and "children with life-limiting conditions" in title for title in titles.values()
    )


def test_sentences_on_england_are_rounded_to_a_hundred(england):
    said = everything_said(england, "populations")
    assert "84,700 to 93,600 children" in said


def test_families_read_an_if_and_their_own_words(store, areas):
    answer = ask(store, areas.get("370"))
    assert (
        "If the lower share that researchers set out for England holds here, it could be about 365 by 2030. If the"
        " higher one does, it could be about 460." in answer.headline.families
    )
    assert [figure.label.families for figure in answer.figures[1:]] == [
        "Children in 2030, with the lower share",
        "Children in 2030, with the higher share",
    ]
    assert (
        "allowing for chance, differences between places and what researchers were unsure of"
        in answer.figures[1].comparison.families
    )
    read = [figure.comparison.in_mode("families") for figure in answer.figures]
    assert not any("published" in words or "interval" in words for words in read)


def test_all_can_be_said_of_every_kind_of_area(store, areas):
    for code in ("879", "857", "201", "420", "E12000001", ENGLAND):
        answer = ask(store, areas.get(code))
        assert answer.state == FULL and answer.comparators == ""


def test_where_fewer_than_ten_children_are_estimated_no_sentence_gives_a_number(store, areas, england):
    evidence = life_limiting.shipped()
    ends = england.tables["scenarios"].data.assign(children=math.nan)
    assert looking_ahead._none_is_given(ends)
    chosen, ways = choices.of(store, evidence, {}), ahead_scenarios.named(evidence)
    ahead = Ahead(evidence, areas.get("857"), chosen, ways, ends)
    assert title(ahead).explore == "Rutland 2030: perhaps fewer than 10 children with life-limiting conditions"
    said = headline(ahead, 3.0, "mid-2024", None)
    assert all("could have fewer than 10 children" in words for words in (said.explore, said.show))
    told = replace(ahead, chosen=replace(chosen, scenario="wales-like"))
    assert title(told).explore == "Rutland 2030, growth as in Wales: fewer than 10 children"
    sentences = [*vars(said).values(), *vars(headline(told, 3.0, "mid-2024", None)).values()]
    assert "nan" not in " ".join(sentences) and "about fewer" not in " ".join(sentences)


def test_a_published_low_that_is_too_small_to_give_leaves_the_high_alone(store, areas, england):
    evidence = life_limiting.shipped()
    ends = england.tables["scenarios"].data
    ends = ends.assign(children=ends["children"].where(ends["scenario"].ne("Published low rate")))
    ahead = Ahead(evidence, areas.get("857"), choices.of(store, evidence, {}), ahead_scenarios.named(evidence), ends)
    assert "perhaps up to 109,700 children" in title(ahead).explore
    assert "could have up to 109,700 children" in headline(ahead, 3.0, "mid-2024", None).show


def test_every_projection_that_can_be_chosen_has_its_words_within_a_sentence(store):
    assert all(residents.projection(basis).startswith("the ONS 20") for basis in residents.projections(store))
    assert residents.projection("ons-2018-high") == "the ONS 2018-based projection of a high population"


def test_every_part_of_the_page_has_a_heading(england):
    assert all(table.heading for name, table in england.tables.items() if name != england.lead)


def test_what_a_life_limiting_condition_is_is_said_over_the_picture_but_in_families_where_the_sentence_says_it(england):
    over = england.tables["fan"].how_to_read
    assert over.in_mode("show").startswith("A life-limiting condition is a very serious health condition")
    assert over.in_mode("families") == "" and over.explore in england.headline.families


def test_the_published_low_and_high_are_two_scenarios_and_no_interval(store, areas):
    for code in ("370", "420", "E12000009", ENGLAND):
        answer = ask(store, areas.get(code))
        for mode in MODES:
            low, high = (figure.text for figure in answer.figures[1:])
            assert f"{low} or {high}" in answer.title.in_mode(mode)
            assert not re.search(
                r"between about|[\d,]+ to [\d,]+", answer.headline.in_mode(mode).replace("aged 0 to 19", "")
            )


def test_what_the_bulletin_says_of_the_rise_and_the_differences_is_said_with_its_document(store, areas):
    answer = ask(store, areas.get("370"))
    said, plainly = (" ".join(beside_the_lead(answer, mode)) for mode in ("explore", "families"))
    assert "in part to better survival and to earlier recording" in said
    assert "significantly higher among boys than girls" in said and "Pakistani origin" in said
    assert "in more deprived areas; it gives no number for deprivation" in said
    assert "children living longer" in plainly and "written down earlier" in plainly
    assert "more common among boys, in more deprived areas and in some ethnic groups" in plainly
    assert not re.search(r"terminal|surviv|die|death|dying|significan", plainly.casefold())
    assert not [words for words in beside_the_lead(answer, "show") if "bulletin" in words or "Researchers" in words]
    assert "The bulletin of the Council for Disabled Children (2020)" in said
    cited = [source.publication for sources in answer.sources.values() for source in sources]
    assert any("CDC data bulletin" in publication for publication in cited)


def test_names_that_need_an_article_have_one_in_every_sentence(store, areas):
    for code in ("201", "204", "420", "908", "921"):
        for scenario in ("none", "wales-like", "percent"):
            answer = ask(store, areas.get(code), scenario=scenario)
            for words in all_words(answer):
                bare = re.findall(r"(?<!the )(?<!The )(?:Isle of Wight|Isles of Scilly|City of London)", words)
                assert not bare, words


def test_nothing_on_the_page_is_given_as_a_probability(store, areas):
    for code in ("357", "420", "E12000009", ENGLAND):
        for words in all_words(ask(store, areas.get(code))):
            assert not re.search(r"8 in 10|80%|likel[iy]hood|confiden", words), words
