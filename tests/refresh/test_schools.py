"""The register of schools is refreshed: schools of today, on the map and in the tables, or those of 2021."""

from functools import partial

import pytest

from sendlib import pictures
from sendlib import store as stores
from sendlib.compared.comparators import DEFAULT, known_areas
from sendlib.questions.places import QUESTION, provision
from sendlib.questions.places.register import kinds_of_school
from sendlib.refresh import core, schools
from sendlib.sources import gias
from sendlib.store import Store
from tests.fakes import ons as fakes
from tests.sources.test_gias import rows_of
from tests.sources.test_http import quick, settings_for

FOREVER = 1000


@pytest.fixture(scope="module")
def register(areas):
    more = [fakes.made_up_school(300_000 + place, code, "7") for place, code in enumerate(2 * list(areas.authorities))]
    return fakes.made_up_register([*rows_of(areas), *more])


@pytest.fixture
def site(register, monkeypatch):
    monkeypatch.setattr(core, "today", lambda: "2026-06-17")
    monkeypatch.setattr(schools, "Gias", partial(gias.Gias, fewest=100))
    with fakes.stand_in(fakes.Content(registers={"20260615": register})) as running:
        yield running


def refresh(site, tmp_path, **options):
    settings = settings_for(tmp_path, site.address, **site.environment)
    return core.run(settings=settings, sources=[schools.SOURCE], http=quick(settings), **options)[0]


def held(tmp_path):
    return Store(live=tmp_path / "live")


def special_schools(answer):
    rows = answer.tables["provision"].data
    return rows.loc[rows["kind_code"].isin(list(provision.SPECIAL)), "schools"].sum()


def test_the_register_of_today_comes_in_and_the_page_follows_it(site, tmp_path, store):
    row = refresh(site, tmp_path)
    assert row.outcome == "new" and row.now == "15 June 2026" and row.rows > 1500
    now = held(tmp_path)
    assert now.info("schools").sources[0].release == "15 June 2026" and len(now.info("schools").sources) == 1
    answer = QUESTION.ask(now, known_areas(now).get("879"), DEFAULT, {})
    assert answer.tables["distance"].data["kind"].tolist() == [
        "State special school",
        "Other independent or non-maintained special school",
        "Approved under section 41",
        "Special post-16 institution",
    ]
    assert special_schools(answer) == 10
    caption = answer.tables["provision"].caption.explore
    assert "June 2026" in caption and "2021" not in caption
    assert not any("June 2021" in note.text.explore for note in answer.notes)
    points = answer.tables["schools"].data
    assert len(points) == row.rows and points["kind_words"].nunique() == 5
    assert list(kinds_of_school(store)) == ["special", "mostly_plans", "section_41"]


def test_a_refreshed_register_travels_with_the_map_and_dates_its_points(site, tmp_path):
    row = refresh(site, tmp_path)
    now = held(tmp_path)
    answer = QUESTION.ask(now, known_areas(now).get("879"), DEFAULT, {})
    (map_,) = pictures.of(answer, "map", "explore")
    drawn = map_.held["schools"]
    assert len(drawn["schools"]) == row.rows and {school[3] for school in drawn["schools"]} == {0, 1, 2, 3, 4}
    assert len(drawn["kinds"]) == 5
    assert "June 2026" in map_.below[-1] and "2021" not in map_.below[-1]


def test_a_register_without_any_school_under_section_41_is_no_fault_of_the_page(site, tmp_path, areas):
    rows = [{**row, "Section41Approved (name)": "Not approved"} for row in rows_of(areas)]
    more = [fakes.made_up_school(300_000 + place, code, "7") for place, code in enumerate(2 * list(areas.authorities))]
    site.content.registers["20260615"] = fakes.made_up_register([*rows, *more])
    refresh(site, tmp_path)
    now = held(tmp_path)
    assert QUESTION.ask(now, known_areas(now).get("879"), DEFAULT, {}).tables["distance"].data["kind"].tolist() == [
        "State special school",
        "Other independent or non-maintained special school",
        "Special post-16 institution",
    ]


def test_a_second_refresh_in_the_month_asks_for_nothing_and_the_next_month_for_the_register(
    site, tmp_path, monkeypatch
):
    refresh(site, tmp_path)
    before = len(site.log)
    assert refresh(site, tmp_path).outcome == "same" and len(site.log) == before
    monkeypatch.setattr(core, "today", lambda: "2026-07-01")
    looked = refresh(site, tmp_path, dry_run=True)
    assert (
        looked.outcome == "newer" and looked.note.startswith("The register was not asked") and len(site.log) == before
    )
    assert refresh(site, tmp_path).outcome == "failed"  # the newest register is more than eight days old


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("down", "edubase"),
        ("page", "edubase"),
        ("cut", "edubase"),
        ("torn", "edubase"),
        ("away", "publishers' addresses"),
        ("closed", "edubase"),
    ],
)
def test_a_fault_leaves_the_schools_as_they_were(site, tmp_path, fault, said):
    site.fail(fault, "edubase", FOREVER)
    row = refresh(site, tmp_path)
    assert row.outcome == "failed" and said in row.note, row
    now = held(tmp_path)
    assert not now.info("schools").live and not now.problems
    assert not [path.name for path in (tmp_path / "live").iterdir() if path.name.startswith(".incoming")]


