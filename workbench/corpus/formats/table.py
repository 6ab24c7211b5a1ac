"""CSV: one report a row, a column of text, the other columns as metadata."""

from __future__ import annotations

import io

import pandas as pd

from workbench.corpus.encodings import decode
from workbench.corpus.formats.extract import Extract
from workbench.errors import SeedError

TEXT_COLUMNS = (
    "full_text",
    "text",
    "content",
    "body",
    "正文",
    "全文",
    "内容",
    "文本",
    "报告全文",
    "报告内容",
)
_NAMES = {
    "省份": "province", "省": "province", "城市": "city", "市": "city", "区县": "county", "县": "county",
    "地区": "region", "年份": "year", "年": "year", "标题": "title", "日期": "date",
    "发布日期": "publish_date", "来源": "source", "网址": "source_url", "链接": "source_url",
}  # fmt: skip


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
    rows.columns = [_NAMES.get(str(column).strip().lower(), str(column).strip().lower()) for column in rows]
    column = next((column for column in TEXT_COLUMNS if column in rows), "")
    if not column:
        raise SeedError(
            f"{name}: expected a column of text ({', '.join(TEXT_COLUMNS[:4])} …), "
            f"found {', '.join(rows.columns) or 'none'}; rename the column that holds the report."
        )
    extracts = []
    for number, row in enumerate(rows.to_dict("records"), 1):
        metadata = {str(k): str(v).strip() for k, v in row.items() if k != column and str(v).strip()}
        extracts.append(Extract(str(row[column]), encoding, {**metadata, "row": str(number)}))
    return extracts
