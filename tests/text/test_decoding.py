from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import InputError
from extractor.text.decoding import declared_charset, decode

SIMPLIFIED = "临江区去年新增企业一千二百余家，朱镕桥社区有居民3.5万人。\n负责人陶喆说，增长8％。"
TRADITIONAL = "臨江區去年新增企業一千二百餘家，深水埗社區有居民3.5萬人。\n負責人陳偉說，嘅確增長8％。"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SIMPLIFIED, "utf-8"),
        (SIMPLIFIED, "gb18030"),
        (SIMPLIFIED, "utf-16-le"),
        (SIMPLIFIED, "utf-16-be"),
        (TRADITIONAL, "utf-8"),
        (TRADITIONAL, "gb18030"),
        (TRADITIONAL, "big5hkscs"),
        (TRADITIONAL, "utf-16-le"),
        ("人口十二万", "gb18030"),
        ("人口十二萬", "big5hkscs"),
        ("你好", "gb18030"),
        ("plain text", "utf-8"),
        ("plain text, twice as wide", "utf-16-le"),
    ],
)
def test_encoding_is_told_from_the_bytes(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, encoding)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"\xef\xbb\xbf" + SIMPLIFIED.encode(), "utf-8"),
        (b"\xff\xfe" + SIMPLIFIED.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + SIMPLIFIED.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_byte_order_mark_decides_and_goes(data: bytes, encoding: str) -> None:
    assert decode(data) == (SIMPLIFIED, encoding)


@pytest.mark.parametrize(
    ("declared", "text", "encoding"),
    [
        ("gb2312", SIMPLIFIED, "gb18030"),
        ("GBK", TRADITIONAL, "gb18030"),
        ("big5", TRADITIONAL, "big5hkscs"),
        ("Big5", SIMPLIFIED, "gb18030"),
        ("gb2312", SIMPLIFIED, "utf-8"),
        ("no-such-charset", SIMPLIFIED, "gb18030"),
    ],
)
def test_declared_charset_is_widened_and_believed_where_it_fits(
    declared: str, text: str, encoding: str
) -> None:
    assert decode(text.encode(encoding), declared=declared) == (text, encoding)


def test_forced_encoding_is_widened() -> None:
    assert decode("朱镕桥".encode("gb18030"), encoding="gb2312") == ("朱镕桥", "gb18030")
    assert decode("café".encode("latin-1"), encoding="latin-1").text == "café"


@pytest.mark.parametrize(
    ("data", "options", "problem"),
    [
        (b"", {}, "news.txt: is empty"),
        (b"\xef\xbb\xbf \r\n", {}, "news.txt: is empty"),
        (bytes(range(256)) * 4, {}, "news.txt: is binary, not text; give a text file"),
        (b"abc\0\x01\x02def" * 9, {}, "news.txt: is binary, not text; give a text file"),
        (b"\x01\x02\x03abc" * 9, {}, "news.txt: is binary, not text; give a text file"),
        (b"%PDF-1.7 \xe2\xe3", {}, "news.txt: is a PDF file, not text"),
        (
            "プレスリリースのお知らせです。".encode("shift-jis") * 3,
            {},
            "news.txt: is in no known encoding: UTF-8 breaks at byte 0",
        ),
        (SIMPLIFIED.encode()[:-1] * 3, {}, "is in no known encoding"),
        ("臨江".encode("big5"), {"encoding": "utf-8"}, "news.txt: is not utf-8"),
        (b"abc", {"encoding": "klingon"}, "news.txt: there is no encoding 'klingon'"),
        (b"abc", {"encoding": "base64"}, "news.txt: there is no encoding 'base64'"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, options: dict[str, str], problem: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(data, path="news.txt", **options)
    assert problem in str(caught.value)
    assert "\n" not in str(caught.value)


def test_line_ends_become_line_feeds() -> None:
    assert decode("甲\r\n乙\r丙\n".encode()).text == "甲\n乙\n丙\n"


@pytest.mark.parametrize(
    ("page", "charset"),
    [
        (b'<html><meta charset="GB2312">', "gb2312"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=big5">', "big5"),
        (b'<?xml version="1.0" encoding="utf-8"?>', "utf-8"),
        (b"<html><body>", ""),
    ],
)
def test_charset_that_a_page_declares(page: bytes, charset: str) -> None:
    assert declared_charset(page) == charset


COMMON = "今年全市社區企業增長人口萬億元國家發展經濟建設年底達到工作居民服務會議主要在中的了是有和，。"


@given(st.text(COMMON, min_size=12, max_size=60), st.sampled_from(["gb18030", "big5hkscs"]))
def test_common_characters_come_back_from_either_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, encoding)
