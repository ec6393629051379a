"""The map of Places shaded by a measure of another page: its key, its words, its numbers."""

import pytest

from sendlib import pictures, questions, service
from sendlib.answer import MODES
from sendlib.compared import widened
from sendlib.measures import asking, on_map
from sendlib.questions import places

PLYMOUTH, CITY, SOUTH_WEST, ENGLAND, BOARD = "879", "201", "E12000009", "E92000001", "QJK"
GROUP, LATE_GROUP, SMALL_GROUP = "878,879,880", "209,320", "201,420"
ON_TIME = "getting_help.comparators.on_time"
CHANGE = "my_area.comparators.change"
PLANS_OF_PUPILS = "my_area.comparators.ehc_plan"
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


@pytest.mark.parametrize("code", [PLYMOUTH, SOUTH_WEST, ENGLAND, BOARD, GROUP])
def test_the_areas_own_number_is_that_of_the_page_that_holds_it(ask, store, code):
    for page in on_map.PAGES:
        for measure in list(asking.on_map(store, page).values())[::5]:
            table = ask(code, page).tables.get("comparators")
            same = table is not None and measure.words_in(table) == measure.words
            number = measure.rows(table).set_index("area_code").loc[code, measure.column] if same else float("nan")
            shaded = own(ask(code, shade_measure=measure.code))
            assert shaded["measure"] == pytest.approx(number, nan_ok=True), measure.code


@pytest.mark.parametrize(
    ("code", "measure", "asked_for", "held"),
    [
        (GROUP, PLANS_OF_PUPILS, "2024/25", "2022/23"),
        (BOARD, PLANS_OF_PUPILS, "2024/25", "2022/23"),
        (LATE_GROUP, CHANGE, "January 2021 to January 2026", "January 2020 to January 2025"),
    ],
)
def test_a_figure_of_another_year_is_not_given_as_this_years(ask, code, measure, asked_for, held):
    """Of several authorities together the newest figure may be older than that of each."""
    answer = ask(code, shade_measure=measure)
    figure, told = answer.figures[0], the_map(answer).below[0]
    assert figure.value is None and own(answer)["measure_class"] == -1
    assert answer.title.explore.endswith(": not available")
    assert asked_for in figure.label.explore and held in figure.detail.explore
    assert f"{asked_for}: not available (newest on the page My area:" in told and f"{held})" in told


@pytest.mark.parametrize("code", [CITY, SMALL_GROUP])
@pytest.mark.parametrize("measure", [ON_TIME, CHANGE, PLANS_OF_PUPILS, "needs.comparators.share.autism"])
def test_no_number_is_made_of_fewer_than_50_plans(ask, code, measure):
    answer = ask(code, shade_measure=measure)
    figure = answer.figures[0]
    assert answer.title.explore == f"Too few plans in {answer.area.in_text} to compare"
    assert figure.value is None and figure.text == "Too few plans"
    assert figure.detail.explore.startswith("Fewer than 50 plans; what can be said is on the page")
    for mode in MODES:
        assert "not available (fewer than 50 plans)." in the_map(answer, mode).alt.in_mode(mode)
    row = own(answer)
    assert row["measure"] != row["measure"] and row["measure_why"] == "fewer than 50 plans"


def test_who_has_fewer_than_50_plans_is_in_no_fifth(ask):
    data = ask(shade_measure=ON_TIME).tables["map"].data.set_index("area_code")
    assert set(data.loc[["201", "420"], "measure_class"]) == {-1}
    assert data["measure_why"].ne("").sum() == 2


def test_the_words_for_what_is_missing_stand_over_no_neighbour(ask):
    """The map itself writes them with a name, where both have room; who is white is named below it."""
    for layout in ("map", "hexagons"):
        drawn = the_map(ask(CITY, shade_measure=ON_TIME, layout=layout))
        assert drawn.drawing["shades"].count(-1) == drawn.drawing["figures"].count("not available") == 2
        assert any("City of London; Isles of Scilly" in told for told in drawn.below)


def test_a_change_has_its_sign_everywhere(ask):
    answer = ask(shade_measure=CHANGE)
    figure = answer.figures[0]
    assert figure.text.startswith("+") and figure.comparison.explore.startswith("England +")
    assert answer.title.explore == f"Plymouth {figure.text}, {figure.comparison.explore}"
    assert f": {figure.text}, in the" in the_map(answer).below[0]
    shown = answer.tables["map"].readable().set_index("Area").filter(like="Change of the number of plans")
    assert shown.loc["Plymouth"].iloc[0] == figure.text.rstrip("%")


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
