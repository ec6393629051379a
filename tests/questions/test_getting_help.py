"""Getting help: the published figures, and whose they are."""

import json
import math
import re

import numpy as np
import pandas as pd
import pytest

from sendlib.__main__ import main
from sendlib.answer import FULL, MODES, NOBODY, NOT_SHOWN, TOO_FEW
from sendlib.answer.numbers import said as told
from sendlib.answer.text import said_in
from sendlib.errors import UnknownChoice
from sendlib.exports import shown
from sendlib.questions import getting_help
from sendlib.questions.getting_help import (
    few,
    health_changes,
    health_figure,
    health_gaps,
    health_waits,
    nhs_areas,
    plans_on_time,
    process_parts,
    process_tables,
    process_words,
)
from sendlib.tables.symbols import WORDS

ENGLAND = "E92000001"


NEIGHBOURS = "neighbours-2025"


@pytest.fixture(scope="module")
def answers(everywhere):
    return everywhere("getting_help")


def named(store, areas, name, versus=NEIGHBOURS, **asked):
    return getting_help.ask(store, areas.find(name).areas[0], versus, asked)


def texts(notes, mode="explore"):
    return [words for note in notes if (words := note.text.in_mode(mode))]


def in_every_mode(text):
    return [text.in_mode(mode) for mode in ("explore", "show", "families")]


def headings(table):
    return {name: column.titled for name, column in table.columns_in("explore").items()}


def test_england_is_as_published_from_2014_to_2024_with_exceptions_in(answers):
    table = answers["879"].tables["on_time"].data.set_index("period")
    assert list(table.index) == [str(year) for year in range(2014, 2025)]
    published = {"2019": 58.7, "2020": 55.6, "2021": 57.9, "2022": 47.7, "2023": 49.1, "2024": 45.9}
    assert {year: table["england"][year] for year in published} == published
    assert "exceptions included" in answers["879"].tables["on_time"].caption.explore


def test_requests_and_plans_of_england_are_the_published_ones(store):
    wide = process_tables.counts(store).loc[(ENGLAND, "2024")]
    assert (wide["requests_received"], wide["issued"]) == (154_489, 90_392)
    assert (
        round(100 * wide["requests_refused"] / wide["requests_received"], 1) == wide["requests_refused_percent"] == 25.2
    )
    assert round(100 * wide["appeals"] / wide["appealable_decisions"], 2) == 3.23


def test_four_figures_are_always_shown_good_or_bad(answers):
    starts = (
        "Plans issued within 20 weeks",
        "Requests turned down",
        "Appeals per 100 decisions",
        "Waiting over 52 weeks for community paediatrics in ",
    )
    for answer in answers.values():
        assert [
            figure.label.explore.startswith(start) for figure, start in zip(answer.figures, starts, strict=True)
        ] == [True] * 4


def test_the_mean_is_the_plain_mean_of_the_authorities_with_a_figure(answers):
    answer = answers["879"]
    each = answer.tables["comparators"].data
    each = each[each["whose"].eq("compared")]
    assert each["on_time"].mean() == pytest.approx(answer.tables["on_time"].data["comparator_mean"].iloc[-1])


def test_the_title_is_true_for_the_newest_year(answers):
    for answer in answers.values():
        row = answer.tables["on_time"].data.iloc[-1]
        assert len(answer.title.explore.split()) <= 10, answer.title.explore
        if answer.title.explore.startswith("Plans more"):
            assert row["share"] > row["comparator_mean"]
        elif answer.title.explore.startswith("Most plans late"):
            assert row["share"] < 50
            word = re.search("but less often|about as often|more often", answer.title.explore)[0]
            apart = row["share"] - row["comparator_mean"]
            assert apart > 0 if word == "but less often" else apart < 0 if word == "more often" else abs(apart) < 5
        elif answer.title.explore.startswith("Plans less"):
            assert row["share"] < row["comparator_mean"]
        elif answer.title.explore.startswith("Too few"):
            assert row["issued"] < few.FEW
        elif "too few plans counted" in answer.title.explore:
            assert row["coverage"] < few.COVERED and row["left_out"]
        else:
            assert (
                answer.title.explore.startswith("Plans about as often")
                and abs(row["share"] - row["comparator_mean"]) < 5
            )


# What the page says of an area that is far from the standard or out of its own range


def lead(shares, issued=100.0):
    years = [str(year) for year in range(2025 - len(shares), 2025)]
    table = pd.DataFrame({"period": years, "share": shares, "comparator_mean": 50.0, "england": 45.9, "issued": issued})
    few_plans = np.where(table["issued"].lt(few.FEW), few.FEW_PLANS, "")
    return table.assign(in_20_weeks=0.0, coverage=100.0, doubtful="", left_out=few_plans)


def said(table):
    return " ".join(note.text.explore for note in process_words.standing(table))


def test_cheshire_west_and_chesters_fall_is_said(answers):
    text = " ".join(note.text.explore for note in answers["896"].notes if note.kind == "caution")
    assert (
        "Far from the 20-week standard: 15.4% of plans were on time in 2024, fewer than 1 in 4; in 2017 it was 98.8%."
        in text
    )
    assert (
        "Outside its own usual range: 6.5% in 2023, below every earlier year with a figure since 2015 (13.0% to 98.8%)."
        " In 2024 it was 15.4%." in text
    )


def test_a_figure_within_the_margin_of_its_range_is_not_unusual():
    assert "usual range" not in said(lead([50.0, 60, 55, 52, 58, 45.0]))
    assert "below every earlier year with a figure since 2019 (50.0% to 60.0%)" in said(
        lead([50.0, 60, 55, 52, 58, 44.9])
    )
    assert "above every earlier year" in said(lead([50.0, 60, 55, 52, 58, 65.1]))


def test_fewer_than_five_years_or_few_plans_make_no_range():
    assert "usual range" not in said(lead([50.0, 60, 55, 52, 30]))
    assert said(lead([50.0, 60, 55, 52, 58, 30], issued=19.0)) == ""


