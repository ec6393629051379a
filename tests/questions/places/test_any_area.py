"""Places of every kind of area: a region, England, a health area, a group, and what can not be said of them."""

import re
from functools import cache

import numpy as np
import pytest

from sendlib import pictures, service
from sendlib.answer import MODES
from sendlib.areas import ENGLAND
from sendlib.compared import comparators, widened
from sendlib.errors import NoData
from sendlib.questions.places import QUESTION, facts, flows, travel
from sendlib.questions.places.choices import INDEPENDENT, INDEPENDENT_SPECIAL
from sendlib.questions.places.placements import SPREAD, placed
from sendlib.tables.flows import PERIOD, UNKNOWN

THREE = "Devon, Plymouth, Torbay"
EVERY_KIND = (
    THREE,
    "South West",
    "London",
    "England",
    "QJK",
    "T6Y0W",
    "QMM",
    "QHM",
    "92G",
    "Cumbria",
    "Northamptonshire",
    "Peninsula: Devon, Plymouth",
    "Hackney, Lewisham",
    "Hackney, Newham",
    "Isles of Scilly, City of London",
    "Cornwall, Cumberland",
    "879,",
)


@pytest.fixture(scope="module")
def area_of(store):
    def find(text):
        known = widened.directory(store)
        return known.get(text) if text.endswith(",") else known.find(text).area

    return find


@pytest.fixture(scope="module")
def asked(store, area_of):
    @cache
    def ask(text, versus="", **choices):
        return service.answer_of(store, QUESTION, area_of(text), versus, choices)

    return ask


def texts(answer, mode):
    """Every sentence or part of one that stands on the page in a mode."""
    found = [answer.title, answer.headline, *answer.cannot_tell, *(note.text for note in answer.notes)]
    for figure in answer.figures:
        found += [figure.label, figure.comparison, figure.detail]
    for table in answer.tables.values():
        found += [table.caption, table.how_to_read]
    return [text.in_mode(mode) for text in found]


def notes(answer):
    return " ".join(note.text.explore for note in answer.notes)


@pytest.mark.parametrize("text", EVERY_KIND)
def test_every_kind_of_area_is_answered_and_drawn_in_every_mode(asked, text):
    answer = asked(text)
    assert len(answer.title.explore.split()) <= 13
    for mode in MODES:
        said = texts(answer, mode)
        assert not any("nan" in sentence.lower().split() for sentence in said)
        for name in answer.tables:
            for picture in pictures.of(answer, name, mode):
                assert picture.nothing or picture.alt.in_mode(mode)


@pytest.mark.parametrize("text", EVERY_KIND)
def test_a_wider_area_is_called_no_authority_and_maintains_no_plans(asked, area_of, text):
    area = area_of(text)
    if area.kind not in ("region", "england", "board", "location"):
        return
    for mode in MODES:
        for sentence in texts(asked(text), mode):
            assert not re.search(rf"(?<!number of )plans of {re.escape(area.in_text)}(?!'s)", sentence), sentence
            assert not re.search(r"(went to a school of another authority)(?! than)", sentence), sentence


def test_no_authority_s_children_mostly_live_there_and_the_page_says_so(asked):
    with pytest.raises(NoData, match="No authority's children mostly live in East Staffordshire"):
        asked("05D")


@pytest.mark.parametrize("text", ["QJK", "T6Y0W", "92G", "QMM"])
def test_a_health_area_says_once_how_far_its_authorities_stand_for_it(asked, area_of, text):
    told = [note.text.explore for note in asked(text).notes if "of theirs live elsewhere" in note.text.explore]
    assert len(told) == 1 and told[0].startswith(f"{area_of(text).name}: figures of authorities are those of ")


def test_no_other_area_has_an_overlap(asked):
    assert not any("live elsewhere (" in notes(asked(text)) for text in (THREE, "London", "England"))


# Who crossed the border


