"""Scores of all tags at every character: one gather a stream, shifted and added."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extractor.tagger.features import STREAMS, Ints


def scores(tables: Sequence[NDArray[np.int8]], keys: Sequence[Ints], tags: int) -> NDArray[np.int16]:
    """Integer scores (characters, tags); ``tables`` are (rows, offsets x tags), one a stream."""
    total = np.zeros((len(keys[0]), tags), dtype=np.int16)
    for stream, table, key in zip(STREAMS, tables, keys, strict=True):
        rows = table.take(key, axis=0)
        for column, offset in enumerate(stream.offsets):
            _add(total, rows[:, column * tags : (column + 1) * tags], offset)
    return total


def _add(total: NDArray[np.int16], part: NDArray[np.int8], offset: int) -> None:
    """total[i] += part[i + offset]."""
    if offset > 0:
        total[:-offset] += part[offset:]
    elif offset < 0:
        total[-offset:] += part[:offset]
    else:
        total += part
