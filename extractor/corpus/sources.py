"""What reading hands on: one text and what is known about it, and the settings of reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from extractor.errors import InputError

STDIN = "-"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSource:
    """A file (or standard input) that is about to be read, by its name for people and its bytes."""

    shown: str
    path: Path | None
    data: bytes

    def error(self, problem: str, remedy: str = "") -> InputError:
        """An error that names this file."""
        return InputError(self.shown, problem, remedy)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One text of a file: the whole of it, or a line or row with its place ("line 7") and perhaps an id."""

    text: str
    place: str = ""
    id: str = ""
    number: int = 0
    meta: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, object] = field(default_factory=dict)
