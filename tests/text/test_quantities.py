from __future__ import annotations

import time
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import RuleError
from extractor.text.quantities import (
    find_left_out,
    find_quantities,
    load_grammar,
    with_list_commas,
)
from extractor.text.script import to_shadow
from tests.conftest import unmark


@pytest.mark.parametrize(
    ("marked", "values", "units"),
    [
        ("全镇有【32个】村、【1.4万余人】。", [32, 14_000], ["个", "人"]),
        ("桥长【1米85】，走了【9小时27分钟】", [Fraction(185, 100), Fraction(945, 100)], ["米", "小时"]),
        ("住了【3个半月】，还差【两年半】", [Fraction(7, 2), Fraction(5, 2)], ["个月", "年"]),
        ("花了【100多个亿】", [10**10], [""]),
        ("付【5元3角】和【两美元又三美分】", [Fraction(53, 10), Fraction(203, 100)], ["元", "美元"]),
        (
            "每吨报【157.6美元/吨】，降尘【9.2吨/(平方公里·月)】",
            [Fraction(1576, 10), Fraction(92, 10)],
            ["美元/吨", "吨/(平方公里·月)"],
        ),
        ("占【三成】，涨【五成半】，打【七五折】，占【百分之十二】", [30, 55, 75, 12], ["%"] * 4),
        (
            "【三分之一】的人、【近1/3】、【一半以上】、【过半】",
            [Fraction(1, 3), Fraction(1, 3), Fraction(1, 2), Fraction(1, 2)],
            [""] * 4,
        ),
        ("汇率为【1:6.4】", [Fraction(10, 64)], [""]),
        (
            "票价【$8.5港元】，折合【NT$33】，即【￥7.8】",
            [Fraction(17, 2), 33, Fraction(78, 10)],
            ["港元", "新台币", "元"],
        ),
        ("气温【零下12摄氏度】，增速为【-3.5%】", [-12, Fraction(-7, 2)], ["摄氏度", "%"]),
        (
            "分别高【3.1】、【2.2】和【0.9个百分点】",
            [Fraction(31, 10), Fraction(22, 10), Fraction(9, 10)],
            ["百分点"] * 3,
        ),
        ("共【5亿4300万日圓】、【3億韓圓】", [543_000_000, 300_000_000], ["日元", "韩元"]),
        ("致【3死】【2失踪】，战绩【5胜】【2平】", [3, 2, 5, 2], ["死", "失踪", "胜", "平"]),
        ("【數萬人】中【2.3萬戶】", [None, 23_000], ["人", "户"]),
        ("用电【15.2万千瓦时】、【3千克】、【18 人】", [152_000, 3, 18], ["千瓦时", "千克", "人"]),
        ("损失【4亿肯尼亚先令】", [400_000_000], ["肯尼亚先令"]),
        ("出口服装【300万件】（套）", [3_000_000], ["件"]),
    ],
)
def test_a_quantity_has_value_and_unit(marked: str, values: list[object], units: list[str]) -> None:
    text, spans = unmark(marked)
    found = find_quantities(to_shadow(text))
    assert [(each.start, each.end) for each in found] == spans
    assert [each.value if each.value is None else Fraction(each.value) for each in found] == values
    assert [each.unit for each in found] == units


@pytest.mark.parametrize(
    ("marked", "low", "high", "modifier"),
    [
        ("需要【3至5个】", 3, 5, "range"),
        ("【8%-10%】的增长", 8, 10, "range"),
        ("海拔【2,700米至3,300米】", 2_700, 3_300, "range"),
        ("罚【3000多元至2万】", 3_000, 20_000, "range"),
        ("【二百万至二百二十万元】", 2_000_000, 2_200_000, "range"),
        ("【2-3万人】", 20_000, 30_000, "range"),
        ("【0--6岁】的孩子", 0, 6, "range"),
        ("来了【三、四个】人", 3, 4, "range"),
        ("【八九户】人家", 8, 9, "range"),
        ("【约25~30码】", 25, 30, "range"),
        ("【近300张】病床", None, 300, "less"),
        ("【逾40人】受伤", 40, None, "more"),
        ("【数十台】相机", None, None, "approx"),
        ("面积约为【9平方千米】", None, None, "approx"),
        ("面積【約9平方英里】（【23平方公里】）", None, None, "approx"),
        ("【65歲或以上】", 65, None, "more"),
        ("近【三年】来", 3, 3, "exact"),
        ("历时【近三年】", None, 3, "less"),
        ("最近【两周】", 2, 2, "exact"),
        ("只剩【一家】", 1, 1, "exact"),
    ],
)
def test_a_quantity_has_bounds(marked: str, low: int | None, high: int | None, modifier: str) -> None:
    text, spans = unmark(marked)
    found = find_quantities(to_shadow(text))
    assert [(each.start, each.end) for each in found] == spans
    assert {(each.low, each.high, each.modifier) for each in found} == {(low, high, modifier)}


