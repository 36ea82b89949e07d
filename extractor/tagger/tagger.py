"""Texts in, names out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from extractor.tagger.decoding import NEVER, best_tags, open_stretches, span_confidence
from extractor.tagger.features import Texts, stream_keys
from extractor.tagger.labels import TAGS, allowed, decode
from extractor.tagger.reading import Numbering
from extractor.tagger.scoring import scores
from extractor.tagger.weights import TaggerWeights, read_weights

CLAUSE = re.compile(r"[^,。!?;:…\n]*[,。!?;:…\n]+|[^,。!?;:…\n]+\Z")


@dataclass(frozen=True, slots=True)
class Tagged:
    """A name that the tagger sees: span in code points, label, and the probability that it is right."""

    start: int
    end: int
    label: str
    confidence: float


class Tagger:
    """A linear-chain tagger with its weights in memory; tagging never changes it."""

    def __init__(self, weights: TaggerWeights) -> None:
        self.weights = weights
        self.numbering = Numbering(_numbered(weights.parts), _numbered(weights.rules))
        self._given, self._right = (np.array(column) for column in zip(*weights.calibration, strict=True))
        self._moves = np.where(allowed(), weights.transitions, NEVER).astype(np.int16)
        self._final = np.array([name[0] in "OES" for name in TAGS])

    @classmethod
    def load(cls, folder: Path) -> Tagger:
        """The tagger of a folder; ModelError when its weights cannot be used."""
        return cls(read_weights(folder))

    def tag(self, texts: Texts, shadow: str) -> list[Tagged]:
        """The names in ``shadow``, which ``texts`` describes character for character, in order."""
        if not shadow:
            return []
        found = scores(self.weights.tables, stream_keys(texts), len(TAGS))
        starts, ends = open_stretches(found, self._moves, *clauses(shadow))
        spans = decode(best_tags(found, self._moves, starts, ends, self._final))
        sure = span_confidence(found, self._moves, self.weights.scale, (starts, ends), spans)
        right = np.interp(sure, self._given, self._right).round(3).tolist()
        return [Tagged(*span, confidence) for span, confidence in zip(spans, right, strict=True)]


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(names, 1)}


def clauses(shadow: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Starts and ends of the clauses of a text: no name runs across their marks."""
    edges = [match.span() for match in CLAUSE.finditer(shadow)]
    table = np.array(edges, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]
