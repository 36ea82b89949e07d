"""A tiny model, trained in seconds: it learns, it is the same each time, it is read back."""

from __future__ import annotations

import numpy as np
import pytest

from extractor.tagger.features import Texts, stream_keys
from extractor.tagger.labels import TAGS, TYPES, encode
from extractor.tagger.reading import Evidence, Numbering, Proposal, joined, read_text
from extractor.tagger.tagger import Tagged, Tagger, clauses
from extractor.tagger.training import Examples, Settings, Weights, column_count, column_numbers, train
from extractor.tagger.weights import quantize, write_weights

NUMBERING = Numbering({"n": 1}, {"place.head:50": 1})
SENTENCES = [
    ("梁博远在会上发言。", [(0, 3, "PERSON")]),
    ("记者来到东坪镇采访。", [(4, 7, "LOC")]),
    ("县水务局发布通知。", [(0, 4, "ORG")]),
    ("天气晴好,大家很高兴。", []),
    ("东坪镇的梁博远说,雨停了。", [(0, 3, "LOC"), (4, 7, "PERSON")]),
]
SETTINGS = Settings(epochs=6, rate=0.2, dropout=0.0, batch=30)


def read(sentence: str, proposals: tuple[Proposal, ...] = ()) -> Texts:
    words = (list(range(len(sentence))), ["n"] * len(sentence))
    return read_text(sentence, words, Evidence(proposals=proposals), NUMBERING)


def examples(importance: float = 1.0) -> Examples:
    texts = [read(sentence) for sentence, _ in SENTENCES]
    tags = [encode(len(sentence), spans) for sentence, spans in SENTENCES]
    starts, ends, base = [], [], 0
    for sentence, _ in SENTENCES:
        low, high = clauses(sentence)
        starts.append(low + base)
        ends.append(high + base)
        base += len(sentence)
    columns = column_numbers(stream_keys(joined(texts)))
    count = sum(map(len, starts))
    weights = np.full(count, importance, np.float32)
    return Examples(
        columns, np.concatenate(tags), np.concatenate(starts), np.concatenate(ends), weights, column_count()
    )


@pytest.fixture(scope="module")
def learned() -> Weights:
    return train(examples(), SETTINGS)


@pytest.fixture(scope="module")
def tagger(learned: Weights, tmp_path_factory: pytest.TempPathFactory) -> Tagger:
    folder = tmp_path_factory.mktemp("tiny")
    write_weights(quantize(learned.columns, learned.transitions, ("n",), ("place.head:50",)), folder)
    return Tagger.load(folder)


def spans(found: list[Tagged]) -> list[tuple[int, int, str]]:
    return [(one.start, one.end, one.label) for one in found]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_a_tiny_model_finds_what_it_was_shown(
    tagger: Tagger, sentence: str, expected: list[tuple[int, int, str]]
) -> None:
    assert spans(tagger.tag(read(sentence), sentence)) == expected


def test_a_tiny_model_finds_a_name_it_knows_in_another_sentence(tagger: Tagger) -> None:
    sentence = "昨天,梁博远说雨停了。"
    found = tagger.tag(read(sentence), sentence)
    assert spans(found) == [(3, 6, "PERSON")]
    assert 0.5 < found[0].confidence <= 1.0


def test_many_texts_together_are_tagged_as_each_alone(tagger: Tagger) -> None:
    lines = [sentence + "\n" for sentence, _ in SENTENCES]
    whole = "".join(lines)
    together = tagger.tag(joined([read(line) for line in lines]), whole)
    alone, base = [], 0
    for line in lines:
        alone += [(one.start + base, one.end + base, one.label) for one in tagger.tag(read(line), line)]
        base += len(line)
    assert len(alone) == sum(len(expected) for _, expected in SENTENCES)
    assert spans(together) == alone


def test_an_empty_text_holds_nothing(tagger: Tagger) -> None:
    assert tagger.tag(read("。"), "") == []


def test_the_same_examples_give_the_same_weights(learned: Weights) -> None:
    again = train(examples(), SETTINGS)
    assert np.array_equal(again.columns, learned.columns)
    assert np.array_equal(again.transitions, learned.transitions)


def test_another_seed_gives_other_weights(learned: Weights) -> None:
    other = train(examples(), Settings(epochs=6, rate=0.2, dropout=0.0, batch=30, seed=1))
    assert not np.array_equal(other.columns, learned.columns)


def test_training_goes_on_from_weights_and_leaves_them_as_they_were(learned: Weights) -> None:
    before = learned.columns.copy()
    lines: list[str] = []
    train(examples(), Settings(epochs=2, dropout=0.0), learned, lines.append)
    assert np.array_equal(learned.columns, before)
    losses = [float(line.split("loss ")[1].split()[0]) for line in lines]
    assert len(losses) == 2
    assert losses[0] < 0.05


def test_examples_of_no_importance_teach_nothing() -> None:
    learned = train(examples(importance=0.0), Settings(epochs=1, dropout=0.0))
    assert not learned.columns.any()


def test_the_gradient_points_where_the_likelihood_grows() -> None:
    lines: list[str] = []
    train(examples(), Settings(epochs=5, rate=0.05, dropout=0.0, batch=30), report=lines.append)
    losses = [float(line.split("loss ")[1].split()[0]) for line in lines]
    assert len(losses) == 5
    assert losses == sorted(losses, reverse=True)
    assert losses[0] < np.log(len(TAGS))
    assert len(TAGS) == 1 + 4 * len(TYPES)
