"""The comparison of need mixes on the real figures."""

import math

import numpy as np
import pandas as pd
import pytest

from sendlib.answer import MODES
from sendlib.areas import ENGLAND
from sendlib.compared import alike, comparators, mixes
from sendlib.errors import UnknownChoice
from sendlib.exports.shown import shown
from sendlib.questions import needs
from sendlib.questions.needs.judging import how_far
from sendlib.tables.needs import NEEDS

REQUIRED = [
    "need",
    "count",
    "share",
    "low",
    "high",
    "comparator_mean",
    "comparator_median",
    "comparator_min",
    "comparator_max",
    "difference",
    "ratio",
    "unusual",
    "q_value",
    "status",
]


def ask(store, areas, name, comparators="neighbours-2025", **asked):
    return needs.ask(store, areas.find(name).areas[0], comparators, asked)


def test_the_mix_has_the_agreed_columns(store, areas):
    assert set(REQUIRED) <= set(ask(store, areas, "Plymouth").tables["mix"].data.columns)


@pytest.mark.parametrize(("name", "divergence"), [("Peterborough", 0.134), ("Nottingham", 0.098), ("Plymouth", 0.011)])
def test_divergence_from_the_neighbours_mean_is_what_was_worked_out_elsewhere(store, areas, name, divergence):
    answer = ask(store, areas, name)
    found = answer.tables["divergence"].data["divergence"][0]
    assert found == pytest.approx(divergence, abs=0.0006)
    assert any(f"divergence of {found:.3f}" in note.text.explore for note in answer.notes)


def test_the_middle_of_all_authorities_is_what_was_worked_out_elsewhere(store):
    assert np.nanmedian(mixes.of_choice(store, "neighbours-2025").divergence) == pytest.approx(0.020, abs=0.0006)


def test_a_few_needs_are_unusual_and_not_hundreds(store, areas):
    found = mixes.of_choice(store, "neighbours-2025")
    unusual = [
        (found.codes[row], list(NEEDS)[column]) for row, column in zip(*np.where(found.q < mixes.UNUSUAL), strict=True)
    ]
    assert {(areas.get(code).name, need) for code, need in unusual} == {("Peterborough", "pd"), ("Wirral", "hi")}
    for choice in comparators.CHOICES:
        assert (mixes.of_choice(store, choice).q < mixes.UNUSUAL).sum() <= 10


def test_a_chi_square_test_would_call_every_authority_different(store):
    """Why there is none: on these figures it says the same of everybody."""
    from scipy.stats import chi2_contingency

    found = mixes.of_choice(store, "neighbours-2025")
    table = found.counts
    pooled = table.sum(axis=0)
    different = 0
    for row in table[table.sum(axis=1) >= mixes.SMALL]:
        pair = np.stack([row, pooled - row])
        different += chi2_contingency(pair[:, pair.sum(axis=0) > 0]).pvalue < 0.05
    assert different == (table.sum(axis=1) >= mixes.SMALL).sum()
    assert (np.nan_to_num(found.q, nan=1).min(axis=1) < mixes.UNUSUAL).sum() <= 5


def test_unusual_needs_are_named_in_the_answer(store, areas):
    answer = ask(store, areas, "Wirral")
    table = answer.tables["mix"].data.set_index("need")
    assert table["unusual"]["hi"] == "yes" and table["q_value"]["hi"] < 0.05
    assert any("Hearing impairment passes the strict test" in one.words.explore for one in answer.verdicts)
    assert answer.title.explore == "Hearing impairment: an unusually small share of plans"


def test_tiny_areas_are_not_tested(store, areas):
    for name in ("City of London", "Isles of Scilly"):
        answer = ask(store, areas, name)
        assert set(answer.tables["mix"].data["unusual"]) == {"not tested"}
        assert any("can not be said" in note.text.explore for note in answer.notes)
        assert math.isnan(answer.tables["divergence"].data["further_than"][0])