def test_flows_of_three_together_cross_the_border_of_the_three(store, asked, area_of):
    table, within = store.table("flows"), area_of(THREE).parts
    lived = table[table["home_code"].isin(within)]
    outside = lived.loc[~lived["school_code"].isin(within), "pupil_years"].sum()
    answer = asked(THREE)
    assert answer.figures[1].value == pytest.approx(100 * outside / lived["pupil_years"].sum())
    for name in ("flows_out", "flows_in"):
        assert not set(answer.tables[name].data["area_code"]) & set(within)
    assert "0.4% of state special-school pupils who lived there went to a school outside them (" in (
        answer.headline.explore
    )
    assert "hardly any pupil from here went to a state special school elsewhere." in (answer.headline.families)


def test_those_who_went_to_another_authority_within_the_area_are_told_beside_and_with_england(asked):
    figure = asked(THREE).figures[1]
    assert figure.comparison.explore == "To one of another authority than their own: 6.4%; England 8.8%"
    assert not figure.direction  # fewer cross the border of three than that of one


def test_pairs_of_all_regions_and_of_the_areas_within_them_are_what_the_file_has(store, areas):
    """Nobody is lost where an authority was divided: it lies in the region of its parts."""
    table = store.table("flows")
    known = table[table["home_code"].ne(UNKNOWN)]
    elsewhere = sum(
        travel.travel_of(store, region).elsewhere
        * known.loc[known["home_code"].isin(inside), "pupil_years"].sum()
        / 100
        for region in areas.wider.values()
        if region.kind == "region" and (inside := flows.inside_of(store, region))
    )
    assert elsewhere == pytest.approx(known.loc[known["home_code"].ne(known["school_code"]), "pupil_years"].sum())


def test_a_county_that_was_divided_has_its_flows_again_when_its_parts_are_asked_for_together(asked):
    cumbria = asked("Cumbria")
    assert "1.4% of state special-school pupils who lived there went to a school outside it" in (
        cumbria.headline.explore
    )
    together = asked("Northamptonshire").tables["flows_out"]
    assert PERIOD in together.caption.explore and together.data["area"].str.contains("Northampton").sum() == 0


@pytest.mark.parametrize("text", ["Cornwall, Cumberland", "QHM"])
def test_with_a_part_of_a_county_that_was_divided_nobody_knows_who_crossed(asked, text):
    answer = asked(text)
    assert answer.figures[1].value is None and "flows_out" not in answer.tables
    assert "flows were counted for Cumbria, of which only Cumberland is in it, and not for its parts." in notes(answer)


def test_of_england_nothing_is_said_of_its_border_but_that_it_is_not_held(asked):
    answer = asked("England", show="lines")
    assert "flows_out" not in answer.tables and "flows_in" not in answer.tables
    assert "Who crossed the border of England is not known." in answer.headline.explore
    assert "the homes of 376 pupils in a typical year are not known or outside England" in notes(answer)
    assert any("across England's border" in text.explore for text in answer.cannot_tell)
    (drawn,) = pictures.of(answer, "map", "explore")
    assert drawn.below[0] == "No arrows: who crossed the border of England is not known."


# Sums


def test_placements_of_three_together_are_made_of_their_sums(store, asked, area_of):
    numbers = placed(store).xs("2025-01", level="period").loc[list(area_of(THREE).parts)]
    share = 100 * numbers[list(INDEPENDENT)].to_numpy().sum() / numbers["all"].sum()
    answer = asked(THREE)
    table = answer.tables["placement"].data
    own = table[table["group"].eq("Devon, Plymouth and Torbay") & table["kind"].eq(INDEPENDENT_SPECIAL)]
    assert own.set_index("period")["share"]["2025-01"] == pytest.approx(share)
    assert answer.figures[2].value == pytest.approx(share)


def test_schools_of_several_are_those_located_in_any_of_them(asked):
    parts = [asked(name).tables["provision"].data for name in ("Devon", "Plymouth", "Torbay")]
    together = asked(THREE).tables["provision"].data
    for column in ("schools", "capacity", "pupils"):
        expected = np.nansum([part[column].to_numpy(dtype=float) for part in parts], axis=0)
        assert np.nan_to_num(together[column].to_numpy(dtype=float)).tolist() == expected.tolist()


