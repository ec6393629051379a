"""A reader's own places: every file that Excel and others write is read, or a sentence names the line that is wrong."""

import io
import re

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sendlib.questions.places import own_file, own_points

GOOD = "name,lat,lon,type,places\nThe Cabin,50.4,-4.1,short breaks,6\nRiver House,50.5,-4.0,,\n"
ACCENTED = GOOD.replace("Cabin", "Café")


def read(text):
    return own_points.read(text.encode())


def names(points):
    return [point.name for point in points]


def workbook(*rows):
    book, into = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(into)
    return into.getvalue()


def test_places_are_read_with_and_without_their_number():
    points, messages = read(GOOD)
    assert [(one.name, one.places_in_words) for one in points] == [("The Cabin", "6"), ("River House", "not given")]
    assert points[0] == own_points.Point("The Cabin", 50.4, -4.1, "short breaks", 6) and not messages


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_all_separators_and_line_ends_are_read(separator, ends):
    points, messages = read(GOOD.replace(",", separator).replace("\n", ends))
    assert names(points) == ["The Cabin", "River House"] and not messages


def test_a_line_that_tells_excel_the_separator_is_taken_as_that():
    assert names(read("sep=;\n" + GOOD.replace(",", ";"))[0]) == ["The Cabin", "River House"]


@pytest.mark.parametrize(
    ("coding", "mark", "said"),
    [
        ("utf-8", b"", ""),
        ("utf-8", b"\xef\xbb\xbf", ""),
        ("utf-16-le", b"\xff\xfe", "UTF-16"),
        ("utf-16-be", b"\xfe\xff", "UTF-16"),
        ("cp1252", b"", "Windows-1252"),
        ("mac_roman", b"", "Mac Roman"),
    ],
)
def test_every_coding_that_excel_writes_is_read_and_one_that_is_not_utf_8_is_named(coding, mark, said):
    points, messages = own_points.read(mark + ACCENTED.encode(coding))
    assert names(points) == ["The Café", "River House"]
    assert len(messages) == bool(said) and said in " ".join(messages)


def test_an_apostrophe_of_a_mac_is_one():
    points, _ = own_points.read(GOOD.replace("The Cabin", "St Mary’s").encode("mac_roman"))
    assert names(points)[0] == "St Mary’s"


def test_columns_are_known_by_other_names_and_what_is_not_read_is_named():
    points, messages = read("Place Name, LATITUDE ,Lng,Capacity,Postcode\nThe Cabin,50.4,-4.1,6,PL1 1AA\n")
    assert (names(points), points[0].places) == (["The Cabin"], 6)
    assert messages == ["Not read: the column 'Postcode'."]


@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_decimal_comma_is_one_where_it_separates_nothing_else(separator):
    points, messages = read(separator.join(["name", "lat", "lon\nA", "50,37", "-4,14\n"]))
    assert (points[0].latitude, points[0].longitude) == (50.37, -4.14) and not messages


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",50.4,-4.1,,", "there is no name"),
        ("X,north,-4.1,,", "'north' and '-4.1'"),
        ("X,-4.1,50.4,,", "the wrong way round"),
        ("X,50.4,4.1,,", "minus sign"),
        ("X,50.4,-4.1,,many", "'many' is not a number of places"),
        ('X,50.4,-4.1,,"1,200"', "'1,200' is not a number of places"),
        (f"X,50.4,-4.1,,{'9' * 5000}", "is not a number of places"),
        ("X,1e999,-4.1,,", "'1e999' and '-4.1' are not"),
        (f"X,{'5' * 400},-4.1,,", "are not a latitude"),
        ("X,nan,inf,,", "'nan' and 'inf' are not"),
        ("X,٥٠,-4.1,,", "are not a latitude"),
        ("X,50", "are not a latitude"),
        ("A, with a comma,50.4,-4.1,club,6", "it has 6 cells, and the first line 5"),
        ("X\0,50.4,-4.1,,", "signs that are no text"),
    ],
)
def test_each_bad_row_is_told_of_by_its_line_and_the_good_ones_are_kept(row, said):
    points, messages = read(f"{GOOD}{row}\nThe Barn,50.4,-4.2,,\n")
    assert names(points) == ["The Cabin", "River House", "The Barn"]
    assert len(messages) == 1 and messages[0].startswith("Line 4: ") and said in messages[0]
    assert len(messages[0]) < 250


