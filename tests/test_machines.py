"""Machines of ordinary people: Windows' code pages and dates, no HOME, odd folders, folders that can not be written."""

import ast
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from sendlib import console
from tests.conftest import ROOT

FILES = [
    ROOT / "app.py",
    *(file for room in ("sendlib", "pages", "tests", "benchmarks") for file in (ROOT / room).rglob("*.py")),
]
WITH_A_MINUS = ("needs", "--area", "Plymouth")
"""An answer with a minus sign, which neither cp1252 nor cp850 has."""
BEYOND_ASCII = "\xe9" if sys.getfilesystemencoding() == "utf-8" else ""
"""A letter for names, where this machine can have it in them."""
SETTINGS_OF_A_PERSON = ("PYTHONIOENCODING", "PYTHONUTF8", "PYTHONCOERCECLOCALE", "LANG", "LC_ALL", "LC_CTYPE")


def command(*arguments: str, folder: Path = ROOT, without=(), before=(), **options) -> subprocess.CompletedProcess:
    """The command line in a process of its own; what it wrote as bytes."""
    environment = {name: value for name, value in os.environ.items() if name not in (*SETTINGS_OF_A_PERSON, *without)}
    environment |= options.pop("environment", {})
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
    words = [*before, sys.executable, "-m", "sendlib", *arguments]
    return subprocess.run(words, cwd=folder, env=environment, check=False, timeout=120, **options)


@cache
def parsed() -> list[tuple[Path, ast.AST]]:
    return [(file, node) for file in FILES for node in ast.walk(ast.parse(file.read_text("utf-8")))]


def nodes(kind) -> Iterator[tuple[Path, ast.AST]]:
    return ((file, node) for file, node in parsed() if isinstance(node, kind))


def test_no_date_is_written_in_a_way_that_windows_refuses():
    """`%-d` and its kind end a program on Windows; sendlib.provenance.spoken_date says a day in words."""
    wrong = re.compile(r"%(?:[-#_^][A-Za-z]|[EO][CdHImMSuUVwWxXyY]|[eklP]\b)")
    found = [
        (file.name, node.lineno, node.value)
        for file, node in nodes(ast.Constant)
        if isinstance(node.value, str) and wrong.search(node.value) and file != Path(__file__)
    ]
    # The docstrings that warn of it are prose.
    assert not [one for one in found if "Windows" not in one[2]]


def test_every_file_is_read_and_written_in_an_encoding_that_is_named():
    """Without one, Windows takes its code page."""
    wrong = []
    for file, node in nodes(ast.Call):
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        named = {keyword.arg for keyword in node.keywords}
        words = [one.value for one in node.args if isinstance(one, ast.Constant)]
        binary = any(isinstance(word, str) and "b" in word and len(word) <= 3 for word in words)
        as_text = (name == "read_text" and not node.args) or (name == "write_text" and len(node.args) < 2)
        as_text |= name == "open" and bool(words) and not binary and words[-1] in ("r", "w", "a", "x", "r+", "w+")
        as_text |= name == "open" and isinstance(node.func, ast.Name) and not binary
        as_text |= name in ("run", "Popen") and bool(named & {"text", "universal_newlines"})
        if as_text and "encoding" not in named:
            wrong.append(f"{file.relative_to(ROOT)}:{node.lineno} {name}")
    assert not wrong


def test_csv_has_the_same_lines_on_every_machine():
    """pandas ends lines as the machine does, and then the hash of the same rows differs."""
    calls = [(file, node) for file, node in nodes(ast.Call) if getattr(node.func, "attr", "") == "to_csv"]
    ours = [one for one in calls if "sendlib" in one[0].parts]
    assert ours
    wrong = [
        f"{file.name}:{node.lineno}"
        for file, node in ours
        if "lineterminator" not in {one.arg for one in node.keywords}
    ]
    assert not wrong


@pytest.mark.parametrize("page", ["cp1252", "ascii"])
def test_an_answer_is_whole_in_every_code_page(page):
    text = command("ask", *WITH_A_MINUS, environment={"PYTHONIOENCODING": page})
    assert (text.returncode, text.stderr) == (0, b"")
    said = text.stdout.decode(page)
    assert "Open Government Licence" in said and re.search(r"-\d", said) and "?1" not in said