def test_the_parts_of_the_divergence_add_up(store, areas):
    answer = ask(store, areas, "Nottingham")
    assert answer.tables["mix"].data["divergence_part"].sum() == pytest.approx(
        answer.tables["divergence"].data["divergence"][0]
    )


@pytest.mark.parametrize(
    ("more_than", "words"),
    [
        (0.92, "further from the mean of those compared than 90 in 100"),
        (0.97, "further from the mean of those compared than 95 in 100"),
        (0.25, "nearer to the mean of those compared than 70 in 100"),
        (1.0, "further from the mean of those compared than almost every"),
        (0.03, "nearer to the mean of those compared than 95 in 100"),
        (float("nan"), ""),
    ],
)
def test_a_place_among_all_authorities_is_put_in_words(more_than, words):
    assert how_far(more_than).startswith(words)


def test_the_place_in_words_is_true(store, areas):
    found = mixes.of_choice(store, "neighbours-2025")
    row = found.row("892")
    smaller = np.mean(
        [
            d < found.divergence[row]
            for i, d in enumerate(found.divergence)
            if i != row and not np.isnan(d) and found.codes[i] not in mixes.left_out(store)
        ]
    )
    assert found.further_than[row] == pytest.approx(smaller)


def test_the_funnel_holds_every_authority_and_marks_ours(store, areas):
    table = ask(store, areas, "Plymouth").tables["funnel"].data
    autism = table[table["need"].eq("asd")]
    assert set(autism["area_code"]) == {ENGLAND, *areas.authorities}
    assert autism["group"].value_counts().to_dict() == {"other": 142, "compared": 10, "own area": 1, "England": 1}
    outside = ((autism["share"] < autism["low_998"]) | (autism["share"] > autism["high_998"])).sum()
    assert outside <= 5


def test_sensory_needs_are_merged_in_the_relative_view(store, areas):
    table = ask(store, areas, "Plymouth").tables["log_ratio"].data
    assert "sensory" in set(table["need"]) and not {"hi", "vi", "msi"} & set(table["need"])
    assert table["own"].sum() == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("name", ["age", "sex", "placement", "schools"])
def test_crosses_are_as_published_in_explore_and_say_fewer_than_five_where_people_sit_together(store, areas, name):
    table = ask(store, areas, "Plymouth").tables[name]
    small = table.data["count"].between(1, 4).to_numpy()
    assert small.any() and table.data.loc[small, "share"].notna().all()
    assert table.readable()["Plans" if name != "schools" else "Pupils"].isin(["1", "2", "3", "4"]).sum() == small.sum()
    for mode in ("show", "families"):
        shown = table.readable(mode)
        counts = shown["Plans" if name != "schools" else "Pupils"]
        assert counts[small].eq("Fewer than 5").all() and not counts[~small].eq("Fewer than 5").any()
        assert shown.filter(like="Share")[small].eq("–").all().all()
        assert table.data_in(mode).loc[small, ["count", "share"]].isna().all().all()


def test_a_tiny_area_has_no_crosses_where_people_sit_together_and_a_word_about_chance_in_every_mode(store, areas):
    for name in ("City of London", "Isles of Scilly"):
        answer = ask(store, areas, name)
        for cross in ("age", "sex", "placement", "schools"):
            assert answer.tables[cross].data["count"].notna().any()
            for mode in ("show", "families"):
                assert answer.tables[cross].data_in(mode)["count"].isna().all()
        for mode in MODES:
            assert "one child more or less moves every share" in answer.headline.in_mode(mode)


def test_what_the_publisher_shows_is_handed_out_as_published(store):
    for name in ("needs", "school_needs", "waits_community"):
        pd.testing.assert_series_equal(shown(store, name)["value"], store.table(name)["value"].reset_index(drop=True))


