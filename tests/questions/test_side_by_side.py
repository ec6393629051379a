"""Two areas side by side: both names stand in the title and the figures, and nothing of either is lost."""

import pytest

from sendlib import pictures, questions, service
from sendlib.answer import MODES
from sendlib.answer.beside import of_the_same, pairs
from sendlib.exports.record import as_record
from sendlib.exports.text import as_text

PAIRS = [("879", "880"), ("879", "E12000009"), ("878,879,880", "QJK"), ("420", "330"), ("E92000001", "209")]


def asked(name: str, area: str, beside: str):
    return service.ask(questions.named(name), area, "neighbours-2025", {}, beside)


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
@pytest.mark.parametrize("name", questions.names())
def test_both_names_stand_in_title_and_figures_and_pictures(name, pair):
    answer = asked(name, *pair)
    other = answer.beside
    assert other is not None and other.area.code == pair[1]
    for mode in MODES:
        for area in (answer.area, other.area):
            said = f"{answer.title.in_mode(mode)} {answer.headline.in_mode(mode)}"
            assert area.short_name in said or area.in_text in said
    if answer.same_everywhere:
        assert all(theirs is None for _, theirs in pairs(answer)), "what is of neither area is said once"
        return
    assert all(figure is mine and theirs for figure, (mine, theirs) in zip(answer.figures, pairs(answer), strict=True))
    drawn = pictures.of(answer, answer.lead, "explore")
    assert len({picture.key for picture in drawn}) == len(drawn)
    words = " ".join(f"{picture.heading} {picture.alt.explore} {picture.legend}" for picture in drawn)
    assert answer.area.short_name in words and other.area.short_name in words


def test_what_each_says_is_what_it_says_alone():
    both, alone = asked("needs", "879", "880"), asked("needs", "880", "")
    assert both.beside is not None
    assert as_record(both.beside)["tables"] == as_record(alone)["tables"]
    assert both.beside.headline == alone.headline


def test_an_area_beside_itself_is_that_area():
    assert asked("needs", "879", "879").beside is None


def test_a_choice_that_the_other_does_not_have_is_left_out_for_it():
    answer = service.ask(questions.named("needs"), "879", "region", {}, "E92000001")
    assert answer.beside is not None and "authorities" in answer.beside.comparators
    assert any("'Compared with' is not offered for England" in note.text.explore for note in answer.notes)


def test_areas_that_a_reader_picked_are_compared_with_both():
    answer = service.ask(questions.named("needs"), "879", "878,880", {}, "E12000009")
    assert answer.beside is not None and answer.beside.comparators == answer.comparators
    assert not any("usual choice" in note.text.explore for note in answer.notes)


def test_the_terminal_shows_both():
    text = as_text(asked("my_area", "879", "880"))
    assert "Plymouth beside Torbay" in text and "Torbay: Pupils with an EHC plan" in text


def test_the_title_is_of_what_the_picture_draws():
    stages, places, ahead = (asked(name, "879", "878") for name in ("doing_well", "places", "looking_ahead"))
    assert "gap" in stages.title.explore and "Half days" not in stages.title.explore
    assert "Plan rate above most authorities" in places.title.explore
    assert ahead.title.explore.startswith("Plymouth 2030: perhaps 385 or 485") and "Devon 2030" in ahead.title.explore
    assert asked("my_area", "879", "878").title.explore.startswith("Pupils with an EHC plan: 5.0% in Plymouth")


@pytest.mark.parametrize("pair", [("878,879,880", "316"), ("316", "878,879,880")], ids="-".join)
def test_where_one_is_led_by_another_table_both_are_shown_by_the_one_that_both_have(pair):
    answer = asked("doing_well", *pair)
    assert answer.lead == "sum_by_january" and answer.lead in answer.beside.tables
    assert answer.title.explore.startswith("In no school, college or nursery, home-educated children among them")
    assert (
        "doubtful in Newham" in answer.title.explore and "12.8% in Devon, Plymouth and Torbay" in answer.title.explore
    )


def test_a_figure_stands_with_that_of_the_same_thing_and_none_is_lost():
    answer = asked("doing_well", "878,879,880", "316")
    found = pairs(answer)
    assert found[0][0].label == found[0][1].label and of_the_same(*found[0])
    assert {id(other) for _, other in found} == {id(figure) for figure in answer.beside.figures}
    assert not any(of_the_same(*pair) for pair in found[1:]), "attendance says nothing of children in need"


def test_of_two_that_are_led_by_different_tables_every_figure_stands_with_its_own_kind():
    for pair in (("332", "52R"), ("52R", "332")):
        found = pairs(asked("getting_help", *pair))
        begin = [[one.label.explore.split(",")[0].split(" in ")[0] for one in both] for both in found]
        assert len(begin) == 4 and all(first == second for first, second in begin)


def test_the_caption_says_of_when_the_second_area_is_where_the_first_is_of_another_time():
    def caption(*asking: str) -> str:
        answer = asked(*asking)
        return answer.tables[answer.lead].caption.explore

    assert caption("my_area", "332", "QJK").endswith("(beside it NHS Devon, school year 2022/23)")
    assert caption("places", "921", "857").endswith("(beside it Rutland, January 2026)")
    assert caption("my_area", "332", "879").endswith("(beside it Plymouth)")
    shaded = service.ask(questions.named("places"), "921", "neighbours-2025", {"shade": "my_area"}, "857")
    assert shaded.tables["map"].caption.explore.endswith("(beside it Rutland)"), "a measure has its own year"


def test_the_terminal_sets_no_figure_beside_one_of_another_thing_and_loses_none():
    lines = as_text(asked("doing_well", "878", "QJK")).splitlines()
    (half_days,) = (line for line in lines if "Half days missed" in line)
    (in_need,) = (line for line in lines if "Children in need who have an EHC plan" in line and "(boards" in line)
    (both,) = (line for line in lines if "Devon: In no school" in line)
    assert half_days.startswith("Devon: ") and "NHS Devon" not in half_days
    assert in_need.startswith("NHS Devon: ") and "; Devon" not in in_need
    assert "; NHS Devon: In no school" in both


@pytest.mark.parametrize("mode", MODES)
def test_differences_from_two_means_are_not_set_on_one_scale_in_a_title(mode):
    title = asked("needs", "309", "E12000001").title.in_mode(mode)
    assert "points" not in title and title.startswith("Haringey: ") and "North East: " in title


def test_the_stages_of_the_first_area_are_drawn_where_those_of_several_authorities_leave_the_lead_to_the_sum():
    for beside in ("QJK", "879,880", "15N"):
        answer = asked("doing_well", "878", beside)
        assert answer.lead == "sum_by_january"
        drawn = pictures.of(answer, "stages", "explore")
        assert [one.alt for one in drawn] == [
            one.alt for one in pictures.of(asked("doing_well", "878", ""), "stages", "explore")
        ]


def test_what_is_missing_of_the_lead_is_said_of_both_under_their_names():
    notes = [note.text.explore for note in asked("getting_help", "879", "942").notes if note.about == "on_time"]
    assert any(text.startswith("Cumberland: Until 2023 the line is that of Cumbria") for text in notes)
