"""The shape of the project: who may import what, and what may stand where."""

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sendlib import questions
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
    done = subprocess.run([program], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_asks_and_draws_and_reads_nothing_that_is_held(page):
    """Pages and the view read no table, no store and no source; for the view import-linter says the same."""
    rooms = ("view", "questions", "pictures", "portrait", "answer", "service", "errors")
    allowed = ("streamlit", "collections.abc", "html", "sendlib.questions", *(f"sendlib.{room}" for room in rooms))
    outside = [name for name in imported(page) if not name.startswith(allowed)]
    assert not outside
    assert "open(" not in page.read_text("utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_begins_its_shell_before_anything_else(page):
    assert "shell = frame.begin" in page.read_text("utf-8")


def test_the_navigation_holds_exactly_the_pages_that_there_are():
    from sendlib.view import frame

    assert sorted(frame.PAGES) == [page.stem for page in PAGES]


def test_every_question_is_listed_and_has_its_page_and_its_pictures():
    """A question that somebody adds and forgets to list, or lists and gives no page, is found here."""
    folder = ROOT / "sendlib" / "questions"
    there = {path.stem for path in folder.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()} - {
        "__init__"
    }
    names = set(questions.names())
    assert names == there
    assert names <= {page.stem for page in PAGES}
    assert names <= {path.stem for path in (ROOT / "sendlib" / "pictures").glob("*.py")}


def test_every_choice_has_its_own_name_and_says_what_it_does():
    """All of them stand in one address, beside what every page has there."""
    choices = [choice for question in questions.QUESTIONS for choice in question.choices]
    names = [choice.name for choice in choices]
    assert len(set(names)) == len(names) and not set(names) & {"area", "vs", "mode", "open", "sort"}
    assert all(re.fullmatch(r"[a-z0-9_]+", name) for name in names)
    assert all(choice.help and choice.label for choice in choices)


def test_no_cache_of_a_process_holds_on_to_a_store():
    """What is made of a store hangs on it (store.kept_with_store); functools would keep the store alive."""
    for file in (ROOT / "sendlib").rglob("*.py"):
        text = file.read_text("utf-8")
        assert not re.search(r"@(lru_)?cache(\([^)]*\))?\ndef \w+\(\s*store\b", text), file


def test_no_module_hides_a_circle_between_our_own_modules():
    for file in (ROOT / "sendlib").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
                hidden = [getattr(inner, "module", "") or "" for inner in node.body]
                assert not [name for name in hidden if name.startswith("sendlib")], file


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
                named_by_package = node.name == "expected"  # described once, in sendlib/tables/definition.py
                assert ast.get_docstring(node) or named_by_package, f"{file.name}: {node.name} has no docstring"
