"""The best sequence of tags, and how sure it is, for many clauses side by side."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractor.tagger.labels import TAGS, tag

NEVER = -(1 << 14)


def side_by_side(
    starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Positions (steps, clauses) of the characters of all clauses, and which of them are real."""
    lengths = ends - starts
    steps = np.arange(int(lengths.max(initial=0)))[:, None]
    real = steps < lengths
    return np.where(real, starts + steps, starts), real


def best_tags(
    scores: NDArray[np.int16],
    transitions: NDArray[np.int16],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    final: NDArray[np.bool_],
) -> NDArray[np.int8]:
    """The tags of every character (Viterbi); integers only, so the same on every machine.

    ``transitions`` (from, to) hold ``NEVER`` where a tag may not follow; row 0 also opens a clause.
    ``final`` says which tags may close one.  Clauses are [start, end) and do not overlap.
    """
    tags = np.zeros(len(scores), dtype=np.int8)
    order = np.argsort(starts - ends, kind="stable")  # longest first: the active ones are a prefix
    starts, lengths = starts[order], (ends - starts)[order]
    if not len(lengths) or lengths[0] == 0:
        return tags
    active = np.searchsorted(-lengths, -np.arange(lengths[0]), side="left")
    total = scores[starts] + transitions[0].astype(np.int32)
    back: list[NDArray[np.int8]] = []
    for step in range(1, int(lengths[0])):
        count = active[step]
        paths = total[:count, :, None] + transitions
        chosen = paths.argmax(axis=1)
        back.append(chosen.astype(np.int8))
        reached = np.take_along_axis(paths, chosen[:, None, :], axis=1)[:, 0, :]
        total[:count] = reached + scores[starts[:count] + step]
    current = np.where(final, total, np.iinfo(np.int32).min // 2).argmax(axis=1)
    for step in range(int(lengths[0]) - 1, 0, -1):
        count = active[step]
        tags[starts[:count] + step] = current[:count]
        current[:count] = back[step - 1][np.arange(count), current[:count]]
    tags[starts] = current
    return tags


def span_confidence(
    scores: NDArray[np.int16],
    transitions: NDArray[np.int16],
    scale: float,
    clauses: tuple[NDArray[np.int64], NDArray[np.int64]],
    spans: Sequence[tuple[int, int, str]],
) -> list[float]:
    """The probability of each span under the chain (its marginal), to three places.

    Only the clauses that hold a span are computed, each on its own, so that the batch does not matter.
    """
    if not spans:
        return []
    starts, ends = clauses
    of_span = np.searchsorted(starts, [start for start, _, _ in spans], side="right") - 1
    needed, row = np.unique(of_span, return_inverse=True)
    lattice = _Lattice(scores, transitions, scale, starts[needed], ends[needed])
    return [
        lattice.probability(int(clause), start, end, label)
        for clause, (start, end, label) in zip(row, spans, strict=True)
    ]


class _Lattice:
    """Scaled forward and backward values (steps, clauses, tags) of some clauses."""

    def __init__(
        self,
        scores: NDArray[np.int16],
        transitions: NDArray[np.int16],
        scale: float,
        starts: NDArray[np.int64],
        ends: NDArray[np.int64],
    ) -> None:
        self.starts = starts
        positions, real = side_by_side(starts, ends)
        emissions = scores[positions].astype(np.float64) * scale
        self.potentials = np.exp(emissions - emissions.max(axis=2, keepdims=True))
        self.moves = np.where(transitions > NEVER, np.exp(transitions * scale), 0.0)
        self.alpha = np.zeros_like(self.potentials)
        self.scales = np.ones(real.shape)
        self._forward(real)
        self._backward(real)

    def _forward(self, real: NDArray[np.bool_]) -> None:
        state = self.potentials[0] * self.moves[0]
        for step in range(len(real)):
            if step:
                state = (self.alpha[step - 1] @ self.moves) * self.potentials[step]
            total = np.where(real[step], state.sum(axis=1), 1.0)
            self.scales[step] = total
            self.alpha[step] = np.where(real[step][:, None], state / total[:, None], self.alpha[step - 1])

    def _backward(self, real: NDArray[np.bool_]) -> None:
        closing = np.array([name[0] in "OES" for name in TAGS], dtype=np.float64)
        state = closing / (self.alpha[-1] @ closing)[:, None]
        self.beta = np.zeros_like(self.alpha)
        for step in range(len(real) - 1, -1, -1):
            if step + 1 < len(real):
                following = (self.potentials[step + 1] * state) @ self.moves.T
                following /= self.scales[step + 1][:, None]
                state = np.where(real[step + 1][:, None], following, state)
            self.beta[step] = state

    def probability(self, clause: int, start: int, end: int, label: str) -> float:
        """The marginal probability of one span, rounded to three places."""
        first, last = start - int(self.starts[clause]), end - 1 - int(self.starts[clause])
        edges = "S" if first == last else "B" + "I" * (last - first - 1) + "E"
        tags = [tag(label, edge) for edge in edges]
        chance = self.alpha[first, clause, tags[0]]
        for step, (before, now) in enumerate(pairwise(tags), first + 1):
            chance *= self.moves[before, now] * self.potentials[step, clause, now] / self.scales[step, clause]
        return round(float(min(1.0, chance * self.beta[last, clause, tags[-1]])), 3)
