"""A user's own labelled texts → a model folder whose tagger has learned them, from the shipped weights on.

Needs the extra ``train`` (scipy).
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from extractor.corpus.training import Encoder, Labelled, measure, read_labelled
from extractor.errors import InputError, OutputError
from extractor.paths import default_model
from extractor.tagger.tagger import Tagger
from extractor.tagger.training import Settings, Weights, train
from extractor.tagger.weights import FILE_NAME, columns_of, quantize, read_weights, write_weights

TAGGER = "tagger"
HELD_OUT = 10  # every tenth text is kept for measuring


@dataclass(frozen=True, slots=True)
class Adapted:
    """What came of it: texts learned and held out, F1 on the latter by type before and after."""

    learned: int
    held_out: int
    before: dict[str, float]
    after: dict[str, float]


def adapt(
    data: Sequence[Path],
    out: Path,
    model: Path | None = None,
    epochs: int = 3,
    report: Callable[[str], None] = lambda line: None,
) -> Adapted:
    """Write to ``out`` a copy of the model folder (default: the shipped one) with weights that know the data.

    ``data`` are JSON Lines: ``text``, and ``entities`` with start, end, type.  The same data give the same
    weights.  Raises InputError for data at fault, OutputError when ``out`` exists, ModelError without scipy.
    """
    base = model or default_model()
    if out.exists():
        raise OutputError(f"{out}: exists already; name a folder that does not")
    rows = [row for path in data for row in read_labelled(path)]
    if not any(row.spans for row in rows):
        raise InputError(data[0], "holds no name to learn from", "give each text its entities")
    kept, learned = rows[HELD_OUT - 1 :: HELD_OUT], _others(rows)
    weights = read_weights(base / TAGGER)
    tagger = Tagger(weights)
    encoder = Encoder(base, tagger.numbering)
    before = measure(tagger, encoder, kept).f1()
    changed = _trained(encoder, tagger, learned, epochs, report)
    shutil.copytree(base, out)
    write_weights(changed.weights, out / TAGGER)
    result = Adapted(len(learned), len(kept), before, measure(changed, encoder, kept).f1())
    _write_card(base, out, data, epochs, result)
    return result


def _others(rows: Sequence[Labelled]) -> list[Labelled]:
    return [row for place, row in enumerate(rows, 1) if place % HELD_OUT]


def _trained(
    encoder: Encoder, tagger: Tagger, rows: Sequence[Labelled], epochs: int, report: Callable[[str], None]
) -> Tagger:
    old = tagger.weights
    settings = Settings(epochs=epochs, rate=0.05, dropout=0.3, decay=0.05, batch=4000)
    new = train(encoder.examples(rows), settings, Weights(*columns_of(old)), report)
    packed = quantize(new.columns, new.transitions, old.parts, old.rules)
    return Tagger(replace(packed, calibration=old.calibration))


def _write_card(base: Path, out: Path, data: Sequence[Path], epochs: int, result: Adapted) -> None:
    card = {
        "made": datetime.now(UTC).date().isoformat(),
        "weights": _digest(out / TAGGER / FILE_NAME),
        "adapted from": _digest(base / TAGGER / FILE_NAME),
        "data": {path.name: _digest(path) for path in data},
        "epochs": epochs,
        "result (F1 on every tenth text, held out)": asdict(result),
    }
    text = json.dumps(card, ensure_ascii=False, indent=1) + "\n"
    (out / TAGGER / "card.json").write_text(text, encoding="utf-8")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
