"""Phase transfers, and the plans of January 2026 that stand in the same file."""

import csv
import io

import pytest

from sendlib.errors import ContractBroken
from sendlib.tables import phase_transfers, symbols

ENGLAND = "E92000001"


@pytest.fixture
def content(originals):
    return originals.read(phase_transfers.FILE)


def changed(content, old_la_code, column, cell):
    """The real file with one cell of one authority changed."""
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    for row in rows:
        if row["old_la_code"] == old_la_code:
            row[column] = cell
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def test_plans_of_january_2026_are_known_of_all_but_two_authorities(content):
    totals = phase_transfers.read_totals(content, "made-up.csv").set_index("area_code")
    authorities = totals[totals.index.str.len() == 3]
    assert set(totals.period) == {"2026-01"}
    assert totals.value[ENGLAND] == 718_838 and totals.value["879"] == 3_646
    assert len(authorities) == 153
    assert sorted(authorities[authorities.value.isna()].index) == ["209", "921"]
    assert set(totals.status[["209", "921"]]) == {symbols.NOT_AVAILABLE}


def test_regions_and_england_count_the_two_authorities_without_a_figure(store):
    table = store.table("plans").astype({"area_code": str, "period": str})
    now = table[table.period.eq("2026-01")].set_index("area_code").value
    regions = now[now.index.str.startswith("E12")]
    authorities = now[now.index.str.len() == 3]
    assert regions.sum() == now[ENGLAND] == 718_838
    assert now[ENGLAND] - authorities.sum() == 3_698 + 2_000


def test_the_years_in_the_names_of_columns_are_read_and_not_agreed(content):
    later = content.replace(b"due_25,due_26,final_25,final_26", b"due_27,due_28,final_27,final_28")
    held = phase_transfers.read(later, "made-up.csv")
    assert set(held.year.astype(str)) == {"2027", "2028"}


def test_due_and_final_are_shipped_as_the_file_has_them(store):
    rows = store.rows("phase_transfers", ENGLAND).astype({"year": str, "measure": str})
    values = rows.set_index(["measure", "year"]).value.to_dict()
    assert values == {
        ("due", "2025"): 12_232,
        ("due", "2026"): 142_257,
        ("final", "2025"): 38_887,
        ("final", "2026"): 602,
    }
    none = store.rows("phase_transfers", "209")
    assert set(none.status.astype(str)) == {symbols.NOT_AVAILABLE} and none.value.isna().all()


@pytest.mark.parametrize(("column", "cell"), [("number_plans", "9"), ("due_26", "1,000,000"), ("final_25", "99")])
def test_a_number_that_does_not_add_up_is_refused(content, column, cell):
    with pytest.raises(ContractBroken, match=column):
        phase_transfers.read(changed(content, "879", column, cell.replace(",", "")), "made-up.csv")


def test_a_region_whose_authorities_do_not_add_up_is_refused_though_england_does(content):
    moved = changed(changed(content, "879", "number_plans", "3647"), "841", "number_plans", "1")
    with pytest.raises(ContractBroken, match="number_plans"):
        phase_transfers.read_totals(moved, "made-up.csv")


@pytest.mark.parametrize(("was", "becomes"), [(b"due_25,", b"due_2025,"), (b"number_plans", b"plans")])
def test_a_renamed_column_is_refused(content, was, becomes):
    with pytest.raises(ContractBroken):
        phase_transfers.read(content.replace(was, becomes), "made-up.csv")