def test_pupils_and_plans_of_several_are_their_sums_and_stand_first(asked):
    table = asked(THREE).tables["beside"].data.set_index("area_code")
    numbers = ["plans", "placed", "pupils_here"]
    assert table.index[0] == "878,879,880"
    assert table.iloc[0][numbers].tolist() == table.loc[["878", "879", "880"], numbers].sum().tolist()
    assert list(table.index[:2]) == ["878,879,880", ENGLAND] and len(table) == 155


def test_residential_placements_of_a_region_are_the_publisher_s_and_of_several_their_sum(store, asked):
    def all_lengths(text):
        table = asked(text).tables["residential"].data
        return table[table["kind"].eq("All")].set_index("period")["plans"]

    published = store.rows("process", "E12000007").astype({"period": str})
    published = published[published["measure"].eq("residential")].set_index("period")["value"]
    assert len(published) and all_lengths("London").equals(published.sort_index().rename("plans"))
    parts = sum(all_lengths(name) for name in ("Devon", "Plymouth", "Torbay"))
    assert all_lengths(THREE).tolist() == pytest.approx(parts.tolist(), nan_ok=True)


def test_distances_are_from_the_centre_of_each_since_together_they_have_none(asked):
    table, plymouth = asked(THREE).tables["distance"], asked("Plymouth").tables["distance"].data
    assert set(table.data["start"]) == {"Devon", "Plymouth", "Torbay"} and "start" in table.columns
    own = table.data[table.data["start"].eq("Plymouth")]
    assert own["kilometres"].tolist() == plymouth["kilometres"].tolist()
    assert table.caption.explore.startswith(
        "Straight-line distance from the centre of each of Devon, Plymouth and Torbay to"
    )


def test_pupils_by_need_of_several_are_their_sums(asked):
    parts = [asked(name).tables["need_here"].data["pupils"].to_numpy() for name in ("Devon", "Plymouth", "Torbay")]
    assert asked(THREE).tables["need_here"].data["pupils"].tolist() == np.sum(parts, axis=0).tolist()


def test_who_lacks_a_figure_is_named_and_the_plans_are_those_of_the_year_before(asked):
    answer = asked("Hackney, Lewisham")
    assert answer.headline.explore.startswith("In January 2025, ")
    assert "DfE's file gives no number of plans of Lewisham for January 2026" in notes(answer)
    assert (
        "Not available for Hackney and Lewisham: January 2024. Missing from the sum: Hackney (January 2024)."
        in notes(answer)
    )


def test_a_number_of_one_that_can_not_be_right_makes_no_share_of_several(asked):
    answer = asked("Hackney, Newham")
    assert answer.figures[2].value is None and "the number is doubtful" in answer.figures[2].comparison.explore
    assert "left out as doubtful: Newham, plans in place: " in notes(answer)


def test_a_region_keeps_its_share_and_says_whose_numbers_in_it_are_doubtful(asked):
    answer = asked("London")
    assert answer.figures[2].value is not None
    (caution,) = answer.notes_about("placement", "caution")
    assert caution.text.explore == (
        "The numbers of London have doubtful ones in them: Newham (January 2025) and Tower Hamlets (January 2023,"
        " January 2024)."
    )


def test_free_school_meals_of_several_are_not_available_and_the_page_says_why(asked):
    answer = asked(THREE, shade="free_school_meals")
    assert "Free school meals are kept here as shares of single authorities" in notes(answer)
    (drawn,) = pictures.of(answer, "map", "explore")
    assert "free school meals, %: not available for several authorities together." in drawn.below[-1]


def test_so_few_plans_that_a_share_says_nothing_are_few_together_too(asked):
    answer = asked("Isles of Scilly, City of London")
    assert answer.state == "too_few" and answer.figures[2].value is None
    assert "fewer than 5 plans from here" in answer.figures[0].comparison.in_mode("show")


