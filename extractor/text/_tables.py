"""Units that stand apart from their figures: 单位：万元 over a table, 人口(万人) in a row or column."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.text._amounts import Found
from extractor.text._chinese_numbers import SCALES
from extractor.text._units import Unit, UnitTable
from extractor.text.rules import Rule, RuleFile

_FIGURES_ONLY = re.compile(r"[\s:：|,，、/\-—0-9.%()]*")
_BLOCK_END = re.compile(r"[。;；!?]|\n[ \t]*\n")
_CELLS = re.compile(r"\t| ?\| ?| {2,}")


class _Header(NamedTuple):
    """A unit that holds for figures from ``start`` to ``end``."""

    start: int
    end: int
    factor: int
    unit: Unit | None
    rule: str


class TableUnits:
    """Gives figures of tables the unit of their header."""

    def __init__(self, rules: RuleFile, units: UnitTable) -> None:
        self._rules = rules.rules
        self._units = units
        self._bracket = next(rule for rule in rules.rules if rule.fields["reach"] == "line")

    def apply(self, shadow: str, found: list[Found]) -> list[Found]:
        """The amounts with units from headers for those that have none."""
        if not any(each.dimension == "bare" for each in found):
            return found
        headers = sorted(header for rule in self._rules for header in self._headers(shadow, rule))
        columns = sorted(self._columns(shadow)) if headers else []
        if not headers:
            return found
        return [_with_unit(each, _governing(shadow, each, headers, columns)) for each in found]

    def _headers(self, shadow: str, rule: Rule) -> Iterator[_Header]:
        for match in rule.pattern.finditer(shadow):
            if match["scale"] or match["unit"]:
                yield self._header(match, _reach(shadow, match.end(), rule), rule.id)

    def _header(self, match: re.Match[str], end: int, rule: str) -> _Header:
        factor = 1
        for char in match["scale"]:
            factor *= SCALES[char]
        unit = self._units.forms[match["unit"]] if match["unit"] else None
        return _Header(match.end(), end, factor, unit, rule)

    def _columns(self, shadow: str) -> Iterator[_Header]:
        """Heads of columns with a unit in brackets hold for the cells below them."""
        heads: list[_Header | None] = []
        position = 0
        for line in shadow.split("\n"):
            cells = list(_cells(line, position))
            units = [self._bracket.pattern.search(shadow, *cell) for cell in cells]
            if sum(unit is not None for unit in units) > 1:
                heads = [unit and self._header(unit, 0, self._bracket.id) for unit in units]
            elif len(cells) == len(heads):
                for head, (start, end) in zip(heads, cells, strict=True):
                    if head is not None:
                        yield head._replace(start=start, end=end)
            else:
                heads = []
            position += len(line) + 1


def _cells(line: str, start: int) -> Iterator[tuple[int, int]]:
    at = 0
    for gap in _CELLS.finditer(line):
        yield start + at, start + gap.start()
        at = gap.end()
    yield start + at, start + len(line)


def _reach(shadow: str, position: int, rule: Rule) -> int:
    if rule.fields["reach"] == "line":
        end = shadow.find("\n", position)
        return len(shadow) if end < 0 else end
    stop = _BLOCK_END.search(shadow, position)
    return stop.start() if stop else len(shadow)


def _governing(
    shadow: str, found: Found, headers: Sequence[_Header], columns: Sequence[_Header]
) -> _Header | None:
    """The header that a figure without a unit falls under: its column's, its row's, or that over the table."""
    if found.dimension != "bare" or found.amount.rule == "quantity.word":
        return None
    for column in _before(columns, found.start):
        if found.end <= column.end:
            return column
        break
    for header in _before(headers, found.start):
        if found.end <= header.end and _holds(shadow, header, found):
            return header
    return None


def _before(headers: Sequence[_Header], position: int) -> Iterator[_Header]:
    """Headers that begin at or before the position, the nearest first; four at most."""
    index = bisect_right(headers, position, key=lambda header: header.start)
    return reversed(headers[max(0, index - 4) : index])


def _holds(shadow: str, header: _Header, found: Found) -> bool:
    if header.rule != "quantity.table.bracket":
        return "\n" in shadow[header.start : found.start]
    return _FIGURES_ONLY.fullmatch(shadow, header.start, found.start) is not None


def _with_unit(found: Found, header: _Header | None) -> Found:
    if header is None:
        return found
    amount = found.amount
    bounds = (amount.value, amount.low, amount.high)
    value, low, high = (None if n is None else n * header.factor for n in bounds)
    unit = header.unit
    amount = amount._replace(value=value, low=low, high=high, unit=unit, rule=header.rule)
    amount = amount._replace(unit_text=unit.name if unit else "")
    return found._replace(amount=amount, dimension=unit.dimension if unit else "bare")
