"""Files of many texts: JSON Lines, JSON, CSV, TSV, Excel, Parquet; one text a line or row."""

from __future__ import annotations

import csv
import io
import math
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any, TypeAlias

from extractor.columns import plain_number
from extractor.corpus.sources import FileSource, Part, Reading
from extractor.errors import InputError
from extractor.paths import default_model
from extractor.text.codelists import read_codelist
from extractor.text.decoding import decode

Parts: TypeAlias = Iterator[Part | InputError]
_Numbered: TypeAlias = Iterable[tuple[int, Sequence[Any]]]

# What a row may say about its document, beside its text and id.
_META = ("title", "published", "publisher", "site", "author", "editor")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ]*(\d{1,2}:\d{2}(?::\d{2})?))?")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LARGEST_CELL = 2**31 - 1


@cache
def usual_names(holds: str) -> tuple[str, ...]:
    """The usual names of the column that holds "text", "id" or a fact about the document."""
    rows = read_codelist(default_model() / "codelists" / "input_columns.tsv")
    return tuple(row["column"] for row in rows if row["holds"] == holds)


def read_delimited(source: FileSource, reading: Reading) -> Parts:
    """CSV or TSV; the first row names the columns, the delimiter is found in it."""
    text = decode(source.read(), path=source.shown, encoding=reading.encoding).text
    csv.field_size_limit(_LARGEST_CELL)
    header = text.split("\n", 1)[0]
    delimiter = max("\t,;", key=header.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from _from_rows(source, reading, enumerate(rows))
    except csv.Error as error:
        raise source.error(f"is no table ({error})", "check its quotes") from error


def read_excel(source: FileSource, reading: Reading) -> Parts:
    """The first sheet that has a text column; its first row names the columns."""
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        # What openpyxl warns of (styles, validation rules it does not know) does not touch the cells.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            book = load_workbook(io.BytesIO(source.read()), read_only=True, data_only=True)
            rows = list(_sheet_rows(book, reading))
            book.close()
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError, SyntaxError) as error:
        raise source.error("is no Excel workbook, or is damaged", "open it and save it as .xlsx") from error
    yield from _from_rows(source, reading, enumerate(rows))


def _sheet_rows(book: Any, reading: Reading) -> Iterator[Sequence[Any]]:
    wanted = {reading.text_column.lower()} if reading.text_column else set(usual_names("text"))
    sheets = list(book.worksheets)
    for sheet in sheets:
        sheet.reset_dimensions()  # some programs write a wrong size, which would hide columns
        header = next(sheet.iter_rows(values_only=True), ())
        if wanted & {_name(cell).lower() for cell in header}:
            yield from sheet.iter_rows(values_only=True)
            return
    for sheet in sheets[:1]:
        yield from sheet.iter_rows(values_only=True)


