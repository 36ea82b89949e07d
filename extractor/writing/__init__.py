"""Records → files: one module a format, one registry, one promise (see ``whole``)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from extractor.columns import Headers
from extractor.errors import OutputError
from extractor.records import DocumentRecords
from extractor.writing.delimited import folder_files, write_csv
from extractor.writing.excel import write_excel
from extractor.writing.jsonl import write_jsonl
from extractor.writing.output import Output
from extractor.writing.parquet import write_parquet
from extractor.writing.report import write_html
from extractor.writing.sdmx import write_sdmx
from extractor.writing.sqlite import write_sqlite
from extractor.writing.whole import check_file, check_folder

__all__ = ["WRITERS", "Output", "Writer", "check", "format_for", "write"]

Write: TypeAlias = Callable[[Iterable[DocumentRecords], Path, Output], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """One format: how to write it, whether as a folder of files, the suffixes that mean it, what it is."""

    write: Write
    suffixes: tuple[str, ...]
    description: str
    folder_suffix: str = ""

    def check(self, target: Path, *, force: bool) -> None:
        """Raise OutputError unless this format may be written to ``target``; touches nothing."""
        if self.folder_suffix:
            check_folder(target, force=force, own=folder_files(self.folder_suffix))
        else:
            check_file(target, force=force)


WRITERS: Mapping[str, Writer] = MappingProxyType(
    {
        "csv": Writer(
            write=write_csv, suffixes=("",), folder_suffix=".csv", description="folder of CSV files"
        ),
        "xlsx": Writer(write=write_excel, suffixes=(".xlsx",), description="Excel workbook"),
        "jsonl": Writer(write=write_jsonl, suffixes=(".jsonl", ".ndjson"), description="JSON Lines"),
        "parquet": Writer(
            write=write_parquet,
            suffixes=(".parquet",),
            folder_suffix=".parquet",
            description="folder of Parquet files",
        ),
        "sqlite": Writer(
            write=write_sqlite, suffixes=(".sqlite", ".sqlite3", ".db"), description="SQLite database"
        ),
        "sdmx-csv": Writer(write=write_sdmx, suffixes=(), description="statistics as SDMX-CSV 2.0"),
        "html": Writer(
            write=write_html, suffixes=(".html", ".htm"), description="page with marked text and tables"
        ),
    }
)


# Other names that people give these formats.
_ALIASES = MappingProxyType({"excel": "xlsx", "sdmx": "sdmx-csv", "sqlite3": "sqlite", "ndjson": "jsonl"})


def format_for(target: Path) -> str:
    """The format that the name of ``target`` means; a name without suffix is a folder of CSV files.

    Raises OutputError when the suffix says nothing.
    """
    suffix = target.suffix.lower()
    for name, writer in WRITERS.items():
        if suffix in writer.suffixes:
            return name
    if suffix == ".csv":
        raise OutputError(
            f"{target}: five tables do not fit one CSV file; give a folder ({target.with_suffix('')}),"
            " or --format sdmx-csv for the statistics alone"
        )
    raise OutputError(
        f"{target}: what to write is not clear from {suffix}; add --format ({', '.join(WRITERS)})"
    )


def check(target: Path, *, format: str = "", force: bool = False) -> None:  # noqa: A002
    """Raise OutputError when ``write`` would refuse; to be asked before the work is done."""
    _writer(target, format).check(target, force=force)


def write(
    documents: Iterable[DocumentRecords],
    target: Path,
    *,
    format: str = "",  # noqa: A002
    force: bool = False,
    headers: Headers = "en",
    about: Mapping[str, object] | None = None,
) -> None:
    """Write ``documents`` to ``target`` in ``format`` (a key of WRITERS; by default what its name means).

    Nothing appears under ``target`` before it is whole, and what stands there is never replaced without
    ``force``.  ``headers`` "zh" gives Chinese column names, ``about`` says what made the records and goes
    with them.  Raises OutputError, one line, when it cannot be written.
    """
    output = Output(force=force, headers=headers, about=about or {})
    _writer(target, format).write(documents, target, output)


def _writer(target: Path, name: str) -> Writer:
    name = _ALIASES.get(name, name) or format_for(target)
    if name not in WRITERS:
        raise OutputError(f"{name}: no such format; choose from {', '.join(WRITERS)}")
    return WRITERS[name]
