"""Where a name begins, seen from its last word: 清泥|河 in 流经清泥河, 科学技术|学会 in 由科学技术学会."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from extractor.components._words import Words

# Tags of jieba's dictionary; x is a word that the dictionary lacks.  A closing tag ends a name, a weak one
# ends a name that does not begin with a known name, unless the word is listed as one that names hold.
_CLOSING = frozenset(
    (
        *("v", "vd", "vg", "vi", "vq", "d", "ad", "p", "c", "r", "rr", "rz", "m", "mq", "q", "t", "tg", "w"),
        *("u", "uj", "ul", "uz", "ug", "ud", "uv", "y", "e", "o", "k", "h", "z", "i"),
    )
)  # fmt: skip
_WEAK = frozenset(("a", "ag", "b", "l", "vn", "an", "f", "s", "g"))
PROPER = frozenset(("j", "nr", "nrt", "nrfg", "ns", "nt", "nz", "eng", "x"))
_LEVELS = frozenset("省市县区州旗")
_NOUNS = PROPER | {"n"}
_SIDES = frozenset("里上下前后东西南北口头")  # 城里, 桥头, 山前: sides that end names of villages
_NAME_CHARACTER = re.compile(r"[一-鿿㐀-䶿〇A-Za-z0-9·&]")
_ORDINAL = re.compile(
    r"第?[一二三四五六七八九十百0-9]+届|第[一二三四五六七八九十百0-9]+|[A-Za-z0-9]*[A-Za-z][A-Za-z0-9]*"
)
_NUMERAL = re.compile(r"[一二三四五六七八九十][一-鿿]?")
_BRACKETED = re.compile(r"\([一-鿿]{2,8}\)\Z")


@dataclass(frozen=True, slots=True)
class EdgeWords:
    """The word lists that the search for a left edge reads, in the form of the shadow."""

    stops: frozenset[str]
    inner: frozenset[str]


@dataclass(frozen=True, slots=True)
class Edge:
    """Where a name begins; ``anchor`` is where the name it begins with ends (-1: it begins with none).

    ``loose`` is where it begins if any word may be in it, at its first proper one where it has one.
    """

    start: int
    anchor: int
    proper: bool
    words: int
    loose: int = -1


class LeftEdges:
    """The search for left edges in one text.

    ``anchors`` maps ends of names already known (places, organisations) to their starts: a name that is
    reached from the right is taken in whole.
    """

    def __init__(self, shadow: str, words: Words, lists: EdgeWords, anchors: Mapping[int, int]) -> None:
        self.shadow, self.words, self.lists, self.anchors = shadow, words, lists, anchors

    def long(self, head: int, limit: int = 20) -> Edge:
        """The edge of a name of several words whose last word starts at ``head``; nouns may pile up."""
        place, proper, count, singles = head, False, 0, 0
        unanchored: Edge | None = None
        brand = -1
        while head - place <= limit:
            if place in self.anchors:
                return Edge(self.anchors[place], place, True, count)
            piece = self._piece(place)
            if piece is None or self._closes(*piece, place):
                break
            low, tag = piece
            if tag in _WEAK and unanchored is None and self.shadow[low:place] not in self.lists.inner:
                unanchored = Edge(place, -1, proper, count)
            singles = singles + 1 if place - low == 1 else 0
            proper = proper or tag in PROPER or singles > 1
            brand = low if tag in PROPER else brand
            count += 1
            place = low
            if self._is_level(low, head):
                return Edge(low, -1, True, count)
        loose = place if brand < 0 else brand
        if unanchored is not None:
            return replace(unanchored, loose=loose)
        return Edge(self._after_verbs(place, head), -1, proper, count, loose)

    def _is_level(self, place: int, head: int) -> bool:
        """省 of 省防火安全领导小组: a bare level begins a name as a place does."""
        if self.shadow[place] not in _LEVELS or self.words.ends[self.words.at(place)] != place + 1:
            return False
        return place + 1 < head and not (place and _NAME_CHARACTER.match(self.shadow[place - 1]))

    def _after_verbs(self, place: int, head: int) -> int:
        """A name that begins with no known name does not begin with a verb, even one that names hold."""
        while place < head:
            word = self.words.at(place)
            if self.words.tags[word] not in ("v", "vn") or self.words.starts[word] != place:
                break
            place = min(self.words.ends[word], head)
        return place

    def short(self, head: int, limit: int = 4) -> Edge:
        """The edge of a name of one word, or of single characters that the segmenter left over."""
        place = self._with_side(head)
        proper, count = place < head, int(place < head)
        while head - place < limit and place not in self.anchors:
            piece = self._piece(place)
            if piece is None or head - piece[0] > limit or self._ends_short(*piece, place, count):
                break
            low, tag = piece
            proper = proper or tag in PROPER or bool(count)
            count += 1
            wide, place = place - low > 1, low
            if wide:
                break
        return Edge(place, place if place in self.anchors else -1, proper, count)

    def _with_side(self, head: int) -> int:
        """梧桐里|社区: the first of a side word (里, 上, 东) and the noun before it, else ``head``."""
        piece = self._piece(head)
        if piece is None or head - piece[0] != 1 or self.shadow[piece[0]] not in _SIDES:
            return head
        before = self._piece(piece[0])
        if before is None or piece[0] - before[0] != 2 or before[1] not in _NOUNS:
            return head
        return head if self.shadow[before[0] : piece[0]] in self.lists.stops else before[0]

    def _ends_short(self, low: int, tag: str, place: int, count: int) -> bool:
        """Whether a short name cannot go on over this word; right behind a known place any may be."""
        if self.shadow[low:place] in self.lists.stops:
            return True
        wide = place - low > 1
        if low in self.anchors and not count:
            return False
        if wide and _NUMERAL.fullmatch(self.shadow[low:place]) and count and place - low < 3:
            return False
        return self._closes(low, tag, place) or (wide and tag not in PROPER and (count > 0 or tag in _WEAK))

    def _piece(self, place: int) -> tuple[int, str] | None:
        """Start and tag of the word, or part of one, that ends at ``place``; None where no name can go on."""
        if place == 0:
            return None
        if self.shadow[place - 1] == ")":
            return self._bracketed(place)
        if not _NAME_CHARACTER.match(self.shadow[place - 1]):
            return None
        word = self.words.at(place - 1)
        low = self.words.starts[word]
        for inside in range(place - 1, low, -1):
            if inside in self.anchors:
                return inside, "n"
        return low, self.words.tags[word]

    def _bracketed(self, place: int) -> tuple[int, str] | None:
        """高原(北京)|公司: a bracket and the word before it are one piece; no name begins with a bracket."""
        found = _BRACKETED.search(self.shadow, max(0, place - 10), place)
        if not found or not found.start() or self.shadow[found.start() - 1] == ")":
            return None
        before = self._piece(found.start())
        return None if before is None or self._closes(*before, found.start()) else (before[0], "nz")

    def _closes(self, low: int, tag: str, high: int) -> bool:
        text = self.shadow[low:high]
        if text in self.lists.stops:
            return True
        if tag not in _CLOSING or text in self.lists.inner:
            return False
        return not _ORDINAL.fullmatch(text)
