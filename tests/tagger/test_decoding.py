"""The best sequence and its probabilities, against all sequences written out."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from numpy.typing import NDArray

from extractor.tagger.decoding import NEVER, best_tags, open_stretches, span_confidence
from extractor.tagger.labels import TAGS, TYPES, allowed, decode

CLOSING = np.array([name[0] in "OES" for name in TAGS])
SCALE = 0.05
Table = NDArray[np.int16]


def random_chain(seed: int, length: int) -> tuple[Table, Table]:
    generator = np.random.default_rng(seed)
    scores = generator.integers(-100, 100, (length, len(TAGS))).astype(np.int16)
    moves = generator.integers(-40, 40, (len(TAGS), len(TAGS)))
    return scores, np.where(allowed(), moves, NEVER).astype(np.int16)


def legal_sequences(length: int) -> list[tuple[int, ...]]:
    legal = allowed()
    return [
        tags
        for tags in product(range(len(TAGS)), repeat=length)
        if legal[0, tags[0]] and CLOSING[tags[-1]] and all(legal[one, two] for one, two in pairwise(tags))
    ]


def worth(tags: tuple[int, ...], scores: Table, moves: Table) -> int:
    total, before = 0, 0
    for place, now in enumerate(tags):
        total += int(moves[before, now]) + int(scores[place, now])
        before = now
    return total


def edges(*lengths: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    ends = np.cumsum(lengths)
    return ends - np.array(lengths), ends


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("length", [1, 2, 4])
def test_best_tags_are_those_of_the_heaviest_sequence(seed: int, length: int) -> None:
    scores, moves = random_chain(seed, length)
    found = tuple(best_tags(scores, moves, *edges(length), CLOSING).tolist())
    heaviest = max(worth(tags, scores, moves) for tags in legal_sequences(length))
    assert found in legal_sequences(length)
    assert worth(found, scores, moves) == heaviest


def test_clauses_side_by_side_are_tagged_as_each_alone() -> None:
    lengths = [7, 1, 12, 3, 12, 5]
    scores, moves = random_chain(1, sum(lengths))
    starts, ends = edges(*lengths)
    together = best_tags(scores, moves, starts, ends, CLOSING)
    alone = [
        best_tags(scores[start:end], moves, *edges(end - start), CLOSING)
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
    ]
    assert together.tolist() == np.concatenate(alone).tolist()


def test_no_clause_gives_no_tag() -> None:
    scores, moves = random_chain(0, 0)
    assert best_tags(scores, moves, *edges(), CLOSING).tolist() == []


@pytest.mark.parametrize("seed", range(4))
def test_the_probability_of_a_span_is_the_share_of_the_sequences_that_hold_it(seed: int) -> None:
    length = 3
    scores, moves = random_chain(seed, length)
    spans = [(low, high, label) for low in range(3) for high in range(low + 1, 4) for label in TYPES]
    given = span_confidence(scores, moves, SCALE, edges(length), spans)
    weights = {tags: np.exp(SCALE * worth(tags, scores, moves)) for tags in legal_sequences(length)}
    total = sum(weights.values())
    assert len(given) == len(spans) == 18
    for span, probability in zip(spans, given, strict=True):
        held = sum(
            weight for tags, weight in weights.items() if span in decode(np.array(tags, dtype=np.int8))
        )
        assert probability == pytest.approx(held / total, abs=0.001)


def test_the_probabilities_of_all_that_a_character_can_be_sum_to_one() -> None:
    scores, moves = random_chain(9, 1)
    spans = [(0, 1, label) for label in TYPES]
    inside = sum(span_confidence(scores, moves, SCALE, edges(1), spans))
    outside = np.exp(SCALE * worth((0,), scores, moves))
    total = sum(np.exp(SCALE * worth(tags, scores, moves)) for tags in legal_sequences(1))
    assert inside + outside / total == pytest.approx(1.0, abs=0.003)


def test_the_batch_does_not_change_a_probability() -> None:
    lengths = [6, 30, 2]
    scores, moves = random_chain(5, sum(lengths))
    starts, ends = edges(*lengths)
    together = span_confidence(scores, moves, SCALE, (starts, ends), [(0, 2, "ORG"), (36, 38, "LOC")])
    first = span_confidence(scores[:6], moves, SCALE, edges(6), [(0, 2, "ORG")])
    last = span_confidence(scores[36:], moves, SCALE, edges(2), [(0, 2, "LOC")])
    assert together == [*first, *last]


@pytest.mark.parametrize("seed", range(60))
def test_what_lies_outside_the_open_stretches_is_never_part_of_a_name(seed: int) -> None:
    lengths = [9, 1, 40, 3, 25]
    scores, moves = random_chain(seed, sum(lengths))
    scores[:, 0] += np.random.default_rng(seed).integers(60, 260)
    starts, ends = edges(*lengths)
    whole = best_tags(scores, moves, starts, ends, CLOSING)
    parts = best_tags(scores, moves, *open_stretches(scores, moves, starts, ends), CLOSING)
    assert parts.tolist() == whole.tolist()


def test_stretches_are_fewer_characters_and_stay_in_their_clauses() -> None:
    scores, moves = random_chain(3, 60)
    scores[:, 0] += 200
    scores[:, 0] += 200
    scores[[20, 21, 29], 0] -= 400
    low, high = open_stretches(scores, moves, *edges(30, 30))
    assert 0 < (high - low).sum() < 60
    assert all((start < 30) == (end <= 30) for start, end in zip(low.tolist(), high.tolist(), strict=True))
    assert any(start <= 20 < end for start, end in zip(low.tolist(), high.tolist(), strict=True))


def test_the_stretches_of_a_text_do_not_depend_on_its_neighbours() -> None:
    scores, moves = random_chain(8, 50)
    scores[:, 0] += 120
    low, high = open_stretches(scores, moves, *edges(20, 30))
    first = open_stretches(scores[:20], moves, *edges(20))
    last = open_stretches(scores[20:], moves, *edges(30))
    assert low.tolist() == [*first[0].tolist(), *(last[0] + 20).tolist()]
    assert high.tolist() == [*first[1].tolist(), *(last[1] + 20).tolist()]
