"""The parts of place names: what the dictionary knows, and what a head (村, 路, 机场) gives away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractor.components._left_edges import PROPER, LeftEdges
from extractor.components._words import Words
from extractor.components.state import Hit

CERTAIN, LIKELY, WEAK = 60, 50, 30
# How far down a kind stands; a chain goes strictly down.
LEVELS = {
    "country": 0, "province": 1, "city": 2, "county": 3, "town": 4, "village": 5,
    "region": 6, "water": 6, "mountain": 6, "road": 6, "building": 7,
}  # fmt: skip
_LOWEST = 7
_OWN_HEADS = {"city": ("市", "县"), "county": ("市", "县", "区"), "province": ("省", "州", "邦")}
_SMALL_HEADS = frozenset(("镇", "乡", "村", "街道", "社区"))
_DIVISION_HEADS = frozenset("省市县区州镇乡村旗")
_SHORT_KINDS = frozenset({"province", "city", "county", "town", "village", "road", "water", "mountain"})


class Unit(NamedTuple):
    """One part of a place name; ``id`` is that of the dictionary, "" for a name that no list has."""

    start: int
    end: int
    kind: str
    id: str
    priority: int
    rule: str

    @property
    def level(self) -> int:
        """Rank of the kind, 0 for a country."""
        return LEVELS.get(self.kind, _LOWEST)


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """What is never a place, and which heads name none right after a place (中国 + 市场)."""

    stops: frozenset[str]
    not_after_place: frozenset[str]


def known_units(hits: Iterable[Hit], words: Words, context: bool) -> list[Unit]:
    """Dictionary places whose edges the segmenter does not speak against; leftmost and longest first.

    ``context`` chooses between the terms that need support and those that do not.
    """
    units: list[Unit] = []
    reach = 0
    rule = "place.name.supported" if context else "place.name"
    for hit in sorted(hits, key=lambda one: (one.start, -one.end)):
        if hit.context is not context or hit.start < reach or not _well_cut(hit, words, reach):
            continue
        units.append(Unit(hit.start, hit.end, hit.kind, hit.id, CERTAIN, rule))
        reach = hit.end
    return units


def _well_cut(hit: Hit, words: Words, reach: int) -> bool:
    """Whether a word begins where the name begins, or the name before it ends there, or the name is long."""
    if hit.user or hit.end - hit.start > 3 or hit.start == reach:
        return True
    if not words.starts_at(hit.start):
        return False
    return words.ends_at(hit.end) or hit.end - hit.start > 2 or words.ends[words.at(hit.start)] > hit.end


def headed_units(
    heads: Iterable[Hit], known: Sequence[Unit], edges: LeftEdges, lists: PlaceWords, org_starts: set[int]
) -> list[Unit]:
    """Places that no list has, each found by its head; ``org_starts`` are places where an office begins."""
    ends = {unit.end: unit for unit in known}
    longest: dict[int, Hit] = {}
    for head in heads:
        if head.end not in ends and (head.end not in longest or head.start < longest[head.end].start):
            longest[head.end] = head
    found = []
    for head in sorted(longest.values(), key=lambda one: one.end):
        if not (edges.words.ends_at(head.end) or head.end in org_starts or head.start in org_starts):
            continue
        unit = _headed(head, ends, edges, lists)
        if unit is not None:
            found.append(unit)
            edges.anchors[unit.end] = unit.start  # type: ignore[index]
            ends[unit.end] = unit
    return found


def _headed(head: Hit, ends: dict[int, Unit], edges: LeftEdges, lists: PlaceWords) -> Unit | None:
    text = edges.shadow
    if head.start in ends:
        return _after_place(head, ends[head.start], text, lists)
    short = (head.kind in _SHORT_KINDS and not head.context) or head.end - head.start == 1
    edge = edges.short(head.start) if short else edges.long(head.start, 12)
    start = edge.start if edge.anchor < 0 else edge.anchor
    if start >= head.start or text[start : head.end] in lists.stops or not _HAN(text[start]):
        return None
    if edge.anchor < 0 and not edge.proper:
        return None
    if _is_common_word(head, start, edges, lists):
        return None
    return Unit(start, head.end, head.kind, "", LIKELY, f"place.head.{head.kind}")


def _is_common_word(head: Hit, start: int, edges: LeftEdges, lists: PlaceWords) -> bool:
    """Whether the head is only the end of a common word: 思路, 部门, 出口."""
    word = edges.words.at(head.start)
    low = edges.words.starts[word]
    if low >= head.start:
        return False
    if edges.shadow[low : head.end] in lists.stops:
        return True
    return edges.words.tags[word] not in PROPER and (start >= low or head.end - head.start == 1)


def _after_place(head: Hit, place: Unit, text: str, lists: PlaceWords) -> Unit | None:
    """重庆路, 北京站: a head right after a place makes one name with it."""
    word = text[head.start : head.end]
    full = _completes(word, place, text)
    if not full and (word in lists.not_after_place or place.level == 0):
        return None
    kind, rule = (place.kind, "place.name.completed") if full else (head.kind, f"place.head.{head.kind}")
    return Unit(place.start, head.end, kind, place.id if full else "", LIKELY, rule)


def _completes(head: str, place: Unit, text: str) -> bool:
    """Whether the head is that of the place's own kind, or of a village named like it: 马德里|市, 沙河|镇."""
    if text[place.end - 1] in _DIVISION_HEADS:
        return False
    return head in _OWN_HEADS.get(place.kind, ()) or (head in _SMALL_HEADS and place.end - place.start < 4)


def _HAN(char: str) -> bool:  # noqa: N802
    return "\u3400" <= char <= "\u9fff" or char.isalnum()
