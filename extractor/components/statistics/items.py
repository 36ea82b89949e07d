"""What a figure counts or measures: the noun phrase after it, before it, across a verb, or carried on."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from extractor.components.statistics import phrases
from extractor.components.statistics.drafts import MEASURES, SHARES, Draft, last_of_family
from extractor.components.statistics.nodes import Nodes
from extractor.components.statistics.phrases import Phrase
from extractor.components.statistics.vocabulary import Vocabulary

_LIST = re.compile(r"Q[kc]+\Z")
_PAIR = re.compile(r"Q\Z")
_BRACKET = re.compile(r"QA\Z")
_HEADLESS = re.compile(r"u[dL]*[dL]\Z")
_RANGE_END = re.compile(r"Qu?[dnt]*[IDLv]+[omtdur]*\Z")
_PART = re.compile(r"P[^wQ]*\Z")
_LEVELS = frozenset({"change", "money", "percentage", "ratio", "mass_volume", "area", "length", "energy"})

Finder = Callable[[Draft], Phrase | None]


class ItemFinder:
    """Finds the item of one figure after the other, in reading order."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._lists = vocabulary.lists
        self._heads = vocabulary.heads

    def find(self, draft: Draft, earlier: Sequence[Draft]) -> None:
        """Set ``item``, ``owner`` and ``rule`` of the draft; nothing when the text names no item."""
        dimension = draft.quantity.dimension
        if draft.change:
            found = self._of_change(draft, earlier)
        elif dimension in ("duration", "age"):
            found = self._of_time(draft, earlier)
        elif dimension in MEASURES:
            found = self._of_measure(draft, earlier)
        elif dimension in SHARES or dimension == "times":
            found = self._of_share(draft, earlier)
        else:
            found = self._of_count(draft, earlier)
        if found is not None:
            self._take(draft, found)

    # -- kinds of figures

    def _of_count(self, draft: Draft, earlier: Sequence[Draft]) -> Phrase | None:
        nodes, index = draft.nodes, draft.index
        person = draft.quantity.unit == "人"
        found = phrases.after(nodes, index)
        if found is not None and not (person and found.low == index + 1 and not self._counted(nodes, found)):
            return found
        if found is None and not person:
            found = phrases.after_verb(nodes, index) or phrases.after_clause(nodes, index)
            if found is not None:
                return found
        found = self._adjacent(draft)
        if found is not None or self._share(draft, earlier):
            return found
        return self._linked(draft) or phrases.predicate(nodes, index) or self._inherit(draft, earlier)

    def _of_measure(self, draft: Draft, earlier: Sequence[Draft]) -> Phrase | None:
        nodes, index = draft.nodes, draft.index
        before, behind = self._adjacent(draft), phrases.after(nodes, index)
        if before is not None and not (behind is not None and self._yields(nodes, before)):
            return before
        if behind is not None:
            return behind
        if self._share(draft, earlier):
            return None
        found = phrases.origin(nodes, index) or self._linked(draft) or phrases.base(nodes, index)
        return found or self._inherit(draft, earlier)

    def _of_share(self, draft: Draft, earlier: Sequence[Draft]) -> Phrase | None:
        nodes, index = draft.nodes, draft.index
        if self._share(draft, earlier):
            return None
        found = self._base(draft, earlier)
        if found is not None or draft.item[1]:
            return found
        found = self._adjacent(draft) or phrases.after(nodes, index) or phrases.origin(nodes, index)
        found = found or self._linked(draft) or phrases.predicate(nodes, index)
        return found or self._inherit(draft, earlier) or self._carry(draft, earlier)

    def _of_change(self, draft: Draft, earlier: Sequence[Draft]) -> Phrase | None:
        nodes, index = draft.nodes, draft.index
        if self._share(draft, earlier):
            return None
        found = phrases.changing(nodes, index)
        if found is None:
            found = phrases.after(nodes, index)
            if found is not None and self._is_change_noun(nodes, found):
                found = None
        found = found or phrases.changed(nodes, index) or self._adjacent(draft) or self._linked(draft)
        return found or self._carry(draft, earlier)

    def _of_time(self, draft: Draft, earlier: Sequence[Draft]) -> Phrase | None:
        nodes, index = draft.nodes, draft.index
        found = phrases.after(nodes, index)
        if draft.quantity.dimension == "duration":
            lasting = self._lists["lasting"]
            if found is not None and any(word in lasting for word in nodes.words[found.low : found.high]):
                return found
            found = phrases.adjacent(nodes, index)
            return found if found is not None and nodes.words[found.high - 1] in lasting else None
        if found is not None and nodes.classes[found.high - 1] != "E":
            return found
        if _HEADLESS.match("u" + nodes.classes[index + 2 : index + 3]) or nodes.classes[index + 1 : index + 2] == "u":
            return self._persons(draft, earlier)
        return None

    # -- places to look

    def _adjacent(self, draft: Draft) -> Phrase | None:
        nodes = draft.nodes
        found = phrases.adjacent(nodes, draft.index)
        if found is None:
            return None
        if found.high - found.low == 1 and nodes.words[found.low] in self._lists["bare_properties"]:
            return None
        return self._widen(nodes, found)

    def _linked(self, draft: Draft) -> Phrase | None:
        found = phrases.linked(draft.nodes, draft.index)
        return self._widen(draft.nodes, found) if found is not None else None

    def _widen(self, nodes: Nodes, found: Phrase) -> Phrase:
        """捕捞 + 总产量: a verb before an indicator belongs to it."""
        low = found.low
        if low == 0 or nodes.classes[low - 1] != "v" or len(nodes.words[low - 1]) < 2:
            return found
        head = nodes.words[low]
        if not any(head.endswith(ending) for ending in self._lists["indicator_heads"]):
            return found
        low -= 1
        while low > 0 and nodes.classes[low - 1] in "angf":
            low -= 1
        return Phrase(low, found.high, found.rule)

    def _base(self, draft: Draft, earlier: Sequence[Draft]) -> Phrase | None:
        return phrases.base(draft.nodes, draft.index)

    def _yields(self, nodes: Nodes, found: Phrase) -> bool:
        return found.high - found.low == 1 and nodes.words[found.low] in self._lists["yielding"]

    def _counted(self, nodes: Nodes, found: Phrase) -> bool:
        return self._heads.find(nodes.text(found.low, found.high)) in ("people", "members", "residents")

    def _is_change_noun(self, nodes: Nodes, found: Phrase) -> bool:
        text = nodes.text(found.low, found.high)
        return any(word in text for word in ("增长", "增幅", "速度", "下降", "优惠"))

    # -- what earlier figures hand on

    def _share(self, draft: Draft, earlier: Sequence[Draft]) -> bool:
        """Take the item of the figure right before: 3.9%和5.7%, 30户99间, 1.5平方英里(4平方公里)."""
        classes, index = draft.nodes.classes, draft.index
        if not earlier or earlier[-1].sentence != draft.sentence:
            return False
        last = earlier[-1]
        same = last.family() == draft.family() or "bare" in (last.quantity.dimension, draft.quantity.dimension)
        listed = same and _LIST.search(classes, max(0, index - 3), index)
        paired = _PAIR.search(classes, max(0, index - 1), index) and last.rule != "item.after"
        bracket = _BRACKET.search(classes, max(0, index - 2), index)
        closing = _RANGE_END.search(classes, max(0, index - 9), index) and same
        if listed or paired or bracket or closing:
            draft.item, draft.owner, draft.rule = last.item, last.owner, "item.shared"
            if listed:
                draft.change, draft.category = last.change, last.category
            return True
        return False

    def _inherit(self, draft: Draft, earlier: Sequence[Draft]) -> Phrase | None:
        classes, index = draft.nodes.classes, draft.index
        window = max(0, index - 12)
        if _HEADLESS.search(classes, window, index) or _PART.search(classes, window, index):
            self._persons(draft, earlier)
        return None

    def _persons(self, draft: Draft, earlier: Sequence[Draft]) -> None:
        other = last_of_family(draft, earlier)
        if other is not None:
            draft.item, draft.owner, draft.rule = other.item, other.owner, "item.part"

    def _carry(self, draft: Draft, earlier: Sequence[Draft]) -> Phrase | None:
        for other in reversed(earlier):
            if other.paragraph != draft.paragraph:
                break
            if other.item[1] and other.category in _LEVELS:
                draft.item, draft.owner, draft.rule = other.item, other.owner, "item.carried"
                break
        return None

    # -- the words of the phrase

    def _take(self, draft: Draft, found: Phrase) -> None:
        nodes, low, high = draft.nodes, found.low, found.high
        prefixes = self._lists["prefixes"]
        behind = found.low > draft.index
        while low < high - 1:
            if nodes.classes[low] == "E" and not behind:
                draft.owner = nodes.source[low]
            elif not (nodes.words[low] in prefixes or nodes.classes[low] in "kcf"):
                break
            low += 1
        if draft.quantity.dimension in SHARES and not behind and high - low > 1:
            if nodes.words[high - 1] in self._lists["shares"]:
                high -= 1
        draft.item, draft.rule = (nodes.starts[low], nodes.ends[high - 1]), found.rule
