"""NEET at 16 and 17 by SEND: England as DfE published it, and parts that must make their wholes."""

import pytest

from sendlib.errors import ContractBroken
from sendlib.tables import neet
from tests.made_up import as_csv

FILE = "made-up.csv"


def made_up(areas, **changes):
    figures = {
        "Age": "16-17",
        "Cohort_DJFavg": 1000,
        "NEET_not_known_percent": 5.6,
        "NEET_percent": 3.4,
        "Notknown_percent": 2.2,
        "cohort_noSEN_percent": 84.6,
        "NEET_NK_noSEN_percent": 4.9,
        "cohort_EHCP_percent": 5.4,
        "NEET_NK_EHCP_percent": 10.1,
        "cohort_SENDsupport_percent": 10,
        "NEET_NK_SENDsupport_percent": 9.6,
    }
    rows = [
        {
            "time_period": "2025",
            "time_identifier": "Calendar year",
            "geographic_level": "Local authority" if area.region_name else "National",
            "region_code": area.region_code,
            "old_la_code": area.code if area.region_name else "",
            "new_la_code": "",
            "la_name": area.name,
            **figures,
        }
        for area in [areas.wider["E92000001"], *areas.authorities.values()]
    ]
    rows[5] |= changes
    return as_csv(rows)


def test_shipped_england_is_as_published(store):
    table = store.table("neet").astype(dict.fromkeys(neet.KEYS, "str"))
    england = table[table.area_code.eq("E92000001") & table.measure.eq("neet_or_not_known")]
    figures = england.set_index(["group", "period"])["value"].unstack("group")
    assert figures["ehc_plan"].tolist() == [8.6, 10.1, 10.2, 10.1]
    assert figures["sen_support"].tolist() == [8.4, 9.3, 9.6, 9.6] and figures["all"].tolist() == [4.7, 5.2, 5.4, 5.6]
    assert figures.index.tolist() == ["2021/22", "2022/23", "2023/24", "2024/25"]
    plymouth = table[table.area_code.eq("879") & table.period.eq("2024/25") & table.group.eq("ehc_plan")]
    assert plymouth.set_index("measure")["value"].to_dict() == {"neet_or_not_known": 10.5, "share": 6.5}
    derby = table[table.area_code.eq("831") & table.period.eq("2021/22") & table.group.eq("sen_support")]
    assert derby["value"].isna().all() and set(derby["status"]) <= {"hidden", "not_applicable"}


def test_what_dfe_hides_keeps_its_reason(areas):
    content = made_up(areas, NEET_NK_SENDsupport_percent="c", cohort_SENDsupport_percent="z")
    rows = neet.read(content, FILE, 2025, areas)
    missing = rows[rows["value"].isna()].set_index("measure")["status"].to_dict()
    assert missing == {"neet_or_not_known": "hidden", "share": "not_applicable"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"NEET_percent": 9}, "NEET and not known do not add up"),
        ({"cohort_EHCP_percent": 50}, "shares of the three groups"),
        ({"NEET_NK_EHCP_percent": "many"}, "many"),
        ({"NEET_NK_EHCP_percent": 101}, "more than 100"),
        ({"old_la_code": "299"}, "'299'"),
        ({"time_period": "2024"}, "2025 alone"),
    ],
)
def test_a_file_that_is_not_as_agreed_is_refused(areas, changes, said):
    with pytest.raises(ContractBroken, match=said):
        neet.read(made_up(areas, **changes), FILE, 2025, areas)
