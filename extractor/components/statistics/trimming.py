"""From a noun phrase to the words of the item."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.components.statistics.drafts import PERSON_UNITS, SHARES, Draft
from extractor.components.statistics.nodes import Nodes
from extractor.components.statistics.phrases import Phrase
from extractor.components.statistics.vocabulary import Vocabulary

_PERSONS = frozenset({"people", "members", "residents"})
_POINTING = frozenset({"该", "本", "此", "这", "全"})
_OPENED = frozenset("“「『《")
_BODIES = frozenset({"organizations", "households"})


class Trimmer:
    """Cuts owners, generic openings and what is not counted off a phrase."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._lists, self._endings = vocabulary.lists, vocabulary.endings
        self._heads = vocabulary.heads
        self._units = vocabulary.units

    def take(self, draft: Draft, found: Phrase, earlier: Sequence[Draft]) -> None:
        """Set item, owner and rule of the draft from the phrase."""
        nodes, low, high = draft.nodes, found.low, found.high
        if low > draft.index:
            low, high = self._behind(draft, low, high)
        else:
            low = self._counted_already(draft, low, high, earlier)
            low, high = self._before(draft, low, high, found.rule)
        if low >= high:
            return
        if draft.owner < 0 and found.low < draft.index and low and nodes.classes[low - 1] == "E":
            draft.owner = nodes.source[low - 1]
        draft.rule = found.rule
        draft.item = self._joined(nodes, low, high)

    def _before(self, draft: Draft, low: int, high: int, rule: str) -> tuple[int, int]:
        nodes, prefixes = draft.nodes, self._lists["prefixes"]
        if draft.quantity.dimension == "count" and self._sized(draft, low):
            return low - 1, high
        while low < high - 1:
            if nodes.classes[low] == "E" and (rule == "item.happened" or self._welded(nodes, low)):
                break
            if nodes.classes[low] == "E":
                draft.owner = nodes.source[low]
            elif not (
                nodes.words[low] in prefixes
                or nodes.classes[low] in "kcfR"
                or self._ordinal(nodes, low)
                or self._leading(draft, low)
                or self._definite(nodes, low)
            ):
                break
            low += 1
        return low, self._without_total(draft, low, high)

    def _welded(self, nodes: Nodes, low: int) -> bool:
        """台资, 港股: two characters that make one word."""
        return len(nodes.words[low]) == len(nodes.words[low + 1]) == 1 and nodes.classes[low + 1] == "n"

    def _leading(self, draft: Draft, low: int) -> bool:
        """损失|战机6架, 共出口|服装5000件: a verb that was taken for a noun."""
        nodes, word = draft.nodes, draft.nodes.words[low]
        if draft.quantity.dimension == "count" and word in self._lists["leading"]:
            return True
        return word in self._lists["verbal"] and bool(low) and nodes.classes[low - 1] == "d"

    def _definite(self, nodes: Nodes, low: int) -> bool:
        """该市镇|总面积: what the text speaks of already."""
        if not low or nodes.words[low - 1] not in _POINTING or nodes.classes[low] != "n":
            return False
        word = nodes.words[low]
        return word in self._lists["wholes"] or self._heads.find(word) in ("places", "organizations")

    def _ordinal(self, nodes: Nodes, low: int) -> bool:
        """第3|季营收: what is left of a date."""
        return (
            bool(low)
            and nodes.classes[low - 1] == "m"
            and nodes.words[low] in ("季", "季度", "月", "年", "期", "国")
        )

    def _without_total(self, draft: Draft, low: int, high: int) -> int:
        """党员|总数, 增加值|比重 of a share."""
        endings = self._lists["totals"]
        if draft.quantity.dimension in SHARES and low < draft.index:
            endings |= self._lists["stripped"]
        return high - 1 if high - low > 1 and draft.nodes.words[high - 1] in endings else high

    def _sized(self, draft: Draft, low: int) -> bool:
        """亿元以上项目|300个: a limit in front of the noun is part of it."""
        nodes = draft.nodes
        return bool(low) and nodes.classes[low - 1] == "Q" and nodes.words[low - 1].endswith(("以上", "以下"))

    def _behind(self, draft: Draft, low: int, high: int) -> tuple[int, int]:
        nodes = draft.nodes
        allowed = self._allowed(draft)
        high = self._without_names(nodes, low, high)
        goes_on = nodes.classes[high : high + 1] in ("v", "a") and draft.quantity.dimension == "count"
        high = self._fitting(nodes, low, high, allowed, goes_on)
        if draft.quantity.dimension == "bare" and nodes.words[low] == "大":
            low += 1
        while low < high - 1 and nodes.words[low] in self._lists["prefixes"]:
            low += 1
        if nodes.classes[low] == "r":
            low += 1
        if nodes.classes[low] in "ER" and low < high - 1 and self._estate(nodes, low, high):
            low += 1
        return low, self._without_total(draft, low, high)

    def _allowed(self, draft: Draft) -> frozenset[str]:
        unit, default = draft.quantity.unit, self._units.get(draft.quantity.unit, "")
        if unit in PERSON_UNITS or draft.quantity.dimension == "age":
            return _PERSONS
        if unit in self._lists["housing"]:
            return frozenset({"places"})
        if default == "organizations" or unit == "户":
            return _BODIES
        return frozenset({"people"}) if draft.quantity.dimension in SHARES else frozenset()

    def _without_names(self, nodes: Nodes, low: int, high: int) -> int:
        """3名队员|张三、李四: the names after the noun are not counted."""
        for index in range(low + 1, high):
            if nodes.classes[index] == "E" and nodes.classes[index - 1] in "ns":
                return index
        return high

    def _fitting(self, nodes: Nodes, low: int, high: int, allowed: frozenset[str], goes_on: bool) -> int:
        """3家企业|产值: the phrase ends where its head fits the unit.

        With a unit that fits any head (个) that holds only where the clause ``goes_on`` with a verb that
        the rest may be the subject of: 3个小区|道路改造.
        """
        head = self._heads.find(nodes.text(low, high))
        if head in allowed or (head and not allowed and not (goes_on and head == "items")):
            return high
        for end in range(high - 1, low, -1):
            if nodes.classes[end] in "kc" or (not allowed and len(nodes.words[end]) == 1):
                continue
            text = nodes.text(low, end)
            head = self._heads.find(text)
            if head in allowed or (head not in ("", "items") and not allowed and goes_on):
                return end
        return high

    def _estate(self, nodes: Nodes, low: int, high: int) -> bool:
        text = nodes.text(low, high)
        return self._heads.find(text) == "places" and not text.endswith(self._endings["administrative"])

    def _counted_already(self, draft: Draft, low: int, high: int, earlier: Sequence[Draft]) -> int:
        """100家企业|损失1000万元: what the figure before counts is not part of the item."""
        nodes = draft.nodes
        if low == 0 or nodes.classes[low - 1] != "Q" or not earlier or not earlier[-1].item:
            return low
        if earlier[-1].quantity.dimension not in ("count", "bare"):
            return low
        end = earlier[-1].item[-1][1]
        while low < high and nodes.end(low) <= end:
            low += 1
        return low

    def _joined(self, nodes: Nodes, low: int, high: int) -> tuple[tuple[int, int], ...]:
        start = _unquoted(nodes, nodes.starts[low], nodes.starts[high - 1])
        if nodes.shadow[start] in "年季" and nodes.shadow[start - 1 : start].isdigit():
            start += 1
        if low >= 2 and self._industry(nodes, low):
            first = low - 2
            while first > 0 and nodes.classes[first - 1] in "ang":
                first -= 1
            return ((nodes.starts[first], nodes.end(low - 2)), (start, nodes.end(high - 1)))
        return ((start, nodes.end(high - 1)),)

    def _industry(self, nodes: Nodes, low: int) -> bool:
        """第一产业实现增加值 → 第一产业增加值."""
        if (
            nodes.words[low] not in self._lists["outputs"]
            or nodes.words[low - 1] not in self._lists["joining"]
        ):
            return False
        return nodes.words[low - 2].endswith(self._endings["industries"])


