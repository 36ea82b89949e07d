"""Words with a numeral in them: amounts (一半, 成千上万) and words of their own (四处, 统一)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from extractor.errors import RuleError
from extractor.text.codelists import read_codelist

_NUMERALS = frozenset("零〇一二两三四五六七八九十百千万亿几数半")
MODIFIERS = frozenset({"", "exact", "more", "less", "approx"})


@dataclass(frozen=True, slots=True)
class NumberWord:
    """A word; with a modifier it is an amount of that value (None: only the magnitude is said)."""

    word: str
    modifier: str
    value: Fraction | None
    dimension: str


class NumberWords:
    """Finds the word around the place where a numeral begins, by the two characters there."""

    def __init__(self, words: Iterable[NumberWord]) -> None:
        places: dict[str, list[tuple[int, NumberWord]]] = {}
        for word in sorted(words, key=lambda each: len(each.word), reverse=True):
            for at in _numeral_starts(word.word):
                key = word.word[max(0, at - 1) : at + 1] if at else word.word[:2]
                places.setdefault(key, []).append((at, word))
        self._places = {key: tuple(found) for key, found in places.items()}

    def around(self, shadow: str, start: int) -> tuple[int, int, NumberWord] | None:
        """The longest word that has a numeral at ``start``: where it begins and ends, and the word."""
        best: tuple[int, int, NumberWord] | None = None
        for key in (shadow[start : start + 2], shadow[start - 1 : start + 1] if start else ""):
            for at, word in self._places.get(key, ()):
                if shadow.startswith(word.word, start - at) and start >= at:
                    if best is None or len(word.word) > best[1] - best[0]:
                        best = (start - at, start - at + len(word.word), word)
                    break
        return best


def _numeral_starts(word: str) -> list[int]:
    """Where a run of numeral characters begins in the word."""
    return [
        at for at, char in enumerate(word)
        if char in _NUMERALS and (not at or word[at - 1] not in _NUMERALS)
    ]  # fmt: skip


def read_number_words(paths: Iterable[Path]) -> list[NumberWord]:
    """The words of the codelists; RuleError, which names file and word, for an unknown modifier."""
    words: list[NumberWord] = []
    for path in paths:
        for row in read_codelist(path):
            if row.get("modifier", "") not in MODIFIERS:
                raise RuleError(f"{path}: {row['word']}: the modifier {row['modifier']!r} is unknown")
            value = Fraction(row["value"]) if row.get("value") else None
            words.append(NumberWord(row["word"], row.get("modifier", ""), value, row.get("dimension", "")))
    return words
