r"""The shadow: what rules, dictionaries and models read in place of the text, character for character.

Every character stands where it stood, so an offset into the shadow is an offset into the text:

- traditional characters and regional forms are simplified (國 → 国, 裡 → 里, 衞 → 卫), in a few words by
  the word (計畫 → 计划, 瞭解 → 了解, 隨著 → 随着; 乾隆 stays),
- full-width letters, digits and signs are ASCII: ％ ／ ． ＋ － ～ ＄ ＃ ＠ ＆ ＊ ＝ ＜ ＞ ｜ ［ ］ ｛ ｝ and
  （ ） ， ； ： ！ ？ → ( ) , ; : ! ?; ￥ → ¥, ￡ → £; ∶ ︰ → :, ﹪ → %, ‐ ‑ − → -, 〜 ∼ → ~, ∕ → /,
- 「 」 → “ ”, 『 』 → ‘ ’, 〈 〉 → 《 》, ‧ ・ • ∙ → ·, ― ─ → —, ⋯ → …, 丨 │ → |,
- radicals that PDF files hold for characters (⻄ → 西, ⼈ → 人) are mended, compatibility forms too,
- every kind of blank is " " (also U+00A0 and U+3000), every kind of line end "\n" (also "\r").

What stays: 。 、 《 》 “ ” ‘ ’ 【 】 〔 〕 · — – … 〇 ○ ℃ ㎡ ① ² Ⅳ, the tab, letter case, and invisible
characters (cleaning cuts them out of the text beforehand).

The tables are ``models/zh_news/script/*.tsv``; each names its source.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from extractor.errors import RuleError
from extractor.paths import default_model
from extractor.text.rules import one_of

Script: TypeAlias = Literal["simplified", "traditional", "mixed"]

# Mended first, simplified second: U+FA0A is 見, and 見 is read 见.
_MENDED = ("compatibility", "radicals", "widths")
_SIMPLIFIED = ("traditional", "variants")
# A page in one script still quotes a few characters of the other.  Of 2,029 pages of Taiwan, Hong Kong and
# mainland news, 2,027 had a share below .05 or above .88; the other two do mix the scripts.
_FEW, _MOST = 0.15, 0.85
_SHORT = 50  # characters up to which ``str.translate`` is the faster way


def to_shadow(text: str) -> str:
    """``text`` as rules read it; the same length, position for position."""
    shadow = text.translate(_table()) if len(text) < _SHORT else _text(_readings()[_points(text)])
    pattern, readings = _phrases()
    if pattern.search(text) is None:
        return shadow
    pieces, done = [], 0
    for match in pattern.finditer(text):
        pieces += [shadow[done : match.start()], readings[match.group()]]
        done = match.end()
    return "".join([*pieces, shadow[done:]])


def script_of(text: str) -> Script:
    """Which characters a text is written in, by those that belong to one script alone.

    Text without any such character counts as simplified.
    """
    points = _points(text)
    traditional = int(np.count_nonzero(_belonging("traditional")[points]))
    simplified = int(np.count_nonzero(_belonging("simplified")[points]))
    share = traditional / (traditional + simplified) if traditional + simplified else 0.0
    if _FEW < share < _MOST:
        return "mixed"
    return "traditional" if share >= _MOST else "simplified"


@cache
def _table() -> dict[int, str]:
    """Code point to character, for ``str.translate``."""
    simplified = {written: read for name in _SIMPLIFIED for written, read in _pairs(name)}
    mended = {written: read for name in _MENDED for written, read in _pairs(name)}
    whole = {written: mended.get(read, read) for written, read in mended.items()}
    table = {ord(written): simplified.get(read, read) for written, read in whole.items()}
    return {ord(written): read for written, read in simplified.items()} | table


@cache
def _phrases() -> tuple[re.Pattern[str], dict[str, str]]:
    readings = dict(_pairs("phrases"))
    return re.compile(one_of(readings)), readings


@cache
def _readings() -> NDArray[np.uint32]:
    """For every code point the one it is read as; on a long text ten times as fast as ``str.translate``."""
    readings = np.arange(sys.maxunicode + 1, dtype="<u4")
    for written, read in _table().items():
        readings[written] = ord(read)
    return readings


@cache
def _belonging(name: str) -> NDArray[np.bool_]:
    """For every code point whether it belongs to one script."""
    belonging = np.zeros(sys.maxunicode + 1, dtype=np.bool_)
    belonging[[ord(written) for written, _ in _pairs(name)]] = True
    return belonging


def _points(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def _text(points: NDArray[np.uint32]) -> str:
    return points.tobytes().decode("utf-32-le", "surrogatepass")


def _pairs(name: str) -> Iterator[tuple[str, str]]:
    for written, read in read_table(name):
        if len(written) != len(read):
            raise RuleError(f"script/{name}.tsv: {written} and {read} must have the same length")
        yield written, read


def read_table(name: str) -> Iterator[tuple[str, str]]:
    """The two columns of ``models/zh_news/script/<name>.tsv``; what does not print stands as U+00A0 there."""
    path = default_model() / "script" / f"{name}.tsv"
    lines = path.read_text(encoding="utf-8").split("\n")
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return ((_sign(written), _sign(read)) for written, read in rows if written != "written")


def _sign(cell: str) -> str:
    return chr(int(cell[2:], 16)) if cell.startswith("U+") else cell