def read_parquet(source: FileSource, reading: Reading) -> Parts:
    """A text a row, read in batches."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        file = parquet.ParquetFile(pa.BufferReader(source.read()))
        yield from _from_rows(source, reading, enumerate(_batch_rows(file)))
    except pa.ArrowException as error:
        raise source.error("is no Parquet file, or is damaged", "write it again") from error


def _batch_rows(file: Any) -> Iterator[Sequence[Any]]:
    yield file.schema_arrow.names
    for batch in file.iter_batches(batch_size=1024):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _from_rows(source: FileSource, reading: Reading, rows: _Numbered) -> Parts:
    """Row 0 names the columns; the row below it is row 1."""
    numbered = iter(rows)
    names = [_name(cell) for cell in next(numbered, (0, ()))[1]]
    text_column = find_column(source, names, reading.text_column, usual_names("text"))
    if reading.id_column and reading.id_column not in names:
        raise _no_column(source, reading.id_column, names)
    used: dict[str, int] = {}
    for number, row in numbered:
        values = {name: plain(cell) for name, cell in zip(names, row, strict=False) if name}
        if not any(value not in (None, "") for value in values.values()):
            continue
        yield once(to_part(source, reading, (f"row {number}", number, text_column), values), source, used)


def to_part(
    source: FileSource, reading: Reading, where: tuple[str, int, str], values: Mapping[str, Any]
) -> Part | InputError:
    """The text of a line or row, its id, metadata and further values; ``where``: place, number, column."""
    place, number, text_column = where
    text = values.get(text_column, "")
    if not isinstance(text, str | None):
        return source.error(
            f"{place}: {text_column} is no text but {text!r:.40}", "give the text as a string"
        )
    if not text or not text.strip():
        return source.error(f"{place}: the text is empty", "fill it in, or leave it out")
    id_column = reading.id_column or next((name for name in usual_names("id") if name in values), "")
    given = values.get(id_column)
    extra = {name: value for name, value in values.items() if name not in (text_column, id_column)}
    return Part(
        text=text.replace("\r\n", "\n").replace("\r", "\n"),
        place=place,
        id="" if given is None else str(given).strip(),
        number=number,
        meta=_meta(values),
        extra=extra,
    )


def once(part: Part | InputError, source: FileSource, used: dict[str, int]) -> Part | InputError:
    """The part, or an error when its id was used before in the same file."""
    if isinstance(part, InputError) or not part.id:
        return part
    first = used.setdefault(part.id, part.number)
    if first == part.number:
        return part
    kind = part.place.split(" ")[0]
    return source.error(
        f"{part.place}: the id {part.id!r} stands in {kind} {first} already", "give each text its own id"
    )


def find_column(
    source: FileSource, names: Sequence[str], wanted: str, usual: Sequence[str], place: str = ""
) -> str:
    """The column that holds the text, by the name asked for or by a usual name in any case."""
    if wanted in names and wanted:
        return wanted
    lowered = {name.lower(): name for name in reversed(names)}
    found = "" if wanted else next((lowered[name] for name in usual if name in lowered), "")
    if not found:
        raise _no_column(source, wanted or "text", names, place)
    return found


def _no_column(source: FileSource, wanted: str, names: Sequence[str], place: str = "") -> InputError:
    listed = ", ".join(name for name in names if name)[:200]
    where, what = (f"{place}: ", "key") if place else ("", "column")
    remedy = (
        f"name the {what} that holds the text (--text-column)"
        if listed
        else "the first row names the columns"
    )
    return source.error(f"{where}has no {what} {wanted!r}" + (f", only {listed}" if listed else ""), remedy)


def _meta(values: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for field in _META:
        value = next((values[name] for name in usual_names(field) if values.get(name)), "")
        if isinstance(value, list):
            value = "; ".join(map(str, value))
        if field == "published":
            value = iso_date(str(value))
        if value and isinstance(value, str):
            found[field] = value
    return found


def iso_date(written: str) -> str:
    """The date, and time where it has one, in ISO 8601; "" when ``written`` begins with no date."""
    parts = _DATE.match(written.strip())
    if not parts:
        return ""
    try:
        day = date(int(parts[1]), int(parts[2]), int(parts[3])).isoformat()
        return f"{day}T{time.fromisoformat(parts[4].rjust(5, '0')).isoformat()}" if parts[4] else day
    except ValueError:
        return ""


def _name(cell: object) -> str:
    return "" if cell is None else str(cell).strip().removeprefix("\ufeff")


def plain(value: Any) -> Any:
    """A cell as JSON knows it: dates in ISO 8601, decimals as numbers, what is unknown as text."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal | float):
        return plain_number(value) if math.isfinite(value) else None
    if isinstance(value, str):
        return mended(value)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    return value if value is None or isinstance(value, bool | int) else str(value)


def mended(value: Any) -> Any:
    """Lone surrogates, which no file can hold, replaced by U+FFFD each: lengths stay."""
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, list):
        return [mended(item) for item in value]
    return {mended(k): mended(v) for k, v in value.items()} if isinstance(value, dict) else value
