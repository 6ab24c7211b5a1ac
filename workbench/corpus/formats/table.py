"""CSV: one report a row, a column of text, the other columns as metadata."""

from __future__ import annotations

import io

import pandas as pd

from workbench.corpus.encodings import decode
from workbench.corpus.formats.extract import Extract, names
from workbench.errors import SeedError


def read_csv(data: bytes, name: str) -> list[Extract]:
    """Return one text a row; columns with Chinese names are given their English ones.

    Raises
    ------
    SeedError
        No column of text, or no table.
    """
    text, encoding = decode(data, name=name)
    separator = "\t" if text.partition("\n")[0].count("\t") > text.partition("\n")[0].count(",") else ","
    try:
        rows = pd.read_csv(io.StringIO(text), sep=separator, dtype=str, keep_default_na=False)
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise SeedError(
            f"{name}: expected a table with one report a row, found none ({error}); save it again as CSV."
        ) from error
    english, texts = names("table")["names"], names("table")["text"]
    columns = [str(column).strip().lower() for column in rows]
    rows.columns = [english.get(column, column) for column in columns]
    column = next((column for column in texts if column in rows), "")
    if not column:
        raise SeedError(
            f"{name}: expected a column of text ({', '.join(texts[:4])} …), "
            f"found {', '.join(rows.columns) or 'none'}; rename the column that holds the report."
        )
    extracts = []
    for number, row in enumerate(rows.to_dict("records"), 1):
        metadata = {str(k): str(v).strip() for k, v in row.items() if k != column and str(v).strip()}
        extracts.append(Extract(str(row[column]), encoding, {**metadata, "row": str(number)}))
    return extracts
