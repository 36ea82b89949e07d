"""Numbers in Chinese characters, with Arabic digits among them or none: 三万五, 1亿7千6百万, 一百零二.

Exact arithmetic only.  A number is folded from left to right on a stack of terms with falling scales;
a large scale (万亿兆) multiplies every smaller term before it.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

Number = int | Decimal | Fraction
Exact = int | Fraction

DIGITS = {
    **dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)),
    **dict(zip("壹贰叁肆伍陆柒捌玖俩幺", (1, 2, 3, 4, 5, 6, 7, 8, 9, 2, 1), strict=True)),
}
SCALES = {
    "十": 10,
    "拾": 10,
    "百": 100,
    "佰": 100,
    "千": 1000,
    "仟": 1000,
    "万": 10**4,
    "亿": 10**8,
    "兆": 10**12,
}
ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3})++(?![0-9])|[0-9]++)(?:[.·][0-9]++)?+"
_SCORES = {"廿": 2, "卅": 3}
_TOKEN = re.compile(rf"{ARABIC}|[{''.join(DIGITS)}]++|[{''.join(SCALES)}廿卅]")
_DECIMALS = re.compile(rf"点([{''.join(DIGITS)}0-9]++)")


@lru_cache(maxsize=1 << 16)
def exact(value: Exact) -> Number:
    """The plainest type that holds the value: int, Decimal where it ends, Fraction where it does not."""
    if isinstance(value, int):
        return value
    if value.denominator == 1:
        return value.numerator
    places = _decimal_places(value.denominator)
    if places is None:
        return value
    digits = abs(value.numerator) * 10**places // value.denominator
    return Decimal((int(value < 0), tuple(map(int, str(digits))), -places))


def read_arabic(text: str) -> Exact:
    """``1,234.5`` as an exact number."""
    whole, _, decimals = text.replace(",", "").replace("·", ".").partition(".")
    return Fraction(int(whole + decimals), 10 ** len(decimals)) if decimals else int(whole)


def read_mixed(text: str) -> tuple[Exact, int] | None:
    """The longest number that ``text`` begins with and how many characters it takes; None when there is none.

    No 几, 余, ranges or signs: ``extractor.text.numerals`` sees to them.
    """
    number = _Number()
    length = number.read(text, 0)
    found = _DECIMALS.match(text, length) if length else None
    if found:
        number = _Number(number.total() + _decimals(found[1]))
        length = number.read(text, found.end())
    return (number.total(), length) if length else None


def _digits(text: str) -> int:
    return int("".join(str(DIGITS.get(char, char)) for char in text))


def _decimals(text: str) -> Fraction:
    return Fraction(_digits(text), 10 ** len(text))


def _decimal_places(denominator: int) -> int | None:
    """How many decimal places a fraction with that denominator needs; None when it never ends."""
    twos = fives = 0
    while denominator % 2 == 0:
        denominator, twos = denominator // 2, twos + 1
    while denominator % 5 == 0:
        denominator, fives = denominator // 5, fives + 1
    return max(twos, fives) if denominator == 1 else None


class _Number:
    """A number under construction: terms with falling scales, and the figure that has no scale yet."""

    def __init__(self, figure: Exact | None = None) -> None:
        self.terms: list[tuple[Exact, int]] = []
        self.figure = figure
        self.spoken = False  # the figure is one digit right after a scale: 三万五
        self.zero = False  # 零 stands before what comes next
        self.doubtful = False  # the figure is too small to belong to the scale before it: 8万 60岁

    def read(self, text: str, start: int) -> int:
        """Take tokens until one does not fit; the position after the last that counted."""
        end = position = start
        while found := _TOKEN.match(text, position):
            token, position = found[0], found.end()
            fits = self._scale(token) if token in SCALES else self._figure(token)
            if not fits:
                break
            if not self.doubtful and not (self.zero and self.figure is None):
                end = position
        return end

    def total(self) -> Exact:
        """The value of what was read."""
        figure = 0 if self.doubtful else self.figure or 0
        if self.spoken and self.terms[-1][1] >= 100:
            figure = figure * self.terms[-1][1] // 10
        return sum((value for value, _ in self.terms), start=figure)

    def _figure(self, token: str) -> bool:
        """Digits, or a lone 零 between scales."""
        if self.figure is not None:
            return False
        if token in _SCORES:
            return self._small(10, _SCORES[token])
        if token in "零〇" and self.terms:
            self.zero = True
            return True
        value = _digits(token) if token[0] in DIGITS else read_arabic(token)
        if self.terms and value >= self.terms[-1][1]:
            return False
        self.spoken = bool(self.terms) and len(token) == 1 and not self.zero
        arabic_after_large = (
            bool(self.terms) and token[0].isdecimal() and token[0] not in DIGITS and token[0] != "0"
        )
        self.doubtful = (
            arabic_after_large and not self.spoken and not self.zero and value * 100 < self.terms[-1][1]
        )
        self.figure, self.zero = value, False
        return True

    def _scale(self, token: str) -> bool:
        scale = SCALES[token]
        fits = self._small(scale, self.figure) if scale < 10**4 else self._large(scale)
        if fits:
            self.figure, self.spoken, self.zero, self.doubtful = None, False, False, False
        return fits

    def _small(self, scale: int, figure: Exact | None) -> bool:
        """十百千 after a figure; without one they count once at the start, after 零, and 十 anywhere."""
        figure = figure or None  # 零十 is 10
        top = self.terms[-1][1] if self.terms else 0
        if top and (scale >= top or (figure is None and scale > 10 and not self.zero)):
            return False
        self.terms.append(((1 if figure is None else figure) * scale, scale))
        return True

    def _large(self, scale: int) -> bool:
        """万亿兆 multiply the smaller terms and the figure before them; 万万 and 亿亿 the term itself."""
        written = bool(self.terms) or self.figure is not None
        value: Exact = self.figure or 0
        while self.terms and self.terms[-1][1] < scale:
            value += self.terms.pop()[0]
        if not self.terms:
            value = value if written else 1
        elif not value or (self.terms[-1][1] == scale and self.terms[-1][0] <= value * scale):
            if self.terms[-1][1] > scale:
                return False
            value += self.terms.pop()[0]
        self.terms.append((value * scale, scale))
        return True
