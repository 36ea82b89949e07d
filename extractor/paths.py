"""Where the shipped data lies: the one function that knows."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from extractor.errors import ModelError

DEFAULT_MODEL = "zh_news"


@cache
def models_folder() -> Path:
    """The folder ``models``: inside the package in a wheel, beside it in an editable install.

    Raises ModelError when neither is there.
    """
    package = Path(__file__).resolve().parent
    for folder in (package / "_models", package.parent / "models"):
        if (folder / DEFAULT_MODEL).is_dir():
            return folder
    raise ModelError(f"{package}: the shipped models are missing; install extractor again")


def default_model() -> Path:
    """The folder of the shipped pipeline."""
    return models_folder() / DEFAULT_MODEL
