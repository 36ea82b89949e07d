from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.components import state
from extractor.components._name_cues import name_cues
from extractor.components._name_evidence import Scored, mark_edges, tag_class
from extractor.components._name_model import load_name_model
from extractor.components._name_repeats import weigh_together
from extractor.components.names import NameFinder, PersonMatcher, edges_of
from extractor.components.state import Hit
from extractor.components.tokenizer import JiebaTokenizer
from extractor.errors import RuleError
from extractor.lexicon.lexicon import load_lexicon
from extractor.paths import default_model
from tests.components.mentioned import tokenizer as shared_tokenizer
from tests.conftest import unmark


@cache
def shipped_finder() -> NameFinder:
    return NameFinder(default_model(), load_lexicon(default_model()))


@pytest.fixture(scope="module")
def finder() -> NameFinder:
    return shipped_finder()


@pytest.fixture(scope="module")
def tokenizer() -> JiebaTokenizer:
    return shared_tokenizer()


def found(finder: NameFinder, tokenizer: JiebaTokenizer, text: str, *taken: str) -> list[Scored]:
    doc = tokenizer(text)
    shadow = state.shadow(doc)
    spans = [(shadow.index(part), shadow.index(part) + len(part)) for part in taken]
    return finder.find(shadow, edges_of(doc, len(shadow)), spans)


@pytest.mark.parametrize(
    "marked",
    [
        "据镇长【赵小川】介绍，今年的收成比去年好。",
        "校长【何玉兰】表示，新楼下月启用。",
        "副局长【孙立群】、【周文斌】陪同检查。",
        "记者【林晓燕】从会上了解到，工程已经完工。",
        "（文/【许志明】）",
        "作者：【田雨晴】",
        "会议由【欧阳德胜】主持，【司马青】表示感谢。",
        "【李建国】（男，45岁）当场受伤。",
        "局長【陳國華】說，颱風過後將全面檢查。",
        "董事長【許志豪】認為，明年景氣會更好。",
    ],
)
def test_a_name_beside_a_cue_is_found(finder, tokenizer, marked):
    text, spans = unmark(marked)
    assert [(name.start, name.end) for name in found(finder, tokenizer, text)] == spans


@pytest.mark.parametrize(
    ("marked", "rule"),
    [
        ("【张】先生说，他在这里住了三十年。", "name.titled"),
        ("【高】教授認為，這項研究還要五年。", "name.titled"),
        ("警方將【陳】男移送法辦。", "name.marked"),
        ("【林】姓女子向警方報案。", "name.marked"),
        ("嫌疑人【吴某】已被控制，【刘某某】在逃。", "name.hidden"),
        ("总统【阿卜杜勒·卡里莫夫】表示欢迎。", "name.dotted"),
        ("秘书长古特任命【丹尼斯·汉密尔顿】为代表。", "name.dotted"),
        ("村医【古丽娜尔·买买提】说，路修通了。", "name.dotted"),
    ],
)
def test_a_form_names_a_person(finder, tokenizer, marked, rule):
    text, spans = unmark(marked)
    names = found(finder, tokenizer, text)
    assert [(name.start, name.end) for name in names] == spans
    assert {name.rule for name in names} == {rule}


@pytest.mark.parametrize(
    "text",
    [
        "全市经济平稳运行，工业增加值增长百分之五。",
        "高速公路全线贯通，黄河两岸往来方便。",
        "马上就要开学了，方便面涨价了。",
        "总经理、副总经理和财务总监都到会。",
        "",
        "。",
    ],
)
def test_common_words_are_no_names(finder, tokenizer, text):
    assert found(finder, tokenizer, text) == []


def test_a_married_name_is_whole(finder, tokenizer):
    text, spans = unmark("基金會主席【張王美玉】表示感謝。")
    assert [(name.start, name.end) for name in found(finder, tokenizer, text)] == spans


def test_the_third_character_is_left_out_where_the_name_stands_without_it(finder, tokenizer):
    text, spans = unmark(
        "党委书记【张忱】如是说。【张忱】表示，路通了。书记【张忱】介绍，【张忱】说，水也通了。"
    )
    assert [(name.start, name.end) for name in found(finder, tokenizer, text)] == spans


def test_a_name_is_found_again_where_no_cue_stands(finder, tokenizer):
    text, spans = unmark("局长【赵小川】表示，很好。大家都说起【赵小川】那年修的路。")
    names = found(finder, tokenizer, text)
    assert [(name.start, name.end) for name in names] == spans


def test_the_last_part_of_a_foreign_name_stands_for_it(finder, tokenizer):
    text, spans = unmark("总统【米罗斯拉夫·科瓦奇克】抵达。随后【科瓦奇克】前往市区。")
    assert [(name.start, name.end) for name in found(finder, tokenizer, text)] == spans


