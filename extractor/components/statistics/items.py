"""What a figure counts or measures: the noun phrase after it, before it, across a verb, or carried on."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.components.statistics import carrying, phrases
from extractor.components.statistics.drafts import MEASURES, SHARES, Draft
from extractor.components.statistics.nodes import Nodes
from extractor.components.statistics.phrases import Phrase
from extractor.components.statistics.sites import PhraseSites
from extractor.components.statistics.trimming import Trimmer
from extractor.components.statistics.vocabulary import Vocabulary

_TAKE = frozenset({"占", "占到", "占据", "占了", "占去"})
_RECALL = 20  # figures whose item a verb may repeat


class ItemFinder:
    """Finds the item of one figure after the other, in reading order."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._lists, self._endings = vocabulary.lists, vocabulary.endings
        self._at = PhraseSites(vocabulary)
        self._trimmer = Trimmer(vocabulary)

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
            self._trimmer.take(draft, found, earlier)

    def _of_count(self, draft: Draft, earlier: Sequence[Draft]) -> Phrase | None:
        found = self._at.named_before(draft) or self._at.performed(draft)
        found = found or self._at.behind(draft) or self._at.adjacent(draft)
        if found is not None or carrying.shared(draft, earlier):
            return found
        if carrying.elided(draft, earlier, self._lists["finishing"]):
            return None
        found = self._at.origin(draft) or self._happened(draft, earlier)
        if found is not None or draft.item:
            return found
        found = self._at.linked(draft) or self._at.predicate(draft)
        if found is not None or carrying.part(draft, earlier) or carrying.repeated(draft, earlier):
            return found
        return self._at.clause_before(draft) or self._at.verbal_object(draft)

    def _of_measure(self, draft: Draft, earlier: Sequence[Draft]) -> Phrase | None:
        before = self._at.adjacent(draft) or self._at.ranging(draft)
        behind = self._at.behind(draft)
        if behind is not None and (
            behind.rule == "item.after" or before is None or self._yields(draft.nodes, before)
        ):
            return behind
        if before is not None:
            return before
        if carrying.shared(draft, earlier):
            return None
        if carrying.bare_clause(draft) and carrying.in_sentence(draft, earlier):
            return None
        found = self._at.origin(draft) or self._at.linked(draft)
        found = found or self._at.usable(draft, phrases.base(draft.nodes, draft.index))
        if found is not None or carrying.part(draft, earlier):
            return found
        return None if self._at.property_alone(draft) else self._fallback(draft, earlier)

    def _of_share(self, draft: Draft, earlier: Sequence[Draft]) -> Phrase | None:
        nodes, index = draft.nodes, draft.index
        if carrying.shared(draft, earlier):
            return None
        if carrying.comparable(draft, self._lists) and carrying.in_sentence(draft, earlier):
            return None
        found = self._taking(draft, earlier)
        if found is None and draft.quantity.dimension == "times":
            found = self._at.usable(draft, phrases.compared(nodes, index))
        if found is not None or draft.item:
            return found
        before, behind = self._at.adjacent(draft), self._at.behind(draft)
        if behind is not None and behind.rule == "item.after" and self._at.staked(draft, behind):
            return behind
        if before is not None and behind is not None and behind.rule == "item.after-of":
            before = before if self._at.indicates(nodes.words[before.high - 1]) else None
        found = self._at.usable(draft, phrases.base(nodes, index)) or before or behind
        found = found or self._at.origin(draft) or self._at.changed(draft)
        found = found or self._at.linked(draft) or self._at.predicate(draft)
        if found is not None:
            return None if self._subset(draft, found, earlier) else found
        if not carrying.part(draft, earlier) and nodes.classes[index - 1 : index] != "v":
            carrying.in_sentence(draft, earlier)
        return None

    def _of_change(self, draft: Draft, earlier: Sequence[Draft]) -> Phrase | None:
        nodes, _index = draft.nodes, draft.index
        if carrying.shared(draft, earlier):
            return None
        if carrying.comparable(draft, self._lists) and carrying.in_sentence(draft, earlier):
            return None
        found = self._at.changing(draft) or self._at.behind(draft)
        found = found or self._self_named(draft, earlier)
        if found is not None or draft.item:
            return found
        found = self._at.changed(draft) or self._at.achieved(draft)
        if found is not None or draft.item:
            return found
        found = self._at.adjacent(draft) or self._at.linked(draft)
        if found is not None and not self._alone(nodes, found):
            return found
        return self._fallback(draft, earlier)

    def _alone(self, nodes: Nodes, found: Phrase) -> bool:
        """涨幅2.1%: a noun of change by itself names no item."""
        return found.high - found.low == 1 and nodes.words[found.low] in self._lists["alone"]

    def _of_time(self, draft: Draft, earlier: Sequence[Draft]) -> Phrase | None:
        nodes, index = draft.nodes, draft.index
        found = phrases.after(nodes, index)
        if draft.quantity.dimension == "duration":
            lasting = self._lists["lasting"]
            if found is not None and any(word in lasting for word in nodes.words[found.low : found.high]):
                return found
            found = phrases.adjacent(nodes, index)
            return found if found is not None and nodes.words[found.high - 1] in lasting else None
        if found is not None and "E" not in nodes.classes[found.low : found.high]:
            return self._at.usable(draft, found)
        if found is None and nodes.classes[index + 1 : index + 2] == "u":
            carrying.whole(draft, earlier)
        return None

    def _happened(self, draft: Draft, earlier: Sequence[Draft]) -> Phrase | None:
        """房屋倒塌30间，重损27间: the thing before a verb that takes no object, carried on."""
        nodes, index = draft.nodes, draft.index
        found = phrases.happened(nodes, index)
        if found is not None and found[1] in self._lists["happening"] and draft.quantity.unit != "人":
            return self._at.usable(draft, found[0])
        if index and nodes.words[index - 1] in self._lists["happening"] and draft.clause() == index - 1:
            carrying.whole(draft, earlier)
        return None

    def _self_named(self, draft: Draft, earlier: Sequence[Draft]) -> Phrase | None:
        """减资40亿元: the verb itself is the item, or the longer form that was used before."""
        low = draft.index - 1
        if low > 0 and draft.nodes.words[low] in self._lists["reckoning"]:
            low -= 1
        word = draft.nodes.words[low] if low >= 0 else ""
        if word not in self._lists["self_named"]:
            return None
        for other in reversed(earlier[-_RECALL:]):
            if other.item and draft.nodes.shadow[slice(*other.item[-1])].endswith(word):
                draft.take(other, "item.carried")
                return None
        return Phrase(low, low + 1, "item.change")

    def _taking(self, draft: Draft, earlier: Sequence[Draft]) -> Phrase | None:
        """占X的13%: X; 占X的比重为13%, 占六成: what takes the share."""
        nodes, index = draft.nodes, draft.index
        low = next((i for i in range(index - 1, draft.clause() - 1, -1) if nodes.words[i] in _TAKE), -1)
        if low < 0:
            return None
        between = nodes.words[low + 1 : index]
        if any(word in self._lists["shares"] for word in between) or not _has_noun(nodes, low + 1, index):
            end = low
            while end > 0 and nodes.classes[end - 1] in "dt":
                end -= 1
            found = self._at.usable(draft, phrases.adjacent(nodes, end))
            if found is None:
                _ = carrying.part(draft, earlier) or carrying.in_sentence(draft, earlier)
            return found
        high = index
        while high > low + 1 and nodes.classes[high - 1] not in "ngs":
            high -= 1
        return self._at.usable(draft, phrases.adjacent(nodes, high))

    def _fallback(self, draft: Draft, earlier: Sequence[Draft]) -> Phrase | None:
        amount = draft.quantity.dimension not in SHARES
        if amount and draft.nodes.words[draft.index - 1] in self._lists["itemless_changes"]:
            return None
        acts = "v" in draft.nodes.classes[draft.clause() : draft.index] and not draft.change
        if not acts and carrying.in_sentence(draft, earlier):
            return None
        if not (draft.change or carrying.only_named(draft)):
            return None
        index = carrying.indicator(draft.nodes, draft.index, self._endings["indicator_heads"])
        if index >= 0:
            found = phrases.adjacent(draft.nodes, index + 1)
            return Phrase(found.low, found.high, "item.topic") if found is not None else None
        if not carrying.in_paragraph(draft, earlier) and draft.before is not None:
            self._topic(draft, draft.before())
        return None

    def _topic(self, draft: Draft, nodes: Nodes) -> None:
        """The indicator that the sentence before was about."""
        index = carrying.indicator(nodes, len(nodes.words), self._endings["indicator_heads"])
        found = phrases.adjacent(nodes, index + 1) if index >= 0 else None
        if found is not None:
            low = next(i for i in range(found.low, found.high) if nodes.classes[i] not in "ERkcf")
            draft.item, draft.rule = ((nodes.starts[low], nodes.end(found.high - 1)),), "item.topic"

    def _yields(self, nodes: Nodes, found: Phrase) -> bool:
        if nodes.words[found.high - 1] in self._lists["bare_properties"]:
            return True
        return found.high - found.low == 1 and nodes.words[found.low] in self._lists["yielding"]

    def _subset(self, draft: Draft, found: Phrase, earlier: Sequence[Draft]) -> bool:
        """识字率58%，其中男性为66%: the part is measured by the indicator of its whole."""
        last = earlier[-1] if earlier else None
        if last is None or last.sentence != draft.sentence or last.family() != "share" or not last.item:
            return False
        if found.low > draft.index or self._at.indicates(draft.nodes.words[found.high - 1]):
            return False
        if not self._at.indicates(draft.nodes.shadow[slice(*last.item[-1])]):
            return False
        draft.take(last, "item.part")
        return True


def _has_noun(nodes: Nodes, low: int, high: int) -> bool:
    return any(letter in "ngs" for letter in nodes.classes[low:high])
