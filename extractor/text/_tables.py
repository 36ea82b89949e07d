"""Units that stand apart from their figures: 单位：万元 over a table, 人口(万人) in a row or column."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.text._amounts import Found
from extractor.text._chinese_numbers import SCALES
from extractor.text._units import Unit, UnitTable
from extractor.text.rules import Rule, RuleFile

_FIGURES_ONLY = re.compile(r"[\s:：|,，、/\-—0-9.%()]*")
_BLOCK_END = re.compile(r"[。;；!?]|\n[ \t]*\n")
_LINE_END = re.compile(r"\n")
_LINE = 200  # characters after a header within which its line must end
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
        self._units = units
        self._over = next(rule for rule in rules.rules if rule.fields["reach"] == "block")
        self._bracket = next(rule for rule in rules.rules if rule.fields["reach"] == "line")

    def apply(self, shadow: str, found: list[Found]) -> list[Found]:
        """The amounts, with the unit of their header where they have none of their own."""
        if not any(each.dimension == "bare" for each in found):
            return found
        over = _Nearest(self._headers(shadow, self._over, _BLOCK_END))
        rows = _Nearest(self._headers(shadow, self._bracket, _LINE_END))
        if not over.headers and not rows.headers:
            return found
        columns = _Nearest(sorted(self._columns(shadow)))
        return [_with_unit(each, _governing(shadow, each, columns, rows, over)) for each in found]

    def _headers(self, shadow: str, rule: Rule, end: re.Pattern[str]) -> list[_Header]:
        matches = [each for each in rule.pattern.finditer(shadow) if each["scale"] or each["unit"]]
        ends = [each.start() for each in end.finditer(shadow)] if matches else []
        ends.append(len(shadow))
        return [self._header(each, ends[bisect_left(ends, each.end())], rule.id) for each in matches]

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


class _Nearest:
    """The header before a position, asked for positions in order; and how far only figures followed it."""

    def __init__(self, headers: Sequence[_Header]) -> None:
        self.headers = headers
        self._next = 0
        self._figures_to = 0

    def before(self, found: Found) -> _Header | None:
        """The nearest header whose reach takes in the amount."""
        while self._next < len(self.headers) and self.headers[self._next].start <= found.start:
            self._figures_to = self.headers[self._next].start
            self._next += 1
        header = self.headers[self._next - 1] if self._next else None
        return header if header is not None and found.end <= header.end else None

    def in_row(self, shadow: str, found: Found) -> _Header | None:
        """The same, where nothing but figures stands between."""
        header = self.before(found)
        if header is None or not _FIGURES_ONLY.fullmatch(shadow, self._figures_to, found.start):
            return None
        self._figures_to = found.end
        return header


def _governing(
    shadow: str, found: Found, columns: _Nearest, rows: _Nearest, over: _Nearest
) -> _Header | None:
    """The header that a figure without a unit falls under: its column's, its row's, that over the table."""
    column, row, block = columns.before(found), rows.in_row(shadow, found), over.before(found)
    if found.dimension != "bare" or found.amount.rule == "quantity.word":
        return None
    if block is not None and "\n" not in shadow[block.start : min(found.start, block.start + _LINE)]:
        block = None
    return column or row or block


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
