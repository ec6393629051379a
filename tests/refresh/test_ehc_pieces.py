"""The large files of a release are cut into pieces on disk; one that is not whole goes to its reader as it is."""

import pytest

from sendlib.refresh import ehc_pieces

HEADER = b"time_period,old_la_code,la_name,breakdown_topic,plans,plans_pc\n"
ROWS = (
    b'202425,879,Plymouth,All plans,5,"1,0"\n'
    b"202526,999,St. Newtown \xc3\xa0 la Mer,All plans,7,2\n"
    b"202425,879,Plymouth,Sex,3,60\n"
)


@pytest.fixture
def written(tmp_path):
    def write(content):
        path = tmp_path / "caseload.csv"
        path.write_bytes(content)
        return path

    return write


def test_each_period_is_a_file_of_its_own_with_the_header_and_without_percentages(written, tmp_path):
    older, newer = ehc_pieces.by_period(written(HEADER + ROWS))
    assert older == (
        b"time_period,old_la_code,la_name,breakdown_topic,plans\n"
        b"202425,879,Plymouth,All plans,5\n202425,879,Plymouth,Sex,3\n"
    )
    assert b"St. Newtown \xc3\xa0 la Mer" in newer and b"202425" not in newer
    assert [path.name for path in tmp_path.iterdir()] == ["caseload.csv"]


def test_a_mark_of_utf8_before_the_header_is_no_part_of_it(written):
    assert len(list(ehc_pieces.by_period(written(b"\xef\xbb\xbf" + HEADER + ROWS)))) == 2


def test_totals_are_the_rows_of_topics_that_begin_with_all(written):
    assert ehc_pieces.totals(written(HEADER + ROWS)).count(b"All plans") == 2
    assert b"Sex" not in ehc_pieces.totals(written(HEADER + ROWS))


@pytest.mark.parametrize(
    "content",
    [
        HEADER + ROWS + b"202425,879,Plym",
        HEADER.replace(b"time_period", b"year") + ROWS,
        HEADER + b"".join(b"%d,879,Plymouth,Sex,3,60\n" % year for year in range(1000, 2000)),
        b"",
    ],
    ids=["cut short", "no periods", "a thousand periods", "empty"],
)
def test_a_file_that_can_not_be_cut_goes_to_its_reader_as_it_is(written, content):
    assert list(ehc_pieces.by_period(written(content))) == [content]


def test_a_file_tells_the_name_of_an_authority_by_its_code(written):
    assert ehc_pieces.names_of(written(HEADER + ROWS), {"999"}) == {"999": "St. Newtown à la Mer"}
    assert ehc_pieces.names_of(written(b"a,b\n1,2\n"), {"999"}) == {}
