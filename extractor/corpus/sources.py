"""What reading hands on: one text and what is known about it, and the settings of reading."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import BinaryIO

from extractor.errors import InputError

STDIN = "-"
# Enough to tell what kind of file it is and, for Chinese text, its encoding.
_HEAD = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """One text to be analysed; all offsets count code points of ``text``.

    ``meta`` is what the page, file or row says about itself: title, published (ISO 8601), publisher, site,
    author (several with "; " between them), editor; what the text states itself goes before it.
    ``extra`` holds the further keys of a line or row.
    """

    doc_id: str
    path: str
    text: str
    meta: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How to read.

    ``encoding`` forces one for text, HTML, JSON Lines and CSV.  ``text_column`` and ``id_column`` name
    columns of tables and keys of JSON (by default the usual names).  ``kind`` reads every file as one
    kind (a value of ``finding.KINDS``) whatever its name.
    """

    encoding: str = ""
    text_column: str = ""
    id_column: str = ""
    kind: str = ""


class FileSource:
    """A file (or standard input) that is being read: its name for people, its first bytes, and all of them.

    The bytes can be had once, whole by ``read`` or a line at a time by ``lines``; either may raise the
    system's OSError.
    """

    def __init__(self, shown: str, file: BinaryIO) -> None:
        self.shown = shown
        self._file = file
        self.head = file.read(_HEAD)

    def read(self) -> bytes:
        """All bytes."""
        return self.head + self._file.read()

    def lines(self) -> Iterator[bytes]:
        """The lines without their ends; the memory it takes is that of the longest."""
        start = self.head + self._file.readline()
        for line in chain(io.BytesIO(start), self._file):
            yield line.rstrip(b"\r\n")

    def error(self, problem: str, remedy: str = "") -> InputError:
        """An error that names this file."""
        return InputError(self.shown, problem, remedy)


@cache
def quiet(package: str) -> None:
    """Keep a package's log off standard error where the program that uses us has set up no logging."""
    logging.getLogger(package).addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One text of a file: the whole of it, or a line or row with its place ("line 7") and perhaps an id."""

    text: str
    place: str = ""
    id: str = ""
    number: int = 0
    meta: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, object] = field(default_factory=dict)
