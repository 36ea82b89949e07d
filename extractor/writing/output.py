"""How an output is to be written: the settings that every format shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from extractor.columns import Headers, Row, json_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """``force`` replaces what is there; ``headers`` "zh" gives Chinese column names where people read them.

    ``about`` says what made the output (versions, model, dictionaries, settings, date) and goes with it.
    """

    force: bool = False
    headers: Headers = "en"
    about: Mapping[str, object] = field(default_factory=dict)


def about_rows(about: Mapping[str, object], prefix: str = "") -> list[Row]:
    """``about`` as rows of key and value, both text; the key of a nested setting is its path with dots."""
    found: list[Row] = []
    for key, value in about.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            found += about_rows(value, f"{name}.")
        else:
            found.append((name, value if isinstance(value, str) else json_text(value)))
    return found