def test_more_than_half_late_is_said_and_half_is_not():
    assert "More than half of plans were late: 49.9%" in said(lead([60.0, 49.9])) and said(lead([60.0, 50.0])) == ""


def test_a_return_with_hardly_any_plans_is_called_perhaps_incomplete():
    table = lead([60.0, 28.6])
    table["issued"] = [193.0, 7.0]
    note = process_words.incomplete(table)
    assert (
        "fell from 193" in note.text.explore
        and "to 7 in" in note.text.explore
        and "fell from 193" in note.text.families
    )
    table["issued"] = [193.0, 60.0]
    assert process_words.incomplete(table) is None


def test_the_best_earlier_year_is_named_whenever_most_plans_were_late(answers):
    assert "26.3% were on time in 2024; in 2015 it was 100.0%." in " ".join(
        note.text.explore for note in answers["916"].notes
    )
    for text in (said(lead([99.0, 60, 49.9])), said(lead([30.0, 60, 99, 20]))):
        assert "it was 99.0%" in text
    assert "it was" not in said(lead([30.0, 35, 40]))


def test_a_quarter_on_time_is_not_called_fewer_than_one_in_four():
    assert "Far from" not in said(lead([25.0] * 3)) and "Far from" in said(lead([24.9] * 3))


def test_a_missing_newest_year_is_not_judged_by_an_older_one():
    assert said(lead([90.0, 90, 90, 90, 90, 5, math.nan])) == ""


def test_a_missing_share_a_tie_and_nothing_on_time_are_put_right_in_words(store, areas):
    from sendlib.compared.comparators import choose

    area = areas.get("879")
    others = choose(store, area, "neighbours-2025")
    row = lead([50.0]).iloc[-1]
    assert process_words.title(area, others, row).explore == "Plans about as often on time as among its neighbours"
    nothing = row.copy()
    nothing["share"] = 0.0
    assert (
        "no new plan in 2024 was ready"
        in process_words.headline(area, others, nothing, ("2024", 10.0), ("2024", 2.0)).families
    )
    gone = row.copy()
    gone["share"] = math.nan
    assert process_words.title(area, others, gone).explore == "Not published for Plymouth in 2024"
    sentence = process_words.headline(area, others, gone, ("2024", math.nan), ("2024", math.nan))
    assert "was not published" in sentence.families and sentence.explore.endswith("45.9%.")


# Whose the health figures are


def test_an_overlap_is_told_both_ways(store, areas):
    (plymouth,) = nhs_areas.areas_of(store, areas.get("879"), "icb")
    assert (plymouth.name, plymouth.of_authority) == ("NHS Devon", pytest.approx(100))
    assert plymouth.of_health_area == pytest.approx(23.5, abs=0.05)
    told = nhs_areas.overlap_sentence(areas.get("879"), plymouth)
    assert "100% of the children of Plymouth live in it; they are 23% of its children" in told.explore
    plain = "All children here live in NHS Devon. Of its own children, 23 of every 100 live here."
    assert told.in_mode("families") == plain


def test_barnsley_is_its_sub_icb_location_and_a_sixth_of_its_icb(store, areas):
    table = named(store, areas, "Barnsley").tables["health_areas"].data.set_index("health_level")
    assert table["nearly_the_same"].tolist() == ["no", "yes"]
    assert table["share_of_health_area"].round(1).tolist() == [17.5, 100.0]


def test_essex_lies_in_three_icbs_that_are_listed_and_not_put_together(store, areas):
    answer = named(store, areas, "Essex")
    names = ["NHS Mid and South Essex", "NHS Hertfordshire and West Essex", "NHS Suffolk and North East Essex"]
    assert list(dict.fromkeys(answer.tables["community"].data["health_area"])) == [*names, "England"]
    figure = answer.figures[3]
    assert (
        figure.text == "0.2% to 56.8%"
        and "the 3 NHS areas (ICBs) where 100% of the area's children live" in figure.label.explore
    )
    assert (
        all(name in figure.detail.explore for name in names)
        and "0.2% (56% of the area's children, who are 68% of all its children)" in figure.detail.explore
    )
    assert figure.direction == ""  # none of the three stands for Essex
    assert "3 NHS areas, 100% of the children here" in figure.comparison.show


def test_both_halves_of_the_overlap_stand_with_the_number(answers, store, areas):
    """Under it, and on a shared screen in the line of sources where there is one NHS area that is another one than the
    authority; the rest is told there when it is asked for."""
    for code, answer in answers.items():
        figure = answer.figures[3]
        found = nhs_areas.drawn(nhs_areas.areas_of(store, areas.get(code), "icb"))
        first = found[0]
        halves = [nhs_areas.part_of(half) for half in (first.of_authority, first.of_health_area)]
        assert all(half in figure.detail.explore for half in halves), code
        main = [one for one in found if one.of_authority >= health_figure.MATTERS]
        apart = min(first.of_authority, first.of_health_area) < health_figure.NEARLY_THE_SAME
        if len(main) == 1 and apart and first.how == "overlap":
            told = " ".join(note.text.in_mode("show") for note in answer.notes if note.kind == "caution")
            assert all(half in told for half in halves), code
        elif len(main) > 1:
            assert f"{len(main)} NHS areas" in figure.comparison.in_mode("show"), code


def test_a_reader_is_told_that_nhs_areas_were_abolished(answers):
    answer = answers["879"]
    assert any(
        "twelve of the 42 ICBs were abolished" in note.text.explore and "NHS Devon was not changed" in note.text.explore
        for note in answer.notes
        if not note.about
    )
    assert any("abolished" in note.text.explore for note in answer.notes_about("health_areas"))
    plain = [note.text.in_mode("families") for note in answer.notes if not note.about]
    assert any("on 1 April 2026: twelve were abolished" in line for line in plain)