@pytest.mark.parametrize(
    "marked",
    [
        "这是一种现象，一名男子开了一家店",
        "现场【一人】受伤，监禁【一个月】",
        "有一台电脑",
        "零件和零次、前三名、百县联动",
        "获奖的只有城东小学【一所】。",
        "两省联合，三市领导，下辖【三县】，【两省】【四县】交界",
        "县乡村【三级】联动，【一胜】【两负】",
        "有一天，又一年，这一年；停课【一天】，用了【一小时】",
        "附近【两家】、近【两轮】、近【5个】赛季",
        "单位：万元 合计(亿元)",
        "有【一台】电脑、【两部】电话。",
        "《80多吨重的石头》和“五个一批”",
        "两国双方、四处、万一、三明市、统一认识",
        "第三届，前10名，二期工程，三级医院，五届全国人大",
        "分【三级】管理，办了【十二届】",
        "（二）其他\n一、总则\n2.1 目标\n3、措施",
        "iPhone 15、F-16A、DFH2型、3D打印",
        "上周【五个】交易日",
        "全场2比1取胜，0:0战平，13平",
        "7.3级地震，G60高速，K12+300处，104国道",
        "电话：010-65001234，邮编067400，拨打120",
        "2019年3月5日上午9点半，9时27分，90年代，一季度",
        "，-【4名】学生，【-3.5度】",
    ],
)
def test_what_is_no_statistic_is_left_alone(marked: str) -> None:
    text, spans = unmark(marked)
    found = [each for each in find_quantities(to_shadow(text)) if each.dimension != "bare"]
    assert [(each.start, each.end) for each in found] == spans


def test_a_column_takes_the_unit_of_its_head() -> None:
    shadow = to_shadow(
        "地区 | 人口（万人） | 面积（平方公里） | 备注\n甲县 | 45.2 | 3200 | 12\n乙县 | 30 | 21 |\n没有 30"
    )
    found = [(each.value, each.unit) for each in find_quantities(shadow)]
    assert found == [
        (452_000, "人"),
        (3_200, "平方公里"),
        (12, ""),
        (300_000, "人"),
        (21, "平方公里"),
        (30, ""),
    ]


def test_a_text_of_nothing_but_numbers_keeps_them() -> None:
    assert [(each.value, each.rule) for each in find_quantities("二十多，3.5，三十")] == [
        (20, "quantity.alone"),
        (Fraction(7, 2), "quantity.alone"),
        (30, "quantity.alone"),
    ]
    assert [each.rule for each in find_quantities("人口46万")] == ["quantity.plain"]


def test_every_number_is_counted_or_explained() -> None:
    shadow = to_shadow("2019年，第三家店开业，现有12家，电话010-65001234")
    assert [shadow[each.start : each.end] for each in find_quantities(shadow)] == ["12家"]
    explained = [(shadow[start:end], rule) for start, end, rule in find_left_out(shadow)]
    assert explained == [
        ("2019年", "date.year"),
        ("三家", "ordinal.first"),
        ("010-65001234", "code.called"),
    ]


def test_measures_have_a_base_unit() -> None:
    [hectares, people] = find_quantities("林地1.5公顷、村民30人")
    assert (hectares.base_value, hectares.base_unit) == (15_000, "平方米")
    assert (people.base_value, people.base_unit) == (None, "")


def test_a_full_width_comma_between_plain_digits_separates_a_list() -> None:
    text = "得分20，300元"
    assert [each.value for each in find_quantities(with_list_commas(text, to_shadow(text)))] == [20, 300]
    text = "共２０，３００元"
    assert [each.value for each in find_quantities(with_list_commas(text, to_shadow(text)))] == [20_300]


def test_a_user_may_add_units_and_words(tmp_path: Path) -> None:
    (tmp_path / "units.tsv").write_text(
        "unit\tforms\tdimension\tkind\tfactor\tbase\tnote\tnot_before\n嘎\t嘎嘎\tcount\tclassifier\n",
        encoding="utf-8",
    )
    (tmp_path / "number_words.tsv").write_text("word\n三家村\n", encoding="utf-8")
    grammar = load_grammar(user=tmp_path)
    assert [each.unit for each in find_quantities("卖出3嘎嘎，住三家村", grammar)] == ["嘎"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("嘎\t\tcount\tthing", "the kind 'thing' is none of"),
        ("嘎\t\tcount\tmeasure\tx", "the factor 'x' is no number"),
    ],
)
def test_a_faulty_codelist_says_what_is_wrong(tmp_path: Path, line: str, problem: str) -> None:
    header = "unit\tforms\tdimension\tkind\tfactor\tbase\tnote\tnot_before\n"
    (tmp_path / "units.tsv").write_text(header + line + "\n", encoding="utf-8")
    with pytest.raises(RuleError, match=problem):
        load_grammar(user=tmp_path)