def test_surreys_needs_by_age_are_not_available_and_not_zero(store, areas):
    answer = ask(store, areas, "Surrey")
    assert set(answer.tables["age"].data["status"]) == {"not_available"}
    assert answer.tables["mix"].data["count"].sum() > 15_000


def test_new_plans_are_beside_all_plans(store, areas):
    table = ask(store, areas, "Plymouth").tables["new_plans"].data
    new = table[table["scope"].eq("new")].set_index("need")["count"]
    assert new["semh"] == 109 and new.sum() == 337


def test_the_schools_view_is_labelled_as_another_population(store, areas):
    answer = ask(store, areas, "Plymouth")
    table = answer.tables["schools"].data
    assert "other children" in answer.tables["schools"].caption.explore
    whole = table[table["category"].eq("All schools")].set_index("need")["count"]
    assert (whole["semh"], whole["nsa"]) == (1991, 178)


def test_the_schools_of_a_divided_county_are_not_given_to_its_parts(store, areas):
    table = ask(store, areas, "Cumberland").tables["schools"].data
    assert set(table["status"]) == {"not_available"}


def test_the_what_if_says_how_much_would_have_to_be_recorded_otherwise(store, areas):
    answer = ask(store, areas, "Plymouth", move="semh:mld:25")
    said = " ".join(note.text.explore for note in answer.notes_about("recording"))
    assert "about 1 in 4 of the plans that name it (207 of 894)" in said
    assert "If 1 in 4 of the plans that name social, emotional and mental health (25%, 224 of 894) named" in said
    table = answer.tables["recording"].data.set_index("need")
    assert (table["moved"]["semh"], table["moved"]["mld"]) == (670, 576)
    assert table["share_moved"].sum() == pytest.approx(100)
    assert "not a published figure" in answer.tables["recording"].caption.explore


def test_without_a_move_the_published_mix_stands(store, areas):
    table = ask(store, areas, "Plymouth").tables["recording"].data
    assert (table["share"] == table["share_moved"]).all()


def test_moving_everything_to_the_mean_brings_the_need_there(store, areas):
    rows = ask(store, areas, "Plymouth", move="semh:asd:23").tables["recording"].data.set_index("need")
    assert abs(rows["share_moved"]["semh"] - rows["comparator_mean"]["semh"]) < 0.1


@pytest.mark.parametrize(
    "text",
    ["semh", "semh:mld", "semh:mld:²", "semh:semh:10", "semh:abc:10", "semh:mld:101", "semh:mld:-1", "semh:mld:ten"],
)
def test_a_move_that_is_none_is_refused_kindly(store, areas, text):
    with pytest.raises(UnknownChoice, match="is not a"):
        ask(store, areas, "Plymouth", move=text)


def test_our_own_neighbours_rest_on_features_and_not_on_send(store, areas):
    found = alike.alike(store)
    assert "white_british" in found.dropped
    assert not {name for name in found.features.columns if "sen" in name or "need" in name}
    kept = found.features.to_numpy()
    correlations = np.abs(np.corrcoef(kept.T))
    np.fill_diagonal(correlations, 0)
    assert correlations.max() <= 0.9


def test_our_own_neighbours_show_their_distance(store, areas):
    answer = ask(store, areas, "Plymouth", "own")
    distances = answer.tables["features"].data["distance"]
    assert distances[0] == 0 and distances.is_monotonic_increasing and len(distances) == 11
    each = answer.tables["comparators"].data
    assert each[each["whose"].eq("compared")]["closeness"].str.match(r"^distance \d\.\d\d$").all()


def test_authorities_like_nobody_are_warned_of(store, areas):
    answer = ask(store, areas, "City of London", "own")
    assert any("No authority is much like the City of London" in note.text.explore for note in answer.notes)
    divided = ask(store, areas, "Cumberland", "own")
    assert any("those of Cumbria, before it was divided" in note.text.explore for note in divided.notes)


