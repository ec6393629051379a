"""Getting help: the published figures, and whose they are."""

import math

import pandas as pd
import pytest

from sendlib.questions import getting_help, health_waits, process_tables, process_words, shown
from sendlib.tables.community_workbook import SERVICES

ENGLAND = "E92000001"


@pytest.fixture(scope="module")
def answers(store, areas):
    return {code: getting_help.ask(store, area) for code, area in areas.authorities.items()}


def named(store, areas, name):
    return getting_help.ask(store, areas.find(name).areas[0])


def test_england_is_as_published_from_2014_to_2024_with_exceptions_in(answers):
    table = answers["879"].tables["on_time"].data.set_index("period")
    assert list(table.index) == [str(year) for year in range(2014, 2025)]
    published = {"2019": 58.7, "2020": 55.6, "2021": 57.9, "2022": 47.7, "2023": 49.1, "2024": 45.9}
    assert {year: table["england"][year] for year in published} == published
    assert "exceptions included" in answers["879"].tables["on_time"].caption


def test_requests_and_plans_of_england_are_the_published_ones(store):
    wide = process_tables.counts(store).loc[(ENGLAND, "2024")]
    assert (wide["requests_received"], wide["issued"]) == (154_489, 90_392)
    assert round(100 * wide["requests_refused"] / wide["requests_received"], 1) == wide["requests_refused_percent"] == 25.2
    assert round(100 * wide["appeals"] / wide["appealable_decisions"], 2) == 3.23


def test_four_figures_are_always_shown_good_or_bad(answers):
    starts = ("Plans issued within 20 weeks", "Requests turned down", "Appeals per 100 decisions", "Waiting over 52 weeks for community paediatrics in NHS ")
    for answer in answers.values():
        assert [figure.label.startswith(start) for figure, start in zip(answer.figures, starts, strict=True)] == [True] * 4


def test_the_mean_is_the_plain_mean_of_the_authorities_with_a_figure(answers):
    answer = answers["879"]
    each = answer.tables["comparators"].data
    assert each["on_time"][1:].mean() == pytest.approx(answer.tables["on_time"].data["comparator_mean"].iloc[-1])


def test_the_title_is_true_for_the_newest_year(answers):
    for answer in answers.values():
        row = answer.tables["on_time"].data.iloc[-1]
        assert len(answer.title.split()) <= 10, answer.title
        if answer.title.startswith("Plans more"):
            assert row["share"] > row["comparator_mean"]
        elif answer.title.startswith("Plans less"):
            assert row["share"] < row["comparator_mean"]
        elif answer.title.startswith("Too few"):
            assert row["issued"] < process_words.FEW
        else:
            assert answer.title.startswith("Plans about as often") and abs(row["share"] - row["comparator_mean"]) < 5


# What the page says of an area that is far from the standard or out of its own range


def lead(shares, issued=100.0):
    years = [str(year) for year in range(2025 - len(shares), 2025)]
    return pd.DataFrame({"period": years, "share": shares, "comparator_mean": 50.0, "england": 45.9, "issued": issued})


def said(table):
    return " ".join(note.text for note in process_words.standing(table))


def test_cheshire_west_and_chesters_fall_is_said(answers):
    text = " ".join(note.text for note in answers["896"].notes if note.kind == "caution")
    assert "Far from the 20-week standard: 15.4% of plans were on time in 2024, fewer than 1 in 4; in 2017 it was 98.8%." in text
    assert "Outside its own usual range: 6.5% in 2023, below every earlier year with a figure since 2015 (13.0% to 98.8%). In 2024 it was 15.4%." in text


def test_a_figure_within_the_margin_of_its_range_is_not_unusual():
    assert "usual range" not in said(lead([50.0, 60, 55, 52, 58, 45.0]))
    assert "below every earlier year with a figure since 2019 (50.0% to 60.0%)" in said(lead([50.0, 60, 55, 52, 58, 44.9]))
    assert "above every earlier year" in said(lead([50.0, 60, 55, 52, 58, 65.1]))


def test_fewer_than_five_years_or_few_plans_make_no_range():
    assert "usual range" not in said(lead([50.0, 60, 55, 52, 30]))
    assert said(lead([50.0, 60, 55, 52, 58, 30], issued=19.0)) == ""


def test_more_than_half_late_is_said_and_half_is_not():
    assert "More than half of plans were late: 49.9%" in said(lead([60.0, 49.9])) and said(lead([60.0, 50.0])) == ""


def test_a_return_with_hardly_any_plans_is_called_perhaps_incomplete():
    table = lead([60.0, 28.6])
    table["issued"] = [193.0, 7.0]
    assert "fell from 193" in process_words.incomplete(table) and "to 7 in" in process_words.incomplete(table)
    table["issued"] = [193.0, 60.0]
    assert process_words.incomplete(table) == ""


