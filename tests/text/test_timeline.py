from __future__ import annotations

import re

import pytest

from extractor.paths import default_model
from extractor.text.rules import failing_examples, load_rules
from extractor.text.script import to_shadow
from extractor.text.timeline import time_periods

MARK = re.compile(r"【(.*?)】")


def periods_of(marked: str, published: str = "") -> list[str]:
    figures, text, position = [], "", 0
    for mark in MARK.finditer(marked):
        text += marked[position : mark.start()]
        figures.append((len(text), len(text) + len(mark[1])))
        text += mark[1]
        position = mark.end()
    return time_periods(to_shadow(text + marked[position:]), figures, published)


def test_the_forms_bear_out_their_examples():
    assert failing_examples(load_rules(default_model() / "rules" / "timeline.toml")) == []


@pytest.mark.parametrize(
    ("marked", "periods"),
    [
        ("2019年，全县产茶【3万吨】，比2018年增长【4%】；游客达【9万人次】。", ["2019"] * 3),
        ("全镇面积【30平方公里】，2015年人口【1,200】，住户多姓林，有学校【2所】。", ["", "2015", ""]),
        ("2008年、2009年、2010年，产量分别为【3吨】、【4吨】、【5吨】。", ["2008", "2009", "2010"]),
        ("2001—2008年，农民收入由【900元】提高到【1800元】，年均增长【9%】。", ["2001", "2008", "2001/2008"]),
        ("赤字由2001年的【9%】下降到2005年的【3%】。", ["2001", "2005"]),
        ("自2003年建厂以来，累计生产【5万台】。", [""]),
        ("该队成立于2010年，有队员【30名】。", [""]),
        (
            "2018年底，全村有【300户】。全年收入【9万元】。其中，茶叶【3万元】。",
            ["2018-12-31", "2018", "2018"],
        ),
        ("【7名】工人2009年8月上诉。", ["2009-08"]),
        ("2017年成立的支部现有党员【13名】。", [""]),
        ("该园是政府2001年创办的机构，管理【3个】园区。", [""]),
        ("2001年兴建的大桥2009年加宽【3米】。", ["2009"]),
        ("山上有【3座】庙。", [""]),
    ],
)
def test_a_time_governs_its_figures(marked, periods):
    assert periods_of(marked) == periods


def test_last_year_is_told_by_the_publication():
    assert periods_of("去年产粮【9吨】，今年前景更好。", "2020-04-01") == ["2019"]
    assert periods_of("去年产粮【9吨】，今年前景更好。") == [""]
