"""Whether a few characters are a name: the characters, the words around, how the segmenter cut them.

The evidence of a candidate is summed to a log-odds.  Characters and cuts are summed for the whole text
at once; only what can still become a name is looked at with the words around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extractor.components._name_model import Floats, NameModel, code_points

# Classes of a token; 0: no token starts (or ends) there.
INSIDE, WORD, NAME, UNKNOWN, VERB, NOUN, FUNCTION = range(7)
_TAGS = {"nr": NAME, "nrt": NAME, "nrfg": NAME, "x": UNKNOWN}
_TAG_LETTERS = {"v": VERB, "n": NOUN, **dict.fromkeys("pcudrft", FUNCTION)}
_CUTS = ("none", "right", "left", "left-name", "word", "name", "unknown", "split", "parts")
_GAPS = frozenset({"sign.space", "sign.colon", "sign.list"})
_VAGUE = frozenset({"other", "particle"})
_BESIDE = ("inside", "word", "name", "unknown", "verb", "noun", "function")
Bytes = NDArray[np.uint8]
Points = NDArray[np.uint16]
Ints = NDArray[np.int64]


class Edges(NamedTuple):
    """For each position the class of the token that starts there, and of the one that ends there.

    ``kind`` is ``starting`` as an array.
    """

    kind: Bytes
    starting: bytes
    ending: bytes


class Scored(NamedTuple):
    """A candidate and the log-odds that it is a name."""

    score: float
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Cues:
    """Words that stand before or after a name, each with its class; the longest one counts.

    ``sizes_before`` tells by the last character of a word, ``sizes_after`` by the first, how long it can be.
    """

    before: Mapping[str, str]
    after: Mapping[str, str]
    sizes_before: Mapping[str, tuple[int, ...]]
    sizes_after: Mapping[str, tuple[int, ...]]
    never_given: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()

    def left(self, shadow: str, start: int) -> str:
        """The class of what ends at ``start``."""
        for size in self.sizes_before.get(shadow[start - 1 : start], ()):
            if size <= start and (label := self.before.get(shadow[start - size : start])):
                return label
        return "begin" if start == 0 else "other"

    def bars(self, shadow: str, start: int, end: int) -> bool:
        """Whether a candidate is a cue itself, a form of address, or known to be no name."""
        text = shadow[start:end]
        return text in self.after or text in self.never or shadow[start + 1 : end] in self.never_given

    def begins_inside(self, shadow: str, end: int) -> bool:
        """Whether a word of two and more characters that follows names begins with the last character."""
        sizes = self.sizes_after.get(shadow[end - 1], ())
        return any(shadow[end - 1 : end - 1 + size] in self.after for size in sizes if size > 1)

    def right(self, shadow: str, end: int) -> str:
        """The class of what begins at ``end``."""
        for size in self.sizes_after.get(shadow[end : end + 1], ()):
            if label := self.after.get(shadow[end : end + size]):
                return label
        return "finish" if end >= len(shadow) else "other"


def around(shadow: str, start: int, end: int, edges: Edges, cues: Cues) -> tuple[str, str]:
    """The classes of what stands before and after; where no cue does, of the token there."""
    left, right = cues.left(shadow, start), cues.right(shadow, end)
    if left in _GAPS and start > 1 and cues.left(shadow, start - 1) == "byline":
        left = "byline"
    if left in _VAGUE:
        left = f"{left}.{_BESIDE[edges.ending[start]]}"
    if right in _VAGUE:
        right = f"{right}.{_BESIDE[edges.starting[end]]}"
    return left, right


def make_cues(
    before: Mapping[str, Iterable[str]],
    after: Mapping[str, Iterable[str]],
    never_given: Iterable[str] = (),
    never: Iterable[str] = (),
) -> Cues:
    """Cues from class → words; where a word has two classes the later one counts.

    ``never_given`` are words that after a surname are a form of address (先生), not a given name;
    ``never`` are words that are no name although they look like one.
    """
    left = {word: label for label, words in before.items() for word in words}
    right = {word: label for label, words in after.items() for word in words}
    sizes = _sizes(left, -1), _sizes(right, 0)
    return Cues(left, right, *sizes, frozenset(never_given), frozenset(never))


def _sizes(words: Iterable[str], side: int) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[side], set()).add(len(word))
    return {char: tuple(sorted(sizes, reverse=True)) for char, sizes in found.items()}


def tag_class(tag: str) -> int:
    """What a part of speech of the segmenter says about names."""
    return _TAGS.get(tag) or _TAG_LETTERS.get(tag[:1], WORD)


def mark_edges(length: int, starts: Ints, lengths: Ints, classes: Bytes) -> Edges:
    """Edges of tokens; where a blank follows a token, and at the end of the text, its end is an edge too."""
    kind = np.zeros(length + 1, dtype=np.uint8)
    ended = np.zeros(length + 1, dtype=np.uint8)
    kind[length] = WORD
    kind[starts + lengths] = WORD
    kind[starts] = classes
    ended[starts + lengths] = classes
    return Edges(kind, kind.tobytes(), ended.tobytes())


def cut_classes(kind: Bytes, size: int) -> Bytes:
    """For each start how the segmenter cut the ``size`` characters from there: an index into ``_CUTS``."""
    count = len(kind) - size
    left, right = kind[:count], kind[size:]
    edges = (kind > 0).astype(np.uint8)
    inside = sum((edges[i : count + i] for i in range(1, size)), np.zeros(count, dtype=np.uint8))
    named = np.any([kind[i : count + i] == NAME for i in range(size)], axis=0)
    both = (left > 0) & (right > 0)
    whole = np.where(left == NAME, 5, np.where(left == UNKNOWN, 6, 4))
    cut = np.where(inside > 0, np.where(named, 8, 7), whole)
    open_left = np.where(left == 0, np.where(right > 0, 1, 0), np.where(left == NAME, 3, 2))
    return np.where(both, cut, open_left).astype(np.uint8)


def cut_of(starting: bytes, start: int, end: int) -> str:
    """How the segmenter cut one span: the same as ``cut_classes`` says for many."""
    left, right, inner = starting[start], starting[end], starting[start + 1 : end].strip(b"\0")
    if not left:
        return "right" if right else "none"
    if not right:
        return "left-name" if left == NAME else "left"
    if inner:
        return "parts" if left == NAME or NAME in inner else "split"
    return "name" if left == NAME else "unknown" if left == UNKNOWN else "word"


def _cut_weights(model: NameModel, form: str) -> Floats:
    return np.array([model.weight(f"{form}.cut.{name}") for name in _CUTS], dtype=np.float32)


def chinese_names(shadow: str, edges: Edges, cues: Cues, model: NameModel) -> list[Scored]:
    """Every surname with one or two given characters whose evidence could reach the threshold."""
    points = code_points(shadow)
    found: list[Scored] = []
    for form, base in _chinese_sums(points, edges, model):
        size = 2 if form == "one" else 3
        found += _with_cues(shadow, base, size, form, (edges, cues, model))
    found += _double_surnames(shadow, points, edges, cues, model)
    return found


def _chinese_sums(points: Points, edges: Edges, model: NameModel) -> Iterator[tuple[str, Floats]]:
    surname = model.surname[points] * model.weight("surname")
    if len(points) >= 2:
        base = surname[:-1] + model.single[points[1:]] * model.weight("single")
        yield "one", base + model.weight("one") + _cut_weights(model, "one")[cut_classes(edges.kind, 2)]
    if len(points) >= 3:
        given = _two_given(points[1:-1], points[2:], model)
        yield (
            "two",
            surname[:-2]
            + given
            + model.weight("two")
            + _cut_weights(model, "two")[cut_classes(edges.kind, 3)],
        )


def _two_given(first: Points, second: Points, model: NameModel) -> Floats:
    return model.first[first] * model.weight("first") + model.second[second] * model.weight("second")


def _double_surnames(shadow: str, points: Points, edges: Edges, cues: Cues, model: NameModel) -> list[Scored]:
    found: list[Scored] = []
    for match in model.doubles.finditer(shadow):
        found += _after_double(
            shadow, match.start(), model.double[match.group()], (points, edges, cues, model)
        )
    return found


def _after_double(
    shadow: str, start: int, odds: float, data: tuple[Points, Edges, Cues, NameModel]
) -> list[Scored]:
    points, edges, cues, model = data
    found = []
    for form, size in (("one", 3), ("two", 4)):
        if start + size > len(shadow):
            continue
        given = points[start + 2 : start + size]
        if form == "one":
            odds_given = model.single[given] * model.weight("single")
        else:
            odds_given = _two_given(given[:1], given[1:], model)
        cut = model.weight(f"{form}.cut.{cut_of(edges.starting, start, start + size)}")
        base = odds * model.weight("surname") + odds_given + model.weight(form) + cut
        found += _with_cues(shadow, base, size, form, (edges, cues, model), start)
    return found


def _with_cues(
    shadow: str, base: Floats, size: int, form: str, data: tuple[Edges, Cues, NameModel], offset: int = 0
) -> list[Scored]:
    """Add what stands around to the candidates that can still reach the threshold."""
    edges, cues, model = data
    least, hidden = float(model.settings["reach"]), model.settings["hidden_given"]
    found = []
    for place in np.flatnonzero(base > least).tolist():
        start, end = place + offset, place + offset + size
        given = shadow[start + 1 : end]
        if given in cues.never_given or given[0] in hidden or shadow[start:end] in cues.never:
            continue
        left, right = around(shadow, start, end, edges, cues)
        score = float(base[place]) + model.weight(f"left.{left}") + model.weight(f"right.{right}")
        if size == 3 and cues.begins_inside(shadow, end):
            score += model.weight("two.steals")
        found.append(Scored(score, start, end, f"name.{form}.{left}"))
    return found


def foreign_names(shadow: str, edges: Edges, cues: Cues, model: NameModel) -> list[Scored]:
    """Names written in characters of transliteration, and what the segmenter alone takes for a name."""
    odds = np.maximum(model.foreign[code_points(shadow)], -4.0)
    sums = np.concatenate(([0.0], np.cumsum(odds, dtype=np.float64))).tolist()
    weight, least = model.weight("foreign"), float(model.settings["reach"]) - model.weight("other")
    never_last = frozenset(model.settings["foreign_never_last"])
    spans = set(_runs(odds, edges.starting, int(model.settings["longest"]))) | set(_name_tokens(edges.kind))
    found = []
    for start, end in sorted(spans):
        if cues.bars(shadow, start, end) or shadow[end - 1] in never_last:
            continue
        base = (sums[end] - sums[start]) * weight + model.weight(f"other.size.{min(end - start, 5)}")
        base += model.weight(f"other.cut.{cut_of(edges.starting, start, end)}")
        if base <= least:
            continue
        left, right = around(shadow, start, end, edges, cues)
        score = base + model.weight("other")
        score += model.weight(f"other.left.{left}") + model.weight(f"other.right.{right}")
        found.append(Scored(score, start, end, f"name.foreign.{left}"))
    return found


def _runs(odds: Floats, kind: bytes, longest: int) -> Iterator[tuple[int, int]]:
    """Spans of two and more characters inside runs of transliteration, that begin or end on an edge."""
    marked = np.concatenate(([False], odds > 0.0, [False]))
    changes = np.flatnonzero(marked[1:] != marked[:-1])
    for low, high in zip(changes[::2].tolist(), changes[1::2].tolist(), strict=True):
        if high - low < 2:
            continue
        for start in range(low, high - 1):
            if kind[start] or start == low:
                last = min(high, start + longest)
                yield from ((start, end) for end in range(start + 2, last + 1) if kind[end] or end == high)


def _name_tokens(kind: Bytes) -> Iterator[tuple[int, int]]:
    edges = np.flatnonzero(kind)
    ends = edges[1:]
    keep = (kind[edges[:-1]] == NAME) & (ends - edges[:-1] >= 2) & (ends - edges[:-1] <= 5)
    yield from zip(edges[:-1][keep].tolist(), ends[keep].tolist(), strict=True)


def married_names(
    shadow: str, scored: Iterable[Scored], edges: Edges, cues: Cues, model: NameModel
) -> list[Scored]:
    """A husband's surname before one of the names that were scored (林郑月娥)."""
    settings = model.settings
    barred, least = frozenset(settings["never_married"]), float(settings["married_least"])
    found = []
    for name in scored:
        start = name.start - 1
        if name.score < least or start < 0 or name.end - name.start != 3 or shadow[start] in barred:
            continue
        odds, own = (float(model.surname[min(ord(char), 0xFFFF)]) for char in shadow[start : start + 2])
        if own < float(settings["married_own"]):
            continue
        left, _ = around(shadow, start, name.end, edges, cues)
        sure = odds >= float(settings["married_surname"]) and edges.starting[start] > 0
        if sure or (odds >= float(settings["married_after_cue"]) and left.partition(".")[0] not in _VAGUE):
            inner = name.rule.split(".", 2)[2]
            score = name.score - model.weight(f"left.{inner}") + model.weight(f"left.{left}")
            found.append(Scored(max(score, name.score) + 1.0, start, name.end, "name.married"))
    return found
