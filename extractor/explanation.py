"""Why each number of a text counts, or does not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from extractor.components import state
from extractor.extraction import Extractor, to_records
from extractor.records import Statistic
from extractor.text.document import Document
from extractor.text.quantities import find_left_out, find_quantities, with_list_commas

Fate: TypeAlias = Literal["statistic", "class", "name", "uncounted", "unread"]

_DIGITS = re.compile(r"[0-9]+(?:[.,][0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One number and what became of it; ``start`` and ``end`` are code points into the source.

    Fates: a "statistic" (``statistic`` holds it); of a "class" of numbers that are none, such as dates and
    ordinals (``rule`` names it); part of a "name" (``name``); "uncounted", since nothing is counted or
    measured by it; "unread", since no form of the grammar fits it.
    """

    start: int
    end: int
    text: str
    fate: Fate
    rule: str = ""
    name: str = ""
    statistic: Statistic | None = None


def explain(extractor: Extractor, document: Document) -> list[Explanation]:
    """Every number that is read of ``document``, in the order of the text."""
    doc = extractor.analyse(document)
    shadow = with_list_commas(doc.text, state.shadow(doc))
    statistics = {(s.start, s.end): s for s in to_records(document, doc).statistics}
    names = [(row.start, row.end) for row in state.mentions(doc) if not row.nested]
    found: dict[tuple[int, int], tuple[Fate, str]] = {}
    for quantity in find_quantities(shadow):
        found[quantity.start, quantity.end] = ("uncounted", quantity.rule)
    for start, end, rule in find_left_out(shadow):
        found[start, end] = ("class", rule)
    for start, end in _unread(shadow, found):
        found[start, end] = ("unread", "")
    return [_explained(document, span, *found[span], statistics, names) for span in sorted(found)]


def _explained(
    document: Document,
    span: tuple[int, int],
    fate: Fate,
    rule: str,
    statistics: dict[tuple[int, int], Statistic],
    names: list[tuple[int, int]],
) -> Explanation:
    start, end = document.to_source(*span)
    statistic = statistics.get((start, end))
    name = next((document.text[low:high] for low, high in names if low < span[1] and span[0] < high), "")
    if statistic is not None:
        fate, rule = "statistic", statistic.rule
    elif name:
        fate = "name"
    text = document.source[start:end]
    return Explanation(start=start, end=end, text=text, fate=fate, rule=rule, name=name, statistic=statistic)


def _unread(shadow: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Digits that lie in none of ``spans``."""
    covered = bytearray(len(shadow))
    for start, end in spans:
        covered[start:end] = b"\1" * (end - start)
    return (m.span() for m in _DIGITS.finditer(shadow) if not any(covered[m.start() : m.end()]))
