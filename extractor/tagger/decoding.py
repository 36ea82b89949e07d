"""The best sequence of tags, and how sure it is, for many clauses side by side."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractor.tagger.labels import TAGS, TYPES, tag

NEVER = -(1 << 14)
_FAR_ABOVE = 1 << 40  # more than the scores of any text sum to


def side_by_side(
    starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Positions (steps, clauses) of the characters of all clauses, and which of them are real."""
    lengths = ends - starts
    steps = np.arange(int(lengths.max(initial=0)))[:, None]
    real = steps < lengths
    return np.where(real, starts + steps, starts), real


def open_stretches(
    scores: NDArray[np.int16],
    transitions: NDArray[np.int16],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The parts of the clauses where the best sequence may hold a name; outside of them it surely has none.

    A name can only win if what its tags gain over "no name" plus the most that transitions can add is not
    below zero: no character that lies in no such span can be in a name.  A part takes in the character
    behind it where the clause goes on, which carries the transition out of a name.
    """
    gains = (scores - scores[:, :1]).T.astype(np.int64)
    clause = np.zeros(len(scores), np.int64)
    clause[starts[1:]] = _FAR_ABOVE
    clause = clause.cumsum()
    covered = np.zeros(len(scores) + 1, bool)
    for label in TYPES:
        covered[:-1] |= _may_be_in_name(gains, transitions.astype(np.int64), clause, label)
    return _runs(covered, starts, ends)


def _may_be_in_name(
    gains: NDArray[np.int64], moves: NDArray[np.int64], clause: NDArray[np.int64], label: str
) -> NDArray[np.bool_]:
    """Which characters lie in a span whose gain as a name of this label can reach zero.

    The gain of [a, b] is first(a) + inner(a + 1) + … + inner(b - 1) + last(b); with sums of ``inner`` its
    maximum over all spans that hold a character is that of a part up to it and one from it on.
    """
    first, inner, last, single = (tag(label, edge) for edge in "BIES")
    step = max(moves[first, inner], moves[inner, inner], moves[inner, last], moves[first, last])
    sums = (gains[inner] + step - moves[0, 0]).cumsum()
    opened = np.maximum.accumulate(gains[first] - sums + clause)
    closing = gains[last] - gains[inner] + sums - clause
    closed = np.maximum.accumulate(closing[::-1])[::-1]
    alone = gains[single] + _around(moves, single, single) >= 0
    found: NDArray[np.bool_] = alone | (opened + closed + _around(moves, first, last) >= 0)
    return found


def _around(moves: NDArray[np.int64], first: int, last: int) -> int:
    """The most that the transitions into and out of a name add over those of "no name" in its place."""
    before = np.flatnonzero(moves[:, 0] > NEVER)
    after = np.flatnonzero(moves[0] > NEVER)
    entry = (moves[before, first] - moves[before, 0]).max()
    leave = (moves[last, after] - moves[0, after]).max()
    return int(entry + max(leave, 0))


def _runs(
    covered: NDArray[np.bool_], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Runs of covered characters, cut at the clauses, each with the next character of its clause."""
    first, final = np.zeros_like(covered), np.zeros_like(covered)
    first[starts], final[ends] = True, True
    opened = covered & (first | ~np.concatenate([[False], covered[:-1]]))
    closed = np.concatenate([[False], covered[:-1]]) & (final | ~covered)
    low, high = np.flatnonzero(opened), np.flatnonzero(closed)
    return low, high + ~final[high]


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
        total[:count] = paths.max(axis=1) + scores[starts[:count] + step]
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
    firsts = (lattice.base - starts[needed])[row].tolist()
    return [
        lattice.probability(start + first, end + first, label)
        for first, (start, end, label) in zip(firsts, spans, strict=True)
    ]


class _Lattice:
    """Scaled forward and backward values (characters, tags) of some clauses, which lie one after another.

    ``base`` is where each of them begins.
    """

    def __init__(
        self,
        scores: NDArray[np.int16],
        transitions: NDArray[np.int16],
        scale: float,
        starts: NDArray[np.int64],
        ends: NDArray[np.int64],
    ) -> None:
        lengths = ends - starts
        self.base = lengths.cumsum() - lengths
        characters = np.repeat(starts - self.base, lengths) + np.arange(int(lengths.sum()))
        emissions = scores[characters] * scale
        self.potentials = np.exp(emissions - emissions.max(axis=1, keepdims=True))
        self.moves = np.where(transitions > NEVER, np.exp(transitions * scale), 0.0)
        order = np.argsort(-lengths, kind="stable")  # longest first: those that go on are a prefix
        active = np.searchsorted(-lengths[order], -np.arange(int(lengths.max())), side="left")
        steps = [self.base[order[:count]] + step for step, count in enumerate(active.tolist())]
        self._forward(steps)
        self._backward(steps, self.base + lengths - 1)

    def _forward(self, steps: Sequence[NDArray[np.int64]]) -> None:
        self.alpha = np.zeros_like(self.potentials)
        self.scales = np.ones(len(self.potentials))
        for at in steps:
            before = self.alpha[at - 1] @ self.moves if at is not steps[0] else self.moves[0]
            state = before * self.potentials[at]
            self.scales[at] = total = state.sum(axis=1)
            self.alpha[at] = state / total[:, None]

    def _backward(self, steps: Sequence[NDArray[np.int64]], ends: NDArray[np.int64]) -> None:
        closing = np.array([name[0] in "OES" for name in TAGS], dtype=np.float64)
        self.beta = np.zeros_like(self.potentials)
        self.beta[ends] = closing / (self.alpha[ends] @ closing)[:, None]
        back = self.moves.T
        for at in reversed(steps[1:]):
            following = (self.potentials[at] * self.beta[at]) @ back
            self.beta[at - 1] = following / self.scales[at][:, None]

    def probability(self, start: int, end: int, label: str) -> float:
        """The marginal probability of one span, rounded to three places."""
        edges = "S" if end - start == 1 else "B" + "I" * (end - start - 2) + "E"
        tags = [tag(label, edge) for edge in edges]
        chance = self.alpha[start, tags[0]]
        for place, (before, now) in enumerate(pairwise(tags), start + 1):
            chance *= self.moves[before, now] * self.potentials[place, now] / self.scales[place]
        return round(float(min(1.0, chance * self.beta[end - 1, tags[-1]])), 3)
