"""Area inspections: two frameworks, Ofsted's words, and no inspection that the lists do not have."""

import pytest

from sendlib.errors import ContractBroken
from sendlib.tables import inspections
from tests.made_up import as_csv

FILE = "made-up.csv"
POSITIVE = "The arrangements typically lead to positive experiences and outcomes."


def made_up(areas, **changes):
    rows = [
        {
            "La Code": code,
            "Local Authority": area.name,
            "Inspection Start Date": "02/02/26",
            "Inspection End Date": "06/02/26",
            "Outcome Grade": "1.0",
            "Inspection Outcome Text": POSITIVE,
            "Publication Date": "18/05/26",
            "Inspection Link": "ofsted.gov.uk/50302264",
        }
        for code, area in list(areas.authorities.items())[:100]
    ]
    rows[0] |= changes
    return as_csv(rows)


def test_shipped_inspections_are_those_of_the_lists(store):
    table = store.table("inspections").set_index(["framework", "area_code"])
    new, old = table.loc["2023"], table.loc["2016"]
    assert len(new) == 153 and new["state"].value_counts().to_dict() == {"inspected": 96, "not_found": 57}
    assert new["outcome"].value_counts().drop("").to_dict() == {
        "inconsistent": 52,
        "failings": 24,
        "positive": 19,
        "not_read": 1,
    }
    assert new.loc["871", "outcome"] == "not_read" and new.loc["871", "words"] == ""
    assert new.loc["879", ["started", "published", "outcome"]].tolist() == ["2023-06-26", "2023-08-22", "failings"]
    assert new.loc[new["state"].eq("inspected") & new["started"].eq("")].index.tolist() == [
        *("815", "825", "830", "873", "883")
    ]
    assert old["outcome"].value_counts().drop("").to_dict() == {"statement": 82, "no_statement": 67}
    assert old["revisit"].value_counts().drop("").to_dict() == {"none_needed": 67, "not_yet": 36, "some": 24} | {
        "yes": 20,
        "no": 2,
    }
    assert sorted(old.index[old["state"].eq("not_found")]) == ["838", "940", "941", "942", "943"]
    assert old.loc["909", "state"] == "inspected", "Cumbria, before it was divided"
    assert not new["words"].str.contains("\u00e2").any()


def test_an_authority_that_is_not_in_the_list_has_a_state_of_its_own(areas):
    table = inspections.with_all_authorities(inspections.read_2023(made_up(areas), FILE, areas), areas)
    rest = table[table["state"].eq("not_found")]
    assert len(table) == 153 and len(rest) == 53 and rest["outcome"].eq("").all() and rest["link"].eq("").all()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"Outcome Grade": "2.0"}, "does not agree with the words"),
        ({"Outcome Grade": "4.0"}, "4.0"),
        ({"La Code": "999"}, "'999' is not an authority"),
        ({"La Code": "202"}, "two inspections"),
        ({"Publication Date": "18th May"}, "is not a day"),
        ({"Inspection Link": "elsewhere"}, "not a report's link"),
    ],
)
def test_a_list_that_is_not_as_agreed_is_refused(areas, changes, said):
    with pytest.raises(ContractBroken, match=said):
        inspections.read_2023(made_up(areas, **changes), FILE, areas)


def test_the_older_list_is_refused_when_revisits_do_not_fit(areas, originals):
    content = originals.read(inspections.FILE_2016)
    assert len(inspections.read_2016(content, FILE, areas)) == 149
    with pytest.raises(ContractBroken, match="revisit"):
        inspections.read_2016(content.replace(b",Some,", b",,", 1), FILE, areas)
    with pytest.raises(ContractBroken, match="cut short"):
        inspections.read_2016(b"\n".join(content.splitlines()[:60]), FILE, areas)
