"""A text, its words, what the dictionaries know of it and what the rules propose → what the tagger reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extractor.tagger.features import CODES, Ints, Texts

PLACE_KINDS = (
    "country", "province", "city", "county", "town", "village",
    "region", "road", "water", "mountain", "building", "",
)  # fmt: skip
BODY_KINDS = ("government", "party", "company", "media", "school", "")
CUES = ("PERSON", "title", "speech_verb", "surname", "")
WORD_CUES = (
    "title", "title_part", "title_prefix", "honorific", "speech_verb", "person_verb", "name_before",
    "name_after", "byline", "org_inner", "org_business", "time_after", "name_stop", "title_frame",
)  # fmt: skip
Marks = NDArray[np.int64]
_RULE_STREAMS = {"PERSON": "person_rule", "ORG": "organization_rule", "LOC": "place_rule"}
_TAILS = {"org_head": 1, "org_suffix": 2, "place_head": 3}
_FAR = 15  # characters within which a tail (局, 公司, 村) is seen ahead
_NEAR = np.array([0, 1, 2, 3, 4, 5, 5, 6, 6, 6, 7, 7, 7, 7, 7, 7], dtype=np.int32)
_LAST_RULE = 62  # the highest number of a rule, so that its codes stay below 256


class TermHit(NamedTuple):
    """A dictionary term in the text; ``context`` marks terms that are also common words."""

    start: int
    end: int
    label: str
    kind: str
    context: bool


class Proposal(NamedTuple):
    """A span that a rule takes for a name."""

    start: int
    end: int
    label: str
    rule: str
    priority: int


def no_marks() -> Marks:
    """No row."""
    return np.zeros((0, 3), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a text beside its words; hits and proposals may overlap.

    Of hits the longest covers a character, of proposals the one of the highest priority, then the longest.
    ``cues`` are words beside names: rows of start, end and index into ``WORD_CUES``.
    """

    hits: Sequence[TermHit] = ()
    cues: Marks = field(default_factory=no_marks)
    proposals: Sequence[Proposal] = ()


@dataclass(frozen=True, slots=True)
class Numbering:
    """Numbers, from 1, of parts of speech and of rules (``rule_key``); what is not numbered counts as 0."""

    parts: Mapping[str, int]
    rules: Mapping[str, int]


def rule_key(rule: str, priority: int) -> str:
    """Rules of one family and priority are one to the tagger: ``org.head.x``, 55 → ``org.head:55``."""
    return f"{_family(rule)}:{priority}"


@cache
def _family(rule: str) -> str:
    return ".".join(rule.split(".")[:2])


def read_text(
    shadow: str, words: tuple[Sequence[int], Sequence[str]], evidence: Evidence, numbering: Numbering
) -> Texts:
    """The features of a shadow that is not empty.

    ``words`` are the starts of its words (the first 0) and their parts of speech.
    """
    starts, tags = words
    numbers = np.array([numbering.parts.get(tag, 0) for tag in tags], dtype=np.int32) & 63
    points = np.frombuffer(shadow.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int32)
    codes = _codes(len(shadow), evidence, numbering.rules)
    return Texts(points, np.array(starts, dtype=np.int32), numbers, codes)


def joined(texts: Sequence[Texts]) -> Texts:
    """Several texts one after another."""
    lengths = [len(text.points) for text in texts]
    bases = np.cumsum([0, *lengths[:-1]], dtype=np.int32)
    starts = [text.word_starts + base for text, base in zip(texts, bases, strict=True)]
    codes = {name: np.concatenate([text.codes[name] for text in texts]) for name in texts[0].codes}
    points = np.concatenate([text.points for text in texts])
    return Texts(points, np.concatenate(starts), np.concatenate([text.parts for text in texts]), codes)


def _codes(length: int, evidence: Evidence, rules: Mapping[str, int]) -> dict[str, Ints]:
    marks: dict[str, list[tuple[int, int, int]]] = {name: [] for name in CODES}
    tails: dict[int, int] = {}
    for start, end, label, kind, context in evidence.hits:
        stream, number = _number(label, kind, context)
        marks[stream].append((start, end, number))
        if label in _TAILS:
            tails[end] = max(_TAILS[label], tails.get(end, 0))
    for start, end, label, rule, priority in sorted(evidence.proposals, key=_by_priority):
        if label in _RULE_STREAMS:
            number = min(rules.get(rule_key(rule, priority), 0), _LAST_RULE)
            marks[_RULE_STREAMS[label]].append((start, end, number))
    for name in ("place", "organization", "cue"):
        marks[name].sort(key=_by_length)
    codes = {name: _painted(length, _table(found)) for name, found in marks.items()}
    codes["word_cue"] = _painted(length, evidence.cues)
    return {**codes, "head": _distances(length, tails)}


def _by_length(mark: tuple[int, int, int]) -> tuple[int, int]:
    return mark[1] - mark[0], mark[2]


def _by_priority(one: Proposal) -> tuple[int, int, str]:
    return one.priority, one.end - one.start, one.rule


@cache
def _number(label: str, kind: str, context: bool) -> tuple[str, int]:
    """Stream and number of a hit; numbers stay below 31, so that codes stay below 128."""
    if label == "LOC":
        return "place", _index(PLACE_KINDS, kind) * 2 + context
    if label == "ORG":
        return "organization", _index(BODY_KINDS, kind) * 2 + context
    if label in _TAILS:
        return "organization", 2 * len(BODY_KINDS) + 2 * _TAILS[label] + context
    return "cue", _index(CUES, label) * 2 + context


def _index(names: Sequence[str], name: str) -> int:
    return names.index(name) if name in names else len(names) - 1


def _table(marks: Sequence[tuple[int, int, int]]) -> Marks:
    return np.fromiter(chain.from_iterable(marks), np.int64, 3 * len(marks)).reshape(-1, 3)


def _painted(length: int, table: Marks) -> Ints:
    """Code 1 + 4 x number + where in the span a character stands (first, inner, last, only).

    ``table`` has rows of start, end and number; a later one covers an earlier one.
    """
    codes = np.zeros(length, dtype=np.int32)
    if not len(table):
        return codes
    starts, ends, numbers = table.T
    lengths = ends - starts
    owner = np.repeat(np.arange(len(table)), lengths)
    within = np.arange(len(owner)) - (lengths.cumsum() - lengths)[owner]
    last = within == (lengths - 1)[owner]
    edge = np.where(within == 0, np.where(last, 3, 0), np.where(last, 2, 1))
    codes[starts[owner] + within] = 1 + 4 * numbers[owner] + edge
    return codes


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
