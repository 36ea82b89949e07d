"""JSON Lines and JSON: an object a text, its further keys carried along."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator

from extractor.corpus.rows import Parts, find_column, mended, once, to_part, usual_names
from extractor.corpus.sources import FileSource, Part, Reading
from extractor.errors import InputError
from extractor.text.decoding import decode


def read_jsonl(source: FileSource, reading: Reading) -> Parts:
    """A text a line; a line with a fault is an error, the others are read all the same."""
    used: dict[str, int] = {}
    for number, line in enumerate(_decoded_lines(source, reading), 1):
        if isinstance(line, InputError):
            yield line
        elif line.strip():
            yield once(_json_line(source, reading, number, line), source, used)


def read_json(source: FileSource, reading: Reading) -> Parts:
    """A file that is one JSON value: a list of objects, or one object; JSON Lines are understood too."""
    text = decode(source.read(), path=source.shown, encoding=reading.encoding).text
    used: dict[str, int] = {}
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        if not (text.lstrip().startswith("{") and "\n{" in text):
            raise source.error(f"is not JSON ({_reason(error)})", "check the file") from error
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                yield once(_json_line(source, reading, number, line), source, used)
        return
    for number, item in enumerate(value if isinstance(value, list) else [value], 1):
        yield once(_from_object(source, reading, f"item {number}", item, number), source, used)


def _decoded_lines(source: FileSource, reading: Reading) -> Iterator[str | InputError]:
    """The lines of the file, decoded one by one in the encoding that its beginning shows."""
    head = source.head[: source.head.rfind(b"\n") + 1] or source.head
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in head or head is source.head:
        yield from decode(source.read(), path=source.shown, encoding=reading.encoding).text.split("\n")
        return
    encoding = decode(head, path=source.shown, encoding=reading.encoding).encoding
    for number, line in enumerate(source.lines(), 1):
        try:
            yield line.decode(encoding).removeprefix("\ufeff")
        except UnicodeError:
            yield source.error(f"line {number}: is not {encoding}", "mend it, or name another --encoding")


def _json_line(source: FileSource, reading: Reading, number: int, line: str) -> Part | InputError:
    place = f"line {number}"
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return source.error(f"{place}: is not JSON ({_reason(error)})", "write one object a line")
    return _from_object(source, reading, place, value, number)


def _from_object(
    source: FileSource, reading: Reading, place: str, value: object, number: int
) -> Part | InputError:
    if not isinstance(value, dict):
        return source.error(f"{place}: is no JSON object", 'write {"id": …, "text": …}')
    values = {mended(key): mended(item) for key, item in value.items()}
    try:
        column = find_column(source, list(values), reading.text_column, usual_names("text"), place)
    except InputError as error:
        return error
    return to_part(source, reading, (place, number, column), values)


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at character {error.pos + 1}"
    return "too deeply nested" if isinstance(error, RecursionError) else str(error)
