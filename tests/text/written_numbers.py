"""Numbers written out in every form: the other direction of extractor.text.numerals, for its tests."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

DIGITS = "零一二三四五六七八九"
FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
TRADITIONAL = str.maketrans("万亿两零", "萬億兩零")
FULL_WIDTH = str.maketrans("0123456789.,", "０１２３４５６７８９．，")


def chinese(number: int) -> str:
    """一百零二, 三亿零五万: the spoken form with every scale."""
    if number == 0:
        return "零"
    text, zero = "", False
    for scale, name in ((10**16, "亿亿"), (10**12, "万亿"), (10**8, "亿"), (10**4, "万"), (1, "")):
        group, number = divmod(number, scale)
        if group:
            text += ("零" if text and (zero or group < 1000) else "") + _group(group) + name
        zero = bool(text) and not group
    return text.replace("万亿", "万亿") if "万亿" not in text else _joined_trillions(text)


def _joined_trillions(text: str) -> str:
    """三万亿零五亿 is written 三万零五亿: one 亿 closes both groups."""
    head, _, tail = text.partition("万亿")
    return f"{head}万{tail}" if "亿" in tail else text


def _group(number: int) -> str:
    text, zero = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, scale)
        if digit:
            text += ("零" if zero and text else "") + DIGITS[digit] + name
        zero = not digit
    return text


def colloquial(number: int) -> str:
    """三万五, 一百二, 十五, 两千: without the last scale, with 两 and a bare 十."""
    text = chinese(number)
    for scale, name in (("百", "十"), ("千", "百"), ("万", "千"), ("亿", "千万")):
        if text.endswith(name) and len(text) > len(name) + 1 and text[-len(name) - 2] == scale:
            text = text[: -len(name)]
            break
    text = text.replace("二千", "两千").replace("二万", "两万") if not text.startswith("十") else text
    text = text.replace("十两万", "十二万")
    return text[1:] if text.startswith("一十") else text


def mixed(number: int) -> str:
    """1亿2345万6千: Arabic figures with scales."""
    text = ""
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1000, "千")):
        figure, number = divmod(number, scale)
        text += f"{figure}{name}" if figure else ""
    return text + (f"零{number}" if text and number else str(number) if number or not text else "")


INTEGERS: dict[str, Callable[[int], str]] = {
    "arabic": str,
    "grouped": lambda number: f"{number:,}",
    "full width": lambda number: str(number).translate(FULL_WIDTH),
    "chinese": chinese,
    "formal": lambda number: chinese(number).translate(FORMAL),
    "traditional": lambda number: chinese(number).translate(TRADITIONAL),
    "colloquial": colloquial,
    "mixed": mixed,
    "digits": lambda number: "".join(DIGITS[int(char)] for char in str(number)),
}


def chinese_decimal(number: Decimal) -> str:
    """三点一四"""
    whole, _, decimals = f"{number:f}".partition(".")
    return chinese(int(whole)) + ("点" + "".join(DIGITS[int(char)] for char in decimals) if decimals else "")


DECIMALS: dict[str, Callable[[Decimal], str]] = {
    "arabic": lambda number: f"{number:f}",
    "grouped": lambda number: f"{number:,f}",
    "full width": lambda number: f"{number:f}".translate(FULL_WIDTH),
    "chinese": chinese_decimal,
    "formal": lambda number: chinese_decimal(number).translate(FORMAL),
    "scaled": lambda number: f"{number:f}万",
}
