"""A text, its words and its dictionary hits → what the tagger reads of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from extractor.tagger.features import Ints, Texts

PLACE_KINDS = (
    "country", "province", "city", "county", "town", "village",
    "region", "road", "water", "mountain", "building", "",
)  # fmt: skip
BODY_KINDS = ("government", "party", "company", "media", "school", "")
CUES = ("PERSON", "title", "speech_verb", "surname", "")
_TAILS = {"org_head": 1, "org_suffix": 2, "place_head": 3}
_FAR = 15  # characters within which a tail (局, 公司, 村) is seen ahead
_NEAR = np.array([0, 1, 2, 3, 4, 5, 5, 6, 6, 6, 7, 7, 7, 7, 7, 7], dtype=np.int32)


class TermHit(NamedTuple):
    """A dictionary term in the text; ``context`` marks terms that are also common words."""

    start: int
    end: int
    label: str
    kind: str
    context: bool


def read_text(
    shadow: str, words: tuple[Sequence[int], Sequence[str]], hits: Iterable[TermHit], parts: Mapping[str, int]
) -> Texts:
    """The features of a shadow that is not empty.

    ``words`` are the starts of its words (the first 0) and their parts of speech, which ``parts`` numbers.
    Hits may overlap: in each stream the longest covers a character.
    """
    starts, tags = words
    numbers = np.array([parts.get(tag, 0) & 63 for tag in tags], dtype=np.int32)
    points = np.frombuffer(shadow.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int32)
    codes = _codes(len(shadow), sorted(hits, key=_length))
    return Texts(points, np.array(starts, dtype=np.int32), numbers, codes)


def joined(texts: Sequence[Texts]) -> Texts:
    """Several texts one after another."""
    lengths = [len(text.points) for text in texts]
    bases = np.cumsum([0, *lengths[:-1]], dtype=np.int32)
    starts = [text.word_starts + base for text, base in zip(texts, bases, strict=True)]
    codes = {name: np.concatenate([text.codes[name] for text in texts]) for name in texts[0].codes}
    points = np.concatenate([text.points for text in texts])
    return Texts(points, np.concatenate(starts), np.concatenate([text.parts for text in texts]), codes)


def _length(hit: TermHit) -> int:
    return hit.end - hit.start


def _codes(length: int, hits: Sequence[TermHit]) -> dict[str, Ints]:
    codes = {name: np.zeros(length, dtype=np.int32) for name in ("place", "organization", "cue")}
    tails: dict[int, int] = {}
    for hit in hits:
        stream, number = _number(hit)
        _cover(codes[stream], hit.start, hit.end, number)
        if hit.label in _TAILS:
            tails[hit.end] = _TAILS[hit.label]
    return {**codes, "head": _distances(length, tails)}


def _number(hit: TermHit) -> tuple[str, int]:
    """Stream and number of a hit; numbers stay below 31, so that codes stay below 128."""
    if hit.label == "LOC":
        return "place", _index(PLACE_KINDS, hit.kind) * 2 + hit.context
    if hit.label == "ORG":
        return "organization", _index(BODY_KINDS, hit.kind) * 2 + hit.context
    if hit.label in _TAILS:
        return "organization", 2 * len(BODY_KINDS) + 2 * _TAILS[hit.label] + hit.context
    return "cue", _index(CUES, hit.label) * 2 + hit.context


def _index(names: Sequence[str], name: str) -> int:
    return names.index(name) if name in names else len(names) - 1


def _cover(codes: Ints, start: int, end: int, number: int) -> None:
    """Code 1 + 4 x number + where in the term a character stands (first, inner, last, only)."""
    base = 1 + 4 * number
    if end - start == 1:
        codes[start] = base + 3
        return
    codes[start] = base
    codes[start + 1 : end - 1] = base + 1
    codes[end - 1] = base + 2


def _distances(length: int, tails: Mapping[int, int]) -> Ints:
    """For each character, how far ahead the next tail ends (in bands) and of which kind it is."""
    if not tails:
        return np.zeros(length, dtype=np.int32)
    ends = np.array(sorted(tails), dtype=np.int32)
    kinds = np.array([tails[end] for end in ends.tolist()], dtype=np.int32)
    following = np.searchsorted(ends, np.arange(length), side="right")
    known = np.minimum(following, len(ends) - 1)
    distance = ends[known] - np.arange(length)
    near = (following < len(ends)) & (distance <= _FAR)
    return np.where(near, kinds[known] * 8 + _NEAR[np.clip(distance, 0, _FAR)], 0).astype(np.int32)
