"""Health checks of young people with a learning disability come by practice and are kept by NHS area. Made up."""

from dataclasses import replace

import pytest

from sendlib.refresh import core, health_checks
from sendlib.store import Store
from tests.fakes import nhs as fake
from tests.sources.test_http import quick

SERIES = "learning-disabilities-health-check-scheme"


def page(month, name, day, content=None):
    file = f"learning-disabilities-health-check-scheme-eng-{name[:3]}-2024.csv"
    return fake.Page(
        SERIES,
        f"england-{month}-2024",
        f"Learning Disabilities Health Check Scheme, England, {name} 2024",
        "2024-11-07" if month == "september" else "2024-12-05",
        {file: content or fake.invented_checks(day)},
    )


def refreshed(tmp_path, *pages):
    with fake.StandIn(fake.Content(list(pages), {})) as site:
        settings = replace(site.settings, cache=tmp_path / "live")
        (row,) = core.run(settings=settings, sources=[health_checks.SOURCE], http=quick(settings))
    return row


def figures(tmp_path):
    table = Store(live=tmp_path / "live").table("health_checks").astype({"area_code": str, "measure": str})
    return table.astype({"period": str}).set_index(["period", "area_code", "measure"])["value"]


def test_practices_are_added_up_and_those_whose_figure_is_hidden_are_counted(tmp_path):
    row = refreshed(tmp_path, page("september", "September", "30/09/2024"))
    assert (row.outcome, row.now) == ("new", "to September 2024"), row.note
    found = figures(tmp_path)["2024-09-30"]
    assert (found["84H", "checked"], found["84H", "counted"], found["84H", "practices"]) == (12, 20, 4)
    assert (found["00L", "register"], found["00L", "register_hidden"]) == (6, 1)
    assert found["E92000001", "register"] == 30 and found["E92000001", "practices"] == 6


def test_a_later_month_comes_beside_the_one_before_and_the_same_one_is_not_fetched_again(tmp_path):
    september, october = page("september", "September", "30/09/2024"), page("october", "October", "31/10/2024")
    refreshed(tmp_path, september)
    assert refreshed(tmp_path, september).outcome == "same"
    assert refreshed(tmp_path, september, october).outcome == "new"
    assert set(figures(tmp_path).index.get_level_values("period")) == {"2024-09-30", "2024-10-31"}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (fake.invented_checks("31/08/2024"), "2024-09"),
        (
            fake.invented_checks("30/09/2024").replace(b"Numerator,3", b"Numerator,300"),
            "more young people were checked",
        ),
        (fake.invented_checks("30/09/2024").replace(b"LD_REG_1417", b"LD_REG_0000"), "LD_REG_1417"),
        (b"<html>not a table</html>", "web page"),
    ],
)
def test_a_file_that_can_not_be_right_is_refused_in_a_sentence(tmp_path, content, why):
    row = refreshed(tmp_path, page("september", "September", "30/09/2024", content))
    assert row.outcome == "failed" and why.lower() in row.note.lower(), row.note
    assert "health_checks" not in Store(live=tmp_path / "live").tables
