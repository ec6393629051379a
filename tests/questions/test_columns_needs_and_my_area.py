"""Headings that say what stands under them: Needs and My area."""

from sendlib.compared import latest
from sendlib.questions import my_area, needs
from sendlib.store import Store


def headings(answer, name):
    return [column.titled for column in answer.tables[name].columns_in("explore").values()]


def test_pupils_in_the_schools_here_are_called_pupils_and_not_plans(store, areas):
    answer = needs.ask(store, areas.get("879"))
    assert headings(answer, "schools")[:4] == ["Kind of school", "Need", "Pupils", "Share of pupils, %"]
    assert not any("plan" in heading.casefold() for heading in headings(answer, "schools"))


def test_a_cross_is_headed_by_what_divides_it(store, areas):
    answer = needs.ask(store, areas.get("370"))
    assert [headings(answer, name)[0] for name in ("age", "sex", "placement", "new_plans")] == [
        "Age",
        "Sex",
        "Placement",
        "Whose plans",
    ]


def test_log_ratios_are_no_per_cents(store, areas):
    told = headings(needs.ask(store, areas.get("888")), "log_ratio")
    assert told == ["Need", "Here, doublings", "Mean of those compared, doublings", "Difference, doublings"]
    assert not any("%" in heading or "points" in heading for heading in told)


def test_the_change_of_plans_names_the_januaries_that_it_is_made_of(store, areas):
    last = latest.january(store)
    before = latest.five_years_before(last)
    told = headings(my_area.ask(store, areas.get("316")), "comparators")
    assert f"Change since January {before[:4]}, %" in told and f"Plans in January {last[:4]}" in told


def test_the_change_of_plans_follows_the_newest_january_of_the_data(monkeypatch, areas):
    monkeypatch.setattr(latest, "january_of", lambda store, code: "2023-01")
    told = headings(my_area.ask(Store(), areas.get("316")), "comparators")
    assert "Change since January 2018, %" in told and "Plans in January 2023" in told


def test_whole_figures_are_numbers_and_missing_where_there_is_no_mean(store, areas):
    table = my_area.ask(store, areas.get("301"), "201,420").tables["hundred"]
    assert table.data["figures"].dtype == float and table.data["figures"].isna().tolist() == [False] * 3 + [True] * 3
    assert table.readable()["Out of 100"].tolist()[3:] == ["Not available"] * 3


def test_features_are_headed_by_their_names_and_units(store, areas):
    told = headings(needs.ask(store, areas.get("370"), "own"), "features")
    assert "Residents aged 0 to 25, people" in told and "Pupils recorded as Asian, %" in told
