"""Plans of those educated elsewhere: published figures, the layout of 2022, and broken files."""

import pytest

from sendlib.errors import ContractBroken
from sendlib.tables import elsewhere
from sendlib.tables.elsewhere import AWAITING
from tests.made_up import adding_up, areas_of_a_release, as_csv

FILE = "made-up.csv"
ENGLAND = "E92000001"


def test_awaiting_provision_in_2020_is_in_the_parts_that_the_bulletin_has(store):
    rows = store.rows("elsewhere", ENGLAND)
    value = rows[rows.period.eq("2020-01")].set_index("placement").value
    assert [value[code] for code in AWAITING] == [179, 1_260, 1_790, 131, 992, 615]
    assert value["awaiting"] == 4_967 == value[list(AWAITING)].sum()


def test_authorities_add_up_to_england_in_every_january(store):
    table = store.table("elsewhere").astype({"area_code": str, "period": str, "placement": str})
    local = table[table.area_code.str.len().eq(3)].groupby(["period", "placement"]).value.sum()
    whole = table[table.area_code.eq(ENGLAND)].set_index(["period", "placement"]).value
    assert (local.sort_index() == whole.sort_index()).all() and len(whole) > 70


def old_layout(**changes):
    kinds = {
        ("Educated elsewhere", "Permanently excluded"): 1,
        ("Educated elsewhere", "Other arrangements by local authority"): 2,
        ("Educated elsewhere", "Other arrangements by parents"): 3,
        ("Educated elsewhere", "Awaiting provision - total"): 4,
        ("Educated elsewhere", "Total"): 10,
        ("Total", "Total"): 50,
        ("Special school", "Total"): 40,
    }
    return [
        {
            "time_period": "2018",
            "time_identifier": "Calendar year",
            "la_name": "",
            **area,
            "establishment_group": group,
            "establishment_type": kind,
            "Total_all": adding_up(area, each),
            **changes,
        }
        for (group, kind), each in kinds.items()
        for area in areas_of_a_release()
    ]


def test_the_layout_of_2022_is_read_with_its_own_total_of_all_plans():
    frame = elsewhere.read(as_csv(old_layout()), FILE)
    rows = frame[frame.area_code.eq("201")].set_index("placement").value
    assert rows.to_dict() == {
        "permanently_excluded": 1,
        "arrangements_by_authority": 2,
        "arrangements_by_parents": 3,
        "awaiting": 4,
        "all": 50,
    }
    assert set(frame.period) == {"2018-01"}


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (
            lambda rows: [
                {**row, "establishment_type": row["establishment_type"].replace("Permanently", "Newly")} for row in rows
            ],
            "newly excluded",
        ),
        (lambda rows: [row for row in rows if row["old_la_code"] != "201"], "adds up"),
        (lambda rows: rows[5:], "missing for some areas"),
        (lambda rows: [row for row in rows if "Permanently" not in row["establishment_type"]], "permanently_excluded"),
        (
            lambda rows: [{**row, "Total_all": "?"} if row["old_la_code"] == "201" else row for row in rows],
            "neither a number|adds up",
        ),
        (lambda rows: [*rows, rows[10]], "two rows"),
        (
            lambda rows: [
                {**row, "Total_all": 7} if row["establishment_type"].endswith("authority") else row for row in rows
            ],
            "do not add up",
        ),
    ],
)
def test_a_changed_old_layout_is_refused_by_name(spoil, problem):
    with pytest.raises(ContractBroken, match=problem) as refused:
        elsewhere.read(as_csv(spoil(old_layout())), FILE)
    assert FILE in str(refused.value)


def test_two_releases_that_disagree_are_refused(originals):
    from sendlib.tables import placements

    older = elsewhere.read(originals.read(elsewhere.FILE), elsewhere.FILE)
    newer = placements.read(originals.read(placements.CASELOAD), placements.CASELOAD)
    elsewhere.check_same(older, newer, FILE)
    newer.loc[newer.area_code.eq("879") & newer.period.eq("2020-01") & newer.placement.eq("neet"), "value"] = 9_999
    with pytest.raises(ContractBroken, match="area 879 has .* as 'neet' in 2020-01 where release 2025 has 9999"):
        elsewhere.check_same(older, newer, FILE)
