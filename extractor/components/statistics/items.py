"""What a figure counts or measures: the noun phrase after it, before it, across a verb, or carried on."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.components.statistics import carrying, phrases
from extractor.components.statistics.drafts import MEASURES, SHARES, Draft
from extractor.components.statistics.nodes import Nodes
from extractor.components.statistics.phrases import Phrase
from extractor.components.statistics.trimming import Trimmer
from extractor.components.statistics.vocabulary import Vocabulary

_PERSONS = frozenset({"people", "members", "residents"})


class ItemFinder:
    """Finds the item of one figure after the other, in reading order."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._lists, self._endings = vocabulary.lists, vocabulary.endings
        self._heads = vocabulary.heads
        self._words = vocabulary.words
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

    # -- kinds of figures

    def _of_count(self, draft: Draft, earlier: Sequence[Draft]) -> Phrase | None:
        nodes, index = draft.nodes, draft.index
        found = self._named_before(draft) or self._behind(draft) or self._adjacent(draft)
        if found is not None or carrying.shared(draft, earlier):
            return found
        found = phrases.origin(nodes, index) or self._happened(draft, earlier)
        if found is not None or draft.item:
            return found
        found = self._linked(draft) or self._predicate(draft)
        if found is not None or carrying.part(draft, earlier) or carrying.repeated(draft, earlier):
            return found
        return self._clause_before(draft)

    def _of_measure(self, draft: Draft, earlier: Sequence[Draft]) -> Phrase | None:
        before, behind = self._adjacent(draft), self._behind(draft)
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
        found = phrases.origin(draft.nodes, draft.index) or self._linked(draft)
        found = found or self._usable(draft, phrases.base(draft.nodes, draft.index))
        if found is not None or carrying.part(draft, earlier):
            return found
        return None if self._bare_property(draft) else self._fallback(draft, earlier)

    def _of_share(self, draft: Draft, earlier: Sequence[Draft]) -> Phrase | None:
        nodes, index = draft.nodes, draft.index
        if carrying.shared(draft, earlier):
            return None
        if carrying.comparable(draft, self._lists) and carrying.in_sentence(draft, earlier):
            return None
        found = self._taking(draft, earlier)
        if found is None and draft.quantity.dimension == "times":
            found = self._usable(draft, phrases.compared(nodes, index))
        if found is not None or draft.item:
            return found
        before, behind = self._adjacent(draft), self._behind(draft)
        if before is not None and behind is not None and behind.rule == "item.after-of":
            before = before if self._indicates(nodes.words[before.high - 1]) else None
        found = self._usable(draft, phrases.base(nodes, index)) or before or behind
        found = found or phrases.origin(nodes, index) or self._usable(draft, phrases.changed(nodes, index))
        found = found or self._linked(draft) or self._predicate(draft)
        if found is not None:
            return None if self._subset(draft, found, earlier) else found
        if not carrying.part(draft, earlier) and nodes.classes[index - 1 : index] != "v":
            carrying.in_sentence(draft, earlier)
        return None

    def _of_change(self, draft: Draft, earlier: Sequence[Draft]) -> Phrase | None:
        nodes, index = draft.nodes, draft.index
        if carrying.shared(draft, earlier):
            return None
        if carrying.comparable(draft, self._lists) and carrying.in_sentence(draft, earlier):
            return None
        found = self._usable(draft, phrases.changing(nodes, index)) or self._behind(draft)
        found = found or self._self_named(draft, earlier)
        if found is not None or draft.item:
            return found
        found = self._usable(draft, phrases.changed(nodes, index)) or self._achieved(draft)
        if found is not None or draft.item:
            return found
        found = self._adjacent(draft) or self._linked(draft)
        if found is not None and not self._alone(nodes, found):
            return found
        return self._fallback(draft, earlier)

    def _achieved(self, draft: Draft) -> Phrase | None:
        """农业|实现了5%的增长."""
        found = phrases.happened(draft.nodes, draft.index)
        if found is None or found[1] not in self._lists["joining"]:
            return None
        return self._usable(draft, found[0])

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
            return self._usable(draft, found)
        if found is None and nodes.classes[index + 1 : index + 2] == "u":
            carrying.whole(draft, earlier)
        return None

    # -- places to look

    def _behind(self, draft: Draft) -> Phrase | None:
        nodes, index, unit = draft.nodes, draft.index, draft.quantity.unit
        found = phrases.after(nodes, index + self._inner(draft))
        measured = draft.quantity.dimension not in ("count", "bare")
        if found is not None and nodes.words[found.high - 1] in self._lists["hollow"]:
            return None
        if found is not None and measured and set(nodes.classes[found.low : found.high]) <= {"E"}:
            return None
        if found is not None and not measured and self._leads_on(draft, found):
            return self._head_behind(nodes, index) or found
        if (
            unit == "人"
            and found is not None
            and found.rule == "item.after"
            and not self._persons(nodes, found)
        ):
            return None
        if found is None and not measured and unit not in ("人", "户"):
            found = phrases.after_verb(nodes, index)
            if found is None or nodes.classes[found.high : found.high + 1] == "u":
                return self._head_behind(nodes, index) or found
        return found

    def _head_behind(self, nodes: Nodes, index: int) -> Phrase | None:
        """20个类似某地的|基层工作实践基地: the head behind a clause, with the verbs that belong to it."""
        found = phrases.after_clause(nodes, index)
        if found is None:
            return None
        high = phrases.continued(nodes, found.high)
        if any(word in self._words for word in nodes.words[found.high : high - 1]):
            return found
        return Phrase(found.low, high, found.rule)

    def _named_before(self, draft: Draft) -> Phrase | None:
        """成员18人的团伙, 固定资产500万的企业: the noun before that fits the figure comes first."""
        bare = draft.quantity.dimension == "bare"
        if not bare and draft.quantity.unit != "人":
            return None
        found = self._adjacent(draft)
        if found is None:
            return None
        text = draft.nodes.text(found.low, found.high)
        if bare:
            return found if text.endswith(self._endings["money_nouns"]) else None
        return found if self._heads.find(text) in _PERSONS else None

    def _inner(self, draft: Draft) -> int:
        """3个亿元以上城市: one more figure between the measure word and the noun."""
        rest = draft.nodes.classes[draft.index + 1 : draft.index + 3]
        if (
            rest[:1] != "Q"
            or rest[1:] not in ("n", "a", "u", "g")
            or draft.quantity.dimension not in ("count", "bare")
        ):
            return 0
        return 1 if draft.inner in MEASURES | {"age"} else 0

    def _leads_on(self, draft: Draft, found: Phrase) -> bool:
        """3名动作|灵活的队员, 20个类似某地|的基地: the phrase only opens a clause before the head."""
        rest = draft.nodes.classes[found.high : found.high + 4]
        if draft.nodes.classes[found.high - 1] == "E" and found.high - found.low > 1:
            return rest.startswith("u")
        person = draft.quantity.unit in ("名", "位")
        return person and "u" in rest and rest[0] in "avdu" and not self._persons(draft.nodes, found)

    def _adjacent(self, draft: Draft) -> Phrase | None:
        nodes = draft.nodes
        found = phrases.adjacent(nodes, draft.index)
        if found is None:
            return self._property(draft)
        alone = len(nodes.classes[found.low : found.high].strip("ER")) == 1
        if (alone and self._bare_property(draft)) or draft.quantity.unit in self._lists["after_only"]:
            return None
        return self._usable(draft, self._widened(nodes, found))

    def _property(self, draft: Draft) -> Phrase | None:
        """桥面高18米: a noun with its property."""
        index = draft.index - 1
        if index < 1 or draft.nodes.words[index] not in self._lists["bare_properties"]:
            return None
        found = self._usable(draft, phrases.adjacent(draft.nodes, index))
        return Phrase(found.low, index + 1, found.rule) if found is not None else None

    def _clause_before(self, draft: Draft) -> Phrase | None:
        """是一座大桥，全国只有两座: what the clause before ends with."""
        nodes, clause = draft.nodes, draft.clause()
        if (
            clause < 2
            or nodes.words[draft.index - 1] not in self._lists["only"]
            or draft.quantity.unit == "人"
        ):
            return None
        words = nodes.words[clause : draft.index]
        if any(
            nodes.classes[clause + i] in "ngsvE" and word not in self._lists["reckoning"]
            for i, word in enumerate(words)
        ):
            return None
        return self._usable(draft, phrases.ending(nodes, clause - 1))

    def _bare_property(self, draft: Draft) -> bool:
        before = draft.nodes.words[draft.index - 1] if draft.index else ""
        return before in self._lists["bare_properties"] or any(
            word in self._lists["distance"] for word in draft.nodes.words[draft.clause() : draft.index]
        )

    def _linked(self, draft: Draft) -> Phrase | None:
        found = phrases.linked(draft.nodes, draft.index)
        each = found is not None and found.low and draft.nodes.words[found.low - 1] in self._lists["each"]
        if (
            found is None
            or (each and draft.quantity.unit == "人")
            or (self._bare_property(draft) and draft.quantity.dimension == "length")
        ):
            return None
        return self._usable(draft, self._widened(draft.nodes, found))

    def _happened(self, draft: Draft, earlier: Sequence[Draft]) -> Phrase | None:
        """房屋倒塌30间，重损27间: the thing before a verb that takes no object, carried on."""
        nodes, index = draft.nodes, draft.index
        found = phrases.happened(nodes, index)
        if found is not None and found[1] in self._lists["happening"] and draft.quantity.unit != "人":
            return self._usable(draft, found[0])
        if index and nodes.words[index - 1] in self._lists["happening"] and draft.clause() == index - 1:
            carrying.whole(draft, earlier)
        return None

    def _predicate(self, draft: Draft) -> Phrase | None:
        nodes, index = draft.nodes, draft.index
        found = phrases.predicate(nodes, index)
        if found is None or not any(
            word in self._lists["predicates"] for word in nodes.words[index + 1 : found.low]
        ):
            return None
        return found

    def _self_named(self, draft: Draft, earlier: Sequence[Draft]) -> Phrase | None:
        """减资40亿元: the verb itself is the item, or the longer form that was used before."""
        low = draft.index - 1
        if low > 0 and draft.nodes.words[low] in self._lists["reckoning"]:
            low -= 1
        word = draft.nodes.words[low]
        for other in reversed(earlier):
            if other.paragraph != draft.paragraph:
                break
            if other.item and draft.nodes.shadow[slice(*other.item[-1])].endswith(word):
                draft.take(other, "item.carried")
                return None
        if low >= 0 and draft.nodes.words[low] in self._lists["self_named"]:
            return Phrase(low, low + 1, "item.change")
        return None

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
            found = self._usable(draft, phrases.adjacent(nodes, end))
            if found is None:
                _ = carrying.part(draft, earlier) or carrying.in_sentence(draft, earlier)
            return found
        high = index
        while high > low + 1 and nodes.classes[high - 1] not in "ngs":
            high -= 1
        return self._usable(draft, phrases.adjacent(nodes, high))

    def _fallback(self, draft: Draft, earlier: Sequence[Draft]) -> Phrase | None:
        amount = draft.quantity.dimension not in SHARES
        if amount and draft.nodes.words[draft.index - 1] in self._lists["itemless_changes"]:
            return None
        if carrying.in_sentence(draft, earlier):
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

    # -- which phrases will do

    def _usable(self, draft: Draft, found: Phrase | None) -> Phrase | None:
        """The phrase, unless it is nothing but a name or a word of reckoning (全国, 人均)."""
        if found is None:
            return None
        nodes, reckoning = draft.nodes, self._lists["reckoning"]
        if (
            found.low < draft.index
            and nodes.classes[found.high - 1] == "E"
            and not self._common(draft, found)
        ):
            draft.owner = nodes.source[found.high - 1]
            return None
        if draft.quantity.dimension == "money" and self._persons(nodes, found):
            return None
        for index in range(found.low, found.high):
            if (nodes.classes[index] not in "ERkc" or self._common(draft, found)) and nodes.words[
                index
            ] not in reckoning:
                return found
        if nodes.classes[found.low] == "E" and found.low < draft.index:
            draft.owner = nodes.source[found.low]
        return None

    def _common(self, draft: Draft, found: Phrase) -> bool:
        """居民委员会3个: a body that was taken for a name, counted."""
        name = draft.nodes.words[found.high - 1]
        return draft.quantity.unit in ("个", "家", "所") and self._heads.find(name) == "organizations"

    def _widened(self, nodes: Nodes, found: Phrase) -> Phrase:
        """捕捞 + 总产量, 平均 + 水深: a verb or adverb before an indicator belongs to it."""
        low, head = found.low, nodes.text(found.low, found.high)
        while low and nodes.classes[low - 1] == "v" and self._compounds(nodes, low - 1, head):
            low -= 1
            while low > 0 and nodes.classes[low - 1] in "angsfER":
                low -= 1
        if low > 1 and nodes.words[low - 1] == "年" and not nodes.words[low - 2].isdigit():
            low -= 1
        if low and nodes.classes[low - 1] == "d" and nodes.words[low - 1] in self._lists["averaging"]:
            low -= 1
        return Phrase(low, found.high, found.rule)

    def _compounds(self, nodes: Nodes, verb: int, head: str) -> bool:
        word = nodes.words[verb]
        if word in self._lists["compounding"]:
            return self._indicates(head) or self._heads.find(head) in ("places", "organizations")
        inside = nodes.classes[max(0, verb - 1) : verb] in ("n", "g", "a", "E", "R")
        return inside and len(word) > 1 and word not in self._words and self._indicates(head)

    def _indicates(self, word: str) -> bool:
        return word.endswith(self._endings["indicator_heads"])

    def _yields(self, nodes: Nodes, found: Phrase) -> bool:
        return found.high - found.low == 1 and nodes.words[found.low] in self._lists["yielding"]

    def _persons(self, nodes: Nodes, found: Phrase) -> bool:
        return self._heads.find(nodes.text(found.low, found.high)) in _PERSONS

    def _subset(self, draft: Draft, found: Phrase, earlier: Sequence[Draft]) -> bool:
        """识字率58%，其中男性为66%: the part is measured by the indicator of its whole."""
        last = earlier[-1] if earlier else None
        if last is None or last.sentence != draft.sentence or last.family() != "share" or not last.item:
            return False
        if found.low > draft.index or self._indicates(draft.nodes.words[found.high - 1]):
            return False
        if not self._indicates(draft.nodes.shadow[slice(*last.item[-1])]):
            return False
        draft.take(last, "item.part")
        return True


_TAKE = frozenset({"占", "占到", "占据", "占了", "占去"})


def _has_noun(nodes: Nodes, low: int, high: int) -> bool:
    return any(letter in "ngs" for letter in nodes.classes[low:high])
