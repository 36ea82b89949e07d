from __future__ import annotations

import pytest

from extractor.text.credits import find_names, read_date, read_stamp
from extractor.text.script import to_shadow


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("发布时间：2021-06-30 08:15", "2021-06-30T08:15:00"),
        ("2021年6月3日　来源：云岭网", "2021-06-03"),
        ("2021/06/30 下午3:05:09", "2021-06-30T15:05:09"),
        ("2021.6.3 星期四 12:00", "2021-06-03T12:00:00"),
        ("中華民國110年6月30日", "2021-06-30"),
        ("二〇二一年十二月三十一日", "2021-12-31"),
        ("发布时间: 21-06-30 08:15", "2021-06-30T08:15:00"),
        ("2021年06月30日08时15分", "2021-06-30T08:15:00"),
        ("2021-06-30T08:15:00+08:00", "2021-06-30T08:15:00"),
        ("2021年13月30日", ""),
        ("增长2021.5万元", ""),
        ("没有日期", ""),
    ],
)
def test_date_of_a_line(line: str, date: str) -> None:
    assert read_date(to_shadow(line)) == date


def test_label_chooses_among_dates() -> None:
    line = "成文日期:2021-06-28 发布日期:2021-06-30"
    assert read_date(line) == "2021-06-28"
    assert read_date(line, label="发") == "2021-06-30"
    assert read_date("2021-06-28", label="发") == ""


def test_stamp_of_a_taiwan_agency() -> None:
    assert read_stamp("(编辑:陈大文)1110510") == "2022-05-10"
    assert read_stamp("(编辑:陈大文)111051") == ""


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("張小平 李海", ["張小平", "李海"]),
        ("张小平、李海和王芳", ["张小平", "李海", "王芳"]),
        ("赵 云 李 海", ["赵云", "李海"]),
        ("叶卫东王文芳", ["叶卫东", "王文芳"]),
        ("刘璇许雷", ["刘璇", "许雷"]),
        ("張小平通訊員李海", ["張小平", "李海"]),
        ("欧阳明月", ["欧阳明月"]),
        ("嚴陳美蓮", ["嚴陳美蓮"]),
        ("王芳台北5日電", ["王芳"]),
        ("王文芳华盛顿5日电", ["王文芳"]),
        ("陳大文／高雄報導", ["陳大文"]),
        ("约翰·史密斯", ["约翰·史密斯"]),
        ("本报评论员", []),
        ("明德学院", []),
        ("佚名", []),
        ("小编", []),
        ("王", []),
    ],
)
def test_names_in_a_byline(byline: str, names: list[str]) -> None:
    assert list(find_names(byline, to_shadow(byline), 0, len(byline))) == names
