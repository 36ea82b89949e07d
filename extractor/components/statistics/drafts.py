"""A figure while it is being read, and what earlier figures hand on to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from extractor.components.state import QuantityRow
from extractor.components.statistics.nodes import Nodes

Spans = tuple[tuple[int, int], ...]

PERSON_UNITS = frozenset("人名位口")
MEASURES = frozenset(
    {"money", "length", "area", "mass", "volume", "energy", "temperature", "speed", "power", "data"}
)
SHARES = frozenset({"percent", "points", "ratio"})

_REACH = 120  # nodes; a clause that is longer is no prose


@dataclass(slots=True)
class Draft:
    """One quantity in its sentence; the fields after ``paragraph`` are filled step by step.

    ``before`` reads the sentence before, in the same paragraph; ``inner`` the dimension of the quantity that
    follows at once.  ``item`` holds the spans of the document (code points) that name the item; ``owner``
    is the mention that the item's phrase began with, -1 for none.
    """

    quantity: QuantityRow
    nodes: Nodes
    index: int
    sentence: int
    paragraph: int
    before: Callable[[], Nodes] | None = None
    inner: str = ""
    change: str = ""
    item: Spans = ()
    rule: str = ""
    owner: int = -1
    category: str = ""
    subject: int = -1
    subject_span: tuple[int, int] = (0, 0)
    status: str = "normal"

    def family(self) -> str:
        """Figures of one family may share an item: persons, shares, or those with one unit."""
        unit, dimension = self.quantity.unit, self.quantity.dimension
        if unit in PERSON_UNITS:
            return "person"
        if dimension in SHARES:
            return "share"
        return unit or dimension

    def clause(self) -> int:
        """The node with which the clause of the figure begins, at most ``_REACH`` nodes back."""
        low = max(0, self.index - _REACH)
        found = self.nodes.classes.rfind("w", low, self.index)
        return found + 1 if found >= 0 else low

    def take(self, other: Draft, rule: str) -> None:
        """Take the item of another figure."""
        self.item, self.owner, self.rule = other.item, other.owner, rule


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its span, paragraph and where that begins, and its figures."""

    low: int
    high: int
    paragraph: int
    opening: int
    drafts: list[Draft]
