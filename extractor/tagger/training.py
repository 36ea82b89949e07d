"""Training: a linear-chain conditional random field over the streams, by AdaGrad on mini-batches.

The gradient of the exact log likelihood (forward-backward side by side, scaled as in Rabiner 1989) is
summed for each batch of clauses and taken with AdaGrad (Duchi et al. 2011), whose running mean of weights
is what remains; for one seed the result is the same.
Needs scipy (extra ``train``); nothing here is used at run time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from extractor.tagger.decoding import side_by_side
from extractor.tagger.features import STREAMS, Ints
from extractor.tagger.labels import TAGS, allowed

Floats = NDArray[np.float32]
_FORBIDDEN = -1e4


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
    """Encoded training texts: a row of column numbers a character, gold tags, clauses, weights of clauses."""

    columns: NDArray[np.int32]
    tags: NDArray[np.int8]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    importance: Floats


def column_numbers(keys: Sequence[Ints]) -> NDArray[np.int32]:
    """(characters, features): the weight column of every stream at every offset; -1 beyond the text."""
    length = len(keys[0])
    found = []
    base = 0
    for stream, key in zip(STREAMS, keys, strict=True):
        for offset in stream.offsets:
            column = np.full(length, -1, dtype=np.int32)
            low, high = max(0, -offset), min(length, length - offset)
            column[low:high] = key[low + offset : high + offset] + base
            found.append(column)
            base += 1 << stream.bits
    return np.stack(found, axis=1)


def column_count() -> int:
    """How many columns there are in all."""
    return sum(len(stream.offsets) << stream.bits for stream in STREAMS)


def train(
    examples: Examples,
    settings: Settings,
    initial: Weights | None = None,
    report: Callable[[str], None] = lambda line: None,
) -> Weights:
    """Fit weights to the examples, from ``initial`` or from nothing; the mean over all steps comes back."""
    generator = np.random.default_rng(settings.seed)
    weights = initial or Weights(
        np.zeros((column_count(), len(TAGS)), np.float32), np.zeros((len(TAGS), len(TAGS)), np.float32)
    )
    squares = Weights(np.full_like(weights.columns, 1e-2), np.full_like(weights.transitions, 1e-2))
    mean = Weights(np.zeros_like(weights.columns), np.zeros_like(weights.transitions))
    taken = 0
    for epoch in range(settings.epochs):
        loss = 0.0
        for clauses in _batches(examples, settings, generator):
            loss += _step(examples, clauses, settings, weights, squares, generator)
            if epoch >= settings.epochs // 2:
                taken += 1
                mean.columns += weights.columns
                mean.transitions += weights.transitions
        report(f"epoch {epoch + 1} of {settings.epochs}: loss {loss / len(examples.tags):.4f} a character")
    return Weights(mean.columns / taken, mean.transitions / taken)


def _batches(
    examples: Examples, settings: Settings, generator: np.random.Generator
) -> list[NDArray[np.int64]]:
    order = generator.permutation(len(examples.starts))
    sizes = (examples.ends - examples.starts)[order].cumsum()
    cuts = np.searchsorted(sizes, np.arange(settings.batch, int(sizes[-1]), settings.batch))
    return [part for part in np.split(order, cuts) if len(part)]


def _step(
    examples: Examples,
    clauses: NDArray[np.int64],
    settings: Settings,
    weights: Weights,
    squares: Weights,
    generator: np.random.Generator,
) -> float:
    positions, real = side_by_side(examples.starts[clauses], examples.ends[clauses])
    flat = positions.T[real.T]
    design = _design(examples.columns[flat], settings.dropout, generator)
    emissions = np.full((*real.T.shape, len(TAGS)), 0.0, np.float32)
    emissions[real.T] = design @ weights.columns
    lattice = _Lattice(emissions.swapaxes(0, 1), real, weights.transitions)
    importance = examples.importance[clauses]
    tags = examples.tags[positions]
    loss, expected, pairs = lattice.gradient(tags, importance)
    gradient = design.T @ expected.swapaxes(0, 1)[real.T]
    _adagrad(weights.columns, squares.columns, gradient, settings)
    _adagrad(weights.transitions, squares.transitions, pairs, settings)
    return loss


def _design(columns: NDArray[np.int32], dropout: float, generator: np.random.Generator) -> sparse.csr_matrix:
    keep = columns >= 0
    if dropout:
        keep &= generator.random(columns.shape, dtype=np.float32) >= dropout
    ends = np.append(0, keep.sum(axis=1).cumsum())
    values = np.ones(int(ends[-1]), np.float32)
    return sparse.csr_matrix((values, columns[keep], ends), shape=(len(columns), column_count()))


def _adagrad(weights: Floats, squares: Floats, gradient: Floats, settings: Settings) -> None:
    touched = np.flatnonzero(np.abs(gradient).max(axis=1))
    slope = gradient[touched] + settings.decay * weights[touched]
    squares[touched] += slope * slope
    weights[touched] -= settings.rate * slope / np.sqrt(squares[touched])


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
