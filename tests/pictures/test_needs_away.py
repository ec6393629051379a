"""The lead picture of Needs: how far each need is from those compared, on scales on which no row is a clump."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendlib import pictures, questions, service
from sendlib.answer import DOUBTFUL, MODES, TOO_FEW
from sendlib.pictures import needs_parts
from sendlib.tables.needs import NEEDS

NEIGHBOURS = "neighbours-2025"
PLYMOUTH, NEWHAM, DEVON = "879", "316", "878"


def answered(area=PLYMOUTH, versus=NEIGHBOURS, beside="", **asked):
    return service.ask(questions.named("needs"), area, versus, asked, beside)


def drawn(answer, mode="explore"):
    (picture,) = pictures.of(answer, "mix", mode)
    return picture


def keys(picture):
    return [entry.words for entry in picture.legend]


def texts(picture, field):
    """What is written in the picture, in the order of its rows: needs, printed figures or numbers of the axes."""
    held = {}
    for layer in picture.spec["layer"]:
        if layer["mark"].get("type") == "text" and layer["encoding"].get("text", {}).get("field") == field:
            held |= {(row["need"], row[field]): row for row in layer["data"]["values"]}
    order = picture.spec["layer"][1]["data"]["values"]
    place = {row["need"]: number for number, row in enumerate(order)}
    return sorted(held, key=lambda one: place[one[0]])


def series(picture, name):
    return picture.data[picture.data["series"].eq(name)].set_index("need")


@pytest.mark.parametrize("mode", MODES)
def test_every_row_says_share_and_distance_and_those_outside_the_range_stand_out(mode):
    picture = drawn(answered(), mode)
    where, within, chance = "outside the range", "within it", "95% interval"
    each = "Each of its ten statistical neighbours, and their range"
    if mode == "families":
        where, within, chance = "above or below all", "in between", "chance could move it this far"
        each = "Ten similar areas, lowest to highest"
    assert keys(picture) == [f"Plymouth, {where}", within, chance, "England", each]
    printed = dict(texts(picture, "printed"))
    autism = "19 of 100" if mode == "families" else "19.1%, −8.0"
    assert len(printed) == len(NEEDS) and printed["Autism"] == autism
    bold = [layer for layer in picture.spec["layer"] if layer["mark"].get("fontWeight") == "bold"]
    assert {row["need"] for layer in bold for row in layer["data"]["values"]} == {"Multi-sensory impairment"}
    assert series(picture, "own")["outside"].eq("yes").sum() == 1


def test_all_is_drawn_from_the_mean_and_the_rows_of_a_part_are_sorted_by_that():
    answer = answered()
    table, picture = answer.tables["mix"].data.set_index("name"), drawn(answer)
    own, england, spread = (series(picture, name) for name in ("own", "england", "range"))
    times = own["x"] / table["difference"]
    assert set(times.round(6)) == {1.0, 5.0}
    mean = table["comparator_mean"]
    assert england["x"].to_dict() == pytest.approx((times * (table["england"] - mean)).to_dict())
    assert spread["x_low"].to_dict() == pytest.approx((times * (table["comparator_min"] - mean)).to_dict())
    assert spread["x_high"].to_dict() == pytest.approx((times * (table["comparator_max"] - mean)).to_dict())
    assert own["x_low"].to_dict() == pytest.approx((times * (table["low"] - mean)).to_dict())
    rows = [need for need, _ in texts(picture, "printed")]
    for part in (1.0, 5.0):
        assert table["difference"][[need for need in rows if round(times[need]) == part]].is_monotonic_decreasing


def test_the_lower_part_says_how_many_times_as_wide_it_is_and_its_numbers_agree():
    picture = drawn(answered())
    lines = [row["need"] for row in picture.spec["layer"][1]["data"]["values"]]
    assert lines[0] == "Points from the mean of those compared"
    head = "Smaller shares, drawn 5 times as wide"
    numbers = {line: [number for need, number in texts(picture, "number") if need == line] for line in (lines[0], head)}
    assert numbers[lines[0]] == ["−15", "−10", "−5", "mean", "+5", "+10", "+15"]
    assert numbers[head] == ["−3", "−2", "−1", "mean", "+1", "+2", "+3"]
    assert "Multi-sensory impairment" in lines[lines.index(head) :] and "Autism" in lines[: lines.index(head)]


def test_the_shares_themselves_stand_on_the_same_two_parts_with_a_mark_for_each_mean():
    answer = answered(drawn="shares")
    picture, table = drawn(answer), answer.tables["mix"].data.set_index("name")
    assert keys(picture)[-1] == "Each of its ten statistical neighbours, their range and mean"
    times = series(picture, "own")["x"] / table["share"]
    assert times.min() == pytest.approx(1) and times.max() > 1
    assert series(picture, "mean")["x"].to_dict() == pytest.approx((times * table["comparator_mean"]).to_dict())
    assert texts(picture, "number")[0] == ("% of plans", "0")


def test_rates_are_drawn_in_place_of_shares():
    picture = drawn(answered(per="rate"))
    printed = dict(texts(picture, "printed"))
    assert printed["Social, emotional and mental health"] == "10.4, +1.8"
    assert "plans per 1,000 residents" in picture.data["told"].iloc[0] and "%" not in picture.data["told"].iloc[0]
    assert texts(picture, "number")[0][0] == "Per 1,000 residents, from the mean"
    assert "Plans per 1,000 residents, row by row: Social" in picture.alt.explore


def test_a_rate_has_an_interval_and_a_range_where_the_table_has_them():
    answer = answered(per="rate")
    table = answer.tables["mix"]
    ends = {"rate_low": -0.5, "rate_high": 0.5, "comparator_rate_min": -1.0, "comparator_rate_max": -0.2}
    known = table.data.assign(**{column: table.data["rate"] + away for column, away in ends.items()})
    columns = {**table.columns, **{column: replace(table.columns["rate"], heading=column) for column in ends}}
    table = replace(table, data=known, columns=columns)
    picture = drawn(replace(answer, tables={**answer.tables, "mix": table}))
    assert keys(picture)[:2] == ["Plymouth, outside the range", "95% interval"]
    assert series(picture, "own")["outside"].eq("yes").all() and len(series(picture, "range")) == len(NEEDS)


def test_a_rate_that_nobody_knows_is_said_to_be_unknown():
    answer = answered(per="rate")
    table = answer.tables["mix"]
    table = replace(table, data=table.data.assign(rate=np.nan))
    picture = drawn(replace(answer, tables={**answer.tables, "mix": table}))
    assert picture.nothing == "How many there are for every 1,000 is not known for Plymouth." and not picture.spec


def test_every_mark_says_what_it_is_in_a_sentence():
    told = set(drawn(answered()).data["told"])
    assert {
        "Tameside: 2.0% of plans, 1.8 points less than the mean of those compared",
        "Plymouth: 19.1% of plans (95% interval 17.7% to 20.5%), 8.0 points less than the mean of those compared",
        "England: 31.7% of plans, 4.6 points more than the mean of those compared",
        "Its ten statistical neighbours: from 12.1% to 35.7% of plans",
    } <= told


def test_the_picture_in_words_has_every_row():
    words = drawn(answered()).alt.explore
    assert (
        "Shares of plans, row by row: Social, emotional and mental health: 29.1%, 6.7 points more than the mean of"
        " those compared, within the range from 15.7% to 30.3%; "
    ) in words
    assert "Multi-sensory impairment: 0.8%, 0.6 points more than the mean of those compared, outside the range" in words
    assert all(f"{name}: " in words for name in NEEDS.values())


def test_one_area_compared_is_the_nought_of_the_axis_under_its_own_name():
    picture = drawn(answered(versus=DEVON))
    assert keys(picture) == ["Plymouth", "95% interval", "England"]
    assert ("Points from Devon", "Devon") in texts(picture, "number")
    assert any(told.endswith("points less than Devon") for told in picture.data["told"])
    shares = drawn(answered(versus=DEVON, drawn="shares"))
    assert keys(shares) == ["Plymouth", "95% interval", "Devon", "England"]
    assert ("Points from Bournemouth, Christchurch and Poole", "0") in texts(drawn(answered(versus="839")), "number")


@pytest.mark.parametrize(
    ("area", "versus", "key"),
    [
        ("942", "neighbours-2021", ["Cumberland", "95% interval", "England"]),
        (PLYMOUTH, "878,880", ["Plymouth", "95% interval", "England", "Each of the 2 authorities chosen"]),
        ("E92000001", "england", ["England", "95% interval", "Each of its 153 authorities, their range and mean"]),
        (NEWHAM, NEIGHBOURS, ["Newham", "95% interval", "England", "Each of its ten statistical neighbours, their"]),
    ],
)
def test_where_nothing_can_be_said_to_differ_the_figures_themselves_are_drawn(area, versus, key):
    answer = answered(area, versus)
    assert list(answer.offered["drawn"].options) == ["shares", "recording"]
    picture = drawn(answer)
    assert [words.startswith(start) for words, start in zip(keys(picture), key, strict=True)] == [True] * len(key)
    assert not any("," in printed for _, printed in texts(picture, "printed"))
    assert "the range" not in picture.alt.explore.split("row by row")[1]


def test_those_too_small_for_a_mean_set_no_range():
    answer = answered(versus="region")
    picture, table = drawn(answer), answer.tables["mix"].data.set_index("name")
    assert "Isles of Scilly" not in set(picture.data["who"])
    each = series(picture, "each")["value"].groupby("need").max()
    assert each.to_dict() == table["comparator_max"].to_dict()


def test_what_is_called_outside_is_what_the_table_calls_so(everywhere):
    for answer in list(everywhere("needs").values())[::5]:
        if answer.state in (TOO_FEW, DOUBTFUL):
            continue
        table = answer.tables["mix"].data.set_index("name")["outside"]
        own = series(drawn(answer), "own")["outside"].map({"yes": True, "no": False})
        tested = table[table.ne("not tested")].index.intersection(own.index)
        assert own[tested].to_dict() == table[tested].isin(["above", "below"]).to_dict(), answer.area.name


@pytest.mark.parametrize("versus", [NEIGHBOURS, "england", DEVON])
@pytest.mark.parametrize("how", [{}, {"drawn": "shares"}, {"per": "rate"}])
def test_no_mark_is_beyond_the_axis_and_no_row_is_a_clump(versus, how):
    for area in (PLYMOUTH, "857", "825", "878,879,880", "QJK", "E12000009", "940"):
        if versus == NEIGHBOURS or not area.startswith(("Q", "E")):
            picture = drawn(answered(area, versus, **how))
            first, last = picture.spec["layer"][0]["encoding"]["x"]["scale"]["domain"]
            marks = picture.data[["x", "x_low", "x_high"]]
            assert marks.min().min() >= first and marks.max().max() <= last
            rows = marks.assign(need=picture.data["need"]).groupby("need").agg(["min", "max"])
            width = rows.max(axis=1) - rows.min(axis=1)
            assert versus == DEVON or (width / (last - first)).min() > 0.03, (area, versus, how)


def test_two_areas_are_drawn_by_their_figures_which_is_said_where_it_can_be_chosen():
    answer = answered(beside=DEVON)
    picture = drawn(answer)
    assert keys(picture)[:2] == ["Plymouth", "Devon"] and picture.below[0].startswith("Two areas are drawn by")
    assert not drawn(answer, "show").below and not drawn(answered(beside=DEVON, drawn="shares")).below
    rates = drawn(answered(beside=DEVON, per="rate"))
    own = rates.data[rates.data["series"].eq("Devon")].set_index("need")["share"]
    assert own.to_dict() == answer.beside.tables["mix"].data.set_index("name")["rate"].to_dict()
    assert "'title': 'Plans per 1,000 residents'" in str(rates.spec)


def test_a_spec_can_be_sent_and_names_each_parameter_once():
    spec = drawn(service.ask(questions.named("needs"), PLYMOUTH, NEIGHBOURS, {}, "", ("357", "332"))).spec
    json.dumps(spec)
    names = [param["name"] for layer in spec["layer"] for param in layer.get("params", [])]
    assert len(names) == len(set(names)) == 4


# Two parts


@given(st.lists(st.tuples(st.floats(0, 60), st.floats(-40, 0), st.floats(0, 40)), min_size=1, max_size=13))
def test_both_parts_hold_all_rows_and_the_axis_all_marks(rows):
    extents = {f"need {number}": row for number, row in enumerate(rows)}
    parts = needs_parts.split(extents)
    first, last = parts.domain
    for name, (_, low, high) in extents.items():
        assert first <= low * parts.times(name) and high * parts.times(name) <= last
    assert len(parts.small) < len(rows) and 1 <= len(parts.ticks) <= 9 and 0.0 in parts.ticks
    large = [extents[name][0] for name in extents if name not in parts.small]
    assert all(extents[name][0] <= min(large) for name in parts.small)


def test_rows_of_one_size_stand_on_one_scale():
    assert not needs_parts.split({"a": (20, -5, 5), "b": (21, -4, 6)}).small