def _unquoted(nodes: Nodes, start: int, last: int) -> int:
    """Where an item begins whose first words end a quotation: 清风”|项目."""
    text = nodes.shadow[start:last]
    closed = max(map(text.rfind, "”」』》"))
    return start + closed + 1 if closed >= 0 and not _OPENED.intersection(text[:closed]) else start


def distribute(drafts: Sequence[Draft], heads: tuple[str, ...]) -> None:
    """甲率和乙率分别达到98%和99%: each figure takes its own part of the coordinated item.

    ``drafts`` are the figures of one sentence.  Parts are handed out only when each is an indicator by
    itself (城镇和农村居民收入 is one).
    """
    if len(drafts) < 2 or "分别" not in drafts[0].nodes.words:
        return
    for run in _runs(drafts):
        if run[0].rule == "item.carried":
            _respectively(run, drafts)
            continue
        parts = _parts(run[0], heads)
        if len(parts) == len(run) > 1:
            for one, span in zip(run, parts, strict=True):
                one.item = (span,)


def _respectively(run: Sequence[Draft], drafts: Sequence[Draft]) -> None:
    """营收5亿元，利润2亿元，分别增长8%和6%: each change takes the item of its own level."""
    first = next(place for place, draft in enumerate(drafts) if draft is run[0])
    levels = [draft for draft in drafts[:first] if draft.item and draft.category != "change"][-len(run) :]
    if len(levels) == len(run) > 1 and "分别" in run[0].nodes.words[run[0].clause() : run[0].index]:
        for one, level in zip(run, levels, strict=True):
            one.take(level, "item.carried")


def _runs(drafts: Sequence[Draft]) -> list[list[Draft]]:
    runs: list[list[Draft]] = []
    for draft in drafts:
        if runs and draft.rule == "item.shared" and draft.item == runs[-1][0].item:
            runs[-1].append(draft)
        elif draft.item:
            runs.append([draft])
    return runs


def _parts(draft: Draft, heads: tuple[str, ...]) -> list[tuple[int, int]]:
    nodes, (low, high) = draft.nodes, draft.item[0]
    parts: list[tuple[int, int]] = []
    start = low
    for index, begin in enumerate(nodes.starts):
        if low <= begin < high and nodes.classes[index] in "kc":
            parts.append((start, begin))
            start = nodes.end(index)
    parts.append((start, high))
    own = [nodes.shadow[slice(*part)] for part in parts]
    return parts if all(text.endswith(heads) for text in own) else []
