"""Reads lexicons: a table or list of terms with a sidecar .toml that names source and version."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from workbench.errors import SeedError

FOLDER = Path(__file__).parent
TERM_COLUMNS = ("term", "frequency", "pos", "valid_from", "source", "note")
STOPWORD_LISTS = ("stopwords_function", "stopwords_genre")


@dataclass(frozen=True)
class Lexicon:
    """A lexicon as read: its rows, all as text, and where they come from.

    `table` has one row an item; lists (.txt) have the one column `item`. `line` in its index is the
    line of the file. `about` holds the sidecar, with at least `title`, `version` and `source`.
    """

    name: str
    path: Path
    sha256: str
    table: pd.DataFrame
    about: Mapping[str, Any]

    @property
    def version(self) -> str:
        """Version that the sidecar states."""
        return str(self.about["version"])

    @property
    def source(self) -> str:
        """Source that the sidecar states."""
        return str(self.about["source"])


def find_lexicon(name: str | Path) -> Path:
    """Return the file of a lexicon: a path as it is, or the name of one that is shipped.

    Raises
    ------
    SeedError
        There is no such file and no such shipped lexicon; the message lists those there are.
    """
    path = Path(name)
    if path.is_file():
        return path
    for candidate in (FOLDER / f"{name}.csv", FOLDER / f"{name}.txt"):
        if candidate.is_file():
            return candidate
    shipped = sorted({file.stem for ending in ("csv", "txt") for file in FOLDER.glob(f"*.{ending}")})
    raise SeedError(
        f"lexicon {str(name)!r}: expected a file or one of {', '.join(shipped)}; found neither; "
        "check the path or choose one of these."
    )


def read_lexicon(name: str | Path) -> Lexicon:
    """Read a shipped lexicon by name, or a file, with its sidecar.

    A file of the user's may lack the sidecar; version and source are then "not stated".

    Raises
    ------
    SeedError
        No such lexicon, not UTF-8, ragged rows, or a sidecar that is not TOML.
    """
    path = find_lexicon(name)
    content = path.read_bytes()
    text = decode(path, content)
    table = _read_table(path, text) if path.suffix == ".csv" else _read_list(text)
    return Lexicon(path.stem, path, hashlib.sha256(content).hexdigest(), table, _read_about(path))


def decode(path: Path, content: bytes) -> str:
    """Decode UTF-8, with or without a byte-order mark."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SeedError(
            f"{path}: expected UTF-8, found a byte that is not at {error.start}; save the file as UTF-8."
        ) from error


def _read_table(path: Path, text: str) -> pd.DataFrame:
    import csv
    import io

    reader = csv.reader(io.StringIO(text, newline=""))
    header = [name.strip() for name in next(reader, [])]
    rows, lines = [], []
    for row in reader:
        if not any(cell.strip() for cell in row) or row[0].startswith("#"):
            continue
        if len(row) != len(header):
            raise SeedError(
                f"{path} line {reader.line_num}: expected {len(header)} columns "
                f"({', '.join(header)}), found {len(row)}; quote cells that hold commas."
            )
        rows.append([cell.strip() for cell in row])
        lines.append(reader.line_num)
    return pd.DataFrame(rows, columns=header, index=pd.Index(lines, name="line"), dtype="str")


def _read_list(text: str) -> pd.DataFrame:
    items = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1)]
    kept = [(number, line) for number, line in items if line and not line.startswith("#")]
    return pd.DataFrame(
        {"item": [line for _, line in kept]},
        index=pd.Index([number for number, _ in kept], name="line", dtype="int64"),
        dtype="str",
    )


def _read_about(path: Path) -> dict[str, Any]:
    sidecar = path.with_suffix(".toml")
    unstated = {"title": path.stem, "version": "not stated", "source": "not stated"}
    if not sidecar.is_file():
        return unstated
    try:
        return unstated | tomllib.loads(decode(sidecar, sidecar.read_bytes()))
    except tomllib.TOMLDecodeError as error:
        raise SeedError(f"{sidecar}: expected TOML, found an error: {error}; correct it.") from error


def read_terms(name: str | Path = "policy_terms") -> pd.DataFrame:
    """Read the terms that a segmenter shall keep whole.

    Parameters
    ----------
    name : str or Path
        A shipped lexicon; a CSV with a column `term` (the others of TERM_COLUMNS may be missing);
        or a .txt in jieba's form, `word [frequency] [pos]` a line, as `jieba.load_userdict` reads.

    Returns
    -------
    DataFrame
        One row a term: term, frequency (Int64, per jieba's dictionary of 60,101,967; missing where
        the file has none), pos, valid_from (year of the first known use, as text), source, note.

    Raises
    ------
    SeedError
        A term that is empty, holds a blank or stands twice, or a frequency that is no whole number
        of at least 1; all such lines are listed.
    """
    lexicon = read_lexicon(name)
    table = lexicon.table
    if lexicon.path.suffix != ".csv":
        table = split_lines(table["item"])
    elif "term" not in table.columns:
        raise SeedError(
            f"{lexicon.path}: expected a column 'term', found {', '.join(table.columns)}; "
            "name the column of the terms so."
        )
    for column in TERM_COLUMNS:
        if column not in table.columns:
            table[column] = ""
    faults = list(_find_faults(table))
    if faults:
        raise SeedError(
            f"{lexicon.path}: expected one term a line with a frequency of at least 1 or none, "
            f"found {'; '.join(faults[:10])}{' …' if len(faults) > 10 else ''}; correct these lines."
        )
    terms = table[list(TERM_COLUMNS)].reset_index(drop=True)
    terms["frequency"] = pd.to_numeric(terms["frequency"].replace("", None)).astype("Int64")
    return terms


def split_lines(lines: pd.Series) -> pd.DataFrame:
    """Part `word frequency pos`, of which the last two may be missing, as jieba does."""
    return lines.str.extract(r"^(?P<term>.+?)(?: +(?P<frequency>-?[0-9]+))?(?: +(?P<pos>[a-z]+))?$").fillna(
        ""
    )


def _find_faults(table: pd.DataFrame) -> Iterator[str]:
    repeated = table["term"].duplicated()
    for line, term, frequency in table[["term", "frequency"]].itertuples():
        if not term:
            yield f"line {line}: no term"
        elif any(character.isspace() for character in term):
            yield f"line {line}: a blank in {term!r}"
        elif repeated[line]:
            yield f"line {line}: {term} again"
        if frequency and not is_frequency(frequency):
            yield f"line {line}: the frequency {frequency!r}"


def is_frequency(text: str) -> bool:
    """Say whether a cell is a frequency that a dictionary can hold: a whole number of at least 1."""
    return text.isdecimal() and int(text) > 0


def read_stopwords(*names: str | Path) -> frozenset[str]:
    """Read stop words from one or more lists; by default both shipped ones.

    `stopwords_function` holds words of grammar (的, 和, 在 …), `stopwords_genre` formulae of the
    genre (各位代表, 进一步, 加快 …), which a study of style must not leave out.
    """
    return frozenset(
        item for name in names or STOPWORD_LISTS for item in read_lexicon(name).table.iloc[:, 0] if item
    )