@pytest.mark.parametrize(
    ("share", "text"), [(100.0, "100%"), (99.97, "over 99%"), (0.3, "less than 1%"), (31.4, "31%")]
)
def test_a_share_is_never_rounded_to_all_or_nothing(share, text):
    assert nhs_areas.part_of(share) == text


def test_community_paediatrics_in_england_is_as_published(store):
    rows = health_waits.lists(store, ENGLAND)
    waiting = rows[rows["service"].eq("community_paediatrics")].set_index("period")
    assert (waiting["waiting"]["2023-01-31"], waiting["waiting"]["2025-10-31"]) == (64_597, 171_489)
    assert waiting["over_104"]["2025-10-31"] == 24_239 and waiting["over_52"]["2025-10-31"] == 44_370 + 24_239
    assert math.isnan(waiting["over_104"]["2023-01-31"])  # not counted apart until December 2024


def test_an_icb_without_a_list_is_not_available_and_says_why(store, areas):
    answer = named(store, areas, "Surrey")
    figure = answer.figures[3]
    assert figure.value is None and figure.text == "Not available"
    assert (
        "though every organisation in scope sent its return" in figure.comparison.explore
        and "England 40.0%" in figure.comparison.explore
    )
    assert "another ICB may serve the children" in figure.comparison.explore
    assert any("another ICB may serve" in note.text.explore for note in answer.notes_about("community"))


SHARES = {
    "over_52_share",
    "share",
    "comparator_mean",
    "england",
    "not_submitting",
    "before",
    "others_lowest",
    "others_highest",
    "in_the_mean",
    "seen_in_13_weeks",
    "not_seen_yet",
}
"""Columns that may be there or not whatever the row's own number is: other areas', or a share with its own reason."""


def test_nothing_hidden_or_missing_is_a_nought_in_any_table(answers, store):
    for code in ("879", "881", "936", "330", "420", "908", "822", "888"):
        for name, table in answers[code].tables.items():
            if "status" not in table.data:
                continue
            missing = ~table.data["status"].eq("value")
            for column in set(table.data.select_dtypes("number")) - SHARES:
                if name in ("on_time", "longer") and column in ("issued", "in_20_weeks", "coverage"):
                    continue  # counts beside the share that the status is of, such as Plymouth's nought of 2014
                assert table.data.loc[missing, column].isna().all(), (code, name, column)
            if name == "on_time":
                assert table.data.loc[missing, "share"].isna().all()
    hidden = store.table("waits_community")
    assert hidden.loc[hidden["status"].eq("hidden"), "value"].isna().all()


@pytest.mark.parametrize(
    ("table", "share"),
    [
        ("community", "over_52_share"),
        ("community_over_time", "over_52_share"),
        ("bands", "share"),
        ("autism", "seen_late"),
        ("contacts", "with_contact"),
        ("four_weeks", "figure"),
    ],
)
def test_every_missing_figure_has_its_kind_and_reason_and_no_other_has(answers, table, share):
    for code in ("879", "881", "936", "330", "420", "908", "822", "888"):
        data = answers[code].tables[table].data
        missing = data[share].isna()
        assert all(any(why.startswith(words) for words in WORDS.values()) for why in data.loc[missing, "why"]), (
            code,
            table,
        )
        assert not told(data.loc[~missing, "why"])


def test_a_list_of_nobody_is_a_nought_and_its_share_does_not_apply(store):
    rows = (
        health_waits.lists(store, ENGLAND)
        .query("service == 'child_health_information' and period == '2025-10-31'")
        .iloc[0]
    )
    assert (rows["waiting"], rows["status"], rows["share_status"], rows["why"]) == (
        0,
        "value",
        "not_applicable",
        "nobody was on the list",
    )


def test_a_share_above_100_is_not_shown_and_says_why():
    assert "more long waits were published" in health_waits._why("value", "not_available", 10.0, 0.0, 120.0)
    assert health_waits._why("value", "value", 10.0, 0.0, 20.0) == ""


def test_bedford_is_told_of_in_the_same_words_everywhere(store, areas):
    answer = named(store, areas, "Bedford")
    rows = answer.tables["community_over_time"].data
    newest = rows[
        rows["health_area"].ne("England") & rows["period"].eq(rows["period"].max()) & rows["status"].eq("not_available")
    ]
    assert "no organisation there was in the scope" in answer.figures[3].comparison.explore.casefold()
    assert newest["why"].eq("not available (no organisation there was in the scope of these lists)").all()
    assert "no organisation in the scope" in health_waits.sent_nothing(newest["not_submitting"].iloc[0])


def test_a_sum_with_a_missing_part_is_missing(store):
    for code in ("QJK", "QHL", "QNQ"):
        rows = store.rows("waits_community", code).astype({"service": str, "period": str, "band": str})
        wide = rows[rows["period"].eq("2025-10-31")].pivot(index="service", columns="band", values="value")
        ours = health_waits.lists(store, code).query("period == '2025-10-31'").set_index("service")
        either = wide["52-104"].isna() | wide["over-104"].isna()
        assert ours["over_52"].reindex(wide.index)[either].isna().all()


def test_autism_is_never_one_number_alone(answers, store):
    """The complement stands beside ASD19e and is nowhere without it; children whom nobody has seen are no nought."""
    for code in ("879", "881", "330"):
        answer = answers[code]
        table = answer.tables["autism"].data
        assert table["seen_late"].notna().any()
        assert table["seen_early_or_not_seen"].equals(100 - table["seen_late"])
        assert table["seen_early_or_not_seen"].isna().equals(table["seen_late"].isna())
        assert table["not_seen_yet"].isna().all() and table["seen_in_13_weeks"].isna().all()
        england = (
            store.rows("waits_autism", ENGLAND).query("period == '2023-06-30' and age == 'under 10'")["value"].iloc[0]
        )
        own = table[table["health_area"].eq("England") & table["period"].eq("2023-06-30") & table["age"].eq("under 10")]
        assert own["seen_late"].iloc[0] == england
        notes = " ".join(note.text.explore for note in answer.notes_about("autism"))
        assert (
            "ASD19e alone misleads" in notes
            and "not the corrected ones" in notes
            and "ASD16c" in notes
            and "ASD19f" in notes
        )
        assert "June 2023" in answer.tables["autism"].caption.explore
        assert table.loc[table["health_area"].ne("England"), "corrected"].eq("no").all()


