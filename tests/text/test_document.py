from __future__ import annotations

import itertools
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.text.document import read_document
from extractor.text.script import to_shadow

PAGE = (
    "云岭网 > 要闻\n临江区志願隊走進社區\n来源：云岭日报 2021-06-30 08:15\n\n"
    "  志愿队有队员1.2萬(wan)&#25143;，走进社\u200b区20個。\n\n(责编：林小梅)\n"
)


def test_text_is_headline_and_body_without_noise() -> None:
    document = read_document(PAGE)
    assert document.text == "临江区志願隊走進社區\n志愿队有队员1.2萬户，走进社区20個。"
    assert document.shadow == to_shadow(document.text)
    assert document.noise == len("(wan)") + len("&#25143;") - 1 + len("\u200b") + len(" ")


def test_everything_reads_the_furniture_too() -> None:
    document = read_document(PAGE, everything=True)
    assert document.text.startswith("云岭网 > 要闻\n")
    assert document.text.endswith("(责编：林小梅)\n")
    assert read_document(PAGE).body_start == document.body_start


@pytest.mark.parametrize(
    ("read", "written"),
    [
        ("1.2萬户", "1.2萬(wan)&#25143;"),
        ("社区20個", "社\u200b区20個"),
        ("临江区", "临江区"),
        ("個。", "個。"),
    ],
)
@pytest.mark.parametrize("everything", [False, True])
def test_span_in_source_runs_from_first_to_last_character(read: str, written: str, everything: bool) -> None:
    document = read_document(PAGE, everything=everything)
    start = document.text.index(read)
    low, high = document.to_source(start, start + len(read))
    assert document.source[low:high] == written


def test_empty_span_has_a_place() -> None:
    document = read_document("临江区")
    assert document.to_source(1, 1) == (1, 1)
    assert read_document("").to_source(0, 0) == (0, 0)


def test_metadata_fills_what_the_text_does_not_say() -> None:
    meta = {
        "title": "别的标题",
        "published": "2020-01-01",
        "publisher": "别的报",
        "site": "别的网",
        "author": "张小平；李海",
        "editor": "王芳",
    }
    document = read_document(PAGE, meta=meta)
    assert (document.title, document.published) == ("临江区志願隊走進社區", "2021-06-30T08:15:00")
    assert (document.publisher, document.site) == ("云岭日报", "云岭网")
    assert (document.authors, document.editor) == (("张小平", "李海"), "林小梅")
    assert read_document("人口增长。", meta=meta).title == "别的标题"


def test_document_carries_what_it_was_given() -> None:
    document = read_document(PAGE, doc_id="a", path="a.txt", extra={"batch": 3})
    assert (document.doc_id, document.path, document.extra) == ("a", "a.txt", {"batch": 3})
    assert pickle.loads(pickle.dumps(document)) == document


def test_script_is_that_of_what_is_read() -> None:
    assert (
        read_document("志願隊走進社區，關係到發展。\n\n无码|成人|激情|麻豆|国产|久久|动漫").script
        == "traditional"
    )


LINES = st.lists(
    st.sampled_from(
        [
            "云岭网 > 要闻",
            "临江区志願隊走進社區",
            "来源：云岭日报 2021-06-30 08:15",
            "志愿队有队员1.2萬(wan)&#25143;，走进社\u200b区20個。",
            "麻豆精品| 高清在线| 激情视频| 人妻字幕| 成人动漫| 日韩制服| 丝袜美女",
            "分享到：",
            "作者 周海",
            "责任编辑：林小梅",
            "相关新闻",
            "",
            "  ",
            "0",
        ]
    ),
    max_size=14,
)


@given(LINES.map("\n".join), st.booleans())
def test_laws_of_a_document(source: str, everything: bool) -> None:
    document = read_document(source, everything=everything)
    assert len(document.offsets) == len(document.text) + 1
    assert len(document.shadow) == len(document.text)
    assert list(document.offsets) == sorted(set(document.offsets))
    assert 0 <= document.body_start <= document.body_end <= len(source)
    for place, char in enumerate(document.text):
        low, high = document.to_source(place, place + 1)
        assert document.source[low:high] == char or place in document.widths
    spans = [(region.start, region.end) for region in document.regions]
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))


@given(st.text("临江区有人口萬，。\n |_>:：来源作者记者(（12月日電无码"))
def test_any_text_is_read(source: str) -> None:
    document = read_document(source)
    assert document.offsets[-1] <= len(source)
