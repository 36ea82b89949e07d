"""Quantities: every number of a text that says how many or how much, with unit, bounds and modifier.

One scan for numerals over the shadow; at each the codelists and rule files say what stands beside it.
Numbers that are no statistics (dates, ordinals, codes …) come out of ``find_left_out`` with their class.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.text._amounts import Found, as_number
from extractor.text._chinese_numbers import Number
from extractor.text._grammar import Grammar, load_grammar
from extractor.text._left_out import LeftOut
from extractor.text._scan import scan
from extractor.text.numerals import LONGEST, numeral_at, parse_number

__all__ = ["Grammar", "Quantity", "find_left_out", "find_quantities", "load_grammar", "with_list_commas"]


_ONLY_NUMBERS = 400  # characters; a longer text is read as text
_LIST_COMMA = re.compile(r"(?<=[0-9])(，)(?=[0-9])")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity ``shadow[start:end]``; ``number_start``/``number_end`` mark the number in it.

    ``value``, ``low``, ``high`` are exact numbers or None as the modifier says: exact (all equal), more
    (value and low), less (value and high), approx (value or nothing), range (low and high).  ``unit`` is
    canonical and simplified, "" when none is written; scale words are folded into the value.
    ``dimension`` is bare for a number without a unit.  ``base_value`` is the value in ``base_unit`` for
    measures that have one.
    """

    start: int
    end: int
    number_start: int
    number_end: int
    value: Number | None
    low: Number | None
    high: Number | None
    modifier: str
    unit: str
    dimension: str
    base_value: Number | None
    base_unit: str
    rule: str


def find_quantities(shadow: str, grammar: Grammar | None = None) -> list[Quantity]:
    """The quantities of a shadow in order, without overlaps; linear in its length."""
    if len(shadow) <= LONGEST and (alone := _alone(shadow)):
        return [alone]
    grammar = grammar or load_grammar()
    found = [each for each in scan(shadow, grammar) if isinstance(each, Found)]
    found = _with_shared_hedges(shadow, _with_shared_units(shadow, found))
    found = grammar.tables.apply(shadow, found)
    if len(shadow) <= _ONLY_NUMBERS and _only_numbers(shadow, found):
        found = [each._replace(amount=each.amount._replace(rule="quantity.alone")) for each in found]
    return [_quantity(each) for each in found]


def with_list_commas(text: str, shadow: str) -> str:
    """The shadow with ， where ``text`` has it between half-width digits: 20，300 are two numbers.

    Full-width digits keep it as a separator of thousands (２０，３００), as they have no other.
    """
    commas = [found.start(1) for found in _LIST_COMMA.finditer(text)]
    if not commas:
        return shadow
    characters = list(shadow)
    for at in commas:
        characters[at] = "，"
    return "".join(characters)


def _alone(shadow: str) -> Quantity | None:
    """A text that is nothing but a number, as a cell of a table is."""
    text = shadow.strip()
    numeral = numeral_at(text.lstrip("-负"), 0)
    value = parse_number(text) if text and text[-1] not in "%‰" else None
    if value is None or (numeral is not None and numeral.form == "percent"):
        return None
    start = shadow.index(text)
    end = start + len(text)
    return Quantity(
        start, end, start, end, value, value, value, "exact", "", "bare", None, "", "quantity.alone"
    )


def _only_numbers(shadow: str, found: list[Found]) -> bool:
    """Whether the text holds nothing but bare numbers and signs between them."""
    if not found or any(each.dimension != "bare" for each in found):
        return False
    edges = [0, *(edge for each in found for edge in (each.start, each.end)), len(shadow)]
    rest = "".join(shadow[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))
    return not any(char.isalnum() for char in rest)


def find_left_out(shadow: str, grammar: Grammar | None = None) -> list[tuple[int, int, str]]:
    """The numbers of a shadow that are no statistics, each with the class that says why."""
    found = scan(shadow, grammar or load_grammar())
    return [(each.start, each.end, each.rule) for each in found if isinstance(each, LeftOut)]


_JOINT = re.compile(r" ?[、和及与或] ?")
_SCALES = re.compile(r"[百千万亿]+$")


def _with_shared_units(shadow: str, found: list[Found]) -> list[Found]:
    """9.33、1.83、12.08个百分点: bare numbers of a list take the unit that follows further on."""
    for index in range(len(found) - 2, -1, -1):
        this, after = found[index], found[index + 1]
        joint = _JOINT.fullmatch(shadow, this.end, after.start)
        if joint and this.dimension == "bare" and after.amount.unit is not None:
            found[index] = _shared(this, after)
    return found


def _shared(this: Found, after: Found) -> Found:
    unit, text = after.amount.unit, after.amount.unit_text
    amount = this.amount._replace(unit=unit, unit_text=text, rule="quantity.shared")
    return this._replace(amount=amount, dimension=after.dimension)


def _quantity(found: Found) -> Quantity:
    amount = found.amount
    unit = amount.unit
    plain = unit is not None and amount.unit_text == unit.name
    factor = unit.factor if unit is not None and plain else None
    value = amount.value
    base = value * factor if value is not None and factor is not None else None
    return Quantity(
        start=found.start,
        end=found.end,
        number_start=amount.number_start,
        number_end=amount.number_end,
        value=as_number(value),
        low=as_number(amount.low),
        high=as_number(amount.high),
        modifier=amount.modifier,
        unit=amount.unit_text,
        dimension=found.dimension,
        base_value=as_number(base),
        base_unit=unit.base if unit is not None and base is not None else "",
        rule=amount.rule,
    )


def _with_shared_hedges(shadow: str, found: list[Found]) -> list[Found]:
    """约1.54平方英里(4平方公里): a bracket in another unit is as exact as what stands before it."""
    for index in range(1, len(found)):
        before, this = found[index - 1], found[index]
        bracket = shadow[before.end : this.start] == "(" and shadow[this.end : this.end + 1] == ")"
        if bracket and before.dimension == this.dimension and before.amount.modifier == "approx":
            amount = this.amount._replace(low=None, high=None, modifier="approx")
            found[index] = this._replace(amount=amount) if this.amount.modifier == "exact" else this
    return found
