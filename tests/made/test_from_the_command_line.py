"""A table from the command line, as a user meets it."""

import csv
import io
import zipfile

from sendlib.__main__ import main


def run(capsys, *arguments):
    status = main(["make", *arguments])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def test_a_table_is_printed_with_its_rows_and_its_source(capsys):
    status, out, told = run(
        capsys, "plans", "--area", "Plymouth", "--areas", "here,near", "--periods", "2024-01..2025-01"
    )
    rows = list(csv.DictReader(io.StringIO(out)))
    assert status == 0 and len(rows) == 11 and rows[0]["Area"] == "Plymouth" and rows[0]["January 2025"] == "3081"
    assert "This makes 11 rows." in told and "Open Government Licence v3.0" in told


def test_a_file_is_written_in_the_kind_that_was_asked_for(capsys, tmp_path):
    asked = ("needs", "--areas", "879", "--where", "need=asd,semh", "--where", "characteristic=sex")
    assert run(capsys, *asked, "--to", str(tmp_path / "needs.csv"))[0] == 0
    assert len((tmp_path / "needs.csv").read_text("utf-8-sig").splitlines()) == 1 + 2 * 2
    run(capsys, *asked, "--format", "xlsx", "--to", str(tmp_path / "needs.xlsx"))
    run(capsys, *asked, "--format", "csv", "--to", str(tmp_path / "needs.zip"))
    assert zipfile.is_zipfile(tmp_path / "needs.xlsx") and zipfile.is_zipfile(tmp_path / "needs.zip")


def test_what_there_is_not_is_told_and_nothing_is_made(capsys):
    for asked, said in (
        (("nothing",), "No table can be made of 'nothing'. There are: plans,"),
        (("plans", "--where", "measure=foo"), "Measure: 'foo' is not offered here."),
        (("plans", "--where", "measure"), "is not a column, an equals sign and values"),
        (("plans", "--periods", "1999"), "This table has no figures of '1999'."),
        (("plans", "--areas", "Atlantis"), "There is no area 'Atlantis' in this table."),
    ):
        status, out, told = run(capsys, *asked)
        assert status == 2 and not out and said in told, asked
