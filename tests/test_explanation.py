from __future__ import annotations

import pytest

from extractor.explanation import explain
from extractor.extraction import Extractor
from extractor.text.document import read_document

TEXT = "第三届大会有12家企业、近400人参加，2024年3月5日在常州举行。"


@pytest.fixture(scope="module")
def explained(nlp):
    return lambda text: explain(Extractor(nlp), read_document(text, doc_id="a", everything=True))


def test_every_number_has_its_fate(explained):
    found = explained(TEXT)
    assert [(one.text, one.fate) for one in found] == [
        ("三届", "class"),
        ("12家", "statistic"),
        ("近400人", "statistic"),
        ("2024年3月5日", "class"),
    ]
    assert [bool(one.rule) for one in found] == [True] * 4
    assert [one.statistic.value for one in found if one.statistic] == [12, 400]


def test_places_are_those_of_the_source(explained):
    text = "常住(zhu)人口12656.8萬(wan)人"
    (one,) = explained(text)
    assert text[one.start : one.end] == one.text == "12656.8萬(wan)人"


def test_a_number_in_a_name_says_which_name(explained):
    found = explained("云泽市第三人民医院有床位820张。")
    assert [(one.text, one.fate) for one in found][-1] == ("820张", "statistic")
    assert "云泽市第三人民医院" not in [one.text for one in found]


def test_digits_that_no_form_fits_are_told_too(explained):
    assert explained("没有数字。") == []
    assert [one.text for one in explained("型号ZX81B的机器")] == ["81"]
