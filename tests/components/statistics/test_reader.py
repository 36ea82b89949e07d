"""The component as a whole."""

from __future__ import annotations

import pickle

from extractor.components import state
from extractor.components.statistics import StatisticsReader
from extractor.paths import default_model

from .marked import document, read, reader


def test_a_text_without_figures_has_no_statistics():
    for text in ("", "\n", "全镇上下齐心协力。"):
        doc = reader()(document(text))
        assert state.statistics(doc) == []


def test_a_row_for_each_figure_in_the_order_of_the_text():
    rows = read("青石镇有小学【5所】、中学【1所】。\n全镇人口【3万人】。", {"青石镇": "LOC/town"})
    assert [row.start for row in rows] == sorted(row.start for row in rows)
    assert [row.category for row in rows] == ["organizations", "organizations", "residents"]
    assert [row.rule for row in rows] == ["item.before", "item.before", "item.before"]


def test_traditional_and_simplified_texts_give_the_same_rows():
    simplified = read("去年，东湖镇新建学校【3所】，学生增长【5%】。", {"东湖镇": "LOC/town"})
    traditional = read("去年，東湖鎮新建學校【3所】，學生增長【5%】。", {"東湖鎮": "LOC/town"})
    assert [row.item for row in traditional] == ["學校", "學生"]
    assert [row._replace(item="", subject_text="") for row in traditional] == [
        row._replace(item="", subject_text="") for row in simplified
    ]


def test_the_document_keeps_its_script_in_items_with_blanks():
    (row,) = read("the Tabby 汽車 【30輛】。")
    assert row.item == "the Tabby 汽車"


def test_the_component_survives_pickling():
    copy = pickle.loads(pickle.dumps(StatisticsReader(default_model())))
    doc = copy(document("全镇有企业【12家】。"))
    assert [row.item for row in state.statistics(doc)] == ["企业"]
