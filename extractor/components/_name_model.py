"""The data that tells names from other words, as arrays over code points.

``codelists/name_characters.tsv`` holds log-odds of characters in names against running text, ``[weights]``
of ``rules/names.toml`` what each kind of evidence is worth.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractor.errors import RuleError
from extractor.text.codelists import read_codelist
from extractor.text.rules import one_of

Floats = NDArray[np.floating[Any]]
_SIZE = 0x10000
_FAR = np.float32(-50.0)  # no Han character: never part of a Chinese name


@dataclass(frozen=True, slots=True)
class NameModel:
    """Log-odds by code point (beyond the basic plane: index 0) and the weights of evidence."""

    surname: Floats
    first: Floats
    second: Floats
    single: Floats
    foreign: Floats
    double: Mapping[str, float]
    doubles: re.Pattern[str]
    weights: Mapping[str, float]
    settings: Mapping[str, Any]

    def weight(self, name: str) -> float:
        """What a kind of evidence is worth; 0 for one that the file does not name."""
        return self.weights.get(name, 0.0)


@cache
def load_name_model(folder: Path) -> NameModel:
    """Read the model of a pipeline folder; raises RuleError for a file that is missing or at fault."""
    path = folder / "rules" / "names.toml"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RuleError(f"{path}: cannot be read ({error}); check the file") from error
    rows = read_codelist(folder / "codelists" / "name_characters.tsv")
    double = {row["term"]: float(row["surname"]) for row in rows if len(row["term"]) > 1}
    return NameModel(
        surname=_column(rows, "surname", float(_FAR)),
        first=_column(rows, "first", 0.0),
        second=_column(rows, "second", 0.0),
        single=_column(rows, "single", 0.0),
        foreign=_column(rows, "foreign", -4.0),
        double=double,
        doubles=re.compile(one_of(double)),
        weights=dict(data.get("weights", {})),
        settings=dict(data.get("settings", {})),
    )


def _column(rows: Iterable[Mapping[str, str]], name: str, missing: float) -> Floats:
    """One column by code point; a Han character that the file leaves out has ``missing``."""
    table = np.full(_SIZE, _FAR, dtype=np.float32)
    for low, high in ((0x3400, 0x4DC0), (0x4E00, 0xA000)):
        table[low:high] = missing
    table[0] = missing
    for row in rows:
        if len(row["term"]) == 1 and row[name]:
            table[min(ord(row["term"]), _SIZE - 1)] = float(row[name])
    return table


def code_points(shadow: str) -> NDArray[np.uint16]:
    """The characters as indexes into the model's arrays; those beyond the basic plane as 0."""
    points = np.frombuffer(shadow.encode("utf-32-le"), dtype=np.uint32)
    return np.where(points < _SIZE, points, 0).astype(np.uint16)
