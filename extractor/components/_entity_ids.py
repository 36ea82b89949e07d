"""Ids of entities: from what the document says alone, the same on every machine."""

from __future__ import annotations

import hashlib
import re

from extractor.lexicon.divisions import scheme_of
from extractor.text.script import to_shadow

COUNTRIES = "ISO 3166-1"
_BLANK = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
_DIVISION = re.compile(r"[0-9]{6}|[0-9]{9}|[0-9]{12}|TW-[A-Z0-9]{3}")
_COUNTRY = re.compile(r"[A-Z]{2,3}")


def entity_id(label: str, name: str, context: str = "") -> str:
    """An id of label and name, with the organisation as ``context`` for people.

    The name counts in simplified characters and without blanks; ten hexadecimal digits of BLAKE2b.
    """
    key = "\t".join((label, fold(name), fold(context)))
    return f"{label}-{hashlib.blake2b(key.encode(), digest_size=5).hexdigest()}"


def coded_id(scheme: str, code: str) -> str:
    """The id of a place that has a code."""
    return f"{scheme}:{code}"


def code_of(identifier: str) -> tuple[str, str]:
    """Scheme and code in the id of a dictionary entry; empty strings when it is no code."""
    value = identifier.rpartition(":")[2]
    if _DIVISION.fullmatch(value):
        return scheme_of(value), value
    if _COUNTRY.fullmatch(value):
        return COUNTRIES, value
    return "", ""


def clean(text: str) -> str:
    """A name without line breaks and without blanks beside Chinese characters, in its own script."""
    return " ".join(_BLANK.sub("", text).split())


def fold(text: str) -> str:
    """A name as names are compared: simplified, half-width, without blanks and line breaks."""
    return "".join(to_shadow(text).split())
