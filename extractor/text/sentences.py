"""Where sentences begin and end."""

from __future__ import annotations

import re
from functools import lru_cache

# A sentence closes at 。！？； or a line break and takes the closing quotes and brackets with it.
_CLOSE = re.compile(r"(?:[。!?！？;；]+|…{2,})[”’」』)）】》\"']*|\n+")


def find_sentences(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences of ``text`` (code points, end exclusive), blank ones left out.

    Takes text or shadow alike; the spans do not overlap and run from first to last visible character.
    """
    return list(_sentences(text))


@lru_cache(maxsize=4)
def _sentences(text: str) -> tuple[tuple[int, int], ...]:
    """The spans, kept for the last texts: several steps ask for those of one document."""
    spans, start = [], 0
    for match in _CLOSE.finditer(text):
        spans.append((start, match.end()))
        start = match.end()
    spans.append((start, len(text)))
    return tuple(trimmed for low, high in spans if (trimmed := _trim(text, low, high)))


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
