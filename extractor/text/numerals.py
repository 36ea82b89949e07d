"""Numerals: 2.2万, 三十五, 1亿7千6百万, 十几, 三四百, 百分之五 → exact numbers with their bounds.

``find_numerals`` goes once over a shadow (``extractor.text.script.to_shadow``) and marks every expression
of a number, whatever it stands for; ``parse_number`` reads a text that is one number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from extractor.text._chinese_numbers import ARABIC, Exact, Number, exact, read_mixed
from extractor.text.script import to_shadow

__all__ = ["Form", "Number", "Numeral", "find_numerals", "numeral_at", "parse_number"]

Form: TypeAlias = Literal["arabic", "chinese", "digits", "fraction", "percent"]
LONGEST = 40  # characters; what is longer is a code, not a number
_DEEPEST = 2  # 一又二分之一: a number, in a fraction, after 又

_DIGIT, _SCALE, _GAP = "零〇一二三四五六七八九", "十百千万亿", " {0,2}"
_FORMAL = "壹贰叁肆伍陆柒捌玖拾佰仟"
_UP = r"(?:[十百万亿]|千(?![瓦克米伏卡焦帕赫])|兆(?![瓦赫帕字比焦欧伏]))"  # 千瓦, 兆瓦 are units of their own
_NEXT = "|".join(
    (
        rf"[{_DIGIT}{_FORMAL}廿卅]| ?几|两(?=[百千万亿])|(?<=一)两|{_UP}",
        rf" {{0,2}}[多余来]{_GAP}(?={_UP})| {{1,2}}(?={_UP})",
        rf"(?<=[{_SCALE}兆零])(?: {{0,2}}{ARABIC}(?= ?{_UP})|{ARABIC}| {{1,2}}(?=[{_DIGIT}]{{1,4}} ?{_UP}))",
        rf"(?<![0-9]) ?点(?= ?[{_DIGIT}{_FORMAL}0-9])|(?<=点)(?:[0-9]++| (?=[{_DIGIT}0-9]))",
        rf"(?<=[{_DIGIT}十百千])[.·](?=[{_DIGIT}])|(?<=[{_SCALE}]) {{1,2}}(?=[{_DIGIT}](?:\Z| ?又))",
    )
)
_MORE = rf"(?:{_NEXT}){{0,{LONGEST}}}+"
_ARABIC_RUN = rf"(?:{ARABIC}|(?<![0-9.])\.[0-9]++)(?:{_GAP}(?:[多余来几]{_GAP})?+{_UP}{_MORE})?+"
_FORMAL_FIRST = rf"[{_FORMAL}](?=[{_FORMAL}{_SCALE}元圆角分]| ?点 ?[{_DIGIT}{_FORMAL}0-9])"
_FORMAL_START = rf"{_FORMAL_FIRST}|(?:(?<=之)|(?<=之 ))[{_FORMAL}]|佰(?= ?分 ?之)"
_CHINESE_RUN = rf"(?:[{_DIGIT}两廿卅]|{_UP}|[几数](?={_GAP}{_UP})|{_FORMAL_START}){_MORE}"
_HALF = r"半(?=[年天月数斤吨米亩岁]|成(?![品熟套])|小时|公里|世纪|个[年月小钟星世学])|(?<=过)半"
_RUN = re.compile(rf"{_ARABIC_RUN}|{_CHINESE_RUN}|{_HALF}|(?<=打)对(?=折)")
_FIRST = re.compile(f"[0-9.{_DIGIT}{_SCALE}{_FORMAL}兆两廿卅几数半对]")  # one class is found fast
_PAIRS = ("一二", "一两", "二三", "两三", "三四", "三五", "四五", "五六", "六七", "七八", "八九")
_PAIR = re.compile(rf"(?<![{_DIGIT}两点])({'|'.join(_PAIRS)})(?![{_DIGIT}点])")
_ALONE = {"半": Fraction(1, 2), "对": Fraction(5)}  # 打对折 is five tenths
_POINTS = str.maketrans(".·", "点点")  # 十四.七亿
_HEDGE = re.compile("[多余来几数]")
_OVER = re.compile(rf"{_GAP}分{_GAP}之{_GAP}")
_SLASH = re.compile(r"/([0-9]++)(?!/|[.,]?[0-9])")
_AND = re.compile(rf"{_GAP}又{_GAP}")
_POWER = re.compile(r"[eE]([+-]?[0-9]{1,2})(?![0-9A-Za-z])")
_MORE_SCALES = re.compile(rf"{_GAP}([kKmM])(?![A-Za-z0-9])")
_THOUSANDS = {"k": 10**3, "K": 10**3, "m": 10**6, "M": 10**6}


class Numeral(NamedTuple):
    """A number expression ``shadow[start:end]``; its numbers are int, or Fraction where they are not whole.

    ``modifier`` and the bounds as for a quantity: exact, more (low), less (high), approx, range (low, high).
    ``form``: arabic (2.2万), chinese (三万五), digits (二〇二一), fraction (三分之一, 1/3),
    percent (百分之五: value 5).
    """

    start: int
    end: int
    value: Exact | None
    low: Exact | None
    high: Exact | None
    modifier: str
    form: Form


class _Reading(NamedTuple):
    """What a run of numeral characters says; ``length`` of it counted."""

    length: int
    value: Exact | None
    low: Exact | None
    high: Exact | None
    modifier: str
    form: Form


def find_numerals(shadow: str) -> Iterator[Numeral]:
    """Every number expression of the shadow, left to right, without overlaps; linear in its length.

    Signs and units are left to ``extractor.text.quantities``; digits of one run longer than 40 are skipped.
    """
    position = 0
    while first := _FIRST.search(shadow, position):
        found = _RUN.match(shadow, first.start())
        numeral = _numeral(shadow, found) if found else None
        if numeral is not None:
            yield numeral
            position = numeral.end
        else:
            position = found.end() if found else first.end()


def numeral_at(shadow: str, position: int, depth: int = 0) -> Numeral | None:
    """The number expression that begins at ``position``, or None; ``depth``: how many it is a part of."""
    found = _RUN.match(shadow, position)
    return None if found is None else _numeral(shadow, found, depth)


def _numeral(shadow: str, found: re.Match[str], depth: int = 0) -> Numeral | None:
    run = found[0]
    reading = _read(run) if len(run) <= LONGEST + 8 else None
    if reading is None:
        return None
    start = found.start()
    end = start + reading.length
    mark = shadow[end : end + 1]
    if mark and mark in "分又/ eEkKmM" and depth <= _DEEPEST:
        reading, end = _extended(shadow, end, reading, start, depth + 1)
    return Numeral(start, end, *reading[1:])


def parse_number(text: str) -> Number | None:
    """The number that the whole of ``text`` writes, in any script and width, exactly; None when it is none.

    百分之五, 5% and 5‰ are 0.05, 0.05 and 0.005; bounds (十几, 三四百) are not one number.
    """
    shadow = to_shadow(text).strip()
    negative = len(shadow) - len(shadow.lstrip("-负"))
    shadow = shadow[negative:].lstrip()
    numeral = numeral_at(shadow, 0) or _bare_run(shadow)
    if numeral is None or numeral.value is None or numeral.modifier != "exact":
        return None
    parts = {"": Fraction(1), "%": Fraction(1, 100), "‰": Fraction(1, 1000)}
    part = parts.get(shadow[numeral.end :].strip())
    if part is None:
        return None
    value = numeral.value * part * (Fraction(1, 100) if numeral.form == "percent" else 1)
    return exact(-value if negative % 2 else value)


def _bare_run(shadow: str) -> Numeral | None:
    """Numbers that stand only where nothing else can: 壹, 俩, 幺八九."""
    found = read_mixed(shadow)
    if found is None or len(shadow) > LONGEST:
        return None
    return Numeral(0, found[1], found[0], found[0], found[0], "exact", "chinese")


@lru_cache(maxsize=1 << 16)
def _read(run: str) -> _Reading | None:
    """Read a run; pure, and the same few runs (一, 两, 2021) come again and again."""
    text = run.replace(" ", "")
    if text[0] not in "0123456789.":
        text = text.translate(_POINTS)
    if text.isdecimal():
        return _certain(int(text), len(text), "arabic")
    if text in _ALONE:
        return _certain(_ALONE[text], 1, "chinese")
    hedge = _HEDGE.search(text)
    reading = _hedged(text, hedge.start()) if hedge else _paired(text) or _plain(text)
    if reading is None or reading.length == len(run):
        return reading
    return reading._replace(length=_with_blanks(run, reading.length))


def _with_blanks(run: str, length: int) -> int:
    """How much of ``run`` holds ``length`` characters that are no blanks."""
    end = 0
    for char in run:
        if not length:
            break
        length, end = length - (char != " "), end + 1
    return end


def _certain(value: Exact, length: int, form: Form) -> _Reading:
    return _Reading(length, value, value, value, "exact", form)


def _plain(text: str) -> _Reading | None:
    found = _fraction_point(text) if text[0] == "." else read_mixed(text)
    if found is None:
        return None
    value, length = found
    arabic = text[0] in "0123456789."
    digits = not arabic and length > 1 and all(char in _DIGIT for char in text[:length])
    return _certain(value, length, "arabic" if arabic else "digits" if digits else "chinese")


def _fraction_point(text: str) -> tuple[Exact, int]:
    value, length = read_mixed("0" + text) or (0, 1)
    return value, length - 1


def _paired(text: str) -> _Reading | None:
    """三四百, 十七八, 五六: two neighbours in the same place mean a range."""
    found = _PAIR.search(text)
    if found is None:
        return None
    at = found.start()
    low, high = read_mixed(text[: at + 1] + text[at + 2 :]), read_mixed(text[:at] + text[at + 1 :])
    if low is None or high is None or low[1] != high[1] or low[1] <= at:
        return None
    return _Reading(low[1] + 1, None, low[0], high[0], "range", "chinese")


def _hedged(text: str, at: int) -> _Reading | None:
    """A run with 几, 数, 多, 余 or 来 in it: 几十, 十几万, 三十几, 一百几十, 十余万."""
    before, mark, after = text[:at], text[at], text[at + 1 :]
    form: Form = "arabic" if text[0] in "0123456789" else "chinese"
    few = mark in "几数"
    if few and (not before or after[:1] in tuple("十百千")):
        return _few(before, after, form) or (_plain(before) if before else None)
    base = before.rstrip("零") if few else before
    found = read_mixed(base + after) if base else None
    if found is None or found[1] < len(base) or (not few and found[1] == len(base)):
        return _plain(before) if before else None
    length = found[1] + 1 + len(before) - len(base)
    if few and base == "十":
        return _Reading(length, None, None, None, "approx", form)
    if mark == "来":
        return _Reading(length, found[0], None, None, "approx", form)
    return _Reading(length, found[0], found[0], None, "more", form)


def _few(before: str, after: str, form: Form) -> _Reading | None:
    """几百, 一百几十: an unknown figure before a scale."""
    found = read_mixed(before + "一" + after)
    return (
        _Reading(found[1], None, None, None, "approx", form) if found and found[1] > len(before) + 1 else None
    )


def _extended(shadow: str, end: int, reading: _Reading, start: int, depth: int) -> tuple[_Reading, int]:
    """What may follow a number and make another of it: 分之, 又, /, e5, k."""
    if depth <= _DEEPEST and (over := _OVER.match(shadow, end)):
        return _divided(shadow, over, reading, start)
    if reading.value is None or reading.modifier != "exact":
        return reading, end
    if depth < _DEEPEST and (joined := _AND.match(shadow, end)):
        return _with_fraction(shadow, joined, reading, depth)
    if reading.form != "arabic":
        return reading, end
    if slash := _SLASH.match(shadow, end):
        return _slashed(reading, end, slash)
    if depth < _DEEPEST and shadow[end] == " " and (numeral := _proper_fraction(shadow, end + 1, depth)):
        return _certain(reading.value + (numeral.value or 0), 0, "fraction"), numeral.end
    if power := _POWER.match(shadow, end):
        return _certain(reading.value * Fraction(10) ** int(power[1]), 0, "arabic"), power.end()
    if scale := _MORE_SCALES.match(shadow, end):
        return _certain(reading.value * _THOUSANDS[scale[1]], 0, "arabic"), scale.end()
    return reading, end


def _divided(shadow: str, over: re.Match[str], below: _Reading, start: int) -> tuple[_Reading, int]:
    """``below`` 分之 above; 百分之 on its own means per cent."""
    end, position = over.span()
    minus = -1 if shadow[position : position + 1] in ("负", "-") else 1
    above = numeral_at(shadow, position + (minus < 0), _DEEPEST)
    if above is None or not below.value or above.form in ("fraction", "percent"):
        return below, end
    percent = shadow[start:end].replace(" ", "") in ("百", "佰")
    factor = Fraction(minus) if percent else Fraction(minus) / below.value
    form: Form = "percent" if percent else "fraction"
    if above.modifier == "exact" and above.value is not None:
        return _certain(above.value * factor, 0, form), above.end
    value, low, high = (None if n is None else n * factor for n in above[2:5])
    return _Reading(0, value, low, high, above.modifier, form), above.end


def _with_fraction(shadow: str, joined: re.Match[str], whole: _Reading, depth: int) -> tuple[_Reading, int]:
    """一又二分之一"""
    end, position = joined.span()
    part = numeral_at(shadow, position, depth)
    if part is None or part.form != "fraction" or part.value is None or whole.value is None:
        return whole, end
    return _certain(whole.value + part.value, 0, "fraction"), part.end


def _proper_fraction(shadow: str, position: int, depth: int) -> Numeral | None:
    """The 3/5 of 1 3/5."""
    if not shadow[position : position + 1].isdecimal():
        return None
    numeral = numeral_at(shadow, position, depth)
    return numeral if numeral is not None and numeral.form == "fraction" else None


def _slashed(reading: _Reading, end: int, slash: re.Match[str]) -> tuple[_Reading, int]:
    """1/3: whole numbers on both sides."""
    if not isinstance(reading.value, int) or not int(slash[1]):
        return reading, end
    return _certain(Fraction(reading.value, int(slash[1])), 0, "fraction"), slash.end()
