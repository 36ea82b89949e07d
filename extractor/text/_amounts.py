"""Amounts: a number with its unit, read to the right of a numeral.

9小时27分钟, 1米85, 3个半月, 100多个亿, 157.6美元/吨, 2,700米至3,300米, 8%-10%.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from extractor.text._chinese_numbers import SCALES, Exact, Number, exact
from extractor.text._modifiers import ModifierForms
from extractor.text._units import Unit, UnitTable
from extractor.text.numerals import Numeral, numeral_at

PERCENT = Unit("%", "percent", "measure")
_TO = re.compile(r" ?(?:[至到~]|-{1,3}|[—–─]{1,3}) ?")
_SPOKEN_LIST = re.compile(
    r"([一二三四五六七八1-8])、([二三四五六七八九2-9])(?![、一二三四五六七八九十百千万亿0-9.])"
)
_HALF_OF = re.compile(
    r"个半(?=月|小时|钟头|星期|礼拜|世纪|学期)|个[多余](?=月|小时|钟头|星期|礼拜|世纪|学期)"
)
_WHOLE_SCALE = re.compile(r"([多余])?个(亿)(?![级县])")
_AND = re.compile(r" ?[零又]?")
_RATE = re.compile(r"/\([^()\n]{1,12}\)")
_DECIMALS = re.compile(
    r"([0-9]{1,2}|[一二三四五六七八九]{1,2})(?![0-9.%一二三四五六七八九十百千万亿]|,[0-9])"
)
_TRAILING_SCALES = re.compile(r"[百千万亿]+$")
_SPACED, _BLANKS = 6, 4  # how far blanks may spread a unit out, and how many may stand before it
_HALF_STOPS = "年天夜数决导径价场途岛島空日世"


class Amount(NamedTuple):
    """A number with its unit; ``unit_text`` is the unit as it is reported, rates included."""

    number_start: int
    number_end: int
    end: int
    value: Exact | None
    low: Exact | None
    high: Exact | None
    modifier: str
    form: str
    unit: Unit | None = None
    unit_text: str = ""
    rule: str = "quantity.plain"


class Found(NamedTuple):
    """An amount with the edges of its span; its amount carries what the modifiers say."""

    start: int
    end: int
    amount: Amount
    dimension: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads amounts by the codelists."""

    units: UnitTable
    modifiers: ModifierForms

    def read(self, shadow: str, numeral: Numeral) -> Amount:
        """The amount that begins with ``numeral``; without a unit where none follows."""
        first = self._single(shadow, numeral)
        return self._range(shadow, first) or first

    def _single(self, shadow: str, numeral: Numeral) -> Amount:
        amount = _start(numeral)
        if numeral.form == "percent":
            amount = amount._replace(unit=PERCENT, unit_text="%")
            return self._hedged(shadow, amount)
        amount = self._counted(shadow, self._hedged(shadow, amount))
        if amount.unit is None:
            return amount
        amount = self._compound(shadow, _with_half(shadow, amount))
        return self._rate(shadow, _in_percent(amount))

    def _hedged(self, shadow: str, amount: Amount) -> Amount:
        """余, 多, 几, 来 after the number."""
        found = self.modifiers.between(shadow, amount.end)
        if found is None or amount.modifier not in ("exact", "more"):
            return amount
        if self._unit(shadow, found.end) is None and not _stands_alone(shadow, found.end, amount):
            return amount
        value = amount.value
        low = value if found.kind == "more" else None
        return amount._replace(end=found.end, low=low, high=None, modifier=found.kind, rule=found.rule)

    def _counted(self, shadow: str, amount: Amount) -> Amount:
        """Add the unit, or the scale that 个 stands before (100多个亿)."""
        if shadow[amount.end : amount.end + 1] in "个多余":
            special = self._special(shadow, amount)
            if special is not None:
                return special
        found = self._unit(shadow, amount.end)
        if found is None:
            return amount
        unit, end = found
        if unit.note == "money" and (amount.value or 0) >= 100:
            unit = self.units.forms["元"]
        return amount._replace(unit=unit, unit_text=unit.name, end=end)

    def _unit(self, shadow: str, position: int) -> tuple[Unit, int] | None:
        found = self.units.match(shadow, position)
        if found is None and " " in shadow[position : position + _SPACED]:
            return self._spaced_unit(shadow, position)
        return found or self.units.foreign(shadow, position)

    def _spaced_unit(self, shadow: str, position: int) -> tuple[Unit, int] | None:
        """A unit with blanks before it or in it: 30 人, 6 个 百分点."""
        window = shadow[position : position + 2 * _SPACED]
        places = [at for at, char in enumerate(window) if char != " "]
        found = self.units.match("".join(window.split(" ")), 0)
        if found is None or places[0] > _BLANKS:
            return None
        return found[0], position + places[found[1] - 1] + 1

    def _special(self, shadow: str, amount: Amount) -> Amount | None:
        if scale := _WHOLE_SCALE.match(shadow, amount.end):
            factor = 1
            for char in scale[2]:
                factor *= SCALES[char]
            amount = _scaled(amount._replace(end=scale.end(), number_end=scale.end()), factor)
            return amount._replace(low=amount.value, high=None, modifier="more") if scale[1] else amount
        if half := _HALF_OF.match(shadow, amount.end):
            unit, length = self.units.match(f"个{shadow[half.end() : half.end() + 3]}", 0) or (None, 0)
            if unit is not None and amount.value is not None:
                end = half.end() + length - 1
                amount = amount._replace(unit=unit, unit_text=unit.name, end=end)
                return _plus(amount, Fraction(1, 2)) if half[0] == "个半" else _more(amount)
        return None

    def _compound(self, shadow: str, amount: Amount) -> Amount:
        """Further figures in smaller units: 9小时27分钟, 5元3角, 1米85."""
        unit = amount.unit
        while unit is not None and unit.name in self.units.minors and amount.modifier == "exact":
            step = self._minor(shadow, amount, unit)
            if step is None:
                break
            amount = step
        return amount

    def _minor(self, shadow: str, amount: Amount, unit: Unit) -> Amount | None:
        joined = _AND.match(shadow, amount.end)
        position = joined.end() if joined else amount.end
        numeral = numeral_at(shadow, position)
        if numeral is None or numeral.value is None or numeral.form not in ("arabic", "chinese", "digits"):
            return None
        found = self.units.minor(unit, shadow, numeral.end)
        if found is not None and (part := Fraction(numeral.value) * found[0].share) < 1:
            return _plus(amount, part)._replace(end=found[1], rule="quantity.compound")
        bare = _DECIMALS.match(shadow, position)
        if bare is None or not any(minor.bare for minor in self.units.minors[unit.name]):
            return None
        if self._unit(shadow, bare.end()) is not None:
            return None
        part = Fraction(int("".join(str("零一二三四五六七八九".find(c)) if c > "9" else c for c in bare[1])))
        return _plus(amount, part / 10 ** len(bare[1]))._replace(end=bare.end(), rule="quantity.compound")

    def _rate(self, shadow: str, amount: Amount) -> Amount:
        """美元/吨, 吨/(平方公里·月), 元每升."""
        mark = shadow[amount.end : amount.end + 1]
        if mark not in ("/", "每") or amount.unit is None or amount.unit.kind == "noun":
            return amount
        if bracket := _RATE.match(shadow, amount.end):
            text = amount.unit_text + bracket[0]
            return amount._replace(end=bracket.end(), unit_text=text, rule="quantity.rate")
        below = self.units.match(shadow, amount.end + 1)
        if below is None or (mark == "每" and amount.unit.kind not in ("money", "measure")):
            return amount
        text = f"{amount.unit_text}/{below[0].name}"
        return self._rate(shadow, amount._replace(end=below[1], unit_text=text, rule="quantity.rate"))

    def _range(self, shadow: str, first: Amount) -> Amount | None:
        spoken = _SPOKEN_LIST.match(shadow, first.number_start)
        joint = _TO.match(shadow, first.end)
        position = spoken.start(2) if spoken else joint.end() if joint else 0
        numeral = numeral_at(shadow, position) if position else None
        if numeral is None or first.modifier in ("approx", "range") or numeral.form == "digits":
            return None
        second = self._single(shadow, numeral)
        if spoken and int(numeral.value or 0) - int(first.value or 0) != 1:
            return None
        return _joined(shadow, first, second)


