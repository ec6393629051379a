"""Getting help: waits by provider and against the standards, and what is held elsewhere."""

from types import SimpleNamespace

import pandas as pd
import pytest

from sendlib import pictures
from sendlib.questions.getting_help import health_elsewhere, health_providers, health_standards
from sendlib.tables.community_workbook import SERVICES

PAEDIATRICS = SERVICES["community_paediatrics"]


@pytest.fixture(scope="module")
def answers(everywhere):
    return everywhere("getting_help")


def test_university_hospitals_plymouth_holds_its_part_of_devons_list(answers):
    newest = health_providers.of_newest(answers["879"].tables["providers"].data, PAEDIATRICS).set_index("provider")
    plymouth = newest.loc["University Hospitals Plymouth NHS Trust"]
    assert plymouth["waiting"] == 1299 and plymouth["health_area"] == "NHS Devon"
    assert newest["waiting"].sum() == 3184 and newest["share_of_list"].sum() == pytest.approx(100)


def test_providers_stand_newest_month_first_and_add_up_to_their_board(answers):
    for code in ("879", "888", "330"):
        tables = answers[code].tables
        rows, lists = tables["providers"].data, tables["community_over_time"].data
        assert rows["period"].is_monotonic_decreasing and rows["period"].iloc[0] == lists["period"].max()
        keys = ["health_area", "service", "period"]
        whole = lists.set_index(keys)["waiting"]
        for key, number in rows.groupby(keys)["waiting"].sum().items():
            assert number == whole[key], key


def test_what_the_lists_cover_is_said(answers):
    told = " ".join(note.text.explore for note in answers["879"].notes_about("providers"))
    assert "sent nothing: NHS Devon" in told and "not in the list" in told


def test_the_chosen_service_is_drawn_provider_by_provider(answers):
    answer = answers["879"]
    (picture,) = pictures.of(answer.choosing({"providers_service": "audiology"}), "providers", "explore")
    assert picture.heading.startswith("Audiology")
    (first,) = pictures.of(answer, "providers", "explore")
    assert "University Hospitals Plymouth NHS Trust 1,299, 828 over 18 and 31 over 52 weeks" in first.alt.explore


def test_each_service_has_its_standard_and_a_list_is_not_called_its_result(answers):
    table = answers["879"].tables[health_standards.NAME]
    assert set(table.data["standard"]) == {"18 weeks; 52 weeks"}
    for weeks in ("18 weeks by 2028/29", "52 weeks", "13 weeks"):
        assert weeks in table.how_to_read.explore
    assert "no standard for children's waits" in table.how_to_read.explore
    own = table.data[table.data["health_area"].eq("NHS Devon")].set_index("service").loc[PAEDIATRICS]
    assert (own["waiting"], own["over_18"], own["over_52"]) == (3184, 1884, 174)
    told = " ".join(note.text.explore for note in answers["879"].notes_about(health_standards.NAME))
    assert "is not the share that was seen in time" in told


def test_what_is_not_held_says_who_publishes_it(answers, store):
    table = answers["879"].tables[health_elsewhere.NAME]
    assert not health_elsewhere.holds_checks(store)
    assert len(table.data) == 3 and table.data["held"].str.startswith("not available here").all()
    assert (
        table.data["address"].str.startswith("https://").all() and table.data["who"].str.contains("NHS England").all()
    )


def checks(**hidden):
    """A store with health checks of one NHS area, as a refresh brings them."""
    values = {"checked": 1020.0, "counted": 1400.0, "checked_hidden": 0.0, "counted_hidden": 0.0, **hidden}
    rows = pd.DataFrame({"period": "2026-03-31", "measure": list(values), "value": list(values.values())})
    return SimpleNamespace(tables={"health_checks": None}, rows=lambda name, code: rows)


def test_health_checks_that_a_refresh_brought_are_told_and_hidden_ones_are_a_range():
    england = SimpleNamespace(kind="england", in_text="England")
    told = health_elsewhere.table(checks(), england, "")[health_elsewhere.NAME].data["held"].iloc[0]
    assert told == "England, 31 March 2026: 1,020 of 1,400 checked, 72.9%"
    told = health_elsewhere.table(checks(checked_hidden=3.0), england, "")[health_elsewhere.NAME].data["held"].iloc[0]
    assert told == "England, 31 March 2026: 1,020 to 1,032 of 1,400 checked"
