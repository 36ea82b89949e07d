from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.paths import default_model
from extractor.text.cleaning import clean
from extractor.text.rules import failing_examples, load_rules
from extractor.text.script import to_shadow


def test_rule_file_bears_out_its_examples() -> None:
    rules = load_rules(default_model() / "rules" / "cleaning.toml")
    assert len(rules.rules) == 6
    assert failing_examples(rules) == []


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("户(hu)(hu)籍(ji)人口85.4萬(wan)人", "户籍人口85.4萬人"),
        ("制度(dù)的基（jī）石", "制度的基石"),
        ("臨江［jiāng］區", "臨江區"),
        ("涪（fú）城，旅(lü)客、旅(lv)客", "涪城，旅客、旅客"),
        ("民( min2 )政", "民政"),
        ("常(chánɡ)住(zhù)，大(dɑ)桥", "常住，大桥"),
        ("社\u200b區\ufeff有\u202a12\u202c戶\u00ad居民", "社區有12戶居民"),
        ("甲&nbsp;乙&amp;丙&#25143;&#x4EBA;&amp;nbsp;&ldquo;丁&rdquo;", "甲 乙&丙户人 “丁”"),
        ("一\u3000\u3000二 \xa0 三", "一\u3000二 三"),
        ("項目\t  2021 \t 2020", "項目\t2021\t2020"),
        ("甲&nbsp; &nbsp;乙 \u200b 丙", "甲 乙 丙"),
        ("住\u200b(zhu)&#25143;(hu)民(&#109;in)", "住户民"),
        ('<p class="a">第一段</p><p>第二<b>段</b><br/>', "\n第一段\n\n第二段\n"),
        ("临 江 市 统 计 局 公 报：增长", "临江市统计局公报：增长"),
        ("甲&nbsp乙&nbsp&nbsp丙", "甲 乙 丙"),
        ("第一行\r\n\r\n第二行  \n", "第一行\n\n第二行 \n"),
    ],
)
def test_noise_is_cut(source: str, text: str) -> None:
    assert clean(source).text == text


@pytest.mark.parametrize(
    "source",
    [
        "中国（China）的总值(GDP)增长",
        "阿里(Ali)与阿里(ali)巴巴",
        "世卫组织（who）和世贸组织(wto)",
        "甲方(jia fang)、乙方(he)",
        "绵阳（miányáng）",
        "德 国、龚 正",
        "R&D;经费，a&b",
        "3<5且7>6，<甲>",
        "上?！?00433",
        "如图(a)和(b)所示，见(1)",
        "每股(yuan)",
    ],
)
def test_what_means_something_stays(source: str) -> None:
    assert clean(source).noise == 0
    assert clean(source).text == source


def test_way_back_covers_first_to_last_source_character() -> None:
    source = "常(chang)住人口85.4萬(wan)&#25143;。"
    cleaned = clean(source)
    start, end = cleaned.text.index("85.4"), cleaned.text.index("户") + 1
    last = end - 1
    assert cleaned.text[start:end] == "85.4萬户"
    assert (
        source[cleaned.offsets[start] : cleaned.offsets[last] + cleaned.widths.get(last, 1)]
        == "85.4萬(wan)&#25143;"
    )
    assert cleaned.noise == len("(chang)(wan)&#25143;") - 1


@given(st.text("人常(chang)住zhù （）\u200b&nbsp;\u3000\t\r\n萬12&#25143;"))
def test_every_character_is_found_again(source: str) -> None:
    cleaned = clean(source)
    assert len(cleaned.offsets) == len(cleaned.text) + 1
    assert cleaned.offsets[-1] == len(source)
    assert list(cleaned.offsets) == sorted(set(cleaned.offsets))
    for index, char in enumerate(cleaned.text):
        assert index in cleaned.widths or source[cleaned.offsets[index]] == char
    assert cleaned.noise == len(source) - len(cleaned.text)
    assert cleaned.shadow == to_shadow(cleaned.text)
    assert cleaned.text.count("\n") == source.count("\n")


@pytest.mark.parametrize(
    "piece", ["(", "(a", "人(ren)", "&", "&amp;", " ", "\u200b", "&nbsp;", "\r", "<p ", "<p>", "人 "]
)
def test_a_megabyte_takes_seconds_at_most(piece: str) -> None:
    source = piece * (1_000_000 // len(piece))
    started = time.process_time()
    clean(source)
    assert time.process_time() - started < 5
