"""DOCX and PDF, through the extra ``office``: python-docx and pypdf."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from extractor.corpus.rows import Parts
from extractor.corpus.sources import FileSource, Part, Reading, quiet
from extractor.errors import InputError

_INSTALL = 'install it: pip install "extractor[office]"'
# A line as long as nine tenths of the page's long lines was broken by the margin, not by its writer.
_FULL = 0.9
_ENDS = "。！？：；…”』」）)!?:;"


def read_docx(source: FileSource, reading: Reading) -> Parts:
    """The paragraphs and tables of a document in their order; a table row is a line, its cells by tabs."""
    try:
        from docx import Document
    except ImportError as error:
        raise source.error("reading Word documents needs python-docx", _INSTALL) from error
    try:
        document = Document(io.BytesIO(source.read()))
        lines = list(_blocks(document))
    except _docx_errors() as error:
        raise source.error("is no Word document, or is damaged", "open it and save it as .docx") from error
    yield _part(source, "\n".join(lines), document.core_properties.title, "it may hold only pictures")


def _docx_errors() -> tuple[type[Exception], ...]:
    """What python-docx raises for a file that is none of its own: XML errors are SyntaxError."""
    from zipfile import BadZipFile

    from docx.opc.exceptions import OpcError

    return BadZipFile, OpcError, KeyError, ValueError, OSError, SyntaxError


def _blocks(holder: Any) -> Iterator[str]:
    for block in holder.iter_inner_content():
        if hasattr(block, "rows"):
            yield from ("\t".join(_row_cells(row)) for row in block.rows)
        else:
            yield block.text


def _row_cells(row: Any) -> Iterator[str]:
    """The cells of a row; cells joined into one are given once."""
    before = None
    for cell in row.cells:
        if cell._tc is not before:
            yield " ".join(cell.text.split())
        before = cell._tc


def read_pdf(source: FileSource, reading: Reading) -> Parts:
    """The text layer of all pages; lines that the margin broke are joined again."""
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise source.error("reading PDF files needs pypdf", _INSTALL) from error
    quiet("pypdf")
    try:
        reader = PdfReader(io.BytesIO(source.read()))
        if reader.is_encrypted and not reader.decrypt(""):
            raise source.error("is protected by a password", "save it without one")
        pages = [page.extract_text() for page in reader.pages]
        title = str((reader.metadata and reader.metadata.title) or "")
    except (PyPdfError, KeyError, ValueError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise source.error("is no PDF file, or is damaged", "open it and save it again") from error
    yield _part(
        source,
        "\n".join(map(joined_lines, pages)),
        title,
        "it may be a scan: run text recognition (OCR) first",
    )


def joined_lines(page: str) -> str:
    """The text of a page with the lines that the margin broke joined again."""
    lines = [line.strip() for line in page.split("\n")]
    full = _FULL * _usual_width(lines)
    joined = lines[:1]
    for before, line in pairwise(lines):
        if before and line and before[-1] not in _ENDS and _width(before) >= full:
            joined[-1] += ("" if _wide(before[-1]) or _wide(line[0]) else " ") + line
        else:
            joined.append(line)
    return "\n".join(joined)


def _usual_width(lines: Sequence[str]) -> float:
    """The width of the long lines of a page: nine of ten are no wider; no limit where there are too few."""
    widths = sorted(_width(line) for line in lines if line)
    return widths[(len(widths) - 1) * 9 // 10] if len(widths) > 2 else float("inf")


def _width(line: str) -> int:
    return sum(2 if _wide(character) else 1 for character in line)


def _wide(character: str) -> bool:
    return character > "\u2e7f"


def _part(source: FileSource, text: str, title: str, guess: str) -> Part:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise InputError(source.shown, "holds no text", guess)
    return Part(text=text, meta={"title": title.strip()} if title and title.strip() else {})
