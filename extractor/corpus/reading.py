"""Paths → texts: every kind of file, in a stable order, each fault an error of its own."""

from __future__ import annotations

import codecs
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, TypeAlias

from extractor.corpus.finding import KINDS, FoundFile, Listing, find_files, unreadable
from extractor.corpus.objects import read_json, read_jsonl
from extractor.corpus.office import read_docx, read_pdf
from extractor.corpus.pages import read_html
from extractor.corpus.rows import Parts, read_delimited, read_excel, read_parquet
from extractor.corpus.sources import STDIN, FileSource, Part, Reading, SourceText
from extractor.errors import InputError
from extractor.text.decoding import decode

Read: TypeAlias = Callable[[FileSource, Reading], Parts]

_OLD: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys((".doc", ".wps", ".rtf", ".odt"), "save it as .docx"),
        **dict.fromkeys((".xls", ".et", ".ods"), "save it as .xlsx"),
        **dict.fromkeys((".zip", ".gz", ".rar", ".7z", ".tar"), "unpack it"),
        **dict.fromkeys(
            (".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp"), "run text recognition (OCR) first"
        ),
    }
)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head)\b", re.IGNORECASE | re.DOTALL
)
_JSON_LINE = re.compile(rb'\s*\{\s*"')


def read_inputs(
    arguments: Iterable[str | Path], reading: Reading | None = None, *, stdin: BinaryIO | None = None
) -> Iterator[SourceText | InputError]:
    """The texts that files, folders and "-" (standard input) hold, in a stable order.

    What cannot be read comes as an InputError in its place, and the rest goes on.  Ids: the id of a line
    or row, else the file's path relative to its argument without suffix, with ":" and the number of the
    line or row where a file holds many texts; an id that is taken gets the suffix back, then a number.
    """
    yield from read_files(find_files(arguments), reading or Reading(), stdin=stdin)


def read_files(
    listing: Listing, settings: Reading, *, stdin: BinaryIO | None = None
) -> Iterator[SourceText | InputError]:
    """The texts of files that were found; see ``read_inputs``."""
    names = _Names()
    for entry in listing.entries:
        if isinstance(entry, InputError):
            yield entry
            continue
        try:
            with _opened(entry, stdin) as file:
                source = FileSource(str(entry.path), file)
                for part in _reader(entry, source, settings)(source, settings):
                    yield part if isinstance(part, InputError) else _named(part, entry, source, names)
        except InputError as error:
            yield error
        except OSError as error:
            yield unreadable(str(entry.path), error)


class _Names:
    """The ids given so far."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def give(self, *candidates: str) -> str:
        """The first candidate that is free, else the last with the first number that makes it so."""
        free = next((name for name in candidates if name not in self._taken), "")
        number = 2
        while not free:
            numbered = f"{candidates[-1]}#{number}"
            free, number = ("" if numbered in self._taken else numbered), number + 1
        self._taken.add(free)
        return free


def _named(part: Part, entry: FoundFile, source: FileSource, names: _Names) -> SourceText:
    stem, whole = entry.stem, entry.relative.as_posix()
    if part.id:
        doc_id = names.give(part.id, f"{stem}:{part.id}", f"{whole}:{part.id}")
    elif part.number:
        doc_id = names.give(f"{stem}:{part.number}", f"{whole}:{part.number}")
    else:
        doc_id = names.give(stem, whole)
    return SourceText(doc_id=doc_id, path=source.shown, text=part.text, meta=part.meta, extra=part.extra)


def _opened(entry: FoundFile, stdin: BinaryIO | None) -> AbstractContextManager[BinaryIO]:
    if str(entry.path) == STDIN:
        return nullcontext(stdin or sys.stdin.buffer)
    return entry.path.open("rb")


def _reader(entry: FoundFile, source: FileSource, reading: Reading) -> Read:
    if not source.head:
        raise source.error("is empty")
    suffix = entry.relative.suffix.lower()
    kind = reading.kind or KINDS.get(suffix) or _guessed(source.head)
    if kind not in _READERS:
        raise source.error(f"{kind!r} is no kind of input", f"choose from {', '.join(_READERS)}")
    if suffix in _OLD and not reading.kind:
        raise source.error(f"files of the kind {suffix} cannot be read", _OLD[suffix])
    if kind == "text" and not reading.kind and _HTML.match(source.head):
        kind = "html"
    return _READERS[kind]


def _guessed(head: bytes) -> str:
    """The kind of a file whose name does not tell, and of standard input."""
    if head.startswith(b"%PDF"):
        return "pdf"
    return "jsonl" if _JSON_LINE.match(head.removeprefix(codecs.BOM_UTF8)) else "text"


def _read_text(source: FileSource, reading: Reading) -> Parts:
    yield Part(text=decode(source.read(), path=source.shown, encoding=reading.encoding).text)


_READERS: Mapping[str, Read] = MappingProxyType(
    {
        "text": _read_text,
        "html": read_html,
        "jsonl": read_jsonl,
        "json": read_json,
        "csv": read_delimited,
        "tsv": read_delimited,
        "excel": read_excel,
        "parquet": read_parquet,
        "docx": read_docx,
        "pdf": read_pdf,
    }
)
