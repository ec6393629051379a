"""My area: what can be chosen, what state the answer is in, and the one rule for a mean."""

import pytest

from sendlib.answer import MODES
from sendlib.compared import latest
from sendlib.errors import UnknownChoice
from sendlib.questions import my_area
from tests.spoiled import without

PLYMOUTH, LONDON, SCILLY, CUMBERLAND = "879", "201", "420", "942"


@pytest.fixture
def ask(store, areas):
    def of(code=PLYMOUTH, versus="neighbours-2025", **asked):
        return my_area.ask(store, areas.get(code), versus, asked)

    return of


def missing(answer, about=""):
    return [note.text.explore for note in answer.notes_about(about, "missing")]


def shares_of(answer, group):
    return answer.tables["hundred"].data.query("group == @group")["share"]


def test_everything_that_can_be_chosen_has_a_name_in_the_address_and_an_option(ask):
    # The two of any measure come from sendlib.measures.
    assert {*ask().offered, "measure_of", "measure"} == {choice.name for choice in my_area.QUESTION.choices}
    assert [choice.option for choice in my_area.QUESTION.choices] == [
        "--pupils-kind",
        "--age-lines",
        "--sex-lines",
        "--placement-lines",
        "--measure-of",
        "--measure",
    ]


@pytest.mark.parametrize("asked", ["sen_support", "SEN support"])
def test_pupils_with_sen_support_can_be_chosen_and_plans_are_the_default(ask, asked):
    assert ask().chosen("pupils_kind") == "ehc_plan"
    assert ask(pupils_kind=asked).offered["pupils_kind"].words == "SEN support"


def test_a_kind_of_pupils_that_nobody_counts_is_refused(ask):
    with pytest.raises(UnknownChoice, match="sen_support") as found:
        ask(pupils_kind="neither")
    assert found.value.choice == "pupils_kind"


@pytest.mark.parametrize(("name", "by"), [("age", "age"), ("sex", "sex"), ("placement", "group")])
def test_the_lines_are_the_largest_four_of_the_newest_january_until_others_are_chosen(ask, name, by):
    answer = ask()
    rows = answer.tables[name].data.dropna(subset=["share"])
    newest = rows[rows["period"].eq(rows["period"].max())].nlargest(4, "share")
    offered = answer.offered[f"{name}_lines"]
    assert [offered.options[code] for code in offered.values] == list(newest[by].astype(str))
    assert not any("," in code for code in offered.options)
    last = list(offered.options)[-1]
    assert ask(**{f"{name}_lines": last}).offered[f"{name}_lines"].values == [last]


def test_no_more_lines_than_a_picture_has_room_for(ask):
    five = ",".join(list(ask().offered["placement_lines"].options)[:5])
    with pytest.raises(UnknownChoice, match="up to 4"):
        ask(placement_lines=five)


def test_a_choice_of_lines_makes_no_other_numbers(ask):
    assert my_area.QUESTION.figures_change({"age_lines": "none", "pupils_kind": "sen_support"}) == {}
    assert ask(age_lines="none").figures == ask().figures


def test_the_state_says_whether_there_is_anybody_to_compare_with(ask):
    assert ask().state == "full"
    assert ask(CUMBERLAND, "neighbours-2021").state == "nobody"


def test_an_area_whose_pupils_were_never_published_leads_with_its_plans_and_says_so(store, areas):
    spoiled = without(store, "school_sen", area_code=PLYMOUTH)
    answer = my_area.ask(spoiled, areas.get(PLYMOUTH))
    assert answer.state == "full" and answer.lead == "stock" and "hundred" not in answer.tables
    assert answer.title.explore == "Plans rose by 56% in five years"
    assert [figure.text for figure in answer.figures[:2]] == ["Not available", "Not available"]
    assert all("was not published" in answer.headline.in_mode(mode) for mode in MODES)
    assert all("Plans rose by 56%" in answer.headline.in_mode(mode) for mode in ("explore", "show"))
    assert "56% more than five years before" in answer.headline.families


