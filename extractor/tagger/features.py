"""What the tagger sees at each character: streams of keys, each with a window of offsets.

A stream gives every character one key, a row of its table; a row holds the scores of all tags for every
offset of the stream's window, so that one gather a stream serves the whole window.
Everything is computed on arrays, for any number of texts put one after another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Stream:
    """Name, size of the table (2**bits rows), and at which offsets from a character its key is read."""

    name: str
    bits: int
    offsets: tuple[int, ...]


STREAMS = (
    Stream("char", 15, (-2, -1, 0, 1, 2)),
    Stream("pair", 16, (-2, -1, 0, 1)),
    Stream("triple", 16, (-2, -1, 0)),
    Stream("skip", 15, (-1,)),
    Stream("word", 16, (0,)),
    Stream("word_before", 15, (0,)),
    Stream("word_after", 15, (0,)),
    Stream("part", 9, (-2, -1, 0, 1, 2)),
    Stream("parts", 14, (0,)),
    Stream("edges", 15, (0,)),
    Stream("place", 7, (-1, 0, 1)),
    Stream("organization", 7, (-1, 0, 1)),
    Stream("cue", 7, (-1, 0, 1)),
    Stream("known", 14, (0,)),
    Stream("head", 7, (0,)),
    Stream("word_cue", 6, (-2, -1, 0, 1, 2)),
    Stream("person_rule", 8, (-1, 0, 1)),
    Stream("organization_rule", 8, (-1, 0, 1)),
    Stream("place_rule", 8, (-1, 0, 1)),
    Stream("rules", 15, (0,)),
)
CODES = (
    "place", "organization", "cue", "head", "word_cue", "person_rule", "organization_rule", "place_rule",
)  # fmt: skip

_MIX = (0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35, 0x27D4EB2F)
_KNOWN = ("place", "organization", "cue", "head")
_RULES = ("person_rule", "organization_rule", "place_rule")
_LONGEST = 8  # characters of a word that its hash looks at


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts one after another: code points, words, and dictionary codes.

    ``word_starts`` are positions in ``points``; ``parts`` the part-of-speech numbers (below 64) of the
    words; ``codes`` what dictionaries and rules say of each character, by stream (``CODES``), each below
    the size of the stream's table.
    """

    points: Ints
    word_starts: Ints
    parts: Ints
    codes: Mapping[str, Ints]


def stream_keys(texts: Texts) -> list[Ints]:
    """The key of every character in every stream, in the order of ``STREAMS``."""
    chars = texts.points.astype(np.uint32)
    nearby = [_shift(chars, offset) for offset in (0, 1, 2)]
    word = _words(texts, chars)
    codes = texts.codes
    keys: dict[str, Ints] = {
        "char": (chars & 0x7FFF).astype(np.int32),
        "pair": _hash(nearby[:2], 16),
        "triple": _hash(nearby, 16),
        "skip": _hash([nearby[0], nearby[2]], 15),
        **word,
        **codes,
        "known": _together(codes, _KNOWN, 14),
        "rules": _together(codes, _RULES, 15),
    }
    return [keys[stream.name] for stream in STREAMS]


def _together(codes: Mapping[str, Ints], names: Sequence[str], bits: int) -> Ints:
    return _hash([codes[name].astype(np.uint32) for name in names], bits)


def _words(texts: Texts, chars: NDArray[np.uint32]) -> dict[str, Ints]:
    count = len(texts.word_starts)
    lengths = np.diff(np.append(texts.word_starts, len(chars)))
    index = np.repeat(np.arange(count), lengths)
    within = np.arange(len(chars)) - texts.word_starts[index]
    last = within == lengths[index] - 1
    place = np.where(within == 0, np.where(last, 3, 0), np.where(last, 2, 1)).astype(np.uint32)
    hashes = _word_hashes(chars, within, texts.word_starts)
    first, final = chars[texts.word_starts], chars[texts.word_starts + lengths - 1]
    parts = texts.parts.astype(np.uint32)
    around = [_shift(parts, -1), parts, _shift(parts, 1)]
    return {
        "word": _hash([hashes[index], place], 16),
        "word_before": _hash([_shift(hashes, -1)[index], place], 15),
        "word_after": _hash([_shift(hashes, 1)[index], place], 15),
        "part": (parts[index] * 4 + place).astype(np.int32) & 511,
        "parts": _hash([column[index] for column in around] + [place], 14),
        "edges": _hash([first[index], final[index], place], 15),
    }


def _word_hashes(chars: NDArray[np.uint32], within: NDArray[np.int64], starts: Ints) -> NDArray[np.uint32]:
    weights = np.array([pow(_MIX[0], power + 1, 1 << 32) for power in range(_LONGEST)] + [0], dtype=np.uint32)
    spread = chars * weights[np.minimum(within, _LONGEST)]
    return np.add.reduceat(spread, starts, dtype=np.uint32)


def _shift(values: NDArray[np.uint32], offset: int) -> NDArray[np.uint32]:
    """``values[i + offset]`` at i, 0 beyond the ends."""
    moved = np.zeros_like(values)
    if offset > 0:
        moved[:-offset] = values[offset:]
    elif offset < 0:
        moved[-offset:] = values[:offset]
    else:
        moved[:] = values
    return moved


def _hash(columns: Sequence[NDArray[np.uint32]], bits: int) -> Ints:
    """A key of ``bits`` bits for each row of columns (multiplicative hashing, Knuth)."""
    mixed = np.zeros_like(columns[0])
    for column, mix in zip(columns, _MIX, strict=False):
        mixed = (mixed ^ column) * np.uint32(mix)
        mixed ^= mixed >> np.uint32(15)
    return (mixed >> np.uint32(32 - bits)).astype(np.int32)
