"""The benchmarks can be run: every name that they take from this project exists.

So do the names in the snippets which they hand to a fresh Python. They are not run by the tests, so that
without this a module that moved would be noticed only by whoever measures next.
"""

import ast
import importlib
import importlib.util
from collections.abc import Iterator

import pytest

from tests.conftest import ROOT

OURS = ("sendlib", "benchmarks", "tests")
FILES = sorted((ROOT / "benchmarks").glob("*.py"))


def programs(file) -> Iterator[ast.Module]:
    """The module itself, and each text in it that is a program of its own."""
    module = ast.parse(file.read_text("utf-8"))
    yield module
    for node in ast.walk(module):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and "import " in node.value
            and "\n" in node.value
        ):
            try:
                yield ast.parse(node.value)
            except SyntaxError:  # a docstring that speaks of imports
                continue


def taken(program: ast.Module) -> Iterator[tuple[str, str]]:
    """(module, name) of what is taken from this project; no name where a whole module is."""
    for node in ast.walk(program):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names if alias.name.split(".")[0] in OURS)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in OURS:
            yield from ((node.module, alias.name) for alias in node.names)


def exists(module: str, name: str) -> bool:
    """Whether a name is an attribute of a module, or a module within it."""
    held = importlib.import_module(module)
    return hasattr(held, name) or hasattr(held, "__path__") and importlib.util.find_spec(f"{module}.{name}") is not None


NAMES = sorted({(file.name, *found) for file in FILES for program in programs(file) for found in taken(program)})


@pytest.mark.parametrize(("file", "module", "name"), NAMES)
def test_what_the_benchmarks_take_from_the_project_exists(file, module, name):
    assert importlib.util.find_spec(module), f"{file} takes {name} from {module}, which is not there"
    assert not name or exists(module, name), f"{file} takes {name} from {module}, which has no such name"


def test_the_snippets_are_read_and_a_name_that_moved_is_noticed():
    assert ("__main__.py", "sendlib.questions.looking_ahead", "expected_children") in NAMES
    assert ("nhs.py", "sendlib.sources", "nhs_long") in NAMES
    assert not exists("sendlib.questions", "expected_children")