def _start(numeral: Numeral) -> Amount:
    start, end, value, low, high, modifier, form = numeral
    return Amount(start, end, end, value, low, high, modifier, form)


def _stands_alone(shadow: str, end: int, amount: Amount) -> bool:
    """二百多 and 1900余 may do without a unit, 来 and 几 may not."""
    if shadow[end - 1] not in "余多" or (amount.value or 0) < 10:
        return False
    return shadow[end : end + 1] not in tuple("样数种元次媒年半方边少么情地额下") or shadow[end - 1] == "余"


def _more(amount: Amount) -> Amount:
    return amount._replace(low=amount.value, high=None, modifier="more")


def _plus(amount: Amount, part: Fraction) -> Amount:
    if amount.value is None:
        return amount
    value = amount.value + part
    if amount.modifier == "exact":
        return amount._replace(value=value, low=value, high=value)
    return amount._replace(value=value, low=value if amount.low is not None else None)


def _scaled(amount: Amount, factor: Exact) -> Amount:
    value, low, high = (None if n is None else n * factor for n in (amount.value, amount.low, amount.high))
    return amount._replace(value=value, low=low, high=high)


def _with_half(shadow: str, amount: Amount) -> Amount:
    """两年半, 五成半, 三倍半."""
    unit, end = amount.unit, amount.end
    if unit is None or unit.kind not in ("measure", "time") or shadow[end : end + 1] != "半":
        return amount
    if amount.value is None or (shadow[end + 1 : end + 2] or " ") in _HALF_STOPS:
        return amount
    return _plus(amount, Fraction(1, 2))._replace(end=end + 1)


