"""The kind of figure, from unit, item and what surrounds it."""

from __future__ import annotations

from extractor.components.statistics.drafts import PERSON_UNITS, Draft
from extractor.components.statistics.vocabulary import Vocabulary

_BY_DIMENSION = {
    "money": "money", "length": "length", "area": "area", "mass": "mass_volume", "volume": "mass_volume",
    "energy": "energy", "power": "energy", "duration": "duration", "age": "age", "percent": "percentage",
    "points": "percentage", "ratio": "ratio", "times": "ratio", "temperature": "items",
}  # fmt: skip
_PERSONS = frozenset({"people", "members", "residents"})


class CategoryFinder:
    """Decides the category of a figure whose item is known."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._units = vocabulary.units
        self._heads = vocabulary.heads
        self._lists = vocabulary.lists

    def find(self, draft: Draft, item: str) -> str:
        """One of the categories of the guideline; ``item`` as written in the shadow."""
        if draft.change:
            return "change"
        quantity = draft.quantity
        fixed = _BY_DIMENSION.get(quantity.dimension)
        if fixed is not None:
            return fixed
        head = self._heads.find(item)
        if quantity.unit in PERSON_UNITS or quantity.unit == "人次":
            return head if head in _PERSONS else "people"
        default = self._units.get(quantity.unit, "")
        if quantity.unit == "户":
            return "organizations" if head == "organizations" else "households"
        if not default or default == "items":
            return self._bare(item, head) or head or "items"
        return self._corrected(default, head)

    def _bare(self, item: str, head: str) -> str:
        if head or not item:
            return ""
        return "money" if any(item.endswith(noun) for noun in self._lists["money_nouns"]) else ""

    def _corrected(self, default: str, head: str) -> str:
        if default == "organizations" and head in ("households", "places", "people", "members"):
            return head
        if default == "places" and head in ("organizations", "items"):
            return default
        return default
