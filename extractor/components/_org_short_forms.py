"""Short forms that a full name gives away (远山工程顾问股份有限公司 → 远山), and repetitions of names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from extractor.components._org_tails import LIKELY, OrgName

_BRANDED = frozenset({"company"})


@dataclass(frozen=True, slots=True)
class ShortWords:
    """Lines of business, last words of companies, and words that are too common to be a brand."""

    business: frozenset[str]
    suffixes: frozenset[str]
    common: frozenset[str]


def short_forms(names: Iterable[OrgName], text: str, lists: ShortWords) -> Iterator[OrgName]:
    """Brands of the companies among ``names`` wherever the text has them: 远山, 远山公司, 远山工程."""
    stems: set[str] = set()
    for name in names:
        if name.kind in _BRANDED and name.priority >= LIKELY and name.tail < name.end:
            low = name.anchor if name.start < name.anchor < name.tail else name.start
            stems |= set(_stems(text[low : name.tail], lists.business))
    stems = {stem for stem in stems - lists.common - lists.business if stem.isalnum()}
    if stems:
        for start, end in _occurrences(stems, text):
            whole = _with_suffix(text, end, lists)
            yield OrgName(start, whole, "company", LIKELY, "org.short", -1, whole)


def _with_suffix(text: str, end: int, lists: ShortWords) -> int:
    """Where a brand ends with its lines of business and 公司; at its own end when no 公司 follows."""
    place = end
    for _ in range(4):
        size = _longest(text, place, lists.suffixes)
        if size:
            return place + size
        size = _longest(text, place, lists.business)
        if not size:
            break
        place += size
    return end


def _longest(text: str, place: int, words: frozenset[str]) -> int:
    """Length of the longest of the words that stands at ``place``; 0 when none does."""
    return next((len(word) for n in (6, 5, 4, 3, 2) if (word := text[place : place + n]) in words), 0)


def _stems(core: str, business: frozenset[str]) -> Iterator[str]:
    """The core of a name, then without the lines of business it ends in: 远山工程顾问, 远山工程, 远山."""
    while len(core) >= 2:
        if len(core) <= 6:
            yield core
        size = next((size for size in (4, 3, 2) if core[-size:] in business and len(core) > size + 1), 0)
        if not size:
            return
        core = core[:-size]


def repeated_names(names: Sequence[OrgName], introduced: Sequence[OrgName], text: str) -> Iterator[OrgName]:
    """Every further occurrence of likely names of three characters or more, and of all introduced ones."""
    likely = [name for name in names if name.priority >= LIKELY and name.end - name.start > 2]
    by_text = {text[name.start : name.end]: name for name in (*likely, *introduced)}
    if not by_text:
        return
    seen = {(name.start, name.end) for name in names}
    for start, end in _occurrences(by_text, text):
        if (start, end) not in seen:
            yield by_text[text[start:end]]._replace(start=start, end=end, rule="org.repeated")


def _occurrences(names: Iterable[str], text: str) -> Iterator[tuple[int, int]]:
    """Where the names stand in the text, leftmost and longest, in one pass."""
    matcher = AhoCorasick(sorted(names), matchkind=MatchKind.LeftmostLongest)
    for _, start, end in matcher.find_matches_as_indexes(text):
        yield start, end
