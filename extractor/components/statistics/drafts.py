"""A figure while it is being read, and what earlier figures hand on to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.components.state import QuantityRow
from extractor.components.statistics.nodes import Nodes

PERSON_UNITS = frozenset("人名位口")
MEASURES = frozenset({"money", "length", "area", "mass", "volume", "energy", "temperature", "speed", "power", "data"})
SHARES = frozenset({"percent", "points", "ratio"})


@dataclass(slots=True)
class Draft:
    """One quantity in its sentence; the fields after ``paragraph`` are filled step by step.

    ``item`` is a span of the document (code points); ``owner`` the mention that the item's phrase began
    with, -1 for none.
    """

    quantity: QuantityRow
    nodes: Nodes
    index: int
    sentence: int
    paragraph: int
    change: str = ""
    item: tuple[int, int] = (0, 0)
    rule: str = ""
    owner: int = -1
    category: str = ""
    direction: str = ""
    subject: int = -1
    subject_span: tuple[int, int] = (0, 0)
    status: str = "normal"

    def family(self) -> str:
        """Figures of one family may share an item: persons, or those with one unit."""
        unit, dimension = self.quantity.unit, self.quantity.dimension
        if unit in PERSON_UNITS:
            return "person"
        if dimension in SHARES:
            return "share"
        return unit or dimension


def last_of_family(draft: Draft, earlier: Sequence[Draft], paragraphs: int = 0) -> Draft | None:
    """The nearest earlier figure of the same family that has an item, within the paragraph."""
    family = draft.family()
    for other in reversed(earlier):
        if draft.paragraph - other.paragraph > paragraphs:
            return None
        if other.family() == family and other.item[1]:
            return other
    return None
