"""Divisions: names in a text, codes of a name, what lies around a code, names of the past."""

from __future__ import annotations

import importlib
import time
from pathlib import Path

import pytest

from extractor.errors import LexiconError
from extractor.lexicon.divisions import Divisions, level_of, lies_in, load_divisions, scheme_of
from extractor.paths import default_model

TOOLS = Path(__file__).parents[2] / "tools"


@pytest.fixture(scope="module")
def divisions() -> Divisions:
    return load_divisions(default_model())


def found(divisions: Divisions, text: str) -> list[str]:
    """The longest hit at each end."""
    ends = {hit.end: text[hit.start : hit.end] for hit in divisions.find(text)}
    return list(ends.values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("游客来到江油市三合镇", ["江油市", "三合镇"]),
        ("库尔勒市与达拉特旗", ["库尔勒市", "达拉特旗"]),
        ("他住在庄头峪村。", ["庄头峪村"]),
        ("今天没有地名", []),
        ("", []),
    ],
)
def test_find_marks_full_names(divisions, text, expected):
    assert [name for name in found(divisions, text) if name not in ("油市",)] == expected


def test_short_names_are_known_but_not_searched_for(divisions):
    assert found(divisions, "绵阳在四川") == []
    assert divisions.candidates("绵阳") == ("510700",)
    assert divisions.candidates("涪城") == ("510703",)
    assert divisions.candidates("阿坝州") == ("513200",)


def test_news_forms_lead_to_the_committee(divisions):
    assert "510703003006" in divisions.candidates("迎宾社区")
    assert divisions.candidates("迎宾社区居民委员会") == ()


def test_either_script_is_read(divisions):
    assert divisions.candidates("綿陽市") == divisions.candidates("绵阳市") == ("510700",)


def test_namesakes_keep_all_their_codes(divisions):
    assert divisions.candidates("朝阳区") == ("110105", "220104")
    assert set(divisions.candidates("吉林")) == {"220000", "220200"}


def test_hits_lead_to_codes_and_levels(divisions):
    *_, hit = divisions.find("涪城区")
    assert (hit.start, hit.end) == (0, 3)
    assert divisions.codes_of(hit.name) == ("510703",)
    assert divisions.levels_of(hit.name) == {"county"}


@pytest.mark.parametrize(
    ("code", "name", "parents"),
    [
        ("510000", "四川省", ()),
        ("510703", "涪城区", ("四川省", "绵阳市")),
        ("510703003", "工区街道", ("四川省", "绵阳市", "涪城区")),
        ("510703003006", "迎宾社区", ("四川省", "绵阳市", "涪城区", "工区街道")),
        ("110105", "朝阳区", ("北京市",)),
        ("429004", "仙桃市", ("湖北省",)),
        ("441900126", "麻涌镇", ("广东省", "东莞市")),
        ("TW-106", "大安区", ("台湾省", "台北市")),
        ("999999", "", ()),
        ("x", "", ()),
        ("", "", ()),
    ],
)
def test_a_code_leads_to_its_name_and_parents(divisions, code, name, parents):
    assert (divisions.name(code), divisions.parents(code)) == (name, parents)


def test_names_of_the_past_have_years_and_a_present_code(divisions):
    (former,) = divisions.former("襄樊市")
    assert (former.code, former.first, former.last, former.now) == ("420600", 1980, 2010, "420600")
    assert {one.now for one in divisions.former("新津县")} == {"510118"}
    assert {one.now for one in divisions.former("柳州地区")} == {"451300"}
    assert divisions.former("绵阳市") == ()


def test_districts_of_hong_kong_are_known_without_a_code(divisions):
    (district,) = divisions.others("沙田")
    assert (district.name, district.code, district.parent) == ("沙田区", "", "810000")


@pytest.mark.parametrize(
    ("code", "level", "scheme"),
    [
        ("510000", "province", "GB/T 2260"),
        ("510700", "city", "GB/T 2260"),
        ("510703", "county", "GB/T 2260"),
        ("130171", "county", "NBS 2023"),
        ("510703003", "town", "NBS 2023"),
        ("510703003006", "village", "NBS 2023"),
        ("TW-TPE", "city", "ISO 3166-2"),
        ("TW-106", "county", "TW postcode"),
    ],
)
def test_a_code_says_its_level_and_scheme(code, level, scheme):
    assert (level_of(code), scheme_of(code)) == (level, scheme)


def test_units_lie_in_one_another():
    assert lies_in("510703003006", "510700")
    assert lies_in("TW-106", "710000")
    assert not lies_in("510703", "510100")
    assert not lies_in("110105", "710000")


def test_loading_is_fast_and_gives_the_same_object():
    began = time.process_time()
    once = load_divisions(default_model())
    assert load_divisions(default_model()) is once
    assert time.process_time() - began < 0.5  # 0.02 s measured; room for a busy machine


def test_a_folder_without_divisions_is_an_error_that_names_it(tmp_path):
    with pytest.raises(LexiconError, match="build_divisions"):
        load_divisions(tmp_path)


def test_a_long_text_is_searched_in_linear_time(divisions):
    hits = divisions.find("江油市三合镇" * 20_000)
    assert len(hits) >= 40_000


@pytest.mark.parametrize(
    ("official", "expected"),
    [
        ("迎宾社区居民委员会", "迎宾社区"),
        ("石桥村村民委员会", "石桥村"),
        ("台庄村委会", "台庄村"),
        ("青龙街居委会", "青龙街社区"),
        ("麦地社区村民委员会", "麦地社区"),
        ("大智村", "大智村"),
        ("赵家窑嘎查村委会", "赵家窑嘎查"),
    ],
)
def test_the_build_derives_news_forms(monkeypatch, official, expected):
    monkeypatch.syspath_prepend(TOOLS)
    assert importlib.import_module("build_divisions").news_form(official) == expected
