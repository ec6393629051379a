"""Pupils and those with SEN by authority: the numbers behind the shares that LAIT publishes of the same census."""

import pytest

from sendlib.errors import ContractBroken
from sendlib.tables import school_pupils

HEADER = "la_name,school_name,Total pupils,SEN support,EHC plan,Total Sen"


def test_they_are_the_numbers_behind_the_published_shares_in_every_authority(store):
    counts = store.table("school_pupils").astype({"area_code": str, "measure": str})
    wide = counts.pivot(index="area_code", columns="measure", values="value")
    shares = store.table("school_sen").astype({"area_code": str, "period": str, "measure": str})
    shares = shares[shares["period"].eq(school_pupils.PERIOD) & shares["phase"].eq("all")]
    published = shares.pivot(index="area_code", columns="measure", values="value").reindex(wide.index)
    assert len(wide) == 152
    for measure in ("ehc_plan", "sen_support"):
        # Published to one decimal: half a step, and what floating point adds to it.
        assert ((100 * wide[measure] / wide["pupils"] - published[measure]).abs() < 0.0501).all()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Nowhere,A school,10,1,1,2", "'Nowhere' is not an authority"),
        ("Kent,A school,10,1,,1", "ehc plan holds something that is not a count"),
        ("Kent,A school,10,1.5,1,2", "not a count"),
        ("Kent,A school,10,9,2,11", "more pupils with SEN than pupils"),
        ("Kent,A school,10,1,1,2", "only 1 authorities"),
    ],
)
def test_a_list_that_is_not_as_agreed_is_refused(areas, row, said):
    with pytest.raises(ContractBroken, match=said):
        school_pupils.read(f"{HEADER}\n{row}\n".encode(), "list.csv", areas)