# Words


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (THREE, "More plans for their size than most councils"),
        ("London", "Fewer plans for its size than most councils"),
        ("South West", "A typical number of plans for its size"),
        ("QJK", "More plans for its size than most councils"),
        ("Peninsula: Devon, Plymouth", "More plans for its size than most councils"),
    ],
)
def test_a_title_is_of_a_rate_beside_those_of_authorities(asked, text, title):
    said = asked(text).title
    assert said.families == title
    rate = {"M": "Plan rate above most authorities", "F": "Plan rate below most authorities"}.get(
        title[0], "Plan rate typical"
    )
    assert said.explore.startswith(f"{rate}; ")


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (THREE, " plans of Devon, Plymouth and Torbay were placed"),
        ("South West", " plans of the authorities of the South West were placed"),
        ("QJK", " plans of the authorities of NHS Devon were placed"),
        ("England", " plans of England's authorities were placed"),
        ("Peninsula: Devon, Plymouth", " plans of the authorities of Peninsula were placed"),
    ],
)
def test_plans_are_those_of_authorities(asked, text, who):
    assert who in asked(text).figures[0].comparison.explore


def test_england_stands_beside_the_middle_half_of_its_authorities_and_nowhere_beside_itself(store, asked):
    answer = asked("England")
    assert answer.title.explore == "Plan rates differ; 9% of state special-school pupils crossed authority borders"
    assert re.search(r"in half of the authorities \d\d to \d\d\.", answer.headline.explore)
    for mode in MODES:
        assert not any(re.search(r"England [\d.]+%", sentence) for sentence in texts(answer, mode))
    groups = list(answer.tables["placement"].data["group"].unique())
    assert groups == ["England", *SPREAD]
    assert [figure.comparison.explore for figure in answer.figures[1:]] == [
        "Half of the authorities: 5.1% to 13.8%",
        "Half of the authorities: 3.1% to 7.1%",
    ]


def test_the_middle_half_of_the_authorities_is_half_of_them(store, areas, area_of):
    low, high = facts.numbers(comparators.store_for(store, area_of("England")), area_of("England")).halves["elsewhere"]
    shares = flows.travel_out(store).reindex(list(areas.authorities)).dropna()
    assert shares.between(low, high).mean() == pytest.approx(0.5, abs=0.02)


def test_with_england_compared_it_is_named_once(asked):
    answer = asked("South West", "England")
    assert list(answer.tables["placement"].data["group"].unique()) == ["South West", "England"]
    assert "the South West and England, January" in answer.tables["placement"].caption.explore


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("South West", "Mean of the other eight regions"),
        ("QJK", "Mean of the other 35 integrated care boards"),
        (THREE, "Mean of the other 150 authorities in England"),
    ],
)
def test_each_kind_stands_beside_its_own(asked, text, heading):
    assert list(asked(text).tables["placement"].data["group"].unique())[1:] == [heading, "England"]


def test_the_map_of_the_data_has_the_whole_first_and_then_every_authority(asked, areas):
    table = asked(THREE).tables["map"].data
    assert table["whose"].tolist()[:2] == ["this area as a whole", "England"]
    assert table.loc[table["whose"].eq("this area"), "area"].tolist() == ["Devon", "Plymouth", "Torbay"]
    assert len(table) == len(areas.authorities) + 2
    own = table[table["whose"].eq("this area")]["per_1000"]
    assert own.min() < table["per_1000"].iloc[0] < own.max()


def test_regions_that_are_compared_are_compared_as_their_authorities_on_the_map(asked):
    table = asked("South West").tables["map"].data
    assert set(table["whose"]) == {"this area as a whole", "England", "this area", "compared"}
    assert table["whose"].eq("this area").sum() == 15


def test_a_group_of_one_has_the_numbers_of_that_one(asked):
    one, group = asked("Plymouth", "england"), asked("879,", "england")
    assert [figure.value for figure in one.figures] == [figure.value for figure in group.figures]
    for name, table in one.tables.items():
        numbers = table.data.select_dtypes("number")
        assert numbers.equals(group.tables[name].data.select_dtypes("number")), name