def test_a_quarter_on_time_is_not_called_fewer_than_one_in_four():
    assert "Far from" not in said(lead([25.0] * 3)) and "Far from" in said(lead([24.9] * 3))


def test_a_missing_newest_year_is_not_judged_by_an_older_one():
    assert said(lead([90.0, 90, 90, 90, 90, 5, math.nan])) == ""


def test_a_missing_share_a_tie_and_nothing_on_time_are_put_right_in_words(store, areas):
    from sendlib.questions.comparators import choose

    area = areas.get("879")
    others = choose(store, area, "neighbours-2025")
    row = lead([50.0]).iloc[-1]
    assert process_words.title(area, others, row) == "Plans about as often on time as among its neighbours"
    nothing = row.copy()
    nothing["share"] = 0.0
    assert "no new plan in 2024 was ready" in process_words.headline(area, others, nothing, 10.0, 2.0).families
    gone = row.copy()
    gone["share"] = math.nan
    assert process_words.title(area, others, gone) == "Not published for Plymouth in 2024"
    sentence = process_words.headline(area, others, gone, math.nan, math.nan)
    assert "was not published" in sentence.families and sentence.analyst.endswith("45.9%.")


# Whose the health figures are


def test_an_overlap_is_told_both_ways(store, areas):
    plymouth, = health_waits.areas_of(store, areas.get("879"), "icb")
    assert (plymouth.name, plymouth.of_authority) == ("NHS Devon", pytest.approx(100))
    assert plymouth.of_health_area == pytest.approx(23.5, abs=0.05)
    assert "100% of the children of Plymouth live in it; they are 23% of its children" in health_waits.overlap_sentence(areas.get("879"), plymouth)


def test_barnsley_is_its_sub_icb_location_and_a_sixth_of_its_icb(store, areas):
    table = named(store, areas, "Barnsley").tables["health_areas"].data.set_index("health_level")
    assert table["nearly_the_same"].tolist() == ["no", "yes"]
    assert table["share_of_health_area"].round(1).tolist() == [17.5, 100.0]


def test_essex_lies_in_three_icbs_that_are_listed_and_not_put_together(store, areas):
    answer = named(store, areas, "Essex")
    names = ["NHS Mid and South Essex", "NHS Hertfordshire and West Essex", "NHS Suffolk and North East Essex"]
    assert list(dict.fromkeys(answer.tables["community"].data["health_area"])) == [*names, "England"]
    figure = answer.figures[3]
    assert names[0] in figure.label and all(name in figure.comparison for name in names[1:])
    assert "56% of the area's children live in it; they are 68% of its children" in figure.comparison
    assert figure.direction == ""  # none of the three stands for Essex


@pytest.mark.parametrize(("share", "text"), [(100.0, "100%"), (99.97, "over 99%"), (0.3, "less than 1%"), (31.4, "31%")])
def test_a_share_is_never_rounded_to_all_or_nothing(share, text):
    assert health_waits.part_of(share) == text


def test_community_paediatrics_in_england_is_as_published(store):
    rows = health_waits.lists(store, ENGLAND)
    waiting = rows[rows["service"].eq("community_paediatrics")].set_index("period")
    assert (waiting["waiting"]["2023-01-31"], waiting["waiting"]["2025-10-31"]) == (64_597, 171_489)
    assert waiting["over_104"]["2025-10-31"] == 24_239 and waiting["over_52"]["2025-10-31"] == 44_370 + 24_239
    assert math.isnan(waiting["over_104"]["2023-01-31"])  # not counted apart until December 2024


def test_an_icb_without_a_list_is_not_available_and_says_why(store, areas):
    figure = named(store, areas, "Surrey").figures[3]
    assert figure.value is None and figure.text == "Not available"
    assert "though every organisation in scope sent its return" in figure.comparison and "England 40.0%" in figure.comparison


def test_nothing_hidden_or_missing_is_a_nought_in_any_table(answers, store):
    for code in ("879", "881", "936", "330", "420", "908"):
        for name, table in answers[code].tables.items():
            if "status" in table.data:
                numbers = table.data.select_dtypes("number")
                missing = ~table.data["status"].eq("value")
                first = next((column for column in ("counted", "waiting", "with_contact", "figure", "seen_late", "share") if column in numbers), None)
                if first:
                    assert numbers.loc[missing, first].isna().all(), (code, name)
    hidden = store.table("waits_community")
    assert hidden.loc[hidden["status"].eq("hidden"), "value"].isna().all()


