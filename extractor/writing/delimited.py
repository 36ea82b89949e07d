"""A folder of CSV files, one a table, that a spreadsheet opens right and safely."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.columns import TABLES, Row, batches, columns, json_text, plain_number
from extractor.records import DocumentRecords
from extractor.writing.output import Output
from extractor.writing.whole import whole_folder

if TYPE_CHECKING:
    from _csv import Writer

RUN_FILE = "run.json"
LIST_SEPARATOR = "; "

# What a spreadsheet may take for the start of a formula: OWASP, "CSV Injection".  Apostrophes in front
# are counted in so that dropping one from such a cell always gives the text back.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def safe_text(text: str) -> str:
    """``text`` so that no spreadsheet runs it: an apostrophe in front of what would be a formula."""
    return "'" + text if _FORMULA.match(text) else text


def number_text(number: Any) -> str:
    """A number in digits, whole ones without a point, never with an exponent; "" for None."""
    plain = plain_number(number)
    if plain is None:
        return ""
    return str(plain) if isinstance(plain, int) else f"{Decimal(repr(plain)):f}"


_CELLS: dict[str, Callable[[Any], str]] = {
    "text": safe_text,
    "integer": str,
    "number": number_text,
    "flag": lambda flag: "true" if flag else "false",
    "list": lambda items: safe_text(LIST_SEPARATOR.join(items)),
    "json": lambda value: safe_text(json_text(value)),
}


def write_csv(documents: Iterable[DocumentRecords], target: Path, output: Output) -> None:
    """Write the folder ``target``: a CSV file a table (UTF-8 with BOM, lines end in CR LF) and run.json.

    Lists are joined with "; ".  A text cell that a spreadsheet would run as a formula gets an apostrophe
    in front; number cells are never changed.  Raises OutputError when it cannot be written.
    """
    with whole_folder(target, force=output.force, own=folder_files(".csv")) as part, ExitStack() as files:
        tables = {table: _started(files, part / f"{table}.csv", table, output) for table in TABLES}
        for table, found in batches(documents):
            tables[table].writerows(csv_cells(table, found))
        write_run(part, output)


def csv_cells(table: str, found: Iterable[Row]) -> Iterator[list[str]]:
    """Rows of ``table`` as cells of text."""
    cells = [_CELLS[column.kind] for column in columns(table)]
    for row in found:
        yield [cell(value) for cell, value in zip(cells, row, strict=True)]


def _started(files: ExitStack, path: Path, table: str, output: Output) -> Writer:
    file = files.enter_context(path.open("x", encoding="utf-8-sig", newline=""))
    writer = csv.writer(file)
    writer.writerow(column.header(output.headers) for column in columns(table))
    return writer


def write_table(path: Path, header: list[str], body: Iterable[list[str]]) -> None:
    """Write one CSV file as RFC 4180 says, in UTF-8 without BOM."""
    with path.open("x", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(body)


def write_run(folder: Path, output: Output) -> None:
    """Write run.json: what made the tables of ``folder``."""
    made_by = json.dumps(json.loads(json_text(output.about)), ensure_ascii=False, indent=1)
    (folder / RUN_FILE).write_text(made_by + "\n", encoding="utf-8")


def folder_files(suffix: str) -> frozenset[str]:
    """The names that a folder of tables may hold."""
    return frozenset({RUN_FILE, *(table + suffix for table in TABLES)})
