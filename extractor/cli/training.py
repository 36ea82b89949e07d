"""What ``extractor train`` shows: how well the tagger did on texts that were held out, before and after."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from extractor.cli.language import say
from extractor.corpus.adapting import adapt


def train_model(data: Sequence[Path], out: Path, model: Path | None, epochs: int) -> int:
    """Adapt the tagger to labelled texts and write a model folder; returns the exit status."""
    result = adapt(data, out, model, epochs, lambda line: print(line, file=sys.stderr, flush=True))
    print(say("train_done", folder=out, learned=result.learned, held_out=result.held_out))
    for label, before in result.before.items():
        print(f"{label:8} {before:.3f} → {result.after[label]:.3f}")
    return 0
