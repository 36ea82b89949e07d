"""A folder of Parquet files, one a table, with the declared types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.columns import TABLES, Column, Row, batches, columns, json_text, plain_number
from extractor.records import DocumentRecords
from extractor.writing.delimited import folder_files, write_run
from extractor.writing.output import Output
from extractor.writing.whole import whole_folder

if TYPE_CHECKING:
    import pyarrow as pa

# Rows a row group: large enough to compress well, small beside the memory that anybody has.
_GROUP = 50_000

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
    from pyarrow.parquet import ParquetWriter

    schemas = {table: arrow_schema(table, output) for table in TABLES}
    with whole_folder(target, force=output.force, own=folder_files(".parquet")) as part, ExitStack() as files:
        writers = {
            table: files.enter_context(ParquetWriter(part / f"{table}.parquet", schema))
            for table, schema in schemas.items()
        }
        for table, found in batches(documents, size=_GROUP):
            writers[table].write_table(_arrow_table(table, found, schemas[table]))
        write_run(part, output)


def arrow_schema(table: str, output: Output) -> pa.Schema:
    """The declared types of ``table``, and what made it."""
    import pyarrow as pa

    return pa.schema(
        [_field(column, output) for column in columns(table)], {"extractor": json_text(output.about)}
    )


def _arrow_table(table: str, found: list[Row], schema: pa.Schema) -> pa.Table:
    import pyarrow as pa

    cells = [_CELLS[column.kind] for column in columns(table)]
    data = [
        [cell(value) for value in values]
        for cell, values in zip(cells, zip(*found, strict=True), strict=True)
    ]
    return pa.table(data, schema=schema)


def _field(column: Column, output: Output) -> pa.Field:
    import pyarrow as pa

    types = {"integer": pa.int64(), "number": pa.float64(), "flag": pa.bool_(), "list": pa.list_(pa.string())}
    return pa.field(column.header(output.headers), types.get(column.kind, pa.string()))