def test_what_is_not_held_and_what_can_not_be_told_is_said(answers):
    notes = " ".join(note.text.explore for note in answers["879"].notes)
    assert "learning disability are not held" in notes and "13 more from February 2024" in notes
    told = " ".join(said_in("explore", answers["879"].cannot_tell))
    assert "before the request" in told and "plan is good" in told and "health service" in told


def test_breaks_belong_to_what_is_drawn(answers):
    rows = answers["330"].tables["breaks"].data.set_index("about")
    assert rows.loc["community_over_time", "period"].tolist() == [
        *("2024-02-29", "2024-12-31", "2025-01-31", "2026-04-30")
    ]
    assert (
        "Birmingham" in rows.loc["community_over_time", "what"].iloc[2]
        and rows.loc["community_over_time", "service"].iloc[2] == "Community paediatric service"
    )
    assert rows.loc["tribunal", "period"] == "2023"
    assert rows.loc["contacts", "period"].tolist() == ["2022-04-30", "2022-07-31", "2022-08-31"]


def test_no_break_of_england_is_drawn_where_england_has_no_line(answers):
    drawn = answers["879"].tables["breaks"].data.query("about == 'contacts'")
    assert "England" not in set(answers["879"].tables["contacts"].data["health_area"])
    assert not drawn["what"].str.contains("England").any()


def test_nhs_areas_stand_in_the_order_of_the_overlap_in_every_table(answers):
    names = [
        "NHS Mid and South Essex",
        "NHS Hertfordshire and West Essex",
        "NHS Suffolk and North East Essex",
        "England",
    ]
    for table in ("community", "community_over_time", "bands", "four_weeks"):
        assert list(dict.fromkeys(answers["881"].tables[table].data["health_area"])) == names


def test_each_nhs_panel_says_how_it_is_counted(answers):
    answer = answers["879"]
    for table in ("community", "community_over_time", "bands"):
        assert any("Counted where the service is run" in note.text.explore for note in answer.notes_about(table))
    for table in ("contacts", "four_weeks", "autism"):
        texts = [note.text.explore for note in answer.notes_about(table)]
        assert any("by their GP practice" in text for text in texts) and not any(
            "where the service is run" in text for text in texts
        )


# Sudden steps


def test_a_share_that_jumps_while_the_list_is_steady_is_told_of(answers):
    rows = answers["888"].tables["community_over_time"].data
    own = rows[rows["health_area"].ne("England") & rows["service"].eq("Community paediatric service")]
    texts = told(own["changed"])
    assert any("from 6.9% to 47.5% between November 2024 and December 2024" in text for text in texts)
    assert "from 49.2% to 10.4%" in answers["888"].figures[3].comparison.explore


def test_only_a_recent_jump_is_told_of_beside_the_number():
    made_up = pd.DataFrame(
        {
            "period": ["2024-08-31", "2024-09-30", "2024-10-31", "2025-10-31"],
            "waiting": 5.0,
            "changed": ["", "older", "twelve months before", ""],
        }
    )
    assert health_changes.recent(made_up) == [("between September 2024 and October 2024", "twelve months before")]


@pytest.mark.parametrize("code", ["916", "892", "882", "881"])
def test_any_jump_of_the_last_year_is_told_of_in_every_mode_and_nothing_is_then_called_lower(answers, code):
    figure = answers[code].figures[3]
    assert figure.direction == ""
    for words in in_every_mode(figure.comparison):
        assert any(
            told in words
            for told in (
                "went from",
                "changed suddenly",
                "udden change",
                "list fell from",
                "list collapsed",
                "Read it with care",
            )
        ), words


def test_essex_repeats_the_warning_of_one_of_its_areas(answers):
    figure = answers["881"].figures[3]
    assert (
        "NHS Mid and South Essex went from 53 to 1,409 between December 2024 and January 2025"
        in figure.comparison.explore
    )
    assert "Read it with care" in figure.comparison.show


def test_no_direction_stands_beside_a_warning(answers):
    for code, answer in answers.items():
        figure = answer.figures[3]
        said = " ".join(in_every_mode(figure.comparison))
        if any(word in said for word in ("with care", "ncomplete", "sudden", "list fell")):
            assert figure.direction == "", code


def test_contacts_that_collapse_are_told_of(answers):
    assert any("17,570 to 13,085" in text for text in told(answers["822"].tables["contacts"].data["changed"]))


# Annual reviews


def test_reviews_are_told_by_when_the_last_meeting_was(answers, store):
    wide = process_tables.counts(store).loc[(ENGLAND, "2024")]
    parts = ["review_meetings_in_year", "review_meetings_before", "review_meetings_after", "review_meetings_not_held"]
    assert wide[parts].tolist() == [318_369, 126_184, 9_208, 70_893] and wide["reviews_due"] == 524_654
    table = answers["896"].tables["reviews"].data.set_index("measure")
    assert table.loc["Plans with a review meeting in the year", "england"] == pytest.approx(60.68, abs=0.01)
    assert table.loc["Plans with a review meeting on record, whenever it was", "share_of"] == process_parts.NO_SHARE
    assert table.loc["Review meetings whose decision is outstanding", "counted"] == 214


# What rests on few, and who was here before


def test_a_point_of_few_plans_is_left_out_and_named(answers):
    answer = answers["896"]
    row = answer.tables["on_time"].data.iloc[0]
    assert (row["share"], row["issued"], row["left_out"]) == (100.0, 6.0, "fewer than 20 plans")
    notes = " ".join(note.text.explore for note in answer.notes_about("on_time"))
    assert (
        "2014 (6 plans: fewer than 20 plans)" in notes and "No mean of its ten statistical neighbours is drawn" in notes
    )


