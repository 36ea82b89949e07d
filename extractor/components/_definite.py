"""Definite forms (该社区, 全市, 公司) and the entity of the document that each stands for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.components.state import EntityRow, MentionRow, ReferenceRow
from extractor.text.rules import one_of

_HAN = re.compile(r"[㐀-鿿]")
_HEADLINE = 60  # code points: a first line of this length at most is a headline


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun and what it can stand for."""

    label: str
    kinds: frozenset[str]
    ends: tuple[str, ...]

    def fits(self, entity: EntityRow, key: str) -> bool:
        """Whether the entity, written ``key`` in simplified characters, is of that sort."""
        if entity.label != self.label:
            return False
        return entity.kind in self.kinds or key.endswith(self.ends)


@dataclass(frozen=True, slots=True)
class Definite:
    """The compiled forms: ``pattern`` has the groups ``pointer`` and ``noun``."""

    pattern: re.Pattern[str]
    bare: re.Pattern[str]
    nouns: Mapping[str, Noun]
    own: frozenset[str]
    counted: frozenset[str]
    only_titled: frozenset[str]
    dateline: re.Pattern[str]


def make_definite(data: Mapping[str, Any]) -> Definite:
    """Forms from ``rules/linking.toml``."""
    pointing, own = data["definite"]["pointing"], data["definite"]["own"]
    nouns: dict[str, Noun] = {}
    by: dict[str, list[str]] = {"pointing": [], "own": []}
    bare: list[str] = []
    titled: list[str] = []
    for table in data["noun"]:
        for word in table["words"]:
            nouns[word] = Noun(table["label"], frozenset(table["kinds"]), (*table["ends"], word))
        by[table["by"]] += table["words"]
        bare += [word for word in table["words"] if table.get("bare")]
        titled += [word for word in table["words"] if table.get("bare") == "title"]
    every = one_of([*by["own"], *by["pointing"]])
    pattern = rf"(?P<pointer>{one_of(pointing)})(?P<noun>{every})"
    pattern += rf"|(?P<own>{one_of(own)})(?P<whole>{one_of(by['own'])})"
    alone = rf"{one_of(bare)}(?P<titled>(?={one_of(data['definite']['before'])}))?"
    return Definite(
        re.compile(pattern),
        re.compile(alone),
        nouns,
        frozenset(own),
        frozenset(data["definite"]["counted"]),
        frozenset(titled),
        re.compile(data["definite"]["dateline"]),
    )


class Antecedents:
    """Finds the entity that a noun stands for at a place of the text."""

    def __init__(
        self,
        shadow: str,
        mentions: Sequence[MentionRow],
        entities: Sequence[EntityRow],
        keys: Sequence[str],
        dateline: re.Pattern[str] | None = None,
    ) -> None:
        self._entities, self._keys = entities, keys
        self._mentions = [row for row in mentions if row.entity >= 0]
        line = shadow.find("\n")
        self._headline = line if 0 < line <= _HEADLINE else 0
        self._told_from = {
            row.start for row in self._mentions if dateline is not None and dateline.match(shadow, row.end)
        }
        self._fitting: dict[Noun, list[MentionRow]] = {}

    def all_fitting(self, noun: Noun) -> list[MentionRow]:
        """The mentions that the noun can stand for, by start, nested ones too."""
        if noun not in self._fitting:
            self._fitting[noun] = [
                row for row in self._mentions if noun.fits(self._entities[row.entity], self._keys[row.entity])
            ]
        return self._fitting[noun]

    def fitting(self, noun: Noun) -> list[MentionRow]:
        """The outer ones of these mentions, or all when every one is nested."""
        rows = self.all_fitting(noun)
        return [row for row in rows if not row.nested] or rows

    def nearest(self, noun: Noun, place: int) -> int:
        """The entity last named before ``place``, else the one named first after it; -1 for none."""
        rows = self.fitting(noun)
        if not rows:
            return -1
        after = bisect_left(rows, place, key=lambda row: row.start)
        return rows[max(after - 1, 0)].entity

    def main(self, noun: Noun, place: int) -> int:
        """The entity that the document is about: of the headline, else the one named most; -1 for none.

        The place of a dateline counts only when there is no other.
        """
        rows = self.all_fitting(noun)
        rows = [row for row in rows if row.start not in self._told_from] or rows
        if not rows:
            return -1
        head = [row.entity for row in rows if row.start < self._headline]
        counts: dict[int, int] = {}
        for row in rows:
            counts[row.entity] = counts.get(row.entity, 0) + 1
        return max(head or counts, key=lambda entity: counts[entity])


def find_references(
    shadow: str, edges: bytes, forms: Definite, taken: Iterable[tuple[int, int]], known: Antecedents
) -> list[ReferenceRow]:
    """The definite forms outside mentions for which the document names an entity, by start.

    ``edges[i]`` is not 0 where a token starts, 2 where the word before it says more of it.
    """
    covered = bytearray(len(shadow) + 1)
    for start, end in taken:
        covered[start:end] = b"\1" * (end - start)
    rows = [*_pointed(shadow, covered, forms, known), *_bare(shadow, edges, covered, forms, known)]
    return sorted(rows)


def _pointed(shadow: str, covered: bytearray, forms: Definite, known: Antecedents) -> Iterator[ReferenceRow]:
    for match in forms.pattern.finditer(shadow):
        start, end = match.span()
        pointer = match["pointer"] or match["own"]
        noun = forms.nouns[match["noun"] or match["whole"]]
        if any(covered[start:end]) or (covered[end] and not covered[start]):
            continue
        about = known.main if pointer in {"全", "我"} else known.nearest
        entity = about(noun, start)
        if entity >= 0:
            covered[start:end] = b"\1" * (end - start)
            yield ReferenceRow(start, end, entity, "reference.pointed")


def _bare(
    shadow: str, edges: bytes, covered: bytearray, forms: Definite, known: Antecedents
) -> Iterator[ReferenceRow]:
    """A noun alone that is a word of its own, with no noun before it that would say which one."""
    for match in forms.bare.finditer(shadow):
        start, end = match.span()
        if (
            edges[start] != 1
            or not (edges[end] or match["titled"] is not None)
            or any(covered[start:end])
            or (start and covered[start - 1])
        ):
            continue
        if start and shadow[start - 1] in forms.counted:
            continue
        if match["titled"] is None and match.group() in forms.only_titled:
            continue
        noun = forms.nouns[match.group()]
        if known.fitting(noun) and known.fitting(noun)[0].start < start:
            yield ReferenceRow(start, end, known.nearest(noun, start), "reference.bare")
