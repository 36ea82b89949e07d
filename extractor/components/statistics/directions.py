"""Whether a figure says how much something grew or fell, and which way."""

from __future__ import annotations

import re

from extractor.components.statistics import phrases
from extractor.components.statistics.bare import verb_before
from extractor.components.statistics.drafts import SHARES, Draft
from extractor.components.statistics.vocabulary import Vocabulary

_CHANGE = re.compile(r"(?P<way>[ID])o?[dr]*(?P<link>L?)d*\Z")
_OBJECT = re.compile(r"(?P<way>[ID])o?(?:[angsEkc]|f(?=[nga]))+\Z")
_NOUN_AFTER = re.compile(r"u[^wQu]{0,3}?(?P<way>[ID])")
_WAYS = {"I": "up", "D": "down"}
_UNCHANGED = frozenset({"duration", "age", "ratio", "times", "temperature", "frequency"})


class ChangeFinder:
    """Reads verbs and nouns of growth and decline around a figure."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._change = vocabulary.change
        self._lists = vocabulary.lists

    def find(self, draft: Draft) -> str:
        """``up`` or ``down`` when the figure is a change, else ""; growth of less than nothing is down."""
        way = self._way(draft)
        return "down" if way == "up" and draft.quantity.value.startswith("-") else way

    def _way(self, draft: Draft) -> str:
        if draft.quantity.dimension in _UNCHANGED:
            return ""
        nodes, index = draft.nodes, draft.index
        match = _CHANGE.search(nodes.classes, max(0, index - 6), index)
        if match is not None and (
            not match["link"] or nodes.words[match.start("link")] in self._lists["reaching"]
        ):
            return _WAYS[match["way"]]
        match = None
        if draft.quantity.dimension not in SHARES:
            match = _OBJECT.search(nodes.classes, max(0, index - 12), index)
        match = match or _NOUN_AFTER.match(nodes.classes, index + 1)
        if match is not None:
            return _WAYS[match["way"]]
        return self._by_noun(draft) or self._against_earlier(draft)

    def _by_noun(self, draft: Draft) -> str:
        """年均增长率为5%, 5%的潜在增长能力."""
        nodes, low = draft.nodes, draft.index
        while low > 0 and nodes.classes[low - 1] in "dLopc":
            low -= 1
        if low and nodes.classes[low - 1] in "ngs" and not nodes.classes[low - 1 : draft.index].count("v"):
            found = self._change.find(nodes.text(max(0, low - 3), low))
            if found:
                return found
        if draft.quantity.dimension not in SHARES:
            return ""
        if nodes.classes[draft.index + 1 : draft.index + 2] != "u":
            return ""
        low = draft.index + 1
        if nodes.words[low + 1 : low + 2] and nodes.words[low + 1] in self._lists["averaging"]:
            low += 1
        behind = phrases.after(nodes, low)
        return self._change.find(nodes.text(behind.low, behind.high)) if behind is not None else ""

    def _against_earlier(self, draft: Draft) -> str:
        """比去年同期低4美元: a gap to an earlier time is a change, any other gap is none."""
        nodes, index, clause = draft.nodes, draft.index, draft.clause()
        than = nodes.classes.find("b", clause, index)
        between = nodes.classes[than:index]
        if than < 0 or "t" not in between or any(letter in between for letter in "ngE"):
            return ""
        word = verb_before(draft)
        if word in self._lists["more"]:
            return "up"
        return "down" if word in self._lists["fewer"] else ""
