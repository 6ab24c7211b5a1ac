"""What each table is made from: code, lexicons and other tables, found in the code itself.

The properties of `Corpus` say which functions make a table and from which tables. What such a
function can reach by imports within the package is its code; the data files whose names stand in
that code are its lexicons. A table is made anew when one of these, a library or a table before it
has changed, and no other table is.
"""

from __future__ import annotations

import ast
import functools
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from workbench.run.provenance import PACKAGE, digest, versions

LEXICONS = PACKAGE / "lexicons"
DECORATOR = "table_property"


@dataclass(frozen=True)
class Stage:
    """How one table of a corpus is made: its code, its lexicons and the tables it is made from."""

    name: str
    inputs: tuple[str, ...]
    code: tuple[Path, ...]
    lexicons: tuple[Path, ...]

    @functools.cached_property
    def own_digest(self) -> str:
        """Digest of code and lexicons, without the tables before it."""
        return digest([(str(p.relative_to(PACKAGE)), _hash(p)) for p in (*self.code, *self.lexicons)])


@functools.cache
def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@functools.cache
def stages() -> Mapping[str, Stage]:
    """Return the stage of each table of a corpus, inputs first."""
    module = PACKAGE / "pipeline.py"
    tree = ast.parse(module.read_text(encoding="utf-8"))
    shared = dict(_imported_names(tree))
    corpus = next(n for n in tree.body if isinstance(n, ast.ClassDef) and n.name == "Corpus")
    bodies = {
        node.name: node
        for node in corpus.body
        if isinstance(node, ast.FunctionDef)
        and any(isinstance(d, ast.Name) and d.id == DECORATOR for d in node.decorator_list)
    }
    made = {}
    for table, node in bodies.items():
        used = [item for statement in node.body for item in ast.walk(statement)]
        names = {item.id for item in used if isinstance(item, ast.Name)}
        known = {**shared, **dict(_imported_names(node))}
        code = _reach({known[name] for name in names if name in known})
        inputs = sorted(
            {
                item.attr
                for item in used
                if isinstance(item, ast.Attribute) and item.attr in bodies and item.attr != table
            }
        )
        made[table] = Stage(table, tuple(inputs), tuple(sorted(code)), _lexicons(code))
    return made


@functools.cache
def stage_digest(name: str) -> str:
    """Return a digest of all that a table depends on, but for the documents."""
    stage = stages()[name]
    return digest(stage.own_digest, reader_digest(), versions(), [stage_digest(n) for n in stage.inputs])


@functools.cache
def reader_digest() -> str:
    """Return a digest of the code that turns files into texts."""
    reader = PACKAGE / "corpus" / "readers.py"
    return digest([_hash(path) for path in sorted(_reach({reader}))], versions())


def _imported_names(tree: ast.AST) -> Iterator[tuple[str, Path]]:
    """Yield each name imported from the package, with the file of its module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "workbench":
            for alias in node.names:
                file = _file_of(f"{node.module}.{alias.name}") or _file_of(node.module)
                if file is not None:
                    yield alias.asname or alias.name, file
        elif isinstance(node, ast.Import):
            for alias in node.names:
                file = _file_of(alias.name)
                if file is not None:
                    yield alias.asname or alias.name, file


def _file_of(module: str) -> Path | None:
    names = module.split(".")
    if names[0] != "workbench" or len(names) < 2:
        return None
    path = PACKAGE.joinpath(*names[1:])
    for candidate in (path.with_suffix(".py"), path / "__init__.py"):
        if candidate.is_file():
            return candidate
    return None


def _reach(start: set[Path]) -> set[Path]:
    """Return these files and all of the package that they import, directly or not."""
    found: set[Path] = set()
    ahead = list(start)
    while ahead:
        file = ahead.pop()
        if file not in found:
            found.add(file)
            ahead += _imports_of(file)
    return found


@functools.cache
def _imports_of(file: Path) -> tuple[Path, ...]:
    return tuple({path for _, path in _imported_names(ast.parse(file.read_text(encoding="utf-8")))})


def _lexicons(code: set[Path]) -> tuple[Path, ...]:
    """Return the data files that this code names, each with the others of its stem."""
    named = {word for file in code if file.parent != LEXICONS for word in _words_of(file)}
    files = [path for path in LEXICONS.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")]
    by_stem = {path.stem for path in files if path.suffix in (".csv", ".txt") and path.stem in named}
    return tuple(sorted(path for path in files if path.name in named or path.stem in by_stem))


@functools.cache
def _words_of(file: Path) -> frozenset[str]:
    constants = (n for n in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(n, ast.Constant))
    return frozenset(constant.value for constant in constants if isinstance(constant.value, str))