def test_the_list_of_2021_says_that_half_of_its_names_have_changed(store, areas):
    answer = ask(store, areas, "Plymouth", "neighbours-2021")
    both = [set(comparators.choose(store, areas.get("879"), f"neighbours-{year}").codes) for year in ("2021", "2025")]
    said = f"{len(both[0] & both[1])} of these neighbours of 2021 are also in the list of 2025 (on average about half)"
    assert any(said in note.text.explore for note in answer.notes)


def test_a_need_below_the_mean_gets_an_answer_too(store, areas):
    answer = ask(store, areas, "Plymouth", move="asd:semh:0")
    said = " ".join(note.text.explore for note in answer.notes_about("recording"))
    rows = answer.tables["recording"].data.set_index("need")
    short = rows["comparator_mean"]["asd"] / 100 * rows["count"].sum() - rows["count"]["asd"]
    assert f"({short:.0f} of " in said and "would have to name it" in said


def test_new_plans_are_compared_on_the_same_base_as_the_mix(store, areas):
    answer = ask(store, areas, "Redcar")
    rows = answer.tables["new_plans"].data
    every = rows[rows["scope"].eq("all")].set_index("need")["share"]
    mix = answer.tables["mix"].data.set_index("need")["share"]
    assert every["asd"] == pytest.approx(mix["asd"])


def test_features_shown_are_the_features_compared(store, areas):
    table = ask(store, areas, "Cumberland", "own").tables["features"].data
    assert "white_british" not in table and {"london", "county"} <= set(table.columns)
    assert not table.isna().any().any()


def test_an_authority_beyond_all_others_is_warned_of(store, areas):
    answer = ask(store, areas, "Isles of Scilly", "own")
    assert any("look shorter than they are" in note.text.explore for note in answer.notes)


def test_one_authority_that_is_compared_stands_under_its_own_name(store, areas):
    answer = ask(store, areas, "Plymouth", "878")
    assert answer.title.explore.endswith("than Devon")
    said = " ".join([answer.headline.in_mode(mode) for mode in MODES])
    assert "mean of" not in said and "range of" not in said and "average of" not in said
    assert answer.tables["divergence"].data["compared_with"][0] == "Devon"
    assert any("from that of Devon" in note.text.explore for note in answer.notes_about("divergence"))
    for name in ("mix", "recording"):
        columns = answer.tables[name].columns_in("explore")
        assert columns["comparator_mean"].titled == "Devon, %"
        assert not {"comparator_median", "comparator_min", "comparator_max"} & set(columns)


def test_two_authorities_have_no_mean_and_the_page_says_why(store, areas):
    answer = ask(store, areas, "Plymouth", "878,880")
    assert answer.state == "nobody" and answer.tables["mix"].data["comparator_mean"].isna().all()
    assert "not available: a mean needs 3 areas" in answer.headline.explore
    assert answer.figures[0].comparison.explore == "a mean needs 3 areas"


def test_three_authorities_have_a_mean_unless_one_of_them_has_a_handful_of_plans(store, areas):
    assert ask(store, areas, "Plymouth", "878,880,801").state == "full"
    answer = ask(store, areas, "Plymouth", "878,880,420")
    assert answer.state == "nobody" and "only 2 of 3 have one" in answer.headline.explore


@pytest.mark.parametrize(
    ("name", "versus", "state"),
    [
        ("Plymouth", "neighbours-2025", "full"),
        ("Plymouth", "878", "full"),
        ("Isles of Scilly", "neighbours-2025", "too_few"),
        ("Cumberland", "neighbours-2021", "nobody"),
    ],
)
def test_the_answer_says_what_could_be_answered(store, areas, name, versus, state):
    assert ask(store, areas, name, versus).state == state


