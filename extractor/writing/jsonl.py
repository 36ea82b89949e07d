"""The machine output: JSON Lines, one document a line, numbers as JSON numbers; no pandas."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import IO, Any

from extractor.columns import columns, json_text
from extractor.records import DocumentRecords
from extractor.writing.output import Output
from extractor.writing.whole import whole_file

_PARTS = ("mentions", "entities", "roles", "statistics")


def to_line(records: DocumentRecords) -> str:
    """One document as one line of JSON, without the line end.

    Keys: id, document, mentions, entities, roles, statistics; below them the columns of the tables.
    """
    line: dict[str, object] = {
        "id": records.document.doc_id,
        "document": _object("documents", records.document),
    }
    for table in _PARTS:
        line[table] = [_object(table, record) for record in getattr(records, table)]
    return json_text(line)


def stream(documents: Iterable[DocumentRecords], file: IO[str]) -> None:
    """Write a line a document to ``file``, each as soon as it is there."""
    for records in documents:
        file.write(to_line(records) + "\n")


def write_jsonl(documents: Iterable[DocumentRecords], target: Path, output: Output) -> None:
    """Write ``target``, a line a document; raises OutputError when that cannot be done."""
    with (
        whole_file(target, force=output.force) as part,
        part.open("x", encoding="utf-8", newline="\n") as file,
    ):
        stream(documents, file)


@cache
def _fields(table: str) -> tuple[tuple[str, ...], attrgetter[Any]]:
    names = tuple(column.name for column in columns(table))
    return names, attrgetter(*names)


def _object(table: str, record: object) -> dict[str, object]:
    names, cells = _fields(table)
    return dict(zip(names, cells(record), strict=True))