def test_a_sum_with_a_missing_part_is_missing(store):
    for code in ("QJK", "QHL", "QNQ"):
        rows = store.rows("waits_community", code).astype({"service": str, "period": str, "band": str})
        wide = rows[rows["period"].eq("2025-10-31")].pivot(index="service", columns="band", values="value")
        ours = health_waits.lists(store, code).query("period == '2025-10-31'").set_index("service")
        either = wide["52-104"].isna() | wide["over-104"].isna()
        assert ours["over_52"].reindex(wide.index)[either].isna().all()


def test_autism_is_never_one_number_alone(answers):
    for code in ("879", "881", "330"):
        table = answers[code].tables["autism"].data
        known = table.dropna(subset=["seen_late"])
        assert (known["seen_late"] + known["seen_early_or_not_seen"]).eq(100).all()
        assert table["not_seen_yet"].isna().all() and table["seen_in_13_weeks"].isna().all()


def test_what_is_not_held_and_what_can_not_be_told_is_said(answers):
    notes = " ".join(note.text for note in answers["879"].notes)
    assert "learning disability are not held" in notes and "13 more from February 2024" in notes
    told = " ".join(answers["879"].cannot_tell)
    assert "before the request" in told and "plan is good" in told and "health service" in told


def test_breaks_belong_to_what_is_drawn():
    everywhere = [one.period for one in health_waits.breaks(SERVICES["speech_and_language"], ["NHS Devon", "England"])]
    assert everywhere == ["2024-02-29", "2024-12-31"]
    here = [one.text for one in health_waits.breaks(SERVICES["community_paediatrics"], ["NHS Birmingham and Solihull"])]
    assert any("Birmingham" in text for text in here)


# Small numbers


def test_few_deaths_are_never_shown_and_can_not_be_worked_out(answers, store):
    wide = process_tables.counts(store)
    for code, answer in answers.items():
        table = answer.tables["ceased"].data
        for period, rows in table.groupby("period"):
            number = wide["ceased_deceased"].get((code, period), math.nan)
            died = rows[rows["measure"].eq("Ceased: child or young person died")].iloc[0]
            if number < process_tables.FEWEST_DEATHS:
                assert died["status"] == "hidden" and died[["counted", "share", "comparator_mean", "england"]].isna().all()
                other = rows[rows["measure"].str.contains("fewer than five")].iloc[0]
                assert other["counted"] == wide["ceased_other"][(code, period)] + number
            elif number == number:
                assert died["counted"] == number


def test_families_never_read_of_deaths(answers):
    for answer in answers.values():
        plain = " ".join([answer.headline.families, *answer.plain_cannot_tell, *answer.plain_could_change, answer.title])
        assert "die" not in plain.casefold().replace("studied", "") and "death" not in plain.casefold()


def test_tables_that_are_handed_out_hide_few_deaths_with_the_reasons_that_would_tell(store):
    table = shown.shown(store, "process", "896")
    died = table[table["measure"].eq("ceased_deceased")].set_index("period")
    other = table[table["measure"].eq("ceased_other")].set_index("period")
    hidden = died.index[died["status"].eq("hidden")]
    assert len(hidden) and not died["value"].lt(5).any()
    assert other.loc[hidden, "status"].eq("hidden").all()


def test_small_lists_of_a_provider_are_hidden_and_can_not_be_worked_out(store):
    table = shown.providers_hidden(store.table("waits_community").query("level == 'provider' and period == '2025-10-31'").astype({"service": str, "period": str, "band": str, "status": str, "level": str, "area_code": str}))
    assert not table["value"].between(1, 4).any()
    bands = table[table["band"].ne("total")]
    groups = bands.groupby(["area_code", "service"])
    left = groups["value"].apply(lambda values: values.fillna(0).sum())
    alone = groups["status"].apply(lambda status: status.eq("hidden").sum()).eq(1) & left.gt(0)
    open_ = groups["value"].apply(lambda values: values.ge(5).any())
    assert not (alone & open_).any()


def test_a_list_that_collapsed_across_a_gap_of_months_is_told_of_and_not_called_lower(store, areas):
    cornwall = health_waits.figure(store, areas.get("908"))
    assert cornwall.direction == "" and "between July 2025 and October 2025" in cornwall.comparison.split(".")[0]


def test_a_part_larger_than_its_whole_has_no_share(store, areas):
    from sendlib.questions import comparators

    for area in areas.authorities.values():
        others = comparators.choose(store, area, "neighbours-2025")
        for name in process_tables.PARTS:
            rows = process_tables.part(store, area, others, name)
            shares = rows.loc[rows["share_of"].ne(process_tables.NO_SHARE) & ~rows["measure"].str.startswith("Appeals"), "share"]
            assert not (shares > 100 + 1e-9).any(), (area.name, name)