def test_what_goes_to_a_file_is_utf_8_also_where_the_machine_has_another_code_page(tmp_path):
    """As on Windows: no setting names an encoding, and the machine's own has no minus sign."""
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    with (tmp_path / "answer.txt").open("wb") as file:
        assert command("ask", *WITH_A_MINUS, environment=plain, stdout=file).returncode == 0
    assert "\N{MINUS SIGN}" in (tmp_path / "answer.txt").read_text("utf-8")
    wrong = command("ask", "needs", "--area", f"B{BEYOND_ASCII}rmxngham", environment=plain)
    assert wrong.returncode == 2 and b"Did you mean: Birmingham" in wrong.stderr and b"Traceback" not in wrong.stderr


def test_json_through_a_pipe_is_ascii_which_every_code_page_reads_alike():
    found = command("ask", *WITH_A_MINUS, "--json").stdout
    assert found.isascii() and "\N{MINUS SIGN}" in json.dumps(json.loads(found), ensure_ascii=False)


def test_signs_that_an_encoding_lacks_are_written_in_plain_ones():
    console.prepare()
    found = io.TextIOWrapper(io.BytesIO(), "ascii", errors="sendlib.plain")
    found.write("\N{MINUS SIGN}2 to \N{POUND SIGN}5 in Sj\N{LATIN SMALL LETTER O WITH STROKE}n's caf\xe9 \udcff \u4e2d")
    found.flush()
    assert found.buffer.getvalue() == b"-2 to GBP 5 in Sjon's cafe ? ?"


def test_nothing_fails_where_there_is_no_output():
    """As under pythonw on Windows, or as a service."""
    nowhere = "import sys; sys.stdout = sys.stderr = None; from sendlib.__main__ import run_as_program as run; "
    words = "sys.argv[1:] = ['table', 'needs', '--area', '879', '--format', 'csv']; sys.exit(run())"
    assert subprocess.run([sys.executable, "-c", nowhere + words], cwd=ROOT, check=False).returncode == 0


def test_a_reader_who_has_seen_enough_ends_it_quietly():
    reader, writer = os.pipe()
    os.close(reader)
    done = command("table", "plans", "--format", "csv", stdout=writer)
    os.close(writer)
    assert (done.returncode, done.stderr.startswith(b"Traceback"), b"Exception" in done.stderr) == (0, False, False)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
def test_a_full_disk_is_told_of():
    with Path("/dev/full").open("wb") as full:
        done = command("tables", stdout=full)
    assert done.returncode == 1 and b"No space left" in done.stderr and b"Traceback" not in done.stderr


@pytest.fixture(scope="module")
def elsewhere():
    """The project in a folder with spaces, brackets and a letter beyond ASCII, of which nothing may be written."""
    with tempfile.TemporaryDirectory() as outer:
        Path(outer).chmod(0o755)
        folder = Path(outer) / f"x [a b] caf{BEYOND_ASCII}"
        for name in ("sendlib", "data_cache/snapshot"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", ".lock"))
        yield folder


def test_it_answers_in_any_folder_without_a_home(elsewhere):
    done = command("ask", "my_area", "--area", "Plymouth", folder=elsewhere, without=("HOME", "USERPROFILE"))
    assert (done.returncode, done.stderr) == (0, b"") and b"Plymouth" in done.stdout


def test_it_answers_where_nothing_can_be_written(elsewhere):
    for path in (*elsewhere.rglob("*"), elsewhere):
        path.chmod(0o555 if path.is_dir() else 0o444)
    # To an administrator nothing is read-only, as long as he keeps his privileges.
    plainly = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.access(elsewhere, os.W_OK) else []
    try:
        if plainly and not shutil.which("setpriv"):
            pytest.skip("this system can not take an administrator's privileges away for a test")
        tried = subprocess.run(
            [*plainly, sys.executable, "-c", "open('x', 'w', encoding='utf-8')"],
            cwd=elsewhere,
            check=False,
            capture_output=True,
        )
        assert b"PermissionError" in tried.stderr
        done = command("ask", "my_area", "--area", "Plymouth", folder=elsewhere, before=plainly)
    finally:
        for path in (elsewhere, *elsewhere.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
    assert (done.returncode, done.stderr) == (0, b"") and b"Plymouth" in done.stdout


def test_an_older_python_is_told_which_one_is_needed():
    older = "import sys; sys.version_info = (3, 10, 13); sys.argv[0] = 'sendlib'; import sendlib"
    done = subprocess.run([sys.executable, "-c", older], cwd=ROOT, check=False, capture_output=True)
    assert done.returncode == 1 and b"needs Python 3.11 to 3.14 (64-bit); this is Python 3.10" in done.stderr
