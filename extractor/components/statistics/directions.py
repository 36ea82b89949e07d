"""Whether a figure says how much something grew or fell, and which way."""

from __future__ import annotations

import re

from extractor.components.statistics.drafts import SHARES, Draft
from extractor.components.statistics.vocabulary import Vocabulary

_CHANGE = re.compile(r"(?P<way>[ID])o?[dr]*\Z")
_OBJECT = re.compile(r"(?P<way>[ID])o?(?:[angE]|f(?=[nga]))+\Z")
_NOUN_AFTER = re.compile(r"u[^wQu]{0,3}?(?P<way>[ID])")
_WAYS = {"I": "up", "D": "down"}
_UNCHANGED = frozenset({"duration", "age", "ratio", "times", "temperature", "frequency"})
_MORE = {"高": "up", "多": "up", "快": "up", "低": "down", "少": "down", "慢": "down"}


class ChangeFinder:
    """Reads verbs and nouns of growth and decline around a figure."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._change = vocabulary.change

    def find(self, draft: Draft) -> str:
        """``up`` or ``down`` when the figure is a change, else ""."""
        if draft.quantity.dimension in _UNCHANGED:
            return ""
        nodes, index = draft.nodes, draft.index
        match = _CHANGE.search(nodes.classes, max(0, index - 4), index)
        if match is None and draft.quantity.dimension not in SHARES:
            match = _OBJECT.search(nodes.classes, max(0, index - 12), index)
        if match is None:
            match = _NOUN_AFTER.match(nodes.classes, index + 1)
        if match is not None:
            return _WAYS[match["way"]]
        return self._by_noun(draft)

    def _by_noun(self, draft: Draft) -> str:
        nodes, low = draft.nodes, draft.index
        while low > 0 and nodes.classes[low - 1] in "dLo":
            low -= 1
        if low == 0 or nodes.classes[low - 1] not in "ngID":
            return ""
        return self._change.find(nodes.text(max(0, low - 3), low))
