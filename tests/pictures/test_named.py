"""Every dot and line of those compared says who it is, and those that a reader asked for are named in the picture."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendlib import pictures, questions, service
from sendlib.answer import MODES
from sendlib.answer.each import of_those_compared
from sendlib.answer.model import MOST_PINNED
from sendlib.pictures import ends, pinned
from sendlib.pictures.palette import DARK_BLUE, MID_GREY, ORANGE

TAMESIDE, DUDLEY, CITY, DEVON = "357", "332", "201", "878"
NEIGHBOURS = "neighbours-2025"
SERIES = [("getting_help", "on_time"), ("getting_help", "tribunal"), ("doing_well", "over_time")]
MORE = [("doing_well", "care_over_time"), ("doing_well", "home_education")]


def answered(name, area="879", versus=NEIGHBOURS, pin=(), beside="", **asked):
    return service.ask(questions.named(name), area, versus, asked, beside, pin)


def drawn(name, table, *, mode="explore", **how):
    (picture,) = pictures.of(answered(name, **how), table, mode)
    return picture


def keys(picture):
    return [entry.words for entry in picture.legend]


def singles(picture):
    """The rows of single areas, where the picture has such."""
    return picture.data[picture.data["area_code"].ne("")] if "area_code" in picture.data else picture.data.iloc[:0]


# Dots


@pytest.mark.parametrize("mode", MODES)
def test_a_named_area_has_marks_of_its_own_and_its_name_once_beside_one_and_in_the_key(mode):
    picture = drawn("needs", "mix", pin=(TAMESIDE, DUDLEY), mode=mode)
    assert keys(picture)[-2:] == ["Tameside", "Dudley"]
    assert "Named in it: Tameside and Dudley." in picture.alt.explore
    assert sorted(label for label in picture.data["label_at"] if label) == ["Dudley", "Tameside"]
    shapes = {
        layer["transform"][0]["filter"]: layer["mark"]["shape"]
        for layer in picture.spec["layer"]
        if layer["mark"].get("color") == pinned.COLOUR
    }
    assert set(shapes) == {f"datum.area_code === '{code}'" for code in (TAMESIDE, DUDLEY)}
    assert len(set(shapes.values())) == 2


def test_the_name_stands_where_nothing_is_beside_it():
    data = drawn("needs", "mix", pin=(TAMESIDE,)).data
    at = data[data["label_at"].ne("")].iloc[0]
    row = data[data["need"].eq(at["need"]) & data["area_code"].ne(TAMESIDE)]
    assert at["label_side"] == "left" and not row["x"].between(at["x"] - 2, at["x"]).any()


@pytest.mark.parametrize("pin", [("999",), ("nonsense",), (DEVON,), ("879",)], ids="-".join)
@pytest.mark.parametrize(
    ("name", "table"), [("needs", "mix"), ("getting_help", "on_time"), ("doing_well", "over_time")]
)
def test_a_code_that_is_unknown_or_of_nobody_compared_changes_nothing(name, table, pin):
    plain, asked = drawn(name, table), drawn(name, table, pin=pin)
    assert plain.spec == asked.spec and plain.alt == asked.alt and plain.legend == asked.legend
    assert plain.data.equals(asked.data)


def test_an_area_keeps_its_shape_where_another_is_not_drawn():
    both, one = drawn("needs", "mix", pin=(DEVON, DUDLEY)), drawn("needs", "funnel", pin=(DEVON, DUDLEY))
    assert both.legend[-1] == one.legend[-1] and keys(one)[-2:] == ["Devon", "Dudley"]


def test_the_funnel_names_any_authority():
    picture = drawn("needs", "funnel", pin=(DEVON,))
    assert len(picture.who) == 152 and "879" not in picture.who
    assert picture.data.loc[picture.data["label_at"].ne(""), "area"].tolist() == ["Devon"]


def test_among_very_many_dots_the_name_stands_over_its_own():
    data = drawn("needs", "mix", area="E92000001", versus="england", pin=("839",)).data
    assert data.loc[data["label_at"].ne(""), ["label_at", "label_side"]].to_numpy().tolist() == [
        ["Bournemouth, Christchurch and Poole", "over"]
    ]


def test_every_dot_of_those_compared_says_who_it_is_under_the_pointer():
    picture = drawn("needs", "mix")
    (dots,) = [layer for layer in picture.spec["layer"] if "params" in layer]
    assert dots["encoding"]["tooltip"]["field"] == "told"
    assert "Tameside: 2.0% of plans, 1.8 points less than the mean of those compared" in set(picture.data["told"])
    assert set(singles(picture)["who"]) == set(picture.who.values())


def test_one_too_small_for_any_mean_has_no_dot_and_can_not_be_named():
    answer = answered("needs", "202", "region", pin=(CITY,))
    (picture,) = pictures.of(answer, "mix", "explore")
    assert CITY in answer.tables["comparators"].data["area_code"].tolist()
    assert CITY not in picture.who and "City of London" not in keys(picture)


def test_at_most_three_are_named_and_the_last_ones_stay():
    assert len(answered("needs", pin=("1", "2", "3", "4")).pinned) == MOST_PINNED
    assert answered("needs", pin=("1", "2", "3", "4", "4")).pinned == ("2", "3", "4")


# Lines


@pytest.mark.parametrize(("name", "table"), [*SERIES, *MORE])
def test_single_lines_are_drawn_only_when_asked_for_and_then_all_of_them(name, table):
    plain, each = drawn(name, table), drawn(name, table, **{f"each_{table}": "each"})
    assert singles(plain).empty and "Each of its ten statistical neighbours" not in keys(plain)
    assert "Each of its ten statistical neighbours" in keys(each)
    assert set(singles(each)["area_code"]) == set(each.who) == set(plain.who) and len(each.who) == 10


@pytest.mark.parametrize(("name", "table"), [*SERIES, *MORE])
def test_a_named_line_is_drawn_without_being_asked_for_all_with_its_name_at_its_end(name, table):
    picture = drawn(name, table, pin=(TAMESIDE,))
    rows = singles(picture)
    assert set(rows["area_code"]) == {TAMESIDE} and keys(picture)[-1] == "Tameside"
    for _, line in rows.groupby("line"):
        last = line.dropna(subset=["number"]).index[-1]
        assert line["label_at"].to_dict()[last] == "Tameside" and (line["label_at"] != "").sum() == 1
    assert " Tameside: " in picture.alt.explore


@pytest.mark.parametrize("area", ["879", "213", "420", "942", "E12000009", "E92000001", "QJK", "878,879,880"])
@pytest.mark.parametrize(("table", "column"), [("on_time", "share"), ("tribunal", "share")])
def test_the_mean_that_is_drawn_is_that_of_the_single_lines(area, table, column):
    answer = answered("getting_help", area)
    each = of_those_compared(answer.tables[f"{table}_each"].data)
    held = answer.tables[table].data
    held = held[held["measure"].str.startswith("Appeals registered")] if "measure" in held else held
    means = held.dropna(subset=["comparator_mean"]).set_index("period")["comparator_mean"]
    counted = each[each["left_out"].eq("")].groupby(each["period"].astype(str))[column].mean()
    assert len(means) >= 5
    assert counted.reindex(means.index).to_numpy() == pytest.approx(means.to_numpy())


@pytest.mark.parametrize("stage", ["level_2", "attainment_8", "phonics_standard"])
@pytest.mark.parametrize(("area", "versus"), [("879", NEIGHBOURS), ("202", "region"), ("E12000009", "regions")])
def test_the_mean_of_a_stage_is_that_of_the_single_lines(area, versus, stage):
    answer = answered("doing_well", area, versus, stage_over_time=stage)
    each, table = of_those_compared(answer.tables["over_time_each"].data), answer.tables["over_time"].data
    what = answer.offered["stage_over_time"].words
    means = table[table["what"].eq(what) & table["areas_compared"].gt(0)].dropna(subset=["reached"])
    counted = each[each["left_out"].eq("")].astype({"pupils_with": str, "year": str})
    found = counted.groupby(["pupils_with", "year"])["reached"].mean()
    assert len(means)
    for sen, year, mean in zip(means["pupils_with"], means["year"], means["reached"], strict=True):
        assert found[sen, year] == pytest.approx(mean)


@pytest.mark.parametrize("area", ["879", "E12000009", "E92000001"])
def test_the_means_of_care_and_home_education_are_those_of_the_single_lines(area):
    answer = answered("doing_well", area)
    by = {
        "care_over_time": ("reached", ["children_who", "pupils_with", "year"]),
        "home_education": ("share_of_plans", ["period"]),
    }
    for table, (column, keys) in by.items():
        each, held = of_those_compared(answer.tables[f"{table}_each"].data), answer.tables[table].data
        drawn_means = held[held["areas_compared"].gt(0)].dropna(subset=[column]).set_index(keys)[column]
        found = each[each["left_out"].eq("")].astype(dict.fromkeys(keys, str)).groupby(keys)[column].mean()
        assert len(drawn_means)
        assert found.reindex(drawn_means.index).to_numpy() == pytest.approx(drawn_means.to_numpy())


def test_what_counts_for_no_mean_has_no_point():
    answer = answered("getting_help", "202", "region", each_on_time="each")
    each = answer.tables["on_time_each"].data
    (picture,) = pictures.of(answer, "on_time", "explore")
    out = each[each["left_out"].ne("") & each["share"].notna()]
    shown = singles(picture).set_index(["area_code", "period"])["number"]
    assert len(out) and CITY not in picture.who
    assert all(shown.isna().get((code, year), True) for code, year in zip(out["area_code"], out["period"], strict=True))


def test_a_year_without_a_figure_is_a_gap_in_a_single_line_too():
    rows = singles(drawn("getting_help", "on_time", pin=("839",), versus="england"))
    assert list(rows["period"]) == [str(year) for year in range(2014, 2025)] and rows["number"].isna().any()


@pytest.mark.parametrize("versus", ["880"])
def test_where_one_area_alone_is_compared_there_is_nothing_to_draw_one_by_one(versus):
    for name, table in (*SERIES, *MORE):
        answer = answered(name, versus=versus)
        assert f"each_{table}" not in answer.offered and not answer.each(table)
        assert not drawn(name, table, versus=versus, pin=(versus,)).who


def test_every_single_point_says_who_it_is_when_and_how_much():
    picture = drawn("getting_help", "on_time", each_on_time="each")
    points = picture.spec["layer"][2]  # over the band of those compared and the single lines
    titles = [one["title"] for one in points["encoding"]["tooltip"]]
    assert titles == ["Who", "Calendar year", "Plans issued within 20 weeks, %"]


# Clicks


@pytest.mark.parametrize(
    ("name", "table", "how"),
    [("needs", "mix", {}), ("needs", "funnel", {}), ("getting_help", "on_time", {"each_on_time": "each"})],
)
def test_every_single_mark_can_be_clicked_by_its_area_and_a_parameter_has_its_name_once(name, table, how):
    spec = drawn(name, table, pin=(TAMESIDE, DUDLEY), **how).spec
    clicks = pinned.of_clicks(spec)
    assert len(clicks) == len(set(clicks)) >= 3
    assert all(
        param["select"]["fields"] == ["area_code"] for layer in spec["layer"] for param in layer.get("params", [])
    )
    json.dumps(spec)


# Two areas side by side


def test_two_areas_have_a_line_each_with_its_name_and_all_else_is_grey():
    picture = drawn("getting_help", "on_time", beside="880")
    main = next(layer for layer in picture.spec["layer"] if "strokeDash" in layer["encoding"])
    colours = dict(zip(*(main["encoding"]["color"]["scale"][part] for part in ("domain", "range")), strict=True))
    assert colours["Plymouth"] == DARK_BLUE and colours["Torbay"] == ORANGE
    assert {colour for name, colour in colours.items() if name not in ("Plymouth", "Torbay")} == {MID_GREY}
    assert sorted(label for label in picture.data["label_at"] if label) == ["Plymouth", "Torbay"]
    assert keys(picture)[:2] == ["Plymouth", "Torbay"]


@pytest.mark.parametrize(
    ("area", "beside"), [("942", "940"), ("E92000001", "879"), ("879", "E12000009"), ("839", "879")]
)
def test_the_lines_of_two_areas_are_their_own_shares(area, beside):
    answer = answered("getting_help", area, beside=beside)
    (picture,) = pictures.of(answer, "on_time", "show")
    for one in (answer, answer.beside):
        table = one.tables["on_time"].data
        shares = table["share"].where(table["left_out"].eq("")).dropna()
        line = picture.data[picture.data["line"].eq(one.area.name)]["number"].dropna()
        assert line.tolist() == shares.tolist()


def test_a_board_whose_list_leads_alone_stands_in_the_picture_of_the_authority_beside_it():
    (picture,) = pictures.of(answered("getting_help", beside="QJK"), "on_time", "explore")
    assert {"Plymouth", "NHS Devon"} <= set(picture.data["line"])


def test_the_lists_of_two_boards_stand_in_one_picture():
    answer = answered("getting_help", "QJK", beside="QT1")
    (picture,) = pictures.of(answer, "waits", "show")
    for one in (answer, answer.beside):
        table = one.tables["waits"].data
        shares = table.loc[table["health_area"].eq(one.area.name), "over_52_share"].dropna()
        line = picture.data[picture.data["line"].eq(one.area.name)]["number"].dropna()
        assert line.tolist() == shares.tolist()


# Names at the ends


@given(st.lists(st.tuples(st.floats(0, 100), st.sampled_from([6.0, 12.0])), min_size=1, max_size=6))
def test_names_never_lie_over_one_another_nor_beyond_the_axis(labels):
    middles, heights = zip(*labels, strict=True)
    found = sorted(zip(ends.apart(middles, heights, 100), heights, strict=True))
    assert found[0][0] - found[0][1] / 2 >= -1e-9 and found[-1][0] + found[-1][1] / 2 <= 100 + 1e-9
    for (low, tall), (high, above) in zip(found, found[1:], strict=False):
        assert high - low >= (tall + above) / 2 - 1e-9
