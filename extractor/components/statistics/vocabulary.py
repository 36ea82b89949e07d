"""The words that the statistics component reads figures by; all of them lie in the model folder."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from extractor.errors import RuleError
from extractor.text.codelists import read_codelist

# One letter for each word class, so that phrases can be read by regular expressions over classes.
LETTERS: Mapping[str, str] = {
    "noun": "n", "nominal": "g", "verb": "v", "modifier": "a", "adverb": "d", "preposition": "p",
    "from": "F", "than": "b", "coordinator": "c", "of": "u", "number": "m", "time": "t", "localizer": "f",
    "pronoun": "r", "link": "L", "up": "I", "down": "D", "aspect": "o", "etc": "e", "part": "P", "other": "x",
    "list": "k", "suffix": "s", "pause": "w", "open": "A", "close": "Z", "quote": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StatusCue:
    """Words that say how firm the figures after them are, and how far they reach."""

    id: str
    value: str
    scope: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Endings:
    """Looks a phrase up by its longest known ending."""

    table: Mapping[str, str]
    longest: int

    def find(self, phrase: str) -> str:
        """What the longest known ending of ``phrase`` stands for; "" when none is known."""
        for size in range(min(len(phrase), self.longest), 0, -1):
            found = self.table.get(phrase[-size:])
            if found is not None:
                return found
        return ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Word classes, categories of units and heads, named lists and status cues of a model folder."""

    words: Mapping[str, str]
    compounds: Mapping[str, str]
    tags: Mapping[str, str]
    units: Mapping[str, str]
    heads: Endings
    change: Endings
    lists: Mapping[str, frozenset[str]]
    endings: Mapping[str, tuple[str, ...]]
    cues: tuple[StatusCue, ...]


@cache
def load_vocabulary(folder: Path) -> Vocabulary:
    """Read the codelists and ``rules/statistics*.toml`` of a model folder.

    Raises RuleError, which names the file, when one is missing or names an unknown class.
    """
    lists = folder / "codelists"
    rules = _read_toml(folder / "rules" / "statistics.toml")
    more = _read_toml(folder / "rules" / "statistics_items.toml")["lists"]
    named = {name: frozenset(words) for name, words in rules["lists"].items()}
    named |= {name: named.get(name, frozenset()) | frozenset(words) for name, words in more.items()}
    change = dict.fromkeys(named["up_nouns"], "up") | dict.fromkeys(named["down_nouns"], "down")
    return Vocabulary(
        words=_classes(lists / "word_classes.tsv", "term"),
        compounds=_classes(lists / "compounds.tsv", "term"),
        tags=_classes(lists / "tag_classes.tsv", "tag"),
        units=_column(lists / "unit_categories.tsv", "unit", "category"),
        heads=_endings(_column(lists / "item_heads.tsv", "head", "category")),
        change=_endings(change),
        lists=named,
        endings={name: tuple(sorted(words)) for name, words in named.items()},
        cues=tuple(_cues(rules["status"])),
    )


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RuleError(f"{path}: cannot be read ({error}); check the file") from error


def _column(path: Path, key: str, value: str) -> dict[str, str]:
    return {row[key]: row[value] for row in read_codelist(path)}


def _classes(path: Path, key: str) -> dict[str, str]:
    named = _column(path, key, "class")
    unknown = sorted(set(named.values()) - LETTERS.keys())
    if unknown:
        raise RuleError(f"{path}: unknown class {unknown[0]!r}; use one of {', '.join(sorted(LETTERS))}")
    return {word: LETTERS[name] for word, name in named.items()}


def _endings(table: Mapping[str, str]) -> Endings:
    return Endings(table, max(map(len, table), default=0))


def _cues(rows: Iterable[Mapping[str, Any]]) -> Iterable[StatusCue]:
    for row in rows:
        yield StatusCue(row["id"], row["value"], row["scope"], re.compile(row["form"], re.MULTILINE))
