from __future__ import annotations

import pytest

from extractor.text.linkfarms import farm_start, is_section, links_kind


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("麻豆精品|国产高清|欧美激情视频|人妻字幕|成人动漫|日韩制服", "links"),
        ("真人棋牌开户_时时彩登录_六合彩资料_老虎机注册_百家乐网投_皇冠", "links"),
        ("在线观看 国产高清 成人动漫 激情视频", "links"),
        ("棋牌平台,真人娱乐城,时时彩开户,百家乐网投", "links"),
        ("首页 新闻 财经 体育 论坛", "navigation"),
        ("首页|时政|图片|视频", "navigation"),
        ("警方打掉一个博彩团伙,涉及棋牌、彩票,涉案300万元。", ""),
        ("网络博彩棋牌平台诈骗案宣判", ""),
        ("全年新闻出版、体育、娱乐业增长一成", ""),
        ("指标|2021|2020|2019|2018|2017|2016", ""),
        ("|指标|单位|今年|去年|增速|备注|", ""),
        ("大桥社区|小广场", ""),
        ("", ""),
    ],
)
def test_kind_of_a_line(line: str, kind: str) -> None:
    assert links_kind(line) == kind


def test_farm_begins_after_the_last_sentence() -> None:
    farm = "精品一区|激情视频|国产麻豆|人妻字幕|成人动漫|久久免费|无码专区"
    assert farm_start(f"人口增长。(完){farm}") == len("人口增长。")
    assert farm_start("人口增长。") == len("人口增长。")
    assert farm_start(farm) == len(farm)


def test_section_names() -> None:
    assert is_section("财经")
    assert not is_section("云岭新闻网")
