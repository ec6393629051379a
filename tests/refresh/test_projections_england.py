"""A newer national projection comes in beside those that are held, and is offered on Looking ahead. Numbers made up."""

import pytest

from sendlib.questions import looking_ahead
from sendlib.refresh import core, projections_england
from sendlib.store import Store
from sendlib.tables.population_england import BANDS
from tests.fakes import ons as fakes
from tests.sources.test_http import quick, settings_for


def made_up(store, base, *, times=1.0):
    """Single years that add up to the shipped 2022-based bands: the layout is Nomis', the numbers are made up."""
    held = store.table("population_england").astype({"basis": str, "period": str, "age": str})
    bands = held[held["basis"].eq("ons-2022")].set_index(["period", "age"])["value"]
    cells = {}
    for year in range(base, 2041):
        for band, (first, last) in BANDS.items():
            if band == "0-19":
                continue
            for age in range(first, last + 1):
                half = int(times * bands[f"{year}-06", band] / (last - first + 1) / 2)
                cells[year, 1, age] = cells[year, 2, age] = half
    return cells


def refreshed(store, tmp_path, national, **options):
    with fakes.stand_in(fakes.Content(national=national)) as site:
        settings = settings_for(tmp_path, site.address, **site.environment)
        rows = core.run(settings=settings, sources=[projections_england.SOURCE], http=quick(settings), **options)
        return rows[0], len(site.log)


def test_a_newer_base_stands_beside_the_others_and_is_what_looking_ahead_uses(store, areas, tmp_path):
    row, _ = refreshed(store, tmp_path, made_up(store, 2024, times=1.02))
    assert (row.outcome, row.now) == ("new", "2024-based"), row.note
    now = Store(live=tmp_path / "live")
    bases = set(now.table("population_england")["basis"].astype(str))
    assert bases == {"estimate", "ons-2024", "ons-2022", "ons-2018", "ons-2018-high", "ons-2018-low"}
    answer = looking_ahead.ask(now, areas.get("879"))
    assert answer.offered["population"].default == "ons-2024"
    assert "ONS 2024-based projection" in answer.headline.explore
    before = looking_ahead.ask(now, areas.get("879"), asked={"population": "ons-2022"})
    assert "ONS 2022-based projection" in before.headline.show and "2024-based" not in before.headline.show
    again, requests = refreshed(store, tmp_path, made_up(store, 2024, times=1.02))
    assert again.outcome == "same" and requests == 1


def test_what_is_shipped_already_and_what_is_older_is_not_fetched(store, tmp_path):
    row, requests = refreshed(store, tmp_path, made_up(store, 2022))
    assert row.outcome == "same" and requests == 1
    older = {(year - 4, sex, age): people for (year, sex, age), people in made_up(store, 2022).items()}
    row, requests = refreshed(store, tmp_path, older)
    assert row.outcome == "same" and "older" in row.note and requests == 1


@pytest.mark.parametrize(
    ("national", "why"),
    [
        (lambda cells: {key: 5 * people for key, people in cells.items()}, "another variant"),
        (lambda cells: {key: people for key, people in cells.items() if key != (2030, 2, 7)}, "every age from 0 to 19"),
    ],
)
def test_what_can_not_be_the_principal_projection_is_refused_in_a_sentence(store, tmp_path, national, why):
    row, _ = refreshed(store, tmp_path, national(made_up(store, 2024)))
    assert row.outcome == "failed" and why in row.note
    now = Store(live=tmp_path / "live")
    assert "ons-2024" not in set(now.table("population_england")["basis"].astype(str))
