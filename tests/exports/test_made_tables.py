"""The files of a table that a reader made, opened with other programs' readers and held beside the page."""

import csv
import io
import zipfile

import openpyxl
import pyarrow.parquet as pq
import pytest

from sendlib.compared import widened
from sendlib.exports import made as files
from sendlib.exports.formats import FORMATS
from sendlib.made import building
from sendlib.made.selection import Selection, resolve

SELECTIONS = (
    Selection("plans", ("here", "near", "england"), "2019-01..2025-01"),
    Selection("process", ("here", "201"), ""),
    Selection("waits_mental_health", ("here",), "2024-09-30", across="area_code"),
    Selection("needs", ("201", "420"), "", {"characteristic": ("age",)}, across="category"),
    Selection("flows"),
    Selection("designated_officers"),
)


@pytest.fixture(scope="module", params=SELECTIONS, ids=lambda one: one.table)
def made(request, store):
    return building.make(store, resolve(store, request.param, widened.directory(store).get("879")))


def test_a_workbook_has_the_rows_of_the_page_with_numbers_as_numbers(made):
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].make(files.numbers_of(made))))
    rows = list(book["Numbers"].iter_rows(values_only=True))
    assert len(rows) == made.total + 1 and list(rows[0]) == [one.titled for one in made.columns.values()]
    for name in made.statuses:
        place = list(made.columns).index(name)
        for row, value, status in zip(rows[1:], made.frame[name], made.statuses[name], strict=True):
            if isinstance(value, float) and value == value:
                assert row[place] == pytest.approx(value, abs=0.51 if made.columns[name].decimals == 0 else 0.051)
            elif not isinstance(value, str):
                assert status != "value" and str(row[place]) in ("[c]", "[x]", "[z]", "[low]", "None", "No row")
    told = " ".join(str(cell) for row in book["About"].iter_rows(values_only=True) for cell in row)
    assert all(source.citation() in told for source in made.sources)


def test_a_csv_and_a_parquet_have_every_row_and_column(made):
    numbers = files.numbers_of(made, "https://here/take_away")
    with zipfile.ZipFile(io.BytesIO(FORMATS["csv"].make(numbers))) as archive:
        name = min(archive.namelist(), key=len)
        rows = list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"))))
    table = pq.read_table(io.BytesIO(FORMATS["parquet"].make(numbers)))
    assert len(rows) == table.num_rows + 1 == made.total + 1
    assert rows[0] == [one.titled for one in made.columns.values()] and len(set(rows[0])) == len(rows[0])
    assert table.column_names == list(made.columns)


def test_the_same_selection_gives_the_same_bytes(made, store):
    again = building.make(store, made.picked)
    for made_as in FORMATS.values():
        assert made_as.make(files.numbers_of(made)) == made_as.make(files.numbers_of(again))


def test_the_page_and_the_file_say_the_same_and_no_cell_is_empty(made):
    readable = made.readable()
    assert not readable.isin(["", "nan", "None " * 2]).any(axis=None)
    for name in made.statuses:
        if made.columns[name].decimals is not None:
            rounded = files.numbers_of(made).frame[name]
            shown = [cell.replace(",", "").replace("−", "-") for cell in readable[name]]
            for cell, value in zip(shown, rounded, strict=True):
                assert cell[:1].isalpha() or float(cell) == pytest.approx(float(value))


def test_a_sheet_of_excel_holds_what_fits_it(made):
    assert files.fits_a_sheet(made)
    larger = building.Made(**{**vars(made), "total": files.MOST_ROWS_OF_A_SHEET + 1})
    assert not files.fits_a_sheet(larger)
