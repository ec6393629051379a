"""`python -m sendlib link`: two lists of an authority at its own desk. All of them here are MADE UP."""

import os
import subprocess
import sys

import openpyxl
import pandas as pd
import pytest

from sendlib.__main__ import main
from sendlib.linking import engine
from sendlib.linking.desk import files as reading
from sendlib.linking.desk import layout, records, run
from sendlib.linking.desk.layout import Layout, ListRefused
from sendlib.store import SNAPSHOT
from tests.conftest import ROOT

AS_IT_IS = Layout({})
HEAD = "ID,Forename,Surname,DOB,Postcode\n"
needs_splink = pytest.mark.skipif(not engine.is_there(), reason="Splink is not installed (requirements-link.txt)")


def everything_in(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def prepared(tmp_path, content, name="list.csv", asked=AS_IT_IS):
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    to = tmp_path / "prepared.parquet"
    return records.prepared(file, asked, to), pd.read_parquet(to)


@needs_splink
def test_pairs_and_a_report_are_written_and_nothing_else_anywhere(files, tmp_path):
    """In a process of its own, whose home, working folder and folder for temporary files are looked through."""
    watched = {name: tmp_path / name for name in ("home", "here", "temporary")}
    for folder in watched.values():
        folder.mkdir()
    before = everything_in(files)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    environment |= {"HOME": str(watched["home"]), "TMPDIR": str(watched["temporary"])}
    lists = ["--left", files / "education.csv", "--right", files / "health.parquet", "--to", files / "out"]
    command = [sys.executable, "-m", "sendlib", "link", *map(str, lists), "--group", "Ward"]
    done = subprocess.run(
        command, cwd=watched["here"], env=environment, capture_output=True, encoding="utf-8", timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    made = {path.name for path in (files / "out").iterdir()}
    assert made == {run.PAIRS, run.REPORT, run.NUMBERS} and len(everything_in(files) - before) == 1 + len(made)
    assert {name: everything_in(folder) for name, folder in watched.items()} == {name: set() for name in watched}
    assert "of 400 records linked" in done.stdout


@needs_splink
def test_the_links_are_those_of_the_truth_and_the_report_adds_up(files, two_lists, capsys):
    out = files / "out"
    lists = ["--left", str(files / "education.csv"), "--right", str(files / "health.parquet"), "--to", str(out)]
    assert main(["link", *lists, "--group", "Ward"]) == 0
    pairs = pd.read_csv(out / run.PAIRS)
    links = pairs[pairs["State"].eq("link")]
    truth = two_lists.truth.set_index("unique_id")["health_id"]
    right = links["Left identifier"].map(truth).eq(links["Right identifier"])
    assert right.mean() > 0.97 and right.sum() > 0.95 * truth.ne("").sum()
    told = pd.read_csv(out / run.NUMBERS).set_index(["Part", "What"])["Number"]
    assert int(told["Links", "Linked"]) == len(links) and told["Left list", "Records"] == "400"
    assert sum(int(count) for count in told["Links by certainty"]) == len(links)
    assert told["Match rate by Ward", "Tiny"] == "fewer than 5 records"
    page = (out / run.REPORT).read_text("utf-8")
    assert f"{len(links)} of 400 records in education.csv are linked" in " ".join(page.split())
    names = set(two_lists.education["surname"]) | set(two_lists.education["unique_id"])
    assert not [name for name in names if name in page] and "http" not in page
    # Written before, and only replaced when that is asked for; then to the same bytes.
    first = {file.name: file.read_bytes() for file in out.iterdir()}
    assert main(["link", *lists, "--group", "Ward"]) == 1 and "--replace" in capsys.readouterr().err
    assert main(["link", *lists, "--group", "Ward", "--replace"]) == 0
    assert first == {file.name: file.read_bytes() for file in out.iterdir()}


@pytest.mark.parametrize(
    "place", [SNAPSHOT, SNAPSHOT.parent / "new", ROOT / "static" / "x"], ids=lambda path: path.name
)
def test_nothing_is_written_where_the_app_keeps_its_own(files, place, capsys):
    lists = ["--left", str(files / "education.csv"), "--right", str(files / "health.parquet")]
    if engine.is_there():
        assert main(["link", *lists, "--to", str(place)]) == 1
        assert "never holds a list of people" in capsys.readouterr().err
    assert not (place / run.PAIRS).exists() and not (ROOT / "static" / "x").exists()


@needs_splink
def test_a_list_that_is_refused_leaves_no_folder_behind(files, capsys):
    (files / "education.csv").write_text(f"{HEAD}1,A,B,01/02/2015,\n1,A,B,01/02/2015,\n", "utf-8")
    lists = ["--left", str(files / "education.csv"), "--right", str(files / "health.parquet")]
    assert main(["link", *lists, "--to", str(files / "deep" / "out")]) == 1
    assert "rows 2 and 3: the same identifier" in capsys.readouterr().err
    assert not (files / "deep").exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_is_read_as_excel_and_others_write_it(tmp_path, encoding, separator):
    lines = f"{HEAD}7,Zo\xeb,O'Hara-N\xfa\xf1ez,9/3/15,pl1 2ab\n\n".replace(",", separator).replace("\n", "\r\n")
    counted, made = prepared(tmp_path, lines.encode(encoding))
    assert counted.records == 1
    row = made.iloc[0]
    assert (row["unique_id"], row["forename"], row["surname"]) == ("7", "zoe", "o'hara-nunez")
    assert (row["dob"], row["postcode"], row["row"]) == ("2015-03-09", "PL12AB", 2)


def test_a_workbook_and_parquet_give_the_same_records_with_dates_as_dates(tmp_path):
    day = pd.Timestamp("2015-03-09")
    book = openpyxl.Workbook()
    for row in (("UPN", "First name", "Family name", "Date of birth"), (7.0, "Zoe", "Moss", day.to_pydatetime())):
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    held = pd.DataFrame({"UPN": [7], "First name": ["Zoe"], "Family name": ["Moss"], "Date of birth": [day]})
    held.to_parquet(tmp_path / "list.parquet")
    made = []
    for name in ("list.xlsx", "list.parquet"):
        records.prepared(tmp_path / name, Layout({}), tmp_path / "made.parquet")
        made.append(pd.read_parquet(tmp_path / "made.parquet"))
    assert made[0].equals(made[1]) and made[0]["dob"][0] == "2015-03-09" and made[0]["unique_id"][0] == "7"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("Forename,Surname,DOB\nA,B,01/02/2015\n", "no column was found for id. Name it: id=HEADING"),
        (f"{HEAD}1,A,B,01/02/2015,PL1 2AB,extra\n", "row 2: it has 6 cells, and the first row 5"),
        (f"{HEAD}1,A,B,01/02/2015,\n,C,D,01/02/2015,\n", "row 3: there is no identifier"),
        (f"{HEAD}=1+1,A,B,01/02/2015,\n", "row 2: the identifier begins with a sign"),
        (f"{HEAD}1,A,B,02/29/2015,\n2,C,D,13/13/2015,\n", "column of the dob: 2 of 2 cells can not be read (rows 2, 3"),
        (f'{HEAD}1,"A,B,01/02/2015,\n', "row 2: a cell is too long, or begins with a quotation mark"),
        (HEAD, "there is no row under the headings"),
        ("ID,Forename,Surname,DOB,Date of birth\n1,A,B,1/2/15,1/2/15\n", "could both be the dob"),
        (b"PK\x03\x04", "no column was found"),
    ],
)
def test_what_is_wrong_is_named_by_row_and_column_and_no_cell_is_repeated(tmp_path, content, said):
    with pytest.raises(ListRefused) as error:
        prepared(tmp_path, content)
    assert said in str(error.value)
    assert "2015" not in str(error.value).replace("31/12/2015", "").replace("2015-12-31", "").replace(
        "December 2015", ""
    )


