"""How firm a figure is: cues such as 预计, 力争, 初步核算 and how far they reach."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from extractor.components.statistics.drafts import Draft
from extractor.components.statistics.nodes import Nodes
from extractor.components.statistics.vocabulary import Vocabulary

_GOES_ON = re.compile(r"[dc]*[vLID]")
_FUTURE_NEXT = frozenset("dvLIDp")  # what follows 将 when it means the future, not 把


class StatusFinder:
    """Finds the cues of a text once, then tells each figure which of them governs it."""

    def __init__(self, shadow: str, vocabulary: Vocabulary) -> None:
        cues, self._turning = vocabulary.cues, vocabulary.lists["turning"]
        self._found = [(cue, [match.start() for match in cue.pattern.finditer(shadow)]) for cue in cues]
        self._going_on = vocabulary.endings["going_on"]
        self._future = vocabulary.lists["future"]

    def read(self, nodes: Nodes, paragraph_start: int, drafts: Sequence[Draft]) -> None:
        """Set ``status`` of the figures of one sentence."""
        reaches = self._reaches(nodes)
        for draft in drafts:
            draft.status = self._by_cue(draft, paragraph_start) or (
                "forecast" if any(low <= draft.index < high for low, high in reaches) else "normal"
            )

    def _by_cue(self, draft: Draft, paragraph_start: int) -> str:
        start = draft.quantity.number_start
        clause = draft.nodes.starts[min(draft.clause(), draft.index)]
        lows = {"paragraph": paragraph_start, "sentence": draft.nodes.starts[0], "clause": clause}
        for cue, positions in self._found:
            place = bisect_left(positions, start)
            if (
                place
                and positions[place - 1] >= lows[cue.scope]
                and not self._turned(draft, positions[place - 1])
            ):
                return cue.value
        return ""

    def _turned(self, draft: Draft, low: int) -> bool:
        """Whether a clause between the cue and the figure turns to something else: 计划…，但实际…."""
        nodes, index = draft.nodes, draft.index
        while index > 0 and nodes.starts[index] > low:
            index = nodes.classes.rfind("w", 0, index)
            if index >= 0 and nodes.starts[index] > low and nodes.words[index + 1] in self._turning:
                return True
        return False

    def _reaches(self, nodes: Nodes) -> list[tuple[int, int]]:
        """Nodes that 将 governs: its own clause and the clauses after it that go on with a verb."""
        reaches: list[tuple[int, int]] = []
        for index, word in enumerate(nodes.words):
            if word in self._future and nodes.classes[index + 1 : index + 2] in _FUTURE_NEXT:
                low = nodes.classes.rfind("w", 0, index) + 1
                if not reaches or reaches[-1][1] <= index:
                    reaches.append((low, self._end(nodes, index)))
        return reaches

    def _end(self, nodes: Nodes, index: int) -> int:
        """Where 将 ends to govern: at a clause that neither begins with a verb nor goes on (还, 同时)."""
        while True:
            index = nodes.classes.find("w", index + 1)
            if index < 0:
                return len(nodes.classes)
            start = nodes.end(index)
            if nodes.classes[index + 1 : index + 2] in ("v", "L", "I", "D"):
                continue
            match = _GOES_ON.match(nodes.classes, index + 1)
            if match is None or not nodes.shadow.startswith(self._going_on, start):
                return index
