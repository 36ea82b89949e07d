"""The kind of figure, from unit, item and what surrounds it."""

from __future__ import annotations

import re

from extractor.components.statistics.bare import verb_before
from extractor.components.statistics.drafts import PERSON_UNITS, Draft
from extractor.components.statistics.nodes import Nodes
from extractor.components.statistics.vocabulary import Vocabulary

_BY_DIMENSION = {
    "money": "money", "length": "length", "area": "area", "mass": "mass_volume", "volume": "mass_volume",
    "energy": "energy", "power": "energy", "duration": "duration", "age": "age", "percent": "percentage",
    "ratio": "ratio", "times": "ratio", "temperature": "items", "pressure": "items", "data": "items",
    "speed": "items",
}  # fmt: skip
_SUMS = frozenset({"共", "合计", "共计", "总共", "一共", "合共"})
_PARTS = re.compile(r"[、和及与或]")
_PERSONS = frozenset({"people", "members", "residents"})
_NOT_BODIES = frozenset({"households", "places", "people", "members", "items"})


class CategoryFinder:
    """Decides the category of a figure whose item is known."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._units = vocabulary.units
        self._heads = vocabulary.heads
        self._lists = vocabulary.lists
        self._money = vocabulary.endings["money_nouns"]

    def find(self, draft: Draft, item: str) -> str:
        """One of the categories of the guideline; ``item`` as written in the shadow."""
        if draft.change:
            return "change"
        if draft.quantity.dimension == "points":
            return "items" if draft.quantity.unit in self._lists["scores"] else "percentage"
        if draft.quantity.unit in self._lists["multiplying"]:
            return "change"
        fixed = _BY_DIMENSION.get(draft.quantity.dimension)
        if fixed is not None:
            return fixed
        head = self._head(item)
        if draft.quantity.dimension == "bare":
            return self._bare(draft, item, head)
        return self._counted(draft, item, head)

    def _head(self, item: str) -> str:
        """By the last part of a coordinated item that is known: 市场和集散地."""
        for part in reversed(_PARTS.split(item)):
            found = self._heads.find(part)
            if found:
                return found
        return ""

    def unnamed(self, draft: Draft, previous: Draft | None, label: str) -> str:
        """The category of a number of persons without a noun, by what stands around it.

        ``label`` is that of the subject: 7人 of a team are members, 3人 that died are people.
        """
        nodes, index = draft.nodes, draft.index
        behind = nodes.words[index + 1 : index + 3]
        if any(word in self._lists["events"] for word in behind):
            return "people"
        words = nodes.words[draft.clause() : index]
        if any(word in self._lists["each"] for word in words):
            return "residents"
        if (
            previous is not None
            and previous.nodes is nodes
            and previous.category in ("households", "residents")
        ):
            joined = nodes.classes[previous.index + 1 : index]
            if len(joined) < 4 and joined.endswith(("k", "w")) and label != "ORG":
                return "residents"
        if any(word in self._lists["events"] for word in words) or _summed(nodes, previous, index):
            return "people"
        return "members" if label == "ORG" else "people"

    def _bare(self, draft: Draft, item: str, head: str) -> str:
        if item.endswith(self._money):
            return "money"
        verb = verb_before(draft)
        if not item and verb in self._lists["events"]:
            return "people"
        if not item and verb in self._lists["spending"]:
            return "money"
        return head or "items"

    def _forming(self, draft: Draft) -> bool:
        """由27人组成的委员会: persons of whom a body consists."""
        nodes, index = draft.nodes, draft.index
        if nodes.classes[max(0, index - 1) : index] != "F":
            return False
        return any(word in self._lists["forming"] for word in nodes.words[index + 1 : index + 6])

    def _counted(self, draft: Draft, item: str, head: str) -> str:
        unit = draft.quantity.unit
        if unit in PERSON_UNITS or unit == "人次":
            if self._forming(draft):
                return "members"
            if head == "residents" and unit in ("名", "位") and item.endswith(("性", "男", "女")):
                return "people"
            return head if head in _PERSONS else "people"
        default = self._units.get(unit, "")
        if unit == "户":
            return "organizations" if head == "organizations" else "households"
        if unit in self._lists["kinds"]:
            return "items"
        if unit in self._lists["storeys"]:
            return head if head and draft.rule == "item.after" else "items"
        if unit in self._lists["mixed"] and not head and item:
            return "items"
        if default == "places" and head in ("items", "people", "members"):
            return head
        if not default or default == "items":
            return head or "items"
        return head if default == "organizations" and head in _NOT_BODIES else default


def _summed(nodes: Nodes, previous: Draft | None, index: int) -> bool:
    """2男、4女共|6人: the sum of people who were told apart before."""
    if previous is None or previous.nodes is not nodes or previous.category != "people":
        return False
    return index - previous.index < 4 and nodes.words[index - 1] in _SUMS