def test_a_mean_has_half_of_those_compared_and_at_least_three_or_is_not_given(answers):
    for answer in answers.values():
        table = answer.tables["on_time"].data
        assert table["comparator_mean"].isna().equals(table["in_the_mean"].lt(5))


def test_a_share_of_few_is_written_as_numbers_with_england_beside(answers):
    figure = answers["201"].figures[0]
    assert figure.text == "4 of 5" and "England 45.9%" in figure.comparison.explore and figure.direction == ""


def test_an_area_that_was_split_off_shows_its_predecessor_apart(answers, store, areas):
    table = answers["942"].tables["on_time"].data.set_index("period")
    assert table["before_name"].eq("Cumbria, until 2023").all()
    assert (
        table["before"]["2022"] == 67.2 and math.isnan(table["before"]["2023"]) and math.isnan(table["share"]["2022"])
    )
    assert "before" not in answers["879"].tables["on_time"].data
    assert plans_on_time.predecessor(store, areas.get("838")).label == "Dorset (the former county), until 2019"
    assert any("those of the former Dorset (county)" in note.text.explore for note in answers["838"].notes)


def test_those_who_merged_are_put_together_by_their_counts(store, areas):
    before = plans_on_time.predecessor(store, areas.get("839"))
    wide = process_tables.counts(store)
    both = [("837", "2018"), ("836", "2018")]
    share = 100 * sum(wide["issued_in_20_weeks"][key] for key in both) / sum(wide["issued"][key] for key in both)
    assert before.share["2018"] == pytest.approx(share)


# Appeals


def test_appealable_decisions_are_defined_and_the_newer_rate_is_told(answers):
    notes = " ".join(note.text.explore for note in answers["879"].notes_about("tribunal"))
    assert "every plan in place in January" in notes and "9.7 in Plymouth, 6.6 in England" in notes
    assert "available for Cambridgeshire, Central Bedfordshire, Lewisham and Milton Keynes." in notes
    assert answers["879"].figures[2].text == "9.7" and "2025" in answers["879"].figures[2].label.explore


def test_cases_for_other_reasons_and_those_after_mediation_are_told(answers):
    notes = " ".join(note.text.explore for note in answers["886"].notes_about("tribunal"))
    assert "Assessment decisions that went to the tribunal: 232" in notes
    assert "Tribunal cases after an assessment, for other reasons: 431 (England 3,088)" in notes
    assert "Requests that went to the tribunal after mediation: 36 (England 1,473)" in notes
    rows = answers["886"].tables["tribunal"].data.query("period == '2024'").set_index("measure")
    assert rows.loc["Tribunal cases after an assessment, for other reasons", "counted"] == 431


def test_appeals_have_a_direction_only_where_chance_is_not_all(answers, store):
    for code, answer in answers.items():
        decisions = process_tables.counts(store)["decisions_in_development"].get((code, "2025"), math.nan)
        figure = answer.figures[2]
        if figure.direction:
            assert decisions * 0.05 >= 1, code
    assert answers["420"].figures[2].direction == "" and answers["201"].figures[2].direction == ""


# Families


def test_families_read_of_an_average_and_no_terms_of_art(answers):
    for answer in answers.values():
        assert "Among" not in answer.headline.families
        plain = " ".join(
            [
                answer.tables["on_time"].caption.families,
                *(note.text.in_mode("families") for note in answer.notes if note.kind == "caution"),
            ]
        )
        assert "exceptions included" not in plain and "ean of" not in plain and "usual range" not in plain
        for figure in answer.figures:
            assert figure.label.families and figure.label.families != figure.label.explore
    assert answers["896"].figures[0].comparison.families == "similar areas 31 on average, England 46"


def test_the_second_sentence_carries_its_year(answers):
    assert "In 2024, 39.5% of requests" in answers["896"].headline.show


# Small numbers


def test_few_deaths_are_never_shown_and_can_not_be_worked_out(answers, store):
    wide = process_tables.counts(store)
    for code, answer in answers.items():
        table = answer.tables["ceased"].data
        for period, rows in table.groupby("period"):
            number = wide["ceased_deceased"].get((code, period), math.nan)
            died = rows[rows["measure"].eq("Ceased: child or young person died")].iloc[0]
            if number < process_tables.FEWEST_DEATHS:
                assert (
                    died["status"] == "hidden" and died[["counted", "share", "comparator_mean", "england"]].isna().all()
                )
                other = rows[rows["measure"].str.contains("fewer than five")].iloc[0]
                assert other["counted"] == wide["ceased_other_or_not_recorded"][(code, period)] + number
            elif number == number:
                assert died["counted"] == number


def test_families_never_read_of_deaths(answers):
    for answer in answers.values():
        plain = " ".join(
            [answer.headline.families, *said_in("families", (*answer.cannot_tell, *answer.could_change, answer.title))]
        )
        assert "die" not in plain.casefold().replace("studied", "") and "death" not in plain.casefold()


def test_tables_that_are_handed_out_hide_few_deaths_with_the_reasons_that_would_tell(store):
    table = shown.shown(store, "process", "896")
    died = table[table["measure"].eq("ceased_deceased")].set_index("period")
    other = table[table["measure"].eq("ceased_other_or_not_recorded")].set_index("period")
    hidden = died.index[died["status"].eq("hidden")]
    assert len(hidden) and not died["value"].lt(5).any()
    assert other.loc[hidden, "status"].eq("hidden").all()


