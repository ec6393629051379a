"""The shape of the project: who may import what, and what may stand where."""

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

PAGES = sorted((ROOT / "pages").glob("*.py"))


def imported(file: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def test_data_moves_one_way():
    command = Path(sys.executable).with_name("lint-imports")
    program = str(command) if command.exists() else shutil.which("lint-imports")
    assert program, "import-linter is not installed; see the README's test command"
    done = subprocess.run([program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_asks_and_draws_and_opens_no_file(page):
    allowed = ("streamlit", "pandas", "collections.abc", "html", *(f"sendlib.{part}" for part in ("view", "questions", "catalogue", "tables", "areas", "store", "errors")))
    outside = [name for name in imported(page) if not name.startswith(allowed) and name not in ("sendlib.catalogue", "sendlib.questions")]
    assert not outside
    assert "open(" not in page.read_text("utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_begins_its_shell_before_anything_else(page):
    assert "shell = frame.begin_page(" in page.read_text("utf-8")


def test_the_navigation_holds_exactly_the_pages_that_there_are():
    from sendlib.view import frame

    assert sorted(frame.PAGES) == [page.stem for page in PAGES]


def test_no_file_names_a_path_of_somebodys_machine():
    wrong = re.compile(r"(?<![\w.])/(home|root|work|tmp|Users)/\w")
    files = [file for file in ROOT.rglob("*") if file.suffix in {".py", ".toml", ".md", ".txt", ".json", ".yml"}]
    for file in files:
        if ".venv" in file.parts or "node_modules" in file.parts or file.name == Path(__file__).name:
            continue
        assert not wrong.search(file.read_text("utf-8")), file


def test_every_public_function_says_what_it_does():
    for file in (ROOT / "sendlib").rglob("*.py"):
        tree = ast.parse(file.read_text("utf-8"))
        assert ast.get_docstring(tree), f"{file} has no docstring"
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                named_by_package = node.name == "expected"  # described once, in sendlib/tables/__init__.py
                assert ast.get_docstring(node) or named_by_package, f"{file.name}: {node.name} has no docstring"
