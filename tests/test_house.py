"""The house rules: imports run downwards, rooms stay small, everything public is documented."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "workbench"
LEVELS = {
    "errors": 0,
    "places": 0,
    "declaration": 1,
    "tables": 2,
    "lexicons": 3,
    "corpus": 4,
    "store": 5,
    "measures": 5,
    "targets": 5,
    "pipeline": 6,
    "display": 7,
    "run": 8,
    "cli": 9,
    "__main__": 10,
}
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if p != PACKAGE / "__init__.py")


def room(module):
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(module):
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("workbench."):
            yield node.module.split(".")[1]
        elif isinstance(node, ast.ImportFrom) and node.module == "workbench":
            yield from (alias.name for alias in node.names if alias.name in LEVELS)
        elif isinstance(node, ast.Import):
            yield from (a.name.split(".")[1] for a in node.names if a.name.startswith("workbench."))


@pytest.mark.parametrize("module", MODULES, ids=lambda m: str(m.relative_to(PACKAGE)))
def test_imports_run_downwards(module):
    here = room(module)
    for imported in imported_rooms(module):
        assert imported == here or LEVELS[imported] < LEVELS[here], f"{here} imports {imported}"


@pytest.mark.parametrize("module", MODULES, ids=lambda m: str(m.relative_to(PACKAGE)))
def test_rooms_stay_small(module):
    source = module.read_text("utf-8")
    assert len(source.splitlines()) <= 300
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            docstring = ast.get_docstring(node, clean=False) or ""
            lines = node.end_lineno - node.lineno - docstring.count("\n")
            assert lines <= 40, f"{node.name} has {lines} lines"


def test_public_names_are_documented_and_exist():
    import workbench

    for name in workbench.__all__:
        assert getattr(workbench, name).__doc__, name