def test_a_few_dates_that_can_not_be_read_are_counted_and_the_rest_is_linked(tmp_path):
    rows = "".join(f"{number},A,B,{'31/02/2015' if number == 3 else '01/02/2015'},\n" for number in range(1, 6))
    counted, made = prepared(tmp_path, HEAD + rows)
    assert counted.unreadable["dob"] == 1 and counted.rows["dob"] == [4] and counted.empty["postcode"] == 5
    assert made["dob"].isna().sum() == 1


def test_columns_are_named_by_options_or_by_a_small_file(tmp_path):
    asked = layout.of_options(["id=Ref", "surname=Nachname"], ["Ward"])
    counted, made = prepared(tmp_path, "Ref,Forename,Nachname,DOB,Ward\nx,A,B,1/2/15,North\n", asked=asked)
    assert made["surname"][0] == "b" and made["group_0"][0] == "North" and counted.groups == ("Ward",)
    (tmp_path / "columns.toml").write_text('[left]\nid = "Ref"\ngroups = ["Ward"]\n[right]\nid = "NHS"\n', "utf-8")
    held = layout.of_file(tmp_path / "columns.toml")
    assert held["left"] == Layout({"id": "Ref"}, ("Ward",)) and held["right"] == Layout({"id": "NHS"})


def test_a_file_is_read_row_by_row(tmp_path):
    file = tmp_path / "long.csv"
    file.write_text(HEAD + "1,A,B,1/2/15,\n" * 5, "utf-8")
    with reading.opened(file, Layout({})) as held:
        assert next(held.rows)[0] == 2


def test_no_page_reaches_what_reads_lists():
    """The web app never takes a real list: nothing that it draws imports the room of the desk."""
    for file in [*(ROOT / "sendlib" / "view").rglob("*.py"), *(ROOT / "pages").glob("*.py")]:
        assert "linking.desk" not in file.read_text("utf-8"), file
