"""One SQLite database: the five tables, and "about"."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from extractor.columns import TABLES, Column, about_headers, batches, columns, json_text, plain_number
from extractor.errors import OutputError
from extractor.records import DocumentRecords
from extractor.writing.output import Output, about_rows
from extractor.writing.whole import whole_file

_TYPES = {"integer": "INTEGER", "flag": "INTEGER", "number": "NUMERIC"}
_INDEXED = ("doc_id", "entity_id", "person_id", "org_id", "subject_id")
_LARGEST = 2**63


def _number(value: Any) -> int | float | None:
    plain = plain_number(value)
    return float(plain) if isinstance(plain, int) and not -_LARGEST <= plain < _LARGEST else plain


_CELLS: Mapping[str, Callable[[Any], Any]] = {
    "text": str,
    "integer": int,
    "number": _number,
    "flag": int,
    "list": json_text,
    "json": json_text,
}


def write_sqlite(documents: Iterable[DocumentRecords], target: Path, output: Output) -> None:
    """Write the database ``target``: a table a table, indexed by its ids, and "about".

    Whole numbers are INTEGER, others REAL; lists and ``extra`` are JSON in TEXT, for SQLite's JSON
    functions; flags are 0 and 1.  Raises OutputError when it cannot be written.
    """
    with whole_file(target, force=output.force) as part:
        try:
            with closing(sqlite3.connect(part)) as database, database:
                _fill(database, documents, output)
        except sqlite3.Error as error:
            raise OutputError(
                f"{target}: cannot be written ({error}); check the place and its free space"
            ) from error


def _fill(database: sqlite3.Connection, documents: Iterable[DocumentRecords], output: Output) -> None:
    for table in TABLES:
        declared = ", ".join(_declared(column, output) for column in columns(table))
        database.execute(f"CREATE TABLE {table} ({declared})")
    for table, found in batches(documents):
        cells = [_CELLS[column.kind] for column in columns(table)]
        database.executemany(
            f"INSERT INTO {table} VALUES ({', '.join('?' * len(cells))})",
            ([cell(value) for cell, value in zip(cells, row, strict=True)] for row in found),
        )
    for table in TABLES:
        for column in columns(table):
            if column.name in _INDEXED:
                name = f"{table}_{column.name}"
                database.execute(f"CREATE INDEX {name} ON {table} ({_quoted(column.header(output.headers))})")
    _fill_about(database, output)


def _declared(column: Column, output: Output) -> str:
    return f"{_quoted(column.header(output.headers))} {_TYPES.get(column.kind, 'TEXT')}"


def _fill_about(database: sqlite3.Connection, output: Output) -> None:
    key, value = map(_quoted, about_headers(output.headers))
    database.execute(f"CREATE TABLE about ({key} TEXT, {value} TEXT)")
    database.executemany("INSERT INTO about VALUES (?, ?)", about_rows(output.about))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
