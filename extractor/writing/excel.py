"""One Excel workbook: a sheet a table, and a sheet that says what made them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.columns import TABLES, Kind, Row, about_headers, columns, json_text, plain_number, rows
from extractor.errors import OutputError
from extractor.records import DocumentRecords
from extractor.writing.delimited import LIST_SEPARATOR
from extractor.writing.output import Output, about_rows
from extractor.writing.whole import whole_file

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

# Microsoft, "Excel specifications and limits"; a cell counts UTF-16 code units.
MOST_ROWS = 1_048_576
MOST_UNITS = 32_767
CUT_NOTE = "…[cut: a cell holds 32,767 characters]"

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# A column is as wide as the widest of its first cells, within these bounds.
_SAMPLE, _NARROW, _WIDE = 100, 8, 60


@dataclass(slots=True)
class _Sheet:
    """A table on its way into a workbook, with the count of cells that had to be cut."""

    name: str
    header: Sequence[str]
    kinds: Sequence[Kind]
    body: list[Row]
    cut: Counter[str] = field(default_factory=Counter)

    def cells(self) -> Iterable[list[Any]]:
        for row in self.body:
            yield [
                self._cell(name, kind, value)
                for name, kind, value in zip(self.header, self.kinds, row, strict=True)
            ]

    def _cell(self, name: str, kind: Kind, value: Any) -> Any:
        if kind == "number":
            return plain_number(value)
        if kind in ("integer", "flag"):
            return value
        text = cell_text(value if kind == "text" else _joined(kind, value))
        if text.endswith(CUT_NOTE):
            self.cut[f"{self.name}.{name}"] += 1
        return text


def write_excel(documents: Iterable[DocumentRecords], target: Path, output: Output) -> None:
    """Write the workbook ``target``: a sheet a table, then "about".

    Every text is a text, never a formula.  Control characters that a workbook cannot hold are left out;
    what is longer than a cell can be is cut with a note, and "about" counts the cells.  Raises
    OutputError when a table has more rows than a sheet, or when the file cannot be written.
    """
    with whole_file(target, force=output.force) as part:
        kept = list(documents)
        sheets = [_table_sheet(kept, table, output) for table in TABLES]
        for sheet in sheets:
            if len(sheet.body) >= MOST_ROWS:
                raise OutputError(
                    f"{target}: {sheet.name} has {len(sheet.body):,} rows, a sheet holds {MOST_ROWS - 1:,};"
                    " write parquet or sqlite instead"
                )
        with _workbook() as book:
            for sheet in sheets:
                _add(book, sheet)
            _add(book, _about_sheet(sheets, output))
            book.save(part)


@contextmanager
def _workbook() -> Iterator[Workbook]:
    """A workbook that rows are streamed into; one that is not saved is closed all the same."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    try:
        yield book
    except BaseException:
        for page in book.worksheets:
            page.close()
        raise


def cell_text(text: str) -> str:
    """``text`` as a cell can hold it."""
    text = _ILLEGAL.sub("", text)
    if len(text) * 2 <= MOST_UNITS or len(text.encode("utf-16-le")) // 2 <= MOST_UNITS:
        return text
    room = (MOST_UNITS - len(CUT_NOTE)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT_NOTE


def shown_width(text: str) -> int:
    """How many columns the longest line of ``text`` takes: full-width characters take two."""
    lines = text[: 4 * _WIDE].split("\n")
    return max(sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in line) for line in lines)


def _joined(kind: Kind, value: Any) -> str:
    return LIST_SEPARATOR.join(value) if kind == "list" else json_text(value)


def _table_sheet(documents: Sequence[DocumentRecords], table: str, output: Output) -> _Sheet:
    found = columns(table)
    header = [column.header(output.headers) for column in found]
    kinds = [column.kind for column in found]
    return _Sheet(table, header, kinds, list(rows(documents, table)))


def _about_sheet(sheets: Sequence[_Sheet], output: Output) -> _Sheet:
    """What made the workbook, and which columns have cells that were cut."""
    cut = [(f"cut.{name}", f"{count} cells") for sheet in sheets for name, count in sheet.cut.items()]
    return _Sheet("about", about_headers(output.headers), ("text", "text"), about_rows(output.about) + cut)


def _add(book: Workbook, sheet: _Sheet) -> None:
    from openpyxl.utils import get_column_letter

    page: Any = book.create_sheet(sheet.name)
    page.freeze_panes = "A2"
    last = get_column_letter(len(sheet.header))
    page.auto_filter.ref = f"A1:{last}{len(sheet.body) + 1}"
    for number, width in enumerate(_widths(sheet), 1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.append([_bold(page, name) for name in sheet.header])
    for row in sheet.cells():
        page.append([_as_text(page, cell) for cell in row])


def _widths(sheet: _Sheet) -> list[int]:
    widest = [shown_width(name) + 4 for name in sheet.header]
    for row in sheet.body[:_SAMPLE]:
        shown = ("" if value is None else str(value) for value in row)
        widest = [max(width, shown_width(text) + 1) for width, text in zip(widest, shown, strict=True)]
    return [min(max(width, _NARROW), _WIDE) for width in widest]


def _bold(page: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cell = WriteOnlyCell(page, text)
    cell.font = Font(bold=True)
    return cell


def _as_text(page: Any, value: Any) -> Any:
    """Keep openpyxl from reading a text as a formula or an error value."""
    if not isinstance(value, str) or value[:1] not in ("=", "#"):
        return value
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(page, value)
    cell.data_type = "s"
    return cell