def test_an_area_without_the_newest_shares_leads_with_the_year_before_and_those_compared_are_of_that_year(store, areas):
    newest, before = latest.school_year(store), "2023/24"
    answer = my_area.ask(without(store, "school_sen", area_code=PLYMOUTH, period=newest), areas.get(PLYMOUTH))
    assert f"(school year {before}" in answer.headline.explore and newest not in answer.headline.explore
    assert answer.figures[0].label.explore == f"Pupils with an EHC plan, {before}"
    assert any(f"were published for {newest}: they are those of {before}" in text for text in missing(answer))
    theirs = answer.tables["comparators"].data.query("whose == 'compared'")["ehc_plan"]
    assert shares_of(answer, "Mean of its ten statistical neighbours").iloc[0] == pytest.approx(theirs.mean())
    published = store.table("school_sen").query("phase == 'all' and measure == 'ehc_plan' and period == @before")
    of_devon = published.loc[published["area_code"].eq("878"), "value"].iloc[0]
    beside = my_area.ask(without(store, "school_sen", area_code=PLYMOUTH, period=newest), areas.get(PLYMOUTH), "878")
    assert shares_of(beside, "Devon").iloc[0] == pytest.approx(of_devon)


def test_an_area_of_which_nothing_was_published_says_that_and_no_more(store, areas):
    emptied = without(without(store, "school_sen", area_code=PLYMOUTH), "plans", area_code=PLYMOUTH)
    answer = my_area.ask(emptied, areas.get(PLYMOUTH))
    assert answer.state == "not_available" and answer.title.explore.startswith("Not published for")
    assert all("was not published" in answer.headline.in_mode(mode) for mode in MODES)
    assert "not published" in answer.tables["hundred"].data["why"].iloc[0]


def test_one_area_compared_stands_under_its_own_name(ask):
    answer = ask(versus="878")
    words = [answer.title, answer.headline, *(figure.comparison for figure in answer.figures)]
    assert all("mean" not in text.in_mode(mode) for text in words for mode in MODES)
    assert answer.title.explore == "Pupils with plans: a smaller share than Devon"
    for name in ("hundred", "rates", "pupils_over_time"):
        assert list(dict.fromkeys(answer.tables[name].data["group"]))[:2] == ["Plymouth", "Devon"]
    assert not any("plain mean" in note.text.explore for note in answer.notes)


def test_one_area_compared_keeps_its_own_figure_however_small_it_is(ask):
    share = shares_of(ask(versus=LONDON), "City of London").iloc[0]
    assert share == pytest.approx(shares_of(ask(LONDON), "City of London").iloc[0])


def test_one_area_compared_that_began_too_late_has_no_change_and_the_reason_is_no_rule_for_means(ask):
    answer = ask(versus=CUMBERLAND)
    assert missing(answer)[1:] == ["The change since January 2021 is not available for Cumberland: began later."]
    assert any("Cumberland is not available for 2015/16" in text for text in missing(answer, "pupils_over_time"))


def test_two_areas_have_no_mean_and_each_part_of_the_page_says_so(ask):
    answer = ask(versus="301,302")
    assert shares_of(answer, "Mean of the 2 authorities chosen").isna().all()
    assert answer.figures[0].comparison.explore.startswith("England") and not answer.figures[0].direction
    for about in ("", "rates", "pupils_over_time"):
        assert any("a mean needs 3 areas" in text for text in missing(answer, about)), about
    assert "a mean needs 3 areas" in answer.tables["hundred"].data["why"].iloc[-1]


def test_where_too_few_have_a_figure_those_who_lack_one_are_named_with_the_reason(ask):
    answer = ask(versus=f"{LONDON},{SCILLY},301,302")
    told = "only 2 of 4 have one; left out: City of London and Isles of Scilly (fewer than 50 plans)"
    assert answer.tables["hundred"].data["why"].iloc[-1] == told
    assert all(any(told in text for text in missing(answer, about)) for about in ("", "rates", "pupils_over_time"))


