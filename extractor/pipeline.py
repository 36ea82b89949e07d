"""A model folder → spaCy Language."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.util import load_config

from extractor.errors import LexiconError, ModelError
from extractor.paths import default_model

_MAX_LENGTH = 100_000_000  # every component is linear in the length, so spaCy's guard (1,000,000) is lifted


def load(
    model: str | Path | None = None,
    *,
    lexicon: str | Path | None = None,
    engine: str | None = None,
    exclude: Iterable[str] = (),
) -> Language:
    """The pipeline of a model folder (the shipped one by default), ready to read text.

    ``lexicon`` is a folder of the user's own dictionaries, whose names always win.  ``engine`` chooses
    the segmenter: "rjieba" (fast, the default) or "jieba" (the reference).  ``exclude`` names components
    that are left out and not even loaded.

    Raises ModelError when the folder holds no pipeline, LexiconError for a fault in a dictionary.
    """
    folder = Path(model) if model is not None else default_model()
    if not (folder / "config.cfg").is_file():
        raise ModelError(f"{folder}: holds no pipeline (config.cfg is missing); name a model folder")
    if lexicon is not None and not Path(lexicon).is_dir():
        raise LexiconError(f"{lexicon}: is not a folder; name a folder of dictionaries")
    nlp = spacy.load(folder, config=_overrides(folder, lexicon, engine), exclude=list(exclude))
    nlp.max_length = _MAX_LENGTH
    return nlp


def _overrides(folder: Path, lexicon: str | Path | None, engine: str | None) -> dict[str, Any]:
    """Settings that the caller changes, as spaCy takes them: dotted names of config values."""
    config = load_config(folder / "config.cfg")
    places = [("nlp.tokenizer", config["nlp"]["tokenizer"])]
    places += [(f"components.{name}", block) for name, block in config["components"].items()]
    wanted = {"user": str(Path(lexicon).resolve()) if lexicon is not None else None, "engine": engine}
    wanted["folder"] = str(folder.resolve()) if folder != default_model() else None
    return {
        f"{place}.{key}": value
        for place, block in places
        for key, value in wanted.items()
        if key in block and value is not None
    }
