"""Numbers without a unit: which of them say how many."""

from __future__ import annotations

import re

from extractor.components.statistics.drafts import Draft
from extractor.components.statistics.vocabulary import Vocabulary

_SCALE = re.compile(r"[万亿千百]")
_BEFORE = frozenset({"item.before", "item.across", "item.from", "item.happened"})
_CERTAIN = ("quantity.alone", "quantity.table")  # a text that is one number, a figure under a header
_KNOWN = frozenset(
    {"people", "members", "residents", "households", "organizations", "places", "money", "ratio"}
)


_PERSONS = frozenset({"people", "members", "residents", "households"})


class BareNumbers:
    """Keeps a number without a unit only where the noun is explicit: 人口46万, 26万灾民, 三大要素."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._heads = vocabulary.heads
        self._lists = vocabulary.lists
        self._modelled = vocabulary.endings["modelled"]  # 737客机, 101大楼 are names
        self._money = vocabulary.endings["money_nouns"]
        self._nouns = vocabulary.endings["money_nouns"] + vocabulary.endings["bare_nouns"]

    def counts(self, draft: Draft, item: str, last: Draft | None) -> bool:
        """Whether the number, whose item is ``item``, is a statistic; ``last`` is the figure before."""
        nodes, index = draft.nodes, draft.index
        if draft.quantity.rule.startswith(_CERTAIN):
            return True
        if draft.rule == "item.shared" and last is not None and last.nodes is nodes:
            return True
        scaled = bool(_SCALE.search(nodes.words[index]))
        if not item:
            verb = verb_before(draft)
            return scaled and (verb in self._lists["spending"] or verb in self._lists["events"])
        if draft.rule in _BEFORE:
            return not _numbered(draft) and self._measured(item, bool(_SCALE.search(nodes.words[index])))
        if draft.rule not in ("item.after", "item.after-of", "item.part"):
            return False
        great = nodes.words[index + 1 : index + 2] == ["大"]
        if great or _SCALE.search(nodes.words[index]):
            return True
        if nodes.words[index].isascii() and item.endswith(self._modelled):
            return False
        return self._heads.find(item) in _KNOWN | {"items"}

    def _measured(self, item: str, scaled: bool) -> bool:
        if self._heads.find(item) in (_KNOWN if scaled else _PERSONS):
            return True
        if not scaled and item.endswith(self._money):
            return False
        return item.endswith(self._nouns)


def _numbered(draft: Draft) -> bool:
    """Whether the number is a rank or the number of a room: 是第12号."""
    words = draft.nodes.words
    return words[draft.index - 1].endswith("第") or words[draft.index + 1 : draft.index + 2] == ["号"]


def verb_before(draft: Draft) -> str:
    """The word right before the figure, 了 and 着 left out; "" at the beginning."""
    index = draft.index - 1
    while index > 0 and draft.nodes.classes[index] == "o":
        index -= 1
    return draft.nodes.words[index] if index >= 0 else ""
