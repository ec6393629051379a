"""What young people did after key stage 4: published figures, and a cube that changed."""

import csv
import io

import pytest

from sendlib.errors import ContractBroken
from sendlib.tables import destinations
from tests.made_up import as_csv

FILE = "made-up.csv"


def test_destinations_by_need_are_the_published_ones(store):
    table = store.table("destinations")
    rows = table[table.period.eq("2020/21") & table.unit.eq("percent")].set_index(["group", "destination"]).value
    assert rows[("semh", "overall")] == 80.5 and rows[("sld", "overall")] == 96.9
    assert rows[("ehc_plan", "overall")] == 90.1 and rows[("no_sen", "overall")] == 94.4
    counts = table[table.period.eq("2020/21") & table.unit.eq("pupils")].set_index(["group", "destination"]).value
    assert counts[("any_sen", "cohort")] == 87_642 == counts[("sen_support", "cohort")] + counts[("ehc_plan", "cohort")]


def cube(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda rows: [{**row, "institution_group": "Total"} for row in rows], "no rows by SEN"),
        (
            lambda rows: [{**row, "breakdown": row["breakdown"].replace("Visual", "Vision")} for row in rows],
            "vision impairment",
        ),
        (lambda rows: rows + [row for row in rows if row["breakdown"] == "Identified SEN"], "not pinned"),
        (lambda rows: [row for row in rows if row["breakdown"] != "Physical disability"], "cut short"),
        (lambda rows: [{**row, "overall": "1"} for row in rows], "do not add up"),
        (lambda rows: [{**row, "fe": "~"} for row in rows], "neither a number nor a known symbol"),
        (lambda rows: [{**row, "time_identifier": "Calendar year"} for row in rows], "is not a year"),
    ],
)
def test_a_changed_cube_is_refused_by_name(originals, spoil, problem):
    rows = cube(originals.read(destinations.FILE))
    with pytest.raises(ContractBroken, match=problem) as refused:
        destinations.read(as_csv(spoil(rows)), FILE)
    assert FILE in str(refused.value)
