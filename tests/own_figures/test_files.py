"""The template and the files of own figures: what a reader fills in is read again, the same gives the same bytes."""

import io

import openpyxl
import pytest

from sendlib.exports import own_figures as files
from sendlib.own_figures import indicators
from sendlib.own_figures.model import OwnFileRefused
from sendlib.own_figures.reading import read


def sheets(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def filled(**cells):
    """The template with cells of its figures written over."""
    book = sheets(files.template_xlsx())
    for place, value in cells.items():
        book["Figures"][place] = value
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def row_of(name):
    return next(row for row, one in enumerate(indicators.all_of_them(), start=2) if one.code == name)


def test_the_template_says_what_to_do_has_a_row_an_indicator_and_says_what_each_is():
    book = sheets(files.template_xlsx())
    assert book.sheetnames == ["What to do", "Figures", "What the indicators are"]
    names = [row[0].value for row in book["Figures"].iter_rows(min_row=2)]
    assert (
        names
        == [one.name for one in indicators.all_of_them()]
        == [row[0].value for row in book["What the indicators are"].iter_rows(min_row=2)]
    )
    assert "Council for Disabled Children" in str([cell.value for cell in book["What to do"]["B"]])


def test_where_the_slide_does_not_say_what_is_counted_nothing_is_made_up():
    (early_help,) = [one for one in indicators.all_of_them() if one.code == "early_help"]
    assert "as your service counts it" in early_help.counts and early_help.unit == ""


def test_the_same_gives_the_same_bytes():
    assert files.template_xlsx() == files.template_xlsx() and files.template_csv() == files.template_csv()


@pytest.mark.parametrize("content", [files.template_xlsx(), files.template_csv()])
def test_a_template_that_nobody_filled_in_has_no_figure_and_nothing_wrong(content, plymouth, known):
    with pytest.raises(OwnFileRefused, match="no figure in the file") as refused:
        read(content, plymouth, known)
    assert not refused.value.cells


def test_what_is_filled_in_is_read_and_the_rows_left_empty_are_counted(plymouth, known):
    row = row_of("plans_within_20_weeks")
    found = read(
        filled(**{f"C{row}": "2025", f"E{row}": 61.5, f"G{row}": 400, f"H{row}": "Our case system"}), plymouth, known
    )
    (figure,) = found.figures
    assert (figure.area, figure.period, figure.value, figure.unit, figure.out_of) == (
        "Plymouth",
        "2025",
        61.5,
        "%",
        400,
    )
    assert figure.text(all_numbers=False) == "61.5%" and figure.comes_from == "Our case system"
    assert found.told == (f"Left out: {len(indicators.all_of_them()) - 1} rows without a figure.",)


FILE = (
    "Indicator,Area,Period,Of whom,Figure,Unit,Out of,Where it comes from,Note\r\n"
    "Early Help,,Q1 2026,,412,families,,Team,\r\n"
    "Short breaks,,2025/26,aged 5 to 10,3,children,,,\r\n"
    "Short breaks,,2025/26,aged 11 to 15,[c],children,,,\r\n"
    "Short breaks,,2025/26,aged 16 and over,x,children,,,\r\n"
    "Short breaks,,2025/26,under 5,z,children,,,\r\n"
    "Surveyed,,2025,,98,%,150,,low share of answers\r\n"
    "Waiting,,2025,,low,,,,\r\n"
)


def test_the_five_kinds_of_missing_are_kept(plymouth, known):
    found = read(FILE.encode(), plymouth, known).figures
    assert [one.status for one in found] == [
        "value", "value", "hidden", "not_available", "not_applicable", "value", "low",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "code", ["879", "E12000009", "E92000001", "E12000005", "QJK", "878,879,880", "Ours:878,879", "201", "940"]
)
@pytest.mark.parametrize("made", [files.as_xlsx, files.as_csv])
def test_a_file_of_own_figures_can_be_brought_again_for_an_area_of_any_kind(made, code, plymouth, known):
    found = read(FILE.encode(), known.get(code), known).figures
    assert read(made(found, all_numbers=True), plymouth, known).figures == found
    assert made(found) == made(found)


def test_1_to_4_are_hidden_in_files_unless_they_are_asked_for(plymouth, known):
    found = read(FILE.encode(), plymouth, known).figures
    hidden = read(files.as_csv(found), plymouth, known).figures
    assert [one.status for one in hidden][:2] == ["value", "hidden"]
    # 98% of 150 leaves three children.
    assert hidden[5].status == "hidden" and hidden[5].out_of is None
    assert b",3," not in files.as_csv(found) and b",3," in files.as_csv(found, all_numbers=True)


def test_a_small_figure_is_not_read_off_a_page_unless_it_is_asked_for(plymouth, known):
    found = read(FILE.encode(), plymouth, known).figures
    assert found[1].text(all_numbers=False) == "Fewer than 5" and found[1].text(all_numbers=True) == "3 children"
    assert found[5].text(all_numbers=False) == "Not shown: few children" and not found[5].of_how_many(all_numbers=False)
    assert found[0].text(all_numbers=False) == "412 families"


def test_three_weeks_tell_of_no_three_children(plymouth, known):
    content = "Indicator,Period,Figure,Unit\nUsual wait,2025,3,weeks\nOf every 10000,2025,2,per 10,000\n"
    content = content.replace("per 10,000", '"per 10,000"')
    assert not any(one.small for one in read(content.encode(), plymouth, known).figures)
