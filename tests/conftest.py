"""What every test may use: marked sentences, the pipeline, and the reference data where it is present."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language

CHECKOUT = Path(__file__).resolve().parent.parent
_OPEN, _CLOSE = "【", "】"


def unmark(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """``"商户【1900余家】"`` → the text without the brackets and the spans that stood in them.

    Spans are code points into the text that is returned, end exclusive, in the order of the text.
    A bracket without its partner, or one inside another, is an error of the test.
    """
    text: list[str] = []
    spans: list[tuple[int, int]] = []
    start = None
    for place, character in enumerate(marked):
        if character not in _OPEN + _CLOSE:
            text.append(character)
        elif (character == _OPEN) != (start is None):
            raise ValueError(f"unpaired {character} at {place} of {marked!r}")
        elif start is None:
            start = len(text)
        else:
            spans.append((start, len(text)))
            start = None
    if start is not None:
        raise ValueError(f"unpaired {_OPEN} in {marked!r}")
    return "".join(text), spans


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The shipped pipeline, loaded once."""
    from extractor.pipeline import load

    return load()


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of sample pages."""
    return CHECKOUT / "samples"


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder of reference data: ``EXTRACTOR_DATA``, by default ``shared`` beside the checkout."""
    folder = Path(os.environ.get("EXTRACTOR_DATA") or CHECKOUT.parent / "shared")
    if not (folder / "gold").is_dir():
        pytest.skip(f"no reference data: {folder}/gold is absent (set EXTRACTOR_DATA)")
    return folder