def _in_percent(amount: Amount) -> Amount:
    """成 and 折 are tenths: 三成 is 30 %, 七五折 is 75 %."""
    unit = amount.unit
    if unit is None or unit.base != "%" or unit.factor is None:
        return amount
    written = amount.value if amount.value is not None else amount.low
    factor = unit.factor if written is None or written <= 10 else Fraction(1)
    return _scaled(amount, factor)._replace(unit=PERCENT, unit_text="%")


def _joined(shadow: str, first: Amount, second: Amount) -> Amount | None:
    """One amount from the two ends of a range, or None when they do not make one."""
    if first.unit is not None and second.unit is not None and first.unit.dimension != second.unit.dimension:
        return None
    if first.unit is None:
        first = _shared_scale(shadow, first, second)
    unit, text = (second.unit, second.unit_text) if second.unit else (first.unit, first.unit_text)
    dash = shadow[first.end] in "-—–─"
    low = first.low if first.value is None else first.value
    high = second.high if second.value is None else second.value
    if low is None or high is None or low >= high or (unit is None and dash):
        return None
    same = first.unit is None or second.unit is None or first.unit == second.unit
    if not same and first.unit and second.unit and first.unit.factor and second.unit.factor:
        low = low * first.unit.factor / second.unit.factor
    return Amount(
        first.number_start, second.number_end, second.end, None, low, high, "range", first.form, unit, text,
        "quantity.range",
    )  # fmt: skip


def _shared_scale(shadow: str, first: Amount, second: Amount) -> Amount:
    """2至3万: the scale of the second end is that of the first when its figure is not the greater."""
    written = shadow[second.number_start : second.number_end]
    scales = _TRAILING_SCALES.search(written)
    own = _TRAILING_SCALES.search(shadow[first.number_start : first.number_end])
    if scales is None or own is not None or first.value is None or second.value is None:
        return first
    factor = 1
    for char in scales[0]:
        factor *= SCALES[char]
    return _scaled(first, factor) if first.value <= second.value / Fraction(factor) else first


def as_number(value: Exact | None) -> Number | None:
    """The plainest exact type of a value."""
    return None if value is None else exact(value)
