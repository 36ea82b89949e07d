"""One scan for numerals: at each, what it is taken for and why it is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from extractor.text._amounts import Amount, Found
from extractor.text._countable import Context
from extractor.text._grammar import Grammar
from extractor.text._left_out import LeftOut
from extractor.text._modifiers import Modifier
from extractor.text._number_words import NumberWord
from extractor.text.numerals import Numeral, find_numerals, numeral_at

_LETTER = re.compile(r"[A-Za-z][-—./ ]?\Z")
_MINUS = re.compile(
    r"(?:(?<![0-9A-Za-z一-鿿%)])-|[为至到达长降温比速幅率增-]-|[温湿]度-|(?<![自肩担胜背抱辜身欺责])负|零下)\Z"
)
_SHARES = frozenset(("percent", "times", "ratio"))
_SIGN_ENDS = frozenset("$¥€£₩₽币元镑金BNYDRP")


def scan(shadow: str, grammar: Grammar) -> Iterator[Found | LeftOut]:
    """What each number of the shadow is taken for, left to right, without overlaps."""
    opaque = iter(grammar.left_out.opaque(shadow))
    hidden = next(opaque, None)
    position = 0
    for numeral in find_numerals(shadow):
        if numeral.start < position:
            continue
        while hidden is not None and hidden.end <= numeral.start:
            hidden = next(opaque, None)
        if hidden is not None and hidden.start <= numeral.start:
            position = hidden.end
            yield LeftOut(numeral.start, numeral.end, hidden.rule)
            continue
        found = _at(shadow, numeral, grammar)
        position = max(found.end, numeral.end)
        yield found


def _at(shadow: str, numeral: Numeral, grammar: Grammar) -> Found | LeftOut:
    start = numeral.start
    before = shadow[start - 1 : start]
    left_out = grammar.left_out.match(shadow, start) if before != "第" else None
    if left_out is not None and left_out.rule not in grammar.left_out.bare:
        return left_out
    amount = grammar.reader.read(shadow, numeral)
    if left_out is not None and amount.unit is None:
        return left_out
    if before == "第":
        return LeftOut(start, amount.end, "ordinal.first")
    if word := grammar.words.around(shadow, start):
        found = _word(shadow, numeral, amount, word, grammar)
        if found is not None:
            return found
    if _is_model(shadow, amount):
        return LeftOut(start, numeral.end, "code.model")
    return _measured(shadow, _ratio(shadow, amount), grammar)


def _is_model(shadow: str, amount: Amount) -> bool:
    """A number written on to letters: iPhone 15, F-16A, 3D."""
    if amount.unit is not None and amount.unit.kind != "classifier":
        return False
    follower = shadow[amount.end : amount.end + 1]
    if amount.unit is None and follower.isascii() and follower.isalpha():
        return True
    start = amount.number_start
    return _LETTER.search(shadow, max(0, start - 2), start) is not None


def _word(
    shadow: str, numeral: Numeral, amount: Amount, found: tuple[int, int, NumberWord], grammar: Grammar
) -> Found | LeftOut | None:
    start, end, word = found
    kind = amount.unit.kind if amount.unit is not None else ""
    measured = kind in ("measure", "money", "time")
    named = kind == "noun" and end == numeral.end  # 八一队
    if end < numeral.end or (end < amount.end and (measured or start == numeral.start) and not named):
        return None
    if word.modifier:
        value = word.value
        low = value if word.modifier in ("exact", "more") else None
        high = value if word.modifier == "exact" else None
        amount = Amount(
            start,
            end,
            end,
            value,
            low,
            high,
            word.modifier,
            "fraction" if value else "chinese",
            rule="quantity.word",
        )
        return _measured(shadow, amount, grammar)
    if (
        numeral.start == start
        and shadow[start] in "百千万亿"
        and _modifier_before(shadow, start, numeral, grammar)
    ):
        return None
    return LeftOut(max(start, 0), end, "word.numeral")


def _ratio(shadow: str, amount: Amount) -> Amount:
    """1:6.2 and 3比1 where they are no score."""
    mark = shadow[amount.end : amount.end + 1]
    if amount.unit is not None or amount.modifier != "exact" or mark not in (":", "比"):
        return amount
    below = numeral_at(shadow, amount.end + 1)
    if below is None or below.form != amount.form or not below.value or amount.value is None:
        return amount
    value = Fraction(amount.value) / Fraction(below.value)
    return amount._replace(
        end=below.end, number_end=below.end, value=value, low=value, high=value, form="fraction",
        rule="quantity.ratio",
    )  # fmt: skip


def _measured(shadow: str, amount: Amount, grammar: Grammar) -> Found | LeftOut:
    """The amount with what stands before and after it, if it counts something."""
    start, amount = _signed(shadow, amount, grammar)
    written = shadow[amount.number_start : amount.number_end]
    before = grammar.modifiers.before(shadow, start, written, _dimension(amount) in _SHARES)
    if before is not None and _is_the_last(shadow, amount, before, grammar):
        before = None
    after = grammar.modifiers.after(shadow, amount.end)
    if after is not None and after.rule.endswith("after-unit") and not _divisible(amount):
        after = None
    end = after.end if after else amount.end
    begin = before.start if before and not before.apart else start
    modified = bool(before or after) or amount.modifier != "exact"
    reason = grammar.countable.reason_against(Context(shadow, begin, end, amount, modified))
    if reason:
        return LeftOut(amount.number_start, amount.end, reason)
    amount = _hedged(amount, before or after)
    return Found(begin, end, amount, _dimension(amount))


def _modifier_before(shadow: str, start: int, numeral: Numeral, grammar: Grammar) -> Modifier | None:
    return grammar.modifiers.before(shadow, start, shadow[start]) or grammar.modifiers.between(
        shadow, numeral.end
    )


def _signed(shadow: str, amount: Amount, grammar: Grammar) -> tuple[int, Amount]:
    """Take in a currency sign or a minus before the number."""
    start = amount.number_start
    left = shadow[max(0, start - 4) : start].rstrip(" ")
    if not left:
        return start, amount
    if left[-1] in _SIGN_ENDS:
        for sign, (unit, inside) in grammar.signs.items():
            if left.endswith(sign):
                begin = shadow.rindex(sign, 0, start) if inside else start
                if amount.unit is None:
                    amount = amount._replace(unit=unit, unit_text=unit.name)
                return begin, amount
    if _MINUS.search(shadow, max(0, start - 3), start) and _can_be_negative(amount):
        return shadow.rindex(left[-1], 0, start) - (left.endswith("零下")), _negative(amount)
    return start, amount


def _can_be_negative(amount: Amount) -> bool:
    """A dash before people or things is a bullet, before a measure it is a minus."""
    return amount.unit is None or (
        amount.unit.kind in ("measure", "money") and amount.unit.dimension != "length"
    )


def _negative(amount: Amount) -> Amount:
    value, low, high = (None if n is None else -n for n in (amount.value, amount.high, amount.low))
    return amount._replace(value=value, low=low, high=high)


def _is_the_last(shadow: str, amount: Amount, before: Modifier, grammar: Grammar) -> bool:
    """近三年 means the last three years unless they were spent on something or are too many to remember."""
    unit = amount.unit
    if before.rule != "quantity.less.near" or unit is None:
        return False
    context = Context(shadow, before.start, amount.end, amount, True)
    if unit.kind != "time":
        few = amount.value is not None and amount.value <= 10
        return (unit.note == "turn" and few) or (
            unit.kind == "classifier" and grammar.countable.has("near.last-noun", context)
        )
    if unit.dimension != "duration" or (amount.value is not None and amount.value >= 100):
        return False
    nearly = ("near.nearly-before", "near.nearly-after")
    return not any(grammar.countable.has(form, context) for form in nearly)


def _divisible(amount: Amount) -> bool:
    """Whether 多 after the unit can mean a part of it: 3年多, 5倍多."""
    return amount.unit is None or amount.unit.kind in ("measure", "time", "money")


def _hedged(amount: Amount, modifier: Modifier | None) -> Amount:
    """What a modifier says of an amount that is exact so far."""
    if modifier is None or amount.modifier != "exact":
        return amount
    low = amount.value if modifier.kind == "more" else None
    high = amount.value if modifier.kind == "less" else None
    return amount._replace(low=low, high=high, modifier=modifier.kind, rule=modifier.rule)


def _dimension(amount: Amount) -> str:
    if amount.unit is not None:
        return amount.unit.dimension
    return {"fraction": "ratio", "percent": "percent"}.get(amount.form, "bare")
