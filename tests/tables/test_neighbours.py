"""Statistical neighbours: DfE's workbook."""

import io

import openpyxl
import pytest

from sendlib.errors import ContractBroken
from sendlib.tables import neighbours

FILE = "made-up.csv"


def workbook(areas, word="Very Close", own="879"):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["A"])
    sheet.append([1])
    sheet.append(
        [
            "LA num",
            "LA Name",
            "LA number",
            "GOInd",
            "GOReg",
            *[cell for n in range(1, 11) for cell in (f"SN{n}", "SNP")],
        ]
    )
    codes = list(areas.authorities)
    for place, code in enumerate(codes):
        others = [codes[(place + n) % len(codes)] for n in range(1, 11)]
        sheet.append([int(code), "x", int(code), 1, "y", *[cell for other in others for cell in (int(other), word)]])
    sheet.append([])
    sheet.append(["Old SNs:"])
    sheet.append([835, "Dorset", 835, 1, "y", *[201, "Close"] * 10])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_neighbours_are_read_with_their_words_and_without_abolished_authorities(areas):
    frame = neighbours.read(workbook(areas), FILE, areas)
    assert len(frame) == 10 * len(areas.authorities)
    assert set(frame.closeness) == {"very close"}
    assert "835" not in set(frame.area_code)


def test_a_new_word_for_closeness_is_refused(areas):
    with pytest.raises(ContractBroken, match="'near enough'"):
        neighbours.read(workbook(areas, word="Near enough"), FILE, areas)


def test_a_workbook_that_is_none_is_refused(areas):
    with pytest.raises(ContractBroken, match="workbook"):
        neighbours.read(b"PK but not really", FILE, areas)