def test_a_quotation_mark_that_never_closes_is_told_of_by_the_line_where_it_begins():
    points, messages = read(f'{GOOD}"The Barn,50.4,-4.1,,\nLast,50.4,-4.1,,')
    assert names(points) == ["The Cabin", "River House"]
    assert messages == [
        "Line 4: a cell begins with a quotation mark and does not end with one, so lines 4 to 5 were not read."
    ]


def test_a_formula_is_text():
    points, _ = read(f"{GOOD}=1+1,50.4,-4.1,,\n")
    assert names(points)[-1] == "=1+1"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "missing: name, lat, lon"),
        (b"a,b\n", "missing: name, lat, lon"),
        (b"name,lat,lon\n", "no row under the names"),
        (b"name,postcode\nA,PL1 1AA\n", "A postcode is not read"),
        (b"name,easting,northing\nA,248000,54000\n", "Eastings and northings are not read"),
        (b"name,lat,latitude,lon\nA,50,50,-4\n", "Two columns are the latitude ('lat' and 'latitude')"),
        (b'"name,lat,lon\nA,50,-4\n', "Line 1: a cell begins with a quotation mark"),
        (b"\0" * 60, "Line 1: it holds signs that are no text"),
        (b"\xff\xfe\x00", "begins like UTF-16"),
        (b"PK\x03\x04 and no more", "not a workbook"),
        (b"\xd0\xcf\x11\xe0 of old", "old Excel (.xls)"),
        (b"x" * 300_000, "up to 120,000 are read"),
        (b"PK\x03\x04" * 300_000, "up to 1,000,000 are read"),
    ],
)
def test_a_file_that_holds_no_places_is_told_of(content, said):
    points, messages = own_points.read(content)
    assert not points and len(messages) == 1 and said in messages[0]


def test_the_first_sheet_of_a_workbook_is_read():
    points, messages = own_points.read(
        workbook(["Name", "Latitude", "Longitude", "Places"], ["A", 50.37, -0.00001, 6.0], [], ["B", "50,4", -4, "x"])
    )
    assert [(one.name, one.latitude, one.longitude, one.places) for one in points] == [("A", 50.37, -0.00001, 6)]
    assert messages[0].startswith("Read from the first sheet") and messages[1].startswith("Line 4: 'x' is not")


def test_a_workbook_that_unpacks_to_far_more_than_it_weighs_is_not_opened(monkeypatch):
    monkeypatch.setattr(own_file, "_UNPACKED", 1_000)
    assert "far larger" in own_points.read(workbook(["name"]))[1][0]


def test_five_hundred_rows_are_read_and_the_line_of_the_next_is_named():
    points, messages = read("name,lat,lon\n" + "A,50.4,-4.1\n" * 501)
    assert len(points) == 500 and messages == ["Line 502 and what follows were left out: up to 500 rows are read."]


@given(st.binary(max_size=400))
@example(b"\xef\xbb\xbf\xff")
@example(b"sep=\x00\nname\x00lat\x00lon")
@example(b'sep="\nname"lat"lon')
def test_no_bytes_at_all_are_an_error(content):
    points, messages = own_points.read(content)
    assert points or messages


CELL = st.text(st.sampled_from("A50.4-,;\"' \t\r\n=é\0"), max_size=8)


@given(st.lists(st.tuples(CELL, CELL, CELL), max_size=6), st.sampled_from(own_file.SEPARATORS))
def test_every_line_is_a_place_or_is_named_in_a_message(cells, separator):
    lines = "".join(f"{separator.join(row)}\n" for row in cells)
    good = separator.join(("Good", "50.4", "-4.1"))
    points, messages = read(f"{separator.join(('name', 'lat', 'lon'))}\n{good}\n{lines}")
    assert names(points)[0] == "Good"
    assert all(re.match(r"Line \d+: .*\.$", said, re.DOTALL) for said in messages)


@given(st.lists(st.sampled_from(["A,50.4,-4.1", "A,50,x", "", '"B"c,50,-4', ",50,-4"]), max_size=12))
def test_as_many_lines_are_told_of_as_are_wrong(lines):
    points, messages = read("\n".join(["name,lat,lon", "Good,50.4,-4.1", *lines]))
    wrong = {f"Line {at}" for at, line in enumerate(lines, start=3) if line and line != "A,50.4,-4.1"}
    assert {said.partition(":")[0] for said in messages} == wrong
    assert len(points) == 1 + lines.count("A,50.4,-4.1")
