"""Pupils by primary need: names of authorities, and labels that were agreed."""

import pytest

from sendlib.errors import ContractBroken
from tests.made_up import as_csv

FILE = "made-up.csv"


def test_school_needs_are_read_by_name_and_refuse_a_new_label(areas, originals):
    from sendlib.tables import school_needs

    content = originals.read(school_needs.FILE)
    frame = school_needs.read(content, FILE, areas)
    assert frame.loc[frame.area_code.eq("909"), "value"].sum() > 0 and "942" not in set(frame.area_code)
    with pytest.raises(ContractBroken, match="visual loss"):
        school_needs.read(content.replace(b"Visual Impairment", b"Visual Loss"), FILE, areas)
    with pytest.raises(ContractBroken, match="'Nowhere'"):
        school_needs.read(content.replace(b"\nPlymouth,", b"\nNowhere,"), FILE, areas)


def made_up_school_needs(areas):
    from sendlib.tables import school_needs

    rows = []
    for area in areas.authorities.values():
        for number, need in enumerate(school_needs._NEEDS):
            rows.append(
                {
                    "la_name": area.name,
                    "phase_type_grouping": "State-funded primary",
                    "primary_need": need,
                    "number_of_pupils": number,
                }
            )
    return rows


def test_made_up_school_needs_are_read_and_a_double_row_is_refused(areas):
    from sendlib.tables import school_needs

    rows = made_up_school_needs(areas)
    frame = school_needs.read(as_csv(rows), FILE, areas)
    assert len(frame) == 13 * len(areas.authorities)
    with pytest.raises(ContractBroken, match="two rows"):
        school_needs.read(as_csv([*rows, rows[0]]), FILE, areas)
    with pytest.raises(ContractBroken, match="no rows for msi"):
        school_needs.read(as_csv([row for row in rows if not row["primary_need"].startswith("multi")]), FILE, areas)
