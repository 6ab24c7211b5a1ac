"""What a table is: its row, key and columns with their types, codes and units; and its check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbench.errors import TableError


@dataclass(frozen=True)
class Column:
    """One column: its type, what it means, its unit and, where closed, its codes."""

    dtype: str
    meaning: str
    unit: str = ""
    codes: tuple[str, ...] = ()
    nullable: bool = False


@dataclass(frozen=True)
class Table:
    """A declared table: one `row` per what, unique by `key`, with these `columns` in this order."""

    name: str
    row: str
    key: tuple[str, ...]
    columns: Mapping[str, Column]

    def empty(self) -> pd.DataFrame:
        """Return the table without rows, with its columns typed."""
        return pd.DataFrame({name: pd.Series(dtype=c.dtype) for name, c in self.columns.items()})

    def frame(self, records: Iterable[Mapping[str, Any]] | Iterable[Sequence[Any]]) -> pd.DataFrame:
        """Build the checked table from records (mappings, or sequences in column order)."""
        rows = list(records)
        frame = pd.DataFrame(rows, columns=list(self.columns)) if rows else self.empty()
        return self.check(frame)

    def check(self, frame: pd.DataFrame, *, keys: bool = True) -> pd.DataFrame:
        """Return `frame` with this table's columns, order and types, or say what is wrong.

        Parameters
        ----------
        frame : DataFrame
            Has at least the declared columns; others are refused.
        keys : bool
            Also check that the key is unique (costs a hash of the key columns).

        Raises
        ------
        TableError
            Columns missing or unknown, a type that cannot be had, a code that is not declared,
            an empty value where none is allowed, a repeated key.
        """
        self._check_names(frame)
        typed = frame[list(self.columns)].reset_index(drop=True)
        typed = typed.astype({n: c.dtype for n, c in self.columns.items() if str(typed[n].dtype) != c.dtype})
        self._check_values(typed)
        if keys and self.key and typed.duplicated(list(self.key)).any():
            row = typed[typed.duplicated(list(self.key), keep=False)].iloc[0]
            raise TableError(
                f"table {self.name}: the key {', '.join(self.key)} is repeated, "
                f"first at {dict(row[list(self.key)])}; each {self.row} has one row."
            )
        return typed

    def _check_names(self, frame: pd.DataFrame) -> None:
        missing = [name for name in self.columns if name not in frame.columns]
        unknown = [str(name) for name in frame.columns if name not in self.columns]
        if missing or unknown:
            raise TableError(
                f"table {self.name}: expected the columns {', '.join(self.columns)}; "
                f"missing: {', '.join(missing) or 'none'}; unknown: {', '.join(unknown) or 'none'}."
            )

    def _check_values(self, frame: pd.DataFrame) -> None:
        import pandera.errors

        try:
            self.schema().validate(frame, lazy=True)
        except pandera.errors.SchemaErrors as error:
            first = error.failure_cases.iloc[0]
            raise TableError(
                f"table {self.name}, column {first['column']}: found {first['failure_case']!r}, "
                f"which breaks {first['check']} ({len(error.failure_cases)} such cases)."
            ) from error

    def schema(self) -> Any:
        """Return the declaration as a pandera ``DataFrameSchema`` (imported here: it takes a second)."""
        import pandera.pandas as pandera

        return pandera.DataFrameSchema(
            {
                name: pandera.Column(
                    None,
                    checks=[pandera.Check.isin([*c.codes, *([""] if c.nullable else [])])] if c.codes else [],
                    nullable=c.nullable,
                    title=c.meaning,
                    metadata={"unit": c.unit},
                )
                for name, c in self.columns.items()
            },
            name=self.name,
            strict=True,
            ordered=True,
        )
