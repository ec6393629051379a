"""What authorities are like: every filter is pinned."""

import pytest

from sendlib.errors import ContractBroken
from tests.made_up import as_csv

FILE = "made-up.csv"


def pupils_file(label, number="number_of_pupils"):
    return [
        {
            "time_period": "202122",
            "time_identifier": "Academic year",
            "geographic_level": "Local authority",
            "region_code": "E12000001",
            "old_la_code": str(code),
            "la_name": "x",
            "phase_type_grouping": "Total",
            "characteristic_group": "Total",
            "fsm_eligibility": label,
            number: 25,
            "denominator": 100,
        }
        for code in range(201, 361)
    ]


def test_free_school_meals_pin_every_filter(areas):
    from sendlib.tables import features

    known = "Known to be eligible for free school meals"
    rows = pupils_file(known)
    others = [{**row, "phase_type_grouping": "State-funded primary"} for row in rows]
    assert set(features.read_meals(as_csv(rows + others), FILE)) == {25.0}
    with pytest.raises(ContractBroken, match="two totals"):
        features.read_meals(as_csv(rows + rows[:1]), FILE)
    with pytest.raises(ContractBroken, match="only 20 authorities"):
        features.read_meals(as_csv(rows[:20]), FILE)