def test_a_move_that_changes_little_is_as_far_from_the_mean_as_now(store, areas):
    answer = ask(store, areas, "Plymouth", move="msi:vi:0")
    assert "Nothing is moved yet" in answer.notes_about("recording")[0].text.explore
    answer = ask(store, areas, "Plymouth", move="vi:msi:1")
    assert "as far from the mean as now (divergence" in answer.notes_about("recording")[0].text.explore
    one = ask(store, areas, "Plymouth", "878", move="vi:msi:1").notes_about("recording")[0].text.explore
    assert "as far from Devon as now" in one and "mean" not in one


def test_a_move_is_looked_at_in_its_one_right_form(store, areas):
    assert ask(store, areas, "Plymouth", move=" SEMH:mld:25 ").chosen("move") == "semh:mld:25"
    answer = ask(store, areas, "Plymouth")
    assert answer.chosen("move") == answer.offered["move"].default == "semh:asd:0"


@pytest.mark.parametrize("choice", ["region", "england"])
def test_an_authority_of_a_handful_of_plans_sets_no_range(store, areas, choice):
    """Scilly's 17 plans set the South West's range of shares of autism before."""
    answer = ask(store, areas, "Plymouth", choice)
    each = answer.tables["comparators"].data
    shares = each[each["whose"].eq("compared") & each["left_out"].eq("") & each["need"].eq("asd")]["share"]
    assert set(each.loc[each["left_out"].eq("fewer than 50 plans"), "area_code"]) <= {"201", "420"}
    autism = answer.tables["mix"].data.set_index("need").loc["asd"]
    assert (autism["comparator_min"], autism["comparator_max"]) == pytest.approx((shares.min(), shares.max()))
    assert autism["comparator_mean"] == pytest.approx(shares.mean())
    said = {"explore": "fewer than 50 plans", "families": "very small"}  # a shared screen has no room for it
    for mode, words in said.items():
        assert any(words in note.text.in_mode(mode) for note in answer.notes_about("mix", "missing"))


def test_nobodys_own_list_has_an_authority_of_a_handful_of_plans(store, areas):
    for area in areas.authorities.values():
        assert not set(comparators.choose(store, area, "own").codes) & {"201", "420"}


def test_what_no_authority_has_is_offered_as_no_choice(store, areas):
    answer = ask(store, areas, "City of London")
    assert answer.offered["age_group"].options and answer.offered["school_kind"].options
    assert not ask(store, areas, "Surrey").offered["age_group"].options
    assert answer.chosen("funnel_need") in NEEDS


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("funnel_need", "Autism", "asd"),
        ("age_group", "11 to 15", "11_to_15"),
        ("sex_group", "male", "male"),
        ("placement_group", "Special schools", "special_schools"),
        ("school_kind", "state_funded_primary", "state_funded_primary"),
    ],
)
def test_a_choice_is_found_by_its_code_or_its_words_and_changes_no_figure(store, areas, name, text, code):
    before = ask(store, areas, "Plymouth")
    after = before.choosing({name: text})
    assert after.chosen(name) == ask(store, areas, "Plymouth", **{name: text}).chosen(name) == code
    assert after.tables is before.tables and not needs.QUESTION.figures_change({name: text})


def test_a_choice_that_nobody_offers_is_refused_with_what_there_is(store, areas):
    with pytest.raises(UnknownChoice, match="no 'other' to choose for sex_group. There are: female, male."):
        ask(store, areas, "Plymouth", sex_group="other")


def test_the_funnel_begins_with_the_need_furthest_from_the_mean(store, areas):
    for name in ("Plymouth", "Wirral"):
        answer = ask(store, areas, name)
        mix = answer.tables["mix"].data.set_index("need")
        assert answer.chosen("funnel_need") == mix["difference"].abs().idxmax()


def test_all_plans_beside_a_cross_count_those_without_a_recorded_need(store, areas):
    rows = ask(store, areas, "Plymouth").tables["everyone"].data
    assert "unknown" in set(rows["need"]) and rows["share"].sum() == pytest.approx(100)
