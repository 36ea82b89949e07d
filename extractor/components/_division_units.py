"""Towns and villages of the lists of divisions: which of their names in a text are meant.

A name of a village is as often a common word (新建社区, 幸福村) or a piece of one (深|化农村), so a bare list
is right in one of three hits.  A full name counts

- right behind a place that may hold it (高砂镇|端溪村), or
- where a word begins and a word or a committee (村委会) ends, unless what stands before its last word
  is one common word; then a prefecture or county around it must be named before it in the document.

What is certainly no name is silenced, also for the learned layer: 城中村, 深化农村, 千村.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.components._left_edges import PROPER
from extractor.components._place_units import CERTAIN, Unit
from extractor.components._words import Words
from extractor.lexicon.divisions import DivisionHit, Divisions, lies_in

RULE = "place.division"
_SMALL = {
    "村": "village", "社区": "village", "嘎查": "village",
    "镇": "town", "乡": "town", "街道": "town", "苏木": "town",
}  # fmt: skip
_ENDING = re.compile("(?:社区|街道|嘎查|苏木|[村镇乡])$")
_COMMITTEE = re.compile(
    "(?:民|居民)?(?:委员会|委会)|办事处|办|[一二三四五六七八九十]?[组社队]|[东西南北](?=[0-9侧面头边部口])"
)
_TITLES = frozenset("【《〈「『")
_COUNT = re.compile("[0-9〇一二三四五六七八九十百千万两几多数各每全本该我外]+")


@dataclass(frozen=True, slots=True)
class DivisionWords:
    """What ends like a division and is none, and words at the end of such (农村).

    ``beginnings`` are words that begin with the head of a division (村晚), ``surnames`` characters.
    """

    stops: frozenset[str]
    tails: frozenset[str]
    beginnings: frozenset[str]
    surnames: frozenset[str]


class DivisionUnits:
    """The search for towns and villages in one text; ``known`` are its other places."""

    def __init__(
        self, divisions: Divisions, words: Words, lists: DivisionWords, known: Sequence[Unit]
    ) -> None:
        self.divisions, self.words, self.lists = divisions, words, lists
        self.anchors = {unit.end for unit in known}
        self._codes = {
            unit.end: tuple(code for code in unit.id.split("|") if code.isdigit()) for unit in known
        }
        self._starts: dict[int, set[int]] = {}

    def find(self, text: str) -> tuple[list[Unit], list[tuple[int, int]]]:
        """The units that are meant, and the spans that are none."""
        places = {code for codes in self._codes.values() for code in codes}
        small, silenced = self._by_end(text)
        self._starts = {hit.start: {hit.name} for hits in small.values() for hit in hits}
        chosen: dict[int, DivisionHit] = {}
        for end, hits in small.items():
            hit = next((hit for hit in hits if self._is_meant(hit, text, places)), None)
            if hit is not None:
                chosen[end] = hit
                self.anchors.add(end)
                self._codes[end] = self.divisions.codes_of(hit.name)
        named = {hit.name for hit in chosen.values()}
        for end, hits in small.items():
            hit = chosen.get(end) or next((hit for hit in hits if hit.name in named), None)
            if hit is not None:
                chosen[end] = hit
            silenced += [
                (one.start, one.end) for one in hits if one != hit and self._is_none(one, text, places)
            ]
        return [self._unit(hit, text) for hit in chosen.values()], silenced

    def _by_end(self, text: str) -> tuple[dict[int, list[DivisionHit]], list[tuple[int, int]]]:
        """The hits of towns and villages by their end, longest first; stop words among the others."""
        ends: dict[int, list[DivisionHit]] = {}
        stops: list[tuple[int, int]] = []
        for hit in self.divisions.find(text):
            if _ENDING.search(text, hit.start, hit.end):
                ends.setdefault(hit.end, []).insert(0, hit)
            elif text[hit.start : hit.end] in self.lists.stops:
                stops.append((hit.start, hit.end))
        return ends, stops

    def _unit(self, hit: DivisionHit, text: str) -> Unit:
        return Unit(hit.start, hit.end, _SMALL[text[self._head(hit, text) : hit.end]], "", CERTAIN, RULE)

    def _head(self, hit: DivisionHit, text: str) -> int:
        """Where the last word of a name (村, 社区) begins."""
        found = _ENDING.search(text, hit.start, hit.end)
        return found.start() if found else hit.end

    def _is_meant(self, hit: DivisionHit, text: str, places: set[str]) -> bool:
        if self._lies_behind(hit) and text[hit.start : hit.end] not in self.lists.stops:
            return True
        if self._is_stop(hit, text):
            return False
        if self._leads_on(hit):
            return True
        if self._begins_word(hit, text):
            return False
        if hit.start in self.anchors:
            return True
        if not self._ends_well(hit, text) or hit.end - hit.start < 3 or not self.words.starts_at(hit.start):
            return False
        doubtful = self._is_common(hit, text) or self._is_person(hit, text)
        return not doubtful or self._has_parent(hit, places)

    def _leads_on(self, hit: DivisionHit) -> bool:
        """Whether a unit that lies in it follows at once: 恒口镇|长行村, however the segmenter cuts."""
        return any(
            inner.startswith(outer) and inner != outer
            for after in self._starts.get(hit.end, ())
            for outer in self.divisions.codes_of(hit.name)
            for inner in self.divisions.codes_of(after)
        )

    def _is_stop(self, hit: DivisionHit, text: str) -> bool:
        """Whether a name is, or ends like, what names none (深化农村), or only counts (万村)."""
        head = self._head(hit, text)
        if text[hit.start : hit.end] in self.lists.stops or _COUNT.fullmatch(text, hit.start, head):
            return True
        return text[max(head - 1, hit.start) : hit.end] in self.lists.tails

    def _lies_behind(self, hit: DivisionHit) -> bool:
        """Whether the place right before holds the unit, by their codes."""
        outer = self._codes.get(hit.start, ())
        return any(lies_in(code, one) for one in outer for code in self.divisions.codes_of(hit.name))

    def _ends_well(self, hit: DivisionHit, text: str) -> bool:
        return self.words.ends_at(hit.end) or bool(_COMMITTEE.match(text, hit.end))

    def _begins_word(self, hit: DivisionHit, text: str) -> bool:
        """Whether the last character begins a word of its own: 四季|村晚."""
        word = self.words.at(hit.end - 1)
        low, high = self.words.starts[word], self.words.ends[word]
        return low == hit.end - 1 and text[low:high] in self.lists.beginnings

    def _is_common(self, hit: DivisionHit, text: str) -> bool:
        """Whether the stem is one word that is no proper name."""
        word = self.words.at(hit.start)
        return self.words.ends[word] >= self._head(hit, text) and self.words.tags[word] not in PROPER

    def _has_parent(self, hit: DivisionHit, places: set[str]) -> bool:
        return any(
            code[:6] in places or code[:4] + "00" in places for code in self.divisions.codes_of(hit.name)
        )

    def _is_none(self, hit: DivisionHit, text: str, places: set[str]) -> bool:
        """Whether the span names nothing: a stop word, a number, the end of a word, a person, a title.

        No more than that: where the segmenter is wrong, the learned layer is often right.
        """
        if hit.start in self.anchors:
            return False
        common = self._is_common(hit, text)
        cut = not self.words.starts_at(hit.start) or self._begins_word(hit, text)
        if self._is_stop(hit, text) or (common and cut):
            return True
        if self._has_parent(hit, places):
            return False
        titled = hit.end - hit.start == 2 and text[max(hit.start - 1, 0)] in _TITLES
        return titled or self._is_person(hit, text)

    def _is_person(self, hit: DivisionHit, text: str) -> bool:
        """林|东村: a surname by itself, and a given name that ends like a village."""
        given = text[hit.start + 1 : hit.end]
        if len(given) != 2 or given[1] != "村" or given[0] == "家":
            return False
        alone = self.words.starts_at(hit.start) and self.words.starts_at(hit.start + 1)
        return alone and text[hit.start] in self.lists.surnames