def test_an_authority_with_a_handful_of_plans_is_in_no_mean_and_is_named(ask):
    answer = ask("213", "region")
    each = answer.tables["comparators"].data
    counted = each[each["whose"].eq("compared") & each["area_code"].ne(LONDON)]
    assert len(counted) == 31
    mean = shares_of(answer, "Mean of the other 32 authorities in London")
    assert mean.iloc[0] == pytest.approx(counted["ehc_plan"].mean())
    stops, told = missing(answer)
    assert stops.startswith("Of January 2026 only the number of all plans is held here")
    assert told.startswith("Left out of the mean change since January 2021:") and "Newham" in told
    assert "City of London (fewer than 50 plans)" in told
    assert any("fewer than 50 plans (City of London), is left out" in note.text.explore for note in answer.notes)


def test_those_who_began_later_are_left_out_of_the_mean_change_by_name(ask):
    assert missing(ask(CUMBERLAND, "region"))[-1] == (
        "Left out of the mean change since January 2021: Oldham and Salford (doubtful number of plans);"
        " Westmorland and Furness (began later)."
    )


def test_plans_that_can_not_be_right_make_no_headline_and_no_mean(ask):
    """Newham's and Medway's do not follow from those that started and ceased; Newham's of January 2025 can not be
    right, and speaks for no flow."""
    for code, words in (("316", "January 2023 has 22% more plans than"), ("887", "than follow from the year before")):
        answer = ask(code)
        assert words in answer.headline.explore and words in answer.figures[2].detail.explore
        assert answer.figures[2].text == "Doubtful" and not answer.figures[2].direction
        assert "Plans rose" not in answer.headline.explore and "Plans fell" not in answer.headline.explore
        assert "68%" not in answer.headline.explore
        each = answer.tables["comparators"].data.set_index("whose")
        assert words in each.loc["this area", "change_doubtful"]
    stock = ask("316").tables["stock"].data.set_index("period")
    assert stock.loc["2025-01", "doubtful"] and not stock["doubtful"].drop("2025-01").any()


def test_twelve_plans_that_became_fifteen_are_numbers_and_no_per_cent(ask):
    answer = ask(SCILLY)
    figure = answer.figures[2]
    assert (figure.text, figure.direction) == ("12 to 15 plans", "")
    assert answer.state == "too_few" and "25%" not in answer.headline.explore
    assert all(not figure.direction for figure in answer.figures)
    for mode in MODES:
        assert "one more or less moves every figure" in answer.headline.in_mode(mode)


def test_the_area_and_england_are_rows_of_the_table_of_those_compared(ask):
    each = ask().tables["comparators"].data
    assert each["whose"].value_counts().to_dict() == {"compared": 10, "this area": 1, "England": 1}
    assert each.set_index("whose").loc["this area", "area"] == "Plymouth"


def test_a_year_in_which_too_few_have_a_figure_has_no_mean(ask):
    answer = ask(versus="940,941,942,943")
    rows = answer.tables["pupils_over_time"].data
    mean = rows[rows["group"].eq("Mean of the 4 authorities chosen") & rows["kind"].eq("EHC plan")]
    known = mean.dropna(subset=["share"])["period"]
    assert list(known) == [year for year in mean["period"] if year >= "2023/24"]
    (told,) = missing(answer, "pupils_over_time")
    assert "2021/22 and 2022/23 (only 2 of 4 have one; left out: Cumberland and Westmorland" in told


def test_reasons_are_told_of_the_kind_of_pupils_that_is_drawn(ask):
    plans, support = (ask(versus="301,302", pupils_kind=kind) for kind in ("ehc_plan", "sen_support"))
    assert missing(plans, "pupils_over_time")[0].startswith("EHC plan:")
    assert missing(support, "pupils_over_time")[0].startswith("SEN support:")


def test_nothing_is_said_of_a_missing_mean_where_there_is_one_or_nobody_is_compared(ask):
    for answer in (ask(), ask(CUMBERLAND, "neighbours-2021")):
        assert not missing(answer, "rates") and not missing(answer, "pupils_over_time")
        assert not any("mean" in text and "not available" in text for text in missing(answer))
