"""Labelled texts → weights of the tagger: what ``tools/train_tagger.py`` and ``extractor train`` share.

Needs the extra ``train`` (scipy).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from extractor.components import state
from extractor.components.tagger import CueWords, Reader
from extractor.errors import InputError
from extractor.lexicon.lexicon import load_lexicon
from extractor.pipeline import load
from extractor.tagger.features import STREAMS, Ints, Stream, Texts, stream_keys
from extractor.tagger.labels import TYPES, encode
from extractor.tagger.reading import Numbering, joined, rule_key
from extractor.tagger.tagger import Tagger, clauses
from extractor.tagger.training import Examples, column_count, column_numbers
from extractor.tagger.weights import TaggerWeights

LATER = ("tagger", "quantities", "entities", "linking", "roles", "statistics")
Span = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text with its names (start, end, label), which do not overlap."""

    text: str
    spans: tuple[Span, ...]


def read_labelled(path: Path) -> list[Labelled]:
    """The labelled texts of a JSON Lines file: ``text`` and ``entities`` with start, end, type.

    Raises InputError, with file and line, for a line that is no such text.
    """
    with path.open(encoding="utf-8-sig") as lines:
        return [_labelled(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip()]


def _labelled(line: str, where: str) -> Labelled:
    try:
        row = json.loads(line)
        spans = [(int(one["start"]), int(one["end"]), _type(one)) for one in row["entities"]]
        text = str(row["text"])
    except (ValueError, KeyError, TypeError) as error:
        problem = f"is no labelled text ({error!r})"
        raise InputError(where, problem, "give each line text and entities with start, end, type") from error
    spans.sort()
    reach = 0
    for start, end, label in spans:
        if not reach <= start < end <= len(text) or label not in TYPES:
            problem = f"{label} [{start}, {end}) overlaps another, leaves the text or is of no known type"
            raise InputError(where, problem, f"types are {', '.join(TYPES)}")
        reach = end
    return Labelled(text, tuple(spans))


def _type(one: dict[str, Any]) -> str:
    return str(one["type"] if "type" in one else one["label"])


class MoreEvidence(Protocol):
    """Streams beside those of the tagger, for a teacher that may read more than is shipped."""

    @property
    def streams(self) -> tuple[Stream, ...]:
        """Their names, sizes and windows."""

    def keys(self, shadows: Sequence[str]) -> list[Ints]:
        """The key of every character of the texts, one after another, in each stream."""


class Encoder:
    """Reads texts as the pipeline of a model folder does, up to the tagger.

    With ``numbering`` from weights, parts of speech and rules keep their numbers; else they are numbered as
    they come.
    """

    def __init__(self, folder: Path, numbering: Numbering | None = None) -> None:
        self.nlp = load(folder, exclude=LATER)
        self.reader = Reader(CueWords(load_lexicon(folder)))
        self.parts: dict[str, int] = dict(numbering.parts) if numbering else {}
        self.rules: dict[str, int] = dict(numbering.rules) if numbering else {}
        self._fixed = numbering is not None

    def texts(self, text: str) -> tuple[Texts, str]:
        """The features of a text, and its shadow."""
        doc = self.nlp(text)
        if not self._fixed:
            for tag in sorted({token.tag_ for token in doc}):
                self.parts.setdefault(tag, len(self.parts) + 1)
            for key in sorted({rule_key(one.rule, one.priority) for one in state.candidates(doc)}):
                self.rules.setdefault(key, len(self.rules) + 1)
        return self.reader.read(doc, Numbering(self.parts, self.rules)), state.shadow(doc)

    def examples(
        self, rows: Iterable[Labelled], importance: float = 1.0, more: MoreEvidence | None = None
    ) -> Examples:
        """The encoded texts, a line feed between two; a clause mark inside a name parts no clause."""
        texts, shadows, tags, starts, ends, base = [], [], [], [], [], 0
        for row in rows:
            features, shadow = self.texts(row.text + "\n")
            texts.append(features)
            shadows.append(shadow)
            tags.append(encode(len(shadow), row.spans))
            for start, end in _unbroken(shadow, row.spans):
                starts.append(base + start)
                ends.append(base + end)
            base += len(shadow)
        streams: tuple[Stream, ...] = STREAMS
        keys = stream_keys(joined(texts))
        if more is not None:
            streams, keys = (*streams, *more.streams), [*keys, *more.keys(shadows)]
        weights = np.full(len(starts), importance, np.float32)
        return Examples(
            column_numbers(keys, streams),
            np.concatenate(tags),
            np.array(starts),
            np.array(ends),
            weights,
            column_count(streams),
        )


def _unbroken(shadow: str, spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    start = 0
    for end in clauses(shadow)[1].tolist():
        if not any(low < end < high for low, high, _ in spans):
            yield start, end
            start = end


def together(parts: Sequence[Examples]) -> Examples:
    """Several sets of examples as one."""
    bases = np.cumsum([0, *(len(part.tags) for part in parts)])[:-1]
    return Examples(
        np.concatenate([part.columns for part in parts]),
        np.concatenate([part.tags for part in parts]),
        np.concatenate([part.starts + base for part, base in zip(parts, bases, strict=True)]),
        np.concatenate([part.ends + base for part, base in zip(parts, bases, strict=True)]),
        np.concatenate([part.importance for part in parts]),
        parts[0].width,
    )


@dataclass(frozen=True, slots=True)
class Measured:
    """Names in the gold, names found (with confidence), by number of the text."""

    gold: frozenset[tuple[int, Span]]
    found: dict[tuple[int, Span], float]

    def f1(self) -> dict[str, float]:
        """Strict F1 of span and type, over all (micro) and by type."""
        scores = {"micro": _f1(self.gold, set(self.found))}
        for label in TYPES:
            scores[label] = _f1(
                {one for one in self.gold if one[1][2] == label},
                {one for one in self.found if one[1][2] == label},
            )
        return scores


def measure(tagger: Tagger, encoder: Encoder, rows: Sequence[Labelled]) -> Measured:
    """What the tagger finds by itself in labelled texts."""
    gold: set[tuple[int, Span]] = set()
    found: dict[tuple[int, Span], float] = {}
    for number, row in enumerate(rows):
        features, shadow = encoder.texts(row.text)
        gold.update((number, span) for span in row.spans)
        for one in tagger.tag(features, shadow):
            found[number, (one.start, one.end, one.label)] = one.confidence
    return Measured(frozenset(gold), found)


def _f1(gold: Iterable[Any], found: Iterable[Any]) -> float:
    known, seen = set(gold), set(found)
    return round(2 * len(known & seen) / max(1, len(known) + len(seen)), 4)


def calibration(measured: Sequence[Measured], bins: int = 20) -> tuple[tuple[float, float], ...]:
    """Pairs of the probability given and the share that was right, rising (pool adjacent violators).

    Names are put into bins of equal size by their probability.
    """
    pairs = sorted((given, float(one in part.gold)) for part in measured for one, given in part.found.items())
    if len(pairs) < bins:
        return ((0.0, 0.0), (1.0, 1.0))
    pools: list[list[float]] = []  # sum of given, sum of right, count
    for part in np.array_split(np.array(pairs), bins):
        pools.append([float(part[:, 0].sum()), float(part[:, 1].sum()), float(len(part))])
        while len(pools) > 1 and _share(pools[-2]) >= _share(pools[-1]):
            last = pools.pop()
            pools[-1] = [before + after for before, after in zip(pools[-1], last, strict=True)]
    inner = [(round(given / count, 4), round(right / count, 4)) for given, right, count in pools]
    return ((0.0, 0.0), *inner, (1.0, max(inner[-1][1], 0.99)))


def _share(pool: Sequence[float]) -> float:
    return pool[1] / pool[2]


def calibrated(weights: TaggerWeights, encoder: Encoder, rows: Sequence[Labelled]) -> TaggerWeights:
    """The weights with confidences that fit labelled texts which were held out."""
    plain = replace(weights, calibration=((0.0, 0.0), (1.0, 1.0)))
    return replace(weights, calibration=calibration([measure(Tagger(plain), encoder, rows)]))
