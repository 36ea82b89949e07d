"""Places that no list has, told by their head: 孤山子|镇, 汉正|街, 乌拉泊|古城."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass

from extractor.components._left_edges import PROPER, Edge, LeftEdges
from extractor.components._place_units import DIVISION_HEADS, LIKELY, Unit
from extractor.components.state import Hit

_SHORT_KINDS = frozenset({"province", "city", "county", "town", "village", "road", "water", "mountain"})
_ANCHORED_KINDS = frozenset({"city", "county"})  # lists know most: others want more than a proper name
_ANCHORS = frozenset({"country", "province", "city", "county", "town", "village", "region"})
_PERSONS = frozenset({"nr", "nrt", "nrfg"})
_OWN_HEADS = {"city": ("市", "县"), "county": ("市", "县", "区"), "province": ("省", "州", "邦")}
_SMALL_HEADS = frozenset(("镇", "乡", "村", "街道", "社区"))
_PLAIN_HEADS = frozenset("河江溪镇乡村屯路街")  # 团结镇, 和平路: common words name them as often as not
_COUNT = re.compile(r"[0-9一二三四五六七八九十百千万两几数多各全本该]+")
_NO_START = frozenset("的了和与及在是把被等也")


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """What is never a place, and which heads name none right after a place (中国 + 市场)."""

    stops: frozenset[str]
    not_after_place: frozenset[str]
    division_words: frozenset[str]


class PlaceHeads:
    """The search for headed places in one text; ``offices`` are offsets where names of offices begin."""

    def __init__(
        self, edges: LeftEdges, anchors: MutableMapping[int, int], lists: PlaceWords, offices: set[int]
    ) -> None:
        self.edges, self.anchors, self.lists, self.offices = edges, anchors, lists, offices
        self.text = edges.shadow

    def find(self, heads: Iterable[Hit], known: Sequence[Unit], shaky: Sequence[Unit]) -> list[Unit]:
        """Headed places, left to right, so that a later one builds on an earlier one.

        ``shaky`` are names that count only with support: a head behind one is support enough.
        """
        ends = {unit.end: unit for unit in (*shaky, *known)}
        taken = {unit.end for unit in known}
        longest: dict[int, Hit] = {}
        for head in heads:
            if head.end not in taken and (head.end not in longest or head.start < longest[head.end].start):
                longest[head.end] = head
        found = []
        for head in sorted(longest.values(), key=lambda one: one.end):
            unit = self._unit(head, ends) if self._ends_well(head, ends) else None
            if unit is not None:
                found.append(unit)
                ends[unit.end] = unit
                if unit.kind in _ANCHORS:
                    self.anchors[unit.end] = unit.start
        return found

    def _ends_well(self, head: Hit, ends: Mapping[int, Unit]) -> bool:
        """Whether a word ends with the head; 清河村|有 and offices (某县|委) need no such end."""
        if self.edges.words.ends_at(head.end) or not self.offices.isdisjoint((head.start, head.end)):
            return True
        if head.start not in ends or not self._completes(self.text[head.start : head.end], ends[head.start]):
            return False
        return self.text[head.start : head.end + 1] not in self.lists.division_words

    def _unit(self, head: Hit, ends: dict[int, Unit]) -> Unit | None:
        if head.start in ends:
            return self._after_place(head, ends[head.start])
        short = (head.kind in _SHORT_KINDS and not head.context) or head.end - head.start == 1
        edge = self.edges.short(head.start) if short else self.edges.long(head.start, 12)
        start = edge.start if edge.anchor < 0 else edge.anchor
        if not self._is_name(head, edge, start) or self._is_common_word(head, edge, start):
            return None
        return Unit(start, head.end, head.kind, "", LIKELY, f"place.head.{head.kind}")

    def _is_name(self, head: Hit, edge: Edge, start: int) -> bool:
        core = self.text[start : head.start]
        if not core or self.text[start : head.end] in self.lists.stops or core[0] in _NO_START:
            return False
        if _COUNT.fullmatch(core) or (len(core) == 1 and head.context):
            return False
        if edge.anchor >= 0:
            return True
        if head.kind in _ANCHORED_KINDS:
            return edge.proper and len(core) in (2, 3) and self.text[head.start : head.end] in "市县"
        return edge.proper or (self.text[head.start : head.end] in _PLAIN_HEADS and len(core) == 2)

    def _is_common_word(self, head: Hit, edge: Edge, start: int) -> bool:
        """Whether the head is only the end of a common word (思路, 部门), or of a person's name."""
        words = self.edges.words
        word = words.at(head.start)
        low = words.starts[word]
        if low >= head.start:
            return False
        if self.text[low : head.end] in self.lists.stops:
            return True
        if words.tags[word] in _PERSONS and edge.anchor < 0 and start >= low:
            return True
        return words.tags[word] not in PROPER and start >= low

    def _after_place(self, head: Hit, place: Unit) -> Unit | None:
        """重庆路, 北京站: a head right after a place makes one name with it."""
        word = self.text[head.start : head.end]
        if self._completes(word, place):
            own = word in _OWN_HEADS.get(place.kind, ())
            kind, code = (place.kind, place.id) if own else (head.kind, "")
            return Unit(place.start, head.end, kind, code, LIKELY, "place.name.completed")
        if word in self.lists.not_after_place or place.level == 0:
            return None
        return Unit(place.start, head.end, head.kind, "", LIKELY, f"place.head.{head.kind}")

    def _completes(self, head: str, place: Unit) -> bool:
        """Whether the head is that of the place's own kind, or of a village named like it: 沙河|镇."""
        if self.text[place.end - 1] in DIVISION_HEADS:
            return False
        return head in _OWN_HEADS.get(place.kind, ()) or (
            head in _SMALL_HEADS and place.end - place.start < 4
        )
