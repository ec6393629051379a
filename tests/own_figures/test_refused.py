"""What is refused of a file of own figures, with a reason that names the cell; whatever it is, it ends in one error."""

import io
import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sendlib.exports import own_figures as files
from sendlib.own_figures import personal
from sendlib.own_figures.layout import COLUMNS
from sendlib.own_figures.model import OwnFileRefused
from sendlib.own_figures.reading import Read, read

HEAD = "Indicator,Period,Figure,Unit,Of whom,Note\n"
GOOD = "Early Help,2025,412,families,,\n"
NHS_NUMBER, PUPIL_NUMBER = "943 476 5919", "H801200001001"


def refused(content, area, known):
    with pytest.raises(OwnFileRefused) as error:
        read(content if isinstance(content, bytes) else content.encode(), area, known)
    return error.value


def book_of(*rows, sheet="Figures", **more):
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    for name, cells in more.items():
        book.create_sheet(name).append(cells)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


HEADS = ("Indicator", "Period", "Figure", "Unit")


def archive_with(content, parts, without=()):
    """A workbook with parts added to its archive or taken out."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename not in (*parts, *without):
                new.writestr(part, old.read(part))
        for name, words in parts.items():
            new.writestr(name, words)
    return held.getvalue()


def test_a_cell_is_named_with_what_to_do(plymouth, known):
    told = refused(book_of(HEADS, ("Early Help", "2025", "n/a", "families")), plymouth, known)
    (cell,) = told.cells
    assert cell.startswith("Figures!C2: 'n/a' is no number.") and "x (not available)" in cell
    assert "Nothing of the file was taken in" in told.reason


def test_all_that_is_wrong_is_told_at_once_the_first_twenty_and_how_many_more(plymouth, known):
    told = refused(HEAD + GOOD + "Early Help 2,2025,many,families,,\n" * 23, plymouth, known)
    assert len(told.cells) == 23 and told.cells[0].startswith("C3: ") and told.told()[-1] == "And 3 more cells."
    assert len(told.told()) == 21


@pytest.mark.parametrize(
    ("row", "cell", "words"),
    [
        ("Early Help,,412,families,,", "B2", "write when"),
        (",2025,412,families,,", "A2", "Write what the figure tells"),
        ("Early Help,2025,412,,,", "D2", "Write what was counted"),
        ("EHC plans completed within 20 weeks,2025,120,%,,", "C2", "between 0 and 100"),
        ("Early Help,2025,-4,families,,", "C2", "not below nought"),
        ("Early Help,2025,12%,families,,", "D2", "percentage"),
        ("Early Help,2025,1e400,families,,", "C2", "is no number"),
        ("Early Help,2025,412,families,,," + "x", "G2", "no heading"),
        (f"Early Help,2025,412,families,{'x' * 81},", "E2", "81 letters"),
    ],
)
def test_what_can_not_be_is_named_by_its_cell(row, cell, words, plymouth, known):
    (told,) = refused(f"{HEAD}{row}\n", plymouth, known).cells
    assert told.startswith(f"{cell}: ") and words in told


def test_the_same_figure_twice_is_no_figure(plymouth, known):
    (told,) = refused(HEAD + GOOD + GOOD, plymouth, known).cells
    assert told.startswith("A3: ") and told.endswith("as that of A2.")


def test_a_file_full_of_names_that_are_no_areas_is_not_looked_through(plymouth, known):
    rows = "".join(f"Early Help,Nowhere {letter},2025,4,families\n" for letter in "abcdefghijklmnopqrstuvwxyz")
    assert "More than 20 names" in refused(f"Indicator,Area,Period,Figure,Unit\n{rows}", plymouth, known).reason


def test_an_area_is_meant_exactly_or_left_empty(plymouth, known):
    head = "Indicator,Area,Period,Figure,Unit\n"
    (told,) = refused(f"{head}Early Help,Plymoth,2025,412,families\n", plymouth, known).cells
    assert told.startswith("B2: no area is known by exactly this name")
    assert read(f"{head}Early Help,Devon,2025,412,families\n".encode(), plymouth, known).figures[0].area_code == "878"


@pytest.mark.parametrize(
    ("written", "value"),
    [("1,234", 1234), ("1 234", 1234), ("12.5", 12.5), ("12,5", 12.5), ("\N{MINUS SIGN}2", -2), ("+7", 7)],
)
def test_numbers_are_read_as_people_write_them(written, value, plymouth, known):
    content = f'{HEAD}A change,2025,"{written}",points,,\n'
    assert read(content.encode(), plymouth, known).figures[0].value == value


@pytest.mark.parametrize(("written", "value"), [("12,5", 12.5), ("1.234,5", 1234.5), ("1234", 1234), ("0.125", 0.125)])
def test_with_semicolons_a_comma_stands_before_decimals(written, value, plymouth, known):
    content = f"{HEAD}A change,2025,WRITTEN,points,,\n".replace(",", ";").replace("WRITTEN", written)
    assert read(content.encode(), plymouth, known).figures[0].value == value


def test_what_can_be_read_in_two_ways_is_asked_about(plymouth, known):
    content = f"{HEAD}Early Help,2025,1.234,families,,\n".replace(",", ";")
    assert "two ways" in refused(content, plymouth, known).cells[0]


@pytest.mark.parametrize(
    "content",
    [
        (HEAD + GOOD).encode("utf-8-sig"),
        (HEAD + GOOD).encode("utf-16"),
        (HEAD + GOOD).replace(",", "\t").encode(),
        ("sep=;\n" + (HEAD + GOOD).replace(",", ";")).encode("cp1252"),
        (HEAD + GOOD).replace("\n", "\r").encode(),
        (HEAD + GOOD).replace("Early Help", "Café").encode("cp1252"),
    ],
)
def test_text_is_read_however_a_spreadsheet_saves_it(content, plymouth, known):
    (figure,) = read(content, plymouth, known).figures
    assert figure.value == 412 and figure.indicator in ("Early Help", "Café")


def test_a_percentage_of_a_spreadsheet_is_one(plymouth, known):
    book = openpyxl.load_workbook(io.BytesIO(book_of(HEADS, ("Rated good", "2025", 0.615, None))))
    book["Figures"]["C2"].number_format = "0.0%"
    held = io.BytesIO()
    book.save(held)
    (figure,) = read(held.getvalue(), plymouth, known).figures
    assert (figure.value, figure.unit) == (61.5, "%")


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        (NHS_NUMBER, "NHS number"),
        (NHS_NUMBER.replace(" ", "-"), "NHS number"),
        (f"child {NHS_NUMBER.replace(' ', '')} waits", "NHS number"),
        (PUPIL_NUMBER, "unique pupil number"),
        ("03/05/2012", "date of birth"),
        ("3rd May 2012", "date of birth"),
        ("2012-05-03", "date of birth"),
        ("PL1 2AA", "postcode"),
        ("pl12aa", "postcode"),
        ("somebody@example.org", "e-mail"),
    ],
)
@pytest.mark.parametrize("column", ["Of whom", "Note", "Figure", "Period"])
def test_personal_data_is_named_by_its_cell_and_never_repeated(written, kind, column, plymouth, known):
    cells = {"Indicator": "Early Help", "Period": "2025", "Figure": "412", "Unit": "families", column: written}
    error = refused(f"{','.join(cells)}\n{','.join(cells.values())}\n", plymouth, known)
    place = "ABCDEF"[list(cells).index(column)] + "2"
    assert error.cells[0].startswith(f"{place} looks like ") and kind in error.cells[0]
    assert written not in str(error) and "personal data" in error.reason


@pytest.mark.parametrize("heading", ["Name", "DOB", "Date of Birth", "NHS number", "UPN", "Child's name", "D.O.B."])
def test_a_heading_of_a_list_of_persons_is_enough(heading, plymouth, known):
    error = refused(f"Indicator,Period,Figure,{heading}\nEarly Help,2025,412,families\n", plymouth, known)
    assert error.cells == ("D1 looks like a heading of a list of persons.",)


def test_personal_data_on_another_sheet_and_as_a_number_or_a_date_of_a_spreadsheet_is_found(plymouth, known):
    import datetime

    good = ("Early Help", "2025", 412, "families")
    content = book_of(HEADS, good, children=[int(NHS_NUMBER.replace(" ", "")), datetime.date(2012, 5, 3)])
    assert refused(content, plymouth, known).cells[0] == "children!A1 looks like an NHS number."
    assert refused(content, plymouth, known).cells[1].startswith("children!B1 looks like a full date")


@pytest.mark.parametrize("period", ["Q1 2025/26", "31/03/2026", "January 2026", "1 April 2025", "2024-25"])
@pytest.mark.parametrize(
    "note", ["Year 9 2nd term", "943 476 5918", "Board paper of June 2025", "3 to 4 years", "0.9434765919"]
)
def test_what_is_not_personal_is_let_be(period, note, plymouth, known):
    assert read(f"{HEAD}Early Help,{period},412,families,,{note}\n".encode(), plymouth, known).figures


@pytest.mark.parametrize(
    ("number", "right"),
    [("9434765919", True), ("9434765918", False), ("4505577104", True), ("4505577105", False), ("0000000000", False)],
)
def test_the_check_digit_of_an_nhs_number(number, right):
    assert personal.is_nhs_number(number) is right


@pytest.mark.parametrize(
    ("number", "right"),
    [("H801200001001", True), ("A801200001001", False), ("I801200001001", False), ("H80120000100", False)],
)
def test_the_check_letter_of_a_pupil_number(number, right):
    assert personal.is_upn(number) is right


def test_formulas_are_refused_in_a_workbook_and_in_text(plymouth, known):
    error = refused(book_of(HEADS, ("Early Help", "2025", "=400+12", "families")), plymouth, known)
    assert "formulas" in error.reason and error.cells == ("Figures!C2 is a formula.",)
    assert refused(HEAD + "=1+1,2025,412,families,,\n@a,2025,4,x,,\n", plymouth, known).cells == (
        "A2 is a formula.",
        "A3 is a formula.",
    )


FAR_AWAY = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="99999999999"><c r="A99999999999"><v>1</v></c></row></sheetData></worksheet>'
)
BOOK = book_of(HEADS, ("Early Help", "2025", 412, "families"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"x" * 5_000_001, "up to 5,000,000"),
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Excel"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "neither a workbook"),
        (BOOK[:200], "not a workbook"),
        (archive_with(BOOK, {"xl/vbaProject.bin": b"x"}), "macros"),
        (archive_with(BOOK, {"xl/externalLinks/externalLink1.xml": b"<x/>"}), "linked to other files"),
        (archive_with(BOOK, {"xl/embeddings/sheet.xlsx": BOOK}), "other files inside"),
        (archive_with(BOOK, {"xl/bomb.xml": b" " * 9_000_000}), "far larger inside"),
        (archive_with(BOOK, {f"xl/part{n}.txt": b"" for n in range(400)}), "far larger inside"),
        (archive_with(BOOK, {"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'}), "not a workbook"),
        (archive_with(BOOK, {}, without=("xl/workbook.xml",)), "not a workbook"),
        (archive_with(BOOK, {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row"}), "not a workbook"),
        (book_of(HEADS, *[("Early Help", "2025", n, "families") for n in range(2_001)]), "more than 2,000 rows"),
        (archive_with(BOOK, {"xl/worksheets/sheet1.xml": FAR_AWAY}), "rows that no workbook has"),
        (book_of(HEADS, ["x"] * 51), "up to 50 columns"),
        (book_of(HEADS, sheet="One", Two=["x"]), "no sheet 'Figures'"),
    ],
)
def test_a_file_that_must_not_be_read_is_refused_with_its_reason(content, words, plymouth, known):
    assert words in refused(content, plymouth, known).reason


def test_a_file_with_too_many_rows_of_text_is_refused(plymouth, known):
    assert "more than 2,000 rows" in refused(HEAD + GOOD * 2_001, plymouth, known).reason


def test_a_locked_archive_is_refused(plymouth, known):
    locked = bytearray(BOOK)
    at = locked.find(b"PK\x01\x02")
    locked[at + 8] |= 1
    assert "password" in refused(bytes(locked), plymouth, known).reason


FUZZ = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)


def ends_well(content, area, known):
    """It is read, or ends in the one error, whose words stand on a page."""
    try:
        assert isinstance(read(content, area, known), Read)
    except OwnFileRefused as error:
        assert error.reason and len(str(error)) < 20_000


@FUZZ
@given(content=st.binary(max_size=400) | st.binary(max_size=200).map(lambda rest: b"PK\x03\x04" + rest))
def test_any_bytes_end_well(content, plymouth, known):
    ends_well(content, plymouth, known)


@FUZZ
@given(at=st.integers(0, len(BOOK) - 1), value=st.binary(min_size=1, max_size=6), cut=st.booleans())
def test_a_workbook_with_bytes_changed_ends_well(at, value, cut, plymouth, known):
    ends_well(BOOK[:at] + value + (b"" if cut else BOOK[at + len(value) :]), plymouth, known)


CELL = st.text(max_size=12) | st.sampled_from(
    ["412", "x", "2025", "Early Help", "%", NHS_NUMBER, "=1", '"', "12,5", "-"]
)


@FUZZ
@given(rows=st.lists(st.lists(CELL, max_size=10), max_size=6), separator=st.sampled_from(",;\t"))
def test_any_text_under_the_headings_ends_well(rows, separator, plymouth, known):
    head = separator.join(one.heading for one in COLUMNS.values())
    content = "\n".join([head, *(separator.join(row) for row in rows)])
    ends_well(content.encode("utf-8", "surrogatepass"), plymouth, known)


@FUZZ
@given(
    xml=st.text(max_size=30)
    | st.sampled_from(
        [
            '<c r="A1" t="s"><v>99</v></c>',
            '<c r="ZZZ1"><v>1</v></c>',
            '<c r="A0"><v>1</v></c>',
            '<c t="d"><v>2025-99-99</v></c>',
            '<c t="n"><v>1e999</v></c>',
            '<c><f t="array" ref="A1:A9">1</f></c>',
            '<c t="b"><v>7</v></c>',
            '<c t="e"><v>#N/A</v></c>',
            '<c t="inlineStr"><is><t>x</t></is></c>',
        ]
    )
)
def test_any_cell_in_the_xml_of_a_workbook_ends_well(xml, plymouth, known):
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
        f"{xml}</row></sheetData></worksheet>"
    )
    ends_well(archive_with(BOOK, {"xl/worksheets/sheet1.xml": sheet.encode("utf-8", "replace")}), plymouth, known)


def test_the_template_holds_nothing_that_would_be_refused_if_it_stood_in_a_readers_file():
    book = openpyxl.load_workbook(io.BytesIO(files.template_xlsx()))
    held = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert [words for words in held if personal.found(words)] == []


def test_a_list_of_people_is_told_where_it_can_be_linked(plymouth, known):
    told = refused("Forename,Surname,Date of birth,UPN\nA,B,01/02/2015,H801200001001\n", plymouth, known)
    assert "Lists of people are never taken here" in told.reason and "Joining up says how" in told.reason