def with_units(areas, rows):
    """More mainstream schools with a unit than there are special schools."""
    unit = {"TypeOfResourcedProvision (name)": "SEN unit", "SenUnitCapacity": "10", "SenUnitOnRoll": "8"}
    return [
        *rows,
        *(fakes.made_up_school(800_000 + n, code, "34", **unit) for n, code in enumerate(12 * list(areas.authorities))),
    ]


def test_mainstream_units_come_in_and_no_count_of_special_schools_changes(site, tmp_path, areas):
    more = [fakes.made_up_school(300_000 + place, code, "7") for place, code in enumerate(2 * list(areas.authorities))]
    site.content.registers["20260615"] = fakes.made_up_register(with_units(areas, [*rows_of(areas), *more]))
    assert refresh(site, tmp_path).outcome == "new"
    now = held(tmp_path)
    kinds = now.table("schools")["kind"].astype(str).value_counts()
    assert kinds["mainstream_unit"] == 12 * 153
    answer = QUESTION.ask(now, known_areas(now).get("879"), DEFAULT, {})
    assert special_schools(answer) == 10
    assert len(answer.tables["schools"].data) == kinds.sum()
    pictures.of(answer, "map", "explore")


def test_a_register_that_does_not_say_who_is_approved_calls_nobody_not_approved(site, tmp_path, areas):
    more = [fakes.made_up_school(300_000 + place, code, "7") for place, code in enumerate(2 * list(areas.authorities))]
    header = [name for name in fakes.HEADER if name != "Section41Approved (name)"]
    site.content.registers["20260615"] = fakes.made_up_register([*rows_of(areas), *more], header)
    refresh(site, tmp_path)
    now = held(tmp_path)
    answer = QUESTION.ask(now, known_areas(now).get("879"), DEFAULT, {})
    kinds = answer.tables["provision"].data.set_index("kind_code")["kind"]
    assert "which are under section 41 is not available" in kinds["independent_special"]
    assert not any("approved under section 41" in kind for kind in kinds)
    assert set(answer.tables["schools_here"].data["section_41"]) == {"Not available"}


def test_units_do_not_hide_that_special_schools_are_gone(site, tmp_path, areas):
    site.content.registers["20260615"] = fakes.made_up_register(with_units(areas, rows_of(areas)))
    row = refresh(site, tmp_path)
    assert row.outcome == "kept" and "something is missing" in row.note


def test_a_register_that_lost_a_fifth_of_the_schools_is_kept_out(site, tmp_path, areas):
    site.content.registers["20260615"] = fakes.made_up_register(rows_of(areas))
    row = refresh(site, tmp_path)
    assert row.outcome == "kept" and "something is missing" in row.note


@pytest.mark.parametrize(
    ("day", "outcome", "said"),
    [
        (
            "1970-01-01",
            "same",
            "This computer's month (January 1970) is before that of the register held (15 June 2026), so nothing was"
            " asked",
        ),
        (
            "2026-05-20",
            "same",
            "This computer's month (May 2026) is before that of the register held (15 June 2026), so nothing was asked",
        ),
        ("2099-01-01", "failed", "no register of the 9 days to 1 January 2099"),
    ],
)
def test_a_wrong_clock_does_not_bring_an_older_register(site, tmp_path, register, monkeypatch, day, outcome, said):
    refresh(site, tmp_path)
    file, asked = held(tmp_path).info("schools").file, len(site.log)
    site.content.registers["20260518"] = register
    monkeypatch.setattr(core, "today", lambda: day)
    row = refresh(site, tmp_path)
    assert row.outcome == outcome and said in row.note and (len(site.log) > asked) == (outcome == "failed")
    assert held(tmp_path).info("schools").file == file


def test_a_register_of_an_earlier_day_in_the_same_month_is_not_taken(site, tmp_path, register, monkeypatch):
    refresh(site, tmp_path)
    file = held(tmp_path).info("schools").file
    stores.add_releases(tmp_path / "live", [], "schools", "another key")
    site.content.registers = {"20260610": register}
    row = refresh(site, tmp_path)
    assert row.outcome == "same" and "older release (10 June 2026) than the one held (15 June 2026)" in row.note
    assert held(tmp_path).info("schools").file == file
