"""Of which kind a figure is."""

from __future__ import annotations

import pytest

from .marked import read


@pytest.mark.parametrize(
    ("marked", "category"),
    [
        ("【300户】村民搬迁。", "households"),
        ("私营企业发展到【3.1万户】。", "organizations"),
        ("总人口【2.9万人】。", "residents"),
        ("党员【56名】。", "members"),
        ("学生【300人】。", "people"),
        ("接待游客【32万人次】。", "people"),
        ("【15所】小学。", "organizations"),
        ("【4个】行政村。", "places"),
        ("【6座】水库。", "places"),
        ("【5条】高铁。", "places"),
        ("楼里有【20家】住户。", "households"),
        ("投资【3亿元】。", "money"),
        ("耕地【3亩】。", "area"),
        ("降雨量【120毫米】。", "length"),
        ("货物【30吨】。", "mass_volume"),
        ("装机容量【60兆瓦】。", "energy"),
        ("就诊率【30%】。", "percentage"),
        ("领先【18个百分点】。", "percentage"),
        ("收入增长【30%】。", "change"),
        ("新增学位【2000个】。", "change"),
        ("产量是去年的【3倍】。", "ratio"),
        ("【三分之一】的土地。", "ratio"),
        ("历时【5年】。", "duration"),
        ("现年【35岁】。", "age"),
        ("演出【12场】。", "frequency"),
        ("发明专利【12项】。", "items"),
        ("气温达【38摄氏度】。", "items"),
        ("拿到【3分】。", "items"),
        ("资产近【10亿】。", "money"),
        ("转移【26万】灾民。", "people"),
        ("共【五个】交易日。", "duration"),
        ("取缔市场和集散地【84个】。", "places"),
        ("产值翻了【一番】。", "change"),
        ("地震死伤【过百】。", "people"),
        ("排练花掉【近七万】。", "money"),
        ("资产【500万以下】的小店。", "money"),
        ("共【9层】的办公楼。", "items"),
        ("租下【2层】商铺。", "places"),
        ("收购【两支】指标股。", "items"),
    ],
)
def test_category(marked, category):
    (row,) = read(marked)
    assert row.category == category


@pytest.mark.parametrize(
    ("marked", "entities", "categories"),
    [
        ("青石社区下辖【60个】小区、【5500户】居民、【2.2万人】。", {"青石社区": "LOC"}, ["places", "households", "residents"]),
        ("平均每户有【2.8人】。", {}, ["residents"]),
        ("救援队【4人】赶到现场。", {"救援队": "ORG"}, ["members"]),
        ("事故造成青石镇【4人】受伤。", {"青石镇": "LOC"}, ["people"]),
    ],
)  # fmt: skip
def test_persons_without_a_noun_are_told_apart_by_whose_they_are(marked, entities, categories):
    assert [row.category for row in read(marked, entities)] == categories


@pytest.mark.parametrize("marked", ["房间是第【12】号。", "代号为先锋【5】。", "共有【140】防线。"])
def test_a_bare_number_without_a_noun_that_can_be_counted_is_no_statistic(marked):
    from extractor.components import state

    from .marked import document, reader

    assert state.statistics(reader()(document(marked))) == []


@pytest.mark.parametrize(
    ("marked", "item"), [("人口【46】。", "人口"), ("【三】大市场。", "市场"), ("人口约【1,912】。", "人口")]
)
def test_a_bare_number_counts_with_an_explicit_noun(marked, item):
    assert [row.item for row in read(marked)] == [item]