def test_a_list_that_collapsed_across_a_gap_of_months_is_told_of_and_not_called_lower(store, areas):
    cornwall = health_figure.figure(store, areas.get("908"))
    assert cornwall.text == "Not available" and cornwall.direction == ""
    for words in (cornwall.comparison.explore, cornwall.comparison.in_mode("families")):
        assert "list fell from 5,206 in July 2025 to 132 in October 2025" in words and "Cornwall Partnership" in words
    assert "list collapsed" in cornwall.comparison.in_mode("show")


# Who is missing from a list


@pytest.mark.parametrize(
    ("code", "missing"),
    [("344", ["Wirral University Teaching Hospital"]), ("886", ["East Kent Hospitals", "Medway"])],
)
def test_a_list_without_a_large_provider_is_called_incomplete_and_names_it(answers, code, missing):
    figure = answers[code].figures[3]
    assert figure.value is not None and figure.direction == ""
    for words in (figure.comparison.explore, figure.comparison.in_mode("families")):
        assert all(name in words for name in missing), words
    assert "Incomplete list" in figure.comparison.in_mode("show")


def test_organisations_that_sent_nothing_are_told_of_beside_the_number(answers):
    figure = answers["344"].figures[3]
    assert "Two organisations of NHS Cheshire and Merseyside sent nothing in October 2025" in figure.comparison.explore
    assert "sent no numbers" in figure.comparison.families and "Incomplete list" in figure.comparison.show
    assert "4,740 of the 15,283 children on the list in July 2025" in figure.comparison.explore


def test_a_provider_that_another_took_over_is_not_called_missing(store):
    """North Middlesex has no list since December 2024, and the list of North Central London grew."""
    assert not health_gaps.doubts(store, nhs_areas.NhsArea("QMJ", "NHS North Central London", 100.0, 100.0)).gone


def test_an_incomplete_list_is_told_of_beside_every_picture_of_it(answers):
    for table in ("community", "community_over_time", "bands"):
        assert any(
            "Wirral University Teaching Hospital" in note.text.explore for note in answers["344"].notes_about(table)
        ), table


# Means, and reasons of the publisher


def test_a_mean_of_the_same_share_is_the_same_wherever_it_stands(answers):
    """The picture's mean of plans on time is also that of the weeks that plans took."""
    for code, answer in answers.items():
        late = answer.tables["late"].data
        late = late[late["measure"].eq("Plans issued within 20 weeks, exceptions included")].set_index("period")[
            "comparator_mean"
        ]
        picture = answer.tables["on_time"].data.set_index("period")["comparator_mean"].reindex(late.index)
        assert late.to_numpy() == pytest.approx(picture.to_numpy(), nan_ok=True), code


def test_with_one_area_compared_its_own_figures_stand_under_its_own_name(store, areas):
    answer = named(store, areas, "Plymouth", "Barnsley")
    assert answer.title.explore == "Most plans late, more often than in Barnsley"
    assert "against 96.7% in Barnsley: lower" in answer.headline.explore
    assert "Barnsley 96.7%, England 45.9%" in answer.headline.show
    assert answer.figures[0].comparison.families == "Barnsley 97, England 46"
    for name in ("on_time", *process_parts.PARTS):
        assert answer.tables[name].columns["comparator_mean"].titled == "Barnsley, %", name
    said_at_all = " ".join(
        [*in_every_mode(answer.headline), *in_every_mode(answer.tables["on_time"].caption), *texts(answer.notes)]
    )
    assert "ean of Barnsley" not in said_at_all and "verage of Barnsley" not in said_at_all
    assert "No point of Barnsley is drawn for 2014 (not available)." in texts(answer.notes_about("on_time"))


def test_one_area_with_too_few_plans_is_said_to_have_no_share(store, areas):
    answer = named(store, areas, "Plymouth", "City of London")
    assert answer.state == NOBODY
    told = "The City of London has no share of plans on time in 2024 to compare with: fewer than 20 plans."
    assert told in texts(answer.notes, "explore") and told in texts(answer.notes, "families")


def test_two_areas_make_no_mean_and_that_is_said(store, areas):
    answer = named(store, areas, "Plymouth", "301,302")
    assert answer.state == NOBODY and answer.title.explore == "6.0% of plans were on time in 2024"
    assert answer.tables["on_time"].data["comparator_mean"].isna().all()
    for figure in answer.figures[:3]:
        assert "those chosen not available (a mean needs 3 areas), England" in figure.comparison.explore
        assert figure.direction == ""
    assert "No mean of plans on time in 2024: a mean needs 3 areas." in texts(answer.notes)
    assert "No mean of the 2 authorities chosen is drawn for any year (a mean needs 3 areas)." in texts(answer.notes)
    late = answer.tables["late"].data
    assert set(late.loc[late["share_of"].ne(process_parts.NO_SHARE), "why_no_mean"]) == {"a mean needs 3 areas"}


def test_three_areas_make_a_mean_of_three(store, areas):
    answer = named(store, areas, "Plymouth", "301,302,370")
    newest = answer.tables["on_time"].data.iloc[-1]
    each = answer.tables["comparators"].data.query("whose == 'compared'")["on_time"]
    assert newest["comparator_mean"] == pytest.approx(each.mean()) and newest["in_the_mean"] == 3


def test_an_authority_too_small_counts_for_no_mean(store, areas):
    answer = named(store, areas, "Plymouth", "england")
    told = " ".join(texts(answer.notes, "families"))
    assert "Not in the average for 2024: City of London and Isles of Scilly (fewer than 50 plans)" in told
    mean = answer.tables["on_time"].data["comparator_mean"].iloc[-1]
    shares = process_tables.for_means(store, process_tables.ON_TIME)["2024"]
    others = [code for code in areas.authorities if code not in ("879", "201", "420")]
    assert mean == pytest.approx(shares.reindex(others).mean())


