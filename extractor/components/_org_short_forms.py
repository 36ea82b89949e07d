"""Short forms that a full name gives away (远山工程顾问股份有限公司 → 远山), and repetitions of names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ahocorasick_rs import AhoCorasick, MatchKind

from extractor.components._org_tails import LIKELY, OrgName

_BRANDED = frozenset({"company"})


def short_forms(
    names: Iterable[OrgName], text: str, suffixes: frozenset[str], common: frozenset[str]
) -> Iterator[OrgName]:
    """Brands of the companies among ``names`` wherever the text has them by themselves."""
    stems: set[str] = set()
    for name in names:
        if name.kind in _BRANDED and name.priority >= LIKELY and name.tail < name.end:
            low = name.anchor if name.start < name.anchor < name.tail else name.start
            stems |= set(_stems(text[low : name.tail], suffixes))
    stems -= common
    if stems:
        for start, end in _occurrences(stems, text):
            yield OrgName(start, end, "company", LIKELY, "org.short", -1, end)


def _stems(core: str, suffixes: frozenset[str]) -> Iterator[str]:
    """The core of a name, then without the lines of business it ends in: 远山工程顾问, 远山工程, 远山."""
    while len(core) >= 2:
        if len(core) <= 6:
            yield core
        size = next((size for size in (4, 3, 2) if core[-size:] in suffixes and len(core) > size + 1), 0)
        if not size:
            return
        core = core[:-size]


def repeated_names(names: Sequence[OrgName], introduced: Sequence[OrgName], text: str) -> Iterator[OrgName]:
    """Every further occurrence of likely names of four characters or more, and of all introduced ones."""
    likely = [name for name in names if name.priority >= LIKELY and name.end - name.start > 3]
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
