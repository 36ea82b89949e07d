"""Dictionary files → entries: TSV, CSV, Excel, and jieba's own format."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from pathlib import Path

from extractor.errors import InputError, LexiconError
from extractor.lexicon.entries import LONGEST_TERM, Entry, label_fault, term_fault
from extractor.text.decoding import decode

COLUMNS = ("term", "label", "kind", "id", "aliases", "context", "priority", "note", "parent")
SUFFIXES = (".tsv", ".csv", ".xlsx", ".txt", ".dict")
JIEBA_SUFFIXES = (".txt", ".dict")
_JIEBA_LABELS = {"nr": "PERSON", "ns": "LOC", "nt": "ORG"}
_YES, _NO = frozenset(("yes", "true", "1", "是")), frozenset(("no", "false", "0", "否"))

Cells = Sequence[str]
Fault = Callable[[int, str], None]


def lexicon_files(folder: Path) -> list[Path]:
    """The dictionary files of a folder, by name; hidden files and other kinds are passed over."""
    return sorted(path for path in folder.iterdir() if is_dictionary(path))


def is_dictionary(path: Path) -> bool:
    """Whether a file is read as a dictionary, by its name."""
    return path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~")) and path.is_file()


def read_entries(path: Path, *, user: bool = False, report: Fault | None = None) -> list[Entry]:
    """The entries of one file.

    Raises LexiconError, which names file, line and value, for the first fault; where ``report`` is given,
    a fault in a line is handed to it (line, what is wrong) and the line left out.
    """

    def refuse(line: int, problem: str) -> None:
        raise LexiconError(f"{path}, line {line}: {problem}")

    reader = _jieba_entries if path.suffix.lower() in JIEBA_SUFFIXES else _table_entries
    return list(reader(path, user, report or refuse))


def header_of(path: Path) -> tuple[int, list[str]]:
    """The line that names the columns and their names, in lower case.

    Raises LexiconError when there is none or when it lacks term or label.
    """
    return _header(path, next(_rows(path), None))


def _table_entries(path: Path, user: bool, fault: Fault) -> Iterator[Entry]:
    rows = _rows(path)
    _, names = _header(path, next(rows, None))
    columns = [names.index(name) if name in names else -1 for name in COLUMNS]
    pick, width, file = itemgetter(*columns), max(columns) + 1, str(path)
    good: set[str] = set()  # labels already looked at
    for line, cells in rows:
        padded = [*cells, *[""] * (width - len(cells)), ""]
        term, label, kind, ident, aliases, context, priority, note, parent = map(str.strip, pick(padded))
        if (
            not (label in good and 0 < len(term) <= LONGEST_TERM)
            or context
            or priority
            or not term.isprintable()
        ):
            problem = term_fault(term) or label_fault(label) or _fault(context, priority)
            if problem:
                fault(line, problem)
                continue
            good.add(label)
        others = _split(aliases) if aliases else ()
        shaky, weight = context.lower() in _YES, int(priority or 0)
        yield Entry(term, label, kind, ident, others, shaky, weight, note, parent, user, file, line)


def _split(aliases: str) -> tuple[str, ...]:
    return tuple(alias for part in aliases.split("|") if (alias := part.strip()))


def _header(path: Path, row: tuple[int, Cells] | None) -> tuple[int, list[str]]:
    if row is None:
        raise LexiconError(f"{path}: is empty; the first line names the columns term and label")
    names = [cell.strip().lower() for cell in row[1]]
    if "term" not in names or "label" not in names:
        found = ", ".join(names[:8])
        raise LexiconError(
            f"{path}, line {row[0]}: the columns {found!r} lack term and label; name them first"
        )
    return row[0], names


def _fault(context: str, priority: str) -> str:
    if context and context.lower() not in _YES and context.lower() not in _NO:
        return f"context {context!r} is unknown; write yes, or nothing"
    if priority and not priority.removeprefix("-").isdecimal():
        return f"priority {priority!r} is no whole number; write one, or nothing"
    return ""


def _rows(path: Path) -> Iterator[tuple[int, Cells]]:
    """The lines that are no comment, as cells; a line is numbered as an editor numbers it."""
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        return _sheet_rows(path)
    return _csv_rows(path) if suffix == ".csv" else ((n, line.split("\t")) for n, line in _lines(path))


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(_read(path).split("\n"), 1):
        if line and not line.isspace() and not line.startswith("#"):
            yield number, line


def _csv_rows(path: Path) -> Iterator[tuple[int, Cells]]:
    reader = csv.reader(io.StringIO(_read(path), newline=""))
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) and not cells[0].startswith("#"):
                yield reader.line_num, cells
    except csv.Error as error:
        raise LexiconError(f"{path}, line {reader.line_num}: is no CSV ({error}); quote the cell") from error


def _sheet_rows(path: Path) -> Iterator[tuple[int, Cells]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (OSError, InvalidFileException, zipfile.BadZipFile, KeyError) as error:
        raise LexiconError(f"{path}: is no Excel workbook ({error}); save it as .xlsx") from error
    try:
        for number, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
            written = ["" if cell is None else str(cell) for cell in cells]
            if any(cell.strip() for cell in written) and not written[0].startswith("#"):
                yield number, written
    finally:
        book.close()


def _jieba_entries(path: Path, user: bool, fault: Fault) -> Iterator[Entry]:
    """Lines of a jieba dictionary: term, optional frequency, optional part of speech."""
    for number, line in _lines(path):
        cells = line.split()
        part = cells[-1] if len(cells) > 1 and not cells[-1].isdigit() else ""
        problem = term_fault(cells[0]) or _jieba_fault(line)
        if problem:
            fault(number, problem)
            continue
        label = next((name for prefix, name in _JIEBA_LABELS.items() if part.startswith(prefix)), "word")
        yield Entry(cells[0], label, user=user, file=str(path), line=number)


def _jieba_fault(line: str) -> str:
    if "\t" in line or len(line.split()) > 3:
        return f"{line[:30]!r} is no line of a jieba dictionary (term frequency tag); save a table as .tsv"
    return ""


def _read(path: Path) -> str:
    try:
        return decode(path.read_bytes(), path=path).text
    except OSError as error:
        raise LexiconError(f"{path}: cannot be read ({error.strerror}); check the file") from error
    except InputError as error:
        raise LexiconError(str(error)) from error
