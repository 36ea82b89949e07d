from __future__ import annotations

import time
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from extractor.text.numerals import Numeral, find_numerals, parse_number
from extractor.text.script import to_shadow
from tests.text.written_numbers import DECIMALS, INTEGERS

integers = st.one_of(
    st.integers(0, 10**16), st.integers(0, 10**5), st.integers(1, 9).map(lambda n: n * 10**7)
)
decimals = st.decimals(0, 10**9, allow_nan=False, allow_infinity=False, places=4)


@pytest.mark.parametrize("form", INTEGERS)
@settings(max_examples=300)
@given(number=integers)
def test_every_integer_reads_back(form: str, number: int) -> None:
    text = INTEGERS[form](number)
    assume(not (form == "digits" and len(text) == 2))  # 八九 is eight or nine
    assert parse_number(text) == number


@pytest.mark.parametrize("form", DECIMALS)
@settings(max_examples=200)
@given(number=decimals)
def test_every_decimal_reads_back_exactly(form: str, number: Decimal) -> None:
    wanted = Fraction(number) * (10_000 if form == "scaled" else 1)
    assert Fraction(parse_number(DECIMALS[form](number)) or 0) == wanted


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三千五", 3_500),
        ("两万八", 28_000),
        ("一百零二", 102),
        ("二百五十万三", 2_503_000),
        ("壹佰贰拾", 120),
        ("二〇二一", 2021),
        ("1亿7千6百万", 176_000_000),
        ("3万5千", 35_000),
        ("200亿零四千230", 20_000_004_230),
        ("三点五千万", 35_000_000),
        ("12 656.8", None),
        ("廿三", 23),
        ("卅", 30),
        ("兩億", 200_000_000),
        ("五兆六十二亿", 5_006_200_000_000),
        ("一万亿亿", 10**20),
        ("-3.5", Decimal("-3.5")),
        ("负二十", -20),
        ("3/4", Decimal("0.75")),
        ("三分之一", Fraction(1, 3)),
        ("一又二分之一", Decimal("1.5")),
        ("百分之五十二点三", Decimal("0.523")),
        ("45%", Decimal("0.45")),
        ("2.5e3", 2_500),
        ("40k", 40_000),
        ("幺八九", 189),
        ("", None),
        ("十几", None),
        ("三四百", None),
        ("五十千", None),
        ("一百零", None),
        ("甲乙", None),
        ("1" * 60, None),
    ],
)
def test_a_text_that_is_one_number(text: str, value: object) -> None:
    assert parse_number(text) == value


def one(text: str) -> Numeral:
    found = list(find_numerals(to_shadow(text)))
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("text", "written", "value", "low", "high", "modifier"),
    [
        ("十几个", "十几", None, None, None, "approx"),
        ("三十几个", "三十几", 30, 30, None, "more"),
        ("几百万人", "几百万", None, None, None, "approx"),
        ("一百几十席", "一百几十", None, None, None, "approx"),
        ("二十几万", "二十几万", 200_000, 200_000, None, "more"),
        ("3百多萬輛", "3百多萬", 3_000_000, 3_000_000, None, "more"),
        ("十来万", "十来万", 100_000, None, None, "approx"),
        ("三四百家", "三四百", None, 300, 400, "range"),
        ("三百六七十人", "三百六七十", None, 360, 370, "range"),
        ("十七八岁", "十七八", None, 17, 18, "range"),
        ("百分之二三十", "百分之二三十", None, 20, 30, "range"),
        ("12 亿元", "12 亿", 1_200_000_000, 1_200_000_000, 1_200_000_000, "exact"),
        ("15.2万千瓦", "15.2万", 152_000, 152_000, 152_000, "exact"),
        ("4万兆瓦", "4万", 40_000, 40_000, 40_000, "exact"),
        ("近8万人", "8万", 80_000, 80_000, 80_000, "exact"),
    ],
)
def test_a_numeral_has_bounds(
    text: str, written: str, value: int | None, low: int | None, high: int | None, modifier: str
) -> None:
    found = one(text)
    assert text[found.start : found.end] == written
    assert (found.value, found.low, found.high, found.modifier) == (value, low, high, modifier)


def test_figures_that_do_not_belong_together_stay_apart() -> None:
    text = "近9万60岁以上老人，2022一季度"
    assert [text[found.start : found.end] for found in find_numerals(text)] == ["9万", "60", "2022", "一"]


@given(st.text("零一二两三四五六七八九十百千万亿几多余来半点分之0123456789.,/ 又", max_size=60))
def test_numerals_are_in_order_and_apart(text: str) -> None:
    found = list(find_numerals(text))
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(each.start < each.end <= len(text) for each in found)


@pytest.mark.parametrize(
    "unit", ["1", "一", "(", "1,", "一十", "万", "几", "1.", "百分之", "三四", "1/", "9又"]
)
def test_a_megabyte_takes_linear_time(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    started = time.process_time()
    for _ in find_numerals(text):
        pass
    assert time.process_time() - started < 8
