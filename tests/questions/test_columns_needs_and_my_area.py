"""Headings that say what stands under them: Needs and My area."""

from sendlib.questions import latest, my_area, needs


def headings(answer, name):
    return [column.titled for column in answer.tables[name].columns_in("explore").values()]


def test_pupils_in_the_schools_here_are_called_pupils_and_not_plans(store, areas):
    answer = needs.ask(store, areas.get("879"))
    assert headings(answer, "schools") == ["Kind of school", "Need", "Pupils", "Share of pupils, %"]
    assert not any("plan" in heading.casefold() for heading in headings(answer, "schools"))


def test_a_cross_is_headed_by_what_divides_it(store, areas):
    answer = needs.ask(store, areas.get("370"))
    assert [headings(answer, name)[0] for name in ("age", "sex", "placement", "new_plans")] == ["Age", "Sex", "Placement", "Whose plans"]


def test_log_ratios_are_no_per_cents(store, areas):
    told = headings(needs.ask(store, areas.get("888")), "log_ratio")
    assert told == ["Need", "Here, doublings", "Mean of those compared, doublings", "Difference, doublings"]
    assert not any("%" in heading or "points" in heading for heading in told)


def test_the_change_of_plans_names_the_januaries_that_it_is_made_of(store, areas):
    last = latest.january(store)
    before = latest.five_years_before(last)
    told = headings(my_area.ask(store, areas.get("316")), "comparators")
    assert f"Change since January {before[:4]}, %" in told and f"Plans in January {last[:4]}" in told
