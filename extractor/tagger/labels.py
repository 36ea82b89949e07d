"""Tags of characters (BIES) and the spans they stand for."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

TYPES = ("PERSON", "ORG", "LOC")
TAGS = ("O", *(f"{edge}-{label}" for label in TYPES for edge in "BIES"))
OUTSIDE = 0


def tag(label: str, edge: str) -> int:
    """The number of a tag, e.g. ``tag("ORG", "B")``."""
    return TAGS.index(f"{edge}-{label}")


def allowed() -> NDArray[np.bool_]:
    """Which tag may follow which, (from, to); a mention opened must be carried on or closed."""
    size = len(TAGS)
    table = np.zeros((size, size), dtype=bool)
    for first, second in np.ndindex(size, size):
        opened = TAGS[first][0] in "BI"
        carried = TAGS[second][0] in "IE"
        same = TAGS[first][2:] == TAGS[second][2:]
        table[first, second] = (opened and carried and same) or (not opened and not carried)
    return table


def encode(length: int, spans: Iterable[tuple[int, int, str]]) -> NDArray[np.int8]:
    """The tag of each character of a text for spans (start, end, label) that do not overlap."""
    tags = np.zeros(length, dtype=np.int8)
    for start, end, label in spans:
        if end - start == 1:
            tags[start] = tag(label, "S")
            continue
        tags[start:end] = tag(label, "I")
        tags[start], tags[end - 1] = tag(label, "B"), tag(label, "E")
    return tags


def decode(tags: NDArray[np.int8]) -> list[tuple[int, int, str]]:
    """The spans (start, end, label) that a well-formed sequence of tags stands for, in order."""
    spans: list[tuple[int, int, str]] = []
    start = 0
    for position in np.flatnonzero(tags):
        name = TAGS[tags[position]]
        if name[0] in "BS":
            start = int(position)
        if name[0] in "ES":
            spans.append((start, int(position) + 1, name[2:]))
    return spans
