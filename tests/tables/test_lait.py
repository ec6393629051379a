"""LAIT's long file: zero, missing and not yet there are kept apart."""

import pandas as pd
import pytest

from sendlib.errors import ContractBroken
from sendlib.tables import school_sen, symbols

FILE = "made-up.csv"


def lait(**changes):
    rows = []
    for short in (
        "SEN_TotStat",
        "SEN_TotSENSuP",
        "PrimStatements",
        "PrimNoStatements",
        "SecStatements",
        "SecNoStatements",
    ):
        for name, number, value in (
            ("England", 970, "4.5999999999999996"),
            ("Plymouth", 879, "0"),
            ("Isles of Scilly", 420, "-"),
            ("Cumberland", 942, "-"),
            ("South West", 990, "5"),
            ("London (Inner)", 987, "9"),
        ):
            rows.append(
                {
                    "Short Desc": short,
                    "Years": "2016",
                    "LA and Regions": name,
                    "Values": value,
                    "LA Number": float(number),
                    **changes,
                }
            )
    return pd.DataFrame(rows)


def test_lait_keeps_zero_missing_and_not_yet_there_apart(areas):
    frame = school_sen.read(lait(), FILE, areas)
    rows = frame[frame.phase.eq("all") & frame.measure.eq("ehc_plan")].set_index("area_code")
    assert rows.value["E92000001"] == 4.6
    assert (rows.value["879"], rows.status["879"]) == (0, symbols.VALUE)
    assert rows.status["420"] == symbols.NOT_AVAILABLE
    assert rows.status["942"] == symbols.NOT_APPLICABLE
    assert set(rows.index) == {"E92000001", "879", "420", "942", "E12000009"}
    assert set(frame.period) == {"2015/16"}


def test_lait_without_a_measure_or_with_two_englands_is_refused(areas):
    table = lait()
    with pytest.raises(ContractBroken, match="SecStatements"):
        school_sen.read(table[table["Short Desc"].ne("SecStatements")], FILE, areas)
    with pytest.raises(ContractBroken, match="England must have exactly one row"):
        school_sen.read(pd.concat([table, table[table["LA Number"].eq(970)]]), FILE, areas)
    with pytest.raises(ContractBroken, match="'Nowhere'"):
        school_sen.read(lait(**{"LA Number": 999.0, "LA and Regions": "Nowhere"}), FILE, areas)