def test_what_a_dictionary_knows_as_a_place_is_no_person(finder, tokenizer):
    text = "驻马利亚大使表示感谢。书记张国强出席。"
    assert [text[name.start : name.end] for name in found(finder, tokenizer, text, "马利亚")] == ["张国强"]


def test_traditional_text_gives_the_same_names(finder, tokenizer):
    simplified = "书记张国强、区长刘伟华出席，记者陈丽报道。"
    traditional = "書記張國強、區長劉偉華出席，記者陳麗報道。"
    spans = [(name.start, name.end) for name in found(finder, tokenizer, simplified)]
    assert len(spans) == 3
    assert [(name.start, name.end) for name in found(finder, tokenizer, traditional)] == spans


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="王张欧阳建国美玉说记者局长、，。·（）先生某 \n的和在马云12abcé𠮷", max_size=60))
def test_names_never_overlap_and_lie_in_the_text(text):
    names = found(shipped_finder(), shared_tokenizer(), text)
    reach = 0
    for name in names:
        assert reach <= name.start < name.end <= len(text)
        reach = name.end
    assert names == found(shipped_finder(), shared_tokenizer(), text)


def test_the_component_proposes_candidates_with_a_probability(finder, tokenizer):
    doc = PersonMatcher(finder)(tokenizer("局长赵小川表示，李明也来了。"))
    rows = state.candidates(doc)
    assert rows
    assert (rows[0].start, rows[0].end, rows[0].label) == (2, 5, "PERSON")
    assert 0.9 < rows[0].confidence <= 1


def test_a_person_of_the_dictionary_needs_no_cue(finder, tokenizer):
    doc = tokenizer("这条路以赛福鼎命名")
    state.write_rows(doc, "hits", [Hit(4, 7, "PERSON", "", "", False, False)])
    rows = state.candidates(PersonMatcher(finder)(doc))
    assert [(row.start, row.end, row.rule) for row in rows] == [(4, 7, "name.known")]


def test_an_empty_document_passes(finder, tokenizer):
    assert state.candidates(PersonMatcher(finder)(tokenizer(""))) == []


def test_the_longest_cue_counts(finder):
    cues = name_cues(load_lexicon(default_model()), finder.model.settings)
    assert cues.left("副主任", 3) == "title"
    assert cues.left("", 0) == "begin"
    assert cues.right("赵小川表示", 3) == "speech"
    assert cues.right("赵小川", 3) == "finish"


def test_edges_say_where_tokens_start_and_end(tokenizer):
    edges = edges_of(tokenizer("赵小川 说"), 5)
    assert edges.kind[0] == tag_class("nr")
    assert edges.kind[1] == edges.kind[2] == 0
    assert edges.kind[3] > 0
    assert edges.ending[3] == tag_class("nr")


def test_marking_no_tokens_leaves_the_end_as_an_edge():
    import numpy as np

    none = np.zeros(0, dtype=np.int64)
    assert mark_edges(2, none, none, none.astype(np.uint8)).kind.tolist() == [0, 0, 1]


def test_repetition_makes_a_candidate_likelier(finder):
    once = weigh_together("钱多多来了", [Scored(0.0, 0, 3, "x")], finder.model.settings)
    twice = weigh_together(
        "钱多多来钱多多", [Scored(0.0, 0, 3, "x"), Scored(0.0, 4, 7, "x")], finder.model.settings
    )
    assert once[0].score == 0.0
    assert [one.score > 0.0 for one in twice] == [True, True]


def test_a_missing_model_is_named(tmp_path):
    with pytest.raises(RuleError, match=r"names\.toml"):
        load_name_model(tmp_path)


@pytest.mark.parametrize(
    ("marked", "rule"),
    [
        ("警方逮捕【吳】、【鄭】、【簡】3嫌", "name.counted"),
        ("【林】、【何】兩男涉案", "name.counted"),
        ("政府委任【方志遠】為主席", "name.appointed"),
        ("公司任命【鄭國華】為副總裁", "name.appointed"),
    ],
)
def test_words_around_leave_a_name_no_other_edge(finder, tokenizer, marked, rule):
    text, spans = unmark(marked)
    names = [name for name in found(finder, tokenizer, text) if name.rule == rule]
    assert [(name.start, name.end) for name in names] == spans


@pytest.mark.parametrize("text", ["聘请高手为顾问", "选举安全员为组长", "山、水两女", "吴、郑3嫌"])
def test_the_same_words_around_no_name(finder, tokenizer, text):
    rules = [name.rule for name in found(finder, tokenizer, text)]
    assert not {"name.counted", "name.appointed"} & set(rules)
