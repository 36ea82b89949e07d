"""Documents for these tests: figures in 【】, entities named by the test, everything else as the pipeline does it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from conftest import unmark
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extractor.components import state
from extractor.components._rebuilding import rebuild
from extractor.components.state import EntityRow, MentionRow, QuantityRow, ReferenceRow, StatisticRow
from extractor.components.statistics import StatisticsReader
from extractor.components.tokenizer import JiebaTokenizer
from extractor.paths import default_model
from extractor.text.sentences import find_sentences

_BEFORE = "近|约|超过?|逾|不足|不到|突破|上|至少|低于|不超过"
_NUMBER = re.compile(
    rf"^(?:{_BEFORE})?[\d.,一二三四五六七八九十百千万亿几数两半零过—~至到/]+(?:分之[一二三四五六七八九十百]+)?[多余]?[万亿]*[多余]?"
)
_UNITS = {
    "percent": "% 成", "points": "百分点 个百分点 分", "times": "倍", "age": "岁", "duration": "年 天 个月 小时",
    "money": "元 美元 港元 兆元", "length": "米 公里 毫米", "area": "平方公里 平方米 亩 公顷", "energy": "兆瓦",
    "mass": "吨 公斤", "volume": "立方米", "temperature": "摄氏度",
}  # fmt: skip
_DIMENSIONS = {unit: dimension for dimension, units in _UNITS.items() for unit in units.split()} | {
    "": "bare"
}


@cache
def reader() -> StatisticsReader:
    """The component with the shipped data."""
    return StatisticsReader(default_model())


@cache
def _tokenizer() -> JiebaTokenizer:
    return JiebaTokenizer(Vocab())


def document(
    marked: str, entities: Mapping[str, str] | None = None, references: Mapping[str, str] | None = None
) -> Doc:
    """A Doc as the resolver and linking leave it.

    ``entities`` maps each name in the text to label or label/kind; ``references`` maps definite forms to
    names.
    """
    text, spans = unmark(marked)
    doc = _tokenizer()(text)
    names = entities or {}
    rows = [_entity(name, kind) for name, kind in names.items()]
    mentions = sorted(_mentions(text, names))
    quantities = [_quantity(state.shadow(doc), span) for span in spans]
    cuts = [(row.start, row.end, row.label) for row in mentions]
    cuts += [(row.start, row.end, "QUANTITY") for row in quantities]
    doc, _ = rebuild(doc, sorted(cuts), [start for start, _ in find_sentences(state.shadow(doc))])
    state.write_rows(doc, "entities", rows)
    state.write_rows(doc, "mentions", mentions)
    state.write_rows(doc, "quantities", quantities)
    state.write_rows(doc, "references", _references(text, references or {}, list(names)))
    return doc


def read(
    marked: str, entities: Mapping[str, str] | None = None, references: Mapping[str, str] | None = None
) -> list[StatisticRow]:
    """What the component says of each figure, in order."""
    rows = state.statistics(reader()(document(marked, entities, references)))
    assert len(rows) == marked.count("【")
    return rows


def _entity(name: str, label: str) -> EntityRow:
    label, _, kind = label.partition("/")
    return EntityRow(name, label, kind, name, (), "", "", (), ())


def _mentions(text: str, names: Mapping[str, str]) -> list[MentionRow]:
    rows: list[MentionRow] = []
    taken: set[int] = set()
    for name in sorted(names, key=len, reverse=True):
        label, _, kind = names[name].partition("/")
        for match in re.finditer(re.escape(name), text):
            if not taken & set(range(*match.span())):
                taken |= set(range(*match.span()))
                index = list(names).index(name)
                rows.append(
                    MentionRow(match.start(), match.end(), label, kind, "test", 1.0, False, index, "")
                )
    return rows


def _references(text: str, references: Mapping[str, str], names: list[str]) -> list[ReferenceRow]:
    return [
        ReferenceRow(match.start(), match.end(), names.index(name), "test")
        for form, name in references.items()
        for match in re.finditer(re.escape(form), text)
    ]


def _quantity(shadow: str, span: tuple[int, int]) -> QuantityRow:
    start, end = span
    text = shadow[start:end]
    number = _NUMBER.match(text)
    assert number is not None, text
    unit = re.sub(r"(?:多|余)?(?:以上|以下|左右)?$", "", text[number.end() :])
    dimension = _DIMENSIONS.get(unit, "count")
    if "分之" in text or text in ("一半", "半数"):
        unit, dimension = ("%", "percent") if text.startswith("百分之") else ("", "ratio")
    unit = {"成": "%", "个百分点": "百分点"}.get(unit, unit)
    return QuantityRow(
        start, end, start, start + number.end(), "", "", "", "exact", unit, dimension, "", "", "test"
    )
