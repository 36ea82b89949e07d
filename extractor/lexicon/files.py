"""Dictionary files → entries: TSV, CSV, Excel, and jieba's own format."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.errors import InputError, LexiconError
from extractor.text.decoding import decode

COLUMNS = ("term", "label", "kind", "id", "aliases", "context", "priority", "note")
SUFFIXES = (".tsv", ".csv", ".xlsx", ".txt", ".dict")
LONGEST_TERM = 100
_LABEL = re.compile(r"[A-Z][A-Z0-9_]*|[a-z][a-z0-9_]*")
_JIEBA_LABELS = {"nr": "PERSON", "ns": "LOC", "nt": "ORG"}
_YES = frozenset({"yes", "true", "1", "是"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A term of a dictionary and what is known of it; ``file`` and ``line`` say where it stands.

    A label in upper case makes mentions, one in lower case is a class of cues.  ``context`` says that the
    term counts only with support, since it is also a common word.
    """

    term: str
    label: str
    kind: str = ""
    id: str = ""
    aliases: tuple[str, ...] = ()
    context: bool = False
    priority: int = 0
    note: str = ""
    user: bool = False
    file: str = ""
    line: int = 0


def lexicon_files(folder: Path) -> list[Path]:
    """The dictionary files of a folder, by name; hidden files and other kinds are passed over."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~"))
    )


def read_entries(path: Path, *, user: bool = False) -> list[Entry]:
    """The entries of one file.

    Raises LexiconError, which names file, line and value, for the first fault.
    """
    if path.suffix.lower() in (".txt", ".dict"):
        return [_jieba_entry(path, number, line, user) for number, line in _lines(path)]
    rows = _sheet_rows(path) if path.suffix.lower() == ".xlsx" else _text_rows(path)
    header = next(rows, None)
    if header is None:
        raise LexiconError(f"{path}: is empty; the first line names the columns term and label")
    names = [cell.strip().lower() for cell in header[1]]
    if "term" not in names or "label" not in names:
        raise LexiconError(f"{path}, line {header[0]}: {header[1]!r} lacks the columns term and label")
    return [_entry(path, number, dict(zip(names, cells, strict=False)), user) for number, cells in rows]


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(_read(path).split("\n"), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line


def _read(path: Path) -> str:
    try:
        return decode(path.read_bytes(), path=path).text
    except OSError as error:
        raise LexiconError(f"{path}: cannot be read ({error.strerror}); check the file") from error
    except InputError as error:
        raise LexiconError(str(error)) from error


def _text_rows(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    if path.suffix.lower() == ".tsv":
        for number, line in _lines(path):
            yield number, line.split("\t")
        return
    reader = csv.reader(io.StringIO(_read(path)))
    for cells in reader:
        if any(cell.strip() for cell in cells) and not cells[0].startswith("#"):
            yield reader.line_num, cells


def _sheet_rows(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (OSError, InvalidFileException, zipfile.BadZipFile, KeyError) as error:
        raise LexiconError(f"{path}: is no Excel workbook ({error}); save it as .xlsx") from error
    for number, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
        written = ["" if cell is None else str(cell) for cell in cells]
        if any(cell.strip() for cell in written) and not written[0].startswith("#"):
            yield number, written
    book.close()


def _entry(path: Path, number: int, cells: dict[str, str], user: bool) -> Entry:
    term, label = cells["term"].strip(), cells.get("label", "").strip()
    fault = term_fault(term) or label_fault(label)
    if fault:
        raise LexiconError(f"{path}, line {number}: {fault}")
    priority = cells.get("priority", "").strip()
    if priority and not priority.lstrip("-").isdigit():
        raise LexiconError(f"{path}, line {number}: priority {priority!r} is no whole number")
    return Entry(
        term=term,
        label=label,
        kind=cells.get("kind", "").strip(),
        id=cells.get("id", "").strip(),
        aliases=tuple(alias for part in cells.get("aliases", "").split("|") if (alias := part.strip())),
        context=cells.get("context", "").strip().lower() in _YES,
        priority=int(priority or 0),
        note=cells.get("note", "").strip(),
        user=user,
        file=str(path),
        line=number,
    )


def term_fault(term: str) -> str:
    """What is wrong with a term, "" when nothing is."""
    if not term:
        return "the term is empty; give one or delete the line"
    if len(term) > LONGEST_TERM:
        return f"the term {term[:12]!r}… has {len(term)} characters; the longest name may have {LONGEST_TERM}"
    return ""


def label_fault(label: str) -> str:
    """What is wrong with a label, "" when nothing is."""
    if _LABEL.fullmatch(label):
        return ""
    return f"the label {label!r} must be PERSON, ORG, LOC, never, or one of your own in capitals (PRODUCT)"


def _jieba_entry(path: Path, number: int, line: str, user: bool) -> Entry:
    """A line of a jieba dictionary: term, optional frequency, optional part of speech."""
    cells = line.split()
    fault = term_fault(cells[0])
    if fault:
        raise LexiconError(f"{path}, line {number}: {fault}")
    part = cells[-1] if len(cells) > 1 and not cells[-1].isdigit() else ""
    label = next((name for prefix, name in _JIEBA_LABELS.items() if part.startswith(prefix)), "word")
    return Entry(term=cells[0], label=label, user=user, file=str(path), line=number)


def written_forms(entries: Iterable[Entry]) -> Iterator[tuple[str, Entry]]:
    """Every form that a dictionary lists, aliases too, with its entry."""
    for entry in entries:
        yield entry.term, entry
        for alias in entry.aliases:
            yield alias, entry
