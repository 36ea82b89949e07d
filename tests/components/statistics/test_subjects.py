"""Whose figure it is."""

from __future__ import annotations

import pytest

from extractor.components.state import statistics, write_rows

from .marked import document, read, reader


def subjects(marked: str, entities: dict[str, str], references: dict[str, str] | None = None) -> list[str]:
    return [row.subject_text for row in read(marked, entities, references)]


@pytest.mark.parametrize(
    ("marked", "entities", "expected"),
    [
        ("隶属于安平市青石区的柳树社区，下辖【60个】小区。", {"安平市青石区": "LOC", "柳树社区": "LOC"}, ["柳树社区"]),
        ("安平市耕地面积【3万亩】。", {"安平市": "LOC"}, ["安平市"]),
        ("华新公司股价下跌【3%】，而同力公司上涨【2%】。", {"华新公司": "ORG", "同力公司": "ORG"}, ["华新公司", "同力公司"]),
        ("由【23名】教师组成的春苗服务队到场。", {"春苗服务队": "ORG"}, ["春苗服务队"]),
        ("挑选【15位】代表组成评审委员会。", {"评审委员会": "ORG"}, ["评审委员会"]),
        ("藏有【3万件】展品的安平博物馆开放。", {"安平博物馆": "ORG"}, ["安平博物馆"]),
        ("在安平市，参保人数【3万人】。", {"安平市": "LOC"}, ["安平市"]),
        ("李明在青石镇有【6幢】房屋。", {"李明": "PERSON", "青石镇": "LOC"}, ["李明"]),
        ("现年【75岁】的李明宣布退休。", {"李明": "PERSON"}, ["李明"]),
        ("李明逝世，享年【84岁】。", {"李明": "PERSON"}, ["李明"]),
        ("【19年】来，华新公司出口服装【5万件】。", {"华新公司": "ORG"}, ["华新公司"] * 2),
        ("损失较大的有甲机械厂（【240万元】），乙造纸厂（【80万元】）。", {"甲机械厂": "ORG", "乙造纸厂": "ORG"}, ["甲机械厂", "乙造纸厂"]),
        ("华新公司董事会通过增资【3亿元】，华新公司表示满意。", {"华新公司董事会": "ORG", "华新公司": "ORG"}, ["华新公司"]),
    ],
)  # fmt: skip
def test_subject_by_syntax(marked, entities, expected):
    assert subjects(marked, entities) == expected


@pytest.mark.parametrize(
    ("marked", "entities"),
    [
        ("他们把【20吨】粮食运到安平市、青石镇。", {"安平市": "LOC", "青石镇": "LOC"}),
        ("在安平市会见了记者，有【3名】代表发言。", {"安平市": "LOC"}),
        ("地震造成【3人】死亡。", {}),
    ],
)
def test_no_subject_where_none_can_be_told(marked, entities):
    assert set(subjects(marked, entities)) == {""}


@pytest.mark.parametrize(
    ("marked", "entities", "expected"),
    [
        ("新闻社东湖市3月5日电 事故造成【3人】死亡。", {"新闻社": "ORG/media", "东湖市": "LOC/city"}, ""),
        ("东湖市统计局公布的数据显示，物价上涨【3%】。", {"东湖市统计局": "ORG"}, ""),
        ("东湖市一家企业进口了【3吨】羊毛。", {"东湖市": "LOC/city"}, ""),
        ("甲公司与乙公司签约，租下【3层】商铺。", {"甲公司": "ORG", "乙公司": "ORG"}, "甲公司"),
        ("李明等【3名】学生获奖，学校是东湖中学。", {"李明": "PERSON", "东湖中学": "ORG"}, ""),
    ],
)
def test_names_that_do_not_own_the_figure(marked, entities, expected):
    assert subjects(marked, entities) == [expected]


def test_subject_of_the_sentence_before():
    text = "柳树社区是老城区的一个社区。现有居民【3000人】，商铺【120家】。"
    assert subjects(text, {"柳树社区": "LOC/community"}) == ["柳树社区"] * 2


def test_subject_of_the_document_in_a_new_paragraph():
    text = "青石镇简介\n青石镇位于安平市东部。\n耕地面积【3万亩】，总人口【2万人】。"
    assert subjects(text, {"青石镇": "LOC/town", "安平市": "LOC/city"}) == ["青石镇"] * 2


def test_a_reference_stands_for_its_entity():
    text = "安平市地处平原。全市有企业【300家】。"
    assert subjects(text, {"安平市": "LOC/city"}, {"全市": "安平市"}) == ["安平市"]


def test_examples_in_a_list_own_nothing():
    text = "安平市加快建设，全市共有人口【3万人】。甲镇、乙镇、丙镇等【12个】镇受灾。"
    entities = {"安平市": "LOC/city", "甲镇": "LOC", "乙镇": "LOC", "丙镇": "LOC"}
    assert subjects(text, entities, {"全市": "安平市"}) == ["安平市"] * 2


def test_the_office_of_a_speaker_is_no_subject_while_the_text_has_a_topic():
    text = "青石镇启动改造。青石镇规划所所长李明介绍，今年改造小区【12个】。"
    doc = document(text, {"青石镇": "LOC/town", "青石镇规划所": "ORG", "李明": "PERSON"})
    write_rows(doc, "roles", [(16, 18, 2, "李明", "所长", 1, "青石镇规划所", "test")])
    rows = statistics(reader()(doc))
    assert [row.subject_text for row in rows] == ["青石镇"]
