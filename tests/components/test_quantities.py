from __future__ import annotations

import spacy
from spacy.tokens import Doc

from extractor.components.quantities import QuantityMatcher
from extractor.components.state import quantities, set_shadow
from extractor.paths import default_model
from extractor.text.script import to_shadow


def read(text: str, user: str = "") -> Doc:
    doc = Doc(spacy.blank("xx").vocab, words=list(text), spaces=[False] * len(text))
    set_shadow(doc, to_shadow(text))
    return QuantityMatcher(default_model(), user)(doc)


def test_rows_hold_exact_strings() -> None:
    text = "商戶1900餘家，占1/3，林地1.5公頃"
    rows = quantities(read(text))
    assert [text[row.start : row.end] for row in rows] == ["1900餘家", "1/3", "1.5公頃"]
    assert [(row.value, row.low, row.high) for row in rows] == [
        ("1900", "1900", ""),
        ("1/3", "1/3", "1/3"),
        ("1.5", "1.5", "1.5"),
    ]
    assert [(row.unit, row.modifier, row.base_value, row.base_unit) for row in rows] == [
        ("家", "more", "", ""),
        ("", "exact", "", ""),
        ("公顷", "exact", "15000", "平方米"),
    ]


def test_a_comma_between_plain_digits_is_seen_in_the_text() -> None:
    assert [row.value for row in quantities(read("得分20，300元"))] == ["20", "300"]
