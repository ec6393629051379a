"""Plans by placement: the headers of 2025 and 2026, and the break of 2023."""

import pandas as pd
import pytest

from sendlib.errors import ContractBroken
from sendlib.tables import ehc_labels, placements
from tests.made_up import adding_up, as_csv, release

FILE = "made-up.csv"
TOTALS = [("All EHC plans", "All EHC plans")]


def test_the_header_of_2026_gives_the_same_placements():
    parts = {column: adding_up for column in ehc_labels.PLACEMENTS if column != "special_academy_free"}
    old = as_csv(release(TOTALS, {"ehcplans": adding_up, **parts, "special_academy_free": lambda a: adding_up(a, 5)}))
    new = as_csv(
        release(
            TOTALS,
            {
                "ehcplans": adding_up,
                **parts,
                "special_academy": lambda a: adding_up(a, 3),
                "special_free_school": lambda a: adding_up(a, 2),
            },
        )
    )
    keys = ["area_code", "placement"]
    first, second = (placements.read(content, FILE).sort_values(keys, ignore_index=True) for content in (old, new))
    pd.testing.assert_frame_equal(first[[*keys, "value"]], second[[*keys, "value"]])


def test_the_published_header_of_2026_holds_no_column_that_we_do_not_know(originals):
    header = originals.read("ehcp/caseload_2026_excerpt.csv").decode("utf-8-sig").splitlines()[0].casefold().split(",")
    known = {*ehc_labels.PLACEMENTS, "special_academy", "special_free_school", "ehcplans"}
    columns = [name for name in header[12:] if not name.endswith("_pc")]
    assert set(columns) <= known


def test_a_new_kind_of_placement_does_not_fall_away_in_silence():
    parts = dict.fromkeys([*ehc_labels.PLACEMENTS, "moon_base"], adding_up)
    with pytest.raises(ContractBroken, match="moon_base"):
        placements.read(as_csv(release(TOTALS, {"ehcplans": adding_up, **parts})), FILE)


def test_the_break_of_2023_is_marked(store):
    table = store.table("placements")
    before = set(table.loc[table.period.astype(str).lt("2023"), "collection"].astype(str))
    after = set(table.loc[table.period.astype(str).ge("2023"), "collection"].astype(str))
    assert (before, after) == ({"totals"}, {"individual"})
