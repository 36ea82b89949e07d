"""Training: a linear-chain conditional random field over the streams, by AdaGrad on mini-batches.

The gradient of the exact log likelihood (forward-backward side by side, scaled as in Rabiner 1989) is
summed for each batch of clauses and taken with AdaGrad (Duchi et al. 2011), whose running mean of weights
is what remains; for one seed the result is the same.
Needs scipy (extra ``train``); nothing here is used at run time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from extractor.errors import ModelError
from extractor.tagger.decoding import side_by_side
from extractor.tagger.features import STREAMS, Ints, Stream
from extractor.tagger.labels import TAGS, allowed

if TYPE_CHECKING:
    from scipy import sparse

Floats = NDArray[np.float32]
_FIRST_SQUARE = 1e-2


@dataclass(frozen=True, slots=True)
class Settings:
    """How to train; the defaults were tuned on corpora/news/dev.jsonl and the UNER development parts."""

    epochs: int = 8
    rate: float = 0.15
    decay: float = 1e-6
    dropout: float = 0.1
    batch: int = 16_000
    seed: int = 20261125


@dataclass(slots=True)
class Weights:
    """Weights of all (stream, offset, key) columns for every tag, and of the transitions."""

    columns: Floats
    transitions: Floats


@dataclass(frozen=True, slots=True)
class Examples:
    """Encoded texts: a row of column numbers (below ``width``) a character, tags, and weighed clauses."""

    columns: NDArray[np.int32]
    tags: NDArray[np.int8]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    importance: Floats
    width: int


def column_numbers(keys: Sequence[Ints], streams: Sequence[Stream] = STREAMS) -> NDArray[np.int32]:
    """(characters, features): the weight column of every stream at every offset; -1 beyond the text."""
    length = len(keys[0])
    found = []
    base = 0
    for stream, key in zip(streams, keys, strict=True):
        for offset in stream.offsets:
            column = np.full(length, -1, dtype=np.int32)
            low, high = max(0, -offset), min(length, length - offset)
            column[low:high] = key[low + offset : high + offset] + base
            found.append(column)
            base += 1 << stream.bits
    return np.stack(found, axis=1)


def column_count(streams: Sequence[Stream] = STREAMS) -> int:
    """How many columns there are in all."""
    return sum(len(stream.offsets) << stream.bits for stream in streams)


def train(
    examples: Examples,
    settings: Settings,
    initial: Weights | None = None,
    report: Callable[[str], None] = lambda line: None,
) -> Weights:
    """Fit weights to the examples, from ``initial`` or from nothing; the mean over all steps comes back.

    Raises ModelError where scipy is missing.
    """
    if find_spec("scipy") is None:
        raise ModelError("training needs scipy; install the extra: pip install 'extractor[train]'")
    run = _Run(examples, settings, initial)
    for epoch in range(settings.epochs):
        loss = run.epoch(averaging=epoch >= settings.epochs // 2)
        report(f"epoch {epoch + 1} of {settings.epochs}: loss {loss / len(examples.tags):.4f} a character")
    return run.mean()


class _Run:
    """One training: weights, sums of squared slopes, and the sum of all changes by the step they came at."""

    def __init__(self, examples: Examples, settings: Settings, initial: Weights | None) -> None:
        self.examples, self.settings = examples, settings
        self.generator = np.random.default_rng(settings.seed)
        tags = len(TAGS)
        if initial is None:
            initial = Weights(
                np.zeros((examples.width, tags), np.float32), np.zeros((tags, tags), np.float32)
            )
        self.weights = Weights(initial.columns.copy(), initial.transitions.copy())
        self.squares = Weights(
            np.full_like(initial.columns, _FIRST_SQUARE), np.full_like(initial.transitions, _FIRST_SQUARE)
        )
        self.late = Weights(np.zeros_like(initial.columns), np.zeros_like(initial.transitions))
        self.place = np.zeros(examples.width, np.int32)
        self.taken = 0

    def epoch(self, averaging: bool) -> float:
        """Go through all examples once; the summed loss."""
        loss = 0.0
        for clauses in _batches(self.examples, self.settings, self.generator):
            loss += self._step(clauses)
            self.taken += averaging
        return loss

    def mean(self) -> Weights:
        """The mean of the weights over the steps that were averaged."""
        steps = max(1, self.taken)
        share = np.float32(1 / steps)
        return Weights(
            self.weights.columns - self.late.columns * share,
            self.weights.transitions - self.late.transitions * share,
        )

    def _step(self, clauses: NDArray[np.int64]) -> float:
        examples, settings = self.examples, self.settings
        positions, real = side_by_side(examples.starts[clauses], examples.ends[clauses])
        design, touched = self._design(examples.columns[positions.T[real.T]])
        emissions = np.zeros((*real.T.shape, len(TAGS)), np.float32)
        emissions[real.T] = design @ self.weights.columns[touched]
        lattice = _Lattice(emissions.swapaxes(0, 1), real, self.weights.transitions)
        loss, expected, pairs = lattice.gradient(examples.tags[positions], examples.importance[clauses])
        gradient = np.asarray(design.T @ expected.swapaxes(0, 1)[real.T])
        change = _adagrad(self.weights.columns, self.squares.columns, gradient, touched, settings)
        self.late.columns[touched] += np.float32(self.taken) * change
        rows = np.arange(len(TAGS))
        change = _adagrad(self.weights.transitions, self.squares.transitions, pairs, rows, settings)
        self.late.transitions += np.float32(self.taken) * change
        return loss

    def _design(self, columns: NDArray[np.int32]) -> tuple[sparse.csr_matrix, NDArray[np.int64]]:
        """Indicator rows of the characters over the columns that occur, and which columns these are."""
        from scipy import sparse

        keep = columns >= 0
        if self.settings.dropout:
            keep &= self.generator.random(columns.shape, dtype=np.float32) >= self.settings.dropout
        ends = np.append(0, keep.sum(axis=1).cumsum())
        kept = columns[keep]
        seen = np.zeros(len(self.place), bool)
        seen[kept] = True
        touched = np.flatnonzero(seen)
        self.place[touched] = np.arange(len(touched))
        values = np.ones(len(kept), np.float32)
        shape = (len(columns), len(touched))
        return sparse.csr_matrix((values, self.place[kept], ends), shape=shape), touched


def _batches(
    examples: Examples, settings: Settings, generator: np.random.Generator
) -> list[NDArray[np.int64]]:
    order = generator.permutation(len(examples.starts))
    sizes = (examples.ends - examples.starts)[order].cumsum()
    cuts = np.searchsorted(sizes, np.arange(settings.batch, int(sizes[-1]), settings.batch))
    return [part for part in np.split(order, cuts) if len(part)]


def _adagrad(
    weights: Floats, squares: Floats, gradient: Floats, rows: NDArray[np.int64], settings: Settings
) -> Floats:
    """Change the rows of ``weights`` along their gradient; the change comes back."""
    slope = gradient + np.float32(settings.decay) * weights[rows]
    squares[rows] += slope * slope
    change: Floats = (np.float32(-settings.rate) * slope / np.sqrt(squares[rows])).astype(np.float32)
    weights[rows] += change
    return change


class _Lattice:
    """Forward-backward over (steps, clauses, tags), scaled at each step."""

    def __init__(self, emissions: Floats, real: NDArray[np.bool_], transitions: Floats) -> None:
        self.real = real
        self.legal = allowed()
        self.moves = np.where(self.legal, np.exp(transitions), 0).astype(np.float32)
        self.offsets = emissions.max(axis=2, keepdims=True)
        self.potentials = np.exp(emissions - self.offsets)
        self.emissions, self.transitions = emissions, transitions
        self.closing = np.array([name[0] in "OES" for name in TAGS], dtype=np.float32)
        self._forward()
        self._backward()

    def _forward(self) -> None:
        steps, clauses, tags = self.potentials.shape
        self.alpha = np.zeros((steps, clauses, tags), np.float32)
        self.scale = np.ones((steps, clauses), np.float32)
        state = self.potentials[0] * self.moves[0]
        for step in range(steps):
            if step:
                state = (self.alpha[step - 1] @ self.moves) * self.potentials[step]
            total = state.sum(axis=1)
            total[~self.real[step]] = 1.0
            self.alpha[step] = np.where(
                self.real[step][:, None], state / total[:, None], self.alpha[step - 1]
            )
            self.scale[step] = total
        self.last = self.alpha[-1] @ self.closing

    def _backward(self) -> None:
        steps = len(self.potentials)
        self.beta = np.zeros_like(self.alpha)
        state = np.broadcast_to(self.closing / 1.0, self.alpha[0].shape) / self.last[:, None]
        for step in range(steps - 1, -1, -1):
            if step + 1 < steps:
                following = (self.potentials[step + 1] * state) @ self.moves.T / self.scale[step + 1][:, None]
                state = np.where(self.real[step + 1][:, None], following, state)
            self.beta[step] = state

    def gradient(self, tags: NDArray[np.int8], importance: Floats) -> tuple[float, Floats, Floats]:
        """Loss, and its gradient by emissions (steps, clauses, tags) and by transitions."""
        weight = self.real * importance
        expected = self.alpha * self.beta * weight[:, :, None]
        pairs = self._pairs(importance)
        steps, clauses = np.nonzero(self.real)
        gold = tags[steps, clauses]
        np.subtract.at(expected, (steps, clauses, gold), importance[clauses])
        both = self.real[1:]
        np.subtract.at(
            pairs, (tags[:-1][both], tags[1:][both]), np.broadcast_to(importance, both.shape)[both]
        )
        np.subtract.at(pairs[0], tags[0], importance)
        return self._loss(tags, importance), expected, pairs

    def _pairs(self, importance: Floats) -> Floats:
        pairs = np.zeros_like(self.moves)
        for step in range(1, len(self.alpha)):
            right = self.potentials[step] * self.beta[step] / self.scale[step][:, None]
            right *= (self.real[step] * importance)[:, None]
            pairs += self.alpha[step - 1].T @ right
        pairs *= self.moves
        pairs[0] += (self.alpha[0] * self.beta[0] * importance[:, None]).sum(axis=0)
        return pairs

    def _loss(self, tags: NDArray[np.int8], importance: Floats) -> float:
        steps, clauses = np.nonzero(self.real)
        scores = self.emissions[steps, clauses, tags[steps, clauses]] - self.offsets[steps, clauses, 0]
        path = np.bincount(clauses, scores, len(importance))
        both = self.real[1:]
        moved = np.where(both, self.transitions[tags[:-1], tags[1:]], 0).sum(axis=0)
        path += moved + self.transitions[0][tags[0]]
        normaliser = np.log(self.scale).sum(axis=0, where=self.real) + np.log(self.last)
        return float(((normaliser - path) * importance).sum())