def test_who_has_no_share_is_named_with_the_reason_where_no_mean_is_given(answers):
    (told,) = [text for text in texts(answers["896"].notes_about("on_time")) if text.startswith("No mean")]
    assert "for 2014 (only 1 of 10 has one; left out: Stockport" in told
    assert "(fewer than 20 plans); Cheshire East, Warrington, West Sussex and Northumberland (not available)" in told
    families = " ".join(texts(answers["896"].notes_about("on_time"), "families"))
    assert "No average of ten similar areas is drawn for 2014 (only 1 of 10 has one)." in families
    for answer in answers.values():
        for name in process_parts.PARTS:
            rows = answer.tables[name].data
            rows = rows[rows["share_of"].ne(process_parts.NO_SHARE) & rows["england"].notna()]
            assert rows["why_no_mean"].ne("").equals(rows["comparator_mean"].isna()), (answer.area.name, name)


def test_of_many_left_out_only_how_many_they_are_is_said(store, areas):
    told = " ".join(texts(named(store, areas, "Plymouth", "england").notes_about("on_time")))
    assert "only 19 of 152 have one; left out:" in told and "of them (fewer than 20 plans)" in told


def test_nobody_to_compare_with_is_no_missing_mean(store, areas):
    answer = named(store, areas, "Cumberland", "neighbours-2021")
    assert answer.state == NOBODY and answer.figures[0].comparison.explore == "England 45.9%"
    assert not [text for text in texts(answer.notes) if text.startswith("No mean")]


# What could be answered, and what can be chosen


def test_the_state_is_that_of_the_newest_year(answers):
    assert {code for code, answer in answers.items() if answer.state == TOO_FEW} == {"201", "420"}
    assert {code for code, answer in answers.items() if answer.state == "doubtful"} == {"921"}


def test_a_return_that_leaves_out_most_plans_makes_no_headline(answers):
    """Isle of Wight: 7 plans counted for the 20 weeks, while 187 were started."""
    answer = answers["921"]
    assert answer.title.explore == "The Isle of Wight: too few plans counted to say"
    for mode in MODES:
        said = answer.headline.in_mode(mode)
        assert (
            "counts 7 plans for the 20 weeks, of the 187 that started" in said and "%" not in said.split("England")[0]
        )
    on_time, refused = answer.figures[:2]
    assert (on_time.text, on_time.text_in("families"), on_time.direction) == ("2 of 7", "Too few", "")
    assert refused.text == "Doubtful" and "382 in 2022 and 74 in 2024" in refused.detail.explore
    assert "turned down" not in answer.headline.explore


def test_a_return_that_leaves_out_some_plans_says_how_many(answers):
    """Lewisham: 193 of 348."""
    answer = answers["209"]
    for mode in MODES:
        said = " ".join([answer.headline.in_mode(mode), *(note.text.in_mode(mode) for note in answer.notes)])
        assert "55%" in said or "193 of the 348" in said, mode
    assert "94.8% of the 193 plans counted for 2024 (55% of those that started)" in answer.headline.explore
    for answer in answers.values():
        row = answer.tables["on_time"].data.iloc[-1]
        told = any(note.text.explore.startswith("Plans on time in 2024 are told of") for note in answer.notes)
        assert told == (few.COVERED <= row["coverage"] < few.NEARLY_ALL and not np.isnan(row["share"]))


def test_a_number_that_can_not_be_right_is_in_no_mean_and_no_sentence(store, areas):
    wight = getting_help.ask(store, areas.get("921"), "304,316,301", {})
    assert wight.figures[1].text == "Doubtful" and "turned down" not in wight.headline.explore
    beside = getting_help.ask(store, areas.get("304"), "316,301,302,303", {})
    assert any("a number that can not be right" in why for why in beside.tables["tribunal"].data["why_no_mean"]) or (
        beside.tables["tribunal"].data["comparator_mean"].notna().any()
    )
    assert process_tables.for_means(store, process_tables.REFUSED)["2024"].isna()["921"]


def test_lists_far_too_short_for_the_children_are_called_neither_higher_nor_lower(answers, store):
    short = health_gaps._too_short(store, health_waits.months(store)[-1])
    assert "QR1" in short and short["QR1"].startswith("0.8 children for every 1,000")
    gloucestershire = answers["916"].figures[3]
    assert not gloucestershire.direction
    hampshire = answers["850"].figures[3]
    assert not hampshire.direction and hampshire.text == "Not available"
    assert "2.2 children for every 1,000 who live there" in hampshire.comparison.explore


def test_the_area_and_england_are_rows_beside_those_compared(answers):
    each = answers["879"].tables["comparators"].data
    assert each["whose"].value_counts().to_dict() == {"compared": 10, "this area": 1, "England": 1}
    row = answers["879"].tables["on_time"].data.iloc[-1].copy()
    assert process_words.state(row) == FULL
    row["comparator_mean"] = math.nan
    assert process_words.state(row) == NOBODY
    row["issued"] = 19.0
    assert process_words.state(row) == TOO_FEW
    row["share"] = math.nan
    assert process_words.state(row) == NOT_SHOWN


def test_what_a_reader_chooses_is_offered_with_what_is_in_force(store, areas):
    offered = named(store, areas, "Essex").offered
    assert offered["community_area"].options == {
        "QH8": "NHS Mid and South Essex",
        "QM7": "NHS Hertfordshire and West Essex",
        "QJG": "NHS Suffolk and North East Essex",
    }
    assert {name: one.value for name, one in offered.items()} == {
        "each_on_time": "together",
        "each_tribunal": "together",
        "standards_area": "QH8",
        "providers_service": "community_paediatrics",
        "community_area": "QH8",
        "over_time_service": "community_paediatrics",
        "over_time_kind": "share",
        "bands_area": "QH8",
        "bands_service": "community_paediatrics",
        "waits_measure": "MRS08b",
    }
    assert all(one.choice.about for one in offered.values())


