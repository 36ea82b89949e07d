"""A folder of Parquet files, one a table, with the declared types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.columns import TABLES, Column, columns, json_text, plain_number, rows
from extractor.records import DocumentRecords
from extractor.writing.delimited import folder_files, write_run
from extractor.writing.output import Output
from extractor.writing.whole import whole_folder

if TYPE_CHECKING:
    import pyarrow as pa

_CELLS: Mapping[str, Callable[[Any], Any]] = {
    "text": str,
    "integer": int,
    "number": lambda number: None if (plain := plain_number(number)) is None else float(plain),
    "flag": bool,
    "list": list,
    "json": json_text,
}


def write_parquet(documents: Iterable[DocumentRecords], target: Path, output: Output) -> None:
    """Write the folder ``target``: a Parquet file a table and run.json.

    Texts are strings, offsets and counts int64, numbers double, lists list<string>, ``extra`` a string
    of JSON.  Every file's metadata has what made it under the key "extractor".  Raises OutputError when
    it cannot be written.
    """
    from pyarrow import parquet

    kept = list(documents)
    with whole_folder(target, force=output.force, own=folder_files(".parquet")) as part:
        for table in TABLES:
            parquet.write_table(arrow_table(kept, table, output), part / f"{table}.parquet")
        write_run(part, output)


def arrow_table(documents: Iterable[DocumentRecords], table: str, output: Output) -> pa.Table:
    """``table`` as an Arrow table with the declared types."""
    import pyarrow as pa

    found = columns(table)
    cells = [_CELLS[column.kind] for column in found]
    data: list[list[Any]] = [[] for _ in found]
    for row in rows(documents, table):
        for values, cell, value in zip(data, cells, row, strict=True):
            values.append(cell(value))
    schema = pa.schema([_field(column, output) for column in found], {"extractor": json_text(output.about)})
    return pa.table(data, schema=schema)


def _field(column: Column, output: Output) -> pa.Field:
    import pyarrow as pa

    types = {"integer": pa.int64(), "number": pa.float64(), "flag": pa.bool_(), "list": pa.list_(pa.string())}
    return pa.field(column.header(output.headers), types.get(column.kind, pa.string()))
