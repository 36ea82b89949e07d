"""Whole pages, invented in the manner of the sites they stand for, and the parts that are told apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.paths import default_model
from extractor.text.document import Document, read_document
from extractor.text.rules import failing_examples, load_rules

PAGES = Path(__file__).parent / "pages"


def page(name: str) -> Document:
    return read_document((PAGES / f"{name}.txt").read_text(encoding="utf-8"), doc_id=name)


def body(document: Document) -> str:
    return document.source[document.body_start : document.body_end]


def parts(document: Document, kind: str) -> list[str]:
    return [document.source[region.start : region.end] for region in document.regions if region.kind == kind]


def test_rule_file_bears_out_its_examples() -> None:
    rules = load_rules(default_model() / "rules" / "layout.toml")
    assert len(rules.rules) > 20
    assert failing_examples(rules) == []


@pytest.mark.parametrize(
    ("name", "title", "published", "publisher", "site", "authors", "editor"),
    [
        (
            "portal",
            "临江大桥社区：小广场办成大事情",
            "2021-06-30T08:15:00",
            "云岭日报",
            "云岭新闻网",
            ("张小平", "李海", "王文芳"),
            "林小梅",
        ),
        ("government", "2023年临江市政府工作报告", "2023-01-20T09:02:33", "临江日报", "", (), ""),
        (
            "agency_tw",
            "高雄旗津渡輪新增三航班　每日可多載1200人",
            "2022-05-10T18:20:00",
            "中央社",
            "",
            ("王芳",),
            "林強、陳美玉",
        ),
        (
            "newspaper_tw",
            "合歡山下大雪！清境農場湧入近8000遊客",
            "2022-12-18T11:32:00",
            "島嶼日報",
            "",
            ("陳大文",),
            "",
        ),
        ("hongkong", "屯門新碼頭啟用　首日1,500人次乘搭 (08:25)", "", "", "", ("周志明",), ""),
        ("repost", "临江创业园三年孵化企业260家", "2022-03-08T17:30:00", "临江发布", "", ("周海燕",), "郑洁"),
        ("bulletin", "临江市2012年国民经济和社会发展统计公报", "2013-03-20", "", "", (), ""),
        (
            "farm_tw",
            "臨江區志願服務:六百人走進二十個村",
            "2022-06-03T15:05:00",
            "中新社",
            "雲嶺網",
            ("周海",),
            "劉芳",
        ),
    ],
)
def test_imprint_of_a_page(
    name: str, title: str, published: str, publisher: str, site: str, authors: tuple[str, ...], editor: str
) -> None:
    read = page(name)
    assert read.title == title
    assert (read.published, read.publisher, read.site) == (published, publisher, site)
    assert (read.authors, read.editor) == (authors, editor)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("portal", "云岭日报临江6月29日电", "居民孙大妈说。"),
        ("government", "市长　赵 云", "建成标准厂房12万平方米。"),
        ("agency_tw", "（中央社記者王芳高雄10日電）", "載客量達480萬人次。（編輯：林強／陳美玉）1110510"),
        ("newspaper_tw", "【記者陳大文／南投報導】", "※ 提醒您：喝酒不開車"),
        ("hongkong", "屯門新碼頭啟用", "4,200戶居民受惠。"),
        ("repost", "文/周海燕", "今年再建厂房2万平方米。"),
        ("bulletin", "临江市2012年", "数据来源：临江市统计局\n"),
        ("farm_tw", "中新社臨江6月3日電", "大橋鎮最受益。(完)"),
    ],
)
def test_body_of_a_page(name: str, first: str, last: str) -> None:
    read = body(page(name))
    assert read.startswith(first)
    assert read.endswith(last)