@pytest.mark.parametrize(
    ("choice", "asked", "words"),
    [
        ("community_area", "QJG", "NHS Suffolk and North East Essex"),
        ("standards_area", "QJG", "NHS Suffolk and North East Essex"),
        ("providers_service", "audiology", "Audiology"),
        ("bands_area", "nhs hertfordshire and west essex", "NHS Hertfordshire and West Essex"),
        ("over_time_service", "speech_and_language", "Therapy interventions: Speech and language"),
        ("bands_service", "audiology", "Audiology"),
        ("over_time_kind", "waiting", "Children waiting"),
        ("waits_measure", "MRS13", "Open at the end of the month"),
    ],
)
def test_each_choice_is_taken_from_an_address(store, areas, choice, asked, words):
    assert named(store, areas, "Essex").choosing({choice: asked}).offered[choice].words == words
    assert named(store, areas, "Essex", **{choice: asked}).offered[choice].words == words
    with pytest.raises(UnknownChoice, match=choice):
        named(store, areas, "Essex", **{choice: "nobody_offers_this"})


def test_of_a_single_nhs_area_there_is_nothing_to_choose(answers):
    assert "community_area" not in answers["879"].offered and "bands_area" not in answers["879"].offered
    assert len({one.choice.name for answer in answers.values() for one in answer.offered.values()}) == 10


def test_each_choice_is_an_option_of_the_command_line(capsys):
    main(["ask", "getting_help", "--area", "881", "--community-area", "QJG", "--over-time-kind", "over_104", "--json"])
    chosen = json.loads(capsys.readouterr().out)["choices"]
    assert chosen["community_area"]["value"] == "QJG" and chosen["over_time_kind"]["value"] == "over_104"


def test_what_is_only_read_stands_in_the_answer_as_a_list(answers):
    tables = answers["881"].tables
    assert (
        "- NHS Mid and South Essex, integrated care board (ICB): 56% of the area's children live in it; they are 68%"
        in (tables["health_areas"].how_to_read.explore)
    )
    assert tables["officers"].how_to_read.explore.count("\n- ") == tables["officers"].data["role"].nunique()
    assert "- England: " in tables["silent"].how_to_read.explore
    silent = [text for text in texts(answers["881"].notes_about("community_over_time")) if "newest month" in text]
    assert len(silent) == 1 and "NHS Mid and South Essex" in silent[0] and "England" not in silent[0]


def test_a_shared_screen_has_one_sentence_under_the_picture(answers):
    for code in ("879", "896", "942", "201"):
        assert texts(answers[code].notes_about("on_time"), "show") == [process_words.STANDARD.show]


def test_the_publishers_own_reason_stands_beside_missing_reviews(answers):
    surrey = answers["936"].tables["reviews"].data
    missing = surrey[surrey["share"].isna() & surrey["share_of"].ne(process_parts.NO_SHARE)]
    assert missing["why"].str.contains("suppressed them pending further checks").all()
    assert any(
        "data guidance, annual_reviews.csv, footnote 1" in note.text.explore
        for note in answers["936"].notes_about("reviews")
    )
    assert answers["890"].tables["reviews"].data["why"].str.contains("unable to return data").any()
    assert not answers["886"].tables["reviews"].data["why"].str.contains("DfE").any()


def test_the_page_does_not_choose_between_other_and_not_recorded(answers):
    rows = answers["886"].tables["ceased"].data
    found = rows.loc[rows["period"].eq("2024") & rows["counted"].ge(267), "measure"]
    assert "Ceased: other reason or not recorded" in set(found)
    assert not rows["measure"].str.contains("'other'|'not_rec'").any()


def test_a_part_larger_than_its_whole_has_no_share(answers):
    for answer in answers.values():
        for name in process_parts.PARTS:
            rows = answer.tables[name].data
            shares = rows.loc[
                rows["share_of"].ne(process_parts.NO_SHARE) & ~rows["measure"].str.startswith("Appeals"), "share"
            ]
            assert not (shares > 100 + 1e-9).any(), (answer.area.name, name)


# Headings


def test_a_share_is_headed_by_what_it_is_a_share_of(answers):
    tables = answers["879"].tables
    shares = {name: headings(table)["share"] for name, table in tables.items() if "share" in table.data}
    assert shares.pop("on_time_each") == "Plans issued within 20 weeks, %"
    assert shares.pop("tribunal_each") == "Appeals per 100 decisions"
    assert (shares.pop("on_time"), shares.pop("bands")) == ("Within 20 weeks here, %", "Share of the list, %")
    assert set(shares.values()) == {"Share here, %"}
    for name in shares:
        over = headings(tables[name])
        assert over["share_of"] == "Share of what" and over["counted"] == "Number here"
        assert over["comparator_mean"] == "Mean share of those compared, %"
        assert over["england"] == "Share in England, %"


def test_a_figure_of_mental_health_has_no_unit_over_it_but_one_in_its_row(answers):
    table = answers["879"].tables["four_weeks"]
    over = headings(table)
    assert (over["figure"], over["unit"]) == ("Figure", "Figure is in")
    assert set(table.data["unit"]) == {"referrals", "percent", "days"} and not table.columns["figure"].unit


def test_a_stock_is_dated_by_its_january_and_a_flow_by_its_year(answers):
    tables = answers["879"].tables
    for name in (*process_parts.PARTS, "on_time", "officers"):
        january = tables[name].columns["period"].meaning.startswith("January")
        assert tables[name].data["period"].str.endswith("-01").eq(january).all(), name


def test_the_table_of_breaks_keeps_the_names_of_tables_for_files(answers):
    assert list(headings(answers["879"].tables["breaks"]).values()) == ["Service", "From", "What changes"]


def test_the_area_before_is_a_column_only_where_there_was_one(answers):
    assert "before" not in answers["879"].tables["on_time"].columns
    assert answers["942"].tables["on_time"].columns["before"].titled == "Area before, %"


def test_every_column_says_what_it_is_in_one_phrase(answers):
    for code in ("879", "942", "420"):
        for name, table in answers[code].tables.items():
            for column, described in table.columns.items():
                assert len(described.meaning.split()) >= 3 and not described.meaning.endswith("."), (name, column)
