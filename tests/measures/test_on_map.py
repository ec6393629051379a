"""The map of Places shaded by a measure of another page: its key, its words, its numbers."""

import pytest

from sendlib import pictures, questions, service
from sendlib.compared import widened
from sendlib.measures import asking, on_map
from sendlib.questions import places

PLYMOUTH, SOUTH_WEST, ENGLAND, BOARD, SCILLY = "879", "E12000009", "E92000001", "QJK", "420"
ON_TIME = "getting_help.comparators.on_time"
CHANGE = "my_area.comparators.change"
RARE = "needs.comparators.share.multi_sensory_impairment"


@pytest.fixture(scope="module")
def ask(store):
    def of(code=PLYMOUTH, question="places", **asked):
        return service.answer_of(store, questions.named(question), widened.directory(store).get(code), "", asked)

    return of


def the_map(answer, mode="explore"):
    (picture,) = pictures.of(answer, "map", mode)
    return picture


def own(answer):
    data = answer.tables["map"].data
    return data[data["whose"].isin(["this area", "this area as a whole"])].iloc[0]


def test_the_usual_shades_ask_no_other_page(ask, monkeypatch):
    monkeypatch.setattr(asking, "of_england", lambda *_: pytest.fail("another page was asked"))
    for shade in ("", "per_1000", "free_school_meals"):
        answer = ask(shade=shade)
        assert answer.chosen("shade") == (shade or "per_1000")
        assert "shade_measure" not in answer.offered and "measure" not in answer.tables["map"].data


def test_the_shades_of_other_pages_stand_below_the_usual_ones(ask):
    assert list(ask().offered["shade"].options.values()) == [
        "Plans per 1,000",
        "Free school meals",
        "A measure of My area",
        "A measure of Needs",
        "A measure of Getting help",
        "A measure of Doing well",
    ]


def test_what_can_be_chosen_stands_in_the_order_of_the_question(ask):
    names = list(ask(shade="needs").offered)
    assert names == [choice.name for choice in places.QUESTION.choices]


def test_the_key_the_title_and_the_first_figure_are_of_the_measure(ask):
    answer = ask(shade_measure=ON_TIME)
    assert answer.chosen("shade") == "getting_help"
    drawn = the_map(answer)
    assert drawn.heading == "Plans issued within 20 weeks, exceptions included, 2024, %"
    figure = answer.figures[0]
    assert answer.title.explore == f"Plymouth {figure.text}, {figure.comparison.explore}"
    assert f"{figure.text}, in the lowest fifth of authorities." in drawn.below[0]
    assert "per 1,000" not in drawn.alt.explore.split(".")[1]


@pytest.mark.parametrize("code", [PLYMOUTH, SOUTH_WEST, ENGLAND, BOARD, SCILLY, "878,879,880"])
def test_the_areas_own_number_is_that_of_the_page_that_holds_it(ask, store, code):
    for page in on_map.PAGES:
        for measure in list(asking.on_map(store, page).values())[::5]:
            table = ask(code, page).tables.get("comparators")
            rows = measure.rows(table).set_index("area_code") if table else None
            number = float("nan") if rows is None else rows.loc[code, measure.column]
            shaded = own(ask(code, shade_measure=measure.code))
            assert shaded["measure"] == pytest.approx(number, nan_ok=True), measure.code


def test_every_authority_has_the_number_of_its_own_page(ask):
    shaded = ask(shade_measure=RARE).tables["map"].data.set_index("area_code")["measure"]
    for code in ("370", "888", "940"):
        rows = ask(code, "needs").tables["comparators"].data
        rare = rows[rows["area_code"].eq(code) & rows["name"].eq("Multi-sensory impairment")]
        assert shaded[code] == pytest.approx(rare["share"].iloc[0])


def test_the_key_tells_every_shade_from_the_next(ask):
    """Of a rare need many authorities have the same share to one decimal."""
    edges = [entry.words for entry in the_map(ask(shade_measure=RARE)).legend if " to " in entry.words]
    assert edges and all(low != high for low, high in (words.split(" to ") for words in edges))


def test_who_has_no_figure_and_whose_is_doubtful_is_named_except_on_a_shared_screen(ask):
    answer = ask(shade_measure=CHANGE)
    told = the_map(answer).below
    assert any(
        words.startswith("Not shaded, because there is no figure, or one of too few to compare:") for words in told
    )
    assert any("Cumberland" in words for words in told)
    assert any(words.startswith("Doubtful figures, with the reason in the numbers:") for words in told)
    assert the_map(answer, "show").below == ()


def test_a_doubtful_figure_makes_no_title(ask):
    answer = ask("316", shade_measure=CHANGE)
    assert answer.title.explore == "Newham: the figure is doubtful"
    assert answer.figures[0].text == "Doubtful" and "That is doubtful:" in the_map(answer).below[0]


def test_an_area_without_a_figure_says_so(ask):
    answer = ask("942", shade_measure=CHANGE)
    assert answer.title.explore == "Cumberland: not available"
    assert "not available" in the_map(answer).below[0]


def test_england_is_in_no_fifth_of_its_own_authorities(ask):
    assert "fifth" not in the_map(ask(ENGLAND, shade_measure=ON_TIME)).below[0]


def test_hexagons_are_shaded_as_well(ask):
    drawn = the_map(ask(shade_measure=ON_TIME, layout="hexagons"))
    assert drawn.heading.startswith("Plans issued within 20 weeks") and not drawn.in_degrees


def test_the_sources_of_the_measure_come_first(ask):
    answer = ask(shade_measure=ON_TIME)
    assert answer.tables["map"].sources[0] == "process" and "process" in answer.sources
