"""Short forms that a full name gives away (亚新工程顾问股份有限公司 → 亚新), and repetitions of names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from extractor.components._org_tails import LIKELY, OrgName
from extractor.components._words import Words
from extractor.text.rules import one_of

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
        for match in re.finditer(one_of(stems), text):
            yield OrgName(match.start(), match.end(), "company", LIKELY, "org.short", -1, match.end())


def _stems(core: str, suffixes: frozenset[str]) -> Iterator[str]:
    """The core of a name, then without the lines of business it ends in: 亚新工程顾问, 亚新工程, 亚新."""
    while 2 <= len(core):
        if len(core) <= 6:
            yield core
        size = next((size for size in (4, 3, 2) if core[-size:] in suffixes and len(core) > size + 1), 0)
        if not size:
            return
        core = core[:-size]


def repeated_names(names: Sequence[OrgName], text: str, words: Words) -> Iterator[OrgName]:
    """Every further occurrence of the names that are likely enough and long enough to be told."""
    by_text = {
        text[name.start : name.end]: name
        for name in names
        if name.priority >= LIKELY and name.end - name.start > 3
    }
    if not by_text:
        return
    seen = {(name.start, name.end) for name in names}
    for match in re.finditer(one_of(by_text), text):
        if match.span() not in seen:
            name = by_text[match.group()]
            yield name._replace(start=match.start(), end=match.end(), rule="org.repeated")
