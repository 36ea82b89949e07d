"""Bytes to text: which encoding a file is in, and what is refused.

In this order: the encoding that the caller forces, a byte order mark, strict UTF-8, the charset that the
page declares (gb2312 and gbk widened to GB18030, big5 to Big5-HKSCS), and the one of GB18030, Big5-HKSCS
and UTF-16 in which the bytes read as the most common Chinese characters.
"""

from __future__ import annotations

import codecs
import math
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from extractor.errors import InputError
from extractor.text.script import read_table, to_shadow

_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_WIDENED = {
    **dict.fromkeys(("gb2312", "gbk", "cp936", "gb18030", "hz", "euc_cn"), "gb18030"),
    **dict.fromkeys(("big5", "cp950", "big5hkscs"), "big5hkscs"),
}
_GUESSES = ("gb18030", "big5hkscs")
_WIDE = ("utf-16-le", "utf-16-be")
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_FILE_KINDS = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a ZIP, Word or Excel file",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"\x1f\x8b": "a compressed file",
    b"Rar!": "a compressed file",
    b"7z\xbc\xaf": "a compressed file",
}
_HEAD = 4096
_SAMPLE = 20_000
# Mean log10 of the frequency a million, over the characters beyond ASCII.  On 600 passages of 20 characters
# from Taiwan, Hong Kong and mainland texts the right encoding gave 2.0 or more, a wrong one 1.4 or less.
_RARE = -1.0
_LEAST_COMMON = 1.4
_TOO_SHORT = 12
_MOST_CONTROLS = 0.01


class Decoded(NamedTuple):
    """A text and the Python name of the encoding it was in."""

    text: str
    encoding: str


def decode(data: bytes, *, path: str | Path = "-", encoding: str = "", declared: str = "") -> Decoded:
    """The text that ``data`` holds, and its encoding.

    ``encoding`` forces one; ``declared`` is what a page or a server says, believed where it fits.  Line ends
    become a line feed each, so the text is what Python's ``open`` would have read; a byte order mark is left
    out.  Raises InputError, which names ``path``, when the data is empty, binary or in no encoding known.
    """
    if not data:
        raise InputError(path, "is empty")
    found = _forced(data, path, encoding) if encoding else _detected(data, path, declared)
    text = found.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise InputError(path, "is empty")
    if len(_CONTROL.findall(text)) > _MOST_CONTROLS * len(text):
        raise InputError(path, "is binary, not text", "give a text file")
    return Decoded(text, found.encoding)


def declared_charset(data: bytes) -> str:
    """The charset that an HTML or XML file names in its first 4096 bytes; "" when it names none."""
    found = _DECLARED.search(data[:_HEAD])
    return found.group(1).decode("ascii").lower() if found else ""


def _forced(data: bytes, path: str | Path, encoding: str) -> Decoded:
    name = _known(encoding)
    if not name:
        raise InputError(
            path, f"there is no encoding {encoding!r}", "name one such as utf-8, gb18030 or big5hkscs"
        )
    text = _decoded(data, name)
    if text is None:
        raise InputError(path, f"is not {encoding}", "leave the encoding out to have it detected")
    return Decoded(text, name)


def _detected(data: bytes, path: str | Path, declared: str) -> Decoded:
    for mark, name in _MARKS.items():
        if data.startswith(mark) and (text := _decoded(data[len(mark) :], name)) is not None:
            return Decoded(text, name)
    for signature, kind in _FILE_KINDS.items():
        if data.startswith(signature):
            raise InputError(path, f"is {kind}, not text", "give a text file, or name the file as what it is")
    wide = b"\0" in data
    if not wide and (text := _decoded(data, "utf-8")) is not None:
        return Decoded(text, "utf-8")
    found = _most_common(data, _WIDE if wide else _GUESSES, _known(declared))
    if found is None and not wide:
        found = _most_common(data, _WIDE, "")
    if found is None:
        raise _undecodable(data, path)
    return found


def _most_common(data: bytes, names: tuple[str, ...], declared: str) -> Decoded | None:
    """The decoding with the most common characters, the declared one where it reads well at all."""
    order = dict.fromkeys(([declared] if declared and declared not in _WIDE else []) + list(names))
    readings = [Decoded(text, name) for name in order if (text := _decoded(data, name)) is not None]
    scored = [(_commonness(found.text), found) for found in readings]
    accepted = [(score, found) for score, found in scored if score >= _LEAST_COMMON]
    if accepted and accepted[0][1].encoding == declared:
        return accepted[0][1]
    return max(accepted, key=lambda pair: pair[0])[1] if accepted else None


def _commonness(text: str) -> float:
    """Mean log frequency of the characters beyond ASCII; a handful of them is always common enough."""
    sample, table = text[:_SAMPLE], _frequencies()
    beyond = [read for char, read in zip(sample, to_shadow(sample), strict=True) if char > "\x7f"]
    if not beyond:
        return _LEAST_COMMON if "\0" not in text else _RARE
    mean = sum(table.get(char, _RARE) for char in beyond) / len(beyond)
    return mean if len(beyond) >= _TOO_SHORT else mean + _LEAST_COMMON - _RARE


@cache
def _frequencies() -> dict[str, float]:
    return {char: math.log10(int(count)) for char, count in read_table("frequency")}


def _known(encoding: str) -> str:
    """Python's name of an encoding that gives text, widened; "" when there is none of that name."""
    try:
        name = codecs.lookup(encoding.strip()).name if encoding.strip() else ""
        "".encode(name or "utf-8")
    except (LookupError, ValueError):
        return ""
    return _WIDENED.get(name, "utf-8" if name == "utf-8-sig" else name)


def _decoded(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeError:
        return None


def _undecodable(data: bytes, path: str | Path) -> InputError:
    if b"\0" in data or len(re.findall(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", data)) > _MOST_CONTROLS * len(data):
        return InputError(path, "is binary, not text", "give a text file")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        where = error.start
    return InputError(
        path,
        f"is in no known encoding: UTF-8 breaks at byte {where:,}, GB18030, Big5 and UTF-16 give no Chinese",
        "name its encoding, or save it as UTF-8",
    )
