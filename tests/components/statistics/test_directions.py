"""Growth or decline, against levels and gaps."""

from __future__ import annotations

import pytest

from extractor.components import state

from .marked import read


@pytest.mark.parametrize(
    ("marked", "directions"),
    [
        ("收入增长【3%】。", ["up"]),
        ("价格下跌了约【3%】。", ["down"]),
        ("股价跌幅【1.8%】。", ["down"]),
        ("股价累跌约达【6%】。", ["down"]),
        ("年均增长率只有【1.2%】。", ["up"]),
        ("具备【8%】的潜在增长能力。", ["up"]),
        ("农业实现了【5%】的增长。", ["up"]),
        ("价格稳步增长【2%】。", ["up"]),
        ("新增甲镇、乙镇【2个】试点。", ["up"]),
        ("比去年同期低【4元】。", ["down"]),
        ("增长【3%】和【5%】。", ["up", "up"]),
        ("由【3万元】增加到【5万元】。", ["", ""]),
        ("产值增至【8亿元】。", [""]),
        ("比邻县高【10%】。", [""]),
        ("债务上升了【3倍】。", [""]),
        ("高出全国平均水平【16个百分点】。", [""]),
    ],
)
def test_direction(marked, directions):
    rows = read(marked)
    assert [row.direction for row in rows] == directions
    assert [row.category == "change" for row in rows] == [bool(direction) for direction in directions]


def test_growth_of_less_than_nothing_is_decline(nlp):
    rows = state.statistics(nlp("今年全县出口增速-1.2%，进口增长2%。"))
    assert [(row.category, row.direction) for row in rows] == [("change", "down"), ("change", "up")]
