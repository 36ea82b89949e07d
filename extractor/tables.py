"""Records → DataFrames: five tables whose columns and dtypes never depend on what was found.

Numbers are Float64 here, exact for whole numbers below 2**53; JSON Lines, CSV and SQLite carry whole
numbers of any size.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

from extractor.columns import TABLES, Column, Headers, columns, json_text, plain_number, rows
from extractor.records import DocumentRecords

DTYPES: Mapping[str, str] = MappingProxyType(
    {
        "text": "string",
        "integer": "Int64",
        "number": "Float64",
        "flag": "boolean",
        "list": "object",
        "json": "string",
    }
)

_CELLS: Mapping[str, Callable[[Any], Any]] = MappingProxyType(
    {"number": plain_number, "list": list, "json": json_text}
)


def frames(documents: Iterable[DocumentRecords], headers: Headers = "en") -> dict[str, pd.DataFrame]:
    """The five tables by name: documents, mentions, entities, roles, statistics.

    Columns are those of ``schema``, in its order; an empty table has them too.
    """
    kept = list(documents)
    return {table: frame(kept, table, headers) for table in TABLES}


def frame(documents: Iterable[DocumentRecords], table: str, headers: Headers = "en") -> pd.DataFrame:
    """One table, a row a record, in the order of the documents and of the text.

    Entities are one row an entity over all documents.
    """
    data = list(zip(*rows(documents, table), strict=True)) or [() for _ in columns(table)]
    named = zip(columns(table), data, strict=True)
    return pd.DataFrame({column.header(headers): _series(column, values) for column, values in named})


def schema(table: str) -> pd.DataFrame:
    """What the columns of ``table`` are: name, dtype, Chinese header, description."""
    found = [(c.name, DTYPES[c.kind], c.zh, c.description) for c in columns(table)]
    return pd.DataFrame(found, columns=["column", "dtype", "zh", "description"], dtype="string")


def _series(column: Column, values: Iterable[Any]) -> pd.Series[Any]:
    cell = _CELLS.get(column.kind)
    return pd.Series([cell(value) for value in values] if cell else list(values), dtype=DTYPES[column.kind])
