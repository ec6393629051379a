"""The list of diagnoses: each code once and in its chapter; a list that is not the agreed one is refused."""

import pytest

from sendlib.errors import ContractBroken
from sendlib.tables import life_limiting_codes as table


def test_every_code_stands_once_in_the_chapter_of_its_letter(store):
    rows = store.table(table.TABLE.name).astype(str)
    assert len(rows) == rows["code"].nunique() == table.CODES
    numbers = rows["chapter"].value_counts()
    assert (numbers["neoplasms"], numbers["congenital"], numbers["nervous"], numbers["services"]) == (93, 79, 28, 1)
    for row in rows.itertuples():
        first, last, _ = table.CHAPTERS[row.chapter]
        assert first <= row.code[:3] <= last
    assert rows.set_index("code")["description"]["G71.0"] == "muscular dystrophy"


def test_a_list_that_is_cut_short_or_has_a_code_of_no_chapter_is_refused():
    header = "code,dataset,field,code_type,description\n"
    with pytest.raises(ContractBroken, match="277 are agreed"):
        table.read(f"{header}A17,hes_apc,diag,icd10,tuberculosis\n".encode(), "made up")
    odd = "".join(f"O{number:02d},hes_apc,diag,icd10,made up\n" for number in range(table.CODES))
    with pytest.raises(ContractBroken, match="belongs to no chapter"):
        table.read((header + odd).encode(), "made up")