@given(st.text("约近超两三0123456789十百万亿个人元%年月日第至-—、,.()/:多余以上左右半 \n", max_size=80))
def test_quantities_are_in_order_and_exact(text: str) -> None:
    found = find_quantities(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    for each in found:
        assert each.start <= each.number_start < each.number_end <= each.end
        assert not any(isinstance(number, float) for number in (each.value, each.low, each.high))
        if each.modifier == "exact":
            assert each.value == each.low == each.high


def seconds(text: str) -> float:
    started = time.process_time()
    find_quantities(text)
    return time.process_time() - started


@pytest.mark.parametrize("unit", ["1", "一", "(", "《", "约", "“", "单位："])
def test_a_megabyte_line_takes_seconds(unit: str) -> None:
    assert seconds(unit * (1_000_000 // len(unit))) < 5


@pytest.mark.parametrize(
    "unit",
    ["1人", "1-", "一个", "近1", "1,", "a@", "单位:万元\n1 ", "(人)1 ", "1、", "9月", "百分之", "9又", "1:"],
)
def test_dense_figures_take_linear_time(unit: str) -> None:
    short = seconds(unit * (15_000 // len(unit)))
    assert seconds(unit * (60_000 // len(unit))) < 8 * short + 0.2


@pytest.mark.parametrize(
    ("marked", "modifiers"),
    [
        ("作价约新台币【2,300万元】，另付约合人民币【60万元】。", ["approx", "approx"]),
        ("单户补贴不超过人民币【5000元】，总额不低于人民币【300万元】。", ["less", "more"]),
        ("绿化带不小于道路两侧各【8米】，门前不小于各【3米】。", ["more", "more"]),
        ("单一股东持股不超过总股本【5%】，广告费不超过销售收入的【15%】。", ["less", "less"]),
        ("外来人口约占全镇人口的【15%】，花费不到预算的【一半】。", ["approx", "less"]),
        ("客流超过往年同期的【2倍】，损失近新台币【2亿元】。", ["more", "less"]),
        ("不低于标准的企业有【3家】，超过往年的【4家】商场。", ["exact", "exact"]),
        ("涨幅超过大盘【5个百分点】，不超过上限，【7人】赞成。", ["exact", "exact"]),
    ],
)
def test_a_modifier_apart_from_its_number_is_found_within_the_clause(
    marked: str, modifiers: list[str]
) -> None:
    text, spans = unmark(marked)
    found = find_quantities(to_shadow(text))
    assert [(each.start, each.end) for each in found] == spans
    assert [each.modifier for each in found] == modifiers


@pytest.mark.parametrize(
    "text",
    [
        "108年營收成長，107年8月上路，110年度預算與112年第3季財報。",
        "106、107學年度招生，98年到101年之間。",
        "公元83或84年，西元前5、6年。",
        "最後一次見面，第一次參加，上一次、下一次、每一次都好。",
        "过去一周天气转凉，一天上午他来了。",
        "财星500大企业，一期工程，产业园三期。",
    ],
)
def test_years_and_times_that_are_only_named_are_not_counted(text: str) -> None:
    assert find_quantities(to_shadow(text)) == []


@pytest.mark.parametrize(
    "marked",
    [
        "【108年】的历史，创校【105年】，【逾100年】。",
        "地震发生后【一小时】，手术后【一天】，开考前【一周】。",
        "举办技能培训班【3期】，举办摄影展览【3期】，编印简报【12期】，产业园三期开工。",
        "警方逮捕【2嫌】，现场有【3男】【1女】，另有【五童】受伤。",
        "只剩【一家】店。",
    ],
)
def test_what_is_counted_beside_the_same_words_counts(marked: str) -> None:
    text, spans = unmark(marked)
    assert spans
    assert [(each.start, each.end) for each in find_quantities(to_shadow(text))] == spans


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("最低气温-5℃", -5),
        ("温度-5℃", -5),
        ("同比-3.5%", Decimal("-3.5")),
        ("国产-30架", 30),
        ("京沪-5小时", 5),
    ],
)
def test_a_dash_behind_a_measured_noun_is_a_minus(text, value):
    assert [found.value for found in find_quantities(text)] == [value]
