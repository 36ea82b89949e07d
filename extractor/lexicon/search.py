"""Where the forms of a dictionary occur in a text: two matchers, one fast to search, one fast to build."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt
from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

Match = tuple[int, int, int]
Codes = npt.NDArray[np.uint32]
_MOST_FOR_AUTOMATON = 40_000  # built in less than a fifth of a second, whatever the forms
_PREFIX = 3
_SLOTS = 1 << 21  # with 100,000 forms one place in twenty is looked at for nothing


class Matcher(Protocol):
    """Finds forms, which it knows by their place in the list it was made of."""

    def find(self, text: str) -> Iterable[Match]:
        """(form, start, end) of every occurrence, overlapping ones too, in any order."""


class AutomatonMatcher:
    """An Aho-Corasick automaton: 37 million characters a second, but slow to build where forms are many.

    600,000 names of five random characters took 11 seconds.
    """

    def __init__(self, forms: Sequence[str]) -> None:
        chosen = Implementation.ContiguousNFA  # the fastest to search of the three
        self._automaton = AhoCorasick(forms, MatchKind.Standard, store_patterns=False, implementation=chosen)

    def find(self, text: str) -> Iterable[Match]:
        """(form, start, end) of every occurrence, overlapping ones too, by end."""
        found: list[Match] = self._automaton.find_matches_as_indexes(text, overlapping=True)
        return found


class PrefixMatcher:
    """Forms by their first three characters: built as fast as a dict, for dictionaries of any size.

    A place of the text is looked at only where characters stand that may begin a form.
    """

    def __init__(self, forms: Sequence[str]) -> None:
        self._places = {form: place for place, form in enumerate(forms)}
        self._sizes: dict[str, tuple[int, ...]] = {}
        for form in forms:
            sizes = self._sizes.get(form[:_PREFIX], ())
            if len(form) not in sizes:
                self._sizes[form[:_PREFIX]] = (*sizes, len(form))
        widths = sorted({len(prefix) for prefix in self._sizes})
        self._starts = [_Starts([one for one in self._sizes if len(one) == width], width) for width in widths]

    def find(self, text: str) -> Iterable[Match]:
        """(form, start, end) of every occurrence, overlapping ones too."""
        places, found, codes = self._places, [], _codes(text)
        for starts in self._starts:
            width = starts.width
            for start in starts.find(codes):
                for size in self._sizes.get(text[start : start + width], ()):
                    place = places.get(text[start : start + size])
                    if place is not None and start + size <= len(text):
                        found.append((place, start, start + size))
        return found


class _Starts:
    """Places where one of many strings of equal width may stand, by a table of hash values."""

    def __init__(self, prefixes: Sequence[str], width: int) -> None:
        self.width = width
        self._seen = np.zeros(_SLOTS, dtype=np.bool_)
        self._seen[_slots(_codes("".join(prefixes)).reshape(-1, width).T)] = True

    def find(self, codes: Codes) -> list[int]:
        length = len(codes) - self.width + 1
        if length < 1:
            return []
        columns = [codes[place : place + length] for place in range(self.width)]
        found: list[int] = np.flatnonzero(self._seen[_slots(columns)]).tolist()
        return found


def _codes(text: str) -> Codes:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _slots(columns: Iterable[Codes]) -> Codes:
    """A slot for each row of code points: multiplied and added up in 32 bits, the upper bits folded in."""
    value = np.zeros(1, dtype=np.uint32)
    for column in columns:
        value = value * np.uint32(0x9E3779B1) + column
    folded: Codes = (value ^ (value >> np.uint32(15))) & np.uint32(_SLOTS - 1)
    return folded


def matcher_of(forms: Sequence[str]) -> Matcher:
    """The matcher for so many forms."""
    return AutomatonMatcher(forms) if len(forms) <= _MOST_FOR_AUTOMATON else PrefixMatcher(forms)
